//! Watching the journal: what the contract's own checks cannot see, since they have one store.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod common;

use std::time::Duration;

use common::{
    PATIENCE, batch, batch_of, fresh_schema, kind_of, opened, options, others, processes, run, team_key, told, until,
};
use sqlx::postgres::{PgConnectOptions, PgListener};
use tokio::task::AbortHandle;
use worktrail_core::store::{Batch, Position, Store as _, StoreErrorKind, Tenant};
use worktrail_postgres::{PostgresOptions, PostgresStore};

/// So seldom that no test sees it happen.
const HARDLY_EVER: Duration = Duration::from_hours(24);

fn news() -> Batch {
    batch().tell(told(team_key(1))).build().unwrap()
}

async fn store(schema: &str, look_every: Duration) -> PostgresStore {
    opened(options(schema).look_every(look_every)).await
}

/// One watches for the first entries one after the other, while the other commits them.
async fn told_in_turn(watcher: &PostgresStore, writer: &PostgresStore, entries: std::ops::RangeInclusive<u64>) {
    for n in entries {
        let (watcher, tenant) = (watcher.clone(), Tenant::default());
        let watching = tokio::spawn(async move { watcher.watch(&tenant, Position::new(n - 1)).await });
        tokio::task::yield_now().await;
        writer.commit(news()).await.unwrap();
        let head = tokio::time::timeout(PATIENCE, watching).await.expect("woken").unwrap().unwrap();
        assert_eq!(head, Position::new(n));
    }
}

/// Somebody who watches for what never comes: the store listens for as long as this is held.
struct Standing(AbortHandle);

impl Standing {
    fn at(store: &PostgresStore) -> Self {
        let store = store.clone();
        let watching = async move { store.watch(&Tenant::default(), Position::new(u64::from(u32::MAX))).await };
        Self(tokio::spawn(watching).abort_handle())
    }
}

