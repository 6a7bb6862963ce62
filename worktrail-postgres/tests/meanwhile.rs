//! Plain SQL that changes our tables between a commit's reading and its writing, or while it waits: nothing is half
//! written, and nothing acknowledged that was not done.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod between;
mod common;

use between::Between;
use common::{
    batch, connection, find, kind_of, names_seen, participant, run, stamp, team, team_key, trail,
    until_somebody_waits_for,
};
use sqlx::{AssertSqlSafe, Executor as _};
use worktrail_core::store::{
    Batch, BatchBuilder, CommandId, Expect, Guard, Key, Receipt, RecordKey, Revision, Store, StoreError,
    StoreErrorKind, Subject, Tenant,
};
use worktrail_postgres::{PostgresOptions, PostgresStore};

const NUMBER: &str = "48128549318";

fn person() -> RecordKey {
    participant(5, NUMBER, b"").key()
}

/// A store with two teams and a participant, whose texts the driver has prepared.
async fn opened() -> (String, Between, PostgresStore) {
    let (schema, between, store) = Between::opened(PostgresOptions::without_hints).await;
    let first = batch().put(team(1, "Nord"), Expect::Absent).put(participant(5, NUMBER, b"person"), Expect::Absent);
    store.commit(first.build().unwrap()).await.unwrap();
    (schema, between, store)
}

/// Commits, and lets statements of somebody else run after the first trip, which reads, and before the next.
async fn commit_with(between: &Between, store: &PostgresStore, batch: Batch, text: &str, schema: &str) -> Outcome {
    between.trips();
    assert_eq!(between.hints(), 0, "what is sent apart would be taken for a trip");
    // The first text is prepared and run, then the second is prepared and run.
    let meanwhile = between.before_trip(3, || run(schema, text));
    let (outcome, ()) = tokio::join!(store.commit(batch), meanwhile);
    outcome
}

type Outcome = Result<Receipt, StoreError>;

/// A batch as it is, and with more records of a kind, so that its rows go as lists.
fn alone_and_with_more(batch: &BatchBuilder) -> [Batch; 2] {
    let more =
        (8..10).fold(batch.clone(), |batch, number| batch.put(team(number, &number.to_string()), Expect::Absent));
    [batch.clone().build().unwrap(), more.build().unwrap()]
}

