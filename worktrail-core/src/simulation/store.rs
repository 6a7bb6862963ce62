//! The simulated store.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;

use async_trait::async_trait;

use super::layer::{Call, SimLayer};
use super::plan::{Fault, Plan};
use super::trace::{Event, Verb};
use crate::store::{
    Batch, Grouping, IndexRange, JournalPage, JournalRange, Key, Limit, MemoryStore, PageRequest, Position, Receipt,
    Store, StoreError, StoreErrorKind, StoreInfo, Stored, StoredPage, Tally, Tenant,
};

/// A store with faults.
#[derive(Debug)]
pub struct SimStore<'s> {
    sim: SimLayer,
    inner: Arc<dyn Store + 's>,
    past: Option<Past>,
}

/// The engine of a simulated store of its own, and some of its earlier states.
#[derive(Debug)]
struct Past {
    engine: MemoryStore,
    earlier: Mutex<VecDeque<MemoryStore>>,
}

/// How many earlier states are kept for stale reads.
const EARLIER: usize = 3;

impl SimStore<'static> {
    /// An empty store in memory with the faults of a plan.
    #[must_use]
    pub fn new(plan: Plan) -> Self {
        Self::on(MemoryStore::new(), plan)
    }

    /// The faults of a plan over a store in memory.
    #[must_use]
    pub fn on(engine: MemoryStore, plan: Plan) -> Self {
        let past = Past { engine: engine.clone(), earlier: Mutex::new(VecDeque::from([engine.snapshot()])) };
        Self { sim: SimLayer::new(plan), inner: Arc::new(engine), past: Some(past) }
    }
}

impl<'s> SimStore<'s> {
    pub(super) fn over(sim: SimLayer, inner: Arc<dyn Store + 's>) -> Self {
        Self { sim, inner, past: None }
    }

    /// The faults: to crash and restart, to count and to trace.
    #[must_use]
    pub const fn sim(&self) -> &SimLayer {
        &self.sim
    }

    /// Starts the store if it is down, and lets every commit that is still on its way be done or lost.
    pub async fn settle(&self) {
        self.sim.restart();
        for batch in self.sim.last_arrivals() {
            self.land(batch).await;
        }
    }

    async fn land(&self, batch: Batch) {
        let outcome = self.inner.commit(batch).await;
        self.sim.note(Event::Landed(outcome.map(|_| ()).map_err(|error| error.kind())));
    }

    async fn begin(&self, verb: Verb) -> Result<Call, StoreError> {
        while let Some(batch) = self.sim.arriving() {
            self.land(batch).await;
        }
        let call = self.sim.begin(verb)?;
        match call.fault {
            Some(Fault::Busy) => call.end(Err(error(StoreErrorKind::Busy))),
            Some(Fault::Unavailable) => call.end(Err(error(StoreErrorKind::Unavailable))),
            _ => Ok(call),
        }
    }

    /// Begins a read: the call, and the store that it is answered from.
    async fn read(&self, verb: Verb) -> Result<(Call, Arc<dyn Store + 's>), StoreError> {
        let call = self.begin(verb).await?;
        if call.fault == Some(Fault::Crash) {
            self.sim.crash();
            return call.end(Err(error(StoreErrorKind::Unavailable)));
        }
        hesitate(call.lot % (call.hesitation + 1)).await;
        let stale =
            self.past.as_ref().filter(|_| call.fault == Some(Fault::Stale)).and_then(|past| past.state(call.lot));
        Ok((call, stale.unwrap_or_else(|| Arc::clone(&self.inner))))
    }

    /// Ends a read: it may have taken so long that the answer is old, or lost.
    async fn answer<T>(&self, call: Call, answer: Result<T, StoreError>) -> Result<T, StoreError> {
        hesitate(call.hesitation - call.lot % (call.hesitation + 1)).await;
        let cut_off = call.was_cut_off();
        call.end(if cut_off { Err(error(StoreErrorKind::Unavailable)) } else { answer })
    }

    async fn apply(&self, batch: Batch, lot: u64) -> Result<Receipt, StoreError> {
        if let Some(past) = &self.past {
            past.remember(lot);
        }
        self.inner.commit(batch).await
    }
}

