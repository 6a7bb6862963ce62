//! Reading the journal.

use worktrail_core::store::{Entry, JournalPage, JournalRange, Limit, Order, Position, Tenant};

use crate::engine::Engine;
use crate::error::Fault;
use crate::fetch;
use crate::form;
use crate::key::{KeyBytes, KeyReader, Space};
use crate::long::{Long, Pieces};

/// The entries of a range after a position.
pub(crate) fn journal(
    engine: &Engine,
    tenant: &Tenant,
    range: JournalRange,
    after: Position,
    limit: Limit,
) -> Result<JournalPage, Fault> {
    let head = fetch::head(engine, tenant)?.position;
    let entries = match range {
        JournalRange::Everything => everything(engine, tenant, after, head, limit)?,
        JournalRange::About(subject) => {
            let first = KeyBytes::mention(tenant, subject, after.next());
            let end = KeyBytes::mention(tenant, subject, head).next();
            let walk = engine.walk(first.as_ref(), end.as_ref(), Order::Ascending).take(limit.get());
            let read = |place: &[u8]| Ok(entry(engine, tenant, mentioned(place)?)?.0);
            walk.map(|step| read(&step?.0)).collect::<Result<_, Fault>>()?
        }
    };
    Ok(JournalPage { entries, head })
}

/// Every entry after a position. One that is missing is damage.
fn everything(
    engine: &Engine,
    tenant: &Tenant,
    after: Position,
    head: Position,
    limit: Limit,
) -> Result<Vec<Entry>, Fault> {
    let first = KeyBytes::entry(tenant, after.next());
    let end = KeyBytes::all(tenant, Space::Journal).after_all();
    let wanted = head.number().saturating_sub(after.number()).min(limit.get() as u64);
    let mut entries = Vec::new();
    for step in engine.walk(first.as_ref(), end.as_ref(), Order::Ascending).take(limit.get()) {
        let (key, value) = step?;
        let position = KeyReader::new(&key).and_then(|(_, _, mut reader)| reader.number()).map(Position::new);
        let position = position.ok_or_else(has_a_gap)?;
        if position != entries.last().map_or(after, Entry::position).next() {
            return Err(has_a_gap());
        }
        let key = KeyBytes::entry(tenant, position);
        entries.push(form::read_entry(tenant, position, Long::read(engine, tenant, &key, value)?.bytes())?);
    }
    if entries.len() as u64 == wanted { Ok(entries) } else { Err(has_a_gap()) }
}

/// The entry at a position, and in how many pieces it stands.
pub(crate) fn entry(engine: &Engine, tenant: &Tenant, position: Position) -> Result<(Entry, Pieces), Fault> {
    let found = Long::get(engine, tenant, &KeyBytes::entry(tenant, position))?.ok_or_else(has_a_gap)?;
    Ok((form::read_entry(tenant, position, found.bytes())?, found.pieces))
}

/// The position that the key of a mention ends with.
pub(crate) fn mentioned(key: &[u8]) -> Result<Position, Fault> {
    let number = key.last_chunk().copied().map(u64::from_be_bytes);
    number.map(Position::new).ok_or_else(has_a_gap)
}

fn has_a_gap() -> Fault {
    Fault::corrupt("the journal has a gap, or does not end where its head says")
}
