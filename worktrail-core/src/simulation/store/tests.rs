use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Wake, Waker};

use uuid::Uuid;

use super::*;
use crate::record::SCHEMA;
use crate::store::{Body, Expect, Kind, Layer as _, Record, RecordKey};

fn kind() -> Kind {
    SCHEMA.kind("team").unwrap()
}

fn save(id: u128) -> Batch {
    let record = Record::new(RecordKey::new(kind(), Uuid::from_u128(id)), Body::new(1, *b"{}"));
    Batch::of(Tenant::default()).put(record, Expect::Absent).build().unwrap()
}

/// Counts how often it is woken.
#[derive(Default)]
struct Wakes(AtomicU64);

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Runs a future by itself, as any executor would, and says how often it had to be polled again.
fn run<T>(future: impl Future<Output = T>) -> (T, u64) {
    let counter = Arc::new(Wakes::default());
    let waker = Waker::from(Arc::clone(&counter));
    let mut future = Box::pin(future);
    for polls in 0..1_000 {
        if let Poll::Ready(answer) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return (answer, polls);
        }
        assert_eq!(counter.0.load(Ordering::Relaxed), polls + 1, "a store that hesitates wakes its caller");
    }
    panic!("never ready");
}

fn now<T>(future: impl Future<Output = T>) -> T {
    run(future).0
}

fn commit(store: &dyn Store, id: u128) -> Result<(), StoreErrorKind> {
    now(store.commit(save(id))).map(|_| ()).map_err(|error| error.kind())
}

fn holds(store: &dyn Store, id: u128) -> Result<bool, StoreErrorKind> {
    let key = Key::Record(RecordKey::new(kind(), Uuid::from_u128(id)));
    now(store.get(&Tenant::default(), &[key])).map(|found| found[0].is_some()).map_err(|error| error.kind())
}

/// A store that strikes its first call, and the engine beneath it.
fn first(seed: u64, fault: Fault) -> (SimStore<'static>, MemoryStore) {
    let engine = MemoryStore::new();
    (SimStore::on(engine.clone(), Plan::calm(seed).at(1, fault)), engine)
}

#[test]
fn a_calm_store_is_the_store_beneath_it() {
    let store = SimStore::new(Plan::calm(1));
    for id in 0..100 {
        assert_eq!(commit(&store, id), Ok(()));
        assert_eq!(holds(&store, id), Ok(true));
        assert_eq!(commit(&store, id), Err(StoreErrorKind::Conflict));
    }
    assert!(store.sim().injected().is_empty());
    assert_eq!(store.sim().calls(), 300);
}

#[test]
fn an_error_before_the_effect_has_none() {
    for (fault, wanted) in [
        (Fault::Busy, StoreErrorKind::Busy),
        (Fault::Unavailable, StoreErrorKind::Unavailable),
        (Fault::Lost, StoreErrorKind::Unknown),
    ] {
        let (store, engine) = first(1, fault);
        assert_eq!(commit(&store, 1), Err(wanted));
        now(store.settle());
        assert_eq!(holds(&engine, 1), Ok(false), "{fault}");
        assert_eq!(commit(&store, 1), Ok(()), "{fault}");
        assert_eq!(store.sim().injected(), [(fault, 1)].into());
    }
}

#[test]
fn an_error_after_the_effect_has_it() {
    let (store, engine) = first(1, Fault::Unanswered);
    assert_eq!(commit(&store, 1), Err(StoreErrorKind::Unknown));
    assert_eq!(holds(&engine, 1), Ok(true));
}

#[test]
fn a_late_commit_is_done_after_its_caller_was_told_that_nobody_knows_or_never() {
    let (mut landed, mut vanished, mut settled) = (0, 0, 0);
    for seed in 0..200 {
        let (store, engine) = first(seed, Fault::Late);
        assert_eq!(commit(&store, 1), Err(StoreErrorKind::Unknown));
        assert_eq!(holds(&engine, 1), Ok(false));
        let before = (0..20).any(|_| holds(&store, 1) == Ok(true));
        now(store.settle());
        match (before, holds(&engine, 1)) {
            (true, Ok(true)) => landed += 1,
            (false, Ok(true)) => settled += 1,
            (false, Ok(false)) => vanished += 1,
            other => panic!("{other:?}"),
        }
    }
    assert!(landed > 20 && vanished > 20, "{landed} landed, {vanished} vanished, {settled} at the end");
}

