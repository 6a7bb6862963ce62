//! Where tests make a call of sled fail.

/// Lets calls through. In tests one of them fails, before or after it has had its effect.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    #[cfg(test)]
    failing: Option<Failing>,
}

/// The call that fails.
#[cfg(test)]
#[derive(Debug)]
pub(crate) struct Failing {
    /// How many calls pass before it.
    pub(crate) after: u64,
    /// Whether it does what it was called for, and fails then.
    pub(crate) effect: Effect,
    /// What it fails with.
    pub(crate) with: sled::Error,
}

/// What a failing call does.
#[cfg(test)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Nothing.
    None,
    /// All of it.
    Whole,
}

impl Gate {
    #[cfg(not(test))]
    #[expect(clippy::unused_self, reason = "in tests it counts")]
    pub(super) fn pass<T>(&mut self, call: impl FnOnce() -> sled::Result<T>) -> sled::Result<T> {
        call()
    }

    #[cfg(test)]
    pub(super) fn pass<T>(&mut self, call: impl FnOnce() -> sled::Result<T>) -> sled::Result<T> {
        match &mut self.failing {
            Some(Failing { after: 0, effect, with }) => {
                let failed = with.clone();
                if *effect == Effect::Whole {
                    call()?;
                }
                Err(failed)
            }
            Some(Failing { after, .. }) => {
                *after -= 1;
                call()
            }
            None => call(),
        }
    }

    #[cfg(test)]
    pub(crate) const fn failing(failing: Failing) -> Self {
        Self { failing: Some(failing) }
    }
}
