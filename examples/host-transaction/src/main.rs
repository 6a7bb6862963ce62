//! A host's own table and a trail, in one transaction of the host's.
//!
//! The host keeps letters in a table of its own. When a referral comes in, the letter is filed and the trail is opened
//! together: either both are there, or neither is. Worktrail does not begin, commit or roll back here; it works inside
//! the transaction that the host began.

mod office;

use std::error::Error;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _, Sqlite, Transaction};
use worktrail_core::desk::Desk;
use worktrail_core::domain::TrailId;
use worktrail_core::question::ReadTrail;
use worktrail_sqlite::{SqliteOptions, SqliteStore, SqliteTx, migrate_within};

use crate::office::Office;

/// What is there after an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct There {
    letters: i64,
    trails: usize,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match show().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where that cannot be said either, the exit code still tells.
            let _ = writeln!(std::io::stderr(), "host-transaction: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Shows it, in a file that goes afterwards.
async fn show() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout();
    let folder = tempfile::tempdir()?;
    for (what, there) in run(&folder.path().join("host.db")).await? {
        writeln!(out, "{what}: {} letters, {} trails", there.letters, there.trails)?;
    }
    Ok(())
}

/// Rolls one transaction back and commits the next, and tells what was there after each.
async fn run(file: &Path) -> Result<[(&'static str, There); 3], Box<dyn Error>> {
    // The host's file, with the host's table. Worktrail's tables come beside it, when the host commits.
    let mut host = SqliteConnectOptions::new().filename(file).create_if_missing(true).connect().await?;
    let mut transaction = host.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::query("CREATE TABLE letter (trail TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT")
        .execute(&mut *transaction)
        .await?;
    migrate_within(&mut transaction).await?;
    transaction.commit().await?;

    // The desk for everything else has connections of its own to the same file.
    let store = SqliteStore::open(SqliteOptions::file(file).in_host_file()).await?;
    let office = Office::new();
    let desk = Desk::new(store.clone(), office::clock()?, office::new_id);
    office.open(&desk).await?;
    let before = there(&desk, &office, &mut host).await?;

    // The host changes its mind: neither the letter nor the trail is there.
    let transaction = refer(&desk, &office, &mut host).await?;
    transaction.rollback().await?;
    let rolled_back = there(&desk, &office, &mut host).await?;

    // The same again, and the host commits: both are.
    let transaction = refer(&desk, &office, &mut host).await?;
    transaction.commit().await?;
    let committed = there(&desk, &office, &mut host).await?;

    store.close().await;
    host.close().await?;
    Ok([("Before", before), ("Rolled back", rolled_back), ("Committed", committed)])
}

/// Files the letter and opens the trail, in a transaction that the caller commits or rolls back.
///
/// The transaction begins with `BEGIN IMMEDIATE`, so that it need not wait for anybody once it has read something. While
/// it is open, the other desk's commits wait: enlist late, commit soon.
async fn refer<'c>(
    desk: &Desk<'_>,
    office: &Office,
    host: &'c mut SqliteConnection,
) -> Result<Transaction<'c, Sqlite>, Box<dyn Error>> {
    let mut transaction = host.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::query("INSERT INTO letter (trail, text) VALUES (?, ?)")
        .bind(office.trail.to_string())
        .bind("We refer a person who wants to work.")
        .execute(&mut *transaction)
        .await?;
    let enlisted = SqliteTx::new(&mut transaction);
    office.open_trail(&desk.within(&enlisted)).await?;
    // It fails when a commit was dropped or failed half-way: then the host must roll back.
    enlisted.finish().await?;
    Ok(transaction)
}

async fn there(desk: &Desk<'_>, office: &Office, host: &mut SqliteConnection) -> Result<There, Box<dyn Error>> {
    let letters = sqlx::query_scalar("SELECT count(*) FROM letter").fetch_one(host).await?;
    Ok(There { letters, trails: usize::from(is_there(desk, office, office.trail).await) })
}

async fn is_there(desk: &Desk<'_>, office: &Office, trail: TrailId) -> bool {
    desk.ask(&office.specialist(), &ReadTrail { trail }).await.is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn letter_and_trail_come_together_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let told = run(&folder.path().join("host.db")).await.expect("run");
        let there = told.map(|(_, there)| (there.letters, there.trails));
        assert_eq!(there, [(0, 0), (0, 0), (1, 1)]);
    }
}
