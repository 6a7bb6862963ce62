//! A store that means something else in one respect: what a chorus must hear.

use async_trait::async_trait;
use worktrail_core::store::{
    Batch, Cursor, Grouping, IndexRange, JournalPage, JournalRange, Key, Limit, MemoryStore, PageRequest, Position,
    Receipt, Store, StoreError, StoreErrorKind, StoreInfo, Stored, StoredPage, StoredRecord, Tally, Tenant,
};

/// What is different.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slip {
    /// Refuses for another reason.
    Reason,
    /// Finds records at another revision.
    Revision,
    /// Ends a page a little earlier.
    Page,
    /// Leaves the mark where a page goes on out.
    Cursor,
    /// Counts one too many.
    Count,
    /// Shows one entry fewer.
    Journal,
}

impl Slip {
    /// Every one.
    pub(crate) const ALL: [Self; 6] =
        [Self::Reason, Self::Revision, Self::Page, Self::Cursor, Self::Count, Self::Journal];
}

/// A memory store with a slip.
#[derive(Debug)]
pub(crate) struct OffKey {
    inner: MemoryStore,
    slip: Slip,
}

impl OffKey {
    pub(crate) fn new(slip: Slip) -> Self {
        Self { inner: MemoryStore::new(), slip }
    }
}

#[async_trait]
impl Store for OffKey {
    fn info(&self) -> StoreInfo {
        self.inner.info()
    }

    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        let outcome = self.inner.commit(batch).await;
        match outcome {
            Err(_) if self.slip == Slip::Reason => Err(StoreError::new(StoreErrorKind::Busy, "not now")),
            outcome => outcome,
        }
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        let mut found = self.inner.get(tenant, keys).await?;
        if self.slip == Slip::Revision {
            for stored in &mut found {
                if let Some(Stored::Record(it)) = stored {
                    *it = StoredRecord::new(it.record().clone(), it.revision().next(), it.children());
                }
            }
        }
        Ok(found)
    }

    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        let mut found = self.inner.scan(tenant, range, page).await?;
        match self.slip {
            Slip::Page => drop(found.records.pop()),
            Slip::Cursor => drop::<Option<Cursor>>(found.next.take()),
            _ => {}
        }
        Ok(found)
    }

    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        let mut tallies = self.inner.count(tenant, range, by).await?;
        if self.slip == Slip::Count {
            for tally in &mut tallies {
                tally.count += 1;
            }
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
        let mut page = self.inner.journal(tenant, range, after, limit).await?;
        if self.slip == Slip::Journal {
            page.entries.pop();
        }
        Ok(page)
    }

    async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
        self.inner.watch(tenant, after).await
    }
}
