//! The N-th call of sled fails, for every N of a script.

use std::path::Path;
use std::pin::Pin;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::task::{Context, Wake};

use uuid::Uuid;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{
    Batch, Body, CommandId, Details, Digest, Expect, Happening, IndexRange, Kind, Limit, PageRequest, Record,
    RecordKey, Replay, Salt, Stamp, Store as _, StoreErrorKind, Subject,
};

use super::*;
use crate::engine::{Call, Effect, Failing, Gate};

const STEPS: u128 = 20;

fn kind(name: &str) -> Kind {
    SCHEMA.kind(name).expect("a kind of the schema")
}

fn participant(number: u128) -> RecordKey {
    RecordKey::new(kind("participant"), Uuid::from_u128(number))
}

/// A step that saves, tells and stamps; every fifth saves something long, and every seventh forgets the one before.
fn step(number: u128) -> Batch {
    let body = vec![u8::try_from(number).unwrap(); if number.is_multiple_of(5) { 200_000 } else { 300 }];
    let subject = Subject::new(Uuid::from_u128(number));
    let record = Record::new(participant(number), Body::new(1, body)).about(subject);
    let told = Happening::new("test.told", participant(number), Uuid::nil(), chrono::DateTime::UNIX_EPOCH);
    let told = told.of(subject).with(Details::new(Salt::new([7; 16]), b"told".as_slice()));
    let stamp = Stamp::new(
        CommandId::new(Uuid::from_u128(number)),
        Digest::new([1; 32]),
        b"reply".as_slice(),
        chrono::DateTime::UNIX_EPOCH,
    );
    let batch = Batch::of(Tenant::default()).put(record, Expect::Absent).tell(told).stamp(stamp);
    let batch = if number.is_multiple_of(7) { batch.forget(Subject::new(Uuid::from_u128(number - 1))) } else { batch };
    batch.build().expect("a batch")
}

async fn opened(path: &Path, gate: Option<Gate>) -> SledStore {
    let open = move |options: &SledOptions, pulse| {
        let engine = opening::open_or_create(options, pulse)?;
        Ok(match gate {
            Some(gate) => engine.seen_by(gate),
            None => engine,
        })
    };
    SledStore::start(&SledOptions::directory(path), open).await.unwrap_or_else(|error| panic!("{error}"))
}

/// Runs the script: a commit and three readings a step. The kinds of what went wrong, with the steps acknowledged.
async fn run(store: &SledStore) -> (Vec<u128>, Vec<StoreErrorKind>) {
    let (mut acknowledged, mut faults) = (Vec::new(), Vec::new());
    let tenant = Tenant::default();
    for number in 1..=STEPS {
        match store.commit(step(number)).await {
            Ok(_) => acknowledged.push(number),
            Err(error) => faults.push(error.kind()),
        }
        let range = IndexRange::all(kind("participant"));
        let page = PageRequest::first(Limit::new(1));
        let found = store.get(&tenant, &[Key::Record(participant(number))]).await.map(|_| ());
        let seen = store.scan(&tenant, &range, &page).await.map(|_| ());
        let told = store.journal(&tenant, JournalRange::Everything, Position::START, Limit::new(1)).await.map(|_| ());
        faults.extend([found, seen, told].into_iter().filter_map(|it| it.err().map(|error| error.kind())));
    }
    (acknowledged, faults)
}

/// What is there after opening again is whole, and has every step that was acknowledged.
async fn nothing_is_lost(path: &Path, acknowledged: &[u128], what: &str) {
    let store = opened(path, None).await;
    store.check().await.unwrap_or_else(|error| panic!("{what}: {error}"));
    let mut last = 0;
    for number in 1..=STEPS {
        let receipt = match store.commit(step(number)).await {
            Ok(receipt) => receipt,
            // Its stamp lost its fingerprint when its person was forgotten, so it was done.
            Err(error) if error.kind() == StoreErrorKind::CommandReused && (number + 1).is_multiple_of(7) => continue,
            Err(error) => panic!("{what}: step {number}: {error:?}"),
        };
        let done_before = receipt.replay() == Replay::Again;
        assert!(done_before || !acknowledged.contains(&number), "{what}: step {number} was lost");
        assert_eq!(receipt.reply(), b"reply", "{what}");
        last = receipt.entries().map_or(last, |entries| last.max(entries.last.number()));
    }
    assert_eq!(last, u64::try_from(STEPS).unwrap(), "{what}: each step told once");
    store.check().await.unwrap_or_else(|error| panic!("{what}: {error}"));
    store.close().await;
}

fn no_room() -> sled::Error {
    sled::Error::Io(std::io::ErrorKind::StorageFull.into())
}

fn damage() -> sled::Error {
    sled::Error::Corruption { at: None, bt: () }
}

/// The calls of the whole script.
async fn script() -> Vec<Call> {
    let directory = tempfile::tempdir().expect("a directory");
    let passed = Arc::new(Mutex::new(Vec::new()));
    let gate = Gate { passed: Arc::clone(&passed), ..Gate::default() };
    let store = opened(&directory.path().join("store"), Some(gate)).await;
    let (acknowledged, faults) = run(&store).await;
    assert_eq!((acknowledged.len(), faults), (20, Vec::new()));
    store.close().await;
    passed.lock().expect("nobody panics").clone()
}

