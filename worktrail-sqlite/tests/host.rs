//! The host's own transaction: what it commits with its own tables, and what it rolls back.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod common;

use std::future::Future;
use std::path::PathBuf;
use std::pin::pin;
use std::task::Poll;

use common::{batch, details, find, kind, kind_of, lying_in, names, names_seen, saving, stamp, team, team_key, told};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _};
use tempfile::TempDir;
use worktrail_core::store::{
    Durability, Expect, IndexRange, JournalRange, Limit, Position, Replay, Store as _, StoreErrorKind, Subject, Tenant,
};
use worktrail_sqlite::{SqliteOptions, SqliteStore, SqliteTx, migrate_within};

/// A file of the host's, with a table of its own beside ours.
async fn hosts() -> (TempDir, PathBuf, SqliteConnection) {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("host.db");
    let mut host = SqliteConnectOptions::new().filename(&file).create_if_missing(true).connect().await.unwrap();
    host.execute("CREATE TABLE theirs (x)").await.unwrap();
    host.execute("BEGIN IMMEDIATE").await.unwrap();
    migrate_within(&mut host).await.unwrap();
    host.execute("COMMIT").await.unwrap();
    (directory, file, host)
}

async fn theirs(host: &mut SqliteConnection) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM theirs").fetch_one(host).await.unwrap()
}

#[tokio::test]
async fn a_hosts_row_and_a_batch_commit_together() {
    let (_directory, file, mut host) = hosts().await;
    let mut transaction = host.begin_with("BEGIN IMMEDIATE").await.unwrap();
    transaction.execute("INSERT INTO theirs VALUES (1)").await.unwrap();
    let store = SqliteTx::new(&mut transaction);
    let receipt = store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    assert_eq!(receipt.revision().number(), 1);
    // It is seen inside, and not outside.
    assert_eq!(names(&store).await, ["Nord"]);
    assert_eq!(names_seen(&file).await, Vec::<String>::new());
    store.commit(batch().put(team(2, "Sør"), Expect::Absent).tell(told(team_key(2))).build().unwrap()).await.unwrap();
    store.finish().await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(names_seen(&file).await, ["Nord", "Sør"]);
    assert_eq!(theirs(&mut host).await, 1);
    // The pooled store goes on from there.
    let pooled = SqliteStore::open(SqliteOptions::file(&file).in_host_file()).await.unwrap();
    let receipt = pooled.commit(saving([(3, "Vest".to_owned())])).await.unwrap();
    assert_eq!(receipt.revision().number(), 3);
}

#[tokio::test]
async fn a_transaction_says_what_is_there_and_does_not_wait() {
    let (_directory, _file, mut host) = hosts().await;
    let mut transaction = host.begin_with("BEGIN IMMEDIATE").await.unwrap();
    let store = SqliteTx::new(&mut transaction);
    let tenant = Tenant::default();
    assert_eq!(kind_of(&store.watch(&tenant, Position::START).await), Some(StoreErrorKind::Misuse));
    store.commit(batch().tell(told(team_key(1))).build().unwrap()).await.unwrap();
    assert_eq!(store.watch(&tenant, Position::START).await.unwrap(), Position::new(1));
    assert_eq!(kind_of(&store.watch(&tenant, Position::new(1)).await), Some(StoreErrorKind::Misuse));
    store.finish().await.unwrap();
}

