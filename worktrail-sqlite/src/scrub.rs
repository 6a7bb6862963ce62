//! Making the engine let go of what was forgotten.

use sqlx::Row as _;
use worktrail_core::store::{StoreError, StoreErrorKind};

use crate::error::Fault;
use crate::store::SqliteStore;

/// What a scrub did, and what is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scrubbed {
    /// How many pages of the write-ahead log were brought home before it was emptied.
    pub pages: u64,
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
}

impl SqliteStore {
    /// Makes the engine let go of all that was deleted or forgotten.
    ///
    /// What is deleted is overwritten in its page at once (`secure_delete`), but the pages as they were before lie in
    /// the file until the write-ahead log comes home, and in the log until it is emptied. This does both. It waits for
    /// whoever is reading an older state, as long as the options' busy timeout, and commits wait with it.
    ///
    /// # Errors
    /// `Busy` when somebody went on reading an older state: nothing is lost, and bytes may remain until a scrub
    /// succeeds. `Full`, `Unavailable`, `Closed`.
    pub async fn scrub(&self) -> Result<Scrubbed, StoreError> {
        let scrubbed = self.shared()?.queue.work(|connection| {
            Box::pin(async move {
                let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(connection).await?;
                if row.try_get::<i64, _>(0)? != 0 {
                    return Err(Fault::new(StoreErrorKind::Busy, "somebody reads an older state of the file"));
                }
                let pages = u64::try_from(row.try_get::<i64, _>(2)?).unwrap_or(0);
                Ok(Scrubbed { pages, remains: Remains::NothingInTheFile })
            })
        });
        Ok(scrubbed.await?)
    }
}
