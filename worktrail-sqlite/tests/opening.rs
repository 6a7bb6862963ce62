//! What may stand where a store is opened, and that it is left as it was found.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod common;

use std::path::{Path, PathBuf};

use common::{batch, connection, kind_of, lying_in, names_seen, opened, run, saving, team};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteLockingMode};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _};
use tempfile::TempDir;
use worktrail_core::store::{Durability, Expect, Store as _, StoreError, StoreErrorKind};
use worktrail_sqlite::{SqliteOptions, SqliteStore, migrate};

fn place() -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("store.db");
    (directory, file)
}

/// A closed store with something in it.
async fn made(file: &Path) {
    let store = opened(SqliteOptions::file(file)).await;
    store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    store.close().await;
}

/// Opening and migrating both fail in this way, and leave every file of the directory as it was.
async fn refused(directory: &Path, options: SqliteOptions, wanted: StoreErrorKind) -> StoreError {
    let before = lying_in(directory);
    let opening = SqliteStore::open(options.clone()).await;
    assert_eq!(kind_of(&opening), Some(wanted), "{opening:?}");
    assert!(lying_in(directory) == before, "opening changed something");
    let migrating = migrate(&options).await;
    assert_eq!(kind_of(&migrating), Some(wanted), "{migrating:?}");
    assert!(lying_in(directory) == before, "migrating changed something");
    opening.unwrap_err()
}

#[tokio::test]
async fn a_file_that_is_not_there_is_not_made_by_opening() {
    let (directory, file) = place();
    let opening = SqliteStore::open(SqliteOptions::file(&file)).await;
    assert_eq!(kind_of(&opening), Some(StoreErrorKind::Unavailable));
    assert!(opening.unwrap_err().to_string().contains("migrate"));
    assert_eq!(lying_in(directory.path()), []);
}

#[tokio::test]
async fn an_empty_file_wants_to_be_migrated() {
    let (directory, file) = place();
    std::fs::write(&file, b"").unwrap();
    let opening = SqliteStore::open(SqliteOptions::file(&file)).await;
    assert_eq!(kind_of(&opening), Some(StoreErrorKind::SchemaOutdated));
    assert!(opening.unwrap_err().to_string().contains("migrate"));
    assert_eq!(lying_in(directory.path()), [("store.db".to_owned(), Vec::new())]);
    migrate(&SqliteOptions::file(&file)).await.unwrap();
    SqliteStore::open(SqliteOptions::file(&file)).await.unwrap();
}

#[tokio::test]
async fn a_directory_that_is_not_there_is_said() {
    let (directory, file) = place();
    let file = file.join("deeper").join("store.db");
    refused(directory.path(), SqliteOptions::file(file), StoreErrorKind::Unavailable).await;
    refused(directory.path(), SqliteOptions::file(directory.path()), StoreErrorKind::Unavailable).await;
}

#[tokio::test]
async fn another_programs_file_is_left_alone() {
    let (directory, file) = place();
    let mut theirs = SqliteConnectOptions::new().filename(&file).create_if_missing(true).connect().await.unwrap();
    theirs.execute("CREATE TABLE theirs (x)").await.unwrap();
    theirs.close().await.unwrap();
    refused(directory.path(), SqliteOptions::file(&file), StoreErrorKind::Misuse).await;

    // A file that is marked as another program's, even without a table.
    let marked = directory.path().join("marked.db");
    let mut theirs = SqliteConnectOptions::new().filename(&marked).create_if_missing(true).connect().await.unwrap();
    theirs.execute("PRAGMA application_id = 77; CREATE TABLE gone (x); DROP TABLE gone").await.unwrap();
    theirs.close().await.unwrap();
    refused(directory.path(), SqliteOptions::file(&marked), StoreErrorKind::Misuse).await;
}

#[tokio::test]
async fn another_programs_file_with_a_write_ahead_log_is_left_alone() {
    let (directory, file) = place();
    let mut theirs = SqliteConnectOptions::new().filename(&file).create_if_missing(true).connect().await.unwrap();
    theirs.execute("PRAGMA journal_mode = WAL; CREATE TABLE theirs (x)").await.unwrap();
    // It is open, and its log has content.
    let before = std::fs::read(&file).unwrap();
    for outcome in
        [SqliteStore::open(SqliteOptions::file(&file)).await.map(drop), migrate(&SqliteOptions::file(&file)).await]
    {
        assert_eq!(kind_of(&outcome), Some(StoreErrorKind::Misuse), "{outcome:?}");
    }
    assert!(std::fs::read(&file).unwrap() == before);
    drop(theirs);
    drop(directory);
}

