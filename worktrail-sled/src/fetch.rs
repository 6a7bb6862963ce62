//! Looking things up.

use std::collections::BTreeMap;

use sled::IVec;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::judge::Needs;
use worktrail_core::store::{
    CommandId, Head, Index, Key, Kind, Order, Place, RecordKey, Stored, StoredRecord, StoredStamp, Subject, Tenant,
    UniqueKey,
};

use crate::engine::Engine;
use crate::error::Fault;
use crate::form;
use crate::key::{KeyBytes, KeyReader};
use crate::long::Long;

/// A record, and as what it stands there. It has no `Debug`: it is what is stored.
#[derive(Clone)]
pub(crate) struct Found {
    pub(crate) stored: StoredRecord,
    pub(crate) long: Long,
}

/// All that a group of one tenant's batches is judged by.
#[derive(Default)]
pub(crate) struct Picture {
    pub(crate) head: Head,
    pub(crate) keys: Vec<(Key, Option<Stored>)>,
    pub(crate) about: Vec<StoredRecord>,
    /// Every record of the picture, as it is before.
    pub(crate) before: BTreeMap<RecordKey, Found>,
}

/// Looks up what the judge needs.
pub(crate) fn picture(engine: &Engine, tenant: &Tenant, needs: Needs) -> Result<Picture, Fault> {
    let mut picture = Picture { head: head(engine, tenant)?, ..Picture::default() };
    picture.keys.reserve_exact(needs.keys.len());
    for key in needs.keys {
        let found = match &key {
            Key::Stamp(id) => stamp(engine, tenant, *id)?.map(Stored::Stamp),
            Key::Record(key) => picture.see(record(engine, tenant, *key)?),
            Key::Unique(unique) => {
                let place = held_at(engine, tenant, unique)?;
                // As a rule it is held by a record that is in the picture anyway.
                let at = |place: IVec| picture.record_at(engine, tenant, unique.index(), &place);
                let found = place.map(at).transpose()?;
                picture.see(found)
            }
        };
        picture.keys.push((key, found));
    }
    for key in needs.subject.map(|subject| about(engine, tenant, subject)).transpose()?.unwrap_or_default() {
        let found = record(engine, tenant, key)?.ok_or_else(misses_a_record)?;
        let seen = picture.see(Some(found)).and_then(Stored::into_record);
        picture.about.extend(seen);
    }
    Ok(picture)
}

impl Picture {
    /// The record that stands at a place of an index, read no more than once.
    fn record_at(&self, engine: &Engine, tenant: &Tenant, index: Index, place: &[u8]) -> Result<Found, Fault> {
        match self.before.get(&key_at(index, place)?) {
            Some(seen) => standing_at(tenant, index, place, seen.clone()),
            None => record_at(engine, tenant, index, place),
        }
    }

    fn see(&mut self, found: Option<Found>) -> Option<Stored> {
        let found = found?;
        self.before.insert(found.stored.record().key(), found.clone());
        Some(Stored::Record(found.stored))
    }
}

/// Answers a `get`.
pub(crate) fn get(engine: &Engine, tenant: &Tenant, key: &Key) -> Result<Option<Stored>, Fault> {
    Ok(match key {
        Key::Record(key) => record(engine, tenant, *key)?.map(|found| Stored::Record(found.stored)),
        Key::Unique(unique) => holder(engine, tenant, unique)?.map(|found| Stored::Record(found.stored)),
        Key::Stamp(id) => stamp(engine, tenant, *id)?.map(Stored::Stamp),
    })
}

pub(crate) fn record(engine: &Engine, tenant: &Tenant, key: RecordKey) -> Result<Option<Found>, Fault> {
    let Some(long) = Long::get(engine, tenant, &KeyBytes::record(tenant, key))? else { return Ok(None) };
    Ok(Some(Found { stored: form::read_record(tenant, key, long.bytes())?, long }))
}

