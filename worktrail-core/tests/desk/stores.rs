//! Stores that get in the desk's way, each over a store in memory.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use async_trait::async_trait;
use worktrail_core::store::{
    Batch, Grouping, IndexRange, JournalPage, JournalRange, Key, Layer, Limit, MemoryStore, PageRequest, Position,
    Receipt, Store, StoreError, StoreErrorKind, StoreInfo, Stored, StoredPage, Tally, Tenant,
};

/// A call, as it was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Call {
    Get { keys: usize, stamp: Stamped },
    Scan,
    Count,
    Journal,
    Watch,
    Commit,
}

/// Whether a look-up asked for a command's stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stamped {
    With,
    Without,
}

/// What becomes of a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It is done, and the answer lost.
    DoneUnknown,
    /// It is not done, and the answer lost.
    NotDoneUnknown,
    /// It is refused as a conflict.
    Conflict,
}

type Act = Box<dyn FnOnce() + Send>;

/// A store that writes down its calls, lets somebody else act before one of them, and answers as a test says.
#[derive(Clone, Default)]
pub(crate) struct Watched {
    inner: MemoryStore,
    watch: Arc<Mutex<Watch>>,
}

#[derive(Default)]
struct Watch {
    calls: Vec<Call>,
    gets: usize,
    commits: usize,
    before_get: Option<(usize, Act)>,
    before_commit: Option<(usize, Act)>,
    fates: VecDeque<Fate>,
    last_fate: Option<Fate>,
}

impl Watched {
    pub(crate) fn over(inner: MemoryStore) -> Self {
        Self { inner, ..Self::default() }
    }

    fn watch<T>(&self, change: impl FnOnce(&mut Watch) -> T) -> T {
        change(&mut self.watch.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Lets somebody act before the `nth` look-up, from 1.
    pub(crate) fn before_get(self, nth: usize, act: impl FnOnce() + Send + 'static) -> Self {
        self.watch(|watch| watch.before_get = Some((nth, Box::new(act))));
        self
    }

    /// Lets somebody act before the `nth` commit, from 1.
    pub(crate) fn before_commit(self, nth: usize, act: impl FnOnce() + Send + 'static) -> Self {
        self.watch(|watch| watch.before_commit = Some((nth, Box::new(act))));
        self
    }

    /// Says what becomes of the next commits.
    pub(crate) fn fated(self, fates: impl IntoIterator<Item = Fate>) -> Self {
        self.watch(|watch| watch.fates.extend(fates));
        self
    }

    /// Says what becomes of every commit that no other fate awaits.
    pub(crate) fn always(self, fate: Fate) -> Self {
        self.watch(|watch| watch.last_fate = Some(fate));
        self
    }

    /// The calls so far.
    pub(crate) fn calls(&self) -> Vec<Call> {
        self.watch(|watch| watch.calls.clone())
    }

    /// How many look-ups there were.
    pub(crate) fn gets(&self) -> usize {
        self.watch(|watch| watch.gets)
    }

    /// How many commits there were.
    pub(crate) fn commits(&self) -> usize {
        self.watch(|watch| watch.commits)
    }

    fn note(&self, call: Call) {
        let act = self.watch(|watch| {
            watch.calls.push(call);
            match call {
                Call::Get { .. } => {
                    watch.gets += 1;
                    due(watch.gets, &mut watch.before_get)
                }
                Call::Commit => {
                    watch.commits += 1;
                    due(watch.commits, &mut watch.before_commit)
                }
                _ => None,
            }
        });
        if let Some(act) = act {
            act();
        }
    }
}

fn due(number: usize, planned: &mut Option<(usize, Act)>) -> Option<Act> {
    planned.take_if(|(nth, _)| *nth == number).map(|(_, act)| act)
}

impl fmt::Debug for Watched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watched").finish_non_exhaustive()
    }
}

