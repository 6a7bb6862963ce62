//! How often a call waits for the server: counted between the two, where nobody can be mistaken.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod between;
mod common;

use between::Between;
use common::{batch, details, find, names, options, saving, stamp, team, team_key, told};
use worktrail_core::store::{Expect, Grouping, IndexRange, JournalRange, Key, Limit, Position, Store as _, Tenant};
use worktrail_postgres::{PostgresOptions, PostgresStore};

/// A batch that does all that a batch can.
fn whole(number: u128) -> worktrail_core::store::Batch {
    let told = told(team_key(number)).with(details("founded"));
    let batch = batch().put(team(number, &format!("{number}")), Expect::Absent).tell(told);
    batch.stamp(stamp(number, 1)).build().unwrap()
}

#[tokio::test]
async fn a_commit_is_two_trips_and_a_reading_is_one() {
    let (_schema, between, store) = Between::opened(|options| options).await;
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
    let (_schema, between, store) = Between::opened(|options| options).await;
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
    let (_schema, between, store) = Between::opened(|options| options).await;
    // What several send has a text of its own, which is prepared before it is first used.
    store.commit(whole(0)).await.unwrap();
    for outcome in together((1..3).map(|number| store.commit(whole(number))).collect()).await {
        outcome.unwrap();
    }
    for found in together((0..2).map(|number| find(&store, team_key(number))).collect()).await {
        assert!(found.unwrap().is_some());
    }
    between.trips();
    let commits: Vec<_> = (3..103).map(|number| store.commit(whole(number))).collect();
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

/// Somebody else moves the head between the store's two trips: then it is locked first.
#[tokio::test]
async fn a_miss_costs_four_more() {
    let (schema, between, store) = Between::opened(|options| options).await;
    let other = PostgresStore::connect(options(&schema)).await.unwrap();
    for number in 1..=2 {
        store.commit(saving([(number, format!("{number}"))])).await.unwrap();
    }
    between.trips();
    let missing = between.before_trip(2, || other.commit(saving([(3, "3".to_owned())])));
    let (late, first) = tokio::join!(store.commit(saving([(4, "4".to_owned())])), missing);
    first.unwrap();
    late.unwrap();
    assert_eq!(between.trips(), 2 + 4);
}

#[tokio::test]
async fn behind_a_pooler_a_commit_is_six_trips_and_a_reading_four() {
    let (_schema, between, store) = Between::opened(PostgresOptions::behind_transaction_pooler).await;
    store.commit(whole(1)).await.unwrap();
    between.trips();
    store.commit(whole(2)).await.unwrap();
    assert_eq!(between.trips(), 6, "a commit");
    find(&store, team_key(1)).await.unwrap();
    assert_eq!(between.trips(), 4, "a look-up");
}
