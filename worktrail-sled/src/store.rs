//! The store.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use worktrail_core::store::{
    Batch, Grouping, IndexRange, JournalPage, JournalRange, Key, Limit, PageRequest, Position, Receipt, Store,
    StoreError, StoreInfo, Stored, StoredPage, Tally, Tenant,
};

use crate::engine::Engine;
use crate::error::Fault;
use crate::options::SledOptions;
use crate::threads::Threads;
use crate::{fetch, journal, opening, walk};

/// A store in one directory.
///
/// sled is called on threads of its own: one takes all commits that wait as one group, some read. See the
/// [crate](crate#what-it-costs) for all threads.
///
/// Clones share the threads. [`close`](Self::close) ends them for all; a store that is only dropped finishes what was
/// waiting. It needs no async runtime, and runs on any.
#[derive(Debug, Clone)]
pub struct SledStore {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    threads: Threads,
    info: StoreInfo,
    closed: AtomicBool,
}

impl SledStore {
    /// Opens a store. It must be there, and be indexed for this version: this makes nothing and migrates nothing.
    ///
    /// # Errors
    /// `Unavailable` when there is none; `AlreadyOpen` when somebody has it open, in this process or another;
    /// `SchemaOutdated` when it is in another form, or its indexes are of another version; `Misuse` when the directory
    /// belongs to another program; `Corrupt` when it is damaged; `ReadOnly`.
    pub async fn open(options: SledOptions) -> Result<Self, StoreError> {
        Self::start(&options, opening::open).await
    }

    /// Opens a store, which is made when there is none, and brought up to this version when it is older.
    ///
    /// # Errors
    /// As [`open`](Self::open); `Unavailable` when the directory's parent is not there; `Full`. A store that could not
    /// be made leaves nothing behind.
    pub async fn open_or_create(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::open_or_create_with(SledOptions::directory(path)).await
    }

    /// As [`open_or_create`](Self::open_or_create), with options.
    ///
    /// # Errors
    /// As [`open_or_create`](Self::open_or_create).
    pub async fn open_or_create_with(options: SledOptions) -> Result<Self, StoreError> {
        Self::start(&options, opening::open_or_create).await
    }

    pub(crate) async fn start(
        options: &SledOptions,
        open: impl FnOnce(&SledOptions, crate::pulse::Pulse) -> Result<Engine, Fault> + Send + 'static,
    ) -> Result<Self, StoreError> {
        let threads = Threads::start(options, open).await?;
        let info = StoreInfo::new("sled 0.34.7", options.durability())
            .setting("segment_size", crate::engine::SEGMENT.to_string())
            .setting("fsync", format!("{:?}", options.syncing()).to_lowercase());
        Ok(Self { shared: Arc::new(Shared { threads, info, closed: AtomicBool::new(false) }) })
    }

    /// Finishes the commits that wait, and closes the database. Every later call is `Closed`.
    ///
    /// Afterwards the directory may be opened again, also by this process, unless sled is stuck in a call.
    pub async fn close(&self) {
        self.shared.closed.store(true, Ordering::SeqCst);
        self.shared.threads.bell().ring_all();
        self.shared.threads.close().await;
    }

    fn threads(&self) -> Result<&Threads, Fault> {
        if self.shared.closed.load(Ordering::SeqCst) { Err(Fault::closed()) } else { Ok(&self.shared.threads) }
    }

    /// Reads something, as of one moment: no commit happens meanwhile.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        reading: impl FnOnce(&Engine) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, StoreError> {
        Ok(self.threads()?.read(reading).await?)
    }
}

#[async_trait]
impl Store for SledStore {
    fn info(&self) -> StoreInfo {
        self.shared.info.clone()
    }

    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        self.threads()?.commit(batch).await
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        let (tenant, keys) = (tenant.clone(), keys.to_vec());
        self.read(move |engine| keys.iter().map(|key| fetch::get(engine, &tenant, key)).collect()).await
    }

    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        let after = page.place(tenant, range)?;
        let (tenant, range, limit) = (tenant.clone(), range.clone(), page.limit());
        self.read(move |engine| walk::scan(engine, &tenant, &range, limit, after.as_ref())).await
    }

    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        let (tenant, range) = (tenant.clone(), range.clone());
        self.read(move |engine| walk::count(engine, &tenant, &range, by)).await
    }

    async fn journal(
        &self,
        tenant: &Tenant,
        range: JournalRange,
        after: Position,
        limit: Limit,
    ) -> Result<JournalPage, StoreError> {
        let tenant = tenant.clone();
        self.read(move |engine| journal::journal(engine, &tenant, range, after, limit)).await
    }

    /// Every commit comes through this store's threads, so there is nobody else's to look for.
    async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
        let bell = self.threads()?.bell();
        loop {
            let (strokes, of) = (bell.strokes(), tenant.clone());
            let head = self.read(move |engine| Ok(fetch::head(engine, &of)?.position)).await?;
            if head > after {
                return Ok(head);
            }
            bell.rung(tenant, strokes).await;
        }
    }
}

#[cfg(test)]
mod faults;
