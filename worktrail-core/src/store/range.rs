//! Ranges: the only way a question walks a store.

use std::ops::Bound;

use super::StoreError;
use super::digest::{Digest, DigestWriter};
use super::schema::{Index, Kind};
use super::tenant::Tenant;
use super::value::Value;

/// A stretch of an index: equality on its first values, and a range on the next one.
///
/// It is walked in order of `(values, id)`, so a page costs what it holds, whatever else the store has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexRange {
    index: Index,
    equal: Vec<Value>,
    from: Bound<Value>,
    to: Bound<Value>,
    order: Order,
}

/// The direction in which a range is walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Order {
    /// From the least `(values, id)` up.
    #[default]
    Ascending,
    /// From the greatest down.
    Descending,
}

impl IndexRange {
    /// All of an index whose first values equal these.
    ///
    /// # Errors
    /// `Misuse` when there are more values than the index has, or one of another type.
    pub fn new(index: Index, equal: Vec<Value>) -> Result<Self, StoreError> {
        let types = index.types();
        if equal.len() > types.len() || types.iter().zip(&equal).any(|(wanted, value)| *wanted != value.field_type()) {
            return Err(StoreError::misuse("the values are not of the index's types"));
        }
        equal.iter().try_for_each(Value::check)?;
        Ok(Self { index, equal, from: Bound::Unbounded, to: Bound::Unbounded, order: Order::Ascending })
    }

    /// Every record of a kind, by id.
    #[must_use]
    pub const fn all(kind: Kind) -> Self {
        Self {
            index: kind.all(),
            equal: Vec::new(),
            from: Bound::Unbounded,
            to: Bound::Unbounded,
            order: Order::Ascending,
        }
    }

    /// The children of a record, by id.
    ///
    /// # Errors
    /// `Misuse` when the kind has no parent.
    pub fn children(kind: Kind, parent: uuid::Uuid) -> Result<Self, StoreError> {
        if kind.parent().is_none() {
            return Err(StoreError::misuse("the kind has no parent"));
        }
        Self::new(kind.children(), vec![Value::Id(parent)])
    }

    /// Bounds the value that follows the equal ones.
    ///
    /// # Errors
    /// `Misuse` when no value follows them, or a bound is of another type.
    pub fn between(mut self, from: Bound<Value>, to: Bound<Value>) -> Result<Self, StoreError> {
        let Some(wanted) = self.index.types().get(self.equal.len()).copied() else {
            return Err(StoreError::misuse("no value of the index is left to bound"));
        };
        for bound in [&from, &to] {
            if let Bound::Included(value) | Bound::Excluded(value) = bound {
                value.check()?;
                if value.field_type() != wanted {
                    return Err(StoreError::misuse("a bound is not of the index's type"));
                }
            }
        }
        self.from = from;
        self.to = to;
        Ok(self)
    }

    /// Walks it in a direction.
    #[must_use]
    pub const fn ordered(mut self, order: Order) -> Self {
        self.order = order;
        self
    }

    /// The index.
    #[must_use]
    pub const fn index(&self) -> Index {
        self.index
    }

    /// The values that the first ones equal.
    #[must_use]
    pub fn equal(&self) -> &[Value] {
        &self.equal
    }

    /// The lower bound of the next value.
    #[must_use]
    pub const fn from(&self) -> &Bound<Value> {
        &self.from
    }

    /// The upper bound of the next value.
    #[must_use]
    pub const fn to(&self) -> &Bound<Value> {
        &self.to
    }

    /// The direction.
    #[must_use]
    pub const fn order(&self) -> Order {
        self.order
    }

    /// Whether a place of the index lies in the range.
    #[must_use]
    pub fn contains(&self, values: &[Value]) -> bool {
        let Some((head, rest)) = values.split_at_checked(self.equal.len()) else { return false };
        if head != self.equal {
            return false;
        }
        let Some(next) = rest.first() else { return true };
        let above = match &self.from {
            Bound::Unbounded => true,
            Bound::Included(from) => next >= from,
            Bound::Excluded(from) => next > from,
        };
        let below = match &self.to {
            Bound::Unbounded => true,
            Bound::Included(to) => next <= to,
            Bound::Excluded(to) => next < to,
        };
        above && below
    }

    /// A digest of the range in a tenant: what a cursor is bound to.
    #[must_use]
    pub fn digest(&self, tenant: &Tenant) -> Digest {
        let mut writer = DigestWriter::new("worktrail range 1")
            .bytes(tenant.as_str().as_bytes())
            .bytes(self.index.kind().name().as_bytes())
            .bytes(self.index.name().as_bytes())
            .number(match self.order {
                Order::Ascending => 0,
                Order::Descending => 1,
            })
            .number(u64::try_from(self.equal.len()).unwrap_or(u64::MAX));
        for value in &self.equal {
            writer = writer.bytes(&encoded(value));
        }
        for bound in [&self.from, &self.to] {
            writer = match bound {
                Bound::Unbounded => writer.number(0),
                Bound::Included(value) => writer.number(1).bytes(&encoded(value)),
                Bound::Excluded(value) => writer.number(2).bytes(&encoded(value)),
            };
        }
        writer.finish()
    }
}

/// A value as bytes for a digest. Serialising a plain enum cannot fail; an empty answer would only widen a cursor's
/// binding.
fn encoded(value: &Value) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}
