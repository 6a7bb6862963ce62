//! Figures that tell of nobody in particular.

use super::portfolio::phases;
use super::{Answered, Question, View};
use crate::access::Right;
use crate::domain::{Phase, TeamId, Trail};
use crate::store::Grouping;

/// How many of a team's trails stand in each phase, for whoever sees figures only (`DA7`). Small counts are not told
/// (`DC8`), and no sum from which they could be worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TeamFigures {
    /// The team.
    pub team: TeamId,
}

/// A count of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    /// Fewer than [`Figure::LEAST`], perhaps none.
    Few,
    /// So many.
    Many(u64),
}

impl Figure {
    /// The least count that is told (`DC8`).
    pub const LEAST: u64 = 5;

    /// The figure for a count.
    #[must_use]
    pub const fn of(count: u64) -> Self {
        if count < Self::LEAST { Self::Few } else { Self::Many(count) }
    }
}

/// How many trails stand in a phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhaseFigure {
    /// The phase.
    pub phase: Phase,
    /// How many.
    pub figure: Figure,
}

impl Question for TeamFigures {
    type Answer = Vec<PhaseFigure>;

    const RIGHT: Right = Right::SeeFigures;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, at) = view.over_team(self.team);
        let tallies = view.count(Trail::of_team(at, None), Grouping::NextField);
        let (team, permit) = right?;
        let counts = phases(team, tallies?);
        let figure = |it: super::PhaseCount| PhaseFigure { phase: it.phase, figure: Figure::of(it.count) };
        Ok(permit.answer(counts.into_iter().map(figure).collect()))
    }
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::access::{Actor, Purpose};
    use crate::command::scene::{appointed, everyday, person, region};
    use crate::desk::spy::desk;
    use crate::domain::samples::{day, spurv, team};
    use crate::domain::{ParticipantId, Period, Role, StaffId, TrailId};
    use crate::record::samples::{id, opened_trail};

    #[test]
    fn dc8_a_line_manager_is_told_no_count_below_five() {
        // given a line manager of the region, and four, then five people who were referred; one is in the scene
        let who = StaffId::new(id(0x5F2));
        let manager = Actor::staff(who, [Role::LineManager], Purpose::Administration);
        let since = Period::from(day("2022-01-01")).unwrap();
        let appointment = appointed(who, Role::LineManager, Some(&region()), since).unwrap();
        let referred = |more: u128| {
            let scene = (0..more).fold(everyday().with(&appointment), |scene, number| {
                let person = person(ParticipantId::new(id(0x1F00 + number)));
                scene.with(&opened_trail(TrailId::new(id(0x3F00 + number)), spurv(), &person)).with(&person)
            });
            let figures = block_on(desk(scene.store()).ask(&manager, &TeamFigures { team: team() })).unwrap();
            figures.into_iter().find(|it| it.phase == Phase::Referred).map(|it| it.figure)
        };
        // then the first is not told, and the second is
        assert_eq!(referred(3), Some(Figure::Few));
        assert_eq!(referred(4), Some(Figure::Many(5)));
    }
}
