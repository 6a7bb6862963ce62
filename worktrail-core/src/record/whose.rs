//! Ranges over the records that carry whom their trail is shown to, and whose it is.

use std::ops::Bound;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain::{StaffId, Team};
use crate::store::{IndexRange, Kind, StoreError, Value};

/// What the staff of a team may see of a kind, perhaps of one owner or employer only.
pub(crate) fn shown_to(kind: Kind, index: &str, team: &Team, of: Option<Uuid>) -> Result<IndexRange, StoreError> {
    let index = kind.index(index).ok_or_else(|| StoreError::misuse("the schema has no such index"))?;
    let audience = Value::from(team.clearance().audience().code());
    IndexRange::new(index, [audience, team.id().as_uuid().into()].into_iter().chain(of.map(Value::from)).collect())
}

/// The same of a kind with days, that is not over on a day: by the last day.
pub(crate) fn not_over(
    kind: Kind,
    team: &Team,
    owner: Option<StaffId>,
    on: NaiveDate,
) -> Result<IndexRange, StoreError> {
    let index = if owner.is_some() { "own_by_last_day" } else { "by_last_day" };
    from_day(shown_to(kind, index, team, owner.map(Into::into))?, on, None)
}

/// The same of a kind with days, that started from a day to another: by the first day.
pub(crate) fn started_in(
    kind: Kind,
    team: &Team,
    owner: Option<StaffId>,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<IndexRange, StoreError> {
    let index = if owner.is_some() { "own_by_first_day" } else { "by_first_day" };
    from_day(shown_to(kind, index, team, owner.map(Into::into))?, from, Some(to))
}

/// Of a range, what lies on a day or after it, up to another if one is named.
fn from_day(range: IndexRange, from: NaiveDate, to: Option<NaiveDate>) -> Result<IndexRange, StoreError> {
    range.between(Bound::Included(from.into()), to.map_or(Bound::Unbounded, |to| Bound::Included(to.into())))
}
