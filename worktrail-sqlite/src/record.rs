//! Records as they are read: body and digest, and all else of a row as one text.
//!
//! The driver copies each column of a row, with two allocations under a lock that the engine's threads share: of a record
//! that took two fifths of what opening a trail costs. So the engine makes a JSON array of the small columns, with ids in
//! hexadecimal; an id of no bytes, which the tables refuse, reads as none. What is read is checked against the digest.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate};
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use uuid::Uuid;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{Body, FieldType, Kind, Record, RecordKey, Revision, StoredRecord, Subject, Tenant, Value};

use crate::columns::{Columns, present};
use crate::error::Fault;

/// How many columns are read of a record.
pub(crate) const RECORD_WIDTH: usize = 3;

/// Made once, since every statement names them.
static COLUMNS: LazyLock<BTreeMap<&'static str, String>> =
    LazyLock::new(|| SCHEMA.kinds().map(|kind| (kind.name(), columns_of(kind))).collect());

/// The columns of a record of this kind, of a row `r`. Of a kind of another schema, which has no table, there are none.
pub(crate) fn record_columns(kind: Kind) -> &'static str {
    COLUMNS.get(kind.name()).map_or("", String::as_str)
}

fn columns_of(kind: Kind) -> String {
    let mut pieces =
        ["hex(r.id)", "r.revision", "r.children", "hex(r.subject)", "hex(r.parent)", "r.body_version"].join(", ");
    for field in kind.fields() {
        let name = field.name();
        match field.field_type() {
            FieldType::Id => pieces.extend([", hex(r.\"", name, "\")"]),
            _ => pieces.extend([", r.\"", name, "\""]),
        }
    }
    format!("r.body, r.digest, json_array({pieces})")
}

/// A record: the columns of [`record_columns`].
pub(crate) fn record(columns: &mut Columns<'_>, tenant: &Tenant, kind: Kind) -> Result<StoredRecord, Fault> {
    let (body, digest) = (present(columns.blob()?)?, present(columns.blob()?)?);
    let mut pieces = Pieces::read(present(columns.borrowed()?)?)?;
    let key = RecordKey::new(kind, present(pieces.id()?)?);
    let revision = Revision::new(pieces.number()?);
    let children = Revision::new(pieces.number()?);
    let (subject, parent) = (pieces.id()?.map(Subject::new), pieces.id()?);
    let version = u16::try_from(pieces.number()?).map_err(|_| Fault::corrupt("a body's version"))?;
    let fields = kind.fields().iter().map(|field| pieces.value(field.field_type())).collect::<Result<_, _>>()?;
    let record = Record::from_parts(key, subject, parent, fields, Body::new(version, body));
    Ok(StoredRecord::read(tenant, record, revision, children, digest)?)
}

/// The small columns of a row, one after the other.
struct Pieces<'r>(std::vec::IntoIter<Piece<'r>>);

enum Piece<'r> {
    Nothing,
    Number(i64),
    Text(Cow<'r, str>),
}

impl<'r> Pieces<'r> {
    fn read(text: &'r str) -> Result<Self, Fault> {
        let pieces: Vec<Piece<'r>> = serde_json::from_str(text).map_err(|_| unreadable())?;
        Ok(Self(pieces.into_iter()))
    }

    fn integer(&mut self) -> Result<Option<i64>, Fault> {
        match self.0.next() {
            Some(Piece::Number(number)) => Ok(Some(number)),
            Some(Piece::Nothing) => Ok(None),
            Some(Piece::Text(_)) | None => Err(unreadable()),
        }
    }

