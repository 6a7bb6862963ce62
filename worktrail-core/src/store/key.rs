//! What a `get` can ask for.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::StoreError;
use super::record::{Record, RecordKey, StoredRecord};
use super::schema::{Index, Uniqueness};
use super::stamp::StoredStamp;
use super::value::Value;

/// The id of a command, chosen by whoever sends it. The same id again means the same command again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CommandId(Uuid);

impl CommandId {
    /// The command of this id.
    #[must_use]
    pub const fn new(id: Uuid) -> Self {
        Self(id)
    }

    /// The id.
    #[must_use]
    pub const fn id(self) -> Uuid {
        self.0
    }
}

/// What to look up: a record by its key, the record that holds a unique value, or a command's stamp.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A record by kind and id.
    Record(RecordKey),
    /// The record that holds a unique value.
    Unique(UniqueKey),
    /// The stamp of a command.
    Stamp(CommandId),
}

/// What a look-up found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stored {
    /// A record.
    Record(StoredRecord),
    /// A command's stamp.
    Stamp(StoredStamp),
}

impl Stored {
    /// The record, if it is one.
    #[must_use]
    pub fn into_record(self) -> Option<StoredRecord> {
        match self {
            Self::Record(record) => Some(record),
            Self::Stamp(_) => None,
        }
    }

    /// The stamp, if it is one.
    #[must_use]
    pub fn into_stamp(self) -> Option<StoredStamp> {
        match self {
            Self::Stamp(stamp) => Some(stamp),
            Self::Record(_) => None,
        }
    }
}

/// A value of a unique index.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct UniqueKey {
    index: Index,
    values: Vec<Value>,
}

impl UniqueKey {
    /// A value of a unique index.
    ///
    /// # Errors
    /// `Misuse` when the index is not unique, or the values are not of its types.
    pub fn new(index: Index, values: Vec<Value>) -> Result<Self, StoreError> {
        if index.uniqueness() != Uniqueness::Unique {
            return Err(StoreError::misuse("the index is not unique"));
        }
        if !index.field_types().eq(values.iter().map(Value::field_type)) {
            return Err(StoreError::misuse("the values are not of the index's types"));
        }
        values.iter().try_for_each(Value::check)?;
        Ok(Self { index, values })
    }

    /// The unique values that a record holds.
    #[must_use]
    pub fn held_by(record: &Record) -> Vec<Self> {
        let indexes = record.key().kind().unique_indexes();
        indexes.filter_map(|index| Some(Self { index, values: index.values_of(record)? })).collect()
    }

    /// The index.
    #[must_use]
    pub const fn index(&self) -> Index {
        self.index
    }

    /// The values, in the index's order.
    #[must_use]
    pub fn values(&self) -> &[Value] {
        &self.values
    }
}
