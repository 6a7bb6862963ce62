//! How often a call waits for the server: counted between the two, where nobody can be mistaken.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use common::{batch, details, find, fresh_schema, names, options, others, saving, stamp, team, team_key, told};
use sqlx::postgres::PgConnectOptions;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use worktrail_core::store::{Expect, Grouping, IndexRange, JournalRange, Key, Limit, Position, Store as _, Tenant};
use worktrail_postgres::{PostgresOptions, PostgresStore, migrate};

/// Stands between a store and the server, and counts what is waited for.
struct Between {
    port: u16,
    trips: Arc<AtomicUsize>,
    hints: Arc<AtomicUsize>,
}

impl Between {
    async fn open() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let [trips, hints] = [Arc::<AtomicUsize>::default(), Arc::default()];
        let counted = (Arc::clone(&trips), Arc::clone(&hints));
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = TcpStream::connect((others().get_host(), others().get_port())).await.unwrap();
                let (from_client, mut to_client) = client.into_split();
                let (mut from_server, to_server) = server.into_split();
                let (trips, hints) = &counted;
                tokio::spawn(count(from_client, to_server, Arc::clone(trips), Arc::clone(hints)));
                tokio::spawn(async move { tokio::io::copy(&mut from_server, &mut to_client).await });
            }
        });
        Self { port, trips, hints }
    }

    /// How often the server was waited for since this was last asked.
    fn trips(&self) -> usize {
        self.trips.swap(0, Ordering::SeqCst)
    }

    /// How many hints were sent to other processes, in trips of their own that no call waits for.
    fn hints(&self) -> usize {
        self.hints.load(Ordering::SeqCst)
    }
}

/// Passes messages on. Those that ask for an answer are `Sync` and `Query`, after the one that opens the connection.
async fn count(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    trips: Arc<AtomicUsize>,
    hints: Arc<AtomicUsize>,
) -> std::io::Result<()> {
    let opening = body(&mut from).await?;
    pass(&mut to, &opening).await?;
    loop {
        let kind = from.read_u8().await?;
        let body = body(&mut from).await?;
        if [b'S', b'Q'].contains(&kind) {
            let is_hint = body.windows(6).any(|bytes| bytes == b"NOTIFY");
            if is_hint { &hints } else { &trips }.fetch_add(1, Ordering::SeqCst);
        }
        to.write_u8(kind).await?;
        pass(&mut to, &body).await?;
    }
}

async fn body(from: &mut OwnedReadHalf) -> std::io::Result<Vec<u8>> {
    let length = from.read_i32().await?;
    let mut body = vec![0; usize::try_from(length).unwrap() - 4];
    from.read_exact(&mut body).await?;
    Ok(body)
}

async fn pass(to: &mut OwnedWriteHalf, body: &[u8]) -> std::io::Result<()> {
    to.write_i32(i32::try_from(body.len()).unwrap() + 4).await?;
    to.write_all(body).await
}

async fn between(with: fn(PostgresOptions) -> PostgresOptions) -> (String, Between, PostgresStore) {
    let (schema, between) = (fresh_schema(), Between::open().await);
    migrate(&options(&schema)).await.unwrap();
    let connect: PgConnectOptions = others().port(between.port).options([("search_path", "public")]);
    let options = PostgresOptions::from(connect).schema(&schema).connections(1, 1);
    let store = PostgresStore::connect(with(options)).await.unwrap();
    (schema, between, store)
}

/// A batch that does all that a batch can.
fn whole(number: u128) -> worktrail_core::store::Batch {
    let told = told(team_key(number)).with(details("founded"));
    let batch = batch().put(team(number, &format!("{number}")), Expect::Absent).tell(told);
    batch.stamp(stamp(number, 1)).build().unwrap()
}

