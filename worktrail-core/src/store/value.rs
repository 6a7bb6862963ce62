//! Typed values of fields: what a query can compare.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::StoreError;
use super::schema::FieldType;

/// The value of a field, in one of the five types that every engine can hold and order alike.
///
/// Values of one type are ordered bytewise (text by its UTF-8 bytes, numbers and dates by size, ids by their
/// bytes), whatever the engine's own idea of collation is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Text without U+0000, at most [`Value::MAX_TEXT`] bytes.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A day in the years 1 to 9999.
    Day(NaiveDate),
    /// A point in time to the microsecond, in the years 1 to 9999.
    Instant(DateTime<Utc>),
    /// An id.
    Id(Uuid),
}

impl Value {
    /// The longest text a field may hold, in bytes.
    pub const MAX_TEXT: usize = 1_024;

    /// The type of this value.
    #[must_use]
    pub const fn field_type(&self) -> FieldType {
        match self {
            Self::Text(_) => FieldType::Text,
            Self::Integer(_) => FieldType::Integer,
            Self::Day(_) => FieldType::Day,
            Self::Instant(_) => FieldType::Instant,
            Self::Id(_) => FieldType::Id,
        }
    }

    /// Checks the bounds that every engine shares.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        let years = 1..=9999;
        match self {
            Self::Text(text) if text.contains('\0') => Err(StoreError::misuse("a text field holds U+0000")),
            Self::Text(text) if text.len() > Self::MAX_TEXT => {
                Err(StoreError::misuse("a text field is longer than Value::MAX_TEXT bytes"))
            }
            Self::Day(day) if !years.contains(&day.year()) => {
                Err(StoreError::misuse("a day lies outside the years 1 to 9999"))
            }
            Self::Instant(at) if !years.contains(&at.year()) => {
                Err(StoreError::misuse("an instant lies outside the years 1 to 9999"))
            }
            Self::Instant(at) if at.nanosecond() % 1_000 != 0 => {
                Err(StoreError::misuse("an instant is finer than a microsecond"))
            }
            // As microseconds it would be the second after, and come back as that.
            Self::Instant(at) if at.nanosecond() >= 1_000_000_000 => {
                Err(StoreError::misuse("an instant lies within a leap second"))
            }
            _ => Ok(()),
        }
    }
}

/// Shows ids and numbers; text and days may be personal and are withheld.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(_) => f.write_str("Text(…)"),
            Self::Day(_) => f.write_str("Day(…)"),
            Self::Integer(number) => write!(f, "Integer({number})"),
            Self::Instant(at) => write!(f, "Instant({at})"),
            Self::Id(id) => write!(f, "Id({id})"),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<NaiveDate> for Value {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<DateTime<Utc>> for Value {
    fn from(at: DateTime<Utc>) -> Self {
        Self::Instant(at)
    }
}

impl From<Uuid> for Value {
    fn from(id: Uuid) -> Self {
        Self::Id(id)
    }
}
