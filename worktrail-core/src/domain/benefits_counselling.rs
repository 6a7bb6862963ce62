//! Benefits counselling: what work does to income and benefits, before it begins and whenever it changes (IPS
//! principle 5).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::day_of::DayOf;
use super::fact::Fact;
use super::id::{BenefitsCounsellingId, JobId, ParticipantId, TrailId};
use super::job::{Job, JobStatus};
use super::kept::kept;
use super::moment::Authorship;
use super::rejection::Rejection;
use super::text::Line;
use super::thing::Thing;
use super::trail::Trail;

/// That somebody was offered or given counselling about their benefits, or declined it (S126).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BenefitsCounselling {
    id: BenefitsCounsellingId,
    trail: TrailId,
    participant: ParticipantId,
    job: Option<JobId>,
    on: NaiveDate,
    trigger: BenefitsTrigger,
    outcome: BenefitsOutcome,
    #[serde(deserialize_with = "kept")]
    adviser: Line<120>,
    qualification: BenefitsQualification,
    registered: Authorship,
}

/// What is told about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewBenefitsCounselling {
    /// On which day.
    pub on: NaiveDate,
    /// What gave rise to it.
    pub trigger: BenefitsTrigger,
    /// What came of it.
    pub outcome: BenefitsOutcome,
    /// Who the adviser is, by name.
    pub adviser: Line<120>,
    /// What the adviser knows.
    pub qualification: BenefitsQualification,
}

coded! {
    /// What gives rise to counselling about benefits.
    pub enum BenefitsTrigger {
        /// A job is about to begin.
        BeforeStart = "before_start", "Før jobbstart", "Before a job starts";
        /// The hours change.
        HoursChanged = "hours_changed", "Endret arbeidstid", "Hours changed";
        /// The pay changes.
        PayChanged = "pay_changed", "Endret lønn", "Pay changed";
    }
}

coded! {
    /// What came of it.
    pub silent enum BenefitsOutcome {
        /// It was offered, and is still to be held.
        Offered = "offered", "Tilbudt", "Offered";
        /// It was given.
        Given = "given", "Gjennomført", "Given";
        /// The participant did not want it.
        Declined = "declined", "Takket nei", "Declined";
    }
}

coded! {
    /// What the adviser knows of benefits (IPS-25 item 12).
    pub enum BenefitsQualification {
        /// Trained in benefits and work.
        TrainedAdviser = "trained_adviser", "Opplært i ytelser og arbeid", "Trained in benefits and work";
        /// A Nav counsellor.
        Counsellor = "counsellor", "Nav-veileder", "Nav counsellor";
        /// The employment specialist.
        Specialist = "specialist", "Jobbspesialist", "Employment specialist";
        /// Somebody else.
        Other = "other", "Andre", "Other";
    }
}

impl BenefitsCounselling {
    /// Registers it.
    ///
    /// Rules of transition: the trail is open (I10), the day is not to come, and the job is one of the trail's.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`]; or a [`Rejection`] for each rule broken, all at once: [`Rejection::DateInFuture`],
    /// [`Rejection::BelongsElsewhere`].
    pub fn register(
        id: BenefitsCounsellingId,
        trail: &Trail,
        job: Option<&Job>,
        new: NewBenefitsCounselling,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        trail.must_be_open()?;
        let mut faults = DayOf::BenefitsCounselling.faults(new.on, None, by);
        if job.is_some_and(|job| job.trail() != trail.id()) {
            faults.push(Rejection::BelongsElsewhere { what: Thing::Job });
        }
        Rejection::all(faults)?;
        let NewBenefitsCounselling { on, trigger, outcome, adviser, qualification } = new;
        let (participant, job, trail) = (trail.participant(), job.map(Job::id), trail.id());
        let fact = Fact::BenefitsCounsellingRegistered { benefits_counselling: id, trail, job, on, trigger, outcome };
        Ok((Self { id, trail, participant, job, on, trigger, outcome, adviser, qualification, registered: *by }, fact))
    }

    /// The jobs before whose start counselling is due, each with its first day: those that are planned or ongoing, and
    /// for whose start it was neither given nor declined (IPS principle 5). An offer alone leaves it due; a talk after
    /// the start ends it, and its day shows that it was late. Work training is no job (`DB9`).
    #[must_use]
    pub fn due(jobs: &[&Job], counselling: &[&Self], on: NaiveDate) -> Vec<(JobId, NaiveDate)> {
        let settled = |job: &Job| {
            counselling.iter().any(|it| {
                it.job == Some(job.id())
                    && it.trigger == BenefitsTrigger::BeforeStart
                    && it.outcome != BenefitsOutcome::Offered
            })
        };
        let due = |job: &&&Job| job.counts_as_job() && job.status_on(on) != JobStatus::Completed && !settled(job);
        jobs.iter().filter(due).map(|job| (job.id(), job.period().first())).collect()
    }

    /// The id.
    #[must_use]
    pub const fn id(&self) -> BenefitsCounsellingId {
        self.id
    }

    /// The trail.
    #[must_use]
    pub const fn trail(&self) -> TrailId {
        self.trail
    }

