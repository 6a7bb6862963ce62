//! The store on a file.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use sqlx::sqlite::SqliteConnection;
use tokio::runtime::Handle;
use worktrail_core::store::{
    Batch, Bell, Grouping, IndexRange, JournalPage, JournalRange, Key, Limit, PageRequest, Position, Receipt, Store,
    StoreError, StoreErrorKind, StoreInfo, Stored, StoredPage, Tally, Tenant,
};

use crate::connect::{Company, connect_writer};
use crate::error::Fault;
use crate::fetch::Fetch;
use crate::loads::Loads;
use crate::migration::{LADDER, migrate};
use crate::opening::{Sight, look};
use crate::options::SqliteOptions;
use crate::readers::Readers;
use crate::writer::{Queue, Working};
use crate::{journal, walk};

/// A store on one SQLite file.
///
/// Commits go through one writer, a task on the runtime that opened the store; readings have connections of their
/// own. Each connection has one thread, made by the driver: one for the writer, and one for each reader once it is
/// needed.
///
/// Clones share the connections. [`close`](Self::close) ends them for all; a store that is only dropped finishes what
/// was waiting, as long as its runtime runs.
///
/// It needs a tokio runtime with time enabled, as the driver does.
#[derive(Debug, Clone)]
pub struct SqliteStore {
    shared: Arc<Shared>,
}

#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) options: SqliteOptions,
    pub(crate) queue: Queue,
    /// Rung by the writer when a journal has something new.
    bell: Arc<Bell>,
    info: StoreInfo,
    reading: Option<Reading>,
    closed: AtomicBool,
}

/// Connections that read, beside the writer's.
#[derive(Debug)]
struct Reading {
    readers: Readers,
    loads: Loads,
}

impl SqliteStore {
    /// Opens a store. Its tables must be there: this never migrates.
    ///
    /// # Errors
    /// `SchemaOutdated` when the tables are missing, older or newer; `Misuse` when the file belongs to another
    /// program; `Corrupt` when it is damaged or no SQLite database; `ReadOnly`, `Unavailable`, `Busy`. In each of
    /// these cases the file is left as it was.
    pub async fn open(options: SqliteOptions) -> Result<Self, StoreError> {
        within_runtime()?;
        let absent = |text| Fault::new(StoreErrorKind::Unavailable, text);
        match look(&options, &LADDER).await? {
            Sight::Nothing if !options.path().exists() => {
                return Err(absent("there is no file: call `migrate` to make one").into());
            }
            Sight::Nothing | Sight::Vacant => {
                return Err(Fault::outdated("the file has no tables of Worktrail: call `migrate` first").into());
            }
            Sight::Worktrail(standing) => standing.current()?,
        }
        let (connection, info, company) = connect_writer(&options).await.map_err(Fault::of_a_readable_file)?;
        let many = company == Company::Many && options.wanted_readers() > 0;
        let reading = many.then(|| {
            let readers = Readers::new(&options);
            Reading { loads: Loads::new(readers.clone()), readers }
        });
        let bell = Arc::new(Bell::new());
        let queue = Queue::start(&options, connection, Arc::clone(&bell));
        let shared = Shared { options, queue, bell, info, reading, closed: AtomicBool::new(false) };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// Opens a store in a file of its own, which is created when there is none and brought up to this version when
    /// it is older.
    ///
    /// # Errors
    /// As [`open`](Self::open) and [`migrate`].
    pub async fn open_or_create(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let options = SqliteOptions::file(path);
        migrate(&options).await?;
        Self::open(options).await
    }

    /// Finishes the commits that wait, and closes all connections. Every later call is `Closed`.
    ///
    /// A reading that was begun and is not polled any more is waited for as long as the options' busy timeout.
    pub async fn close(&self) {
        self.shared.closed.store(true, Ordering::SeqCst);
        self.shared.bell.ring_all();
        if let Some(Reading { readers, .. }) = &self.shared.reading {
            if within_runtime().is_ok() {
                let _ = tokio::time::timeout(self.shared.options.patience(), readers.rest()).await;
            } else {
                readers.rest().await;
            }
            readers.close().await;
        }
        self.shared.queue.close().await;
    }

    pub(crate) fn shared(&self) -> Result<&Shared, Fault> {
        if self.shared.closed.load(Ordering::SeqCst) { Err(Fault::closed()) } else { Ok(&self.shared) }
    }

    /// Reads something: a single statement, so no transaction is left behind whenever the caller goes away.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        reading: impl for<'c> FnOnce(&'c mut SqliteConnection) -> Working<'c, Result<T, Fault>> + Send + 'static,
    ) -> Result<T, Fault> {
        let shared = self.shared()?;
        match &shared.reading {
            Some(Reading { readers, .. }) => {
                within_runtime()?;
                readers.read(reading).await
            }
            None => shared.queue.work(reading).await,
        }
    }
}

/// That this is called on a tokio runtime: without one, the driver ends the thread.
fn within_runtime() -> Result<(), Fault> {
    match Handle::try_current() {
        Ok(_) => Ok(()),
        Err(_) => Err(Fault::misuse("a store is opened and read on a tokio runtime")),
    }
}

#[async_trait]
impl Store for SqliteStore {
    fn info(&self) -> StoreInfo {
        self.shared.info.clone()
    }

    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        self.shared()?.queue.commit(batch).await
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        let shared = self.shared()?;
        if let Some(Reading { loads, .. }) = &shared.reading {
            within_runtime()?;
            return Ok(loads.load(tenant, keys).await?);
        }
        let (tenant, keys) = (tenant.clone(), keys.to_vec());
        let reading = shared.queue.work(move |connection| {
            Box::pin(async move { Ok(Fetch::of(&tenant, &keys).run(connection, "").await?.keys) })
        });
        Ok(reading.await?)
    }

    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        let after = page.place(tenant, range)?;
        let (tenant, range, page) = (tenant.clone(), range.clone(), page.clone());
        let reading = self.read(move |connection| {
            Box::pin(async move { walk::scan(connection, &tenant, &range, &page, after.as_ref()).await })
        });
        Ok(reading.await?)
    }

    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        let (tenant, range) = (tenant.clone(), range.clone());
        let reading =
            self.read(move |connection| Box::pin(async move { walk::count(connection, &tenant, &range, by).await }));
        Ok(reading.await?)
    }

    async fn journal(
        &self,
        tenant: &Tenant,
        range: JournalRange,
        after: Position,
        limit: Limit,
    ) -> Result<JournalPage, StoreError> {
        let tenant = tenant.clone();
        let reading = self.read(move |connection| {
            Box::pin(async move { journal::journal(connection, &tenant, range, after, limit).await })
        });
        Ok(reading.await?)
    }

    async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
        within_runtime()?;
        let Shared { bell, options, .. } = &*self.shared;
        loop {
            let (strokes, of) = (bell.strokes(), tenant.clone());
            let head =
                self.read(move |connection| Box::pin(async move { journal::head(connection, &of).await })).await?;
            if head > after {
                return Ok(head);
            }
            // The commits of other processes ring no bell here: they are looked for now and then.
            let _ = tokio::time::timeout(options.looks_every(), bell.rung(tenant, strokes)).await;
        }
    }
}
