//! Educations as lists: not over on a day, started since a day (S88).

use chrono::NaiveDate;

use super::view::Page;
use super::{Answered, Question, View};
use crate::access::Right;
use crate::command::Stop;
use crate::domain::{
    Education, EducationId, EducationStatus, EducationTrack, Line, ParticipantId, Period, PersonName, StaffId,
    StudyForm, TeamId, TrailId,
};
use crate::store::PageRequest;

/// A line of a list of educations: no national id, no birth date, no narrative (S14).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EducationLine {
    /// The education.
    pub education: EducationId,
    /// Its trail.
    pub trail: TrailId,
    /// Whose it is.
    pub participant: ParticipantId,
    /// Their name.
    pub name: PersonName,
    /// The title.
    pub title: Line<120>,
    /// The track.
    pub track: EducationTrack,
    /// The form of study.
    pub form: StudyForm,
    /// From its first day to its last.
    pub period: Period,
    /// Where it stands: on the day that was asked for, or today.
    pub status: EducationStatus,
}

/// The educations of a team that are not over on a day, the one that ends first at the top. Those that have not begun are
/// marked as planned (S88).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OngoingEducations {
    /// The team.
    pub team: TeamId,
    /// The day.
    pub on: NaiveDate,
    /// Which page.
    pub page: PageRequest,
}

impl Question for OngoingEducations {
    type Answer = Page<EducationLine>;

    const RIGHT: Right = Right::SeeTeam;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let page = view.page(Education::not_over(at, None, self.on), &self.page);
        let (_, permit) = right?;
        Ok(permit.answer(lines(view, page?, self.on)?))
    }
}

/// The educations of one's own trails in a team that are not over on a day, the one that ends first at the top (S88).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnOngoingEducations {
    /// The team.
    pub team: TeamId,
    /// The day.
    pub on: NaiveDate,
    /// Which page.
    pub page: PageRequest,
}

impl Question for OwnOngoingEducations {
    type Answer = Page<EducationLine>;

    const RIGHT: Right = Right::SeePortfolio;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let owner = Some(StaffId::new(view.actor().as_uuid()));
        let page = view.page(Education::not_over(at, owner, self.on), &self.page);
        let (_, permit) = right?;
        Ok(permit.answer(lines(view, page?, self.on)?))
    }
}

/// The educations of a team that started on a day or after it, until today, in the order in which they did (S88).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EducationsStartedSince {
    /// The team.
    pub team: TeamId,
    /// The day.
    pub since: NaiveDate,
    /// Which page.
    pub page: PageRequest,
}

impl Question for EducationsStartedSince {
    type Answer = Page<EducationLine>;

    const RIGHT: Right = Right::SeeTeam;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let page = view.page(Education::started_in(at, None, self.since, view.today()), &self.page);
        let (_, permit) = right?;
        Ok(permit.answer(lines(view, page?, view.today())?))
    }
}

/// The educations of one's own trails in a team that started on a day or after it, until today (S88).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnEducationsStartedSince {
    /// The team.
    pub team: TeamId,
    /// The day.
    pub since: NaiveDate,
    /// Which page.
    pub page: PageRequest,
}

impl Question for OwnEducationsStartedSince {
    type Answer = Page<EducationLine>;

    const RIGHT: Right = Right::SeePortfolio;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let owner = Some(StaffId::new(view.actor().as_uuid()));
        let page = view.page(Education::started_in(at, owner, self.since, view.today()), &self.page);
        let (_, permit) = right?;
        Ok(permit.answer(lines(view, page?, view.today())?))
    }
}

fn lines(view: &View<'_>, page: Page<&Education>, on: NaiveDate) -> Result<Page<EducationLine>, Stop> {
    let page = view.with_people(page, Education::participant)?;
    Ok(page.map(|(education, participant)| {
        let terms = education.terms();
        EducationLine {
            education: education.id(),
            trail: education.trail(),
            participant: participant.id(),
            name: participant.name().clone(),
            title: terms.title.clone(),
            track: terms.track,
            form: terms.form,
            period: terms.period,
            status: education.status_on(on),
        }
    }))
}
