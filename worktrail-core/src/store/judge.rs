//! The judge: whether batches are accepted, and what they come to, as a pure function over what an engine holds.
//!
//! A store of ours fetches what its waiting batches touch ([`needs`]), lets the [`Judge`] rule on one batch after
//! the other, and writes the [`Effect`]: each record once. Refused batches never reach the engine, so no savepoint
//! is needed, and the rule is the same on every engine.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::batch::{Batch, Expect, Guard, Write};
use super::journal::{Entry, Head};
use super::key::{CommandId, Key, Stored, UniqueKey};
use super::record::{Record, RecordKey, Revision, StoredRecord, Subject};
use super::stamp::{Entries, Receipt, StoredStamp};
use super::tenant::Tenant;
use super::{StoreError, StoreErrorKind};

/// What must be fetched before batches of one tenant can be judged.
#[derive(Debug, Default)]
pub struct Needs {
    /// Records, holders of unique values, stamps: for one `get`.
    pub keys: BTreeSet<Key>,
    /// Those of the records of which it matters no more than that they are there.
    parents: BTreeSet<RecordKey>,
    /// The person whose records must all be fetched: set for a batch that forgets, which is judged alone.
    pub subject: Option<Subject>,
}

impl Needs {
    /// Takes the parents of what is written out of the keys, unless more is asked of them. A store that can tell whether a
    /// record is there without reading it looks for these by themselves, and says to [`Judge::with_parents`] which are.
    #[must_use]
    pub fn take_parents(&mut self) -> BTreeSet<RecordKey> {
        for parent in &self.parents {
            self.keys.remove(&Key::Record(*parent));
        }
        std::mem::take(&mut self.parents)
    }
}

/// What must be fetched before these batches can be judged.
pub fn needs<'b>(batches: impl IntoIterator<Item = &'b Batch>) -> Needs {
    let mut needs = Needs::default();
    for batch in batches {
        let keys = &mut needs.keys;
        keys.extend(batch.stamp().map(|stamp| Key::Stamp(stamp.id())));
        for guard in batch.guards() {
            keys.insert(match guard {
                Guard::Record(key, _) | Guard::Children(key, _) => Key::Record(*key),
                Guard::HeldBy(unique, _) | Guard::Free(unique) => Key::Unique(unique.clone()),
            });
        }
        for write in batch.writes() {
            keys.insert(Key::Record(write.key()));
            needs.parents.extend(write.parent());
            if let Write::Put(record, _) = write {
                keys.extend(UniqueKey::held_by(record).into_iter().map(Key::Unique));
            }
        }
        needs.subject = needs.subject.or(batch.forget());
    }
    let Needs { keys, parents, .. } = &mut needs;
    parents.retain(|parent| keys.insert(Key::Record(*parent)));
    needs
}

/// How many of the waiting batches, from the first on, can be judged as one group: all up to the next one that
/// forgets, or that one alone.
pub fn group<'b>(batches: impl IntoIterator<Item = &'b Batch>) -> usize {
    let mut members = 0;
    for batch in batches {
        if batch.forget().is_some() {
            return members.max(1);
        }
        members += 1;
    }
    members
}

/// What accepted batches come to: what an engine writes, in this order.
#[derive(Debug, Default)]
pub struct Effect {
    /// Records that leave, and records that must leave before they are saved again because another takes over their
    /// unique value (engines judge unique indexes row by row).
    pub removed: BTreeSet<RecordKey>,
    /// Records to save, each in its last state.
    pub saved: BTreeMap<RecordKey, StoredRecord>,
    /// What the engine holds of records that were saved or removed, as far as it held them: where one is saved and not
    /// removed, a store may write only what differs.
    pub before: BTreeMap<RecordKey, Record>,
    /// Records whose child revision alone moved.
    pub bumped: BTreeMap<RecordKey, Revision>,
    /// The person whose entries lose their details, and whose commands' stamps their fingerprint. Comes before the
    /// new entries.
    pub forgotten: Option<Subject>,
    /// New journal entries, in order.
    pub entries: Vec<Entry>,
    /// New stamps.
    pub stamps: Vec<StoredStamp>,
    /// Where the tenant's history stands afterwards; none when nothing was accepted.
    pub head: Option<Head>,
}

/// Rules on the batches of one tenant, one after the other.
#[derive(Debug)]
pub struct Judge {
    tenant: Tenant,
    head: Head,
    /// What the engine held, and what the accepted batches made of it since.
    records: BTreeMap<RecordKey, Option<StoredRecord>>,
    holders: BTreeMap<UniqueKey, Option<RecordKey>>,
    stamps: BTreeMap<CommandId, StoredStamp>,
    /// Records that are there, of which no more is known.
    parents: BTreeSet<RecordKey>,
    /// The records about the person whom the one batch of this group forgets.
    about: Vec<StoredRecord>,
    /// The holders as the engine has them, until the effect is written.
    engine: BTreeMap<UniqueKey, RecordKey>,
    /// The records that an accepted batch saved or removed.
    touched: BTreeSet<RecordKey>,
    effect: Effect,
}

