//! What a domain type says of itself so that it can be kept.

use std::any::Any;
use std::fmt::Debug;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::domain::Thing;
use crate::record::{Keeping, StoredField};
use crate::store::{Body, Kind, Record, RecordKey, StoreError, StoreErrorKind, Subject, UniqueKey, Value};

/// A domain type that is kept as a record.
pub trait Recorded: Serialize + DeserializeOwned + Clone + Debug + Send + Sync + 'static {
    /// Its id.
    type Id: Copy + Into<Uuid>;

    /// Its kind in the schema.
    const KIND: Kind;
    /// Its name for people.
    const THING: Thing;
    /// The version of the stored form that this program writes. A newer one cannot be read.
    const FORM: u16;
    /// Why it is kept, about whom, and until when.
    const KEEPING: Keeping;
    /// Everything in the stored form, by path: `name.family`, `moves[].on`. A test finds what is missing.
    const FIELDS: &'static [StoredField];

    /// Its id.
    fn id(&self) -> Self::Id;

    /// Says whom it is about, where it belongs, and what its fields are.
    fn describe(&self, record: Record) -> Record;

    /// Its key.
    fn key(&self) -> RecordKey {
        key_of::<Self>(self.id())
    }
}

/// The key of the record of this id.
#[must_use]
pub fn key_of<T: Recorded>(id: T::Id) -> RecordKey {
    RecordKey::new(T::KIND, id.into())
}

/// The record of a value.
///
/// # Errors
/// `Other` when the value cannot be written down, which no value of the library does.
pub fn to_record<T: Recorded>(value: &T) -> Result<Record, StoreError> {
    let body = serde_json::to_vec(value)
        .map_err(|_| StoreError::new(StoreErrorKind::Other, "a value could not be written down"))?;
    Ok(value.describe(Record::new(value.key(), Body::new(T::FORM, body))))
}

/// The value of a record.
///
/// # Errors
/// `SchemaOutdated` when a newer program wrote it, `Corrupt` when it cannot be read.
pub fn from_record<T: Recorded>(record: &Record) -> Result<T, StoreError> {
    if record.body().version() > T::FORM {
        return Err(StoreError::new(StoreErrorKind::SchemaOutdated, "a record was written by a newer program"));
    }
    // As a whole text, so that not each string in it is looked at for being one. The causes are left out: they may repeat
    // what could not be read.
    let text = std::str::from_utf8(record.body().bytes()).ok();
    let value = text.and_then(|text| serde_json::from_str(text).ok());
    value.ok_or_else(|| StoreError::corrupt("a record's body cannot be read"))
}

/// A record with its fields made anew from its body: what verification compares, and what a new index over old
/// records needs.
pub(crate) fn again<T: Recorded>(record: &Record) -> Result<Record, StoreError> {
    let value: T = from_record(record)?;
    Ok(value.describe(Record::new(record.key(), record.body().clone())))
}

/// A value of some kind, read from its record; the kind is known to whoever asked for it.
pub(crate) type Decoded = Box<dyn Any + Send + Sync>;

/// Reads a value of one kind.
pub(crate) type Decoder = fn(&Record) -> Result<Decoded, StoreError>;

/// The decoder of a kind.
pub(crate) fn decode<T: Recorded>(record: &Record) -> Result<Decoded, StoreError> {
    Ok(Box::new(from_record::<T>(record)?))
}

/// A look-up by a unique value.
#[derive(Debug, Clone)]
pub struct Unique<T> {
    key: Result<UniqueKey, StoreErrorKind>,
    of: PhantomData<fn() -> T>,
}

impl<T: Recorded> Unique<T> {
    pub(crate) fn new(index: &str, values: Vec<Value>) -> Self {
        let key = match T::KIND.index(index) {
            Some(index) => UniqueKey::new(index, values).map_err(|error| error.kind()),
            None => Err(StoreErrorKind::Misuse),
        };
        Self { key, of: PhantomData }
    }

    pub(crate) fn key(&self) -> Result<&UniqueKey, StoreErrorKind> {
        self.key.as_ref().map_err(|kind| *kind)
    }
}

/// Whom a value is about.
pub(crate) fn subject_of<T: Recorded>(value: &T) -> Option<Subject> {
    belonging_of(value).1
}

/// Under which record a value belongs, and whom it is about.
pub(crate) fn belonging_of<T: Recorded>(value: &T) -> (Option<Uuid>, Option<Subject>) {
    Record::belonging(value.key(), |outline| value.describe(outline))
}
