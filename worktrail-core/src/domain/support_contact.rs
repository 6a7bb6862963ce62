//! Support contacts: what follow-along support consists of.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::day_of::DayOf;
use super::employer::Employer;
use super::employer_contact::ContactWay;
use super::fact::Fact;
use super::id::{JobId, ParticipantId, SupportContactId, TrailId};
use super::job::Job;
use super::kept::kept;
use super::moment::Authorship;
use super::openness::OpennessAgreement;
use super::rejection::Rejection;
use super::text::Text;
use super::thing::Thing;
use super::trail::Trail;

/// A contact with the participant, or with the employer of a job, to support them in work (S42).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportContact {
    id: SupportContactId,
    trail: TrailId,
    participant: ParticipantId,
    job: Option<JobId>,
    on: NaiveDate,
    with: SupportedWho,
    way: ContactWay,
    #[serde(default, deserialize_with = "kept")]
    note: Option<Text<4000>>,
    registered: Authorship,
}

/// What is told about a support contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewSupportContact {
    /// The day.
    pub on: NaiveDate,
    /// With whom.
    pub with: SupportedWho,
    /// The way.
    pub way: ContactWay,
    /// What was talked about.
    pub note: Option<Text<4000>>,
}

coded! {
    /// With whom a support contact was.
    pub enum SupportedWho {
        /// The participant.
        Participant = "participant", "Deltaker", "Participant";
        /// The employer.
        Employer = "employer", "Arbeidsgiver", "Employer";
        /// Both together.
        Both = "both", "Deltaker og arbeidsgiver", "Participant and employer";
    }
}

/// The job that a support contact was about, with its employer as it is now: the one that it was merged into, if it was.
#[derive(Debug, Clone, Copy)]
pub struct SupportedJob<'a> {
    /// The job.
    pub job: &'a Job,
    /// Its employer; none for somebody who is self-employed.
    pub employer: Option<&'a Employer>,
}

impl SupportedJob<'_> {
    /// Refuses a job of another trail, and an employer that is not the job's.
    fn must_hold(self, trail: &Trail) -> Result<(), Rejection> {
        let of_job = self.job.employment().employer();
        if self.job.trail() != trail.id() {
            Err(Rejection::BelongsElsewhere { what: Thing::Job })
        } else if self.employer.is_some_and(|employer| !of_job.is_some_and(|id| employer.goes_by(id))) {
            Err(Rejection::BelongsElsewhere { what: Thing::Employer })
        } else {
            Ok(())
        }
    }
}

