//! A [Worktrail](worktrail_core) store on sled 0.34.7: one directory, one process, threads of its own.
//!
//! sled is beta by its own words, and the version used here is of 2021. This store is the proof that a key-value engine
//! is enough, and for programs that cannot have SQLite; choose `worktrail-sqlite` unless you have a reason not to. The
//! README of this package says more.
//!
//! ```
//! # use std::error::Error;
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn Error>> {
//! # let directory = tempfile::tempdir()?;
//! # let path = directory.path().join("office");
//! use worktrail_core::store::{Durability, Store};
//! use worktrail_sled::SledStore;
//!
//! let store = SledStore::open_or_create(&path).await?;
//! assert_eq!(store.info().durability, Durability::PowerSafe);
//! store.close().await;
//! # Ok(())
//! # }
//! ```
//!
//! # What it promises
//! An acknowledged commit survives a power cut, as far as the device keeps its word: sled's flush is followed by an
//! fsync of our own, everything is synced once when a store is made and opened, and nothing is ever written where sled
//! does not sync.
//!
//! The first error of sled stops the store. The call that met it says what it was (`Corrupt`, `Full`, `ReadOnly`,
//! `Unavailable`), or `Unknown` when it was a commit that may have happened; every later call is `Poisoned`. Open it
//! again: what was acknowledged is there. A call of sled that does not come back is given up after
//! [`SledOptions::patience`], with the same answers.
//!
//! One process may use a directory at a time, and open it once; anybody else is answered `AlreadyOpen`.
//!
//! # What it costs
//! Threads of our own: one that commits, two to four that read (as many as there are processors), and one that watches
//! them and otherwise sleeps. sled
//! has one for each store that tidies and syncs its file 25 times a second, and for the whole process at least seven for
//! writing, up to 128. It needs no async runtime, and runs on any. Nothing is logged by this package; about sled's own
//! logging, see the README.
//!
//! What is read is of one state, and safe: while a group of commits is written and synced nobody reads, and a group waits
//! for the readings that were begun. Between groups they go on side by side.
//!
//! # Copies, and forgetting
//! [`SledStore::export`] makes a copy that was read again, and opens as a store; that is the backup, and the way to
//! restore one. After a commit that forgets a person, no call gives anything of them. Their bytes stay in unused parts
//! of sled's log until an export takes the place of the store, as [`SledStore::scrub`] says.
//!
//! # Another version
//! A store knows by which schema it is indexed, and by which projections its fields were made. Another one is
//! `SchemaOutdated` for [`SledStore::open`]; [`SledStore::open_or_create`] makes the fields anew from the bodies, and the
//! indexes from the fields.

mod bytes;
mod directory;
mod engine;
mod error;
mod export;
mod fetch;
mod form;
mod journal;
mod key;
mod lock;
mod long;
mod mark;
mod opening;
mod options;
mod pulse;
mod save;
mod scrub;
mod store;
mod threads;
mod verify;
mod walk;

pub use export::Export;
pub use options::SledOptions;
pub use scrub::{Remains, Scrubbed};
pub use store::SledStore;

/// The code in this package's README, so that it compiles for as long as it stands there.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
