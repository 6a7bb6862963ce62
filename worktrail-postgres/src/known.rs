//! What is known of tenants at their heads: the bridge between a command's look-ups and its commit.
//!
//! The look-ups of a command bring the tenant's head along, as of the same moment. Whoever writes moves the head, so what
//! they found is true of the tenant for as long as that head stands; and what our own commits make of it is known too.
//! A commit that needs nothing else is judged over it at once, and its statement writes only if the head stands there
//! still. So what is known decides no more than whether a trip is saved: nothing is answered from it, and no batch is
//! refused by it.
//!
//! It is not a cache that a host would have to know of. Whatever was not used for a second is let go of, and all that is
//! known of a tenant is when its head is seen to have moved otherwise, when somebody there is forgotten, and when a commit
//! failed. What was on its way to be learned by then is not learned any more.

mod aging;
mod lately;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::runtime::Handle;
use worktrail_core::store::judge::Effect;
use worktrail_core::store::{CommandId, Head, Key, RecordKey, Revision, Stored, StoredRecord, Tenant, UniqueKey};

use crate::fetch::Found;
use aging::Aging;
use lately::Lately;

/// Between two turns: what was not used during a whole one is let go of.
const TURN: Duration = Duration::from_millis(500);
/// The most bytes, about, that are learned in a turn before it ends.
const MOST_BYTES: usize = 2 << 20;
/// About how many bytes it takes to remember something, beside a record's body.
const EACH: usize = 256;
/// How many commits look up what they need after one that was mistaken: where several stores write for a tenant all the
/// time, what is known is seldom true for long.
const CAUTION: u32 = 8;

/// What is known of the tenants of a store. Its `Debug` does not show it: a store may stand in a host's log.
#[derive(Clone)]
pub(crate) struct Known {
    memory: Arc<Mutex<Memory>>,
    runtime: Handle,
}

#[derive(Default)]
struct Memory {
    tenants: BTreeMap<Tenant, AtHead>,
    /// What was learned in this turn, in bytes.
    learned: usize,
    ageing: Ageing,
    era: Era,
}

/// Between two moments at which somebody was, or may have been, forgotten. What is looked up in one of them is not
/// remembered in the next: it may tell of that person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Era(u64);

/// Whether a task makes what is known older.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Ageing {
    #[default]
    Stopped,
    Running,
}

/// What is known of a tenant when its head stands here.
#[derive(Default)]
struct AtHead {
    head: Head,
    /// Records, and that there is none.
    records: Aging<RecordKey, Option<StoredRecord>>,
    /// Which record holds a unique value, as far as that record is known and says so; or that none does.
    holders: Aging<UniqueKey, Option<RecordKey>>,
    /// Records of which no more is known than that they are there, and at which revision: parents of others.
    parents: Aging<RecordKey, Revision>,
    /// Commands that left no stamp.
    unstamped: Aging<CommandId, ()>,
    /// What our last commits touched, up to this head: of all else, what was found before them is true still.
    lately: Lately,
    /// How many commits are to look up what they need.
    caution: u32,
}

impl Known {
    pub(crate) fn new(runtime: Handle) -> Self {
        Self { memory: Arc::default(), runtime }
    }

    /// Whether a look-up is worth remembering, and should bring the head: one of a command, which asks for its stamp, and
    /// those that come while something is known.
    pub(crate) fn wants(&self, tenant: &Tenant, keys: &BTreeMap<Key, usize>) -> bool {
        // Stamps are the last in the order of keys.
        matches!(keys.last_key_value(), Some((Key::Stamp(_), _)))
            || self.lock().tenants.get(tenant).is_some_and(|it| !it.is_empty())
    }

    /// The present one, to be asked for before something is looked up.
    pub(crate) fn era(&self) -> Era {
        self.lock().era
    }

