//! Commands about jobs.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Command, Decided, World};
use crate::access::Right;
use crate::domain::{
    ContactPerson, ContactPersonId, Employer, EmployerId, Employment, EmploymentForm, HoursPerWeek, Job, JobEndReason,
    JobId, Line, NewJob, Period, Rejection, Text, Thing, Trail, TrailId,
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
}

impl Command for RegisterJob {
    type Reply = JobId;

    const NAME: &'static str = "register_job";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<JobId> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let id_is_new = world.is_new::<Job>(self.job);
        let employment = match self.workplace {
            Workplace::SelfEmployed => Employment::SelfEmployed,
            Workplace::Employer { employer, contact_person } => {
                let employer = world.get::<Employer>(employer);
                let person = contact_person.map(|id| world.get::<ContactPerson>(id)).transpose();
                Employment::at(employer?, person?)?
            }
        };
        id_is_new?;
        let new = NewJob {
            employment,
            title: self.title.clone(),
            form: self.form,
            hours: self.hours,
            period: self.period,
            training_reason: self.training_reason.clone(),
        };
        let (job, fact) = Job::register(self.job, trail, new, &world.authorship())?;
        Ok(permit.reply(self.job).tell(&job, fact).save(job))
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
        let trail = world.get::<Trail>(self.trail);
        let job = world.find::<Job>(self.job);
        let permit = world.may(trail?)?;
        let job = job?.filter(|job| job.trail() == self.trail).ok_or(Rejection::NotFound { what: Thing::Job })?;
        let (job, fact) = job.clone().end(self.on, self.reason, &world.authorship())?;
        Ok(permit.reply(()).tell(&job, fact).save(job))
    }
}
