//! The same act with cqrs-es and sqlite-es: `worktrail-peers FILE TRAILS`.
//!
//! It makes the tables, opens so many trails, and says who it is in a line of JSON. Then it answers each line on stdin,
//! `{"callers": 64, "milliseconds": 400}`, with what was done: `{"pieces": 123, "nanoseconds": 400000000}`.

mod stopwatch;
mod trail;

use std::error::Error;
use std::io::{BufRead as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use cqrs_es::persist::GenericQuery;
use serde::{Deserialize, Serialize};
use sqlite_es::{SqliteCqrs, SqliteViewRepository, sqlite_cqrs};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};

use crate::stopwatch::Stopwatch;
use crate::trail::{Act, Line, Trail};

type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// What the harness asks for.
#[derive(Deserialize)]
struct Request {
    callers: usize,
    milliseconds: u64,
}

/// What was done.
#[derive(Serialize)]
struct Done {
    pieces: u64,
    nanoseconds: u128,
}

#[derive(Serialize)]
struct Introduction {
    name: &'static str,
    durability: &'static str,
}

/// An event store with a list view that is brought up to date with every act.
struct Peer {
    cqrs: SqliteCqrs<Trail>,
    turns: AtomicU64,
    trails: u64,
}

#[tokio::main]
async fn main() -> Outcome {
    let mut arguments = std::env::args().skip(1);
    let (Some(file), Some(trails)) = (arguments.next(), arguments.next()) else {
        return Err("usage: worktrail-peers FILE TRAILS".into());
    };
    let peer = Arc::new(Peer::open(&file, trails.parse()?).await?);
    let introduction =
        Introduction { name: "cqrs-es with sqlite-es", durability: "survives a power cut (synchronous=2)" };
    say(&introduction)?;
    for line in std::io::stdin().lock().lines() {
        let request: Request = serde_json::from_str(&line?)?;
        say(&peer.slice(request.callers, Duration::from_millis(request.milliseconds)).await?)?;
    }
    Ok(())
}

fn say(what: &impl Serialize) -> Outcome {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, what)?;
    out.write_all(b"\n")?;
    Ok(out.flush()?)
}

impl Peer {
    async fn open(file: &str, trails: u64) -> Outcome<Self> {
        let pool = pool(file).await?;
        sqlx::raw_sql(TABLES).execute(&pool).await?;
        open_all(&pool, trails).await?;
        let list = Arc::new(SqliteViewRepository::<Line, Trail>::new("list", pool.clone()));
        let mut query = GenericQuery::new(list);
        // A view that falls behind is no longer up to date: then the comparison would not be one.
        query.use_error_handler(Box::new(|error| {
            eprintln!("the list could not be brought up to date: {error}");
            std::process::exit(1);
        }));
        let cqrs = sqlite_cqrs(pool, vec![Box::new(query)], ());
        Ok(Self { cqrs, turns: AtomicU64::new(0), trails })
    }

    async fn slice(self: &Arc<Self>, callers: usize, length: Duration) -> Outcome<Done> {
        let watch = Stopwatch::start();
        let mut at_work = tokio::task::JoinSet::new();
        for _ in 0..callers {
            let peer = Arc::clone(self);
            at_work.spawn(async move {
                let mut pieces = 0;
                while watch.passed() < length {
                    peer.act().await?;
                    pieces += 1;
                }
                Outcome::Ok(pieces)
            });
        }
        let mut pieces = 0;
        while let Some(done) = at_work.join_next().await {
            pieces += done??;
        }
        Ok(Done { pieces, nanoseconds: watch.passed().as_nanos() })
    }

    async fn act(&self) -> Outcome {
        let turn = self.turns.fetch_add(1, Ordering::Relaxed);
        let phase = if (turn / self.trails).is_multiple_of(2) { "working" } else { "job_development" };
        let act = Act::MoveTo { phase: phase.to_owned(), on: "2026-03-10".to_owned() };
        Ok(self.cqrs.execute(&id(turn.wrapping_mul(7_919) % self.trails), act).await?)
    }
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
    let opened = serde_json::to_string(&trail::opened())?;
    let mut line = Line::default();
    line.see(&trail::opened());
    let line = serde_json::to_string(&line)?;
    let mut transaction = pool.begin().await?;
    for number in 0..trails {
        sqlx::query("INSERT INTO events VALUES ('trail', ?, 1, 'opened', '1.0', ?, '{}')")
            .bind(id(number))
            .bind(&opened)
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

fn id(number: u64) -> String {
    format!("{number:032x}")
}
