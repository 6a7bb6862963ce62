//! What falls due, and which trails wait for their start.

use chrono::NaiveDate;

use super::view::Page;
use super::{Answered, Question, View};
use crate::access::Right;
use crate::command::Stop;
use crate::domain::{
    Attestation, Due, Job, OpennessAgreement, Participant, ParticipantId, PersonName, StaffId, SubGoal, Team, TeamId,
    Trail, TrailId,
};
use crate::store::{IndexRange, PageRequest, StoreError};

/// What falls due up to a day on one's own open trails in a team: first the trails that were opened first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueUntil {
    /// The team.
    pub team: TeamId,
    /// The last day.
    pub until: NaiveDate,
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
        let team = view.get::<Team>(self.team)?;
        let permit = view.may(team)?;
        let range = Trail::open_of_owner(team, StaffId::new(view.actor().as_uuid()));
        Ok(permit.answer(due(view, range, self.until, &self.page)?))
    }
}

impl Question for TeamDueUntil {
    type Answer = Page<TrailDue>;

    const RIGHT: Right = Right::SeeTeam;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let team = view.get::<Team>(self.team)?;
        let permit = view.may(team)?;
        Ok(permit.answer(due(view, Trail::open_of_team(team), self.until, &self.page)?))
    }
}

impl Question for WithoutStart {
    type Answer = Page<Waiting>;

    const RIGHT: Right = Right::SeePortfolio;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let team = view.get::<Team>(self.team)?;
        let permit = view.may(team)?;
        let range = Trail::waiting_of_owner(team, StaffId::new(view.actor().as_uuid()));
        Ok(permit.answer(waiting(view, range, &self.page)?))
    }
}

impl Question for TeamWithoutStart {
    type Answer = Page<Waiting>;

    const RIGHT: Right = Right::SeeTeam;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let team = view.get::<Team>(self.team)?;
        let permit = view.may(team)?;
        Ok(permit.answer(waiting(view, Trail::waiting_of_team(team), &self.page)?))
    }
}

/// What falls due on the trails of a page; those with nothing due are left out of it.
fn due(
    view: &View<'_>,
    range: Result<IndexRange, StoreError>,
    until: NaiveDate,
    page: &PageRequest,
) -> Result<Page<TrailDue>, Stop> {
    let page = view.page::<Trail>(range, page)?;
    // Everything about every trail is asked for before the first is needed, so that it comes in one load.
    let sources: Vec<_> = page.items.iter().map(|trail| Sources::ask(view, trail)).collect();
    let mut items = Vec::new();
    for (trail, sources) in page.items.into_iter().zip(sources) {
        let (participant, mut due) = sources.due(view, until)?;
        due.retain(|due| due.on <= until);
        due.sort();
        if !due.is_empty() {
            let (name, owner) = (participant.name().clone(), trail.owner());
            items.push(TrailDue { trail: trail.id(), participant: participant.id(), name, owner, due });
        }
    }
    Ok(Page { items, next: page.next })
}

/// What the things that fall due on a trail follow from, as far as it is loaded. A source that is added is asked for in
/// [`ask`](Sources::ask), and is a line in [`due`](Sources::due).
struct Sources<'v> {
    participant: Result<&'v Participant, Stop>,
    sub_goals: Result<Vec<&'v SubGoal>, Stop>,
    agreements: Result<Vec<&'v OpennessAgreement>, Stop>,
    jobs: Result<Vec<&'v Job>, Stop>,
    attestations: Result<Vec<&'v Attestation>, Stop>,
}

impl<'v> Sources<'v> {
    fn ask(view: &View<'v>, trail: &Trail) -> Self {
        Self {
            participant: view.get::<Participant>(trail.participant()),
            sub_goals: view.children::<SubGoal, Trail>(trail.id()),
            agreements: view.children::<OpennessAgreement, Trail>(trail.id()),
            jobs: view.children::<Job, Trail>(trail.id()),
            attestations: view.children::<Attestation, Participant>(trail.participant()),
        }
    }

    fn due(self, view: &View<'_>, until: NaiveDate) -> Result<(&'v Participant, Vec<Due>), Stop> {
        let participant = self.participant?;
        let attestations = self.attestations?;
        let mut due = Due::sub_goals(&self.sub_goals?);
        due.extend(Due::openness(&self.agreements?, &self.jobs?, view.now()));
        due.extend(participant.birth_date().and_then(|born| Due::own_consent(born, &attestations, until)));
        Ok((participant, due))
    }
}

