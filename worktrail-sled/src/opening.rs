//! Opening a store, making one, and bringing an older one up to this version.

use worktrail_core::record::{SCHEMA, reproject};
use worktrail_core::store::{Digest, DigestWriter, FieldType, Kind, RecordKey, StoredRecord, Tenant, Uniqueness};

use crate::bytes::{Reader, Writer};
use crate::directory::{self, Sight, look};
use crate::engine::{Changes, Engine};
use crate::error::Fault;
use crate::fetch::{self, Found};
use crate::form;
use crate::key::{KeyBytes, KeyReader, SELF, Space, is_of_the_whole};
use crate::long::Long;
use crate::options::SledOptions;
use crate::pulse::Pulse;
use crate::save;

/// What a database says of itself, before the digest of the schema that it is indexed by.
const SELF_FORM: u8 = 1;
/// How many keys are changed at once.
const PAGE: usize = 500;

/// Opens a store that is there, and up to date.
pub(crate) fn open(options: &SledOptions, pulse: Pulse) -> Result<Engine, Fault> {
    let engine = open_any(options, pulse)?;
    match read_self(&engine)? {
        Some(schema) if schema == schema_digest() => Ok(engine),
        _ => Err(Fault::outdated("the store's indexes were made by another version: `open_or_create` makes them anew")),
    }
}

/// Opens a store, which is made when there is none and brought up to date when it is not.
pub(crate) fn open_or_create(options: &SledOptions, pulse: Pulse) -> Result<Engine, Fault> {
    let sight = look(options.path())?;
    if sight == Sight::Store {
        let engine = open_any(options, pulse)?;
        if read_self(&engine)? != Some(schema_digest()) {
            index_anew(&engine)?;
        }
        return Ok(engine);
    }
    let was_there = options.path().exists();
    let made = create(options, pulse);
    if made.as_ref().is_err_and(|fault| *fault != Fault::already_open()) {
        directory::unmake(options.path(), was_there);
    }
    made
}

/// Makes a store that is wholly on the disk before it is one.
fn create(options: &SledOptions, pulse: Pulse) -> Result<Engine, Fault> {
    let directory = directory::make(options.path())?;
    let mut engine = Engine::open(directory, options.cache_bytes(), options.syncing(), pulse)?;
    write_self(&engine, Some(schema_digest()))?;
    engine.finish()?;
    Ok(engine)
}

fn open_any(options: &SledOptions, pulse: Pulse) -> Result<Engine, Fault> {
    match look(options.path())? {
        Sight::Nothing => return Err(Fault::unavailable("there is no store: `open_or_create` makes one")),
        Sight::Unfinished => {
            return Err(Fault::unavailable("the store was not wholly made: `open_or_create` makes it anew"));
        }
        Sight::Store => {}
    }
    let directory = directory::take(options.path())?;
    Engine::open(directory, options.cache_bytes(), options.syncing(), pulse)
}

/// The schema that the database is indexed by; none while that is being changed.
fn read_self(engine: &Engine) -> Result<Option<Digest>, Fault> {
    // sled opens an empty database where it finds its log unreadable.
    let lost = || Fault::corrupt("sled has lost what the store says of itself");
    let bytes = engine.get(SELF)?.ok_or_else(lost)?;
    let mut reader = Reader::new(&bytes, SELF_FORM).ok_or_else(lost)?;
    let schema = reader.optional(Reader::digest).ok_or_else(lost)?;
    reader.finish(schema).ok_or_else(lost)
}

fn write_self(engine: &Engine, schema: Option<Digest>) -> Result<(), Fault> {
    let mut changes = Changes::default();
    let form = Writer::new(SELF_FORM).optional(schema, |writer, schema| writer.raw(schema.as_bytes()));
    changes.put(SELF, form.finish())?;
    engine.apply(changes)?;
    engine.make_durable()
}

/// A digest of all that keys and fields depend on: kinds, parents, fields, how these follow from the bodies, and indexes.
pub(crate) fn schema_digest() -> Digest {
    digest_of(SCHEMA.kinds())
}

