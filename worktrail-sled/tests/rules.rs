//! What sled is trusted with, point by point. Further rules stand in `opening.rs` (2, 5), `export.rs` (8) and
//! `damage.rs` (7), and beside the code (1, 6, 7: `src/store/faults.rs`).

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod common;

use std::fs;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

use common::{
    batch, blobs, find, fresh, given, id, in_a_process, kind, kind_of, names, open, participant, saving, team,
    team_key, told,
};
use worktrail_core::store::{
    Body, Details, Durability, Expect, JournalRange, Key, Limit, Position, RecordKey, Salt, Store as _, StoreErrorKind,
    Stored, Subject, Tenant, UniqueKey,
};
use worktrail_sled::{SledOptions, SledStore};

fn bytes(number: u128, length: usize) -> Vec<u8> {
    (0..length).map(|place| u8::try_from((place + usize::try_from(number).unwrap() * 31) % 251).unwrap()).collect()
}

/// Rules 3 and 4: the longest bodies and details of the contract, and a page full of them, grown and shrunk.
#[tokio::test]
async fn rule_3_and_4_nothing_long_becomes_a_blob() {
    let (_directory, path, store) = fresh().await;
    let lengths = [Body::MAX_BYTES, 16_200, 16_382, 16_384, 0, 300_000];
    for round in 0..3_usize {
        for number in 1..=24_u128 {
            let length = lengths[(usize::try_from(number).unwrap() + round) % lengths.len()];
            let record = participant(number, &number.to_string(), &bytes(number, length));
            let long = Details::new(Salt::new([1; 16]), bytes(number, Details::MAX_BYTES));
            let told = told(record.key()).of(Subject::new(id(number))).with(long);
            store.commit(batch().put(record, Expect::Any).tell(told).build().unwrap()).await.unwrap();
            assert_eq!(blobs(&path), 0, "round {round}, record {number} of {length} bytes");
        }
    }
    store.close().await;
    let store = open(&path).await.unwrap();
    assert_eq!(blobs(&path), 0);
    for number in 1..=24_u128 {
        let length = lengths[(usize::try_from(number).unwrap() + 2) % lengths.len()];
        let found = find(&store, RecordKey::new(kind("participant"), id(number))).await.unwrap().unwrap();
        assert_eq!(found.record().body().bytes(), bytes(number, length));
    }
    let all = store.journal(&Tenant::default(), JournalRange::Everything, Position::START, Limit::MAX).await.unwrap();
    assert_eq!(all.entries.len(), 72);
    assert!(all.entries.iter().all(|entry| entry.details().is_some_and(|it| it.bytes().len() == Details::MAX_BYTES)));
    store.check().await.unwrap();
}

/// A single batch larger than several of sled's segments.
#[tokio::test]
async fn rule_3_a_batch_of_many_megabytes_is_whole() {
    let (_directory, path, store) = fresh().await;
    let record = |number| participant(number, &number.to_string(), &bytes(number, Body::MAX_BYTES));
    let large = (1..=60).fold(batch(), |batch, number| batch.put(record(number), Expect::Absent));
    store.commit(large.build().unwrap()).await.unwrap();
    assert_eq!(blobs(&path), 0);
    store.close().await;
    let store = open(&path).await.unwrap();
    store.check().await.unwrap();
    let found = find(&store, record(60).key()).await.unwrap().unwrap();
    assert_eq!(found.record(), &record(60));
}

#[tokio::test]
async fn rule_4_a_blob_that_appears_stops_the_store() {
    let (_directory, path, store) = fresh().await;
    store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    fs::write(path.join("blobs").join("77"), "long").unwrap();
    assert_eq!(kind_of(&store.commit(saving([(2, "Sør".to_owned())])).await), Some(StoreErrorKind::Unknown));
    assert_eq!(kind_of(&find(&store, team_key(1)).await), Some(StoreErrorKind::Poisoned));
    store.close().await;
    fs::remove_file(path.join("blobs").join("77")).unwrap();
    assert!(names(&open(&path).await.unwrap()).await.contains(&"Nord".to_owned()));
}

/// Runs a future on this thread, without any runtime.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(answer) => return answer,
            Poll::Pending => thread::park(),
        }
    }
}

#[test]
fn rule_6_no_runtime_is_needed() {
    let directory = tempfile::tempdir().unwrap();
    block_on(async {
        let store = SledStore::open_or_create(directory.path().join("store")).await.unwrap();
        store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
        assert_eq!(names(&store).await, ["Nord"]);
        assert_eq!(store.info().durability, Durability::PowerSafe);
        store.close().await;
        assert_eq!(kind_of(&store.commit(saving([(2, "Sør".to_owned())])).await), Some(StoreErrorKind::Closed));
        assert_eq!(kind_of(&find(&store, team_key(1)).await), Some(StoreErrorKind::Closed));
        store.close().await;
    });
}

