//! The stores that take part.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use own_store::FolderStore;
use tempfile::TempDir;
use tokio::sync::Mutex;
use worktrail_core::conformance::{Harness, HarnessError};
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{MemoryStore, Store};

use crate::{postgres, sled, sqlite};

/// A store that takes part, with the name that it has in the table.
pub struct Subject {
    /// Its name.
    pub name: &'static str,
    /// What makes it.
    pub harness: Box<dyn Harness>,
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subject").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Every store that takes part. The one in memory comes first: the others are compared with it.
#[must_use]
pub fn subjects() -> Vec<Subject> {
    vec![
        subject("memory", Memory),
        subject("SQLite", sqlite::Pooled::with_readers(2)),
        subject("SQLite, a single connection", sqlite::Pooled::with_readers(0)),
        subject("SQLite, the host's transaction", sqlite::Enlisted::default()),
        subject("PostgreSQL", postgres::Pooled::with(|options| options)),
        subject("PostgreSQL, the host's transaction", postgres::Enlisted::default()),
        subject("sled", sled::Directories::default()),
        subject("own-store (the example)", Folders::default()),
    ]
}

fn subject(name: &'static str, harness: impl Harness + 'static) -> Subject {
    Subject { name, harness: Box::new(harness) }
}

/// Stores in memory.
struct Memory;

#[async_trait]
impl Harness for Memory {
    async fn fresh(&self) -> Result<Arc<dyn Store>, HarnessError> {
        Ok(Arc::new(MemoryStore::new()))
    }

    async fn reopen(&self, store: Arc<dyn Store>) -> Result<Arc<dyn Store>, HarnessError> {
        Ok(store)
    }
}

/// Stores in folders of their own.
#[derive(Default)]
struct Folders(Mutex<BTreeMap<usize, TempDir>>);

impl Folders {
    async fn open(&self, directory: TempDir) -> Result<Arc<dyn Store>, HarnessError> {
        let store: Arc<dyn Store> = Arc::new(FolderStore::open(&directory.path().join("store"), SCHEMA)?);
        self.0.lock().await.insert(place(&store), directory);
        Ok(store)
    }
}

/// Where a store stands in memory: how its folder is found again.
fn place(store: &Arc<dyn Store>) -> usize {
    Arc::as_ptr(store).cast::<()>().addr()
}

#[async_trait]
impl Harness for Folders {
    async fn fresh(&self) -> Result<Arc<dyn Store>, HarnessError> {
        self.open(tempfile::tempdir()?).await
    }

    async fn reopen(&self, store: Arc<dyn Store>) -> Result<Arc<dyn Store>, HarnessError> {
        let directory = self.0.lock().await.remove(&place(&store)).ok_or("a store of another harness")?;
        drop(store); // lets go of the folder
        self.open(directory).await
    }
}
