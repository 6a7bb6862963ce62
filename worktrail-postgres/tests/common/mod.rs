//! What several tests need: records, batches, and a look past the store.

#![expect(dead_code, reason = "each test file uses some of it")]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Executor as _};
use uuid::Uuid;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{
    Batch, BatchBuilder, Body, CommandId, Details, Digest, Expect, Happening, IndexRange, Key, Kind, Limit,
    PageRequest, Record, RecordKey, Salt, Stamp, Store, StoreError, StoreErrorKind, Stored, StoredRecord, Subject,
    Tenant,
};
use worktrail_postgres::{PostgresOptions, PostgresStore, migrate};

/// What takes longer than this does not happen.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

pub(crate) fn kind(name: &str) -> Kind {
    SCHEMA.kind(name).expect("a kind of the schema")
}

pub(crate) fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub(crate) fn at() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH
}

/// A team, whose name is unique.
pub(crate) fn team(number: u128, name: &str) -> Record {
    Record::new(team_key(number), Body::new(1, name.as_bytes())).with("name", name).with("method", "ips")
}

pub(crate) fn team_key(number: u128) -> RecordKey {
    RecordKey::new(kind("team"), id(number))
}

/// A participant, about whom it is.
pub(crate) fn participant(number: u128, national_id: &str, body: &[u8]) -> Record {
    let key = RecordKey::new(kind("participant"), id(number));
    Record::new(key, Body::new(1, body)).about(Subject::new(id(number))).with("national_id", national_id)
}

/// A trail under a participant.
pub(crate) fn trail(number: u128, participant: u128, body: &[u8]) -> Record {
    let key = RecordKey::new(kind("trail"), id(number));
    Record::new(key, Body::new(1, body)).about(Subject::new(id(participant))).under(id(participant))
}

pub(crate) fn batch() -> BatchBuilder {
    Batch::of(Tenant::default())
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

pub(crate) fn told(about: RecordKey) -> Happening {
    Happening::new("test.told", about, id(7), at())
}

pub(crate) fn details(text: &str) -> Details {
    Details::new(Salt::new([7; 16]), text.as_bytes())
}

pub(crate) fn stamp(number: u128, says: u8) -> Stamp {
    Stamp::new(CommandId::new(id(number)), Digest::new([says; 32]), b"reply".as_slice(), at())
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

pub(crate) async fn find(store: &dyn Store, key: RecordKey) -> Result<Option<StoredRecord>, StoreError> {
    let found = store.get(&Tenant::default(), &[Key::Record(key)]).await?;
    Ok(found.into_iter().flatten().find_map(Stored::into_record))
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

/// What went wrong, if anything did.
pub(crate) fn kind_of<T>(outcome: &Result<T, StoreError>) -> Option<StoreErrorKind> {
    outcome.as_ref().err().map(StoreError::kind)
}
