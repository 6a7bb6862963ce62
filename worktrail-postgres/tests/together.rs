//! Several stores and several processes on one database, several batches in one group, and somebody else's SQL beside.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod common;

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use common::{
    PATIENCE, batch, batch_of, connection, find, fresh, fresh_schema, impatient, kind_of, names, names_seen, opened,
    options, run, saving, team, team_key, told, until_somebody_waits_for,
};
use sqlx::{AssertSqlSafe, Executor as _};
use worktrail_core::store::{
    Body, Expect, JournalRange, Key, Limit, Position, Record, Store, StoreErrorKind, Tenant, UniqueKey,
};
use worktrail_postgres::{PostgresStore, migrate};

const SCHEMA: &str = "WORKTRAIL_TEST_SCHEMA";

/// Runs a test of this file in a process of its own.
fn child(test: &str, schema: &str) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]).env(SCHEMA, schema);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn all_well(children: Vec<Child>) {
    for child in children {
        let output = child.wait_with_output().unwrap();
        let said = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success() && said.0.contains("1 passed"), "{}{}", said.0, said.1);
    }
}

/// A schema that was made with the first step of the ladder.
async fn old_schema(schema: &str) {
    let mut old = connection(schema).await;
    let ledger = "CREATE TABLE worktrail_migration (
    step bigint NOT NULL PRIMARY KEY,
    name text NOT NULL,
    checksum text NOT NULL,
    done boolean NOT NULL,
    tenant text COLLATE \"C\",
    id uuid
)";
    let foundation = include_str!("../migrations/0001_foundation.sql");
    for text in [&format!("CREATE SCHEMA {schema}"), foundation, ledger] {
        old.execute(AssertSqlSafe(text.to_owned())).await.unwrap();
    }
    sqlx::query("INSERT INTO worktrail_migration (step, name, checksum, done) VALUES (1, 'foundation', $1, true)")
        .bind(include_str!("../migrations/0001_foundation.sha256").trim())
        .execute(&mut old)
        .await
        .unwrap();
    let early = PostgresStore::connect(options(schema)).await;
    assert_eq!(kind_of(&early), Some(StoreErrorKind::SchemaOutdated), "it is not opened as it is");
}

/// Of a schema that is not there yet, and of one that was made with the first step.
#[test]
fn eight_processes_may_migrate_at_once() {
    for round in 0..4 {
        let schema = fresh_schema();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        if round % 2 == 1 {
            runtime.block_on(old_schema(&schema));
        }
        all_well((0..8).map(|_| child("migrates_and_commits", &schema)).collect());
        let (steps, last): (i64, i64) = runtime.block_on(async {
            let mut connection = connection(&schema).await;
            let text = "SELECT count(*), max(step) FROM worktrail_migration WHERE done";
            sqlx::query_as(text).fetch_one(&mut connection).await.unwrap()
        });
        assert_eq!(steps, last, "each step was done once");
        assert_eq!(runtime.block_on(names_seen(&schema)).len(), 8);
    }
}

/// One of the eight.
#[tokio::test]
async fn migrates_and_commits() {
    let Ok(schema) = std::env::var(SCHEMA) else { return };
    let store = opened(options(&schema)).await;
    let number = u128::from(std::process::id());
    store.commit(saving([(number, format!("{number}"))])).await.unwrap();
    store.close().await;
}

/// Both want the same name for a team of their own, a thousand times. Whoever does not get it is told so, and nothing else
/// is lost: each round leaves one team and one entry.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_stores_race_for_one_unique_value_a_thousand_times() {
    const RACES: u128 = 1_000;
    let (schema, one) = fresh().await;
    let other = PostgresStore::connect(options(&schema)).await.unwrap();
    let mut won = [0, 0];
    for round in 0..RACES {
        let wants = |racer: u128| {
            let key = team_key(round * 2 + racer);
            let team = team(round * 2 + racer, &format!("round {round}"));
            batch().put(team, Expect::Absent).tell(told(key)).build().unwrap()
        };
        // Whoever is sent first has a start.
        let outcomes = if round % 2 == 0 {
            tokio::join!(one.commit(wants(0)), other.commit(wants(1)))
        } else {
            let (second, first) = tokio::join!(other.commit(wants(1)), one.commit(wants(0)));
            (first, second)
        };
        let (place, loser) = match &outcomes {
            (Ok(_), loser) => (0, kind_of(loser)),
            (loser, Ok(_)) => (1, kind_of(loser)),
            both => panic!("nobody won round {round}: {both:?}"),
        };
        won[place] += 1;
        assert_eq!(loser, Some(StoreErrorKind::NotUnique), "round {round}");
    }
    assert_eq!(names_seen(&schema).await.len() as u128, RACES);
    let head = one.journal(&Tenant::default(), JournalRange::Everything, Position::START, Limit::new(1)).await.unwrap();
    assert_eq!(u128::from(head.head.number()), RACES);
    // Else it were no race.
    assert!(won.iter().all(|won| *won > 100), "won: {won:?}");
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_stores_lose_no_update() {
    let (schema, one) = fresh().await;
    let other = PostgresStore::connect(options(&schema)).await.unwrap();
    let adding =
        [one.clone(), one.clone(), other.clone(), other].map(|store| tokio::spawn(async move { add_up(&store).await }));
    for adding in adding {
        adding.await.unwrap();
    }
    let found = find(&one, team_key(1)).await.unwrap().unwrap();
    assert_eq!(found.record().body().bytes(), (4 * ROUNDS).to_string().as_bytes(), "an update was lost");
    let page = one.journal(&Tenant::default(), JournalRange::Everything, Position::START, Limit::MAX).await.unwrap();
    assert_eq!(page.head.number(), 4 * ROUNDS);
}

