//! Forgetting down to the bytes: the file, its log and its index are searched for what was forgotten.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod common;

use std::path::Path;

use common::{batch, connection, kind_of, opened, participant, trail};
use sqlx::{Connection as _, Executor as _, Row as _};
use worktrail_core::store::{
    CommandId, Details, Digest, Expect, Happening, Record, Salt, Stamp, Store as _, StoreErrorKind, Subject,
};
use worktrail_sqlite::{Remains, SqliteOptions, SqliteStore, SqliteTx};

const MARK: &[u8] = b"ABSURD-BRANNHYDRANT";
const SALT: [u8; 16] = *b"SALT-OF-A-DETAIL";
const FINGERPRINT: [u8; 32] = *b"FINGERPRINT-OF-A-COMMAND-OF-OLD!";
const NUMBER: &str = "48128549318";

/// How often each mark is found in the files of a directory.
fn marks_in(directory: &Path) -> usize {
    let marks: [&[u8]; 4] = [MARK, &SALT, &FINGERPRINT, NUMBER.as_bytes()];
    common::lying_in(directory)
        .iter()
        .map(|(_, bytes)| {
            marks.iter().map(|mark| bytes.windows(mark.len()).filter(|window| window == mark).count()).sum::<usize>()
        })
        .sum()
}

fn marked(length: usize) -> Vec<u8> {
    MARK.iter().copied().cycle().take(length).collect()
}

/// Records about the person, in all lengths (some do not fit a page), changed again and again, among those of others.
async fn live_a_life(store: &SqliteStore) {
    let person = 1;
    let told = |number: u128| {
        let details = Details::new(Salt::new(SALT), marked(usize::try_from(number).unwrap() % 900 + 20));
        Happening::new("test.told", trail_key(person, number), common::id(7), common::at())
            .of(Subject::new(common::id(person)))
            .with(details)
    };
    for number in 2..40_u128 {
        let other = participant(number, &format!("other {number}"), b"somebody else entirely");
        store.commit(batch().put(other, Expect::Absent).build().unwrap()).await.unwrap();
    }
    store
        .commit(batch().put(participant(person, NUMBER, &marked(3_000)), Expect::Absent).build().unwrap())
        .await
        .unwrap();
    for round in 0..6_u128 {
        for number in 0..60_u128 {
            let length = usize::try_from((number * 37 + round * 911) % 700 + if number % 10 == 0 { 9_000 } else { 30 });
            let trail = trail(1_000 + number, person, &marked(length.unwrap()));
            let others = trail_of(40_000 + round * 100 + number, 2 + number % 30, b"about somebody else, and it stays");
            let stamp = Stamp::new(
                CommandId::new(common::id(round * 1_000 + number)),
                Digest::new(FINGERPRINT),
                b"ok".as_slice(),
                common::at(),
            );
            let batch = batch().put(trail, Expect::Any).put(others, Expect::Any).tell(told(number)).stamp(stamp);
            store.commit(batch.build().unwrap()).await.unwrap();
        }
    }
}

fn trail_of(number: u128, participant: u128, body: &[u8]) -> Record {
    trail(number, participant, body)
}

fn trail_key(participant: u128, number: u128) -> worktrail_core::store::RecordKey {
    trail(1_000 + number, participant, b"").key()
}

#[tokio::test]
async fn nothing_of_a_forgotten_person_is_left_in_the_file() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("store.db");
    let patience = std::time::Duration::from_millis(100);
    let store = opened(SqliteOptions::file(&file).busy_timeout(patience)).await;
    live_a_life(&store).await;
    // So that they lie in the main file before.
    store.scrub().await.unwrap();
    let main = std::fs::read(&file).unwrap();
    assert!(main.windows(MARK.len()).any(|window| window == MARK), "the test searches for what was never there");

    // Somebody is in the middle of reading.
    let mut reader = connection(&file).await;
    reader.execute("BEGIN").await.unwrap();
    let seen: i64 = sqlx::query_scalar("SELECT count(*) FROM worktrail_v_trail").fetch_one(&mut reader).await.unwrap();
    assert_eq!(seen, 420);
    let forgetting = batch().forget(Subject::new(common::id(1)));
    store.commit(forgetting.build().unwrap()).await.unwrap();
    assert_eq!(kind_of(&store.scrub().await), Some(StoreErrorKind::Busy), "while somebody reads an older state");
    assert!(marks_in(directory.path()) > 0);
    reader.close().await.unwrap();

    let scrubbed = store.scrub().await.unwrap();
    assert_eq!(scrubbed.remains, Remains::NothingInTheFile);
    assert_eq!(marks_in(directory.path()), 0, "marks left after scrubbing");
    assert_others_are_there(&file).await;
    store.check().await.unwrap();
}

