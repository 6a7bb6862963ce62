//! What the trials came to.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The figures of a test on one store.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Figures {
    /// How often it was tried.
    pub trials: u64,
    /// Commits that were acknowledged.
    pub acknowledged: u64,
    /// Those of them that were gone.
    pub lost: u64,
    /// Batches of which a part was there.
    pub torn: u64,
    /// Batches that were done twice.
    pub doubled: u64,
    /// Commits whose outcome was unknown, and was settled by the same command again.
    pub settled: u64,
    /// Trials in which acknowledged commits were gone.
    pub trials_with_loss: u64,
    /// What else should not have been, in words.
    pub faults: Vec<String>,
    /// What else was counted.
    pub notes: Vec<String>,
}

impl Figures {
    /// Counts a fault.
    pub fn fault(&mut self, text: impl Into<String>) {
        self.faults.push(text.into());
    }

    /// Counts something in words.
    pub fn note(&mut self, text: impl Into<String>) {
        self.notes.push(text.into());
    }

    /// Adds those of another trial.
    pub fn add(&mut self, other: Self) {
        self.trials += other.trials;
        self.acknowledged += other.acknowledged;
        self.lost += other.lost;
        self.torn += other.torn;
        self.doubled += other.doubled;
        self.settled += other.settled;
        self.trials_with_loss += other.trials_with_loss;
        self.faults.extend(other.faults);
        self.notes.extend(other.notes);
    }

    /// Whether nothing is there that a store must not do.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.lost == 0 && self.torn == 0 && self.doubled == 0 && self.faults.is_empty()
    }
}

/// What is to come out of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// Nothing lost, torn or wrong.
    Nothing,
    /// A loss: the store was opened so that it must lose, and the harness must see it.
    Loss,
}

/// How a test ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// With figures.
    Ran(Figures),
    /// It could not be run here, for this reason.
    NotRun(String),
}

/// A line of the report: a store, a test, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The test's id.
    pub test: String,
    /// What it does.
    pub what: String,
    /// The store's name.
    pub store: String,
    /// What is to come out.
    pub wanted: Wanted,
    /// What came out.
    pub outcome: Outcome,
    /// How long it took, in seconds.
    pub seconds: u64,
}

impl Line {
    /// Whether it came out as it should. What was not run has not failed.
    #[must_use]
    pub fn passed(&self) -> bool {
        match (&self.outcome, self.wanted) {
            (Outcome::NotRun(_), _) => true,
            (Outcome::Ran(figures), Wanted::Nothing) => figures.trials > 0 && figures.is_clean(),
            (Outcome::Ran(figures), Wanted::Loss) => figures.lost > 0,
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = format!("{:<4} {:<14} {}", self.test, self.store, self.what);
        match &self.outcome {
            Outcome::NotRun(why) => write!(f, "{head}: NOT RUN: {why}"),
            Outcome::Ran(figures) => {
                let verdict = if self.passed() { "ok" } else { "FAILED" };
                write!(f, "{head}: {verdict} in {} s\n       ", self.seconds)?;
                write!(f, "trials {}, acknowledged {}, ", figures.trials, figures.acknowledged)?;
                write!(f, "lost {}, torn {}, doubled {}, ", figures.lost, figures.torn, figures.doubled)?;
                write!(f, "unknown settled {}", figures.settled)?;
                if self.wanted == Wanted::Loss {
                    write!(f, ", trials that lost {} (a control: it must)", figures.trials_with_loss)?;
                }
                figures.notes.iter().try_for_each(|note| write!(f, "\n       {note}"))?;
                figures.faults.iter().take(20).try_for_each(|fault| write!(f, "\n       FAULT: {fault}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(wanted: Wanted, figures: Figures) -> Line {
        let (test, what, store) = ("C1".to_owned(), "kills".to_owned(), "sqlite".to_owned());
        Line { test, what, store, wanted, outcome: Outcome::Ran(figures), seconds: 0 }
    }

    #[test]
    fn a_loss_fails_a_store_and_its_absence_a_control() {
        let clean = Figures { trials: 1, ..Figures::default() };
        let lost = Figures { lost: 1, ..clean.clone() };
        assert!(line(Wanted::Nothing, clean.clone()).passed());
        assert!(!line(Wanted::Nothing, lost.clone()).passed());
        assert!(!line(Wanted::Loss, clean).passed());
        assert!(line(Wanted::Loss, lost).passed());
    }

    #[test]
    fn nothing_tried_is_not_passed() {
        assert!(!line(Wanted::Nothing, Figures::default()).passed());
    }

    #[test]
    fn each_fault_fails() {
        let clean = Figures { trials: 1, ..Figures::default() };
        let faults = [
            Figures { torn: 1, ..clean.clone() },
            Figures { doubled: 1, ..clean.clone() },
            Figures { faults: vec!["a panic".to_owned()], ..clean },
        ];
        for figures in faults {
            assert!(!line(Wanted::Nothing, figures).passed());
        }
    }
}
