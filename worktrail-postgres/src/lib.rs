//! A [Worktrail](worktrail_core) store on PostgreSQL.

mod columns;
mod connect;
mod connections;
mod error;
mod fetch;
#[cfg(test)]
mod foundation;
mod home;
mod journal;
mod lanes;
mod loads;
mod migration;
mod options;
mod reading;
mod save;
mod scrub;
mod store;
#[cfg(test)]
mod testing;
mod transaction;
mod walk;
mod writer;

pub use migration::{migrate, migrate_within};
pub use options::PostgresOptions;
pub use scrub::{Remains, Scrubbed};
pub use store::PostgresStore;
pub use transaction::PostgresTx;
