//! What can go wrong in a store.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// An error of a store: what sort it is, whether trying again helps, and the cause where there is one.
///
/// It never carries personal data: neither its text nor its cause repeats a value from a record.
#[derive(Debug, Clone)]
pub struct StoreError {
    kind: StoreErrorKind,
    message: Cow<'static, str>,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

/// The sort of a [`StoreError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum StoreErrorKind {
    /// A guard did not hold: somebody else was first.
    Conflict,
    /// Two records would hold the same unique value.
    NotUnique,
    /// The command's id was used before, for something else.
    CommandReused,
    /// The cursor is damaged, or belongs to another question.
    InvalidCursor,
    /// The store's schema is older or newer than this program.
    SchemaOutdated,
    /// What was read is not what was written.
    Corrupt,
    /// The store cannot be written.
    ReadOnly,
    /// There is no room left.
    Full,
    /// Too much is waiting, or somebody holds the store.
    Busy,
    /// The store cannot be reached; nothing was done.
    Unavailable,
    /// The connection went while the answer was on its way: the commit may have happened.
    Unknown,
    /// Another process has the store open, and it admits only one.
    AlreadyOpen,
    /// The store was closed.
    Closed,
    /// The store stopped after a fault, or a commit was dropped half-way; open it again, or roll back.
    Poisoned,
    /// The call breaks the contract: a fault in the calling program.
    Misuse,
    /// Something else.
    Other,
}

/// Whether, and how, trying again makes sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Retry {
    /// It will fail again.
    Never,
    /// Load again, decide again, commit again.
    AfterReload,
    /// The same call again, a little later.
    AfterPause,
    /// Only the same command, with the same id: it is answered from its stamp if it had been done.
    SameCommandOnly,
}

impl StoreError {
    /// An error of a sort, with a text for the developer that repeats no value from a record.
    #[must_use]
    pub fn new(kind: StoreErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, message: message.into(), source: None }
    }

    /// Adds the cause. A driver's error that could repeat values must be put in other words first.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(Arc::from(source.into()));
        self
    }

    /// The sort of error.
    #[must_use]
    pub const fn kind(&self) -> StoreErrorKind {
        self.kind
    }

    /// Whether trying again makes sense.
    #[must_use]
    pub const fn retry(&self) -> Retry {
        match self.kind {
            StoreErrorKind::Conflict | StoreErrorKind::NotUnique => Retry::AfterReload,
            StoreErrorKind::Busy | StoreErrorKind::Unavailable => Retry::AfterPause,
            StoreErrorKind::Unknown => Retry::SameCommandOnly,
            _ => Retry::Never,
        }
    }

    /// The call breaks the contract.
    #[must_use]
    pub fn misuse(message: &'static str) -> Self {
        Self::new(StoreErrorKind::Misuse, message)
    }

    /// What was read is not what was written.
    #[must_use]
    pub fn corrupt(message: &'static str) -> Self {
        Self::new(StoreErrorKind::Corrupt, message)
    }

    /// A guard did not hold.
    #[must_use]
    pub fn conflict(message: &'static str) -> Self {
        Self::new(StoreErrorKind::Conflict, message)
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind, self.message)
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

impl fmt::Display for StoreErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Conflict => "conflict",
            Self::NotUnique => "not unique",
            Self::CommandReused => "command id used before",
            Self::InvalidCursor => "invalid cursor",
            Self::SchemaOutdated => "schema outdated",
            Self::Corrupt => "corrupt",
            Self::ReadOnly => "read-only",
            Self::Full => "full",
            Self::Busy => "busy",
            Self::Unavailable => "unavailable",
            Self::Unknown => "outcome unknown",
            Self::AlreadyOpen => "already open",
            Self::Closed => "closed",
            Self::Poisoned => "poisoned",
            Self::Misuse => "misuse",
            Self::Other => "store error",
        })
    }
}
