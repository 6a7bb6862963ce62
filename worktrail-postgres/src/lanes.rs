//! Lanes: what waits for one tenant, and the tasks that work it off while there is anything.
//!
//! One tenant's work is done in turn, by one task or by a few; tenants do not wait for each other. When the last task of a
//! lane is dropped, with its runtime, that lets go of all that waited, and each waiting caller notices.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use worktrail_core::store::Tenant;

/// What waits, by tenant. A tenant that is in the list has a task.
#[derive(Debug)]
pub(crate) struct Lanes<W> {
    queues: Arc<Mutex<BTreeMap<Tenant, Queue<W>>>>,
    most_tasks: usize,
}

#[derive(Debug)]
struct Queue<W> {
    waiting: VecDeque<W>,
    tasks: usize,
}

/// A tenant's lane, as one of its tasks has it.
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
    /// Lanes that are worked off by so many tasks at once.
    pub(crate) fn new(most_tasks: usize) -> Self {
        Self { queues: Arc::default(), most_tasks }
    }

    /// Adds what waits. Gives the lane when it may have another task: then it needs one.
    pub(crate) fn add(&self, tenant: &Tenant, waiting: W) -> Option<Lane<W>> {
        let mut queues = self.lock();
        let queue = match queues.get_mut(tenant) {
            Some(queue) => queue,
            None => queues.entry(tenant.clone()).or_insert(Queue { waiting: VecDeque::new(), tasks: 0 }),
        };
        queue.waiting.push_back(waiting);
        if queue.tasks == self.most_tasks {
            return None;
        }
        queue.tasks += 1;
        let lanes = Self { queues: Arc::clone(&self.queues), most_tasks: self.most_tasks };
        Some(Lane { lanes, tenant: tenant.clone(), state: State::Listed })
    }

    /// The lists are whole at every moment, whoever panicked while holding them.
    fn lock(&self) -> MutexGuard<'_, BTreeMap<Tenant, Queue<W>>> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends one of a lane's tasks; the last one ends the lane, and gives what was left in it.
fn end<W>(queues: &mut BTreeMap<Tenant, Queue<W>>, tenant: &Tenant) -> Option<Queue<W>> {
    let queue = queues.get_mut(tenant)?;
    queue.tasks = queue.tasks.saturating_sub(1);
    if queue.tasks == 0 { queues.remove(tenant) } else { None }
}

impl<W> Lane<W> {
    pub(crate) const fn tenant(&self) -> &Tenant {
        &self.tenant
    }

    /// Takes what waits, from the first on, as many as `how_many` says. Nothing when nothing waits: then the lane has
    /// ended for this task.
    pub(crate) fn take(&mut self, how_many: impl FnOnce(&VecDeque<W>) -> usize) -> Vec<W> {
        let mut queues = self.lanes.lock();
        let Some(queue) = queues.get_mut(&self.tenant) else { return Vec::new() };
        if queue.waiting.is_empty() {
            end(&mut queues, &self.tenant);
            self.state = State::Ended;
            return Vec::new();
        }
        let members = how_many(&queue.waiting).clamp(1, queue.waiting.len());
        queue.waiting.drain(..members).collect()
    }
}

impl<W> Drop for Lane<W> {
    fn drop(&mut self) {
        if self.state == State::Listed {
            let left = end(&mut self.lanes.lock(), &self.tenant);
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
        let lanes = Lanes::new(1);
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
        let lanes = Lanes::new(1);
        let waiting = Arc::new(());
        let lane = lanes.add(&tenant("one"), Arc::clone(&waiting)).unwrap();
        drop(lane);
        assert_eq!(Arc::strong_count(&waiting), 1);
        assert!(lanes.add(&tenant("one"), waiting).is_some());
    }

    #[test]
    fn a_lane_of_two_tasks_lasts_as_long_as_one_of_them() {
        let lanes = Lanes::new(2);
        let mut one = lanes.add(&tenant("one"), 1).unwrap();
        let mut other = lanes.add(&tenant("one"), 2).unwrap();
        assert!(lanes.add(&tenant("one"), 3).is_none(), "a third task");
        assert_eq!(one.take(|_| 1), [1]);
        assert_eq!(other.take(VecDeque::len), [2, 3]);
        assert!(lanes.add(&tenant("one"), 4).is_none(), "both have yet to see that nothing waits");
        // when one of them goes in the middle, then the other goes on
        drop(one);
        assert_eq!(other.take(VecDeque::len), [4]);
        let again = lanes.add(&tenant("one"), 5).unwrap();
        assert!(other.take(|_| 0) == [5] && other.take(VecDeque::len).is_empty());
        drop(again);
        assert!(lanes.add(&tenant("one"), 6).is_some(), "nobody is left");
    }
}
