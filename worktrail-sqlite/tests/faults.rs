//! What happens when something goes wrong: a full disk, callers that go away, damage.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod common;

use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::process::Command;
use std::task::Poll;

use common::{
    batch, connection, details, find, fresh, kind, kind_of, names_seen, opened, run, saving, stamp, team, team_key,
    told,
};
use sqlx::Executor as _;
use sqlx::sqlite::SqliteConnectOptions;
use worktrail_core::store::{
    Batch, CommandId, Expect, Grouping, IndexRange, JournalRange, Key, Limit, PageRequest, Position, Store,
    StoreErrorKind, Tenant,
};
use worktrail_sqlite::{SqliteOptions, SqliteStore};

/// A team with a long body, so that a small disk is soon full.
fn long(number: u128) -> Batch {
    let name = format!("{number:04} {}", "x".repeat(40_000));
    let record =
        worktrail_core::store::Record::new(team_key(number), worktrail_core::store::Body::new(1, name.as_bytes()));
    batch().put(record.with("name", format!("{number:04}")), Expect::Absent).build().unwrap()
}

/// Commits until there is no room, and gives the number of those that were acknowledged.
async fn fill(store: &SqliteStore) -> u128 {
    for number in 1..10_000 {
        match store.commit(long(number)).await {
            Ok(_) => {}
            Err(error) => {
                assert_eq!(error.kind(), StoreErrorKind::Full, "{error}");
                return number - 1;
            }
        }
    }
    panic!("the disk is not small");
}

async fn assert_kept(store: &SqliteStore, file: &Path, acknowledged: u128) {
    let wanted: Vec<String> = (1..=acknowledged).map(|number| format!("{number:04}")).collect();
    assert_eq!(names_seen(file).await, wanted, "what was acknowledged, and nothing else");
    for number in 1..=acknowledged {
        assert!(find(store, team_key(number)).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn a_full_file_refuses_and_goes_on() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("store.db");
    let connect = SqliteConnectOptions::new().filename(&file).pragma("max_page_count", "300");
    let store = opened(SqliteOptions::from(connect)).await;
    let acknowledged = fill(&store).await;
    assert!(acknowledged > 3, "the file held {acknowledged} only");
    assert_kept(&store, &file, acknowledged).await;
    // Several refusals in a row, and groups of them.
    for _ in 0..3 {
        let (one, other) = tokio::join!(store.commit(long(9_998)), store.commit(long(9_999)));
        assert_eq!((kind_of(&one), kind_of(&other)), (Some(StoreErrorKind::Full), Some(StoreErrorKind::Full)));
    }
    let room = batch().remove(team_key(1), None, Expect::Any).remove(team_key(2), None, Expect::Any).build().unwrap();
    store.commit(room).await.unwrap();
    store.commit(long(5_000)).await.unwrap();
    assert!(names_seen(&file).await.contains(&"5000".to_owned()));
    store.check().await.unwrap();
}

const SMALL_DISK: &str = "WORKTRAIL_TEST_SMALL_DISK";

/// Runs a test of this file on a disk of this many megabytes: a file system of its own in a mount namespace, where the
/// system allows one.
#[expect(clippy::print_stdout, reason = "so that a test that could not be run is seen")]
fn on_a_disk_of(megabytes: u32, test: &str, says: &str) {
    let directory = tempfile::tempdir().unwrap();
    let child = std::env::current_exe().unwrap();
    let mount = format!("mount -t tmpfs -o size={megabytes}m tmpfs \"$0\"");
    let namespace = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount", "sh", "-c", script]).arg(directory.path()).arg(&child);
        command.env(SMALL_DISK, directory.path());
        command
    };
    if !namespace(&mount).output().is_ok_and(|it| it.status.success()) {
        println!("NOT RUN: this system allows no mount namespace, so no real disk was filled");
        return;
    }
    let output = namespace(&format!("{mount} && exec \"$1\" --exact {test} --nocapture")).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains(says), "{said}");
}

#[test]
fn a_full_disk_refuses_and_goes_on() {
    on_a_disk_of(4, "on_a_small_disk", "filled a real disk");
}

/// What [`a_full_disk_refuses_and_goes_on`] runs in a process of its own.
#[tokio::test]
async fn on_a_small_disk() {
    let Some(disk) = std::env::var_os(SMALL_DISK).map(PathBuf::from) else { return };
    let (file, ballast) = (disk.join("store.db"), disk.join("ballast"));
    std::fs::write(&ballast, vec![1; 1 << 20]).unwrap();
    let store = SqliteStore::open_or_create(&file).await.unwrap();
    let acknowledged = fill(&store).await;
    assert!(acknowledged > 3, "the disk held {acknowledged} only");
    assert_kept(&store, &file, acknowledged).await;
    for _ in 0..3 {
        assert_eq!(kind_of(&store.commit(long(9_999)).await), Some(StoreErrorKind::Full));
    }
    std::fs::remove_file(ballast).unwrap();
    for number in acknowledged + 1..=acknowledged + 3 {
        store.commit(long(number)).await.unwrap();
        assert_kept(&store, &file, number).await;
    }
    store.check().await.unwrap();
    store.close().await;
    let store = SqliteStore::open_or_create(&file).await.unwrap();
    assert_kept(&store, &file, acknowledged + 3).await;
    println!("filled a real disk: {acknowledged} acknowledged");
}

