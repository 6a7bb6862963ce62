//! Recording a history: workers who write, read and follow the journal at random, all at once.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use fastrand::Rng;
use uuid::Uuid;
use worktrail_core::store::{
    Batch, Body, DigestWriter, Entry, Expect, Happening, JournalRange, Key, Limit, Position, Record, RecordKey,
    Revision, Stamp, Store as _, StoreError, StoreErrorKind, Stored, StoredRecord, Tenant, Value,
};

use super::{History, Moment, Operation, Outcome, PARTS, Place, Seen, Told, What};
use crate::audit::all_of;
use crate::candidate::Opened;
use crate::numbered::{command, instant, kinds, number_of};
use crate::setting::Obstacle;

/// How many records everybody works on.
const PLACES: Place = 6;
const WORKERS: u64 = 6;
const EACH: u64 = 40;

/// Records a history of workers who come through these stores in turn.
///
/// # Errors
/// What a store says where nothing may go wrong.
pub async fn record(stores: &[Arc<dyn Opened>], random: &mut Rng) -> Result<History, Obstacle> {
    let moments = Arc::new(AtomicU64::new(1));
    let mut tasks = Vec::new();
    for (worker, store) in (0..WORKERS).zip(stores.iter().cycle()) {
        let mut worker = Worker {
            store: Arc::clone(store),
            moments: Arc::clone(&moments),
            random: random.fork(),
            seen: BTreeMap::new(),
            followed: 0,
            next: worker * EACH + 1,
        };
        tasks.push(tokio::spawn(async move {
            let mut operations = Vec::new();
            for _ in 0..EACH {
                operations.push(worker.operation().await?);
            }
            Ok::<_, StoreError>(operations)
        }));
    }
    let mut history = History::default();
    for task in tasks {
        history.operations.extend(task.await.map_err(|_| std::io::Error::other("a worker panicked"))??);
    }
    let store = stores.first().ok_or_else(|| StoreError::misuse("a history without a store"))?;
    settle(&**store, &history).await?;
    history.journal = journal(&**store, Position::START).await?;
    Ok(history)
}

/// Sends again every batch whose answer was lost, so that none of them is still on its way.
async fn settle(store: &dyn Opened, history: &History) -> Result<(), StoreError> {
    for operation in &history.operations {
        if let What::Commit { number, writes, expects, outcome: Outcome::Unknown } = &operation.what {
            match store.commit(batch(*number, writes, *expects)?).await {
                Err(error) if error.kind() != StoreErrorKind::Conflict => return Err(error),
                _ => {}
            }
        }
    }
    Ok(())
}

async fn journal(store: &dyn Opened, after: Position) -> Result<Vec<Told>, StoreError> {
    let (mut journal, mut after) = (Vec::new(), after);
    loop {
        let page = store.journal(&Tenant::default(), JournalRange::Everything, after, Limit::MAX).await?;
        after = page.entries.last().map_or(after, Entry::position);
        journal.extend(page.entries.iter().map(told));
        if page.entries.len() < Limit::MAX.get() {
            return Ok(journal);
        }
    }
}

fn told(entry: &Entry) -> Told {
    let part = entry.code().rsplit('.').next().and_then(|part| part.parse().ok()).unwrap_or(u8::MAX);
    let number = entry.command().and_then(number_of).unwrap_or_default();
    Told { position: entry.position().number(), number, part }
}

struct Worker {
    store: Arc<dyn Opened>,
    moments: Arc<AtomicU64>,
    random: Rng,
    /// What it saw last, and builds on.
    seen: BTreeMap<Place, Seen>,
    /// How far it has followed the journal.
    followed: u64,
    /// Its next number.
    next: u64,
}

impl Worker {
    async fn operation(&mut self) -> Result<Operation, StoreError> {
        match self.random.u8(..10) {
            0..5 => self.commit().await,
            5..7 => self.look_up().await,
            7 => self.walk().await,
            _ => self.follow().await,
        }
    }

    fn moment(&self) -> Moment {
        self.moments.fetch_add(1, Ordering::SeqCst)
    }

