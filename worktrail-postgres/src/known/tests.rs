//! What is known is true at the head at which it is known, whatever happened before: against a store in memory, which
//! knows nothing of judges and effects.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use worktrail_core::record::SCHEMA;
use worktrail_core::simulation::Dice;
use worktrail_core::store::judge::{Judge, needs};
use worktrail_core::store::{Batch, Body, Digest, Expect, MemoryStore, Record, Revision, Stamp, Store as _, Subject};

use super::*;

fn id(number: u64) -> Uuid {
    Uuid::from_u128(u128::from(number))
}

fn key(kind: &str, number: u64) -> RecordKey {
    RecordKey::new(SCHEMA.kind(kind).unwrap(), id(number))
}

fn team(number: u64, name: u64) -> Record {
    Record::new(key("team", number), Body::new(1, b"team".as_slice())).with("name", format!("{name}"))
}

fn participant(number: u64) -> Record {
    Record::new(key("participant", number), Body::new(1, b"person".as_slice())).about(Subject::new(id(number)))
}

fn trail(number: u64) -> Record {
    let record = Record::new(key("trail", number), Body::new(1, b"trail".as_slice()));
    record.about(Subject::new(id(number))).under(id(number))
}

fn name(name: u64) -> Key {
    Key::Unique(UniqueKey::held_by(&team(0, name)).remove(0))
}

/// Few of each, so that they meet.
const EACH: u64 = 3;

fn everything() -> Vec<Key> {
    let records = ["team", "participant", "trail"];
    let records = records.iter().flat_map(|kind| (0..EACH).map(|number| Key::Record(key(kind, number))));
    let stamps = (0..2 * EACH).map(|number| Key::Stamp(CommandId::new(id(number))));
    records.chain((0..EACH).map(name)).chain(stamps).collect()
}

fn some_batch(dice: &mut Dice) -> Batch {
    let mut batch = Batch::of(Tenant::default());
    let number = dice.below(EACH);
    batch = match dice.below(12) {
        0 => batch.forget(Subject::new(id(number))),
        1 => batch.remove(key("team", number), None, Expect::Any),
        2 => batch.remove(key("trail", number), Some(id(number)), Expect::Any),
        // Two take each other's name.
        3 => batch.put(team(0, 1), Expect::Any).put(team(1, 0), Expect::Any),
        4 | 5 => batch.put(participant(number), Expect::Any),
        6 | 7 => batch.put(trail(number), Expect::Any),
        _ => batch.put(team(number, dice.below(EACH)), Expect::Any),
    };
    if dice.below(2) == 0 {
        let stamp = CommandId::new(id(dice.below(2 * EACH)));
        batch = batch.stamp(Stamp::new(stamp, Digest::default(), b"".as_slice(), DateTime::<Utc>::UNIX_EPOCH));
    }
    batch.build().unwrap()
}

async fn truth(store: &MemoryStore, keys: &[Key]) -> Vec<Option<Stored>> {
    store.get(&Tenant::default(), keys).await.unwrap()
}

/// Which of these are there, and at which revision.
async fn there(store: &MemoryStore, parents: impl IntoIterator<Item = RecordKey>) -> BTreeMap<RecordKey, Revision> {
    let keys: Vec<Key> = parents.into_iter().map(Key::Record).collect();
    let found = truth(store, &keys).await.into_iter().flatten().filter_map(Stored::into_record);
    found.map(|it| (it.record().key(), it.revision())).collect()
}

/// The parents of records that were found, as a look-up brings them along.
async fn parents_of(store: &MemoryStore, found: &[Option<Stored>]) -> BTreeMap<RecordKey, Revision> {
    let records = found.iter().flatten().cloned().filter_map(Stored::into_record);
    there(store, records.filter_map(|it| it.record().parent_key())).await
}

/// Commits a batch, and says what a writer of ours would make of it.
async fn commit(store: &MemoryStore, head: &Head, batch: Batch) -> Effect {
    let mut needs = needs([&batch]);
    let parents = there(store, needs.take_parents()).await.into_keys();
    let keys: Vec<Key> = needs.keys.into_iter().collect();
    let records = truth(store, &everything()).await.into_iter().flatten().filter_map(Stored::into_record);
    let about = records.filter(|it| needs.subject.is_some() && it.record().subject() == needs.subject).collect();
    let found = truth(store, &keys).await;
    let judge = Judge::new(Tenant::default(), head.clone(), keys.into_iter().zip(found), about);
    let mut judge = judge.with_parents(parents);
    let ruled = judge.judge(&batch).map_err(|error| error.kind());
    let done = store.commit(batch).await.map_err(|error| error.kind());
    assert_eq!(ruled, done, "the store's ruling is another");
    judge.into_effect()
}