async fn assert_others_are_there(file: &Path) {
    let mut connection = connection(file).await;
    let row =
        sqlx::query("SELECT (SELECT count(*) FROM worktrail_v_trail), (SELECT count(*) FROM worktrail_v_journal)")
            .fetch_one(&mut connection)
            .await
            .unwrap();
    assert_eq!((row.get::<i64, _>(0), row.get::<i64, _>(1)), (360, 360));
}

#[tokio::test]
async fn a_change_leaves_nothing_of_what_was_before_either() {
    let directory = tempfile::tempdir().unwrap();
    let store = opened(SqliteOptions::file(directory.path().join("store.db"))).await;
    live_a_life(&store).await;
    for number in 0..60 {
        let plain = trail(1_000 + number, 1, b"plain");
        store.commit(batch().put(plain, Expect::Any).build().unwrap()).await.unwrap();
    }
    store.commit(batch().put(participant(1, "plain", b"plain"), Expect::Any).build().unwrap()).await.unwrap();
    store.commit(batch().forget(Subject::new(common::id(99))).build().unwrap()).await.unwrap();
    store.scrub().await.unwrap();
    // Details, salts and fingerprints are still there: nobody was forgotten.
    let files = common::lying_in(directory.path());
    let number = files.iter().any(|(_, bytes)| bytes.windows(NUMBER.len()).any(|window| window == NUMBER.as_bytes()));
    assert!(!number, "an overwritten value is left");
}

#[tokio::test]
async fn an_enlisted_forgetting_overwrites_too() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("store.db");
    let store = opened(SqliteOptions::file(&file)).await;
    live_a_life(&store).await;
    store.scrub().await.unwrap();
    // The host's connection has the engine's default, which leaves what is deleted where it lies.
    let mut host = connection(&file).await;
    let setting: i64 = sqlx::query_scalar("PRAGMA secure_delete").fetch_one(&mut host).await.unwrap();
    assert_eq!(setting, 0);
    host.execute("BEGIN IMMEDIATE").await.unwrap();
    let transaction = SqliteTx::new(&mut host);
    transaction.commit(batch().forget(Subject::new(common::id(1))).build().unwrap()).await.unwrap();
    transaction.finish().await.unwrap();
    host.execute("COMMIT").await.unwrap();
    let setting: i64 = sqlx::query_scalar("PRAGMA secure_delete").fetch_one(&mut host).await.unwrap();
    assert_eq!(setting, 0, "the host's setting is the host's again");
    // Only what the engine moved earlier is left, of thousands.
    host.execute("PRAGMA wal_checkpoint(TRUNCATE)").await.unwrap();
    let left = marks_in(directory.path());
    assert!(left < 50, "{left} marks were unlinked and not overwritten");
    host.close().await.unwrap();
    store.scrub().await.unwrap();
    assert_eq!(marks_in(directory.path()), 0, "marks left after scrubbing");
    assert_others_are_there(&file).await;
}

#[tokio::test]
async fn in_a_hosts_file_a_scrub_says_what_it_leaves() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("host.db");
    std::fs::write(&file, b"").unwrap();
    let mut host = connection(&file).await;
    // Row ids that nobody named: making the file anew could change them.
    host.execute("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1), (2); DELETE FROM theirs WHERE x = 1")
        .await
        .unwrap();
    let store = opened(SqliteOptions::file(&file).in_host_file()).await;
    live_a_life(&store).await;
    store.commit(batch().forget(Subject::new(common::id(1))).build().unwrap()).await.unwrap();
    assert_eq!(store.scrub().await.unwrap().remains, Remains::UnusedPartsOfPages);
    let row: i64 = sqlx::query_scalar("SELECT rowid FROM theirs").fetch_one(&mut host).await.unwrap();
    assert_eq!(row, 2);
    assert!(marks_in(directory.path()) > 0, "if nothing is left, the answer is too modest");
    host.execute("VACUUM").await.unwrap();
    host.close().await.unwrap();
    store.scrub().await.unwrap();
    assert_eq!(marks_in(directory.path()), 0);
}

#[tokio::test]
async fn samples_of_values_are_forgotten_too() {
    for hosts in [false, true] {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("store.db");
        std::fs::write(&file, b"").unwrap();
        let options = SqliteOptions::file(&file);
        let store = opened(if hosts { options.in_host_file() } else { options }).await;
        for number in 1..=30 {
            let person = participant(number, &format!("{NUMBER} {number}"), b"nothing");
            store.commit(batch().put(person, Expect::Absent).build().unwrap()).await.unwrap();
        }
        // Somebody's tool, for the sake of their own statements.
        common::run(&file, "ANALYZE").await;
        for number in 1..=30 {
            let person = Subject::new(common::id(number));
            store.commit(batch().forget(person).build().unwrap()).await.unwrap();
        }
        assert!(marks_in(directory.path()) > 0, "the test searches for what was never there");
        store.scrub().await.unwrap();
        if hosts {
            common::run(&file, "VACUUM").await;
            store.scrub().await.unwrap();
        }
        assert_eq!(marks_in(directory.path()), 0, "in a host's file: {hosts}");
    }
}