    /// The participant whom it concerns.
    #[must_use]
    pub const fn participant(&self) -> ParticipantId {
        self.participant
    }

    /// The job that it was about.
    #[must_use]
    pub const fn job(&self) -> Option<JobId> {
        self.job
    }

    /// On which day.
    #[must_use]
    pub const fn on(&self) -> NaiveDate {
        self.on
    }

    /// What gave rise to it.
    #[must_use]
    pub const fn trigger(&self) -> BenefitsTrigger {
        self.trigger
    }

    /// What came of it.
    #[must_use]
    pub const fn outcome(&self) -> BenefitsOutcome {
        self.outcome
    }

    /// Who the adviser is.
    #[must_use]
    pub const fn adviser(&self) -> &Line<120> {
        &self.adviser
    }

    /// What the adviser knows.
    #[must_use]
    pub const fn qualification(&self) -> BenefitsQualification {
        self.qualification
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

    use super::super::trail::samples::{ended, other_trail, started};
    use super::*;
    use crate::domain::samples::{by_spurv, day, work_training};
    use crate::domain::{Employment, EmploymentForm, NewJob, Period};

    fn own(number: u128, from: &str, to: Option<&str>) -> Job {
        let new = NewJob {
            employment: Employment::SelfEmployed,
            title: Line::parse("Baker").expect("a line"),
            form: EmploymentForm::SelfEmployed,
            hours: None,
            period: Period::new(day(from), to.map(day)).expect("a period"),
            training_reason: None,
            education: None,
            details: crate::domain::JobDetails::default(),
        };
        let id = JobId::new(Uuid::from_u128(number));
        Job::register(id, &started("2022-05-31", "2022-06-02"), new, &by_spurv("2022-08-01")).expect("registered").0
    }

    fn talk(
        trail: &Trail,
        job: &Job,
        trigger: BenefitsTrigger,
        outcome: BenefitsOutcome,
    ) -> Result<BenefitsCounselling, Rejection> {
        let new = NewBenefitsCounselling {
            on: day("2022-08-10"),
            trigger,
            outcome,
            adviser: Line::parse("LUR REV").expect("a line"),
            qualification: BenefitsQualification::TrainedAdviser,
        };
        let id = BenefitsCounsellingId::new(Uuid::from_u128(1));
        BenefitsCounselling::register(id, trail, Some(job), new, &by_spurv("2022-08-10")).map(|(it, _)| it)
    }

    #[test]
    fn s126_counselling_is_due_before_each_job_start_until_it_was_given_or_declined() {
        use BenefitsOutcome::{Declined, Given, Offered};
        let trail = started("2022-05-31", "2022-06-02");
        let (first, second) = (own(1, "2022-08-15", None), own(2, "2022-09-01", None));
        let jobs = [&first, &second];
        let due = |talks: &[&BenefitsCounselling]| BenefitsCounselling::due(&jobs, talks, day("2022-08-12"));
        // Given two jobs ahead, then it is due before each
        let before = BenefitsTrigger::BeforeStart;
        assert_eq!(due(&[]), [(first.id(), day("2022-08-15")), (second.id(), day("2022-09-01"))]);
        // when it is offered, then it still is; when given or declined, not for that job
        assert_eq!(due(&[&talk(&trail, &first, before, Offered).expect("registered")]).len(), 2);
        for outcome in [Given, Declined] {
            let talk = talk(&trail, &first, before, outcome).expect("registered");
            assert_eq!(due(&[&talk]), [(second.id(), day("2022-09-01"))]);
        }
        // and a talk about changed hours is another one
        let hours = talk(&trail, &first, BenefitsTrigger::HoursChanged, Given).expect("registered");
        assert_eq!((hours.job(), hours.on()), (Some(first.id()), day("2022-08-10")));
        assert_eq!(due(&[&hours]).len(), 2);
    }

    #[test]
    fn s126_of_a_job_that_is_over_and_of_work_training_nothing_is_due() {
        let over = own(1, "2022-06-15", Some("2022-08-11"));
        assert_eq!(BenefitsCounselling::due(&[&over], &[], day("2022-08-11")).len(), 1);
        assert_eq!(BenefitsCounselling::due(&[&over], &[], day("2022-08-12")), []);
        let period = Period::from(day("2022-08-15")).expect("a period");
        let training = work_training(&started("2022-05-31", "2022-06-02"), period);
        assert_eq!(BenefitsCounselling::due(&[&training], &[], day("2022-08-12")), []);
    }

    #[test]
    fn s126_another_trails_job_is_refused_and_so_is_an_ended_trail() {
        let job = own(1, "2022-08-15", None);
        let (trigger, outcome) = (BenefitsTrigger::BeforeStart, BenefitsOutcome::Given);
        let foreign = talk(&other_trail(), &job, trigger, outcome);
        assert_eq!(foreign, Err(Rejection::BelongsElsewhere { what: Thing::Job }));
        let ended = ended();
        assert_eq!(talk(&ended, &job, trigger, outcome), Err(Rejection::TrailEnded { trail: ended.id() }));
    }
}