#[tokio::test]
async fn the_hosts_file_holds_both() {
    let (_directory, file) = place();
    let mut host = SqliteConnectOptions::new().filename(&file).create_if_missing(true).connect().await.unwrap();
    host.execute("PRAGMA application_id = 77; PRAGMA user_version = 12; CREATE TABLE theirs (x)").await.unwrap();
    let options = SqliteOptions::file(&file).in_host_file();
    let store = opened(options.clone()).await;
    store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    assert_eq!(names_seen(&file).await, ["Nord"]);
    let marks: (i64, i64) = (
        sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut host).await.unwrap(),
        sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut host).await.unwrap(),
    );
    assert_eq!(marks, (77, 12));
    host.execute("INSERT INTO theirs VALUES (1)").await.unwrap();
}

#[tokio::test]
async fn a_host_file_without_tables_of_ours_wants_to_be_migrated() {
    let (_directory, file) = place();
    let mut host = SqliteConnectOptions::new().filename(&file).create_if_missing(true).connect().await.unwrap();
    host.execute("CREATE TABLE theirs (x)").await.unwrap();
    let opening = SqliteStore::open(SqliteOptions::file(&file).in_host_file()).await;
    assert_eq!(kind_of(&opening), Some(StoreErrorKind::SchemaOutdated));
}

#[tokio::test]
async fn a_newer_schema_is_left_alone() {
    let (directory, file) = place();
    made(&file).await;
    run(&file, "INSERT INTO worktrail_migration (step, name, checksum, done) VALUES (99, 'later', 'x', 1)").await;
    refused(directory.path(), SqliteOptions::file(&file), StoreErrorKind::SchemaOutdated).await;
    refused(directory.path(), SqliteOptions::file(&file).in_host_file(), StoreErrorKind::SchemaOutdated).await;
}

#[tokio::test]
async fn a_step_that_reads_differently_is_refused() {
    let (directory, file) = place();
    made(&file).await;
    run(&file, "UPDATE worktrail_migration SET checksum = 'edited'").await;
    refused(directory.path(), SqliteOptions::file(&file), StoreErrorKind::SchemaOutdated).await;
}

#[tokio::test]
async fn what_is_not_a_database_is_left_alone() {
    let (directory, file) = place();
    std::fs::write(&file, "This is a letter, and no database at all. ".repeat(100)).unwrap();
    refused(directory.path(), SqliteOptions::file(&file), StoreErrorKind::Corrupt).await;
}

#[tokio::test]
async fn a_truncated_file_is_left_alone() {
    let (directory, file) = place();
    made(&file).await;
    let whole = std::fs::read(&file).unwrap();
    for length in [whole.len() - 4096, whole.len() / 2, 8192, 4096, 700] {
        std::fs::write(&file, &whole[..length]).unwrap();
        refused(directory.path(), SqliteOptions::file(&file), StoreErrorKind::Corrupt).await;
    }
}

#[tokio::test]
async fn a_file_with_a_damaged_head_is_left_alone() {
    let (directory, file) = place();
    made(&file).await;
    let whole = std::fs::read(&file).unwrap();
    for damage in [0..16, 16..18, 100..112] {
        let mut damaged = whole.clone();
        damaged[damage].fill(0xa5);
        std::fs::write(&file, &damaged).unwrap();
        refused(directory.path(), SqliteOptions::file(&file), StoreErrorKind::Corrupt).await;
    }
}

#[cfg(unix)]
#[tokio::test]
async fn what_is_marked_read_only_is_left_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let allow = |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    let (directory, file) = place();
    made(&file).await;
    allow(&file, 0o444);
    refused(directory.path(), SqliteOptions::file(&file), StoreErrorKind::ReadOnly).await;
    allow(&file, 0o644);
    allow(directory.path(), 0o555);
    refused(directory.path(), SqliteOptions::file(&file), StoreErrorKind::ReadOnly).await;
    let new = SqliteOptions::file(directory.path().join("new.db"));
    assert_eq!(kind_of(&migrate(&new).await), Some(StoreErrorKind::ReadOnly));
    allow(directory.path(), 0o755);
    SqliteStore::open(SqliteOptions::file(&file)).await.unwrap();
}

const READ_ONLY_DISK: &str = "WORKTRAIL_TEST_READ_ONLY_DISK";

/// A file system that is mounted read-only, in a mount namespace, where the system allows one.
#[test]
fn a_read_only_disk_is_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    let child = std::env::current_exe().unwrap();
    let namespace = |script: &str| {
        let mut command = std::process::Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount", "sh", "-c", script]).arg(directory.path()).arg(&child);
        command.env(READ_ONLY_DISK, directory.path());
        command
    };
    let mount = "mount -t tmpfs -o size=4m tmpfs \"$0\"";
    if !namespace(mount).output().is_ok_and(|output| output.status.success()) {
        println!("NOT RUN: this system allows no mount namespace, so no disk was read-only");
        return;
    }
    let run = "\"$1\" --exact on_a_read_only_disk --nocapture";
    let script = format!("{mount} && PREPARE=1 {run} && mount -o remount,ro \"$0\" && {run}");
    let output = namespace(&script).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("refused on a read-only disk"), "{said}");
}

