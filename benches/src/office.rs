//! A made-up organisation of any size: who works where, and whose trail is whose, by number.
//!
//! A team has [`SPECIALISTS`] specialists, and each of them owns [`TRAILS`] trails. Ids are made from numbers, so that
//! every subject of a comparison knows the same people.

use chrono::NaiveDate;
use uuid::Uuid;
use worktrail_core::access::{Actor, Purpose};
use worktrail_core::command::MoveTo;
use worktrail_core::domain::{Moment, ParticipantId, Phase, Role, StaffId, TeamId, TrailId};

use crate::Outcome;

/// How many specialists a team has.
pub const SPECIALISTS: u64 = 25;
/// How many trails each of them owns.
pub const TRAILS: u64 = 25;

/// An organisation with so many trails.
#[derive(Debug, Clone, Copy)]
pub struct Office {
    trails: u64,
    /// The first of those that are worked with.
    first: u64,
    now: Moment,
    today: NaiveDate,
}

/// Somebody's trail, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case(u64);

impl Office {
    /// An organisation with so many trails; at least one.
    ///
    /// # Errors
    /// None, as long as the moment in which it all happens can be read.
    pub fn with(trails: u64) -> Outcome<Self> {
        let now = Moment::parse("2026-03-10T09:00:00+01:00")?;
        Ok(Self { trails: trails.max(1), first: 0, now, today: now.day() })
    }

    /// The same organisation, of which only the trails from this number on are worked with.
    #[must_use]
    pub const fn from(self, first: u64) -> Self {
        Self { first, ..self }
    }

    /// How many trails there are.
    #[must_use]
    pub const fn trails(&self) -> u64 {
        self.trails
    }

    /// How many members of staff that takes.
    #[must_use]
    pub const fn staff(&self) -> u64 {
        self.trails.div_ceil(TRAILS)
    }

    /// How many teams that takes.
    #[must_use]
    pub const fn teams(&self) -> u64 {
        self.staff().div_ceil(SPECIALISTS)
    }

    /// The moment in which all acts of a comparison happen.
    #[must_use]
    pub const fn now(&self) -> Moment {
        self.now
    }

    /// How many of them are worked with.
    const fn lap(&self) -> u64 {
        let lap = self.trails.saturating_sub(self.first);
        if lap == 0 { 1 } else { lap }
    }

    /// The case that comes at a turn: every case once in as many turns as there are trails, in no order that a cache
    /// could follow, so that callers at work together never meet.
    #[must_use]
    pub const fn case_at(&self, turn: u64) -> Case {
        // A stride without a factor in common with the number of trails visits each of them once.
        let (mut stride, lap) = (7_919, self.lap());
        while greatest_common_divisor(stride, lap) != 1 {
            stride += 2;
        }
        Case(self.first + (turn % lap).wrapping_mul(stride) % lap)
    }

    /// The phase into which the trail of a turn moves: another one each time that all trails had their turn.
    #[must_use]
    pub const fn phase_at(&self, turn: u64) -> Phase {
        match (turn / self.lap()) % 2 {
            0 => Phase::Working,
            _ => Phase::JobDevelopment,
        }
    }

    /// The act of a turn: a trail moves to another phase.
    #[must_use]
    pub const fn move_at(&self, turn: u64) -> MoveTo {
        MoveTo { trail: self.case_at(turn).trail(), phase: self.phase_at(turn), on: self.today }
    }
}

impl Case {
    /// The case of a number.
    #[must_use]
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// Its number.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }

    /// The trail.
    #[must_use]
    pub const fn trail(self) -> TrailId {
        TrailId::new(id(3, self.0))
    }

    /// Whose trail it is.
    #[must_use]
    pub const fn participant(self) -> ParticipantId {
        ParticipantId::new(id(4, self.0))
    }

    /// Who owns it.
    #[must_use]
    pub const fn owner(self) -> StaffId {
        staff(self.0 / TRAILS)
    }

    /// The team that it belongs to.
    #[must_use]
    pub const fn team(self) -> TeamId {
        team_of_staff(self.0 / TRAILS)
    }

    /// Its owner at work.
    #[must_use]
    pub fn specialist(self) -> Actor {
        Actor::staff(self.owner(), [Role::Specialist], Purpose::FollowUp)
    }
}

/// The id of a member of staff.
#[must_use]
pub const fn staff(number: u64) -> StaffId {
    StaffId::new(id(1, number))
}

/// The id of a team.
#[must_use]
pub const fn team(number: u64) -> TeamId {
    TeamId::new(id(2, number))
}

/// The team of a member of staff.
#[must_use]
pub const fn team_of_staff(number: u64) -> TeamId {
    team(number / SPECIALISTS)
}

/// How many trails the owner of a case has.
pub(crate) fn owned_in(case: Case, office: &Office) -> u64 {
    let first = case.number() / TRAILS * TRAILS;
    TRAILS.min(office.trails() - first)
}

/// The id of a sort and a number, in the order of the numbers.
pub(crate) const fn id(sort: u8, number: u64) -> Uuid {
    Uuid::from_u128(((sort as u128) << 96) + number as u128)
}

/// A new id, as a host draws one.
#[expect(clippy::disallowed_methods, reason = "this is the host's side of the port")]
pub(crate) fn new_id() -> Uuid {
    Uuid::now_v7()
}

const fn greatest_common_divisor(one: u64, other: u64) -> u64 {
    if other == 0 { one } else { greatest_common_divisor(other, one % other) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_case_has_its_turn_once_a_lap() {
        for trails in [1, 2, 625, 5_000, 7_919, 2 * 7_919 * 7_921] {
            let office = Office::with(trails).unwrap();
            let turns = trails.min(20_000);
            let seen: BTreeSet<u64> = (0..turns).map(|turn| office.case_at(turn).number()).collect();
            assert_eq!(seen.len() as u64, turns);
            assert!(seen.iter().all(|number| *number < trails));
        }
    }

    #[test]
    fn only_those_from_a_number_on_are_worked_with() {
        let office = Office::with(1_000).unwrap().from(990);
        let seen: BTreeSet<u64> = (0..10).map(|turn| office.case_at(turn).number()).collect();
        assert!(seen.into_iter().eq(990..1_000));
        assert_ne!(office.phase_at(0), office.phase_at(10));
    }

    #[test]
    fn a_trail_moves_to_another_phase_on_each_lap() {
        let office = Office::with(1_000).unwrap();
        assert_eq!(office.case_at(3), office.case_at(1_003));
        assert_ne!(office.phase_at(3), office.phase_at(1_003));
    }
}
