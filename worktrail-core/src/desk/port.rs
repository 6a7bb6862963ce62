//! What the desk needs from the host: the time, and new ids.

use uuid::Uuid;

use crate::domain::Moment;

/// Tells the time in the host's zone. Any `Fn() -> Moment` is one.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Moment;
}

/// Makes new ids: UUIDs with at least 74 bits of chance, such as version 7 or 4. Any `Fn() -> Uuid` is one.
///
/// The salts of the journal's digests are made from it, so a predictable source belongs in tests only.
pub trait IdSource: Send + Sync {
    /// A new id.
    fn next(&self) -> Uuid;
}

impl<F: Fn() -> Moment + Send + Sync> Clock for F {
    fn now(&self) -> Moment {
        self()
    }
}

impl<F: Fn() -> Uuid + Send + Sync> IdSource for F {
    fn next(&self) -> Uuid {
        self()
    }
}
