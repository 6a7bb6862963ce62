//! Batches: all that a commit guards, writes and tells, as one value.

use std::collections::BTreeSet;

use super::StoreError;
use super::journal::Happening;
use super::key::UniqueKey;
use super::record::{Record, RecordKey, Revision, Subject};
use super::stamp::Stamp;
use super::tenant::Tenant;
use super::value::Value;

/// What is expected of a record before the batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// That it is not there.
    Absent,
    /// That it is there, at this revision.
    At(Revision),
    /// Nothing.
    Any,
}

/// Something that must hold before the batch, for the batch to be accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Guard {
    /// A record is absent, or at a revision.
    Record(RecordKey, Expect),
    /// No child of a record was saved or removed since a child revision.
    Children(RecordKey, Revision),
    /// A unique value belongs to this record.
    HeldBy(UniqueKey, RecordKey),
    /// A unique value belongs to no record.
    Free(UniqueKey),
}

/// A change to one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// Saves a record, new or changed. Its subject and its parent never change.
    Put(Record, Expect),
    /// Removes a record; one that is not there is no fault unless a revision was expected.
    Remove {
        /// The record.
        key: RecordKey,
        /// The id of the record it belongs to, for a kind with a parent.
        parent: Option<uuid::Uuid>,
        /// What is expected of it.
        expect: Expect,
    },
}

impl Write {
    /// The record it changes.
    #[must_use]
    pub const fn key(&self) -> RecordKey {
        match self {
            Self::Put(record, _) => record.key(),
            Self::Remove { key, .. } => *key,
        }
    }

    /// What is expected of the record before.
    #[must_use]
    pub const fn expect(&self) -> Expect {
        match self {
            Self::Put(_, expect) | Self::Remove { expect, .. } => *expect,
        }
    }

    /// The record that it belongs to, whose child revision moves.
    #[must_use]
    pub fn parent(&self) -> Option<RecordKey> {
        match self {
            Self::Put(record, _) => record.parent_key(),
            Self::Remove { key, parent, .. } => Some(RecordKey::new(key.kind().parent()?, (*parent)?)),
        }
    }
}

/// A batch: guards, writes, journal entries, the command's stamp and forgetting, done together or not at all.
///
/// It is a set: no record is written twice, and the order of writes means nothing. It was checked when it was made,
/// so a store need not check it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    tenant: Tenant,
    guards: Vec<Guard>,
    writes: Vec<Write>,
    happenings: Vec<Happening>,
    stamp: Option<Stamp>,
    forget: Option<Subject>,
}

impl Batch {
    /// The most records that one batch may write.
    pub const MAX_WRITES: usize = 1_000;
    /// The most entries that one batch may tell.
    pub const MAX_HAPPENINGS: usize = 1_000;
    /// The most guards that one batch may carry.
    pub const MAX_GUARDS: usize = 4_000;

    /// Begins a batch of a tenant.
    pub const fn of(tenant: Tenant) -> BatchBuilder {
        BatchBuilder(Self {
            tenant,
            guards: Vec::new(),
            writes: Vec::new(),
            happenings: Vec::new(),
            stamp: None,
            forget: None,
        })
    }

    /// The tenant.
    #[must_use]
    pub const fn tenant(&self) -> &Tenant {
        &self.tenant
    }

    /// What must hold before.
    #[must_use]
    pub fn guards(&self) -> &[Guard] {
        &self.guards
    }

    /// The changes.
    #[must_use]
    pub fn writes(&self) -> &[Write] {
        &self.writes
    }

    /// What the journal is told, in order.
    #[must_use]
    pub fn happenings(&self) -> &[Happening] {
        &self.happenings
    }

    /// The command's stamp.
    #[must_use]
    pub const fn stamp(&self) -> Option<&Stamp> {
        self.stamp.as_ref()
    }

    /// The person to forget. All that was held of them before the batch goes; what the batch itself tells stays.
    #[must_use]
    pub const fn forget(&self) -> Option<Subject> {
        self.forget
    }

