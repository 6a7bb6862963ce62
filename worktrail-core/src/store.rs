//! The store contract: few verbs, rich nouns.
//!
//! A [`Store`] keeps records and a journal for many tenants. It knows no domain type and no rule: what it keeps is
//! described by a [`Schema`], and what it promises is this list. Each sentence is a named check of the conformance
//! suite, which any store can run (feature `conformance`).
//!
//! 1. **A batch is atomic**: guards, writes, journal entries, stamp and forgetting happen together or not at all.
//! 2. **A batch is a set**: no record twice. Guards compare with the state before it; uniqueness is judged after
//!    it, so two records may swap a unique value.
//! 3. **The tenant leads everything**: every key, index, unique value, cursor and journal belongs to one tenant,
//!    and no call sees two.
//! 4. **A stamp makes a command once**: the same id and fingerprint again gives the first receipt, marked as a
//!    repetition, and writes nothing. The same id with another fingerprint is `CommandReused`. A refused batch
//!    leaves no stamp.
//! 5. **Three outcomes**: done, refused, or `Unknown` when the answer was lost on its way. A caller that goes away
//!    may find its commit done; it never finds half of it.
//! 6. **Journal order is commit order** within a tenant: positions 1, 2, 3 … without gaps, each entry carrying the
//!    hash of the one before.
//! 7. **What is read is what was written**: records, stamps and entries carry digests that are checked on reading.
//!    Damage is `Corrupt`, never a wrong answer.
//! 8. **Queries walk declared indexes**: equality on the first values, a range on the next, pages in bytewise order
//!    of `(values, id)`, a cursor bound to its question.
//! 9. **Forgetting is real**: after a commit that forgets a subject no call gives a record of it, its entries have
//!    lost their details with their salt, and the stamps of commands that told of it their fingerprint. The rest of
//!    the journal stays and the chain still verifies.
//! 10. **A child needs its parent**: a record is saved only under a parent that is there after the batch, and saving
//!     or removing a child moves the parent's child revision. A record's parent and subject never change.
//! 11. **No clock and no ids in a store**: they come in the batch. Bounds are constants of this module.
//! 12. **Durable means durable**: `Ok` comes after the engine's data would survive what [`StoreInfo`] states.
//! 13. **Read your writes**: a call that begins after a commit was acknowledged sees it, and no call shows an older
//!     state than one that ended before it began. (Decisions rest on it: a parent is looked up before its children.)
//! 14. **A watcher is told**: who waits for a tenant's journal to go beyond a position is answered when it is, whoever
//!     committed, and never before. What comes while they turn from reading to waiting is not missed, and nothing is
//!     left of one who goes away.

mod batch;
mod bell;
mod digest;
mod error;
mod info;
mod journal;
pub mod judge;
mod key;
mod layer;
mod memory;
mod page;
mod range;
mod record;
mod schema;
mod stamp;
mod tenant;
mod value;

use std::fmt::Debug;
use std::sync::Arc;

use async_trait::async_trait;

pub use batch::{Batch, BatchBuilder, Expect, Guard, Write};
pub use bell::{Bell, Strokes};
pub use digest::{Digest, DigestWriter};
pub use error::{Retry, StoreError, StoreErrorKind};
pub use info::{Durability, StoreInfo};
pub use journal::{Capacity, Details, Entry, Happening, Head, JournalPage, JournalRange, Position, Salt};
pub use key::{CommandId, Key, Stored, UniqueKey};
pub use layer::Layer;
pub use memory::MemoryStore;
pub use page::{Cursor, Grouping, Limit, PageRequest, Place, StoredPage, Tally};
pub use range::{IndexRange, Order};
pub use record::{Body, Record, RecordKey, Revision, StoredRecord, Subject};
pub use schema::{Field, FieldType, Index, IndexSchema, Kind, KindSchema, Path, Schema, Uniqueness};
pub use stamp::{Entries, Receipt, Replay, Stamp, StoredStamp};
pub use tenant::{NotTenant, Tenant};
pub use value::Value;

/// A store: what the desk writes to and reads from.
///
/// Whoever embeds the library makes a store and hands it to the desk; the seven verbs are for those who write one.
/// There are no default bodies, and there will be none: a wrapper that forgets a verb must not compile.
///
/// # Contract
/// The list at the top of [this module](self).
#[async_trait]
pub trait Store: Debug + Send + Sync {
    /// What the store is, and what it promises as read back from its engine.
    fn info(&self) -> StoreInfo;

    /// Does all that a batch says, or nothing of it.
    ///
    /// When a batch could be refused for several reasons it is refused for the first of these: its stamp, its guards
    /// and expectations, a record's parent or subject, a missing parent, a unique value.
    ///
    /// # Errors
    /// `Conflict` when a guard or an expectation does not hold, or a parent is missing; `NotUnique`;
    /// `CommandReused`; `Misuse` when a record's parent or subject would change; `Unknown`; and what the engine
    /// adds: `Busy`, `Full`, `ReadOnly`, `Unavailable`, `Closed`, `Poisoned`, `Corrupt`.
    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError>;

    /// Looks up keys, all as of one moment; the answers stand in the order of the keys.
    ///
    /// # Errors
    /// `Corrupt` when something found does not fit its digest; what the engine adds.
    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError>;

    /// A page of a range.
    ///
    /// # Errors
    /// `InvalidCursor`; `Corrupt`; what the engine adds.
    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError>;

    /// How many records a range has, as a whole or by the value that follows the equal ones.
    ///
    /// # Errors
    /// `Misuse` when no value follows the equal ones; what the engine adds.
    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError>;

    /// Journal entries after a position.
    ///
    /// # Errors
    /// `Corrupt` when an entry does not fit its hash; what the engine adds.
    async fn journal(
        &self,
        tenant: &Tenant,
        range: JournalRange,
        after: Position,
        limit: Limit,
    ) -> Result<JournalPage, StoreError>;

    /// Waits until the tenant's journal is beyond a position, and gives the position of its head.
    ///
    /// It answers at once when that is so already, and otherwise as soon as the store hears of it; it never answers
    /// before. It looks at no clock: whoever wants to wait no longer than a while drops the future, which costs
    /// nothing. A [`Bell`] is what most stores need for it.
    ///
    /// # Errors
    /// `Misuse` when the store is inside a transaction of the host's and would have to wait: nobody else's commit is
    /// seen there. `Closed` when the store is closed meanwhile; what the engine adds.
    async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError>;
}

macro_rules! forward {
    ($($holder:ty),+) => {$(
        #[async_trait]
        impl<S: Store + ?Sized> Store for $holder {
            fn info(&self) -> StoreInfo {
                (**self).info()
            }

            async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
                (**self).commit(batch).await
            }

            async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
                (**self).get(tenant, keys).await
            }

            async fn scan(
                &self,
                tenant: &Tenant,
                range: &IndexRange,
                page: &PageRequest,
            ) -> Result<StoredPage, StoreError> {
                (**self).scan(tenant, range, page).await
            }

            async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
                (**self).count(tenant, range, by).await
            }

            async fn journal(
                &self,
                tenant: &Tenant,
                range: JournalRange,
                after: Position,
                limit: Limit,
            ) -> Result<JournalPage, StoreError> {
                (**self).journal(tenant, range, after, limit).await
            }

            async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
                (**self).watch(tenant, after).await
            }
        }
    )+};
}

forward!(&S, Box<S>, Arc<S>);
