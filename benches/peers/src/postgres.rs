//! The peer on PostgreSQL, with postgres-es.

use std::sync::Arc;
use std::time::Duration;

use postgres_es::{PostgresCqrs, PostgresViewRepository, postgres_cqrs};
use sqlx::postgres::{PgPool, PgPoolOptions};

use crate::trail::{Line, Trail, id};
use crate::{Introduction, Opened, Outcome, up_to_date};

pub(crate) const INTRODUCTION: Introduction =
    Introduction { name: "cqrs-es with postgres-es", durability: "survives a power cut (synchronous_commit=on)" };

/// Makes the tables in an empty database, and opens so many trails.
pub(crate) async fn open(url: &str, trails: u64) -> Outcome<PostgresCqrs<Trail>> {
    // As many connections as postgres-es's own pool has.
    let pool = PgPoolOptions::new().max_connections(10).acquire_timeout(Duration::from_mins(1)).connect(url).await?;
    sqlx::raw_sql(TABLES).execute(&pool).await?;
    open_all(&pool, trails).await?;
    let list = Arc::new(PostgresViewRepository::<Line, Trail>::new("list", pool.clone()));
    Ok(postgres_cqrs(pool, vec![Box::new(up_to_date(list))], ()))
}

/// The tables as postgres-es has them.
const TABLES: &str = "
    CREATE TABLE events (aggregate_type text NOT NULL, aggregate_id text NOT NULL,
        sequence bigint CHECK (sequence >= 0) NOT NULL, event_type text NOT NULL, event_version text NOT NULL,
        payload json NOT NULL, metadata json NOT NULL, PRIMARY KEY (aggregate_type, aggregate_id, sequence));
    CREATE TABLE list (view_id text NOT NULL, version bigint CHECK (version >= 0) NOT NULL, payload json NOT NULL,
        PRIMARY KEY (view_id));";

/// Opens all trails, many in one transaction: this is not what is compared.
async fn open_all(pool: &PgPool, trails: u64) -> Outcome {
    let Opened { event, line } = Opened::now()?;
    let ids: Vec<String> = (0..trails).map(id).collect();
    sqlx::query(
        "INSERT INTO events SELECT 'trail', id, 1, 'opened', '1.0', $2::json, '{}' FROM unnest($1::text[]) AS id",
    )
    .bind(&ids)
    .bind(&event)
    .execute(pool)
    .await?;
    sqlx::query("INSERT INTO list SELECT id, 1, $2::json FROM unnest($1::text[]) AS id")
        .bind(&ids)
        .bind(&line)
        .execute(pool)
        .await?;
    sqlx::raw_sql("VACUUM ANALYZE").execute(pool).await?;
    Ok(())
}
