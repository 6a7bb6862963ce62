//! The host's own transaction as a store.

use std::fmt;
use std::sync::atomic::{AtomicU8, Ordering};

use async_trait::async_trait;
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Executor as _};
use tokio::sync::{Mutex, MutexGuard};
use worktrail_core::store::judge::{Effect, Judge, needs};
use worktrail_core::store::{
    Batch, Durability, Grouping, IndexRange, JournalPage, JournalRange, Key, Limit, PageRequest, Position, Receipt,
    Store, StoreError, StoreErrorKind, StoreInfo, Stored, StoredPage, Tally, Tenant,
};

use crate::error::Fault;
use crate::fetch::{Fetch, Found};
use crate::migration::{LADDER, Ledger};
use crate::save::Script;
use crate::{journal, walk};

/// A store inside a transaction that the host began on its own connection, and that the host commits or rolls back.
///
/// It never begins nor ends a transaction. The file's tables must have been made, by
/// [`migrate_within`](crate::migrate_within) or [`migrate`](crate::migrate). One call is made at a time; others wait.
///
/// The host should begin its transaction with `BEGIN IMMEDIATE`: one that begins by reading may find, when it comes to
/// write, that somebody else did so meanwhile, and is `Busy` at once. While it is open, other commits to the file
/// wait, so enlist late and commit soon.
///
/// A commit here runs in the caller's future. One that is dropped half-way, or fails half-way, leaves the transaction
/// with half a batch in it: the store is then `Poisoned`, [`finish`](Self::finish) fails, and the host must roll back.
/// A batch that is refused writes nothing and does no harm. The mark of a batch that was torn lies in the transaction
/// itself, so another store in the same transaction is `Poisoned` too.
///
/// After `Full`, `Unavailable` or `Unknown` the engine may have rolled the transaction back by itself, which the driver
/// does not notice: its connection may then answer later commits with success and lose them. Close it, and do not give it
/// back to a pool.
pub struct SqliteTx<'c> {
    connection: Mutex<&'c mut SqliteConnection>,
    state: AtomicU8,
}

/// Not yet looked at.
const FRESH: u8 = 0;
/// The tables are of this version.
const READY: u8 = 1;
/// Part of a batch may have been written.
const POISONED: u8 = 2;

impl<'c> SqliteTx<'c> {
    /// A store in the transaction that is open on this connection.
    #[must_use]
    pub fn new(connection: &'c mut SqliteConnection) -> Self {
        Self { connection: Mutex::new(connection), state: AtomicU8::new(FRESH) }
    }

    /// Ends the use of the transaction, and says whether the host may commit it.
    ///
    /// # Errors
    /// `Poisoned` when a commit was dropped or failed half-way: the host must roll back.
    pub async fn finish(self) -> Result<(), StoreError> {
        self.sound()?;
        if self.state.load(Ordering::SeqCst) == READY {
            return Ok(());
        }
        let connection = self.connection.into_inner();
        if is_open(connection).await?
            && Ledger::read(connection).await?.is_some_and(|it| it.standing(&LADDER).is_current())
        {
            whole(connection).await?;
        }
        Ok(())
    }

    fn sound(&self) -> Result<(), Fault> {
        if self.state.load(Ordering::SeqCst) == POISONED { Err(torn()) } else { Ok(()) }
    }

    /// The connection, when it is in a transaction, its tables are of this version, and no commit stopped half-way.
    async fn enter(&self) -> Result<MutexGuard<'_, &'c mut SqliteConnection>, Fault> {
        let mut connection = self.connection.lock().await;
        self.sound()?;
        if !is_open(&mut connection).await? {
            return Err(Fault::misuse("the connection is not in a transaction"));
        }
        if self.state.load(Ordering::SeqCst) == FRESH {
            let ledger = Ledger::read(&mut connection).await?.unwrap_or_default();
            ledger.standing(&LADDER).current()?;
            whole(&mut connection).await.inspect_err(|_| self.state.store(POISONED, Ordering::SeqCst))?;
            self.state.store(READY, Ordering::SeqCst);
        }
        Ok(connection)
    }
}

fn torn() -> Fault {
    Fault::new(StoreErrorKind::Poisoned, "a commit stopped half-way: roll the transaction back")
}

