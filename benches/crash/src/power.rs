//! C2 and C3: the power goes while a writer is at work; once with the store as it is opened, once with the control, which
//! must lose.

use std::time::Duration;

use crate::candidate::Candidate;
use crate::disk::{Disk, FileSystem};
use crate::figures::Figures;
use crate::kill::after;
use crate::promises::Promises;
use crate::setting::{Obstacle, Setting, run};
use crate::writer::{Task, Writer};

/// How many cuts one disk goes through.
const SERIES: u64 = 5;

/// Cuts the power this often, on one file system.
///
/// # Errors
/// What keeps the trials from being made; what the store says afterwards.
pub fn cuts(
    setting: &Setting,
    candidate: &dyn Candidate,
    file_system: FileSystem,
    trials: u64,
) -> Result<Figures, Obstacle> {
    let mut figures = Figures::default();
    while figures.trials < trials {
        let some = figures.trials..trials.min(figures.trials + SERIES);
        figures.add(series(setting, candidate, file_system, some, audited)?);
    }
    Ok(figures)
}

/// The same with a control: what cannot be read any more is lost, too.
///
/// # Errors
/// What keeps the trials from being made.
pub fn cuts_of_control(
    setting: &Setting,
    control: &dyn Candidate,
    file_system: FileSystem,
    trials: u64,
) -> Result<Figures, Obstacle> {
    let mut figures = Figures::default();
    while figures.trials < trials {
        let one = figures.trials..figures.trials + 1;
        figures.add(series(setting, control, file_system, one, audited_or_lost)?);
    }
    Ok(figures)
}

type Afterwards = fn(&dyn Candidate, &Task, &mut Promises) -> Result<Figures, Obstacle>;

fn audited(candidate: &dyn Candidate, task: &Task, promises: &mut Promises) -> Result<Figures, Obstacle> {
    run(after(candidate, task, promises))
}

fn audited_or_lost(candidate: &dyn Candidate, task: &Task, promises: &mut Promises) -> Result<Figures, Obstacle> {
    match audited(candidate, task, promises) {
        Err(Obstacle::Store(error)) => {
            let lost = u64::try_from(promises.done.len()).unwrap_or_default();
            let trials_with_loss = u64::from(lost > 0);
            let notes = vec![format!("it could not be read any more: {error}")];
            Ok(Figures { trials: 1, lost, trials_with_loss, notes, ..Figures::default() })
        }
        outcome => outcome,
    }
}

/// Some cuts of one disk: the first of a store that the writer has just made, whose files still grow. A loss ends it: what is gone would be missed again.
fn series(
    setting: &Setting,
    candidate: &dyn Candidate,
    file_system: FileSystem,
    trials: std::ops::Range<u64>,
    audited: Afterwards,
) -> Result<Figures, Obstacle> {
    let directory = setting.directory()?;
    let mut disk = Disk::make(directory.path(), file_system)?;
    let home = disk.path().join("store");
    std::fs::create_dir(&home)?;
    disk.sync()?;
    let (mut figures, mut promises) = (Figures::default(), Promises::default());
    for trial in trials {
        let task = Task { home: home.clone(), first: promises.next(), count: None };
        let writer = Writer::start(&setting.program, candidate, &task)?.wait_until_open()?;
        std::thread::sleep(Duration::from_millis(setting.chance(file_system.name(), trial).u64(5..450)));
        writer.power_goes();
        disk.cut()?;
        let heard = writer.stop()?;
        disk.mount_again()?;
        let acknowledged = u64::try_from(heard.done.len()).unwrap_or_default();
        promises.add(heard);
        let mut of_trial = audited(candidate, &task, &mut promises)?;
        of_trial.acknowledged = acknowledged;
        let lost = of_trial.lost > 0;
        figures.add(of_trial);
        if lost {
            break;
        }
    }
    Ok(figures)
}
