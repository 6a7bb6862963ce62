//! The rules of state: what holds of everything that is kept, whatever led to it.
//!
//! A rule of transition holds at an act and is tested beside it. A rule here holds after every act, and so after any
//! sequence of them. A new one is a function and a line in [`RULES`].

mod hands;
mod offices;
mod people;
mod trails;
mod work;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};
use uuid::Uuid;
use worktrail_core::domain::{
    Appointment, Attestation, Collaborator, Consent, ContactPerson, Cover, Employer, EmployerContact, Guardianship,
    HeldNumber, Job, Membership, Method, NameEntry, Narrative, NarrativeRevision, Office, OpennessAgreement,
    Participant, PlanVersion, Staff, SubGoal, Team, Trail, Transfer,
};
use worktrail_core::record::{Recorded, from_record};
use worktrail_core::store::{Body, Record, RecordKey, Revision, StoredRecord};

use crate::states;

macro_rules! everything {
    ($($field:ident: $kept:ty,)+) => {
        /// All that is kept, read.
        #[derive(Debug, Default, Clone)]
        pub(crate) struct Everything {
            revisions: BTreeMap<RecordKey, Revision>,
            $($field: BTreeMap<Uuid, $kept>,)+
        }

        impl Everything {
            fn put(&mut self, record: &Record) -> Result<(), String> {
                let (kind, id) = (record.key().kind(), record.key().id());
                $(if kind == <$kept as Recorded>::KIND {
                    let value = from_record(record).map_err(|error| format!("{kind:?} {id}: {error}"))?;
                    self.$field.insert(id, value);
                })+
                Ok(())
            }

            fn take(&mut self, key: RecordKey) {
                $(if key.kind() == <$kept as Recorded>::KIND {
                    self.$field.remove(&key.id());
                })+
            }
        }
    };
}

everything! {
    participants: Participant,
    held_numbers: HeldNumber,
    names: NameEntry,
    attestations: Attestation,
    consents: Consent,
    trails: Trail,
    transfers: Transfer,
    covers: Cover,
    openness: OpennessAgreement,
    sub_goals: SubGoal,
    narratives: Narrative,
    former_texts: NarrativeRevision,
    employer_contacts: EmployerContact,
    jobs: Job,
    employers: Employer,
    contact_persons: ContactPerson,
    staff: Staff,
    teams: Team,
    memberships: Membership,
    offices: Office,
    appointments: Appointment,
    plans: PlanVersion,
    collaborators: Collaborator,
    guardianships: Guardianship,
}

impl Everything {
    /// What is kept now. Only what has changed since the last time is read again.
    pub(crate) fn see(&mut self, records: &BTreeMap<RecordKey, StoredRecord>) -> Result<(), String> {
        let gone: Vec<_> = self.revisions.keys().filter(|key| !records.contains_key(key)).copied().collect();
        for key in gone {
            self.revisions.remove(&key);
            self.take(key);
        }
        for (key, stored) in records {
            if self.revisions.insert(*key, stored.revision()) != Some(stored.revision()) {
                self.put(stored.record())?;
            }
        }
        Ok(())
    }

    /// The same with another value in a field of the stored form of a record; none when that cannot be read, or has no
    /// place for it.
    pub(crate) fn altered(&self, record: &Record, pointer: &str, value: &Json) -> Option<Self> {
        let mut json: Json = serde_json::from_slice(record.body().bytes()).ok()?;
        let (place, field) = pointer.rsplit_once('/')?;
        json.pointer_mut(place)?.as_object_mut()?.insert(field.to_owned(), value.clone());
        let body = Body::new(record.body().version(), serde_json::to_vec(&json).ok()?);
        let mut altered = self.clone();
        altered.put(&Record::new(record.key(), body)).ok()?;
        Some(altered)
    }

    /// Whether every rule of state holds.
    ///
    /// # Errors
    /// The id of a rule that does not, and of what it does not hold.
    pub(crate) fn keeps_the_rules(&self) -> Result<(), String> {
        RULES.iter().try_for_each(|(id, rule)| rule(self).map_err(|of| format!("{id} does not hold of {of}")))
    }

    /// The method of each trail.
    pub(crate) fn methods(&self) -> impl Iterator<Item = Method> {
        self.trails.values().map(Trail::method)
    }

    fn trail_of(&self, trail: impl Into<Uuid>) -> Option<&Trail> {
        self.trails.get(&trail.into())
    }
}

/// A rule: nothing, or what it does not hold of.
type Rule = fn(&Everything) -> Result<(), String>;

