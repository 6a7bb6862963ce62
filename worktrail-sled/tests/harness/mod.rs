//! The harness that makes stores for the suite.

use std::sync::Arc;

use async_trait::async_trait;
use tempfile::TempDir;
use tokio::sync::Mutex;
use worktrail_core::conformance::{Harness, HarnessError};
use worktrail_core::store::Store;
use worktrail_sled::SledStore;

/// A directory, which is there as long as the store is used.
#[derive(Debug)]
struct Kept {
    given: Arc<dyn Store>,
    store: SledStore,
    directory: TempDir,
}

/// Stores in directories of their own.
#[derive(Debug, Default)]
pub(crate) struct Directories {
    kept: Mutex<Vec<Kept>>,
}

impl Directories {
    async fn open(&self, directory: TempDir) -> Result<Arc<dyn Store>, HarnessError> {
        let store = SledStore::open_or_create(directory.path().join("store")).await?;
        let given: Arc<dyn Store> = Arc::new(store.clone());
        self.kept.lock().await.push(Kept { given: Arc::clone(&given), store, directory });
        Ok(given)
    }
}

#[async_trait]
impl Harness for Directories {
    async fn fresh(&self) -> Result<Arc<dyn Store>, HarnessError> {
        self.open(tempfile::tempdir()?).await
    }

    async fn reopen(&self, store: Arc<dyn Store>) -> Result<Arc<dyn Store>, HarnessError> {
        let kept = {
            let mut all = self.kept.lock().await;
            let place = all.iter().position(|kept| Arc::ptr_eq(&kept.given, &store)).ok_or("a store of another")?;
            all.swap_remove(place)
        };
        kept.store.close().await;
        self.open(kept.directory).await
    }
}
