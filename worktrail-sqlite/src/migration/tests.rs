//! Climbing a longer ladder than there is yet.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;
use tempfile::TempDir;
use uuid::Uuid;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{
    Batch, Body, Expect, IndexRange, Key, Kind, Limit, PageRequest, Record, RecordKey, Store as _, StoreError,
    StoreErrorKind, Stored, Tenant, UniqueKey,
};

use super::{LADDER, Ladder, Standing, Step, Work, climb, climb_all};
use crate::opening::{Sight, look};
use crate::options::Home;
use crate::{SqliteOptions, SqliteStore, migrate};

fn team() -> Kind {
    SCHEMA.kind("team").unwrap()
}

/// A file with so many teams of each of two tenants, whose names are not as the ladder would have them.
async fn peopled(count: u128) -> (TempDir, SqliteOptions, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("store.db");
    let options = SqliteOptions::file(&file);
    migrate(&options).await.unwrap();
    let store = SqliteStore::open(options.clone()).await.unwrap();
    for tenant in ["main", "other"] {
        let tenant = Tenant::parse(tenant).unwrap();
        let batch = (0..count).fold(Batch::of(tenant), |batch, number| {
            let key = RecordKey::new(team(), Uuid::from_u128(number * 7919 % 10_007));
            let record = Record::new(key, Body::new(1, format!("team {number}").into_bytes()));
            batch.put(record.with("name", format!("old {number}")), Expect::Absent)
        });
        store.commit(batch.build().unwrap()).await.unwrap();
    }
    store.close().await;
    (directory, options, file)
}

fn name_from_body(record: &Record) -> Result<Record, StoreError> {
    let name = std::str::from_utf8(record.body().bytes()).map_err(|_| StoreError::corrupt("a body"))?;
    Ok(record.clone().with("name", name))
}

/// The ladder with more steps at its end.
fn longer(more: &[Step]) -> Ladder {
    Ladder { steps: [LADDER.steps, more].concat().leak() }
}

/// Two steps more than there are: the names made anew, and an index.
fn names_and_method() -> Ladder {
    longer(&[
        Step { name: "names", checksum: "names", work: Work::Reproject { kind: "team", with: name_from_body } },
        Step {
            name: "method",
            checksum: "method",
            work: Work::Sql("CREATE INDEX worktrail_team_a_method ON worktrail_team (tenant, method, id);"),
        },
    ])
}

/// A kind's projection is raised together with a step here, or the fields of old records would stay as they were.
#[test]
fn the_ladder_makes_the_fields_of_every_later_projection_anew() {
    for kind in SCHEMA.kinds() {
        for projection in 2..=kind.projection() {
            let name = format!("{}_{projection}", kind.name());
            let step = LADDER.steps.iter().find(|step| step.name == name);
            let anew = step.is_some_and(|it| matches!(it.work, Work::Reproject { kind: of, .. } if of == kind.name()));
            assert!(anew, "no step `{name}` makes its fields anew");
        }
    }
    let steps = LADDER.steps.iter().filter(|step| matches!(step.work, Work::Reproject { .. })).count();
    let raised: usize = SCHEMA.kinds().map(|kind| usize::from(kind.projection()) - 1).sum();
    assert_eq!(steps, raised, "a step makes fields anew, and the kind's projection was not raised");
}

#[tokio::test]
async fn fields_are_made_anew() {
    let (_directory, options, file) = peopled(450).await;
    let ladder = names_and_method();
    assert_eq!(look(&options, &ladder).await.unwrap(), Sight::Worktrail(Standing::Behind));
    climb(&options, &ladder).await.unwrap();
    assert_eq!(look(&options, &ladder).await.unwrap(), Sight::Worktrail(Standing::Current));
    // For a program with the shorter ladder it is now too new.
    let opening = SqliteStore::open(options).await;
    assert_eq!(opening.unwrap_err().kind(), StoreErrorKind::SchemaOutdated);

    let mut connection = SqliteConnectOptions::new().filename(&file).connect().await.unwrap();
    let version: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut connection).await.unwrap();
    let present = i64::try_from(LADDER.steps.len()).unwrap();
    assert_eq!(version, present + 2);
    sqlx::query("DELETE FROM worktrail_migration WHERE step > ?").bind(present).execute(&mut connection).await.unwrap();
    let store = SqliteStore::open(SqliteOptions::file(&file)).await.unwrap();
    for tenant in ["main", "other"] {
        let tenant = Tenant::parse(tenant).unwrap();
        let page = PageRequest::first(Limit::MAX);
        let page = store.scan(&tenant, &IndexRange::all(team()), &page).await.unwrap();
        assert_eq!(page.records.len(), 450);
        for stored in &page.records {
            let body = std::str::from_utf8(stored.record().body().bytes()).unwrap();
            assert_eq!(stored.record().field("name"), Some(&body.into()));
        }
        let unique = UniqueKey::new(team().index("name").unwrap(), vec!["team 449".into()]).unwrap();
        let found = store.get(&tenant, &[Key::Unique(unique)]).await.unwrap();
        let found = found.into_iter().flatten().find_map(Stored::into_record).unwrap();
        assert_eq!(found.revision().number(), 1, "making fields anew is no change of the record");
    }
}