#[tokio::test]
async fn a_commit_is_two_trips_and_a_reading_is_one() {
    let (_schema, between, store) = between(|options| options).await;
    let tenant = Tenant::default();
    let range = IndexRange::all(common::kind("team"));
    // Each text is prepared when it is met for the first time; a tenant's first commit makes its head.
    for number in 0..2 {
        store.commit(whole(number)).await.unwrap();
    }
    let keys = [Key::Record(team_key(0)), Key::Record(team_key(1)), Key::Stamp(stamp(1, 1).id())];
    store.get(&tenant, &keys).await.unwrap();
    names(&store).await;
    store.count(&tenant, &range, Grouping::Whole).await.unwrap();
    store.journal(&tenant, JournalRange::Everything, Position::START, Limit::MAX).await.unwrap();
    between.trips();

    store.commit(whole(2)).await.unwrap();
    assert_eq!(between.trips(), 2, "a commit");
    store.get(&tenant, &keys).await.unwrap();
    assert_eq!(between.trips(), 1, "a look-up of several keys of several sorts");
    assert_eq!(names(&store).await.len(), 3);
    assert_eq!(between.trips(), 1, "a page");
    store.count(&tenant, &range, Grouping::Whole).await.unwrap();
    assert_eq!(between.trips(), 1, "a count");
    store.journal(&tenant, JournalRange::Everything, Position::START, Limit::MAX).await.unwrap();
    assert_eq!(between.trips(), 1, "the journal");
    assert!(store.commit(batch().put(team(2, "2"), Expect::Absent).build().unwrap()).await.is_err());
    assert!(between.trips() <= 3, "a refusal writes nothing");
}

/// Each hint is followed by a pause, and whatever comes meanwhile goes into the next one.
#[tokio::test]
async fn hints_cost_no_commit_a_trip_and_are_few() {
    let (_schema, between, store) = between(|options| options).await;
    for number in 0..2 {
        store.commit(whole(number)).await.unwrap();
    }
    between.trips();
    let begun = tokio::time::Instant::now();
    for number in 2..52 {
        store.commit(whole(number)).await.unwrap();
        assert_eq!(between.trips(), 2, "a commit");
    }
    store.close().await;
    let most = 3 + begun.elapsed().as_millis() / 20;
    assert!((1..=most).contains(&(between.hints() as u128)), "{} hints, at most {most}", between.hints());
}

#[tokio::test]
async fn a_hundred_that_wait_share_the_trips_of_two() {
    let (_schema, between, store) = between(|options| options).await;
    for number in 0..2 {
        store.commit(whole(number)).await.unwrap();
    }
    find(&store, team_key(1)).await.unwrap();
    between.trips();
    let commits: Vec<_> = (2..102).map(|number| store.commit(whole(number))).collect();
    for outcome in together(commits).await {
        outcome.unwrap();
    }
    assert_eq!(between.trips(), 2, "a hundred commits that waited together");
    let loads: Vec<_> = (0..100).map(|number| find(&store, team_key(number))).collect();
    for found in together(loads).await {
        assert!(found.unwrap().is_some());
    }
    assert_eq!(between.trips(), 1, "a hundred look-ups that waited together");
}

/// Polls all of them, in turn, until all are done.
async fn together<F: Future>(futures: Vec<F>) -> Vec<F::Output> {
    let mut waiting: Vec<_> = futures.into_iter().map(Box::pin).collect();
    let mut done = Vec::new();
    std::future::poll_fn(|context| {
        waiting.retain_mut(|future| match future.as_mut().poll(context) {
            std::task::Poll::Ready(output) => {
                done.push(output);
                false
            }
            std::task::Poll::Pending => true,
        });
        if waiting.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    done
}

/// Somebody else moves the head between the store's two trips: then it is locked first, and two trips become six.
#[tokio::test]
async fn a_miss_costs_four_more() {
    let (schema, between, store) = between(|options| options).await;
    let other = PostgresStore::connect(options(&schema)).await.unwrap();
    store.commit(saving([(1, "1".to_owned())])).await.unwrap();
    // A head that moves whenever it is looked at is what a trigger makes of it; plain SQL of others is as good.
    let mut most = 0;
    for number in 0..40_u128 {
        between.trips();
        let both = tokio::join!(
            store.commit(saving([(10 + number, format!("one {number}"))])),
            other.commit(saving([(60 + number, format!("other {number}"))])),
        );
        both.0.unwrap();
        both.1.unwrap();
        most = most.max(between.trips());
    }
    assert!(most <= 6 + 4, "{most} trips: six, and those for preparing the two texts");
}

#[tokio::test]
async fn behind_a_pooler_a_commit_is_six_trips_and_a_reading_four() {
    let (_schema, between, store) = between(PostgresOptions::behind_transaction_pooler).await;
    store.commit(whole(1)).await.unwrap();
    between.trips();
    store.commit(whole(2)).await.unwrap();
    assert_eq!(between.trips(), 6, "a commit");
    find(&store, team_key(1)).await.unwrap();
    assert_eq!(between.trips(), 4, "a look-up");
}
