//! What a store says of itself.

/// What a store is, and what it promises as read back from its engine.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoreInfo {
    /// The engine, with its version.
    pub engine: String,
    /// What survives when a commit was acknowledged.
    pub durability: Durability,
    /// Settings that bear on safety, as the engine gave them back.
    pub settings: Vec<(String, String)>,
}

/// What an acknowledged commit survives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Durability {
    /// Nothing: it lives in memory, or in a transaction that the host has not committed.
    Volatile,
    /// The end of the process, not a power cut.
    ProcessSafe,
    /// A power cut.
    PowerSafe,
}

impl StoreInfo {
    /// What a store says of itself.
    #[must_use]
    pub fn new(engine: impl Into<String>, durability: Durability) -> Self {
        Self { engine: engine.into(), durability, settings: Vec::new() }
    }

    /// Adds a setting as the engine gave it back.
    #[must_use]
    pub fn setting(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.push((name.into(), value.into()));
        self
    }
}
