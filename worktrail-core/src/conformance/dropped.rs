//! Sentence 5: a caller that goes away may find its commit done, and never half of it.

use std::sync::Arc;

use super::Harness;
use super::concurrency::commit;
use super::failure::{Failure, holds, same};
use super::office::Office;
use super::specimen::{Cast, command, key, saying, specimen, stamp, told};
use super::together::{dropped_after, together};
use crate::store::{
    BatchBuilder, Expect, IndexRange, Key, Limit, PageRequest, Record, Store, StoreErrorKind, Stored, Tenant,
};

/// After so many polls a commit is expected to be done; one that takes more is dropped no later.
const MOST_POLLS: usize = 12;

/// Two records that only ever change together.
fn pair(cast: &Cast, n: u64) -> [Record; 2] {
    [1, 2].map(|m| saying(&cast.person(m, &format!("{n} {m}")), n.to_string().as_bytes()))
}

/// The command that changes them.
fn change(office: &Office<'_>, cast: &Cast, n: u64) -> BatchBuilder {
    let batch = pair(cast, n).into_iter().fold(office.batch(), |batch, record| batch.put(record, Expect::Any));
    batch.put(specimen(cast.trail, 1), Expect::Any).tell(told(key(cast.person, 1), n)).stamp(stamp(n, "change"))
}

/// The number that both records say, which has its stamp and its entry.
async fn both(office: &Office<'_>, cast: &Cast) -> Result<u64, Failure> {
    let mut keys = vec![Key::Record(key(cast.person, 1)), Key::Record(key(cast.person, 2))];
    keys.extend((0..=u64::try_from(MOST_POLLS).unwrap_or_default() + 1).map(|n| Key::Stamp(command(n))));
    let mut found = office.get(&keys).await?.into_iter();
    let pair = found.by_ref().take(2).filter_map(|it| it.and_then(Stored::into_record));
    let pair: Vec<Vec<u8>> = pair.map(|stored| stored.record().body().bytes().to_vec()).collect();
    same("two records after their writer went away", pair.len(), 2)?;
    same("two records after their writer went away", pair.first(), pair.last())?;
    let text = pair.first().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let number = text.and_then(|text| text.parse().ok()).unwrap_or_default();
    let stamps = u64::try_from(found.flatten().count()).unwrap_or_default();
    same("the stamps beside the records, in one look-up", stamps, number + 1)?;
    let told = office.journal().await?.len();
    holds("what was changed is told", told > usize::try_from(number).unwrap_or(usize::MAX))?;
    Ok(number)
}

/// A store that a dropped commit has poisoned is opened again; any other is used on.
async fn usable(harness: &dyn Harness, store: Arc<dyn Store>) -> Result<Arc<dyn Store>, Failure> {
    let looked = store.get(&Tenant::default(), &[Key::Stamp(command(0))]).await;
    let poisoned = looked.is_err_and(|error| error.kind() == StoreErrorKind::Poisoned);
    Ok(if poisoned { harness.reopen(store).await? } else { store })
}

/// A commit is dropped at each of its polls; the same command again settles what became of it.
pub(super) async fn a_dropped_commit_is_done_or_not(harness: &dyn Harness) -> Result<(), Failure> {
    let cast = Cast::new()?;
    let mut store = harness.fresh().await?;
    commit(&Office::main(&*store), change(&Office::main(&*store), &cast, 0)).await?;
    for (n, polls) in (1..).zip(0..=MOST_POLLS) {
        let finished = {
            let office = Office::main(&*store);
            dropped_after(polls, office.commit(change(&office, &cast, n))).await
        };
        store = usable(harness, store).await?;
        let office = Office::main(&*store);
        let during = |failure: Failure| failure.during(&format!("a commit dropped after {polls} polls"));
        let seen = both(&office, &cast).await.map_err(during)?;
        holds("the change is done or is not", seen == n || seen == n - 1).map_err(during)?;
        if let Some(outcome) = finished {
            outcome?;
            same("a change that was acknowledged", seen, n).map_err(during)?;
        }
        commit(&office, change(&office, &cast, n)).await?;
        same("the change after the same command again", both(&office, &cast).await.map_err(during)?, n)?;
        let told = office.journal().await?;
        let expected: Vec<String> = (0..=n).map(|n| format!("specimen.{n}")).collect();
        let told: Vec<String> = told.iter().map(|entry| entry.code().to_owned()).collect();
        same("each change told once", told, expected).map_err(during)?;
    }
    Ok(())
}

/// Many callers, most of whom go away half-way: every command is done whole or not at all, and its repetition settles
/// which.
pub(super) async fn many_dropped_commits_leave_a_whole_history(harness: &dyn Harness) -> Result<(), Failure> {
    let cast = Cast::new()?;
    let kinds = [cast.person, cast.trail, cast.job];
    let (rounds, callers) = (6, 8);
    let make = |office: &Office<'_>, n: u64| {
        let records = kinds.map(|kind| specimen(kind, n)).into_iter();
        let batch = records.fold(office.batch(), |batch, record| batch.put(record, Expect::Absent));
        batch.tell(told(key(cast.person, n), n)).stamp(stamp(n, "make"))
    };
    let mut store = harness.fresh().await?;
    for round in 0..rounds {
        {
            let office = Office::main(&*store);
            let calls = (0..callers).map(|caller| {
                let polls = usize::try_from((caller + round) % 5).unwrap_or_default();
                let (office, batch) = (&office, make(&office, round * callers + caller));
                async move { dropped_after(polls, office.commit(batch)).await.map(|outcome| outcome.map(drop)) }
            });
            drop(together(calls).await);
        }
        store = usable(harness, store).await?;
    }
    let office = Office::main(&*store);
    for n in 0..rounds * callers {
        let found = office.get(&kinds.map(|kind| Key::Record(key(kind, n)))).await?;
        let there = found.iter().flatten().count();
        holds("a command is done whole or not at all", there == 0 || there == kinds.len())?;
    }
    for n in 0..rounds * callers {
        commit(&office, make(&office, n)).await?;
    }
    for kind in kinds {
        same("the records of all commands", office.total(&IndexRange::all(kind)).await?, rounds * callers)?;
    }
    let mut codes: Vec<String> = office.journal().await?.iter().map(|entry| entry.code().to_owned()).collect();
    codes.sort_unstable();
    let mut expected: Vec<String> = (0..rounds * callers).map(|n| format!("specimen.{n}")).collect();
    expected.sort_unstable();
    same("what was told, each once", codes, expected)
}

/// Readers that go away half-way harm nobody.
pub(super) async fn a_dropped_reader_harms_nobody(harness: &dyn Harness) -> Result<(), Failure> {
    let cast = Cast::new()?;
    let mut store = harness.fresh().await?;
    commit(&Office::main(&*store), change(&Office::main(&*store), &cast, 0)).await?;
    for (n, polls) in (1..).zip(0..6) {
        {
            let office = Office::main(&*store);
            let range = IndexRange::all(cast.person);
            let request = PageRequest::first(Limit::MAX);
            drop(dropped_after(polls, office.present(key(cast.person, 1))).await);
            drop(dropped_after(polls, office.page(&range, &request)).await);
            drop(dropped_after(polls, office.total(&range)).await);
            drop(dropped_after(polls, office.journal()).await);
        }
        store = usable(harness, store).await?;
        let office = Office::main(&*store);
        commit(&office, change(&office, &cast, n)).await?;
        same("the change after readers went away", both(&office, &cast).await?, n)?;
    }
    Ok(())
}
