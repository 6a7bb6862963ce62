//! What can go wrong at the desk.

use thiserror::Error;

use crate::command::{Halt, Stop};
use crate::domain::Rejection;
use crate::store::StoreError;

/// Why a command was not done, or a question not answered.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// Refused by a rule. Nothing was changed.
    #[error("{0}")]
    Rejected(Rejection),
    /// Others were first, again and again. Nothing was changed; try again.
    #[error("others changed the same records first, again and again; try again")]
    Conflict,
    /// The store could not do it. Whether trying again helps is told by [`StoreError::retry`].
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Error {
    /// The refusal, if it is one.
    #[must_use]
    pub const fn rejection(&self) -> Option<&Rejection> {
        match self {
            Self::Rejected(rejection) => Some(rejection),
            _ => None,
        }
    }
}

impl From<Rejection> for Error {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected(rejection)
    }
}

/// What a stop comes to once nothing is lacking any more.
pub(super) fn stopped(stop: Stop) -> Error {
    match stop.into_halt() {
        Halt::Rejected(rejection) => Error::Rejected(rejection),
        Halt::Store(error) => Error::Store(error),
        Halt::Lacking => Error::Store(StoreError::misuse("a decision stopped for something that nobody asked for")),
    }
}
