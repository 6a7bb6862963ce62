//! Layers: what stands between the desk and a store.

use std::fmt::Debug;
use std::sync::Arc;

use super::Store;

/// Something that wraps a store: sealing, faults for tests, timing.
///
/// A layer keeps its own state and the wrapping is cheap: the desk keeps the list of layers and lays them again
/// over a host's transaction, so none can be lost on the way.
pub trait Layer: Debug + Send + Sync {
    /// The store with this layer over it.
    fn over<'s>(&self, inner: Arc<dyn Store + 's>) -> Arc<dyn Store + 's>;
}
