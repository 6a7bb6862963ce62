//! What remains of what was forgotten.

use worktrail_core::store::StoreError;

use crate::store::SledStore;

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
    /// In parts of sled's log that are not used any more. sled writes over them when it likes, and cannot be told to.
    /// An [`export`](SledStore::export) has none of them: put it in place of the original, and destroy that.
    UnusedPartsOfTheLog,
}

impl SledStore {
    /// Says what remains of what was removed or forgotten: sled cannot be made to let go of it.
    ///
    /// # Errors
    /// None today. It may fail where an engine can do more.
    #[expect(clippy::unused_async, reason = "the same call as on the other stores")]
    pub async fn scrub(&self) -> Result<Scrubbed, StoreError> {
        Ok(Scrubbed { remains: Remains::UnusedPartsOfTheLog })
    }
}
