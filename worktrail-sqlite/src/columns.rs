//! Between the contract's values and SQLite's columns.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{AssertSqlSafe, Row as _, Sqlite};
use uuid::Uuid;
use uuid::fmt::Simple;
use worktrail_core::store::{Digest, FieldType, Index, Kind, Path, Tenant, Value};

use crate::error::Fault;

/// The columns that every record table has beside its fields.
#[cfg(test)]
pub(crate) const FIXED: [&str; 9] =
    ["tenant", "id", "revision", "children", "subject", "parent", "body_version", "body", "digest"];

/// The table of a kind.
pub(crate) fn table(kind: Kind) -> String {
    format!("worktrail_{}", kind.name())
}

/// The name of a declared index, or of the children's.
pub(crate) fn index_name(index: Index) -> String {
    format!("worktrail_{}_{}", index.kind().name(), index.name())
}

/// The columns that lead an index, after the tenant and before the id.
pub(crate) fn index_columns(index: Index) -> Vec<&'static str> {
    match index.path() {
        Path::All => Vec::new(),
        Path::Children => vec!["parent"],
        Path::Declared(schema) => schema.fields().to_vec(),
    }
}

/// What a parameter of a statement is bound to.
#[derive(Clone)]
pub(crate) enum Cell {
    Null,
    Integer(i64),
    Text(String),
    Blob(Vec<u8>),
}

/// A statement with its parameters.
pub(crate) type Statement = sqlx::query::Query<'static, Sqlite, SqliteArguments>;

/// A statement of this text. Texts are made of names of the schema and of this crate, never of values.
pub(crate) fn statement(text: impl Into<Cow<'static, str>>, cells: impl IntoIterator<Item = Cell>) -> Statement {
    cells.into_iter().fold(sqlx::query(AssertSqlSafe(text.into())), |query, cell| cell.bind_to(query))
}

impl Cell {
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    fn bind_to(self, query: Statement) -> Statement {
        match self {
            Self::Null => query.bind(None::<i64>),
            Self::Integer(number) => query.bind(number),
            Self::Text(text) => query.bind(text),
            Self::Blob(bytes) => query.bind(bytes),
        }
    }
}

impl From<&Tenant> for Cell {
    fn from(tenant: &Tenant) -> Self {
        Self::Text(tenant.as_str().to_owned())
    }
}

impl From<Uuid> for Cell {
    fn from(id: Uuid) -> Self {
        Self::Blob(id.as_bytes().to_vec())
    }
}

impl From<Digest> for Cell {
    fn from(digest: Digest) -> Self {
        Self::Blob(digest.as_bytes().to_vec())
    }
}

impl From<&[u8]> for Cell {
    fn from(bytes: &[u8]) -> Self {
        Self::Blob(bytes.to_vec())
    }
}

impl From<u64> for Cell {
    /// Revisions and positions count commits; one past SQLite's range stays at its end, where a column's check or
    /// the digest finds it.
    fn from(number: u64) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<DateTime<Utc>> for Cell {
    fn from(at: DateTime<Utc>) -> Self {
        Self::Integer(at.timestamp_micros())
    }
}

impl From<&Value> for Cell {
    fn from(value: &Value) -> Self {
        match value {
            Value::Text(text) => Self::Text(text.clone()),
            Value::Integer(number) => Self::Integer(*number),
            Value::Day(day) => Self::Text(day.to_string()),
            Value::Instant(at) => Self::Integer(at.timestamp_micros()),
            Value::Id(id) => Self::from(*id),
        }
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// Reads the columns of a row one after the other.
pub(crate) struct Columns<'r> {
    row: &'r SqliteRow,
    next: usize,
}

impl<'r> Columns<'r> {
    pub(crate) const fn from(row: &'r SqliteRow, first: usize) -> Self {
        Self { row, next: first }
    }