/// The threads that the documentation states.
#[cfg(target_os = "linux")]
#[test]
fn rule_6_the_threads_of_our_own_and_those_of_sled() {
    let directory = tempfile::tempdir().unwrap();
    let output = in_a_process("counts_its_threads", directory.path(), Duration::from_mins(1));
    let said = String::from_utf8_lossy(&output.stdout);
    // One that commits, one that watches, and those that read.
    let ours = 2 + thread::available_parallelism().unwrap().get().clamp(2, 4);
    let open = format!("open: {ours} of ours, 1 log flusher, 7 sled-io");
    assert!(said.contains(&open) && said.contains("closed: 0 of ours"), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn counts_its_threads() {
    let Some(directory) = given() else { return };
    let threads = |begin: &str| {
        let all = fs::read_dir("/proc/self/task").unwrap().map(|it| it.unwrap().path().join("comm"));
        all.filter_map(|comm| fs::read_to_string(comm).ok()).filter(|name| name.starts_with(begin)).count()
    };
    let store = block_on(SledStore::open_or_create(directory.join("store"))).unwrap();
    block_on(store.commit(saving([(1, "Nord".to_owned())]))).unwrap();
    let (ours, flusher, io) = (threads("worktrail-"), threads("log flusher"), threads("sled-io"));
    println!("open: {ours} of ours, {flusher} log flusher, {io} sled-io");
    block_on(store.close());
    // The thread tells that it is over just before it ends.
    let ended = (0..1_000).any(|_| {
        thread::yield_now();
        thread::sleep(Duration::from_millis(2));
        threads("worktrail-") == 0
    });
    println!("closed: {} of ours", u8::from(!ended));
}

#[tokio::test]
async fn too_much_that_waits_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let options = SledOptions::directory(directory.path().join("store")).queue(1, 1 << 20);
    let store = SledStore::open_or_create_with(options).await.unwrap();
    let mut commits: Vec<_> =
        (1..=40).map(|number| store.commit(saving([(number, number.to_string())]))).map(Box::pin).collect();
    // All of them are begun before the first is waited for.
    let outcomes = std::future::poll_fn(|context| {
        Poll::Ready(commits.iter_mut().map(|commit| commit.as_mut().poll(context)).collect::<Vec<_>>())
    })
    .await;
    let busy =
        outcomes.iter().filter(|it| matches!(it, Poll::Ready(Err(error)) if error.kind() == StoreErrorKind::Busy));
    assert!(busy.count() > 0);
    for (commit, outcome) in commits.into_iter().zip(outcomes) {
        if outcome.is_pending() {
            commit.await.unwrap();
        }
    }
    store.commit(saving([(99, "later".to_owned())])).await.unwrap();
}

#[tokio::test]
async fn who_watches_a_store_that_stops_is_told() {
    for (stop, kind) in [("closed", StoreErrorKind::Closed), ("broken", StoreErrorKind::Poisoned)] {
        let (_directory, path, store) = fresh().await;
        let (watcher, tenant) = (store.clone(), Tenant::default());
        let watching = tokio::spawn(async move { watcher.watch(&tenant, Position::START).await });
        tokio::task::yield_now().await;
        if stop == "closed" {
            store.close().await;
        } else {
            fs::write(path.join("blobs").join("77"), "long").unwrap();
            assert!(store.commit(saving([(1, "Nord".to_owned())])).await.is_err());
        }
        assert_eq!(kind_of(&watching.await.unwrap()), Some(kind), "{stop}");
    }
}

/// A store that is dropped finishes what was waiting.
#[tokio::test]
async fn a_dropped_store_finishes_what_waits() {
    let (_directory, path, store) = fresh().await;
    let mut commit = Box::pin({
        let store = store.clone();
        async move { store.commit(saving([(1, "Nord".to_owned())])).await }
    });
    std::future::poll_fn(|context| Poll::Ready(commit.as_mut().poll(context).is_ready())).await;
    drop((commit, store));
    let store = loop {
        match open(&path).await {
            Ok(store) => break store,
            Err(error) => assert_eq!(error.kind(), StoreErrorKind::AlreadyOpen),
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(names(&store).await, ["Nord"]);
}

#[tokio::test]
async fn text_that_differs_in_little_is_different() {
    let (_directory, _path, store) = fresh().await;
    let names_given = ["Å", "A\u{30a}", "å", "a", "A", "", " ", "🙂", "\u{10ffff}", "\u{1}"];
    let teams =
        (1..).zip(names_given).fold(batch(), |batch, (number, name)| batch.put(team(number, name), Expect::Absent));
    store.commit(teams.build().unwrap()).await.unwrap();
    let by_name = UniqueKey::held_by(&team(1, "Å")).remove(0).index();
    for (number, name) in (1..).zip(names_given) {
        let unique = UniqueKey::new(by_name, vec![name.into()]).unwrap();
        let found = store.get(&Tenant::default(), &[Key::Unique(unique)]).await.unwrap();
        let found = found.into_iter().flatten().find_map(Stored::into_record).unwrap();
        assert_eq!(found.record().key(), team_key(number));
    }
}
