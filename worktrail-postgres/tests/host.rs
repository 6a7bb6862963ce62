//! The host's own transaction: what it commits with its own tables, and what it rolls back.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod common;

use std::future::Future;
use std::pin::pin;
use std::task::Poll;

use common::{
    batch, connection, details, find, fresh_schema, kind, kind_of, names, names_seen, options, run, saving, stamp,
    team, team_key, told, trail,
};
use sqlx::postgres::PgConnection;
use sqlx::{Connection as _, Executor as _};
use worktrail_core::store::{
    Durability, Expect, Grouping, IndexRange, JournalRange, Limit, Position, Replay, Store as _, StoreErrorKind,
    Subject, Tenant,
};
use worktrail_postgres::{PostgresStore, PostgresTx, migrate_within};

/// A schema of the host's, with a table of its own beside ours.
async fn hosts() -> (String, PgConnection) {
    let schema = fresh_schema();
    let mut host = connection(&schema).await;
    host.execute("BEGIN").await.unwrap();
    migrate_within(&mut host, &schema).await.unwrap();
    host.execute("CREATE TABLE theirs (x bigint)").await.unwrap();
    host.execute("COMMIT").await.unwrap();
    (schema, host)
}

async fn theirs(host: &mut PgConnection) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM theirs").fetch_one(host).await.unwrap()
}

#[tokio::test]
async fn a_hosts_row_and_a_batch_commit_together() {
    let (schema, mut host) = hosts().await;
    let mut transaction = host.begin().await.unwrap();
    transaction.execute("INSERT INTO theirs VALUES (1)").await.unwrap();
    let store = PostgresTx::new(&mut transaction).in_schema(&schema);
    let receipt = store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    assert_eq!(receipt.revision().number(), 1);
    // It is seen inside, and not outside.
    assert_eq!(names(&store).await, ["Nord"]);
    assert_eq!(names_seen(&schema).await, Vec::<String>::new());
    store.commit(batch().put(team(2, "Sør"), Expect::Absent).tell(told(team_key(2))).build().unwrap()).await.unwrap();
    store.finish().await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(names_seen(&schema).await, ["Nord", "Sør"]);
    assert_eq!(theirs(&mut host).await, 1);
    // The pooled store goes on from there.
    let pooled = PostgresStore::connect(options(&schema)).await.unwrap();
    let receipt = pooled.commit(saving([(3, "Vest".to_owned())])).await.unwrap();
    assert_eq!(receipt.revision().number(), 3);
}

#[tokio::test]
async fn what_the_host_rolls_back_never_was() {
    let (schema, mut host) = hosts().await;
    host.execute("INSERT INTO theirs VALUES (1)").await.unwrap();
    let mut transaction = host.begin().await.unwrap();
    transaction.execute("INSERT INTO theirs VALUES (2)").await.unwrap();
    let store = PostgresTx::new(&mut transaction).in_schema(&schema);
    let told = told(team_key(1)).of(Subject::new(common::id(9))).with(details("Nord was founded"));
    let whole = batch().put(team(1, "Nord"), Expect::Absent).tell(told).stamp(stamp(1, 1)).build().unwrap();
    store.commit(whole.clone()).await.unwrap();
    assert_eq!(store.commit(whole).await.unwrap().replay(), Replay::Again);
    store.finish().await.unwrap();
    transaction.rollback().await.unwrap();
    assert_eq!(theirs(&mut host).await, 1);

    host.execute("BEGIN").await.unwrap();
    let store = PostgresTx::new(&mut host).in_schema(&schema);
    assert_eq!(names(&store).await, Vec::<String>::new());
    let page = store.journal(&Tenant::default(), JournalRange::Everything, Position::START, Limit::MAX).await.unwrap();
    assert_eq!((page.entries.len(), page.head), (0, Position::START));
    let again = batch().stamp(stamp(1, 1)).build().unwrap();
    assert_eq!(store.commit(again).await.unwrap().replay(), Replay::First);
}

