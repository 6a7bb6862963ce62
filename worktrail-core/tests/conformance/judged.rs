//! The smallest store over the judge: a queue, groups, and an engine of plain maps that judges unique values row by
//! row. The memory store does without the judge, so running the suite here compares the two.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use worktrail_core::store::judge::{Effect, Judge, group, needs};
use worktrail_core::store::{
    Batch, Bell, CommandId, Durability, Entry, Grouping, Head, IndexRange, JournalPage, JournalRange, Key, Limit,
    Order, PageRequest, Place, Position, Receipt, RecordKey, Store, StoreError, StoreErrorKind, StoreInfo, Stored,
    StoredPage, StoredRecord, StoredStamp, Tally, Tenant, UniqueKey, Value,
};

/// What an engine holds of one tenant.
#[derive(Debug, Default)]
struct Engine {
    head: Head,
    records: BTreeMap<RecordKey, StoredRecord>,
    unique: BTreeMap<UniqueKey, RecordKey>,
    stamps: BTreeMap<CommandId, StoredStamp>,
    journal: Vec<Entry>,
}

#[derive(Debug, Default)]
struct Inside {
    engines: BTreeMap<Tenant, Engine>,
    waiting: VecDeque<(u64, Batch)>,
    answers: BTreeMap<u64, Result<Receipt, StoreError>>,
    last_ticket: u64,
    largest_group: usize,
}

/// A store over the judge.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    inside: Mutex<Inside>,
    bell: Bell,
}

impl Judged {
    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read<T>(&self, tenant: &Tenant, question: impl FnOnce(&Engine) -> T) -> T {
        match self.inside().engines.get(tenant) {
            Some(engine) => question(engine),
            None => question(&Engine::default()),
        }
    }

    /// The most batches that were judged together.
    pub(crate) fn largest_group(&self) -> usize {
        self.inside().largest_group
    }
}

impl Inside {
    /// Judges all that waits, tenant by tenant and group by group.
    fn work(&mut self) {
        while let Some(tenant) = self.waiting.front().map(|(_, batch)| batch.tenant().clone()) {
            let (mut mine, others): (VecDeque<_>, VecDeque<_>) =
                self.waiting.drain(..).partition(|(_, batch)| *batch.tenant() == tenant);
            let members = group(mine.iter().map(|(_, batch)| batch));
            let rest = mine.split_off(members);
            self.waiting = rest.into_iter().chain(others).collect();
            self.largest_group = self.largest_group.max(members);
            let engine = self.engines.entry(tenant.clone()).or_default();
            let mut judge = engine.judge(tenant, mine.iter().map(|(_, batch)| batch));
            let rulings: Vec<_> = mine.iter().map(|(ticket, batch)| (*ticket, judge.judge(batch))).collect();
            let written = engine.write(judge.into_effect());
            for (ticket, ruling) in rulings {
                let objects = || StoreError::new(StoreErrorKind::Other, "the engine objects to the effect");
                self.answers.insert(ticket, ruling.and_then(|receipt| written.then_some(receipt).ok_or_else(objects)));
            }
        }
    }
}

impl Engine {
    fn find(&self, key: &Key) -> Option<Stored> {
        match key {
            Key::Record(key) => self.records.get(key).cloned().map(Stored::Record),
            Key::Unique(unique) => self.records.get(self.unique.get(unique)?).cloned().map(Stored::Record),
            Key::Stamp(id) => self.stamps.get(id).cloned().map(Stored::Stamp),
        }
    }

