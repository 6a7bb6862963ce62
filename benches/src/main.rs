//! `worktrail-benches compare [--short] [--json]`, `growth [--short] [--json]`, `work NAME CALLERS SECONDS`.

use std::io::Write as _;
use std::time::Duration;

use serde::Serialize;
use worktrail_benches::Outcome;
use worktrail_benches::compare::{Length, run};
use worktrail_benches::growth;
use worktrail_benches::office::Office;
use worktrail_benches::sqlite::Sides;
use worktrail_benches::subject::{Subject as _, Work};

const USAGE: &str = "usage:
  worktrail-benches compare [--short] [--json]   everything, against everybody
  worktrail-benches growth [--short] [--json]    as a store grows to a million trails
  worktrail-benches work NAME CALLERS SECONDS    one piece of work on SQLite over and over, for a profiler:
                                                 act, open, portfolio, counts, follow";

#[tokio::main]
async fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let directory = tempfile::tempdir()?;
    match arguments.as_slice() {
        ["compare", options @ ..] => {
            let Options { length, form } = options.try_into()?;
            show(&run(directory.path(), length).await?, form)
        }
        ["growth", options @ ..] => {
            let Options { length, form } = options.try_into()?;
            let sizes: &[u64] = match length {
                Length::Full => &[10_000, 100_000, 1_000_000],
                Length::Short => &[1_000, 10_000],
            };
            show(&growth::sqlite(directory.path(), sizes, length.effort()).await?, form)
        }
        ["work", name, callers, seconds] => {
            let all = [Work::Act, Work::Open, Work::Portfolio, Work::Counts, Work::Follow];
            let work = all.into_iter().find(|work| work.name() == *name).ok_or(USAGE)?;
            let sides = Sides::prepare(directory.path(), Office::with(10_000)?).await?;
            let length = Duration::from_secs(seconds.parse()?);
            let rate = sides.ours.slice(work, callers.parse()?, length).await?;
            writeln!(std::io::stdout(), "{:.0} a second", rate.a_second())?;
            Ok(())
        }
        _ => Err(USAGE.into()),
    }
}

/// How long, and for whom.
struct Options {
    length: Length,
    form: Form,
}

#[derive(Clone, Copy)]
enum Form {
    Table,
    Json,
}

impl TryFrom<&[&str]> for Options {
    type Error = &'static str;

    fn try_from(options: &[&str]) -> Result<Self, Self::Error> {
        let mut read = Self { length: Length::Full, form: Form::Table };
        for option in options {
            match *option {
                "--short" => read.length = Length::Short,
                "--json" => read.form = Form::Json,
                _ => return Err(USAGE),
            }
        }
        Ok(read)
    }
}

fn show<T: Serialize + std::fmt::Display>(found: &T, form: Form) -> Outcome {
    let text = match form {
        Form::Table => found.to_string(),
        Form::Json => serde_json::to_string_pretty(found)?,
    };
    Ok(writeln!(std::io::stdout(), "{text}")?)
}
