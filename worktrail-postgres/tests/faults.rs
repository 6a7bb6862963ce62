//! What happens when something goes wrong: a server that goes down, callers that go away, exhaustion, damage.

mod common;

use std::future::Future;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use common::{
    PATIENCE, batch, connection, details, find, fresh, fresh_schema, impatient, kind, kind_of, names, names_seen,
    opened, options, participant, run, saving, stamp, team, team_key, told, until_yes,
};
use postgres_server::Server;
use sqlx::Executor as _;
use worktrail_core::store::{
    Body, CommandId, Expect, Grouping, IndexRange, JournalRange, Key, Limit, PageRequest, Position, Record, Store as _,
    StoreErrorKind, Tenant,
};
use worktrail_postgres::PostgresOptions;

/// Polls a future so many times, whenever it is woken, and drops it if it is not done by then.
async fn dropped_after<F: Future>(polls: usize, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut done = 0;
    std::future::poll_fn(move |context| {
        if done == polls {
            return Poll::Ready(None);
        }
        done += 1;
        match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if done == polls => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// With one connection each way, so that one that were left in the middle of something would be noticed at once; and with
/// every call in a transaction of its own, where one could be left open.
#[tokio::test]
async fn a_caller_may_go_away_at_any_moment() {
    let as_they_are: fn(PostgresOptions) -> PostgresOptions = |options| options;
    for with in [as_they_are, PostgresOptions::behind_transaction_pooler] {
        let schema = fresh_schema();
        let store = opened(with(options(&schema)).connections(1, 1)).await;
        let (tenant, range) = (Tenant::default(), IndexRange::all(kind("team")));
        let (page, everything) = (PageRequest::first(Limit::MAX), JournalRange::Everything);
        let mut completed = [false; 5];
        for polls in 0..6_u128 {
            let many = usize::try_from(polls).unwrap();
            let three = (0..3).map(|n| (polls * 10 + n, format!("{polls}-{n}")));
            let whole =
                three.fold(batch().tell(told(team_key(1))), |all, (n, name)| all.put(team(n, &name), Expect::Any));
            completed[0] |= dropped_after(many, store.commit(whole.build().unwrap())).await.is_some();
            completed[1] |= dropped_after(many, store.get(&tenant, &[Key::Record(team_key(1))])).await.is_some();
            completed[2] |= dropped_after(many, store.scan(&tenant, &range, &page)).await.is_some();
            completed[3] |= dropped_after(many, store.count(&tenant, &range, Grouping::Whole)).await.is_some();
            let journal = store.journal(&tenant, everything, Position::START, Limit::MAX);
            completed[4] |= dropped_after(many, journal).await.is_some();

            // The store goes on, on all its connections, and whole commits only are seen from outside.
            store.commit(saving([(1_000_000 + polls, format!("after {polls}"))])).await.unwrap();
            let (after, dropped): (Vec<_>, Vec<_>) =
                names_seen(&schema).await.into_iter().partition(|name| name.starts_with("after"));
            assert_eq!(after.len() as u128, polls + 1);
            assert_eq!(dropped.len() % 3, 0, "half a batch: {dropped:?}");
            let told = store.journal(&tenant, everything, Position::START, Limit::MAX).await.unwrap().entries;
            assert_eq!(told.len(), dropped.len() / 3);
        }
        assert_eq!(completed, [true; 5], "no call came to its end: poll more often");
        let mut theirs = connection(&schema).await;
        let open = "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' AND query LIKE $1";
        let open: i64 = sqlx::query_scalar(open).bind(format!("%{schema}%")).fetch_one(&mut theirs).await.unwrap();
        assert_eq!(open, 0, "a transaction was left open");
    }
}

#[tokio::test]
async fn when_all_connections_are_in_use_it_is_busy_in_time_and_recovers() {
    let schema = fresh_schema();
    let patience = Duration::from_millis(500);
    opened(options(&schema)).await.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
    let store = impatient(options(&schema).connections(1, 1).patience(patience)).await;
    // Somebody makes every reading wait.
    let mut theirs = connection(&schema).await;
    theirs.execute("BEGIN; LOCK TABLE worktrail_team IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let range = IndexRange::all(kind("team"));
    let begun = tokio::time::Instant::now();
    let (tenant, page) = (Tenant::default(), PageRequest::first(Limit::MAX));
    let waiters: Vec<_> = (0..200)
        .map(|_| {
            let (store, tenant, range, page) = (store.clone(), tenant.clone(), range.clone(), page.clone());
            tokio::spawn(async move { store.scan(&tenant, &range, &page).await })
        })
        .collect();
    for waiter in waiters {
        assert_eq!(kind_of(&waiter.await.unwrap()), Some(StoreErrorKind::Busy));
    }
    // Waiting for the connection, and then for the lock, each at most as long, however many wait: a small part of what they
    // would take one after the other.
    let waited = begun.elapsed();
    assert!(waited >= patience && waited < patience * 40, "{waited:?}");
    theirs.execute("ROLLBACK").await.unwrap();
    assert_eq!(names(&store).await, ["Nord"]);
}

#[tokio::test]
async fn a_full_queue_is_busy_at_once() {
    let store = opened(options(&fresh_schema()).queue(2, 100_000)).await;
    // The writer has had no turn yet, so what is sent now waits.
    let commits: Vec<_> = (1..=3).map(|n| Box::pin(store.commit(saving([(n, format!("{n}"))])))).collect();
    let (mut outcomes, mut pending) = (Vec::new(), Vec::new());
    for mut commit in commits {
        match std::future::poll_fn(|context| Poll::Ready(commit.as_mut().poll(context))).await {
            Poll::Ready(outcome) => outcomes.push(outcome),
            Poll::Pending => pending.push(commit),
        }
    }
    assert_eq!(outcomes.iter().map(kind_of).collect::<Vec<_>>(), [Some(StoreErrorKind::Busy)]);
    for commit in pending {
        commit.await.unwrap();
    }
    // By weight: two that are too much together, and one that is too much alone and admitted all the same.
    let heavy = |number, length| {
        let record = Record::new(team_key(number), Body::new(1, vec![0; length]));
        batch().put(record, Expect::Any).build().unwrap()
    };
    let (one, other) = tokio::join!(store.commit(heavy(11, 90_000)), store.commit(heavy(12, 90_000)));
    one.unwrap();
    assert_eq!(kind_of(&other), Some(StoreErrorKind::Busy));
    store.commit(heavy(13, 200_000)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_was_killed_is_found_again() {
    let mut server = Server::start().unwrap();
    let url = PostgresOptions::url(&server.url()).unwrap();
    let store = opened(url.clone().patience(PATIENCE)).await;
    store.commit(batch().put(team(1, "Nord"), Expect::Absent).stamp(stamp(1, 1)).build().unwrap()).await.unwrap();
    assert_eq!(names(&store).await, ["Nord"]);
    let hasty = impatient(url.patience(Duration::from_millis(300))).await;
    server.kill().unwrap();
    let lost = hasty.commit(saving([(2, "Sør".to_owned())])).await;
    assert_eq!(kind_of(&lost), Some(StoreErrorKind::Unavailable), "nothing had been sent: {lost:?}");
    assert_eq!(kind_of(&find(&hasty, team_key(1)).await), Some(StoreErrorKind::Unavailable));
    server.start_again().unwrap();
    assert_eq!(names(&store).await, ["Nord"]);
    store.commit(saving([(2, "Sør".to_owned())])).await.unwrap();

    // Idle connections that died are noticed, and nobody is told of it.
    server.kill().unwrap();
    server.start_again().unwrap();
    store.commit(saving([(3, "Vest".to_owned())])).await.unwrap();
    assert!(find(&store, team_key(3)).await.unwrap().is_some());
    assert_eq!(names(&store).await, ["Nord", "Sør", "Vest"]);
}

#[tokio::test]
async fn a_backend_that_is_ended_in_a_commit_leaves_it_unknown_and_the_same_command_settles_it() {
    let (schema, store) = fresh().await;
    let command = || batch().put(team(1, "Nord"), Expect::Absent).stamp(stamp(1, 1)).build().unwrap();
    // It takes so long that it can be ended in the middle.
    run(
        &schema,
        "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(60); RETURN NEW; END'; \
         CREATE TRIGGER slow BEFORE INSERT ON worktrail_team EXECUTE FUNCTION slow()",
    )
    .await;
    let committing = {
        let (store, command) = (store.clone(), command());
        tokio::spawn(async move { store.commit(command).await })
    };
    let mut theirs = connection(&schema).await;
    let end = "SELECT count(pg_terminate_backend(pid)) > 0 FROM pg_stat_activity \
               WHERE wait_event = 'PgSleep' AND position($1 IN query) > 0";
    until_yes(&mut theirs, end, &schema).await;
    assert_eq!(kind_of(&committing.await.unwrap()), Some(StoreErrorKind::Unknown));
    run(&schema, "DROP TRIGGER slow ON worktrail_team").await;
    let receipt = store.commit(command()).await.unwrap();
    assert_eq!(receipt.replay(), worktrail_core::store::Replay::First);
    assert_eq!(store.commit(command()).await.unwrap().replay(), worktrail_core::store::Replay::Again);
}

#[tokio::test]
async fn damage_is_noticed_where_it_is() {
    let damages = [
        "UPDATE worktrail_team SET body = '\\x4e6f7264fe' WHERE name = 'Nord'",
        "UPDATE worktrail_team SET method = 'other' WHERE name = 'Nord'",
        "UPDATE worktrail_team SET method = NULL WHERE name = 'Nord'",
        "UPDATE worktrail_team SET revision = 77 WHERE name = 'Nord'",
        "UPDATE worktrail_team SET body_version = 2 WHERE name = 'Nord'",
        "UPDATE worktrail_team SET digest = decode(repeat('00', 32), 'hex') WHERE name = 'Nord'",
        "UPDATE worktrail_team SET subject = gen_random_uuid() WHERE name = 'Nord'",
        "UPDATE worktrail_team SET id = '00000000-0000-0000-0000-000000000009' WHERE name = 'Nord'",
    ];
    for damage in damages {
        let (schema, store) = fresh().await;
        store.commit(saving([(1, "Nord".to_owned()), (2, "Sør".to_owned())])).await.unwrap();
        run(&schema, damage).await;
        let key = team_key(if damage.contains("SET id") { 9 } else { 1 });
        // Of look-ups and of batches that are done together, only the one that touches it fails.
        let (bad, good) = tokio::join!(find(&store, key), find(&store, team_key(2)));
        assert_eq!(kind_of(&bad), Some(StoreErrorKind::Corrupt), "{damage}");
        assert!(good.unwrap().is_some());
        let range = IndexRange::all(kind("team"));
        let page = store.scan(&Tenant::default(), &range, &PageRequest::first(Limit::MAX)).await;
        assert_eq!(kind_of(&page), Some(StoreErrorKind::Corrupt));
        let (bad, one, other) = tokio::join!(
            store.commit(batch().remove(key, None, Expect::Any).build().unwrap()),
            store.commit(batch().put(team(2, "Sør 2"), Expect::Any).build().unwrap()),
            store.commit(batch().put(team(3, "Vest"), Expect::Any).build().unwrap()),
        );
        assert_eq!(kind_of(&bad), Some(StoreErrorKind::Corrupt), "{damage}");
        one.unwrap();
        other.unwrap();
    }
}

#[tokio::test]
async fn a_day_beyond_all_days_is_damage_and_harms_nobody_else() {
    let (schema, store) = fresh().await;
    let key = participant(5, "48128549318", b"").key();
    let save = batch().put(participant(5, "48128549318", b"person"), Expect::Absent).build().unwrap();
    store.commit(save).await.unwrap();
    for day in ["infinity", "-infinity", "5000000-01-01"] {
        run(&schema, &format!("UPDATE worktrail_participant SET birth_date = '{day}'")).await;
        let (bad, good) = tokio::join!(find(&store, key), find(&store, team_key(2)));
        assert_eq!(kind_of(&bad), Some(StoreErrorKind::Corrupt), "{day}");
        assert!(good.unwrap().is_none());
        let (bad, good) = tokio::join!(
            store.commit(batch().remove(key, None, Expect::Any).build().unwrap()),
            store.commit(batch().put(team(2, "Sør"), Expect::Any).build().unwrap()),
        );
        assert_eq!(kind_of(&bad), Some(StoreErrorKind::Corrupt), "{day}");
        good.unwrap();
        store.commit(batch().remove(team_key(2), None, Expect::Any).build().unwrap()).await.unwrap();
    }
}

#[tokio::test]
async fn damage_in_the_journal_and_in_stamps_is_noticed() {
    let damages = [
        "UPDATE worktrail_journal SET code = 'test.other'",
        "UPDATE worktrail_journal SET actor = gen_random_uuid()",
        "UPDATE worktrail_journal SET previous = decode(repeat('11', 32), 'hex')",
        "UPDATE worktrail_journal SET details = '\\x00'",
        "UPDATE worktrail_journal SET kind = 'nothing'",
        "UPDATE worktrail_journal SET position = position + 4",
        "UPDATE worktrail_journal SET at = 'infinity'",
        "UPDATE worktrail_journal SET at = '290000-01-01'",
        "DELETE FROM worktrail_journal WHERE position = 1",
        "DELETE FROM worktrail_journal WHERE position = 3",
        "UPDATE worktrail_head SET position = 2",
        "DELETE FROM worktrail_head",
    ];
    for damage in damages {
        let (schema, store) = fresh().await;
        for number in 1..=3 {
            let told = told(team_key(number)).with(details("founded"));
            store.commit(batch().tell(told).build().unwrap()).await.unwrap();
        }
        run(&schema, damage).await;
        let read = store.journal(&Tenant::default(), JournalRange::Everything, Position::START, Limit::MAX).await;
        assert_eq!(kind_of(&read), Some(StoreErrorKind::Corrupt), "{damage}");
    }
    let damages = [
        "UPDATE worktrail_stamp SET reply = '\\x00'",
        "UPDATE worktrail_stamp SET revision = 9",
        "UPDATE worktrail_stamp SET at = '-infinity'",
    ];
    for damage in damages {
        let (schema, store) = fresh().await;
        store.commit(batch().stamp(stamp(1, 1)).build().unwrap()).await.unwrap();
        run(&schema, damage).await;
        let key = Key::Stamp(CommandId::new(common::id(1)));
        assert_eq!(kind_of(&store.get(&Tenant::default(), &[key]).await), Some(StoreErrorKind::Corrupt), "{damage}");
        let again = store.commit(batch().stamp(stamp(1, 1)).build().unwrap()).await;
        assert_eq!(kind_of(&again), Some(StoreErrorKind::Corrupt), "{damage}");
    }
}
