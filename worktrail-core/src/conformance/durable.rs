//! Sentences 12 and 13: what was acknowledged is there, after opening again and at once.

use super::Harness;
use super::failure::{Failure, holds, same, there};
use super::office::Office;
use super::specimen::{Cast, command, details, id, key, lineage, saying, specimen, stamp, subject, told};
use super::together::together;
use crate::record::SCHEMA;
use crate::store::{
    Expect, IndexRange, JournalRange, Key, Limit, PageRequest, Position, Replay, Store, Stored, UniqueKey, Value,
};

/// A store that is closed and opened again has everything: records, indexes, journal, stamps.
pub(super) async fn opening_again_keeps_everything(harness: &dyn Harness) -> Result<(), Failure> {
    let store = harness.fresh().await?;
    let commands: Vec<_> = (0..=30).map(command).collect();
    let before = {
        let office = Office::main(&*store);
        for (n, kind) in (1..).zip(SCHEMA.kinds()) {
            let batch = lineage(kind, n).into_iter().fold(office.batch(), |batch, it| batch.put(it, Expect::Any));
            let told = told(key(kind, n), n).of(subject(n)).with(details("kept"));
            office.commit(batch.tell(told).stamp(stamp(n, kind.name()))).await?;
        }
        office.dump(&commands).await?
    };
    let store = harness.reopen(store).await?;
    Office::main(&*store).dump(&commands).await?.same_as(&before, "after opening again")
}

/// A store that is opened again goes on where it was: revisions, positions, chain, stamps, cursors.
pub(super) async fn opening_again_goes_on(harness: &dyn Harness) -> Result<(), Failure> {
    let store = harness.fresh().await?;
    let Cast { person, .. } = Cast::new()?;
    let range = IndexRange::all(person);
    let (last, cursor) = {
        let office = Office::main(&*store);
        office.save((1..=4).map(|n| specimen(person, n))).await?;
        let last = office.commit(office.batch().tell(told(key(person, 1), 1)).stamp(stamp(1, "tell"))).await?;
        let page = office.page(&range, &PageRequest::first(Limit::new(2))).await?;
        (last, there("a cursor", page.next)?)
    };
    let store = harness.reopen(store).await?;
    let office = Office::main(&*store);
    let page = office.page(&range, &PageRequest::after(Limit::new(2), cursor)).await?;
    same("a page by a cursor from before", page.records.len(), 2)?;
    let again = office.commit(office.batch().stamp(stamp(1, "tell"))).await?;
    same("a command from before", &again, &last.clone().replayed())?;
    let next = office.commit(office.batch().tell(told(key(person, 1), 2))).await?;
    same("the next revision", next.revision(), last.revision().next())?;
    same("the next position", next.entries().map(|entries| entries.first), Some(Position::new(2)))?;
    same("the journal", office.journal().await?.len(), 2)
}

/// What was forgotten stays forgotten when the store is opened again.
pub(super) async fn opening_again_remembers_nobody(harness: &dyn Harness) -> Result<(), Failure> {
    let store = harness.fresh().await?;
    let Cast { person, .. } = Cast::new()?;
    {
        let office = Office::main(&*store);
        let told = told(key(person, 1), 1).of(subject(1)).with(details("personal"));
        let batch = office.batch().put(specimen(person, 1).about(subject(1)), Expect::Absent);
        office.commit(batch.tell(told).stamp(stamp(1, "make"))).await?;
        office.commit(office.batch().forget(subject(1))).await?;
    }
    let store = harness.reopen(store).await?;
    let office = Office::main(&*store);
    same("the record", office.record(key(person, 1)).await?, None)?;
    let entry = there("the entry", office.journal().await?.into_iter().next())?;
    same("its details", entry.details(), None)?;
    same("the stamp", there("the stamp", office.stamp(command(1)).await?)?.fingerprint(), None)
}

/// A store says the same of itself before and after opening again, and names its engine.
pub(super) async fn a_store_says_what_it_is(harness: &dyn Harness) -> Result<(), Failure> {
    let store = harness.fresh().await?;
    let before = store.info();
    holds("the engine has a name", !before.engine.is_empty())?;
    let store = harness.reopen(store).await?;
    same("what a store says of itself after opening again", store.info(), before)
}

/// Two stores of a harness have nothing in common.
pub(super) async fn a_fresh_store_is_empty(harness: &dyn Harness) -> Result<(), Failure> {
    let Cast { person, .. } = Cast::new()?;
    let one = harness.fresh().await?;
    Office::main(&*one).save([specimen(person, 1)]).await?;
    let other = harness.fresh().await?;
    let office = Office::main(&*other);
    same("a record of another store", office.record(key(person, 1)).await?, None)?;
    let empty = office.dump(&[]).await?;
    holds("a fresh store has nothing", empty.records.is_empty() && empty.journal.is_empty())?;
    same("its first revision", office.save([specimen(person, 1)]).await?.revision().number(), 1)
}

/// Every verb sees a commit that was acknowledged before it was called.
async fn seen(office: &Office<'_>, cast: &Cast, round: u64) -> Result<(), Failure> {
    let text = format!("{round}");
    let found = office.present(key(cast.person, 1)).await?;
    same("the record that was just saved", found.record().body().bytes(), text.as_bytes())?;
    let unique = UniqueKey::new(cast.number, vec![Value::from(text.as_str())])?;
    same("the unique value just taken", office.holder(unique.clone()).await?, Some(key(cast.person, 1)))?;
    let keys = [Key::Stamp(command(round)), Key::Unique(unique), Key::Record(key(cast.person, round + 1))];
    let all = office.get(&keys).await?.into_iter().flatten().map(|it| matches!(it, Stored::Record(_)));
    same("stamp, holder and record in one look-up", all.collect(), vec![false, true, true])?;
    let range = IndexRange::new(cast.number, vec![Value::from(text.as_str())])?;
    same("the range just moved into", office.ids(&range).await?, vec![id(1)])?;
    same("the count of all", office.total(&IndexRange::all(cast.person)).await?, round + 1)?;
    let after = Position::new(round.saturating_sub(1));
    let page = office.store.journal(&office.tenant, JournalRange::Everything, after, Limit::MAX).await?;
    same("the entry just told", (page.entries.len(), page.head), (1, Position::new(round)))
}

/// One more round: a changed record, a new one, an entry and a stamp.
async fn write(office: &Office<'_>, cast: &Cast, round: u64) -> Result<(), Failure> {
    let text = format!("{round}");
    let batch = office.batch().put(saying(&cast.person(1, &text), text.as_bytes()), Expect::Any);
    let batch = batch.put(specimen(cast.person, round + 1), Expect::Absent).tell(told(key(cast.person, 1), round));
    let receipt = office.commit(batch.stamp(stamp(round, &text))).await?;
    same("a command that is new", receipt.replay(), Replay::First)
}

/// A commit is seen at once, by every verb.
pub(super) async fn a_commit_is_seen_at_once(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    for round in 1..=25 {
        write(&office, &cast, round).await?;
        seen(&office, &cast, round).await.map_err(|failure| failure.during(&format!("round {round}")))?;
    }
    Ok(())
}

/// A commit is seen at once by many readers that ask at the same time.
pub(super) async fn a_commit_is_seen_by_many_readers(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    for round in 1..=6 {
        write(&office, &cast, round).await?;
        let readers = (0..16).map(|_| seen(&office, &cast, round));
        for outcome in together(readers).await {
            outcome.map_err(|failure| failure.during(&format!("one of many readers, round {round}")))?;
        }
    }
    Ok(())
}
