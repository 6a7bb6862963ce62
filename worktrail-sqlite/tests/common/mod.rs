//! What several tests need: records, batches, and a look past the store.

#![expect(dead_code, reason = "each test file uses some of it")]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::path::Path;
use std::sync::Arc;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _};
use tempfile::TempDir;
pub(crate) use worktrail_core::conformance::examples::*;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{Batch, BatchBuilder, Expect, IndexRange, Kind, Limit, PageRequest, Store, Tenant};
use worktrail_sqlite::{SqliteOptions, SqliteStore, migrate};

pub(crate) fn kind(name: &str) -> Kind {
    SCHEMA.kind(name).expect("a kind of the schema")
}

/// A batch of another tenant.
pub(crate) fn batch_of(tenant: &str) -> BatchBuilder {
    Batch::of(Tenant::parse(tenant).unwrap())
}

/// A batch that saves teams.
pub(crate) fn saving(teams: impl IntoIterator<Item = (u128, String)>) -> Batch {
    let teams = teams.into_iter();
    teams.fold(batch(), |batch, (number, name)| batch.put(team(number, &name), Expect::Any)).build().unwrap()
}

/// A store on a new file.
pub(crate) async fn fresh() -> (TempDir, SqliteStore) {
    let directory = tempfile::tempdir().unwrap();
    let store = SqliteStore::open_or_create(directory.path().join("store.db")).await.unwrap();
    (directory, store)
}

/// A store on this file with these options.
pub(crate) async fn opened(options: SqliteOptions) -> SqliteStore {
    migrate(&options).await.unwrap();
    SqliteStore::open(options).await.unwrap()
}

/// The names of all teams, by id.
pub(crate) async fn names(store: &dyn Store) -> Vec<String> {
    let range = IndexRange::all(kind("team"));
    let page = store.scan(&Tenant::default(), &range, &PageRequest::first(Limit::MAX)).await.unwrap();
    page.records.iter().map(|it| String::from_utf8(it.record().body().bytes().to_vec()).unwrap()).collect()
}

/// A connection of somebody else.
pub(crate) async fn connection(file: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(file).connect().await.unwrap()
}

/// The names of all teams as another connection sees them, by id.
pub(crate) async fn names_seen(file: &Path) -> Vec<String> {
    let mut connection = connection(file).await;
    let text = "SELECT name FROM worktrail_v_team ORDER BY id";
    let names = sqlx::query_scalar(text).fetch_all(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    names
}

/// Runs statements on a connection of somebody else.
pub(crate) async fn run(file: &Path, text: &'static str) {
    let mut connection = connection(file).await;
    connection.execute(text).await.unwrap();
    connection.close().await.unwrap();
}

/// All that lies in a directory, by name.
pub(crate) fn lying_in(directory: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap_or_default()))
        .collect();
    files.sort();
    files
}

/// A store that several tasks share.
pub(crate) fn shared(store: &SqliteStore) -> Arc<dyn Store> {
    Arc::new(store.clone())
}
