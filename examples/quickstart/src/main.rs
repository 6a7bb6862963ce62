//! One trail, from referral to work, on one file.
//!
//! `cargo run -p quickstart` plays the case of ABSURD BRANNHYDRANT, who lives only here, and then shows what the file
//! holds. Run it again: every act carries the id it had the first time, so nothing is done twice.

mod print;
mod profile;
mod stage;
mod story;
#[cfg(test)]
mod tests;

use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;

use worktrail_core::question::{FindParticipant, PortfolioPhases, ReadTrail, TrailHistory};
use worktrail_core::store::Store as _;
use worktrail_sqlite::SqliteStore;

use crate::print::{Printer, Shown};
use crate::stage::Stage;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout();
    let path = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("worktrail-quickstart.db"), PathBuf::from);
    let path = std::path::absolute(path)?;
    let was_there = path.exists();
    let store = SqliteStore::open_or_create(&path).await?;
    let printer = Printer::for_language_of_user();
    writeln!(out, "{}", printer.opened(&path, was_there, &store.info()))?;

    let mut stage = Stage::new(store.clone())?;
    story::play(&mut stage).await?;

    let (team, trail) = (stage.ids.team, stage.ids.trail);
    let number = story::NUMBER;
    let shown = Shown {
        found: stage.ask(&FindParticipant { team, number: number.into() }).await?,
        case: stage.ask(&ReadTrail { trail }).await?,
        phases: stage.ask(&PortfolioPhases { team }).await?,
        history: stage.ask(&TrailHistory { trail }).await?,
    };
    writeln!(out, "{}", printer.show(&shown, &stage))?;
    store.close().await;
    Ok(())
}
