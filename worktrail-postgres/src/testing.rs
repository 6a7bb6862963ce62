//! What the tests within the crate need: a schema of their own on the server of the run.

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Executor as _};

use crate::PostgresOptions;

/// The name of a schema that nobody else uses.
pub(crate) fn fresh_schema() -> String {
    format!("unit_{}", postgres_server::drawn().unwrap())
}

/// How a schema on the server of the run is connected.
pub(crate) fn options(schema: &str) -> PostgresOptions {
    PostgresOptions::url(&postgres_server::of_the_run()).unwrap().schema(schema)
}

/// A connection of somebody else.
pub(crate) async fn connection() -> PgConnection {
    let options: PgConnectOptions = postgres_server::of_the_run().parse().unwrap();
    options.options([("client_min_messages", "error")]).connect().await.unwrap()
}

/// Runs statements that name no schema in this one, which is made if there is none.
pub(crate) async fn run_in(connection: &mut PgConnection, schema: &str, text: &str) {
    let text = format!("CREATE SCHEMA IF NOT EXISTS {schema}; SET search_path TO {schema}; {text}");
    connection.execute(AssertSqlSafe(text)).await.unwrap();
    connection.execute("RESET search_path").await.unwrap();
}
