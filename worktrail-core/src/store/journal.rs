//! The journal: what happened, in commit order, in a chain that still holds after forgetting.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::StoreError;
use super::digest::{Digest, DigestWriter};
use super::key::CommandId;
use super::record::{RecordKey, Revision, Subject};
use super::tenant::Tenant;

/// A place in a tenant's journal: 1, 2, 3 … without gaps. Zero is before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Position(u64);

impl Position {
    /// Before the first entry.
    pub const START: Self = Self(0);

    /// The position of this number.
    #[must_use]
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }

    /// The one after it.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// Random bytes that keep a digest from being guessed back. They die with the details they guard.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Salt([u8; 16]);

impl Salt {
    /// A salt of these bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt(…)")
    }
}

/// The personal part of an entry, with the salt of its digest. Forgetting takes both.
#[derive(Clone, PartialEq, Eq)]
pub struct Details {
    salt: Salt,
    bytes: Arc<[u8]>,
}

impl Details {
    /// The longest details of one entry, in bytes.
    pub const MAX_BYTES: usize = 1 << 16;

    /// Details with the salt of their digest.
    #[must_use]
    pub fn new(salt: Salt, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self { salt, bytes: bytes.into() }
    }

    /// The salt.
    #[must_use]
    pub const fn salt(&self) -> Salt {
        self.salt
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The salted digest that the chain covers in their place.
    #[must_use]
    pub fn seal(&self) -> Digest {
        DigestWriter::new("worktrail details 1").bytes(&self.salt.0).bytes(&self.bytes).finish()
    }
}

impl fmt::Debug for Details {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Details({} bytes)", self.bytes.len())
    }
}

/// What somebody acted for, and in which role: codes, never personal, kept for good.
///
/// ```
/// use worktrail_core::store::Capacity;
///
/// let capacity = Capacity::new("follow_up").in_role("specialist");
/// assert_eq!((capacity.purpose(), capacity.role()), ("follow_up", Some("specialist")));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capacity {
    purpose: String,
    role: Option<String>,
}

impl Capacity {
    /// The longest code of a purpose or a role, in bytes.
    pub const MAX_CODE: usize = 64;

    /// For a purpose, in no role.
    #[must_use]
    pub fn new(purpose: impl Into<String>) -> Self {
        Self { purpose: purpose.into(), role: None }
    }

    /// Says in which role.
    #[must_use]
    pub fn in_role(mut self, role: impl Into<String>) -> Self {
        self.role = Some(role.into());
        self
    }

    /// What for.
    #[must_use]
    pub fn purpose(&self) -> &str {
        &self.purpose
    }

    /// In which role.
    #[must_use]
    pub fn role(&self) -> Option<&str> {
        self.role.as_deref()
    }

    fn check(&self) -> Result<(), StoreError> {
        let is_code = |code: &str| !code.is_empty() && code.len() <= Self::MAX_CODE && !code.contains('\0');
        if is_code(&self.purpose) && self.role().is_none_or(is_code) {
            Ok(())
        } else {
            Err(StoreError::misuse("a purpose and a role are 1 to Capacity::MAX_CODE bytes without U+0000"))
        }
    }
}

/// Something that happened, on its way into the journal: what, about which record and whom, by whom, when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    pub(crate) code: String,
    pub(crate) about: RecordKey,
    pub(crate) subject: Option<Subject>,
    pub(crate) actor: Uuid,
    pub(crate) capacity: Option<Capacity>,
    pub(crate) at: DateTime<Utc>,
    pub(crate) details: Option<Details>,
}

impl Happening {
    /// The longest code, in bytes.
    pub const MAX_CODE: usize = 64;

    /// What happened (a code), about which record, by whom, when.
    #[must_use]
    pub fn new(code: impl Into<String>, about: RecordKey, actor: Uuid, at: DateTime<Utc>) -> Self {
        Self { code: code.into(), about, subject: None, actor, capacity: None, at, details: None }
    }

    /// Says which person it is about.
    #[must_use]
    pub fn of(mut self, subject: impl Into<Option<Subject>>) -> Self {
        self.subject = subject.into();
        self
    }

    /// Says what the actor acted for, and in which role.
    #[must_use]
    pub fn acting(mut self, capacity: impl Into<Option<Capacity>>) -> Self {
        self.capacity = capacity.into();
        self
    }

