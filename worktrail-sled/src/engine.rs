//! sled, as far as it can be trusted: every call to it is here.
//!
//! The first call that fails is the last: after an error sled gives the same error for ever to whoever iterates on,
//! and a failed fsync must not be tried again.

mod gate;

use std::fs::File;
use std::ops::Bound;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, RwLock};
use std::thread;
use std::time::Duration;

use sled::{Config, Db, IVec, Mode};
use worktrail_core::store::{Order, StoreErrorKind};

pub(crate) use self::gate::{Call, Gate};
#[cfg(test)]
pub(crate) use self::gate::{Effect, Failing};
use crate::directory::Directory;
use crate::error::Fault;
use crate::key::COUNT;
use crate::mark::Mark;
use crate::pulse::Pulse;

/// sled's largest. A page of more than a quarter of it would become a blob, which sled never syncs.
pub(crate) const SEGMENT: usize = 1 << 24;
/// The longest key. A page of keys holds up to 257 of them.
pub(crate) const LONGEST_KEY: usize = 8 << 10;
/// The longest value. A page of values holds up to 16, and up to 20 for the moment in which two pages become one.
pub(crate) const LONGEST_VALUE: usize = 16 << 10;
/// How often sled's own thread rewrites pages so that space comes free. It may spend half of that before it syncs, and
/// should not write more than a segment meanwhile: otherwise one that it freed could be written over before what it moved
/// out of it is safe. The most that was measured, with values of 16 KiB, is 33 MB in 50 ms.
const TIDY_EVERY_MILLISECONDS: u64 = 40;
/// How often, and after how long, sled's own lock is tried again.
const LOCK_TRIES: u32 = 200;
const LOCK_PAUSE: Duration = Duration::from_millis(10);

const _: () = assert!(257 * LONGEST_KEY < SEGMENT / 4 - 4096, "a page of keys would become a blob");
const _: () = assert!(20 * (LONGEST_VALUE + LONGEST_KEY) < SEGMENT / 4 - 4096, "a page of values would become a blob");

/// Changes that happen together or not at all.
#[derive(Default)]
pub(crate) struct Changes {
    batch: sled::Batch,
    any: bool,
}

impl Changes {
    /// Sets a key to a value.
    ///
    /// # Errors
    /// When sled would write it to a file of its own, which it never syncs.
    pub(crate) fn put(&mut self, key: impl AsRef<[u8]>, value: impl AsRef<[u8]>) -> Result<(), Fault> {
        let (key, value) = (key.as_ref(), value.as_ref());
        if key.len() > LONGEST_KEY || value.len() > LONGEST_VALUE {
            return Err(Fault::new(StoreErrorKind::Other, "a key or a value is longer than sled can keep safely"));
        }
        self.batch.insert(key, value);
        self.any = true;
        Ok(())
    }

    /// Removes a key; one that is not there is no fault.
    pub(crate) fn remove(&mut self, key: impl AsRef<[u8]>) {
        self.batch.remove(key.as_ref());
        self.any = true;
    }

    /// Whether there are none.
    pub(crate) const fn is_empty(&self) -> bool {
        !self.any
    }
}

/// What an acknowledged commit waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Syncing {
    /// sled's flush, and an fsync of our own.
    Full,
    /// sled's flush alone, which a power cut undoes: to see that a test of power cuts notices.
    #[cfg(feature = "negative-control")]
    None,
}

/// An open sled database, as one thread uses it: one thread changes it, any may read. It has no `Debug`: sled's shows
/// what is stored.
pub(crate) struct Engine {
    shared: Arc<Shared>,
    pulse: Pulse,
}

/// What the threads share.
struct Shared {
    /// None when it was let go.
    db: Option<Db>,
    /// Held by whoever reads several things of one state, and by whoever changes it until that is safe.
    state: RwLock<()>,
    /// The log, opened apart from sled: the kernel tells a failed write once to each opening of a file.
    log: File,
    mark: Mark,
    /// How many changes were made.
    count: AtomicU64,
    directory: Directory,
    syncing: Syncing,
    cache: u64,
    gate: Gate,
    broken: AtomicBool,
}

impl Engine {
    /// Opens what stands in a directory, or makes it there, and syncs all of it.
    pub(crate) fn open(directory: Directory, cache: u64, syncing: Syncing, pulse: Pulse) -> Result<Self, Fault> {
        let db = open_db(&directory, cache, &pulse)?;
        let log = File::options().read(true).write(true).open(directory.log())?;
        let (mark, marked) = Mark::open(&directory.mark())?;
        let shared = Shared {
            db: Some(db),
            state: RwLock::default(),
            log,
            mark,
            count: AtomicU64::new(0),
            directory,
            syncing,
            cache,
            gate: Gate::default(),
            broken: AtomicBool::new(false),
        };
        let engine = Self { shared: Arc::new(shared), pulse };
        engine.recount(marked)?;
        Ok(engine)
    }