#[tokio::test]
async fn what_the_host_rolls_back_never_was() {
    let (directory, _file, mut host) = hosts().await;
    host.execute("INSERT INTO theirs VALUES (1)").await.unwrap();
    let before = lying_in(directory.path());
    let mut transaction = host.begin_with("BEGIN IMMEDIATE").await.unwrap();
    transaction.execute("INSERT INTO theirs VALUES (2)").await.unwrap();
    let store = SqliteTx::new(&mut transaction);
    let about = Subject::new(common::id(9));
    let told = told(team_key(1)).of(about).with(details("Nord was founded"));
    let whole = batch().put(team(1, "Nord"), Expect::Absent).tell(told).stamp(stamp(1, 1)).build().unwrap();
    store.commit(whole.clone()).await.unwrap();
    assert_eq!(store.commit(whole).await.unwrap().replay(), Replay::Again);
    store.finish().await.unwrap();
    transaction.rollback().await.unwrap();
    assert!(lying_in(directory.path()) == before, "something stayed");
    assert_eq!(theirs(&mut host).await, 1);

    host.execute("BEGIN IMMEDIATE").await.unwrap();
    let store = SqliteTx::new(&mut host);
    assert_eq!(names(&store).await, Vec::<String>::new());
    let page = store.journal(&Tenant::default(), JournalRange::Everything, Position::START, Limit::MAX).await.unwrap();
    assert_eq!((page.entries.len(), page.head), (0, Position::START));
    let again = batch().stamp(stamp(1, 1)).build().unwrap();
    assert_eq!(store.commit(again).await.unwrap().replay(), Replay::First);
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
    let (_directory, file, mut host) = hosts().await;
    // So that each statement takes longer than asking for it, and the future waits at each.
    host.execute(
        "CREATE TRIGGER slow BEFORE INSERT ON worktrail_team BEGIN SELECT count(*) FROM \
         (WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 500) SELECT x FROM n); END",
    )
    .await
    .unwrap();
    let (mut poisoned, mut done) = (0, false);
    for polls in 1..200 {
        let mut transaction = host.begin_with("BEGIN IMMEDIATE").await.unwrap();
        let store = SqliteTx::new(&mut transaction);
        // More rows than fit into a few statements, so that there are many moments to be dropped at.
        let batch = saving((0..255).map(|number| (number, format!("{number}"))));
        let outcome = dropped_after(polls, store.commit(batch)).await;
        done = outcome.is_some();
        if done {
            store.finish().await.unwrap();
            transaction.commit().await.unwrap();
            break;
        }
        // Whether it went on with the store that was torn or with another one in the same transaction, the host is told.
        let store = if polls % 2 == 0 { SqliteTx::new(&mut transaction) } else { store };
        let later = store.commit(saving([(999, "later".to_owned())])).await;
        let read = find(&store, team_key(999)).await;
        if let Some(kind) = kind_of(&later) {
            assert_eq!(kind, StoreErrorKind::Poisoned);
            assert_eq!(kind_of(&read), Some(StoreErrorKind::Poisoned));
            assert_eq!(kind_of(&store.finish().await), Some(StoreErrorKind::Poisoned));
            poisoned += 1;
        } else {
            // Dropped before the first statement that writes, or, for a new store, after the last one: nothing of it is
            // there or all, and all goes on.
            let there = names(&store).await;
            assert!(there == ["later"] || there.len() == 256, "{there:?}");
            store.finish().await.unwrap();
        }
        transaction.rollback().await.unwrap();
        assert_eq!(names_seen(&file).await, Vec::<String>::new());
    }
    assert!(done && poisoned > 8, "poisoned {poisoned} times, done: {done}");
    assert_eq!(names_seen(&file).await.len(), 255);
}

#[tokio::test]
async fn a_torn_batch_is_seen_by_every_later_store_of_the_transaction() {
    let (_directory, file, mut host) = hosts().await;
    host.execute(
        "CREATE TRIGGER theirs_too BEFORE INSERT ON worktrail_stamp BEGIN SELECT raise(FAIL, 'the host objects'); END",
    )
    .await
    .unwrap();
    host.execute("BEGIN IMMEDIATE").await.unwrap();
    // given a batch of another tenant, of which a part was written
    let whole = common::batch_of("other").put(team(1, "Nord"), Expect::Absent).stamp(stamp(1, 1)).build().unwrap();
    assert!(SqliteTx::new(&mut host).commit(whole).await.is_err());
    // when the host makes another store, then it reads nothing, writes nothing, and says that it must not be committed
    let store = SqliteTx::new(&mut host);
    assert_eq!(kind_of(&find(&store, team_key(1)).await), Some(StoreErrorKind::Poisoned));
    assert_eq!(kind_of(&store.finish().await), Some(StoreErrorKind::Poisoned));
    assert_eq!(kind_of(&SqliteTx::new(&mut host).finish().await), Some(StoreErrorKind::Poisoned), "not looked at");
    let store = SqliteTx::new(&mut host);
    assert_eq!(kind_of(&store.commit(saving([(2, "Sør".to_owned())])).await), Some(StoreErrorKind::Poisoned));
    // and after a rollback all is well
    host.execute("ROLLBACK").await.unwrap();
    host.execute("BEGIN IMMEDIATE").await.unwrap();
    let store = SqliteTx::new(&mut host);
    store.commit(saving([(2, "Sør".to_owned())])).await.unwrap();
    store.finish().await.unwrap();
    host.execute("COMMIT").await.unwrap();
    assert_eq!(names_seen(&file).await, ["Sør"]);
}

#[tokio::test]
async fn half_a_batch_that_the_host_committed_all_the_same_is_corrupt() {
    let (_directory, file, mut host) = hosts().await;
    host.execute("BEGIN IMMEDIATE").await.unwrap();
    let store = SqliteTx::new(&mut host);
    store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    store.finish().await.unwrap();
    host.execute("UPDATE worktrail_head SET torn = 1").await.unwrap();
    host.execute("COMMIT").await.unwrap();
    let pooled = SqliteStore::open(SqliteOptions::file(&file).in_host_file()).await.unwrap();
    let commit = pooled.commit(saving([(2, "Sør".to_owned())])).await;
    assert_eq!(kind_of(&commit), Some(StoreErrorKind::Corrupt));
    let copied = pooled.backup(&file.with_extension("copy")).await;
    assert_eq!(kind_of(&copied), Some(StoreErrorKind::Corrupt), "the copy is verified");
}

