//! Jobs as lists: not over on a day, started since a day, at an employer (S88).

use chrono::NaiveDate;

use super::view::Page;
use super::{Answered, Question, View};
use crate::access::Right;
use crate::command::Stop;
use crate::domain::{
    EmployerId, EmploymentForm, Job, JobId, JobStatus, Line, ParticipantId, Period, PersonName, StaffId, TeamId,
    TrailId,
};
use crate::store::PageRequest;

/// A line of a list of jobs: no national id, no birth date, no narrative (S14).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct JobLine {
    /// The job.
    pub job: JobId,
    /// Its trail.
    pub trail: TrailId,
    /// Whose it is.
    pub participant: ParticipantId,
    /// Their name.
    pub name: PersonName,
    /// The employer.
    pub employer: Option<EmployerId>,
    /// The title.
    pub title: Line<120>,
    /// The form of employment: work training is shown apart (`DB9`).
    pub form: EmploymentForm,
    /// From its first day to its last.
    pub period: Period,
    /// Where it stands: on the day that was asked for, or today.
    pub status: JobStatus,
}

/// The jobs of a team that are not over on a day, the one that ends first at the top. Those that have not begun are
/// marked as planned (S88).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OngoingJobs {
    /// The team.
    pub team: TeamId,
    /// The day.
    pub on: NaiveDate,
    /// Which page.
    pub page: PageRequest,
}

impl Question for OngoingJobs {
    type Answer = Page<JobLine>;

    const RIGHT: Right = Right::SeeTeam;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let page = view.page(Job::not_over(at, None, self.on), &self.page);
        let (_, permit) = right?;
        Ok(permit.answer(lines(view, page?, self.on)?))
    }
}

/// The jobs of one's own trails in a team that are not over on a day, the one that ends first at the top (S88).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnOngoingJobs {
    /// The team.
    pub team: TeamId,
    /// The day.
    pub on: NaiveDate,
    /// Which page.
    pub page: PageRequest,
}

impl Question for OwnOngoingJobs {
    type Answer = Page<JobLine>;

    const RIGHT: Right = Right::SeePortfolio;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let owner = Some(StaffId::new(view.actor().as_uuid()));
        let page = view.page(Job::not_over(at, owner, self.on), &self.page);
        let (_, permit) = right?;
        Ok(permit.answer(lines(view, page?, self.on)?))
    }
}

/// The jobs of a team that started on a day or after it, until today, in the order in which they did (S88).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobsStartedSince {
    /// The team.
    pub team: TeamId,
    /// The day.
    pub since: NaiveDate,
    /// Which page.
    pub page: PageRequest,
}

impl Question for JobsStartedSince {
    type Answer = Page<JobLine>;

    const RIGHT: Right = Right::SeeTeam;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let page = view.page(Job::started_in(at, None, self.since, view.today()), &self.page);
        let (_, permit) = right?;
        Ok(permit.answer(lines(view, page?, view.today())?))
    }
}

/// The jobs of one's own trails in a team that started on a day or after it, until today (S88).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnJobsStartedSince {
    /// The team.
    pub team: TeamId,
    /// The day.
    pub since: NaiveDate,
    /// Which page.
    pub page: PageRequest,
}

impl Question for OwnJobsStartedSince {
    type Answer = Page<JobLine>;

    const RIGHT: Right = Right::SeePortfolio;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let owner = Some(StaffId::new(view.actor().as_uuid()));
        let page = view.page(Job::started_in(at, owner, self.since, view.today()), &self.page);
        let (_, permit) = right?;
        Ok(permit.answer(lines(view, page?, view.today())?))
    }
}

/// The jobs of a team at an employer, in the order in which they start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobsAtEmployer {
    /// The team.
    pub team: TeamId,
    /// The employer.
    pub employer: EmployerId,
    /// Which page.
    pub page: PageRequest,
}

impl Question for JobsAtEmployer {
    type Answer = Page<JobLine>;

    const RIGHT: Right = Right::SeeTeam;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let page = view.page(Job::at_employer(at, self.employer), &self.page);
        let (_, permit) = right?;
        Ok(permit.answer(lines(view, page?, view.today())?))
    }
}

fn lines(view: &View<'_>, page: Page<&Job>, on: NaiveDate) -> Result<Page<JobLine>, Stop> {
    let page = view.with_people(page, Job::participant)?;
    Ok(page.map(|(job, participant)| JobLine {
        job: job.id(),
        trail: job.trail(),
        participant: participant.id(),
        name: participant.name().clone(),
        employer: job.employment().employer(),
        title: job.title().clone(),
        form: job.form(),
        period: job.period(),
        status: job.status_on(on),
    }))
}

#[cfg(test)]
mod tests;