    fn text(&mut self) -> Result<Option<Cow<'r, str>>, Fault> {
        match self.0.next() {
            Some(Piece::Text(text)) => Ok(Some(text)),
            Some(Piece::Nothing) => Ok(None),
            Some(Piece::Number(_)) | None => Err(unreadable()),
        }
    }

    /// A count, which is never absent.
    fn number(&mut self) -> Result<u64, Fault> {
        let number = present(self.integer()?)?;
        u64::try_from(number).map_err(|_| Fault::corrupt("a number is negative"))
    }

    /// An id in hexadecimal; none is the empty text.
    fn id(&mut self) -> Result<Option<Uuid>, Fault> {
        let text = present(self.text()?)?;
        if text.is_empty() {
            return Ok(None);
        }
        let id = Uuid::try_parse(&text).ok().filter(|_| text.len() == 32);
        id.map(Some).ok_or_else(|| Fault::corrupt("an id is not 16 bytes long"))
    }

    fn value(&mut self, of: FieldType) -> Result<Option<Value>, Fault> {
        Ok(match of {
            FieldType::Text => self.text()?.map(|text| Value::Text(text.into_owned())),
            FieldType::Integer => self.integer()?.map(Value::Integer),
            FieldType::Day => {
                let day = self.text()?.map(|day| day.parse::<NaiveDate>().map_err(|_| Fault::corrupt("a day")));
                day.transpose()?.map(Value::Day)
            }
            FieldType::Instant => {
                let at = self.integer()?.map(DateTime::from_timestamp_micros);
                at.map(|at| at.ok_or_else(|| Fault::corrupt("an instant"))).transpose()?.map(Value::Instant)
            }
            FieldType::Id => self.id()?.map(Value::Id),
        })
    }
}

fn unreadable() -> Fault {
    Fault::corrupt("a column holds something else than was written")
}

struct PieceVisitor;

impl<'de> Visitor<'de> for PieceVisitor {
    type Value = Piece<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a column")
    }

    fn visit_unit<E: Error>(self) -> Result<Piece<'de>, E> {
        Ok(Piece::Nothing)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Piece<'de>, E> {
        Ok(Piece::Number(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Piece<'de>, E> {
        i64::try_from(number).map(Piece::Number).map_err(E::custom)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Piece<'de>, E> {
        Ok(Piece::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Piece<'de>, E> {
        Ok(Piece::Text(Cow::Owned(text.to_owned())))
    }
}

impl<'de> Deserialize<'de> for Piece<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PieceVisitor)
    }
}

#[cfg(test)]
mod tests {
    use worktrail_core::store::StoreErrorKind;

    use super::*;

    #[test]
    fn what_is_not_a_column_is_damage_and_what_is_comes_as_it_was_written() {
        let mut pieces =
            Pieces::read(r#"["00000000000000000000000000000007","",7,null,"\u00e6\"","2022-06-01"]"#).unwrap();
        assert_eq!((pieces.id().unwrap(), pieces.id().unwrap()), (Some(Uuid::from_u128(7)), None));
        assert_eq!((pieces.number().unwrap(), pieces.value(FieldType::Text).unwrap()), (7, None));
        assert_eq!(pieces.value(FieldType::Text).unwrap(), Some("æ\"".into()));
        assert!(matches!(pieces.value(FieldType::Day), Ok(Some(Value::Day(_)))));
        assert_eq!(pieces.integer().unwrap_err().kind(), StoreErrorKind::Corrupt, "the end");
        for text in ["", "[", "[1.5]", "[true]", "[18446744073709551615]", "[[]]", "{}"] {
            assert!(Pieces::read(text).is_err_and(|fault| fault.kind() == StoreErrorKind::Corrupt), "{text}");
        }
        let read = |text| Pieces::read(text).unwrap();
        for fault in [
            read("[\"07\"]").id().map(drop),
            read("[null]").id().map(drop),
            read("[7]").value(FieldType::Id).map(drop),
            read("[-1]").number().map(drop),
            read("[\"1\"]").value(FieldType::Integer).map(drop),
            read("[1]").value(FieldType::Text).map(drop),
            read("[\"2022-13-01\"]").value(FieldType::Day).map(drop),
            read("[9223372036854775807]").value(FieldType::Instant).map(drop),
        ] {
            assert_eq!(fault.unwrap_err().kind(), StoreErrorKind::Corrupt);
        }
    }
}
