//! Making the engine let go of what was forgotten.

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Executor as _, Row as _};
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{StoreError, StoreErrorKind};

use crate::columns::Cell;
use crate::connect::disconnect;
use crate::connections::reach;
use crate::error::Fault;
use crate::home::{BOOKKEEPING, Home, Sending, Statement};
use crate::loads::gone;
use crate::options::PostgresOptions;
use crate::store::PostgresStore;

/// What is left after a scrub.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scrubbed {
    /// Where the bytes of a forgotten person may still be, as far as the engine knows.
    pub remains: Remains,
}

/// Where forgotten bytes may still be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remains {
    /// Not in the tables and indexes. In the server's write-ahead log until it is recycled, in its archive, in standbys
    /// that lag behind, and in backups, for as long as those are kept: how long is for whoever runs the server to say.
    /// Snapshots of the file system, and blocks that the device has set aside, are beyond the engine's reach.
    WriteAheadLogAndBackups,
    /// The same; and in the tables there are rows that were deleted or replaced and are still kept: for somebody's
    /// transaction that began before, or because others wrote meanwhile. Scrub again.
    DeadRowsToo,
}

impl PostgresStore {
    /// Makes the engine let go of all that was deleted or forgotten: every table is made anew (`VACUUM FULL`).
    ///
    /// It takes as long as writing all tables, and as much room beside them; each table is locked meanwhile, for reading
    /// too, and calls that need it wait as long as the options' patience. No samples of personal values are kept for the
    /// planner (`ANALYZE`), so none are left behind.
    ///
    /// # Errors
    /// `Misuse` behind a transaction pooler: tables are made anew outside of any transaction, with settings that would stay
    /// in a connection that others use too. Scrub with a store on a direct connection.
    /// `Unavailable` when the server does not answer within the options' patience, or the connection's user does not own the
    /// tables; `Busy` when somebody holds one of them for longer
    /// than the options' patience: what was not made anew may still hold forgotten bytes. `Full`, `Closed`.
    pub async fn scrub(&self) -> Result<Scrubbed, StoreError> {
        let shared = self.shared()?;
        if shared.options.home().sending == Sending::Unnamed {
            return Err(StoreError::misuse("a scrub wants a direct connection, and not a pooler's"));
        }
        let options = shared.options.clone();
        let scrubbing = shared.runtime.spawn(async move {
            let mut connection = reach(&options).await?;
            let scrubbed = scrub(&options, &mut connection).await;
            disconnect(connection).await;
            scrubbed
        });
        Ok(scrubbing.await.map_err(|_| gone())??)
    }
}

async fn scrub(options: &PostgresOptions, connection: &mut PgConnection) -> Result<Scrubbed, Fault> {
    let home = options.home();
    // The engine passes over what is somebody else's, and only remarks on it.
    if count(home, connection, "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = to_regnamespace($1) AND NOT pg_has_role(relowner, 'USAGE')").await? > 0 {
        return Err(Fault::new(StoreErrorKind::Unavailable, "the tables are another user's"));
    }
    let tables = SCHEMA.kinds().map(|kind| home.table(kind)).chain(BOOKKEEPING.map(|table| home.named(table)));
    let tables: Vec<String> = tables.collect();
    connection.execute("SET statement_timeout = 0").await?;
    connection.execute(AssertSqlSafe(format!("SET lock_timeout = {}", options.waits().as_millis()))).await?;
    // In a large table dead rows are only estimated. So one dies last of all, in a small table that is made anew first.
    // Where it is let go, so is all that died before it; where it is kept, it takes up a place before the last row.
    let probe = home.named("worktrail_migration");
    connection.execute(AssertSqlSafe(format!("UPDATE {probe} SET name = name"))).await?;
    let tables = tables.join(", ");
    connection.execute(AssertSqlSafe(format!("VACUUM (FULL, ANALYZE) {probe}, {tables}"))).await?;
    let kept = Statement::new(format!("SELECT count(*) < max((ctid::text::point)[1]) FROM {probe}"));
    let kept: bool = kept.fetch_one(home, connection).await?.try_get(0)?;
    let dead = "SELECT coalesce(sum(n_dead_tup), 0)::bigint FROM pg_stat_all_tables \
                WHERE schemaname = $1 AND relname <> 'worktrail_migration'";
    let dead = count(home, connection, dead).await?;
    let remains = if kept || dead > 0 { Remains::DeadRowsToo } else { Remains::WriteAheadLogAndBackups };
    Ok(Scrubbed { remains })
}

/// A number that is asked of the schema.
async fn count(home: &Home, connection: &mut PgConnection, text: &'static str) -> Result<i64, Fault> {
    let mut statement = Statement::new(text);
    statement.bind(Cell::Text(Some(home.schema().to_owned())));
    Ok(statement.fetch_one(home, connection).await?.try_get(0)?)
}
