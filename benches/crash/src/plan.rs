//! The plan: which tests each candidate is put through, how often, and running them.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use crate::candidate::{CANDIDATES, Candidate, Lies, Sharing, raced};
use crate::clock::jumps;
use crate::damage::alterations;
use crate::disk::FileSystem;
use crate::figures::{Figures, Line, Outcome, Wanted};
use crate::history::{self, histories};
use crate::kill::kills;
use crate::memory::Memory;
use crate::network::network_cuts;
use crate::page::RowName;
use crate::postgres::Postgres;
use crate::power::{cuts, cuts_of_control};
use crate::processes::{made_at_once, one_makes_it, second_is_refused, side_by_side};
use crate::reader::long_readers;
use crate::readonly::{How, refusals};
use crate::room::budgets;
use crate::server::{server_kills, server_kills_of_control};
use crate::setting::{Obstacle, Setting};
use crate::sqlite::Sqlite;
use crate::winners::rounds;

/// How long the tests run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// As part of `./test`.
    Short,
    /// For a night.
    Long,
}

impl Length {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Long => "long",
        }
    }

    /// A figure of the short form, or of the long one.
    const fn pick(self, short: u64, long: u64) -> u64 {
        match self {
            Self::Short => short,
            Self::Long => long,
        }
    }
}

type Work = Box<dyn Fn(&Setting) -> Result<Figures, Obstacle> + Send + Sync>;

/// A test of one store, still to be run.
struct Job {
    test: &'static str,
    what: String,
    store: &'static str,
    wanted: Wanted,
    work: Work,
}

/// Which lines of the plan are wanted: all, unless a test or a store is named.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// Only these tests.
    pub tests: Vec<String>,
    /// Only these stores.
    pub stores: Vec<String>,
}

impl Choice {
    fn takes(&self, job: &Job) -> bool {
        let named = |names: &[String], name: &str| names.is_empty() || names.iter().any(|wanted| wanted == name);
        job.test.split('/').any(|test| named(&self.tests, test)) && named(&self.stores, job.store)
    }
}

/// Runs the plan, `at_once` tests side by side, and gives a line for each as soon as it is there.
pub fn run(
    setting: &Setting,
    length: Length,
    choice: &Choice,
    at_once: usize,
    told: impl Fn(&Line) + Sync,
) -> Vec<Line> {
    let jobs = Mutex::new(jobs(length).into_iter().filter(|job| choice.takes(job)).enumerate());
    let lines = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..at_once.max(1) {
            scope.spawn(|| {
                loop {
                    let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some((place, job)) = job else { return };
                    let line = job.run(setting);
                    let mut lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
                    told(&line);
                    lines.push((place, line));
                }
            });
        }
    });
    let mut lines = lines.into_inner().unwrap_or_else(PoisonError::into_inner);
    lines.sort_by_key(|(place, _)| *place);
    lines.into_iter().map(|(_, line)| line).collect()
}

/// The names of the rows that a run of the whole plan has.
#[must_use]
pub fn row_names(length: Length) -> Vec<RowName> {
    jobs(length).iter().map(|job| RowName::of(job.test, job.store, &job.what)).collect()
}

impl Job {
    fn run(self, setting: &Setting) -> Line {
        #[expect(clippy::disallowed_methods, reason = "how long a test took is told, and decides nothing")]
        let begun = Instant::now();
        let outcome = match (self.work)(setting) {
            Ok(figures) => Outcome::Ran(figures),
            Err(Obstacle::Missing(what)) => Outcome::NotRun(what),
            Err(obstacle) => Outcome::Ran(Figures { faults: vec![obstacle.to_string()], ..Figures::default() }),
        };
        let (test, store) = (self.test.to_owned(), self.store.to_owned());
        Line { test, what: self.what, store, wanted: self.wanted, outcome, seconds: begun.elapsed().as_secs() }
    }
}

