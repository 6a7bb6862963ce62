//! Where Worktrail's tables are, and how statements about them are sent.

use std::fmt;

use sqlx::postgres::{PgArguments, PgConnection, PgRow};
use sqlx::{AssertSqlSafe, Postgres};
use worktrail_core::store::{Index, Kind, Path};

use crate::columns::Cell;
use crate::error::Fault;

/// The tables beside those of the records.
pub(crate) const BOOKKEEPING: [&str; 3] = ["worktrail_head", "worktrail_journal", "worktrail_stamp"];

/// The schema, and how statements are sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Home {
    schema: String,
    pub(crate) sending: Sending,
}

/// How statements are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sending {
    /// Each text is prepared once for a connection, and kept there.
    Prepared,
    /// Nothing is kept: the next transaction may be another connection's. Every statement is part of a transaction.
    Unnamed,
}

impl Home {
    pub(crate) fn new(schema: impl Into<String>, sending: Sending) -> Self {
        Self { schema: schema.into(), sending }
    }

    /// The schema's name.
    pub(crate) fn schema(&self) -> &str {
        &self.schema
    }

    /// That its name is one, and needs no quoting: then it can stand in a text.
    pub(crate) fn check(&self) -> Result<(), Fault> {
        let begins = |byte: &u8| byte.is_ascii_lowercase() || *byte == b'_';
        let fits = |byte: &u8| begins(byte) || byte.is_ascii_digit();
        let bytes = self.schema.as_bytes();
        if bytes.len() <= 63 && bytes.first().is_some_and(begins) && bytes.iter().all(fits) {
            Ok(())
        } else {
            Err(Fault::misuse("a schema's name is 1 to 63 of a–z, 0–9 and '_', and begins with no digit"))
        }
    }

    /// A table of ours, with its schema.
    pub(crate) fn named(&self, table: impl fmt::Display) -> String {
        format!("\"{}\".{table}", self.schema)
    }

    /// The table of a kind, with its schema.
    pub(crate) fn table(&self, kind: Kind) -> String {
        self.named(table(kind))
    }
}

/// The table of a kind.
pub(crate) fn table(kind: Kind) -> String {
    format!("worktrail_{}", kind.name())
}

/// The name of a declared index, or of the children's.
#[cfg(test)]
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

/// A term that names an index, and holds of every row: no tenant's name has a blank. It is part of the index's predicate
/// and of every walk of the index, so that the planner cannot take another index in its place.
pub(crate) fn named_index(index: Index) -> String {
    format!("tenant <> 'index {}'", index.name())
}

/// A statement with its parameters. Texts are made of names of the schema and of this crate, never of values.
#[derive(Default)]
pub(crate) struct Statement {
    pub(crate) text: String,
    pub(crate) cells: Vec<Cell>,
}

/// The place of a parameter, as a text names it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parameter(usize);

impl fmt::Display for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "${}", self.0)
    }
}

impl Statement {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), cells: Vec::new() }
    }

    /// Binds a parameter, and gives its place in the text.
    pub(crate) fn bind(&mut self, cell: impl Into<Cell>) -> Parameter {
        self.cells.push(cell.into());
        Parameter(self.cells.len())
    }

    pub(crate) fn push(&mut self, text: impl AsRef<str>) {
        self.text.push_str(text.as_ref());
    }

    fn query(self, home: &Home) -> sqlx::query::Query<'static, Postgres, PgArguments> {
        let query = sqlx::query(AssertSqlSafe(self.text)).persistent(home.sending == Sending::Prepared);
        self.cells.into_iter().fold(query, |query, cell| cell.bind_to(query))
    }

    pub(crate) async fn fetch_all(self, home: &Home, connection: &mut PgConnection) -> Result<Vec<PgRow>, Fault> {
        Ok(self.query(home).fetch_all(connection).await?)
    }

    pub(crate) async fn fetch_one(self, home: &Home, connection: &mut PgConnection) -> Result<PgRow, Fault> {
        Ok(self.query(home).fetch_one(connection).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_are_schemas() {
        for name in ["worktrail", "_x9", "a"] {
            assert!(Home::new(name, Sending::Prepared).check().is_ok(), "{name}");
        }
        for name in ["", "9a", "A", "a-b", "a\"b", "å", &"a".repeat(64)] {
            assert!(Home::new(name, Sending::Prepared).check().is_err(), "{name}");
        }
    }
}
