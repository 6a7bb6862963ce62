//! Climbing a longer ladder than there is yet.

use std::sync::atomic::{AtomicU64, Ordering};

use uuid::Uuid;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{
    Batch, Body, Expect, IndexRange, Key, Kind, Limit, PageRequest, Record, RecordKey, Store as _, StoreError,
    StoreErrorKind, Stored, Tenant, UniqueKey,
};

use super::{LADDER, Ladder, Ledger, Standing, Step, Work, climb};
use crate::testing::{connection, fresh_schema, options, run_in};
use crate::{PostgresOptions, PostgresStore, migrate};

fn team() -> Kind {
    SCHEMA.kind("team").unwrap()
}

/// A schema with so many teams of each of two tenants, whose names are not as the ladder would have them.
async fn peopled(count: u128) -> PostgresOptions {
    let options = options(&fresh_schema());
    migrate(&options).await.unwrap();
    let store = PostgresStore::connect(options.clone()).await.unwrap();
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
    options
}

async fn standing(options: &PostgresOptions, ladder: &Ladder) -> Standing {
    let ledger = Ledger::read(options.home(), &mut connection().await).await.unwrap();
    ledger.unwrap_or_default().standing(ladder)
}

async fn run(options: &PostgresOptions, text: &str) {
    run_in(&mut connection().await, options.home().schema(), text).await;
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

/// The projections of the kinds when the first step was released; every other kind had its first.
const AT_THE_FOUNDATION: [(&str, u16); 5] =
    [("participant", 2), ("trail", 2), ("employer", 2), ("contact_person", 2), ("team", 2)];

/// A kind's projection is raised together with a step here, or the fields of old records would stay as they were.
#[test]
fn the_ladder_makes_the_fields_of_every_later_projection_anew() {
    let mut raised = 0;
    for kind in SCHEMA.kinds() {
        let first = AT_THE_FOUNDATION.iter().find(|(name, _)| *name == kind.name()).map_or(1, |(_, first)| *first);
        for projection in first + 1..=kind.projection() {
            raised += 1;
            let name = format!("{}_{projection}", kind.name());
            let step = LADDER.steps.iter().find(|step| step.name == name);
            let anew = step.is_some_and(|it| matches!(it.work, Work::Reproject { kind: of, .. } if of == kind.name()));
            assert!(anew, "no step `{name}` makes its fields anew");
        }
    }
    let steps = LADDER.steps.iter().filter(|step| matches!(step.work, Work::Reproject { .. })).count();
    assert_eq!(steps, raised, "a step makes fields anew, and the kind's projection was not raised");
}

#[tokio::test]
async fn fields_are_made_anew() {
    let options = peopled(450).await;
    let ladder = names_and_method();
    assert_eq!(standing(&options, &ladder).await, Standing::Behind);
    climb(&options, &ladder).await.unwrap();
    assert_eq!(standing(&options, &ladder).await, Standing::Current);
    // For a program with the shorter ladder it is now too new, and is left alone.
    let opening = PostgresStore::connect(options.clone()).await;
    assert_eq!(opening.unwrap_err().kind(), StoreErrorKind::SchemaOutdated);
    assert_eq!(migrate(&options).await.unwrap_err().kind(), StoreErrorKind::SchemaOutdated);

    run(&options, &format!("DELETE FROM worktrail_migration WHERE step > {}", LADDER.steps.len())).await;
    let store = PostgresStore::connect(options).await.unwrap();
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

#[tokio::test]
async fn what_was_done_before_a_failure_is_not_done_again() {
    let options = peopled(450).await;
    let work = Work::Reproject { kind: "team", with: fails_once };
    let ladder = longer(&[Step { name: "names", checksum: "names", work }]);
    assert!(climb(&options, &ladder).await.is_err());
    assert_eq!(standing(&options, &ladder).await, Standing::Behind);
    // One page of two hundred was done; the page of the failure was not.
    MADE.store(1_000, Ordering::SeqCst);
    climb(&options, &ladder).await.unwrap();
    assert_eq!(MADE.load(Ordering::SeqCst) - 1_000, 900 - 200);
    assert_eq!(standing(&options, &ladder).await, Standing::Current);
}

#[expect(clippy::unnecessary_wraps, reason = "it has the shape of a step's function")]
fn makes_another(record: &Record) -> Result<Record, StoreError> {
    let key = RecordKey::new(record.key().kind(), Uuid::nil());
    Ok(Record::new(key, record.body().clone()))
}

#[tokio::test]
async fn a_step_that_makes_another_record_changes_nothing() {
    let options = peopled(3).await;
    let work = Work::Reproject { kind: "team", with: makes_another };
    let ladder = longer(&[Step { name: "names", checksum: "names", work }]);
    assert_eq!(climb(&options, &ladder).await.unwrap_err().kind(), StoreErrorKind::Misuse);
    assert_eq!(standing(&options, &ladder).await, Standing::Behind);
}

#[tokio::test]
async fn a_step_that_fails_leaves_nothing_of_it() {
    let options = peopled(3).await;
    let work = Work::Sql("CREATE TABLE worktrail_half (x bigint); CREATE TABLE worktrail_other (x no_such_type);");
    let ladder = longer(&[Step { name: "broken", checksum: "broken", work }]);
    assert!(climb(&options, &ladder).await.is_err());
    let text = "SELECT count(*) FROM pg_class WHERE relnamespace = $1::regnamespace AND relname = 'worktrail_half'";
    let half: i64 =
        sqlx::query_scalar(text).bind(options.home().schema()).fetch_one(&mut connection().await).await.unwrap();
    assert_eq!(half, 0);
    PostgresStore::connect(options).await.unwrap();
}

#[tokio::test]
async fn a_step_that_reads_differently_is_refused() {
    let options = peopled(1).await;
    run(&options, "UPDATE worktrail_migration SET checksum = 'edited'").await;
    assert_eq!(standing(&options, &LADDER).await, Standing::Edited);
    for outcome in [PostgresStore::connect(options.clone()).await.map(drop), migrate(&options).await] {
        assert_eq!(outcome.unwrap_err().kind(), StoreErrorKind::SchemaOutdated);
    }
}
