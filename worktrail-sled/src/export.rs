//! A copy of the store, taken while it is open.

use std::path::Path;

use worktrail_core::store::StoreError;

use crate::directory::{self, Sight, look};
use crate::engine::{Changes, Engine};
use crate::error::Fault;
use crate::store::SledStore;
use crate::verify::{Verified, verify};

/// How many bytes of keys and values are written to the copy at once.
const AT_ONCE: usize = 1 << 20;

/// A copy that was made, and what was found when it was read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Export {
    /// Records whose digests fit, and which stand in every index where they should.
    pub records: u64,
    /// Journal entries whose chain holds.
    pub entries: u64,
}

impl SledStore {
    /// Copies the store into a directory that is made for it, as of one moment.
    ///
    /// What is there is written key by key into a new database, synced, closed, opened again and read: every digest,
    /// the journal's chain, and every index. Only then is the directory marked as a store. It opens as one; to restore
    /// it, open it and export it to where it shall be. Nothing that was removed or forgotten comes along, so a copy in
    /// place of the original is also how forgotten bytes leave the disk.
    ///
    /// It is a reading, so commits wait meanwhile, and readings that come after a waiting commit.
    ///
    /// # Errors
    /// `Misuse` when something is there; `Corrupt` when the store or the copy does not verify, and then the copy is
    /// removed; `Full`, `ReadOnly`, `Unavailable`, `Closed`.
    pub async fn export(&self, to: impl AsRef<Path> + Send) -> Result<Export, StoreError> {
        let to = std::path::absolute(to.as_ref()).map_err(Fault::from)?;
        let Verified { records, entries } = self.read(move |engine| export(engine, &to)).await?;
        Ok(Export { records, entries })
    }

    /// Reads everything of the store: every digest, the journal's chain, and every index.
    ///
    /// It is a reading, so commits wait meanwhile, and readings that come after a waiting commit.
    ///
    /// # Errors
    /// `Corrupt` when something is not what was written; `Unavailable`, `Closed`.
    pub async fn check(&self) -> Result<(), StoreError> {
        self.read(|engine| verify(engine).map(|_| ())).await
    }
}

fn export(engine: &Engine, to: &Path) -> Result<Verified, Fault> {
    if look(to)? == Sight::Store {
        return Err(Fault::misuse("a store is there"));
    }
    let was_there = to.exists();
    let copied = copy(engine, to);
    if copied.as_ref().is_err_and(|fault| *fault != Fault::already_open()) {
        directory::unmake(to, was_there);
    }
    copied
}

fn copy(engine: &Engine, to: &Path) -> Result<Verified, Fault> {
    let mut copy = engine.beside(directory::make(to)?)?;
    let (mut changes, mut bytes) = (Changes::default(), 0);
    for step in engine.walk_from(&[]) {
        let (key, value) = step?;
        bytes += key.len() + value.len();
        changes.put(key, value)?;
        if bytes > AT_ONCE {
            copy.apply(std::mem::take(&mut changes))?;
            bytes = 0;
        }
    }
    if !changes.is_empty() {
        copy.apply(changes)?;
    }
    copy.make_durable()?;
    copy.reopen()?;
    let verified = verify(&copy)?;
    copy.close_and_finish()?;
    Ok(verified)
}
