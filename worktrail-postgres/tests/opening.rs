//! Connecting: what is promised, what is refused, and what is never said.

mod common;

use std::future::Future;
use std::net::TcpListener;
use std::time::Duration;

use common::{
    PATIENCE, batch, batch_of, connection, find, fresh, fresh_schema, impatient, kind_of, names, names_seen, opened,
    options, others, saving, team, team_key, told, until,
};
use postgres_server::Server;
use sqlx::Executor as _;
use sqlx::postgres::PgConnectOptions;
use worktrail_core::store::{Durability, Expect, Grouping, IndexRange, Position, Store as _, StoreErrorKind, Tenant};
use worktrail_postgres::{PostgresOptions, PostgresStore, migrate};

#[tokio::test]
async fn the_store_says_what_it_promises() {
    let (_schema, store) = fresh().await;
    let info = store.info();
    assert!(info.engine.starts_with("PostgreSQL 1"), "{info:?}");
    assert_eq!(info.durability, Durability::PowerSafe);
    for (name, value) in [
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("synchronous_commit", "on"),
        ("lock_timeout", "5s"),
        ("statement_timeout", "30s"),
        ("idle_in_transaction_session_timeout", "30s"),
    ] {
        assert!(info.settings.contains(&(name.to_owned(), value.to_owned())), "{name}: {info:?}");
    }
    for with in [|options: PostgresOptions| options, PostgresOptions::behind_transaction_pooler] {
        let store = opened(with(options(&fresh_schema())).durability(Durability::ProcessSafe)).await;
        assert_eq!(store.info().durability, Durability::ProcessSafe);
        assert!(store.info().settings.contains(&("synchronous_commit".to_owned(), "off".to_owned())));
    }
}

#[tokio::test]
async fn a_server_that_promises_less_is_seen_through_and_a_weakened_role_is_made_good() {
    let server = Server::start_with([("fsync", "off")]).unwrap();
    let store = opened(PostgresOptions::url(&server.url()).unwrap()).await;
    assert_eq!(store.info().durability, Durability::ProcessSafe);

    for (weak, strong) in [("off", "on"), ("local", "local"), ("remote_apply", "remote_apply")] {
        for with in [|options: PostgresOptions| options, PostgresOptions::behind_transaction_pooler] {
            let connect = others().options([("synchronous_commit", weak)]);
            let schema = fresh_schema();
            let store = opened(with(PostgresOptions::from(connect).schema(schema))).await;
            assert_eq!(store.info().durability, Durability::PowerSafe);
            assert!(store.info().settings.contains(&("synchronous_commit".to_owned(), strong.to_owned())), "{weak}");
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_said_to_be() {
    let missing = PostgresStore::connect(options(&fresh_schema())).await;
    assert_eq!(kind_of(&missing), Some(StoreErrorKind::SchemaOutdated));
    for name in ["", "a b", "a\"b", "Ips"] {
        assert_eq!(kind_of(&PostgresStore::connect(options(name)).await), Some(StoreErrorKind::Misuse), "{name}");
        assert_eq!(kind_of(&migrate(&options(name)).await), Some(StoreErrorKind::Misuse), "{name}");
    }
    assert_eq!(kind_of(&PostgresOptions::url("office.db")), Some(StoreErrorKind::Misuse));
    let nobody: PgConnectOptions = others().username("nobody").password("wrong");
    assert_eq!(kind_of(&PostgresStore::connect(nobody.into()).await), Some(StoreErrorKind::Unavailable));
    let nowhere = PostgresOptions::from(others().port(1)).patience(Duration::from_millis(100));
    assert_eq!(kind_of(&PostgresStore::connect(nowhere).await), Some(StoreErrorKind::Unavailable));
}

/// One that takes connections and never says a word.
#[tokio::test]
async fn a_silent_server_is_not_waited_for_without_end() {
    let silent = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let there = others().port(silent.local_addr().unwrap().port());
    let options = PostgresOptions::from(there).patience(Duration::from_millis(100));
    let connecting = tokio::time::timeout(PATIENCE, PostgresStore::connect(options.clone())).await.expect("an end");
    assert_eq!(kind_of(&connecting), Some(StoreErrorKind::Unavailable));
    let migrating = tokio::time::timeout(PATIENCE, migrate(&options)).await.expect("an end");
    assert_eq!(kind_of(&migrating), Some(StoreErrorKind::Unavailable));
}

/// What the server would work on for longer than it may, it gives up.
#[tokio::test]
async fn a_statement_takes_no_longer_than_it_may() {
    let schema = fresh_schema();
    opened(options(&schema)).await;
    let options = options(&schema).patience(PATIENCE).statement_timeout(Duration::from_millis(200));
    for with in [|options: PostgresOptions| options, PostgresOptions::behind_transaction_pooler] {
        let store = impatient(with(options.clone())).await;
        let mut theirs = connection(&schema).await;
        theirs.execute("BEGIN; LOCK TABLE worktrail_team IN ACCESS EXCLUSIVE MODE").await.unwrap();
        let (tenant, range) = (Tenant::default(), IndexRange::all(common::kind("team")));
        let waiting = store.count(&tenant, &range, Grouping::Whole);
        let given_up = tokio::time::timeout(PATIENCE, waiting).await.expect("an end");
        assert_eq!(kind_of(&given_up), Some(StoreErrorKind::Busy));
        let said = given_up.unwrap_err().to_string();
        assert!(said.contains("57014"), "not by the server: {said}");
        theirs.execute("ROLLBACK").await.unwrap();
        // The connection is of use still.
        let counting = async { while store.count(&tenant, &range, Grouping::Whole).await.is_err() {} };
        tokio::time::timeout(PATIENCE, counting).await.expect("it counts");
    }
}

#[tokio::test]
async fn a_server_that_takes_no_writes_is_said_to_be_read_only() {
    let schema = fresh_schema();
    migrate(&options(&schema)).await.unwrap();
    let connect = others().options([("default_transaction_read_only", "on")]);
    let opening = PostgresStore::connect(PostgresOptions::from(connect).schema(schema)).await;
    assert_eq!(kind_of(&opening), Some(StoreErrorKind::ReadOnly));
}

#[tokio::test]
async fn no_password_is_ever_printed() {
    let url = "postgres://office:TopSecret@127.0.0.1:1/cases";
    let options = PostgresOptions::url(url).unwrap().patience(Duration::from_millis(50));
    assert!(!format!("{options:?}").contains("TopSecret"));
    let error = PostgresStore::connect(options).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("TopSecret"));
    let error = PostgresOptions::url("postgres://office:TopSecret@[nowhere").unwrap_err();
    assert!(!format!("{error} {error:?}").contains("TopSecret"));
    let (_schema, store) = fresh().await;
    let secret = postgres_server::of_the_run().split([':', '@']).nth(2).unwrap().to_owned();
    assert!(secret.len() > 8 && !format!("{store:?}").contains(&secret));
}

/// However many wait: four that write, four that read, and one that sends hints.
#[tokio::test]
async fn there_are_no_more_connections_than_are_said() {
    let schema = fresh_schema();
    opened(options(&schema)).await.close().await;
    let store = PostgresOptions::from(others().application_name(&schema)).schema(&schema).patience(PATIENCE);
    let store = PostgresStore::connect(store).await.unwrap();
    let calls: Vec<_> = (1..=40)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(async move {
                let tenant = format!("tenant-{number}");
                let founded = batch_of(&tenant).put(team(number, "Nord"), Expect::Absent).tell(told(team_key(number)));
                store.commit(founded.build().unwrap()).await.unwrap();
                let range = IndexRange::all(common::kind("team"));
                store.count(&Tenant::parse(&tenant).unwrap(), &range, Grouping::Whole).await.unwrap()[0].count
            })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap(), 1);
    }
    let text = "SELECT count(*) FROM pg_stat_activity WHERE application_name = $1";
    let there: i64 = sqlx::query_scalar(text).bind(&schema).fetch_one(&mut connection(&schema).await).await.unwrap();
    assert!((2..=9).contains(&there), "{there} connections");
}

