//! Verifying: the journal's chain, every record's digest, and every field against its body. Stamps are checked when they
//! are read, and cannot be listed.

use super::Desk;
use crate::record::{SCHEMA, reproject};
use crate::store::{Digest, Entry, IndexRange, JournalRange, Kind, Limit, PageRequest, Position, StoreError};

/// What was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verified {
    /// How many records were read, each against its digest and its body.
    pub records: u64,
    /// How many journal entries were read, each against the one before.
    pub entries: u64,
    /// The hash of the last entry: the same hash later means the same history up to there. Keep it elsewhere.
    pub hash: Digest,
}

impl Desk<'_> {
    /// Walks the tenant's journal from its first entry and every record it has.
    ///
    /// Each entry must follow the one before and carry its hash; each record must fit its digest (the store checks
    /// that on reading) and its typed fields must be those that its body gives. It shows nothing personal.
    ///
    /// # Errors
    /// `Corrupt` at the first thing that does not fit; what the engine adds.
    pub async fn verify(&self) -> Result<Verified, StoreError> {
        let (entries, hash) = self.verify_journal().await?;
        let mut records = 0;
        for kind in SCHEMA.kinds() {
            records += self.verify_kind(kind).await?;
        }
        Ok(Verified { records, entries, hash })
    }

    async fn verify_journal(&self) -> Result<(u64, Digest), StoreError> {
        let (mut position, mut hash) = (Position::START, Digest::default());
        loop {
            let page = self.store.journal(&self.tenant, JournalRange::Everything, position, Limit::MAX).await?;
            if page.entries.is_empty() {
                return if page.head == position {
                    Ok((position.number(), hash))
                } else {
                    Err(StoreError::corrupt("the journal ends before its head"))
                };
            }
            for entry in page.entries {
                (position, hash) = self.verify_entry(&entry, position, hash)?;
            }
        }
    }

    fn verify_entry(&self, entry: &Entry, last: Position, hash: Digest) -> Result<(Position, Digest), StoreError> {
        if entry.position() != last.next() {
            return Err(StoreError::corrupt("the journal has a gap"));
        }
        if entry.previous() != hash {
            return Err(StoreError::corrupt("a journal entry does not carry the hash of the one before"));
        }
        Ok((entry.position(), entry.hash(&self.tenant)))
    }

    async fn verify_kind(&self, kind: Kind) -> Result<u64, StoreError> {
        let range = IndexRange::all(kind);
        let mut request = PageRequest::first(Limit::MAX);
        let mut records = 0;
        loop {
            let page = self.store.scan(&self.tenant, &range, &request).await?;
            for stored in &page.records {
                if reproject(stored.record())? != *stored.record() {
                    return Err(StoreError::corrupt("a record's fields are not those that its body gives"));
                }
                records += 1;
            }
            match page.next {
                Some(cursor) => request = PageRequest::after(Limit::MAX, cursor),
                None => return Ok(records),
            }
        }
    }
}
