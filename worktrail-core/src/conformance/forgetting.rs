//! Sentence 9: forgetting is real.

use super::failure::{Failure, holds, refused, same, there};
use super::office::{Dump, Office};
use super::specimen::{Cast, command, details, fingerprint, id, key, specimen, stamp, subject, told};
use crate::record::SCHEMA;
use crate::store::{
    Entry, Expect, Guard, IndexRange, JournalRange, Key, Position, Record, Replay, Revision, Store, StoreErrorKind,
    Stored, StoredRecord, UniqueKey,
};

/// The number of the person to forget.
const GONE: u64 = 1;

/// Three persons with two generations each, made by a command each: the first to be forgotten, the second about
/// somebody else, the third about nobody.
async fn set(office: &Office<'_>) -> Result<Cast, Failure> {
    let cast = Cast::new()?;
    for n in 1..=3 {
        let about = (n < 3).then(|| subject(n));
        let batch = [cast.person, cast.trail, cast.job]
            .into_iter()
            .fold(office.batch(), |batch, kind| batch.put(specimen(kind, n).about(about), Expect::Absent));
        let told = told(key(cast.person, n), n).of(about).with(details("personal"));
        office.commit(batch.tell(told).stamp(stamp(n, "make"))).await?;
    }
    Ok(cast)
}

fn numbers(cast: &Cast, n: u64) -> Result<UniqueKey, Failure> {
    let values = there("the unique value of a specimen", cast.number.values_of(&specimen(cast.person, n)))?;
    Ok(UniqueKey::new(cast.number, values)?)
}

async fn forget(office: &Office<'_>) -> Result<Revision, Failure> {
    Ok(office.commit(office.batch().forget(subject(GONE))).await?.revision())
}

/// No look-up by key gives a record of a forgotten person.
pub(super) async fn a_forgotten_person_is_not_found_by_key(store: &dyn Store) -> Result<(), Failure> {
    let office = Office::main(store);
    let cast = set(&office).await?;
    forget(&office).await?;
    let keys: Vec<Key> = [cast.person, cast.trail, cast.job].map(|kind| Key::Record(key(kind, GONE))).into();
    same("the records of a forgotten person", office.get(&keys).await?, vec![None, None, None])
}

/// No unique value leads to a forgotten person, and each is free.
pub(super) async fn a_forgotten_person_holds_no_unique_value(store: &dyn Store) -> Result<(), Failure> {
    let office = Office::main(store);
    let cast = set(&office).await?;
    let values: Vec<UniqueKey> = [cast.person, cast.trail, cast.job]
        .into_iter()
        .flat_map(|kind| UniqueKey::held_by(&specimen(kind, GONE)))
        .collect();
    forget(&office).await?;
    for unique in &values {
        same(&format!("the holder in {:?}", unique.index()), office.holder(unique.clone()).await?, None)?;
    }
    let free = values.into_iter().fold(office.batch(), |batch, unique| batch.guard(Guard::Free(unique)));
    office.commit(free).await?;
    let number = there("a unique value", specimen(cast.person, GONE).field(unique_field(&cast)).cloned())?;
    office.save([specimen(cast.person, 9).with(unique_field(&cast), number)]).await?;
    same("the new holder", office.holder(numbers(&cast, GONE)?).await?, Some(key(cast.person, 9)))
}

fn unique_field(cast: &Cast) -> &'static str {
    match cast.number.path() {
        crate::store::Path::Declared(schema) => schema.fields().first().copied().unwrap_or_default(),
        _ => "",
    }
}

/// No index, range or count has a record of a forgotten person, in any kind.
pub(super) async fn a_forgotten_person_is_in_no_index(store: &dyn Store) -> Result<(), Failure> {
    let office = Office::main(store);
    for kind in SCHEMA.kinds() {
        for record in super::specimen::lineage(kind, GONE) {
            office.save([record.about(subject(GONE))]).await?;
        }
    }
    forget(&office).await?;
    for kind in SCHEMA.kinds() {
        let indexes = kind.indexes().chain([kind.all()]).chain(kind.parent().map(|_| kind.children()));
        for index in indexes {
            let range = IndexRange::new(index, Vec::new())?;
            same(&format!("{index:?} after forgetting"), office.ids(&range).await?, Vec::new())?;
            same(&format!("the count of {index:?} after forgetting"), office.total(&range).await?, 0)?;
        }
    }
    Ok(())
}

