//! The memory store, with a fault.

use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{
    Batch, Body, Digest, Expect, Grouping, Happening, IndexRange, JournalPage, JournalRange, Key, Limit, MemoryStore,
    Order, PageRequest, Position, Receipt, Record, RecordKey, Revision, Stamp, Store, StoreError, StoreErrorKind,
    StoreInfo, Stored, StoredPage, StoredRecord, Tally, Tenant, UniqueKey, Value, Write,
};

use crate::parts::{Parts, with_fields};
use crate::watching::Watching;

/// What is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    LostGuards,
    LostExpectations,
    ExpectationCheckedTooEarly,
    TellsWhatWasRefused,
    SavesHalfOfWhatWasRefused,
    StampsWhatWasRefused,
    ForgetsWhatWasRefused,
    CountsWhatWasRefused,
    StampIgnored,
    FingerprintIgnored,
    RowByRow,
    UniqueNotEnforced,
    OrphansAdmitted,
    SubjectMayChange,
    JournalSkips,
    JournalHasGaps,
    JournalAboutEverybody,
    PurposeLost,
    PageRepeats,
    PageSkips,
    CursorNotBound,
    OrderIgnoresCase,
    BoundSlipsGoingDown,
    CountOff,
    CountsAbsentValues,
    ForgettingMissesUnique,
    ForgettingMissesCount,
    ForgettingKeepsDetails,
    ForgettingKeepsFingerprint,
    ForgettingMovesNoParent,
    TenantsMixed,
    StaleReads,
    StalePages,
    ChildRevisionStandsStill,
    AnswersSorted,
    TextTrimmed,
    ReadsHalf,
    TornWhenDropped,
    LastCommitLost,
    WatcherNeverWoken,
    WatcherLooksTooEarly,
    WatcherWokenByAnything,
    WatcherLeavesItsWaker,
    OneWatcherOnly,
    WatcherToldOfOneOnly,
}

/// A memory store with a fault.
#[derive(Debug)]
pub(crate) struct Broken {
    pub(crate) inner: MemoryStore,
    pub(crate) fault: Fault,
    pub(crate) watching: Watching,
    /// As it was before the last commit.
    earlier: Mutex<MemoryStore>,
    /// As it was before the last forgetting.
    remembered: Mutex<MemoryStore>,
}

fn has_unique_index(record: &Record) -> bool {
    !UniqueKey::held_by(record).is_empty()
}

