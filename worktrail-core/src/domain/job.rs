//! Jobs, and work training, which is kept beside them and is none.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::day_of::DayOf;
use super::fact::Fact;
use super::hours::HoursPerWeek;
use super::id::{JobId, ParticipantId, TrailId};
use super::kept::kept;
use super::moment::Authorship;
use super::period::Period;
use super::rejection::Rejection;
use super::text::{Line, Text};
use super::thing::Thing;
use super::trail::Trail;

mod employment;

pub use employment::{Employment, EmploymentForm};

/// A job of a trail.
///
/// It has an employer unless the participant is self-employed, and does not end before it begins (I13, of state). Its
/// status is never kept: [`Job::status_on`] derives it from the dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    id: JobId,
    trail: TrailId,
    participant: ParticipantId,
    employment: Employment,
    #[serde(deserialize_with = "kept")]
    title: Line<120>,
    form: EmploymentForm,
    #[serde(default, deserialize_with = "kept")]
    hours: Option<HoursPerWeek>,
    period: Period,
    /// Why work training, on a method that aims at ordinary work (`DB9`).
    #[serde(default, deserialize_with = "kept")]
    training_reason: Option<Text<2000>>,
    registered: Authorship,
    ending: Option<JobEnding>,
}

/// What is told about a new job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewJob {
    /// With whom.
    pub employment: Employment,
    /// The title.
    pub title: Line<120>,
    /// The form of employment.
    pub form: EmploymentForm,
    /// The hours a week, if agreed.
    pub hours: Option<HoursPerWeek>,
    /// The first day, and the last one if it is known.
    pub period: Period,
    /// Why, for work training; asked for on a method that aims at ordinary work (`DB9`).
    pub training_reason: Option<Text<2000>>,
}

coded! {
    /// Where a job stands on a day.
    pub enum JobStatus {
        /// It has not begun.
        Planned = "planned", "Planlagt", "Planned";
        /// It is going on.
        Ongoing = "ongoing", "Pågår", "Ongoing";
        /// Its last day has passed.
        Completed = "completed", "Avsluttet", "Completed";
    }
}

coded! {
    /// Why a job ended; loss of a job is never the end of a trail by itself.
    pub silent enum JobEndReason {
        /// The agreed time was over.
        TimeOver = "time_over", "Avtalt tid var ute", "The agreed time was over";
        /// To another job.
        AnotherJob = "another_job", "Gikk til en annen jobb", "Went to another job";
        /// To education.
        Education = "education", "Begynte i utdanning", "Began an education";
        /// The participant gave notice.
        Resigned = "resigned", "Sa opp selv", "Resigned";
        /// The employer gave notice.
        Dismissed = "dismissed", "Oppsagt av arbeidsgiver", "Dismissed";
        /// Laid off, or the workplace closed.
        LaidOff = "laid_off", "Permittert eller nedbemanning", "Laid off or downsized";
        /// Health.
        Health = "health", "Helse", "Health";
        /// Something else.
        Other = "other", "Annet", "Other";
    }
}

/// The ending of a job: its reason, and who registered it. The day is the last of the period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobEnding {
    reason: JobEndReason,
    authorship: Authorship,
}

impl JobEnding {
    /// Why.
    #[must_use]
    pub const fn reason(&self) -> JobEndReason {
        self.reason
    }

    /// Who registered it, and when.
    #[must_use]
    pub const fn authorship(&self) -> &Authorship {
        &self.authorship
    }
}

impl Job {
    /// Registers a job, also one that begins later or began before the trail.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10); [`Rejection::FormNeedsEmployer`] and [`Rejection::FormHasNoEmployer`] (I13);
    /// [`Rejection::TrainingWithoutReason`] (`DB9`).
    pub fn register(id: JobId, trail: &Trail, new: NewJob, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        trail.must_be_open()?;
        let NewJob { employment, title, form, hours, period, training_reason } = new;
        let mut faults = Vec::new();
        faults.extend(employment.must_fit(form).err());
        if !form.is_job() && training_reason.is_none() && trail.method().asks_why_work_training() {
            faults.push(Rejection::TrainingWithoutReason);
        }
        Rejection::all(faults)?;

        let fact = Fact::JobRegistered {
            job: id,
            trail: trail.id(),
            employer: employment.employer(),
            title: title.clone(),
            form,
            period,
        };
        let job = Self {
            id,
            trail: trail.id(),
            participant: trail.participant(),
            employment,
            title,
            form,
            hours,
            period,
            training_reason: training_reason.filter(|_| !form.is_job()),
            registered: *by,
            ending: None,
        };
        Ok((job, fact))
    }

