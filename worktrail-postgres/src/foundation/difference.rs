//! What is between a schema and the schema lines, as the text of a step: new tables, columns, indexes and views.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use sqlx::postgres::PgConnection;
use worktrail_core::store::{Kind, Schema};

use super::{about_field, declared_index, field_column, foundation, record_table, view};
use crate::home::{index_name, table};
use crate::testing::{fresh_schema, run_in};

/// What the catalogue says: of tables their columns, constraints and comments, of indexes and views their text.
const CATALOGUE: &str = "
SELECT 'table ' || c.relname, a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ', collation '
    || a.attcollation::regcollation || ', not null ' || a.attnotnull || ', samples ' || coalesce(a.attstattarget::text, '') || ', '
    || coalesce(col_description(c.oid, a.attnum), '')
FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = $1::regnamespace AND c.relkind = 'r'
UNION ALL SELECT 'table ' || c.relname, pg_get_constraintdef(k.oid)
FROM pg_class AS c JOIN pg_constraint AS k ON k.conrelid = c.oid WHERE c.relnamespace = $1::regnamespace
UNION ALL SELECT 'table ' || c.relname, coalesce(obj_description(c.oid), '') || coalesce(c.reloptions::text, '')
FROM pg_class AS c WHERE c.relnamespace = $1::regnamespace AND c.relkind = 'r'
UNION ALL SELECT 'index ' || c.relname, pg_get_indexdef(c.oid)
FROM pg_class AS c WHERE c.relnamespace = $1::regnamespace AND c.relkind = 'i'
UNION ALL SELECT 'view ' || c.relname, pg_get_viewdef(c.oid) || coalesce(obj_description(c.oid), '')
FROM pg_class AS c WHERE c.relnamespace = $1::regnamespace AND c.relkind = 'v'";

pub(super) async fn catalogue(connection: &mut PgConnection, schema: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut catalogue: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let rows: Vec<(String, String)> = sqlx::query_as(CATALOGUE).bind(schema).fetch_all(&mut *connection).await.unwrap();
    for (name, line) in rows.into_iter().filter(|(name, _)| !name.contains(" worktrail_migration")) {
        let line = line.replace(&format!("{schema}."), "");
        catalogue.entry(name).or_default().insert(line);
    }
    catalogue
}

/// The text of the step that a schema needs to come to the schema lines. Nothing is ever dropped but indexes and views
/// that are made anew.
pub(super) async fn difference(connection: &mut PgConnection, before: &str, schema: &Schema) -> String {
    let found = catalogue(connection, before).await;
    if found.is_empty() {
        return foundation(schema);
    }
    let wanted = fresh_schema();
    run_in(connection, &wanted, &foundation(schema)).await;
    let wanted = catalogue(connection, &wanted).await;
    let mut text = String::new();
    for (object, lines) in &found {
        let (what, name) = object.split_once(' ').unwrap();
        if what != "table" && wanted.get(object) != Some(lines) {
            let _ = writeln!(text, "DROP {} {name};", what.to_uppercase());
        }
    }
    let is_missing = |object: String| found.get(&object) != wanted.get(&object);
    for kind in schema.kinds() {
        match found.get(&format!("table {}", table(kind))) {
            None => text.push_str(&record_table(kind)),
            Some(lines) => text.push_str(&changes(kind, lines, is_missing)),
        }
    }
    text
}

/// The columns, indexes and the view that a table lacks.
fn changes(kind: Kind, lines: &BTreeSet<String>, is_missing: impl Fn(String) -> bool) -> String {
    let mut text = String::new();
    for field in kind.fields() {
        if !lines.iter().any(|line| line.split(' ').next() == Some(field.name())) {
            let _ = writeln!(text, "ALTER TABLE {} ADD COLUMN {};", table(kind), field_column(*field));
            text.push_str(&about_field(kind, *field));
        }
    }
    for index in kind.indexes().filter(|index| is_missing(format!("index {}", index_name(*index)))) {
        text.push_str(&declared_index(kind, index));
    }
    if is_missing(format!("view worktrail_v_{}", kind.name())) {
        let _ = write!(text, "\n{}", view(kind));
    }
    if text.is_empty() { text } else { format!("\n{text}") }
}
