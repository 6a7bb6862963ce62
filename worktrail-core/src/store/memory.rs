//! A store in memory: the contract as plainly as it can be put, and what every other store is compared with.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use uuid::Uuid;

use super::batch::{Batch, Expect, Guard, Write};
use super::bell::Bell;
use super::info::{Durability, StoreInfo};
use super::journal::{Entry, Head, JournalPage, JournalRange, Position};
use super::key::{CommandId, Key, Stored, UniqueKey};
use super::page::{Grouping, Limit, PageRequest, Place, StoredPage, Tally};
use super::range::{IndexRange, Order};
use super::record::{RecordKey, Revision, StoredRecord, Subject};
use super::schema::Index;
use super::stamp::{Entries, Receipt, StoredStamp};
use super::tenant::Tenant;
use super::value::Value;
use super::{Store, StoreError, StoreErrorKind};

/// A store that lives as long as the process: for tests, for trying things out, and as the executable contract.
///
/// It is deliberately not built on the [judge](super::judge) that the other stores share: comparing them with it
/// would otherwise compare the judge with itself.
///
/// Clones share what they hold.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore {
    tenants: Arc<Mutex<BTreeMap<Tenant, Shelf>>>,
    bell: Arc<Bell>,
}

/// All that one tenant has.
#[derive(Debug, Clone, Default)]
struct Shelf {
    head: Head,
    records: BTreeMap<RecordKey, StoredRecord>,
    indexes: BTreeMap<Index, BTreeSet<Place>>,
    stamps: BTreeMap<CommandId, StoredStamp>,
    journal: Vec<Entry>,
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A store of its own with the same content: a copy of the present, which later commits do not change.
    #[must_use]
    pub fn snapshot(&self) -> Self {
        Self { tenants: Arc::new(Mutex::new(self.lock().clone())), bell: Arc::default() }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Tenant, Shelf>> {
        // Every change is checked whole before its first write, so a panic elsewhere leaves no half-done state.
        self.tenants.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read<T>(&self, tenant: &Tenant, question: impl FnOnce(&Shelf) -> T) -> T {
        match self.lock().get(tenant) {
            Some(found) => question(found),
            None => question(&Shelf::default()),
        }
    }
}

#[async_trait]
impl Store for MemoryStore {
    fn info(&self) -> StoreInfo {
        StoreInfo::new("memory", Durability::Volatile)
    }

    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        let receipt = {
            let mut tenants = self.lock();
            let empty = Shelf::default();
            let before = tenants.get(batch.tenant()).unwrap_or(&empty);
            if let Some(stamp) = batch.stamp()
                && let Some(earlier) = before.stamps.get(&stamp.id())
            {
                return earlier.answer(stamp.fingerprint());
            }
            before.check(&batch)?;
            tenants.entry(batch.tenant().clone()).or_default().apply(&batch)
        };
        if receipt.entries().is_some() {
            self.bell.ring(batch.tenant());
        }
        Ok(receipt)
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        Ok(self.read(tenant, |shelf| keys.iter().map(|key| shelf.find(key)).collect()))
    }

    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        let after = page.place(tenant, range)?;
        let records = self.read(tenant, |shelf| shelf.walk(range, after.as_ref(), page.limit().get() + 1));
        Ok(StoredPage::cut(tenant, range, page.limit(), records))
    }

    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        let places = self.read(tenant, |shelf| shelf.places(range, None));
        if by == Grouping::Whole {
            return Ok(vec![Tally { value: None, count: places.len() as u64 }]);
        }
        let next = range.equal().len();
        if next >= range.index().types().len() {
            return Err(StoreError::misuse("no value of the index follows the equal ones"));
        }
        let mut tallies: BTreeMap<Value, u64> = BTreeMap::new();
        for value in places.into_iter().filter_map(|place| place.values.into_iter().nth(next)) {
            *tallies.entry(value).or_default() += 1;
        }
        Ok(tallies.into_iter().map(|(value, count)| Tally { value: Some(value), count }).collect())
    }

    async fn journal(
        &self,
        tenant: &Tenant,
        range: JournalRange,
        after: Position,
        limit: Limit,
    ) -> Result<JournalPage, StoreError> {
        Ok(self.read(tenant, |shelf| {
            let wanted = |entry: &&Entry| match range {
                JournalRange::Everything => true,
                JournalRange::About(subject) => entry.subject() == Some(subject),
            };
            let begin = usize::try_from(after.number()).unwrap_or(usize::MAX);
            let entries = shelf.journal.iter().skip(begin).filter(wanted).take(limit.get()).cloned().collect();
            JournalPage { entries, head: shelf.head.position }
        }))
    }

    async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
        loop {
            let strokes = self.bell.strokes();
            let head = self.read(tenant, |shelf| shelf.head.position);
            if head > after {
                return Ok(head);
            }
            self.bell.rung(tenant, strokes).await;
        }
    }
}

