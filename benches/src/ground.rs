//! Where a store stands while it grows, and how much room it takes there.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use postgres_server::Server;
use sqlx::{ConnectOptions as _, Executor as _, Row as _};
use worktrail_core::store::Store;
use worktrail_sled::SledStore;
use worktrail_sqlite::SqliteStore;

use crate::Outcome;
use crate::goal::Engine;
use crate::postgres::{by_socket, server, settle, store};
use crate::probe::empty_log;

/// A store, and its place.
#[derive(Debug)]
pub struct Ground {
    /// The store.
    pub store: Arc<dyn Store>,
    place: Place,
}

#[derive(Debug)]
enum Place {
    File(PathBuf),
    Server(Server),
    Directory(PathBuf),
}

impl Ground {
    /// An empty store on an engine, with its files in a directory.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn of(engine: Engine, directory: &Path) -> Outcome<Self> {
        let (store, place): (Arc<dyn Store>, _) = match engine {
            Engine::Sqlite => {
                let file = directory.join("growth.db");
                (Arc::new(SqliteStore::open_or_create(&file).await?), Place::File(file))
            }
            Engine::PostgresLocal | Engine::PostgresFar => {
                let server = server()?;
                (Arc::new(store(&by_socket(&server)?).await?), Place::Server(server))
            }
            Engine::Sled => {
                let place = directory.join("growth.sled");
                (Arc::new(SledStore::open_or_create(&place).await?), Place::Directory(place))
            }
        };
        Ok(Self { store, place })
    }

    /// Brings what was written to its place, as far as an engine can be told to.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn settle(&self) -> Outcome {
        match &self.place {
            Place::File(file) => empty_log(file).await,
            Place::Server(server) => settle(&by_socket(server)?).await,
            Place::Directory(_) => Ok(()),
        }
    }

    /// How many bytes the store takes on the disk; on PostgreSQL without the server's log.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn bytes(&self) -> Outcome<u64> {
        match &self.place {
            Place::File(file) => Ok(fs::metadata(file)?.len()),
            Place::Server(server) => {
                let mut connection = by_socket(server)?.connect().await?;
                let row = connection.fetch_one("SELECT pg_database_size(current_database())").await?;
                Ok(u64::try_from(row.try_get::<i64, _>(0)?)?)
            }
            Place::Directory(directory) => bytes_within(directory),
        }
    }
}

/// The bytes of all files in a directory and below.
fn bytes_within(directory: &Path) -> Outcome<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        bytes += if entry.file_type()?.is_dir() { bytes_within(&entry.path())? } else { entry.metadata()?.len() };
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_files_count() {
        let directory = tempfile::tempdir().unwrap();
        fs::create_dir(directory.path().join("within")).unwrap();
        fs::write(directory.path().join("one"), [0; 3]).unwrap();
        fs::write(directory.path().join("within").join("other"), [0; 4]).unwrap();
        assert_eq!(bytes_within(directory.path()).unwrap(), 7);
    }
}
