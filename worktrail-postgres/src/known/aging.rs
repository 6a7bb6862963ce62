//! A map that lets go of what was not used for a while.

use std::collections::BTreeMap;

/// Entries in two generations: what is used is young, what was not since the last turn is old, and goes with the next.
pub(super) struct Aging<K, V> {
    young: BTreeMap<K, V>,
    old: BTreeMap<K, V>,
}

impl<K, V> Default for Aging<K, V> {
    fn default() -> Self {
        Self { young: BTreeMap::new(), old: BTreeMap::new() }
    }
}

impl<K: Ord, V> Aging<K, V> {
    /// What is there, which is a use of it.
    pub(super) fn used(&mut self, key: &K) -> Option<&V> {
        if let Some((key, value)) = self.old.remove_entry(key) {
            self.young.insert(key, value);
        }
        self.young.get(key)
    }

    /// What is there, to be changed, which is no use of it.
    pub(super) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.young.get_mut(key).or_else(|| self.old.get_mut(key))
    }

    pub(super) fn insert(&mut self, key: K, value: V) {
        self.old.remove(&key);
        self.young.insert(key, value);
    }

    pub(super) fn remove(&mut self, key: &K) {
        self.young.remove(key);
        self.old.remove(key);
    }

    /// Lets go of what is old, and makes the rest old.
    pub(super) fn turn(&mut self) {
        self.old = std::mem::take(&mut self.young);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.young.is_empty() && self.old.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_stays_and_what_is_not_goes_with_the_second_turn() {
        let mut aging = Aging::default();
        aging.insert("used", 1);
        aging.insert("changed", 2);
        for _ in 0..2 {
            aging.turn();
            assert_eq!(aging.used(&"used"), Some(&1));
            if let Some(value) = aging.get_mut(&"changed") {
                *value += 1;
            }
        }
        assert_eq!(aging.used(&"changed"), None);
        assert!(!aging.is_empty());
        aging.turn();
        aging.turn();
        assert!(aging.is_empty());
    }

    #[test]
    fn an_old_entry_is_replaced_and_removed_too() {
        let mut aging = Aging::default();
        aging.insert("one", 1);
        aging.insert("other", 2);
        aging.turn();
        aging.insert("one", 3);
        aging.remove(&"other");
        assert_eq!(aging.used(&"one"), Some(&3));
        assert_eq!(aging.used(&"other"), None);
    }
}
