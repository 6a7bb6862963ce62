//! Bringing the same organisation in on two sides, in turns.

use std::ops::Range;

use async_trait::async_trait;
use worktrail_core::store::Store;

use crate::Outcome;
use crate::figures::Figures;
use crate::import::{teams, trails};
use crate::office::Office;
use crate::pair::Pair;
use crate::stopwatch::Stopwatch;
use crate::subject::Rate;

/// Somebody who takes an organisation in, and is no store of ours.
#[async_trait]
pub trait Intake: Send + Sync {
    /// Brings in who works there.
    ///
    /// # Errors
    /// What the engine says.
    async fn teams(&self) -> Outcome;

    /// Brings in some of the trails, by number: as many in each transaction as ours.
    ///
    /// # Errors
    /// What the engine says.
    async fn trails(&self, numbers: Range<u64>) -> Outcome;
}

const TURNS: u64 = 10;

/// Brings an organisation in on both sides, and says how many trails a second each took in.
///
/// # Errors
/// What either engine says.
pub async fn in_turns(ours: &dyn Store, theirs: &dyn Intake, office: &Office) -> Outcome<Pair> {
    teams(ours, office).await?;
    theirs.teams().await?;
    let (mut us, mut them) = (Vec::new(), Vec::new());
    for turn in 0..TURNS {
        let numbers = office.trails() * turn / TURNS..office.trails() * (turn + 1) / TURNS;
        let watch = Stopwatch::start();
        trails(ours, office, numbers.clone()).await?;
        us.push(rate(&numbers, watch));
        let watch = Stopwatch::start();
        theirs.trails(numbers.clone()).await?;
        them.push(rate(&numbers, watch));
    }
    let nothing = Figures::of([]);
    Ok(Pair {
        ratio: Figures::of(us.iter().zip(&them).map(|(ours, theirs)| ours / theirs)),
        ours: Figures::of(us),
        theirs: Figures::of(them),
        our_processor: nothing,
        their_processor: nothing,
    })
}

fn rate(numbers: &Range<u64>, watch: Stopwatch) -> f64 {
    Rate { pieces: numbers.end - numbers.start, took: watch.passed() }.a_second()
}
