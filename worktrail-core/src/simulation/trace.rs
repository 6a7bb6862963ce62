//! What a simulated store did, call by call.

use std::fmt;

use super::plan::Fault;
use crate::store::StoreErrorKind;

/// A verb of a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verb {
    /// `commit`
    Commit,
    /// `get`
    Get,
    /// `scan`
    Scan,
    /// `count`
    Count,
    /// `journal`
    Journal,
    /// `watch`
    Watch,
}

impl Verb {
    /// Whether it changes the store.
    #[must_use]
    pub const fn writes(self) -> bool {
        matches!(self, Self::Commit)
    }
}

/// A line of the trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A call was answered, or its caller went away before that.
    Call {
        /// The number of the call, from 1.
        call: u64,
        /// What was asked.
        verb: Verb,
        /// What struck it, apart from delay.
        fault: Option<Fault>,
        /// For how many polls it hesitated.
        delay: u64,
        /// How it was answered: none when the caller went away.
        outcome: Option<Result<(), StoreErrorKind>>,
    },
    /// A commit that was on its way was done after all, or refused.
    Landed(Result<(), StoreErrorKind>),
    /// A commit that was on its way will never be done.
    Vanished,
    /// The store went down.
    Crashed,
    /// The store was started again.
    Restarted,
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call { call, verb, fault, delay, outcome } => {
                let verb = match verb {
                    Verb::Commit => "commit",
                    Verb::Get => "get",
                    Verb::Scan => "scan",
                    Verb::Count => "count",
                    Verb::Journal => "journal",
                    Verb::Watch => "watch",
                };
                write!(f, "{call:>6} {verb:<8}")?;
                if let Some(fault) = fault {
                    write!(f, "{fault}, ")?;
                }
                if *delay > 0 {
                    write!(f, "delay {delay}, ")?;
                }
                match outcome {
                    None => f.write_str("the caller went away"),
                    Some(Ok(())) => f.write_str("ok"),
                    Some(Err(kind)) => write!(f, "{kind}"),
                }
            }
            Self::Landed(Ok(())) => f.write_str("     · a late commit was done"),
            Self::Landed(Err(kind)) => write!(f, "     · a late commit was refused: {kind}"),
            Self::Vanished => f.write_str("     · a late commit was lost"),
            Self::Crashed => f.write_str("     · down"),
            Self::Restarted => f.write_str("     · up"),
        }
    }
}
