//! What is compared: somebody who does the work, and how fast.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use tokio::task::JoinSet;

use crate::Outcome;
use crate::stopwatch::Stopwatch;

/// A specialist's day, by piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work {
    /// Load a trail, decide, commit the trail, the fact and the stamp.
    Act,
    /// A trail with its participant.
    Open,
    /// A page of twenty of a specialist's trails, with names.
    Portfolio,
    /// How many trails of a team stand in each phase.
    Counts,
    /// A hundred entries of the journal, from the first one on.
    Follow,
}

impl Work {
    /// Its name in the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Act => "act",
            Self::Open => "open",
            Self::Portfolio => "portfolio",
            Self::Counts => "counts",
            Self::Follow => "follow",
        }
    }
}

/// One side of a comparison.
#[async_trait]
pub trait Subject: Send + Sync {
    /// Who it is.
    fn name(&self) -> String;

    /// What an acknowledged act survives here, in the engine's own words.
    fn durability(&self) -> String;

    /// Works for a while with so many callers at once, and says how much was done.
    ///
    /// # Errors
    /// What went wrong; a comparison does not go on after a failure.
    async fn slice(&self, work: Work, callers: usize, length: Duration) -> Outcome<Rate>;
}

/// How much was done in how long.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// Pieces of work.
    pub pieces: u64,
    /// The time that they took.
    pub took: Duration,
}

impl Rate {
    /// Pieces a second.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "nobody does 2^52 pieces")]
    pub fn a_second(self) -> f64 {
        self.pieces as f64 / self.took.as_secs_f64().max(f64::EPSILON)
    }
}

/// The turns that a subject takes.
#[derive(Debug, Clone, Default)]
pub struct Turns(Arc<AtomicU64>);

impl Turns {
    /// The next turn; nobody else gets it.
    #[must_use]
    pub fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed)
    }
}

/// Lets so many callers do one piece after the other until the time is up. What was begun is finished, and counts.
///
/// # Errors
/// The first failure of a piece.
pub async fn together<P, F>(callers: usize, length: Duration, piece: P) -> Outcome<Rate>
where
    P: Fn() -> F + Clone + Send + 'static,
    F: Future<Output = Outcome> + Send + 'static,
{
    let watch = Stopwatch::start();
    let mut at_work = JoinSet::new();
    for _ in 0..callers {
        let (piece, watch) = (piece.clone(), watch);
        at_work.spawn(async move {
            let mut pieces = 0;
            while watch.passed() < length {
                piece().await?;
                pieces += 1;
            }
            Outcome::Ok(pieces)
        });
    }
    let mut pieces = 0;
    while let Some(done) = at_work.join_next().await {
        pieces += done??;
    }
    Ok(Rate { pieces, took: watch.passed() })
}
