//! Who may do what: actors, rights, and the one table between them.
//!
//! Deny by default. Every command and every question names a [`Right`]; the [`reach`] table says how far a role
//! carries it, [`purposes`] for what; the world finds out whether the case lies within that reach. There is no other way to a decision: only
//! a granted right gives the [`Permit`](crate::command::Permit) that a decision is made from.

mod actor;
mod basis;
#[cfg(test)]
mod cleared;
#[cfg(test)]
mod conflicts;
mod cover;
#[cfg(test)]
mod history;
#[cfg(test)]
mod interference;
#[cfg(test)]
mod oracles;
mod purpose;
mod reach;
mod right;
#[cfg(test)]
mod rights_page;
#[cfg(test)]
mod walk;
#[cfg(test)]
mod withheld;

pub use actor::Actor;
pub use basis::Processing;
pub(crate) use cover::is_covered;
pub use purpose::{Purpose, purposes};
pub use reach::{Reach, reach};
pub use right::Right;
