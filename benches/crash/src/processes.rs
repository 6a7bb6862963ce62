//! C15 and C16: several processes on one store, and several that make it at once.

use std::time::Duration;

use worktrail_core::store::StoreErrorKind;

use crate::candidate::{Candidate, Opening};
use crate::figures::Figures;
use crate::kill::after;
use crate::promises::{Admission, Promises};
use crate::setting::{Obstacle, Setting, run};
use crate::writer::{Task, Writer};

/// So many processes make a store at once.
const PROCESSES: u64 = 8;
/// So far apart are the first numbers of two processes.
const APART: u64 = 1_000_000;

/// C15: so many processes commit so often each, side by side. Nobody may be told `Busy`.
///
/// # Errors
/// What keeps the trials from being made.
pub fn side_by_side(
    setting: &Setting,
    candidate: &dyn Candidate,
    processes: u64,
    commits: u64,
) -> Result<Figures, Obstacle> {
    let directory = setting.home(candidate)?;
    let made = Task { home: directory.path().to_owned(), first: 0, count: Some(0) };
    Writer::start(&setting.program, candidate, &made)?.finish()?;
    at_once(setting, candidate, &made, processes, commits)
}

/// C16: so many processes open a store that is not there yet, and commit once each.
///
/// # Errors
/// What keeps the trials from being made.
pub fn made_at_once(setting: &Setting, candidate: &dyn Candidate, trials: u64) -> Result<Figures, Obstacle> {
    let mut figures = Figures::default();
    for _ in 0..trials {
        let directory = setting.home(candidate)?;
        let task = Task { home: directory.path().to_owned(), first: 0, count: None };
        figures.add(at_once(setting, candidate, &task, PROCESSES, 1)?);
    }
    Ok(figures)
}

fn at_once(
    setting: &Setting,
    candidate: &dyn Candidate,
    task: &Task,
    processes: u64,
    commits: u64,
) -> Result<Figures, Obstacle> {
    let mut writers = Vec::new();
    for process in 1..=processes {
        let task = Task { first: process * APART, count: Some(commits), ..task.clone() };
        writers.push(Writer::start(&setting.program, candidate, &task)?);
    }
    let (mut promises, mut figures) = (Promises::default(), Figures::default());
    for writer in writers {
        match writer.finish() {
            Ok(heard) => promises.add(heard),
            Err(error) => figures.fault(error.to_string()),
        }
    }
    let wanted = processes * commits;
    if u64::try_from(promises.done.len()).ok() != Some(wanted) {
        figures.fault(format!("{} of {wanted} commits were acknowledged", promises.done.len()));
    }
    if !promises.busy.is_empty() {
        figures.fault(format!("{} callers were told that the store is busy", promises.busy.len()));
    }
    figures.add(run(after(candidate, task, &mut promises))?);
    Ok(figures)
}

/// C16 where only one process may have the store: so many open one that is not there yet. One of them makes it and has
/// it, all others are told so; what it acknowledged is there after it was killed.
///
/// # Errors
/// What keeps the trials from being made.
pub fn one_makes_it(setting: &Setting, candidate: &dyn Candidate, trials: u64) -> Result<Figures, Obstacle> {
    let mut figures = Figures::default();
    for trial in 0..trials {
        let directory = setting.home(candidate)?;
        let task = Task { home: directory.path().to_owned(), first: 0, count: None };
        let mut writers = Vec::new();
        for process in 1..=PROCESSES {
            let task = Task { first: process * APART, ..task.clone() };
            writers.push(Writer::start(&setting.program, candidate, &task)?);
        }
        let mut having = Vec::new();
        for writer in writers {
            match writer.wait_for_admission()? {
                (writer, Admission::Admitted) => having.push(writer),
                (writer, Admission::AlreadyOpen) => writer.finish().map(drop)?,
            }
        }
        let have_it = having.len();
        let mut promises = Promises::default();
        for writer in having {
            std::thread::sleep(Duration::from_millis(setting.chance("C16", trial).u64(20..200)));
            promises.add(writer.kill()?);
        }
        let mut of_trial = run(after(candidate, &task, &mut promises))?;
        if have_it != 1 {
            of_trial.fault(format!("{have_it} of {PROCESSES} processes had the store at once"));
        }
        figures.add(of_trial);
    }
    Ok(figures)
}

/// C15 where only one process may have the store: a second one is told so, and the first goes on.
///
/// # Errors
/// What keeps the trial from being made.
pub fn second_is_refused(setting: &Setting, candidate: &dyn Candidate) -> Result<Figures, Obstacle> {
    let directory = setting.home(candidate)?;
    run(async {
        let mut figures = Figures { trials: 1, ..Figures::default() };
        let store = candidate.open(directory.path(), Opening::Create).await?;
        match candidate.open(directory.path(), Opening::Existing).await {
            Err(error) if error.kind() == StoreErrorKind::AlreadyOpen => {}
            Err(error) => figures.fault(format!("this process was refused as {error}, when it had it open already")),
            Ok(_) => figures.fault("this process had it open already, and was not refused"),
        }
        let task = Task { home: directory.path().to_owned(), first: APART, count: Some(1) };
        let (second, admission) = Writer::start(&setting.program, candidate, &task)?.wait_for_admission()?;
        if admission != Admission::AlreadyOpen {
            figures.fault("a second process was not refused");
        }
        second.finish()?;
        crate::writer::commit(&*store, 1).await?;
        figures.acknowledged += 1;
        store.close().await;
        Ok(figures)
    })
}
