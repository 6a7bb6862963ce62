//! The page that describes the tables and views is generated from a migrated schema, and compared with what lies in the
//! repository. `UPDATE_SCHEMA_PAGE=1` writes it anew.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod common;

use std::fmt::Write as _;
use std::path::Path;

use common::{connection, fresh};
use sqlx::postgres::PgConnection;
use sqlx::{Executor as _, Row as _};
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{Expect, Store as _, Value};

const INTRODUCTION: &str = "\
# The tables of a Worktrail schema in PostgreSQL

This page is generated from a migrated schema; a test compares the two. (`UPDATE_SCHEMA_PAGE=1 cargo test -p
worktrail-postgres --test schema_page`, under `with-postgres`, writes it anew.)

**The views are the stable interface for reading**: `worktrail_v_<kind>` has the fields of each record,
`worktrail_v_journal` tells what happened. A field may be added to a view; none is renamed or taken away without a major
version. The tables are Worktrail's own: read them only through the views, and never write to them. Every record, stamp
and entry carries a digest, so what was changed by hand is noticed as damage. What was taken away by hand, or put back as
it was before, is not. Text is compared byte by byte
(`COLLATE \"C\"`). The comments in the database (`\\d+`) say the same. An index's term `tenant <> 'index …'` holds of every
row: by it a statement names the index that it means.

Whoever may read the tables can read everything in them; that somebody has a trail at all says something about their
health. The *class* of a field says how sensitive it is beyond that. `worktrail-postgres/roles.sql` makes an owner, a
writer and a reader, who sees the views only.
";

async fn page() -> String {
    let (schema, _store) = fresh().await;
    let mut connection = connection(&schema).await;
    let mut page = INTRODUCTION.to_owned();
    page.push_str("\n## Records\n");
    for kind in SCHEMA.kinds() {
        let belongs = kind.parent().map_or_else(String::new, |parent| format!(" Belongs to a `{}`.", parent.name()));
        let name = kind.name();
        let _ = write!(page, "\n### {name}\n\nTable `worktrail_{name}`, view `worktrail_v_{name}`.{belongs}\n\n");
        columns(&mut connection, &mut page, &format!("worktrail_{name}")).await;
        indexes(&mut connection, &mut page, &schema, &format!("worktrail_{name}")).await;
        view(&mut connection, &mut page, &format!("worktrail_v_{name}")).await;
    }
    page.push_str("\n## Bookkeeping\n");
    for table in ["worktrail_journal", "worktrail_stamp", "worktrail_head", "worktrail_migration"] {
        let _ = write!(page, "\n### {table}\n\n");
        columns(&mut connection, &mut page, table).await;
        indexes(&mut connection, &mut page, &schema, table).await;
        if table == "worktrail_journal" {
            view(&mut connection, &mut page, "worktrail_v_journal").await;
        }
    }
    page
}

const COLUMNS: &str = "SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
    coalesce(col_description(a.attrelid, a.attnum), '')
FROM pg_attribute AS a WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";

async fn columns(connection: &mut PgConnection, page: &mut String, table: &str) {
    page.push_str("| column | type | |\n| --- | --- | --- |\n");
    for row in sqlx::query(COLUMNS).bind(table).fetch_all(connection).await.unwrap() {
        let (name, of, comment): (String, String, String) = (row.get(0), row.get(1), row.get(3));
        let present = if row.get(2) { ", always there" } else { "" };
        let _ = writeln!(page, "| `{name}` | {of}{present} | {comment} |");
    }
}

async fn indexes(connection: &mut PgConnection, page: &mut String, schema: &str, table: &str) {
    let text = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = $1 AND tablename = $2 ORDER BY indexname";
    let rows: Vec<(String, String)> =
        sqlx::query_as(text).bind(schema).bind(table).fetch_all(connection).await.unwrap();
    for (name, definition) in rows {
        let columns = definition.split(['(', ')']).nth(1).unwrap();
        let unique = if definition.contains("UNIQUE") { ", unique" } else { "" };
        let partial = if definition.contains(" IS NOT NULL") { ", of the rows that have them all" } else { "" };
        let _ = write!(page, "\nIndex `{name}` over {columns}{unique}{partial}.\n");
    }
}

async fn view(connection: &mut PgConnection, page: &mut String, view: &str) {
    let rows = sqlx::query(COLUMNS).bind(view).fetch_all(connection).await.unwrap();
    let columns: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    assert!(!columns.is_empty(), "{view}");
    assert!(!columns.iter().any(|column| ["body", "digest", "details", "salt"].contains(&column.as_str())), "{view}");
    let _ = write!(page, "\nThe view has {}.\n", columns.join(", "));
}

#[tokio::test]
async fn the_schema_page_is_the_schema() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/postgres-schema.md");
    let page = page().await;
    if std::env::var_os("UPDATE_SCHEMA_PAGE").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == page, "docs/postgres-schema.md is not what a migrated schema has: see UPDATE_SCHEMA_PAGE");
}

#[tokio::test]
async fn the_views_give_what_people_read() {
    let (schema, store) = fresh().await;
    let at = chrono::DateTime::from_timestamp_micros(-1).unwrap();
    let day = chrono::NaiveDate::from_ymd_opt(2026, 2, 28).unwrap();
    let trail = common::trail(2, 1, b"secret words")
        .with("opened_at", at)
        .with("started_on", day)
        .with("owner", Value::Id(common::id(0x1234)))
        .with("phase", "phase");
    let batch = common::batch().put(common::participant(1, "number", b"secret words"), Expect::Absent);
    let told = common::told(trail.key()).with(common::details("secret words"));
    store.commit(batch.put(trail, Expect::Absent).tell(told).build().unwrap()).await.unwrap();
    let mut connection = connection(&schema).await;
    connection.execute("SET timezone = 'UTC'").await.unwrap();
    let text = "SELECT concat_ws('|', id, parent, owner, opened_at, started_on, phase) FROM worktrail_v_trail";
    let row: String = sqlx::query_scalar(text).fetch_one(&mut connection).await.unwrap();
    let ids = ["2", "1", "1234"].map(|end| format!("00000000-0000-0000-0000-{end:0>12}"));
    assert_eq!(row, format!("{}|1969-12-31 23:59:59.999999+00|2026-02-28|phase", ids.join("|")));
    let text = "SELECT concat_ws('|', position, code, at) FROM worktrail_v_journal";
    let row: String = sqlx::query_scalar(text).fetch_one(&mut connection).await.unwrap();
    assert_eq!(row, "1|test.told|1970-01-01 00:00:00+00");
}
