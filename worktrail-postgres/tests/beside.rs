//! Plain SQL of somebody else at the very moment of a commit, on the rows that it writes: noticed, judged anew, and nothing
//! half written.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod common;

use common::{batch, connection, find, fresh, id, kind, kind_of, participant, stamp, team, team_key, told, trail};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Executor as _};
use worktrail_core::store::{
    Batch, Expect, JournalRange, Limit, Position, Receipt, RecordKey, Store as _, StoreError, StoreErrorKind, Subject,
    Tenant,
};
use worktrail_postgres::PostgresStore;

/// A store with a participant and a team.
async fn prepared() -> (String, PostgresStore) {
    let (schema, store) = fresh().await;
    let told = told(participant_key()).of(Some(Subject::new(id(1))));
    let first = batch().put(participant(1, "1", b"KARI"), Expect::Absent).put(team(1, "Nord"), Expect::Absent);
    store.commit(first.tell(told).stamp(stamp(1, 1)).build().unwrap()).await.unwrap();
    (schema, store)
}

fn participant_key() -> RecordKey {
    RecordKey::new(kind("participant"), id(1))
}

/// Commits while somebody else has changed rows: the commit has read what was there before, and writes when they are done.
async fn while_they(schema: &str, change: &str, store: &PostgresStore, batch: Batch) -> Result<Receipt, StoreError> {
    let mut theirs = connection(schema).await;
    theirs.execute(AssertSqlSafe(format!("BEGIN; {change}"))).await.unwrap();
    let committing = {
        let store = store.clone();
        tokio::spawn(async move { store.commit(batch).await })
    };
    let mut looking = connection(schema).await;
    while !waits_for_them(schema, &mut looking).await {
        assert!(!committing.is_finished(), "it did not wait for them");
    }
    theirs.execute("COMMIT").await.unwrap();
    committing.await.unwrap()
}

async fn waits_for_them(schema: &str, looking: &mut PgConnection) -> bool {
    let text = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE $1";
    let waiting: i64 = sqlx::query_scalar(text).bind(format!("%\"{schema}\"%")).fetch_one(looking).await.unwrap();
    waiting > 0
}

async fn head(store: &PostgresStore) -> Position {
    store.journal(&Tenant::default(), JournalRange::Everything, Position::START, Limit::MAX).await.unwrap().head
}

fn with_a_trail() -> Batch {
    let told = told(participant_key()).of(Some(Subject::new(id(1))));
    batch().put(trail(1, 1, b"begun"), Expect::Absent).tell(told).stamp(stamp(2, 2)).build().unwrap()
}

#[tokio::test]
async fn a_parent_that_they_remove_is_missed_and_no_child_is_left() {
    let (schema, store) = prepared().await;
    let outcome = while_they(&schema, "DELETE FROM worktrail_participant", &store, with_a_trail()).await;
    assert_eq!(kind_of(&outcome), Some(StoreErrorKind::Conflict), "{outcome:?}");
    assert!(find(&store, RecordKey::new(kind("trail"), id(1))).await.unwrap().is_none());
    assert_eq!(head(&store).await, Position::new(1), "an entry of what did not happen");
}

#[tokio::test]
async fn a_parent_that_they_touch_is_moved_all_the_same() {
    let (schema, store) = prepared().await;
    let before = find(&store, participant_key()).await.unwrap().unwrap();
    let touch = "UPDATE worktrail_participant SET revision = revision";
    while_they(&schema, touch, &store, with_a_trail()).await.unwrap();
    let after = find(&store, participant_key()).await.unwrap().unwrap();
    assert!(after.children() > before.children(), "the child revision stood still: {after:?}");
    assert_eq!(head(&store).await, Position::new(2));
}

#[tokio::test]
async fn what_they_touch_is_removed_all_the_same() {
    let (schema, store) = prepared().await;
    let expected = find(&store, team_key(1)).await.unwrap().unwrap().revision();
    let removal = batch().remove(team_key(1), None, Expect::At(expected)).tell(told(team_key(1))).build().unwrap();
    while_they(&schema, "UPDATE worktrail_team SET revision = revision", &store, removal).await.unwrap();
    assert!(find(&store, team_key(1)).await.unwrap().is_none(), "it is said to be gone, and there");
    assert_eq!(head(&store).await, Position::new(2));
}

#[tokio::test]
async fn what_they_remove_first_is_not_removed_twice() {
    let (schema, store) = prepared().await;
    let expected = find(&store, team_key(1)).await.unwrap().unwrap().revision();
    let removal = batch().remove(team_key(1), None, Expect::At(expected)).tell(told(team_key(1))).build().unwrap();
    let outcome = while_they(&schema, "DELETE FROM worktrail_team", &store, removal).await;
    assert_eq!(kind_of(&outcome), Some(StoreErrorKind::Conflict), "{outcome:?}");
    assert_eq!(head(&store).await, Position::new(1));
}

#[tokio::test]
async fn a_stamp_that_they_touch_is_forgotten_all_the_same() {
    let (schema, store) = prepared().await;
    let forgetting = batch().forget(Subject::new(id(1))).build().unwrap();
    while_they(&schema, "UPDATE worktrail_stamp SET revision = revision", &store, forgetting).await.unwrap();
    let mut looking = connection(&schema).await;
    let left = "SELECT count(*) FROM worktrail_stamp WHERE fingerprint IS NOT NULL";
    let left: i64 = sqlx::query_scalar(left).fetch_one(&mut looking).await.unwrap();
    assert_eq!(left, 0, "what it was can still be tried out");
}
