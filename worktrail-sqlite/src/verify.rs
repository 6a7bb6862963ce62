//! Reading everything of a file again: digests, chain, heads.

use std::fmt::Write as _;

use sqlx::Row as _;
use sqlx::sqlite::SqliteConnection;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{CommandId, Digest, Head, JournalRange, Key, Kind, Limit, Position, Tenant};

use crate::columns::{Cell, Columns, present, statement, table};
use crate::error::Fault;
use crate::fetch::Fetch;
use crate::journal::journal;
use crate::record::{record, record_columns};

/// What was read and found whole.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Verified {
    pub(crate) records: u64,
    pub(crate) entries: u64,
}

/// How many rows are read at once.
const PAGE: i64 = 500;

/// Reads every record, stamp and entry against its digest, and the journal's chain from its first entry to its head.
pub(crate) async fn verify(connection: &mut SqliteConnection) -> Result<Verified, Fault> {
    let sound: String = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(&mut *connection).await?;
    if sound != "ok" {
        return Err(Fault::corrupt("the file's structure is not sound"));
    }
    let mut verified = Verified::default();
    for kind in SCHEMA.kinds() {
        verified.records += records(connection, kind).await?;
    }
    stamps(connection).await?;
    heads(connection).await?;
    let names: Vec<String> =
        sqlx::query_scalar("SELECT tenant FROM worktrail_head").fetch_all(&mut *connection).await?;
    for name in names {
        verified.entries += chain(connection, &tenant(&name)?).await?;
    }
    Ok(verified)
}

fn tenant(name: &str) -> Result<Tenant, Fault> {
    Tenant::parse(name).map_err(|_| Fault::corrupt("a tenant's name"))
}

async fn records(connection: &mut SqliteConnection, kind: Kind) -> Result<u64, Fault> {
    let text = format!(
        "SELECT r.tenant, {} FROM {} AS r WHERE (r.tenant, r.id) > (?, ?) ORDER BY r.tenant, r.id LIMIT {PAGE}",
        record_columns(kind),
        table(kind)
    );
    let mut after = (Cell::Text(String::new()), Cell::Blob(Vec::new()));
    let mut count = 0;
    loop {
        let rows = statement(text.clone(), <[Cell; 2]>::from(after)).fetch_all(&mut *connection).await?;
        after = (Cell::Null, Cell::Null);
        for row in &rows {
            let tenant = tenant(&present(Columns::from(row, 0).text()?)?)?;
            let stored = record(&mut Columns::from(row, 1), &tenant, kind)?;
            after = (Cell::from(&tenant), stored.record().key().id().into());
        }
        count += rows.len() as u64;
        if i64::try_from(rows.len()).is_ok_and(|read| read < PAGE) {
            return Ok(count);
        }
    }
}

async fn stamps(connection: &mut SqliteConnection) -> Result<(), Fault> {
    const TEXT: &str =
        "SELECT id, tenant FROM worktrail_stamp WHERE (tenant, id) > (?, ?) ORDER BY tenant, id LIMIT 500";
    let mut after = (Cell::Text(String::new()), Cell::Blob(Vec::new()));
    loop {
        let rows = statement(TEXT, <[Cell; 2]>::from(after)).fetch_all(&mut *connection).await?;
        after = (Cell::Null, Cell::Null);
        for row in &rows {
            let id = present(Columns::from(row, 0).id()?)?;
            let tenant = tenant(row.try_get(1)?)?;
            Fetch::of(&tenant, &[Key::Stamp(CommandId::new(id))]).run(connection, "").await?;
            after = (Cell::from(&tenant), id.into());
        }
        if i64::try_from(rows.len()).is_ok_and(|read| read < PAGE) {
            return Ok(());
        }
    }
}

/// That no head was lost, or stands before what was written under it: revisions would come twice.
async fn heads(connection: &mut SqliteConnection) -> Result<(), Fault> {
    let mut held = "SELECT tenant, position AS at, 0 AS revision FROM worktrail_journal \
        UNION ALL SELECT tenant, coalesce(last_entry, 0), revision FROM worktrail_stamp"
        .to_owned();
    for kind in SCHEMA.kinds() {
        let _ = write!(held, " UNION ALL SELECT tenant, 0, max(revision, children) FROM {}", table(kind));
    }
    let text = format!(
        "SELECT count(*) FROM ({held}) AS held LEFT JOIN worktrail_head AS head USING (tenant) \
         WHERE head.tenant IS NULL OR head.torn = 1 OR held.at > head.position OR held.revision > head.revision"
    );
    let row = statement(text, []).fetch_one(connection).await?;
    if row.try_get::<i64, _>(0)? == 0 {
        Ok(())
    } else {
        Err(Fault::corrupt("a tenant's head was lost, is torn, or stands before what was written under it"))
    }
}

async fn chain(connection: &mut SqliteConnection, tenant: &Tenant) -> Result<u64, Fault> {
    let (mut last, mut hash) = (Position::START, Digest::default());
    loop {
        let page = journal(connection, tenant, JournalRange::Everything, last, Limit::MAX).await?;
        for entry in &page.entries {
            if entry.position() != last.next() || entry.previous() != hash {
                return Err(Fault::corrupt("the journal's chain is broken"));
            }
            last = entry.position();
            hash = entry.hash(tenant);
        }
        if page.entries.len() < Limit::MAX.get() {
            break;
        }
    }
    let Head { position, hash: head, .. } = Fetch::of(tenant, []).with_head().run(connection, "").await?.head;
    if position != last || head != hash {
        return Err(Fault::corrupt("the journal does not end where its head says"));
    }
    Ok(last.number())
}
