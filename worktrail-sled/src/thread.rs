//! The thread on which every call of sled is made, and the one that watches it.
//!
//! It takes all that waits: readings first, then the commits, as one group with one flush and one fsync. The work is
//! the thread's, so a caller that goes away can neither cancel nor tear it.
//!
//! The first error of sled ends it: callers are answered, and then the database is let go. Should sled not come back
//! from a call, the watch tells the callers.

mod group;

use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, mpsc as blocking};
use std::task::Poll;
use std::thread;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot, watch};
use worktrail_core::store::{Batch, Bell, Receipt, StoreError, StoreErrorKind, judge};

use crate::engine::Engine;
use crate::error::Fault;
use crate::options::SledOptions;
use crate::pulse::Pulse;

/// The most jobs that are taken at once.
const ROUND: usize = 1_024;
/// The most batches that are judged and written together, and their weight, unless a single one is heavier.
const GROUP: (usize, usize) = (256, 8 << 20);

/// How the thread is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Health {
    /// It works.
    Well,
    /// sled failed; the database is being let go.
    Broken,
    /// sled does not come back from a call. The thread is given up.
    Stuck,
    /// It is over, and the database let go: after a fault of sled, or as it should be.
    Over { broken: bool },
}

/// What the thread is asked to do.
enum Job {
    Read(Reading),
    Commit(Box<Waiting>),
    Close,
}

/// A reading. It sends its own answer, or the fault because of which there is none.
type Reading = Box<dyn FnOnce(Result<&Engine, Fault>) + Send>;

/// A batch with the way back to its caller.
struct Waiting {
    batch: Batch,
    caller: oneshot::Sender<Result<Receipt, StoreError>>,
    /// Its share of the queue, given back when it is answered.
    room: [OwnedSemaphorePermit; 2],
}

/// The callers' side of the thread.
#[derive(Debug)]
pub(crate) struct Thread {
    jobs: mpsc::UnboundedSender<Job>,
    health: watch::Receiver<Health>,
    batches: Arc<Semaphore>,
    bytes: Arc<Semaphore>,
    most_bytes: usize,
    /// Rung when a journal has something new, and when there will be nothing new any more.
    bell: Arc<Bell>,
}

/// Opening and working.
impl Thread {
    /// Starts a thread that opens a database.
    pub(crate) async fn start(
        options: &SledOptions,
        open: impl FnOnce(&SledOptions, Pulse) -> Result<Engine, Fault> + Send + 'static,
    ) -> Result<Self, Fault> {
        let (batches, bytes) = options.queue_bounds();
        let most_bytes = bytes.min(Semaphore::MAX_PERMITS).min(u32::MAX as usize);
        let (jobs, waiting) = mpsc::unbounded_channel();
        let (told, health) = watch::channel(Health::Well);
        let (caller, opened) = oneshot::channel();
        let (running, until) = blocking::channel();
        let (pulse, told, patience) = (Pulse::default(), Arc::new(told), options.longest_call());
        let cannot = |_| Fault::unavailable("a thread cannot be started");
        let bell = Arc::new(Bell::new());
        let watched = (pulse.clone(), Arc::clone(&told), Arc::clone(&bell));
        let watching = move || {
            let (pulse, told, bell) = watched;
            if pulse.is_stuck(patience, &until) {
                told.send_replace(Health::Stuck);
                bell.ring_all();
            }
        };
        thread::Builder::new().name("worktrail-watch".to_owned()).spawn(watching).map_err(cannot)?;
        let (options, rung) = (options.clone(), Arc::clone(&bell));
        let working = move || {
            let _running: blocking::Sender<()> = running;
            let (engine, opened) = match open(&options, pulse) {
                Ok(engine) => (Some(engine), Ok(())),
                Err(fault) => (None, Err(fault)),
            };
            // A caller that went away has let go of the store too, so that nobody is there to work for.
            let _ = caller.send(opened);
            let broken = engine.is_some_and(|engine| Keeper { engine, waiting, bell: &rung }.run(&told));
            told.send_if_modified(|health| over(health, Health::Over { broken }));
            rung.ring_all();
        };
        thread::Builder::new().name("worktrail-sled".to_owned()).spawn(working).map_err(cannot)?;
        let thread = Self {
            jobs,
            health,
            batches: Arc::new(Semaphore::new(batches.min(Semaphore::MAX_PERMITS))),
            bytes: Arc::new(Semaphore::new(most_bytes)),
            most_bytes,
            bell,
        };
        let opened = thread.wait_for(opened).await;
        opened.ok_or_else(|| Fault::unavailable("sled does not come to an end of opening"))??;
        Ok(thread)
    }

