//! Commands about jobs.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Command, Decided, OwnRules, Permit, Stop, World};
use crate::access::Right;
use crate::domain::{
    ContactPerson, ContactPersonId, Corrector, DayOf, Education, EducationId, Employer, EmployerId, Employment,
    EmploymentForm, HoursPerWeek, InEducation, Job, JobDetails, JobEndReason, JobEndingCorrection, JobEndingTerms,
    JobId, Line, NewJob, Period, Rejection, Text, Thing, Trail, TrailId, subsidy_faults,
};

/// Where somebody works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Workplace {
    /// At an employer.
    Employer {
        /// The employer.
        employer: EmployerId,
        /// Whom to turn to there.
        contact_person: Option<ContactPersonId>,
    },
    /// On their own.
    SelfEmployed,
}

impl Workplace {
    /// What is wrong with a form of employment there (I13).
    fn fault_of(self, form: EmploymentForm) -> Option<Rejection> {
        match self {
            Self::Employer { .. } => form.must_have_employer().err(),
            Self::SelfEmployed => form.must_do_without_employer().err(),
        }
    }
}

/// Registers a job on a trail (`I13`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct RegisterJob {
    /// The id of the job.
    pub job: JobId,
    /// The trail.
    pub trail: TrailId,
    /// Where.
    pub workplace: Workplace,
    /// What the work is called.
    pub title: Line<120>,
    /// The form of employment.
    pub form: EmploymentForm,
    /// How many hours a week.
    pub hours: Option<HoursPerWeek>,
    /// From when, and until when.
    pub period: Period,
    /// Why work training, if it is that (`DB9`).
    pub training_reason: Option<Text<2000>>,
    /// The education that it is a part of, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub education: Option<EducationId>,
    /// What else is told.
    #[serde(default, skip_serializing_if = "JobDetails::is_empty")]
    pub details: JobDetails,
}

impl Command for RegisterJob {
    type Reply = JobId;

    const NAME: &'static str = "register_job";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<JobId> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let id_is_new = world.is_new::<Job>(self.job);
        let education = in_education(world, self.education, self.trail);
        let employment = employment(world, self.workplace)?;
        let education = education?;
        id_is_new?;
        let new = NewJob {
            employment,
            title: self.title.clone(),
            form: self.form,
            hours: self.hours,
            period: self.period,
            training_reason: self.training_reason.clone(),
            education,
            details: self.details.clone(),
        };
        let (job, fact) = Job::register(self.job, trail, new, &world.authorship())?;
        Ok(permit.reply(self.job).tell(&job, fact).save(job))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["workplace", "form"], |_| self.workplace.fault_of(self.form).into_iter().collect());
        rules.over(&["details.subsidies", "period"], |_| subsidy_faults(&self.details.subsidies, self.period));
    }
}

/// Corrects what was told about a job: all of it, as it should have been told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct CorrectJob {
    /// The job.
    pub job: JobId,
    /// Its trail.
    pub trail: TrailId,
    /// Where.
    pub workplace: Workplace,
    /// What the work is called.
    pub title: Line<120>,
    /// The form of employment.
    pub form: EmploymentForm,
    /// How many hours a week, at the start.
    pub hours: Option<HoursPerWeek>,
    /// From when, and until when.
    pub period: Period,
    /// Why work training, if it is that (`DB9`).
    pub training_reason: Option<Text<2000>>,
    /// The education that it is a part of, if it is.
    pub education: Option<EducationId>,
    /// What else is told.
    pub details: JobDetails,
}

impl Command for CorrectJob {
    type Reply = ();

    const NAME: &'static str = "correct_job";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, trail, job) = job_on(world, self.trail, self.job)?;
        let education = in_education(world, self.education, self.trail);
        let employment = employment(world, self.workplace)?;
        let told = NewJob {
            employment,
            title: self.title.clone(),
            form: self.form,
            hours: self.hours,
            period: self.period,
            training_reason: self.training_reason.clone(),
            education: education?,
            details: self.details.clone(),
        };
        let (job, fact) = job.clone().correct(trail, told, &world.authorship())?;
        Ok(permit.reply(()).tell(&job, fact).save(job))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["workplace", "form"], |_| self.workplace.fault_of(self.form).into_iter().collect());
        rules.over(&["details.subsidies", "period"], |_| subsidy_faults(&self.details.subsidies, self.period));
    }
}

