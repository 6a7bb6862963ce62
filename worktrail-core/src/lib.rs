//! The rules of Individual Placement and Support, and the desk that applies them.

pub mod access;
#[cfg(test)]
mod canaries;
pub mod class;
pub mod command;
#[cfg(feature = "conformance")]
pub mod conformance;
pub mod desk;
pub mod domain;
pub mod label;
pub mod question;
pub mod record;
#[cfg(feature = "conformance")]
pub mod simulation;
pub mod store;
