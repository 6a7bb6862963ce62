//! How much processor time this process and those that it started have used, an engine's server among them: a figure that
//! other programs on the machine change little.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

/// Processor time of this process and all below it, in the kernel's ticks.
#[derive(Debug, Clone, Copy)]
pub struct Processor(u64);

/// Ticks a second, on every Linux that people use.
const TICKS: u64 = 100;

/// A line of the kernel about a process.
struct Process {
    id: u32,
    parent: u32,
    /// Its own ticks, and those of its children that have ended.
    ticks: u64,
}

impl Processor {
    /// What was used up to now; zero where the system does not tell.
    #[must_use]
    pub fn used() -> Self {
        let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
        let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        let mut below: BTreeMap<u32, Vec<Process>> = BTreeMap::new();
        for process in ids.filter_map(Process::look) {
            below.entry(process.parent).or_default().push(process);
        }
        let mut ticks = Process::look(std::process::id()).map_or(0, |this| this.ticks);
        let mut parents = vec![std::process::id()];
        while let Some(parent) = parents.pop() {
            for process in below.remove(&parent).into_iter().flatten() {
                ticks += process.ticks;
                parents.push(process.id);
            }
        }
        Self(ticks)
    }

    /// What was used since then.
    #[must_use]
    pub const fn since(self, then: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(then.0) * 1_000 / TICKS)
    }
}

impl Process {
    /// None for one that has just ended.
    fn look(id: u32) -> Option<Self> {
        let line = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        // The name stands in parentheses, and may hold anything.
        let (_, after_name) = line.rsplit_once(')')?;
        let mut fields = after_name.split_whitespace().skip(1);
        let parent = fields.next()?.parse().ok()?;
        let ticks = fields.skip(9).take(4).filter_map(|field| field.parse::<u64>().ok()).sum();
        Some(Self { id, parent, ticks })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stopwatch::Stopwatch;

    #[test]
    fn whoever_works_uses_the_processor() {
        let (before, watch) = (Processor::used(), Stopwatch::start());
        while Processor::used().since(before) < Duration::from_millis(30) {
            assert!(watch.passed() < Duration::from_mins(1), "no processor time is counted");
        }
    }
}
