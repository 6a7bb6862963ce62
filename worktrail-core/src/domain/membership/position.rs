//! How much of a post a membership is, for how long, and who employs the member.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Membership;
use crate::domain::coded::coded;
use crate::domain::day_of::DayOf;
use crate::domain::fact::Fact;
use crate::domain::moment::Authorship;
use crate::domain::rejection::Rejection;
use crate::domain::thing::Thing;

/// The share of a full-time post (FTE) that somebody works in a team: 1–100 per cent.
///
/// # Examples
/// ```
/// use worktrail_core::domain::ShareOfPosition;
///
/// let part_time = ShareOfPosition::from_percent(60)?;
/// assert_eq!(part_time.to_string(), "60 %");
/// assert!(ShareOfPosition::from_percent(0).is_err());
/// # Ok::<(), worktrail_core::domain::NotShareOfPosition>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct ShareOfPosition(u8);

/// Why a number is not a share of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the share of a post is outside 1-100 per cent")]
pub struct NotShareOfPosition;

impl ShareOfPosition {
    /// A whole post.
    pub const FULL: Self = Self(100);

    /// Takes a number of per cent.
    ///
    /// # Errors
    /// [`NotShareOfPosition`] when it is outside 1–100.
    pub fn from_percent(percent: u8) -> Result<Self, NotShareOfPosition> {
        if (1..=100).contains(&percent) { Ok(Self(percent)) } else { Err(NotShareOfPosition) }
    }

    /// The number of per cent.
    #[must_use]
    pub const fn percent(self) -> u8 {
        self.0
    }
}

impl fmt::Display for ShareOfPosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.0)
    }
}

impl TryFrom<u8> for ShareOfPosition {
    type Error = NotShareOfPosition;

    fn try_from(percent: u8) -> Result<Self, Self::Error> {
        Self::from_percent(percent)
    }
}

impl From<ShareOfPosition> for u8 {
    fn from(share: ShareOfPosition) -> Self {
        share.0
    }
}

coded! {
    /// Whether somebody is there to stay.
    #[derive(Default)]
    pub enum PositionKind {
        /// Until further notice.
        #[default]
        Permanent = "permanent", "Fast", "Permanent";
        /// For a time, in somebody's place for instance.
        Temporary = "temporary", "Midlertidig", "Temporary";
    }
}

coded! {
    /// Who employs a member of staff.
    #[derive(Default)]
    pub enum Affiliation {
        /// The organisation itself.
        #[default]
        Own = "own", "Egen ansatt", "Own staff";
        /// Somebody else: a municipality, a hospital, a foundation.
        External = "external", "Ekstern", "External";
    }
}

/// Somebody's post in a team: share, kind and employer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// How much of a full-time post.
    pub share: ShareOfPosition,
    /// Permanent or temporary.
    pub kind: PositionKind,
    /// Own or external.
    pub affiliation: Affiliation,
}

impl Default for Position {
    /// What counts while nothing was said: a whole permanent post of one's own.
    fn default() -> Self {
        Self { share: ShareOfPosition::FULL, kind: PositionKind::default(), affiliation: Affiliation::default() }
    }
}

/// A post as it is from a day on, until the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PositionFrom {
    from: NaiveDate,
    position: Position,
    authorship: Authorship,
}

impl PositionFrom {
    /// Its first day.
    #[must_use]
    pub const fn from(&self) -> NaiveDate {
        self.from
    }

    /// The post.
    #[must_use]
    pub const fn position(&self) -> Position {
        self.position
    }

    /// Who set it, and when.
    #[must_use]
    pub const fn authorship(&self) -> &Authorship {
        &self.authorship
    }
}

impl Membership {
    /// Sets the post from a day on, which may lie behind or ahead. Posts are in the order of their days, one a day (of
    /// state); a post set for a day that has one takes its place, and the journal tells what stood there.
    ///
    /// # Errors
    /// [`Rejection::AlreadyEnded`] for a day after the last; [`Rejection::DateBefore`] for one before the first of all
    /// terms; [`Rejection::DateOutOfRange`]; [`Rejection::NothingChanges`].
    pub fn set_position(
        mut self,
        position: Position,
        from: NaiveDate,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        let day = DayOf::PositionStart;
        Rejection::all(day.faults_of_plan(from))?;
        let last = self.period.last_or_max();
        if from > last {
            return Err(Rejection::AlreadyEnded { what: Thing::Membership, on: last });
        }
        let earliest = self.former.first().map_or(self.period.first(), |term| term.period().first());
        if from < earliest {
            return Err(Rejection::DateBefore { day, earliest });
        }
        if self.positions.iter().any(|it| it.from == from && it.position == position) {
            return Err(Rejection::NothingChanges);
        }
        self.positions.retain(|it| it.from != from);
        let place = self.positions.partition_point(|it| it.from < from);
        self.positions.insert(place, PositionFrom { from, position, authorship: *by });
        let Self { id: membership, team, staff, .. } = self;
        Ok((self, Fact::PositionSet { membership, team, staff, position, from }))
    }

    /// The post on a day.
    #[must_use]
    pub fn position_on(&self, day: NaiveDate) -> Position {
        self.positions.iter().rev().find(|it| it.from <= day).map_or_else(Position::default, PositionFrom::position)
    }

    /// The posts that were set, by their first day.
    #[must_use]
    pub fn positions(&self) -> &[PositionFrom] {
        &self.positions
    }
}