fn waiting(view: &View<'_>, range: Result<IndexRange, StoreError>, page: &PageRequest) -> Result<Page<Waiting>, Stop> {
    let page = view.page::<Trail>(range, page)?;
    let people: Vec<_> = page.items.iter().map(|trail| view.get::<Participant>(trail.participant())).collect();
    let mut items = Vec::with_capacity(page.items.len());
    for (trail, participant) in page.items.into_iter().zip(people) {
        items.push(Waiting {
            trail: trail.id(),
            participant: trail.participant(),
            name: participant?.name().clone(),
            owner: trail.owner(),
            since: trail.referral().referred_on,
        });
    }
    Ok(Page { items, next: page.next })
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::command::HoldStartUpMeeting;
    use crate::command::samples::{change_protection, close_sub_goal, fresh_trail_id, trail_id};
    use crate::command::scene::{everyday, specialist, supervisor};
    use crate::desk::Desk;
    use crate::desk::spy::desk;
    use crate::domain::DueKind;
    use crate::domain::samples::{day, team};
    use crate::record::samples::id;
    use crate::store::{CommandId, Limit};

    fn page() -> PageRequest {
        PageRequest::first(Limit::MAX)
    }

    /// What is due on the trail of the scene, for its owner; and the same for the supervisor.
    fn kinds(desk: &Desk<'_>, until: &str) -> [Vec<(TrailId, DueKind)>; 2] {
        let (team, until) = (team(), day(until));
        let own = block_on(desk.ask(&specialist(), &DueUntil { team, until, page: page() })).unwrap();
        let whole = block_on(desk.ask(&supervisor(), &TeamDueUntil { team, until, page: page() })).unwrap();
        [own, whole]
            .map(|page| page.items.iter().flat_map(|line| line.due.iter().map(|due| (line.trail, due.kind))).collect())
    }

    #[test]
    fn what_falls_due_up_to_a_day_is_told_by_day_until_it_is_done() {
        // given a trail with a sub-goal due on the first of July and openness agreed on the tenth of June
        let desk = desk(everyday().store());
        let (sub_goal, openness) = ((trail_id(), DueKind::SubGoal), (trail_id(), DueKind::Openness));
        assert_eq!(kinds(&desk, "2022-06-30"), [vec![], vec![]]);
        assert_eq!(kinds(&desk, "2022-07-01"), [vec![sub_goal], vec![sub_goal]]);
        let last = "2023-01-31";
        assert_eq!(kinds(&desk, last), [vec![sub_goal, openness], vec![sub_goal, openness]]);
        // when the sub-goal is closed, then it is due no more
        block_on(desk.run(&specialist(), CommandId::new(id(1)), &close_sub_goal())).unwrap();
        assert_eq!(kinds(&desk, last), [vec![openness], vec![openness]]);
    }

    #[test]
    fn da4_nothing_is_due_on_a_trail_that_is_withheld() {
        let desk = desk(everyday().store());
        block_on(desk.run(&supervisor(), CommandId::new(id(1)), &change_protection())).unwrap();
        assert_eq!(kinds(&desk, "2023-01-31"), [vec![], vec![]]);
    }

    #[test]
    fn s93_a_trail_waits_for_its_start_until_it_is_held() {
        let desk = desk(everyday().store());
        let lists = || {
            let own = block_on(desk.ask(&specialist(), &WithoutStart { team: team(), page: page() })).unwrap();
            let whole = block_on(desk.ask(&supervisor(), &TeamWithoutStart { team: team(), page: page() })).unwrap();
            [own, whole].map(|page| page.items.iter().map(|line| (line.trail, line.since)).collect::<Vec<_>>())
        };
        // given one trail that was opened only; the ended one waits for nothing
        let waiting = vec![(fresh_trail_id(), day("2022-05-27"))];
        assert_eq!(lists(), [waiting.clone(), waiting]);
        let hold = HoldStartUpMeeting { trail: fresh_trail_id(), on: day("2022-09-01") };
        block_on(desk.run(&specialist(), CommandId::new(id(1)), &hold)).unwrap();
        assert_eq!(lists(), [vec![], vec![]]);
    }
}