#[async_trait]
impl Store for Watched {
    fn info(&self) -> StoreInfo {
        self.inner.info()
    }

    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        self.note(Call::Commit);
        let unknown = || StoreError::new(StoreErrorKind::Unknown, "the answer was lost");
        match self.watch(|watch| watch.fates.pop_front().or(watch.last_fate)) {
            None => self.inner.commit(batch).await,
            Some(Fate::Conflict) => Err(StoreError::conflict("somebody was first")),
            Some(Fate::NotDoneUnknown) => Err(unknown()),
            Some(Fate::DoneUnknown) => {
                self.inner.commit(batch).await?;
                Err(unknown())
            }
        }
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        let stamps = keys.iter().filter(|key| matches!(key, Key::Stamp(_))).count();
        let stamp = if stamps > 0 { Stamped::With } else { Stamped::Without };
        self.note(Call::Get { keys: keys.len() - stamps, stamp });
        self.inner.get(tenant, keys).await
    }

    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        self.note(Call::Scan);
        self.inner.scan(tenant, range, page).await
    }

    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        self.note(Call::Count);
        self.inner.count(tenant, range, by).await
    }

    async fn journal(
        &self,
        tenant: &Tenant,
        range: JournalRange,
        after: Position,
        limit: Limit,
    ) -> Result<JournalPage, StoreError> {
        self.note(Call::Journal);
        self.inner.journal(tenant, range, after, limit).await
    }

    async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
        self.note(Call::Watch);
        self.inner.watch(tenant, after).await
    }
}

type Doctor = fn(JournalPage) -> JournalPage;

/// A store whose journal comes through a doctor, and which lets others go first at every call.
#[derive(Debug, Clone)]
pub(crate) struct Doctored {
    inner: MemoryStore,
    doctor: Doctor,
}

impl Doctored {
    pub(crate) const fn over(inner: MemoryStore, doctor: Doctor) -> Self {
        Self { inner, doctor }
    }

    /// A store that is sound, and lets others go first at every call.
    pub(crate) const fn polite(inner: MemoryStore) -> Self {
        Self { inner, doctor: std::convert::identity }
    }
}

/// Lets others go first, once.
async fn after_you() {
    let mut waited = false;
    poll_fn(|context| {
        if waited {
            return Poll::Ready(());
        }
        waited = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

#[async_trait]
impl Store for Doctored {
    fn info(&self) -> StoreInfo {
        self.inner.info()
    }

    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        after_you().await;
        self.inner.commit(batch).await
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        after_you().await;
        self.inner.get(tenant, keys).await
    }

    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        after_you().await;
        self.inner.scan(tenant, range, page).await
    }

    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        after_you().await;
        self.inner.count(tenant, range, by).await
    }

    async fn journal(
        &self,
        tenant: &Tenant,
        range: JournalRange,
        after: Position,
        limit: Limit,
    ) -> Result<JournalPage, StoreError> {
        after_you().await;
        self.inner.journal(tenant, range, after, limit).await.map(self.doctor)
    }

    async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
        after_you().await;
        self.inner.watch(tenant, after).await
    }
}

/// A layer that writes its name down at every look-up.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) name: &'static str,
    pub(crate) heard: Arc<Mutex<Vec<&'static str>>>,
}

#[derive(Debug)]
struct Under<'s> {
    inner: Arc<dyn Store + 's>,
    layer: Named,
}

impl Layer for Named {
    fn over<'s>(&self, inner: Arc<dyn Store + 's>) -> Arc<dyn Store + 's> {
        Arc::new(Under { inner, layer: self.clone() })
    }
}

#[async_trait]
impl Store for Under<'_> {
    fn info(&self) -> StoreInfo {
        self.inner.info()
    }

    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        self.inner.commit(batch).await
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        self.layer.heard.lock().unwrap_or_else(PoisonError::into_inner).push(self.layer.name);
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

/// Runs futures side by side on this thread, each a step in turn, until all are done.
pub(crate) fn join<T>(futures: Vec<impl Future<Output = T>>) -> Vec<T> {
    let mut running: Vec<(Pin<Box<_>>, Option<T>)> = futures.into_iter().map(|it| (Box::pin(it), None)).collect();
    let mut context = Context::from_waker(Waker::noop());
    while running.iter().any(|(_, outcome)| outcome.is_none()) {
        for (future, outcome) in &mut running {
            if outcome.is_none()
                && let Poll::Ready(ready) = future.as_mut().poll(&mut context)
            {
                *outcome = Some(ready);
            }
        }
    }
    running.into_iter().filter_map(|(_, outcome)| outcome).collect()
}
