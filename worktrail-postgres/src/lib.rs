//! A [Worktrail](worktrail_core) store on PostgreSQL: a schema of its own, or the host's own transaction.
//!
//! ```no_run
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! use worktrail_core::store::{Durability, Store};
//! use worktrail_postgres::{PostgresOptions, PostgresStore, migrate};
//!
//! let options = PostgresOptions::url("postgres://office:secret@db.example/cases")?.schema("ips");
//! migrate(&options).await?;
//! let store = PostgresStore::connect(options).await?;
//! assert_eq!(store.info().durability, Durability::PowerSafe);
//! store.close().await;
//! # Ok(())
//! # }
//! ```
//!
//! # Two ways in
//! - **Connections of its own**: [`migrate`] when a new version is installed, and [`PostgresStore::connect`] when the
//!   program starts. Connecting never migrates. The schema may lie in a database that holds the host's tables too.
//! - **A transaction of the host's**, on the host's own connection: [`PostgresTx`], and [`migrate_within`] in the host's
//!   own migrations. The host's rows and a batch are committed together, or neither.
//!
//! # What it promises
//! An acknowledged commit survives what the server's settings say, which are read back and told by
//! [`Store::info`](worktrail_core::store::Store::info): a power cut, unless the host asked for less or the server runs
//! without `fsync` or `full_page_writes`. A role or database that was weakened by `synchronous_commit = off` is made good.
//!
//! Any number of programs may use one schema at once. Each tenant's commits go by one row, its head: whoever finds it where
//! it was read moves it and writes all, in one statement; whoever does not reads again.
//!
//! A commit whose answer was lost is `Unknown`, and the same command again settles it. A connection that went is made
//! anew; a call that had sent nothing is repeated on it, and nobody is told.
//!
//! # What it costs
//! A commit is two round trips, however many wait together, or one for commands whose look-ups brought all that it
//! needs within the last second; a look-up of any number of keys is one, and look-ups that wait together share it. No
//! threads of its own: its tasks run on the tokio runtime that connected. Up to four connections write and four read
//! ([`PostgresOptions::connections`]); one more sends hints to other processes, and one listens to theirs while
//! somebody watches ([`PostgresOptions::without_hints`]). Nothing is logged.
//!
//! # Reading with other tools
//! Each kind of record has a table with a typed column for each field, and a view `worktrail_v_<kind>` for people who ask
//! with SQL. The views are a stable interface; the tables are not. `docs/postgres-schema.md` lists both, and `roles.sql`
//! makes roles for them.
//!
//! # Forgetting
//! After a commit that forgets a person, no call and no view gives anything of them. Their bytes leave the tables with
//! [`PostgresStore::scrub`], and the server's log and backups when those are recycled.

mod columns;
mod connect;
mod connections;
mod error;
mod fetch;
#[cfg(test)]
mod foundation;
mod hints;
mod home;
mod journal;
mod known;
mod lanes;
mod loads;
mod migration;
mod options;
mod pauses;
mod reading;
mod rows;
mod save;
mod scrub;
mod store;
#[cfg(test)]
mod testing;
mod time;
mod transaction;
mod walk;
mod writer;

pub use migration::{migrate, migrate_within};
pub use options::PostgresOptions;
pub use scrub::{Remains, Scrubbed};
pub use store::PostgresStore;
pub use transaction::PostgresTx;

/// The code in the README, so that it compiles for as long as it stands there.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