/// The record that stands at a place of an index.
pub(crate) fn record_at(engine: &Engine, tenant: &Tenant, index: Index, place: &[u8]) -> Result<Found, Fault> {
    let found = record(engine, tenant, key_at(index, place)?)?.ok_or_else(misses_a_record)?;
    standing_at(tenant, index, place, found)
}

/// The key of the record that a place of an index names.
fn key_at(index: Index, place: &[u8]) -> Result<RecordKey, Fault> {
    let (_, _, reader) = KeyReader::new(place).ok_or_else(misses_a_record)?;
    Ok(RecordKey::new(index.kind(), reader.last_id().ok_or_else(misses_a_record)?))
}

/// The record, if it does stand there.
fn standing_at(tenant: &Tenant, index: Index, place: &[u8], found: Found) -> Result<Found, Fault> {
    let stands = place_in(tenant, index, &found.stored).is_some_and(|key| key.as_ref() == place);
    if stands { Ok(found) } else { Err(misses_a_record()) }
}

/// The place at which a unique value is held.
fn held_at(engine: &Engine, tenant: &Tenant, unique: &UniqueKey) -> Result<Option<IVec>, Fault> {
    let first = KeyBytes::unique(tenant, unique);
    let end = first.clone().after_all();
    let step = engine.walk(first.as_ref(), end.as_ref(), Order::Ascending).next().transpose()?;
    Ok(step.map(|(place, _)| place))
}

fn holder(engine: &Engine, tenant: &Tenant, unique: &UniqueKey) -> Result<Option<Found>, Fault> {
    let place = held_at(engine, tenant, unique)?;
    place.map(|place| record_at(engine, tenant, unique.index(), &place)).transpose()
}

pub(crate) fn stamp(engine: &Engine, tenant: &Tenant, id: CommandId) -> Result<Option<StoredStamp>, Fault> {
    let bytes = engine.get(KeyBytes::stamp(tenant, id).as_ref())?;
    bytes.map(|bytes| form::read_stamp(tenant, id, &bytes)).transpose()
}

pub(crate) fn head(engine: &Engine, tenant: &Tenant) -> Result<Head, Fault> {
    let bytes = engine.get(KeyBytes::head(tenant).as_ref())?;
    bytes.map_or(Ok(Head::default()), |bytes| form::read_head(&bytes))
}

/// The keys of all records about a person.
fn about(engine: &Engine, tenant: &Tenant, subject: Subject) -> Result<Vec<RecordKey>, Fault> {
    let all = KeyBytes::all_about(tenant, subject);
    let end = all.clone().after_all();
    let read = |key: &[u8]| KeyReader::after(key, &all)?.record(|name| SCHEMA.kind(name));
    let walk = engine.walk(all.as_ref(), end.as_ref(), Order::Ascending);
    walk.map(|step| step.and_then(|(key, _)| read(&key).ok_or_else(misses_a_record))).collect()
}

/// Where a record stands in each index but that over all records.
pub(crate) fn places<'r>(tenant: &Tenant, stored: &'r StoredRecord) -> impl Iterator<Item = (Index, KeyBytes)> + 'r {
    let tenant = tenant.clone();
    let indexes = indexes(stored.record().key().kind());
    indexes.filter_map(move |index| Some((index, place_in(&tenant, index, stored)?)))
}

/// Every index of a kind but that over all records.
pub(crate) fn indexes(kind: Kind) -> impl Iterator<Item = Index> {
    std::iter::once(kind.children()).chain(kind.indexes())
}

/// Where a record stands in an index, if it does.
fn place_in(tenant: &Tenant, index: Index, stored: &StoredRecord) -> Option<KeyBytes> {
    let record = stored.record();
    let place = Place { values: index.values_of(record)?, id: record.key().id() };
    Some(KeyBytes::place(tenant, index, &place))
}

pub(crate) fn misses_a_record() -> Fault {
    Fault::corrupt("an index names a record that does not stand there")
}