impl Drop for Standing {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// The words of those who listen to the schema's hints, or send them.
fn hints(schema: &str) -> String {
    format!("\"worktrail_{schema}\"")
}

#[tokio::test]
async fn its_own_commits_are_known_without_looking() {
    let schema = fresh_schema();
    let store = opened(options(&schema).look_every(HARDLY_EVER).without_hints()).await;
    told_in_turn(&store, &store, 1..=5).await;
}

#[tokio::test]
async fn the_commits_of_another_store_in_the_schema_are_looked_for() {
    let schema = fresh_schema();
    let watcher = opened(options(&schema).look_every(Duration::from_millis(5)).without_hints()).await;
    let writer = store(&schema, HARDLY_EVER).await;
    told_in_turn(&watcher, &writer, 1..=5).await;
    until(&hints(&schema), |pids| pids.len() == 1).await;
    writer.close().await;
    until(&hints(&schema), <[i32]>::is_empty).await;
}

#[tokio::test]
async fn the_commits_of_another_store_are_hinted_at() {
    let schema = fresh_schema();
    let [watcher, writer] = [store(&schema, HARDLY_EVER).await, store(&schema, HARDLY_EVER).await];
    told_in_turn(&watcher, &writer, 1..=5).await;
    // Somebody else's words on the channel are no news.
    run(&schema, &format!("NOTIFY \"worktrail_{schema}\", 'no tenant''s name'")).await;
    run(&schema, &format!("NOTIFY \"worktrail_{schema}\"")).await;
    told_in_turn(&watcher, &writer, 6..=10).await;
}

#[tokio::test]
async fn a_lost_connection_is_made_again_and_nothing_is_missed() {
    let schema = fresh_schema();
    let [watcher, writer] = [store(&schema, HARDLY_EVER).await, store(&schema, HARDLY_EVER).await];
    let _standing = Standing::at(&watcher);
    told_in_turn(&watcher, &writer, 1..=2).await;
    for round in 0..3 {
        // The connection that listens, and the one that the hints are sent on.
        let pids = until(&hints(&schema), |pids| pids.len() == 2).await;
        let end: Vec<String> = pids.iter().map(|pid| format!("SELECT pg_terminate_backend({pid})")).collect();
        run(&schema, &end.join("; ")).await;
        told_in_turn(&watcher, &writer, 3 + round * 2..=4 + round * 2).await;
        until(&hints(&schema), |now| now.len() == 2 && now.iter().all(|pid| !pids.contains(pid))).await;
    }
}

/// The server admits two connections of the watcher's: it has one to write, one to read, and none to listen.
#[tokio::test]
async fn a_store_that_cannot_listen_looks() {
    let schema = fresh_schema();
    let writer = store(&schema, HARDLY_EVER).await;
    let name = format!("{schema}_watcher");
    run(
        &schema,
        &format!(
            "CREATE ROLE {name} LOGIN PASSWORD 'secret' CONNECTION LIMIT 2; GRANT USAGE ON SCHEMA {schema} TO {name}; \
             GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {name}"
        ),
    )
    .await;
    let who: PgConnectOptions = others().username(&name).password("secret");
    let connect = PostgresOptions::from(who).schema(&schema).connections(1, 1);
    let watcher = PostgresStore::connect(connect.look_every(Duration::from_millis(5))).await.unwrap();
    told_in_turn(&watcher, &writer, 1..=5).await;
    // Whoever writes tells of it, and nobody listens.
    until(&hints(&schema), |pids| pids.len() == 1).await;
    let listening = format!("LISTEN {}", hints(&schema));
    assert_eq!(processes(&listening).await.len(), 0, "it listens all the same");
}

#[tokio::test]
async fn a_store_that_is_closed_or_dropped_listens_no_longer() {
    let schema = fresh_schema();
    for last in [2, 4] {
        let store = store(&schema, HARDLY_EVER).await;
        let standing = Standing::at(&store);
        told_in_turn(&store, &store, last - 1..=last).await;
        until(&hints(&schema), |pids| pids.len() == 2).await;
        // A task that holds the store would keep it.
        drop(standing);
        if last == 2 {
            store.close().await;
        }
        drop(store);
        until(&hints(&schema), <[i32]>::is_empty).await;
    }
}

#[tokio::test]
async fn a_hint_names_the_tenant_and_is_sent_unless_switched_off() {
    let schema = fresh_schema();
    let mut listener = PgListener::connect(&postgres_server::of_the_run()).await.unwrap();
    listener.listen(&format!("worktrail_{schema}")).await.unwrap();
    let silent = opened(options(&schema).without_hints()).await;
    silent.commit(batch_of("silent").tell(told(team_key(1))).build().unwrap()).await.unwrap();
    silent.close().await;
    let store = store(&schema, HARDLY_EVER).await;
    // No entry, no news.
    store.commit(batch_of("quiet").build().unwrap()).await.unwrap();
    store.commit(batch_of("told").tell(told(team_key(1))).build().unwrap()).await.unwrap();
    // What was not sent yet is sent before it ends.
    store.close().await;
    let hint = tokio::time::timeout(PATIENCE, listener.recv()).await.expect("a hint").unwrap();
    assert_eq!(hint.payload(), "told");
    assert!(listener.next_buffered().is_none());
}

#[tokio::test]
async fn who_watches_a_store_that_closes_is_told() {
    let schema = fresh_schema();
    let store = store(&schema, HARDLY_EVER).await;
    let (watcher, tenant) = (store.clone(), Tenant::default());
    let watching = tokio::spawn(async move { watcher.watch(&tenant, Position::START).await });
    tokio::task::yield_now().await;
    store.close().await;
    let outcome = tokio::time::timeout(PATIENCE, watching).await.expect("told").unwrap();
    assert_eq!(kind_of(&outcome), Some(StoreErrorKind::Closed));
    assert_eq!(kind_of(&store.watch(&Tenant::default(), Position::START).await), Some(StoreErrorKind::Closed));
}
