//! The store in memory: it survives nothing, but it is raced like all others.

use std::path::Path;

use async_trait::async_trait;
use worktrail_core::store::{MemoryStore, StoreError};

use crate::candidate::{Candidate, Lies, Opened, Opening, Sharing};
use crate::setting::{Obstacle, Setting};

/// The store in memory.
#[derive(Debug)]
pub struct Memory;

#[async_trait]
impl Candidate for Memory {
    fn name(&self) -> &'static str {
        "memory"
    }

    fn sharing(&self) -> Sharing {
        Sharing::OneProcess
    }

    fn lies(&self) -> Lies {
        Lies::InFiles
    }

    fn control(&self) -> Option<&'static dyn Candidate> {
        None
    }

    fn furnish(&self, _setting: &Setting, _home: &Path) -> Result<(), Obstacle> {
        Ok(())
    }

    async fn open(&self, _home: &Path, _opening: Opening) -> Result<Box<dyn Opened>, StoreError> {
        Ok(Box::new(MemoryStore::new()))
    }
}

#[async_trait]
impl Opened for MemoryStore {
    async fn check(&self) -> Result<(), StoreError> {
        Ok(())
    }

    async fn close(&self) {}
}
