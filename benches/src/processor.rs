//! How much processor time this process has used: a figure that other programs on the machine change little.

use std::time::Duration;

/// Processor time of this process, in the kernel's ticks.
#[derive(Debug, Clone, Copy)]
pub struct Processor(u64);

/// Ticks a second, on every Linux that people use.
const TICKS: u64 = 100;

impl Processor {
    /// What was used up to now; zero where the system does not tell.
    #[must_use]
    pub fn used() -> Self {
        let line = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
        // The name stands in parentheses, and may hold anything.
        let after_name = line.rsplit_once(')').map_or("", |(_, rest)| rest);
        let ticks = after_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok());
        Self(ticks.sum())
    }

    /// What was used since then.
    #[must_use]
    pub const fn since(self, then: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(then.0) * 1_000 / TICKS)
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
