//! What falls due, and which trails wait for their start.

use chrono::NaiveDate;

use super::consent_standing::versions;
use super::elsewhere::Elsewhere;
use super::view::Page;
use super::{Answered, Question, View};
use crate::access::Right;
use crate::command::Stop;
use crate::domain::{
    Attestation, BenefitsCounselling, CapacityAssessment, Due, Job, Line, OpennessAgreement, Participant,
    ParticipantId, PersonName, StaffId, SubGoal, SupportContact, TeamId, Trail, TrailId, Transfer,
};
use crate::store::PageRequest;

/// What falls due up to a day on one's own open trails in a team: first the trails that were opened first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueUntil {
    /// The team.
    pub team: TeamId,
    /// The last day.
    pub until: NaiveDate,
    /// Which notice of rights people are informed by.
    pub notice: Line<80>,
    /// Which page of the open trails.
    pub page: PageRequest,
}

/// What falls due up to a day on a team's open trails: first the trails that were opened first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamDueUntil {
    /// The team.
    pub team: TeamId,
    /// The last day.
    pub until: NaiveDate,
    /// Which notice of rights people are informed by.
    pub notice: Line<80>,
    /// Which page of the open trails.
    pub page: PageRequest,
}

/// One's own open trails in a team whose start-up meeting has not been held, the longest wait first (S93).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithoutStart {
    /// The team.
    pub team: TeamId,
    /// Which page.
    pub page: PageRequest,
}

/// A team's open trails whose start-up meeting has not been held, the longest wait first (S93).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamWithoutStart {
    /// The team.
    pub team: TeamId,
    /// Which page.
    pub page: PageRequest,
}

/// An open trail, and what falls due on it: no national id, no birth date, no narrative (S14).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TrailDue {
    /// The trail.
    pub trail: TrailId,
    /// Whose it is.
    pub participant: ParticipantId,
    /// Their name.
    pub name: PersonName,
    /// Its owner.
    pub owner: StaffId,
    /// What falls due, by day; never empty.
    pub due: Vec<Due>,
}

/// An open trail that waits for its start.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Waiting {
    /// The trail.
    pub trail: TrailId,
    /// Whose it is.
    pub participant: ParticipantId,
    /// Their name.
    pub name: PersonName,
    /// Its owner.
    pub owner: StaffId,
    /// The day of the referral.
    pub since: NaiveDate,
}

impl Question for DueUntil {
    type Answer = Page<TrailDue>;

    const RIGHT: Right = Right::SeePortfolio;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let page = view.page(Trail::open_of_owner(at, StaffId::new(view.actor().as_uuid())), &self.page);
        let (_, permit) = right?;
        Ok(permit.answer(due(view, page?, (self.until, &self.notice))?))
    }
}

impl Question for TeamDueUntil {
    type Answer = Page<TrailDue>;

    const RIGHT: Right = Right::SeeTeam;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let page = view.page(Trail::open_of_team(at), &self.page);
        let (_, permit) = right?;
        Ok(permit.answer(due(view, page?, (self.until, &self.notice))?))
    }
}

impl Question for WithoutStart {
    type Answer = Page<Waiting>;

    const RIGHT: Right = Right::SeePortfolio;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let page = view.page(Trail::waiting_of_owner(at, StaffId::new(view.actor().as_uuid())), &self.page);
        let (_, permit) = right?;
        Ok(permit.answer(waiting(view, page?)?))
    }
}

impl Question for TeamWithoutStart {
    type Answer = Page<Waiting>;

    const RIGHT: Right = Right::SeeTeam;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let page = view.page(Trail::waiting_of_team(at), &self.page);
        let (_, permit) = right?;
        Ok(permit.answer(waiting(view, page?)?))
    }
}

