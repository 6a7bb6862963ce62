//! The harness itself: stores with a flaw must be noticed, and the one without must not be.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use crash::audit::{audit, read_everything};
use crash::candidate::{Candidate, Lies, Opened, Opening, Sharing};
use crash::damage::{BATCHES, read_all};
use crash::figures::Figures;
use crash::history::histories;
use crash::memory::Memory;
use crash::numbered::{SLOTS, batch, own_records, read_slot, tenant};
use crash::promises::{Failed, Promises, Said};
use crash::setting::{Obstacle, Setting};
use crash::winners::rounds;
use crash::writer::commit;
use worktrail_core::store::{
    Batch, BatchBuilder, Expect, Grouping, IndexRange, JournalPage, JournalRange, Key, Limit, MemoryStore, PageRequest,
    Position, Receipt, Revision, Store, StoreError, StoreErrorKind, StoreInfo, Stored, StoredPage, Tally, Tenant,
    Write,
};

/// What is wrong with a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flaw {
    /// It looks at no expectation.
    Unguarded,
    /// Every so often it acknowledges what it does not do.
    Loses,
    /// It answers a look-up with what it had answered before.
    Stale,
    /// Its pages leave out an entry.
    Skips,
    /// From some moment on, what is written over stays as it was.
    Keeps,
    /// Its indexes leave out a record.
    Hides,
    /// Its journal ends before its head.
    Shortens,
    /// One record is not there, another is damaged; its own check is content.
    Misses,
    /// The same, and its own check refuses.
    MissesAndTells,
}

#[derive(Debug)]
struct Flawed(Flaw);

#[async_trait]
impl Candidate for Flawed {
    fn name(&self) -> &'static str {
        "flawed"
    }

    fn sharing(&self) -> Sharing {
        Sharing::OneProcess
    }

    fn lies(&self) -> Lies {
        Lies::InFiles
    }

    fn control(&self) -> Option<&'static dyn Candidate> {
        None
    }

    fn furnish(&self, _setting: &Setting, _home: &Path) -> Result<(), Obstacle> {
        Ok(())
    }

    async fn open(&self, _home: &Path, _opening: Opening) -> Result<Box<dyn Opened>, StoreError> {
        let (within, commits, answers) = (MemoryStore::new(), AtomicU64::new(0), Mutex::default());
        Ok(Box::new(FlawedStore { flaw: self.0, within, commits, answers }))
    }
}

#[derive(Debug)]
struct FlawedStore {
    flaw: Flaw,
    within: MemoryStore,
    commits: AtomicU64,
    answers: Mutex<BTreeMap<Vec<Key>, Vec<Option<Stored>>>>,
}

#[async_trait]
impl Opened for FlawedStore {
    async fn check(&self) -> Result<(), StoreError> {
        if self.flaw == Flaw::MissesAndTells { Err(damaged()) } else { Ok(()) }
    }

    async fn close(&self) {}
}

fn damaged() -> StoreError {
    StoreError::new(StoreErrorKind::Corrupt, "damaged")
}

/// Whether a record of this batch, which no other writes, is looked up.
fn is_of(number: u64, keys: &[Key]) -> bool {
    let [one, ..] = own_records(number).unwrap();
    keys == [Key::Record(one.key())]
}

/// The same batch, without what it writes over.
fn without_slot(batch: &Batch) -> Result<Batch, StoreError> {
    let mut anew = Batch::of(batch.tenant().clone());
    for write in batch.writes() {
        if let Write::Put(record, expect) = write
            && read_slot(record).is_none()
        {
            anew = anew.put(record.clone(), *expect);
        }
    }
    let anew = batch.happenings().iter().cloned().fold(anew, BatchBuilder::tell);
    batch.stamp().cloned().into_iter().fold(anew, BatchBuilder::stamp).build()
}

/// The same batch, expecting nothing.
fn unguarded(batch: &Batch) -> Result<Batch, StoreError> {
    let mut anew = Batch::of(batch.tenant().clone());
    for write in batch.writes() {
        if let Write::Put(record, _) = write {
            anew = anew.put(record.clone(), Expect::Any);
        }
    }
    let anew = batch.happenings().iter().cloned().fold(anew, BatchBuilder::tell);
    batch.stamp().cloned().into_iter().fold(anew, BatchBuilder::stamp).build()
}