/// What [`a_read_only_disk_is_left_alone`] runs in processes of its own.
#[tokio::test]
async fn on_a_read_only_disk() {
    let Some(disk) = std::env::var_os(READ_ONLY_DISK).map(PathBuf::from) else { return };
    let file = disk.join("store.db");
    if std::env::var_os("PREPARE").is_some() {
        made(&file).await;
        return;
    }
    let before = lying_in(&disk);
    assert_eq!(before.len(), 1);
    let opening = SqliteStore::open(SqliteOptions::file(&file)).await;
    assert_eq!(kind_of(&opening), Some(StoreErrorKind::ReadOnly), "{opening:?}");
    let making = migrate(&SqliteOptions::file(disk.join("new.db"))).await;
    assert_eq!(kind_of(&making), Some(StoreErrorKind::ReadOnly), "{making:?}");
    assert!(lying_in(&disk) == before);
    println!("refused on a read-only disk");
}

#[tokio::test]
async fn what_is_no_name_of_a_file_is_refused() {
    let in_memory = SqliteOptions::from(SqliteConnectOptions::new().in_memory(true));
    let named = ["", ":memory:", "file:store.db", "file:store.db?mode=memory"].map(SqliteOptions::file);
    for options in named.into_iter().chain([in_memory]) {
        assert_eq!(kind_of(&migrate(&options).await), Some(StoreErrorKind::Misuse), "{options:?}");
        assert_eq!(kind_of(&SqliteStore::open(options).await), Some(StoreErrorKind::Misuse));
    }
}

#[test]
fn a_file_stays_where_it_was_when_the_process_goes_elsewhere() {
    let here = std::env::current_dir().unwrap().join("store.db");
    let connect = SqliteConnectOptions::new().filename("store.db");
    for options in [SqliteOptions::file("store.db"), SqliteOptions::from(connect)] {
        assert!(format!("{options:?}").contains(&format!("{here:?}")), "{options:?}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_leads_to_the_file_and_to_its_log() {
    let (directory, file) = place();
    let link = directory.path().join("link.db");
    std::os::unix::fs::symlink(&file, &link).unwrap();
    made(&file).await;
    let store = SqliteStore::open(SqliteOptions::file(&link)).await.unwrap();
    for number in 2..300 {
        let body = worktrail_core::store::Body::new(1, vec![7; 100_000]);
        let record = worktrail_core::store::Record::new(common::team_key(number), body);
        store.commit(batch().put(record, Expect::Any).build().unwrap()).await.unwrap();
    }
    let log = std::fs::metadata(directory.path().join("store.db-wal")).unwrap().len();
    assert!(log < 19 << 20, "the log grew to {log}");
    // What lies in the log only is seen through the link too.
    let text = "INSERT INTO worktrail_migration (step, name, checksum, done) VALUES (99, 'later', 'x', 1)";
    run(&file, text).await;
    let opening = SqliteStore::open(SqliteOptions::file(&link)).await;
    assert_eq!(kind_of(&opening), Some(StoreErrorKind::SchemaOutdated));
    store.close().await;
}

#[tokio::test]
async fn the_store_says_what_it_promises() {
    let (_directory, file) = place();
    let store = opened(SqliteOptions::file(&file)).await;
    let info = store.info();
    assert!(info.engine.starts_with("SQLite 3."), "{info:?}");
    assert_eq!(info.durability, Durability::PowerSafe);
    for (name, value) in
        [("journal_mode", "wal"), ("synchronous", "2"), ("secure_delete", "1"), ("trusted_schema", "0")]
    {
        assert!(info.settings.contains(&(name.to_owned(), value.to_owned())), "{name}: {info:?}");
    }
    store.close().await;

    let store = opened(SqliteOptions::file(&file).durability(Durability::ProcessSafe)).await;
    assert_eq!(store.info().durability, Durability::ProcessSafe);
    assert!(store.info().settings.contains(&("synchronous".to_owned(), "1".to_owned())));
}

#[tokio::test]
async fn a_file_of_our_own_is_marked() {
    let (_directory, file) = place();
    made(&file).await;
    let mut connection = connection(&file).await;
    let application: i64 = sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut connection).await.unwrap();
    let version: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut connection).await.unwrap();
    let last: i64 =
        sqlx::query_scalar("SELECT max(step) FROM worktrail_migration").fetch_one(&mut connection).await.unwrap();
    assert_eq!((application, version), (0x4950_5377, last));
}

