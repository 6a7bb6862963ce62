//! How a store is opened.

use std::path::{Path, PathBuf};
use std::time::Duration;

use worktrail_core::store::Durability;

use crate::engine::Syncing;

/// How a [`SledStore`](crate::SledStore) is opened.
///
/// Every setting has a default that is safe; none needs to be named.
#[derive(Debug, Clone)]
pub struct SledOptions {
    path: PathBuf,
    cache: u64,
    queue_batches: usize,
    queue_bytes: usize,
    patience: Duration,
    syncing: Syncing,
}

impl SledOptions {
    /// A store in this directory, which is Worktrail's own.
    #[must_use]
    pub fn directory(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        Self {
            // It is opened later too, wherever the process has gone by then.
            path: std::path::absolute(path).unwrap_or_else(|_| path.to_owned()),
            cache: 64 << 20,
            queue_batches: 1_024,
            queue_bytes: 64 << 20,
            patience: Duration::from_mins(2),
            syncing: Syncing::Full,
        }
    }

    /// How much memory sled aims to use for pages: 64 MiB unless the host says otherwise. It uses more than that.
    #[must_use]
    pub const fn cache(mut self, bytes: u64) -> Self {
        // sled divides it among 256 shards.
        const LEAST: u64 = 1 << 20;
        self.cache = if bytes < LEAST { LEAST } else { bytes };
        self
    }

    /// How much may wait to be committed before a commit is refused as `Busy`: 1024 batches and 64 MiB unless the
    /// host says otherwise. A single batch is admitted whatever its weight.
    #[must_use]
    pub const fn queue(mut self, batches: usize, bytes: usize) -> Self {
        self.queue_batches = if batches == 0 { 1 } else { batches };
        self.queue_bytes = if bytes == 0 { 1 } else { bytes };
        self
    }

    /// How long a single call of sled may last before it is taken to be stuck: two minutes unless the host says
    /// otherwise. It is noticed after at most twice that time. The longest call is opening: sled then reads a good part
    /// of its log.
    #[must_use]
    pub const fn patience(mut self, patience: Duration) -> Self {
        const LEAST: Duration = Duration::from_millis(10);
        self.patience = if patience.as_nanos() < LEAST.as_nanos() { LEAST } else { patience };
        self
    }

    /// Leaves out the fsync after each flush. **Never for hosts**: a power cut takes back what was acknowledged, and may
    /// take the whole store. It is there so that a test of power cuts can show that it notices.
    #[cfg(feature = "negative-control")]
    #[must_use]
    pub const fn without_sync(mut self) -> Self {
        self.syncing = Syncing::None;
        self
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) const fn cache_bytes(&self) -> u64 {
        self.cache
    }

    pub(crate) const fn queue_bounds(&self) -> (usize, usize) {
        (self.queue_batches, self.queue_bytes)
    }

    pub(crate) const fn longest_call(&self) -> Duration {
        self.patience
    }

    pub(crate) const fn syncing(&self) -> Syncing {
        self.syncing
    }

    pub(crate) const fn durability(&self) -> Durability {
        match self.syncing {
            Syncing::Full => Durability::PowerSafe,
            #[cfg(feature = "negative-control")]
            Syncing::None => Durability::ProcessSafe,
        }
    }
}
