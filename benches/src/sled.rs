//! sled's side of a run: the directories, who works on them, and what is compared.

use std::fs;
use std::path::{Path, PathBuf};

use worktrail_core::store::Store as _;
use worktrail_sled::{SledOptions, SledStore};

use crate::Outcome;
use crate::by_hand::sled::ByHand;
use crate::contest::{CALLERS, Contest};
use crate::desk::Ours;
use crate::floor::sled::Floor;
use crate::goal::{Against, Engine};
use crate::intake::in_turns;
use crate::office::Office;
use crate::pair::{Effort, Pair};
use crate::probe;
use crate::report::Report;
use crate::subject::{Subject as _, Work};

/// The memory that sled aims to use for pages, on every side.
const CACHE: u64 = 64 << 20;

/// A store that the office was imported into, and the same rows by hand.
#[derive(Debug)]
pub struct Sides {
    place: PathBuf,
    /// The store's directory as it was after the import and one act.
    copy: PathBuf,
    office: Office,
    /// A desk over the store.
    pub ours: Ours,
    /// The same rows by hand.
    pub by_hand: ByHand,
    import: Pair,
    version: String,
}

impl Sides {
    /// Imports the office on both sides, in turns.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn prepare(directory: &Path, office: Office) -> Outcome<Self> {
        let [place, copy, by_hand] = ["ours.sled", "floor.sled", "by-hand.sled"].map(|name| directory.join(name));
        let options = SledOptions::directory(&place).cache(CACHE);
        let store = SledStore::open_or_create_with(options.clone()).await?;
        let by_hand = ByHand::create(&by_hand, office, CACHE)?;
        let import = in_turns(&store, &by_hand, &office).await?;
        let ours = Ours::new("worktrail on sled", store.clone(), office);
        ours.piece(Work::Act).await?;
        store.close().await;
        copy_all(&place, &copy)?;
        let store = SledStore::open(options).await?;
        let version = store.info().engine;
        let ours = ours.by_way_of(store);
        Ok(Self { place, copy, office, ours, by_hand, import, version })
    }

    /// How many acts share a flush when so many callers are at work.
    async fn group(&self, callers: usize, effort: Effort) -> Outcome<usize> {
        self.ours.slice(Work::Act, callers, effort.turn / 4).await?;
        let before = changes(&self.place)?;
        let acts = self.ours.slice(Work::Act, callers, effort.turn / 2).await?.pieces;
        let changes = changes(&self.place)?.saturating_sub(before);
        Ok(usize::try_from(acts / changes.max(1))?.clamp(1, callers))
    }

    /// Compares all that there is to compare.
    ///
    /// # Errors
    /// The first failure on any side.
    pub async fn run(&self, effort: Effort, report: &mut Report) -> Outcome {
        report.versions.push(self.version.clone());
        report.settings.push(format!("sled, both sides: cache_capacity={CACHE}, mode=LowSpace, flush and fsync"));
        let round_trip = probe::thread_round_trip().await?;
        let mut contest = Contest { engine: Engine::Sled, ours: &self.ours, round_trip, effort, report };
        contest.imported(&self.by_hand, self.import);
        contest.by_hand(&self.by_hand, &[Work::Open, Work::Portfolio, Work::Counts, Work::Follow]).await?;
        for callers in CALLERS {
            let group = self.group(callers, effort).await?;
            let floor = Floor::open(&self.copy, self.office, group, CACHE)?;
            contest.meet(Against::Floor, &floor, Work::Act, callers).await?;
        }
        contest.itself().await
    }
}

/// How many sets of changes a store has flushed: it keeps the count in a file beside the log, in two blocks by turns.
///
/// # Errors
/// When it cannot be read.
pub fn changes(directory: &Path) -> Outcome<u64> {
    let mark = fs::read(directory.join("worktrail.mark"))?;
    let counts = mark.chunks(4_096).filter_map(|block| block.first_chunk().copied().map(u64::from_be_bytes));
    counts.max().ok_or_else(|| "an empty count".into())
}

/// Copies a directory that nobody uses.
fn copy_all(from: &Path, to: &Path) -> Outcome {
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_all(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}
