//! Between the contract's values and PostgreSQL's columns.

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::{Postgres, Row as _};
use uuid::Uuid;
use worktrail_core::store::{
    Body, Digest, Field, FieldType, Kind, Record, RecordKey, Revision, StoredRecord, Subject, Tenant, Value,
};

use crate::error::Fault;
use crate::time::{Day, Instant};

/// The columns that every record table has beside its fields.
#[cfg(test)]
pub(crate) const FIXED: [&str; 9] =
    ["tenant", "id", "revision", "children", "subject", "parent", "body_version", "body", "digest"];

/// The types of fields, each with its type of column.
pub(crate) const TYPES: [(FieldType, &str); 5] = [
    (FieldType::Text, "text"),
    (FieldType::Integer, "bigint"),
    (FieldType::Day, "date"),
    (FieldType::Instant, "timestamptz"),
    (FieldType::Id, "uuid"),
];

/// The type of a field's column.
pub(crate) const fn column_type(of: FieldType) -> &'static str {
    match of {
        FieldType::Text => "text",
        FieldType::Integer => "bigint",
        FieldType::Day => "date",
        FieldType::Instant => "timestamptz",
        FieldType::Id => "uuid",
    }
}

/// The columns of a record of this kind, of a row `r`: its fields come last, as an array for each type, so that rows of
/// different kinds have the same shape.
pub(crate) fn record_columns(kind: Kind) -> String {
    let mut text = "r.id, r.revision, r.children, r.subject, r.parent, r.body_version, r.body, r.digest".to_owned();
    for (of, column) in TYPES {
        let fields: Vec<String> = fields_of(kind, of).map(|field| format!("r.\"{}\"", field.name())).collect();
        let _ = if fields.is_empty() {
            write!(text, ", NULL::{column}[]")
        } else {
            write!(text, ", ARRAY[{}]", fields.join(", "))
        };
    }
    text
}

fn fields_of(kind: Kind, of: FieldType) -> impl Iterator<Item = &'static Field> {
    kind.fields().iter().filter(move |field| field.field_type() == of)
}

/// What a parameter of a statement is bound to: a value, or a list of them.
#[derive(Debug, Clone)]
pub(crate) enum Cell {
    Text(Option<String>),
    Number(Option<i64>),
    Day(Option<NaiveDate>),
    Instant(Option<DateTime<Utc>>),
    Id(Option<Uuid>),
    Bytes(Option<Vec<u8>>),
    Texts(Vec<Option<String>>),
    Numbers(Vec<Option<i64>>),
    Days(Vec<Option<NaiveDate>>),
    Instants(Vec<Option<DateTime<Utc>>>),
    Ids(Vec<Option<Uuid>>),
    Blobs(Vec<Option<Vec<u8>>>),
}

type Query = sqlx::query::Query<'static, Postgres, PgArguments>;

impl Cell {
    pub(crate) fn bind_to(self, query: Query) -> Query {
        match self {
            Self::Text(value) => query.bind(value),
            Self::Number(value) => query.bind(value),
            Self::Day(value) => query.bind(value),
            Self::Instant(value) => query.bind(value),
            Self::Id(value) => query.bind(value),
            Self::Bytes(value) => query.bind(value),
            Self::Texts(values) => query.bind(values),
            Self::Numbers(values) => query.bind(values),
            Self::Days(values) => query.bind(values),
            Self::Instants(values) => query.bind(values),
            Self::Ids(values) => query.bind(values),
            Self::Blobs(values) => query.bind(values),
        }
    }

    /// What stands in a list of one.
    pub(crate) fn only(self) -> Self {
        match self {
            Self::Texts(mut values) => Self::Text(values.pop().flatten()),
            Self::Numbers(mut values) => Self::Number(values.pop().flatten()),
            Self::Days(mut values) => Self::Day(values.pop().flatten()),
            Self::Instants(mut values) => Self::Instant(values.pop().flatten()),
            Self::Ids(mut values) => Self::Id(values.pop().flatten()),
            Self::Blobs(mut values) => Self::Bytes(values.pop().flatten()),
            value => value,
        }
    }

    /// A value that may be absent.
    pub(crate) fn optional(of: FieldType, value: Option<&Value>) -> Self {
        value.map_or_else(
            || match of {
                FieldType::Text => Self::Text(None),
                FieldType::Integer => Self::Number(None),
                FieldType::Day => Self::Day(None),
                FieldType::Instant => Self::Instant(None),
                FieldType::Id => Self::Id(None),
            },
            Self::from,
        )
    }

    /// The values of one field in many records, as one list.
    pub(crate) fn list<'v>(of: FieldType, values: impl Iterator<Item = Option<&'v Value>>) -> Self {
        // A value of another type was refused when its batch was made.
        match of {
            FieldType::Text => Self::Texts(
                values
                    .map(|value| match value? {
                        Value::Text(text) => Some(text.clone()),
                        _ => None,
                    })
                    .collect(),
            ),
            FieldType::Integer => Self::Numbers(
                values
                    .map(|value| match value? {
                        Value::Integer(number) => Some(*number),
                        _ => None,
                    })
                    .collect(),
            ),
            FieldType::Day => Self::Days(
                values
                    .map(|value| match value? {
                        Value::Day(day) => Some(*day),
                        _ => None,
                    })
                    .collect(),
            ),
            FieldType::Instant => Self::Instants(
                values
                    .map(|value| match value? {
                        Value::Instant(at) => Some(*at),
                        _ => None,
                    })
                    .collect(),
            ),
            FieldType::Id => Self::Ids(
                values
                    .map(|value| match value? {
                        Value::Id(id) => Some(*id),
                        _ => None,
                    })
                    .collect(),
            ),
        }
    }
}