/// What falls due on the trails of a page; those with nothing due are left out of it.
fn due(view: &View<'_>, page: Page<&Trail>, (until, notice): (NaiveDate, &Line<80>)) -> Result<Page<TrailDue>, Stop> {
    let versions = versions(view, notice);
    // Everything about every trail is asked for before the first is needed, so that it comes in one load.
    let sources: Vec<_> = page.items.iter().map(|trail| Sources::of(view, trail)).collect();
    let versions = versions?.items;
    let mut items = Vec::new();
    for (trail, sources) in page.items.into_iter().zip(sources) {
        let sources = sources?;
        let (name, owner) = (sources.participant.name().clone(), trail.owner());
        let mut due = sources.due(view, trail, until);
        due.extend(Due::information(notice, &versions, &sources.attestations, view.today(), until));
        due.retain(|due| due.on <= until);
        due.sort();
        if !due.is_empty() {
            items.push(TrailDue { trail: trail.id(), participant: trail.participant(), name, owner, due });
        }
    }
    Ok(Page { items, next: page.next })
}

/// What the things that fall due on a trail follow from. A source that is added is asked for in [`of`](Sources::of), and
/// is a line in [`due`](Sources::due).
struct Sources<'v> {
    participant: &'v Participant,
    attestations: Vec<&'v Attestation>,
    assessments: Vec<&'v CapacityAssessment>,
    sub_goals: Vec<&'v SubGoal>,
    agreements: Vec<&'v OpennessAgreement>,
    jobs: Vec<&'v Job>,
    counselling: Vec<&'v BenefitsCounselling>,
    contacts: Vec<&'v SupportContact>,
    transfers: Vec<&'v Transfer>,
}

impl<'v> Sources<'v> {
    fn of(view: &View<'v>, trail: &Trail) -> Result<Self, Stop> {
        let participant = view.get::<Participant>(trail.participant());
        let trails = view.children::<Trail, Participant>(trail.participant());
        let attestations = view.children::<Attestation, Participant>(trail.participant());
        let assessments = view.children::<CapacityAssessment, Participant>(trail.participant());
        let sub_goals = view.children::<SubGoal, Trail>(trail.id());
        let agreements = view.children::<OpennessAgreement, Trail>(trail.id());
        let jobs = view.children::<Job, Trail>(trail.id());
        let counselling = view.children::<BenefitsCounselling, Trail>(trail.id());
        let contacts = view.children::<SupportContact, Trail>(trail.id());
        let transfers = view.children::<Transfer, Trail>(trail.id());
        let elsewhere = Elsewhere::than(trail, trails?, None);
        Ok(Self {
            participant: participant?,
            attestations: elsewhere.leave_out(attestations?, Attestation::made),
            assessments: elsewhere.leave_out(assessments?, CapacityAssessment::recorded),
            sub_goals: sub_goals?,
            agreements: agreements?,
            jobs: jobs?,
            counselling: counselling?,
            contacts: contacts?,
            transfers: transfers?,
        })
    }

    /// What falls due on the trail, all but what follows from the notice.
    fn due(&self, view: &View<'_>, trail: &Trail, until: NaiveDate) -> Vec<Due> {
        let today = view.today();
        let mut due = Due::sub_goals(&self.sub_goals);
        due.extend(Due::openness(&self.agreements, &self.jobs, view.now()));
        let born = self.participant.birth_date();
        due.extend(born.and_then(|born| Due::own_consent(born, &self.attestations, until)));
        due.extend(Due::capacity(&self.assessments, until));
        due.extend(Due::pauses(trail, &self.contacts, today));
        due.extend(Due::benefits(&self.jobs, &self.counselling, today));
        due.extend(Due::follow_along(&self.jobs, &self.contacts, today));
        due.extend(Due::answers(&self.transfers, today));
        due
    }
}

fn waiting(view: &View<'_>, page: Page<&Trail>) -> Result<Page<Waiting>, Stop> {
    let page = view.with_people(page, Trail::participant)?;
    Ok(page.map(|(trail, participant)| Waiting {
        trail: trail.id(),
        participant: participant.id(),
        name: participant.name().clone(),
        owner: trail.owner(),
        since: trail.referral().referred_on,
    }))
}

#[cfg(test)]
mod tests;