#[tokio::test]
async fn what_is_known_at_a_head_is_true_there() {
    let (mut hits, mut parents_seen, mut refusals) = (0, 0, 0);
    for seed in 0..60 {
        let (mut dice, tenant) = (Dice::new(seed), Tenant::default());
        let (store, known) = (MemoryStore::new(), Known::new(Handle::current()));
        let mut head = Head::default();
        // Look-ups that are yet to arrive.
        let mut late = Vec::new();
        for _ in 0..200 {
            match dice.below(10) {
                0..3 => {
                    let before = head.clone();
                    let effect = commit(&store, &before, some_batch(&mut dice)).await;
                    head = effect.head.clone().unwrap_or(head);
                    // Ours, or somebody else's.
                    if dice.below(3) > 0 {
                        known.follow(&tenant, &before, effect);
                    }
                }
                3..8 => {
                    let keys: Vec<Key> = everything().into_iter().filter(|_| dice.below(2) == 0).collect();
                    let found = truth(&store, &keys).await;
                    late.push((head.clone(), known.era(), parents_of(&store, &found).await, found, keys));
                    if dice.below(3) > 0 {
                        let place = usize::try_from(dice.below(late.len() as u64)).unwrap();
                        let (head, era, parents, found, keys) = late.swap_remove(place);
                        known.learn(&tenant, &head, era, keys.iter().zip(&found), parents);
                    }
                }
                8 if dice.below(4) == 0 => known.let_go(&tenant),
                _ => known.lock().turn(),
            }
            for _ in 0..3 {
                let keys: BTreeSet<Key> = everything().into_iter().filter(|_| dice.below(6) == 0).collect();
                let parents = (0..EACH).map(|number| key("participant", number)).filter(|_| dice.below(6) == 0);
                let parents: BTreeSet<RecordKey> = parents.collect();
                let Some(found) = known.all_of(&tenant, &keys, &parents) else { continue };
                if found.head == head {
                    let keys: Vec<Key> = keys.into_iter().collect();
                    assert_eq!(found.keys, truth(&store, &keys).await, "seed {seed}, {keys:?}");
                    assert!(found.parents.keys().eq(&parents), "seed {seed}: one that is not there is not known");
                    assert_eq!(found.parents, there(&store, parents).await, "seed {seed}");
                    hits += keys.len();
                    parents_seen += found.parents.len();
                } else {
                    refusals += 1;
                }
            }
        }
    }
    let is_shown = hits > 1_000 && parents_seen > 100 && refusals > 100;
    assert!(is_shown, "{hits} hits, {parents_seen} parents, {refusals} at other heads: nothing was shown");
}

fn head(number: u64) -> Head {
    Head { revision: Revision::new(number), ..Head::default() }
}

fn knows(known: &Known, key: Key) -> bool {
    known.all_of(&Tenant::default(), &BTreeSet::from([key]), &BTreeSet::new()).is_some()
}

#[tokio::test]
async fn forgetting_somebody_lets_go_of_all_that_is_known_there() {
    let (known, tenant, someone) = (Known::new(Handle::current()), Tenant::default(), Key::Record(key("trail", 1)));
    for at in [3, 5] {
        let era = known.era();
        known.learn(&tenant, &head(at), era, [(&someone, &None)], BTreeMap::new());
        // Whatever the head was at which it was known.
        let effect = Effect { forgotten: Some(Subject::new(id(1))), head: Some(head(6)), ..Effect::default() };
        known.follow(&tenant, &head(5), effect);
        assert!(!knows(&known, someone.clone()), "known at {at}");
        known.learn(&tenant, &head(5), known.era(), [(&someone, &None)], BTreeMap::new());
        assert!(!knows(&known, someone.clone()), "learned from before");
        known.lock().tenants.clear();
        known.learn(&tenant, &head(5), era, [(&someone, &None)], BTreeMap::new());
        assert!(known.lock().tenants.is_empty(), "looked up before, and arrived when nothing was known there");
    }
    let era = known.era();
    known.let_go_and_forget(&tenant);
    known.learn(&tenant, &head(7), era, [(&someone, &None)], BTreeMap::new());
    assert!(known.lock().tenants.is_empty(), "nobody knows what became of it");
}

#[tokio::test]
async fn what_a_commit_finds_moved_by_others_is_let_go_of() {
    let (known, tenant, someone) = (Known::new(Handle::current()), Tenant::default(), Key::Record(key("trail", 1)));
    known.learn(&tenant, &head(1), known.era(), [(&someone, &None)], BTreeMap::new());
    let effect = || Effect { head: Some(head(3)), ..Effect::default() };
    known.follow(&tenant, &head(2), effect());
    assert!(!knows(&known, someone.clone()));
    // And what a look-up learned of the commit, before its writer heard of it, is not.
    known.learn(&tenant, &head(3), known.era(), [(&someone, &None)], BTreeMap::new());
    known.follow(&tenant, &head(2), effect());
    assert!(knows(&known, someone));
}

