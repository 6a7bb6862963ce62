//! Rows that a statement is given: what it looks for, and what it writes.

use std::borrow::Cow;
use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use uuid::Uuid;
use worktrail_core::store::Digest;

use crate::columns::{Cell, bounded};
use crate::home::Statement;

/// How a statement is given rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// One row for each of its parts, a parameter for each value: what a lone caller sends. The engine has no lists to take
    /// apart.
    Each,
    /// Any number of rows, a list in one parameter for each column: so the text does not depend on how many there are.
    Listed,
}

impl Form {
    /// The form for parts with so many rows.
    pub(crate) fn of(rows: impl IntoIterator<Item = usize>) -> Self {
        if rows.into_iter().all(|rows| rows == 1) { Self::Each } else { Self::Listed }
    }
}

/// Rows, by column. Without `Debug`: they hold bodies.
#[derive(Default)]
pub(crate) struct Rows {
    names: Vec<Cow<'static, str>>,
    columns: Vec<(Cell, &'static str)>,
}

impl Rows {
    /// Adds a column: a list of values and their type.
    pub(crate) fn add(&mut self, name: impl Into<Cow<'static, str>>, list: Cell, of: &'static str) {
        self.names.push(name.into());
        self.columns.push((list, of));
    }

    pub(crate) fn ids(&mut self, name: &'static str, values: impl Iterator<Item = Option<Uuid>>) {
        self.add(name, Cell::Ids(values.collect()), "uuid");
    }

    pub(crate) fn numbers(&mut self, name: &'static str, values: impl Iterator<Item = Option<u64>>) {
        self.add(name, Cell::Numbers(values.map(|value| value.map(bounded)).collect()), "bigint");
    }

    pub(crate) fn texts<'v>(&mut self, name: &'static str, values: impl Iterator<Item = Option<&'v str>>) {
        self.add(name, Cell::Texts(values.map(|value| value.map(str::to_owned)).collect()), "text");
    }

    pub(crate) fn instants(&mut self, name: &'static str, values: impl Iterator<Item = DateTime<Utc>>) {
        self.add(name, Cell::Instants(values.map(Some).collect()), "timestamptz");
    }

    pub(crate) fn blobs<'v>(&mut self, name: &'static str, values: impl Iterator<Item = Option<&'v [u8]>>) {
        self.add(name, Cell::Blobs(values.map(|value| value.map(<[u8]>::to_vec)).collect()), "bytea");
    }

    pub(crate) fn digests(&mut self, name: &'static str, values: impl Iterator<Item = Option<Digest>>) {
        let values = values.map(|value| value.map(|digest| digest.as_bytes().to_vec()));
        self.add(name, Cell::Blobs(values.collect()), "bytea");
    }

    /// The names of the columns.
    pub(crate) fn names(&self) -> &[Cow<'static, str>] {
        &self.names
    }

    /// The rows as something to select from, under an alias.
    pub(crate) fn source(self, to: &mut Statement, form: Form, alias: &str) -> String {
        self.written(to, form, alias, "")
    }

    /// The same, each with its number in a column `slot`, from one.
    pub(crate) fn numbered(self, to: &mut Statement, form: Form, alias: &str) -> String {
        self.written(to, form, alias, "slot")
    }

    fn written(self, to: &mut Statement, form: Form, alias: &str, slot: &str) -> String {
        let Self { names, columns } = self;
        let mut text = String::with_capacity(64 + 32 * columns.len());
        // Writing to a text does not fail.
        match form {
            Form::Each => {
                for (place, (name, (cell, of))) in names.iter().zip(columns).enumerate() {
                    let before = if place == 0 { "(SELECT " } else { ", " };
                    let _ = write!(text, "{before}{}::{of} AS {name}", to.bind(cell.only()));
                }
                let number = if slot.is_empty() { "" } else { ", 1::bigint AS " };
                let _ = write!(text, "{number}{slot}) AS {alias}");
            }
            Form::Listed => {
                for (place, (cell, of)) in columns.into_iter().enumerate() {
                    let before = if place == 0 { "unnest(" } else { ", " };
                    let _ = write!(text, "{before}{}::{of}[]", to.bind(cell));
                }
                let (numbered, comma) = if slot.is_empty() { ("", "") } else { (" WITH ORDINALITY", ", ") };
                let _ = write!(text, "){numbered} AS {alias} ({}{comma}{slot})", names.join(", "));
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(ids: &[u128]) -> Rows {
        let mut rows = Rows::default();
        rows.ids("id", ids.iter().map(|id| Some(Uuid::from_u128(*id))));
        rows.texts("text", ids.iter().map(|_| None));
        rows
    }

    #[test]
    fn one_row_is_values_and_more_are_lists() {
        assert_eq!((Form::of([1, 1]), Form::of([1, 2]), Form::of([1, 0])), (Form::Each, Form::Listed, Form::Listed));
        let mut each = Statement::default();
        assert_eq!(rows(&[7]).source(&mut each, Form::Each, "u"), "(SELECT $1::uuid AS id, $2::text AS text) AS u");
        assert!(matches!(&each.cells[..], [Cell::Id(Some(_)), Cell::Text(None)]));
        let mut listed = Statement::default();
        let text = rows(&[7, 8]).numbered(&mut listed, Form::Listed, "k");
        assert_eq!(text, "unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS k (id, text, slot)");
        assert!(matches!(&listed.cells[..], [Cell::Ids(ids), Cell::Texts(_)] if ids.len() == 2));
    }
}
