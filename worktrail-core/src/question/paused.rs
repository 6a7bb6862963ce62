//! Who is paused today, or is to be.

use chrono::NaiveDate;

use super::view::Page;
use super::{Answered, Question, View};
use crate::access::Right;
use crate::command::Stop;
use crate::domain::{Participant, ParticipantId, PauseState, Period, PersonName, StaffId, TeamId, Trail, TrailId};
use crate::store::PageRequest;

/// One's own open trails in a team whose last pause is not over: paused today, or to be paused; by its last day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PausedInPortfolio {
    /// The team.
    pub team: TeamId,
    /// Which page.
    pub page: PageRequest,
}

/// A team's open trails whose last pause is not over: paused today, or to be paused; by its last day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PausedInTeam {
    /// The team.
    pub team: TeamId,
    /// Which page.
    pub page: PageRequest,
}

/// A trail with the pause that goes on or is the next one. Why it is paused stands in the trail only (S14).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PausedLine {
    /// The trail.
    pub trail: TrailId,
    /// Whose it is.
    pub participant: ParticipantId,
    /// Their name.
    pub name: PersonName,
    /// Its owner.
    pub owner: StaffId,
    /// From when to when.
    pub period: Period,
    /// Whether it goes on today or is planned.
    pub state: PauseState,
    /// The next outreach (`DB5`).
    pub follow_up_on: Option<NaiveDate>,
}

impl Question for PausedInPortfolio {
    type Answer = Page<PausedLine>;

    const RIGHT: Right = Right::SeePortfolio;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let owner = StaffId::new(view.actor().as_uuid());
        let page = view.page(Trail::paused_of_owner(at, owner, view.today()), &self.page);
        let (_, permit) = right?;
        Ok(permit.answer(lines(view, page?)?))
    }
}

impl Question for PausedInTeam {
    type Answer = Page<PausedLine>;

    const RIGHT: Right = Right::SeeTeam;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let page = view.page(Trail::paused_of_team(at, view.today()), &self.page);
        let (_, permit) = right?;
        Ok(permit.answer(lines(view, page?)?))
    }
}

fn lines(view: &View<'_>, page: Page<&Trail>) -> Result<Page<PausedLine>, Stop> {
    let page = view.with_people(page, Trail::participant)?;
    // A trail stands in the range because its last pause is not over, so there is a first one that is not.
    let line = |(trail, participant): (&Trail, &Participant)| {
        let pause = trail.pauses().iter().find(|pause| pause.state_on(view.today()) != PauseState::Over)?;
        Some(PausedLine {
            trail: trail.id(),
            participant: participant.id(),
            name: participant.name().clone(),
            owner: trail.owner(),
            period: pause.period(),
            state: pause.state_on(view.today()),
            follow_up_on: pause.follow_up_on(),
        })
    };
    Ok(Page { items: page.items.into_iter().filter_map(line).collect(), next: page.next })
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::command::samples::{planned_pause, trail_id};
    use crate::command::scene::{changed, everyday, specialist, supervisor};
    use crate::desk::spy::desk;
    use crate::domain::PauseTerms;
    use crate::domain::samples::{by_spurv, day, team};
    use crate::record::samples;
    use crate::store::Limit;

    #[test]
    fn db5_paused_today_and_to_be_paused_are_a_range_and_a_pause_that_is_over_is_not_in_it() {
        // given a trail paused until today, and to be paused in December
        let terms = |first: &str, last: &str| {
            let period = Period::between(day(first), day(last)).unwrap();
            PauseTerms { period, ..planned_pause() }
        };
        let by = by_spurv("2022-08-15");
        let only = |first: &str, last: &str| samples::open_trail().pause(terms(first, last), &by).unwrap().0;
        let page = PageRequest::first(Limit::MAX);
        let of_team = PausedInTeam { team: team(), page: page.clone() };
        let seen =
            |trail: &Trail| block_on(desk(changed(everyday().store(), trail)).ask(&supervisor(), &of_team)).unwrap();
        let (both, _) = only("2022-08-20", "2022-09-01").pause(planned_pause(), &by).unwrap();
        let line = &seen(&both).items[0];
        // then the supervisor sees the one that goes on, with its next outreach
        assert_eq!((line.trail, line.state), (trail_id(), PauseState::Ongoing));
        assert_eq!(line.follow_up_on, planned_pause().follow_up_on);
        // and of one that ended yesterday nothing, of a planned one that it is planned
        assert_eq!(seen(&only("2022-08-20", "2022-08-31")).items, []);
        assert_eq!(seen(&only("2022-12-01", "2022-12-02")).items[0].state, PauseState::Planned);
        // and the owner sees the same of their own
        let own = PausedInPortfolio { team: team(), page };
        let own = block_on(desk(changed(everyday().store(), &both)).ask(&specialist(), &own)).unwrap();
        assert_eq!(own.items, std::slice::from_ref(line));
    }

    #[test]
    fn a_withheld_or_ended_trail_is_in_no_list_of_paused_ones() {
        let of_team = PausedInTeam { team: team(), page: PageRequest::first(Limit::MAX) };
        let (trail, _) = samples::open_trail().pause(planned_pause(), &by_spurv("2022-08-15")).unwrap();
        let (withheld, _) = trail.withhold();
        for trail in [withheld, samples::trail()] {
            let seen = block_on(desk(changed(everyday().store(), &trail)).ask(&supervisor(), &of_team)).unwrap();
            assert_eq!(seen.items, []);
        }
    }
}
