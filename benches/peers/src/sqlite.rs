//! The peer on SQLite, with sqlite-es.

use std::sync::Arc;
use std::time::Duration;

use sqlite_es::{SqliteCqrs, SqliteViewRepository, sqlite_cqrs};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};

use crate::trail::{Line, Trail, id};
use crate::{Introduction, Opened, Outcome, up_to_date};

pub(crate) const INTRODUCTION: Introduction =
    Introduction { name: "cqrs-es with sqlite-es", durability: "survives a power cut (synchronous=2)" };

/// Makes the tables in a new file, and opens so many trails.
pub(crate) async fn open(file: &str, trails: u64) -> Outcome<SqliteCqrs<Trail>> {
    let pool = pool(file).await?;
    sqlx::raw_sql(TABLES).execute(&pool).await?;
    open_all(&pool, trails).await?;
    let list = Arc::new(SqliteViewRepository::<Line, Trail>::new("list", pool.clone()));
    Ok(sqlite_cqrs(pool, vec![Box::new(up_to_date(list))], ()))
}

/// The pool that sqlite-es recommends, but with the durability that ours has, and with one connection: with more, its
/// transactions begin by reading and fail when two of them write.
async fn pool(file: &str) -> Outcome<SqlitePool> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let pool = SqlitePoolOptions::new().max_connections(1).acquire_timeout(Duration::from_mins(1));
    Ok(pool.connect_with(options).await?)
}

/// The tables as sqlite-es has them.
const TABLES: &str = "
    CREATE TABLE events (aggregate_type text NOT NULL, aggregate_id text NOT NULL,
        sequence integer CHECK (sequence >= 0) NOT NULL, event_type text NOT NULL, event_version text NOT NULL,
        payload text NOT NULL, metadata text NOT NULL, PRIMARY KEY (aggregate_type, aggregate_id, sequence)) STRICT;
    CREATE TABLE list (view_id text NOT NULL, version integer CHECK (version >= 0) NOT NULL, payload text NOT NULL,
        PRIMARY KEY (view_id)) STRICT;";

/// Opens all trails, many in one transaction: this is not what is compared.
async fn open_all(pool: &SqlitePool, trails: u64) -> Outcome {
    let Opened { event, line } = Opened::now()?;
    let mut transaction = pool.begin().await?;
    for number in 0..trails {
        sqlx::query("INSERT INTO events VALUES ('trail', ?, 1, 'opened', '1.0', ?, '{}')")
            .bind(id(number))
            .bind(&event)
            .execute(&mut *transaction)
            .await?;
        sqlx::query("INSERT INTO list (view_id, version, payload) VALUES (?, 1, ?)")
            .bind(id(number))
            .bind(&line)
            .execute(&mut *transaction)
            .await?;
    }
    Ok(transaction.commit().await?)
}
