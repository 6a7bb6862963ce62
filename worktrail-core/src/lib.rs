//! The rules of Individual Placement and Support, and the desk that applies them.

pub mod class;
pub mod domain;
pub mod label;
pub mod record;
#[cfg(feature = "conformance")]
pub mod simulation;
pub mod store;