impl Judge {
    /// A judge over what an engine holds: the tenant's head, the answers of a `get` over [`Needs::keys`], and the
    /// records of [`Needs::subject`].
    #[must_use]
    pub fn new(
        tenant: Tenant,
        head: Head,
        found: impl IntoIterator<Item = (Key, Option<Stored>)>,
        about: Vec<StoredRecord>,
    ) -> Self {
        let mut judge = Self {
            tenant,
            head,
            records: BTreeMap::new(),
            holders: BTreeMap::new(),
            stamps: BTreeMap::new(),
            parents: BTreeSet::new(),
            about,
            engine: BTreeMap::new(),
            touched: BTreeSet::new(),
            effect: Effect::default(),
        };
        for (key, stored) in found {
            match key {
                Key::Record(key) => judge.see(key, stored.and_then(Stored::into_record)),
                Key::Unique(unique) => {
                    let holder = stored.and_then(Stored::into_record);
                    let key = holder.as_ref().map(|holder| holder.record().key());
                    judge.holders.insert(unique, key);
                    if let (Some(key), holder) = (key, holder) {
                        judge.see(key, holder);
                    }
                }
                Key::Stamp(id) => {
                    if let Some(stamp) = stored.and_then(Stored::into_stamp) {
                        judge.stamps.insert(id, stamp);
                    }
                }
            }
        }
        for stored in judge.about.clone() {
            judge.see(stored.record().key(), Some(stored));
        }
        judge
    }

    /// The same, when these of [`Needs::take_parents`] are there.
    #[must_use]
    pub fn with_parents(self, there: impl IntoIterator<Item = RecordKey>) -> Self {
        Self { parents: there.into_iter().collect(), ..self }
    }

    fn see(&mut self, key: RecordKey, stored: Option<StoredRecord>) {
        for unique in stored.iter().flat_map(|stored| UniqueKey::held_by(stored.record())) {
            self.engine.insert(unique.clone(), key);
            self.holders.insert(unique, Some(key));
        }
        self.records.insert(key, stored);
    }

    /// Rules on a batch. An accepted one is part of the effect, a refused one leaves no trace.
    ///
    /// # Errors
    /// `Conflict`, `NotUnique`, `CommandReused`, `Misuse`: as [`Store::commit`](super::Store::commit).
    pub fn judge(&mut self, batch: &Batch) -> Result<Receipt, StoreError> {
        if let Some(stamp) = batch.stamp()
            && let Some(earlier) = self.stamps.get(&stamp.id())
        {
            return earlier.answer(stamp.fingerprint());
        }
        self.check(batch)?;
        Ok(self.accept(batch))
    }

    /// What the accepted batches come to.
    #[must_use]
    pub fn into_effect(mut self) -> Effect {
        let mut removed = std::mem::take(&mut self.effect.removed);
        for (key, stored) in &self.effect.saved {
            for unique in UniqueKey::held_by(stored.record()) {
                removed.extend(self.engine.get(&unique).filter(|holder| *holder != key));
            }
        }
        Effect { removed, ..self.effect }
    }
}

/// Checking.
impl Judge {
    fn check(&self, batch: &Batch) -> Result<(), StoreError> {
        for guard in batch.guards() {
            let holds = match guard {
                Guard::Record(key, expect) => self.is_as_expected(*key, *expect),
                Guard::Children(key, revision) => {
                    self.record(*key).is_some_and(|record| record.children() == *revision)
                }
                Guard::HeldBy(unique, key) => self.holder(unique) == Some(*key),
                Guard::Free(unique) => self.holder(unique).is_none(),
            };
            if !holds {
                return Err(StoreError::conflict("a guard does not hold"));
            }
        }
        let writes = batch.writes();
        if !writes.iter().all(|write| self.is_as_expected(write.key(), write.expect())) {
            return Err(StoreError::conflict("a record is not at the expected revision"));
        }
        if !writes.iter().all(|write| self.is_constant(write)) {
            return Err(StoreError::misuse("a record's parent or subject would change"));
        }
        let written: BTreeMap<RecordKey, &Write> = writes.iter().map(|write| (write.key(), write)).collect();
        let parents = writes.iter().filter(|write| matches!(write, Write::Put(..))).filter_map(Write::parent);
        for parent in parents {
            let there = match written.get(&parent) {
                Some(Write::Put(..)) => true,
                Some(Write::Remove { .. }) => false,
                None => match self.records.get(&parent) {
                    Some(found) => found.as_ref().is_some_and(|stored| !is_about(stored, batch.forget())),
                    None => self.parents.contains(&parent),
                },
            };
            if !there {
                return Err(StoreError::conflict("the parent of a saved record is not there"));
            }
        }
        self.check_uniqueness(batch, &written)
    }

