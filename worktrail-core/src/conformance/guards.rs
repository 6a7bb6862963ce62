//! Sentence 2: a batch is a set, and its guards compare with the state before it.

use super::failure::{Failure, holds, refused, same};
use super::office::Office;
use super::specimen::{Cast, id, key, saying, specimen};
use crate::store::{Expect, Guard, Revision, Store, StoreErrorKind, UniqueKey, Value};

/// A guard, and whether it holds.
async fn guarded(office: &Office<'_>, what: &str, guard: Guard, hold: Hold) -> Result<(), Failure> {
    let outcome = office.commit(office.batch().guard(guard)).await;
    match hold {
        Hold::Yes => outcome.map(drop).map_err(|error| Failure::from(error).during(what)),
        Hold::No => refused(StoreErrorKind::Conflict, what, outcome),
    }
}

#[derive(Debug, Clone, Copy)]
enum Hold {
    Yes,
    No,
}

/// `Guard::Record` with `Absent`.
pub(super) async fn a_guard_of_absence_holds_and_fails(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, trail, .. }) = (Office::main(store), Cast::new()?);
    let absent = |key| Guard::Record(key, Expect::Absent);
    guarded(&office, "absent in an empty store", absent(key(person, 1)), Hold::Yes).await?;
    office.save([specimen(person, 1)]).await?;
    guarded(&office, "absent, of a record that is there", absent(key(person, 1)), Hold::No).await?;
    guarded(&office, "absent, of another id", absent(key(person, 2)), Hold::Yes).await?;
    guarded(&office, "absent, of the same id in another kind", absent(key(trail, 1)), Hold::Yes).await?;
    office.commit(office.batch().remove(key(person, 1), None, Expect::Any)).await?;
    guarded(&office, "absent, of a record that was removed", absent(key(person, 1)), Hold::Yes).await
}

/// `Guard::Record` with `At`.
pub(super) async fn a_guard_of_a_revision_holds_and_fails(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    let at = |revision| Guard::Record(key(person, 1), Expect::At(revision));
    guarded(&office, "a revision of nothing", at(Revision::new(1)), Hold::No).await?;
    guarded(&office, "revision zero of nothing", at(Revision::new(0)), Hold::No).await?;
    let first = office.save([specimen(person, 1)]).await?.revision();
    guarded(&office, "the revision of a record", at(first), Hold::Yes).await?;
    let second = office.save([saying(&specimen(person, 1), b"again")]).await?.revision();
    guarded(&office, "the revision before the last", at(first), Hold::No).await?;
    guarded(&office, "the last revision", at(second), Hold::Yes).await?;
    guarded(&office, "a revision to come", at(second.next()), Hold::No).await?;
    guarded(&office, "the greatest revision", at(Revision::new(i64::MAX.unsigned_abs())), Hold::No).await
}

/// `Guard::Record` with `Any`.
pub(super) async fn a_guard_of_anything_holds(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    let any = || Guard::Record(key(person, 1), Expect::Any);
    guarded(&office, "anything of nothing", any(), Hold::Yes).await?;
    office.save([specimen(person, 1)]).await?;
    guarded(&office, "anything of a record", any(), Hold::Yes).await
}

/// `Guard::HeldBy` and `Guard::Free`.
pub(super) async fn a_guard_of_a_unique_value_holds_and_fails(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    let unique = |text: &str| UniqueKey::new(cast.number, vec![Value::from(text)]);
    let free = |text| unique(text).map(Guard::Free);
    let held = |text, n| Ok::<_, Failure>(Guard::HeldBy(unique(text)?, key(cast.person, n)));
    guarded(&office, "free in an empty store", free("a")?, Hold::Yes).await?;
    guarded(&office, "held in an empty store", held("a", 1)?, Hold::No).await?;
    office.save([cast.person(1, "a"), cast.person(2, "b")]).await?;
    guarded(&office, "free, of a held value", free("a")?, Hold::No).await?;
    guarded(&office, "held by its holder", held("a", 1)?, Hold::Yes).await?;
    guarded(&office, "held by another record", held("a", 2)?, Hold::No).await?;
    guarded(&office, "held by a record that is not there", held("a", 3)?, Hold::No).await?;
    guarded(&office, "free, of a value close by", free("A")?, Hold::Yes).await?;
    office.save([cast.person(1, "c")]).await?;
    guarded(&office, "free, after its holder took another", free("a")?, Hold::Yes).await?;
    guarded(&office, "held by its former holder", held("a", 1)?, Hold::No).await?;
    guarded(&office, "held by its new holder", held("c", 1)?, Hold::Yes).await?;
    office.commit(office.batch().remove(key(cast.person, 2), None, Expect::Any)).await?;
    guarded(&office, "free, after its holder was removed", free("b")?, Hold::Yes).await
}

