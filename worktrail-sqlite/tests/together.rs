//! Several stores and several processes on one file, and several batches in one group.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod common;
mod old;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use common::{
    batch, connection, find, fresh, kind_of, lying_in, names, names_seen, opened, saving, team, team_key, told,
};
use old::{ROWS, old_file};
use sqlx::{Connection as _, Executor as _};
use worktrail_core::store::{
    Body, Expect, JournalRange, Limit, Position, Record, Store, StoreErrorKind, Tenant, UniqueKey,
};
use worktrail_sqlite::{SqliteOptions, SqliteStore, migrate};

const FILE: &str = "WORKTRAIL_TEST_FILE";

/// Runs a test of this file in a process of its own.
fn child(test: &str, file: &Path) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]).env(FILE, file);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn all_well(children: Vec<Child>) {
    for child in children {
        let output = child.wait_with_output().unwrap();
        let said = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success() && said.0.contains("1 passed"), "{}{}", said.0, said.1);
    }
}

fn file_of_the_parent() -> Option<PathBuf> {
    std::env::var_os(FILE).map(PathBuf::from)
}

/// Of a file that is not there yet, and of one that was made with the first step.
#[test]
fn eight_processes_may_migrate_at_once() {
    for round in 0..6 {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("store.db");
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let mut before = 0;
        if round % 2 == 1 {
            runtime.block_on(old_file(&file));
            before = ROWS.matches("INSERT INTO worktrail_team ").count();
            assert!(before > 0, "nothing lies in the old file");
        }
        all_well((0..8).map(|_| child("migrates_and_commits", &file)).collect());
        let (steps, last): (i64, i64) = runtime.block_on(async {
            let mut connection = connection(&file).await;
            let text = "SELECT count(*), max(step) FROM worktrail_migration WHERE done = 1";
            sqlx::query_as(text).fetch_one(&mut connection).await.unwrap()
        });
        assert_eq!(steps, last, "each step was done once");
        assert_eq!(runtime.block_on(names_seen(&file)).len(), 8 + before);
    }
}

/// One of the eight.
#[tokio::test]
async fn migrates_and_commits() {
    let Some(file) = file_of_the_parent() else { return };
    let store = SqliteStore::open_or_create(file).await.unwrap();
    let number = u128::from(std::process::id());
    store.commit(saving([(number, format!("{number}"))])).await.unwrap();
    store.close().await;
}

const ROUNDS: u64 = 60;

/// Adds one to a number that lies in a record, as often as [`ROUNDS`] says, whoever else does so.
async fn add_up(store: &dyn Store) {
    let mut done = 0;
    while done < ROUNDS {
        let found = find(store, team_key(1)).await.unwrap();
        let (number, expect) = match &found {
            None => (0, Expect::Absent),
            Some(found) => {
                let text = std::str::from_utf8(found.record().body().bytes()).unwrap();
                (text.parse::<u64>().unwrap(), Expect::At(found.revision()))
            }
        };
        let record = Record::new(team_key(1), Body::new(1, (number + 1).to_string().as_bytes()));
        match store.commit(batch().put(record, expect).tell(told(team_key(1))).build().unwrap()).await {
            Ok(_) => done += 1,
            Err(error) => assert_eq!(error.kind(), StoreErrorKind::Conflict, "{error}"),
        }
    }
}

async fn assert_sum(store: &dyn Store, adders: u64) {
    let found = find(store, team_key(1)).await.unwrap().unwrap();
    assert_eq!(found.record().body().bytes(), (adders * ROUNDS).to_string().as_bytes(), "an update was lost");
    let everything = JournalRange::Everything;
    let page = store.journal(&Tenant::default(), everything, Position::START, Limit::MAX).await.unwrap();
    assert_eq!(page.head.number(), adders * ROUNDS);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_stores_on_one_file_lose_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("store.db");
    let one = opened(SqliteOptions::file(&file)).await;
    let other = opened(SqliteOptions::file(&file)).await;
    let adding =
        [one.clone(), one.clone(), other.clone(), other].map(|store| tokio::spawn(async move { add_up(&store).await }));
    for adding in adding {
        adding.await.unwrap();
    }
    assert_sum(&one, 4).await;
}

#[test]
fn four_processes_on_one_file_lose_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("store.db");
    all_well((0..4).map(|_| child("adds_up", &file)).collect());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = SqliteStore::open(SqliteOptions::file(&file)).await.unwrap();
        assert_sum(&store, 4).await;
        store.close().await;
    });
    let left: Vec<String> = lying_in(directory.path()).into_iter().map(|(name, _)| name).collect();
    assert_eq!(left, ["store.db"], "a closed store leaves one file");
}

/// One of the four.
#[tokio::test]
async fn adds_up() {
    let Some(file) = file_of_the_parent() else { return };
    let store = SqliteStore::open_or_create(file).await.unwrap();
    add_up(&store).await;
    store.close().await;
}

