//! A Worktrail store on SQLite.

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
mod store;
mod transaction;
mod walk;
mod writer;

pub use migration::{migrate, migrate_within};
pub use options::SqliteOptions;
pub use store::SqliteStore;
pub use transaction::SqliteTx;