/// `Guard::Children`.
pub(super) async fn a_guard_of_children_holds_and_fails(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, trail, .. }) = (Office::main(store), Cast::new()?);
    let children = |revision| Guard::Children(key(person, 1), revision);
    let none = Revision::default();
    guarded(&office, "the children of nothing", children(none), Hold::No).await?;
    let saved = office.save([specimen(person, 1), specimen(person, 2)]).await?.revision();
    guarded(&office, "no children yet", children(none), Hold::Yes).await?;
    guarded(&office, "the record's revision for its child revision", children(saved), Hold::No).await?;
    let first = office.save([specimen(trail, 1)]).await?.revision();
    guarded(&office, "the child revision before", children(none), Hold::No).await?;
    guarded(&office, "the child revision after", children(first), Hold::Yes).await?;
    guarded(&office, "the children of another record", Guard::Children(key(person, 2), none), Hold::Yes).await?;
    let removed = office.commit(office.batch().remove(key(trail, 1), Some(id(1)), Expect::Any)).await?.revision();
    guarded(&office, "the child revision before a removal", children(first), Hold::No).await?;
    guarded(&office, "the child revision after a removal", children(removed), Hold::Yes).await
}

/// What a write expects of its record.
pub(super) async fn an_expectation_holds_and_fails(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    let put = |expect| office.batch().put(specimen(person, 1), expect);
    let remove = |expect| office.batch().remove(key(person, 1), None, expect);
    let conflict = StoreErrorKind::Conflict;
    refused(conflict, "a change of what is not there", office.commit(put(Expect::At(Revision::new(1)))).await)?;
    refused(conflict, "a removal of what is not there", office.commit(remove(Expect::At(Revision::new(1)))).await)?;
    let first = office.commit(put(Expect::Absent)).await?.revision();
    refused(conflict, "a second making", office.commit(put(Expect::Absent)).await)?;
    let second = office.commit(put(Expect::At(first))).await?.revision();
    refused(conflict, "a change of an older revision", office.commit(put(Expect::At(first))).await)?;
    refused(conflict, "a removal of an older revision", office.commit(remove(Expect::At(first))).await)?;
    same("the record after all that", office.present(key(person, 1)).await?.revision(), second)?;
    let third = office.commit(put(Expect::Any)).await?.revision();
    office.commit(remove(Expect::At(third))).await?;
    same("the removed record", office.record(key(person, 1)).await?, None)?;
    office.commit(remove(Expect::Any)).await?;
    office.commit(put(Expect::Absent)).await?;
    Ok(())
}

/// Guards and expectations look at the state before the batch, whatever the batch itself makes of it.
pub(super) async fn a_guard_looks_at_the_state_before(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    let person = |n| key(cast.person, n);
    let unique = |text: &str| UniqueKey::new(cast.number, vec![Value::from(text)]);
    let made = office.batch().put(cast.person(1, "a"), Expect::Any);
    let made = made.guard(Guard::Record(person(1), Expect::Absent)).guard(Guard::Free(unique("a")?));
    let first = office.commit(made).await?.revision();
    let moved = office.batch().put(cast.person(1, "b"), Expect::Any);
    let moved = moved.guard(Guard::Record(person(1), Expect::At(first)));
    let moved = moved.guard(Guard::HeldBy(unique("a")?, person(1))).guard(Guard::Free(unique("b")?));
    let second = office.commit(moved).await?.revision();
    let early = office.batch().put(cast.person(1, "c"), Expect::Any).guard(Guard::HeldBy(unique("c")?, person(1)));
    refused(StoreErrorKind::Conflict, "a guard on what the batch itself will make", office.commit(early).await)?;
    let removed = office.batch().remove(person(1), None, Expect::Any);
    let removed = removed.guard(Guard::Record(person(1), Expect::At(second)));
    let removed = removed.guard(Guard::HeldBy(unique("b")?, person(1)));
    office.commit(removed).await?;
    let child = office.batch().put(cast.person(2, "d"), Expect::Any).put(specimen(cast.trail, 2), Expect::Any);
    refused(
        StoreErrorKind::Conflict,
        "a guard on the children of what the batch itself makes",
        office.commit(child.guard(Guard::Children(person(2), Revision::default()))).await,
    )
}