#[async_trait]
impl Store for FlawedStore {
    fn info(&self) -> StoreInfo {
        self.within.info()
    }

    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        match self.flaw {
            Flaw::Unguarded => self.within.commit(unguarded(&batch)?).await,
            Flaw::Loses if self.commits.fetch_add(1, Ordering::SeqCst) % 20 == 19 => {
                Ok(Receipt::new(Revision::new(1), None, Vec::new().into()))
            }
            Flaw::Keeps if self.commits.fetch_add(1, Ordering::SeqCst) >= BATCHES - SLOTS => {
                self.within.commit(without_slot(&batch)?).await
            }
            _ => self.within.commit(batch).await,
        }
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        if matches!(self.flaw, Flaw::Misses | Flaw::MissesAndTells) {
            if is_of(1, keys) {
                return Ok(vec![None]);
            }
            if is_of(2, keys) {
                return Err(damaged());
            }
        }
        let found = self.within.get(tenant, keys).await?;
        if self.flaw != Flaw::Stale {
            return Ok(found);
        }
        Ok(self.answers.lock().unwrap().entry(keys.to_vec()).or_insert(found).clone())
    }

    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        let mut found = self.within.scan(tenant, range, page).await?;
        if self.flaw == Flaw::Hides && range.index() != range.index().kind().all() {
            found.records.pop();
        }
        Ok(found)
    }

    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        self.within.count(tenant, range, by).await
    }

    async fn journal(
        &self,
        tenant: &Tenant,
        range: JournalRange,
        after: Position,
        limit: Limit,
    ) -> Result<JournalPage, StoreError> {
        let mut page = self.within.journal(tenant, range, after, limit).await?;
        if self.flaw == Flaw::Skips && page.entries.len() == 5 {
            page.entries.remove(2);
        }
        if self.flaw == Flaw::Shortens {
            page.entries.pop();
        }
        Ok(page)
    }

    async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
        self.within.watch(tenant, after).await
    }
}

fn setting() -> Setting {
    Setting { program: "nothing".into(), scratch: std::env::temp_dir(), seed: 7, server: None }
}

fn histories_of(candidate: &dyn Candidate) -> Figures {
    histories(&setting(), candidate, 10).unwrap()
}

#[test]
fn a_history_of_a_sound_store_is_explained() {
    let figures = histories_of(&Memory);
    assert!(figures.is_clean() && figures.acknowledged > 500, "{figures:?}");
}

#[test]
fn a_flaw_shows_in_the_histories() {
    let faults = [
        (Flaw::Unguarded, "did not find what it expected"),
        (Flaw::Loses, "acknowledged batch is lost"),
        (Flaw::Stale, "no state explains"),
        (Flaw::Skips, "the journal contradicts"),
    ];
    for (flaw, words) in faults {
        let figures = histories_of(&Flawed(flaw));
        assert!(figures.faults.iter().any(|fault| fault.contains(words)), "{flaw:?}: {figures:?}");
    }
}

#[test]
fn a_race_with_two_winners_is_noticed() {
    let sound = rounds(&setting(), &Memory, 4, 20).unwrap();
    assert!(sound.is_clean() && sound.acknowledged == 20, "{sound:?}");
    let flawed = rounds(&setting(), &Flawed(Flaw::Unguarded), 4, 20).unwrap();
    assert_eq!(flawed.doubled, 20, "{flawed:?}");
}

/// A store with these batches in it, and what it promised of them.
async fn kept(numbers: std::ops::RangeInclusive<u64>) -> (MemoryStore, Promises) {
    let (store, mut promises) = (MemoryStore::new(), Promises::default());
    for number in numbers {
        promises.hear(Said::Sent(number));
        let revision = commit(&store, number).await.unwrap().revision().number();
        promises.hear(Said::Done(number, revision));
    }
    (store, promises)
}

#[tokio::test]
async fn what_is_kept_is_found_kept() {
    let (store, mut promises) = kept(1..=60).await;
    let figures = audit(&store, &mut promises).await.unwrap();
    assert_eq!(figures, Figures { acknowledged: 60, ..Figures::default() });
}

#[tokio::test]
async fn an_acknowledged_batch_that_is_gone_is_lost() {
    let (store, mut promises) = kept(1..=20).await;
    promises.hear(Said::Sent(21));
    promises.hear(Said::Done(21, 11));
    let figures = audit(&store, &mut promises).await.unwrap();
    assert_eq!((figures.lost, figures.trials_with_loss), (1, 1));
}