    /// The same database, as another thread uses it.
    pub(crate) fn for_thread(&self, pulse: Pulse) -> Self {
        Self { shared: Arc::clone(&self.shared), pulse }
    }

    /// Closes it and opens it again. What was applied must be there.
    pub(crate) fn reopen(&mut self) -> Result<(), Fault> {
        self.let_go()?;
        let shared = Arc::get_mut(&mut self.shared).ok_or_else(is_in_use)?;
        shared.db = Some(open_db(&shared.directory, shared.cache, &self.pulse)?);
        self.recount(self.shared.count.load(Ordering::Relaxed))
    }

    /// Reads how many changes were made. sled takes damage for an unfinished write, opens with what was before it, and
    /// says nothing.
    fn recount(&self, at_least: u64) -> Result<(), Fault> {
        let count = self.get(COUNT)?.map_or(Some(0), |count| count[..].try_into().ok().map(u64::from_be_bytes));
        match count {
            Some(count) if count >= at_least => self.shared.count.store(count, Ordering::Relaxed),
            _ => return Err(Fault::corrupt("sled has lost commits that were acknowledged")),
        }
        Ok(())
    }

    /// An engine with the same settings in another directory.
    pub(crate) fn beside(&self, directory: Directory) -> Result<Self, Fault> {
        Self::open(directory, self.shared.cache, self.shared.syncing, self.pulse.clone())
    }

    /// Sets what sees the calls from here on.
    #[cfg(test)]
    pub(crate) fn seen_by(mut self, gate: Gate) -> Self {
        if let Some(shared) = Arc::get_mut(&mut self.shared) {
            shared.gate = gate;
        }
        self
    }

    /// A call that does not come back until `until` says so.
    #[cfg(test)]
    pub(crate) fn hold(&self, until: &std::sync::mpsc::Receiver<()>) -> Result<(), Fault> {
        self.call(Call::Get, |_| {
            let _ = until.recv();
            Ok(())
        })
    }

    /// Whether a call failed.
    pub(crate) fn is_broken(&self) -> bool {
        self.shared.broken.load(Ordering::SeqCst)
    }

    /// Lets no call through any more.
    fn give_up(&self) {
        self.shared.broken.store(true, Ordering::SeqCst);
    }

    /// Says that a store that was being made is whole.
    pub(crate) fn finish(&mut self) -> Result<(), Fault> {
        Arc::get_mut(&mut self.shared).ok_or_else(is_in_use)?.directory.finish()
    }

    /// Reads, as of one state: nothing changes meanwhile, and all of it is safe.
    pub(crate) fn settled<T>(&self, reading: impl FnOnce(&Self) -> Result<T, Fault>) -> Result<T, Fault> {
        let _unchanged = self.shared.state.read().map_err(|_| Fault::poisoned())?;
        if self.is_broken() {
            return Err(Fault::poisoned());
        }
        catch_unwind(AssertUnwindSafe(|| reading(self))).unwrap_or_else(|_| {
            self.give_up();
            Err(Fault::poisoned())
        })
    }

    /// Makes changes, whole or not at all, and waits until they are safe. Nobody reads meanwhile: what a power cut could
    /// take back is shown to nobody.
    pub(crate) fn commit(&self, changes: Changes) -> Result<(), Fault> {
        let _alone = self.shared.state.write().map_err(|_| Fault::poisoned())?;
        if self.is_broken() {
            return Err(Fault::poisoned());
        }
        self.apply(changes).and_then(|()| self.make_durable()).map_err(Fault::after_writing)
    }

    /// Looks up a key.
    pub(crate) fn get(&self, key: &[u8]) -> Result<Option<IVec>, Fault> {
        self.call(Call::Get, |db| db.get(key))
    }

