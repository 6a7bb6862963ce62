//! The host's own transaction as a store.

use std::fmt;
use std::sync::atomic::{AtomicU8, Ordering};

use async_trait::async_trait;
use sqlx::Executor as _;
use sqlx::postgres::PgConnection;
use tokio::sync::{Mutex, MutexGuard};
use worktrail_core::store::judge::{Judge, needs};
use worktrail_core::store::{
    Batch, Durability, Grouping, IndexRange, JournalPage, JournalRange, Key, Limit, PageRequest, Position, Receipt,
    Store, StoreError, StoreErrorKind, StoreInfo, Stored, StoredPage, Tally, Tenant,
};

use crate::error::Fault;
use crate::fetch::{Fetch, Found};
use crate::home::{Home, Sending, Statement};
use crate::migration::{LADDER, Ledger};
use crate::save::{Saved, Seen, save};
use crate::{journal, walk};

/// A store inside a transaction that the host began on its own connection, and that the host commits or rolls back.
///
/// It never begins nor ends a transaction, and changes none of its settings. The tables must have been made, by
/// [`migrate_within`](crate::migrate_within) or [`migrate`](crate::migrate). One call is made at a time; others wait.
///
/// A commit locks the tenant: until the host's transaction ends, other commits of that tenant wait, and are `Busy` when it
/// takes too long. So enlist late and commit soon, and never use a pooled store of the same tenant meanwhile. How long a
/// commit here waits for others is for the host's `lock_timeout` to say, which an engine's own default leaves without end.
///
/// A batch that is refused writes nothing, and leaves the transaction as it was. A call runs in the caller's future. One
/// that is dropped half-way, a reading too, or that the engine objects to, leaves the transaction in doubt or lost: the
/// store is then `Poisoned`, [`finish`](Self::finish) fails, and the host must roll back.
pub struct PostgresTx<'c> {
    connection: Mutex<&'c mut PgConnection>,
    home: Home,
    state: AtomicU8,
}

/// Not yet looked at.
const FRESH: u8 = 0;
/// In a transaction, with the tables of this version.
const READY: u8 = 1;
/// A statement was sent whose outcome is not known, or the engine objected to one.
const POISONED: u8 = 2;

impl<'c> PostgresTx<'c> {
    /// A store in the transaction that is open on this connection, with its tables in the schema `worktrail`.
    #[must_use]
    pub fn new(connection: &'c mut PgConnection) -> Self {
        let home = Home::new("worktrail", Sending::Prepared);
        Self { connection: Mutex::new(connection), home, state: AtomicU8::new(FRESH) }
    }

    /// The same, with its tables in another schema.
    #[must_use]
    pub fn in_schema(mut self, name: impl Into<String>) -> Self {
        self.home = Home::new(name, self.home.sending);
        self
    }

    /// Says that the connection leads through a pooler that hands each transaction to another connection of the server:
    /// then no prepared statement is kept in it.
    #[must_use]
    pub fn behind_transaction_pooler(mut self) -> Self {
        self.home.sending = Sending::Unnamed;
        self
    }

    /// Ends the use of the transaction, and says whether the host may commit it.
    ///
    /// # Errors
    /// `Poisoned` when a call was dropped or failed half-way: the host must roll back.
    #[expect(clippy::unused_async, reason = "as with every store in a host's transaction")]
    pub async fn finish(self) -> Result<(), StoreError> {
        Ok(self.sound()?)
    }

    fn sound(&self) -> Result<(), Fault> {
        if self.state.load(Ordering::SeqCst) == POISONED {
            Err(Fault::new(StoreErrorKind::Poisoned, "a call stopped half-way: roll the transaction back"))
        } else {
            Ok(())
        }
    }

    /// The connection, when it is in a transaction, its tables are of this version, and no call stopped half-way. Until
    /// the outcome is noted it is poisoned: should the caller's future end before, nobody hears what the engine objects to,
    /// and it answers whoever commits a transaction that failed as if that had been done.
    async fn enter(&self) -> Result<MutexGuard<'_, &'c mut PgConnection>, Fault> {
        let mut connection = self.connection.lock().await;
        self.sound()?;
        if self.state.load(Ordering::SeqCst) == FRESH {
            self.home.check()?;
            // Should a statement of these fail, the transaction is lost; should this future end, nobody knows.
            self.state.store(POISONED, Ordering::SeqCst);
            let is_open = is_open(&mut connection).await?;
            let ledger = if is_open { Ledger::read(&self.home, &mut connection).await? } else { None };
            self.state.store(FRESH, Ordering::SeqCst);
            if !is_open {
                return Err(Fault::misuse("the connection is not in a transaction"));
            }
            ledger.unwrap_or_default().standing(&LADDER).current()?;
        }
        self.state.store(POISONED, Ordering::SeqCst);
        Ok(connection)
    }

