//! Watching the journal: what the contract's own checks cannot see, since they have one store.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod common;

use std::time::Duration;

use common::{batch, kind_of, opened, team_key, told};
use tempfile::TempDir;
use worktrail_core::store::{Batch, Position, Store as _, StoreErrorKind, Tenant};
use worktrail_sqlite::{SqliteOptions, SqliteStore};

/// So seldom that no test sees it happen.
const HARDLY_EVER: Duration = Duration::from_hours(24);
/// What takes longer than this does not happen.
const PATIENCE: Duration = Duration::from_mins(1);

fn news() -> Batch {
    batch().tell(told(team_key(1))).build().unwrap()
}

async fn store(directory: &TempDir, look_every: Duration) -> SqliteStore {
    opened(SqliteOptions::file(directory.path().join("store.db")).look_every(look_every)).await
}

#[tokio::test]
async fn its_own_commits_are_known_without_looking() {
    let directory = tempfile::tempdir().unwrap();
    let store = store(&directory, HARDLY_EVER).await;
    for n in 1..=5 {
        let (watcher, tenant) = (store.clone(), Tenant::default());
        let watching = tokio::spawn(async move { watcher.watch(&tenant, Position::new(n - 1)).await });
        tokio::task::yield_now().await;
        store.commit(news()).await.unwrap();
        let head = tokio::time::timeout(PATIENCE, watching).await.expect("woken").unwrap().unwrap();
        assert_eq!(head, Position::new(n));
    }
}

#[tokio::test]
async fn the_commits_of_another_store_on_the_file_are_looked_for() {
    let directory = tempfile::tempdir().unwrap();
    let watcher = store(&directory, Duration::from_millis(5)).await;
    let writer = store(&directory, HARDLY_EVER).await;
    for n in 1..=5 {
        let (watcher, tenant) = (watcher.clone(), Tenant::default());
        let watching = tokio::spawn(async move { watcher.watch(&tenant, Position::new(n - 1)).await });
        tokio::task::yield_now().await;
        writer.commit(news()).await.unwrap();
        let head = tokio::time::timeout(PATIENCE, watching).await.expect("woken").unwrap().unwrap();
        assert_eq!(head, Position::new(n));
    }
}

#[tokio::test]
async fn who_watches_a_store_that_closes_is_told() {
    let directory = tempfile::tempdir().unwrap();
    let store = store(&directory, HARDLY_EVER).await;
    let (watcher, tenant) = (store.clone(), Tenant::default());
    let watching = tokio::spawn(async move { watcher.watch(&tenant, Position::START).await });
    tokio::task::yield_now().await;
    store.close().await;
    let outcome = tokio::time::timeout(PATIENCE, watching).await.expect("told").unwrap();
    assert_eq!(kind_of(&outcome), Some(StoreErrorKind::Closed));
    assert_eq!(kind_of(&store.watch(&Tenant::default(), Position::START).await), Some(StoreErrorKind::Closed));
}