    /// Remembers what was found under keys at a head, if that was looked up in this era.
    pub(crate) fn learn<'k>(
        &self,
        tenant: &Tenant,
        head: &Head,
        of: Era,
        found: impl IntoIterator<Item = (&'k Key, &'k Option<Stored>)>,
        parents: BTreeMap<RecordKey, Revision>,
    ) {
        // Whether a tenant without head has none yet or has lost it, a commit finds out.
        if *head == Head::default() {
            return;
        }
        let mut memory = self.lock();
        if memory.era != of {
            return;
        }
        let Memory { tenants, learned, ageing, .. } = &mut *memory;
        let at = tenants.entry(tenant.clone()).or_default();
        let is_late = head.revision < at.head.revision;
        // What comes late tells of a state that is over, unless we know what became of it: with many at work some look-up
        // is under way at each commit.
        if is_late && !at.lately.reach(head) {
            return;
        }
        if !is_late && at.head != *head {
            *at = AtHead { head: head.clone(), caution: at.caution, ..AtHead::default() };
        }
        let is_over = |key: &Key| is_late && at.lately.touched(key, head);
        let is_true_still = |(key, stored): &(&Key, &Option<Stored>)| {
            !is_over(key) && !record_key(stored.as_ref()).is_some_and(|record| is_over(&record))
        };
        let found: Vec<_> = found.into_iter().filter(is_true_still).collect();
        let parents: Vec<_> = parents.into_iter().filter(|(key, _)| !is_over(&Key::Record(*key))).collect();
        *learned += found.into_iter().map(|(key, stored)| at.learn(key, stored.as_ref())).sum::<usize>();
        *learned += EACH * parents.len();
        for (key, revision) in parents {
            at.parents.insert(key, revision);
        }
        if *ageing == Ageing::Stopped {
            *ageing = Ageing::Running;
            self.runtime.spawn(age(Arc::downgrade(&self.memory)));
        }
        memory.turn_if_full();
    }

    /// All that a commit needs, if all of it is known: these keys, and whether these parents are there.
    pub(crate) fn all_of(&self, tenant: &Tenant, keys: &BTreeSet<Key>, parents: &BTreeSet<RecordKey>) -> Option<Found> {
        let mut memory = self.lock();
        let at = memory.tenants.get_mut(tenant)?;
        if at.caution > 0 {
            at.caution -= 1;
            return None;
        }
        let keys = keys.iter().map(|key| at.recall(key)).collect::<Result<_, _>>().ok()?;
        let parents =
            parents.iter().map(|key| Ok((*key, at.recall_parent(key)?))).collect::<Result<_, NotKnown>>().ok()?;
        Some(Found { keys, parents, head: at.head.clone(), about: Vec::new() })
    }

    /// Follows a commit of ours, from the head that it found to the one that it left.
    pub(crate) fn follow(&self, tenant: &Tenant, before: &Head, effect: Effect) {
        let mut memory = self.lock();
        let forgets = effect.forgotten.is_some();
        if forgets {
            memory.era.0 += 1;
        }
        let Memory { tenants, learned, .. } = &mut *memory;
        let Some(at) = tenants.get_mut(tenant) else { return };
        let Some(after) = &effect.head else { return };
        if at.head == *before && !forgets {
            at.lately.add(before, &effect);
            *learned += at.follow(effect);
        } else if at.head.revision < after.revision {
            // Otherwise a look-up saw the commit before its writer heard of it.
            *at = AtHead { head: after.clone(), caution: at.caution, ..AtHead::default() };
        }
        memory.turn_if_full();
    }

    /// Lets go of a tenant, of which something was not as it was known, or of which it is not known what became.
    pub(crate) fn let_go(&self, tenant: &Tenant) {
        if let Some(at) = self.lock().tenants.get_mut(tenant) {
            *at = AtHead { head: at.head.clone(), caution: CAUTION, ..AtHead::default() };
        }
    }

    /// Lets go of a tenant of which somebody may have been forgotten.
    pub(crate) fn let_go_and_forget(&self, tenant: &Tenant) {
        self.lock().era.0 += 1;
        self.let_go(tenant);
    }

    /// Nothing that is known was half known, whoever panicked while learning it. What is learned comes after its head; and
    /// what a commit makes of it comes before the head that it left: until then all of it is known at one that is over.
    fn lock(&self) -> MutexGuard<'_, Memory> {
        lock(&self.memory)
    }
}

impl fmt::Debug for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Known").finish_non_exhaustive()
    }
}

fn lock(memory: &Mutex<Memory>) -> MutexGuard<'_, Memory> {
    memory.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes what is known older, for as long as anything is.
async fn age(memory: Weak<Mutex<Memory>>) {
    loop {
        tokio::time::sleep(TURN).await;
        let Some(memory) = memory.upgrade() else { return };
        let mut memory = lock(&memory);
        memory.turn();
        if memory.tenants.is_empty() {
            memory.ageing = Ageing::Stopped;
            return;
        }
    }
}

impl Memory {
    fn turn_if_full(&mut self) {
        if self.learned > MOST_BYTES {
            self.turn();
        }
    }