#[tokio::test]
async fn a_closed_store_says_so() {
    let (schema, store) = fresh().await;
    let waiting = {
        let store = store.clone();
        tokio::spawn(async move { store.commit(batch().put(team(1, "Nord"), Expect::Absent).build().unwrap()).await })
    };
    // Begun before closing, and finished by it.
    tokio::task::yield_now().await;
    store.close().await;
    store.close().await;
    waiting.await.unwrap().unwrap();
    assert_eq!(names_seen(&schema).await, ["Nord"]);
    assert_eq!(kind_of(&store.commit(saving([(2, "Sør".to_owned())])).await), Some(StoreErrorKind::Closed));
    assert_eq!(kind_of(&find(&store, team_key(1)).await), Some(StoreErrorKind::Closed));
    assert_eq!(kind_of(&store.scrub().await), Some(StoreErrorKind::Closed));
    // No connection is left open. The server's side of one ends a little later than ours.
    until(&schema, <[i32]>::is_empty).await;
}

#[test]
fn a_store_lives_on_the_runtime_that_opened_it() {
    let runtime = || tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let home = runtime();
    let (schema, store) = home.block_on(fresh());
    // Called from another runtime, and from none.
    runtime().block_on(store.commit(saving([(1, "Nord".to_owned())]))).unwrap();
    assert_eq!(runtime().block_on(names(&store)), ["Nord"]);
    // Somebody waits for news when it ends.
    let away = runtime();
    let watcher = store.clone();
    let watching = away.spawn(async move { watcher.watch(&Tenant::default(), Position::new(9)).await });
    home.block_on(until(&format!("LISTEN \"worktrail_{schema}\""), |pids| pids.len() == 1));
    home.shutdown_timeout(Duration::from_secs(1));
    assert_eq!(kind_of(&away.block_on(watching).unwrap()), Some(StoreErrorKind::Unavailable));
    let tenant = Tenant::default();
    let watching = away.block_on(store.watch(&tenant, Position::new(9)));
    assert_eq!(kind_of(&watching), Some(StoreErrorKind::Unavailable));
    let late = runtime().block_on(store.commit(saving([(2, "Sør".to_owned())])));
    assert_eq!(kind_of(&late), Some(StoreErrorKind::Closed));
    assert_eq!(kind_of(&runtime().block_on(find(&store, team_key(1)))), Some(StoreErrorKind::Unavailable));
}

#[test]
fn without_a_runtime_it_is_said_and_nothing_ends() {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let opening = std::pin::pin!(PostgresStore::connect(options("worktrail"))).poll(&mut context);
    let std::task::Poll::Ready(opening) = opening else { panic!("it waits for what never comes") };
    assert_eq!(kind_of(&opening), Some(StoreErrorKind::Misuse));
}

#[tokio::test]
async fn the_least_and_the_most_of_every_bound_will_do() {
    let schema = fresh_schema();
    let options = options(&schema);
    let most = options.clone().connections(usize::MAX, usize::MAX).queue(usize::MAX, usize::MAX);
    let most = most.patience(Duration::MAX).statement_timeout(Duration::MAX);
    let least = options.connections(0, 0).queue(0, 0);
    for options in [most, least] {
        let store = opened(options).await;
        store.commit(saving([(1, "Nord".to_owned())])).await.unwrap();
        assert!(find(&store, team_key(1)).await.unwrap().is_some());
        store.close().await;
    }
}
