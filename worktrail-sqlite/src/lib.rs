//! A Worktrail store on SQLite.

mod backup;
mod columns;
mod connect;
mod error;
mod fetch;
#[cfg(test)]
mod foundation;
mod journal;
mod log;
mod migration;
mod opening;
mod options;
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