#[test]
fn a_commit_that_lies_in_the_log_is_not_called_refused() {
    on_a_disk_of(40, "on_a_disk_without_room_for_the_index", "found it after the crash");
}

/// What [`a_commit_that_lies_in_the_log_is_not_called_refused`] runs in a process of its own: the log is written and
/// synced, and then there is no room for its index, which grows every 4096 frames.
#[tokio::test]
async fn on_a_disk_without_room_for_the_index() {
    let Some(disk) = std::env::var_os(SMALL_DISK).map(PathBuf::from) else { return };
    let (file, ballast) = (disk.join("store.db"), disk.join("ballast"));
    let store = opened(SqliteOptions::file(&file)).await;
    store.commit(long(1)).await.unwrap();
    // Somebody reads all the while, so that the log grows.
    let mut reader = connection(&file).await;
    reader.execute("BEGIN; SELECT count(*) FROM worktrail_team").await.unwrap();
    let log = disk.join("store.db-wal");
    let mut number = 1;
    while std::fs::metadata(&log).unwrap().len() < 4_000 * 4_120 {
        number += 1;
        store.commit(long(number)).await.unwrap();
    }
    // What the log was given once it keeps, so each time there is room for a little more of it.
    let leave_room_for_three_pages = || {
        let _ = std::fs::remove_file(&ballast);
        let mut file = std::fs::File::create(&ballast).unwrap();
        while std::io::Write::write_all(&mut file, &[1; 4_096]).is_ok() {}
        let length = file.metadata().unwrap().len();
        file.set_len(length - 3 * 4_096).unwrap();
    };
    let large = (10_001..10_011).fold(batch(), |batch, number| {
        let body = worktrail_core::store::Body::new(1, vec![7; 40_000]);
        batch.put(worktrail_core::store::Record::new(team_key(number), body), Expect::Absent)
    });
    let large = large.build().unwrap();
    loop {
        leave_room_for_three_pages();
        match kind_of(&store.commit(large.clone()).await) {
            Some(StoreErrorKind::Full) => {}
            Some(StoreErrorKind::Unknown) => break,
            other => panic!("there was room, or something else is wrong: {other:?}"),
        }
    }
    assert!(find(&store, team_key(10_001)).await.unwrap().is_none(), "it is not seen now");
    let crashed = tempfile::tempdir().unwrap();
    for name in ["store.db", "store.db-wal"] {
        std::fs::copy(disk.join(name), crashed.path().join(name)).unwrap();
    }
    let again = SqliteStore::open(SqliteOptions::file(crashed.path().join("store.db"))).await.unwrap();
    assert!(find(&again, team_key(10_010)).await.unwrap().is_some());
    // On the disk itself it is done once, when there is room.
    std::fs::remove_file(&ballast).unwrap();
    store.commit(large).await.unwrap();
    store.check().await.unwrap();
    println!("found it after the crash");
}

