//! For tests: a store that looks on, and a desk over it.

use std::fmt::{Debug, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;

use super::Desk;
use crate::command::scene::now;
use crate::record::samples::id;
use crate::store::{
    Batch, Grouping, IndexRange, JournalPage, JournalRange, Key, Limit, MemoryStore, PageRequest, Position, Receipt,
    Store, StoreError, StoreInfo, Stored, StoredPage, Tally, Tenant,
};

/// A store that looks on: it writes down the `Debug` of all that passes, both ways.
#[derive(Debug, Clone)]
pub(crate) struct Spy {
    inner: MemoryStore,
    notes: Arc<Mutex<Vec<String>>>,
}

impl Spy {
    /// Looks on at a store.
    pub(crate) fn on(inner: MemoryStore) -> Self {
        Self { inner, notes: Arc::default() }
    }

    /// What was seen since the last time: one note for each call and one for each answer.
    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.notes.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The store it looks on at.
    pub(crate) const fn inner(&self) -> &MemoryStore {
        &self.inner
    }

    fn note<T: Debug>(&self, seen: T) -> T {
        let mut note = String::new();
        write!(note, "{seen:?}\n{seen:#?}").expect("a string takes all");
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).push(note);
        seen
    }
}

#[async_trait]
impl Store for Spy {
    fn info(&self) -> StoreInfo {
        self.inner.info()
    }

    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        let batch = self.note(batch);
        self.note(self.inner.commit(batch).await)
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        self.note(keys);
        self.note(self.inner.get(tenant, keys).await)
    }

    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        self.note((range, page));
        self.note(self.inner.scan(tenant, range, page).await)
    }

    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        self.note((range, by));
        self.note(self.inner.count(tenant, range, by).await)
    }

    async fn journal(
        &self,
        tenant: &Tenant,
        range: JournalRange,
        after: Position,
        limit: Limit,
    ) -> Result<JournalPage, StoreError> {
        self.note((range, after, limit));
        self.note(self.inner.journal(tenant, range, after, limit).await)
    }

    async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
        self.note(after);
        self.note(self.inner.watch(tenant, after).await)
    }
}

/// A desk over a store, in the present of the scene, with ids that count up.
pub(crate) fn desk<'s>(store: impl Store + 's) -> Desk<'s> {
    let next = AtomicU64::new(1);
    Desk::new(store, now, move || id(0x1_0000 + u128::from(next.fetch_add(1, Ordering::Relaxed))))
}
