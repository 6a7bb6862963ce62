//! The desk: where commands are run and questions asked.
//!
//! A [`Desk`] joins a store with a clock and a source of ids. [`run`](Desk::run) loads what a command looks at, lets it
//! decide, and commits; when somebody else was first it loads and decides again. [`ask`](Desk::ask) answers a question
//! for an actor. [`check`](Desk::check) tells what is missing in a half-filled command. [`follow`](Desk::follow)
//! reads the journal as an outbox, and [`watch`](Desk::watch) waits for something new in it. [`verify`](Desk::verify)
//! walks the chain and every record's digest.

mod ask;
mod batch;
mod check;
mod error;
mod follow;
#[cfg(test)]
mod golden;
mod hidden;
mod load;
#[cfg(test)]
mod moments;
mod port;
#[cfg(test)]
pub(crate) mod rounds;
mod run;
#[cfg(test)]
pub(crate) mod spy;
mod standing;
#[cfg(test)]
mod strays;
mod verify;

use std::fmt;
use std::sync::Arc;

pub use check::Checked;
pub use error::Error;
pub use follow::Notice;
pub use port::{Clock, IdSource};
pub use run::Done;
pub use verify::Verified;

use crate::store::{Layer, Store, Tenant};
use standing::Standings;

/// Where commands are run and questions asked: a store, a clock, a source of ids, a tenant.
///
/// Cheap to clone. It starts no thread. Between calls it and its clones keep no content, and of nobody but staff anything:
/// which keys bore out a right the last time, so that they come in the first load the next time, and as of which revision
/// of their own record somebody had declared no conflict of interest. Both are bounded.
///
/// # Examples
/// ```
/// use uuid::Uuid;
/// use worktrail_core::desk::Desk;
/// use worktrail_core::domain::Moment;
/// use worktrail_core::store::MemoryStore;
///
/// let noon = Moment::parse("2026-03-10T12:00:00+01:00")?;
/// let desk = Desk::new(MemoryStore::new(), move || noon, Uuid::now_v7);
/// assert_eq!(desk.tenant().as_str(), "main");
/// # Ok::<(), worktrail_core::domain::NotMoment>(())
/// ```
#[derive(Clone)]
pub struct Desk<'s> {
    store: Arc<dyn Store + 's>,
    layers: Vec<Arc<dyn Layer + 's>>,
    clock: Arc<dyn Clock + 's>,
    ids: Arc<dyn IdSource + 's>,
    tenant: Tenant,
    standings: Standings,
}

impl<'s> Desk<'s> {
    /// A desk over a store, of the default tenant.
    pub fn new(store: impl Store + 's, clock: impl Clock + 's, ids: impl IdSource + 's) -> Self {
        Self {
            store: Arc::new(store),
            layers: Vec::new(),
            clock: Arc::new(clock),
            ids: Arc::new(ids),
            tenant: Tenant::default(),
            standings: Standings::default(),
        }
    }

    /// The same desk for another tenant.
    #[must_use]
    pub fn of(&self, tenant: Tenant) -> Self {
        Self { tenant, ..self.clone() }
    }

    /// The same desk with a layer over its store. Layers that come later lie outside.
    #[must_use]
    pub fn layered(&self, layer: impl Layer + 's) -> Self {
        let mut desk = self.clone();
        desk.store = layer.over(Arc::clone(&self.store));
        desk.layers.push(Arc::new(layer));
        desk.standings = Standings::default();
        desk
    }

    /// The same desk over another store, with the same layers laid over it: a transaction of the host's, for instance.
    #[must_use]
    pub fn within<'t>(&self, store: impl Store + 't) -> Desk<'t>
    where
        's: 't,
    {
        let bare: Arc<dyn Store + 't> = Arc::new(store);
        let store = self.layers.iter().fold(bare, |store, layer| layer.over(store));
        Desk {
            store,
            layers: self.layers.iter().map(|layer| Arc::clone(layer) as Arc<dyn Layer + 't>).collect(),
            clock: Arc::clone(&self.clock) as Arc<dyn Clock + 't>,
            ids: Arc::clone(&self.ids) as Arc<dyn IdSource + 't>,
            tenant: self.tenant.clone(),
            standings: self.standings.keys_only(),
        }
    }

    /// The tenant.
    #[must_use]
    pub const fn tenant(&self) -> &Tenant {
        &self.tenant
    }

    /// The store, with its layers.
    #[must_use]
    pub fn store(&self) -> &(dyn Store + 's) {
        &*self.store
    }
}

impl fmt::Debug for Desk<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desk")
            .field("store", &self.store)
            .field("layers", &self.layers)
            .field("tenant", &self.tenant)
            .finish_non_exhaustive()
    }
}
