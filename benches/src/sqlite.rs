//! SQLite's side of a run: the files, who works on them, and what is compared.

use std::ops::Range;
use std::path::{Path, PathBuf};

use worktrail_core::store::Store as _;
use worktrail_sqlite::SqliteStore;

use crate::Outcome;
use crate::by_hand::sqlite::ByHand;
use crate::desk::Ours;
use crate::figures::Figures;
use crate::floor::sqlite::Floor;
use crate::goal::{Against, Engine};
use crate::import::{teams, trails};
use crate::office::Office;
use crate::pair::{Effort, Pair, compare};
use crate::peer::Peer;
use crate::probe;
use crate::report::{Line, Report};
use crate::stopwatch::Stopwatch;
use crate::subject::{Rate, Subject, Work};
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
        const TURNS: u64 = 10;
        let file = directory.join("ours.db");
        let store = SqliteStore::open_or_create(&file).await?;
        let by_hand = ByHand::create(&directory.join("by-hand.db"), office).await?;
        teams(&store, &office).await?;
        by_hand.teams().await?;
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for turn in 0..TURNS {
            let numbers = office.trails() * turn / TURNS..office.trails() * (turn + 1) / TURNS;
            let watch = Stopwatch::start();
            trails(&store, &office, numbers.clone()).await?;
            ours.push(rate(&numbers, watch));
            let watch = Stopwatch::start();
            by_hand.trails(numbers.clone()).await?;
            theirs.push(rate(&numbers, watch));
        }
        let ratio = Figures::of(ours.iter().zip(&theirs).map(|(ours, theirs)| ours / theirs));
        let nothing = Figures::of([]);
        let import = Pair {
            ratio,
            ours: Figures::of(ours),
            theirs: Figures::of(theirs),
            our_processor: nothing,
            their_processor: nothing,
        };
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
        let mut line = |work: &'static str, callers, against, them: &dyn Subject, pair, goal| {
            let (our_durability, their_durability) = (self.ours.durability(), them.durability());
            let (engine, them) = (Engine::Sqlite, them.name());
            report.lines.push(Line {
                engine,
                work,
                callers,
                against,
                them,
                our_durability,
                their_durability,
                round_trip,
                pair,
                goal,
            });
        };
        line("import", 1, Against::ByHand, &self.by_hand, self.import, None);
        let mut wanted: Vec<(Work, usize)> = [1, 8, 64, 256].map(|callers| (Work::Act, callers)).into();
        for work in [Work::Open, Work::Portfolio, Work::Counts, Work::Follow] {
            wanted.extend([(work, 1), (work, 64)]);
        }
        for (work, callers) in wanted {
            let pair = compare(&self.ours, &self.by_hand, work, callers, effort).await?;
            let goal = Line::goal(Engine::Sqlite, Against::ByHand, work, callers);
            line(work.name(), callers, Against::ByHand, &self.by_hand, pair, goal);
        }
        let copy = directory.join("floor.db");
        probe::copy(&self.file, &copy).await?;
        for callers in [1, 8, 64, 256] {
            let group = self.group(callers, effort).await?;
            let floor = Floor::open(&copy, self.office, group).await?;
            let pair = compare(&self.ours, &floor, Work::Act, callers, effort).await?;
            let goal = Line::goal(Engine::Sqlite, Against::Floor, Work::Act, callers);
            line("act", callers, Against::Floor, &floor, pair, goal);
        }
        match Peer::start(&directory.join("peer.db"), self.office.trails()).await {
            Ok(peer) => {
                for callers in [1, 64] {
                    let pair = compare(&self.ours, &peer, Work::Act, callers, effort).await?;
                    let goal = Line::goal(Engine::Sqlite, Against::Peer, Work::Act, callers);
                    line("act", callers, Against::Peer, &peer, pair, goal);
                }
            }
            Err(error) => report.left_out.push(format!("the peer on SQLite: {error}")),
        }
        Ok(())
    }
}

fn rate(numbers: &Range<u64>, watch: Stopwatch) -> f64 {
    Rate { pieces: numbers.end - numbers.start, took: watch.passed() }.a_second()
}
