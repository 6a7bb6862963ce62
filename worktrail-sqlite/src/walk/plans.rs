//! Whether the engine walks the index that it is meant to walk, and nothing else.

use std::ops::Bound;

use chrono::{DateTime, NaiveDate};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Row as _};
use tempfile::TempDir;
use uuid::Uuid;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{
    FieldType, Index, IndexRange, Key, Limit, Order, PageRequest, Path, Place, RecordKey, Subject, Tenant, UniqueKey,
    Uniqueness, Value,
};

use super::{count_statement, scan_statement};
use crate::columns::{Cell, index_columns, index_name, statement, table};
use crate::fetch::Fetch;
use crate::{SqliteOptions, migrate};

async fn plan(connection: &mut SqliteConnection, text: &str, cells: Vec<Cell>) -> Vec<String> {
    let rows = statement(format!("EXPLAIN QUERY PLAN {text}"), cells).fetch_all(connection).await.unwrap();
    rows.iter().map(|row| row.get::<String, _>(3)).collect()
}

fn some_value(of: FieldType) -> Value {
    match of {
        FieldType::Text => Value::from("text"),
        FieldType::Integer => Value::Integer(1),
        FieldType::Day => Value::Day(NaiveDate::default()),
        FieldType::Instant => Value::Instant(DateTime::UNIX_EPOCH),
        FieldType::Id => Value::Id(Uuid::nil()),
    }
}

async fn migrated() -> (TempDir, SqliteConnection) {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("plans.db");
    migrate(&SqliteOptions::file(&file)).await.unwrap();
    (directory, SqliteConnectOptions::new().filename(file).connect().await.unwrap())
}

/// Every index of the schema, declared or not.
fn indexes() -> Vec<Index> {
    let of = |kind: worktrail_core::store::Kind| {
        let children = kind.parent().map(|_| kind.children());
        kind.indexes().chain([kind.all()]).chain(children).collect::<Vec<_>>()
    };
    SCHEMA.kinds().flat_map(of).collect()
}

/// The plan is one line, a search of this index that has these terms.
fn assert_walks(plan: &[String], index: Index, has: &str) {
    let name = match index.path() {
        Path::All => format!("sqlite_autoindex_{}_1", table(index.kind())),
        _ => index_name(index),
    };
    let [line] = plan else { panic!("{index:?}: more than one line: {plan:#?}") };
    assert!(line.starts_with("SEARCH r USING") && line.contains(&name), "{index:?}: {line}");
    assert!(line.contains(has), "{index:?}: {line} has not{has}");
}

#[tokio::test]
async fn every_page_and_every_count_searches_its_index() {
    let (_directory, mut connection) = migrated().await;
    let (tenant, limit) = (Tenant::default(), Limit::new(10));
    for index in indexes() {
        let (types, columns) = (index.types(), index_columns(index));
        let values: Vec<Value> = types.iter().copied().map(some_value).collect();
        for equal in 0..=types.len() {
            for order in [Order::Ascending, Order::Descending] {
                let range = IndexRange::new(index, values[..equal].to_vec()).unwrap().ordered(order);
                let equal_terms =
                    columns[..equal].iter().fold("tenant=?".to_owned(), |text, it| text + " AND " + it + "=?");
                let page = PageRequest::first(limit);
                let (text, cells) = scan_statement(&tenant, &range, &page, None).unwrap();
                assert_walks(&plan(&mut connection, &text, cells).await, index, &equal_terms);

                let place = Place { values: values.clone(), id: Uuid::nil() };
                let (text, cells) = scan_statement(&tenant, &range, &page, Some(&place)).unwrap();
                let shared = index.uniqueness() == Uniqueness::Shared;
                // Of a row of columns the engine names those that the index has: without the id, one may be left.
                let sought = match columns.get(equal) {
                    Some(next) if shared || equal + 1 < columns.len() => format!(" AND ({next},"),
                    Some(next) => format!(" AND {next}"),
                    None if shared => " AND id".to_owned(),
                    None => String::new(),
                };
                let found = plan(&mut connection, &text, cells).await;
                assert_walks(&found, index, &equal_terms);
                assert_walks(&found, index, &sought);

                let (text, cells) = count_statement(&tenant, &range, None).unwrap();
                assert_walks(&plan(&mut connection, &text, cells).await, index, &equal_terms);

                let Some(next) = columns.get(equal) else { continue };
                let (text, cells) = count_statement(&tenant, &range, Some(next)).unwrap();
                assert_walks(&plan(&mut connection, &text, cells).await, index, &equal_terms);

                let bound = values[equal].clone();
                let range = range.between(Bound::Included(bound.clone()), Bound::Excluded(bound)).unwrap();
                let (text, cells) = scan_statement(&tenant, &range, &page, None).unwrap();
                let between = format!("{equal_terms} AND {next}>? AND {next}<?");
                assert_walks(&plan(&mut connection, &text, cells).await, index, &between);

                let (text, cells) = scan_statement(&tenant, &range, &page, Some(&place)).unwrap();
                // Beginning at a place is in the index's bounds, and so is the bound on the other side.
                let other = match order {
                    Order::Ascending => format!("{next}<?"),
                    Order::Descending => format!("{next}>?"),
                };
                let found = plan(&mut connection, &text, cells).await;
                assert_walks(&found, index, &sought);
                assert_walks(&found, index, &other);
            }
        }
    }
}

#[tokio::test]
async fn looking_up_searches_for_each_key() {
    let (_directory, mut connection) = migrated().await;
    let mut keys: Vec<Key> = vec![Key::Stamp(worktrail_core::store::CommandId::new(Uuid::nil()))];
    for kind in SCHEMA.kinds() {
        keys.push(Key::Record(RecordKey::new(kind, Uuid::nil())));
        for index in kind.unique_indexes() {
            let values = index.types().into_iter().map(some_value).collect();
            keys.push(Key::Unique(UniqueKey::new(index, values).unwrap()));
        }
    }
    let tenant = Tenant::default();
    // Each of them alone, and several of each.
    for (keys, ids) in [(keys.clone(), 1), ([keys.clone(), keys].concat(), 2)] {
        let parents = SCHEMA.kinds().flat_map(|kind| (0..ids).map(move |id| RecordKey::new(kind, Uuid::from_u128(id))));
        let fetch = Fetch::of(&tenant, &keys).with_parents(parents.collect());
        let fetch = fetch.with_head().about(Some(Subject::new(Uuid::nil())));
        let (text, cells) = fetch.statement();
        for line in plan(&mut connection, &text, cells).await {
            let lists = line.starts_with("SCAN k VIRTUAL TABLE");
            let compound = line.starts_with("COMPOUND QUERY") || line.contains("SUBQUERY") || line == "UNION ALL";
            assert!(lists || compound || line.starts_with("SEARCH r USING"), "{line}");
        }
    }
}
