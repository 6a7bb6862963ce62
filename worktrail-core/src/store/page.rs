//! Pages, cursors and tallies.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::digest::{Digest, DigestWriter};
use super::range::{IndexRange, Order};
use super::record::StoredRecord;
use super::tenant::Tenant;
use super::value::Value;
use super::{StoreError, StoreErrorKind};

/// How many items a page holds at most: 1 to [`Limit::MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Limit(u16);

impl Limit {
    /// The largest page.
    pub const MAX: Self = Self(1_000);

    /// A limit, brought into 1 to [`Limit::MAX`].
    #[must_use]
    pub const fn new(items: u16) -> Self {
        match items {
            0 => Self(1),
            1..=1_000 => Self(items),
            _ => Self::MAX,
        }
    }

    /// The number of items.
    #[must_use]
    pub const fn get(self) -> usize {
        self.0 as usize
    }
}

/// Which page of a range: how long, and after which cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRequest {
    limit: Limit,
    after: Option<Cursor>,
}

impl PageRequest {
    /// The first page.
    #[must_use]
    pub const fn first(limit: Limit) -> Self {
        Self { limit, after: None }
    }

    /// The page after a cursor.
    #[must_use]
    pub const fn after(limit: Limit, cursor: Cursor) -> Self {
        Self { limit, after: Some(cursor) }
    }

    /// How long.
    #[must_use]
    pub const fn limit(&self) -> Limit {
        self.limit
    }

    /// The place in the range that the page begins after.
    ///
    /// # Errors
    /// `InvalidCursor` when the cursor is damaged, or belongs to another range or tenant.
    pub fn place(&self, tenant: &Tenant, range: &IndexRange) -> Result<Option<Place>, StoreError> {
        self.after.as_ref().map(|cursor| cursor.place(tenant, range)).transpose()
    }
}

/// Where a page ended. Opaque text, to be handed back for the next page of the same question.
///
/// It says where the last item stands in the index, so it is as personal as the page it came with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(String);

/// A place in an index.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The values that lead the index.
    pub values: Vec<Value>,
    /// The id of the record that stands there.
    pub id: Uuid,
}

impl Place {
    /// Whether a record at `self` comes later than one at `other` when the index is walked in `order`.
    #[must_use]
    pub fn comes_after(&self, other: &Self, order: Order) -> bool {
        match order {
            Order::Ascending => self > other,
            Order::Descending => self < other,
        }
    }
}

const CHECK_BYTES: usize = 16;
const LONGEST: usize = 32_768;

impl Cursor {
    /// The cursor of text that a page once gave. What it says is checked when it is used.
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The cursor of a place in a range.
    #[must_use]
    pub fn at(tenant: &Tenant, range: &IndexRange, place: &Place) -> Self {
        // A place is plain data; should it ever fail to serialise, the empty text is refused as damaged.
        let place = serde_json::to_vec(place).unwrap_or_default();
        let check = check(&range.digest(tenant), &place);
        Self(URL_SAFE_NO_PAD.encode([&check[..], &place].concat()))
    }

    fn place(&self, tenant: &Tenant, range: &IndexRange) -> Result<Place, StoreError> {
        let damaged =
            || StoreError::new(StoreErrorKind::InvalidCursor, "the cursor belongs to no page of this question");
        if self.0.len() > LONGEST {
            return Err(damaged());
        }
        let bytes = URL_SAFE_NO_PAD.decode(&self.0).map_err(|_| damaged())?;
        let (given, place) = bytes.split_at_checked(CHECK_BYTES).ok_or_else(damaged)?;
        if given != check(&range.digest(tenant), place) {
            return Err(damaged());
        }
        let place: Place = serde_json::from_slice(place).map_err(|_| damaged())?;
        // The check is no secret: somebody may have made a cursor by hand, to a place that no page ended at.
        let fits = place.values.iter().map(Value::field_type).eq(range.index().types())
            && place.values.iter().all(|value| value.check().is_ok())
            && range.contains(&place.values);
        if fits { Ok(place) } else { Err(damaged()) }
    }
}

fn check(range: &Digest, place: &[u8]) -> [u8; CHECK_BYTES] {
    let digest = DigestWriter::new("worktrail cursor 1").bytes(range.as_bytes()).bytes(place).finish();
    let mut check = [0; CHECK_BYTES];
    check.copy_from_slice(&digest.as_bytes()[..CHECK_BYTES]);
    check
}

impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cursor(…)")
    }
}

/// A page of records, in the order of the range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPage {
    /// The records.
    pub records: Vec<StoredRecord>,
    /// Where the next page begins; none when this was the last.
    pub next: Option<Cursor>,
}

impl StoredPage {
    /// A page from up to one record more than its limit: the one too many tells that there is a next page.
    #[must_use]
    pub fn cut(tenant: &Tenant, range: &IndexRange, limit: Limit, mut records: Vec<StoredRecord>) -> Self {
        let more = records.len() > limit.get();
        records.truncate(limit.get());
        let last = records.last().filter(|_| more);
        let place = last.and_then(|last| {
            let values = range.index().values_of(last.record())?;
            Some(Place { values, id: last.record().key().id() })
        });
        Self { next: place.map(|place| Cursor::at(tenant, range, &place)), records }
    }
}

/// What to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grouping {
    /// The whole range: one tally.
    Whole,
    /// Each value of the index field that follows the equal ones: a tally each, from the least value up, whatever
    /// the order of the range.
    NextField,
}

/// How many records of a range share a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The value; none when the whole range was counted.
    pub value: Option<Value>,
    /// How many.
    pub count: u64,
}
