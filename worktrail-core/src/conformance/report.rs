//! Running everything, and what came of it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::list::{Tier, checks};
use super::{Failure, Harness, HarnessError};
use crate::store::{
    Batch, Grouping, IndexRange, JournalPage, JournalRange, Key, Limit, PageRequest, Position, Receipt, Store,
    StoreError, StoreInfo, Stored, StoredPage, Tally, Tenant,
};

/// What came of running every check.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// How many checks were run.
    pub checks: usize,
    /// How many calls were made to the stores.
    pub steps: u64,
    /// Those that failed.
    pub failures: Vec<Failure>,
    /// How many passed, tier by tier.
    pub scores: BTreeMap<Tier, Score>,
}

/// How many checks of a tier were passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Score {
    /// How many were run.
    pub checks: usize,
    /// How many of them were passed.
    pub passed: usize,
}

/// As in `151 of 151`.
impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.passed, self.checks)
    }
}

impl Report {
    /// Whether the store keeps the contract, as far as the suite sees.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.failures.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} checks, {} steps, {} failures", self.checks, self.steps, self.failures.len())?;
        self.failures.iter().try_for_each(|failure| write!(f, "\n{failure}"))
    }
}

/// Runs every check of the suite, each on a fresh store, one after the other.
pub async fn run_all(harness: &dyn Harness) -> Report {
    let mut report = Report::default();
    let counting = Counting { inner: harness, steps: Arc::default(), open: Mutex::default() };
    for check in checks() {
        let failure = check.run(&counting).await.err();
        let score = report.scores.entry(check.tier()).or_default();
        score.checks += 1;
        score.passed += usize::from(failure.is_none());
        report.checks += 1;
        report.failures.extend(failure);
        counting.open().clear();
    }
    report.steps = counting.steps.load(Ordering::Relaxed);
    report
}

/// A store that counts, and the store of the harness within it.
type Open = (Arc<dyn Store>, Arc<dyn Store>);

/// A harness whose stores count their calls.
struct Counting<'h> {
    inner: &'h dyn Harness,
    steps: Arc<AtomicU64>,
    open: Mutex<Vec<Open>>,
}

impl Counting<'_> {
    fn open(&self) -> MutexGuard<'_, Vec<Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn counted(&self, inner: Arc<dyn Store>) -> Arc<dyn Store> {
        let outer: Arc<dyn Store> = Arc::new(Counted { inner: Arc::clone(&inner), steps: Arc::clone(&self.steps) });
        self.open().push((Arc::clone(&outer), inner));
        outer
    }

    /// Gives up what is known of a store, so that the harness is the only one to hold it.
    fn given_up(&self, store: &Arc<dyn Store>) -> Option<Arc<dyn Store>> {
        let mut open = self.open();
        let place = open.iter().position(|(outer, _)| Arc::ptr_eq(outer, store))?;
        Some(open.swap_remove(place).1)
    }
}

#[async_trait]
impl Harness for Counting<'_> {
    async fn fresh(&self) -> Result<Arc<dyn Store>, HarnessError> {
        Ok(self.counted(self.inner.fresh().await?))
    }

    async fn reopen(&self, store: Arc<dyn Store>) -> Result<Arc<dyn Store>, HarnessError> {
        let inner = self.given_up(&store).ok_or("a store of another harness")?;
        drop(store);
        Ok(self.counted(self.inner.reopen(inner).await?))
    }
}

/// A store that counts its calls.
#[derive(Debug)]
struct Counted {
    inner: Arc<dyn Store>,
    steps: Arc<AtomicU64>,
}

impl Counted {
    fn count_one(&self) -> &dyn Store {
        self.steps.fetch_add(1, Ordering::Relaxed);
        &*self.inner
    }
}

#[async_trait]
impl Store for Counted {
    fn info(&self) -> StoreInfo {
        self.inner.info()
    }

    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        self.count_one().commit(batch).await
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        self.count_one().get(tenant, keys).await
    }

    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        self.count_one().scan(tenant, range, page).await
    }

    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        self.count_one().count(tenant, range, by).await
    }

    async fn journal(
        &self,
        tenant: &Tenant,
        range: JournalRange,
        after: Position,
        limit: Limit,
    ) -> Result<JournalPage, StoreError> {
        self.count_one().journal(tenant, range, after, limit).await
    }

    async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
        self.count_one().watch(tenant, after).await
    }
}
