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
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::runtime::Handle;
use worktrail_core::store::judge::Effect;
use worktrail_core::store::{CommandId, Head, Key, RecordKey, Stored, StoredRecord, Tenant, UniqueKey};

use crate::fetch::Found;
use aging::Aging;

/// Between two turns: what was not used during a whole one is let go of.
const TURN: Duration = Duration::from_millis(500);
/// The most bytes, about, that are learned in a turn before it ends.
const MOST_BYTES: usize = 2 << 20;
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
    /// Commands that left no stamp.
    unstamped: Aging<CommandId, ()>,
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
        // What comes late tells of a state that is over.
        if head.revision < at.head.revision {
            return;
        }
        if at.head != *head {
            *at = AtHead { head: head.clone(), caution: at.caution, ..AtHead::default() };
        }
        *learned += found.into_iter().map(|(key, stored)| at.learn(key, stored.as_ref())).sum::<usize>();
        if *ageing == Ageing::Stopped {
            *ageing = Ageing::Running;
            self.runtime.spawn(age(Arc::downgrade(&self.memory)));
        }
        memory.turn_if_full();
    }

    /// All that a commit needs, if all of it is known.
    pub(crate) fn all_of(&self, tenant: &Tenant, keys: &BTreeSet<Key>) -> Option<Found> {
        let mut memory = self.lock();
        let at = memory.tenants.get_mut(tenant)?;
        if at.caution > 0 {
            at.caution -= 1;
            return None;
        }
        let keys = keys.iter().map(|key| at.recall(key)).collect::<Result<_, _>>().ok()?;
        Some(Found { keys, head: at.head.clone(), about: Vec::new() })
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

fn weight(stored: &StoredRecord) -> usize {
    stored.record().body().bytes().len()
}

impl AtHead {
    /// Remembers what was found under a key, and says about how many bytes that takes.
    fn learn(&mut self, key: &Key, stored: Option<&Stored>) -> usize {
        const EACH: usize = 256;
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

    /// What a commit makes of it: whatever it touched is known as it left it, or not any more. Says about how many bytes
    /// that takes.
    fn follow(&mut self, effect: Effect) -> usize {
        let Some(head) = effect.head else { return 0 };
        let mut learned = 0;
        for key in effect.removed {
            if let Some(known) = self.records.get_mut(&key) {
                *known = None;
            }
        }
        for (key, stored) in effect.saved {
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
        self.records.turn();
        self.holders.turn();
        self.unstamped.turn();
    }

    fn is_empty(&self) -> bool {
        self.records.is_empty() && self.holders.is_empty() && self.unstamped.is_empty()
    }
}
