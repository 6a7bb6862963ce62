//! Where trials are made: the program that is started for each, a directory for what they leave, and the seed.

use std::future::Future;
use std::io;
use std::path::{Path, PathBuf};

use fastrand::Rng;
use tempfile::TempDir;
use worktrail_core::store::StoreError;

use crate::candidate::Candidate;

/// Where trials are made.
#[derive(Debug, Clone)]
pub struct Setting {
    /// This program, which starts itself again for each process that is to be killed.
    pub program: PathBuf,
    /// Where temporary directories are made.
    pub scratch: PathBuf,
    /// What all chance comes from.
    pub seed: u64,
    /// The address of a server, for stores that have one.
    pub server: Option<String>,
}

/// What keeps a trial from being made, or what it showed where nothing may go wrong.
#[derive(Debug, thiserror::Error)]
pub enum Obstacle {
    /// This machine lacks something: the test counts as not run.
    #[error("{0}")]
    Missing(String),
    /// The system.
    #[error("the system: {0}")]
    System(#[from] io::Error),
    /// The store, where nothing may go wrong.
    #[error("the store: {0}")]
    Store(#[from] StoreError),
}

impl Setting {
    /// A directory that goes when it is dropped.
    ///
    /// # Errors
    /// What the system says against it.
    pub fn directory(&self) -> io::Result<TempDir> {
        tempfile::Builder::new().prefix("crash-").tempdir_in(&self.scratch)
    }

    /// A home for a new store; it goes when it is dropped.
    ///
    /// # Errors
    /// What the system says against it; [`Obstacle::Missing`] when this machine lacks what the store needs.
    pub fn home(&self, candidate: &dyn Candidate) -> Result<TempDir, Obstacle> {
        let home = self.directory()?;
        candidate.furnish(self, home.path())?;
        Ok(home)
    }

    /// The chance of one trial of a test: the same whenever it is tried again.
    #[must_use]
    pub fn chance(&self, test: &str, trial: u64) -> Rng {
        let name = test.bytes().fold(self.seed, |seed, byte| seed.wrapping_mul(0x0100_0000_01b3) ^ u64::from(byte));
        Rng::with_seed(name ^ trial.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }
}

/// Runs something on a runtime of its own.
///
/// # Errors
/// What it gives, and what the system says against a runtime.
pub fn run<T>(work: impl Future<Output = Result<T, Obstacle>>) -> Result<T, Obstacle> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?.block_on(work)
}

/// How many bytes lie in the files of a directory, and in those of its directories.
#[must_use]
pub fn bytes_in(directory: &Path) -> u64 {
    files_in(directory).iter().filter_map(|file| file.metadata().ok()).map(|file| file.len()).sum()
}

/// The files of a directory, and of its directories, in the order of their names.
#[must_use]
pub fn files_in(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(directory).into_iter().flatten().map_while(Result::ok) {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => files.extend(files_in(&entry.path())),
            Ok(kind) if kind.is_file() => files.push(entry.path()),
            _ => {}
        }
    }
    files.sort();
    files
}
