//! What the clerks remember: every intent, each time it was sent, and how each time ended.

use std::fmt;
use std::sync::Arc;

use worktrail_core::access::Actor;
use worktrail_core::desk::Error;
use worktrail_core::store::{CommandId, Receipt, StoreErrorKind};

use crate::acts::Act;

/// Something that somebody wants done once, however often it has to be said.
#[derive(Debug)]
pub(crate) struct Intent {
    pub(crate) act: Arc<Act>,
    pub(crate) actor: Actor,
    /// The ids that it was sent by: one, unless the client is sloppy.
    pub(crate) ids: Vec<CommandId>,
    pub(crate) endings: Vec<Ending>,
}

/// How one sending of a command ended.
#[derive(Clone, PartialEq)]
pub(crate) enum Ending {
    Done(Receipt),
    /// Refused by a rule.
    Refused(&'static str),
    /// Others were always first.
    Conflict,
    /// The store failed.
    Failed(StoreErrorKind),
    /// The caller went away before the answer.
    Dropped,
}

/// What is known of an intent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fate {
    /// It was acknowledged.
    Done(Receipt),
    /// Each time it was sent, the answer was that nothing was done.
    Undone,
    /// Nobody was told.
    Open,
}

impl Ending {
    /// How a run ended. An error that no honest store gives is a failure of the run.
    pub(crate) fn of(outcome: Result<Receipt, Error>) -> Result<Self, String> {
        match outcome {
            Ok(receipt) => Ok(Self::Done(receipt)),
            Err(Error::Rejected(rejection)) => Ok(Self::Refused(rejection.code())),
            Err(Error::Conflict) => Ok(Self::Conflict),
            Err(Error::Store(error)) => match error.kind() {
                StoreErrorKind::Busy
                | StoreErrorKind::Unavailable
                | StoreErrorKind::Unknown
                | StoreErrorKind::CommandReused => Ok(Self::Failed(error.kind())),
                _ => Err(format!("the desk gave an error that nobody caused: {error}")),
            },
            Err(other) => Err(format!("the desk gave an error that nobody caused: {other}")),
        }
    }

    /// Whether it says that nothing was done.
    const fn is_certain(&self) -> bool {
        match self {
            Self::Refused(_) | Self::Conflict => true,
            Self::Failed(kind) => !matches!(kind, StoreErrorKind::Unknown | StoreErrorKind::CommandReused),
            Self::Done(_) | Self::Dropped => false,
        }
    }
}

impl fmt::Debug for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Done(receipt) => write!(f, "done at {} ({:?})", receipt.revision().number(), receipt.replay()),
            Self::Refused(code) => write!(f, "refused ({code})"),
            Self::Conflict => f.write_str("others were first"),
            Self::Failed(kind) => write!(f, "{kind}"),
            Self::Dropped => f.write_str("the caller went away"),
        }
    }
}

impl Intent {
    /// What is known of it.
    pub(crate) fn fate(&self) -> Fate {
        let done = self.endings.iter().find_map(|ending| match ending {
            Ending::Done(receipt) => Some(receipt.clone().replayed()),
            _ => None,
        });
        match done {
            Some(receipt) => Fate::Done(receipt),
            None if self.endings.iter().all(Ending::is_certain) => Fate::Undone,
            None => Fate::Open,
        }
    }

    /// What it says, for a failure.
    pub(crate) fn story(&self) -> String {
        let endings: Vec<_> = self.endings.iter().map(|ending| format!("{ending:?}")).collect();
        format!("{}: {}", self.act.name(), endings.join(", "))
    }
}