    fn turn(&mut self) {
        self.learned = 0;
        self.tenants.retain(|_, at| {
            let was_empty = at.is_empty();
            at.turn();
            !(was_empty && at.is_empty())
        });
    }
}

/// That it would have to be looked up.
struct NotKnown;

/// The key of a record that was found.
fn record_key(stored: Option<&Stored>) -> Option<Key> {
    match stored {
        Some(Stored::Record(record)) => Some(Key::Record(record.record().key())),
        Some(Stored::Stamp(_)) | None => None,
    }
}

fn weight(stored: &StoredRecord) -> usize {
    stored.record().body().bytes().len()
}

impl AtHead {
    /// Remembers what was found under a key, and says about how many bytes that takes.
    fn learn(&mut self, key: &Key, stored: Option<&Stored>) -> usize {
        let record = match stored {
            Some(Stored::Record(record)) => Some(record),
            Some(Stored::Stamp(_)) | None => None,
        };
        match key {
            Key::Record(key) if record.is_none() => self.records.insert(*key, None),
            Key::Unique(unique) if record.is_none() => self.holders.insert(unique.clone(), None),
            Key::Record(_) | Key::Unique(_) => {}
            // Whoever comes back is answered from the stamp as the engine has it.
            Key::Stamp(id) if stored.is_some() => self.unstamped.remove(id),
            Key::Stamp(id) => self.unstamped.insert(*id, ()),
        }
        if let Some(record) = record {
            self.learn_record(record.clone());
        }
        EACH + record.map_or(0, weight)
    }

    /// Remembers a record, and with it that no other holds its unique values.
    fn learn_record(&mut self, stored: StoredRecord) {
        let key = stored.record().key();
        for unique in UniqueKey::held_by(stored.record()) {
            self.holders.insert(unique, Some(key));
        }
        self.records.insert(key, Some(stored));
    }

    /// What is found under a key, if that is known.
    fn recall(&mut self, key: &Key) -> Result<Option<Stored>, NotKnown> {
        match key {
            Key::Record(key) => Ok(self.records.used(key).ok_or(NotKnown)?.clone().map(Stored::Record)),
            Key::Unique(unique) => match *self.holders.used(unique).ok_or(NotKnown)? {
                None => Ok(None),
                Some(holder) => {
                    let record = self.records.used(&holder).and_then(Option::as_ref).ok_or(NotKnown)?;
                    let holds = unique.index().values_of(record.record()).is_some_and(|it| it == unique.values());
                    if holds { Ok(Some(Stored::Record(record.clone()))) } else { Err(NotKnown) }
                }
            },
            Key::Stamp(id) => self.unstamped.used(id).map(|()| None).ok_or(NotKnown),
        }
    }

    /// At which revision a parent is there. One that is known to be missing is as good as unknown: nothing is refused by what
    /// is known.
    fn recall_parent(&mut self, key: &RecordKey) -> Result<Revision, NotKnown> {
        match self.records.used(key) {
            Some(known) => known.as_ref().map(StoredRecord::revision).ok_or(NotKnown),
            None => self.parents.used(key).copied().ok_or(NotKnown),
        }
    }

    /// What a commit makes of it: whatever it touched is known as it left it, or not any more. Says about how many bytes
    /// that takes.
    fn follow(&mut self, effect: Effect) -> usize {
        let Some(head) = effect.head else { return 0 };
        let mut learned = 0;
        for key in effect.removed {
            self.parents.remove(&key);
            if let Some(known) = self.records.get_mut(&key) {
                *known = None;
            }
        }
        for (key, stored) in effect.saved {
            if let Some(known) = self.parents.get_mut(&key) {
                *known = stored.revision();
            }
            if self.records.get_mut(&key).is_some() {
                learned += weight(&stored);
                self.learn_record(stored);
            } else {
                for unique in UniqueKey::held_by(stored.record()) {
                    self.holders.remove(&unique);
                }
            }
        }
        for (key, revision) in effect.bumped {
            if let Some(known) = self.records.get_mut(&key) {
                *known = known.take().map(|stored| stored.bumped(revision));
            }
        }
        for stamp in effect.stamps {
            self.unstamped.remove(&stamp.id());
        }
        self.head = head;
        learned
    }

    fn turn(&mut self) {
        self.lately = Lately::default();
        self.records.turn();
        self.holders.turn();
        self.parents.turn();
        self.unstamped.turn();
    }

    fn is_empty(&self) -> bool {
        self.records.is_empty() && self.holders.is_empty() && self.parents.is_empty() && self.unstamped.is_empty()
    }
}
