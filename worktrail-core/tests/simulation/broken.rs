//! Stores that break their promise: what the driver must notice.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use uuid::Uuid;
use worktrail_core::simulation::Dice;
use worktrail_core::store::{
    Batch, CommandId, Expect, Grouping, IndexRange, JournalPage, JournalRange, Key, Layer, Limit, PageRequest,
    Position, Receipt, Revision, Stamp, Store, StoreError, StoreInfo, Stored, StoredPage, Tally, Tenant, Write,
};

/// Which promise is broken, in one commit of twenty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Breakage {
    /// Acknowledges and does nothing.
    Loses,
    /// Does a command twice.
    Doubles,
    /// Leaves out one write of a batch.
    HalvesWrites,
    /// Leaves out one journal entry of a batch.
    HalvesTold,
    /// Leaves out the stamp of a batch.
    HalvesStamp,
    /// Looks at no guard and no expectation (in every commit).
    Unguarded,
}

/// A layer that breaks a promise.
#[derive(Debug, Clone)]
pub(crate) struct Broken {
    how: Breakage,
    dice: Arc<Mutex<Dice>>,
}

impl Broken {
    pub(crate) fn new(how: Breakage, seed: u64) -> Self {
        Self { how, dice: Arc::new(Mutex::new(Dice::new(seed))) }
    }
}

impl Layer for Broken {
    fn over<'s>(&self, inner: Arc<dyn Store + 's>) -> Arc<dyn Store + 's> {
        Arc::new(BrokenStore { how: self.clone(), inner })
    }
}

#[derive(Debug)]
struct BrokenStore<'s> {
    how: Broken,
    inner: Arc<dyn Store + 's>,
}

/// What a batch is made anew without.
#[derive(Debug, Default)]
struct Without {
    write: Option<usize>,
    told: Option<usize>,
    guards: Option<()>,
    mark: Mark,
}

/// Which stamp a batch is made anew with.
#[derive(Debug, Default)]
enum Mark {
    #[default]
    Same,
    None,
    Other(Stamp),
}

fn again(batch: &Batch, without: &Without) -> Result<Batch, StoreError> {
    let mut made = Batch::of(batch.tenant().clone());
    let expect = |expect: Expect| if without.guards.is_some() { Expect::Any } else { expect };
    if without.guards.is_none() {
        made = batch.guards().iter().fold(made, |made, guard| made.guard(guard.clone()));
    }
    for (place, write) in batch.writes().iter().enumerate() {
        if without.write != Some(place) {
            made = match write {
                Write::Put(record, it) => made.put(record.clone(), expect(*it)),
                Write::Remove { key, parent, expect: it } => made.remove(*key, *parent, expect(*it)),
            };
        }
    }
    for (place, told) in batch.happenings().iter().enumerate() {
        if without.told != Some(place) {
            made = made.tell(told.clone());
        }
    }
    let stamp = match &without.mark {
        Mark::Same => batch.stamp().cloned(),
        Mark::None => None,
        Mark::Other(stamp) => Some(stamp.clone()),
    };
    if let Some(stamp) = stamp {
        made = made.stamp(stamp);
    }
    match batch.forget() {
        Some(subject) => made.forget(subject).build(),
        None => made.build(),
    }
}

impl BrokenStore<'_> {
    /// Whether this commit is broken, and where.
    fn strike(&self) -> Option<usize> {
        let mut dice = self.how.dice.lock().unwrap_or_else(PoisonError::into_inner);
        let place = usize::try_from(dice.below(64)).expect("a small number");
        dice.happens(50).then_some(place)
    }
}

#[async_trait]
impl Store for BrokenStore<'_> {
    fn info(&self) -> StoreInfo {
        self.inner.info()
    }

    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        if self.how.how == Breakage::Unguarded {
            return self.inner.commit(again(&batch, &Without { guards: Some(()), ..Without::default() })?).await;
        }
        let Some(place) = self.strike() else { return self.inner.commit(batch).await };
        let without = match self.how.how {
            Breakage::Loses => {
                let reply = batch.stamp().map(|stamp| Arc::clone(stamp.reply())).unwrap_or_default();
                return Ok(Receipt::new(Revision::new(1), None, reply));
            }
            Breakage::Doubles => {
                let receipt = self.inner.commit(batch.clone()).await?;
                let mark = batch.stamp().map_or(Mark::None, |it| {
                    let id = CommandId::new(Uuid::from_u128(it.id().id().as_u128() ^ 1));
                    Mark::Other(Stamp::new(id, it.fingerprint(), Arc::clone(it.reply()), it.at()))
                });
                let twice = again(&batch, &Without { mark, guards: Some(()), ..Without::default() })?;
                drop(self.inner.commit(twice).await);
                return Ok(receipt);
            }
            Breakage::HalvesWrites => Without { write: place.checked_rem(batch.writes().len()), ..Without::default() },
            Breakage::HalvesTold => Without { told: place.checked_rem(batch.happenings().len()), ..Without::default() },
            Breakage::HalvesStamp => Without { mark: Mark::None, ..Without::default() },
            Breakage::Unguarded => Without::default(),
        };
        self.inner.commit(again(&batch, &without)?).await
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        self.inner.get(tenant, keys).await
    }

    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        self.inner.scan(tenant, range, page).await
    }

    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        self.inner.count(tenant, range, by).await
    }

    async fn journal(
        &self,
        tenant: &Tenant,
        range: JournalRange,
        after: Position,
        limit: Limit,
    ) -> Result<JournalPage, StoreError> {
        self.inner.journal(tenant, range, after, limit).await
    }

    async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
        self.inner.watch(tenant, after).await
    }
}
