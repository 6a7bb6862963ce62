//! sled: one directory, with our own sync after each flush or, as the control, without.

use std::path::Path;

use async_trait::async_trait;
use worktrail_core::store::StoreError;
use worktrail_sled::{SledOptions, SledStore};

use crate::candidate::{Candidate, Lies, Opened, Opening, Sharing};
use crate::setting::{Obstacle, Setting};

/// The store on sled.
#[derive(Debug)]
pub struct Sled {
    name: &'static str,
    options: fn(SledOptions) -> SledOptions,
    control: Option<&'static Self>,
}

impl Sled {
    /// As a host opens it.
    pub const SYNCED: Self = Self { name: "sled", options: |options| options, control: Some(&Self::FLUSHED) };
    /// Flushed as sled does it by itself: what was acknowledged goes with the power.
    const FLUSHED: Self = Self { name: "sled-unsynced", options: SledOptions::without_sync, control: None };
}

#[async_trait]
impl Candidate for Sled {
    fn name(&self) -> &'static str {
        self.name
    }

    fn sharing(&self) -> Sharing {
        Sharing::OneProcess
    }

    fn lies(&self) -> Lies {
        Lies::InFiles
    }

    fn control(&self) -> Option<&'static dyn Candidate> {
        self.control.map(|control| control as _)
    }

    fn furnish(&self, _setting: &Setting, _home: &Path) -> Result<(), Obstacle> {
        Ok(())
    }

    async fn open(&self, home: &Path, opening: Opening) -> Result<Box<dyn Opened>, StoreError> {
        let options = (self.options)(SledOptions::directory(home.join("store")));
        Ok(Box::new(match opening {
            Opening::Create => SledStore::open_or_create_with(options).await?,
            Opening::Existing => SledStore::open(options).await?,
        }))
    }
}

#[async_trait]
impl Opened for SledStore {
    async fn check(&self) -> Result<(), StoreError> {
        Self::check(self).await
    }

    async fn close(&self) {
        Self::close(self).await;
    }
}
