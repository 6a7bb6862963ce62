//! What several tests need: records, batches, directories, and processes of their own.

#![expect(dead_code, reason = "each test file uses some of it")]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use tempfile::TempDir;
pub(crate) use worktrail_core::conformance::examples::*;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{Batch, Expect, IndexRange, Kind, Limit, PageRequest, Store, StoreError, Tenant};
use worktrail_sled::{SledOptions, SledStore};

pub(crate) fn kind(name: &str) -> Kind {
    SCHEMA.kind(name).expect("a kind of the schema")
}

/// A batch that saves teams.
pub(crate) fn saving(teams: impl IntoIterator<Item = (u128, String)>) -> Batch {
    let teams = teams.into_iter();
    teams.fold(batch(), |batch, (number, name)| batch.put(team(number, &name), Expect::Any)).build().unwrap()
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

/// The names of all teams, by id.
pub(crate) async fn names(store: &dyn Store) -> Vec<String> {
    let range = IndexRange::all(kind("team"));
    let page = store.scan(&Tenant::default(), &range, &PageRequest::first(Limit::MAX)).await.unwrap();
    page.records.iter().map(|it| String::from_utf8(it.record().body().bytes().to_vec()).unwrap()).collect()
}

/// All that lies in a directory and its directories, by path.
pub(crate) fn lying_in(directory: &Path) -> Vec<(PathBuf, Option<Vec<u8>>)> {
    let (mut found, mut left) = (Vec::new(), vec![directory.to_owned()]);
    while let Some(directory) = left.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                left.push(path.clone());
            }
            found.push((path.clone(), fs::read(&path).ok()));
        }
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
