//! The store on a database.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use sqlx::postgres::PgConnection;
use tokio::runtime::Handle;
use tokio::task::JoinSet;
use worktrail_core::store::{
    Batch, Bell, Grouping, IndexRange, JournalPage, JournalRange, Key, Limit, PageRequest, Position, Receipt, Store,
    StoreError, StoreInfo, Stored, StoredPage, Tally, Tenant,
};

use crate::connect::inform;
use crate::connections::Connections;
use crate::error::Fault;
use crate::hints::{Hearing, News, Telling};
use crate::home::Home;
use crate::known::Known;
use crate::loads::{Loads, gone};
use crate::migration::{LADDER, Ledger};
use crate::options::PostgresOptions;
use crate::reading::{Count, HeadOf, Journal, Reading, Scan, read};
use crate::writer::Queue;

/// A store in one schema of a PostgreSQL database.
///
/// Commits go through a queue with a lane for each tenant, readings through connections of their own. Each is run by a task
/// on the runtime that opened the store; calls may come from any other.
///
/// Clones share the connections. [`close`](Self::close) ends them for all; a store that is only dropped finishes what
/// was waiting, as long as its runtime runs.
///
/// It needs a tokio runtime with I/O and time enabled, as the driver does.
#[derive(Debug, Clone)]
pub struct PostgresStore {
    shared: Arc<Shared>,
}

#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) options: PostgresOptions,
    pub(crate) runtime: Handle,
    queue: Queue,
    /// Rung when a journal has something new.
    bell: Arc<Bell>,
    /// Rings it for the commits of other processes.
    hearing: Hearing,
    /// Lets other processes know of this one's.
    telling: Arc<Telling>,
    loads: Loads,
    writers: Connections,
    readers: Connections,
    info: StoreInfo,
    closed: AtomicBool,
}

impl PostgresStore {
    /// Connects to a database. Its tables must be there: this never migrates.
    ///
    /// # Errors
    /// `SchemaOutdated` when the tables are missing, older or newer; `Misuse` when the options are not usable, or this is
    /// not called on a tokio runtime; `ReadOnly` when the server takes no writes; `Unavailable`, `Busy`.
    pub async fn connect(options: PostgresOptions) -> Result<Self, StoreError> {
        options.home().check()?;
        let runtime = Handle::try_current()
            .map_err(|_| Fault::misuse("a store is connected on a tokio runtime, where it then lives"))?;
        let (writing, reading) = options.wanted_connections();
        let (writers, readers) = (Connections::new(&options, writing), Connections::new(&options, reading));
        let (info, ledger) = read(&options, &writers, &Look).await?;
        ledger.standing(&LADDER).current()?;
        let bell = Arc::new(Bell::new());
        let hearing = Hearing::new(&options, runtime.clone(), Arc::clone(&bell));
        let telling = Telling::new(&options, runtime.clone());
        let news = News { bell: Arc::clone(&bell), telling: Arc::clone(&telling) };
        let known = Known::new(runtime.clone());
        let queue = Queue::new(&options, writers.clone(), runtime.clone(), news, known.clone());
        let loads = Loads::new(&options, readers.clone(), runtime.clone(), known);
        let closed = AtomicBool::new(false);
        let shared = Shared { options, runtime, queue, bell, hearing, telling, loads, writers, readers, info, closed };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// Finishes the commits and readings that wait, and closes all connections. Every later call is `Closed`.
    pub async fn close(&self) {
        self.shared.closed.store(true, Ordering::SeqCst);
        self.shared.bell.ring_all();
        self.shared.queue.drained().await;
        let shared = Arc::clone(&self.shared);
        let closing = self.shared.runtime.spawn(async move {
            shared.telling.close().await;
            shared.hearing.close().await;
            shared.writers.close().await;
            shared.readers.close().await;
        });
        // A runtime that has ended took the connections with it.
        let _ = closing.await;
    }

    pub(crate) fn shared(&self) -> Result<&Shared, Fault> {
        if self.shared.closed.load(Ordering::SeqCst) { Err(Fault::closed()) } else { Ok(&self.shared) }
    }

    /// Reads something in a task of its own: a caller that goes away leaves it to its end, and breaks no connection.
    async fn read<R: Reading + 'static>(&self, reading: R) -> Result<R::Answer, StoreError> {
        let runtime = &self.shared()?.runtime;
        let shared = Arc::clone(&self.shared);
        let task = runtime.spawn(async move { read(&shared.options, &shared.readers, &reading).await });
        Ok(task.await.map_err(|_| gone())??)
    }
}

/// What is read when a store is opened.
struct Look;

impl Reading for Look {
    type Answer = (StoreInfo, Ledger);

    async fn read(&self, home: &Home, connection: &mut PgConnection) -> Result<Self::Answer, Fault> {
        Ok((inform(home, connection).await?, Ledger::read(home, connection).await?.unwrap_or_default()))
    }
}

#[async_trait]
impl Store for PostgresStore {
    fn info(&self) -> StoreInfo {
        self.shared.info.clone()
    }

    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        self.shared()?.queue.commit(batch).await
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        Ok(self.shared()?.loads.get(tenant, keys).await?)
    }

    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        let after = page.place(tenant, range)?;
        self.read(Scan { tenant: tenant.clone(), range: range.clone(), page: page.clone(), after }).await
    }

    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        self.read(Count { tenant: tenant.clone(), range: range.clone(), by }).await
    }

    async fn journal(
        &self,
        tenant: &Tenant,
        range: JournalRange,
        after: Position,
        limit: Limit,
    ) -> Result<JournalPage, StoreError> {
        self.read(Journal { tenant: tenant.clone(), range, after, limit }).await
    }

    async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
        let Shared { bell, hearing, runtime, .. } = &*self.shared;
        let mut watching = None;
        loop {
            let strokes = bell.strokes();
            let head = self.read(HeadOf(tenant.clone())).await?;
            if head > after {
                return Ok(head);
            }
            watching.get_or_insert_with(|| hearing.watching());
            // A hint of another process's commit may be lost: it is looked for now and then. The clock is the runtime's,
            // and may end with it.
            let (bell, tenant, most) = (Arc::clone(bell), tenant.clone(), hearing.looks_every());
            let mut waiting = JoinSet::new();
            let timed = async move { tokio::time::timeout(most, bell.rung(&tenant, strokes)).await };
            waiting.spawn_on(timed, runtime);
            if let Some(Err(_)) = waiting.join_next().await {
                return Err(gone().into());
            }
        }
    }
}
