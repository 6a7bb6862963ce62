//! Making the engine let go of what was forgotten.

use sqlx::sqlite::SqliteConnection;
use sqlx::{Executor as _, Row as _};
use worktrail_core::store::{StoreError, StoreErrorKind};

use crate::error::Fault;
use crate::options::Home;
use crate::store::SqliteStore;

/// What is left after a scrub.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scrubbed {
    /// Where the bytes of a forgotten person may still be, as far as the engine knows.
    pub remains: Remains,
}

/// Where forgotten bytes may still be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remains {
    /// Neither in the file nor beside it. Copies of the file, snapshots of the file system, and blocks that the
    /// device has set aside are beyond the engine's reach.
    NothingInTheFile,
    /// In unused pages and unused parts of pages, where the engine once moved rows from, or a connection of the host's
    /// without `secure_delete` overwrote or deleted them: in a file that belongs to the host's program, until the host
    /// runs `VACUUM`, which may change the row ids of tables that do not name theirs, and so is for the
    /// host to decide.
    UnusedPartsOfPages,
}

impl SqliteStore {
    /// Makes the engine let go of all that was deleted or forgotten.
    ///
    /// What is deleted is overwritten where it lies (`secure_delete`). That leaves the pages as they were before, in the
    /// file until the write-ahead log comes home, and in the log until it is emptied; and it leaves what the engine
    /// once moved to another page and did not overwrite in the old one. So this brings the log home, makes the file
    /// anew (`VACUUM`), and empties the log. It also deletes the samples of values that somebody's `ANALYZE` took.
    ///
    /// It takes as long as writing the whole file, and as much memory and room beside it; commits wait meanwhile. It
    /// also waits for whoever is reading an older state, as long as the options' busy timeout.
    ///
    /// # Errors
    /// `Busy` when somebody went on reading an older state: nothing is lost, and bytes may remain until a scrub
    /// succeeds. `Full`, `Unavailable`, `Closed`.
    pub async fn scrub(&self) -> Result<Scrubbed, StoreError> {
        let shared = self.shared()?;
        let home = shared.options.home();
        let scrubbed = shared.queue.work(move |connection| {
            Box::pin(async move {
                // First, so that a file is not made anew, and its log not made long, for a scrub that must fail.
                empty_log(connection).await?;
                empty_statistics(connection).await?;
                if home == Home::Host {
                    empty_log(connection).await?;
                    return Ok(Scrubbed { remains: Remains::UnusedPartsOfPages });
                }
                connection.execute("VACUUM").await?;
                empty_log(connection).await?;
                Ok(Scrubbed { remains: Remains::NothingInTheFile })
            })
        });
        Ok(scrubbed.await?)
    }
}

/// Deletes the samples of our tables' values that `ANALYZE` took, whoever ran it: they outlive the rows. Our own
/// statements name their indexes and need none.
async fn empty_statistics(connection: &mut SqliteConnection) -> Result<(), Fault> {
    const THERE: &str = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'sqlite_stat4'";
    let there: i64 = sqlx::query_scalar(THERE).fetch_one(&mut *connection).await?;
    if there > 0 {
        connection.execute("DELETE FROM sqlite_stat4 WHERE tbl GLOB 'worktrail_*'").await?;
    }
    Ok(())
}

/// Brings the write-ahead log home and empties it.
async fn empty_log(connection: &mut SqliteConnection) -> Result<(), Fault> {
    let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(connection).await?;
    if row.try_get::<i64, _>(0)? != 0 {
        return Err(Fault::new(StoreErrorKind::Busy, "somebody reads an older state of the file"));
    }
    Ok(())
}