#[tokio::test]
async fn batches_of_a_group_build_on_each_other() {
    let (directory, store) = fresh().await;
    let file = directory.path().join("store.db");
    store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    let before = commits_in_the_log(&file);
    // Sent before the writer has a turn, so they are judged together and written at once.
    let (freed, taken, refused, last) = tokio::join!(
        store.commit(batch().put(team(1, "Sør"), Expect::Any).build().unwrap()),
        store.commit(batch().put(team(2, "Nord"), Expect::Absent).build().unwrap()),
        store.commit(batch().put(team(3, "Nord"), Expect::Absent).build().unwrap()),
        store.commit(batch().put(team(3, "Vest"), Expect::Absent).build().unwrap()),
    );
    let revisions = [freed.unwrap(), taken.unwrap(), last.unwrap()].map(|receipt| receipt.revision().number());
    assert_eq!(revisions, [2, 3, 4]);
    assert_eq!(kind_of(&refused), Some(StoreErrorKind::NotUnique));
    assert_eq!(names_seen(&file).await, ["Sør", "Nord", "Vest"]);
    assert_eq!(names(&store).await, ["Sør", "Nord", "Vest"]);
    let holder = UniqueKey::new(common::kind("team").index("name").unwrap(), vec!["Nord".into()]).unwrap();
    let found = store.get(&Tenant::default(), &[worktrail_core::store::Key::Unique(holder)]).await.unwrap();
    assert_eq!(found.into_iter().flatten().count(), 1);
    assert_eq!(commits_in_the_log(&file) - before, 1, "one transaction for the whole group");
}

/// How many commits of the engine lie in the write-ahead log.
fn commits_in_the_log(file: &Path) -> usize {
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    let log = std::fs::read(log).unwrap();
    let frames = log.get(32..).unwrap_or_default().chunks_exact(24 + 4096);
    let salt = log.get(16..24).unwrap_or_default().to_owned();
    // A frame that ends a commit has the size of the file in its head.
    frames.filter(|frame| frame[8..16] == salt[..] && frame[4..8] != [0; 4]).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hosts_transaction_is_waited_for_and_then_busy() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("store.db");
    let patience = std::time::Duration::from_millis(200);
    let store = opened(SqliteOptions::file(&file).busy_timeout(patience)).await;
    let mut host = connection(&file).await;
    host.execute("BEGIN IMMEDIATE").await.unwrap();
    assert_eq!(kind_of(&store.commit(saving([(1, "Nord".to_owned())])).await), Some(StoreErrorKind::Busy));
    // Reading goes on.
    assert_eq!(names(&store).await, Vec::<String>::new());
    host.execute("ROLLBACK").await.unwrap();
    store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    assert_eq!(names_seen(&file).await, ["Nord"]);
}

#[tokio::test]
async fn the_log_stays_short() {
    let (directory, store) = fresh().await;
    let length = |ending: &str| {
        std::fs::metadata(directory.path().join(format!("store.db{ending}"))).map_or(0, |file| file.len())
    };
    let mut longest = 0;
    for number in 0..900 {
        let record = Record::new(team_key(number), Body::new(1, vec![7; 32_000]));
        store.commit(batch().put(record, Expect::Any).build().unwrap()).await.unwrap();
        longest = longest.max(length("-wal"));
    }
    assert!(longest > 16 << 20 && longest < 18 << 20, "the log grew to {longest}");
    assert!(length("") > 12 << 20, "what was brought home: {}", length(""));
}

/// Somebody from outside reads one state of the file; then nobody does.
#[tokio::test]
async fn a_log_that_a_long_reader_kept_is_brought_home_after_them() {
    let (directory, store) = fresh().await;
    let log = || std::fs::metadata(directory.path().join("store.db-wal")).unwrap().len();
    let commit = |number: u128, length| {
        let record = Record::new(team_key(number), Body::new(1, vec![7; length]));
        store.commit(batch().put(record, Expect::Any).build().unwrap())
    };
    commit(0, 1).await.unwrap();
    let mut reader = connection(&directory.path().join("store.db")).await;
    reader.execute("BEGIN; SELECT count(*) FROM worktrail_team").await.unwrap();
    for number in 1..=400 {
        commit(number, 60_000).await.unwrap();
    }
    let kept = log();
    assert!(kept > 20 << 20, "nobody kept it: {kept}");
    reader.close().await.unwrap();
    for _ in 0..100 {
        commit(0, 1).await.unwrap();
    }
    assert!(log() < 17 << 20, "with no reader left it is still {} bytes long", log());
    // The longest reading of our own is over when it is answered.
    let backup = directory.path().join("copy.db");
    let (taken, ()) = tokio::join!(store.backup(&backup), async {
        for number in 401..=600 {
            commit(number, 60_000).await.unwrap();
        }
    });
    assert_eq!(taken.unwrap().entries, 0);
    for _ in 0..100 {
        commit(0, 1).await.unwrap();
    }
    assert!(log() < 17 << 20, "after a backup it is still {} bytes long", log());
}

#[tokio::test]
async fn opening_waits_for_nobody_who_writes() {
    let (directory, store) = fresh().await;
    let file = directory.path().join("store.db");
    let mut host = connection(&file).await;
    host.execute("BEGIN IMMEDIATE").await.unwrap();
    let other = SqliteStore::open(SqliteOptions::file(&file)).await.unwrap();
    assert_eq!(names(&other).await, Vec::<String>::new());
    assert!(other.info().settings.contains(&("busy_timeout".to_owned(), "5000".to_owned())));
    drop(store);
}

#[tokio::test]
async fn migrating_twice_is_no_fault() {
    let (directory, store) = fresh().await;
    store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    migrate(&SqliteOptions::file(directory.path().join("store.db"))).await.unwrap();
    assert_eq!(names(&store).await, ["Nord"]);
}
