//! SQLite's side of a run: the files, who works on them, and what is compared.

use std::path::{Path, PathBuf};

use worktrail_core::store::Store as _;
use worktrail_sqlite::SqliteStore;

use crate::Outcome;
use crate::by_hand::sqlite::ByHand;
use crate::contest::{CALLERS, Contest};
use crate::desk::Ours;
use crate::floor::sqlite::Floor;
use crate::goal::{Against, Engine};
use crate::intake::in_turns;
use crate::office::Office;
use crate::pair::{Effort, Pair};
use crate::peer::Peer;
use crate::probe;
use crate::report::Report;
use crate::subject::{Subject as _, Work};
use crate::wal::Log;

/// A store that the office was imported into, and the same rows by hand.
#[derive(Debug)]
pub struct Sides {
    file: PathBuf,
    office: Office,
    /// A desk over the store.
    pub ours: Ours,
    /// The same rows by hand.
    pub by_hand: ByHand,
    /// Trails a second that each side took in.
    pub import: Pair,
    /// What the engine calls itself.
    pub version: String,
}

impl Sides {
    /// Imports the office on both sides, in turns.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn prepare(directory: &Path, office: Office) -> Outcome<Self> {
        let file = directory.join("ours.db");
        let store = SqliteStore::open_or_create(&file).await?;
        let by_hand = ByHand::create(&directory.join("by-hand.db"), office).await?;
        let import = in_turns(&store, &by_hand, &office).await?;
        let version = store.info().engine;
        let ours = Ours::new("worktrail on SQLite", store, office);
        Ok(Self { file, office, ours, by_hand, import, version })
    }

    /// How many acts share a transaction when so many callers are at work.
    async fn group(&self, callers: usize, effort: Effort) -> Outcome<usize> {
        self.ours.slice(Work::Act, callers, effort.turn / 4).await?;
        let mut length = effort.turn / 2;
        loop {
            // From an empty log on, so that it is not begun anew in the middle.
            probe::empty_log(&self.file).await?;
            let before = Log::beside(&self.file)?;
            let acts = self.ours.slice(Work::Act, callers, length).await?.pieces;
            let log = Log::beside(&self.file)?;
            if log.commits > 0 && log.beginnings <= before.beginnings.max(1) || length.as_millis() < 10 {
                return Ok(usize::try_from(acts / log.commits.max(1))?.clamp(1, callers));
            }
            length /= 2;
        }
    }

    /// Compares all that there is to compare.
    ///
    /// # Errors
    /// The first failure on any side.
    pub async fn run(&self, directory: &Path, effort: Effort, report: &mut Report) -> Outcome {
        report.versions.push(self.version.clone());
        let round_trip = probe::sqlite_round_trip(&self.file).await?;
        let mut contest = Contest { engine: Engine::Sqlite, ours: &self.ours, round_trip, effort, report };
        contest.imported(&self.by_hand, self.import);
        contest.by_hand(&self.by_hand, &[Work::Open, Work::Portfolio, Work::Counts, Work::Follow]).await?;
        let copy = directory.join("floor.db");
        probe::copy(&self.file, &copy).await?;
        for callers in CALLERS {
            let group = self.group(callers, effort).await?;
            let floor = Floor::open(&copy, self.office, group).await?;
            contest.meet(Against::Floor, &floor, Work::Act, callers).await?;
        }
        contest
            .peer(Peer::start(&["sqlite", &directory.join("peer.db").to_string_lossy()], self.office.trails()).await)
            .await?;
        contest.itself().await
    }
}
