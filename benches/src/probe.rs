//! What every ratio depends on: how long a flush takes here, and how long the way to an engine and back.

use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, Executor as _};

use crate::Outcome;
use crate::figures::Figures;
use crate::stopwatch::Stopwatch;

/// How long it takes until four kilobytes at the end of a file are on the disk, in microseconds.
///
/// # Errors
/// When the directory cannot be written.
pub fn flush(directory: &Path) -> Outcome<Figures> {
    let mut file = tempfile::tempfile_in(directory)?;
    let mut took = Vec::new();
    for _ in 0..60 {
        file.write_all(&[7; 4_096])?;
        let watch = Stopwatch::start();
        file.sync_data()?;
        took.push(microseconds(watch.passed()));
    }
    Ok(Figures::of(took))
}

/// How long the way to the thread of a SQLite connection and back takes, in microseconds.
///
/// # Errors
/// What the engine says.
pub async fn sqlite_round_trip(file: &Path) -> Outcome<Figures> {
    let mut connection = SqliteConnectOptions::new().filename(file).connect().await?;
    let mut took = Vec::new();
    for _ in 0..500 {
        let watch = Stopwatch::start();
        connection.execute("SELECT 1").await?;
        took.push(microseconds(watch.passed()));
    }
    connection.close().await?;
    Ok(Figures::of(took))
}

/// How long the way to a PostgreSQL server and back takes, in microseconds, of so many that were measured.
///
/// # Errors
/// What the engine says.
pub async fn postgres_round_trip(server: &PgConnectOptions, times: usize) -> Outcome<Figures> {
    let mut connection = server.connect().await?;
    let mut took = Vec::new();
    for _ in 0..times {
        let watch = Stopwatch::start();
        sqlx::query("SELECT 1").execute(&mut connection).await?;
        took.push(microseconds(watch.passed()));
    }
    connection.close().await?;
    Ok(Figures::of(took))
}

/// How long the way to another thread and back takes, in microseconds: that is what lies between a caller and an engine
/// in the process.
///
/// # Errors
/// None, as long as the other thread does not panic.
pub async fn thread_round_trip() -> Outcome<Figures> {
    let mut took = Vec::new();
    for _ in 0..500 {
        let watch = Stopwatch::start();
        tokio::task::spawn_blocking(|| {}).await?;
        took.push(microseconds(watch.passed()));
    }
    Ok(Figures::of(took))
}

fn microseconds(took: Duration) -> f64 {
    took.as_secs_f64() * 1e6
}

/// Brings a file's write-ahead log home and empties it, from outside.
///
/// # Errors
/// What the engine says.
pub async fn empty_log(file: &Path) -> Outcome {
    let mut connection = SqliteConnectOptions::new().filename(file).connect().await?;
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").await?;
    Ok(connection.close().await?)
}

/// Copies a file that is in use as it stands now.
///
/// # Errors
/// What the engine says.
pub async fn copy(file: &Path, to: &Path) -> Outcome {
    let to = to.to_str().ok_or("a path that is not UTF-8")?;
    let mut connection = SqliteConnectOptions::new().filename(file).connect().await?;
    connection.execute(sqlx::query("VACUUM INTO ?").bind(to)).await?;
    Ok(connection.close().await?)
}
