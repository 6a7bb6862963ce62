//! Reading the journal.

use sqlx::postgres::PgConnection;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{
    Capacity, CommandId, Details, Entry, Happening, JournalPage, JournalRange, Limit, Position, RecordKey, Salt,
    Subject, Tenant,
};

use crate::columns::{Columns, present};
use crate::error::Fault;
use crate::home::{Home, Statement};
use crate::time::Instant;

const COLUMNS: &str = "position, previous, command, code, kind, id, subject, actor, at, purpose, role, seal, salt, \
    details, hash";
const NOTHING: &str = "NULL::bytea, NULL::uuid, NULL::text, NULL::text, NULL::uuid, NULL::uuid, NULL::uuid, \
    NULL::timestamptz, NULL::text, NULL::text, NULL::bytea, NULL::bytea, NULL::bytea, NULL::bytea";

/// A page of the journal, with the position of the head, as of one moment.
pub(crate) async fn journal(
    home: &Home,
    connection: &mut PgConnection,
    tenant: &Tenant,
    range: JournalRange,
    after: Position,
    limit: Limit,
) -> Result<JournalPage, Fault> {
    let rows = statement(home, tenant, range, after, limit).fetch_all(home, connection).await?;
    let mut page = JournalPage { entries: Vec::with_capacity(rows.len()), head: Position::START };
    for row in &rows {
        let mut columns = Columns::from(row, 0);
        let position = Position::new(present(columns.number()?)?);
        match columns.digest()? {
            None => page.head = position,
            Some(previous) => page.entries.push(entry(tenant, position, previous, columns)?),
        }
    }
    page.entries.sort_by_key(Entry::position);
    if range == JournalRange::Everything {
        without_gaps(&page, after, limit)?;
    }
    Ok(page)
}

/// Where the journal is.
pub(crate) async fn head(home: &Home, connection: &mut PgConnection, tenant: &Tenant) -> Result<Position, Fault> {
    let mut statement = Statement::default();
    let tenant = statement.bind(tenant);
    statement.push(format!("SELECT position FROM {} WHERE tenant = {tenant}", home.named("worktrail_head")));
    match statement.fetch_all(home, connection).await?.first() {
        Some(row) => Ok(Position::new(present(Columns::from(row, 0).number()?)?)),
        None => Ok(Position::START),
    }
}

pub(crate) fn statement(home: &Home, tenant: &Tenant, range: JournalRange, after: Position, limit: Limit) -> Statement {
    let [head, journal] = ["worktrail_head", "worktrail_journal"].map(|table| home.named(table));
    let mut statement = Statement::default();
    let tenant = statement.bind(tenant);
    let about = match range {
        JournalRange::Everything => String::new(),
        JournalRange::About(subject) => format!(" AND subject = {}", statement.bind(subject.id())),
    };
    let (after, limit) = (statement.bind(after.number()), statement.bind(limit.get() as u64));
    statement.push(format!(
        "SELECT position, {NOTHING} FROM {head} WHERE tenant = {tenant} UNION ALL \
         (SELECT {COLUMNS} FROM {journal} WHERE tenant = {tenant}{about} AND position > {after} \
         ORDER BY position LIMIT {limit})"
    ));
    statement
}

/// That a page of the whole journal leaves out no position, up to the head where it is the last one.
fn without_gaps(page: &JournalPage, after: Position, limit: Limit) -> Result<(), Fault> {
    let mut last = after;
    for entry in &page.entries {
        last = last.next();
        if entry.position() != last {
            return Err(Fault::corrupt("the journal has a gap"));
        }
    }
    let ends = page.entries.len() < limit.get();
    if ends && last < page.head || !page.entries.is_empty() && last > page.head {
        return Err(Fault::corrupt("the journal does not end where its head says"));
    }
    Ok(())
}

fn capacity(purpose: Option<String>, role: Option<String>) -> Result<Option<Capacity>, Fault> {
    match (purpose.map(Capacity::new), role) {
        (Some(capacity), Some(role)) => Ok(Some(capacity.in_role(role))),
        (capacity, None) => Ok(capacity),
        (None, Some(_)) => Err(Fault::corrupt("a role without a purpose")),
    }
}

fn entry(
    tenant: &Tenant,
    position: Position,
    previous: worktrail_core::store::Digest,
    mut columns: Columns<'_>,
) -> Result<Entry, Fault> {
    let command = columns.take()?.map(CommandId::new);
    let code: String = present(columns.take()?)?;
    let kind: String = present(columns.take()?)?;
    let kind = SCHEMA.kind(&kind).ok_or_else(|| Fault::corrupt("an entry about a kind that is not of the schema"))?;
    let about = RecordKey::new(kind, present(columns.take()?)?);
    let subject = columns.take()?.map(Subject::new);
    let actor = present(columns.take()?)?;
    let Instant(at) = present(columns.take()?)?;
    let (purpose, role) = (columns.take()?, columns.take()?);
    let seal = columns.digest()?;
    let salt = columns.take::<&[u8]>()?;
    let details = columns.take::<&[u8]>()?;
    let hash = present(columns.take::<&[u8]>()?)?;
    let mut happening = Happening::new(code, about, actor, at).of(subject).acting(capacity(purpose, role)?);
    if let Some((salt, details)) = salt.zip(details) {
        let salt = salt.try_into().map_err(|_| Fault::corrupt("a salt is not 16 bytes long"))?;
        happening = happening.with(Details::new(Salt::new(salt), details));
    }
    Ok(Entry::read(tenant, position, previous, command, seal, happening, hash)?)
}
