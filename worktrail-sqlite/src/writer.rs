//! The writer: one task with one connection, through which every commit goes.
//!
//! It takes all batches that wait, judges them, and writes them in one transaction with one flush; each gets its own
//! answer. The work is the writer's, so a caller that goes away can neither cancel nor tear it. The lone caller waits
//! for nobody.

mod group;

use std::pin::Pin;
use std::sync::Arc;

use sqlx::Connection as _;
use sqlx::sqlite::SqliteConnection;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};
use worktrail_core::store::{Batch, Bell, Receipt, StoreError, StoreErrorKind, judge};

use crate::connect::connect_writer;
use crate::error::Fault;
use crate::log::Log;
use crate::options::SqliteOptions;

/// The future of work that borrows a connection.
pub(crate) type Working<'c, T> = Pin<Box<dyn Future<Output = T> + Send + 'c>>;
/// Work for the writer's connection. It sends its own answer.
type Work = Box<dyn for<'c> FnOnce(&'c mut SqliteConnection) -> Working<'c, ()> + Send>;

/// What the writer is asked to do.
enum Job {
    Commit(Box<Waiting>),
    Work(Work),
    Close(oneshot::Sender<()>),
}

/// A batch with the way back to its caller.
struct Waiting {
    batch: Batch,
    reply: Reply,
    /// Its share of the queue's bytes, given back when it was answered.
    _room: OwnedSemaphorePermit,
}

/// The way back to a caller. One that is dropped unanswered says what is known.
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
#[derive(Debug, Clone)]
pub(crate) struct Queue {
    jobs: mpsc::Sender<Job>,
    room: Arc<Semaphore>,
    bytes: usize,
}

impl Queue {
    /// Starts a writer on the runtime that this is called on.
    pub(crate) fn start(options: &SqliteOptions, connection: SqliteConnection, bell: Arc<Bell>) -> Self {
        let (batches, bytes) = options.queue_bounds();
        let batches = batches.min(Semaphore::MAX_PERMITS);
        let bytes = bytes.min(Semaphore::MAX_PERMITS).min(u32::MAX as usize);
        let (jobs, waiting) = mpsc::channel(batches);
        let writer = Writer { options: options.clone(), connection: Some(connection), log: Log::of(options), bell };
        tokio::spawn(writer.run(waiting));
        Self { jobs, room: Arc::new(Semaphore::new(bytes)), bytes }
    }

    /// Commits a batch, or refuses it at once when too much is waiting.
    pub(crate) async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        let busy = || Fault::new(StoreErrorKind::Busy, "too much is waiting to be committed");
        // The bounds were brought under `u32::MAX`.
        let weight = u32::try_from(batch.weight().min(self.bytes)).unwrap_or(u32::MAX);
        let room = Arc::clone(&self.room).try_acquire_many_owned(weight).map_err(|_| busy())?;
        let (caller, answer) = oneshot::channel();
        let reply = Reply { caller: Some(caller), stage: Stage::Waiting };
        let waiting = Box::new(Waiting { batch, reply, _room: room });
        match self.jobs.try_send(Job::Commit(waiting)) {
            Ok(()) => {}
            Err(mpsc::error::TrySendError::Full(_)) => return Err(busy().into()),
            Err(mpsc::error::TrySendError::Closed(_)) => return Err(Fault::closed().into()),
        }
        // The reply answers even when it is dropped.
        answer.await.unwrap_or_else(|_| Err(Fault::unknown().into()))
    }

    /// Does something on the writer's connection, in its turn.
    pub(crate) async fn work<T: Send + 'static>(
        &self,
        work: impl for<'c> FnOnce(&'c mut SqliteConnection) -> Working<'c, Result<T, Fault>> + Send + 'static,
    ) -> Result<T, Fault> {
        let (caller, answer) = oneshot::channel();
        let work: Work = Box::new(move |connection| {
            let work = work(connection);
            Box::pin(async move {
                let _ = caller.send(work.await);
            })
        });
        self.jobs.send(Job::Work(work)).await.map_err(|_| Fault::closed())?;
        answer.await.map_err(|_| Fault::new(StoreErrorKind::Unavailable, "the writer has no connection"))?
    }

    /// Lets the writer finish what waits, and closes its connection.
    pub(crate) async fn close(&self) {
        let (caller, answer) = oneshot::channel();
        if self.jobs.send(Job::Close(caller)).await.is_ok() {
            // A writer that is gone already is as closed as can be.
            let _ = answer.await;
        }
    }
}

/// The most batches that are judged and written together.
const GROUP: usize = 256;

struct Writer {
    options: SqliteOptions,
    /// None after a fault that left it in doubt, until it is opened anew.
    connection: Option<SqliteConnection>,
    log: Log,
    /// Rung when a journal has something new.
    bell: Arc<Bell>,
}

impl Writer {
    async fn run(mut self, mut jobs: mpsc::Receiver<Job>) {
        while let Some(first) = jobs.recv().await {
            let mut next = Some(first);
            let mut waiting = Vec::new();
            while let Some(Job::Commit(batch)) = next {
                waiting.push(*batch);
                next = if waiting.len() < GROUP { jobs.try_recv().ok() } else { None };
            }
            while !waiting.is_empty() {
                let members = judge::group(waiting.iter().map(|waiting| &waiting.batch));
                let rest = waiting.split_off(members);
                self.commit(waiting).await;
                waiting = rest;
            }
            match next {
                Some(Job::Work(work)) => self.work(work).await,
                Some(Job::Close(caller)) => {
                    jobs.close();
                    self.close().await;
                    let _ = caller.send(());
                    return;
                }
                Some(Job::Commit(_)) | None => {}
            }
            if let Some(connection) = &mut self.connection {
                self.log.tend(connection).await;
            }
        }
        self.close().await;
    }

    async fn work(&mut self, work: Work) {
        // Without a connection the work is dropped, which its caller notices.
        if let Ok(connection) = self.connection().await {
            work(connection).await;
        }
    }

    async fn connection(&mut self) -> Result<&mut SqliteConnection, Fault> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => connect_writer(&self.options).await?.0,
        };
        Ok(self.connection.insert(connection))
    }

    async fn close(&mut self) {
        if let Some(connection) = self.connection.take() {
            // Closing the last connection also brings the write-ahead log home; should that fail, it stays, and the
            // next to open the file finds it.
            let _ = connection.close().await;
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
