//! The rules of state: what holds of everything that is kept, whatever led to it.
//!
//! A rule of transition holds at an act and is tested beside it. A rule here holds after every act, and so after any
//! sequence of them. A new one is a function and a line in [`RULES`].

// With their paths, since the rules are looked at from another package too.
#[path = "rules/hands.rs"]
mod hands;
#[path = "rules/offices.rs"]
mod offices;
#[path = "rules/people.rs"]
mod people;
#[path = "rules/trails.rs"]
mod trails;
#[path = "rules/work.rs"]
mod work;

use std::collections::BTreeMap;

use uuid::Uuid;
use worktrail_core::domain::{
    Appointment, Attestation, Collaborator, Consent, ContactPerson, Cover, Employer, EmployerContact, Guardianship,
    HeldNumber, Job, Membership, Method, NameEntry, Narrative, NarrativeRevision, Office, OpennessAgreement,
    Participant, PlanVersion, Staff, SubGoal, Team, Trail, Transfer,
};
use worktrail_core::record::{Recorded, from_record};
use worktrail_core::store::{Record, RecordKey, Revision, StoredRecord};

macro_rules! everything {
    ($($field:ident: $kept:ty,)+) => {
        /// All that is kept, read.
        #[derive(Debug, Default, Clone)]
        pub(crate) struct Everything {
            revisions: BTreeMap<RecordKey, Revision>,
            $($field: BTreeMap<Uuid, $kept>,)+
        }

        impl Everything {
            /// Takes in one record as it stands.
            pub(crate) fn put(&mut self, record: &Record) -> Result<(), String> {
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