    /// Adds the personal part.
    #[must_use]
    pub fn with(mut self, details: Details) -> Self {
        self.details = Some(details);
        self
    }

    pub(crate) fn check(&self) -> Result<(), StoreError> {
        let code = &self.code;
        if code.is_empty() || code.len() > Self::MAX_CODE || code.contains('\0') {
            return Err(StoreError::misuse("an entry's code is 1 to Happening::MAX_CODE bytes without U+0000"));
        }
        if self.details.as_ref().is_some_and(|details| details.bytes.len() > Details::MAX_BYTES) {
            return Err(StoreError::misuse("an entry's details are longer than Details::MAX_BYTES"));
        }
        self.capacity.as_ref().map_or(Ok(()), Capacity::check)?;
        super::Value::Instant(self.at).check()
    }
}

/// An entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    position: Position,
    previous: Digest,
    command: Option<CommandId>,
    seal: Option<Digest>,
    happening: Happening,
}

impl Entry {
    /// The entry that follows `head`.
    #[must_use]
    pub fn after(head: &Head, command: Option<CommandId>, happening: Happening) -> Self {
        let seal = happening.details.as_ref().map(Details::seal);
        Self { position: head.position.next(), previous: head.hash, command, seal, happening }
    }

    /// An entry read back from an engine, checked against the hash that lies beside it.
    ///
    /// # Errors
    /// `Corrupt` when the hash does not fit, or the details do not fit their seal.
    pub fn read(
        tenant: &Tenant,
        position: Position,
        previous: Digest,
        command: Option<CommandId>,
        seal: Option<Digest>,
        happening: Happening,
        hash: &[u8],
    ) -> Result<Self, StoreError> {
        let entry = Self { position, previous, command, seal, happening };
        let sealed = entry.happening.details.as_ref().is_none_or(|details| Some(details.seal()) == entry.seal);
        if sealed && entry.hash(tenant).as_bytes() == hash {
            Ok(entry)
        } else {
            Err(StoreError::corrupt("a journal entry does not fit its hash"))
        }
    }

    /// Its place.
    #[must_use]
    pub const fn position(&self) -> Position {
        self.position
    }

    /// The hash of the entry before it; zeros for the first.
    #[must_use]
    pub const fn previous(&self) -> Digest {
        self.previous
    }

    /// The command that it came from.
    #[must_use]
    pub const fn command(&self) -> Option<CommandId> {
        self.command
    }

    /// The digest of its details, which stays when they are forgotten.
    #[must_use]
    pub const fn seal(&self) -> Option<Digest> {
        self.seal
    }

    /// What happened.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.happening.code
    }

    /// The record it is about.
    #[must_use]
    pub const fn about(&self) -> RecordKey {
        self.happening.about
    }

    /// The person it is about.
    #[must_use]
    pub const fn subject(&self) -> Option<Subject> {
        self.happening.subject
    }

    /// Who did it.
    #[must_use]
    pub const fn actor(&self) -> Uuid {
        self.happening.actor
    }

    /// What for, and in which role. Entries from before it was recorded have none.
    #[must_use]
    pub const fn capacity(&self) -> Option<&Capacity> {
        self.happening.capacity.as_ref()
    }

    /// When.
    #[must_use]
    pub const fn at(&self) -> DateTime<Utc> {
        self.happening.at
    }

    /// The personal part, unless it was forgotten or never was.
    #[must_use]
    pub const fn details(&self) -> Option<&Details> {
        self.happening.details.as_ref()
    }

    /// The same entry without its personal part. Its hash stays as it was.
    #[must_use]
    pub fn forgotten(mut self) -> Self {
        self.happening.details = None;
        self
    }

    /// The hash that the next entry carries: over everything here but the details, whose seal stands for them.
    #[must_use]
    pub fn hash(&self, tenant: &Tenant) -> Digest {
        let Happening { code, about, subject, actor, capacity, at, details: _ } = &self.happening;
        let digest = DigestWriter::new("worktrail entry 1")
            .bytes(tenant.as_str().as_bytes())
            .number(self.position.number())
            .bytes(self.previous.as_bytes())
            .optional(self.command.map(|command| command.id().into_bytes()).as_ref().map(<[u8; 16]>::as_slice))
            .bytes(code.as_bytes())
            .bytes(about.kind().name().as_bytes())
            .bytes(about.id().as_bytes())
            .optional(subject.map(|subject| subject.id().into_bytes()).as_ref().map(<[u8; 16]>::as_slice))
            .bytes(actor.as_bytes())
            .bytes(&at.timestamp_micros().to_be_bytes())
            .optional(self.seal.as_ref().map(|seal| seal.as_bytes().as_slice()));
        // Absent, it leaves no trace: entries from before it was recorded keep their hashes.
        match capacity {
            None => digest.finish(),
            Some(Capacity { purpose, role }) => {
                digest.bytes(purpose.as_bytes()).optional(role.as_ref().map(String::as_bytes)).finish()
            }
        }
    }
}

