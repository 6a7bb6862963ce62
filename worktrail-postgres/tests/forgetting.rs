//! Forgetting down to the bytes: the server's files are searched for what was forgotten.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod common;

use std::path::Path;

use common::{batch, id, kind_of, opened, participant, trail};
use postgres_server::Server;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions as _, Executor as _};
use worktrail_core::store::{
    CommandId, Details, Digest, Expect, Happening, Salt, Stamp, Store as _, StoreErrorKind, Subject,
};
use worktrail_postgres::{PostgresOptions, PostgresStore, Remains};

const MARK: &[u8] = b"ABSURD-BRANNHYDRANT";
const SALT: [u8; 16] = *b"SALT-OF-A-DETAIL";
const FINGERPRINT: [u8; 32] = *b"FINGERPRINT-OF-A-COMMAND-OF-OLD!";
const NUMBER: &str = "48128549318";

/// How often the marks are found in the files under a directory.
fn marks_in(directory: &Path) -> usize {
    let marks: [&[u8]; 4] = [MARK, &SALT, &FINGERPRINT, NUMBER.as_bytes()];
    let mut found = 0;
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found += marks_in(&path);
        } else {
            // A file that the server removed meanwhile holds nothing.
            let bytes = std::fs::read(&path).unwrap_or_default();
            for mark in marks {
                found += bytes.windows(mark.len()).filter(|window| *window == mark).count();
            }
        }
    }
    found
}

/// A server whose files nobody else writes to, and a store on it.
async fn alone() -> (Server, PostgresStore) {
    let server = Server::start_with([("autovacuum", "off"), ("wal_compression", "off")]).unwrap();
    let store = opened(PostgresOptions::url(&server.url()).unwrap()).await;
    (server, store)
}

async fn theirs(server: &Server) -> PgConnection {
    server.url().parse::<PgConnectOptions>().unwrap().connect().await.unwrap()
}

/// Records about the person, changed again and again, among those of others; some are too long for a page.
async fn live_a_life(store: &PostgresStore) {
    let marked = |length: usize| -> Vec<u8> { MARK.iter().copied().cycle().take(length).collect() };
    for number in 2..10 {
        let other = participant(number, &format!("other {number}"), b"somebody else entirely");
        store.commit(batch().put(other, Expect::Absent).build().unwrap()).await.unwrap();
    }
    store.commit(batch().put(participant(1, NUMBER, &marked(300)), Expect::Absent).build().unwrap()).await.unwrap();
    for round in 0..4_u128 {
        for number in 0..20_u128 {
            let length = if number % 5 == 0 { 9_000 } else { 30 + usize::try_from(number * 37).unwrap() };
            let about = trail(1_000 + number, 1, &marked(length));
            let told = Happening::new("test.told", about.key(), id(7), common::at())
                .of(Subject::new(id(1)))
                .with(Details::new(Salt::new(SALT), marked(50)));
            let command = CommandId::new(id(round * 1_000 + number));
            let stamp = Stamp::new(command, Digest::new(FINGERPRINT), b"ok".as_slice(), common::at());
            let batch = batch().put(about, Expect::Any).tell(told).stamp(stamp);
            store.commit(batch.build().unwrap()).await.unwrap();
        }
    }
}

#[tokio::test]
async fn nothing_of_a_forgotten_person_is_left_in_the_tables() {
    let (server, store) = alone().await;
    let (tables, log) = (server.directory().join("data/base"), server.directory().join("data/pg_wal"));
    live_a_life(&store).await;
    let mut theirs = theirs(&server).await;
    // Somebody's tool, for the sake of their own statements; and so that all lies in the files.
    theirs.execute("ANALYZE").await.unwrap();
    theirs.execute("CHECKPOINT").await.unwrap();
    assert!(marks_in(&tables) > 100, "the test searches for what was never there");

    store.commit(batch().forget(Subject::new(id(1))).build().unwrap()).await.unwrap();
    theirs.execute("CHECKPOINT").await.unwrap();
    assert!(marks_in(&tables) > 0, "if nothing is left, there is nothing to scrub");
    assert_eq!(store.scrub().await.unwrap().remains, Remains::WriteAheadLogAndBackups);
    // Only then are the old files gone.
    theirs.execute("CHECKPOINT").await.unwrap();
    assert_eq!(marks_in(&tables), 0, "marks left after scrubbing");
    assert!(marks_in(&log) > 0, "if nothing is left, the answer is too modest");
    let others: i64 = sqlx::query_scalar("SELECT count(*) FROM worktrail.worktrail_v_participant")
        .fetch_one(&mut theirs)
        .await
        .unwrap();
    assert_eq!(others, 8);
}

#[tokio::test]
async fn what_an_older_transaction_still_sees_is_said_to_be_left() {
    let (server, store) = alone().await;
    live_a_life(&store).await;
    let mut theirs = theirs(&server).await;
    theirs.execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1").await.unwrap();
    store.commit(batch().forget(Subject::new(id(1))).build().unwrap()).await.unwrap();
    assert_eq!(store.scrub().await.unwrap().remains, Remains::DeadRowsToo);
    theirs.execute("ROLLBACK").await.unwrap();
    assert_eq!(store.scrub().await.unwrap().remains, Remains::WriteAheadLogAndBackups);
}

#[tokio::test]
async fn only_the_owner_scrubs() {
    let (server, store) = alone().await;
    live_a_life(&store).await;
    let mut owner = theirs(&server).await;
    owner
        .execute(
            "CREATE ROLE clerk LOGIN PASSWORD 'secret'; GRANT USAGE ON SCHEMA worktrail TO clerk; \
             GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA worktrail TO clerk",
        )
        .await
        .unwrap();
    let connect: PgConnectOptions = server.url().parse().unwrap();
    let clerk = PostgresStore::connect(connect.username("clerk").password("secret").into()).await.unwrap();
    clerk.commit(batch().forget(Subject::new(id(1))).build().unwrap()).await.unwrap();
    assert_eq!(kind_of(&clerk.scrub().await), Some(StoreErrorKind::Unavailable));
}
