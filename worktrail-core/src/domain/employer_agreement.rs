//! Agreements with an employer: who does what in a job or a work training, and who supports whom.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::contact_person::ContactPerson;
use super::day_of::DayOf;
use super::employer::Employer;
use super::fact::Fact;
use super::hours::HoursPerWeek;
use super::id::{ContactPersonId, EmployerAgreementId, EmployerId, OpennessId, ParticipantId, TrailId};
use super::kept::{Kept, NotKept, kept};
use super::moment::Authorship;
use super::openness::OpennessAgreement;
use super::period::Period;
use super::rejection::Rejection;
use super::subsidy::{Subsidy, subsidy_faults};
use super::text::{Line, Text};
use super::trail::Trail;

/// An agreement with an employer about the participant of a trail (S39).
///
/// It rests on an openness agreement, and names it. A new agreement is a new record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmployerAgreement {
    id: EmployerAgreementId,
    trail: TrailId,
    participant: ParticipantId,
    employer: EmployerId,
    contact_person: Option<ContactPersonId>,
    openness: OpennessId,
    #[serde(deserialize_with = "kept")]
    terms: EmployerAgreementTerms,
    registered: Authorship,
}

/// What was agreed with an employer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmployerAgreementTerms {
    /// The day.
    pub agreed_on: NaiveDate,
    /// From when, and to when if known.
    pub period: Period,
    /// The hours a week.
    pub hours: Option<HoursPerWeek>,
    /// The tasks.
    pub tasks: Option<Text<4000>>,
    /// How the work is adapted: only where words were agreed on that may be shared.
    pub accommodations: Option<Text<4000>>,
    /// Who is the mentor at the workplace.
    pub mentor: Option<Line<120>>,
    /// Who supports whom, and how.
    pub support: Option<Text<4000>>,
    /// What is granted, and when.
    pub subsidies: BTreeSet<Subsidy>,
}

#[derive(Deserialize)]
pub(crate) struct KeptTerms {
    agreed_on: NaiveDate,
    period: Period,
    #[serde(default, deserialize_with = "kept")]
    hours: Option<HoursPerWeek>,
    #[serde(default, deserialize_with = "kept")]
    tasks: Option<Text<4000>>,
    #[serde(default, deserialize_with = "kept")]
    accommodations: Option<Text<4000>>,
    #[serde(default, deserialize_with = "kept")]
    mentor: Option<Line<120>>,
    #[serde(default, deserialize_with = "kept")]
    support: Option<Text<4000>>,
    subsidies: BTreeSet<Subsidy>,
}

impl Kept for EmployerAgreementTerms {
    type Form = KeptTerms;

    fn from_kept(form: KeptTerms) -> Result<Self, NotKept> {
        let KeptTerms { agreed_on, period, hours, tasks, accommodations, mentor, support, subsidies } = form;
        Ok(Self { agreed_on, period, hours, tasks, accommodations, mentor, support, subsidies })
    }
}