/// The entries about a forgotten person stay, without their details, and the chain holds.
pub(super) async fn a_forgotten_person_leaves_no_details(store: &dyn Store) -> Result<(), Failure> {
    let office = Office::main(store);
    set(&office).await?;
    let before = office.journal().await?;
    forget(&office).await?;
    let expected: Vec<Entry> = before
        .iter()
        .map(|entry| if entry.subject() == Some(subject(GONE)) { entry.clone().forgotten() } else { entry.clone() })
        .collect();
    holds("something personal was told before", before.iter().all(|entry| entry.details().is_some()))?;
    let gone = expected.iter().find(|entry| entry.subject() == Some(subject(GONE)));
    holds("what it was done for is not personal, and stays", gone.is_some_and(|entry| entry.capacity().is_some()))?;
    same("the journal after forgetting", office.journal().await?, expected.clone())?;
    let about = office.entries(JournalRange::About(subject(GONE)), 10).await?;
    let expected = expected.into_iter().filter(|entry| entry.subject() == Some(subject(GONE))).collect();
    same("the journal about a forgotten person", about, expected)
}

/// The stamps of commands that told of a forgotten person lose their fingerprint: the same command is refused.
pub(super) async fn a_forgotten_person_leaves_no_fingerprint(store: &dyn Store) -> Result<(), Failure> {
    let office = Office::main(store);
    set(&office).await?;
    let before = there("the stamp", office.stamp(command(GONE)).await?)?;
    forget(&office).await?;
    let after = there("the stamp after forgetting", office.stamp(command(GONE)).await?)?;
    same("the stamp of a command that told of a forgotten person", after, before.forgotten())?;
    let again = office.commit(office.batch().stamp(stamp(GONE, "make"))).await;
    refused(StoreErrorKind::CommandReused, "the command that told of a forgotten person, again", again)
}

/// Records, details and stamps of everybody else stay as they are.
pub(super) async fn others_are_not_forgotten(store: &dyn Store) -> Result<(), Failure> {
    let office = Office::main(store);
    set(&office).await?;
    let commands = [command(2), command(3)];
    let before = office.dump(&commands).await?;
    forget(&office).await?;
    let after = office.dump(&commands).await?;
    let other = |stored: &StoredRecord| stored.record().subject() != Some(subject(GONE));
    let others = |dump: &Dump| dump.records.iter().filter(|stored| other(stored)).cloned().collect::<Vec<_>>();
    same("the records of others", others(&after), others(&before))?;
    same("the stamps of others", &after.stamps, &before.stamps)?;
    let others = |dump: &Dump| dump.journal.iter().skip(1).cloned().collect::<Vec<_>>();
    same("the entries of others", others(&after), others(&before))?;
    let receipt = office.commit(office.batch().stamp(stamp(2, "make"))).await?;
    same("a command of others, again", receipt.replay(), Replay::Again)
}

/// What the batch itself tells stays, and so does its own stamp.
pub(super) async fn the_forgetting_itself_is_told(store: &dyn Store) -> Result<(), Failure> {
    let office = Office::main(store);
    let cast = set(&office).await?;
    let batch = || {
        let batch = office.batch().forget(subject(GONE)).stamp(stamp(7, "forget"));
        batch
            .tell(told(key(cast.person, GONE), 70).of(subject(GONE)))
            .tell(told(key(cast.person, 2), 71).of(subject(2)).with(details("kept")))
    };
    let receipt = office.commit(batch()).await?;
    let journal = office.journal().await?;
    let codes: Vec<&str> = journal.iter().skip(3).map(Entry::code).collect();
    same("what the batch told", codes, vec!["specimen.70", "specimen.71"])?;
    let kept = there("the last entry", journal.last())?;
    same("the details of somebody else in it", kept.details(), Some(&details("kept")))?;
    let stamp = there("its own stamp", office.stamp(command(7)).await?)?;
    same("the fingerprint of its own stamp", stamp.fingerprint(), Some(fingerprint("forget")))?;
    same("the same batch again", office.commit(batch()).await?, receipt.replayed())
}

/// A parent that stays has lost a child: its child revision moves.
pub(super) async fn forgetting_moves_the_parents_that_stay(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, trail, job, .. }) = (Office::main(store), Cast::new()?);
    office.save([specimen(person, 1), specimen(person, 2)]).await?;
    let child = |kind, n, parent| specimen(kind, n).under(id(parent)).about(subject(GONE));
    let saved = office.save([child(trail, 1, 1), specimen(trail, 2), child(job, 5, 2)]).await?.revision();
    let forgotten = forget(&office).await?;
    let of = |stored: StoredRecord| stored.children();
    same("the parent of a forgotten child", of(office.present(key(person, 1)).await?), forgotten)?;
    same("the parent of a forgotten job", of(office.present(key(trail, 2)).await?), forgotten)?;
    same("a parent whose child stayed", of(office.present(key(person, 2)).await?), saved)?;
    let stale = office.batch().guard(Guard::Children(key(person, 1), saved));
    refused(StoreErrorKind::Conflict, "a guard from before the forgetting", office.commit(stale).await)
}

