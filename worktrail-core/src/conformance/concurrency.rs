//! Many at once: sentences 1, 2, 4, 6, 10, 13 and 14 when writers and readers come side by side.

use std::sync::atomic::{AtomicU64, Ordering};

use super::failure::{Failure, holds, same, there};
use super::office::Office;
use super::specimen::{Cast, command, key, saying, specimen, stamp, told};
use super::together::{Pending, pause, together};
use super::watch::{Watcher, tell};
use crate::store::{
    BatchBuilder, Digest, Entry, Expect, Guard, IndexRange, JournalRange, Key, Limit, Position, Receipt, RecordKey,
    Replay, Retry, Store, StoreError, StoreErrorKind, Stored, StoredRecord, Value,
};

/// How many come at once.
const MANY: u64 = 8;
/// How often a call is tried again before something must be wrong.
const PATIENCE: usize = 5_000;

/// Commits, as often as the store says that it is busy.
pub(super) async fn commit(office: &Office<'_>, batch: BatchBuilder) -> Result<Receipt, StoreError> {
    let batch = batch.build()?;
    for _ in 0..PATIENCE {
        match office.store.commit(batch.clone()).await {
            Err(error) if error.retry() == Retry::AfterPause => pause().await,
            outcome => return outcome,
        }
    }
    office.store.commit(batch).await
}

/// What a race came to: who won, and that all others lost for this reason.
fn one_wins(outcomes: Vec<Result<Receipt, StoreError>>, reason: StoreErrorKind) -> Result<usize, Failure> {
    let mut winners = Vec::new();
    for (place, outcome) in outcomes.into_iter().enumerate() {
        match outcome {
            Ok(_) => winners.push(place),
            Err(error) => same("why the others lost a race", error.kind(), reason)?,
        }
    }
    match winners.as_slice() {
        [winner] => Ok(*winner),
        others => Err(Failure::new("the winners of a race", "one", format!("{} of them", others.len()))),
    }
}

fn number_in(stored: &StoredRecord) -> u64 {
    let bytes = stored.record().body().bytes();
    std::str::from_utf8(bytes).ok().and_then(|text| text.parse().ok()).unwrap_or_default()
}

