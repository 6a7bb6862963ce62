//! A [Worktrail](worktrail_core) store on sled 0.34.7.

mod bytes;
mod directory;
mod engine;
mod error;
mod export;
mod fetch;
mod form;
mod journal;
mod key;
mod long;
mod opening;
mod options;
mod pulse;
mod save;
mod scrub;
mod store;
mod thread;
mod verify;
mod walk;

pub use export::Export;
pub use options::SledOptions;
pub use scrub::{Remains, Scrubbed};
pub use store::SledStore;
