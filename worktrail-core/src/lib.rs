//! The rules of Individual Placement and Support, and the desk that applies them.

pub mod domain;
pub mod label;
