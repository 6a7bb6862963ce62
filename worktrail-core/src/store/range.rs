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
        let mut types = index.field_types();
        if equal.iter().any(|value| types.next() != Some(value.field_type())) {
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
        let Some(wanted) = self.index.field_types().nth(self.equal.len()) else {
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

    /// Bounds the text that follows the equal values by its beginning.
    ///
    /// # Errors
    /// `Misuse` when no value follows them, or it is no text.
    pub fn beginning(self, with: &str) -> Result<Self, StoreError> {
        let to = after_all_beginning(with).map_or(Bound::Unbounded, |after| Bound::Excluded(Value::Text(after)));
        self.between(Bound::Included(with.into()), to)
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

/// The least text that comes after every text with this beginning; none when there is no such text. Text is ordered by
/// its UTF-8 bytes, which is the order of its characters.
fn after_all_beginning(with: &str) -> Option<String> {
    let mut kept: Vec<char> = with.chars().collect();
    while let Some(last) = kept.pop() {
        // Between U+D7FF and U+E000 there are no characters, and after the last there is none.
        let next = if last == '\u{d7ff}' { Some('\u{e000}') } else { char::from_u32(u32::from(last) + 1) };
        if let Some(next) = next {
            kept.push(next);
            return Some(kept.into_iter().collect());
        }
    }
    None
}

/// A value as bytes for a digest. Serialising a plain enum cannot fail; an empty answer would only widen a cursor's
/// binding.
fn encoded(value: &Value) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::class::Class;
    use crate::store::{Field, FieldType, IndexSchema, KindSchema};

    static NAMED: KindSchema = KindSchema::new("named")
        .fields(&[
            Field::new("name", FieldType::Text, Class::Personal),
            Field::new("on", FieldType::Day, Class::Ordinary),
        ])
        .indexes(&[IndexSchema::shared("by_name", &["name"]), IndexSchema::shared("by_day", &["on"])]);

    fn beginning(with: &str) -> IndexRange {
        let index = Kind::of(&NAMED).index("by_name").expect("an index");
        IndexRange::new(index, Vec::new()).and_then(|range| range.beginning(with)).expect("a range")
    }

    fn holds(range: &IndexRange, text: &str) -> bool {
        range.contains(&[text.into()])
    }

    #[test]
    fn the_last_characters_have_nothing_after_them() {
        assert!(holds(&beginning("a\u{10ffff}"), "a\u{10ffff}\u{10ffff}b") && !holds(&beginning("a\u{10ffff}"), "b"));
        assert!(holds(&beginning("\u{10ffff}"), "\u{10ffff}z") && !holds(&beginning("\u{10ffff}"), "z"));
        assert!(holds(&beginning("\u{d7ff}"), "\u{d7ff}z") && !holds(&beginning("\u{d7ff}"), "\u{e000}"));
        assert!(holds(&beginning(""), "") && holds(&beginning(""), "z"));
    }

    #[test]
    fn a_day_has_no_beginning() {
        let index = Kind::of(&NAMED).index("by_day").expect("an index");
        let range = IndexRange::new(index, Vec::new()).and_then(|range| range.beginning("2"));
        assert!(range.is_err());
    }

    proptest! {
        #[test]
        fn a_range_holds_what_begins_so_and_nothing_else(with in "[a-cå\u{d7ff}\u{e000}]{0,3}", text in "[a-cå\u{d7ff}\u{e000}]{0,5}") {
            prop_assert_eq!(holds(&beginning(&with), &text), text.starts_with(&with));
        }
    }
}
