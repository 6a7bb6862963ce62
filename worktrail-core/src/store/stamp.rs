//! Command stamps: a command that is sent twice is done once.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::StoreError;
use super::digest::{Digest, DigestWriter};
use super::journal::Position;
use super::key::CommandId;
use super::record::Revision;
use super::tenant::Tenant;

/// The mark that an accepted command leaves, in the same commit as its effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    id: CommandId,
    fingerprint: Digest,
    reply: Arc<[u8]>,
    at: DateTime<Utc>,
}

impl Stamp {
    /// The longest reply, in bytes: it holds ids and codes only.
    pub const MAX_REPLY: usize = 4_096;

    /// A stamp: the command's id, a digest of all that it says, its reply (ids and codes only), and when.
    #[must_use]
    pub fn new(id: CommandId, fingerprint: Digest, reply: impl Into<Arc<[u8]>>, at: DateTime<Utc>) -> Self {
        Self { id, fingerprint, reply: reply.into(), at }
    }

    /// The command.
    #[must_use]
    pub const fn id(&self) -> CommandId {
        self.id
    }

    /// The digest of all that the command says.
    #[must_use]
    pub const fn fingerprint(&self) -> Digest {
        self.fingerprint
    }

    /// The reply that was given.
    #[must_use]
    pub const fn reply(&self) -> &Arc<[u8]> {
        &self.reply
    }

    /// When the command was accepted.
    #[must_use]
    pub const fn at(&self) -> DateTime<Utc> {
        self.at
    }
}

/// A stamp as a store gives it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredStamp {
    id: CommandId,
    fingerprint: Option<Digest>,
    receipt: Receipt,
    at: DateTime<Utc>,
}

impl StoredStamp {
    /// A stamp that was just written.
    #[must_use]
    pub fn new(stamp: &Stamp, receipt: Receipt) -> Self {
        Self { id: stamp.id, fingerprint: Some(stamp.fingerprint), receipt: receipt.replayed(), at: stamp.at }
    }

    /// A stamp read back from an engine, checked against the digest that lies beside it.
    ///
    /// # Errors
    /// `Corrupt` when the digest does not fit.
    pub fn read(
        tenant: &Tenant,
        id: CommandId,
        fingerprint: Option<Digest>,
        receipt: Receipt,
        at: DateTime<Utc>,
        digest: &[u8],
    ) -> Result<Self, StoreError> {
        let stored = Self { id, fingerprint, receipt: receipt.replayed(), at };
        if stored.digest(tenant).as_bytes() == digest {
            Ok(stored)
        } else {
            Err(StoreError::corrupt("a stamp does not fit its digest"))
        }
    }

    /// The command.
    #[must_use]
    pub const fn id(&self) -> CommandId {
        self.id
    }

    /// The digest of all that the command said; gone when a person that it was about was forgotten.
    #[must_use]
    pub const fn fingerprint(&self) -> Option<Digest> {
        self.fingerprint
    }

    /// What the command was answered, marked as a repetition.
    #[must_use]
    pub const fn receipt(&self) -> &Receipt {
        &self.receipt
    }

    /// When the command was accepted.
    #[must_use]
    pub const fn at(&self) -> DateTime<Utc> {
        self.at
    }

    /// The same stamp without its fingerprint.
    #[must_use]
    pub const fn forgotten(mut self) -> Self {
        self.fingerprint = None;
        self
    }

    /// The digest over the stamp but for its fingerprint, which forgetting may take.
    #[must_use]
    pub fn digest(&self, tenant: &Tenant) -> Digest {
        let entries = self.receipt.entries;
        DigestWriter::new("worktrail stamp 1")
            .bytes(tenant.as_str().as_bytes())
            .bytes(self.id.id().as_bytes())
            .bytes(&self.at.timestamp_micros().to_be_bytes())
            .number(self.receipt.revision.number())
            .number(entries.map_or(0, |entries| entries.first.number()))
            .number(entries.map_or(0, |entries| entries.last.number()))
            .bytes(&self.receipt.reply)
            .finish()
    }

    /// The answer to a command of this stamp's id.
    ///
    /// # Errors
    /// `CommandReused` when the command says something else, or when what it said was forgotten since.
    pub fn answer(&self, fingerprint: Digest) -> Result<Receipt, StoreError> {
        if self.fingerprint == Some(fingerprint) {
            Ok(self.receipt.clone())
        } else {
            Err(StoreError::new(
                super::StoreErrorKind::CommandReused,
                "the command's id was used before, for something else",
            ))
        }
    }
}

/// What a commit gives: where in the tenant's history it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    revision: Revision,
    entries: Option<Entries>,
    reply: Arc<[u8]>,
    replay: Replay,
}

/// The journal positions of a commit, from the first to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entries {
    /// The first.
    pub first: Position,
    /// The last.
    pub last: Position,
}

/// Whether a commit was done now or had been done before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replay {
    /// Done now.
    First,
    /// Done before: answered from its stamp, nothing written.
    Again,
}

impl Receipt {
    /// A receipt of something done now.
    #[must_use]
    pub fn new(revision: Revision, entries: Option<Entries>, reply: Arc<[u8]>) -> Self {
        Self { revision, entries, reply, replay: Replay::First }
    }

    /// The same receipt, marked as a repetition.
    #[must_use]
    pub const fn replayed(mut self) -> Self {
        self.replay = Replay::Again;
        self
    }

    /// The tenant's revision after the commit.
    #[must_use]
    pub const fn revision(&self) -> Revision {
        self.revision
    }

    /// The commit's journal positions; none when it told nothing.
    #[must_use]
    pub const fn entries(&self) -> Option<Entries> {
        self.entries
    }

    /// The reply that lies in the stamp; empty for a batch without stamp.
    #[must_use]
    pub fn reply(&self) -> &[u8] {
        &self.reply
    }

    /// Whether it was done now or had been done before.
    #[must_use]
    pub const fn replay(&self) -> Replay {
        self.replay
    }
}