    /// Walks the keys from `first` to before `end`.
    pub(crate) fn walk(&self, first: &[u8], end: &[u8], order: Order) -> Walk<'_> {
        let bounds = (Bound::Included(first), Bound::Excluded(end));
        let iter = self.shared.db.as_ref().filter(|_| first < end).map(|db| db.range::<&[u8], _>(bounds));
        Walk { engine: self, iter, order }
    }

    /// Walks every key from `first` on.
    pub(crate) fn walk_from(&self, first: &[u8]) -> Walk<'_> {
        let iter = self.shared.db.as_ref().map(|db| db.range::<&[u8], _>(first..));
        Walk { engine: self, iter, order: Order::Ascending }
    }

    /// Makes changes, whole or not at all. They are visible at once, and safe after [`make_durable`](Self::make_durable).
    pub(crate) fn apply(&self, mut changes: Changes) -> Result<(), Fault> {
        let count = self.shared.count.load(Ordering::Relaxed).saturating_add(1);
        self.shared.count.store(count, Ordering::Relaxed);
        changes.put(COUNT, count.to_be_bytes())?;
        self.call(Call::Apply, |db| db.apply_batch(changes.batch))
    }

    /// Waits until all that was applied would survive a power cut.
    pub(crate) fn make_durable(&self) -> Result<(), Fault> {
        self.call(Call::Flush, |db| db.flush().map(|_| ()))?;
        let Shared { syncing, log, mark, count, directory, .. } = &*self.shared;
        match syncing {
            // On Linux, sled's flush ends in `sync_file_range`, which promises nothing.
            Syncing::Full => {
                self.call(Call::Sync, |_| Ok(log.sync_all()?))?;
                self.call(Call::Mark, |_| Ok(mark.write(count.load(Ordering::Relaxed))?))?;
            }
            #[cfg(feature = "negative-control")]
            Syncing::None => {}
        }
        directory.has_no_blobs().inspect_err(|_| self.give_up())
    }

    /// Closes it, and syncs what sled wrote in closing. That may not come to an end; nobody waits for it without a
    /// limit.
    pub(crate) fn close(mut self) -> Result<(), Fault> {
        self.let_go()
    }

    /// Closes a store that was being made, and says that it is whole. One that does not close is no store.
    pub(crate) fn close_and_finish(mut self) -> Result<(), Fault> {
        self.let_go()?;
        self.finish()
    }

    /// Lets go of the database, if no other thread has it.
    fn let_go(&mut self) -> Result<(), Fault> {
        let Some(db) = Arc::get_mut(&mut self.shared).and_then(|shared| shared.db.take()) else { return Ok(()) };
        self.pulse.beat(|| catch_unwind(AssertUnwindSafe(|| drop(db)))).map_err(|_| Fault::panicked())?;
        // After a fault nothing is synced any more.
        if self.is_broken() { Ok(()) } else { self.shared.directory.sync() }
    }

    fn call<T>(&self, what: Call, call: impl FnOnce(&Db) -> sled::Result<T>) -> Result<T, Fault> {
        let Some(db) = self.shared.db.as_ref().filter(|_| !self.is_broken()) else { return Err(Fault::poisoned()) };
        let pass = || self.shared.gate.pass(what, || call(db));
        let done = self.pulse.beat(|| catch_unwind(AssertUnwindSafe(pass)));
        let done = done.map_err(|_| Fault::panicked()).and_then(|done| Ok(done?));
        done.inspect_err(|_| self.give_up())
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // What fails here fails after everything that was acknowledged is safe.
        let _ = self.let_go();
    }
}

fn is_in_use() -> Fault {
    Fault::misuse("other threads use the database")
}

fn open_db(directory: &Directory, cache: u64, pulse: &Pulse) -> Result<Db, Fault> {
    let config = Config::new()
        .path(directory.path())
        .mode(Mode::LowSpace)
        .cache_capacity(cache)
        .segment_size(SEGMENT)
        .flush_every_ms(Some(TIDY_EVERY_MILLISECONDS));
    let mut tries = 0;
    let db = loop {
        tries += 1;
        match pulse.beat(|| catch_unwind(AssertUnwindSafe(|| config.open()))).map_err(|_| Fault::panicked())? {
            Ok(db) => break db,
            // We hold the directory's lock. Who holds sled's is a database of this process that was closed just now, and
            // whose last parts sled lets go of a little later; or somebody who uses sled directly.
            Err(sled::Error::Io(ref cause)) if cause.to_string().contains("could not acquire lock") => {
                if tries > LOCK_TRIES {
                    return Err(Fault::already_open());
                }
                thread::sleep(LOCK_PAUSE);
            }
            Err(error) => return Err(error.into()),
        }
    };
    directory.has_no_blobs()?;
    directory.sync()?;
    Ok(db)
}

/// A walk over keys and values. It ends with the first error.
pub(crate) struct Walk<'e> {
    engine: &'e Engine,
    iter: Option<sled::Iter>,
    order: Order,
}

impl Iterator for Walk<'_> {
    type Item = Result<(IVec, IVec), Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        let order = self.order;
        let iter = self.iter.as_mut()?;
        let step = self.engine.call(Call::Step, |_| {
            match order {
                Order::Ascending => iter.next(),
                Order::Descending => iter.next_back(),
            }
            .transpose()
        });
        if !matches!(step, Ok(Some(_))) {
            self.iter = None;
        }
        step.transpose()
    }
}

#[cfg(test)]
mod tests;
