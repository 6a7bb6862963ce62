//! `worktrail-benches compare`, `growth` and `work`: see the usage below.

use std::io::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use serde::Serialize;
use worktrail_benches::compare::{self, Length};
use worktrail_benches::desk::Ours;
use worktrail_benches::goal::Engine;
use worktrail_benches::office::Office;
use worktrail_benches::processor::Processor;
use worktrail_benches::results::Results;
use worktrail_benches::subject::{Subject as _, Work};
use worktrail_benches::{Outcome, growth, postgres, sled, sqlite};

const USAGE: &str = "usage:
  worktrail-benches compare [ENGINE…] [--short] [--json] [--write FILE]   everything, against everybody
  worktrail-benches growth [ENGINE…] [--short] [--json] [--write FILE] [--to TRAILS]
                                                                          as a store grows to a million trails
  worktrail-benches work ENGINE NAME CALLERS SECONDS                      one piece of work over and over, for a
                                                                          profiler: act, open, portfolio, counts, follow
an ENGINE is sqlite, postgres or sled, for `work` memory too; none are all three. --write keeps the results in a file of Markdown too.";

#[tokio::main]
async fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let directory = tempfile::tempdir()?;
    match arguments.as_slice() {
        ["compare", options @ ..] => {
            let options = Options::read(options)?;
            options.show(&compare::run(directory.path(), &options.engines, options.length).await?)
        }
        ["growth", options @ ..] => {
            let options = Options::read(options)?;
            let sizes: &[u64] = match options.length {
                Length::Full => &[10_000, 100_000, 1_000_000],
                Length::Short => &[1_000, 10_000],
            };
            let effort = options.length.effort();
            let sizes: Vec<u64> = sizes.iter().copied().filter(|size| *size <= options.most).collect();
            options.show(&growth::run(directory.path(), &options.engines, &sizes, effort).await?)
        }
        ["work", engine, name, callers, seconds] => {
            let all = [Work::Act, Work::Open, Work::Portfolio, Work::Counts, Work::Follow];
            let work = all.into_iter().find(|work| work.name() == *name).ok_or(USAGE)?;
            let (callers, length) = (callers.parse()?, Duration::from_secs(seconds.parse()?));
            if *engine == "memory" {
                return over_and_over(&compare::in_memory().await?, work, callers, length).await;
            }
            let office = Office::with(10_000)?;
            match engine_of(engine).ok_or(USAGE)? {
                Engine::Sqlite => {
                    let sides = sqlite::Sides::prepare(directory.path(), office).await?;
                    over_and_over(&sides.ours, work, callers, length).await
                }
                Engine::PostgresLocal | Engine::PostgresFar => {
                    let sides = postgres::Sides::prepare(office).await?;
                    over_and_over(&sides.ours, work, callers, length).await
                }
                Engine::Sled => {
                    let sides = sled::Sides::prepare(directory.path(), office).await?;
                    over_and_over(&sides.ours, work, callers, length).await
                }
            }
        }
        _ => Err(USAGE.into()),
    }
}

/// Does one piece of work for a while, in ten turns, and says after each how fast it went and what it cost.
async fn over_and_over(ours: &Ours, work: Work, callers: usize, length: Duration) -> Outcome {
    for _ in 0..10 {
        let before = Processor::used();
        let rate = ours.slice(work, callers, length / 10).await?;
        let each = Processor::used().since(before) / u32::try_from(rate.pieces.max(1))?;
        writeln!(std::io::stdout(), "{:.0} a second, {} µs of processor time each", rate.a_second(), each.as_micros())?;
    }
    Ok(())
}

/// How long, on what, and for whom.
struct Options {
    engines: Vec<Engine>,
    length: Length,
    form: Form,
    file: Option<PathBuf>,
    /// The most trails to which a store grows.
    most: u64,
}

#[derive(Clone, Copy)]
enum Form {
    Table,
    Json,
}

fn engine_of(name: &str) -> Option<Engine> {
    match name {
        "sqlite" => Some(Engine::Sqlite),
        "postgres" => Some(Engine::PostgresLocal),
        "sled" => Some(Engine::Sled),
        _ => None,
    }
}

impl Options {
    fn read(options: &[&str]) -> Outcome<Self> {
        let mut read =
            Self { engines: Vec::new(), length: Length::Full, form: Form::Table, file: None, most: u64::MAX };
        let mut options = options.iter();
        while let Some(option) = options.next() {
            match *option {
                "--short" => read.length = Length::Short,
                "--json" => read.form = Form::Json,
                "--write" => read.file = Some(PathBuf::from(options.next().ok_or(USAGE)?)),
                "--to" => read.most = options.next().ok_or(USAGE)?.parse()?,
                engine => read.engines.push(engine_of(engine).ok_or(USAGE)?),
            }
        }
        if read.engines.is_empty() {
            read.engines = vec![Engine::Sqlite, Engine::PostgresLocal, Engine::Sled];
        }
        Ok(read)
    }

    fn show<T: Serialize + Results>(&self, found: &T) -> Outcome {
        if let Some(file) = &self.file {
            std::fs::write(file, found.markdown())?;
        }
        let text = match self.form {
            Form::Table => found.to_string(),
            Form::Json => serde_json::to_string_pretty(found)?,
        };
        Ok(writeln!(std::io::stdout(), "{text}")?)
    }
}