    /// Ends the job, with its last day; the day may lie ahead, when notice was given. On an ended trail too: facts
    /// about the person's work may still be added (`DB8`).
    ///
    /// # Errors
    /// [`Rejection::AlreadyEnded`]; [`Rejection::DateBefore`] for a day before the first (I13, of transition);
    /// [`Rejection::DateOutOfRange`].
    pub fn end(mut self, on: NaiveDate, reason: JobEndReason, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        if self.ending.is_some() {
            return Err(Rejection::AlreadyEnded { what: Thing::Job, on: self.period.last_or_max() });
        }
        let day = DayOf::JobEnd;
        Rejection::all(day.faults_of_plan(on))?;
        let first = self.period.first();
        self.period = self.period.ending_on(on).map_err(|_| Rejection::DateBefore { day, earliest: first })?;
        self.ending = Some(JobEnding { reason, authorship: *by });
        let fact = Fact::JobEnded { job: self.id, trail: self.trail, on, reason };
        Ok((self, fact))
    }

    /// Where it stands on a day, derived from its dates: it is ongoing from its first day to its last, both included.
    #[must_use]
    pub fn status_on(&self, day: NaiveDate) -> JobStatus {
        if day < self.period.first() {
            JobStatus::Planned
        } else if self.period.contains(day) {
            JobStatus::Ongoing
        } else {
            JobStatus::Completed
        }
    }