/// Adds one to the number in a record, deciding again whenever somebody else was first.
async fn add_one(office: &Office<'_>, record: RecordKey) -> Result<(), Failure> {
    for _ in 0..PATIENCE {
        let found = office.present(record).await?;
        pause().await;
        let next = (number_in(&found) + 1).to_string();
        let batch = office.batch().put(saying(found.record(), next.as_bytes()), Expect::At(found.revision()));
        match commit(office, batch.tell(told(record, found.revision().number()))).await {
            Ok(_) => return Ok(()),
            Err(error) if error.kind() == StoreErrorKind::Conflict => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Failure::new("a writer who decides again and again", "success at last", "none"))
}

/// Writers who each add to one record lose nothing: every number is added.
pub(super) async fn no_update_is_lost(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    let record = key(person, 1);
    office.save([saying(&specimen(person, 1), b"0")]).await?;
    let writers = (0..MANY).map(|_| async {
        for _ in 0..5 {
            add_one(&office, record).await?;
        }
        Ok::<_, Failure>(())
    });
    together(writers).await.into_iter().collect::<Result<Vec<()>, Failure>>()?;
    same("the sum of all that was added", number_in(&office.present(record).await?), MANY * 5)?;
    let seen: Vec<String> = office.journal().await?.iter().map(|entry| entry.code().to_owned()).collect();
    let distinct: std::collections::BTreeSet<_> = seen.iter().collect();
    same("the revisions that somebody built on, each once", distinct.len(), seen.len())
}

/// Of many who change the same revision exactly one wins.
pub(super) async fn one_writer_wins_a_revision(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    for round in 0..5 {
        let revision = office.save([specimen(person, round)]).await?.revision();
        let change = |n: u64| {
            let record = saying(&specimen(person, round), n.to_string().as_bytes());
            commit(&office, office.batch().put(record, Expect::At(revision)))
        };
        let winner = one_wins(together((0..MANY).map(change)).await, StoreErrorKind::Conflict)?;
        let found = office.present(key(person, round)).await?;
        same("who is in the record", number_in(&found), u64::try_from(winner).unwrap_or(u64::MAX))?;
    }
    Ok(())
}

/// Of many who make the same record exactly one wins.
pub(super) async fn one_writer_makes_a_record(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    for round in 0..5 {
        let make = |n: u64| {
            let record = saying(&specimen(person, round), n.to_string().as_bytes());
            commit(&office, office.batch().put(record, Expect::Absent).tell(told(key(person, round), n)))
        };
        one_wins(together((0..MANY).map(make)).await, StoreErrorKind::Conflict)?;
    }
    same("what was told of the winners", office.journal().await?.len(), 5)
}

/// Of many who want the same unique value exactly one gets it.
pub(super) async fn one_writer_gets_a_unique_value(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    for round in 0..5 {
        let text = format!("wanted {round}");
        let take = |n: u64| {
            let record = cast.person(round * 100 + n, &text);
            commit(&office, office.batch().put(record, Expect::Absent))
        };
        let winner = one_wins(together((0..MANY).map(take)).await, StoreErrorKind::NotUnique)?;
        let range = IndexRange::new(cast.number, vec![Value::from(text.as_str())])?;
        let winner = round * 100 + u64::try_from(winner).unwrap_or(u64::MAX);
        same("who holds it", office.ids(&range).await?, vec![super::specimen::id(winner)])?;
    }
    Ok(())
}

/// A command that is sent many times at once is done once, and everybody gets the same receipt.
pub(super) async fn a_command_sent_at_once_is_done_once(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    for round in 0..5 {
        let send = |_| {
            let batch = office.batch().put(specimen(person, round), Expect::Absent);
            commit(&office, batch.tell(told(key(person, round), round)).stamp(stamp(round, "register")))
        };
        let receipts = together((0..MANY).map(send)).await.into_iter().collect::<Result<Vec<_>, _>>()?;
        let firsts = receipts.iter().filter(|receipt| receipt.replay() == Replay::First).count();
        same("how many were the first", firsts, 1)?;
        let one = there("a receipt", receipts.first().cloned())?.replayed();
        holds("all receipts say the same", receipts.into_iter().all(|receipt| receipt.replayed() == one))?;
    }
    same("what was told", office.journal().await?.len(), 5)
}

/// A trail that ends while nobody is under it, and a job that comes while it has not ended: never both.
pub(super) async fn a_parent_ends_or_gets_a_child(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, trail, job, .. }) = (Office::main(store), Cast::new()?);
    for round in 0..8 {
        office.save([specimen(person, round), specimen(trail, round)]).await?;
        let seen = office.present(key(trail, round)).await?;
        let ends = office.batch().put(saying(seen.record(), b"ended"), Expect::At(seen.revision()));
        let ends = ends.guard(Guard::Children(key(trail, round), seen.children()));
        let comes = office.batch().put(specimen(job, round), Expect::Absent);
        let comes = comes.guard(Guard::Record(key(trail, round), Expect::At(seen.revision())));
        let both = if round % 2 == 0 { [ends, comes] } else { [comes, ends] };
        let outcomes = together(both.into_iter().map(|batch| commit(&office, batch))).await;
        one_wins(outcomes, StoreErrorKind::Conflict)?;
        let ended = office.present(key(trail, round)).await?.record().body().bytes() == b"ended";
        let has_job = office.record(key(job, round)).await?.is_some();
        holds("the trail has ended or has a job, and not both", ended != has_job)?;
    }
    Ok(())
}

