//! Runs the conformance suite on every store, prints the table, and writes it where it stands.

use std::error::Error;
use std::io::Write as _;
use std::path::Path;

use one_meaning::{READMES, rows, subjects, table, within};

fn main() -> Result<(), Box<dyn Error>> {
    let rows = rows(subjects())?;
    let table = table(&rows);
    let mut out = std::io::stdout();
    write!(out, "{table}")?;
    for (name, report) in &rows {
        writeln!(out, "\n{name}: {report}")?;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for readme in READMES {
        let path = root.join(readme);
        let page = std::fs::read_to_string(&path)?;
        let written = within(&page, &table).ok_or_else(|| format!("{readme} has no place for the table"))?;
        std::fs::write(path, written)?;
    }
    if rows.iter().all(|(_, report)| report.is_clean()) {
        Ok(())
    } else {
        Err("a store does not keep the contract".into())
    }
}