/// Reading.
impl Shelf {
    fn find(&self, key: &Key) -> Option<Stored> {
        match key {
            Key::Record(key) => self.records.get(key).cloned().map(Stored::Record),
            Key::Unique(unique) => {
                let holder = self.holder(unique)?;
                self.records.get(&holder).cloned().map(Stored::Record)
            }
            Key::Stamp(id) => self.stamps.get(id).cloned().map(Stored::Stamp),
        }
    }

    fn holder(&self, unique: &UniqueKey) -> Option<RecordKey> {
        let least = Place { values: unique.values().to_vec(), id: Uuid::nil() };
        let place = self.indexes.get(&unique.index())?.range(least..).next()?;
        (place.values == unique.values()).then(|| RecordKey::new(unique.index().kind(), place.id))
    }

    /// The places of a range in its order, after a place.
    fn places(&self, range: &IndexRange, after: Option<&Place>) -> Vec<Place> {
        let Some(index) = self.indexes.get(&range.index()) else { return Vec::new() };
        let prefix = Place { values: range.equal().to_vec(), id: Uuid::nil() };
        let first = match (after, range.order()) {
            (Some(after), Order::Ascending) => after.clone(),
            _ => prefix,
        };
        let mut places: Vec<Place> = index
            .range(first..)
            .take_while(|place| place.values.starts_with(range.equal()))
            .filter(|place| range.contains(&place.values))
            .filter(|place| after.is_none_or(|after| place.comes_after(after, range.order())))
            .cloned()
            .collect();
        if range.order() == Order::Descending {
            places.reverse();
        }
        places
    }

    fn walk(&self, range: &IndexRange, after: Option<&Place>, most: usize) -> Vec<StoredRecord> {
        let kind = range.index().kind();
        let places = self.places(range, after).into_iter().take(most);
        places.filter_map(|place| self.records.get(&RecordKey::new(kind, place.id)).cloned()).collect()
    }
}

/// Checking: whether a batch may be done.
impl Shelf {
    fn check(&self, batch: &Batch) -> Result<(), StoreError> {
        batch.guards().iter().try_for_each(|guard| self.check_guard(guard))?;
        for write in batch.writes() {
            self.check_expectation(write.key(), write.expect())?;
        }
        for write in batch.writes() {
            self.check_constancy(write)?;
        }
        for write in batch.writes() {
            if let (Write::Put(..), Some(parent)) = (write, write.parent())
                && !self.is_there_after(parent, batch)
            {
                return Err(StoreError::conflict("the parent of a saved record is not there"));
            }
        }
        self.check_uniqueness(batch)
    }

    fn check_guard(&self, guard: &Guard) -> Result<(), StoreError> {
        let holds = match guard {
            Guard::Record(key, expect) => return self.check_expectation(*key, *expect),
            Guard::Children(key, revision) => {
                self.records.get(key).is_some_and(|record| record.children() == *revision)
            }
            Guard::HeldBy(unique, key) => self.holder(unique) == Some(*key),
            Guard::Free(unique) => self.holder(unique).is_none(),
        };
        if holds { Ok(()) } else { Err(StoreError::conflict("a guard does not hold")) }
    }

    fn check_expectation(&self, key: RecordKey, expect: Expect) -> Result<(), StoreError> {
        let found = self.records.get(&key).map(StoredRecord::revision);
        let holds = match expect {
            Expect::Any => true,
            Expect::Absent => found.is_none(),
            Expect::At(revision) => found == Some(revision),
        };
        if holds { Ok(()) } else { Err(StoreError::conflict("a record is not at the expected revision")) }
    }

    fn check_constancy(&self, write: &Write) -> Result<(), StoreError> {
        let Some(before) = self.records.get(&write.key()).map(StoredRecord::record) else { return Ok(()) };
        let constant = match write {
            Write::Put(after, _) => before.parent() == after.parent() && before.subject() == after.subject(),
            Write::Remove { parent, .. } => before.parent() == *parent,
        };
        if constant { Ok(()) } else { Err(StoreError::misuse("a record's parent or subject would change")) }
    }

    fn is_there_after(&self, key: RecordKey, batch: &Batch) -> bool {
        match batch.writes().iter().find(|write| write.key() == key) {
            Some(Write::Put(..)) => true,
            Some(Write::Remove { .. }) => false,
            None => self.records.get(&key).is_some_and(|stored| !is_forgotten(stored, batch.forget())),
        }
    }

