//! What a run found, for people and for programs.

use std::fmt;

use serde::Serialize;

use crate::figures::Figures;
use crate::goal::{Against, Engine};
use crate::machine::Machine;
use crate::pair::Pair;

/// All that a run found.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// On what it ran.
    pub machine: Machine,
    /// The versions of what was compared.
    pub versions: Vec<String>,
    /// The settings that speed depends on, of both sides.
    pub settings: Vec<String>,
    /// What was measured alone.
    pub alone: Vec<Alone>,
    /// What was compared.
    pub lines: Vec<Line>,
    /// What was left out, and why.
    pub left_out: Vec<String>,
}

/// Something measured alone.
#[derive(Debug, Clone, Serialize)]
pub struct Alone {
    /// Who did what.
    pub what: String,
    /// Pieces a second.
    pub a_second: Figures,
    /// Pieces a second that it must come to, where there is a goal.
    pub goal: Option<f64>,
}

/// A comparison.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// On which engine.
    pub engine: Engine,
    /// Which work.
    pub work: &'static str,
    /// How many callers at once.
    pub callers: usize,
    /// Whom we are compared with.
    pub against: Against,
    /// By name.
    pub them: String,
    /// What an acknowledged act survives on our side.
    pub our_durability: String,
    /// The same on the other side.
    pub their_durability: String,
    /// How long the way to the engine and back takes, in microseconds.
    pub round_trip: Figures,
    /// What it came to.
    pub pair: Pair,
    /// The ratio that it must come to, where there is a goal.
    pub goal: Option<f64>,
}

/// Whether a goal was met, where there is one.
pub(crate) fn verdict(goal: Option<f64>, found: f64) -> String {
    goal.map_or_else(String::new, |goal| {
        let verdict = if found >= goal { "met" } else { "NOT MET" };
        format!("≥ {goal} {verdict}")
    })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.machine)?;
        writeln!(f, "versions: {}", self.versions.join(", "))?;
        for settings in &self.settings {
            writeln!(f, "{settings}")?;
        }
        writeln!(f, "\nAlone, a second:")?;
        for Alone { what, a_second, goal } in &self.alone {
            let verdict = verdict(*goal, a_second.median);
            writeln!(f, "  {what:<44} {:>10}  {verdict}", spread(*a_second, 0))?;
        }
        let mut engine = None;
        for line in &self.lines {
            if engine != Some(line.engine) {
                engine = Some(line.engine);
                writeln!(f, "\n{} (a round trip takes {:.0} µs; ", line.engine.name(), line.round_trip.median)?;
                writeln!(f, "ours {}; medians, and in parentheses the middle half)", line.our_durability)?;
                writeln!(
                    f,
                    "  {:<10}{:>8}  {:<34}{:>26}{:>26}{:>22}  {:<16}{:>14}",
                    "work", "callers", "against", "ours/s", "theirs/s", "ratio", "goal", "processor, µs"
                )?;
            }
            let Pair { ours, theirs, ratio, our_processor, their_processor } = line.pair;
            let them = if line.their_durability == line.our_durability {
                line.them.clone()
            } else {
                format!("{} [{}]", line.them, line.their_durability)
            };
            writeln!(
                f,
                "  {:<10}{:>8}  {:<34}{:>26}{:>26}{:>22}  {:<16}{:>14}",
                line.work,
                line.callers,
                them,
                spread(ours, 0),
                spread(theirs, 0),
                spread(ratio, 2),
                verdict(line.goal, ratio.median),
                format!("{:.0} / {:.0}", our_processor.median, their_processor.median),
            )?;
        }
        for left_out in &self.left_out {
            writeln!(f, "\nLEFT OUT: {left_out}")?;
        }
        Ok(())
    }
}

/// The median, and the middle half.
pub(crate) fn spread(figures: Figures, digits: usize) -> String {
    format!("{:.digits$} ({:.digits$}–{:.digits$})", figures.median, figures.lower, figures.upper)
}
