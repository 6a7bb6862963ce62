//! How fast each store is: against what a developer would otherwise write by hand, against what its engine can do at
//! best, against peers, and as it grows.
//!
//! `cargo run --release -p worktrail-benches -- compare` prints a table of medians, spreads and ratios; ratios and growth
//! are the result, since absolute numbers are those of one machine. `RESULTS.md` beside this package holds one full run.

pub mod by_hand;
pub mod compare;
mod contest;
pub mod decide;
pub mod desk;
pub mod figures;
pub mod floor;
pub mod goal;
pub mod ground;
pub mod growth;
pub mod import;
pub mod intake;
pub mod machine;
pub mod office;
pub mod pair;
pub mod peer;
pub mod postgres;
pub mod probe;
pub mod processor;
pub mod proxy;
pub mod reason;
pub mod report;
pub mod results;
pub mod sled;
pub mod sqlite;
pub mod stopwatch;
pub mod subject;
pub mod wal;

/// What the harness comes to; any failure ends it.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;
