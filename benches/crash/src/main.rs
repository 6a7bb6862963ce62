//! `crash short`, `crash long`: see the library.

use std::error::Error;
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use crash::candidate::candidate;
use crash::damage::read;
use crash::figures::{Figures, Line, Outcome};
use crash::page;
use crash::plan::{self, Choice, Length};
use crash::readonly::{How, refuse};
use crash::room::fill;
use crash::server;
use crash::setting::{Obstacle, Setting, run};
use crash::writer::{Task, write};
use lexopt::prelude::*;
use postgres_server::Server;

const USAGE: &str = "usage: crash short|long [--seed N] [--test C1]... [--store NAME]... [--at-once N] \
[--scratch DIRECTORY] [--json] [--write PAGE]";
const NO_SUCH: &str = "there is no store of this name";

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut words = std::env::args_os().skip(1);
    match words.next() {
        Some(word) if word == "child" => child(&words.collect::<Vec<_>>()),
        Some(word) if word == "short" => report(Length::Short, words),
        Some(word) if word == "long" => report(Length::Long, words),
        _ => Err(USAGE.into()),
    }
}

/// How a report is asked for.
#[derive(Debug)]
struct Asked {
    setting: Setting,
    choice: Choice,
    at_once: usize,
    json: bool,
    page: Option<PathBuf>,
}

impl Asked {
    fn read(words: impl Iterator<Item = OsString>) -> Result<Self, Box<dyn Error>> {
        let setting = Setting {
            program: std::env::current_exe()?,
            scratch: std::env::temp_dir(),
            seed: 20_260_501,
            server: None,
        };
        let at_once = std::thread::available_parallelism().map_or(1, Into::into);
        let mut asked = Self { setting, choice: Choice::default(), at_once, json: false, page: None };
        let mut words = lexopt::Parser::from_args(words);
        while let Some(word) = words.next()? {
            match word {
                Long("seed") => asked.setting.seed = words.value()?.parse()?,
                Long("test") => asked.choice.tests.push(words.value()?.string()?),
                Long("store") => asked.choice.stores.push(words.value()?.string()?),
                Long("at-once") => asked.at_once = words.value()?.parse()?,
                Long("scratch") => asked.setting.scratch = std::path::absolute(words.value()?)?,
                Long("json") => asked.json = true,
                Long("write") => asked.page = Some(words.value()?.into()),
                other => return Err(format!("{}\n{USAGE}", other.unexpected()).into()),
            }
        }
        Ok(asked)
    }
}

fn report(length: Length, words: impl Iterator<Item = OsString>) -> Result<ExitCode, Box<dyn Error>> {
    let mut asked = Asked::read(words)?;
    // One server for all the tests that share one; without it, those are not run, and say so.
    let server = server::start_if_there()?;
    asked.setting.server = server.as_ref().map(Server::url);
    if !asked.json {
        writeln!(io::stdout(), "seed {}", asked.setting.seed)?;
    }
    let lines = plan::run(&asked.setting, length, &asked.choice, asked.at_once, |line| {
        if !asked.json {
            // Whoever reads along may have gone; the exit code still tells.
            let _ = writeln!(io::stdout(), "{line}");
        }
    });
    if asked.json {
        serde_json::to_writer_pretty(io::stdout(), &lines)?;
    }
    if let Some(page) = &asked.page {
        let run = format!("{}, seed {}", length.name(), asked.setting.seed);
        page::write(page, &run, &lines, &plan::row_names(length))?;
    }
    let failed = lines.iter().filter(|line| !line.passed()).count();
    let not_run = lines.iter().filter(|line| matches!(line.outcome, Outcome::NotRun(_))).count();
    summary(&lines, failed, not_run)?;
    Ok(if failed == 0 && !lines.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn summary(lines: &[Line], failed: usize, not_run: usize) -> io::Result<()> {
    let ran = lines.len() - not_run;
    writeln!(io::stderr(), "{ran} tests run, {failed} failed, {not_run} NOT RUN")
}

/// What this program does when it has started itself.
fn child(words: &[OsString]) -> Result<ExitCode, Box<dyn Error>> {
    let words: Vec<&str> =
        words.iter().map(|word| word.to_str().ok_or("a word that is no text")).collect::<Result<_, _>>()?;
    match words.as_slice() {
        ["write", name, home, first, count @ ..] => {
            let candidate = candidate(name).ok_or(NO_SUCH)?;
            let count = count.first().map(|count| count.parse()).transpose()?;
            let task = Task { home: home.into(), first: first.parse()?, count };
            run(async { Ok::<_, Obstacle>(write(candidate, &task).await?) })?;
            Ok(ExitCode::SUCCESS)
        }
        ["budgets", name, step, disk] => {
            let step = step.parse()?;
            tell(&run(fill(candidate(name).ok_or(NO_SUCH)?, step, disk.as_ref()))?)
        }
        ["refusals", name, how, place] => {
            let how = How::named(how).ok_or(USAGE)?;
            tell(&run(refuse(candidate(name).ok_or(NO_SUCH)?, how, place.as_ref()))?)
        }
        ["read", name, home] => tell(&run(read(candidate(name).ok_or(NO_SUCH)?, home.as_ref()))?),
        _ => Err(USAGE.into()),
    }
}

/// The last line that an errand says.
fn tell(figures: &Figures) -> Result<ExitCode, Box<dyn Error>> {
    writeln!(io::stdout(), "{}", serde_json::to_string(figures)?)?;
    Ok(ExitCode::SUCCESS)
}
