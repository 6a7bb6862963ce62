//! Why a decision or an answer was not reached.

use std::fmt;

use crate::domain::Rejection;
use crate::store::StoreError;

/// Why a decision was not reached: refused, or something has to be loaded first. Which of the two is the desk's
/// affair: a decision only passes it on with `?`.
pub struct Stop(Halt);

/// What a [`Stop`] holds.
#[derive(Debug)]
pub(crate) enum Halt {
    /// Something is lacking; the world has noted what.
    Lacking,
    /// Refused.
    Rejected(Rejection),
    /// What was loaded cannot be used.
    Store(StoreError),
}

impl Stop {
    pub(crate) const fn new(halt: Halt) -> Self {
        Self(halt)
    }

    pub(crate) fn into_halt(self) -> Halt {
        self.0
    }

    /// The refusal, if it is one.
    #[must_use]
    pub fn rejection(self) -> Option<Rejection> {
        match self.0 {
            Halt::Rejected(rejection) => Some(rejection),
            Halt::Lacking | Halt::Store(_) => None,
        }
    }
}

impl From<Rejection> for Stop {
    fn from(rejection: Rejection) -> Self {
        Self(Halt::Rejected(rejection))
    }
}

impl fmt::Debug for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}
