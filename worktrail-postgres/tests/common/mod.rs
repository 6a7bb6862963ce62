//! What several tests need: records, batches, and a look past the store.

#![expect(dead_code, reason = "each test file uses some of it")]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Executor as _};
pub(crate) use worktrail_core::conformance::examples::*;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{Batch, BatchBuilder, Expect, IndexRange, Kind, Limit, PageRequest, Store, Tenant};
use worktrail_postgres::{PostgresOptions, PostgresStore, migrate};

/// What takes longer than this does not happen.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

pub(crate) fn kind(name: &str) -> Kind {
    SCHEMA.kind(name).expect("a kind of the schema")
}

/// A batch of another tenant.
pub(crate) fn batch_of(tenant: &str) -> BatchBuilder {
    Batch::of(Tenant::parse(tenant).unwrap())
}

/// A batch that saves teams.
pub(crate) fn saving(teams: impl IntoIterator<Item = (u128, String)>) -> Batch {
    let teams = teams.into_iter();
    teams.fold(batch(), |batch, (number, name)| batch.put(team(number, &name), Expect::Any)).build().unwrap()
}

/// The name of a schema that nobody else uses.
pub(crate) fn fresh_schema() -> String {
    format!("test_{}", postgres_server::drawn().unwrap())
}

/// How a schema on the server of the run is connected.
pub(crate) fn options(schema: &str) -> PostgresOptions {
    PostgresOptions::url(&postgres_server::of_the_run()).unwrap().schema(schema)
}

/// A store in a new schema, and the schema's name.
pub(crate) async fn fresh() -> (String, PostgresStore) {
    let schema = fresh_schema();
    let store = opened(options(&schema)).await;
    (schema, store)
}

/// A store with these options.
pub(crate) async fn opened(options: PostgresOptions) -> PostgresStore {
    migrate(&options).await.unwrap();
    PostgresStore::connect(options).await.unwrap()
}

/// A store with so little patience that a machine which is busy elsewhere may take longer to connect at all: then it is
/// tried again. It has a connection to write by then, and one to read.
pub(crate) async fn impatient(options: PostgresOptions) -> PostgresStore {
    let connecting = async {
        loop {
            if let Ok(store) = PostgresStore::connect(options.clone()).await
                && find(&store, team_key(u128::MAX)).await.is_ok()
            {
                return store;
            }
        }
    };
    tokio::time::timeout(PATIENCE, connecting).await.expect("it is let in")
}

/// The names of all teams, by id.
pub(crate) async fn names(store: &dyn Store) -> Vec<String> {
    let range = IndexRange::all(kind("team"));
    let page = store.scan(&Tenant::default(), &range, &PageRequest::first(Limit::MAX)).await.unwrap();
    page.records.iter().map(|it| String::from_utf8(it.record().body().bytes().to_vec()).unwrap()).collect()
}

/// How somebody else connects.
pub(crate) fn others() -> PgConnectOptions {
    let options: PgConnectOptions = postgres_server::of_the_run().parse().unwrap();
    options.options([("client_min_messages", "error")])
}

/// A connection of somebody else, for whom names without a schema mean this one.
pub(crate) async fn connection(schema: &str) -> PgConnection {
    others().options([("search_path", schema)]).connect().await.unwrap()
}

/// The names of all teams as another connection sees them, by id.
pub(crate) async fn names_seen(schema: &str) -> Vec<String> {
    let mut connection = connection(schema).await;
    sqlx::query_scalar("SELECT name FROM worktrail_v_team ORDER BY id").fetch_all(&mut connection).await.unwrap()
}

/// Runs statements of somebody else.
pub(crate) async fn run(schema: &str, text: &str) {
    connection(schema).await.execute(AssertSqlSafe(text.to_owned())).await.unwrap();
}

/// Those of the server's processes whose last statement has these words.
pub(crate) async fn processes(words: &str) -> Vec<i32> {
    let theirs = "SELECT pid FROM pg_stat_activity WHERE position($1 IN query) > 0 AND pid <> pg_backend_pid()";
    let mut connection = connection("public").await;
    sqlx::query_scalar(theirs).bind(words).fetch_all(&mut connection).await.unwrap()
}

/// Asks the server for them until it is so.
pub(crate) async fn until(words: &str, is_so: impl Fn(&[i32]) -> bool + Send + Sync) -> Vec<i32> {
    let asking = async {
        loop {
            let pids = processes(words).await;
            if is_so(&pids) {
                return pids;
            }
        }
    };
    tokio::time::timeout(PATIENCE, asking).await.expect("it never came to be so")
}

/// Asks a question of the server until the answer is yes.
pub(crate) async fn until_yes(connection: &mut PgConnection, question: &'static str, about: &str) {
    let asking = async {
        while !sqlx::query_scalar::<_, bool>(question).bind(about).fetch_one(&mut *connection).await.unwrap() {}
    };
    tokio::time::timeout(PATIENCE, asking).await.expect("it never came to be so");
}

/// Until somebody waits for what this connection holds.
pub(crate) async fn until_somebody_waits_for(holder: &mut PgConnection) {
    let waiting = "SELECT EXISTS (SELECT 1 FROM pg_stat_activity \
                   WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid)) AND $1 = '')";
    until_yes(holder, waiting, "").await;
}
