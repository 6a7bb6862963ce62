//! The page that describes the tables and views is generated from a migrated file, and compared with what lies in the
//! repository. `UPDATE_SCHEMA_PAGE=1` writes it anew.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod common;

use std::fmt::Write as _;
use std::path::Path;

use common::connection;
use sqlx::Row as _;
use sqlx::sqlite::SqliteConnection;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{Expect, FieldType, Kind, Store as _, Value};
use worktrail_sqlite::{SqliteOptions, migrate};

const INTRODUCTION: &str = "\
# The tables of a Worktrail file

This page is generated from a migrated file; a test compares the two. (`UPDATE_SCHEMA_PAGE=1 cargo test -p
worktrail-sqlite --test schema_page` writes it anew.)

**The views are the stable interface for reading**: `worktrail_v_<kind>` has the fields of each record, with ids as
hyphenated text, days as `YYYY-MM-DD` and points in time as ISO 8601 text in UTC; `worktrail_v_journal` tells what
happened. A field may be added to a view; none is renamed or taken away without a major version. The tables are
Worktrail's own: read them only through the views, and never write to them. Every record, stamp and entry carries a
digest, so what was changed by hand is noticed as damage. What was taken away by hand, or put back as it was before, is
not.

Whoever can read the file can read everything in it; that somebody has a trail at all says something about their
health. The *class* of a field says how sensitive it is beyond that.

A file of Worktrail's own is marked by `application_id` 0x49505377 (\u{201c}IPSw\u{201d}) and, as `user_version`, the number of its
last migration; in a host's file both stay the host's.
";

async fn page() -> String {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("store.db");
    migrate(&SqliteOptions::file(&file)).await.unwrap();
    let mut connection = connection(&file).await;
    let mut page = INTRODUCTION.to_owned();
    page.push_str("\n## Records\n");
    for kind in SCHEMA.kinds() {
        let belongs = kind.parent().map_or_else(String::new, |parent| format!(" Belongs to a `{}`.", parent.name()));
        let name = kind.name();
        let _ = write!(page, "\n### {name}\n\nTable `worktrail_{name}`, view `worktrail_v_{name}`.{belongs}\n\n");
        columns(&mut connection, &mut page, &format!("worktrail_{name}"), Some(kind)).await;
        indexes(&mut connection, &mut page, &format!("worktrail_{name}")).await;
        view(&mut connection, &mut page, &format!("worktrail_v_{name}")).await;
    }
    page.push_str("\n## Bookkeeping\n");
    for table in ["worktrail_journal", "worktrail_stamp", "worktrail_head", "worktrail_migration"] {
        let _ = write!(page, "\n### {table}\n\n");
        columns(&mut connection, &mut page, table, None).await;
        indexes(&mut connection, &mut page, table).await;
        if table == "worktrail_journal" {
            view(&mut connection, &mut page, "worktrail_v_journal").await;
        }
    }
    page
}

async fn columns(connection: &mut SqliteConnection, page: &mut String, table: &str, kind: Option<Kind>) {
    page.push_str(if kind.is_some() {
        "| column | type | holds | class |\n| --- | --- | --- | --- |\n"
    } else {
        "| column | type |\n| --- | --- |\n"
    });
    let rows = sqlx::query("SELECT name, type, \"notnull\" FROM pragma_table_xinfo(?)").bind(table);
    for row in rows.fetch_all(connection).await.unwrap() {
        let (name, of): (String, String) = (row.get(0), row.get(1));
        let present = if row.get::<i64, _>(2) == 1 { ", always there" } else { "" };
        let Some(kind) = kind else {
            let _ = writeln!(page, "| `{name}` | {of}{present} |");
            continue;
        };
        let field = kind.field(&name).and_then(|place| kind.fields().get(place));
        let holds = field.map_or("", |field| match field.field_type() {
            FieldType::Text => "text",
            FieldType::Integer => "a number",
            FieldType::Day => "a day",
            FieldType::Instant => "microseconds since 1970",
            FieldType::Id => "an id",
        });
        let class = match field {
            Some(field) => field.class().label().en,
            None if name == "body" => "every class",
            None => "",
        };
        let _ = writeln!(page, "| `{name}` | {of}{present} | {holds} | {class} |");
    }
}

async fn indexes(connection: &mut SqliteConnection, page: &mut String, table: &str) {
    let rows = sqlx::query("SELECT name, \"unique\", partial FROM pragma_index_list(?) ORDER BY name").bind(table);
    for row in rows.fetch_all(&mut *connection).await.unwrap() {
        let name: String = row.get(0);
        let columns = "SELECT coalesce(name, '') FROM pragma_index_info(?) ORDER BY seqno";
        let columns: Vec<String> = sqlx::query_scalar(columns).bind(&name).fetch_all(&mut *connection).await.unwrap();
        let unique = if row.get::<i64, _>(1) == 1 { ", unique" } else { "" };
        let partial = if row.get::<i64, _>(2) == 1 { ", of the rows that have them all" } else { "" };
        let _ = write!(page, "\nIndex `{name}` over {}{unique}{partial}.\n", columns.join(", "));
    }
}

async fn view(connection: &mut SqliteConnection, page: &mut String, view: &str) {
    let columns = "SELECT name FROM pragma_table_xinfo(?)";
    let columns: Vec<String> = sqlx::query_scalar(columns).bind(view).fetch_all(connection).await.unwrap();
    assert!(!columns.is_empty(), "{view}");
    assert!(!columns.iter().any(|column| ["body", "digest", "details", "salt"].contains(&column.as_str())), "{view}");
    let _ = write!(page, "\nThe view has {}.\n", columns.join(", "));
}

#[tokio::test]
async fn the_schema_page_is_the_schema() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/sqlite-schema.md");
    let page = page().await;
    if std::env::var_os("UPDATE_SCHEMA_PAGE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &page).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == page, "docs/sqlite-schema.md is not what a migrated file has: see UPDATE_SCHEMA_PAGE");
}

#[tokio::test]
async fn the_views_give_what_people_read() {
    let (directory, store) = common::fresh().await;
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
    let mut connection = connection(&directory.path().join("store.db")).await;
    let text = "SELECT id, parent, subject, owner, opened_at, started_on, phase, team FROM worktrail_v_trail";
    let row = sqlx::query(text).fetch_one(&mut connection).await.unwrap();
    let columns: Vec<Option<String>> = (0..8).map(|column| row.get(column)).collect();
    let wanted = [
        Some("00000000-0000-0000-0000-000000000002"),
        Some("00000000-0000-0000-0000-000000000001"),
        Some("00000000-0000-0000-0000-000000000001"),
        Some("00000000-0000-0000-0000-000000001234"),
        Some("1969-12-31T23:59:59.999999Z"),
        Some("2026-02-28"),
        Some("phase"),
        None,
    ];
    assert_eq!(columns.iter().map(Option::as_deref).collect::<Vec<_>>(), wanted);
    let text = "SELECT id, subject, command, at, code FROM worktrail_v_journal";
    let row = sqlx::query(text).fetch_one(&mut connection).await.unwrap();
    let columns: Vec<Option<String>> = (0..5).map(|column| row.get(column)).collect();
    let wanted = [
        Some("00000000-0000-0000-0000-000000000002"),
        None,
        None,
        Some("1970-01-01T00:00:00.000000Z"),
        Some("test.told"),
    ];
    assert_eq!(columns.iter().map(Option::as_deref).collect::<Vec<_>>(), wanted);
}