#[tokio::test]
async fn what_commits_make_of_it_is_let_go_of_by_number_too() {
    let (known, tenant) = (Known::new(Handle::current()), Tenant::default());
    for number in 1..=10 {
        known.learn(&tenant, &head(1), known.era(), [(&Key::Record(key("team", number)), &None)], BTreeMap::new());
    }
    for number in 1..=10 {
        let heavy = Record::new(key("team", number), Body::new(1, vec![0; MOST_BYTES / 2]));
        let stored = StoredRecord::new(heavy, Revision::new(number + 1), Revision::default());
        let saved = [(key("team", number), stored)].into();
        let effect = Effect { saved, head: Some(head(number + 1)), ..Effect::default() };
        known.follow(&tenant, &head(number), effect);
    }
    let kept = (1..=10).filter(|number| knows(&known, Key::Record(key("team", *number)))).count();
    assert!(kept <= 6, "two turns have three each, and {kept} are kept");
}

#[tokio::test]
async fn what_was_found_before_our_last_commits_is_known_but_for_what_they_touched() {
    let (known, tenant, store) = (Known::new(Handle::current()), Tenant::default(), MemoryStore::new());
    let put = |number: u64| Batch::of(Tenant::default()).put(team(number, number), Expect::Any).build().unwrap();
    let mut heads = vec![commit(&store, &Head::default(), put(1)).await.head.unwrap()];
    let keys: Vec<Key> = everything();
    let found = truth(&store, &keys).await;
    known.learn(&tenant, &heads[0], known.era(), [(&Key::Record(key("trail", 1)), &None)], BTreeMap::new());
    for number in [1, 2, 1, 2, 1] {
        let before = heads.last().unwrap().clone();
        let effect = commit(&store, &before, put(number)).await;
        heads.extend(effect.head.clone());
        known.follow(&tenant, &before, effect);
    }
    let learn = |head: &Head| known.learn(&tenant, head, known.era(), keys.iter().zip(&found), BTreeMap::new());
    learn(&heads[0]);
    assert!(!knows(&known, Key::Record(key("team", 0))), "more commits ago than are remembered");
    learn(&heads[1]);
    let touched = |number: u64| [Key::Record(key("team", number)), name(number)];
    for known_since in [Key::Record(key("team", 0)), name(0)] {
        assert!(knows(&known, known_since.clone()), "{known_since:?}");
    }
    for over in touched(1).into_iter().chain(touched(2)) {
        assert!(!knows(&known, over.clone()), "{over:?}");
    }
}

#[tokio::test]
async fn whoever_was_mistaken_looks_a_few_times() {
    let (known, tenant, someone) = (Known::new(Handle::current()), Tenant::default(), Key::Record(key("trail", 1)));
    known.learn(&tenant, &head(1), known.era(), [(&someone, &None)], BTreeMap::new());
    assert!(knows(&known, someone.clone()));
    known.let_go(&tenant);
    known.learn(&tenant, &head(2), known.era(), [(&someone, &None)], BTreeMap::new());
    let looks = (0..100).take_while(|_| !knows(&known, someone.clone())).count();
    assert_eq!(looks, CAUTION as usize);
}

#[tokio::test]
async fn what_is_not_used_is_let_go_of_by_time_and_by_number() {
    let (known, tenant, someone) = (Known::new(Handle::current()), Tenant::default(), Key::Record(key("trail", 1)));
    known.learn(&tenant, &head(1), known.era(), [(&someone, &None)], BTreeMap::new());
    while !known.lock().tenants.is_empty() {
        tokio::time::sleep(TURN / 10).await;
    }
    assert_eq!(known.lock().ageing, Ageing::Stopped);
    known.learn(&tenant, &head(1), known.era(), [(&someone, &None)], BTreeMap::new());
    assert_eq!(known.lock().ageing, Ageing::Running, "nothing makes it older");
    for number in 0..10 {
        let heavy = Record::new(key("team", number), Body::new(1, vec![0; MOST_BYTES / 2]));
        let stored = Some(Stored::Record(StoredRecord::new(heavy, Revision::new(1), Revision::default())));
        known.learn(&tenant, &head(1), known.era(), [(&Key::Record(key("team", number)), &stored)], BTreeMap::new());
    }
    assert!(!knows(&known, someone));
    assert!(knows(&known, Key::Record(key("team", 9))));
    assert!(!knows(&known, Key::Record(key("team", 0))));
}

#[tokio::test]
async fn what_is_known_is_shown_to_no_log() {
    let (known, tenant) = (Known::new(Handle::current()), Tenant::default());
    let (person, number) = (participant(0xCA7A), RecordKey::new(SCHEMA.kind("participant").unwrap(), id(0xCA7A)));
    let stored = Some(Stored::Record(StoredRecord::new(person, Revision::new(1), Revision::default())));
    known.learn(&tenant, &head(1), known.era(), [(&Key::Record(number), &stored)], BTreeMap::new());
    assert!(knows(&known, Key::Record(number)));
    assert_eq!(format!("{known:?}"), "Known { .. }");
}
