//! Portfolios: a specialist's own and a team's, by phase.

use chrono::{DateTime, NaiveDate, Utc};

use super::view::Page;
use super::{Answered, Question, View};
use crate::access::Right;
use crate::command::Stop;
use crate::domain::{
    EmployerContactClock, Participant, ParticipantId, PersonName, Phase, ProgrammeVariant, StaffId, Team, TeamId,
    Trail, TrailId,
};
use crate::store::{Grouping, PageRequest, Tally, Value};

/// One's own trails in a team, in the order in which they were opened; of one phase, or by phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portfolio {
    /// The team.
    pub team: TeamId,
    /// Only this phase.
    pub phase: Option<Phase>,
    /// Which page.
    pub page: PageRequest,
}

/// How many of one's own trails in a team stand in each phase. Every phase of the method is there, with zero too (S129).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PortfolioPhases {
    /// The team.
    pub team: TeamId,
}

/// A team's trails, in the order in which they were opened; of one phase, or by phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamPortfolio {
    /// The team.
    pub team: TeamId,
    /// Only this phase.
    pub phase: Option<Phase>,
    /// Which page.
    pub page: PageRequest,
}

/// How many of a team's trails stand in each phase. Every phase of the method is there, with zero too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TeamPhases {
    /// The team.
    pub team: TeamId,
}

/// A line of a portfolio: no national id, no birth date, no narrative (S14).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PortfolioLine {
    /// The trail.
    pub trail: TrailId,
    /// Whose it is.
    pub participant: ParticipantId,
    /// Their name.
    pub name: PersonName,
    /// Its owner.
    pub owner: StaffId,
    /// The variant of its method that it follows (S101).
    pub variant: Option<ProgrammeVariant>,
    /// Its phase.
    pub phase: Phase,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// When something was last registered on the trail itself (S131): see [`Trail::changed_at`].
    pub changed_at: DateTime<Utc>,
    /// The day of the start-up meeting.
    pub started_on: Option<NaiveDate>,
    /// What the clock to the first employer contact shows today (`DC1`).
    pub clock: EmployerContactClock,
}

/// How many trails stand in a phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhaseCount {
    /// The phase.
    pub phase: Phase,
    /// How many.
    pub count: u64,
}

impl Question for Portfolio {
    type Answer = Page<PortfolioLine>;

    const RIGHT: Right = Right::SeePortfolio;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let range = Trail::of_owner(at, StaffId::new(view.actor().as_uuid()), self.phase);
        let page = view.page(range, &self.page);
        let (_, permit) = right?;
        Ok(permit.answer(lines(view, page?)?))
    }
}

impl Question for PortfolioPhases {
    type Answer = Vec<PhaseCount>;

    const RIGHT: Right = Right::SeePortfolio;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let range = Trail::of_owner(at, StaffId::new(view.actor().as_uuid()), None);
        let tallies = view.count(range, Grouping::NextField);
        let (team, permit) = right?;
        Ok(permit.answer(phases(team, tallies?)))
    }
}

impl Question for TeamPortfolio {
    type Answer = Page<PortfolioLine>;

    const RIGHT: Right = Right::SeeTeam;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let page = view.page(Trail::of_team(at, self.phase), &self.page);
        let (_, permit) = right?;
        Ok(permit.answer(lines(view, page?)?))
    }
}

impl Question for TeamPhases {
    type Answer = Vec<PhaseCount>;

    const RIGHT: Right = Right::SeeTeam;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let tallies = view.count(Trail::of_team(at, None), Grouping::NextField);
        let (team, permit) = right?;
        Ok(permit.answer(phases(team, tallies?)))
    }
}

fn lines(view: &View<'_>, page: Page<&Trail>) -> Result<Page<PortfolioLine>, Stop> {
    Ok(Page { items: lines_of(view, &page.items)?, next: page.next })
}

/// The lines of trails that the actor may see.
pub(super) fn lines_of(view: &View<'_>, trails: &[&Trail]) -> Result<Vec<PortfolioLine>, Stop> {
    // All participants are asked for before the first is needed, so that they come in one load.
    let participants: Vec<_> = trails.iter().map(|trail| view.get::<Participant>(trail.participant())).collect();
    trails.iter().zip(participants).map(|(trail, participant)| Ok(line(view, trail, participant?))).collect()
}

fn line(view: &View<'_>, trail: &Trail, participant: &Participant) -> PortfolioLine {
    PortfolioLine {
        trail: trail.id(),
        participant: participant.id(),
        name: participant.name().clone(),
        owner: trail.owner(),
        variant: trail.variant(),
        phase: trail.phase(),
        opened_at: trail.opened().at().instant(),
        changed_at: trail.changed_at().instant(),
        started_on: trail.started_on(),
        clock: trail.clock(view.today()),
    }
}

pub(super) fn phases(team: &Team, tallies: &[Tally]) -> Vec<PhaseCount> {
    let count = |phase: Phase| {
        let value = Some(Value::from(phase.code()));
        tallies.iter().find(|tally| tally.value == value).map_or(0, |tally| tally.count)
    };
    team.method().phases().iter().map(|phase| PhaseCount { phase: *phase, count: count(*phase) }).collect()
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::command::SetMainGoal;
    use crate::command::samples::trail_id;
    use crate::command::scene::{everyday, now, specialist};
    use crate::desk::spy::desk;
    use crate::domain::samples::team;
    use crate::store::Limit;

    #[test]
    fn s14_a_line_of_a_portfolio_holds_no_number_birth_date_or_narrative() {
        let page = PageRequest::first(Limit::MAX);
        let world = everyday().store();
        let lines = block_on(desk(&world).ask(&specialist(), &Portfolio { team: team(), phase: None, page })).unwrap();
        let first = lines.items.into_iter().next().unwrap();
        // Every field is named here: whoever adds one sees this test, and says that it is none of those.
        let PortfolioLine { trail, participant, name, owner, variant, phase, opened_at, changed_at, started_on, clock } =
            first;
        let _: (TrailId, ParticipantId, PersonName, StaffId) = (trail, participant, name, owner);
        let _: DateTime<Utc> = changed_at;
        let _: (Option<ProgrammeVariant>, Phase, DateTime<Utc>) = (variant, phase, opened_at);
        let _: (Option<NaiveDate>, EmployerContactClock) = (started_on, clock);
    }

    #[test]
    fn s131_a_line_has_when_the_trail_was_opened_and_when_it_was_last_changed() {
        let store = everyday().store();
        let line = || {
            let ask = Portfolio { team: team(), phase: None, page: PageRequest::first(Limit::MAX) };
            let lines = block_on(desk(&store).ask(&specialist(), &ask)).unwrap().items;
            lines.into_iter().find(|line| line.trail == trail_id()).unwrap()
        };
        let before = line();
        assert!(before.opened_at < before.changed_at && before.changed_at < now().instant());
        // when something is registered on the trail, then it is changed by then
        let goal = SetMainGoal { trail: trail_id(), goal: crate::record::samples::main_goal() };
        let id = crate::store::CommandId::new(crate::record::samples::id(0xC0));
        block_on(desk(&store).run(&specialist(), id, &goal)).unwrap();
        assert_eq!((line().opened_at, line().changed_at), (before.opened_at, now().instant()));
    }
}
