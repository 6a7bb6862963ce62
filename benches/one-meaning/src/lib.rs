//! One meaning on every store.
//!
//! A [`Chorus`] is several stores as one: whatever it is told, each is told, and it answers only what all of them
//! answer. A desk over a chorus therefore plays the same commands and questions on all stores at once: what it decides
//! and replies follows from the stores' answers alone, so where no answer differs no reply can.
//!
//! - `tests/batches.rs`: random batches and questions;
//! - `tests/commands.rs`: every command and every question through the desk, in random states and by all roles;
//! - `tests/values.rs`: the values that engines treat differently, type by type;
//! - `tests/table.rs`: the table of conformance in the READMEs, which `cargo run -p one-meaning` writes.
//!
//! A store takes part by a line in [`subjects`]. PostgreSQL's needs a server: run all of this under `with-postgres`.

mod chorus;
mod subject;
mod table;

// The harnesses of each store stand with its own tests.
#[path = "../../../worktrail-postgres/tests/common/mod.rs"]
mod common;
#[path = "../../../worktrail-postgres/tests/harness/mod.rs"]
mod postgres;
#[path = "../../../worktrail-sled/tests/harness/mod.rs"]
mod sled;
#[path = "../../../worktrail-sqlite/tests/harness/mod.rs"]
mod sqlite;

pub use chorus::{Chorus, Choruses, Voice};
pub use subject::{Subject, subjects};
pub use table::{READMES, rows, table, within};
