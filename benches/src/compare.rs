//! The whole run: what is measured alone, and every engine that is there.

use std::path::Path;
use std::time::Duration;

use worktrail_core::store::MemoryStore;

use crate::Outcome;
use crate::decide::Decisions;
use crate::desk::Ours;
use crate::figures::Figures;
use crate::goal::{DECISIONS, Engine};
use crate::import::import;
use crate::machine::Machine;
use crate::office::Office;
use crate::pair::Effort;
use crate::report::{Alone, Report};
use crate::subject::{Subject as _, Work};
use crate::{postgres, sled, sqlite};

/// How long a run takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// Within ten minutes, with 100,000 trails.
    Full,
    /// Within one minute, with 2,000.
    Short,
}

impl Length {
    const fn trails(self) -> u64 {
        match self {
            Self::Full => 100_000,
            Self::Short => 2_000,
        }
    }

    /// How long two are compared.
    #[must_use]
    pub const fn effort(self) -> Effort {
        match self {
            Self::Full => Effort::FULL,
            Self::Short => Effort::SHORT,
        }
    }
}

/// Runs everything on these engines, with its files in a directory.
///
/// # Errors
/// The first failure on any side.
pub async fn run(directory: &Path, engines: &[Engine], length: Length) -> Outcome<Report> {
    let mut report = Report {
        machine: Machine::around(directory)?,
        versions: vec![concat!("worktrail ", env!("CARGO_PKG_VERSION")).to_owned(), "sqlx 0.9".to_owned()],
        settings: Vec::new(),
        alone: Vec::new(),
        lines: Vec::new(),
        left_out: Vec::new(),
    };
    decisions(length, &mut report)?;
    memory(length, &mut report).await?;
    let (office, effort) = (Office::with(length.trails())?, length.effort());
    // One engine after the other: what one leaves behind is gone before the next begins.
    if engines.contains(&Engine::Sqlite) {
        sqlite::Sides::prepare(directory, office).await?.run(directory, effort, &mut report).await?;
    }
    if engines.contains(&Engine::PostgresLocal) {
        postgres::Sides::prepare(office).await?.run(effort, &mut report).await?;
    }
    if engines.contains(&Engine::Sled) {
        sled::Sides::prepare(directory, office).await?.run(effort, &mut report).await?;
    }
    Ok(report)
}

fn decisions(length: Length, report: &mut Report) -> Outcome {
    let (desk, effort) = (Decisions::new()?, length.effort());
    let [decide, write_down] = DECISIONS;
    let (mut without, mut with) = (Vec::new(), Vec::new());
    for _ in 0..effort.rounds {
        without.push(Decisions::slice(effort.turn / 2, || desk.decide())?.a_second());
        with.push(Decisions::slice(effort.turn / 2, || desk.decide_and_write_down())?.a_second());
    }
    for ((what, goal), found) in [(decide, without), (write_down, with)] {
        let what = format!("{what} (MoveTo, one core, no store)");
        report.alone.push(Alone { what, a_second: Figures::of(found), goal: Some(goal) });
    }
    Ok(())
}

/// A desk over a store in memory, with 1,000 trails.
///
/// # Errors
/// What the import says.
pub async fn in_memory() -> Outcome<Ours> {
    let office = Office::with(1_000)?;
    let store = MemoryStore::new();
    import(&store, &office).await?;
    Ok(Ours::new("memory", store, office))
}

async fn memory(length: Length, report: &mut Report) -> Outcome {
    let ours = in_memory().await?;
    let effort = length.effort();
    // Acts last: each makes its trail longer.
    for (work, callers) in [(Work::Open, 1), (Work::Portfolio, 1), (Work::Counts, 1), (Work::Act, 1), (Work::Act, 64)] {
        let mut found = Vec::new();
        for _ in 0..effort.rounds {
            found.push(ours.slice(work, callers, Duration::from_millis(100)).await?.a_second());
        }
        let what = format!("{} in memory, {callers} callers, 1,000 trails", work.name());
        report.alone.push(Alone { what, a_second: Figures::of(found), goal: None });
    }
    Ok(())
}
