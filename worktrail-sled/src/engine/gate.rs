//! Where tests see the calls of sled, and make one fail.

/// A call of sled, or what we do to its files and ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Call {
    Get,
    Step,
    Apply,
    Flush,
    Sync,
    Mark,
}

/// Lets calls through. In tests it counts them, and one of them fails, before or after it has had its effect.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    #[cfg(test)]
    pub(crate) passed: std::sync::Arc<std::sync::Mutex<Vec<Call>>>,
    #[cfg(test)]
    pub(crate) failing: Option<Failing>,
    /// The first change waits until it is let go on.
    #[cfg(test)]
    pub(crate) held: Option<std::sync::Mutex<std::sync::mpsc::Receiver<()>>>,
}

/// The call that fails.
#[cfg(test)]
#[derive(Debug, Clone, Copy)]
pub(crate) struct Failing {
    /// How many calls pass before it.
    pub(crate) after: usize,
    /// What it does before it fails.
    pub(crate) effect: Effect,
    /// What it fails with.
    pub(crate) with: fn() -> sled::Error,
}

/// What a failing call does.
#[cfg(test)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    Nothing,
    Everything,
}

impl Gate {
    #[cfg(not(test))]
    #[expect(clippy::unused_self, reason = "in tests it counts")]
    pub(super) fn pass<T>(&self, _: Call, call: impl FnOnce() -> sled::Result<T>) -> sled::Result<T> {
        call()
    }

    #[cfg(test)]
    pub(super) fn pass<T>(&self, what: Call, call: impl FnOnce() -> sled::Result<T>) -> sled::Result<T> {
        let mut passed = self.passed.lock().expect("nobody panics here");
        let failing = self.failing.filter(|failing| failing.after == passed.len());
        passed.push(what);
        let first = what == Call::Apply && passed.iter().filter(|call| **call == what).count() == 1;
        drop(passed);
        if let Some(held) = self.held.as_ref().filter(|_| first) {
            let _ = held.lock().expect("nobody panics here").recv();
        }
        match failing {
            Some(Failing { effect: Effect::Nothing, with, .. }) => Err(with()),
            Some(Failing { effect: Effect::Everything, with, .. }) => call().and_then(|_| Err(with())),
            None => call(),
        }
    }
}
