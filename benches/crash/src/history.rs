//! Histories: who asked what and was answered what, when; and whether one order of commits explains all of it.
//!
//! A tenant's journal gives the order, so the check is linear. That a history is right means:
//! - the journal has no gap, tells whole batches, each at most once, and none that nobody sent;
//! - what was acknowledged is told, where its receipt says; what was refused is not;
//! - whoever was answered before another asked comes before it;
//! - every commit found what it expected, and every refusal had a reason at some moment while it waited;
//! - every reading shows the state after some commit, between its question and its answer, and no older one than a
//!   reading that had ended before.

pub mod bad;
mod check;
mod record;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use check::{Fault, check};
pub use record::record;

use worktrail_core::store::Expect;

use crate::candidate::{Candidate, Opening, Sharing};
use crate::figures::Figures;
use crate::setting::{Obstacle, Setting, run};

/// A moment: each is counted once, in the order in which they came.
pub type Moment = u64;

/// One of the few records that everybody works on.
pub type Place = u8;

/// What a record says, and at which revision: the number of the batch that wrote it. None where it is not there.
pub type Seen = Option<(u64, u64)>;

/// A history: every operation, and the journal as it was in the end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// The operations, in no order.
    pub operations: Vec<Operation>,
    /// What each entry of the journal says, from position 1: of which batch it is, and which part of it.
    pub journal: Vec<Told>,
}

/// An operation, from its question to its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// When it was asked.
    pub asked: Moment,
    /// When it was answered.
    pub answered: Moment,
    /// What.
    pub what: What,
}

/// An entry of the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Told {
    /// Its position.
    pub position: u64,
    /// The number of its batch.
    pub number: u64,
    /// Which of the batch's entries it is, from 0.
    pub part: u8,
}

/// How many entries every batch tells.
pub const PARTS: u8 = 2;

/// What was asked and answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A batch.
    Commit {
        /// Its number, which nobody else uses.
        number: u64,
        /// The records it writes, all in one.
        writes: Vec<Place>,
        /// What it expects of the first of them.
        expects: Expect,
        /// What came of it.
        outcome: Outcome,
    },
    /// A look-up, or a walk, of several records at one moment.
    Read(BTreeMap<Place, Seen>),
    /// A page of the journal.
    Tail {
        /// After this position.
        after: u64,
        /// The entries.
        entries: Vec<Told>,
        /// The last position at that moment.
        head: u64,
    },
}

/// What came of a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Done {
        /// The tenant's revision.
        revision: u64,
        /// The position of its first entry.
        first: u64,
        /// The position of its last.
        last: u64,
    },
    /// Somebody else was first.
    Conflict,
    /// The answer was lost.
    Unknown,
}

/// Records so many histories of a store, each by other chance, and checks them.
///
/// # Errors
/// What keeps them from being recorded.
pub fn histories(setting: &Setting, candidate: &dyn Candidate, trials: u64) -> Result<Figures, Obstacle> {
    let mut figures = Figures::default();
    let mut operations = 0;
    for trial in 0..trials {
        let mut chance = setting.chance("history", trial);
        let directory = setting.home(candidate)?;
        let history = run(async {
            let mut stores = vec![Arc::from(candidate.open(directory.path(), Opening::Create).await?)];
            if candidate.sharing() == Sharing::Processes {
                stores.push(candidate.open(directory.path(), Opening::Existing).await?.into());
            }
            let history = record(&stores, &mut chance).await;
            for store in stores {
                store.close().await;
            }
            history
        })?;
        operations += history.operations.len();
        let outcomes = history.operations.iter().filter_map(|operation| match operation.what {
            What::Commit { outcome, .. } => Some(outcome),
            _ => None,
        });
        let done = outcomes.filter(|outcome| matches!(outcome, Outcome::Done { .. })).count();
        figures.trials += 1;
        figures.acknowledged += u64::try_from(done).unwrap_or_default();
        if let Err(fault) = check(&history) {
            figures.fault(format!("history {trial}: {fault}"));
        }
    }
    figures.note(format!("{operations} operations, each explained by one order"));
    Ok(figures)
}

/// Checks the hand-made histories: each of the bad ones must be refused, for its own reason.
#[must_use]
pub fn refusals() -> Figures {
    let mut figures = Figures::default();
    if let Err(fault) = check(&bad::good()) {
        figures.fault(format!("a good history was refused: {fault}"));
    }
    for bad in bad::all() {
        figures.trials += 1;
        match check(&bad.history) {
            Err(fault) if fault == bad.fault => {}
            Err(fault) => figures.fault(format!("{}: refused, but as {fault}", bad.name)),
            Ok(()) => figures.fault(format!("{}: not refused", bad.name)),
        }
    }
    figures.note(format!("{} bad histories, each refused for its own reason", figures.trials));
    figures
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_bad_history_is_refused_for_its_own_reason() {
        let figures = super::refusals();
        assert!(figures.is_clean(), "{:?}", figures.faults);
        assert!(figures.trials >= 20);
    }
}