/// Where a tenant's history stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// How many batches were accepted.
    pub revision: Revision,
    /// The last journal position.
    pub position: Position,
    /// The hash of the last entry.
    pub hash: Digest,
}

/// Which entries to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JournalRange {
    /// Every entry.
    Everything,
    /// Those about one person.
    About(Subject),
}

/// A page of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalPage {
    /// The entries, in order.
    pub entries: Vec<Entry>,
    /// The last position of the tenant's journal at the time of reading; the whole of a range was read when its
    /// last page came back shorter than the limit.
    pub head: Position,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::SCHEMA;

    fn entry(capacity: Option<Capacity>) -> Entry {
        let kind = SCHEMA.kinds().next().expect("a kind");
        let happening = Happening::new("told", RecordKey::new(kind, Uuid::nil()), Uuid::nil(), DateTime::UNIX_EPOCH);
        Entry::after(&Head::default(), None, happening.acting(capacity))
    }

    #[test]
    fn i17_an_entry_that_was_changed_is_not_read() {
        let (tenant, capacity) = (Tenant::default(), Some(Capacity::new("follow_up")));
        let told = entry(capacity.clone()).happening.with(Details::new(Salt::new([1; 16]), &b"what was told"[..]));
        let kept = Entry::after(&Head::default(), None, told.clone());
        let hash = kept.hash(&tenant);
        let read = |happening: Happening| {
            let (position, previous, seal) = (kept.position(), kept.previous(), kept.seal());
            Entry::read(&tenant, position, previous, None, seal, happening, hash.as_bytes())
        };
        assert_eq!(read(told.clone()).ok().as_ref(), Some(&kept));
        // given another code, other details, or another purpose, then it does not fit its hash
        let mut other_code = told.clone();
        other_code.code = "untold".into();
        let other_details = told.clone().with(Details::new(Salt::new([1; 16]), &b"something else"[..]));
        let other_purpose = told.acting(Some(Capacity::new("supervision")));
        for changed in [other_code, other_details, other_purpose] {
            assert_eq!(read(changed).unwrap_err().kind(), crate::store::StoreErrorKind::Corrupt);
        }
    }

    #[test]
    fn s13_the_hash_covers_purpose_and_role() {
        let tenant = Tenant::default();
        let all = [
            None,
            Some(Capacity::new("follow_up")),
            Some(Capacity::new("supervision")),
            Some(Capacity::new("follow_up").in_role("specialist")),
            Some(Capacity::new("follow_up").in_role("supervisor")),
        ];
        let hashes: std::collections::BTreeSet<_> = all.iter().map(|it| entry(it.clone()).hash(&tenant)).collect();
        assert_eq!(hashes.len(), all.len());
    }

    #[test]
    fn s13_an_entry_from_before_purposes_keeps_its_hash() {
        // The hash of such an entry as the first version of the library made it.
        let hash = DigestWriter::new("worktrail entry 1")
            .bytes(Tenant::default().as_str().as_bytes())
            .number(1)
            .bytes(Digest::default().as_bytes())
            .optional(None)
            .bytes(b"told")
            .bytes(entry(None).about().kind().name().as_bytes())
            .bytes(&[0; 16])
            .optional(None)
            .bytes(&[0; 16])
            .bytes(&0_i64.to_be_bytes())
            .optional(None)
            .finish();
        assert_eq!(entry(None).hash(&Tenant::default()), hash);
    }
}