#[test]
fn a_crash_keeps_what_was_acknowledged_and_may_lose_the_rest() {
    let (mut kept, mut lost) = (0, 0);
    for seed in 0..100 {
        let store = SimStore::new(Plan::calm(seed).at(2, Fault::Crash));
        assert_eq!(commit(&store, 1), Ok(()));
        assert_eq!(commit(&store, 2), Err(StoreErrorKind::Unknown));
        let down: Vec<_> = (10..60).map(|id| commit(&store, id)).collect();
        assert!(down.contains(&Err(StoreErrorKind::Unknown)) && down.contains(&Err(StoreErrorKind::Unavailable)));
        assert!(down.iter().all(Result::is_err));
        assert_eq!(holds(&store, 1), Err(StoreErrorKind::Unavailable));
        store.sim().restart();
        assert_eq!(holds(&store, 1), Ok(true));
        if holds(&store, 2).unwrap() {
            kept += 1;
        } else {
            lost += 1;
        }
        assert!((10..60).all(|id| holds(&store, id) == Ok(false)), "a store that is down does nothing");
    }
    assert!(kept > 10 && lost > 10, "{kept} kept, {lost} lost");
}

#[test]
fn a_crash_while_a_commit_is_under_way_leaves_it_unknown() {
    let (mut kept, mut lost) = (0, 0);
    for seed in 0..100 {
        let (store, engine) = first(seed, Fault::Delay);
        let mut future = store.commit(save(1));
        let mut context = Context::from_waker(Waker::noop());
        assert!(Pin::as_mut(&mut future).poll(&mut context).is_pending());
        store.sim().crash();
        let outcome = now(future);
        assert_eq!(outcome.unwrap_err().kind(), StoreErrorKind::Unknown);
        store.sim().restart();
        if holds(&engine, 1).unwrap() {
            kept += 1;
        } else {
            lost += 1;
        }
    }
    assert!(kept > 10 && lost > 10, "{kept} kept, {lost} lost");
}

#[test]
fn a_caller_that_goes_away_finds_its_commit_done_or_not() {
    let (mut done, mut never) = (0, 0);
    for seed in 0..100 {
        let (store, engine) = first(seed, Fault::Delay);
        let mut future = store.commit(save(1));
        assert!(Pin::as_mut(&mut future).poll(&mut Context::from_waker(Waker::noop())).is_pending());
        drop(future);
        assert!(matches!(store.sim().trace().last(), Some(Event::Call { outcome: None, .. })));
        now(store.settle());
        if holds(&engine, 1).unwrap() {
            done += 1;
        } else {
            never += 1;
        }
    }
    assert!(done > 10 && never > 10, "{done} done, {never} never");
}

#[test]
fn a_store_that_hesitates_answers_in_the_end() {
    let store = SimStore::new(Plan::calm(1).with(Fault::Delay, 1_000));
    let mut polls = 0;
    for id in 0..50 {
        let (outcome, again) = run(store.commit(save(id)));
        assert!(outcome.is_ok() && (1..=4).contains(&again));
        polls += again;
    }
    assert!(polls > 75, "{polls}");
    assert_eq!(store.sim().injected(), [(Fault::Delay, 50)].into());
}

#[test]
fn a_stale_read_answers_from_an_earlier_state() {
    let store = SimStore::new(Plan::calm(1).with(Fault::Stale, 500));
    let (mut old, mut current) = (0, 0);
    for id in 0..200 {
        assert_eq!(commit(&store, id), Ok(()), "commits are never stale");
        if holds(&store, id).unwrap() {
            current += 1;
        } else {
            old += 1;
        }
    }
    assert!(old > 20 && current > 20, "{old} old, {current} current");
    store.sim().change(Plan::calm(1));
    assert!((0..200).all(|id| holds(&store, id) == Ok(true)));
}

/// Commits and reads under every fault; what is acknowledged must be there, and what is not may be.
fn rough(seed: u64) -> (Vec<Event>, std::collections::BTreeMap<Fault, u64>) {
    let engine = MemoryStore::new();
    let store = SimStore::on(engine.clone(), Plan::rough(seed));
    for id in 0..500 {
        let outcome = commit(&store, id);
        let _ = holds(&store, id);
        assert!(outcome != Ok(()) || holds(&engine, id) == Ok(true));
        if id % 10 == 9 {
            store.sim().restart();
        }
    }
    (store.sim().trace(), store.sim().injected())
}

