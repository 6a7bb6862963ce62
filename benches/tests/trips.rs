//! How often the store is asked, and how often the disk: figures that no machine changes.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use sqlx::ConnectOptions as _;
use tempfile::TempDir;
use tokio::task::JoinSet;
use worktrail_benches::desk::Ours;
use worktrail_benches::floor::postgres::{last_position, transactions};
use worktrail_benches::import::import;
use worktrail_benches::office::Office;
use worktrail_benches::probe::empty_log;
use worktrail_benches::subject::Work;
use worktrail_benches::wal::Log;
use worktrail_benches::{Outcome, postgres, sled};
use worktrail_core::store::{
    Batch, Grouping, IndexRange, JournalPage, JournalRange, Key, Limit, MemoryStore, PageRequest, Position, Receipt,
    Store, StoreError, StoreInfo, Stored, StoredPage, Tally, Tenant,
};
use worktrail_sled::SledStore;
use worktrail_sqlite::SqliteStore;

/// A store that counts how often it is asked.
#[derive(Debug, Clone)]
struct Counted {
    inner: MemoryStore,
    calls: Arc<AtomicU64>,
}

impl Counted {
    fn count(&self) -> &MemoryStore {
        self.calls.fetch_add(1, Ordering::Relaxed);
        &self.inner
    }
}

#[async_trait]
impl Store for Counted {
    fn info(&self) -> StoreInfo {
        self.inner.info()
    }

    async fn commit(&self, batch: Batch) -> Result<Receipt, StoreError> {
        self.count().commit(batch).await
    }

    async fn get(&self, tenant: &Tenant, keys: &[Key]) -> Result<Vec<Option<Stored>>, StoreError> {
        self.count().get(tenant, keys).await
    }

    async fn scan(&self, tenant: &Tenant, range: &IndexRange, page: &PageRequest) -> Result<StoredPage, StoreError> {
        self.count().scan(tenant, range, page).await
    }

    async fn count(&self, tenant: &Tenant, range: &IndexRange, by: Grouping) -> Result<Vec<Tally>, StoreError> {
        Self::count(self).count(tenant, range, by).await
    }

    async fn journal(
        &self,
        tenant: &Tenant,
        range: JournalRange,
        after: Position,
        limit: Limit,
    ) -> Result<JournalPage, StoreError> {
        self.count().journal(tenant, range, after, limit).await
    }

    async fn watch(&self, tenant: &Tenant, after: Position) -> Result<Position, StoreError> {
        self.count().watch(tenant, after).await
    }
}

#[test]
fn each_piece_of_work_asks_the_store_so_often() {
    let office = Office::with(1_000).unwrap();
    let store = Counted { inner: MemoryStore::new(), calls: Arc::default() };
    pollster::block_on(import(&store, &office)).unwrap();
    let ours = Ours::new("counted", store.clone(), office);
    // Each of the forty specialists has acted a few times: what bears out their right is known.
    for _ in 0..200 {
        pollster::block_on(ours.piece(Work::Act)).unwrap();
    }
    // An act: the trail with the stamp and what the actor may do; the commit. A portfolio: the right, the page and whom the
    // actor has a conflict with, side by side; then the people.
    let wanted = [(Work::Act, 2), (Work::Open, 1), (Work::Portfolio, 4), (Work::Counts, 3), (Work::Follow, 1)];
    for (work, calls) in wanted {
        store.calls.store(0, Ordering::Relaxed);
        pollster::block_on(ours.piece(work)).unwrap();
        assert_eq!(store.calls.load(Ordering::Relaxed), calls, "{}", work.name());
    }
}

async fn on_sqlite() -> Outcome<(TempDir, PathBuf, Ours)> {
    let directory = tempfile::tempdir()?;
    let file = directory.path().join("store.db");
    let office = Office::with(1_000)?;
    let store = SqliteStore::open_or_create(&file).await?;
    import(&store, &office).await?;
    let ours = Ours::new("SQLite", store, office);
    // What happens once only: connections, statements.
    ours.piece(Work::Act).await?;
    empty_log(&file).await?;
    Ok((directory, file, ours))
}

#[tokio::test]
async fn a_lone_act_is_one_flush_of_a_few_pages() {
    let (_directory, file, ours) = on_sqlite().await.unwrap();
    for acts in 1..=10 {
        ours.piece(Work::Act).await.unwrap();
        let log = Log::beside(&file).unwrap();
        assert_eq!(log.commits, acts);
        println!("{} pages after {acts} acts", log.pages);
        // The trail and the two indexes over its phase, each at its old and its new place; the participant; the journal
        // with its index; the stamp; the head.
        assert!(log.pages <= acts * 12 + 2, "{log:?}");
    }
}

#[tokio::test]
async fn acts_together_share_flushes() {
    let (_directory, file, ours) = on_sqlite().await.unwrap();
    two_hundred_together(&ours).await;
    let log = Log::beside(&file).unwrap();
    println!("{log:?}");
    assert!(log.commits <= 10, "{log:?}");
    assert!(log.pages <= 200 * 4, "{log:?}");
}

#[expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]
async fn two_hundred_together(ours: &Ours) {
    let mut acts = JoinSet::new();
    for _ in 0..200 {
        let ours = ours.clone();
        acts.spawn(async move { ours.piece(Work::Act).await.unwrap() });
    }
    acts.join_all().await;
}

/// With `synchronous_commit=on` each transaction is one flush, and none is read only to lock.
#[tokio::test]
async fn on_postgres_a_lone_act_is_one_transaction_and_acts_together_share_them() {
    let server = postgres::server().unwrap();
    let address = postgres::by_socket(&server).unwrap();
    let store = postgres::store(&address).await.unwrap();
    let office = Office::with(1_000).unwrap();
    import(&store, &office).await.unwrap();
    let ours = Ours::new("PostgreSQL", store.clone(), office);
    let mut connection = address.connect().await.unwrap();
    for _ in 0..5 {
        let before = last_position(&mut connection).await.unwrap();
        ours.piece(Work::Act).await.unwrap();
        assert_eq!(transactions(&mut connection, before).await.unwrap(), (1, 1));
    }
    let before = last_position(&mut connection).await.unwrap();
    two_hundred_together(&ours).await;
    let (transactions, acts) = transactions(&mut connection, before).await.unwrap();
    println!("{acts} acts in {transactions} transactions");
    assert_eq!(acts, 200);
    assert!(transactions <= 40, "{transactions}");
    store.close().await;
}

/// Each set of changes is one flush of sled and one fsync, as the store's own tests see.
#[tokio::test]
async fn on_sled_a_lone_act_is_one_flush_and_acts_together_share_them() {
    let directory = tempfile::tempdir().unwrap();
    let place = directory.path().join("office");
    let store = SledStore::open_or_create(&place).await.unwrap();
    let office = Office::with(1_000).unwrap();
    import(&store, &office).await.unwrap();
    let ours = Ours::new("sled", store.clone(), office);
    for _ in 0..5 {
        let before = sled::changes(&place).unwrap();
        ours.piece(Work::Act).await.unwrap();
        assert_eq!(sled::changes(&place).unwrap(), before + 1);
    }
    let before = sled::changes(&place).unwrap();
    two_hundred_together(&ours).await;
    let changes = sled::changes(&place).unwrap() - before;
    println!("200 acts in {changes} sets of changes");
    assert!(changes <= 60, "{changes}");
    store.close().await;
}
