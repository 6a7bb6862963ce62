//! What is between a file and the schema lines, as the text of a step: new tables, columns, indexes and views.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Connection as _, Row as _};
use worktrail_core::store::{Kind, Schema};

use super::{field_column, foundation, record_table, view};
use crate::columns::table;

/// What a file's catalogue says: of tables their columns and nature, of indexes and views their text.
pub(super) async fn catalogue(connection: &mut SqliteConnection) -> BTreeMap<String, BTreeSet<String>> {
    let mut catalogue: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let objects = sqlx::query("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL");
    for object in objects.fetch_all(&mut *connection).await.unwrap() {
        let (what, name, sql): (String, String, String) = (object.get(0), object.get(1), object.get(2));
        if name == "worktrail_migration" || name.starts_with("sqlite_") {
            continue;
        }
        let lines = catalogue.entry(format!("{what} {name}")).or_default();
        if what == "table" {
            let nature = sqlx::query("SELECT wr, strict FROM pragma_table_list WHERE name = ?").bind(&name);
            let nature = nature.fetch_one(&mut *connection).await.unwrap();
            lines.insert(format!("without rowid {}, strict {}", nature.get::<i64, _>(0), nature.get::<i64, _>(1)));
            let columns = sqlx::query("SELECT name, type, \"notnull\", pk FROM pragma_table_xinfo(?)").bind(&name);
            for column in columns.fetch_all(&mut *connection).await.unwrap() {
                let (name, of): (String, String) = (column.get(0), column.get(1));
                let (present, key): (i64, i64) = (column.get(2), column.get(3));
                lines.insert(format!("{name} {of}, not null {present}, key {key}"));
            }
        } else {
            lines.insert(sql.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    catalogue
}

/// The text of the step that a file needs to come to a schema. Nothing is ever dropped but indexes and views that are
/// made anew.
pub(super) async fn difference(connection: &mut SqliteConnection, schema: &Schema) -> String {
    let found = catalogue(connection).await;
    let mut wanted = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(foundation(schema))).execute(&mut wanted).await.unwrap();
    let wanted = texts(&mut wanted).await;
    let before = texts(connection).await;
    let mut text = String::new();
    for (object, sql) in &before {
        let (what, name) = object.split_once(' ').unwrap();
        if what != "table" && wanted.get(object).is_none_or(|wanted| normal(wanted) != normal(sql)) {
            let _ = writeln!(text, "DROP {} {name};", what.to_uppercase());
        }
    }
    for kind in schema.kinds() {
        match found.get(&format!("table {}", table(kind))) {
            None => text.push_str(&record_table(kind)),
            Some(columns) => text.push_str(&changes(kind, columns, &before, &wanted)),
        }
    }
    text
}

/// The columns, indexes and the view that a table lacks.
fn changes(
    kind: Kind,
    columns: &BTreeSet<String>,
    before: &BTreeMap<String, String>,
    wanted: &BTreeMap<String, String>,
) -> String {
    let mut text = String::new();
    let table = table(kind);
    for field in kind.fields() {
        if !columns.iter().any(|column| column.split(' ').next() == Some(field.name())) {
            let _ = writeln!(text, "ALTER TABLE {table} ADD COLUMN {};", field_column(*field));
        }
    }
    let ours = |sql: &str| sql.contains(&format!(" ON {table} ("));
    for (object, sql) in wanted.iter().filter(|(object, sql)| object.starts_with("index ") && ours(sql)) {
        if before.get(object).is_none_or(|before| normal(before) != normal(sql)) {
            let _ = writeln!(text, "{sql};");
        }
    }
    let name = format!("view worktrail_v_{}", kind.name());
    let is_new = |sql: &String| normal(sql) != normal(&wanted[&name]);
    if before.get(&name).is_none_or(is_new) {
        let _ = write!(text, "\n{}", view(kind));
    }
    if text.is_empty() { text } else { format!("\n{text}") }
}

/// The text of every table, index and view of the library's own.
async fn texts(connection: &mut SqliteConnection) -> BTreeMap<String, String> {
    let text = "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name LIKE 'worktrail%' \
        AND name <> 'worktrail_migration' AND name NOT LIKE 'sqlite%'";
    sqlx::query_as(text).fetch_all(connection).await.unwrap().into_iter().collect()
}

fn normal(sql: &str) -> String {
    sql.split_whitespace().collect::<Vec<_>>().join(" ")
}