#[tokio::test]
async fn a_part_of_a_batch_is_torn() {
    let (store, mut promises) = kept(1..=20).await;
    promises.hear(Said::Sent(21));
    let [one, ..] = own_records(21).unwrap();
    store.commit(Batch::of(tenant(21).unwrap()).put(one, Expect::Absent).build().unwrap()).await.unwrap();
    // Sent again, it meets its own half: what a store would have to answer for.
    assert!(audit(&store, &mut promises).await.is_err());
    promises.sent.remove(&21);
    let figures = audit(&store, &mut promises).await.unwrap();
    assert!(figures.faults.iter().any(|fault| fault.contains("records")), "{figures:?}");
    promises.hear(Said::Sent(21));
    promises.hear(Said::Done(21, 11));
    assert_eq!(audit(&store, &mut promises).await.unwrap().torn, 1);
}

#[tokio::test]
async fn a_record_that_was_altered_is_torn() {
    let (store, mut promises) = kept(1..=20).await;
    let [_, other, _] = own_records(5).unwrap();
    let altered = worktrail_core::store::Body::new(1, b"altered".to_vec());
    let record = worktrail_core::store::Record::new(other.key(), altered).about(other.subject());
    store.commit(Batch::of(tenant(5).unwrap()).put(record, Expect::Any).build().unwrap()).await.unwrap();
    assert_eq!(audit(&store, &mut promises).await.unwrap().torn, 1);
}

#[tokio::test]
async fn a_refused_batch_that_is_there_is_a_fault() {
    let (store, mut promises) = kept(1..=20).await;
    promises.done.remove(&4);
    promises.hear(Said::Failed(4, Failed::Refused));
    let figures = audit(&store, &mut promises).await.unwrap();
    assert!(figures.faults.iter().any(|fault| fault.contains("was refused, and is there")), "{figures:?}");
}

#[tokio::test]
async fn a_receipt_of_another_revision_is_a_fault() {
    let (store, mut promises) = kept(1..=20).await;
    promises.hear(Said::Done(4, 99));
    let figures = audit(&store, &mut promises).await.unwrap();
    assert!(figures.faults.iter().any(|fault| fault.contains("another revision")), "{figures:?}");
}

#[tokio::test]
async fn what_is_unknown_is_settled_by_the_same_command() {
    let (store, mut promises) = kept(1..=20).await;
    // One of them was done and its answer lost, the other never arrived.
    promises.hear(Said::Sent(21));
    promises.hear(Said::Sent(22));
    store.commit(batch(21).unwrap()).await.unwrap();
    let figures = audit(&store, &mut promises).await.unwrap();
    assert!(figures.is_clean() && figures.settled == 2, "{figures:?}");
    assert_eq!(promises.done.len(), 22);
    assert_eq!(audit(&store, &mut promises).await.unwrap().settled, 0);
}

/// A store with a flaw and these batches in it.
async fn flawed(flaw: Flaw, numbers: std::ops::RangeInclusive<u64>) -> Box<dyn Opened> {
    let store = Flawed(flaw).open(Path::new("nowhere"), Opening::Create).await.unwrap();
    for number in numbers {
        commit(&*store, number).await.unwrap();
    }
    store
}

#[tokio::test]
async fn an_older_version_of_a_record_is_not_taken_for_the_present() {
    let sound = read_all(&kept(1..=BATCHES).await.0).await.unwrap();
    assert_eq!(sound, Figures { trials: 1, ..Figures::default() });
    let older = read_all(&*flawed(Flaw::Keeps, 1..=BATCHES).await).await.unwrap();
    let said = older.faults.iter().filter(|fault| fault.contains("was written over since"));
    // Each of them, looked up and walked over.
    assert_eq!(u64::try_from(said.count()), Ok(2 * SLOTS), "{older:?}");
}

#[tokio::test]
async fn what_is_missing_must_be_noticed_by_the_check_whatever_else_was_noticed() {
    let unnoticed = read_all(&*flawed(Flaw::Misses, 1..=BATCHES).await).await.unwrap();
    assert!(unnoticed.faults.iter().any(|fault| fault.contains("the check did not notice")), "{unnoticed:?}");
    let noticed = read_all(&*flawed(Flaw::MissesAndTells, 1..=BATCHES).await).await.unwrap();
    assert!(noticed.faults.is_empty() && noticed.notes.len() == 2, "{noticed:?}");
}

#[tokio::test]
async fn reading_everything_notices_what_an_index_or_the_journal_leaves_out() {
    read_everything(&kept(1..=20).await.0).await.unwrap();
    for flaw in [Flaw::Hides, Flaw::Shortens] {
        let read = read_everything(&*flawed(flaw, 1..=5).await).await;
        assert_eq!(read.map_err(|error| error.kind()), Err(StoreErrorKind::Corrupt), "{flaw:?}");
    }
}
