//! The page of figures: what the last long run came to, written into a page between two marks.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use crate::figures::{Figures, Line, Outcome, Wanted};

const BEGIN: &str = "<!-- figures: begin -->";
const END: &str = "<!-- figures: end -->";

/// The name of a row of figures: its test, its store, and what is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowName(String);

impl RowName {
    /// The row of a test of a store.
    #[must_use]
    pub fn of(test: &str, store: &str, what: &str) -> Self {
        Self(format!("| {test} | {store} | {what} |"))
    }

    fn is_of(&self, line: &str) -> bool {
        line.starts_with(&self.0)
    }
}

/// Writes the figures into a page, in the place of those that stand there. Lines of tests that were not chosen now, and
/// stand there from before, stay, as long as the plan still has them.
///
/// # Errors
/// What the system says; that the page has no place for them.
pub fn write(page: &Path, run: &str, lines: &[Line], plan: &[RowName]) -> io::Result<()> {
    let text = std::fs::read_to_string(page)?;
    let text =
        with(&text, run, lines, plan).ok_or_else(|| io::Error::other("the page has no marks for the figures"))?;
    std::fs::write(page, text)
}

fn with(text: &str, run: &str, lines: &[Line], plan: &[RowName]) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (old, after) = rest.split_once(END)?;
    let new: Vec<(RowName, String)> = lines.iter().map(|line| (name(line), row(line, run))).collect();
    let kept = old.lines().filter(|old| plan.iter().any(|name| name.is_of(old)));
    let kept = kept.filter(|old| !new.iter().any(|(name, _)| name.is_of(old)));
    let mut rows: Vec<&str> = kept.chain(new.iter().map(|(_, row)| row.as_str())).collect();
    rows.sort_by_key(|row| order(row));
    let mut text = format!("{before}{BEGIN}\n{HEAD}");
    for row in rows {
        let _ = writeln!(text, "{row}");
    }
    Some(format!("{text}{END}{after}"))
}

const HEAD: &str = "\
| test | store | what | trials | acknowledged | lost | torn | doubled | unknown settled | verdict | run |
| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |
";

fn name(line: &Line) -> RowName {
    RowName::of(&line.test, &line.store, &line.what)
}

fn row(line: &Line, run: &str) -> String {
    let RowName(key) = name(line);
    match &line.outcome {
        Outcome::NotRun(why) => format!("{key} | | | | | | **not run**: {why} | {run} |"),
        Outcome::Ran(figures) => {
            let Figures { trials, acknowledged, lost, torn, doubled, settled, trials_with_loss, notes, .. } = figures;
            let verdict = match (line.passed(), line.wanted) {
                (false, _) => "**failed**".to_owned(),
                (true, Wanted::Nothing) => "held".to_owned(),
                (true, Wanted::Loss) => format!("lost in {trials_with_loss} of {trials}, as a control must"),
            };
            let said = if notes.len() <= 3 && !notes.is_empty() && line.wanted == Wanted::Nothing {
                format!("; {}", notes.join("; "))
            } else {
                String::new()
            };
            format!(
                "{key} {trials} | {acknowledged} | {lost} | {torn} | {doubled} | {settled} | {verdict}{said} | {run} |"
            )
        }
    }
}

/// Tests in the order of their numbers, stores within them by name.
fn order(row: &str) -> (char, u64, String) {
    let mut letters = row.trim_start_matches("| ").chars();
    let letter = letters.next().unwrap_or_default();
    let number: String = letters.take_while(char::is_ascii_digit).collect();
    (letter, number.parse().unwrap_or_default(), row.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Length, row_names};

    fn line(test: &str, lost: u64) -> Line {
        let figures = Figures { trials: 3, lost, trials_with_loss: lost, ..Figures::default() };
        let (store, what) = ("sqlite".to_owned(), "killed".to_owned());
        let outcome = Outcome::Ran(figures);
        Line { test: test.to_owned(), what, store, wanted: Wanted::Nothing, outcome, seconds: 1 }
    }

    #[test]
    fn figures_take_the_place_of_their_own_old_ones_and_of_no_others() {
        let page = format!("Before.\n{BEGIN}\n{END}\nAfter.\n");
        let plan = ["C2", "C10"].map(|test| RowName::of(test, "sqlite", "killed"));
        let once = with(&page, "first", &[line("C10", 0), line("C2", 0)], &plan).unwrap();
        let twice = with(&once, "second", &[line("C2", 1)], &plan).unwrap();
        let rows: Vec<&str> = twice.lines().filter(|row| row.starts_with("| C")).collect();
        assert_eq!(rows.len(), 2, "{twice}");
        assert!(rows[0].starts_with("| C2 | sqlite | killed | 3 | 0 | 1 |") && rows[0].ends_with("second |"));
        assert!(rows[1].starts_with("| C10 ") && rows[1].ends_with("held | first |"));
        assert!(twice.starts_with("Before.\n") && twice.ends_with("After.\n"));
        let planned_anew = with(&twice, "third", &[line("C2", 0)], &plan[..1]).unwrap();
        assert!(!planned_anew.contains("| C10 |"), "a test that is no more: {planned_anew}");
    }

    #[test]
    fn the_page_has_a_row_for_each_of_the_plan_and_no_other() {
        let page = include_str!("../../../docs/reliability.md");
        let (_, rest) = page.split_once(BEGIN).unwrap();
        let (figures, _) = rest.split_once(END).unwrap();
        let rows: Vec<&str> = figures.lines().filter(|row| row.starts_with("| C") || row.starts_with("| R")).collect();
        let plan = row_names(Length::Long);
        for name in &plan {
            let found = rows.iter().filter(|row| name.is_of(row)).count();
            assert_eq!(found, 1, "rows of {name:?}: run the long form of it with --write");
        }
        assert_eq!(rows.len(), plan.len(), "a row that the plan does not have");
    }

    #[test]
    fn a_failure_is_written_as_one() {
        let row = row(&line("C1", 2), "now");
        assert!(row.contains("**failed**"), "{row}");
    }

    #[test]
    fn a_page_without_marks_is_left_alone() {
        assert_eq!(with("nothing", "now", &[], &[]), None);
    }
}
