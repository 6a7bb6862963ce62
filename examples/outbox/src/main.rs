//! The journal as an outbox: a host that tells others what happened, once each, and misses nothing.
//!
//! Positions are 1, 2, 3 … in commit order, without gaps. Whoever remembers the last one dealt with needs no queue
//! beside the journal, and nothing can be committed and forgotten to be told.

mod office;

use std::error::Error;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _};
use worktrail_core::access::Actor;
use worktrail_core::desk::{Desk, Notice};
use worktrail_core::domain::ActorId;
use worktrail_core::store::{Limit, Position};
use worktrail_sqlite::SqliteStore;

use crate::office::Office;

/// How many notices are asked for at a time.
const PAGE: Limit = Limit::new(4);

/// The host's program that delivers. What it has delivered stands in a table of the host's own.
struct Messenger {
    host: SqliteConnection,
    program: Actor,
}

impl Messenger {
    /// Starts, or starts again: nothing is remembered but what stands in the file.
    async fn start(file: &Path) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let mut host = SqliteConnectOptions::new().filename(file).create_if_missing(true).connect().await?;
        sqlx::query("CREATE TABLE IF NOT EXISTS delivery (position INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")
            .execute(&mut host)
            .await?;
        Ok(Self { host, program: Actor::program(ActorId::new(office::new_id())) })
    }

    /// Delivers what has happened since the last time, at most so many notices; says how many it delivered.
    async fn deliver(&mut self, desk: &Desk<'_>, most: usize) -> Result<usize, Box<dyn Error + Send + Sync>> {
        let mut delivered = 0;
        loop {
            let last = self.last().await?;
            let notices = desk.follow(&self.program, last, PAGE).await?;
            if notices.is_empty() {
                return Ok(delivered);
            }
            for notice in notices {
                if delivered == most {
                    return Ok(delivered);
                }
                self.deliver_one(&notice).await?;
                delivered += 1;
            }
        }
    }

    /// Waits until there is something to deliver. A host that would rather look in between puts its runtime's timeout
    /// around this: whoever stops waiting leaves nothing behind.
    async fn wait(&mut self, desk: &Desk<'_>) -> Result<(), Box<dyn Error + Send + Sync>> {
        let last = self.last().await?;
        desk.watch(&self.program, last).await?;
        Ok(())
    }

    /// What is delivered and how far it has come are one row, so that no stop can fall between the two. Where the
    /// delivery leaves the host's database, send the position along: the receiver knows by it what it has had before.
    async fn deliver_one(&mut self, notice: &Notice) -> Result<(), Box<dyn Error + Send + Sync>> {
        let what = notice.fact.map_or("something new", |fact| fact.label().en);
        sqlx::query("INSERT INTO delivery (position, text) VALUES (?, ?)")
            .bind(i64::try_from(notice.position.number())?)
            .bind(format!("{what} ({} {})", notice.kind, notice.id))
            .execute(&mut self.host)
            .await?;
        Ok(())
    }

    /// The last position that was delivered.
    async fn last(&mut self) -> Result<Position, Box<dyn Error + Send + Sync>> {
        let last: i64 =
            sqlx::query_scalar("SELECT coalesce(max(position), 0) FROM delivery").fetch_one(&mut self.host).await?;
        Ok(Position::new(u64::try_from(last)?))
    }

    /// Everything that was delivered, in order.
    async fn stop(mut self) -> Result<Vec<(i64, String)>, Box<dyn Error + Send + Sync>> {
        let all = sqlx::query_as("SELECT position, text FROM delivery ORDER BY position").fetch_all(&mut self.host);
        let all = all.await?;
        self.host.close().await?;
        Ok(all)
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match show().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where that cannot be said either, the exit code still tells.
            let _ = writeln!(std::io::stderr(), "outbox: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Shows it, in a folder that goes afterwards.
async fn show() -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut out = std::io::stdout();
    let folder = tempfile::tempdir()?;
    let told = run(folder.path()).await?;
    writeln!(out, "Delivered {:?} notices in three goes, of a journal of {}:", told.goes, told.head)?;
    for (position, text) in told.delivered {
        writeln!(out, "{position:>4}  {text}")?;
    }
    Ok(())
}

/// How it went.
#[derive(Debug)]
struct Told {
    goes: [usize; 3],
    delivered: Vec<(i64, String)>,
    head: u64,
}

/// Work goes on while the messenger delivers, waits, is stopped in the middle and started again.
async fn run(folder: &Path) -> Result<Told, Box<dyn Error + Send + Sync>> {
    let store = SqliteStore::open_or_create(folder.join("worktrail.db")).await?;
    let host = folder.join("host.db");
    let desk = Desk::new(store.clone(), office::clock()?, office::new_id);
    let office = Office::new();

    office.open(&desk).await?;
    let mut messenger = Messenger::start(&host).await?;
    let first = messenger.deliver(&desk, 3).await?;
    messenger.stop().await?;

    let mut messenger = Messenger::start(&host).await?;
    meanwhile(&mut messenger, &desk, &office).await?;
    let second = messenger.deliver(&desk, 2).await?;
    messenger.stop().await?;

    let mut messenger = Messenger::start(&host).await?;
    let third = messenger.deliver(&desk, usize::MAX).await?;
    let delivered = messenger.stop().await?;

    let head = desk.verify().await?.entries;
    store.close().await;
    Ok(Told { goes: [first, second, third], delivered, head })
}

/// The messenger waits, and the office works. The first that fails ends both: the messenger would wait for ever for what
/// nobody registers.
async fn meanwhile(
    messenger: &mut Messenger,
    desk: &Desk<'_>,
    office: &Office,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    tokio::try_join!(messenger.wait(desk), office.register_employers(desk)).map(|_| ())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn nobody_waits_for_what_was_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = SqliteStore::open_or_create(folder.path().join("worktrail.db")).await.expect("a store");
        let desk = Desk::new(store.clone(), office::clock().expect("a clock"), office::new_id);
        let mut messenger = Messenger::start(&folder.path().join("host.db")).await.expect("a messenger");
        // Without a team there is nobody to register anything for.
        let office = Office::new();
        let refused = tokio::time::timeout(Duration::from_mins(1), meanwhile(&mut messenger, &desk, &office)).await;
        assert!(refused.expect("an end").is_err());
        store.close().await;
    }

    #[tokio::test]
    async fn every_notice_is_delivered_once_although_the_messenger_stops_twice() {
        let folder = tempfile::tempdir().expect("a folder");
        let told = run(folder.path()).await.expect("run");
        assert_eq!(told.goes[..2], [3, 2], "it was stopped twice, once with more to come");
        assert!(told.goes[2] > 0, "there was something left for the third go");
        let positions: Vec<u64> = told.delivered.iter().map(|(position, _)| position.unsigned_abs()).collect();
        assert_eq!(positions, (1..=told.head).collect::<Vec<_>>());
    }
}
