//! The store beside the memory store: random batches and questions, the same outcomes and the same answers.

use std::fmt;

use super::Harness;
use super::failure::{Failure, same, sort};
use super::office::Office;
use super::scramble::{Question, Scramble};
use crate::store::{Key, MemoryStore, Store, StoreError, StoreErrorKind, Tally};

/// How many runs, how long, and from which seed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Runs {
    /// The seed of the first run; the next ones follow it.
    pub first_seed: u64,
    /// How many runs.
    pub seeds: u64,
    /// How many steps each run takes.
    pub steps: u64,
}

impl Default for Runs {
    fn default() -> Self {
        Self { first_seed: 1, seeds: 30, steps: 200 }
    }
}

/// What the steps of a differential run came to: whether it looked into every corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Outcomes {
    /// Batches that were accepted.
    pub accepted: u64,
    /// Commands that were answered from their stamp.
    pub replayed: u64,
    /// Accepted batches that forgot somebody.
    pub forgotten: u64,
    /// Refusals for a guard, an expectation or a missing parent.
    pub conflicts: u64,
    /// Refusals for a unique value.
    pub not_unique: u64,
    /// Refusals for a command's id.
    pub reused: u64,
    /// Refusals for a parent or subject that would change.
    pub misuses: u64,
    /// Questions.
    pub questions: u64,
}

impl fmt::Display for Outcomes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} accepted ({} forgetting), {} replayed, {} conflicts, {} not unique, {} reused, {} misuses, {} questions",
            self.accepted,
            self.forgotten,
            self.replayed,
            self.conflicts,
            self.not_unique,
            self.reused,
            self.misuses,
            self.questions
        )
    }
}

/// Runs the differential suite: each run on a fresh store beside a fresh memory store.
///
/// # Errors
/// The first difference, with the seed and the step that repeat it.
pub async fn differential(harness: &dyn Harness, runs: Runs) -> Result<Outcomes, Failure> {
    let mut outcomes = Outcomes::default();
    for seed in (0..runs.seeds).map(|n| runs.first_seed.wrapping_add(n)) {
        let store = harness.fresh().await?;
        let mut step = 0;
        let run = run(&*store, seed, runs.steps, &mut step, &mut outcomes).await;
        run.map_err(|failure| failure.during(&format!("seed {seed}, step {step}")))?;
    }
    Ok(outcomes)
}

/// The differential suite as it runs by default.
pub(super) async fn random_work_is_as_in_memory(harness: &dyn Harness) -> Result<(), Failure> {
    differential(harness, Runs::default()).await.map(drop)
}

/// One run.
async fn run(store: &dyn Store, seed: u64, steps: u64, step: &mut u64, outcomes: &mut Outcomes) -> Result<(), Failure> {
    let memory = MemoryStore::new();
    let mut scramble = Scramble::new(seed);
    let pairs = [
        (Office::of(store, "main")?, Office::of(&memory, "main")?),
        (Office::of(store, "other")?, Office::of(&memory, "other")?),
    ];
    while *step < steps {
        *step += 1;
        let pair = if scramble.dice.happens(800) { pairs.first() } else { pairs.last() };
        let Some((candidate, model)) = pair else { continue };
        if scramble.dice.happens(650) {
            write(&mut scramble, candidate, model, outcomes).await?;
        } else if let Some(question) = scramble.question(model).await? {
            outcomes.questions += 1;
            ask(candidate, model, &question).await?;
        }
    }
    let commands = Scramble::commands();
    for (candidate, model) in &pairs {
        candidate.dump(&commands).await?.same_as(&model.dump(&commands).await?, "at the end of the run")?;
    }
    Ok(())
}

/// Commits one batch to both.
async fn write(
    scramble: &mut Scramble,
    candidate: &Office<'_>,
    model: &Office<'_>,
    outcomes: &mut Outcomes,
) -> Result<(), Failure> {
    // A batch that breaks a bound is no batch: the next step makes another.
    let Ok(batch) = scramble.batch(model).await?.build() else { return Ok(()) };
    let forgets = batch.forget().is_some();
    let expected = model.store.commit(batch.clone()).await;
    let found = candidate.store.commit(batch.clone()).await;
    same(&format!("the outcome of {batch:?}{}", said(&found)), sort(&found), sort(&expected))?;
    let tally = match expected.as_ref().map_err(StoreError::kind) {
        Ok(receipt) if receipt.replay() == crate::store::Replay::Again => &mut outcomes.replayed,
        Ok(_) => {
            outcomes.forgotten += u64::from(forgets);
            &mut outcomes.accepted
        }
        Err(StoreErrorKind::Conflict) => &mut outcomes.conflicts,
        Err(StoreErrorKind::NotUnique) => &mut outcomes.not_unique,
        Err(StoreErrorKind::CommandReused) => &mut outcomes.reused,
        Err(_) => &mut outcomes.misuses,
    };
    *tally += 1;
    let touched: Vec<Key> =
        batch.writes().iter().flat_map(|it| [Some(it.key()), it.parent()]).flatten().map(Key::Record).collect();
    same(&format!("what {batch:?} touched"), candidate.get(&touched).await?, model.get(&touched).await?)
}

/// Asks both.
async fn ask(candidate: &Office<'_>, model: &Office<'_>, question: &Question) -> Result<(), Failure> {
    let what = format!("the answer to {question:?}");
    match question {
        Question::Get(keys) => same(&what, candidate.get(keys).await?, model.get(keys).await?),
        Question::Walk(range, limit) => {
            same(&what, candidate.walk(range, *limit).await?, model.walk(range, *limit).await?)
        }
        Question::Count(range, by) => {
            let kind = |outcome: Result<Vec<Tally>, StoreError>| outcome.map_err(|error| error.kind());
            let found = candidate.count(range, *by).await;
            let what = format!("{what}{}", said(&found));
            same(&what, kind(found), kind(model.count(range, *by).await))
        }
        Question::Journal(range, after, limit) => {
            let found = candidate.store.journal(&candidate.tenant, *range, *after, *limit).await?;
            let expected = model.store.journal(&model.tenant, *range, *after, *limit).await?;
            same(&what, found, expected)
        }
    }
}

/// What a store said of its refusal, for whoever reads of a difference.
fn said<T>(outcome: &Result<T, StoreError>) -> String {
    match outcome {
        Ok(_) => String::new(),
        Err(error) => format!(", of which the store said {error}"),
    }
}
