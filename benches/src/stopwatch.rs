//! Measuring time: the only place that looks at a clock.

use std::time::{Duration, Instant};

/// Started once, and looked at as often as one likes.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "time is what is measured here")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// How long ago that was.
    #[must_use]
    pub fn passed(self) -> Duration {
        self.0.elapsed()
    }
}
