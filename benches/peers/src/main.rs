//! The same act with cqrs-es: `worktrail-peers sqlite FILE TRAILS`, or `worktrail-peers postgres URL TRAILS`.
//!
//! It makes the tables, opens so many trails, and says who it is in a line of JSON. Then it answers each line on stdin,
//! `{"callers": 64, "milliseconds": 400}`, with what was done: `{"pieces": 123, "nanoseconds": 400000000}`.

mod postgres;
mod sqlite;
mod stopwatch;
mod trail;

use std::error::Error;
use std::io::{BufRead as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use cqrs_es::persist::{GenericQuery, ViewRepository};
use cqrs_es::{CqrsFramework, EventStore};
use serde::{Deserialize, Serialize};

use crate::stopwatch::Stopwatch;
use crate::trail::{Act, Line, Trail, id};

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
struct Peer<E: EventStore<Trail>> {
    cqrs: CqrsFramework<Trail, E>,
    turns: AtomicU64,
    trails: u64,
}

#[tokio::main]
async fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["sqlite", file, trails] => {
            let trails = trails.parse()?;
            serve(&sqlite::INTRODUCTION, sqlite::open(file, trails).await?, trails).await
        }
        ["postgres", url, trails] => {
            let trails = trails.parse()?;
            serve(&postgres::INTRODUCTION, postgres::open(url, trails).await?, trails).await
        }
        _ => Err("usage: worktrail-peers sqlite FILE TRAILS, or postgres URL TRAILS".into()),
    }
}

/// Says who it is, and does what is asked for until nobody asks any more.
async fn serve<E>(introduction: &Introduction, cqrs: CqrsFramework<Trail, E>, trails: u64) -> Outcome
where
    E: EventStore<Trail> + 'static,
    E::AC: Send,
{
    let peer = Arc::new(Peer { cqrs, turns: AtomicU64::new(0), trails });
    say(introduction)?;
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

/// A list that is brought up to date with every event. One that falls behind is no longer up to date: then the comparison
/// would not be one.
fn up_to_date<R: ViewRepository<Line, Trail>>(list: Arc<R>) -> GenericQuery<R, Line, Trail> {
    let mut query = GenericQuery::new(list);
    query.use_error_handler(Box::new(|error| {
        eprintln!("the list could not be brought up to date: {error}");
        std::process::exit(1);
    }));
    query
}

/// What there is of a trail that was opened, as text.
struct Opened {
    event: String,
    line: String,
}

impl Opened {
    fn now() -> Outcome<Self> {
        let mut line = Line::default();
        line.see(&trail::opened());
        Ok(Self { event: serde_json::to_string(&trail::opened())?, line: serde_json::to_string(&line)? })
    }
}

impl<E> Peer<E>
where
    E: EventStore<Trail> + 'static,
    E::AC: Send,
{
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