#[tokio::test]
async fn a_record_that_is_deleted_meanwhile_does_not_come_back() {
    for change in alone_and_with_more(&batch().put(team(1, "Sør"), Expect::At(Revision::new(1)))) {
        let (schema, between, store) = opened().await;
        let outcome = commit_with(&between, &store, change, "DELETE FROM worktrail_team", &schema).await;
        assert_eq!(kind_of(&outcome), Some(StoreErrorKind::Conflict));
        assert_eq!(names_seen(&schema).await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_record_that_is_changed_meanwhile_is_damaged_and_stays_so() {
    let texts = ["UPDATE worktrail_team SET revision = 77", "UPDATE worktrail_team SET revision = 78, name = 'Vest'"];
    let changes = alone_and_with_more(&batch().put(team(1, "Sør"), Expect::Any));
    for (text, change) in texts.into_iter().flat_map(|text| changes.clone().map(|change| (text, change))) {
        let (schema, between, store) = opened().await;
        let outcome = commit_with(&between, &store, change, text, &schema).await;
        assert_eq!(kind_of(&outcome), Some(StoreErrorKind::Corrupt), "{text}");
        assert_eq!(kind_of(&find(&store, team_key(1)).await), Some(StoreErrorKind::Corrupt));
        // Put back as it was, it is good again, and nothing was written.
        run(&schema, "UPDATE worktrail_team SET revision = 1, name = 'Nord'").await;
        assert_eq!(find(&store, team_key(1)).await.unwrap().unwrap().revision(), Revision::new(1));
    }
}

#[tokio::test]
async fn a_record_that_another_made_by_hand_is_in_the_way() {
    let (schema, between, store) = opened().await;
    let make = batch().put(team(2, "Sør"), Expect::Absent).build().unwrap();
    let twin = format!(
        "INSERT INTO worktrail_team (tenant, id, revision, children, name, method, body_version, body, digest) \
         SELECT tenant, '{}', revision, children, 'Vest', method, body_version, body, digest FROM worktrail_team",
        common::id(2),
    );
    let outcome = commit_with(&between, &store, make, &twin, &schema).await;
    assert_eq!(kind_of(&outcome), Some(StoreErrorKind::Corrupt));
    assert_eq!(names_seen(&schema).await, ["Nord", "Vest"]);
}

#[tokio::test]
async fn nothing_is_put_under_a_parent_that_is_deleted_meanwhile() {
    let (schema, between, store) = opened().await;
    let child = trail(6, 5, b"trail");
    let outcome = commit_with(
        &between,
        &store,
        batch().put(child.clone(), Expect::Absent).build().unwrap(),
        "DELETE FROM worktrail_participant",
        &schema,
    )
    .await;
    assert_eq!(kind_of(&outcome), Some(StoreErrorKind::Conflict));
    assert!(find(&store, child.key()).await.unwrap().is_none());
}

/// Somebody's transaction has changed rows, and commits while a commit of ours waits for them.
async fn commit_behind(schema: &str, store: &PostgresStore, batch: Batch, texts: &str) -> Outcome {
    let mut theirs = connection(schema).await;
    theirs.execute(AssertSqlSafe(format!("BEGIN; {texts}"))).await.unwrap();
    let ours = {
        let store = store.clone();
        tokio::spawn(async move { store.commit(batch).await })
    };
    until_somebody_waits_for(&mut theirs).await;
    theirs.execute("COMMIT").await.unwrap();
    ours.await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_forgotten_is_gone_though_their_row_was_being_written() {
    let (schema, _between, store) = opened().await;
    let told = common::told(person()).of(Subject::new(common::id(5))).with(common::details("registered"));
    store.commit(batch().tell(told).stamp(stamp(1, 1)).build().unwrap()).await.unwrap();
    // Nothing is changed, and yet each row is another one.
    let texts = "UPDATE worktrail_participant SET tenant = tenant; UPDATE worktrail_stamp SET tenant = tenant; \
                 UPDATE worktrail_journal SET tenant = tenant";
    let forget = batch().forget(Subject::new(common::id(5))).build().unwrap();
    commit_behind(&schema, &store, forget, texts).await.unwrap();
    assert!(find(&store, person()).await.unwrap().is_none());
    let keys = [Key::Stamp(CommandId::new(common::id(1)))];
    let found = store.get(&Tenant::default(), &keys).await.unwrap();
    let found = found.into_iter().next().unwrap().unwrap().into_stamp().unwrap();
    assert_eq!(found.fingerprint(), None, "what was sent is still told");
    let mut look = connection(&schema).await;
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM worktrail_journal WHERE details IS NOT NULL")
        .fetch_one(&mut look)
        .await
        .unwrap();
    assert_eq!(left, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_parent_moves_though_its_row_was_being_written() {
    let (schema, _between, store) = opened().await;
    let child = batch().put(trail(6, 5, b"trail"), Expect::Absent).build().unwrap();
    commit_behind(&schema, &store, child, "UPDATE worktrail_participant SET tenant = tenant").await.unwrap();
    let stale = batch().guard(Guard::Children(person(), Revision::default())).put(team(2, "Sør"), Expect::Any);
    let outcome = store.commit(stale.build().unwrap()).await;
    assert_eq!(kind_of(&outcome), Some(StoreErrorKind::Conflict), "a look at the children from before holds");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_is_removed_and_another_changed_though_their_rows_were_being_written() {
    let (schema, _between, store) = opened().await;
    store.commit(batch().put(team(2, "Sør"), Expect::Absent).build().unwrap()).await.unwrap();
    let both = batch().remove(team_key(1), None, Expect::Any).put(team(2, "Nord"), Expect::Any).build().unwrap();
    commit_behind(&schema, &store, both, "UPDATE worktrail_team SET tenant = tenant").await.unwrap();
    assert_eq!(names_seen(&schema).await, ["Nord"]);
    assert!(find(&store, team_key(1)).await.unwrap().is_none());
}
