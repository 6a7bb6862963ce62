//! Whether a thread is inside a call of sled, and whether such calls come to their end.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// Counts the beginnings and ends of a thread's calls: it is odd inside a call.
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

    fn now(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Waits until a call of any thread has lasted for longer than `patience`, by at most as much again. False when there
/// will be no more calls, which is when the other end of `until` is gone.
pub(crate) fn any_is_stuck(threads: &[Pulse], patience: Duration, until: &Receiver<()>) -> bool {
    let mut last = Vec::new();
    loop {
        match until.recv_timeout(patience) {
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return false,
            Err(RecvTimeoutError::Timeout) => {}
        }
        let now: Vec<u64> = threads.iter().map(Pulse::now).collect();
        if now.iter().zip(&last).any(|(now, last)| now % 2 == 1 && now == last) {
            return true;
        }
        last = now;
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
        assert!(any_is_stuck(&[Pulse::default(), pulse], PATIENCE, &until));
        drop(end);
        assert!(calling.join().unwrap().is_err());
    }

    #[test]
    fn whoever_does_nothing_is_not_stuck() {
        let (running, until) = mpsc::channel();
        let pulse = Pulse::default();
        pulse.beat(|| ());
        let watching = thread::spawn(move || any_is_stuck(&[pulse], PATIENCE, &until));
        thread::sleep(10 * PATIENCE);
        drop(running);
        assert!(!watching.join().unwrap());
    }
}