#[tokio::test]
async fn batches_of_a_group_build_on_each_other() {
    let (schema, store) = fresh().await;
    store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
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
    assert_eq!(names_seen(&schema).await, ["Sør", "Nord", "Vest"]);
    assert_eq!(names(&store).await, ["Sør", "Nord", "Vest"]);
    let holder = UniqueKey::new(common::kind("team").index("name").unwrap(), vec!["Nord".into()]).unwrap();
    let found = store.get(&Tenant::default(), &[Key::Unique(holder)]).await.unwrap();
    assert_eq!(found.into_iter().flatten().count(), 1);
    let mut connection = connection(&schema).await;
    // Each row carries the transaction that wrote it.
    let transactions: i64 = sqlx::query_scalar("SELECT count(DISTINCT xmin::text) FROM worktrail_team")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(transactions, 1, "one transaction for the whole group");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tenant_that_is_held_holds_up_no_other_and_is_busy_in_the_end() {
    let schema = fresh_schema();
    let patient = opened(options(&schema).patience(PATIENCE).statement_timeout(PATIENCE)).await;
    patient.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    let mut host = connection(&schema).await;
    host.execute("BEGIN; SELECT FROM worktrail_head FOR UPDATE").await.unwrap();
    let held = {
        let store = patient.clone();
        tokio::spawn(async move { store.commit(saving([(2, "Sør".to_owned())])).await })
    };
    until_somebody_waits_for(&mut host).await;
    for number in 0..10 {
        let others = batch_of("other").put(team(number, &format!("{number}")), Expect::Any).build().unwrap();
        patient.commit(others).await.unwrap();
    }
    // Reading goes on.
    assert_eq!(names(&patient).await, ["Nord"]);
    assert!(!held.is_finished());
    // Whoever has less patience is told so.
    let hasty = impatient(options(&schema).patience(Duration::from_millis(200))).await;
    let busy = hasty.commit(saving([(3, "Vest".to_owned())])).await;
    assert_eq!(kind_of(&busy), Some(StoreErrorKind::Busy));
    host.execute("ROLLBACK").await.unwrap();
    held.await.unwrap().unwrap();
    hasty.commit(saving([(3, "Vest".to_owned())])).await.unwrap();
    assert_eq!(names_seen(&schema).await.len(), 3 + 10);
}

/// What somebody changes with plain SQL, the engine refuses, or the store says `Corrupt`: never a wrong answer. (What is
/// changed while a commit is under way: `meanwhile.rs`.)
#[tokio::test]
async fn plain_sql_beside_us_breaks_no_invariant() {
    let (schema, store) = fresh().await;
    let key = team_key(1);
    store.commit(batch().put(team(1, "Nord"), Expect::Absent).tell(told(key)).build().unwrap()).await.unwrap();
    let mut theirs = connection(&schema).await;
    let copied = "INSERT INTO worktrail_team SELECT tenant, gen_random_uuid(), revision, children, subject, parent";
    let fields: Vec<String> =
        common::kind("team").fields().iter().map(|field| format!("\"{}\"", field.name())).collect();
    let twin = format!("{copied}, {}, body_version, body, digest FROM worktrail_team", fields.join(", "));
    let refused = [
        twin.as_str(),
        "UPDATE worktrail_team SET id = NULL",
        "UPDATE worktrail_team SET revision = 0",
        "UPDATE worktrail_team SET tenant = NULL",
        "UPDATE worktrail_team SET digest = '\\x00'",
        "UPDATE worktrail_team SET parent = id",
        "UPDATE worktrail_journal SET salt = '\\x00112233445566778899aabbccddeeff'",
        "UPDATE worktrail_head SET hash = '\\x'",
        "INSERT INTO worktrail_head SELECT * FROM worktrail_head",
        "INSERT INTO worktrail_journal SELECT * FROM worktrail_journal",
    ];
    for text in refused {
        assert!(theirs.execute(AssertSqlSafe(text.to_owned())).await.is_err(), "{text}");
    }
    store.commit(saving([(2, "Sør".to_owned())])).await.unwrap();
    // What the engine cannot know to be wrong is noticed by its digest.
    run(&schema, "UPDATE worktrail_team SET name = 'Vest' WHERE name = 'Sør'").await;
    assert_eq!(kind_of(&find(&store, team_key(2)).await), Some(StoreErrorKind::Corrupt));
    let holder = UniqueKey::new(common::kind("team").index("name").unwrap(), vec!["Vest".into()]).unwrap();
    let found = store.get(&Tenant::default(), &[Key::Unique(holder)]).await;
    assert_eq!(kind_of(&found), Some(StoreErrorKind::Corrupt));
    run(&schema, "DELETE FROM worktrail_head").await;
    let anew = store.commit(saving([(3, "Øst".to_owned())])).await;
    assert_eq!(kind_of(&anew), Some(StoreErrorKind::Corrupt), "a second history was begun");
}

#[tokio::test]
async fn migrating_twice_is_no_fault() {
    let (schema, store) = fresh().await;
    store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    migrate(&options(&schema)).await.unwrap();
    assert_eq!(names(&store).await, ["Nord"]);
}
