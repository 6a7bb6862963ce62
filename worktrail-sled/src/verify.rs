//! Reading everything of a database again: digests, chain, heads, indexes.

use worktrail_core::record::SCHEMA;
use worktrail_core::store::{CommandId, Digest, Entry, Head, Position, Revision, StoredRecord, Tenant};

use crate::engine::Engine;
use crate::error::Fault;
use crate::form;
use crate::key::{KeyBytes, KeyReader, Space, is_of_the_whole};
use crate::long::Long;
use crate::save::standing;

/// What was read and found whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Verified {
    pub(crate) records: u64,
    pub(crate) entries: u64,
}

/// Reads every record, stamp and entry against its digest, the journal's chain up to its head, and that each index
/// names each record that stands in it and no other.
pub(crate) fn verify(engine: &Engine) -> Result<Verified, Fault> {
    let mut verified = Verified::default();
    let mut current: Option<Check<'_>> = None;
    for step in engine.walk_from(&[]) {
        let (key, value) = step?;
        if is_of_the_whole(&key) {
            continue;
        }
        let (tenant, space, reader) = KeyReader::new(&key).ok_or_else(strange)?;
        if current.as_ref().is_none_or(|check| check.tenant != tenant) {
            current.replace(Check::of(engine, tenant)).map_or(Ok(()), |check| check.finish(&mut verified))?;
        }
        if let Some(check) = &mut current {
            check.see(space, reader, &value)?;
        }
    }
    current.map_or(Ok(()), |check| check.finish(&mut verified))?;
    Ok(verified)
}

/// What was seen of a tenant so far.
struct Check<'e> {
    engine: &'e Engine,
    tenant: Tenant,
    /// None when it was lost.
    head: Option<Head>,
    last: Position,
    hash: Digest,
    latest: Revision,
    records: u64,
    /// Keys that point at records and entries, and how many the records and entries ask for.
    pointing: u64,
    asked_for: u64,
    /// Pieces of long values, and how many these say that they have.
    pieces: u64,
    pieces_said: u64,
}

impl<'e> Check<'e> {
    fn of(engine: &'e Engine, tenant: Tenant) -> Self {
        Self {
            engine,
            tenant,
            head: None,
            last: Position::START,
            hash: Digest::default(),
            latest: Revision::default(),
            records: 0,
            pointing: 0,
            asked_for: 0,
            pieces: 0,
            pieces_said: 0,
        }
    }

    fn see(&mut self, space: Space, reader: KeyReader<'_>, value: &sled::IVec) -> Result<(), Fault> {
        match space {
            Space::Head => self.head = Some(form::read_head(value)?),
            Space::Index | Space::About | Space::Mentions => self.pointing += 1,
            Space::More => self.pieces += 1,
            Space::Record => self.record(reader, value)?,
            Space::Journal => self.entry(reader, value)?,
            Space::Stamp => self.stamp(reader, value)?,
        }
        Ok(())
    }

    fn record(&mut self, mut reader: KeyReader<'_>, value: &sled::IVec) -> Result<(), Fault> {
        let key = reader.record(|name| SCHEMA.kind(name)).ok_or_else(strange)?;
        let long = self.long(&KeyBytes::record(&self.tenant, key), value)?;
        let stored = form::read_record(&self.tenant, key, long.bytes())?;
        self.records += 1;
        self.latest = self.latest.max(latest(&stored));
        let tenant = self.tenant.clone();
        standing(&tenant, &stored).try_for_each(|key| self.ask_for(&key))
    }

    fn entry(&mut self, mut reader: KeyReader<'_>, value: &sled::IVec) -> Result<(), Fault> {
        let position = reader.number().map(Position::new).ok_or_else(strange)?;
        let long = self.long(&KeyBytes::entry(&self.tenant, position), value)?;
        let entry: Entry = form::read_entry(&self.tenant, position, long.bytes())?;
        if position != self.last.next() || entry.previous() != self.hash {
            return Err(Fault::corrupt("the journal's chain is broken"));
        }
        (self.last, self.hash) = (position, entry.hash(&self.tenant));
        let mention = entry.subject().map(|subject| KeyBytes::mention(&self.tenant, subject, position));
        mention.map_or(Ok(()), |key| self.ask_for(&key))
    }

    fn stamp(&mut self, mut reader: KeyReader<'_>, value: &sled::IVec) -> Result<(), Fault> {
        let id = reader.id().map(CommandId::new).ok_or_else(strange)?;
        let stamp = form::read_stamp(&self.tenant, id, value)?;
        self.latest = self.latest.max(stamp.receipt().revision());
        Ok(())
    }

    fn long(&mut self, key: &KeyBytes, first: &sled::IVec) -> Result<Long, Fault> {
        let long = Long::read(self.engine, &self.tenant, key, first.clone())?;
        self.pieces_said += long.pieces.number();
        Ok(long)
    }

    fn ask_for(&mut self, key: &KeyBytes) -> Result<(), Fault> {
        self.asked_for += 1;
        match self.engine.get(key.as_ref())? {
            Some(_) => Ok(()),
            None => Err(Fault::corrupt("a record or an entry is missing from an index")),
        }
    }

    fn finish(self, verified: &mut Verified) -> Result<(), Fault> {
        let head = self.head.ok_or_else(|| Fault::corrupt("a tenant's head was lost"))?;
        if (head.position, head.hash) != (self.last, self.hash) || head.revision < self.latest {
            return Err(Fault::corrupt("a tenant's head is not that of its history"));
        }
        if self.pointing != self.asked_for || self.pieces != self.pieces_said {
            return Err(Fault::corrupt("something stands in an index, or is a piece, that nothing asks for"));
        }
        verified.records += self.records;
        verified.entries += self.last.number();
        Ok(())
    }
}

fn latest(stored: &StoredRecord) -> Revision {
    stored.revision().max(stored.children())
}

fn strange() -> Fault {
    Fault::corrupt("a key is not in the form in which it was written")
}
