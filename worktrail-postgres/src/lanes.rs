//! Lanes: what waits for one tenant, and the task that works it off while there is anything.
//!
//! One tenant's work is done in turn; tenants do not wait for each other. A task that is dropped, with its runtime, lets
//! go of all that waited in its lane, and each waiting caller notices.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use worktrail_core::store::Tenant;

/// What waits, by tenant. A tenant that is in the list has a task.
#[derive(Debug)]
pub(crate) struct Lanes<W>(Arc<Mutex<BTreeMap<Tenant, VecDeque<W>>>>);

impl<W> Default for Lanes<W> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

/// A tenant's lane, as its task has it.
#[derive(Debug)]
pub(crate) struct Lane<W> {
    lanes: Lanes<W>,
    tenant: Tenant,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Listed,
    /// Taken off the list, where another of the same tenant may stand by now.
    Ended,
}

impl<W> Lanes<W> {
    /// Adds what waits. Gives the lane when there was none: then it needs a task.
    pub(crate) fn add(&self, tenant: &Tenant, waiting: W) -> Option<Lane<W>> {
        let mut lanes = self.lock();
        if let Some(lane) = lanes.get_mut(tenant) {
            lane.push_back(waiting);
            return None;
        }
        lanes.insert(tenant.clone(), VecDeque::from([waiting]));
        Some(Lane { lanes: Self(Arc::clone(&self.0)), tenant: tenant.clone(), state: State::Listed })
    }

    /// The lists are whole at every moment, whoever panicked while holding them.
    fn lock(&self) -> MutexGuard<'_, BTreeMap<Tenant, VecDeque<W>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<W> Lane<W> {
    pub(crate) const fn tenant(&self) -> &Tenant {
        &self.tenant
    }

    /// Takes what waits, from the first on, as many as `how_many` says. Nothing when nothing waits: then the lane has
    /// ended.
    pub(crate) fn take(&mut self, how_many: impl FnOnce(&VecDeque<W>) -> usize) -> Vec<W> {
        let mut lanes = self.lanes.lock();
        let Some(lane) = lanes.get_mut(&self.tenant) else { return Vec::new() };
        if lane.is_empty() {
            lanes.remove(&self.tenant);
            self.state = State::Ended;
            return Vec::new();
        }
        let members = how_many(lane).clamp(1, lane.len());
        lane.drain(..members).collect()
    }
}

impl<W> Drop for Lane<W> {
    fn drop(&mut self) {
        if self.state == State::Listed {
            let left = self.lanes.lock().remove(&self.tenant);
            // Let go of after the lock: each of them may wake somebody.
            drop(left);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tenant(name: &str) -> Tenant {
        Tenant::parse(name).unwrap()
    }

    #[test]
    fn each_tenant_has_one_task_for_as_long_as_something_waits() {
        let lanes = Lanes::default();
        let mut one = lanes.add(&tenant("one"), 1).unwrap();
        assert!(lanes.add(&tenant("one"), 2).is_none(), "a second task");
        let mut other = lanes.add(&tenant("other"), 9).unwrap();
        assert_eq!(one.take(VecDeque::len), [1, 2]);
        assert!(lanes.add(&tenant("one"), 3).is_none(), "the task has yet to see that nothing waits");
        assert_eq!(one.take(|_| 1), [3]);
        assert!(one.take(VecDeque::len).is_empty());
        let mut again = lanes.add(&tenant("one"), 4).unwrap();
        drop(one);
        assert_eq!(again.take(VecDeque::len), [4], "the lane that ended took another's with it");
        assert_eq!(other.take(VecDeque::len), [9]);
    }

    #[test]
    fn a_task_that_is_dropped_lets_go_of_what_waited() {
        let lanes = Lanes::default();
        let waiting = Arc::new(());
        let lane = lanes.add(&tenant("one"), Arc::clone(&waiting)).unwrap();
        drop(lane);
        assert_eq!(Arc::strong_count(&waiting), 1);
        assert!(lanes.add(&tenant("one"), waiting).is_some());
    }
}