/// Two guards, one of which fails, refuse the batch, whichever comes first.
pub(super) async fn every_guard_counts(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    office.save([specimen(person, 1)]).await?;
    let holds = Guard::Record(key(person, 2), Expect::Absent);
    let fails = Guard::Record(key(person, 1), Expect::Absent);
    for (first, second) in [(&holds, &fails), (&fails, &holds)] {
        let batch = office.batch().guard(first.clone()).guard(second.clone()).put(specimen(person, 3), Expect::Any);
        refused(StoreErrorKind::Conflict, "one guard of two fails", office.commit(batch).await)?;
    }
    same("the record of the refused batches", office.record(key(person, 3)).await?, None)
}

/// A batch that writes nothing is accepted, and counts in the tenant's history.
pub(super) async fn a_batch_may_do_nothing(store: &dyn Store) -> Result<(), Failure> {
    let office = Office::main(store);
    let first = office.commit(office.batch()).await?;
    let second = office.commit(office.batch()).await?;
    same("the revision of the first batch of all", first.revision(), Revision::new(1))?;
    same("the revision of the second", second.revision(), Revision::new(2))?;
    same("the positions of a batch that tells nothing", second.entries(), None)?;
    same("the reply of a batch without stamp", second.reply(), &[])
}

/// The order in which a batch lists its writes means nothing.
pub(super) async fn the_order_of_writes_means_nothing(store: &dyn Store) -> Result<(), Failure> {
    let Cast { person, trail, job, .. } = Cast::new()?;
    let records = [specimen(person, 1), specimen(trail, 1), specimen(job, 1), specimen(person, 2)];
    let mut dumps = Vec::new();
    for (name, order) in [("forwards", [0, 1, 2, 3]), ("backwards", [3, 2, 1, 0]), ("across", [2, 0, 3, 1])] {
        let office = Office::of(store, name)?;
        office.save(order.iter().filter_map(|place: &usize| records.get(*place).cloned())).await?;
        dumps.push(office.dump(&[]).await?);
    }
    holds("something was saved", dumps.iter().all(|dump| dump.records.len() == records.len()))?;
    dumps.windows(2).try_for_each(|pair| match pair {
        [one, other] => other.same_as(one, "in another order of writes"),
        _ => Ok(()),
    })
}

/// The revision of a record never comes twice, not even when it is removed and made again.
pub(super) async fn a_revision_never_comes_twice(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    let mut last = Revision::default();
    for _ in 0..3 {
        let saved = office.save([specimen(person, 1)]).await?.revision();
        let found = office.present(key(person, 1)).await?.revision();
        same("the revision of a record and of the batch that wrote it", found, saved)?;
        holds("a revision is greater than all before it", found > last)?;
        let stale = office.batch().guard(Guard::Record(key(person, 1), Expect::At(last)));
        refused(StoreErrorKind::Conflict, "a revision from an earlier life", office.commit(stale).await)?;
        last = office.commit(office.batch().remove(key(person, 1), None, Expect::Any)).await?.revision();
        holds("a revision is greater than all before it", last > found)?;
    }
    Ok(())
}

/// Only the records that a batch writes get its revision.
pub(super) async fn a_batch_moves_only_what_it_writes(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    let first = office.save([specimen(person, 1), specimen(person, 2)]).await?.revision();
    let second = office.save([saying(&specimen(person, 2), b"changed")]).await?.revision();
    same("the record that was left alone", office.present(key(person, 1)).await?.revision(), first)?;
    same("the record that was written", office.present(key(person, 2)).await?.revision(), second)
}