    fn check_uniqueness(&self, batch: &Batch) -> Result<(), StoreError> {
        let mut taken = BTreeSet::new();
        for write in batch.writes() {
            let Write::Put(record, _) = write else { continue };
            for unique in UniqueKey::held_by(record) {
                let stays = self.holder(&unique).is_some_and(|holder| {
                    let written = batch.writes().iter().any(|write| write.key() == holder);
                    let forgotten = self.records.get(&holder).is_some_and(|it| is_forgotten(it, batch.forget()));
                    !written && !forgotten
                });
                if stays || !taken.insert(unique) {
                    return Err(StoreError::new(StoreErrorKind::NotUnique, "a unique value is taken"));
                }
            }
        }
        Ok(())
    }
}

fn is_forgotten(stored: &StoredRecord, forget: Option<Subject>) -> bool {
    forget.is_some() && stored.record().subject() == forget
}

/// Doing: every step is certain once the batch was checked.
impl Shelf {
    fn apply(&mut self, batch: &Batch) -> Receipt {
        let revision = self.head.revision.next();
        self.head.revision = revision;
        let mut parents: BTreeSet<RecordKey> = BTreeSet::new();
        if let Some(subject) = batch.forget() {
            parents.extend(self.forget(subject));
        }
        let former: Vec<_> = batch.writes().iter().map(|write| self.take(write.key())).collect();
        for (write, former) in batch.writes().iter().zip(former) {
            match write {
                Write::Put(record, _) => {
                    let children = former.map_or(Revision::default(), |former| former.children());
                    self.place(StoredRecord::new(record.clone(), revision, children));
                    parents.extend(write.parent());
                }
                Write::Remove { .. } if former.is_some() => parents.extend(write.parent()),
                Write::Remove { .. } => {}
            }
        }
        for parent in parents {
            if let Some(stored) = self.records.remove(&parent) {
                self.records.insert(parent, stored.bumped(revision));
            }
        }
        let entries = self.tell(batch);
        let reply = batch.stamp().map_or_else(|| Arc::from([].as_slice()), |stamp| Arc::clone(stamp.reply()));
        let receipt = Receipt::new(revision, entries, reply);
        if let Some(stamp) = batch.stamp() {
            self.stamps.insert(stamp.id(), StoredStamp::new(stamp, receipt.clone()));
        }
        receipt
    }

    /// Drops all that is held of a person, and names the parents that may have lost a child by it.
    fn forget(&mut self, subject: Subject) -> Vec<RecordKey> {
        let about: Vec<RecordKey> =
            self.records.values().filter(|it| is_forgotten(it, Some(subject))).map(|it| it.record().key()).collect();
        let taken = about.into_iter().filter_map(|key| self.take(key));
        let parents = taken.filter_map(|stored| stored.record().parent_key()).collect();
        for entry in &mut self.journal {
            if entry.subject() == Some(subject) {
                *entry = entry.clone().forgotten();
                if let Some(stamp) = entry.command().and_then(|command| self.stamps.get_mut(&command)) {
                    *stamp = stamp.clone().forgotten();
                }
            }
        }
        parents
    }

    fn tell(&mut self, batch: &Batch) -> Option<Entries> {
        let first = self.head.position.next();
        for happening in batch.happenings() {
            let entry = Entry::after(&self.head, batch.stamp().map(super::Stamp::id), happening.clone());
            self.head.position = entry.position();
            self.head.hash = entry.hash(batch.tenant());
            self.journal.push(entry);
        }
        (!batch.happenings().is_empty()).then_some(Entries { first, last: self.head.position })
    }

    fn place(&mut self, stored: StoredRecord) {
        let key = stored.record().key();
        for (index, values) in indexed(&stored) {
            self.indexes.entry(index).or_default().insert(Place { values, id: key.id() });
        }
        self.records.insert(key, stored);
    }

    fn take(&mut self, key: RecordKey) -> Option<StoredRecord> {
        let stored = self.records.remove(&key)?;
        for (index, values) in indexed(&stored) {
            if let Some(places) = self.indexes.get_mut(&index) {
                places.remove(&Place { values, id: key.id() });
            }
        }
        Some(stored)
    }
}

/// Every index in which a record stands, with its values there.
fn indexed(stored: &StoredRecord) -> impl Iterator<Item = (Index, Vec<Value>)> {
    let record = stored.record();
    let kind = record.key().kind();
    let all = [kind.all(), kind.children()].into_iter().chain(kind.indexes());
    all.filter_map(|index| Some((index, index.values_of(record)?)))
}
