//! PostgreSQL: a schema for each home, on the server that the home's file names.

use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};
use worktrail_core::store::{Durability, StoreError, StoreErrorKind};
use worktrail_postgres::{PostgresOptions, PostgresStore, migrate};

use crate::audit::read_everything;
use crate::candidate::{Candidate, Lies, Opened, Opening, Sharing};
use crate::setting::{Obstacle, Setting};

/// The file of a home that says where the server is.
const ADDRESS: &str = "address";

/// Whether the server has anybody of this name.
const AT_WORK: &str = "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE application_name = $1)";

/// How often is looked whether they are gone.
const LOOK: Duration = Duration::from_millis(5);

/// The store on PostgreSQL.
#[derive(Debug)]
pub struct Postgres {
    name: &'static str,
    durability: Durability,
    control: Option<&'static Self>,
}

impl Postgres {
    /// As a host opens it.
    pub const SYNCED: Self =
        Self { name: "postgres", durability: Durability::PowerSafe, control: Some(&Self::UNSYNCED) };
    /// With `synchronous_commit=off`: what was acknowledged may go with the server.
    const UNSYNCED: Self = Self { name: "postgres-unsynced", durability: Durability::ProcessSafe, control: None };
}

/// Makes a home lead to a server.
///
/// # Errors
/// What the system says.
pub fn lead(home: &Path, url: &str) -> std::io::Result<()> {
    std::fs::write(home.join(ADDRESS), url)
}

/// How the store of a home is connected where `url` leads.
///
/// # Errors
/// `Misuse` when it leads nowhere.
pub fn options(home: &Path, url: &str) -> Result<PostgresOptions, StoreError> {
    let schema = schema(home);
    let connect = connect(url)?.application_name(&schema);
    Ok(PostgresOptions::from(connect).schema(schema))
}

/// The schema of a home, and the name by which the server knows who uses it.
fn schema(home: &Path) -> String {
    let name = home.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect()
}

fn connect(url: &str) -> Result<PgConnectOptions, StoreError> {
    url.parse().map_err(|_| StoreError::new(StoreErrorKind::Misuse, "the home's address leads nowhere"))
}

fn url_of(home: &Path) -> Result<String, StoreError> {
    std::fs::read_to_string(home.join(ADDRESS))
        .map_err(|_| StoreError::new(StoreErrorKind::Unavailable, "the home names no server"))
}

#[async_trait]
impl Candidate for Postgres {
    fn name(&self) -> &'static str {
        self.name
    }

    fn sharing(&self) -> Sharing {
        Sharing::Processes
    }

    fn lies(&self) -> Lies {
        Lies::BehindAServer
    }

    fn control(&self) -> Option<&'static dyn Candidate> {
        self.control.map(|control| control as _)
    }

    fn furnish(&self, setting: &Setting, home: &Path) -> Result<(), Obstacle> {
        match &setting.server {
            Some(url) => Ok(lead(home, url)?),
            None => Err(Obstacle::Missing("there is no PostgreSQL: install Debian's `postgresql`".to_owned())),
        }
    }

    async fn open(&self, home: &Path, opening: Opening) -> Result<Box<dyn Opened>, StoreError> {
        let options = options(home, &url_of(home)?)?.durability(self.durability);
        if opening == Opening::Create {
            migrate(&options).await?;
        }
        Ok(Box::new(PostgresStore::connect(options).await?))
    }

    async fn settle(&self, home: &Path) -> Result<(), StoreError> {
        let lost = |_| StoreError::new(StoreErrorKind::Unavailable, "the server cannot be asked who is at work");
        let mut connection = connect(&url_of(home)?)?.connect().await.map_err(lost)?;
        while sqlx::query_scalar(AT_WORK).bind(schema(home)).fetch_one(&mut connection).await.map_err(lost)? {
            tokio::time::sleep(LOOK).await;
        }
        connection.close().await.map_err(lost)
    }
}

#[async_trait]
impl Opened for PostgresStore {
    /// The server keeps watch over its own files; what is ours is read here.
    async fn check(&self) -> Result<(), StoreError> {
        read_everything(self).await
    }

    async fn close(&self) {
        Self::close(self).await;
    }
}