/// In the batch that forgets, the freed unique values may be taken, and no child may be saved under what goes.
pub(super) async fn a_batch_writes_around_what_it_forgets(store: &dyn Store) -> Result<(), Failure> {
    let office = Office::main(store);
    let cast = set(&office).await?;
    let orphan = office.batch().forget(subject(GONE)).put(specimen(cast.job, 8).under(id(GONE)), Expect::Absent);
    refused(StoreErrorKind::Conflict, "a child of what the batch forgets", office.commit(orphan).await)?;
    let number = there("a unique value", specimen(cast.person, GONE).field(unique_field(&cast)).cloned())?;
    let heir = specimen(cast.person, 8).with(unique_field(&cast), number);
    let held = Guard::HeldBy(numbers(&cast, GONE)?, key(cast.person, GONE));
    office.commit(office.batch().guard(held).forget(subject(GONE)).put(heir, Expect::Absent)).await?;
    same("who took over a unique value", office.holder(numbers(&cast, GONE)?).await?, Some(key(cast.person, 8)))?;
    let other = office.batch().forget(subject(2)).remove(key(cast.job, 2), Some(id(2)), Expect::Any);
    office.commit(other).await?;
    same("a record that was removed and forgotten at once", office.record(key(cast.job, 2)).await?, None)
}

/// A refused batch forgets nobody.
pub(super) async fn a_refused_batch_forgets_nobody(store: &dyn Store) -> Result<(), Failure> {
    let office = Office::main(store);
    let cast = set(&office).await?;
    let commands = [command(1), command(2), command(3)];
    let before = office.dump(&commands).await?;
    let guard = Guard::Record(key(cast.person, 2), Expect::Absent);
    let batch = office.batch().forget(subject(GONE)).guard(guard);
    refused(StoreErrorKind::Conflict, "a forgetting with a guard that fails", office.commit(batch).await)?;
    office.dump(&commands).await?.same_as(&before, "after a refused forgetting")
}

/// Forgetting somebody of whom nothing is held is no fault; the same person may come again, and be forgotten again.
pub(super) async fn a_person_may_be_forgotten_again(store: &dyn Store) -> Result<(), Failure> {
    let office = Office::main(store);
    forget(&office).await?;
    let cast = set(&office).await?;
    forget(&office).await?;
    forget(&office).await?;
    let back = specimen(cast.person, GONE).about(subject(GONE));
    office
        .commit(
            office
                .batch()
                .put(back.clone(), Expect::Absent)
                .tell(told(back.key(), 5).of(subject(GONE)).with(details("back"))),
        )
        .await?;
    same("a person who came again", office.present(back.key()).await?.record(), &back)?;
    forget(&office).await?;
    same("a person who was forgotten again", office.record(back.key()).await?, None)?;
    let about = office.entries(JournalRange::About(subject(GONE)), 10).await?;
    same("the entries about them", about.len(), 2)?;
    holds("none has details", about.iter().all(|entry| entry.details().is_none()))?;
    let last = store.journal(&office.tenant, JournalRange::Everything, Position::START, crate::store::Limit::MAX);
    same("the length of the journal", last.await?.entries.len(), 4)
}

/// Forgetting a person of many records.
pub(super) async fn a_person_of_many_records_is_forgotten(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    let record = |n| -> Record { specimen(person, n).about(subject(if n % 3 == 0 { 2 } else { GONE })) };
    for hundred in 0..4 {
        let batch = (1..=300).map(|n| hundred * 300 + n).fold(office.batch(), |batch, n| {
            let about = record(n).subject();
            batch.put(record(n), Expect::Absent).tell(told(key(person, n), n).of(about).with(details("x")))
        });
        office.commit(batch.stamp(stamp(hundred, "many"))).await?;
    }
    forget(&office).await?;
    same("the records that stay", office.total(&IndexRange::all(person)).await?, 400)?;
    let journal = office.journal().await?;
    same("the entries", journal.len(), 1_200)?;
    let told = |entry: &Entry| entry.details().is_some() == (entry.subject() == Some(subject(2)));
    holds("the details that stay are those of others", journal.iter().all(told))?;
    let found = office.get(&(0..4).map(|n| Key::Stamp(command(n))).collect::<Vec<_>>()).await?;
    let stamps: Vec<_> = found.into_iter().filter_map(|it| it.and_then(Stored::into_stamp)).collect();
    same("the stamps", stamps.len(), 4)?;
    holds("none has a fingerprint", stamps.iter().all(|stamp| stamp.fingerprint().is_none()))
}
