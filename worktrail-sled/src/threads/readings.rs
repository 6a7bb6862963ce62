//! Readings that wait for a thread, and the threads that do them.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::engine::Engine;

/// A reading. It sends its own answer.
pub(super) type Reading = Box<dyn FnOnce(&Engine) + Send>;

/// Readings that wait, first come, first served.
#[derive(Default)]
pub(super) struct Readings {
    queue: Mutex<Queue>,
    more: Condvar,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Reading>,
    /// Threads that wait for a reading: where there are none, nobody need be woken.
    asleep: usize,
    closed: bool,
}

impl Readings {
    /// Adds a reading. Gives it back when nobody will do it any more.
    pub(super) fn add(&self, reading: Reading) -> Result<(), Reading> {
        let mut queue = self.queue();
        if queue.closed {
            return Err(reading);
        }
        queue.waiting.push_back(reading);
        let somebody_sleeps = queue.asleep > 0;
        drop(queue);
        if somebody_sleeps {
            self.more.notify_one();
        }
        Ok(())
    }

    /// Takes no more of them. Those that wait are done.
    pub(super) fn close(&self) {
        self.queue().closed = true;
        self.more.notify_all();
    }

    /// Does one after the other until there will be no more. Tells when sled has failed.
    pub(super) fn work(&self, engine: &Engine, failed: impl Fn()) {
        while let Some(reading) = self.next() {
            reading(engine);
            if engine.is_broken() {
                failed();
            }
        }
    }

    /// Does its share of those that wait now.
    pub(super) fn help(&self, engine: &Engine) {
        let waiting = self.queue().waiting.len();
        for _ in 0..waiting {
            let Some(reading) = self.queue().waiting.pop_front() else { return };
            reading(engine);
        }
    }

    fn next(&self) -> Option<Reading> {
        let mut queue = self.queue();
        loop {
            match queue.waiting.pop_front() {
                None if !queue.closed => {}
                next => return next,
            }
            queue.asleep += 1;
            queue = self.more.wait(queue).unwrap_or_else(PoisonError::into_inner);
            queue.asleep -= 1;
        }
    }

    /// Nobody panics who holds it.
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Readings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Readings").finish_non_exhaustive()
    }
}
