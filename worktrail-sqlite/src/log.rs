//! Keeping the write-ahead log short, off the way of a commit.

use std::path::PathBuf;

use sqlx::Executor as _;
use sqlx::sqlite::SqliteConnection;

use crate::options::SqliteOptions;

/// From this many bytes on, the log is brought home after the callers of a group have their answers. The next commit
/// then begins it again, and the engine cuts it to this length.
pub(crate) const LONG: u64 = 4 << 20;
/// How often its length is looked at, in groups.
const EVERY: u32 = 16;

/// The write-ahead log beside a file.
#[derive(Debug)]
pub(crate) struct Log {
    path: PathBuf,
    groups: u32,
}

impl Log {
    pub(crate) fn of(options: &SqliteOptions) -> Self {
        Self { path: options.beside("-wal"), groups: 0 }
    }

    /// Its length in bytes.
    pub(crate) fn length(&self) -> u64 {
        std::fs::metadata(&self.path).map_or(0, |file| file.len())
    }

    /// Counts a group, and brings the log home when it has grown long. Whoever reads an older state keeps part of it
    /// from coming home, which the next time makes good.
    pub(crate) async fn tend(&mut self, connection: &mut SqliteConnection) {
        self.groups = (self.groups + 1) % EVERY;
        if self.groups == 0 && self.length() > LONG {
            let _ = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").await;
        }
    }
}
