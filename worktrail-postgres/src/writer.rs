//! The writer: a queue through which every commit goes, with a lane for each tenant.
//!
//! A lane's task takes all batches of its tenant that wait, judges them, and writes them in one statement with one flush;
//! each gets its own answer. The work is the task's, so a caller that goes away can neither cancel nor tear it. The lone
//! caller waits for nobody.

mod group;

use std::collections::VecDeque;
use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use worktrail_core::store::{Batch, Receipt, StoreError, StoreErrorKind, judge};

use crate::connections::Connections;
use crate::error::Fault;
use crate::hints::News;
use crate::known::Known;
use crate::lanes::{Lane, Lanes};
use crate::options::PostgresOptions;

/// A batch with the way back to its caller.
#[derive(Debug)]
struct Waiting {
    batch: Batch,
    reply: Reply,
    /// Its share of the queue, given back when it was answered.
    _room: [OwnedSemaphorePermit; 2],
}

/// The way back to a caller. One that is dropped unanswered says what is known.
#[derive(Debug)]
struct Reply {
    caller: Option<oneshot::Sender<Result<Receipt, StoreError>>>,
    stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nothing of it was sent to the engine for good.
    Waiting,
    /// The commit was sent.
    Sent,
}

impl Reply {
    fn answer(mut self, answer: Result<Receipt, StoreError>) {
        if let Some(caller) = self.caller.take() {
            // A caller that went away wants no answer.
            let _ = caller.send(answer);
        }
    }
}

impl Drop for Reply {
    fn drop(&mut self) {
        if let Some(caller) = self.caller.take() {
            let fault = match self.stage {
                Stage::Waiting => Fault::closed(),
                Stage::Sent => Fault::unknown(),
            };
            let _ = caller.send(Err(fault.into()));
        }
    }
}

/// The callers' side of the writer.
#[derive(Debug)]
pub(crate) struct Queue {
    lanes: Lanes<Waiting>,
    writer: Arc<Writer>,
    runtime: Handle,
    batches: Arc<Semaphore>,
    most_batches: u32,
    bytes: Arc<Semaphore>,
    most_bytes: u32,
}

impl Queue {
    pub(crate) fn new(
        options: &PostgresOptions,
        writers: Connections,
        runtime: Handle,
        news: News,
        known: Known,
    ) -> Self {
        let (batches, bytes) = options.queue_bounds();
        let bounded = |number: usize| u32::try_from(number.min(Semaphore::MAX_PERMITS)).unwrap_or(u32::MAX);
        let (most_batches, most_bytes) = (bounded(batches), bounded(bytes));
        let room = |most: u32| Arc::new(Semaphore::new(most as usize));
        let (batches, bytes) = (room(most_batches), room(most_bytes));
        let writer = Arc::new(Writer { options: options.clone(), writers, news, known });
        Self { lanes: Lanes::new(1), writer, runtime, batches, most_batches, bytes, most_bytes }
    }

    /// Commits a batch, or refuses it at once when too much is waiting.
    pub(crate) async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        let weight = u32::try_from(batch.weight()).unwrap_or(u32::MAX).min(self.most_bytes);
        let room = [(&self.batches, 1), (&self.bytes, weight)].map(|(room, share)| {
            let room = Arc::clone(room).try_acquire_many_owned(share);
            room.map_err(|_| Fault::new(StoreErrorKind::Busy, "too much is waiting to be committed"))
        });
        let [one, share] = room;
        let (caller, answer) = oneshot::channel();
        let reply = Reply { caller: Some(caller), stage: Stage::Waiting };
        let tenant = batch.tenant().clone();
        let waiting = Waiting { batch, reply, _room: [one?, share?] };
        if let Some(lane) = self.lanes.add(&tenant, waiting) {
            self.runtime.spawn(Arc::clone(&self.writer).work_off(lane));
        }
        // The reply answers even when it is dropped.
        answer.await.unwrap_or_else(|_| Err(Fault::unknown().into()))
    }

    /// Waits until every batch has its answer.
    pub(crate) async fn drained(&self) {
        // Never closed, so this ends when all shares were given back.
        let _ = self.batches.acquire_many(self.most_batches).await;
    }
}

/// The most batches that are judged and written together.
const GROUP: usize = 256;

/// What works the lanes off.
#[derive(Debug)]
struct Writer {
    options: PostgresOptions,
    writers: Connections,
    /// Spread when a journal has something new.
    news: News,
    /// What needs no looking up.
    known: Known,
}

impl Writer {
    async fn work_off(self: Arc<Self>, mut lane: Lane<Waiting>) {
        loop {
            let members = lane.take(|waiting| {
                let batches: &VecDeque<Waiting> = waiting;
                judge::group(batches.iter().take(GROUP).map(|waiting| &waiting.batch))
            });
            if members.is_empty() {
                return;
            }
            self.commit(lane.tenant(), members).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_that_is_dropped_says_what_is_known() {
        for (stage, kind) in [(Stage::Waiting, StoreErrorKind::Closed), (Stage::Sent, StoreErrorKind::Unknown)] {
            let (caller, mut answer) = oneshot::channel();
            drop(Reply { caller: Some(caller), stage });
            assert_eq!(answer.try_recv().unwrap().unwrap_err().kind(), kind);
        }
    }
}
