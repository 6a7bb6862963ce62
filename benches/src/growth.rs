//! How the cost of a piece of work grows with what a store holds: ten thousand trails, a hundred thousand, a million.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use crate::Outcome;
use crate::desk::Ours;
use crate::figures::Figures;
use crate::goal::{Engine, growth};
use crate::ground::Ground;
use crate::import::{teams, trails};
use crate::machine::Machine;
use crate::office::Office;
use crate::pair::Effort;
use crate::results::grew;
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
    /// The most memory that this process had since it began with this store, in mebibytes.
    pub memory: u64,
    /// Microseconds that a piece of work takes a lone caller.
    pub microseconds: Vec<(&'static str, Figures)>,
}

/// A store at all sizes.
#[derive(Debug, Clone, Serialize)]
pub struct Growth {
    /// On which engine.
    pub engine: Engine,
    /// What the engine calls itself.
    pub version: String,
    /// What an acknowledged act survives.
    pub durability: String,
    /// From the smallest on.
    pub sizes: Vec<Size>,
}

/// All stores that were let grow.
#[derive(Debug, Clone, Serialize)]
pub struct Grown {
    /// On what it ran.
    pub machine: Machine,
    /// One after the other.
    pub growths: Vec<Growth>,
}

/// Lets stores grow on these engines, one after the other.
///
/// # Errors
/// What an engine says.
pub async fn run(directory: &Path, engines: &[Engine], sizes: &[u64], effort: Effort) -> Outcome<Grown> {
    let machine = Machine::around(directory)?;
    let mut growths = Vec::new();
    for engine in engines {
        growths.push(grow(directory, *engine, sizes, effort).await?);
    }
    Ok(Grown { machine, growths })
}

/// Lets one store grow.
async fn grow(directory: &Path, engine: Engine, sizes: &[u64], effort: Effort) -> Outcome<Growth> {
    forget_most_memory();
    let ground = Ground::of(engine, directory).await?;
    // Everybody who will ever work there is there from the beginning.
    let whole = Office::with(sizes.iter().copied().max().unwrap_or_default())?;
    teams(&ground.store, &whole).await?;
    let (mut found, mut there) = (Vec::new(), 0);
    let mut durability = String::new();
    for size in sizes {
        // Only the newcomers are worked with: nobody has moved them yet.
        let office = Office::with(*size)?.from(there);
        let watch = Stopwatch::start();
        trails(&ground.store, &office, there..*size).await?;
        let import = Rate { pieces: size - there, took: watch.passed() }.a_second();
        there = *size;
        ground.settle().await?;
        let bytes = ground.bytes().await? / size;
        let ours = Ours::new("worktrail", Arc::clone(&ground.store), office);
        durability = ours.durability();
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
    Ok(Growth { engine, version: ground.store.info().engine, durability, sizes: found })
}

/// Begins anew to look for the most memory, where the system lets it.
fn forget_most_memory() {
    // Where it does not, the figure is that of the whole process, which is no less.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// The most memory that this process had, in mebibytes; zero where the system does not tell.
fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() / 1_024
}

impl fmt::Display for Grown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.machine)?;
        self.growths.iter().try_for_each(|growth| write!(f, "\n{growth}"))
    }
}

impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (engine, version, durability) = (self.engine.name(), &self.version, &self.durability);
        writeln!(
            f,
            "{engine} as it grows ({version}, {durability}); microseconds a piece, one caller (the middle half)"
        )?;
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
                write!(f, "{:>26}", grew(*before, *after, growth(self.engine)))?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