/// Polls a future so many times, whenever it is woken, and drops it if it is not done by then.
async fn dropped_after<F: Future>(polls: usize, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut done = 0;
    std::future::poll_fn(move |context| {
        if done == polls {
            return Poll::Ready(None);
        }
        done += 1;
        match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if done == polls => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

#[tokio::test]
async fn a_caller_may_go_away_at_any_moment() {
    for readers in [0, 1] {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("store.db");
        let store = opened(SqliteOptions::file(&file).readers(readers)).await;
        let tenant = Tenant::default();
        let range = IndexRange::all(kind("team"));
        let page = PageRequest::first(Limit::MAX);
        let mut completed = [false; 5];
        for polls in 0..40_u128 {
            let many = usize::try_from(polls).unwrap();
            let three = (0..3).map(|n| (polls * 10 + n, format!("{polls}-{n}")));
            let whole =
                three.fold(batch().tell(told(team_key(1))), |all, (n, name)| all.put(team(n, &name), Expect::Any));
            completed[0] |= dropped_after(many, store.commit(whole.build().unwrap())).await.is_some();
            completed[1] |= dropped_after(many, store.get(&tenant, &[Key::Record(team_key(1))])).await.is_some();
            completed[2] |= dropped_after(many, store.scan(&tenant, &range, &page)).await.is_some();
            completed[3] |= dropped_after(many, store.count(&tenant, &range, Grouping::Whole)).await.is_some();
            let everything = JournalRange::Everything;
            let journal = store.journal(&tenant, everything, Position::START, Limit::MAX);
            completed[4] |= dropped_after(many, journal).await.is_some();

            // The store goes on, on all its connections, and whole commits only are seen from outside.
            let after = store.commit(saving([(1_000_000 + polls, format!("after {polls}"))])).await.unwrap();
            assert!(after.entries().is_none());
            let names = names_seen(&file).await;
            let (after, dropped): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| name.starts_with("after"));
            assert_eq!(after.len() as u128, polls + 1);
            assert_eq!(dropped.len() % 3, 0, "half a batch: {dropped:?}");
            let told = store.journal(&tenant, everything, Position::START, Limit::MAX).await.unwrap().entries;
            assert_eq!(told.len(), dropped.len() / 3);
        }
        assert_eq!(completed, [true; 5], "no call came to its end: poll more often");
    }
}

#[test]
fn a_runtime_that_goes_away_tears_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("store.db");
    let runtime = || tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let mut unknown = 0;
    for round in 0..40_u128 {
        let home = runtime();
        let store = home.block_on(SqliteStore::open_or_create(&file)).unwrap();
        let outcomes = runtime().block_on(async {
            let commits: Vec<_> = (0..20_u128)
                .map(|number| {
                    let store = store.clone();
                    let first = 1_000 + round * 100 + number * 2;
                    let two = [(first, 'a'), (first + 1, 'b')];
                    let batch = saving(two.map(|(n, which)| (n, format!("{round}-{number}-{which}"))));
                    tokio::spawn(async move { store.commit(batch).await })
                })
                .collect();
            // At another moment in each round: while it fetches, while it writes, while it commits.
            for _ in 0..round * 150 {
                tokio::task::yield_now().await;
            }
            home.shutdown_background();
            let mut outcomes = Vec::new();
            for commit in commits {
                outcomes.push(commit.await.unwrap());
            }
            outcomes
        });
        let names = runtime().block_on(names_seen(&file));
        for (number, outcome) in outcomes.iter().enumerate() {
            let there = |which| names.contains(&format!("{round}-{number}-{which}"));
            assert_eq!(there('a'), there('b'), "half a batch");
            match kind_of(outcome) {
                None => assert!(there('a'), "acknowledged and lost"),
                Some(StoreErrorKind::Closed) => assert!(!there('a'), "said to be refused, and done"),
                Some(kind) => {
                    assert_eq!(kind, StoreErrorKind::Unknown);
                    unknown += 1;
                }
            }
        }
    }
    println!("{unknown} outcomes were unknown");
}

#[tokio::test]
async fn damage_is_noticed_where_it_is() {
    let damages = [
        "UPDATE worktrail_team SET body = x'4e6f7264fe' WHERE name = 'Nord'",
        "UPDATE worktrail_team SET method = 'other' WHERE name = 'Nord'",
        "UPDATE worktrail_team SET method = NULL WHERE name = 'Nord'",
        "UPDATE worktrail_team SET revision = 77 WHERE name = 'Nord'",
        "UPDATE worktrail_team SET body_version = 2 WHERE name = 'Nord'",
        "UPDATE worktrail_team SET digest = zeroblob(32) WHERE name = 'Nord'",
        "UPDATE worktrail_team SET subject = zeroblob(16) WHERE name = 'Nord'",
        "UPDATE worktrail_team SET id = x'00000000000000000000000000000009' WHERE name = 'Nord'",
        "UPDATE worktrail_team SET name = CAST(x'4e6f72fe' AS TEXT) WHERE name = 'Nord'",
    ];
    for damage in damages {
        let (directory, store) = fresh().await;
        let file = directory.path().join("store.db");
        store.commit(saving([(1, "Nord".to_owned()), (2, "Sør".to_owned())])).await.unwrap();
        run(&file, damage).await;
        let moved = damage.contains("SET id");
        let key = team_key(if moved { 9 } else { 1 });
        assert_eq!(kind_of(&find(&store, key).await), Some(StoreErrorKind::Corrupt), "{damage}");
        assert!(find(&store, team_key(2)).await.unwrap().is_some());
        let range = IndexRange::all(kind("team"));
        let page = store.scan(&Tenant::default(), &range, &PageRequest::first(Limit::MAX)).await;
        assert_eq!(kind_of(&page), Some(StoreErrorKind::Corrupt));

        // Of batches that are committed together, only the one that touches it fails.
        let touching = batch().remove(key, None, Expect::Any).build().unwrap();
        let (bad, one, other) = tokio::join!(
            store.commit(touching),
            store.commit(batch().put(team(2, "Sør 2"), Expect::Any).build().unwrap()),
            store.commit(batch().put(team(3, "Vest"), Expect::Any).build().unwrap()),
        );
        assert_eq!(kind_of(&bad), Some(StoreErrorKind::Corrupt), "{damage}");
        one.unwrap();
        other.unwrap();
    }
}

#[tokio::test]
async fn damage_in_the_journal_and_in_stamps_is_noticed() {
    let damages = [
        "UPDATE worktrail_journal SET code = 'test.other'",
        "UPDATE worktrail_journal SET actor = zeroblob(16)",
        "UPDATE worktrail_journal SET previous = randomblob(32)",
        "UPDATE worktrail_journal SET details = x'00'",
        "UPDATE worktrail_journal SET kind = 'nothing'",
        "UPDATE worktrail_journal SET position = 5",
    ];
    for damage in damages {
        let (directory, store) = fresh().await;
        let told = told(team_key(1)).with(details("Nord was founded"));
        store.commit(batch().tell(told).stamp(stamp(1, 1)).build().unwrap()).await.unwrap();
        run(&directory.path().join("store.db"), damage).await;
        let read = store.journal(&Tenant::default(), JournalRange::Everything, Position::START, Limit::MAX).await;
        assert_eq!(kind_of(&read), Some(StoreErrorKind::Corrupt), "{damage}");
    }
    let losses = [
        "DELETE FROM worktrail_journal WHERE position = 1",
        "DELETE FROM worktrail_journal WHERE position = 2",
        "DELETE FROM worktrail_journal WHERE position = 3",
        "UPDATE worktrail_head SET position = 2",
        "DELETE FROM worktrail_head",
    ];
    for loss in losses {
        let (directory, store) = fresh().await;
        for number in 1..=3 {
            store.commit(batch().tell(told(team_key(number))).build().unwrap()).await.unwrap();
        }
        run(&directory.path().join("store.db"), loss).await;
        let read = store.journal(&Tenant::default(), JournalRange::Everything, Position::START, Limit::MAX).await;
        assert_eq!(kind_of(&read), Some(StoreErrorKind::Corrupt), "{loss}");
        if loss.contains("DELETE FROM worktrail_head") {
            let anew = store.commit(saving([(1, "Nord".to_owned())])).await;
            assert_eq!(kind_of(&anew), Some(StoreErrorKind::Corrupt), "a second history was begun");
        }
    }
    for damage in ["UPDATE worktrail_stamp SET reply = x'00'", "UPDATE worktrail_stamp SET revision = 9"] {
        let (directory, store) = fresh().await;
        store.commit(batch().stamp(stamp(1, 1)).build().unwrap()).await.unwrap();
        run(&directory.path().join("store.db"), damage).await;
        let key = Key::Stamp(CommandId::new(common::id(1)));
        assert_eq!(kind_of(&store.get(&Tenant::default(), &[key]).await), Some(StoreErrorKind::Corrupt), "{damage}");
        let again = store.commit(batch().stamp(stamp(1, 1)).build().unwrap()).await;
        assert_eq!(kind_of(&again), Some(StoreErrorKind::Corrupt), "{damage}");
    }
}

#[tokio::test]
async fn a_full_queue_is_busy_at_once() {
    let directory = tempfile::tempdir().unwrap();
    let store = opened(SqliteOptions::file(directory.path().join("store.db")).queue(2, 100_000)).await;
    // The writer has had no turn yet, so what is sent now waits.
    let commits: Vec<_> = (1..=3).map(|n| Box::pin(store.commit(saving([(n, format!("{n}"))])))).collect();
    let mut outcomes = Vec::new();
    let mut pending = Vec::new();
    for mut commit in commits {
        match std::future::poll_fn(|context| Poll::Ready(commit.as_mut().poll(context))).await {
            Poll::Ready(outcome) => outcomes.push(outcome),
            Poll::Pending => pending.push(commit),
        }
    }
    assert_eq!(outcomes.iter().map(kind_of).collect::<Vec<_>>(), [Some(StoreErrorKind::Busy)]);
    for commit in pending {
        commit.await.unwrap();
    }
    // By weight: two that are too much together, and one that is too much alone and admitted all the same.
    let heavy = |number| {
        let body = worktrail_core::store::Body::new(1, vec![0; 90_000]);
        let record = worktrail_core::store::Record::new(team_key(number), body);
        batch().put(record, Expect::Any).build().unwrap()
    };
    let (one, other) = tokio::join!(store.commit(heavy(11)), store.commit(heavy(12)));
    one.unwrap();
    assert_eq!(kind_of(&other), Some(StoreErrorKind::Busy));
    let body = worktrail_core::store::Body::new(1, vec![0; 200_000]);
    let record = worktrail_core::store::Record::new(team_key(13), body);
    store.commit(batch().put(record, Expect::Any).build().unwrap()).await.unwrap();
}
