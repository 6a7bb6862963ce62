//! Ranges over the records that carry whom their trail is shown to, and whose it is.

use std::ops::Bound;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain::Team;
use crate::store::{IndexRange, Kind, StoreError, Value};

/// What the staff of a team may see of a kind, perhaps of one owner or employer only.
pub(crate) fn shown_to(kind: Kind, index: &str, team: &Team, of: Option<Uuid>) -> Result<IndexRange, StoreError> {
    let index = kind.index(index).ok_or_else(|| StoreError::misuse("the schema has no such index"))?;
    let audience = Value::from(team.clearance().audience().code());
    IndexRange::new(index, [audience, team.id().as_uuid().into()].into_iter().chain(of.map(Value::from)).collect())
}

/// Of a range, what lies on a day or after it, up to another if one is named.
pub(crate) fn from_day(range: IndexRange, from: NaiveDate, to: Option<NaiveDate>) -> Result<IndexRange, StoreError> {
    range.between(Bound::Included(from.into()), to.map_or(Bound::Unbounded, |to| Bound::Included(to.into())))
}
