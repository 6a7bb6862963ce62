//! What the judge accepted, as changes of keys.

use std::collections::{BTreeMap, BTreeSet};

use worktrail_core::store::judge::Effect;
use worktrail_core::store::{Order, Place, Position, Record, RecordKey, StoredRecord, Subject, Tenant};

use crate::engine::{Changes, Engine};
use crate::error::Fault;
use crate::fetch::{self, Found, places};
use crate::form;
use crate::journal;
use crate::key::KeyBytes;
use crate::long::{Long, Pieces};

/// Adds what an effect changes. `before` holds every record that it saves or removes, as it is now.
pub(crate) fn save(
    engine: &Engine,
    tenant: &Tenant,
    effect: Effect,
    before: &BTreeMap<RecordKey, Found>,
    changes: &mut Changes,
) -> Result<(), Fault> {
    // One that is saved again need not leave first: its id is in all its keys, so none is in another's way.
    for key in effect.removed.iter().filter(|key| !effect.saved.contains_key(key)) {
        before.get(key).into_iter().for_each(|found| remove(tenant, found, changes));
    }
    for (key, stored) in &effect.saved {
        put(tenant, stored, before.get(key), changes)?;
    }
    for (key, children) in effect.bumped {
        let place = KeyBytes::record(tenant, key);
        let long = match before.get(&key) {
            Some(found) => Some(found.long.clone()),
            // The parent of a forgotten record.
            None => Long::get(engine, tenant, &place)?,
        };
        if let Some(long) = long {
            Long::put(changes, tenant, &place, &form::bumped(&long, children)?, long.pieces)?;
        }
    }
    if let Some(subject) = effect.forgotten {
        forget(engine, tenant, subject, changes)?;
    }
    for entry in &effect.entries {
        let key = KeyBytes::entry(tenant, entry.position());
        Long::put(changes, tenant, &key, &form::write_entry(tenant, entry), Pieces::default())?;
        if let Some(subject) = entry.subject() {
            changes.put(KeyBytes::mention(tenant, subject, entry.position()), [])?;
        }
    }
    for stamp in &effect.stamps {
        changes.put(KeyBytes::stamp(tenant, stamp.id()), form::write_stamp(tenant, stamp))?;
    }
    if let Some(head) = &effect.head {
        changes.put(KeyBytes::head(tenant), form::write_head(head))?;
    }
    Ok(())
}

/// Saves a record in place of another. Where it stays in an index, nothing is written.
pub(crate) fn put(
    tenant: &Tenant,
    stored: &StoredRecord,
    before: Option<&Found>,
    changes: &mut Changes,
) -> Result<(), Fault> {
    let (record, record_before) = (stored.record(), before.map(|it| it.stored.record()));
    let id = record.key().id();
    // Values are compared before keys are made of them: most are as they were.
    for index in fetch::indexes(record.key().kind()) {
        let (was, is) = (record_before.and_then(|before| index.values_of(before)), index.values_of(record));
        if was != is {
            let place = |values| KeyBytes::place(tenant, index, &Place { values, id });
            was.map(place).into_iter().for_each(|place| changes.remove(place));
            is.map(place).map_or(Ok(()), |place| changes.put(place, []))?;
        }
    }
    let (was, is) = (record_before.and_then(Record::subject), record.subject());
    if was != is {
        let about = |subject| KeyBytes::about(tenant, subject, record.key());
        was.map(about).into_iter().for_each(|key| changes.remove(key));
        is.map(about).map_or(Ok(()), |key| changes.put(key, []))?;
    }
    let pieces = before.map(|it| it.long.pieces).unwrap_or_default();
    let key = KeyBytes::record(tenant, record.key());
    Long::put(changes, tenant, &key, &form::write_record(tenant, stored), pieces)
}

fn remove(tenant: &Tenant, found: &Found, changes: &mut Changes) {
    for place in standing(tenant, &found.stored) {
        changes.remove(place);
    }
    let key = KeyBytes::record(tenant, found.stored.record().key());
    Long::remove(changes, tenant, &key, found.long.pieces);
}

/// Every key that stands for a record beside its own.
pub(crate) fn standing<'r>(tenant: &'r Tenant, stored: &'r StoredRecord) -> impl Iterator<Item = KeyBytes> + 'r {
    let record = stored.record();
    let about = record.subject().map(|subject| KeyBytes::about(tenant, subject, record.key()));
    places(tenant, stored).map(|(_, key)| key).chain(about)
}

/// Takes what is personal of `subject` out of entries and the stamps of their commands.
fn forget(engine: &Engine, tenant: &Tenant, subject: Subject, changes: &mut Changes) -> Result<(), Fault> {
    let first = KeyBytes::mention(tenant, subject, Position::START);
    let end = KeyBytes::mention(tenant, subject, Position::new(u64::MAX)).next();
    let mut commands = BTreeSet::new();
    for step in engine.walk(first.as_ref(), end.as_ref(), Order::Ascending) {
        let position = journal::mentioned(&step?.0)?;
        let (entry, pieces) = journal::entry(engine, tenant, position)?;
        commands.extend(entry.command());
        if entry.details().is_some() {
            let key = KeyBytes::entry(tenant, position);
            Long::put(changes, tenant, &key, &form::write_entry(tenant, &entry.forgotten()), pieces)?;
        }
    }
    for command in commands {
        let stamp = fetch::stamp(engine, tenant, command)?;
        if let Some(stamp) = stamp.filter(|stamp| stamp.fingerprint().is_some()) {
            changes.put(KeyBytes::stamp(tenant, command), form::write_stamp(tenant, &stamp.forgotten()))?;
        }
    }
    Ok(())
}