/// Ends a job, with its last day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct EndJob {
    /// The job.
    pub job: JobId,
    /// Its trail.
    pub trail: TrailId,
    /// Its last day.
    pub on: NaiveDate,
    /// Why it ended.
    pub reason: JobEndReason,
}

impl Command for EndJob {
    type Reply = ();

    const NAME: &'static str = "end_job";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, trail, job) = job_on(world, self.trail, self.job)?;
        let (job, fact) = job.clone().follow(trail).end(self.on, self.reason, &world.authorship())?;
        Ok(permit.reply(()).tell(&job, fact).save(job))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.planned("on", DayOf::JobEnd, self.on);
    }
}

/// Corrects how a job ended: its last day, the reason, or that it did not end at all. The phase of the trail stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct CorrectJobEnding {
    /// The job.
    pub job: JobId,
    /// Its trail.
    pub trail: TrailId,
    /// How it ended; none when it did not.
    pub ending: Option<JobEndingTerms>,
    /// Why it is corrected.
    pub reason: Text<500>,
}

impl Command for CorrectJobEnding {
    type Reply = ();

    const NAME: &'static str = "correct_job_ending";
    const RIGHT: Right = Right::CorrectTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, trail, job) = job_on(world, self.trail, self.job)?;
        let correction = JobEndingCorrection { ending: self.ending, reason: self.reason.clone() };
        let corrector = Corrector::of(permit.role());
        let (job, fact) = job.clone().correct_ending(trail, correction, corrector, &world.authorship())?;
        Ok(permit.reply(()).tell(&job, fact).save(job))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["ending"], |by| self.ending.map(|ending| ending.faults(by)).unwrap_or_default());
    }
}

/// Withdraws a job that has not begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct WithdrawJob {
    /// The job.
    pub job: JobId,
    /// Its trail.
    pub trail: TrailId,
}

impl Command for WithdrawJob {
    type Reply = ();

    const NAME: &'static str = "withdraw_job";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, trail, job) = job_on(world, self.trail, self.job)?;
        let fact = job.withdraw(trail, &world.authorship())?;
        Ok(permit.reply(()).tell(job, fact).remove(job))
    }
}

/// A job of a trail, and the permit to do something about it. Another trail's job is not there.
pub(super) fn job_on<'w>(world: &World<'w>, trail: TrailId, job: JobId) -> Result<(Permit, &'w Trail, &'w Job), Stop> {
    let found = world.get::<Trail>(trail);
    let job = world.find::<Job>(job);
    let found = found?;
    let permit = world.may(found)?;
    let job = job?.filter(|job| job.trail() == trail).ok_or(Rejection::NotFound { what: Thing::Job })?;
    Ok((permit, found, job))
}

fn employment(world: &World<'_>, workplace: Workplace) -> Result<Employment, Stop> {
    match workplace {
        Workplace::SelfEmployed => Ok(Employment::SelfEmployed),
        Workplace::Employer { employer, contact_person } => {
            let employer = world.get::<Employer>(employer);
            let person = contact_person.map(|id| world.get::<ContactPerson>(id)).transpose();
            Ok(Employment::at(employer?, person?)?)
        }
    }
}

