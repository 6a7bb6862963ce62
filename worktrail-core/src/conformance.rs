//! The store contract, executable: whoever writes a store runs these checks against it.
//!
//! A [`Harness`] makes stores; the suite does the rest. In the tests of the crate that has the store:
//!
//! ```
//! # use std::sync::Arc;
//! # use worktrail_core::store::{MemoryStore as MyStore, Store};
//! use worktrail_core::conformance::{Harness, HarnessError, conformance_suite};
//!
//! struct Mine;
//!
//! #[async_trait::async_trait]
//! impl Harness for Mine {
//!     async fn fresh(&self) -> Result<Arc<dyn Store>, HarnessError> { Ok(Arc::new(MyStore::new())) }
//!     async fn reopen(&self, store: Arc<dyn Store>) -> Result<Arc<dyn Store>, HarnessError> { Ok(store) }
//! }
//!
//! conformance_suite!(Mine, pollster::block_on); // or: conformance_suite!(Mine, #[tokio::test]);
//! # fn main() {}
//! ```
//!
//! That is one test per check, so a check that fails is seen by its name. Where there are no test macros, [`run_all`]
//! gives a [`Report`]. The suite has three tiers:
//!
//! - **Named checks**: one or more for each sentence of the [contract](crate::store).
//! - **Differential**: random batches and questions, the store beside [`MemoryStore`](crate::store::MemoryStore);
//!   see [`differential`] for other seeds and longer runs.
//! - **Concurrency**: what holds when many come at once, and when callers go away half-way.
//!
//! For tests of a store's own there are a few records in [`examples`].
//!
//! The records are made up from the schema lines of [`record::SCHEMA`](crate::record::SCHEMA), so a new kind, field
//! or index is covered by being listed. No check takes a runtime, a clock or a random source of the process: a
//! failure repeats.

mod atomic;
mod bounds;
mod concurrency;
mod counts;
mod differential;
mod dropped;
mod durable;
pub mod examples;
mod failure;
mod family;
mod fidelity;
mod forgetting;
mod guards;
mod journal;
mod list;
mod office;
mod order;
mod pages;
mod report;
mod scramble;
mod specimen;
mod stamps;
mod tenants;
mod together;
mod unique;
mod watch;

use std::error::Error;
use std::sync::Arc;

use async_trait::async_trait;

pub use crate::conformance_suite;
pub use differential::{Outcomes, Runs, differential};
pub use failure::Failure;
pub use list::{Check, Tier, checks, expect};
pub use report::{Report, Score, run_all};

use crate::store::Store;

/// What a harness may fail with.
pub type HarnessError = Box<dyn Error + Send + Sync>;

/// Makes the stores that the suite looks at.
#[async_trait]
pub trait Harness: Send + Sync {
    /// A store with nothing in it, that shares nothing with any other.
    ///
    /// # Errors
    /// Whatever keeps it from making one.
    async fn fresh(&self) -> Result<Arc<dyn Store>, HarnessError>;

    /// The store closed, and opened again on the same data; a volatile store as it is.
    ///
    /// The store is one that [`fresh`](Self::fresh) or this call gave, and nobody else uses it any more.
    ///
    /// # Errors
    /// Whatever keeps it from opening.
    async fn reopen(&self, store: Arc<dyn Store>) -> Result<Arc<dyn Store>, HarnessError>;
}