/// Every rule of state.
pub(crate) const RULES: &[(&str, Rule)] = &[
    ("I1", trails::whoever_a_trail_is_about_is_there_and_all_of_it_is_about_them),
    ("I2", trails::nobody_has_two_open_trails),
    ("I4", trails::what_must_be_attested_for_a_trail_is),
    ("I5", trails::a_trail_goes_through_phases_of_its_method_in_order),
    ("I7", trails::a_trail_that_started_has_left_its_first_phase),
    ("I9", trails::a_trail_is_ended_or_not_and_nothing_of_it_comes_later),
    ("I11", trails::a_trail_is_in_the_programme_once_at_a_time),
    ("I12", trails::a_trail_is_paused_once_at_a_time),
    ("I13", work::a_job_has_the_employer_and_the_last_day_that_it_needs),
    ("I17", trails::no_text_is_lost),
    ("I24", people::somebody_is_in_a_team_once_at_a_time),
    ("DA4", trails::the_trails_of_the_strictly_protected_are_withheld),
    ("I21", hands::a_transfer_waits_once_at_a_trail_that_is_where_it_found_it),
    ("DA16", hands::somebody_covers_a_trail_once_and_has_an_end),
    ("DA4, followers", hands::what_follows_a_trail_is_shown_to_whom_it_is_shown),
    ("S77", hands::the_list_of_names_is_that_of_the_open_trails),
    ("S30", hands::whoever_was_merged_has_somebody_who_stands_for_them),
    ("DB9", work::work_training_has_a_reason),
    ("DC1", work::the_first_employer_contact_is_the_earliest),
    ("DC7", people::consent_is_given_by_whoever_may),
    ("DA18", work::a_contact_person_is_of_the_employer_that_was_met),
    ("IPS-25 item 13", trails::agreements_on_openness_follow_one_another),
    ("offices", offices::every_office_lies_below_a_root),
    ("DA7", offices::whoever_is_appointed_has_a_role_of_an_office_or_of_the_whole),
    ("absences", people::nobody_is_absent_twice_on_a_day),
    ("guardians", people::nobody_is_their_own_guardian_nor_gives_themself_the_say),
    ("row 30", people::a_collaborator_is_of_the_trail_and_of_its_participant),
    ("S27", trails::the_versions_of_a_plan_follow_one_another),
    ("S101", trails::a_variant_is_of_the_method),
    ("unique", people::nothing_is_there_twice),
];

fn that(holds: bool, of: impl std::fmt::Debug) -> Result<(), String> {
    if holds { Ok(()) } else { Err(format!("{of:?}")) }
}

/// For each rule something that breaks it: a kind of record, a place in its stored form, and what then stands there.
fn breakages() -> Vec<(&'static str, &'static str, &'static str, Json)> {
    let nobody = json!(Uuid::from_u128(0xBAD));
    vec![
        ("I1", "trail", "/participant", nobody.clone()),
        ("I1", "job", "/participant", nobody.clone()),
        ("I2", "trail", "/ending", Json::Null),
        ("I4", "trail", "/referral/referred_on", json!("2030-01-01")),
        ("I5", "trail", "/moves/0/on", json!("1999-01-01")),
        ("I7", "trail", "/moves", json!([])),
        ("I9", "job", "/period", json!({ "first": "2030-01-01" })),
        ("I11", "trail", "/recruitment/0/leaving/last", json!("1999-01-01")),
        ("I12", "trail", "/pauses/0/period", json!({ "first": "2020-01-01" })),
        ("I13", "job", "/form", json!("self_employed")),
        ("I13", "job", "/employment/employer", nobody.clone()),
        ("I17", "narrative", "/number", json!(99)),
        ("I24", "membership", "/team", nobody.clone()),
        ("DA4", "trail", "/audience", json!("team")),
        ("I21", "transfer", "/from/owner", nobody.clone()),
        ("DA16", "cover", "/trail", nobody.clone()),
        ("DA4, followers", "cover", "/audience", json!("withheld")),
        ("S77", "name_entry", "/team", nobody.clone()),
        ("S30", "participant", "/merged_into", nobody.clone()),
        ("DB9", "job", "/form", json!("work_training")),
        ("DC1", "trail", "/first_employer_contact", Json::Null),
        ("DC7", "consent", "/recipients", json!([])),
        ("DA18", "contact_person", "/employer", nobody.clone()),
        ("IPS-25 item 13", "openness", "/version", json!(50)),
        ("offices", "office", "/parent", nobody.clone()),
        ("DA7", "appointment", "/role", json!("auditor")),
        ("DA7", "appointment", "/staff", nobody.clone()),
        ("absences", "membership", "/absences/0/period", json!({ "first": "2020-01-01" })),
        ("guardians", "guardianship", "/participant", nobody.clone()),
        ("row 30", "collaborator", "/participant", nobody),
        ("S27", "plan_version", "/version", json!(50)),
        ("S101", "trail", "/variant", json!("ips_ung")),
        ("unique", "staff", "/host_identity", json!("host-0")),
    ]
}

/// How many worlds are looked at for something to break.
const MOST_WORLDS: usize = 120;

#[test]
fn every_rule_of_state_notices_what_breaks_it() {
    // Some of what can be broken comes seldom: worlds are made until it does.
    let world = |seed: u64| {
        let records = states::walk(seed, states::WALK, &mut states::Tally::default()).expect("a world");
        let mut kept = Everything::default();
        kept.see(&records).expect("read");
        (records, kept)
    };
    let mut worlds = Vec::new();
    let breakages = breakages();
    let broken: BTreeSet<_> = breakages.iter().map(|(rule, ..)| *rule).collect();
    assert_eq!(broken, RULES.iter().map(|(rule, _)| *rule).collect(), "rules, and rules that are broken");
    for (rule, kind, pointer, value) in breakages {
        let shows = |(records, kept): &(BTreeMap<RecordKey, StoredRecord>, Everything)| {
            let mut of_kind = records.iter().filter(|(key, _)| key.kind().name() == kind);
            of_kind.any(|(_, stored)| {
                let altered = kept.altered(stored.record(), pointer, &value);
                let said = altered.and_then(|altered| altered.keeps_the_rules().err());
                said.is_some_and(|said| said.starts_with(&format!("{rule} does not hold")))
            })
        };
        let mut noticed = worlds.iter().any(shows);
        while !noticed && worlds.len() < MOST_WORLDS {
            worlds.push(world(worlds.len() as u64));
            noticed = worlds.last().is_some_and(shows);
        }
        assert!(noticed, "{rule} does not notice {value} in {kind}{pointer}");
    }
}