    async fn commit(&mut self) -> Result<Operation, StoreError> {
        let number = self.next;
        self.next += 1;
        let mut writes: Vec<Place> = (0..PLACES).collect();
        self.random.shuffle(&mut writes);
        writes.truncate(self.random.usize(1..=3));
        let known = writes.first().and_then(|place| self.seen.get(place)).copied();
        let expects = match known.filter(|_| self.random.u8(..4) > 0) {
            None => Expect::Any,
            Some(None) => Expect::Absent,
            Some(Some((_, revision))) => Expect::At(Revision::new(revision)),
        };
        let batch = batch(number, &writes, expects)?;
        // Some callers go away before they have their answer.
        let patience = if self.random.u8(..12) == 0 { self.random.u64(..1_500) } else { 60_000_000 };
        let asked = self.moment();
        let answer = tokio::time::timeout(Duration::from_micros(patience), self.store.commit(batch)).await;
        let answered = self.moment();
        let outcome = match answer {
            Err(_) => Outcome::Unknown,
            Ok(Ok(receipt)) => {
                let positions = receipt.entries().map(|entries| (entries.first.number(), entries.last.number()));
                let (first, last) = positions.unwrap_or_default();
                let revision = receipt.revision().number();
                self.seen.extend(writes.iter().map(|place| (*place, Some((number, revision)))));
                Outcome::Done { revision, first, last }
            }
            Ok(Err(error)) => match error.kind() {
                StoreErrorKind::Conflict => Outcome::Conflict,
                StoreErrorKind::Unknown => Outcome::Unknown,
                _ => return Err(error),
            },
        };
        Ok(Operation { asked, answered, what: What::Commit { number, writes, expects, outcome } })
    }

    async fn look_up(&mut self) -> Result<Operation, StoreError> {
        let mut places: Vec<Place> = (0..PLACES).collect();
        self.random.shuffle(&mut places);
        places.truncate(self.random.usize(1..=4));
        let keys: Vec<Key> =
            places.iter().map(|place| Ok(Key::Record(key(*place)?))).collect::<Result<_, StoreError>>()?;
        let asked = self.moment();
        let found = self.store.get(&Tenant::default(), &keys).await?;
        let answered = self.moment();
        let found = found.into_iter().map(|found| found.and_then(Stored::into_record).as_ref().map(read));
        Ok(self.saw(asked, answered, places.into_iter().zip(found).collect()))
    }

    async fn walk(&mut self) -> Result<Operation, StoreError> {
        let [team, ..] = kinds()?;
        let asked = self.moment();
        let found = all_of(&*self.store, &Tenant::default(), team).await?;
        let answered = self.moment();
        let mut seen: BTreeMap<Place, Seen> = (0..PLACES).map(|place| (place, None)).collect();
        for stored in &found {
            let place = u8::try_from(stored.record().key().id().as_u128()).unwrap_or(u8::MAX);
            seen.insert(place, Some(read(stored)));
        }
        Ok(self.saw(asked, answered, seen))
    }

    fn saw(&mut self, asked: Moment, answered: Moment, seen: BTreeMap<Place, Seen>) -> Operation {
        self.seen.extend(seen.iter().map(|(place, seen)| (*place, *seen)));
        Operation { asked, answered, what: What::Read(seen) }
    }

    async fn follow(&mut self) -> Result<Operation, StoreError> {
        let (after, limit) = (self.followed, Limit::new(self.random.u16(1..12)));
        let asked = self.moment();
        let everything = JournalRange::Everything;
        let page = self.store.journal(&Tenant::default(), everything, Position::new(after), limit).await?;
        let answered = self.moment();
        let entries: Vec<Told> = page.entries.iter().map(told).collect();
        self.followed = entries.last().map_or(after, |told| told.position);
        Ok(Operation { asked, answered, what: What::Tail { after, entries, head: page.head.number() } })
    }
}

fn key(place: Place) -> Result<RecordKey, StoreError> {
    let [team, ..] = kinds()?;
    Ok(RecordKey::new(team, Uuid::from_u128(u128::from(place))))
}

/// The number in a record, and its revision.
fn read(stored: &StoredRecord) -> (u64, u64) {
    let text = std::str::from_utf8(stored.record().body().bytes()).unwrap_or_default();
    (text.parse().unwrap_or_default(), stored.revision().number())
}

fn batch(number: u64, writes: &[Place], expects: Expect) -> Result<Batch, StoreError> {
    let mut batch = Batch::of(Tenant::default());
    for (nth, place) in writes.iter().enumerate() {
        let expect = if nth == 0 { expects } else { Expect::Any };
        let record = Record::new(key(*place)?, Body::new(1, number.to_string().into_bytes()));
        batch = batch.put(record.with("name", Value::from(format!("place {place}"))), expect);
    }
    for part in 0..PARTS {
        let about = key(writes.first().copied().unwrap_or_default())?;
        batch = batch.tell(Happening::new(format!("history.{part}"), about, Uuid::nil(), instant(number)));
    }
    let fingerprint = DigestWriter::new("worktrail history").number(number).finish();
    batch.stamp(Stamp::new(command(number), fingerprint, Vec::new(), instant(number))).build()
}