const fn is_writing(call: Call) -> bool {
    matches!(call, Call::Apply | Call::Flush | Call::Sync | Call::Mark)
}

/// One call of the script fails.
async fn trial(call: Call, failing: Failing, kind: StoreErrorKind) {
    let what = format!("{call:?}: {failing:?}");
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("store");
    let store = opened(&path, Some(Gate { failing: Some(failing), ..Gate::default() })).await;
    let (acknowledged, faults) = run(&store).await;
    let first = if is_writing(call) { StoreErrorKind::Unknown } else { kind };
    assert_eq!(faults.first(), Some(&first), "{what}");
    assert!(faults[1..].iter().all(|it| *it == StoreErrorKind::Poisoned), "{what}: {faults:?}");
    store.close().await;
    let closed = store.get(&Tenant::default(), &[]).await.map_err(|error| error.kind());
    assert_eq!(closed, Err(StoreErrorKind::Closed), "{what}");
    nothing_is_lost(&path, &acknowledged, &what).await;
}

/// Every call fails once without having had its effect; and those that have one, once after it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn c5_whichever_call_fails_nothing_acknowledged_is_lost() {
    const AT_ONCE: usize = 8;
    let calls = script().await;
    let trials = calls.iter().enumerate().flat_map(|(after, call)| {
        let before = (Effect::Nothing, no_room as fn() -> _, StoreErrorKind::Full);
        let afterwards = (Effect::Everything, damage as fn() -> _, StoreErrorKind::Corrupt);
        let sorts = std::iter::once(before).chain(is_writing(*call).then_some(afterwards));
        sorts.map(move |(effect, with, kind)| (*call, Failing { after, effect, with }, kind))
    });
    let trials: Vec<_> = trials.collect();
    println!("{} trials over {} calls", trials.len(), calls.len());
    assert!(calls.len() > 200 && trials.len() == calls.len() + 80);
    for some in trials.chunks(AT_ONCE) {
        let running: Vec<_> =
            some.iter().map(|(call, failing, kind)| tokio::spawn(trial(*call, *failing, *kind))).collect();
        for one in running {
            one.await.expect("the trial");
        }
    }
}

#[tokio::test]
async fn rule_1_a_commit_is_flushed_and_synced_before_it_is_acknowledged() {
    let calls = script().await;
    let written: Vec<_> = calls.into_iter().filter(|call| !matches!(call, Call::Get | Call::Step)).collect();
    assert_eq!(written, [Call::Apply, Call::Flush, Call::Sync, Call::Mark].repeat(20));
}

/// A store whose first change is held up until it is let go on, and the calls that it has made.
async fn held_up(path: &Path) -> (SledStore, Sender<()>, Arc<Mutex<Vec<Call>>>) {
    let passed = Arc::new(Mutex::new(Vec::new()));
    let (go_on, held) = channel();
    let gate = Gate { passed: Arc::clone(&passed), held: Some(Mutex::new(held)), ..Gate::default() };
    (opened(path, Some(gate)).await, go_on, passed)
}

fn how_often(passed: &Mutex<Vec<Call>>, what: Call) -> usize {
    passed.lock().expect("nobody panics").iter().filter(|call| **call == what).count()
}

/// Begins a commit, until it is held up in the middle of its change.
async fn begun<C: Future<Output = Result<Receipt, StoreError>>>(commit: Pin<&mut C>, passed: &Mutex<Vec<Call>>) {
    assert!(is_waiting(commit).await);
    while how_often(passed, Call::Apply) == 0 {
        std::thread::yield_now();
    }
}

/// Polls a future once. Whether it goes on waiting.
async fn is_waiting<F: Future>(mut future: Pin<&mut F>) -> bool {
    std::future::poll_fn(|context| std::task::Poll::Ready(future.as_mut().poll(context).is_pending())).await
}

/// Many that wait share one flush and one fsync.
#[tokio::test]
async fn rule_6_what_waits_together_is_one_group() {
    let directory = tempfile::tempdir().expect("a directory");
    let (store, go_on, passed) = held_up(&directory.path().join("store")).await;
    let mut first = Box::pin(store.commit(step(1)));
    begun(first.as_mut(), &passed).await;
    let mut commits: Vec<_> = (2..=6).map(|number| Box::pin(store.commit(step(number)))).collect();
    for commit in &mut commits {
        assert!(is_waiting(commit.as_mut()).await);
    }
    go_on.send(()).expect("it waits");
    first.await.expect("committed");
    for commit in commits {
        commit.await.expect("committed");
    }
    assert_eq!(how_often(&passed, Call::Sync), 2);
}

