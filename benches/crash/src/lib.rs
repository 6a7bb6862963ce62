//! The crash harness: stores are killed, cut off, filled up, damaged and raced, and what they lose is counted.
//!
//! `cargo run -p crash -- short` is part of `./test`; `cargo run -p crash -- long` is for a night. Both print the seed,
//! and for each store and test how often it was tried, what was acknowledged, and what of it was lost.
//!
//! A store is put through by being a [`candidate::Candidate`].

pub mod audit;
pub mod candidate;
pub mod clock;
pub mod damage;
pub mod disk;
pub mod errand;
pub mod figures;
pub mod history;
pub mod kill;
pub mod memory;
pub mod network;
pub mod numbered;
pub mod page;
pub mod plan;
pub mod postgres;
pub mod power;
pub mod processes;
pub mod promises;
pub mod proxy;
pub mod reader;
pub mod readonly;
pub mod room;
pub mod server;
pub mod setting;
pub mod sled;
pub mod sqlite;
pub mod winners;
pub mod writer;