impl EmployerAgreement {
    /// Registers an agreement with an employer and perhaps a contact person there.
    ///
    /// What it may say obeys the participant's openness (S39, of transition): the newest of the trail's agreements has to
    /// allow contact with this employer, and accommodations are written only where words were agreed on.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10); [`Rejection::DateInFuture`]; [`Rejection::BelongsElsewhere`] when the contact
    /// person is another employer's; [`Rejection::EmployerMerged`]; [`Rejection::NotOpenTo`], [`Rejection::NothingMayBeShared`];
    /// [`Rejection::SubsidyOutsideJob`], [`Rejection::SubsidyTwice`].
    pub fn register(
        id: EmployerAgreementId,
        trail: &Trail,
        employer: &Employer,
        contact_person: Option<&ContactPerson>,
        openness: &[&OpennessAgreement],
        terms: EmployerAgreementTerms,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        trail.must_be_open()?;
        let mut faults = DayOf::EmployerAgreement.faults(terms.agreed_on, None, by);
        faults.extend(employer.must_be_current().err());
        faults.extend(contact_person.and_then(|person| person.must_belong_to(employer).err()));
        faults.extend(subsidy_faults(&terms.subsidies, terms.period));
        let allowed = OpennessAgreement::must_allow(openness, employer, by);
        match &allowed {
            Ok(allowed) if terms.accommodations.is_some() && allowed.terms().may_share.is_none() => {
                faults.push(Rejection::NothingMayBeShared);
            }
            Ok(_) => {}
            Err(refused) => faults.push(refused.clone()),
        }
        Rejection::all(faults)?;
        let openness = allowed?.id();
        let (employer, period) = (employer.id(), terms.period);
        let fact = Fact::EmployerAgreed { employer_agreement: id, trail: trail.id(), employer, period };
        let agreement = Self {
            id,
            trail: trail.id(),
            participant: trail.participant(),
            employer,
            contact_person: contact_person.map(ContactPerson::id),
            openness,
            terms,
            registered: *by,
        };
        Ok((agreement, fact))
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> EmployerAgreementId {
        self.id
    }

    /// The trail that it belongs to.
    #[must_use]
    pub const fn trail(&self) -> TrailId {
        self.trail
    }

    /// The participant whom it concerns.
    #[must_use]
    pub const fn participant(&self) -> ParticipantId {
        self.participant
    }

    /// The employer.
    #[must_use]
    pub const fn employer(&self) -> EmployerId {
        self.employer
    }

    /// The contact person there.
    #[must_use]
    pub const fn contact_person(&self) -> Option<ContactPersonId> {
        self.contact_person
    }

    /// The openness agreement that it rests on.
    #[must_use]
    pub const fn openness(&self) -> OpennessId {
        self.openness
    }

    /// What was agreed.
    #[must_use]
    pub const fn terms(&self) -> &EmployerAgreementTerms {
        &self.terms
    }

    /// Who registered it, and when.
    #[must_use]
    pub const fn registered(&self) -> &Authorship {
        &self.registered
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::contact_person::samples::contact_at;
    use crate::domain::employer::samples::{employer, fjellvik, nordlys};
    use crate::domain::openness::{OpennessStance, OpennessTerms};
    use crate::domain::samples::{by_spurv, day};
    use crate::domain::subsidy::SubsidyKind;
    use crate::domain::thing::Thing;
    use crate::domain::trail::samples::{ended, started};

    fn terms() -> EmployerAgreementTerms {
        EmployerAgreementTerms {
            agreed_on: day("2022-08-10"),
            period: Period::from(day("2022-08-15")).expect("a period"),
            hours: None,
            tasks: None,
            accommodations: Text::parse("Pause hver time").ok(),
            mentor: None,
            support: None,
            subsidies: BTreeSet::new(),
        }
    }

    /// Open to NORDLYS, not to FJELLVIK; and perhaps with words.
    fn openness(words: Option<&str>) -> OpennessAgreement {
        let terms = OpennessTerms {
            agreed_on: day("2022-06-10"),
            stance: OpennessStance::Open,
            may_contact: BTreeSet::new(),
            must_not_contact: BTreeSet::from([fjellvik().id()]),
            may_contact_institutions: BTreeSet::new(),
            must_not_contact_institutions: BTreeSet::new(),
            advantages: None,
            drawbacks: None,
            may_share: words.and_then(|words| Text::parse(words).ok()),
            must_not_share: None,
            occasions: BTreeSet::new(),
        };
        let id = OpennessId::new(Uuid::from_u128(0x0e));
        let trail = started("2022-05-27", "2022-06-02");
        OpennessAgreement::agree(id, &trail, 1, terms, &by_spurv("2022-06-10")).expect("agreed").0
    }

    fn register(
        employer: &Employer,
        openness: &[&OpennessAgreement],
        terms: EmployerAgreementTerms,
    ) -> Result<EmployerAgreement, Rejection> {
        let (id, trail) = (EmployerAgreementId::new(Uuid::from_u128(1)), started("2022-05-27", "2022-06-02"));
        let by = by_spurv("2022-08-10");
        EmployerAgreement::register(id, &trail, employer, None, openness, terms, &by).map(|(agreement, _)| agreement)
    }

    #[test]
    fn s39_it_is_made_only_with_an_employer_that_the_participant_is_open_to() {
        let open = openness(Some("Trenger pauser"));
        let agreement = register(&nordlys(), &[&open], terms()).expect("registered");
        assert_eq!((agreement.employer(), agreement.openness()), (nordlys().id(), open.id()));
        // FJELLVIK must not be contacted, and without any agreement nobody is
        let refused = Rejection::NotOpenTo { employer: fjellvik().id() };
        assert_eq!(register(&fjellvik(), &[&open], terms()).unwrap_err(), refused);
        let refused = Rejection::NotOpenTo { employer: nordlys().id() };
        assert_eq!(register(&nordlys(), &[], terms()).unwrap_err(), refused);
        // nor after the agreement was withdrawn
        let (withdrawn, _) = open.withdraw(&by_spurv("2022-08-01")).expect("withdrawn");
        assert_eq!(register(&nordlys(), &[&withdrawn], terms()).unwrap_err(), refused);
    }

    #[test]
    fn s30_s39_a_no_to_a_duplicate_is_a_no_to_whom_it_was_merged_into() {
        // given openness to all but FJELLVIK, which was merged since
        let (open, by) = (openness(Some("Trenger pauser")), by_spurv("2022-06-11"));
        let (kept, _, _) = employer(9, None, "FJELLVIK").absorb(fjellvik(), &by).expect("merged");
        // then nothing is agreed with the one that it was merged into, nor by the merged record
        let refused = Rejection::NotOpenTo { employer: kept.id() };
        assert_eq!(register(&kept, &[&open], terms()).unwrap_err(), refused);
        let (other, merged, _) = employer(10, None, "NORDLYS").absorb(nordlys(), &by).expect("merged");
        let merged = register(&merged, &[&open], terms()).unwrap_err();
        assert_eq!(merged, Rejection::EmployerMerged { into: other.id() });
    }

    #[test]
    fn s39_accommodations_are_written_only_where_words_may_be_shared() {
        let without = openness(None);
        assert_eq!(register(&nordlys(), &[&without], terms()).unwrap_err(), Rejection::NothingMayBeShared);
        let silent = EmployerAgreementTerms { accommodations: None, ..terms() };
        assert!(register(&nordlys(), &[&without], silent).is_ok());
    }

    #[test]
    fn s39_all_faults_come_at_once() {
        let (kind, from) = (SubsidyKind::Mentor, day("2022-07-01"));
        let period = Period::between(day("2022-07-01"), day("2022-07-31")).expect("a period");
        let wrong = EmployerAgreementTerms {
            agreed_on: day("2022-08-11"),
            subsidies: BTreeSet::from([Subsidy { kind, period }]),
            ..terms()
        };
        let faults = vec![
            Rejection::DateInFuture { day: DayOf::EmployerAgreement },
            Rejection::SubsidyOutsideJob { from },
            Rejection::NotOpenTo { employer: nordlys().id() },
        ];
        assert_eq!(register(&nordlys(), &[], wrong).unwrap_err(), Rejection::Form(faults));
    }

    #[test]
    fn i10_an_ended_trail_takes_none_and_the_contact_person_is_the_employers() {
        let (id, by) = (EmployerAgreementId::new(Uuid::from_u128(1)), by_spurv("2023-03-01"));
        let (trail, open) = (ended(), openness(Some("Trenger pauser")));
        let refused = EmployerAgreement::register(id, &trail, &nordlys(), None, &[&open], terms(), &by);
        assert_eq!(refused.unwrap_err(), Rejection::TrailEnded { trail: trail.id() });
        let (trail, person) = (started("2022-05-27", "2022-06-02"), contact_at(&fjellvik()));
        let refused = EmployerAgreement::register(id, &trail, &nordlys(), Some(&person), &[&open], terms(), &by);
        assert_eq!(refused.unwrap_err(), Rejection::BelongsElsewhere { what: Thing::ContactPerson });
        let (person, by) = (contact_at(&nordlys()), by_spurv("2022-08-10"));
        let (agreement, _) = EmployerAgreement::register(id, &trail, &nordlys(), Some(&person), &[&open], terms(), &by)
            .expect("registered");
        assert_eq!(agreement.contact_person(), Some(person.id()));
    }
}
