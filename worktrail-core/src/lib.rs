//! The rules of Individual Placement and Support, and the desk that applies them.

pub mod class;
#[cfg(feature = "conformance")]
pub mod conformance;
pub mod domain;
pub mod label;
pub mod record;
pub mod store;