static MADE: AtomicU64 = AtomicU64::new(0);

fn fails_once(record: &Record) -> Result<Record, StoreError> {
    if MADE.fetch_add(1, Ordering::SeqCst) == 300 {
        return Err(StoreError::corrupt("a body that cannot be read"));
    }
    name_from_body(record)
}

fn failing() -> Ladder {
    longer(&[Step { name: "names", checksum: "names", work: Work::Reproject { kind: "team", with: fails_once } }])
}

#[tokio::test]
async fn what_was_done_before_a_failure_is_not_done_again() {
    let (_directory, options, _file) = peopled(450).await;
    let ladder = failing();
    assert!(climb(&options, &ladder).await.is_err());
    assert_eq!(look(&options, &ladder).await.unwrap(), Sight::Worktrail(Standing::Behind));
    // One page of two hundred was done; the page of the failure was not.
    MADE.store(1_000, Ordering::SeqCst);
    climb(&options, &ladder).await.unwrap();
    assert_eq!(MADE.load(Ordering::SeqCst) - 1_000, 900 - 200);
    assert_eq!(look(&options, &ladder).await.unwrap(), Sight::Worktrail(Standing::Current));
}

#[expect(clippy::unnecessary_wraps, reason = "it has the shape of a step's function")]
fn makes_another(record: &Record) -> Result<Record, StoreError> {
    let key = RecordKey::new(record.key().kind(), Uuid::nil());
    Ok(Record::new(key, record.body().clone()))
}

fn mistaken() -> Ladder {
    longer(&[Step { name: "names", checksum: "names", work: Work::Reproject { kind: "team", with: makes_another } }])
}

#[tokio::test]
async fn a_step_that_makes_another_record_changes_nothing() {
    let (_directory, options, _file) = peopled(3).await;
    let ladder = mistaken();
    assert_eq!(climb(&options, &ladder).await.unwrap_err().kind(), StoreErrorKind::Misuse);
    assert_eq!(look(&options, &ladder).await.unwrap(), Sight::Worktrail(Standing::Behind));
}

#[tokio::test]
async fn a_file_that_became_anothers_after_it_was_looked_at_is_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("store.db");
    let mut connection = SqliteConnectOptions::new().filename(file).create_if_missing(true).connect().await.unwrap();
    sqlx::query("CREATE TABLE theirs (x)").execute(&mut connection).await.unwrap();
    let climbing = climb_all(&mut connection, &LADDER, Home::Own).await;
    assert_eq!(climbing.unwrap_err().kind(), StoreErrorKind::Misuse);
    let tables: i64 =
        sqlx::query_scalar("SELECT count(*) FROM sqlite_schema").fetch_one(&mut connection).await.unwrap();
    assert_eq!(tables, 1);
}

fn broken() -> Ladder {
    longer(&[Step {
        name: "broken",
        checksum: "broken",
        work: Work::Sql("CREATE TABLE worktrail_half (x INTEGER) STRICT; CREATE TABLE worktrail_other (x) STRICT;"),
    }])
}

#[tokio::test]
async fn a_step_that_fails_leaves_nothing_of_it() {
    let (_directory, options, file) = peopled(3).await;
    assert!(climb(&options, &broken()).await.is_err());
    let mut connection = SqliteConnectOptions::new().filename(&file).connect().await.unwrap();
    let text = "SELECT count(*) FROM sqlite_schema WHERE name IN ('worktrail_half', 'worktrail_other')";
    let tables: i64 = sqlx::query_scalar(text).fetch_one(&mut connection).await.unwrap();
    assert_eq!(tables, 0);
    SqliteStore::open(options).await.unwrap();
}