    /// What an outcome says of the transaction: when the engine objected, it is lost.
    fn note<T>(&self, outcome: Result<T, Fault>) -> Result<T, Fault> {
        let unharmed = outcome.as_ref().err().is_none_or(Fault::is_harmless);
        self.state.store(if unharmed { READY } else { POISONED }, Ordering::SeqCst);
        outcome
    }
}

/// Whether the engine is in a transaction. The driver's own count knows none that was begun by text.
pub(crate) async fn is_open(connection: &mut PgConnection) -> Result<bool, Fault> {
    const NO_TRANSACTION: &str = "25P01";
    match connection.execute("SAVEPOINT worktrail; RELEASE SAVEPOINT worktrail").await {
        Ok(_) => Ok(true),
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some(NO_TRANSACTION) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Waits until the tenant's head is nobody else's.
async fn lock(home: &Home, connection: &mut PgConnection, tenant: &Tenant) -> Result<(), Fault> {
    let mut statement = Statement::default();
    let tenant = statement.bind(tenant);
    statement.push(format!("SELECT 1 FROM {} WHERE tenant = {tenant} FOR UPDATE", home.named("worktrail_head")));
    statement.fetch_all(home, connection).await?;
    Ok(())
}

/// A batch that is refused is no fault of the transaction's.
type Ruled = Result<Receipt, StoreError>;

/// How often a batch is judged, at most. Once the head is there and locked, nobody else can move it; but somebody else may
/// make the tenant's first commit in between.
const TRIES: u32 = 3;

async fn commit(home: &Home, connection: &mut PgConnection, batch: &Batch) -> Result<Ruled, Fault> {
    let tenant = batch.tenant();
    for _ in 0..TRIES {
        lock(home, connection, tenant).await?;
        let mut needs = needs([batch]);
        let parents = needs.take_parents();
        let fetch = Fetch::of(tenant, &needs.keys).with_parents(&parents).with_head().about(needs.subject);
        let found = fetch.run(home, connection).await?;
        let seen = Seen::from(&found);
        let Found { keys, parents, head, about } = found;
        let judge = Judge::new(tenant.clone(), head, needs.keys.into_iter().zip(keys), about);
        let mut judge = judge.with_parents(parents.into_keys());
        let ruled = judge.judge(batch);
        if save(home, connection, tenant, &seen, &judge.into_effect()).await? == Saved::All {
            return Ok(ruled);
        }
    }
    Err(Fault::new(StoreErrorKind::Busy, "somebody else's transaction was in the way"))
}

#[async_trait]
impl Store for PostgresTx<'_> {
    fn info(&self) -> StoreInfo {
        StoreInfo::new("PostgreSQL", Durability::Volatile).setting("transaction", "the host's: durable when it commits")
    }

    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        let mut connection = self.enter().await?;
        self.note(commit(&self.home, &mut connection, &batch).await)?
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        let mut connection = self.enter().await?;
        Ok(self.note(Fetch::of(tenant, keys).run(&self.home, &mut connection).await)?.keys)
    }

    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        let after = page.place(tenant, range)?;
        let mut connection = self.enter().await?;
        Ok(self.note(walk::scan(&self.home, &mut connection, tenant, range, page, after.as_ref()).await)?)
    }

    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        let mut connection = self.enter().await?;
        Ok(self.note(walk::count(&self.home, &mut connection, tenant, range, by).await)?)
    }

    async fn journal(
        &self,
        tenant: &Tenant,
        range: JournalRange,
        after: Position,
        limit: Limit,
    ) -> Result<JournalPage, StoreError> {
        let mut connection = self.enter().await?;
        Ok(self.note(journal::journal(&self.home, &mut connection, tenant, range, after, limit).await)?)
    }

    /// Never waits: no commit of anybody else is seen inside the transaction.
    async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
        let mut connection = self.enter().await?;
        let head = self.note(journal::head(&self.home, &mut connection, tenant).await)?;
        let waits = || Fault::misuse("there is nothing to wait for in a transaction: watch on the store itself");
        if head > after { Ok(head) } else { Err(waits().into()) }
    }
}

impl fmt::Debug for PostgresTx<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresTx").field("home", &self.home).field("state", &self.state).finish_non_exhaustive()
    }
}