    fn take<T>(&mut self) -> Result<Option<T>, Fault>
    where
        T: sqlx::Decode<'r, Sqlite> + sqlx::Type<Sqlite>,
    {
        let place = self.next;
        self.next += 1;
        Ok(self.row.try_get(place)?)
    }

    pub(crate) fn integer(&mut self) -> Result<Option<i64>, Fault> {
        self.take()
    }

    pub(crate) fn text(&mut self) -> Result<Option<String>, Fault> {
        self.take()
    }

    pub(crate) fn borrowed(&mut self) -> Result<Option<&'r str>, Fault> {
        self.take()
    }

    pub(crate) fn blob(&mut self) -> Result<Option<&'r [u8]>, Fault> {
        self.take()
    }

    pub(crate) fn number(&mut self) -> Result<Option<u64>, Fault> {
        let number = self.integer()?;
        number.map(|number| u64::try_from(number).map_err(|_| Fault::corrupt("a number is negative"))).transpose()
    }

    pub(crate) fn id(&mut self) -> Result<Option<Uuid>, Fault> {
        let bytes = self.blob()?;
        bytes.map(|bytes| Uuid::from_slice(bytes).map_err(|_| Fault::corrupt("an id is not 16 bytes long"))).transpose()
    }

    pub(crate) fn digest(&mut self) -> Result<Option<Digest>, Fault> {
        let bytes = self.blob()?;
        bytes
            .map(|bytes| Digest::from_slice(bytes).ok_or_else(|| Fault::corrupt("a digest is not 32 bytes long")))
            .transpose()
    }

    pub(crate) fn instant(&mut self) -> Result<Option<DateTime<Utc>>, Fault> {
        let micros = self.integer()?;
        micros.map(|at| DateTime::from_timestamp_micros(at).ok_or_else(|| Fault::corrupt("an instant"))).transpose()
    }

    pub(crate) fn value(&mut self, of: FieldType) -> Result<Option<Value>, Fault> {
        Ok(match of {
            FieldType::Text => self.text()?.map(Value::Text),
            FieldType::Integer => self.integer()?.map(Value::Integer),
            FieldType::Day => {
                let text = self.text()?;
                let day = text.map(|day| day.parse::<NaiveDate>().map_err(|_| Fault::corrupt("a day")));
                day.transpose()?.map(Value::Day)
            }
            FieldType::Instant => self.instant()?.map(Value::Instant),
            FieldType::Id => self.id()?.map(Value::Id),
        })
    }
}

/// A column that is never empty.
pub(crate) fn present<T>(value: Option<T>) -> Result<T, Fault> {
    value.ok_or_else(|| Fault::corrupt("a column is empty that never is"))
}

/// A list of ids as one parameter, so that a statement's text does not depend on their number.
pub(crate) fn id_list(ids: &[Uuid]) -> Cell {
    let mut list = String::with_capacity(2 + ids.len() * (Simple::LENGTH + "'',".len()));
    list.push('[');
    for (place, id) in ids.iter().enumerate() {
        list.push_str(if place == 0 { "\"" } else { ",\"" });
        list.push_str(id.simple().encode_lower(&mut Uuid::encode_buffer()));
        list.push('"');
    }
    list.push(']');
    Cell::Text(list)
}

/// A list of rows of values as one parameter.
pub(crate) fn value_list(rows: &[Vec<Value>]) -> Cell {
    let list: Vec<serde_json::Value> = rows.iter().map(|row| row.iter().map(json).collect()).collect();
    Cell::Text(serde_json::Value::from(list).to_string())
}

fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Text(text) => text.as_str().into(),
        Value::Integer(number) => (*number).into(),
        Value::Day(day) => day.to_string().into(),
        Value::Instant(at) => at.timestamp_micros().into(),
        Value::Id(id) => id.simple().to_string().into(),
    }
}

/// How a value of [`value_list`] is got out again.
pub(crate) fn from_json(of: FieldType, place: usize) -> String {
    match of {
        FieldType::Id => format!("unhex(k.value ->> {place})"),
        _ => format!("k.value ->> {place}"),
    }
}