/// A tailer that goes on from the last position it saw misses nothing, whatever is committed beside it.
pub(super) async fn a_tailer_misses_nothing(store: &dyn Store) -> Result<(), Failure> {
    let (office, Cast { person, .. }) = (Office::main(store), Cast::new()?);
    let (writers, each) = (4_u64, 25_u64);
    let total = usize::try_from(writers * each * 2).unwrap_or_default();
    let writing = AtomicU64::new(writers);
    let tell_all = async |writer: u64| {
        for n in 0..each {
            let about = |m| told(key(person, writer), n * 2 + m);
            commit(&office, office.batch().tell(about(0)).tell(about(1))).await?;
            pause().await;
        }
        Ok::<_, Failure>(Vec::new())
    };
    let write = async |writer: u64| {
        let outcome = tell_all(writer).await;
        writing.fetch_sub(1, Ordering::SeqCst);
        outcome
    };
    let tail = async || {
        let (mut seen, mut after) = (Vec::new(), Position::START);
        while seen.len() < total {
            // However fast it reads and however slow they write, it waits for all of them, and reads once more.
            let all_is_written = writing.load(Ordering::SeqCst) == 0;
            let page = store.journal(&office.tenant, JournalRange::Everything, after, Limit::new(7)).await?;
            if all_is_written && page.entries.is_empty() {
                break;
            }
            after = page.entries.last().map_or(after, Entry::position);
            seen.extend(page.entries);
            pause().await;
        }
        Ok::<_, Failure>(seen)
    };
    let tasks: Vec<Pending<'_, Result<Vec<Entry>, Failure>>> = (0..writers)
        .map(|writer| Box::pin(write(writer)) as Pending<'_, _>)
        .chain((0..2).map(|_| Box::pin(tail()) as Pending<'_, _>))
        .collect();
    for outcome in together(tasks).await.into_iter().skip(usize::try_from(writers).unwrap_or_default()) {
        let mut previous = Digest::default();
        let seen = outcome?;
        same("how much a tailer saw", seen.len(), total)?;
        for (place, entry) in (1..).zip(&seen) {
            same("the positions that a tailer saw", entry.position(), Position::new(place))?;
            same("the chain that a tailer saw", entry.previous(), previous)?;
            previous = entry.hash(&office.tenant);
        }
    }
    Ok(())
}

/// Followers who watch, and read only when they are told to, see every entry, whatever is committed beside them.
pub(super) async fn a_follower_who_watches_misses_nothing(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    let (writers, each) = (3_u64, 20_u64);
    let write = async |writer: u64| {
        for n in 0..each {
            tell(&office, &cast, writer * each + n).await?;
            pause().await;
        }
        Ok::<_, Failure>(())
    };
    let follow = async || {
        let mut after = Position::START;
        while after < Position::new(writers * each) {
            let head = Watcher::of(&office, after.number()).told(&office).await?;
            holds("a watcher is answered beyond its position", head > after)?;
            let page = store.journal(&office.tenant, JournalRange::Everything, after, Limit::new(7)).await?;
            let positions: Vec<_> = page.entries.iter().map(Entry::position).collect();
            same("the entry after the last one", positions.first().copied(), Some(after.next()))?;
            after = positions.last().copied().unwrap_or(after);
        }
        same("how far a follower came", after, Position::new(writers * each))
    };
    let tasks: Vec<Pending<'_, Result<(), Failure>>> = (0..writers)
        .map(|writer| Box::pin(write(writer)) as Pending<'_, _>)
        .chain((0..2).map(|_| Box::pin(follow()) as Pending<'_, _>))
        .collect();
    together(tasks).await.into_iter().collect()
}

/// Readers never see half of a batch: two records that always change together are always alike, in a look-up and in
/// a page, and so are a record and its index.
pub(super) async fn nobody_sees_half_a_batch(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    let pair = |n: u64| [1, 2].map(|m| saying(&cast.person(m, &format!("{n:04} {m}")), n.to_string().as_bytes()));
    office.save(pair(0)).await?;
    let rounds = 60;
    let writing = AtomicU64::new(1);
    let write_all = async || {
        for n in 1..=rounds {
            let batch = pair(n).into_iter().fold(office.batch(), |batch, it| batch.put(it, Expect::Any));
            commit(&office, batch).await?;
            pause().await;
        }
        Ok::<_, Failure>(())
    };
    let write = async || {
        let outcome = write_all().await;
        writing.fetch_sub(1, Ordering::SeqCst);
        outcome
    };
    let read = async || {
        let keys = [Key::Record(key(cast.person, 1)), Key::Record(key(cast.person, 2))];
        let (mut last, mut idle) = (0, false);
        while last < rounds && !idle {
            let all_is_written = writing.load(Ordering::SeqCst) == 0;
            let found = office.get(&keys).await?.into_iter().filter_map(|it| it.and_then(Stored::into_record));
            let found: Vec<u64> = found.map(|stored| number_in(&stored)).collect();
            same("two records that change together, by key", found.first(), found.last())?;
            for index in [cast.number, cast.person.all()] {
                let page = office.walk(&IndexRange::new(index, Vec::new())?, 1_000).await?;
                let numbers: Vec<u64> = page.iter().map(number_in).collect();
                same("two records that change together, in a page", numbers.len(), 2)?;
                same("two records that change together, in a page", numbers.first(), numbers.last())?;
            }
            let number = there("a record", found.first().copied())?;
            holds("nobody sees an older state after a newer one", number >= last)?;
            idle = all_is_written && number == last;
            last = number;
            pause().await;
        }
        same("how far a reader saw", last, rounds)
    };
    let tasks: Vec<Pending<'_, Result<(), Failure>>> = [Box::pin(write()) as Pending<'_, _>]
        .into_iter()
        .chain((0..4).map(|_| Box::pin(read()) as Pending<'_, _>))
        .collect();
    together(tasks).await.into_iter().collect()
}

/// What was seen once is not unseen: a look-up, a page and the journal, one after the other, never show an older state
/// than the one before.
pub(super) async fn nobody_sees_an_older_state_after_a_newer_one(store: &dyn Store) -> Result<(), Failure> {
    let (office, cast) = (Office::main(store), Cast::new()?);
    let record = key(cast.person, 1);
    let numbered = |n: u64| saying(&cast.person(1, "one"), n.to_string().as_bytes());
    let rounds = 60;
    let writing = AtomicU64::new(1);
    let write_all = async || {
        for n in 1..=rounds {
            commit(&office, office.batch().put(numbered(n), Expect::Any).tell(told(record, n))).await?;
            pause().await;
        }
        Ok::<_, Failure>(())
    };
    let write = async || {
        let outcome = write_all().await;
        writing.fetch_sub(1, Ordering::SeqCst);
        outcome
    };
    let read = async || {
        let all = IndexRange::all(cast.person);
        let (mut last, mut idle) = (0, false);
        while last < rounds && !idle {
            let all_is_written = writing.load(Ordering::SeqCst) == 0;
            let by_key = office.record(record).await?.map_or(0, |stored| number_in(&stored));
            let in_a_page = office.walk(&all, 1_000).await?.first().map_or(0, number_in);
            let journal =
                store.journal(&office.tenant, JournalRange::Everything, Position::START, Limit::new(1)).await?;
            let told = journal.head.number();
            for (what, seen) in [("by key", by_key), ("in a page", in_a_page), ("in the journal", told)] {
                holds(&format!("{what} nobody sees an older state after a newer one"), seen >= last)?;
                idle = all_is_written && seen == last;
                last = seen;
            }
            pause().await;
        }
        same("how far a reader saw", last, rounds)
    };
    let tasks: Vec<Pending<'_, Result<(), Failure>>> = [Box::pin(write()) as Pending<'_, _>]
        .into_iter()
        .chain((0..4).map(|_| Box::pin(read()) as Pending<'_, _>))
        .collect();
    together(tasks).await.into_iter().collect()
}

/// Writers of two tenants at once leave two histories that each hold.
pub(super) async fn tenants_write_side_by_side(store: &dyn Store) -> Result<(), Failure> {
    let Cast { person, .. } = Cast::new()?;
    let offices = [Office::of(store, "one")?, Office::of(store, "two")?];
    let write = async |office: Office<'_>, writer: u64| {
        for n in 0..10 {
            let batch = office.batch().put(specimen(person, writer * 100 + n), Expect::Absent);
            let batch = batch.tell(told(key(person, writer * 100 + n), n)).stamp(stamp(writer * 100 + n, "make"));
            commit(&office, batch).await?;
        }
        Ok::<_, Failure>(())
    };
    let tasks = offices.iter().flat_map(|office| (0..4).map(|writer| (office.clone(), writer)));
    let tasks = tasks.collect::<Vec<_>>().into_iter().map(|(office, writer)| write(office, writer));
    together(tasks).await.into_iter().collect::<Result<Vec<()>, Failure>>()?;
    for office in &offices {
        let dump = office.dump(&[command(0)]).await?;
        same("the records of a tenant", dump.records.len(), 40)?;
        same("the entries of a tenant", dump.journal.len(), 40)?;
        let mut revisions: Vec<u64> = dump.records.iter().map(|stored| stored.revision().number()).collect();
        revisions.sort_unstable();
        same("the revisions of a tenant", revisions, (1..=40).collect())?;
    }
    Ok(())
}
