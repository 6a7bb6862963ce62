//! C2 and C3: the power goes while a writer is at work; once with the store as it is opened, once with the control, which
//! must lose.

use std::io;
use std::time::Duration;

use worktrail_core::store::StoreErrorKind;

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
        match series(setting, candidate, file_system, some, audited) {
            Ok(more) => figures.add(more),
            Err(obstacle) => return broken_off(figures, obstacle),
        }
    }
    Ok(figures)
}

/// What came of the trials before the one that could not be made. What this machine lacked only now, it had: that is a
/// fault, and what was found before it stays found.
fn broken_off(mut figures: Figures, obstacle: Obstacle) -> Result<Figures, Obstacle> {
    if figures.trials == 0 {
        return Err(obstacle);
    }
    figures.fault(obstacle.to_string());
    Ok(figures)
}

/// The same with a control: what is damaged is lost, too.
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
        figures.add(series(setting, control, file_system, one, audited_or_lost).map_err(
            |obstacle| match obstacle {
                Obstacle::Missing(what) if figures.trials > 0 => Obstacle::System(io::Error::other(what)),
                obstacle => obstacle,
            },
        )?);
    }
    Ok(figures)
}

type Afterwards = fn(&dyn Candidate, &Task, &mut Promises) -> Result<Figures, Obstacle>;

fn audited(candidate: &dyn Candidate, task: &Task, promises: &mut Promises) -> Result<Figures, Obstacle> {
    run(after(candidate, task, promises))
}

fn audited_or_lost(candidate: &dyn Candidate, task: &Task, promises: &mut Promises) -> Result<Figures, Obstacle> {
    audited(candidate, task, promises).or_else(|obstacle| lost_by_damage(obstacle, promises))
}

/// A store that says that it is damaged has lost what it promised. Anything else that it says shows no loss.
fn lost_by_damage(obstacle: Obstacle, promises: &Promises) -> Result<Figures, Obstacle> {
    match obstacle {
        Obstacle::Store(error) if error.kind() == StoreErrorKind::Corrupt => {
            let lost = u64::try_from(promises.done.len()).unwrap_or_default();
            let trials_with_loss = u64::from(lost > 0);
            let notes = vec![format!("it could not be read any more: {error}")];
            Ok(Figures { trials: 1, lost, trials_with_loss, notes, ..Figures::default() })
        }
        obstacle => Err(obstacle),
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

#[cfg(test)]
mod tests {
    use worktrail_core::store::StoreError;

    use super::*;
    use crate::promises::Said;

    #[test]
    fn only_damage_is_a_loss_of_a_control() {
        let mut promises = Promises::default();
        promises.hear(Said::Sent(1));
        promises.hear(Said::Done(1, 1));
        let of = |kind| lost_by_damage(Obstacle::Store(StoreError::new(kind, "said")), &promises);
        let figures = of(StoreErrorKind::Corrupt).unwrap();
        assert_eq!((figures.trials, figures.lost, figures.trials_with_loss), (1, 1, 1));
        for kind in [StoreErrorKind::Unavailable, StoreErrorKind::AlreadyOpen, StoreErrorKind::Full] {
            assert!(matches!(of(kind), Err(Obstacle::Store(error)) if error.kind() == kind), "{kind:?}");
        }
        assert!(lost_by_damage(Obstacle::Missing("a tool".to_owned()), &promises).is_err());
    }

    #[test]
    fn what_was_found_lost_stays_so_when_no_further_trial_can_be_made() {
        let lost = Figures { trials: 5, lost: 1, ..Figures::default() };
        let figures = broken_off(lost, Obstacle::Missing("no loop mount".to_owned())).unwrap();
        assert_eq!((figures.lost, figures.faults.as_slice()), (1, &["no loop mount".to_owned()][..]));
        let nothing = broken_off(Figures::default(), Obstacle::Missing("no loop mount".to_owned()));
        assert!(matches!(nothing, Err(Obstacle::Missing(_))));
    }
}
