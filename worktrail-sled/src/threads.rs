//! The threads on which sled is called: one that commits, some that read, and one that watches them.
//!
//! The one that commits takes all that waits as one group with one flush and one fsync. Between two groups as many read
//! as there are threads for it; while a group is written and synced nobody reads. The work is the threads', so a caller
//! that goes away can neither cancel nor tear it.
//!
//! The first error of sled on any of them ends them all: callers are answered, and then the database is let go. Should
//! sled not come back from a call, the watch tells the callers.

mod group;
mod readings;

use std::future::poll_fn;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::{Arc, mpsc as blocking};
use std::task::Poll;
use std::thread;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot, watch};
use worktrail_core::store::{Batch, Bell, Receipt, StoreError, StoreErrorKind, judge};

use crate::engine::Engine;
use crate::error::Fault;
use crate::options::SledOptions;
use crate::pulse::{Pulse, any_is_stuck};

use self::readings::Readings;

/// How many threads read, at least and at most: as many as there are processors, and two so that a long reading does not
/// hold up all others.
const READERS: (usize, usize) = (2, 4);
/// The most jobs that are taken at once.
const ROUND: usize = 1_024;
/// The most batches that are judged and written together, and their weight, unless a single one is heavier.
const GROUP: (usize, usize) = (256, 8 << 20);

/// How the threads are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Health {
    /// They work.
    Well,
    /// sled failed; the database is being let go.
    Broken,
    /// sled does not come back from a call. The threads are given up.
    Stuck,
    /// It is over, and the database let go: after a fault of sled, or as it should be.
    Over { broken: bool },
}

/// What the thread that commits is asked to do.
enum Job {
    Commit(Box<Waiting>),
    /// To finish what waits; nothing at all when sled has failed.
    End,
}

/// A batch with the way back to its caller.
struct Waiting {
    batch: Batch,
    caller: oneshot::Sender<Result<Receipt, StoreError>>,
    /// Its share of the queue, given back when it is answered.
    room: [OwnedSemaphorePermit; 2],
}

/// The callers' side of the threads.
#[derive(Debug)]
pub(crate) struct Threads {
    jobs: mpsc::UnboundedSender<Job>,
    readings: Arc<Readings>,
    health: watch::Receiver<Health>,
    batches: Arc<Semaphore>,
    bytes: Arc<Semaphore>,
    most_bytes: usize,
    /// Rung when a journal has something new, and when there will be nothing new any more.
    bell: Arc<Bell>,
}

