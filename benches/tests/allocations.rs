//! How often memory is asked for: a figure that no machine changes, so that what makes an act costlier is noticed.

use pollster::block_on;
use tokio::runtime::Runtime;
use worktrail_benches::decide::Decisions;
use worktrail_benches::desk::Ours;
use worktrail_benches::import::import;
use worktrail_benches::office::Office;
use worktrail_benches::postgres;
use worktrail_benches::subject::Work;
use worktrail_core::store::MemoryStore;
use worktrail_sled::SledStore;
use worktrail_sqlite::SqliteStore;

fn allocations(work: impl FnMut()) -> u64 {
    allocation_counter::measure(work).count_total
}

/// The least of some tries: the first ones grow what is kept, and trees split now and then.
fn at_least(tries: usize, mut work: impl FnMut()) -> u64 {
    (0..tries).map(|_| allocations(&mut work)).min().unwrap_or_default()
}

#[test]
fn a_decision_asks_for_little_memory() {
    let desk = Decisions::new().unwrap();
    let decide = at_least(5, || desk.decide().unwrap());
    let write_down = at_least(5, || desk.decide_and_write_down().unwrap());
    println!("a decision asks {decide} times for memory, and {write_down} times when it is written down");
    assert!(decide <= 17, "{decide}");
    assert!(write_down <= 42, "{write_down}");
}

#[test]
fn an_act_in_memory_asks_for_little_memory() {
    let office = Office::with(1_000).unwrap();
    let store = MemoryStore::new();
    block_on(import(&store, &office)).unwrap();
    let ours = Ours::new("memory", store, office);
    for (work, most) in [(Work::Act, 185), (Work::Open, 78), (Work::Portfolio, 830), (Work::Counts, 1_210)] {
        let found = at_least(20, || block_on(ours.piece(work)).unwrap());
        println!("{}: {found}", work.name());
        assert!(found <= most, "{}: {found}", work.name());
    }
}

#[test]
fn an_act_on_sqlite_asks_for_little_memory_beside_the_engine() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let directory = tempfile::tempdir().unwrap();
    let office = Office::with(1_000).unwrap();
    let ours = runtime.block_on(async {
        let store = SqliteStore::open_or_create(directory.path().join("store.db")).await.unwrap();
        import(&store, &office).await.unwrap();
        Ours::new("SQLite", store, office)
    });
    within(&runtime, &ours, [(Work::Act, 590), (Work::Open, 170), (Work::Portfolio, 1_150), (Work::Counts, 205)]);
}

/// The driver's own requests count, since it works in the caller's runtime.
#[test]
fn an_act_on_postgres_asks_for_little_memory() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let server = postgres::server().unwrap();
    let office = Office::with(1_000).unwrap();
    let (ours, store) = runtime.block_on(async {
        let store = postgres::store(&postgres::by_socket(&server).unwrap()).await.unwrap();
        import(&store, &office).await.unwrap();
        (Ours::new("PostgreSQL", store.clone(), office), store)
    });
    within(&runtime, &ours, [(Work::Act, 950), (Work::Open, 385), (Work::Portfolio, 1_700), (Work::Counts, 350)]);
    runtime.block_on(store.close());
}

#[test]
fn an_act_on_sled_asks_for_little_memory_beside_the_threads_of_the_store() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let directory = tempfile::tempdir().unwrap();
    let office = Office::with(1_000).unwrap();
    let (ours, store) = runtime.block_on(async {
        let store = SledStore::open_or_create(directory.path().join("office")).await.unwrap();
        import(&store, &office).await.unwrap();
        (Ours::new("sled", store.clone(), office), store)
    });
    within(&runtime, &ours, [(Work::Act, 120), (Work::Open, 75), (Work::Portfolio, 520), (Work::Counts, 72)]);
    runtime.block_on(store.close());
}

/// Says all figures at once, so that one run shows them.
#[expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]
fn within(runtime: &Runtime, ours: &Ours, bounds: [(Work, u64); 4]) {
    let found = bounds.map(|(work, most)| {
        let found = at_least(20, || runtime.block_on(ours.piece(work)).unwrap());
        (work.name(), found, most)
    });
    assert!(found.iter().all(|(_, found, most)| found <= most), "{found:?}");
}
