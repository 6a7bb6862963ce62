//! What several tests need: records, batches, and a look past the store.

#![expect(dead_code, reason = "each test file uses some of it")]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _};
use tempfile::TempDir;
use uuid::Uuid;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{
    Batch, BatchBuilder, Body, CommandId, Details, Digest, Expect, Happening, IndexRange, Key, Kind, Limit,
    PageRequest, Record, RecordKey, Salt, Stamp, Store, StoreError, StoreErrorKind, Stored, StoredRecord, Subject,
    Tenant,
};
use worktrail_sqlite::{SqliteOptions, SqliteStore, migrate};

pub(crate) fn kind(name: &str) -> Kind {
    SCHEMA.kind(name).expect("a kind of the schema")
}

pub(crate) fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub(crate) fn at() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH
}

/// A team, whose name is unique.
pub(crate) fn team(number: u128, name: &str) -> Record {
    Record::new(team_key(number), Body::new(1, name.as_bytes())).with("name", name).with("method", "ips")
}

pub(crate) fn team_key(number: u128) -> RecordKey {
    RecordKey::new(kind("team"), id(number))
}

/// A participant, about whom it is.
pub(crate) fn participant(number: u128, national_id: &str, body: &[u8]) -> Record {
    let key = RecordKey::new(kind("participant"), id(number));
    Record::new(key, Body::new(1, body)).about(Subject::new(id(number))).with("national_id", national_id)
}

/// A trail under a participant.
pub(crate) fn trail(number: u128, participant: u128, body: &[u8]) -> Record {
    let key = RecordKey::new(kind("trail"), id(number));
    Record::new(key, Body::new(1, body)).about(Subject::new(id(participant))).under(id(participant))
}

pub(crate) fn batch() -> BatchBuilder {
    Batch::of(Tenant::default())
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

pub(crate) fn told(about: RecordKey) -> Happening {
    Happening::new("test.told", about, id(7), at())
}

pub(crate) fn details(text: &str) -> Details {
    Details::new(Salt::new([7; 16]), text.as_bytes())
}

pub(crate) fn stamp(number: u128, says: u8) -> Stamp {
    Stamp::new(CommandId::new(id(number)), Digest::new([says; 32]), b"reply".as_slice(), at())
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

pub(crate) async fn find(store: &dyn Store, key: RecordKey) -> Result<Option<StoredRecord>, StoreError> {
    let found = store.get(&Tenant::default(), &[Key::Record(key)]).await?;
    Ok(found.into_iter().flatten().find_map(Stored::into_record))
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

pub(crate) fn kind_of<T>(outcome: &Result<T, StoreError>) -> Option<StoreErrorKind> {
    outcome.as_ref().err().map(StoreError::kind)
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
