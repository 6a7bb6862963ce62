//! SQLite: one file, with each commit synced or, as the control, without.

use std::path::Path;

use async_trait::async_trait;
use worktrail_core::store::{Durability, StoreError};
use worktrail_sqlite::{SqliteOptions, SqliteStore, migrate};

use crate::candidate::{Candidate, Lies, Opened, Opening, Sharing};
use crate::setting::{Obstacle, Setting};

/// The store on a SQLite file.
#[derive(Debug)]
pub struct Sqlite {
    name: &'static str,
    durability: Durability,
    control: Option<&'static Self>,
}

impl Sqlite {
    /// As a host opens it.
    pub const FULL: Self = Self { name: "sqlite", durability: Durability::PowerSafe, control: Some(&Self::NORMAL) };
    /// With `synchronous=NORMAL`: what was acknowledged may go with the power.
    const NORMAL: Self = Self { name: "sqlite-normal", durability: Durability::ProcessSafe, control: None };
}

#[async_trait]
impl Candidate for Sqlite {
    fn name(&self) -> &'static str {
        self.name
    }

    fn sharing(&self) -> Sharing {
        Sharing::Processes
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
        let options = SqliteOptions::file(home.join("store.db")).durability(self.durability);
        if opening == Opening::Create {
            migrate(&options).await?;
        }
        Ok(Box::new(SqliteStore::open(options).await?))
    }
}

#[async_trait]
impl Opened for SqliteStore {
    async fn check(&self) -> Result<(), StoreError> {
        Self::check(self).await
    }

    async fn close(&self) {
        Self::close(self).await;
    }
}