/// What a mutex holds.
pub(crate) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lets others go first, once.
pub(crate) async fn pause() {
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

impl Broken {
    pub(crate) fn of(inner: MemoryStore, fault: Fault) -> Self {
        let (earlier, remembered) = (Mutex::new(inner.snapshot()), Mutex::new(inner.snapshot()));
        Self { inner, fault, watching: Watching::default(), earlier, remembered }
    }

    /// As it was before the last commit.
    pub(crate) fn earlier(&self) -> MemoryStore {
        held(&self.earlier).snapshot()
    }

    fn tenant(&self, tenant: &Tenant) -> Tenant {
        if self.fault == Fault::TenantsMixed { Tenant::default() } else { tenant.clone() }
    }

    fn remembered(&self) -> MemoryStore {
        held(&self.remembered).clone()
    }

    /// What the fault makes of a batch before it is done.
    async fn spoiled(&self, batch: &Batch) -> Result<Batch, StoreError> {
        let mut parts = Parts::of(batch);
        match self.fault {
            Fault::LostGuards => parts.guards.clear(),
            Fault::LostExpectations => parts = parts.expecting_anything(),
            Fault::ExpectationCheckedTooEarly => {
                let keys: Vec<Key> = batch.writes().iter().map(|write| Key::Record(write.key())).collect();
                let found = self.inner.get(batch.tenant(), &keys).await?;
                let holds = found.into_iter().zip(batch.writes()).all(|(found, write)| match write.expect() {
                    Expect::Any => true,
                    Expect::Absent => found.is_none(),
                    Expect::At(at) => found.and_then(Stored::into_record).is_some_and(|it| it.revision() == at),
                });
                pause().await;
                if holds {
                    parts = parts.expecting_anything();
                }
            }
            Fault::StampIgnored => parts.stamp = None,
            Fault::FingerprintIgnored => {
                parts.stamp =
                    parts.stamp.map(|it| Stamp::new(it.id(), Digest::default(), it.reply().to_vec(), it.at()));
            }
            Fault::JournalHasGaps if batch.happenings().len() > 1 => {
                let Some(kind) = SCHEMA.kinds().next() else { return parts.together() };
                let hidden = RecordKey::new(kind, HIDDEN);
                parts.happenings.insert(0, Happening::new("hidden", hidden, HIDDEN, chrono::DateTime::UNIX_EPOCH));
            }
            Fault::PurposeLost => {
                parts.happenings = parts.happenings.into_iter().map(|happening| happening.acting(None)).collect();
            }
            Fault::TenantsMixed => parts.tenant = Tenant::default(),
            Fault::TextTrimmed => {
                parts = parts.map_puts(|record| {
                    with_fields(&record, |value| match value {
                        Some(Value::Text(text)) => Some(Value::from(text.trim_end())),
                        other => other.clone(),
                    })
                });
            }
            _ => {}
        }
        parts.together()
    }

    /// What the fault does after a refusal.
    async fn after_refusal(&self, batch: &Batch, error: StoreError) -> Result<Receipt, StoreError> {
        let parts = Parts::of(batch);
        let mut rest = Parts::nothing_of(batch);
        match (self.fault, error.kind()) {
            (Fault::TellsWhatWasRefused, _) => rest.happenings = parts.happenings,
            (Fault::StampsWhatWasRefused, StoreErrorKind::Conflict) => rest.stamp = parts.stamp,
            (Fault::ForgetsWhatWasRefused, _) => rest.forget = parts.forget,
            (Fault::CountsWhatWasRefused, _) => {}
            (Fault::SavesHalfOfWhatWasRefused, _) => {
                rest.writes = parts.expecting_anything().writes.into_iter().take(1).collect();
            }
            (Fault::UniqueNotEnforced, StoreErrorKind::NotUnique) => {
                let bare =
                    |record: Record| if has_unique_index(&record) { with_fields(&record, |_| None) } else { record };
                return self.inner.commit(parts.map_puts(bare).together()?).await;
            }
            (Fault::OrphansAdmitted, StoreErrorKind::Conflict) => {
                let parents = parts.writes.iter().filter_map(Write::parent);
                let parents: std::collections::BTreeSet<RecordKey> = parents.collect();
                for parent in parents.into_iter().filter(|parent| parent.kind().parent().is_none()) {
                    let made = Record::new(parent, Body::new(1, []));
                    let made = Batch::of(parts.tenant.clone()).put(made, Expect::Absent).build()?;
                    let _there = self.inner.commit(made).await;
                }
                return self.inner.commit(parts.together()?).await;
            }
            (Fault::SubjectMayChange, StoreErrorKind::Misuse) => {
                let mut receipt = Err(error);
                for write in &parts.writes {
                    let Write::Put(record, _) = write else { continue };
                    let former = self.inner.get(&parts.tenant, &[Key::Record(record.key())]).await?;
                    let former = former.into_iter().flatten().find_map(Stored::into_record);
                    let same_parent = former.is_none_or(|it| it.record().parent() == record.parent());
                    if same_parent && record.parent().is_none() {
                        let gone = Batch::of(parts.tenant.clone()).remove(record.key(), None, Expect::Any).build()?;
                        self.inner.commit(gone).await?;
                        receipt = self.inner.commit(Parts::of(batch).expecting_anything().together()?).await;
                    }
                }
                return receipt;
            }
            _ => return Err(error),
        }
        let _done = self.inner.commit(rest.together()?).await;
        Err(error)
    }

    /// One write after the other, each a batch of its own but for the first.
    async fn row_by_row(&self, batch: &Batch) -> Result<Receipt, StoreError> {
        let mut first = Parts::of(batch);
        let writes = std::mem::take(&mut first.writes);
        let mut writes = writes.into_iter();
        first.writes.extend(writes.next());
        let receipt = self.inner.commit(first.together()?).await?;
        for write in writes {
            pause().await;
            let next = Parts { writes: vec![write], ..Parts::nothing_of(batch) };
            self.inner.commit(next.together()?).await?;
        }
        Ok(receipt)
    }
}

const HIDDEN: uuid::Uuid = uuid::Uuid::max();

#[async_trait]
impl Store for Broken {
    fn info(&self) -> StoreInfo {
        self.inner.info()
    }

    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        *held(&self.earlier) = self.inner.snapshot();
        if batch.forget().is_some() {
            *held(&self.remembered) = self.inner.snapshot();
        }
        let batch = self.spoiled(&batch).await?;
        if self.fault == Fault::RowByRow && batch.writes().len() > 1 {
            return self.row_by_row(&batch).await;
        }
        if self.fault == Fault::TornWhenDropped && batch.stamp().is_some() {
            let first = Parts { happenings: vec![], stamp: None, ..Parts::of(&batch) };
            self.inner.commit(first.together()?).await?;
            pause().await;
            let rest = Parts { guards: vec![], writes: vec![], forget: None, ..Parts::of(&batch) };
            return self.inner.commit(rest.together()?).await;
        }
        let outcome = self.inner.commit(batch.clone()).await;
        self.watching.ring(batch.tenant());
        match outcome {
            Ok(receipt) => Ok(receipt),
            Err(error) => self.after_refusal(&batch, error).await,
        }
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        let tenant = &self.tenant(tenant);
        let mut found = self.inner.get(tenant, keys).await?;
        let remembered = self.remembered().get(tenant, keys).await?;
        match self.fault {
            Fault::StaleReads => {
                return self.earlier().get(tenant, keys).await;
            }
            Fault::ReadsHalf => {
                found.clear();
                for key in keys {
                    found.extend(self.inner.get(tenant, std::slice::from_ref(key)).await?);
                    pause().await;
                }
            }
            Fault::AnswersSorted => {
                let mut sorted = keys.to_vec();
                sorted.sort();
                return self.inner.get(tenant, &sorted).await;
            }
            Fault::ForgettingMissesUnique => {
                for ((key, found), was) in keys.iter().zip(&mut found).zip(remembered) {
                    if matches!(key, Key::Unique(_)) && found.is_none() {
                        *found = was;
                    }
                }
            }
            Fault::ForgettingKeepsFingerprint => {
                for (found, was) in found.iter_mut().zip(remembered) {
                    if matches!(found, Some(Stored::Stamp(_))) && was.is_some() {
                        *found = was;
                    }
                }
            }
            Fault::ForgettingMovesNoParent => {
                for (found, was) in found.iter_mut().zip(remembered) {
                    if let (Some(Stored::Record(now)), Some(Stored::Record(then))) = (&found, &was)
                        && now.revision() == then.revision()
                    {
                        *found = was;
                    }
                }
            }
            Fault::ChildRevisionStandsStill => {
                for found in &mut found {
                    if let Some(Stored::Record(stored)) = found {
                        *stored = StoredRecord::new(stored.record().clone(), stored.revision(), Revision::default());
                    }
                }
            }
            _ => {}
        }
        Ok(found)
    }

    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        let tenant = &self.tenant(tenant);
        if self.fault == Fault::StalePages {
            return self.earlier().scan(tenant, range, page).await;
        }
        let begins = page.place(tenant, range).is_ok_and(|place| place.is_none());
        let mut range = range.clone();
        if self.fault == Fault::BoundSlipsGoingDown
            && range.order() == Order::Descending
            && let std::ops::Bound::Excluded(from) = range.from().clone()
        {
            let to = range.to().clone();
            range = range.between(std::ops::Bound::Included(from), to)?;
        }
        let mut found = match self.inner.scan(tenant, &range, page).await {
            Err(error) if self.fault == Fault::CursorNotBound && error.kind() == StoreErrorKind::InvalidCursor => {
                return self.inner.scan(tenant, &range, &PageRequest::first(page.limit())).await;
            }
            outcome => outcome?,
        };
        match self.fault {
            Fault::PageRepeats if !begins => {
                let first = self.inner.scan(tenant, &range, &PageRequest::first(Limit::new(1))).await?.records;
                found.records.splice(0..0, first);
                found.records.truncate(page.limit().get());
            }
            Fault::PageSkips if !begins && found.next.is_none() => {
                found.records.pop();
            }
            Fault::OrderIgnoresCase => {
                let place = |stored: &StoredRecord| format!("{:?}", lowered(&range, stored));
                found.records.sort_by_key(place);
            }
            _ => {}
        }
        Ok(found)
    }

    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        let tenant = &self.tenant(tenant);
        let mut tallies = self.inner.count(tenant, range, by).await?;
        match self.fault {
            Fault::CountOff => tallies.iter_mut().filter(|tally| tally.count > 2).for_each(|tally| tally.count += 1),
            Fault::CountsAbsentValues if range.equal().is_empty() && by == Grouping::Whole => {
                return self.inner.count(tenant, &IndexRange::all(range.index().kind()), by).await;
            }
            Fault::ForgettingMissesCount => return self.remembered().count(tenant, range, by).await,
            _ => {}
        }
        Ok(tallies)
    }

    async fn journal(
        &self,
        tenant: &Tenant,
        range: JournalRange,
        after: Position,
        limit: Limit,
    ) -> Result<JournalPage, StoreError> {
        let tenant = &self.tenant(tenant);
        let (mut range, mut after) = (range, after);
        match self.fault {
            Fault::JournalSkips if after != Position::START => after = after.next(),
            Fault::JournalAboutEverybody => range = JournalRange::Everything,
            _ => {}
        }
        let mut page = self.inner.journal(tenant, range, after, limit).await?;
        match self.fault {
            Fault::JournalHasGaps => page.entries.retain(|entry| entry.actor() != HIDDEN),
            Fault::ForgettingKeepsDetails => {
                let was = self.remembered().journal(tenant, range, after, limit).await?.entries;
                for (entry, was) in page.entries.iter_mut().zip(was) {
                    *entry = was;
                }
            }
            _ => {}
        }
        Ok(page)
    }

    async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
        self.watch_badly(&self.tenant(tenant), after).await
    }
}

/// The texts of a record's place, in small letters.
fn lowered(range: &IndexRange, stored: &StoredRecord) -> Vec<String> {
    let values = range.index().values_of(stored.record()).unwrap_or_default();
    let texts = values.into_iter().map(|value| match value {
        Value::Text(text) => text.to_lowercase(),
        other => format!("{other:?}"),
    });
    texts.collect()
}