/// Opening and working.
impl Threads {
    /// Starts threads of which one opens a database.
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
        let (told, patience, readings) = (Arc::new(told), options.longest_call(), Arc::new(Readings::default()));
        let cannot = |_| Fault::unavailable("a thread cannot be started");
        let processors = thread::available_parallelism().map_or(READERS.0, NonZero::get);
        let readers: Vec<Pulse> = (0..processors.clamp(READERS.0, READERS.1)).map(|_| Pulse::default()).collect();
        let (bell, pulse) = (Arc::new(Bell::new()), Pulse::default());
        let pulses = [[pulse.clone()].as_slice(), &readers].concat();
        let watched = (Arc::clone(&told), Arc::clone(&bell));
        let watching = move || {
            let (told, bell) = watched;
            if any_is_stuck(&pulses, patience, &until) {
                told.send_replace(Health::Stuck);
                bell.ring_all();
            }
        };
        thread::Builder::new().name("worktrail-watch".to_owned()).spawn(watching).map_err(cannot)?;
        let (options, rung, to_read, ended) =
            (options.clone(), Arc::clone(&bell), Arc::clone(&readings), jobs.downgrade());
        let working = move || {
            let _running: blocking::Sender<()> = running;
            let work = || match open(&options, pulse) {
                Ok(engine) => {
                    let keeper = Keeper { engine, waiting, readings: &to_read, bell: &rung };
                    keeper.run(readers, &ended, caller, &told)
                }
                Err(fault) => {
                    let _ = caller.send(Err(fault));
                    false
                }
            };
            // Whoever waits is told, even of a fault of our own or of a caller's.
            let broken = catch_unwind(AssertUnwindSafe(work)).unwrap_or(true);
            told.send_if_modified(|health| over(health, Health::Over { broken }));
            rung.ring_all();
        };
        thread::Builder::new().name("worktrail-sled".to_owned()).spawn(working).map_err(cannot)?;
        let threads = Self {
            jobs,
            readings,
            health,
            batches: Arc::new(Semaphore::new(batches.min(Semaphore::MAX_PERMITS))),
            bytes: Arc::new(Semaphore::new(most_bytes)),
            most_bytes,
            bell,
        };
        let opened = threads.wait_for(opened).await;
        opened.ok_or_else(|| Fault::unavailable("sled does not come to an end of opening"))??;
        Ok(threads)
    }

    /// Commits a batch, or refuses it at once when too much is waiting.
    pub(crate) async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        let busy = |_| Fault::new(StoreErrorKind::Busy, "too much is waiting to be committed");
        // The bounds were brought under `u32::MAX`.
        let weight = u32::try_from(batch.weight().min(self.most_bytes)).unwrap_or(u32::MAX);
        let place = Arc::clone(&self.batches).try_acquire_owned().map_err(busy)?;
        let bytes = Arc::clone(&self.bytes).try_acquire_many_owned(weight).map_err(busy)?;
        let (caller, answer) = oneshot::channel();
        let job = Job::Commit(Box::new(Waiting { batch, caller, room: [place, bytes] }));
        self.while_well(|| self.jobs.send(job).is_ok())?;
        let unanswered = || Fault::poisoned().after_writing().into();
        self.wait_for(answer).await.unwrap_or_else(|| Err(unanswered()))
    }

    /// Reads something, as of one state.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        reading: impl FnOnce(&Engine) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let (caller, answer) = oneshot::channel();
        let reading = Box::new(move |engine: &Engine| {
            // Whoever went away wants no answer.
            if !caller.is_closed() {
                let _ = caller.send(engine.settled(reading));
            }
        });
        self.while_well(|| self.readings.add(reading).is_ok())?;
        self.wait_for(answer).await.unwrap_or_else(|| Err(Fault::poisoned()))
    }

    /// The bell that is rung when a journal has something new.
    pub(crate) fn bell(&self) -> &Bell {
        &self.bell
    }

    /// Lets the threads finish what waits, and close the database, if it still comes to that.
    pub(crate) async fn close(&self) {
        let _ = self.jobs.send(Job::End);
        let mut health = self.health.clone();
        // Without one that tells of its end it is as closed as can be.
        let _ = health.wait_for(|health| matches!(health, Health::Over { .. } | Health::Stuck)).await;
    }

    /// Hands something over to a thread, while all is well. It says whether that is still there to take it.
    fn while_well(&self, hand_over: impl FnOnce() -> bool) -> Result<(), Fault> {
        if *self.health.borrow() == Health::Well && hand_over() {
            return Ok(());
        }
        Err(match *self.health.borrow() {
            Health::Well | Health::Over { broken: false } => Fault::closed(),
            Health::Broken | Health::Stuck | Health::Over { broken: true } => Fault::poisoned(),
        })
    }

    /// Waits for an answer; none when a thread is stuck, or gone without one.
    async fn wait_for<T>(&self, answer: oneshot::Receiver<T>) -> Option<T> {
        let mut health = self.health.clone();
        let stuck = async move { health.wait_for(|health| *health == Health::Stuck).await.is_ok() };
        let (mut answer, mut stuck) = (pin!(answer), pin!(stuck));
        poll_fn(move |context| match answer.as_mut().poll(context) {
            Poll::Ready(answer) => Poll::Ready(answer.ok()),
            Poll::Pending => match stuck.as_mut().poll(context) {
                // All are gone: one may have answered just before.
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

/// Whoever works on the thread that commits.
struct Keeper<'s> {
    engine: Engine,
    waiting: mpsc::UnboundedReceiver<Job>,
    readings: &'s Readings,
    bell: &'s Bell,
}

impl Keeper<'_> {
    /// Works, and lets others read, until there is nobody left to work for. Whether sled had failed.
    fn run(
        mut self,
        readers: Vec<Pulse>,
        jobs: &mpsc::WeakUnboundedSender<Job>,
        opened: oneshot::Sender<Result<(), Fault>>,
        told: &watch::Sender<Health>,
    ) -> bool {
        let readings = self.readings;
        let broken = thread::scope(|scope| {
            let _ending = Ending { readings, told };
            for pulse in readers {
                let engine = self.engine.for_thread(pulse);
                let failed = || drop(jobs.upgrade().map(|jobs| jobs.send(Job::End)));
                let reader = thread::Builder::new().name("worktrail-read".to_owned());
                if reader.spawn_scoped(scope, move || readings.work(&engine, failed)).is_err() {
                    let _ = opened.send(Err(Fault::unavailable("a thread cannot be started")));
                    return false;
                }
            }
            // A caller that went away has let go of the store too, so that nobody is there to work for.
            let _ = opened.send(Ok(()));
            self.commit_all(told)
        });
        // Everybody was answered; what sled does in closing holds up nobody but who waits for that.
        self.engine.close().is_err() || broken
    }

    /// Whether sled failed.
    fn commit_all(&mut self, told: &watch::Sender<Health>) -> bool {
        while let Some(first) = self.waiting.blocking_recv() {
            // Whoever reads now may commit next, and then in the same group.
            self.readings.help(&self.engine);
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
            if let Job::Commit(waiting) = job {
                let fault = if broken { Fault::poisoned() } else { Fault::closed() };
                waiting.answer(Err(fault.into()));
            }
        }
        broken
    }

    fn round(&mut self, first: Job) -> Next {
        let (mut next, mut commits) = (Next::Round, Vec::new());
        let mut job = Some(first);
        for more in (0..ROUND).rev() {
            match job.take() {
                Some(Job::Commit(waiting)) => commits.push(*waiting),
                Some(Job::End) => next = Next::End,
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

/// Lets those who read come to an end, whatever becomes of the one that commits.
struct Ending<'s> {
    readings: &'s Readings,
    told: &'s watch::Sender<Health>,
}

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.told.send_if_modified(|health| over(health, Health::Broken));
        }
        self.readings.close();
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

impl Waiting {
    fn answer(self, answer: Result<Receipt, StoreError>) {
        // First, so that a caller who commits again at once finds room.
        drop(self.room);
        // A caller that went away wants no answer.
        let _ = self.caller.send(answer);
    }
}
