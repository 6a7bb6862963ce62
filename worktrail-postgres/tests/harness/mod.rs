//! What several tests need: harnesses that make stores.

mod schemas;

use std::sync::Arc;

use async_trait::async_trait;
use sqlx::postgres::PgConnection;
use sqlx::{ConnectOptions as _, Executor as _};
use tokio::sync::Mutex;
use worktrail_core::conformance::{Harness, HarnessError};
use worktrail_core::store::{
    Batch, Grouping, IndexRange, JournalPage, JournalRange, Key, Limit, PageRequest, Position, Receipt, Store,
    StoreError, StoreErrorKind, StoreInfo, Stored, StoredPage, Tally, Tenant,
};
use worktrail_postgres::{PostgresOptions, PostgresStore, PostgresTx};

use self::schemas::Schema;

/// A store with its schema.
#[derive(Debug)]
struct Kept<S> {
    given: Arc<dyn Store>,
    store: S,
    schema: Schema,
}

/// The one that was given to the suite as this store.
fn given_up<S>(all: &mut Vec<Kept<S>>, store: &Arc<dyn Store>) -> Result<Kept<S>, HarnessError> {
    let place = all.iter().position(|kept| Arc::ptr_eq(&kept.given, store)).ok_or("a store of another harness")?;
    Ok(all.swap_remove(place))
}

/// Takes out those that the suite has done with, of which only so many handles are left.
fn done_with<S>(all: &mut Vec<Kept<S>>, ours: impl Fn(&Kept<S>) -> bool) -> Vec<Kept<S>> {
    let (done, used) = std::mem::take(all).into_iter().partition(ours);
    *all = used;
    done
}

/// Stores with connections of their own.
#[derive(Debug)]
pub(crate) struct Pooled {
    with: fn(PostgresOptions) -> PostgresOptions,
    kept: Mutex<Vec<Kept<PostgresStore>>>,
}

impl Pooled {
    pub(crate) fn with(with: fn(PostgresOptions) -> PostgresOptions) -> Self {
        Self { with, kept: Mutex::default() }
    }

    async fn open(&self, schema: Schema) -> Result<Arc<dyn Store>, HarnessError> {
        let options = PostgresOptions::from(schema.connecting()).schema(schema.name());
        let store = PostgresStore::connect((self.with)(options)).await?;
        let given: Arc<dyn Store> = Arc::new(store.clone());
        self.kept.lock().await.push(Kept { given: Arc::clone(&given), store, schema });
        Ok(given)
    }
}

#[async_trait]
impl Harness for Pooled {
    async fn fresh(&self) -> Result<Arc<dyn Store>, HarnessError> {
        let done = done_with(&mut *self.kept.lock().await, |it| Arc::strong_count(&it.given) == 1);
        for Kept { store, schema, .. } in done {
            store.close().await;
            schema.give_back();
        }
        self.open(Schema::take().await?).await
    }

    async fn reopen(&self, store: Arc<dyn Store>) -> Result<Arc<dyn Store>, HarnessError> {
        let kept = given_up(&mut *self.kept.lock().await, &store)?;
        kept.store.close().await;
        self.open(kept.schema).await
    }
}

/// Stores in the host's own database, each call in a transaction of the host's.
#[derive(Debug, Default)]
pub(crate) struct Enlisted {
    kept: Mutex<Vec<Kept<Arc<PerCall>>>>,
}

impl Enlisted {
    async fn open(&self, schema: Schema) -> Result<Arc<dyn Store>, HarnessError> {
        let connection = Mutex::new(schema.connecting().connect().await?);
        let store = Arc::new(PerCall { connection, schema: schema.name().to_owned() });
        let given: Arc<dyn Store> = Arc::clone(&store) as _;
        self.kept.lock().await.push(Kept { given: Arc::clone(&given), store, schema });
        Ok(given)
    }
}

#[async_trait]
impl Harness for Enlisted {
    async fn fresh(&self) -> Result<Arc<dyn Store>, HarnessError> {
        // Of such a store both handles are ours.
        let done = done_with(&mut *self.kept.lock().await, |it| Arc::strong_count(&it.store) == 2);
        for Kept { schema, .. } in done {
            schema.give_back();
        }
        self.open(Schema::take().await?).await
    }

    async fn reopen(&self, store: Arc<dyn Store>) -> Result<Arc<dyn Store>, HarnessError> {
        let kept = given_up(&mut *self.kept.lock().await, &store)?;
        drop(kept.store);
        self.open(kept.schema).await
    }
}

/// A store that opens a transaction for each call, as a host would for a whole request.
#[derive(Debug)]
struct PerCall {
    connection: Mutex<PgConnection>,
    schema: String,
}

/// Runs a call in a transaction, which is committed when the call and [`PostgresTx::finish`] succeed.
macro_rules! enlisted {
    ($self:ident, $call:ident($($argument:expr),*)) => {{
        let mut connection = $self.connection.lock().await;
        // What a caller left behind that went away half-way.
        connection.execute("ROLLBACK").await.map_err(host_error)?;
        connection.execute("BEGIN").await.map_err(host_error)?;
        let store = PostgresTx::new(&mut connection).in_schema(&$self.schema);
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
        StoreInfo::new("PostgreSQL, enlisted", worktrail_core::store::Durability::PowerSafe)
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