/// That no batch was torn in this transaction, by this store or by one before it.
async fn whole(connection: &mut SqliteConnection) -> Result<(), Fault> {
    const TEXT: &str = "SELECT EXISTS (SELECT 1 FROM worktrail_head WHERE torn = 1)";
    let found: i64 = sqlx::query_scalar(TEXT).fetch_one(connection).await?;
    if found == 0 { Ok(()) } else { Err(torn()) }
}

/// Whether the engine is in a transaction.
///
/// The driver's own count knows neither a transaction that was begun by text nor that the engine rolled one back by
/// itself, as it does when the disk is full. The engine refuses to change `synchronous` inside a transaction; outside
/// of one, setting it to what it is changes nothing.
pub(crate) async fn is_open(connection: &mut SqliteConnection) -> Result<bool, Fault> {
    let level: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(&mut *connection).await?;
    match connection.execute(AssertSqlSafe(format!("PRAGMA synchronous = {level}"))).await {
        Ok(_) => Ok(false),
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("1") => Ok(true),
        Err(error) => Err(error.into()),
    }
}

/// Writes an effect. What it forgets is overwritten and not only unlinked, whatever the host's setting.
async fn write(connection: &mut SqliteConnection, tenant: &Tenant, effect: Effect) -> Result<(), Fault> {
    let forgets = effect.forgotten.is_some();
    let before: i64 = if forgets {
        let before = sqlx::query_scalar("PRAGMA secure_delete").fetch_one(&mut *connection).await?;
        connection.execute("PRAGMA secure_delete = ON").await?;
        before
    } else {
        0
    };
    let mut script = Script::default();
    script.tear(tenant);
    script.add(tenant, effect);
    script.run(connection, "").await?;
    if forgets && before != 1 {
        let setting = if before == 2 { "PRAGMA secure_delete = FAST" } else { "PRAGMA secure_delete = OFF" };
        connection.execute(setting).await?;
    }
    Ok(())
}

#[async_trait]
impl Store for SqliteTx<'_> {
    fn info(&self) -> StoreInfo {
        StoreInfo::new("SQLite", Durability::Volatile).setting("transaction", "the host's: durable when it commits")
    }

    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        let mut connection = self.enter().await?;
        let tenant = batch.tenant();
        let mut needs = needs([&batch]);
        let parents = needs.take_parents();
        let fetch = Fetch::of(tenant, &needs.keys).with_parents(parents).with_head().about(needs.subject);
        let Found { keys, parents, head, about } = fetch.run(&mut connection, "").await?;
        let judge = Judge::new(tenant.clone(), head, needs.keys.into_iter().zip(keys), about);
        let mut judge = judge.with_parents(parents);
        let receipt = judge.judge(&batch)?;
        let effect = judge.into_effect();
        if effect.head.is_some() {
            // Should this future end before the last statement has, it stays poisoned.
            self.state.store(POISONED, Ordering::SeqCst);
            write(&mut connection, tenant, effect).await?;
            self.state.store(READY, Ordering::SeqCst);
        }
        Ok(receipt)
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        let mut connection = self.enter().await?;
        Ok(Fetch::of(tenant, keys).run(&mut connection, "").await?.keys)
    }

    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        let after = page.place(tenant, range)?;
        let mut connection = self.enter().await?;
        Ok(walk::scan(&mut connection, tenant, range, page, after.as_ref()).await?)
    }

    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        let mut connection = self.enter().await?;
        Ok(walk::count(&mut connection, tenant, range, by).await?)
    }

    async fn journal(
        &self,
        tenant: &Tenant,
        range: JournalRange,
        after: Position,
        limit: Limit,
    ) -> Result<JournalPage, StoreError> {
        let mut connection = self.enter().await?;
        Ok(journal::journal(&mut connection, tenant, range, after, limit).await?)
    }

    /// Never waits: no commit of anybody else is seen inside the transaction.
    async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
        let mut connection = self.enter().await?;
        let head = journal::head(&mut connection, tenant).await?;
        let waits = || Fault::misuse("there is nothing to wait for in a transaction: watch on the store itself");
        if head > after { Ok(head) } else { Err(waits().into()) }
    }
}

impl fmt::Debug for SqliteTx<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteTx").field("state", &self.state).finish_non_exhaustive()
    }
}
