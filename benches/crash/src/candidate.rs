//! The stores that are put through.

use std::fmt::Debug;
use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use worktrail_core::store::{Store, StoreError, StoreErrorKind};

use crate::memory::Memory;
use crate::postgres::Postgres;
use crate::setting::{Obstacle, Setting};
use crate::sled::Sled;
use crate::sqlite::Sqlite;

/// A store that is put through. To add one: this trait, [`Opened`] for what it opens, and its name in [`CANDIDATES`].
#[async_trait]
pub trait Candidate: Debug + Send + Sync {
    /// What it is called on the command line and in the figures.
    fn name(&self) -> &'static str;

    /// Whether several processes may have one store open at once.
    fn sharing(&self) -> Sharing;

    /// Where its data lie.
    fn lies(&self) -> Lies;

    /// The same store, opened so that it must lose data when the power goes: shows that the harness would see it.
    fn control(&self) -> Option<&'static dyn Candidate>;

    /// Makes an empty directory ready to be the home of a store.
    ///
    /// # Errors
    /// [`Obstacle::Missing`] when this machine lacks what the store needs.
    fn furnish(&self, setting: &Setting, home: &Path) -> Result<(), Obstacle>;

    /// Opens the store that has its home in a directory.
    ///
    /// # Errors
    /// As the store's own opening.
    async fn open(&self, home: &Path, opening: Opening) -> Result<Box<dyn Opened>, StoreError>;

    /// Waits until nothing is under way any more for a process that was killed: a server ends what it was told.
    ///
    /// # Errors
    /// As the store's own opening.
    async fn settle(&self, _home: &Path) -> Result<(), StoreError> {
        Ok(())
    }
}

/// A store that was opened.
#[async_trait]
pub trait Opened: Store {
    /// Reads everything again and compares it with its digests.
    ///
    /// # Errors
    /// `Corrupt` when something does not fit; what the engine adds.
    async fn check(&self) -> Result<(), StoreError>;

    /// Lets go of it.
    async fn close(&self);
}

/// Who may have a store open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// Several processes at once.
    Processes,
    /// One process: whoever comes second is told `AlreadyOpen`.
    OneProcess,
}

/// Where the data of a store lie: what can be broken follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lies {
    /// In files in its home.
    InFiles,
    /// With a server, which the home only names.
    BehindAServer,
}

/// What to do where there is no store yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// Make one.
    Create,
    /// Refuse.
    Existing,
}

/// Opens a store as [`Candidate::open`] does, and a little later when somebody has it open: a process that this one was
/// just starting holds what we held, until it becomes another program.
///
/// # Errors
/// As the store's own opening.
pub async fn open_patiently(
    candidate: &dyn Candidate,
    home: &Path,
    opening: Opening,
) -> Result<Box<dyn Opened>, StoreError> {
    const TRIES: u32 = 4;
    let mut tries = 0;
    loop {
        tries += 1;
        match candidate.open(home, opening).await {
            Err(error) if error.kind() == StoreErrorKind::AlreadyOpen && tries < TRIES => {
                tokio::time::sleep(Duration::from_millis(250)).await;
            }
            outcome => return outcome,
        }
    }
}

/// Every candidate that keeps something.
pub const CANDIDATES: [&dyn Candidate; 3] = [&Sqlite::FULL, &Sled::SYNCED, &Postgres::SYNCED];

/// Every candidate, with the one that is only raced: it keeps nothing.
#[must_use]
pub fn raced() -> Vec<&'static dyn Candidate> {
    let memory: &dyn Candidate = &Memory;
    CANDIDATES.into_iter().chain([memory]).collect()
}

/// The candidate, or the control, of this name.
#[must_use]
pub fn candidate(name: &str) -> Option<&'static dyn Candidate> {
    let controls = CANDIDATES.iter().filter_map(|candidate| candidate.control());
    CANDIDATES.into_iter().chain(controls).find(|candidate| candidate.name() == name)
}