#[test]
fn everything_follows_from_the_seed_and_every_fault_strikes() {
    let (trace, injected) = rough(11);
    assert_eq!(rough(11), (trace.clone(), injected.clone()));
    assert_ne!(rough(12).0, trace);
    assert!(Fault::ALL.iter().all(|fault| injected.contains_key(fault)), "{injected:?}");
    assert!(trace.contains(&Event::Landed(Ok(()))) && trace.contains(&Event::Vanished));
    assert!(trace.contains(&Event::Crashed) && trace.contains(&Event::Restarted));
    assert_eq!(trace.iter().filter(|event| event.to_string().is_empty()).count(), 0);
}

#[test]
fn the_layer_lays_the_same_faults_over_any_store() {
    let engine: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let layer = SimLayer::new(Plan::calm(3).at(1, Fault::Unanswered).at(3, Fault::Crash));
    let store = layer.over(Arc::clone(&engine));
    assert_eq!(commit(&store, 1), Err(StoreErrorKind::Unknown));
    assert_eq!(holds(&store, 1), Ok(true));
    assert_eq!(holds(&store, 1), Err(StoreErrorKind::Unavailable));
    let again = layer.over(engine);
    assert_eq!(holds(&again, 1), Err(StoreErrorKind::Unavailable), "down for every store of the layer");
    layer.restart();
    assert_eq!(holds(&again, 1), Ok(true));
    assert_eq!(layer.injected(), [(Fault::Unanswered, 1), (Fault::Crash, 1)].into());
}

#[test]
fn what_was_on_its_way_at_a_crash_is_there_after_the_restart_or_never() {
    let (mut kept, mut lost) = (0, 0);
    for seed in 0..100 {
        let (store, _) = first(seed, Fault::Late);
        assert_eq!(commit(&store, 1), Err(StoreErrorKind::Unknown));
        store.sim().crash();
        assert_eq!(holds(&store, 1), Err(StoreErrorKind::Unavailable));
        store.sim().restart();
        let there = holds(&store, 1);
        assert!((0..20).all(|_| holds(&store, 1) == there), "nothing from before the crash arrives later");
        if there == Ok(true) {
            kept += 1;
        } else {
            lost += 1;
        }
    }
    assert!(kept > 10 && lost > 10, "{kept} kept, {lost} lost");
}

fn tell(id: u128) -> Batch {
    let about = RecordKey::new(kind(), Uuid::from_u128(id));
    let told = crate::store::Happening::new("test.told", about, Uuid::nil(), chrono::DateTime::UNIX_EPOCH);
    Batch::of(Tenant::default()).tell(told).build().unwrap()
}

#[test]
fn who_watches_hears_of_a_commit_and_of_a_crash() {
    let store = SimStore::new(Plan::calm(1));
    let tenant = Tenant::default();
    for (end, expected) in [("commit", Ok(Position::new(1))), ("crash", Err(StoreErrorKind::Unavailable))] {
        let counter = Arc::new(Wakes::default());
        let waker = Waker::from(Arc::clone(&counter));
        let after = now(store.journal(&tenant, JournalRange::Everything, Position::START, Limit::new(1))).unwrap().head;
        let mut watching = store.watch(&tenant, after);
        assert!(watching.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        match end {
            "commit" => drop(now(store.commit(tell(1))).unwrap()),
            _ => store.sim().crash(),
        }
        assert_eq!(counter.0.load(Ordering::Relaxed), 1, "a {end} wakes");
        assert_eq!(now(watching).map_err(|error| error.kind()), expected);
    }
}

/// The past has no future: who was made to wait upon an earlier state would never be woken.
#[test]
fn who_watches_is_not_shown_the_past() {
    let store = SimStore::new(Plan::calm(3).with(Fault::Stale, 1_000));
    for id in 1..=20 {
        now(store.commit(tell(id))).unwrap();
        let head = Position::new(u64::try_from(id).unwrap());
        assert_eq!(now(store.watch(&Tenant::default(), Position::new(head.number() - 1))).unwrap(), head);
    }
}