    fn judge<'b>(&self, tenant: Tenant, batches: impl IntoIterator<Item = &'b Batch>) -> Judge {
        let needs = needs(batches);
        let about =
            self.records.values().filter(|it| needs.subject.is_some() && it.record().subject() == needs.subject);
        let about: Vec<_> = about.cloned().collect();
        let found: Vec<_> = needs.keys.into_iter().map(|key| (key.clone(), self.find(&key))).collect();
        Judge::new(tenant, self.head.clone(), found, about)
    }

    fn take(&mut self, key: RecordKey) {
        if let Some(stored) = self.records.remove(&key) {
            for unique in UniqueKey::held_by(stored.record()) {
                self.unique.remove(&unique);
            }
        }
    }

    /// Writes an effect in the order that it asks for. Not, when two records hold one unique value on the way.
    fn write(&mut self, effect: Effect) -> bool {
        effect.removed.into_iter().for_each(|key| self.take(key));
        for (key, stored) in effect.saved {
            self.take(key);
            for unique in UniqueKey::held_by(stored.record()) {
                if self.unique.insert(unique, key).is_some() {
                    return false;
                }
            }
            self.records.insert(key, stored);
        }
        for (key, revision) in effect.bumped {
            if let Some(stored) = self.records.remove(&key) {
                self.records.insert(key, stored.bumped(revision));
            }
        }
        let forgotten = |entry: &&mut Entry| effect.forgotten.is_some() && entry.subject() == effect.forgotten;
        for entry in self.journal.iter_mut().filter(forgotten) {
            *entry = entry.clone().forgotten();
            if let Some(stamp) = entry.command().and_then(|command| self.stamps.get_mut(&command)) {
                *stamp = stamp.clone().forgotten();
            }
        }
        self.journal.extend(effect.entries);
        self.stamps.extend(effect.stamps.into_iter().map(|stamp| (stamp.id(), stamp)));
        self.head = effect.head.unwrap_or_else(|| self.head.clone());
        true
    }

    fn walk(&self, range: &IndexRange) -> Vec<(Place, &StoredRecord)> {
        let index = range.index();
        let there = self.records.values().filter(|it| it.record().key().kind() == index.kind());
        let placed = there.filter_map(|stored| {
            let place = Place { values: index.values_of(stored.record())?, id: stored.record().key().id() };
            range.contains(&place.values).then_some((place, stored))
        });
        let mut placed: Vec<_> = placed.collect();
        placed.sort_by(|(one, _), (other, _)| one.cmp(other));
        if range.order() == Order::Descending {
            placed.reverse();
        }
        placed
    }
}

#[async_trait]
impl Store for Judged {
    fn info(&self) -> StoreInfo {
        StoreInfo::new("judged", Durability::Volatile)
    }

    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        let ticket = {
            let mut inside = self.inside();
            inside.last_ticket += 1;
            let ticket = inside.last_ticket;
            inside.waiting.push_back((ticket, batch));
            ticket
        };
        pause().await;
        let answer = {
            let mut inside = self.inside();
            inside.work();
            let lost = || Err(StoreError::new(StoreErrorKind::Other, "a batch without ruling"));
            inside.answers.remove(&ticket).unwrap_or_else(lost)
        };
        // Its group may have been of several tenants.
        self.bell.ring_all();
        answer
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        Ok(self.read(tenant, |engine| keys.iter().map(|key| engine.find(key)).collect()))
    }

    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        let after = page.place(tenant, range)?;
        let records = self.read(tenant, |engine| {
            let walked = engine.walk(range).into_iter();
            let later =
                walked.filter(|(place, _)| after.as_ref().is_none_or(|it| place.comes_after(it, range.order())));
            later.map(|(_, stored)| stored.clone()).take(page.limit().get() + 1).collect()
        });
        Ok(StoredPage::cut(tenant, range, page.limit(), records))
    }

    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        let place = range.equal().len();
        if by == Grouping::NextField && place >= range.index().types().len() {
            return Err(StoreError::misuse("no value of the index follows the equal ones"));
        }
        Ok(self.read(tenant, |engine| {
            let mut tallies: BTreeMap<Option<Value>, u64> = BTreeMap::new();
            if by == Grouping::Whole {
                tallies.insert(None, 0);
            }
            for (at, _) in engine.walk(range) {
                let value = if by == Grouping::Whole { None } else { at.values.into_iter().nth(place) };
                *tallies.entry(value).or_default() += 1;
            }
            tallies.into_iter().map(|(value, count)| Tally { value, count }).collect()
        }))
    }

    async fn journal(
        &self,
        tenant: &Tenant,
        range: JournalRange,
        after: Position,
        limit: Limit,
    ) -> Result<JournalPage, StoreError> {
        Ok(self.read(tenant, |engine| {
            let wanted = |entry: &&Entry| match range {
                JournalRange::Everything => true,
                JournalRange::About(subject) => entry.subject() == Some(subject),
            };
            let later = engine.journal.iter().filter(|entry| entry.position() > after);
            let entries = later.filter(wanted).take(limit.get()).cloned().collect();
            JournalPage { entries, head: engine.head.position }
        }))
    }

    async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
        loop {
            let strokes = self.bell.strokes();
            let head = self.read(tenant, |engine| engine.head.position);
            if head > after {
                return Ok(head);
            }
            self.bell.rung(tenant, strokes).await;
        }
    }
}

/// Lets others go first, once, so that batches wait together.
async fn pause() {
    let mut waited = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut waited, true) {
            return std::task::Poll::Ready(());
        }
        context.waker().wake_by_ref();
        std::task::Poll::Pending
    })
    .await;
}
