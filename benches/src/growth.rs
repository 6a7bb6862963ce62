//! How the cost of a piece of work grows with what a store holds: ten thousand trails, a hundred thousand, a million.

use std::fmt;
use std::path::Path;

use serde::Serialize;
use worktrail_sqlite::SqliteStore;

use crate::Outcome;
use crate::desk::Ours;
use crate::figures::Figures;
use crate::goal::{Engine, growth};
use crate::import::{teams, trails};
use crate::machine::Machine;
use crate::office::Office;
use crate::pair::Effort;
use crate::probe;
use crate::stopwatch::Stopwatch;
use crate::subject::{Rate, Subject as _, Work};

/// What is measured at every size.
const WORK: [Work; 4] = [Work::Act, Work::Open, Work::Portfolio, Work::Counts];

/// A store at one size.
#[derive(Debug, Clone, Serialize)]
pub struct Size {
    /// How many trails it holds.
    pub trails: u64,
    /// How many were imported in a second.
    pub import: f64,
    /// Bytes of the file for each trail with all that belongs to it.
    pub bytes: u64,
    /// The most memory that this process ever had, in mebibytes.
    pub memory: u64,
    /// Microseconds that a piece of work takes a lone caller.
    pub microseconds: Vec<(&'static str, Figures)>,
}

/// A store at all sizes.
#[derive(Debug, Clone, Serialize)]
pub struct Growth {
    /// On what it ran.
    pub machine: Machine,
    /// On which engine.
    pub engine: Engine,
    /// From the smallest on.
    pub sizes: Vec<Size>,
}

/// Lets SQLite grow, in one file.
///
/// # Errors
/// What the engine says.
pub async fn sqlite(directory: &Path, sizes: &[u64], effort: Effort) -> Outcome<Growth> {
    let machine = Machine::around(directory)?;
    let file = directory.join("growth.db");
    let store = SqliteStore::open_or_create(&file).await?;
    // Everybody who will ever work there is there from the beginning.
    let whole = Office::with(sizes.iter().copied().max().unwrap_or_default())?;
    teams(&store, &whole).await?;
    let (mut found, mut there) = (Vec::new(), 0);
    for size in sizes {
        let office = Office::with(*size)?;
        let watch = Stopwatch::start();
        trails(&store, &office, there..*size).await?;
        let import = Rate { pieces: size - there, took: watch.passed() }.a_second();
        there = *size;
        probe::empty_log(&file).await?;
        let bytes = std::fs::metadata(&file)?.len() / size;
        let ours = Ours::new("worktrail on SQLite", store.clone(), office);
        let mut microseconds = Vec::new();
        for work in WORK {
            ours.slice(work, 1, effort.turn).await?;
            let mut took = Vec::new();
            for _ in 0..effort.rounds {
                took.push(1e6 / ours.slice(work, 1, effort.turn).await?.a_second());
            }
            microseconds.push((work.name(), Figures::of(took)));
        }
        found.push(Size { trails: *size, import, bytes, memory: most_memory(), microseconds });
    }
    store.close().await;
    Ok(Growth { machine, engine: Engine::Sqlite, sizes: found })
}

/// The most memory that this process ever had, in mebibytes; zero where the system does not tell.
fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() / 1_024
}

impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} as it grows; microseconds a piece, one caller (the middle half)", self.engine.name())?;
        write!(f, "{:>10}{:>12}{:>14}{:>12}", "trails", "import/s", "bytes/trail", "memory MiB")?;
        for work in WORK {
            write!(f, "{:>26}", work.name())?;
        }
        writeln!(f)?;
        for Size { trails, import, bytes, memory, microseconds } in &self.sizes {
            write!(f, "{trails:>10}{import:>12.0}{bytes:>14}{memory:>12}")?;
            for (_, figures) in microseconds {
                let text = format!("{:.0} ({:.0}–{:.0})", figures.median, figures.lower, figures.upper);
                write!(f, "{text:>26}")?;
            }
            writeln!(f)?;
        }
        if let Some((first, last)) = self.sizes.first().zip(self.sizes.last()) {
            write!(f, "{:>48}", "last ÷ first")?;
            for ((_, before), (_, after)) in first.microseconds.iter().zip(&last.microseconds) {
                let ratio = after.median / before.median;
                let most = growth(self.engine);
                let verdict = if ratio <= most { "met" } else { "NOT MET" };
                write!(f, "{:>26}", format!("{ratio:.2} ≤ {most} {verdict}"))?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