    /// Whether it counts as a job: work training does not (`DB9`).
    #[must_use]
    pub const fn counts_as_job(&self) -> bool {
        self.form.is_job()
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> JobId {
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

    /// With whom.
    #[must_use]
    pub const fn employment(&self) -> Employment {
        self.employment
    }

    /// Its title.
    #[must_use]
    pub const fn title(&self) -> &Line<120> {
        &self.title
    }

    /// The form of employment.
    #[must_use]
    pub const fn form(&self) -> EmploymentForm {
        self.form
    }

    /// The hours a week.
    #[must_use]
    pub const fn hours(&self) -> Option<HoursPerWeek> {
        self.hours
    }

    /// From its first day to its last.
    #[must_use]
    pub const fn period(&self) -> Period {
        self.period
    }

    /// Why it is work training, when it is.
    #[must_use]
    pub const fn training_reason(&self) -> Option<&Text<2000>> {
        self.training_reason.as_ref()
    }

    /// Its ending.
    #[must_use]
    pub const fn ending(&self) -> Option<&JobEnding> {
        self.ending.as_ref()
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
    use crate::domain::employer::samples::fjellvik;
    use crate::domain::samples::{by_spurv, day};

    /// A job at FJELLVIK from a day on, with an open end.
    pub(crate) fn new_job(form: EmploymentForm, from: &str) -> NewJob {
        NewJob {
            employment: Employment::at(&fjellvik(), None).expect("an employer"),
            title: Line::parse("Baker").expect("a title"),
            form,
            hours: HoursPerWeek::from_tenths(200).ok(),
            period: Period::from(day(from)).expect("a period"),
            training_reason: if form.is_job() { None } else { Text::parse("Ønsker å prøve seg").ok() },
        }
    }

    /// The same, registered.
    pub(crate) fn job_from(trail: &Trail, form: EmploymentForm, from: &str) -> Job {
        let id = JobId::new(Uuid::from_u128(0x0b_0001));
        Job::register(id, trail, new_job(form, from), &by_spurv("2022-08-01")).expect("registered").0
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::samples::{job_from, new_job};
    use super::*;
    use crate::domain::samples::{by_spurv, day};
    use crate::domain::trail::samples::{ended, started};

    fn register(trail: &Trail, new: NewJob) -> Result<Job, Rejection> {
        Job::register(JobId::new(Uuid::from_u128(2)), trail, new, &by_spurv("2022-08-01")).map(|(job, _)| job)
    }

    #[test]
    fn i13_an_employer_unless_self_employed() {
        let trail = started("2022-05-27", "2022-06-02");
        let alone = |form| NewJob { employment: Employment::SelfEmployed, ..new_job(form, "2022-08-15") };
        assert!(register(&trail, alone(EmploymentForm::SelfEmployed)).is_ok());
        let form = EmploymentForm::Permanent;
        assert_eq!(register(&trail, alone(form)).unwrap_err(), Rejection::FormNeedsEmployer { form });
        let form = EmploymentForm::SelfEmployed;
        let refused = register(&trail, new_job(form, "2022-08-15"));
        assert_eq!(refused.unwrap_err(), Rejection::FormHasNoEmployer { form });
    }

    #[test]
    fn i13_a_job_does_not_end_before_it_begins_and_ends_once() {
        // given a job from 15 August
        let job = job_from(&started("2022-05-27", "2022-06-02"), EmploymentForm::Permanent, "2022-08-15");
        let by = by_spurv("2022-10-01");
        // when it is ended a day too early, it is refused
        let early = job.clone().end(day("2022-08-14"), JobEndReason::Resigned, &by);
        let earliest = day("2022-08-15");
        assert_eq!(early.unwrap_err(), Rejection::DateBefore { day: DayOf::JobEnd, earliest });
        // and it ends once
        let (job, _) = job.end(day("2022-10-31"), JobEndReason::Resigned, &by).expect("ended");
        assert_eq!(job.period().last(), Some(day("2022-10-31")));
        let twice = job.end(day("2022-10-30"), JobEndReason::Other, &by).unwrap_err();
        assert_eq!(twice, Rejection::AlreadyEnded { what: Thing::Job, on: day("2022-10-31") });
    }

    #[test]
    fn the_status_follows_from_the_dates_with_the_last_day_included() {
        let job = job_from(&started("2022-05-27", "2022-06-02"), EmploymentForm::Temporary, "2022-08-15");
        let (job, _) = job.end(day("2022-10-31"), JobEndReason::TimeOver, &by_spurv("2022-10-01")).expect("ended");
        assert_eq!(job.status_on(day("2022-08-14")), JobStatus::Planned);
        assert_eq!(job.status_on(day("2022-08-15")), JobStatus::Ongoing);
        assert_eq!(job.status_on(day("2022-10-31")), JobStatus::Ongoing);
        assert_eq!(job.status_on(day("2022-11-01")), JobStatus::Completed);
    }

    #[test]
    fn db9_work_training_is_asked_for_its_reason_and_is_no_job() {
        let trail = started("2022-05-27", "2022-06-02");
        let form = EmploymentForm::WorkTraining;
        let unexplained = NewJob { training_reason: None, ..new_job(form, "2022-08-15") };
        assert_eq!(register(&trail, unexplained).unwrap_err(), Rejection::TrainingWithoutReason);
        let training = register(&trail, new_job(form, "2022-08-15")).expect("registered");
        assert!(!training.counts_as_job());
    }

    #[test]
    fn i10_no_job_is_registered_on_an_ended_trail() {
        let trail = ended();
        let refused = register(&trail, new_job(EmploymentForm::Permanent, "2022-08-15"));
        assert_eq!(refused.unwrap_err(), Rejection::TrailEnded { trail: trail.id() });
    }

    #[test]
    fn a_kept_job_reads_back_as_it_was() {
        let job = job_from(&started("2022-05-27", "2022-06-02"), EmploymentForm::WorkTraining, "2022-08-15");
        let json = serde_json::to_string(&job).expect("json");
        assert_eq!(serde_json::from_str::<Job>(&json).expect("a job"), job);
    }

    proptest::proptest! {
        #[test]
        fn i13_no_job_ends_before_it_begins_whatever_is_tried(offsets in proptest::collection::vec(-400_i64..400, 1..6)) {
            let trail = started("2022-05-27", "2022-06-02");
            let mut job = job_from(&trail, EmploymentForm::Permanent, "2022-08-15");
            for offset in offsets {
                let on = day("2022-08-15") + chrono::TimeDelta::days(offset);
                job = job.clone().end(on, JobEndReason::ALL[0], &by_spurv("2022-09-01")).map_or(job, |(ended, _)| ended);
                proptest::prop_assert!(job.period().last_or_max() >= job.period().first());
                proptest::prop_assert_eq!(job.ending().is_some(), !job.period().is_open());
                proptest::prop_assert_eq!(job.employment().employer().is_none(), job.form() == EmploymentForm::SelfEmployed);
            }
        }
    }
}
