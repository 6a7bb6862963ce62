//! Whether the thread is inside a call of sled, and whether such calls come to their end.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// Counts the beginnings and ends of calls: it is odd inside a call.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pulse(Arc<AtomicU64>);

impl Pulse {
    /// Runs one call of sled.
    pub(crate) fn beat<T>(&self, call: impl FnOnce() -> T) -> T {
        self.0.fetch_add(1, Ordering::Relaxed);
        let answer = call();
        self.0.fetch_add(1, Ordering::Relaxed);
        answer
    }

    /// Waits until a call has lasted for longer than `patience`, by at most as much again. False when there will be no
    /// more calls, which is when the other end of `until` is gone.
    pub(crate) fn is_stuck(&self, patience: Duration, until: &Receiver<()>) -> bool {
        let mut last = None;
        loop {
            match until.recv_timeout(patience) {
                Ok(()) | Err(RecvTimeoutError::Disconnected) => return false,
                Err(RecvTimeoutError::Timeout) => {}
            }
            let now = self.0.load(Ordering::Relaxed);
            if now % 2 == 1 && last == Some(now) {
                return true;
            }
            last = Some(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::thread;

    use super::*;

    const PATIENCE: Duration = Duration::from_millis(5);

    #[test]
    fn a_call_that_never_ends_is_seen() {
        let pulse = Pulse::default();
        let (_running, until) = mpsc::channel();
        let (end, ended) = mpsc::channel::<()>();
        let calling = {
            let pulse = pulse.clone();
            thread::spawn(move || pulse.beat(|| ended.recv()))
        };
        assert!(pulse.is_stuck(PATIENCE, &until));
        drop(end);
        assert!(calling.join().unwrap().is_err());
    }

    #[test]
    fn whoever_does_nothing_is_not_stuck() {
        let (running, until) = mpsc::channel();
        let pulse = Pulse::default();
        pulse.beat(|| ());
        let watching = thread::spawn(move || pulse.is_stuck(PATIENCE, &until));
        thread::sleep(10 * PATIENCE);
        drop(running);
        assert!(!watching.join().unwrap());
    }
}
