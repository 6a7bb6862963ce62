//! Reading the journal.

use sqlx::sqlite::SqliteConnection;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{
    Capacity, CommandId, Details, Entry, Happening, JournalPage, JournalRange, Limit, Position, RecordKey, Salt,
    Subject, Tenant,
};

use crate::columns::{Cell, Columns, present, statement};
use crate::error::Fault;

const HEAD: &str = "SELECT position, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, \
    NULL \
    FROM worktrail_head WHERE tenant = ?";

// The limits are no bare parameters, for which each statement would be prepared anew.
const EVERYTHING: &str = "SELECT position, previous, command, code, kind, id, subject, actor, at, purpose, role, seal, \
    salt, details, hash FROM worktrail_journal WHERE tenant = ? AND position > ? ORDER BY position LIMIT ? + 0";

const ABOUT: &str = "SELECT position, previous, command, code, kind, id, subject, actor, at, purpose, role, seal, \
    salt, details, hash FROM worktrail_journal INDEXED BY worktrail_journal_subject \
    WHERE tenant = ? AND subject = ? AND position > ? ORDER BY position LIMIT ? + 0";

/// A page of the journal, with the position of the head, as of one moment.
pub(crate) async fn journal(
    connection: &mut SqliteConnection,
    tenant: &Tenant,
    range: JournalRange,
    after: Position,
    limit: Limit,
) -> Result<JournalPage, Fault> {
    let mut cells: Vec<Cell> = vec![tenant.into(), tenant.into()];
    let entries = match range {
        JournalRange::Everything => EVERYTHING,
        JournalRange::About(subject) => {
            cells.push(subject.id().into());
            ABOUT
        }
    };
    cells.extend([after.number().into(), Cell::from(limit.get() as u64)]);
    let text = format!("{HEAD} UNION ALL SELECT * FROM ({entries})");
    let rows = statement(text, cells).fetch_all(connection).await?;
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
pub(crate) async fn head(connection: &mut SqliteConnection, tenant: &Tenant) -> Result<Position, Fault> {
    const TEXT: &str = "SELECT position FROM worktrail_head WHERE tenant = ?";
    let row = statement(TEXT.to_owned(), vec![tenant.into()]).fetch_optional(connection).await?;
    match row {
        Some(row) => Ok(Position::new(present(Columns::from(&row, 0).number()?)?)),
        None => Ok(Position::START),
    }
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
    let command = columns.id()?.map(CommandId::new);
    let code = present(columns.text()?)?;
    let kind = present(columns.text()?)?;
    let kind = SCHEMA.kind(&kind).ok_or_else(|| Fault::corrupt("an entry about a kind that is not of the schema"))?;
    let about = RecordKey::new(kind, present(columns.id()?)?);
    let subject = columns.id()?.map(Subject::new);
    let actor = present(columns.id()?)?;
    let at = present(columns.instant()?)?;
    let (purpose, role) = (columns.text()?, columns.text()?);
    let seal = columns.digest()?;
    let salt = columns.blob()?;
    let details = columns.blob()?;
    let hash = present(columns.blob()?)?;
    let mut happening = Happening::new(code, about, actor, at).of(subject).acting(capacity(purpose, role)?);
    if let Some((salt, details)) = salt.zip(details) {
        let salt = salt.try_into().map_err(|_| Fault::corrupt("a salt is not 16 bytes long"))?;
        happening = happening.with(Details::new(Salt::new(salt), details));
    }
    Ok(Entry::read(tenant, position, previous, command, seal, happening, hash)?)
}
