//! Jobs, and work training, which is kept beside them and is none.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::day_of::DayOf;
use super::experience::Experiences;
use super::fact::Fact;
use super::hours::HoursPerWeek;
use super::id::{EducationId, JobId, ParticipantId, TrailId};
use super::kept::kept;
use super::moment::Authorship;
use super::period::Period;
use super::rejection::Rejection;
use super::subsidy::subsidy_faults;
use super::text::{Line, Text};
use super::thing::Thing;
use super::trail::{Trail, Whose};

mod competitive;
mod course;
mod details;
mod employment;
mod ending;
mod loss;
#[cfg(test)]
pub(crate) mod samples;
mod tenure;
#[cfg(test)]
mod tests;

pub use competitive::{Competitive, CompetitiveQuestion, NotCompetitive, OnCallPolicy};
pub use course::{HoursChange, JobReference, SupportDeclined, SupportStepDown, TenureConfirmation};
pub use details::{JobAccess, JobDetails, JobPay};
pub use employment::{Employment, EmploymentForm, InEducation};
pub use ending::{JobEndingCorrection, JobEndingTerms};
pub use loss::{Loss, LostWork};
pub use tenure::{Tenure, TenureMark};

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
    /// Absent on a job that was kept before jobs were found by themselves, until its next act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    whose: Option<Whose>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    education: Option<EducationId>,
    #[serde(default, skip_serializing_if = "JobDetails::is_empty", deserialize_with = "kept")]
    details: JobDetails,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    hours_changes: Vec<HoursChange>,
    #[serde(default, skip_serializing_if = "Experiences::is_empty")]
    experiences: Experiences,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    references: Vec<JobReference>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    confirmed: Option<TenureConfirmation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    step_down: Option<SupportStepDown>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    declined: Option<SupportDeclined>,
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
    /// The education that it is a part of, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub education: Option<InEducation>,
    /// What else is told.
    #[serde(default, skip_serializing_if = "JobDetails::is_empty")]
    pub details: JobDetails,
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    loss: Option<Loss>,
    /// Its last day as it was agreed before it ended; none when the end was open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    planned_last: Option<NaiveDate>,
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

    /// The last day that was agreed before it ended, if one was.
    #[must_use]
    pub const fn planned_last(&self) -> Option<NaiveDate> {
        self.planned_last
    }
}

impl NewJob {
    /// What is wrong with it on a trail.
    fn faults(&self, trail: &Trail) -> Vec<Rejection> {
        let mut faults = Vec::new();
        faults.extend(self.employment.must_fit(self.form).err());
        if !self.form.is_job() && self.training_reason.is_none() && trail.method().asks_why_work_training() {
            faults.push(Rejection::TrainingWithoutReason);
        }
        if let Some(education) = self.education {
            faults.extend(education.must_hold(trail.id(), self.employment, self.form));
        }
        faults.extend(subsidy_faults(&self.details.subsidies, self.period));
        faults
    }
}

impl Job {
    /// Registers a job, also one that begins later or began before the trail.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10); [`Rejection::FormNeedsEmployer`] and [`Rejection::FormHasNoEmployer`] (I13);
    /// [`Rejection::TrainingWithoutReason`] (`DB9`); [`Rejection::BelongsElsewhere`] for an education of another trail;
    /// [`Rejection::SubsidyOutsideJob`], [`Rejection::SubsidyTwice`].
    pub fn register(id: JobId, trail: &Trail, new: NewJob, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        trail.must_be_open()?;
        Rejection::all(new.faults(trail))?;
        let job = Self::told(id, trail, new, *by);
        let fact = Fact::JobRegistered {
            job: id,
            trail: job.trail,
            employer: job.employment.employer(),
            title: job.title.clone(),
            form: job.form,
            period: job.period,
        };
        Ok((job, fact))
    }

    /// A job as it was told.
    fn told(id: JobId, trail: &Trail, new: NewJob, registered: Authorship) -> Self {
        let NewJob { employment, title, form, hours, period, training_reason, education, details } = new;
        Self {
            id,
            trail: trail.id(),
            participant: trail.participant(),
            employment,
            title,
            form,
            hours,
            period,
            training_reason: training_reason.filter(|_| !form.is_job()),
            registered,
            ending: None,
            whose: Some(Whose::of(trail)),
            education: education.map(InEducation::education),
            details,
            hours_changes: Vec::new(),
            experiences: Experiences::default(),
            references: Vec::new(),
            confirmed: None,
            step_down: None,
            declined: None,
        }
    }

    /// Ends the job, with its last day; the day may lie ahead, when notice was given. On an ended trail too: facts
    /// about the person's work may still be added (`DB8`).
    ///
    /// # Errors
    /// [`Rejection::AlreadyEnded`]; [`Rejection::DateBefore`] for a day before the first (I13, of transition), or before
    /// the one on which it was found to be going on; [`Rejection::DateOutOfRange`].
    pub fn end(self, on: NaiveDate, reason: JobEndReason, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        let job = self.closed(JobEndingTerms { on, reason, loss: None }, Vec::new(), by)?;
        let fact = Fact::JobEnded { job: job.id, trail: job.trail, on, reason };
        Ok((job, fact))
    }

    /// Closed with an ending, unless there is one or something is wrong.
    fn closed(
        mut self,
        ending: JobEndingTerms,
        mut faults: Vec<Rejection>,
        by: &Authorship,
    ) -> Result<Self, Rejection> {
        if self.ending.is_some() {
            return Err(Rejection::AlreadyEnded { what: Thing::Job, on: self.period.last_or_max() });
        }
        let (day, JobEndingTerms { on, reason, loss }) = (DayOf::JobEnd, ending);
        faults.extend(day.faults_of_last(on));
        faults.extend(self.too_early_to_end(on));
        Rejection::all(faults)?;
        let planned_last = self.period.last();
        self.period = self.period.ending_on(on).map_err(|_| Rejection::DateOutOfRange { day })?;
        self.ending = Some(JobEnding { reason, authorship: *by, loss, planned_last });
        Ok(self)
    }

    /// What is wrong with a last day that lies before the first, or before the day on which the job was found to be going
    /// on. One that is no day is no early one.
    fn too_early_to_end(&self, on: NaiveDate) -> Option<Rejection> {
        let (day, first) = (DayOf::JobEnd, self.period.first());
        let earliest = self.confirmed_on().map_or(first, |confirmed| confirmed.max(first));
        let early = on < earliest && day.faults_of_last(on).is_empty();
        early.then_some(Rejection::DateBefore { day, earliest })
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

    /// Whom it is shown to, and whose it is.
    #[must_use]
    pub const fn whose(&self) -> Option<Whose> {
        self.whose
    }

    /// The education that it is a part of.
    #[must_use]
    pub const fn education(&self) -> Option<EducationId> {
        self.education
    }

    /// What else is told of it.
    #[must_use]
    pub const fn details(&self) -> &JobDetails {
        &self.details
    }

    /// What worked and what did not.
    #[must_use]
    pub const fn experiences(&self) -> &Experiences {
        &self.experiences
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