impl From<&Tenant> for Cell {
    fn from(tenant: &Tenant) -> Self {
        Self::Text(Some(tenant.as_str().to_owned()))
    }
}

impl From<Uuid> for Cell {
    fn from(id: Uuid) -> Self {
        Self::Id(Some(id))
    }
}

impl From<Digest> for Cell {
    fn from(digest: Digest) -> Self {
        Self::Bytes(Some(digest.as_bytes().to_vec()))
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        Self::Number(Some(bounded(number)))
    }
}

impl From<&Value> for Cell {
    fn from(value: &Value) -> Self {
        match value {
            Value::Text(text) => Self::Text(Some(text.clone())),
            Value::Integer(number) => Self::Number(Some(*number)),
            Value::Day(day) => Self::Day(Some(*day)),
            Value::Instant(at) => Self::Instant(Some(*at)),
            Value::Id(id) => Self::Id(Some(*id)),
        }
    }
}

/// Revisions and positions count commits; one past PostgreSQL's range stays at its end, where a column's check or the
/// digest finds it.
pub(crate) fn bounded(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Reads the columns of a row one after the other.
pub(crate) struct Columns<'r> {
    row: &'r PgRow,
    next: usize,
}

impl<'r> Columns<'r> {
    pub(crate) const fn from(row: &'r PgRow, first: usize) -> Self {
        Self { row, next: first }
    }

    pub(crate) fn take<T>(&mut self) -> Result<Option<T>, Fault>
    where
        T: sqlx::Decode<'r, Postgres> + sqlx::Type<Postgres>,
    {
        let place = self.next;
        self.next += 1;
        Ok(self.row.try_get(place)?)
    }

    pub(crate) fn skip(&mut self, columns: usize) {
        self.next += columns;
    }

    pub(crate) fn number(&mut self) -> Result<Option<u64>, Fault> {
        let number = self.take::<i64>()?;
        number.map(|number| u64::try_from(number).map_err(|_| Fault::corrupt("a number is negative"))).transpose()
    }

    pub(crate) fn digest(&mut self) -> Result<Option<Digest>, Fault> {
        let bytes = self.take::<&[u8]>()?;
        bytes
            .map(|bytes| Digest::from_slice(bytes).ok_or_else(|| Fault::corrupt("a digest is not 32 bytes long")))
            .transpose()
    }

    pub(crate) fn value(&mut self, of: FieldType) -> Result<Option<Value>, Fault> {
        Ok(match of {
            FieldType::Text => self.take()?.map(Value::Text),
            FieldType::Integer => self.take()?.map(Value::Integer),
            FieldType::Day => self.take()?.map(|Day(day)| Value::Day(day)),
            FieldType::Instant => self.take()?.map(|Instant(at)| Value::Instant(at)),
            FieldType::Id => self.take()?.map(Value::Id),
        })
    }

    /// A list of values of one type, in the order of the fields that have it.
    fn values<T>(&mut self, make: fn(T) -> Value) -> Result<std::vec::IntoIter<Option<Value>>, Fault>
    where
        T: for<'d> sqlx::Decode<'d, Postgres> + sqlx::Type<Postgres> + sqlx::postgres::PgHasArrayType,
    {
        let values: Vec<Option<T>> = self.take()?.unwrap_or_default();
        Ok(values.into_iter().map(|value| value.map(make)).collect::<Vec<_>>().into_iter())
    }

    /// A record: the columns of [`record_columns`].
    pub(crate) fn record(&mut self, tenant: &Tenant, kind: Kind) -> Result<StoredRecord, Fault> {
        let key = RecordKey::new(kind, present(self.take()?)?);
        let revision = Revision::new(present(self.number()?)?);
        let children = Revision::new(present(self.number()?)?);
        let subject = self.take()?.map(Subject::new);
        let parent = self.take()?;
        let version = u16::try_from(present(self.number()?)?).map_err(|_| Fault::corrupt("a body's version"))?;
        let body = Body::new(version, present(self.take::<&[u8]>()?)?);
        let digest = present(self.take::<&[u8]>()?)?;
        let mut texts = self.values(Value::Text)?;
        let mut numbers = self.values(Value::Integer)?;
        let mut days = self.values(|Day(day)| Value::Day(day))?;
        let mut instants = self.values(|Instant(at)| Value::Instant(at))?;
        let mut ids = self.values(Value::Id)?;
        let value = |field: &Field| {
            let next = match field.field_type() {
                FieldType::Text => texts.next(),
                FieldType::Integer => numbers.next(),
                FieldType::Day => days.next(),
                FieldType::Instant => instants.next(),
                FieldType::Id => ids.next(),
            };
            present(next)
        };
        let fields = kind.fields().iter().map(value).collect::<Result<_, _>>()?;
        let record = Record::from_parts(key, subject, parent, fields, body);
        Ok(StoredRecord::read(tenant, record, revision, children, digest)?)
    }
}

/// A column that is never empty.
pub(crate) fn present<T>(value: Option<T>) -> Result<T, Fault> {
    value.ok_or_else(|| Fault::corrupt("a column is empty that never is"))
}