#[tokio::test]
async fn a_closed_store_says_so() {
    let (_directory, file) = place();
    let store = opened(SqliteOptions::file(&file)).await;
    let waiting = {
        let store = store.clone();
        tokio::spawn(async move { store.commit(batch().put(team(1, "Nord"), Expect::Absent).build().unwrap()).await })
    };
    // Begun before closing, and finished by it.
    tokio::task::yield_now().await;
    store.close().await;
    store.close().await;
    waiting.await.unwrap().unwrap();
    assert_eq!(names_seen(&file).await, ["Nord"]);
    assert_eq!(kind_of(&store.commit(saving([(2, "Sør".to_owned())])).await), Some(StoreErrorKind::Closed));
    assert_eq!(kind_of(&common::find(&store, common::team_key(1)).await), Some(StoreErrorKind::Closed));
    assert_eq!(kind_of(&store.scrub().await), Some(StoreErrorKind::Closed));
}

#[tokio::test]
async fn what_the_host_connects_with_is_kept_within_bounds() {
    let (_directory, file) = place();
    let connect = SqliteConnectOptions::new().filename(&file).read_only(true).immutable(true);
    let connect = connect.journal_mode(SqliteJournalMode::Delete).locking_mode(SqliteLockingMode::Exclusive);
    let patience = std::time::Duration::MAX;
    let store = opened(SqliteOptions::from(connect).busy_timeout(patience)).await;
    store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    assert!(common::find(&store, common::team_key(1)).await.unwrap().is_some());
    assert_eq!(names_seen(&file).await, ["Nord"]);
}

#[tokio::test]
async fn a_newer_schema_that_lies_in_the_log_is_left_alone() {
    let (_directory, file) = place();
    made(&file).await;
    let mut newer = connection(&file).await;
    newer
        .execute("INSERT INTO worktrail_migration (step, name, checksum, done) VALUES (99, 'later', 'x', 1)")
        .await
        .unwrap();
    let before = std::fs::read(&file).unwrap();
    let opening = SqliteStore::open(SqliteOptions::file(&file)).await;
    assert_eq!(kind_of(&opening), Some(StoreErrorKind::SchemaOutdated));
    assert!(std::fs::read(&file).unwrap() == before);
    newer.close().await.unwrap();
}

#[tokio::test]
async fn options_never_print_a_key() {
    let connect = SqliteConnectOptions::new().filename("store.db").pragma("key", "the secret");
    let printed = format!("{:?}", SqliteOptions::from(connect));
    assert!(printed.contains("store.db") && !printed.contains("secret"), "{printed}");
}

#[tokio::test]
async fn the_least_and_the_most_of_every_bound_will_do() {
    let (_directory, file) = place();
    let options = SqliteOptions::file(&file);
    for options in [
        options.clone().readers(u32::MAX).queue(usize::MAX, usize::MAX).busy_timeout(std::time::Duration::MAX),
        options.queue(0, 0).busy_timeout(std::time::Duration::ZERO),
    ] {
        let store = opened(options).await;
        store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
        assert!(common::find(&store, common::team_key(1)).await.unwrap().is_some());
        store.close().await;
    }
}

#[test]
fn without_a_runtime_it_is_said_and_nothing_ends() {
    let (_directory, file) = place();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let store = runtime.block_on(opened(SqliteOptions::file(&file)));
    let reading = now(common::find(&store, common::team_key(1)));
    assert_eq!(reading.as_ref().map(kind_of), Some(Some(StoreErrorKind::Misuse)));
    let opening = now(SqliteStore::open(SqliteOptions::file(&file)));
    assert_eq!(opening.as_ref().map(kind_of), Some(Some(StoreErrorKind::Misuse)));
}

/// What a future comes to when it is polled once, outside of any runtime.
fn now<F: Future>(future: F) -> Option<F::Output> {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(future).poll(&mut context) {
        std::task::Poll::Ready(output) => Some(output),
        std::task::Poll::Pending => None,
    }
}

#[tokio::test]
async fn a_file_with_text_of_another_encoding_is_refused() {
    let (_directory, file) = place();
    let mut host = SqliteConnectOptions::new().filename(&file).create_if_missing(true).connect().await.unwrap();
    host.execute("PRAGMA encoding = 'UTF-16le'; CREATE TABLE theirs (x)").await.unwrap();
    host.close().await.unwrap();
    let before = std::fs::read(&file).unwrap();
    let migrating = migrate(&SqliteOptions::file(&file).in_host_file()).await;
    assert_eq!(kind_of(&migrating), Some(StoreErrorKind::Misuse), "{migrating:?}");
    assert!(std::fs::read(&file).unwrap() == before);
}