#[tokio::test]
async fn a_commit_that_fails_half_way_poisons() {
    let (_directory, file, mut host) = hosts().await;
    // Whatever makes a statement fail after the first.
    host.execute(
        "CREATE TRIGGER theirs_too BEFORE INSERT ON worktrail_stamp BEGIN SELECT raise(FAIL, 'the host objects'); END",
    )
    .await
    .unwrap();
    host.execute("BEGIN IMMEDIATE").await.unwrap();
    let store = SqliteTx::new(&mut host);
    let whole = batch().put(team(1, "Nord"), Expect::Absent).stamp(stamp(1, 1)).build().unwrap();
    let failed = store.commit(whole).await;
    let failed = failed.unwrap_err();
    assert!(!format!("{failed:?} {failed}").contains("the host objects"), "the driver's text");
    assert_eq!(kind_of(&store.commit(saving([(2, "Sør".to_owned())])).await), Some(StoreErrorKind::Poisoned));
    assert_eq!(kind_of(&store.finish().await), Some(StoreErrorKind::Poisoned));
    host.execute("ROLLBACK").await.unwrap();
    assert_eq!(names_seen(&file).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_refused_batch_does_no_harm() {
    let (_directory, file, mut host) = hosts().await;
    host.execute("BEGIN IMMEDIATE").await.unwrap();
    let store = SqliteTx::new(&mut host);
    store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    let refused = store.commit(batch().put(team(1, "Sør"), Expect::Absent).build().unwrap()).await;
    assert_eq!(kind_of(&refused), Some(StoreErrorKind::Conflict));
    store.commit(saving([(2, "Vest".to_owned())])).await.unwrap();
    store.finish().await.unwrap();
    host.execute("COMMIT").await.unwrap();
    assert_eq!(names_seen(&file).await, ["Nord", "Vest"]);
}

#[tokio::test]
async fn without_a_transaction_nothing_is_done() {
    let (_directory, file, mut host) = hosts().await;
    let store = SqliteTx::new(&mut host);
    assert_eq!(kind_of(&store.commit(saving([(1, "Nord".to_owned())])).await), Some(StoreErrorKind::Misuse));
    assert_eq!(kind_of(&find(&store, team_key(1)).await), Some(StoreErrorKind::Misuse));
    store.finish().await.unwrap();
    assert_eq!(kind_of(&migrate_within(&mut host).await), Some(StoreErrorKind::Misuse));
    assert_eq!(names_seen(&file).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_transaction_that_the_engine_rolled_back_is_noticed() {
    let (_directory, file, mut host) = hosts().await;
    let pages: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(&mut host).await.unwrap();
    host.execute(sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"))).await.unwrap();
    let mut transaction = host.begin_with("BEGIN IMMEDIATE").await.unwrap();
    // The driver still believes to be in a transaction; the engine has none any more.
    let full = transaction.execute("INSERT OR ROLLBACK INTO theirs VALUES (zeroblob(100000))").await;
    assert!(full.is_err());
    let store = SqliteTx::new(&mut transaction);
    let commit = store.commit(saving([(1, "Nord".to_owned())])).await;
    assert_eq!(kind_of(&commit), Some(StoreErrorKind::Misuse), "{commit:?}");
    drop(transaction);
    assert_eq!(names_seen(&file).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_file_without_our_tables_wants_to_be_migrated() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("host.db");
    let mut host = SqliteConnectOptions::new().filename(&file).create_if_missing(true).connect().await.unwrap();
    host.execute("BEGIN IMMEDIATE").await.unwrap();
    let store = SqliteTx::new(&mut host);
    let commit = store.commit(saving([(1, "Nord".to_owned())])).await;
    assert_eq!(kind_of(&commit), Some(StoreErrorKind::SchemaOutdated));
    // Migrating is part of the host's transaction.
    migrate_within(&mut host).await.unwrap();
    let store = SqliteTx::new(&mut host);
    store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    store.finish().await.unwrap();
    host.execute("ROLLBACK").await.unwrap();
    let tables: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema").fetch_one(&mut host).await.unwrap();
    assert_eq!(tables, 0);
}

#[tokio::test]
async fn calls_come_one_after_the_other() {
    let (_directory, _file, mut host) = hosts().await;
    host.execute("BEGIN IMMEDIATE").await.unwrap();
    let store = SqliteTx::new(&mut host);
    assert_eq!(store.info().durability, Durability::Volatile);
    let range = IndexRange::all(kind("team"));
    let tenant = Tenant::default();
    let (one, other, count) = tokio::join!(
        store.commit(saving([(1, "Nord".to_owned())])),
        store.commit(saving([(2, "Sør".to_owned())])),
        store.count(&tenant, &range, worktrail_core::store::Grouping::Whole),
    );
    assert_eq!((one.unwrap().revision().number(), other.unwrap().revision().number()), (1, 2));
    assert_eq!(count.unwrap()[0].count, 2);
    store.finish().await.unwrap();
}