/// Everything, the long tests first.
fn jobs(length: Length) -> Vec<Job> {
    let mut jobs = Vec::new();
    for candidate in CANDIDATES {
        jobs.push(job("C1", "killed", candidate, move |setting| kills(setting, candidate, length.pick(50, 1_000))));
        if candidate.lies() == Lies::InFiles {
            jobs.extend(of_files(length, candidate));
        }
        jobs.push(job("C9", "clock jumps", candidate, move |it| jumps(it, candidate)));
        jobs.extend(of_processes(length, candidate));
    }
    jobs.push(job("C2/C3/C5/C6/C7/C8", "what becomes of the server's own files", &Postgres::SYNCED, |_| {
        Err(Obstacle::Missing("they are PostgreSQL's to keep; C1, C10 and C11 are what we can do to it".to_owned()))
    }));
    let trials = length.pick(10, 100);
    jobs.push(job("C10", "the server killed", &Postgres::SYNCED, move |it| {
        server_kills(it, &Postgres::SYNCED, trials)
    }));
    if let Some(control) = Postgres::SYNCED.control() {
        let trials = length.pick(5, 20);
        let work = move |it: &Setting| server_kills_of_control(it, control, trials);
        jobs.push(Job { wanted: Wanted::Loss, ..job("C10", "the server killed", control, work) });
    }
    let (loud, silent) = (length.pick(5, 100), length.pick(1, 10));
    jobs.push(job("C11", "the connection cut", &Postgres::SYNCED, move |it| network_cuts(it, loud, silent)));
    let commits = length.pick(600, 3_000);
    jobs.push(job("C14", "long readers", &Sqlite::FULL, move |it| long_readers(it, commits)));
    for candidate in raced() {
        for writers in [2, 8, 32] {
            let what = format!("one winner of {writers}");
            let trials = length.pick(200, 10_000);
            jobs.push(job("R1", what, candidate, move |it| rounds(it, candidate, writers, trials)));
        }
        let trials = length.pick(10, 500);
        jobs.push(job("R2", "histories", candidate, move |it| histories(it, candidate, trials)));
    }
    let check = |_: &Setting| Ok(history::refusals());
    jobs.push(Job { store: "the check", ..job("R2", "bad histories", &Memory, check) });
    jobs
}

/// Several processes on one store, or the second that is refused.
fn of_processes(length: Length, candidate: &'static dyn Candidate) -> Vec<Job> {
    let trials = length.pick(3, 20);
    match candidate.sharing() {
        Sharing::Processes => {
            let commits = length.pick(150, 500);
            let together = |processes| {
                let what = format!("{processes} processes on one store");
                job("C15", what, candidate, move |it| side_by_side(it, candidate, processes, commits))
            };
            let made = job("C16", "8 make it at once", candidate, move |it| made_at_once(it, candidate, trials));
            vec![together(2), together(4), made]
        }
        Sharing::OneProcess => vec![
            job("C15", "a second process is refused", candidate, move |it| second_is_refused(it, candidate)),
            job("C16", "8 make it at once, 7 are refused", candidate, move |it| one_makes_it(it, candidate, trials)),
        ],
    }
}

/// What can be done to a store that lies in files.
fn of_files(length: Length, candidate: &'static dyn Candidate) -> Vec<Job> {
    let mut jobs = Vec::new();
    for file_system in [FileSystem::Ext4, FileSystem::Xfs] {
        let what = format!("power cut on {}", file_system.name());
        let trials = length.pick(15, 150);
        jobs.push(job("C2", what.clone(), candidate, move |it| cuts(it, candidate, file_system, trials)));
        if let Some(control) = candidate.control() {
            let trials = 10;
            let work = move |it: &Setting| cuts_of_control(it, control, file_system, trials);
            jobs.push(Job { wanted: Wanted::Loss, ..job("C3", what, control, work) });
        }
    }
    let step = length.pick(11, 1);
    jobs.push(job("C5/C6", "no room, and room again", candidate, move |it| budgets(it, candidate, step)));
    for how in How::ALL {
        jobs.push(job("C7", how.name(), candidate, move |it| refusals(it, candidate, how)));
    }
    let trials = length.pick(100, 200);
    jobs.push(job("C8", "damage", candidate, move |it| alterations(it, candidate, trials)));
    jobs
}

fn job(
    test: &'static str,
    what: impl Into<String>,
    candidate: &dyn Candidate,
    work: impl Fn(&Setting) -> Result<Figures, Obstacle> + Send + Sync + 'static,
) -> Job {
    Job { test, what: what.into(), store: candidate.name(), wanted: Wanted::Nothing, work: Box::new(work) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_name_of_its_own_in_both_lengths() {
        let names = row_names(Length::Long);
        assert_eq!(names, row_names(Length::Short));
        for (place, name) in names.iter().enumerate() {
            assert!(!names[..place].contains(name), "{name:?} is there twice");
        }
    }

    #[test]
    fn what_a_server_keeps_is_said_not_to_be_run() {
        let setting = Setting { program: "nothing".into(), scratch: std::env::temp_dir(), seed: 7, server: None };
        let choice = Choice { tests: vec!["C8".to_owned()], stores: vec!["postgres".to_owned()] };
        let lines = run(&setting, Length::Short, &choice, 1, |_| {});
        assert!(matches!(lines[..], [Line { outcome: Outcome::NotRun(_), .. }]), "{lines:?}");
    }
}