impl SupportContact {
    /// Registers a support contact: about a job, or about work in general.
    ///
    /// The employer is contacted only where the participant's openness allows it (S42, of transition). `openness` are the
    /// agreements of the trail; the newest one speaks.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10); [`Rejection::BelongsElsewhere`] for a job of another trail or another's employer;
    /// [`Rejection::DateInFuture`]; [`Rejection::ContactNeedsEmployer`] for one with the employer without a job that has
    /// one, [`Rejection::NotOpenTo`].
    pub fn register(
        id: SupportContactId,
        trail: &Trail,
        about: Option<SupportedJob<'_>>,
        openness: &[&OpennessAgreement],
        new: NewSupportContact,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        trail.must_be_open()?;
        let NewSupportContact { on, with, way, note } = new;
        let mut faults = DayOf::SupportContact.faults(on, None, by);
        faults.extend(about.and_then(|about| about.must_hold(trail).err()));
        if with != SupportedWho::Participant {
            match about.and_then(|about| about.employer) {
                None => faults.push(Rejection::ContactNeedsEmployer),
                Some(employer) => faults.extend(OpennessAgreement::must_allow(openness, employer, by).err()),
            }
        }
        Rejection::all(faults)?;
        let job = about.map(|about| about.job.id());
        let fact = Fact::SupportContactRegistered { support_contact: id, trail: trail.id(), job, on, with };
        let participant = trail.participant();
        Ok((Self { id, trail: trail.id(), participant, job, on, with, way, note, registered: *by }, fact))
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> SupportContactId {
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

    /// The job that it was about; none when it was about work in general.
    #[must_use]
    pub const fn job(&self) -> Option<JobId> {
        self.job
    }

    /// The day.
    #[must_use]
    pub const fn on(&self) -> NaiveDate {
        self.on
    }

    /// With whom.
    #[must_use]
    pub const fn with(&self) -> SupportedWho {
        self.with
    }

    /// The way.
    #[must_use]
    pub const fn way(&self) -> ContactWay {
        self.way
    }

    /// What was talked about.
    #[must_use]
    pub const fn note(&self) -> Option<&Text<4000>> {
        self.note.as_ref()
    }

    /// Who registered it, and when.
    #[must_use]
    pub const fn registered(&self) -> &Authorship {
        &self.registered
    }
}

#[cfg(test)]
pub(crate) mod samples {
    use uuid::Uuid;

    use super::*;
    use crate::domain::samples::{by_spurv, day};
    use crate::domain::trail::samples::started;

    /// A talk with the participant on a day.
    pub(crate) fn talk(on: &str) -> NewSupportContact {
        NewSupportContact { on: day(on), with: SupportedWho::Participant, way: ContactWay::Phone, note: None }
    }

    /// The same about work in general, registered.
    pub(crate) fn talked(on: NaiveDate) -> SupportContact {
        let (trail, id) = (started("2022-05-27", "2022-06-02"), SupportContactId::new(Uuid::from_u128(0x5c)));
        let new = NewSupportContact { on, ..talk("2022-08-15") };
        SupportContact::register(id, &trail, None, &[], new, &by_spurv("2030-01-01")).expect("registered").0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use uuid::Uuid;

    use super::samples::talk;
    use super::*;
    use crate::domain::employer::samples::{employer, fjellvik};
    use crate::domain::id::{EmployerId, OpennessId};
    use crate::domain::job::EmploymentForm;
    use crate::domain::job::samples::job_from;
    use crate::domain::openness::{OpennessStance, OpennessTerms};
    use crate::domain::samples::{by_spurv, day};
    use crate::domain::trail::samples::{ended, other_trail, started};

    fn trail() -> Trail {
        started("2022-05-27", "2022-06-02")
    }

    fn agreed(version: u32, stance: OpennessStance) -> OpennessAgreement {
        agreed_but(version, stance, BTreeSet::new())
    }

    fn agreed_but(version: u32, stance: OpennessStance, must_not_contact: BTreeSet<EmployerId>) -> OpennessAgreement {
        let terms = OpennessTerms {
            agreed_on: day("2022-06-10"),
            stance,
            may_contact: BTreeSet::new(),
            must_not_contact,
            may_contact_institutions: BTreeSet::new(),
            must_not_contact_institutions: BTreeSet::new(),
            advantages: None,
            drawbacks: None,
            may_share: None,
            must_not_share: None,
            occasions: BTreeSet::new(),
        };
        let id = OpennessId::new(Uuid::from_u128(u128::from(version)));
        OpennessAgreement::agree(id, &trail(), version, terms, &by_spurv("2022-06-10")).expect("agreed").0
    }

    fn register(job: Option<&Job>, openness: &[&OpennessAgreement], with: SupportedWho) -> Result<(), Rejection> {
        let id = SupportContactId::new(Uuid::from_u128(1));
        let new = NewSupportContact { with, ..talk("2022-08-16") };
        let employer = fjellvik();
        let about = job.map(|job| SupportedJob { job, employer: Some(&employer) });
        SupportContact::register(id, &trail(), about, openness, new, &by_spurv("2022-08-16")).map(|_| ())
    }

    #[test]
    fn s30_s42_a_no_to_a_duplicate_is_a_no_to_whom_it_was_merged_into() {
        // given a job at an employer that FJELLVIK was merged into since, and one that was FJELLVIK's
        let (kept, _, _) = employer(9, None, "FJELLVIK").absorb(fjellvik(), &by_spurv("2022-06-11")).expect("merged");
        let job = job_from(&trail(), EmploymentForm::Permanent, "2022-08-15");
        let register = |employer: &Employer, openness: &OpennessAgreement| {
            let id = SupportContactId::new(Uuid::from_u128(1));
            let new = NewSupportContact { with: SupportedWho::Employer, ..talk("2022-08-16") };
            let about = Some(SupportedJob { job: &job, employer: Some(employer) });
            SupportContact::register(id, &trail(), about, &[openness], new, &by_spurv("2022-08-16")).map(|_| ())
        };
        // when somebody said no to either record, then the employer is not contacted
        let refused = Err(Rejection::NotOpenTo { employer: kept.id() });
        for no in [kept.id(), fjellvik().id()] {
            assert_eq!(register(&kept, &agreed_but(1, OpennessStance::Open, BTreeSet::from([no]))), refused);
        }
        let open = agreed(1, OpennessStance::Open);
        assert_eq!(register(&kept, &open), Ok(()));
        // and an employer that is not the job's is none of its
        let elsewhere = Err(Rejection::BelongsElsewhere { what: Thing::Employer });
        assert_eq!(register(&employer(10, None, "NORDLYS"), &open), elsewhere);
    }

    #[test]
    fn s42_the_employer_is_contacted_only_where_openness_allows_it() {
        let job = job_from(&trail(), EmploymentForm::Permanent, "2022-08-15");
        let (open, closed) = (agreed(1, OpennessStance::Open), agreed(2, OpennessStance::NotOpen));
        let refused = Err(Rejection::NotOpenTo { employer: fjellvik().id() });
        for with in [SupportedWho::Employer, SupportedWho::Both] {
            // given no agreement, an open one, and a newer one that is not
            assert_eq!(register(Some(&job), &[], with), refused);
            assert_eq!(register(Some(&job), &[&open], with), Ok(()));
            assert_eq!(register(Some(&job), &[&closed, &open], with), refused);
            assert_eq!(register(None, &[&open], with), Err(Rejection::ContactNeedsEmployer));
        }
        // but the participant is always talked with
        assert_eq!(register(Some(&job), &[&closed], SupportedWho::Participant), Ok(()));
    }

    #[test]
    fn a_contact_is_about_a_job_of_its_own_trail_and_has_happened() {
        let foreign = job_from(&other_trail(), EmploymentForm::Permanent, "2022-08-15");
        let elsewhere = Err(Rejection::BelongsElsewhere { what: Thing::Job });
        assert_eq!(register(Some(&foreign), &[], SupportedWho::Participant), elsewhere);
        let id = SupportContactId::new(Uuid::from_u128(1));
        let note: Option<Text<4000>> = Text::parse("Trives").ok();
        let noted = NewSupportContact { note: note.clone(), ..talk("2022-08-16") };
        let (noted, _) =
            SupportContact::register(id, &trail(), None, &[], noted, &by_spurv("2022-08-16")).expect("registered");
        assert_eq!(noted.note(), note.as_ref());
        let ahead = SupportContact::register(id, &trail(), None, &[], talk("2022-08-17"), &by_spurv("2022-08-16"));
        assert_eq!(ahead.unwrap_err(), Rejection::DateInFuture { day: DayOf::SupportContact });
    }

    #[test]
    fn i10_an_ended_trail_takes_no_support_contact() {
        let (trail, id) = (ended(), SupportContactId::new(Uuid::from_u128(1)));
        let refused = SupportContact::register(id, &trail, None, &[], talk("2023-03-01"), &by_spurv("2023-03-01"));
        assert_eq!(refused.unwrap_err(), Rejection::TrailEnded { trail: trail.id() });
    }
}
