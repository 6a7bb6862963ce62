//! Ranges over the records that carry whom their trail is shown to, and whose it is.

use std::ops::Bound;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain::{Clearance, StaffId, Team, TeamId, TrailAudience};
use crate::store::{IndexRange, Kind, StoreError, Value};

/// Where what the staff of a team may see stands in the indexes: under whom it is shown to, and the team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shelf {
    audience: TrailAudience,
    team: TeamId,
}

impl Shelf {
    /// The shelf of a team that is not a cleared one.
    pub(crate) const fn of_ordinary(team: TeamId) -> Self {
        Self { audience: Clearance::Ordinary.audience(), team }
    }

    /// What leads the indexes.
    pub(crate) fn values(self) -> [Value; 2] {
        [self.audience.code().into(), self.team.as_uuid().into()]
    }
}

impl From<&Team> for Shelf {
    fn from(team: &Team) -> Self {
        Self { audience: team.clearance().audience(), team: team.id() }
    }
}

/// What the staff of a team may see of a kind, perhaps of one owner or employer only.
pub(crate) fn shown_to(kind: Kind, index: &str, shelf: Shelf, of: Option<Uuid>) -> Result<IndexRange, StoreError> {
    let index = kind.index(index).ok_or_else(|| StoreError::misuse("the schema has no such index"))?;
    IndexRange::new(index, shelf.values().into_iter().chain(of.map(Value::from)).collect())
}

/// The same of a kind with days, that is not over on a day: by the last day.
pub(crate) fn not_over(
    kind: Kind,
    shelf: Shelf,
    owner: Option<StaffId>,
    on: NaiveDate,
) -> Result<IndexRange, StoreError> {
    let index = if owner.is_some() { "own_by_last_day" } else { "by_last_day" };
    from_day(shown_to(kind, index, shelf, owner.map(Into::into))?, on, None)
}

/// The same of a kind with days, that started from a day to another: by the first day.
pub(crate) fn started_in(
    kind: Kind,
    shelf: Shelf,
    owner: Option<StaffId>,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<IndexRange, StoreError> {
    let index = if owner.is_some() { "own_by_first_day" } else { "by_first_day" };
    from_day(shown_to(kind, index, shelf, owner.map(Into::into))?, from, Some(to))
}

/// Of a range, what lies on a day or after it, up to another if one is named.
fn from_day(range: IndexRange, from: NaiveDate, to: Option<NaiveDate>) -> Result<IndexRange, StoreError> {
    range.between(Bound::Included(from.into()), to.map_or(Bound::Unbounded, |to| Bound::Included(to.into())))
}
