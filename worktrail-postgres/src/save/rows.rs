//! Rows to write, as lists: a parameter for each column, whatever their number.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use worktrail_core::store::{Digest, Kind, StoredRecord, Subject, Tenant};

use crate::columns::{Cell, bounded, column_type};
use crate::home::Statement;

/// Rows of a table beside their tenant: a list for each column.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) names: Vec<String>,
    pub(super) lists: Vec<String>,
}

impl Rows {
    pub(super) fn of_records(to: &mut Statement, tenant: &Tenant, kind: Kind, records: &[&StoredRecord]) -> Self {
        let mut rows = Self::default();
        rows.ids(to, "id", records.iter().map(|it| Some(it.record().key().id())));
        rows.numbers(to, "revision", records.iter().map(|it| Some(it.revision().number())));
        rows.numbers(to, "children", records.iter().map(|it| Some(it.children().number())));
        rows.ids(to, "subject", records.iter().map(|it| it.record().subject().map(Subject::id)));
        rows.ids(to, "parent", records.iter().map(|it| it.record().parent()));
        let versions = records.iter().map(|it| Some(u64::from(it.record().body().version())));
        rows.numbers(to, "body_version", versions);
        rows.blobs(to, "body", records.iter().map(|it| Some(it.record().body().bytes())));
        rows.digests(to, "digest", records.iter().map(|it| Some(it.digest(tenant))));
        for (place, field) in kind.fields().iter().enumerate() {
            let values = records.iter().map(|it| it.record().fields().get(place).and_then(Option::as_ref));
            let cell = Cell::list(field.field_type(), values);
            rows.add(to, &format!("\"{}\"", field.name()), cell, column_type(field.field_type()));
        }
        rows
    }

    pub(super) fn add(&mut self, to: &mut Statement, name: &str, cell: Cell, of: &str) {
        self.names.push(name.to_owned());
        self.lists.push(format!("{}::{of}[]", to.bind(cell)));
    }

    pub(super) fn ids(&mut self, to: &mut Statement, name: &str, values: impl Iterator<Item = Option<Uuid>>) {
        self.add(to, name, Cell::Ids(values.collect()), "uuid");
    }

    pub(super) fn numbers(&mut self, to: &mut Statement, name: &str, values: impl Iterator<Item = Option<u64>>) {
        self.add(to, name, Cell::Numbers(values.map(|value| value.map(bounded)).collect()), "bigint");
    }

    pub(super) fn texts<'v>(&mut self, to: &mut Statement, name: &str, values: impl Iterator<Item = Option<&'v str>>) {
        self.add(to, name, Cell::Texts(values.map(|value| value.map(str::to_owned)).collect()), "text");
    }

    pub(super) fn instants(&mut self, to: &mut Statement, name: &str, values: impl Iterator<Item = DateTime<Utc>>) {
        self.add(to, name, Cell::Instants(values.map(Some).collect()), "timestamptz");
    }

    pub(super) fn blobs<'v>(&mut self, to: &mut Statement, name: &str, values: impl Iterator<Item = Option<&'v [u8]>>) {
        self.add(to, name, Cell::Blobs(values.map(|value| value.map(<[u8]>::to_vec)).collect()), "bytea");
    }

    pub(super) fn digests(&mut self, to: &mut Statement, name: &str, values: impl Iterator<Item = Option<Digest>>) {
        let values = values.map(|value| value.map(|digest| digest.as_bytes().to_vec()));
        self.add(to, name, Cell::Blobs(values.collect()), "bytea");
    }

    pub(super) fn insert_into(&self, table: &str) -> String {
        let (names, lists) = (self.names.join(", "), self.lists.join(", "));
        format!("INSERT INTO {table} (tenant, {names}) SELECT $1, n.* FROM moved, unnest({lists}) AS n ({names})")
    }
}