impl Past {
    /// Now and then keeps the present, just before it changes.
    fn remember(&self, lot: u64) {
        if lot.is_multiple_of(4) {
            let mut earlier = self.earlier();
            if earlier.len() >= EARLIER {
                earlier.pop_front();
            }
            earlier.push_back(self.engine.snapshot());
        }
    }

    fn state(&self, lot: u64) -> Option<Arc<dyn Store>> {
        let earlier = self.earlier();
        let place = usize::try_from(lot).unwrap_or_default().checked_rem(earlier.len())?;
        earlier.get(place).map(|state| Arc::new(state.clone()) as Arc<dyn Store>)
    }

    fn earlier(&self) -> MutexGuard<'_, VecDeque<MemoryStore>> {
        self.earlier.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A commit that was sent and not yet taken in. If its caller goes away, it is still on its way, or lost.
struct Sent<'c> {
    sim: &'c SimLayer,
    lot: u64,
    batch: Option<Batch>,
}

impl Drop for Sent<'_> {
    fn drop(&mut self) {
        if let Some(batch) = self.batch.take().filter(|_| self.lot.is_multiple_of(2)) {
            self.sim.send_late(batch);
        }
    }
}

/// Gives way so many times, asking to be polled again at once.
async fn hesitate(times: u64) {
    let mut left = times;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(());
        }
        left -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

fn error(kind: StoreErrorKind) -> StoreError {
    StoreError::new(kind, "a simulated fault")
}

#[async_trait]
impl Store for SimStore<'_> {
    fn info(&self) -> StoreInfo {
        self.inner.info().setting("simulated", "yes")
    }

    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        let call = self.begin(Verb::Commit).await?;
        let lot = call.lot;
        let mut sent = Sent { sim: &self.sim, lot, batch: Some(batch) };
        hesitate(lot % (call.hesitation + 1)).await;
        let Some(batch) = sent.batch.take() else { return call.end(Err(error(StoreErrorKind::Other))) };
        let unknown = Err(error(StoreErrorKind::Unknown));
        if call.was_cut_off() {
            return call.end(unknown);
        }
        match call.fault {
            Some(Fault::Lost) => {}
            Some(Fault::Late) => self.sim.send_late(batch),
            Some(Fault::Unanswered) => drop(self.apply(batch, lot).await),
            Some(Fault::Crash) => {
                if lot % 3 > 0 {
                    drop(self.apply(batch, lot).await);
                }
                self.sim.crash();
            }
            _ => {
                let outcome = self.apply(batch, lot).await;
                hesitate(call.hesitation - lot % (call.hesitation + 1)).await;
                let cut_off = call.was_cut_off();
                return call.end(if cut_off { unknown } else { outcome });
            }
        }
        call.end(unknown)
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        let (call, from) = self.read(Verb::Get).await?;
        self.answer(call, from.get(tenant, keys).await).await
    }

    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        let (call, from) = self.read(Verb::Scan).await?;
        self.answer(call, from.scan(tenant, range, page).await).await
    }

    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        let (call, from) = self.read(Verb::Count).await?;
        self.answer(call, from.count(tenant, range, by).await).await
    }

    async fn journal(
        &self,
        tenant: &Tenant,
        range: JournalRange,
        after: Position,
        limit: Limit,
    ) -> Result<JournalPage, StoreError> {
        let (call, from) = self.read(Verb::Journal).await?;
        self.answer(call, from.journal(tenant, range, after, limit).await).await
    }

    /// Whoever waits when the store goes down learns it at once.
    async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
        let strokes = self.sim.outage().strokes();
        let (call, from) = self.read(Verb::Watch).await?;
        let mut outage = pin!(self.sim.outage().rung(tenant, strokes));
        let mut waiting = from.watch(tenant, after);
        let answer = poll_fn(|context| match outage.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(error(StoreErrorKind::Unavailable))),
            Poll::Pending => waiting.as_mut().poll(context),
        });
        let answer = answer.await;
        self.answer(call, answer).await
    }
}

#[cfg(test)]
mod tests;