/// What is not yet safe is shown to nobody, and nobody sees a part of it.
#[tokio::test]
async fn rule_6_who_reads_waits_for_a_commit_that_was_begun() {
    let directory = tempfile::tempdir().expect("a directory");
    let (store, go_on, passed) = held_up(&directory.path().join("store")).await;
    let mut commit = Box::pin(store.commit(step(1)));
    begun(commit.as_mut(), &passed).await;
    let (told, synced) = (Arc::clone(&passed), Arc::new(Mutex::new(None)));
    let seen = Arc::clone(&synced);
    let mut reading = Box::pin(store.read(move |engine| {
        *seen.lock().expect("nobody panics") = Some(how_often(&told, Call::Mark));
        fetch::get(engine, &Tenant::default(), &Key::Record(participant(1)))
    }));
    assert!(is_waiting(reading.as_mut()).await);
    go_on.send(()).expect("it waits");
    assert!(reading.await.expect("read").is_some(), "it was begun after the commit");
    assert_eq!(*synced.lock().expect("nobody panics"), Some(1), "and it was done after all of that");
    commit.await.expect("committed");
}

/// One that takes long holds up a commit, and no other.
#[tokio::test]
async fn rule_6_who_reads_does_not_wait_for_others_who_read() {
    let directory = tempfile::tempdir().expect("a directory");
    let store = opened(&directory.path().join("store"), None).await;
    let (go_on, held) = channel::<()>();
    let (told, begun) = tokio::sync::oneshot::channel();
    let mut long = Box::pin(store.read(move |_| {
        let _ = told.send(());
        Ok(held.recv().is_ok())
    }));
    assert!(is_waiting(long.as_mut()).await);
    begun.await.expect("it has begun");
    let found = store.get(&Tenant::default(), &[Key::Record(participant(1))]).await.expect("read");
    assert_eq!(found, [None]);
    let mut commit = Box::pin(store.commit(step(1)));
    assert!(is_waiting(commit.as_mut()).await);
    go_on.send(()).expect("it waits");
    assert!(long.await.expect("read"));
    commit.await.expect("committed");
}

/// A fault of our own is treated as one of sled: nobody is left without an answer.
#[tokio::test]
async fn rule_7_a_reading_that_panics_stops_the_store() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("store");
    let store = opened(&path, None).await;
    store.commit(step(1)).await.expect("committed");
    let read = store.read::<()>(|_| std::panic::resume_unwind(Box::new("on purpose"))).await;
    assert_eq!(read.map_err(|error| error.kind()), Err(StoreErrorKind::Poisoned));
    let later = store.commit(step(2)).await.map_err(|error| error.kind());
    assert_eq!(later.map(|_| ()), Err(StoreErrorKind::Poisoned));
    store.close().await;
    nothing_is_lost(&path, &[1], "after a panic").await;
}

/// A caller that panics when it is woken for the first time.
#[derive(Default)]
struct Panics(AtomicBool);

impl Wake for Panics {
    fn wake(self: Arc<Self>) {
        if !self.0.swap(true, Ordering::SeqCst) {
            std::panic::resume_unwind(Box::new("on purpose"));
        }
    }
}

/// What the thread that commits did not survive stops the store, and leaves nobody waiting.
#[tokio::test]
async fn rule_7_a_caller_that_panics_when_it_is_answered_stops_the_store() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("store");
    let (store, go_on, _passed) = held_up(&path).await;
    let tenant = Tenant::default();
    let mut watch = Box::pin(store.watch(&tenant, Position::new(1)));
    assert!(is_waiting(watch.as_mut()).await);
    let mut commit = Box::pin(store.commit(step(1)));
    assert!(commit.as_mut().poll(&mut Context::from_waker(&Arc::new(Panics::default()).into())).is_pending());
    go_on.send(()).expect("it waits");
    let watched = tokio::time::timeout(std::time::Duration::from_mins(1), watch).await.expect("it is told");
    assert_eq!(watched.map_err(|error| error.kind()), Err(StoreErrorKind::Poisoned));
    let later = store.commit(step(2)).await.map_err(|error| error.kind());
    assert_eq!(later.map(|_| ()), Err(StoreErrorKind::Poisoned));
    store.close().await;
    nothing_is_lost(&path, &[1], "after a caller's panic").await;
}

/// As after damage, over which sled may go on for ever.
#[tokio::test]
async fn rule_7_nobody_waits_for_a_call_that_does_not_come_back() {
    let directory = tempfile::tempdir().expect("a directory");
    let options = SledOptions::directory(directory.path().join("store")).patience(std::time::Duration::from_secs(2));
    let store = SledStore::start(&options, opening::open_or_create).await.unwrap_or_else(|error| panic!("{error}"));
    let (release, held) = channel();
    let (read, committed) = tokio::join!(store.read(move |engine| engine.hold(&held)), store.commit(step(1)));
    assert_eq!(read.map_err(|error| error.kind()), Err(StoreErrorKind::Poisoned));
    assert_eq!(committed.map_err(|error| error.kind()), Err(StoreErrorKind::Unknown));
    let later = store.get(&Tenant::default(), &[]).await.map_err(|error| error.kind());
    assert_eq!(later, Err(StoreErrorKind::Poisoned));
    store.close().await;
    drop(release);
}
