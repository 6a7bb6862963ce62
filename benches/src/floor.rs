//! The engine's floor: the bytes of an act by bare prepared statements, in groups, with nothing decided or checked.

pub mod postgres;
pub mod sled;
pub mod sqlite;
