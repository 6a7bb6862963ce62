//! What is known of the store while something is decided or answered.

use std::collections::BTreeMap;

use crate::domain::Rejection;
use crate::record::{Decoded, Decoder, Recorded, to_record};
use crate::store::{Index, Kind, Record, RecordKey, Revision, StoreError, StoredRecord, UniqueKey, Value};

use super::Stop;

/// What is known of the store: records, holders of unique values, children.
///
/// The desk fills one load by load. A test paints one by hand with [`Picture::whole`] and [`with`](Picture::with):
/// what is not in such a picture is not there.
#[derive(Debug, Default)]
pub struct Picture {
    coverage: Coverage,
    records: BTreeMap<RecordKey, Option<Known>>,
    holders: BTreeMap<UniqueKey, Option<RecordKey>>,
    families: BTreeMap<Family, Vec<RecordKey>>,
}

/// The children of one kind under one parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Family {
    pub(crate) parent: RecordKey,
    pub(crate) kind: Kind,
}

/// A record that is there.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) revision: Revision,
    pub(crate) children: Revision,
    pub(crate) value: Decoded,
}

/// What is known of something that may be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sight<T> {
    /// It was not looked at.
    Unseen,
    /// It is not there.
    Absent,
    /// It is there.
    There(T),
}

impl<T> Sight<T> {
    /// What is there, as far as one knows.
    pub(crate) fn there(self) -> Option<T> {
        match self {
            Self::There(there) => Some(there),
            Self::Unseen | Self::Absent => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Coverage {
    /// What is not in the picture has not been looked at.
    #[default]
    Part,
    /// What is not in the picture is not there.
    Whole,
}

impl Picture {
    /// A picture of a store with nothing in it.
    #[must_use]
    pub fn whole() -> Self {
        Self { coverage: Coverage::Whole, ..Self::default() }
    }

    /// Adds a value to a picture painted by hand, or a later state of one that is in it.
    ///
    /// # Errors
    /// As [`to_record`].
    pub fn with<T: Recorded>(mut self, value: &T) -> Result<Self, StoreError> {
        let record = to_record(value)?;
        let key = record.key();
        self.holders.retain(|_, holder| *holder != Some(key));
        for unique in UniqueKey::held_by(&record) {
            self.holders.insert(unique, Some(key));
        }
        if let Some(parent) = record.parent_key() {
            let family = self.families.entry(Family { parent, kind: T::KIND }).or_default();
            if !family.contains(&key) {
                family.push(key);
            }
        }
        let known = Known { revision: Revision::new(1), children: Revision::default(), value: Box::new(value.clone()) };
        self.records.insert(key, Some(known));
        Ok(self)
    }

    /// Takes in what a look-up by key found.
    ///
    /// Of a record that is seen again the child revision stays that of the first sight: it vouches for children that
    /// may have been loaded in between, and a later one would vouch for what was never looked at.
    pub(crate) fn learn(
        &mut self,
        key: RecordKey,
        found: Option<StoredRecord>,
        decoder: Decoder,
    ) -> Result<(), StoreError> {
        if found.as_ref().is_some_and(|stored| stored.record().key() != key) {
            return Err(StoreError::corrupt("a store gave another record than it was asked for"));
        }
        let mut known = found.map(|stored| known(&stored, decoder)).transpose()?;
        if let (Some(Some(before)), Some(now)) = (self.records.get(&key), &mut known) {
            now.children = now.children.min(before.children);
        }
        self.records.insert(key, known);
        Ok(())
    }

    /// Takes in what a look-up by unique value found.
    pub(crate) fn learn_holder(
        &mut self,
        unique: UniqueKey,
        found: Option<StoredRecord>,
        decoder: Decoder,
    ) -> Result<(), StoreError> {
        let key = found.as_ref().map(|stored| stored.record().key());
        if let (Some(key), Some(stored)) = (key, found) {
            if !holds(stored.record(), unique.index(), unique.values()) {
                return Err(StoreError::corrupt("a record does not hold the value that it was found by"));
            }
            self.learn(key, Some(stored), decoder)?;
        }
        self.holders.insert(unique, key);
        Ok(())
    }

    /// Takes in the children of a record.
    pub(crate) fn learn_family(
        &mut self,
        family: Family,
        children: Vec<StoredRecord>,
        decoder: Decoder,
    ) -> Result<(), StoreError> {
        let mut keys = Vec::with_capacity(children.len());
        for stored in children {
            if stored.record().key().kind() != family.kind || stored.record().parent_key() != Some(family.parent) {
                return Err(StoreError::corrupt("a store gave the child of another record"));
            }
            keys.push(stored.record().key());
            self.learn(stored.record().key(), Some(stored), decoder)?;
        }
        self.families.insert(family, keys);
        Ok(())
    }

    /// What is known of a record.
    pub(crate) fn record(&self, key: RecordKey) -> Sight<&Known> {
        self.sight(self.records.get(&key).map(Option::as_ref))
    }

    /// What is known of the holder of a unique value.
    pub(crate) fn holder(&self, unique: &UniqueKey) -> Sight<RecordKey> {
        self.sight(self.holders.get(unique).copied())
    }

    fn sight<T>(&self, seen: impl IntoIterator<Item = Option<T>>) -> Sight<T> {
        match seen.into_iter().next() {
            Some(Some(there)) => Sight::There(there),
            Some(None) => Sight::Absent,
            None if self.coverage == Coverage::Whole => Sight::Absent,
            None => Sight::Unseen,
        }
    }

    /// The children of a record, unless unknown.
    pub(crate) fn family(&self, family: Family) -> Option<&[RecordKey]> {
        match self.families.get(&family) {
            Some(keys) => Some(keys),
            None => (self.coverage == Coverage::Whole).then_some(&[]),
        }
    }
}

impl Known {
    /// The value, as the type that was asked for.
    pub(crate) fn value<T: Recorded>(&self) -> Result<&T, Stop> {
        // A key belongs to one kind and a kind to one type, so the cast cannot fail; should it ever, the record is
        // as good as not there.
        self.value.downcast_ref::<T>().ok_or_else(|| Rejection::NotFound { what: T::THING }.into())
    }
}

fn known(stored: &StoredRecord, decoder: Decoder) -> Result<Known, StoreError> {
    Ok(Known { revision: stored.revision(), children: stored.children(), value: decoder(stored.record())? })
}

fn holds(record: &Record, index: Index, values: &[Value]) -> bool {
    record.key().kind() == index.kind() && index.values_of(record).is_some_and(|held| held == values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::scene::{free, person};
    use crate::domain::{Participant, Trail};
    use crate::record::{decode, samples};
    use crate::store::StoreErrorKind;

    fn stored<T: Recorded>(value: &T) -> StoredRecord {
        StoredRecord::new(to_record(value).unwrap(), Revision::new(1), Revision::default())
    }

    #[test]
    fn what_a_store_gives_in_place_of_what_it_was_asked_for_is_not_believed() {
        let (asked, other, mut picture) = (samples::participant(), person(free()), Picture::default());
        let number = UniqueKey::held_by(&to_record(&asked).unwrap()).into_iter().next().unwrap();
        let family = Family { parent: other.key(), kind: Trail::KIND };
        let trail = samples::open_trail();
        let answers = [
            picture.learn(asked.key(), Some(stored(&other)), decode::<Participant>),
            picture.learn_holder(number.clone(), Some(stored(&other)), decode::<Participant>),
            picture.learn_family(family, vec![stored(&trail)], decode::<Trail>),
        ];
        for answer in answers {
            assert_eq!(answer.unwrap_err().kind(), StoreErrorKind::Corrupt);
        }
        let family = Family { parent: asked.key(), kind: Trail::KIND };
        assert!(picture.learn_holder(number, Some(stored(&asked)), decode::<Participant>).is_ok());
        assert!(picture.learn_family(family, vec![stored(&trail)], decode::<Trail>).is_ok());
    }
}
