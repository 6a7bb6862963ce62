//! What our last commits touched.

use std::collections::{BTreeSet, VecDeque};

use worktrail_core::store::judge::Effect;
use worktrail_core::store::{Head, Key, StoredRecord, UniqueKey};

/// How many commits are remembered: more than end while a look-up is under way.
const MOST_COMMITS: usize = 4;

/// What our last commits touched, the oldest first, without a gap.
#[derive(Default)]
pub(super) struct Lately(VecDeque<Touched>);

struct Touched {
    /// The head that the commit found.
    before: Head,
    /// The keys of which another answer may be found since.
    keys: BTreeSet<Key>,
}

impl Lately {
    /// Remembers a commit, which found the head where the last one left it.
    pub(super) fn add(&mut self, before: &Head, effect: &Effect) {
        if self.0.len() == MOST_COMMITS {
            self.0.pop_front();
        }
        let written = effect.removed.iter().chain(effect.saved.keys()).chain(effect.bumped.keys());
        let saved = effect.saved.values().map(StoredRecord::record);
        let unique = effect.before.values().chain(saved).flat_map(UniqueKey::held_by);
        let stamps = effect.stamps.iter().map(|stamp| Key::Stamp(stamp.id()));
        let keys = written.map(|key| Key::Record(*key)).chain(unique.map(Key::Unique)).chain(stamps).collect();
        self.0.push_back(Touched { before: before.clone(), keys });
    }

    /// Whether all of our commits since a head are remembered.
    pub(super) fn reach(&self, head: &Head) -> bool {
        self.0.iter().any(|touched| touched.before == *head)
    }

    /// Whether another answer may be found under a key since a head that they reach.
    pub(super) fn touched(&self, key: &Key, since: &Head) -> bool {
        self.0.iter().skip_while(|touched| touched.before != *since).any(|touched| touched.keys.contains(key))
    }
}
