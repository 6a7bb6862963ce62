//! The store keeps the contract.

use std::fs;
use std::path::PathBuf;
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use own_store::FolderStore;
use worktrail_core::conformance::{Harness, HarnessError, conformance_suite};
use worktrail_core::record::SCHEMA;
use worktrail_core::store::Store;

/// Makes stores in folders of their own, which go when it goes.
struct Folders {
    path: PathBuf,
    made: Mutex<Vec<(usize, PathBuf)>>,
}

impl Folders {
    fn new() -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("own-store-conformance-{}-{number}", process::id()));
        Self { path, made: Mutex::default() }
    }

    fn open(&self, path: PathBuf) -> Result<Arc<dyn Store>, HarnessError> {
        let store: Arc<dyn Store> = Arc::new(FolderStore::open(&path, SCHEMA)?);
        self.made.lock().unwrap_or_else(PoisonError::into_inner).push((address(&store), path));
        Ok(store)
    }
}

impl Drop for Folders {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Where a store stands in memory: how the harness knows its own stores again.
fn address(store: &Arc<dyn Store>) -> usize {
    Arc::as_ptr(store).cast::<()>().addr()
}

#[async_trait]
impl Harness for Folders {
    async fn fresh(&self) -> Result<Arc<dyn Store>, HarnessError> {
        let number = self.made.lock().unwrap_or_else(PoisonError::into_inner).len();
        self.open(self.path.join(number.to_string()))
    }

    async fn reopen(&self, store: Arc<dyn Store>) -> Result<Arc<dyn Store>, HarnessError> {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (_, path) = made.into_iter().rev().find(|(it, _)| *it == address(&store)).ok_or("a store of another")?;
        drop(store);
        self.open(path)
    }
}

conformance_suite!(Folders::new(), pollster::block_on);
