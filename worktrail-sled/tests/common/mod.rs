//! What several tests need: records, batches, directories, and processes of their own.

#![expect(dead_code, reason = "each test file uses some of it")]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tempfile::TempDir;
use uuid::Uuid;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{
    Batch, BatchBuilder, Body, CommandId, Details, Digest, Expect, Happening, IndexRange, Key, Kind, Limit,
    PageRequest, Record, RecordKey, Salt, Stamp, Store, StoreError, StoreErrorKind, Stored, StoredRecord, Subject,
    Tenant,
};
use worktrail_sled::{SledOptions, SledStore};

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

pub(crate) fn batch() -> BatchBuilder {
    Batch::of(Tenant::default())
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

/// A store in a new directory, and its path.
pub(crate) async fn fresh() -> (TempDir, PathBuf, SledStore) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store");
    let store = SledStore::open_or_create(&path).await.unwrap();
    (directory, path, store)
}

pub(crate) async fn open(path: &Path) -> Result<SledStore, StoreError> {
    SledStore::open(SledOptions::directory(path)).await
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

pub(crate) fn kind_of<T>(outcome: &Result<T, StoreError>) -> Option<StoreErrorKind> {
    outcome.as_ref().err().map(StoreError::kind)
}

/// All that lies in a directory and its directories, by path.
pub(crate) fn lying_in(directory: &Path) -> Vec<(PathBuf, Option<Vec<u8>>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(lying_in(&path));
        }
        found.push((path.clone(), fs::read(&path).ok()));
    }
    found.sort();
    found
}

/// How many blobs a store's directory has.
pub(crate) fn blobs(path: &Path) -> usize {
    fs::read_dir(path.join("blobs")).unwrap().count()
}

/// Copies a directory.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

const DIRECTORY: &str = "WORKTRAIL_TEST_DIRECTORY";

/// The directory that a test was given by [`in_a_process`]; none when it was started by itself.
pub(crate) fn given() -> Option<PathBuf> {
    std::env::var_os(DIRECTORY).map(PathBuf::from)
}

/// Runs a test of this file in a process of its own, which is ended when it takes too long.
pub(crate) fn in_a_process(test: &str, directory: &Path, at_most: Duration) -> Output {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]).env(DIRECTORY, directory).env("RUST_BACKTRACE", "0");
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let number = child.id();
    let (ended, end) = mpsc::channel();
    std::thread::spawn(move || ended.send(child.wait_with_output().unwrap()));
    end.recv_timeout(at_most).unwrap_or_else(|_| {
        let _ = Command::new("kill").args(["-9", &number.to_string()]).status();
        panic!("{test} did not come to its end on {}", directory.display())
    })
}
