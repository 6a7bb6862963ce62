//! A [Worktrail](worktrail_core) store on SQLite: one file, or the host's own transaction.
//!
//! ```
//! # use std::error::Error;
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn Error>> {
//! # let directory = tempfile::tempdir()?;
//! # let file = directory.path().join("office.db");
//! use worktrail_core::store::{Durability, Store};
//! use worktrail_sqlite::SqliteStore;
//!
//! let store = SqliteStore::open_or_create(&file).await?;
//! assert_eq!(store.info().durability, Durability::PowerSafe);
//! store.close().await;
//! # Ok(())
//! # }
//! ```
//!
//! # Three ways in
//! - **A file of its own**: [`SqliteStore::open_or_create`], or [`migrate`] when a new version is installed and
//!   [`SqliteStore::open`] when the program starts. Opening never migrates.
//! - **A file of the host's**, with Worktrail's tables beside the host's: [`SqliteOptions::in_host_file`], and
//!   [`migrate_within`] in the host's own migrations.
//! - **A transaction of the host's**, on the host's own connection: [`SqliteTx`]. The host's rows and a batch are
//!   committed together, or neither.
//!
//! ```
//! # use std::error::Error;
//! # use sqlx::{ConnectOptions, Connection, Executor, sqlite::SqliteConnectOptions};
//! # use worktrail_core::store::{Batch, Store, StoreError, Tenant};
//! # use worktrail_sqlite::{SqliteTx, migrate_within};
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn Error>> {
//! # let directory = tempfile::tempdir()?;
//! # let options = SqliteConnectOptions::new().filename(directory.path().join("host.db")).create_if_missing(true);
//! # let mut connection = options.connect().await?;
//! # let mut migration = connection.begin().await?;
//! # migration.execute("CREATE TABLE invoice (number INTEGER)").await?;
//! # migrate_within(&mut migration).await?;
//! # migration.commit().await?;
//! # let batch = Batch::of(Tenant::default()).build()?;
//! let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
//! transaction.execute("INSERT INTO invoice VALUES (1)").await?;
//! let store = SqliteTx::new(&mut transaction);
//! store.commit(batch).await?;
//! store.finish().await?; // fails when a commit stopped half-way: then the transaction must not be committed
//! transaction.commit().await?;
//! # Ok(())
//! # }
//! ```
//!
//! # What it promises
//! Write-ahead log and `synchronous=FULL`, set and read back: an acknowledged commit survives a power cut, as far as
//! the device keeps its word. [`Store::info`](worktrail_core::store::Store::info) shows the settings as the engine
//! gave them. With [`Durability::ProcessSafe`](worktrail_core::store::Durability::ProcessSafe) the last commits may be
//! lost in a power cut; the file stays whole.
//!
//! Several processes may use one file at once. They must run on one machine: the write-ahead log does not work over a
//! network file system.
//!
//! With a SQLite older than 3.51.3, which has a fault when several connections write and checkpoint at the same
//! instant, a store has a single connection and says so; then only one process should use the file.
//!
//! # How long the log grows
//! The write-ahead log is brought home from 16 MiB on, and cannot be past somebody who reads an older state. A reading of
//! this store is one statement, and what it sees is let go of with its answer: a look-up, or a page of at most
//! [`Limit::MAX`](worktrail_core::store::Limit::MAX). A desk that follows the journal or verifies the store goes page by
//! page, and keeps nothing between two of them. Only a [`count`](worktrail_core::store::Store::count),
//! [`check`](SqliteStore::check) and [`backup`](SqliteStore::backup) last longer, each as long as it takes to read its
//! range or the file once; the log grows by what is committed meanwhile. From 32 MiB on, commits wait for those who read,
//! half a second at most and again for each 32 MiB more.
//!
//! Nothing bounds how long somebody else's transaction on the file stays open, and while it does, the log grows with every
//! commit. When it ends, the log is brought home within some commits.
//!
//! # What it costs
//! Each connection has one thread, made by the driver: one for the writer, and up to four, or as many as
//! [`SqliteOptions::readers`] says, for reading. The writer's task runs on the tokio runtime that opened the store.
//! [`SqliteStore::backup`] also uses the runtime's threads for blocking work. Nothing is logged.
//!
//! # Reading with other tools
//! Each kind of record has a table with a typed column for each field, and a view `worktrail_v_<kind>` for people who
//! ask with SQL. The views are a stable interface; the tables are not. `docs/sqlite-schema.md` lists both.
//!
//! # Forgetting
//! After a commit that forgets a person, no call and no view gives anything of them. Their bytes leave the file with
//! [`SqliteStore::scrub`].

mod backup;
mod columns;
mod connect;
mod error;
mod fetch;
#[cfg(test)]
mod foundation;
mod journal;
mod loads;
mod log;
mod migration;
mod opening;
mod options;
mod readers;
mod record;
mod save;
mod scrub;
mod store;
mod transaction;
mod verify;
mod walk;
mod writer;

pub use backup::Backup;
pub use migration::{migrate, migrate_within};
pub use options::SqliteOptions;
pub use scrub::{Remains, Scrubbed};
pub use store::SqliteStore;
pub use transaction::SqliteTx;

/// The code in the project's README, so that it compiles for as long as it stands there.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

/// And the code in this crate's own.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct OwnReadme;
