//! The table of conformance: store by tier, how many checks were passed.

use std::fmt::Write as _;

use worktrail_core::conformance::{Report, Tier, run_all};

use crate::subject::Subject;

/// Where the table stands, from the root of the repository.
pub const READMES: [&str; 3] =
    ["worktrail-sqlite/README.md", "worktrail-postgres/README.md", "worktrail-sled/README.md"];

const BEGIN: &str = "<!-- Written by `cargo run -p one-meaning`. -->\n";
const END: &str = "<!-- End of what is written. -->\n";

/// Runs every check on every subject, one thread each.
///
/// # Errors
/// What keeps a runtime from starting.
pub fn rows(subjects: Vec<Subject>) -> std::io::Result<Vec<(&'static str, Report)>> {
    let running = subjects.into_iter().map(|Subject { name, harness }| {
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            Ok::<_, std::io::Error>((name, runtime.block_on(run_all(&*harness))))
        })
    });
    let running: Vec<_> = running.collect();
    running
        .into_iter()
        .map(|thread| thread.join().unwrap_or_else(|_| Err(std::io::Error::other("a check panicked"))))
        .collect()
}

/// The table, as Markdown.
#[must_use]
pub fn table(rows: &[(&'static str, Report)]) -> String {
    let mut text = String::from("| store | named checks | differential | concurrency |\n| --- | --- | --- | --- |\n");
    for (name, report) in rows {
        let cells = Tier::ALL.map(|tier| report.scores.get(&tier).map_or("not run".to_owned(), ToString::to_string));
        let _ = writeln!(text, "| {name} | {} |", cells.join(" | "));
    }
    text
}

/// The page with the table where the marks say that it stands; none when there are no marks.
#[must_use]
pub fn within(page: &str, table: &str) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{table}\n{END}{after}"))
}
