//! The results of a run, as a page that is kept beside the code.

use std::fmt::{Display, Write as _};

use crate::figures::Figures;
use crate::goal::{Against, growth};
use crate::growth::{Grown, Growth, Size};
use crate::machine::Machine;
use crate::pair::Pair;
use crate::reason::{UNKNOWN, beside_the_floor, reason, reason_alone};
use crate::report::{Alone, Line, Report, spread, verdict};

/// What can be kept as a page of Markdown.
pub trait Results: Display {
    /// The page.
    fn markdown(&self) -> String;
}

/// Rows of cells, under a heading.
struct Table(String);

impl Table {
    fn new(heading: &[&str]) -> Self {
        let mut table = Self(String::new());
        table.row(heading);
        table.row(&vec!["---"; heading.len()]);
        table
    }

    fn row<T: AsRef<str>>(&mut self, cells: &[T]) {
        let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
        let _ = writeln!(self.0, "| {} |", cells.join(" | "));
    }
}

fn around(machine: &Machine) -> String {
    machine.to_string().lines().fold(String::new(), |list, line| list + "- " + line + "\n")
}

impl Results for Report {
    fn markdown(&self) -> String {
        let mut page = String::from(
            "# How fast\n\n\
             Written by `cargo run --release -p worktrail-benches -- compare --write benches/RESULTS.md`; not edited by \
             hand. How each store grows stands in `GROWTH.md`.\n\n## On what\n\n",
        );
        page.push_str(&around(&self.machine));
        let _ = writeln!(page, "- versions: {}", self.versions.join(", "));
        for settings in &self.settings {
            let _ = writeln!(page, "- {settings}");
        }
        page.push_str(
            "\n## What is noise\n\n\
             Figures are medians; the middle half of the turns stands in parentheses. Two who are compared take turns, so \
             a machine that drifts meets both, and the ratio is taken turn by turn. Absolute figures are those of this \
             machine. Before acts are compared, both sides do about two for each member of staff: a desk asks in more \
             rounds of whoever it has not seen act yet. The processor time of a piece, ours and theirs, counts the engine's server too; other programs change it \
             little. What ours comes to against itself is how far a ratio strays by itself:\n\n",
        );
        for line in self.lines.iter().filter(|line| line.against == Against::Itself) {
            let _ = writeln!(
                page,
                "- {}, {} with {} callers: {}",
                line.engine.name(),
                line.work,
                line.callers,
                spread(line.pair.ratio, 2)
            );
        }
        page.push_str("\n## Alone\n\n");
        let mut table = Table::new(&["what", "a second", "goal"]);
        for Alone { what, a_second, goal } in &self.alone {
            table.row(&[what.clone(), spread(*a_second, 0), verdict(*goal, a_second.median)]);
        }
        page.push_str(&table.0);
        for lines in self.lines.chunk_by(|one, next| one.engine == next.engine) {
            page.push_str(&engine(lines));
        }
        page.push_str(&unmet(self));
        for left_out in &self.left_out {
            let _ = writeln!(page, "\n**Left out:** {left_out}");
        }
        page
    }
}

/// The table of one engine.
fn engine(lines: &[Line]) -> String {
    let Some(first) = lines.first() else { return String::new() };
    let mut text = format!(
        "\n## {}\n\nA round trip takes {:.0} µs ({:.0} to {:.0}). Ours {}.\n\n",
        first.engine.name(),
        first.round_trip.median,
        first.round_trip.lower,
        first.round_trip.upper,
        first.our_durability,
    );
    let mut table =
        Table::new(&["work", "callers", "against, which", "ours/s", "theirs/s", "ratio", "goal", "processor, µs"]);
    for line in lines.iter().filter(|line| line.against != Against::Itself) {
        let Pair { ours, theirs, ratio, our_processor, their_processor } = line.pair;
        table.row(&[
            line.work.to_owned(),
            line.callers.to_string(),
            format!("{}, {}", line.them, line.their_durability),
            spread(ours, 0),
            spread(theirs, 0),
            spread(ratio, 2),
            verdict(line.goal, ratio.median),
            format!("{:.0} / {:.0}", our_processor.median, their_processor.median),
        ]);
    }
    text.push_str(&table.0);
    text
}

/// The goals that were not met, each with its reason.
fn unmet(report: &Report) -> String {
    let mut text = String::new();
    for alone in report.alone.iter().filter(|it| it.goal.is_some_and(|goal| it.a_second.median < goal)) {
        let _ = writeln!(text, "- {}: {}.", alone.what, reason_alone(&alone.what).unwrap_or(UNKNOWN));
    }
    for line in report.lines.iter().filter(|line| line.goal.is_some_and(|goal| line.pair.ratio.median < goal)) {
        let Line { engine, work, callers, against, .. } = line;
        let why = reason(*engine, *against, work, *callers).unwrap_or(UNKNOWN);
        let _ = write!(text, "- {}, {work} with {callers} callers against {}: {why}.", engine.name(), against.name());
        if let Some(floor) = beside_the_floor(line, &report.lines) {
            let _ = write!(text, " {floor}.");
        }
        text.push('\n');
    }
    if text.is_empty() { "\n## Goals\n\nAll were met.\n".to_owned() } else { format!("\n## Not met\n\n{text}") }
}

impl Results for Grown {
    fn markdown(&self) -> String {
        let mut page = String::from(
            "# As a store grows\n\n\
             Written by `cargo run --release -p worktrail-benches -- growth --write benches/GROWTH.md`; not edited by \
             hand. Microseconds that a piece of work takes a lone caller: medians, and the middle half in parentheses. \
             Bytes are those of the file or directory, on PostgreSQL of the database without the server's log; the \
             memory is the most that this process had.\n\n## On what\n\n",
        );
        page.push_str(&around(&self.machine));
        for growth in &self.growths {
            page.push_str(&grown(growth));
        }
        page
    }
}

/// The table of one store that grew.
fn grown(Growth { engine, version, durability, sizes }: &Growth) -> String {
    let mut text = format!("\n## {}\n\n{version}; {durability}.\n\n", engine.name());
    let mut heading = vec!["trails", "import/s", "bytes/trail", "memory, MiB"];
    heading.extend(sizes.iter().take(1).flat_map(|size| size.microseconds.iter().map(|(work, _)| *work)));
    let mut table = Table::new(&heading);
    for Size { trails, import, bytes, memory, microseconds } in sizes {
        let mut row = vec![trails.to_string(), format!("{import:.0}"), bytes.to_string(), memory.to_string()];
        row.extend(microseconds.iter().map(|(_, figures)| spread(*figures, 0)));
        table.row(&row);
    }
    if let Some((first, last)) = sizes.first().zip(sizes.last()) {
        let mut row = vec!["last ÷ first".to_owned(), String::new(), String::new(), String::new()];
        let ratios = first.microseconds.iter().zip(&last.microseconds);
        row.extend(ratios.map(|((_, before), (_, after))| grew(*before, *after, growth(*engine))));
        table.row(&row);
    }
    text.push_str(&table.0);
    text
}

/// By how much a piece of work became longer, and whether it may.
pub(crate) fn grew(before: Figures, after: Figures, at_most: f64) -> String {
    let ratio = after.median / before.median;
    let verdict = if ratio <= at_most { "met" } else { "NOT MET" };
    format!("{ratio:.2} ≤ {at_most} {verdict}")
}