/// The education that a job is a part of. Another trail's education is not there.
fn in_education(
    world: &World<'_>,
    education: Option<EducationId>,
    trail: TrailId,
) -> Result<Option<InEducation>, Stop> {
    let Some(education) = education else { return Ok(None) };
    let education = world.find::<Education>(education)?.filter(|education| education.trail() == trail);
    Ok(Some(InEducation::of(education.ok_or(Rejection::NotFound { what: Thing::Education })?)))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{correct_job_ending, end_job, fresh_trail_id, register_job, trail_id, withdraw_job};
    use super::super::scene::{decide, everyday, specialist, supervisor, told, user_support, with_work_to_come};
    use super::*;
    use crate::domain::samples::{day, spurv};
    use crate::record::samples::{self, id};

    #[test]
    fn a_job_is_registered_at_an_employer_or_on_ones_own() {
        let picture = everyday().picture();
        assert_eq!(told(&decide(&picture, &specialist(), &register_job()).unwrap()), ["job_registered"]);
        let own = RegisterJob {
            workplace: Workplace::SelfEmployed,
            form: EmploymentForm::SelfEmployed,
            training_reason: None,
            ..register_job()
        };
        assert!(decide(&picture, &specialist(), &own).is_ok());
        let nowhere = Workplace::Employer { employer: EmployerId::new(id(0xEE)), contact_person: None };
        let missing = Rejection::NotFound { what: Thing::Employer };
        let unknown = RegisterJob { workplace: nowhere, ..register_job() };
        assert_eq!(decide(&picture, &specialist(), &unknown).unwrap_err(), missing);
    }

    #[test]
    fn i13_db9_form_workplace_and_reason_fit_each_other() {
        let picture = everyday().picture();
        let form = EmploymentForm::WorkTraining;
        let command = RegisterJob { workplace: Workplace::SelfEmployed, training_reason: None, ..register_job() };
        let faults = vec![Rejection::FormNeedsEmployer { form }, Rejection::TrainingWithoutReason];
        assert_eq!(decide(&picture, &specialist(), &command).unwrap_err(), Rejection::Form(faults));
        let form = EmploymentForm::SelfEmployed;
        let command = RegisterJob { form, ..register_job() };
        assert_eq!(decide(&picture, &specialist(), &command).unwrap_err(), Rejection::FormHasNoEmployer { form });
    }

    #[test]
    fn i9_a_job_that_never_began_is_withdrawn_and_a_wrong_ending_corrected() {
        let picture = with_work_to_come(everyday(), spurv()).picture();
        let withdrawn = decide(&picture, &specialist(), &withdraw_job()).unwrap();
        assert_eq!((told(&withdrawn), withdrawn.removed().len()), (vec!["job_withdrawn"], 1));
        for actor in [specialist(), supervisor(), user_support()] {
            assert_eq!(told(&decide(&picture, &actor, &correct_job_ending()).unwrap()), ["job_ending_corrected"]);
        }
        let begun = WithdrawJob { job: end_job().job, trail: trail_id() };
        let refused = Rejection::HasBegun { what: Thing::Job, on: day("2022-08-15") };
        assert_eq!(decide(&picture, &specialist(), &begun).unwrap_err(), refused);
    }

    #[test]
    fn i10_an_ended_trail_takes_no_job_and_an_id_is_used_once() {
        let ended = everyday().with(&samples::trail()).picture();
        let refused = Rejection::TrailEnded { trail: trail_id() };
        assert_eq!(decide(&ended, &specialist(), &register_job()).unwrap_err(), refused);
        let taken = RegisterJob { job: end_job().job, ..register_job() };
        let exists = Rejection::AlreadyExists { what: Thing::Job };
        assert_eq!(decide(&everyday().picture(), &specialist(), &taken).unwrap_err(), exists);
    }

    #[test]
    fn a_job_ends_once_not_before_it_began_and_on_its_own_trail() {
        let picture = everyday().picture();
        assert_eq!(told(&decide(&picture, &specialist(), &end_job()).unwrap()), ["job_ended"]);
        let early = EndJob { on: day("2022-08-14"), ..end_job() };
        let earliest = day("2022-08-15");
        let refused = Rejection::DateBefore { day: DayOf::JobEnd, earliest };
        assert_eq!(decide(&picture, &specialist(), &early).unwrap_err(), refused);
        let foreign = EndJob { trail: fresh_trail_id(), ..end_job() };
        let missing = Rejection::NotFound { what: Thing::Job };
        assert_eq!(decide(&picture, &specialist(), &foreign).unwrap_err(), missing);
        let [over, _] = samples::jobs();
        let refused = Rejection::AlreadyEnded { what: Thing::Job, on: day("2022-10-31") };
        let picture = everyday().with(&over).picture();
        assert_eq!(decide(&picture, &specialist(), &end_job()).unwrap_err(), refused);
    }
}
