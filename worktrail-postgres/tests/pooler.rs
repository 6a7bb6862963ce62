//! Behind a real PgBouncer in transaction mode, which hands each transaction to another connection of the server.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod common;

use std::time::Duration;

use common::{batch, find, fresh_schema, kind, kind_of, opened, team, team_key, told};
use postgres_server::Pooler;
use worktrail_core::store::{
    Body, Expect, Grouping, IndexRange, JournalRange, Limit, PageRequest, Position, Record, Store as _, StoreErrorKind,
    Tenant,
};
use worktrail_postgres::{PostgresOptions, PostgresStore};

/// So few connections to the server that those of the stores must share them all the time.
#[expect(clippy::print_stdout, reason = "so that a test that could not be run is seen")]
fn pooler() -> Option<Pooler> {
    if Pooler::program().is_none() {
        println!("NOT RUN: PgBouncer is not installed, so no store was behind it");
        return None;
    }
    Some(Pooler::before(&postgres_server::of_the_run(), 2).unwrap())
}

fn options(pooler: &Pooler, schema: &str) -> PostgresOptions {
    PostgresOptions::url(pooler.url()).unwrap().schema(schema)
}

const ROUNDS: u64 = 40;

/// Adds one to a number that lies in a record, reading beside it in every way there is.
async fn add_up(store: PostgresStore) {
    let (tenant, range) = (Tenant::default(), IndexRange::all(kind("team")));
    let first = PageRequest::first(Limit::MAX);
    let mut done = 0;
    while done < ROUNDS {
        let (found, page, count, journal) = tokio::join!(
            find(&store, team_key(1)),
            store.scan(&tenant, &range, &first),
            store.count(&tenant, &range, Grouping::Whole),
            store.journal(&tenant, JournalRange::Everything, Position::START, Limit::MAX),
        );
        let found = found.unwrap().unwrap();
        assert_eq!((page.unwrap().records.len(), count.unwrap()[0].count), (1, 1));
        journal.unwrap();
        let number: u64 = std::str::from_utf8(found.record().body().bytes()).unwrap().parse().unwrap();
        let record = Record::new(team_key(1), Body::new(1, (number + 1).to_string().as_bytes()));
        let batch = batch().put(record, Expect::At(found.revision())).tell(told(team_key(1)));
        match store.commit(batch.build().unwrap()).await {
            Ok(_) => done += 1,
            Err(error) => assert_eq!(error.kind(), StoreErrorKind::Conflict, "{error}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_share_few_connections_and_lose_nothing() {
    let Some(pooler) = pooler() else { return };
    let schema = fresh_schema();
    let one = opened(options(&pooler, &schema).behind_transaction_pooler()).await;
    let other = PostgresStore::connect(options(&pooler, &schema).behind_transaction_pooler()).await.unwrap();
    one.commit(batch().put(team(1, "0"), Expect::Absent).build().unwrap()).await.unwrap();
    let adding: Vec<_> =
        [&one, &one, &other, &other].map(|store| tokio::spawn(add_up(store.clone()))).into_iter().collect();
    for adding in adding {
        adding.await.unwrap();
    }
    let found = find(&one, team_key(1)).await.unwrap().unwrap();
    assert_eq!(found.record().body().bytes(), (4 * ROUNDS).to_string().as_bytes(), "an update was lost");
    let page = one.journal(&Tenant::default(), JournalRange::Everything, Position::START, Limit::MAX).await.unwrap();
    assert_eq!(page.head.number(), 4 * ROUNDS);
}

/// A pooler lets hints through, and would lose whoever listens: behind it a store looks, and is heard by the others.
#[tokio::test]
async fn a_store_behind_it_hints_and_looks() {
    let Some(pooler) = pooler() else { return };
    let (schema, tenant) = (fresh_schema(), Tenant::default());
    let behind = options(&pooler, &schema).behind_transaction_pooler().look_every(Duration::from_millis(5));
    let behind = opened(behind).await;
    let direct = common::options(&schema).look_every(Duration::from_hours(24));
    let direct = PostgresStore::connect(direct).await.unwrap();
    for (n, (watcher, writer)) in (1..).zip([(&direct, &behind), (&behind, &direct), (&direct, &behind)]) {
        let watching = watcher.watch(&tenant, Position::new(n - 1));
        let news = writer.commit(batch().tell(told(team_key(1))).build().unwrap());
        let both = async { tokio::join!(watching, news) };
        let (head, committed) = tokio::time::timeout(Duration::from_mins(1), both).await.expect("woken");
        committed.unwrap();
        assert_eq!(head.unwrap(), Position::new(n));
    }
}

/// What the switch is for: without it the pooler does not even let the store in, as it does not know what the store wants
/// to begin a connection with.
#[tokio::test]
async fn without_the_switch_it_fails_at_once_and_not_later() {
    let Some(pooler) = pooler() else { return };
    let schema = fresh_schema();
    opened(options(&pooler, &schema).behind_transaction_pooler()).await;
    // On a machine that is busy elsewhere it takes longer until the pooler answers.
    for patience in [100, 1_000, 10_000, 60_000].map(Duration::from_millis) {
        let opening = PostgresStore::connect(options(&pooler, &schema).patience(patience)).await;
        assert_eq!(kind_of(&opening), Some(StoreErrorKind::Unavailable), "{opening:?}");
        // What is said against the protocol.
        if opening.unwrap_err().to_string().contains("08P01") {
            return;
        }
    }
    panic!("it is not said why");
}

/// A scrub changes settings of its connection, which here would be another client's next.
#[tokio::test]
async fn a_scrub_wants_a_direct_connection() {
    let Some(pooler) = pooler() else { return };
    let store = opened(options(&pooler, &fresh_schema()).behind_transaction_pooler()).await;
    assert_eq!(kind_of(&store.scrub().await), Some(StoreErrorKind::Misuse));
}
