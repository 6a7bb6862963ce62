//! Two subjects side by side: they take turns, so that a machine that drifts meets both.

use std::time::Duration;

use serde::Serialize;

use crate::Outcome;
use crate::figures::Figures;
use crate::processor::Processor;
use crate::subject::{Rate, Subject, Work};

/// How long two are compared.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// How often each has its turn.
    pub rounds: usize,
    /// How long a turn is.
    pub turn: Duration,
}

impl Effort {
    /// For a run of the whole within ten minutes.
    pub const FULL: Self = Self { rounds: 7, turn: Duration::from_millis(400) };
    /// For a run within one minute.
    pub const SHORT: Self = Self { rounds: 3, turn: Duration::from_millis(80) };
}

/// What a comparison came to.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Pair {
    /// Pieces a second on our side.
    pub ours: Figures,
    /// Pieces a second on the other.
    pub theirs: Figures,
    /// Ours through theirs, turn by turn.
    pub ratio: Figures,
    /// Microseconds of processor time that a piece takes on our side, with the engine's server where it has one.
    pub our_processor: Figures,
    /// The same on the other side.
    pub their_processor: Figures,
}

/// Lets two work in turns. Each turn's order is the reverse of the one before it.
///
/// # Errors
/// The first failure on either side.
pub async fn compare(
    ours: &dyn Subject,
    theirs: &dyn Subject,
    work: Work,
    callers: usize,
    effort: Effort,
) -> Outcome<Pair> {
    // What is done for the first time only (statements, pages, connections) is not compared.
    ours.slice(work, callers, effort.turn / 4).await?;
    theirs.slice(work, callers, effort.turn / 4).await?;
    let (mut us, mut them) = (Vec::new(), Vec::new());
    for round in 0..effort.rounds {
        if round % 2 == 0 {
            us.push(turn(ours, work, callers, effort).await?);
            them.push(turn(theirs, work, callers, effort).await?);
        } else {
            them.push(turn(theirs, work, callers, effort).await?);
            us.push(turn(ours, work, callers, effort).await?);
        }
    }
    let ratios = us.iter().zip(&them).map(|(ours, theirs)| ours.0.a_second() / theirs.0.a_second());
    Ok(Pair {
        ratio: Figures::of(ratios),
        ours: Figures::of(us.iter().map(|it| it.0.a_second())),
        theirs: Figures::of(them.iter().map(|it| it.0.a_second())),
        our_processor: Figures::of(us.iter().map(|it| it.1)),
        their_processor: Figures::of(them.iter().map(|it| it.1)),
    })
}

/// One turn, with the microseconds of processor time that a piece took.
async fn turn(subject: &dyn Subject, work: Work, callers: usize, effort: Effort) -> Outcome<(Rate, f64)> {
    let before = Processor::used();
    let rate = subject.slice(work, callers, effort.turn).await?;
    let used = Processor::used().since(before);
    let each = Rate { pieces: rate.pieces, took: used };
    Ok((rate, 1e6 / each.a_second().max(f64::MIN_POSITIVE)))
}