    /// Commits a batch, or refuses it at once when too much is waiting.
    pub(crate) async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        let busy = |_| Fault::new(StoreErrorKind::Busy, "too much is waiting to be committed");
        // The bounds were brought under `u32::MAX`.
        let weight = u32::try_from(batch.weight().min(self.most_bytes)).unwrap_or(u32::MAX);
        let place = Arc::clone(&self.batches).try_acquire_owned().map_err(busy)?;
        let bytes = Arc::clone(&self.bytes).try_acquire_many_owned(weight).map_err(busy)?;
        let (caller, answer) = oneshot::channel();
        self.send(Job::Commit(Box::new(Waiting { batch, caller, room: [place, bytes] })))?;
        let unanswered = || Fault::poisoned().after_writing().into();
        self.wait_for(answer).await.unwrap_or_else(|| Err(unanswered()))
    }

    /// Reads something in its turn.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        reading: impl FnOnce(&Engine) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let (caller, answer) = oneshot::channel();
        let reading = move |engine: Result<&Engine, Fault>| {
            // Whoever went away wants no answer.
            if !caller.is_closed() {
                let _ = caller.send(engine.and_then(reading));
            }
        };
        self.send(Job::Read(Box::new(reading)))?;
        self.wait_for(answer).await.unwrap_or_else(|| Err(Fault::poisoned()))
    }

    /// The bell that is rung when a journal has something new.
    pub(crate) fn bell(&self) -> &Bell {
        &self.bell
    }

    /// Lets the thread finish what waits, and close the database, if it still comes to that.
    pub(crate) async fn close(&self) {
        let _ = self.jobs.send(Job::Close);
        let mut health = self.health.clone();
        // Without a thread that tells of its end it is as closed as can be.
        let _ = health.wait_for(|health| matches!(health, Health::Over { .. } | Health::Stuck)).await;
    }

    fn send(&self, job: Job) -> Result<(), Fault> {
        let over = |_| match *self.health.borrow() {
            Health::Well | Health::Over { broken: false } => Fault::closed(),
            Health::Broken | Health::Stuck | Health::Over { broken: true } => Fault::poisoned(),
        };
        if *self.health.borrow() == Health::Stuck {
            return Err(Fault::poisoned());
        }
        self.jobs.send(job).map_err(over)
    }

    /// Waits for an answer; none when the thread is stuck, or gone without one.
    async fn wait_for<T>(&self, answer: oneshot::Receiver<T>) -> Option<T> {
        let mut health = self.health.clone();
        let stuck = async move { health.wait_for(|health| *health == Health::Stuck).await.is_ok() };
        let (mut answer, mut stuck) = (pin!(answer), pin!(stuck));
        poll_fn(move |context| match answer.as_mut().poll(context) {
            Poll::Ready(answer) => Poll::Ready(answer.ok()),
            Poll::Pending => match stuck.as_mut().poll(context) {
                // The thread is gone: it may have answered just before.
                Poll::Ready(false) => Poll::Ready(answer.as_mut().try_recv().ok()),
                Poll::Ready(true) => Poll::Ready(None),
                Poll::Pending => Poll::Pending,
            },
        })
        .await
    }
}

/// Moves on from what is not the last word.
fn over(health: &mut Health, next: Health) -> bool {
    let moves = matches!(health, Health::Well | Health::Broken);
    if moves {
        *health = next;
    }
    moves
}

/// Whoever works on the thread.
struct Keeper<'b> {
    engine: Engine,
    waiting: mpsc::UnboundedReceiver<Job>,
    bell: &'b Bell,
}

impl Keeper<'_> {
    /// Works until there is nobody left to work for. Whether sled had failed.
    fn run(mut self, told: &watch::Sender<Health>) -> bool {
        while let Some(first) = self.waiting.blocking_recv() {
            if self.round(first) == Next::End {
                break;
            }
        }
        let broken = self.engine.is_broken();
        if broken {
            told.send_if_modified(|health| over(health, Health::Broken));
        }
        self.waiting.close();
        while let Some(job) = self.waiting.blocking_recv() {
            job.refuse(if broken { Fault::poisoned() } else { Fault::closed() });
        }
        // Everybody was answered; what sled does in closing holds up nobody but who waits for that.
        self.engine.close().is_err() || broken
    }

    fn round(&mut self, first: Job) -> Next {
        let (mut next, mut commits) = (Next::Round, Vec::new());
        let mut job = Some(first);
        for more in (0..ROUND).rev() {
            match job.take() {
                Some(Job::Read(reading)) => reading(Ok(&self.engine)),
                Some(Job::Commit(waiting)) => commits.push(*waiting),
                Some(Job::Close) => next = Next::End,
                None => break,
            }
            if more > 0 && next == Next::Round {
                job = self.waiting.try_recv().ok();
            }
        }
        while !commits.is_empty() {
            let rest = commits.split_off(members(&commits));
            group::commit(&self.engine, self.bell, commits);
            commits = rest;
        }
        if self.engine.is_broken() { Next::End } else { next }
    }
}

/// How many of the waiting, from the first on, are judged and written together.
fn members(waiting: &[Waiting]) -> usize {
    let mut weight = 0;
    let fits = waiting.iter().take(GROUP.0).take_while(|waiting| {
        weight += waiting.batch.weight();
        weight <= GROUP.1
    });
    let fits = fits.count().max(1);
    judge::group(waiting.iter().take(fits).map(|waiting| &waiting.batch)).max(1)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Round,
    End,
}

impl Job {
    fn refuse(self, fault: Fault) {
        match self {
            Self::Read(reading) => reading(Err(fault)),
            Self::Commit(waiting) => waiting.answer(Err(fault.into())),
            Self::Close => {}
        }
    }
}

impl Waiting {
    fn answer(self, answer: Result<Receipt, StoreError>) {
        // First, so that a caller who commits again at once finds room.
        drop(self.room);
        // A caller that went away wants no answer.
        let _ = self.caller.send(answer);
    }
}