    /// Its weight in bytes, for a bounded queue.
    #[must_use]
    pub fn weight(&self) -> usize {
        let writes = self.writes.iter().map(|write| match write {
            Write::Put(record, _) => 256 + record.body().bytes().len(),
            Write::Remove { .. } => 64,
        });
        let told = self.happenings.iter().map(|told| 256 + told.details.as_ref().map_or(0, |it| it.bytes().len()));
        writes.chain(told).sum::<usize>() + 64 * self.guards.len()
    }

    fn check(&self) -> Result<(), StoreError> {
        if self.writes.len() > Self::MAX_WRITES {
            return Err(StoreError::misuse("a batch writes more than Batch::MAX_WRITES records"));
        }
        if self.happenings.len() > Self::MAX_HAPPENINGS {
            return Err(StoreError::misuse("a batch tells more than Batch::MAX_HAPPENINGS entries"));
        }
        if self.guards.len() > Self::MAX_GUARDS {
            return Err(StoreError::misuse("a batch carries more than Batch::MAX_GUARDS guards"));
        }
        let mut keys = BTreeSet::new();
        for write in &self.writes {
            if !keys.insert(write.key()) {
                return Err(StoreError::misuse("a batch writes a record twice"));
            }
            match write {
                Write::Put(record, _) => self.check_put(record)?,
                Write::Remove { key, parent, expect } => {
                    if *expect == Expect::Absent {
                        return Err(StoreError::misuse("a batch removes a record that it expects to be absent"));
                    }
                    if key.kind().parent().is_some() != parent.is_some() {
                        return Err(StoreError::misuse("a removal names a parent exactly when the kind has one"));
                    }
                }
            }
        }
        self.happenings.iter().try_for_each(|happening| self.check_happening(happening))?;
        if let Some(stamp) = &self.stamp {
            if stamp.reply().len() > Stamp::MAX_REPLY {
                return Err(StoreError::misuse("a reply is longer than Stamp::MAX_REPLY bytes"));
            }
            Value::Instant(stamp.at()).check()?;
        }
        Ok(())
    }

    fn check_put(&self, record: &Record) -> Result<(), StoreError> {
        record.check()?;
        if self.forget.is_some() && self.forget == record.subject() {
            return Err(StoreError::misuse("a batch saves a record about the person whom it forgets"));
        }
        if record.parent().is_some() && record.parent_key() == Some(record.key()) {
            return Err(StoreError::misuse("a record is its own parent"));
        }
        Ok(())
    }

    fn check_happening(&self, happening: &Happening) -> Result<(), StoreError> {
        happening.check()?;
        if self.forget.is_some() && self.forget == happening.subject && happening.details.is_some() {
            return Err(StoreError::misuse("a batch tells details of the person whom it forgets"));
        }
        Ok(())
    }
}

/// Makes a [`Batch`].
#[derive(Debug, Clone)]
#[must_use]
pub struct BatchBuilder(Batch);

impl BatchBuilder {
    /// Adds something that must hold before.
    pub fn guard(mut self, guard: Guard) -> Self {
        self.0.guards.push(guard);
        self
    }

    /// Saves a record.
    pub fn put(mut self, record: Record, expect: Expect) -> Self {
        self.0.writes.push(Write::Put(record, expect));
        self
    }

    /// Removes a record.
    pub fn remove(mut self, key: RecordKey, parent: Option<uuid::Uuid>, expect: Expect) -> Self {
        self.0.writes.push(Write::Remove { key, parent, expect });
        self
    }

    /// Tells the journal.
    pub fn tell(mut self, happening: Happening) -> Self {
        self.0.happenings.push(happening);
        self
    }

    /// Stamps it as the effect of a command.
    pub fn stamp(mut self, stamp: Stamp) -> Self {
        self.0.stamp = Some(stamp);
        self
    }

    /// Forgets a person.
    pub const fn forget(mut self, subject: Subject) -> Self {
        self.0.forget = Some(subject);
        self
    }

    /// The batch.
    ///
    /// # Errors
    /// `Misuse` when a record is written twice, breaks its kind's schema or a bound, or when the batch writes
    /// about the person whom it forgets.
    pub fn build(self) -> Result<Batch, StoreError> {
        self.0.check()?;
        Ok(self.0)
    }
}