fn digest_of(kinds: impl Iterator<Item = Kind>) -> Digest {
    let mut writer = DigestWriter::new("worktrail-sled schema 2");
    for kind in kinds {
        let parent = kind.parent();
        writer = writer.bytes(kind.name().as_bytes()).optional(parent.map(|it| it.name().as_bytes()));
        writer = writer.number(kind.projection().into());
        for field in kind.fields() {
            writer = writer.number(1).bytes(field.name().as_bytes()).number(match field.field_type() {
                FieldType::Text => 1,
                FieldType::Integer => 2,
                FieldType::Day => 3,
                FieldType::Instant => 4,
                FieldType::Id => 5,
            });
        }
        for index in kind.indexes() {
            writer = writer.number(2).bytes(index.name().as_bytes()).number(match index.uniqueness() {
                Uniqueness::Unique => 1,
                Uniqueness::Shared => 2,
            });
            if let worktrail_core::store::Path::Declared(schema) = index.path() {
                writer = schema.fields().iter().fold(writer, |writer, field| writer.bytes(field.as_bytes()));
            }
        }
    }
    writer.finish()
}

/// Makes the fields of every record anew from its body, and every index from the fields. When it is cut short, the
/// store is not opened until it was done again.
fn index_anew(engine: &Engine) -> Result<(), Fault> {
    write_self(engine, None)?;
    let mut next = Vec::new();
    loop {
        let (mut changes, mut seen) = (Changes::default(), 0);
        for step in engine.walk_from(&next).take(PAGE) {
            let (key, value) = step?;
            seen += 1;
            next = [&key[..], &[0]].concat();
            if is_of_the_whole(&key) {
                continue;
            }
            match KeyReader::new(&key).ok_or_else(not_ours)? {
                (tenant, Space::Record, reader) => anew(engine, &tenant, reader, value, &mut changes)?,
                (tenant, Space::Index | Space::About, reader) if !still_stands(engine, &tenant, reader, &key)? => {
                    changes.remove(&key);
                }
                _ => {}
            }
        }
        if !changes.is_empty() {
            engine.apply(changes)?;
        }
        if seen < PAGE {
            break;
        }
    }
    write_self(engine, Some(schema_digest()))
}

fn anew(
    engine: &Engine,
    tenant: &Tenant,
    mut reader: KeyReader<'_>,
    value: sled::IVec,
    changes: &mut Changes,
) -> Result<(), Fault> {
    let unknown = || Fault::outdated("the store holds a kind of record that this version does not know");
    let key = reader.record(|name| SCHEMA.kind(name)).ok_or_else(unknown)?;
    let long = Long::read(engine, tenant, &KeyBytes::record(tenant, key), value)?;
    let stored = form::read_record(tenant, key, long.bytes())?;
    let record = reproject(stored.record())?;
    let anew = StoredRecord::new(record, stored.revision(), stored.children());
    for place in save::standing(tenant, &anew) {
        changes.put(place, [])?;
    }
    save::put(tenant, &anew, Some(&Found { stored, long }), changes)
}

/// Whether a row names a record that, made anew, stands there.
fn still_stands(engine: &Engine, tenant: &Tenant, mut reader: KeyReader<'_>, row: &[u8]) -> Result<bool, Fault> {
    let id = reader.last_id();
    // Rows of records by subject name the kind after the subject, rows of indexes begin with it.
    let about = KeyReader::new(row).is_some_and(|(_, space, _)| space == Space::About);
    if about && reader.id().is_none() {
        return Ok(false);
    }
    let kind = reader.name().and_then(|name| SCHEMA.kind(name));
    let Some((kind, id)) = kind.zip(id) else { return Ok(false) };
    let Some(found) = fetch::record(engine, tenant, RecordKey::new(kind, id))? else { return Ok(false) };
    let anew = StoredRecord::new(reproject(found.stored.record())?, found.stored.revision(), found.stored.children());
    Ok(save::standing(tenant, &anew).any(|key| key.as_ref() == row))
}

fn not_ours() -> Fault {
    Fault::corrupt("a key is not in the form in which it was written")
}

#[cfg(test)]
mod tests;
