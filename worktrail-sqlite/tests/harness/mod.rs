//! What several tests need: harnesses that make stores.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _};
use tempfile::TempDir;
use tokio::sync::Mutex;
use worktrail_core::conformance::{Harness, HarnessError};
use worktrail_core::store::{
    Batch, Grouping, IndexRange, JournalPage, JournalRange, Key, Limit, PageRequest, Position, Receipt, Store,
    StoreError, StoreErrorKind, StoreInfo, Stored, StoredPage, Tally, Tenant,
};
use worktrail_sqlite::{SqliteOptions, SqliteStore, SqliteTx, migrate_within};

/// A directory with a file, which is there as long as the store is used.
#[derive(Debug)]
struct Kept<S> {
    given: Arc<dyn Store>,
    store: S,
    directory: TempDir,
}

/// The one that was given to the suite as this store.
fn given_up<S>(all: &mut Vec<Kept<S>>, store: &Arc<dyn Store>) -> Result<Kept<S>, HarnessError> {
    let place = all.iter().position(|kept| Arc::ptr_eq(&kept.given, store)).ok_or("a store of another harness")?;
    Ok(all.swap_remove(place))
}

/// Stores on files of their own.
#[derive(Debug)]
pub(crate) struct Pooled {
    readers: u32,
    kept: Mutex<Vec<Kept<SqliteStore>>>,
}

impl Pooled {
    pub(crate) fn with_readers(readers: u32) -> Self {
        Self { readers, kept: Mutex::default() }
    }

    async fn open(&self, directory: TempDir) -> Result<Arc<dyn Store>, HarnessError> {
        let options = SqliteOptions::file(directory.path().join("store.db")).readers(self.readers);
        worktrail_sqlite::migrate(&options).await?;
        let store = SqliteStore::open(options).await?;
        let given: Arc<dyn Store> = Arc::new(store.clone());
        self.kept.lock().await.push(Kept { given: Arc::clone(&given), store, directory });
        Ok(given)
    }
}

#[async_trait]
impl Harness for Pooled {
    async fn fresh(&self) -> Result<Arc<dyn Store>, HarnessError> {
        self.open(tempfile::tempdir()?).await
    }

    async fn reopen(&self, store: Arc<dyn Store>) -> Result<Arc<dyn Store>, HarnessError> {
        let kept = given_up(&mut *self.kept.lock().await, &store)?;
        kept.store.close().await;
        self.open(kept.directory).await
    }
}

/// Stores in the host's own file, each call in a transaction of the host's.
#[derive(Debug, Default)]
pub(crate) struct Enlisted {
    kept: Mutex<Vec<Kept<Arc<PerCall>>>>,
}

impl Enlisted {
    async fn open(&self, directory: TempDir) -> Result<Arc<dyn Store>, HarnessError> {
        let store = Arc::new(PerCall(Mutex::new(host_connection(&directory.path().join("host.db")).await?)));
        let given: Arc<dyn Store> = Arc::clone(&store) as _;
        self.kept.lock().await.push(Kept { given: Arc::clone(&given), store, directory });
        Ok(given)
    }
}

#[async_trait]
impl Harness for Enlisted {
    async fn fresh(&self) -> Result<Arc<dyn Store>, HarnessError> {
        let directory = tempfile::tempdir()?;
        let mut connection = host_connection(&directory.path().join("host.db")).await?;
        connection.execute("BEGIN IMMEDIATE").await?;
        migrate_within(&mut connection).await?;
        connection.execute("COMMIT").await?;
        connection.close().await?;
        self.open(directory).await
    }

    async fn reopen(&self, store: Arc<dyn Store>) -> Result<Arc<dyn Store>, HarnessError> {
        let kept = given_up(&mut *self.kept.lock().await, &store)?;
        self.open(kept.directory).await
    }
}

/// A connection as a host might have it: what is tested is not whether the host's own commits are durable.
pub(crate) async fn host_connection(path: &Path) -> Result<SqliteConnection, sqlx::Error> {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    options.journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Normal).connect().await
}

/// A store that opens a transaction for each call, as a host would for a whole request.
#[derive(Debug)]
struct PerCall(Mutex<SqliteConnection>);

/// Runs a call in a transaction, which is committed when the call and [`SqliteTx::finish`] succeed.
macro_rules! enlisted {
    ($self:ident, $call:ident($($argument:expr),*)) => {{
        let mut connection = $self.0.lock().await;
        // What a caller left behind that went away half-way.
        let _ = connection.execute("ROLLBACK").await;
        connection.execute("BEGIN IMMEDIATE").await.map_err(host_error)?;
        let store = SqliteTx::new(&mut connection);
        let answer = store.$call($($argument),*).await;
        let ending = match (&answer, store.finish().await) {
            (Ok(_), Ok(())) => "COMMIT",
            _ => "ROLLBACK",
        };
        connection.execute(ending).await.map_err(host_error)?;
        answer
    }};
}

fn host_error(error: sqlx::Error) -> StoreError {
    StoreError::new(StoreErrorKind::Other, "the host's statement failed").caused_by(error)
}

#[async_trait]
impl Store for PerCall {
    fn info(&self) -> StoreInfo {
        StoreInfo::new("SQLite, enlisted", worktrail_core::store::Durability::PowerSafe)
    }

    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        enlisted!(self, commit(batch))
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        enlisted!(self, get(tenant, keys))
    }

    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        enlisted!(self, scan(tenant, range, page))
    }

    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        enlisted!(self, count(tenant, range, by))
    }

    async fn journal(
        &self,
        tenant: &Tenant,
        range: JournalRange,
        after: Position,
        limit: Limit,
    ) -> Result<JournalPage, StoreError> {
        enlisted!(self, journal(tenant, range, after, limit))
    }

    /// A transaction cannot wait, so a host looks in one transaction after the other.
    async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
        loop {
            match enlisted!(self, watch(tenant, after)) {
                Err(error) if error.kind() == StoreErrorKind::Misuse => tokio::task::yield_now().await,
                answer => return answer,
            }
        }
    }
}
