//! C1: the writing process is killed at a moment that nobody chose, over and over.

use std::time::Duration;

use crate::audit::audit;
use crate::candidate::{Candidate, Opening, open_patiently};
use crate::figures::Figures;
use crate::promises::Promises;
use crate::setting::{Obstacle, Setting, run};
use crate::writer::{Task, Writer};

/// How many kills one store goes through: its recovery is recovered from, too.
const SERIES: u64 = 4;

/// Kills a writer this often.
///
/// # Errors
/// What keeps the trials from being made.
pub fn kills(setting: &Setting, candidate: &dyn Candidate, trials: u64) -> Result<Figures, Obstacle> {
    let mut figures = Figures::default();
    let mut series = (setting.home(candidate)?, Promises::default());
    for trial in 0..trials {
        if trial % SERIES == 0 {
            series = (setting.home(candidate)?, Promises::default());
        }
        let (directory, promises) = &mut series;
        let task = Task { home: directory.path().to_owned(), first: promises.next(), count: None };
        let writer = Writer::start(&setting.program, candidate, &task)?;
        // From before the store is open until long after; the first kill of a series may hit its making.
        std::thread::sleep(Duration::from_millis(setting.chance("C1", trial).u64(20..500)));
        let heard = writer.kill()?;
        let acknowledged = u64::try_from(heard.done.len()).unwrap_or_default();
        promises.add(heard);
        let mut of_trial = run(after(candidate, &task, promises))?;
        // The audit looks at all that the series was promised; only what is new is counted.
        of_trial.acknowledged = acknowledged;
        figures.add(of_trial);
    }
    Ok(figures)
}

/// Opens the store again, audits it, and has it read everything itself.
///
/// # Errors
/// What the store says: after a crash that is a fault.
pub async fn after(candidate: &dyn Candidate, task: &Task, promises: &mut Promises) -> Result<Figures, Obstacle> {
    candidate.settle(&task.home).await?;
    let store = open_patiently(candidate, &task.home, Opening::Create).await?;
    let figures = audit(&*store, promises).await;
    let checked = store.check().await;
    store.close().await;
    // What it was told first says more than what a store that has stopped says then.
    let figures = Figures { trials: 1, ..figures? };
    checked?;
    Ok(figures)
}
