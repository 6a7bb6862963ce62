//! One trail, from referral to work, on one file.
//!
//! `cargo run -p quickstart` plays the case of ABSURD BRANNHYDRANT, who lives only here, and then shows what the file
//! holds. Run it again: every act carries the id it had the first time, so nothing is done twice. `--store` names
//! another store, and the telling is the same: `sqlite:PATH`, `postgres://…`, `sled:PATH` or
//! `memory`.

mod address;
mod print;
mod profile;
mod stage;
mod story;
#[cfg(test)]
mod tests;

use std::error::Error;
use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use worktrail_core::question::{FindParticipant, PortfolioPhases, ReadTrail, TrailHistory};
use worktrail_core::store::{Limit, Store};

use crate::address::{Address, Asked, USAGE};
use crate::print::{Printer, Shown};
use crate::stage::{Stage, Told};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let told = match Asked::from_arguments(std::env::args().skip(1)) {
        Ok(Asked::Story(address)) => on(&address).await,
        Ok(Asked::Help) => writeln!(std::io::stdout(), "{USAGE}").map_err(Into::into),
        Err(refused) => Err(refused.into()),
    };
    match told {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&*error);
            ExitCode::FAILURE
        }
    }
}

/// Says what went wrong, and why, in words. Where that cannot be said either, the exit code still tells.
fn complain(error: &dyn Error) {
    let mut err = std::io::stderr();
    let _ = writeln!(err, "quickstart: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        let _ = writeln!(err, "  because: {error}");
        cause = error.source();
    }
}

/// Plays the story on a store, and tells what the store holds.
async fn on(address: &Address) -> Told {
    let mut out = std::io::stdout();
    let opened = address.open().await?;
    let store = opened.store();
    let printer = Printer::for_language_of_user();
    let stage = play(Arc::clone(&store)).await?;
    writeln!(out, "{}", printer.opened(address, &stage, &store.info()))?;
    writeln!(out, "{}", tell(printer, &stage).await?)?;
    opened.close().await;
    Ok(())
}

/// Plays the story over a store.
async fn play(store: Arc<dyn Store>) -> Told<Stage> {
    let mut stage = Stage::new(store)?;
    story::play(&mut stage).await?;
    Ok(stage)
}

/// What the store holds afterwards: the same whichever it is.
async fn tell(printer: Printer, stage: &Stage) -> Told<String> {
    let (team, trail) = (stage.ids.team, stage.ids.trail);
    let number = story::NUMBER;
    let shown = Shown {
        found: stage.ask(&FindParticipant { team, number: number.into() }).await?,
        case: stage.ask(&ReadTrail { trail }).await?,
        phases: stage.ask(&PortfolioPhases { team }).await?,
        history: stage.ask(&TrailHistory::first(trail, Limit::MAX)).await?.entries,
    };
    Ok(printer.show(&shown, stage))
}