#[tokio::test]
async fn a_refused_batch_leaves_the_transaction_usable() {
    let (schema, mut host) = hosts().await;
    let mut transaction = host.begin().await.unwrap();
    let store = PostgresTx::new(&mut transaction).in_schema(&schema);
    store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    let there_already = batch().put(team(1, "Sør"), Expect::Absent).build().unwrap();
    assert_eq!(kind_of(&store.commit(there_already).await), Some(StoreErrorKind::Conflict));
    let taken = batch().put(team(2, "Nord"), Expect::Absent).build().unwrap();
    assert_eq!(kind_of(&store.commit(taken).await), Some(StoreErrorKind::NotUnique));
    store.finish().await.unwrap();
    transaction.execute("INSERT INTO theirs VALUES (1)").await.unwrap();
    let store = PostgresTx::new(&mut transaction).in_schema(&schema);
    store.commit(saving([(2, "Vest".to_owned())])).await.unwrap();
    store.finish().await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(names_seen(&schema).await, ["Nord", "Vest"]);
    assert_eq!(theirs(&mut host).await, 1);
}

/// Polls a future so many times, whenever it is woken, and drops it if it is not done by then.
async fn dropped_after<F: Future>(polls: usize, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut done = 0;
    std::future::poll_fn(move |context| {
        done += 1;
        match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if done >= polls => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

#[tokio::test]
async fn a_commit_dropped_half_way_poisons() {
    let (schema, mut host) = hosts().await;
    let (mut poisoned, mut done) = (0, false);
    for polls in 1..100 {
        let mut transaction = host.begin().await.unwrap();
        let store = PostgresTx::new(&mut transaction).in_schema(&schema);
        // Looked at first, so that what is dropped is a commit and not the look.
        assert!(find(&store, team_key(99)).await.unwrap().is_none());
        let batch = saving((0..30).map(|number| (number, format!("{number}"))));
        let outcome = dropped_after(polls, store.commit(batch)).await;
        done = outcome.is_some();
        if done {
            store.finish().await.unwrap();
            transaction.commit().await.unwrap();
            break;
        }
        let later = store.commit(saving([(99, "later".to_owned())])).await;
        assert_eq!(kind_of(&later), Some(StoreErrorKind::Poisoned));
        assert_eq!(kind_of(&find(&store, team_key(99)).await), Some(StoreErrorKind::Poisoned));
        assert_eq!(kind_of(&store.finish().await), Some(StoreErrorKind::Poisoned));
        poisoned += 1;
        // The batch is one statement: whoever goes on in the same transaction all the same finds it whole or not at all.
        let store = PostgresTx::new(&mut transaction).in_schema(&schema);
        let there = names(&store).await.len();
        assert!(there == 0 || there == 30, "{there} of 30");
        store.finish().await.unwrap();
        transaction.rollback().await.unwrap();
        assert_eq!(names_seen(&schema).await, Vec::<String>::new());
    }
    assert!(done && poisoned > 0, "poisoned {poisoned} times, done: {done}");
    assert_eq!(names_seen(&schema).await.len(), 30);
}

/// The engine goes on with it, and may object to it when nobody listens any more.
#[tokio::test]
async fn a_reading_dropped_half_way_poisons() {
    let (schema, mut host) = hosts().await;
    let mut transaction = host.begin().await.unwrap();
    transaction.execute("INSERT INTO theirs VALUES (1); SET LOCAL lock_timeout = 1").await.unwrap();
    let store = PostgresTx::new(&mut transaction).in_schema(&schema);
    assert!(find(&store, team_key(1)).await.unwrap().is_none());
    let mut other = connection(&schema).await;
    other.execute("BEGIN; LOCK TABLE worktrail_trail IN ACCESS EXCLUSIVE MODE").await.unwrap();
    assert!(dropped_after(1, find(&store, trail(1, 1, b"").key())).await.is_none());
    assert_eq!(kind_of(&find(&store, team_key(1)).await), Some(StoreErrorKind::Poisoned));
    assert_eq!(kind_of(&store.finish().await), Some(StoreErrorKind::Poisoned));
    // What the engine objected to comes to whoever asks next; and then a commit is answered as if it had been done.
    assert!(transaction.execute("SELECT 1").await.is_err());
    transaction.commit().await.unwrap();
    assert_eq!(theirs(&mut host).await, 0);
}

#[tokio::test]
async fn a_batch_that_the_engine_objects_to_poisons() {
    let (schema, mut host) = hosts().await;
    run(&schema, "ALTER TABLE worktrail_stamp ADD CHECK (octet_length(reply) > 1000)").await;
    host.execute("BEGIN").await.unwrap();
    let store = PostgresTx::new(&mut host).in_schema(&schema);
    let whole = batch().put(team(1, "Nord"), Expect::Absent).stamp(stamp(1, 1)).build().unwrap();
    let failed = store.commit(whole).await.unwrap_err();
    let said = format!("{failed:?} {failed}");
    assert!(!said.contains("worktrail_stamp") && !said.contains("Nord"), "the driver's text: {said}");
    assert_eq!(kind_of(&store.commit(saving([(2, "Sør".to_owned())])).await), Some(StoreErrorKind::Poisoned));
    assert_eq!(kind_of(&store.finish().await), Some(StoreErrorKind::Poisoned));
    host.execute("ROLLBACK").await.unwrap();
    assert_eq!(names_seen(&schema).await, Vec::<String>::new());
}

/// What the engine says of damage, and not what was read of it: the transaction is lost all the same.
#[tokio::test]
async fn damage_that_the_engine_objects_to_poisons() {
    let (schema, mut host) = hosts().await;
    let batch = || batch().tell(told(team_key(1))).build().unwrap();
    let pooled = PostgresStore::connect(options(&schema)).await.unwrap();
    pooled.commit(batch()).await.unwrap();
    // Somebody writes the next entry of the journal by hand.
    let by_hand = "INSERT INTO worktrail_journal SELECT (jsonb_populate_record(entry, '{\"position\": 2}')).* \
                   FROM worktrail_journal AS entry";
    run(&schema, by_hand).await;
    let mut transaction = host.begin().await.unwrap();
    transaction.execute("INSERT INTO theirs VALUES (1)").await.unwrap();
    let store = PostgresTx::new(&mut transaction).in_schema(&schema);
    assert_eq!(kind_of(&store.commit(batch()).await), Some(StoreErrorKind::Corrupt));
    // At once: the next statement would be told of the transaction that failed, whatever was noted.
    assert_eq!(kind_of(&store.finish().await), Some(StoreErrorKind::Poisoned));
    // Whoever commits all the same is answered as if it had been done.
    transaction.commit().await.unwrap();
    assert_eq!(theirs(&mut host).await, 0);
}

/// Damage that is noticed in what was read leaves the transaction as it was.
#[tokio::test]
async fn damage_that_is_read_harms_no_transaction() {
    let (schema, mut host) = hosts().await;
    let pooled = PostgresStore::connect(options(&schema)).await.unwrap();
    pooled.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    run(&schema, "UPDATE worktrail_team SET body = 'other'").await;
    host.execute("BEGIN").await.unwrap();
    let store = PostgresTx::new(&mut host).in_schema(&schema);
    assert_eq!(kind_of(&find(&store, team_key(1)).await), Some(StoreErrorKind::Corrupt));
    store.commit(saving([(2, "Sør".to_owned())])).await.unwrap();
    store.finish().await.unwrap();
    host.execute("COMMIT").await.unwrap();
    assert_eq!(names_seen(&schema).await, ["Nord", "Sør"]);
}

#[tokio::test]
async fn a_transaction_that_failed_before_is_noticed() {
    let (schema, mut host) = hosts().await;
    host.execute("BEGIN").await.unwrap();
    assert!(host.execute("SELECT 1 / 0").await.is_err());
    let store = PostgresTx::new(&mut host).in_schema(&schema);
    assert_eq!(kind_of(&store.commit(saving([(1, "Nord".to_owned())])).await), Some(StoreErrorKind::Poisoned));
    assert_eq!(kind_of(&store.finish().await), Some(StoreErrorKind::Poisoned));
}

#[tokio::test]
async fn a_transaction_that_fails_at_the_first_look_may_not_be_committed() {
    let (schema, mut host) = hosts().await;
    host.execute("BEGIN; SET LOCAL statement_timeout = 1; INSERT INTO theirs VALUES (1)").await.unwrap();
    let mut other = connection(&schema).await;
    other.execute("BEGIN; LOCK TABLE worktrail_migration IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let store = PostgresTx::new(&mut host).in_schema(&schema);
    assert_eq!(kind_of(&find(&store, team_key(1)).await), Some(StoreErrorKind::Busy));
    assert_eq!(kind_of(&store.finish().await), Some(StoreErrorKind::Poisoned));
}

#[tokio::test]
async fn what_is_misused_harms_no_transaction() {
    let (schema, mut host) = hosts().await;
    host.execute("BEGIN").await.unwrap();
    let store = PostgresTx::new(&mut host).in_schema(&schema);
    let whole = IndexRange::all(kind("team"));
    let counted = store.count(&Tenant::default(), &whole, Grouping::NextField).await;
    assert_eq!(kind_of(&counted), Some(StoreErrorKind::Misuse));
    store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    store.finish().await.unwrap();
}

#[tokio::test]
async fn without_a_transaction_nothing_is_done() {
    let (schema, mut host) = hosts().await;
    let store = PostgresTx::new(&mut host).in_schema(&schema);
    assert_eq!(kind_of(&store.commit(saving([(1, "Nord".to_owned())])).await), Some(StoreErrorKind::Misuse));
    assert_eq!(kind_of(&find(&store, team_key(1)).await), Some(StoreErrorKind::Misuse));
    store.finish().await.unwrap();
    assert_eq!(kind_of(&migrate_within(&mut host, &schema).await), Some(StoreErrorKind::Misuse));
    assert_eq!(names_seen(&schema).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_database_without_our_tables_wants_to_be_migrated() {
    let schema = fresh_schema();
    let mut host = connection("public").await;
    host.execute("BEGIN").await.unwrap();
    let store = PostgresTx::new(&mut host).in_schema(&schema);
    let commit = store.commit(saving([(1, "Nord".to_owned())])).await;
    assert_eq!(kind_of(&commit), Some(StoreErrorKind::SchemaOutdated));
    // Migrating is part of the host's transaction, which was not harmed; and names mean afterwards what they meant before.
    migrate_within(&mut host, &schema).await.unwrap();
    let path: String = sqlx::query_scalar("SHOW search_path").fetch_one(&mut host).await.unwrap();
    assert_eq!(path, "public");
    let store = PostgresTx::new(&mut host).in_schema(&schema);
    store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    store.finish().await.unwrap();
    host.execute("ROLLBACK").await.unwrap();
    let there: bool =
        sqlx::query_scalar("SELECT to_regnamespace($1) IS NOT NULL").bind(&schema).fetch_one(&mut host).await.unwrap();
    assert!(!there);
}

#[tokio::test]
async fn calls_come_one_after_the_other() {
    let (schema, mut host) = hosts().await;
    host.execute("BEGIN").await.unwrap();
    let store = PostgresTx::new(&mut host).in_schema(&schema);
    assert_eq!(store.info().durability, Durability::Volatile);
    let range = IndexRange::all(kind("team"));
    let tenant = Tenant::default();
    let (one, other, count) = tokio::join!(
        store.commit(saving([(1, "Nord".to_owned())])),
        store.commit(saving([(2, "Sør".to_owned())])),
        store.count(&tenant, &range, Grouping::Whole),
    );
    assert_eq!((one.unwrap().revision().number(), other.unwrap().revision().number()), (1, 2));
    assert_eq!(count.unwrap()[0].count, 2);
    store.finish().await.unwrap();
}

#[tokio::test]
async fn a_transaction_says_what_is_there_and_does_not_wait() {
    let (schema, mut host) = hosts().await;
    let mut transaction = host.begin().await.unwrap();
    let store = PostgresTx::new(&mut transaction).in_schema(&schema);
    let tenant = Tenant::default();
    assert_eq!(kind_of(&store.watch(&tenant, Position::START).await), Some(StoreErrorKind::Misuse));
    store.commit(batch().tell(told(team_key(1))).build().unwrap()).await.unwrap();
    assert_eq!(store.watch(&tenant, Position::START).await.unwrap(), Position::new(1));
    assert_eq!(kind_of(&store.watch(&tenant, Position::new(1)).await), Some(StoreErrorKind::Misuse));
    store.finish().await.unwrap();
}

#[tokio::test]
async fn the_hosts_settings_stay_the_hosts() {
    let (schema, mut host) = hosts().await;
    let settings = "SELECT name || '=' || setting FROM pg_settings WHERE name <> 'transaction_read_only' ORDER BY name";
    host.execute("BEGIN").await.unwrap();
    let before: Vec<String> = sqlx::query_scalar(settings).fetch_all(&mut host).await.unwrap();
    let store = PostgresTx::new(&mut host).in_schema(&schema);
    store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    assert_eq!(names(&store).await, ["Nord"]);
    store.finish().await.unwrap();
    let after: Vec<String> = sqlx::query_scalar(settings).fetch_all(&mut host).await.unwrap();
    assert_eq!(before, after);
}