    fn check_uniqueness(&self, batch: &Batch, written: &BTreeMap<RecordKey, &Write>) -> Result<(), StoreError> {
        let mut taken = BTreeSet::new();
        for write in batch.writes() {
            let Write::Put(record, _) = write else { continue };
            for unique in UniqueKey::held_by(record) {
                let stays = self.holder(&unique).is_some_and(|holder| {
                    let forgotten = self.record(holder).is_some_and(|stored| is_about(stored, batch.forget()));
                    !written.contains_key(&holder) && !forgotten
                });
                if stays || !taken.insert(unique) {
                    return Err(StoreError::new(StoreErrorKind::NotUnique, "a unique value is taken"));
                }
            }
        }
        Ok(())
    }

    fn record(&self, key: RecordKey) -> Option<&StoredRecord> {
        self.records.get(&key).and_then(Option::as_ref)
    }

    fn holder(&self, unique: &UniqueKey) -> Option<RecordKey> {
        self.holders.get(unique).copied().flatten()
    }

    fn is_as_expected(&self, key: RecordKey, expect: Expect) -> bool {
        let found = self.record(key).map(StoredRecord::revision);
        match expect {
            Expect::Any => true,
            Expect::Absent => found.is_none(),
            Expect::At(revision) => found == Some(revision),
        }
    }

    fn is_constant(&self, write: &Write) -> bool {
        let Some(before) = self.record(write.key()).map(StoredRecord::record) else { return true };
        match write {
            Write::Put(after, _) => before.parent() == after.parent() && before.subject() == after.subject(),
            Write::Remove { parent, .. } => before.parent() == *parent,
        }
    }
}

fn is_about(stored: &StoredRecord, subject: Option<Subject>) -> bool {
    subject.is_some() && stored.record().subject() == subject
}

/// Accepting.
impl Judge {
    fn accept(&mut self, batch: &Batch) -> Receipt {
        let revision = self.head.revision.next();
        self.head.revision = revision;
        let mut parents: BTreeSet<RecordKey> = BTreeSet::new();
        if let Some(subject) = batch.forget() {
            self.effect.forgotten = Some(subject);
            for stored in std::mem::take(&mut self.about) {
                parents.extend(stored.record().parent_key());
                self.take(stored.record().key());
            }
        }
        let former: Vec<_> = batch.writes().iter().map(|write| self.take(write.key())).collect();
        for (write, former) in batch.writes().iter().zip(former) {
            match write {
                Write::Put(record, _) => {
                    let children = former.map_or(Revision::default(), |former| former.children());
                    self.place(StoredRecord::new(record.clone(), revision, children));
                    parents.extend(write.parent());
                }
                Write::Remove { .. } if former.is_some() => parents.extend(write.parent()),
                Write::Remove { .. } => {}
            }
        }
        for parent in parents {
            self.bump(parent, revision);
        }
        let entries = self.tell(batch);
        let reply = batch.stamp().map_or_else(|| Arc::from([].as_slice()), |stamp| Arc::clone(stamp.reply()));
        let receipt = Receipt::new(revision, entries, reply);
        if let Some(stamp) = batch.stamp() {
            let stamp = StoredStamp::new(stamp, receipt.clone());
            self.stamps.insert(stamp.id(), stamp.clone());
            self.effect.stamps.push(stamp);
        }
        self.effect.head = Some(self.head.clone());
        receipt
    }

    fn take(&mut self, key: RecordKey) -> Option<StoredRecord> {
        let stored = self.records.insert(key, None).flatten();
        if self.touched.insert(key) {
            self.effect.before.extend(stored.as_ref().map(|stored| (key, stored.record().clone())));
        }
        let stored = stored?;
        for unique in UniqueKey::held_by(stored.record()) {
            self.holders.insert(unique, None);
        }
        self.effect.saved.remove(&key);
        self.effect.bumped.remove(&key);
        self.effect.removed.insert(key);
        Some(stored)
    }

    fn place(&mut self, stored: StoredRecord) {
        let key = stored.record().key();
        for unique in UniqueKey::held_by(stored.record()) {
            self.holders.insert(unique, Some(key));
        }
        self.effect.removed.remove(&key);
        self.effect.saved.insert(key, stored.clone());
        self.records.insert(key, Some(stored));
    }

    fn bump(&mut self, key: RecordKey, revision: Revision) {
        let stored = match self.records.get_mut(&key) {
            Some(Some(stored)) => stored,
            Some(None) => return,
            // A parent that was not read; or that of a forgotten record, which nobody asked for: moving what is not there
            // does no harm.
            None => {
                self.effect.bumped.insert(key, revision);
                return;
            }
        };
        *stored = stored.clone().bumped(revision);
        match self.effect.saved.get_mut(&key) {
            Some(saved) => *saved = stored.clone(),
            None => {
                self.effect.bumped.insert(key, revision);
            }
        }
    }

    fn tell(&mut self, batch: &Batch) -> Option<Entries> {
        let first = self.head.position.next();
        for happening in batch.happenings() {
            let entry = Entry::after(&self.head, batch.stamp().map(super::Stamp::id), happening.clone());
            self.head.position = entry.position();
            self.head.hash = entry.hash(&self.tenant);
            self.effect.entries.push(entry);
        }
        (!batch.happenings().is_empty()).then_some(Entries { first, last: self.head.position })
    }
}
