//! PostgreSQL's side of a run: the server, who works on it, and what is compared, near and far.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use postgres_server::Server;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions as _, Executor as _, Row as _};
use worktrail_core::store::Store as _;
use worktrail_postgres::{PostgresOptions, PostgresStore, migrate};

use crate::Outcome;
use crate::by_hand::postgres::ByHand;
use crate::contest::{CALLERS, Contest};
use crate::desk::Ours;
use crate::floor::postgres::{Floor, copy, last_position, transactions};
use crate::goal::{Against, Engine};
use crate::intake::in_turns;
use crate::office::Office;
use crate::pair::{Effort, Pair};
use crate::peer::Peer;
use crate::probe;
use crate::proxy::Proxy;
use crate::report::Report;
use crate::subject::{Subject as _, Work};

/// Half of the way there and back to a server that is far away.
const EACH_WAY: Duration = Duration::from_micros(500);

/// A store that the office was imported into, and the same rows by hand, on a server of their own.
#[derive(Debug)]
pub struct Sides {
    office: Office,
    /// A desk over the store, by the server's socket.
    pub ours: Ours,
    /// The same rows by hand.
    pub by_hand: ByHand,
    import: Pair,
    version: String,
    /// Last, so that it goes after those who work on it.
    server: Server,
}

/// A server with the engine's own settings, but with room for the connections of everybody.
///
/// # Errors
/// When there is none to be had.
pub fn server() -> Outcome<Server> {
    Ok(Server::start_with([("max_connections", "200")])?)
}

/// How a server is reached by its socket.
///
/// # Errors
/// None, as long as the server's address is one.
pub fn by_socket(server: &Server) -> Outcome<PgConnectOptions> {
    let options: PgConnectOptions = server.url().parse()?;
    Ok(options.socket(server.directory()))
}

/// Makes the tables, and connects a store to them.
///
/// # Errors
/// What the store says.
pub async fn store(server: &PgConnectOptions) -> Outcome<PostgresStore> {
    let options = PostgresOptions::from(server.clone());
    migrate(&options).await?;
    Ok(PostgresStore::connect(options).await?)
}

/// Brings what was written to its place, and the engine's statistics up to date: what would otherwise go on beside what
/// is measured.
///
/// # Errors
/// What the engine says.
pub async fn settle(server: &PgConnectOptions) -> Outcome {
    let mut connection = server.connect().await?;
    connection.execute("VACUUM ANALYZE").await?;
    connection.execute("CHECKPOINT").await?;
    Ok(())
}

impl Sides {
    /// Starts a server, and imports the office on both sides, in turns.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn prepare(office: Office) -> Outcome<Self> {
        let server = server()?;
        let near = by_socket(&server)?;
        let store = store(&near).await?;
        let by_hand = ByHand::create(&near, office).await?;
        let import = in_turns(&store, &by_hand, &office).await?;
        settle(&near).await?;
        let version = store.info().engine;
        let ours = Ours::new("worktrail on PostgreSQL", store, office);
        Ok(Self { office, ours, by_hand, import, version, server })
    }

    /// How many acts share a transaction when so many callers are at work.
    async fn group(&self, connection: &mut PgConnection, callers: usize, effort: Effort) -> Outcome<usize> {
        let before = last_position(connection).await?;
        self.ours.slice(Work::Act, callers, effort.turn / 2).await?;
        let (transactions, acts) = transactions(connection, before).await?;
        Ok(usize::try_from(acts / transactions.max(1))?.clamp(1, callers))
    }

    /// Compares all that there is to compare.
    ///
    /// # Errors
    /// The first failure on any side.
    pub async fn run(&self, effort: Effort, report: &mut Report) -> Outcome {
        report.versions.push(self.version.clone());
        report.settings.push(settings(&by_socket(&self.server)?).await?);
        self.near(effort, report).await?;
        self.far(effort, report).await
    }

    async fn near(&self, effort: Effort, report: &mut Report) -> Outcome {
        let near = by_socket(&self.server)?;
        let round_trip = probe::postgres_round_trip(&near, 500).await?;
        let mut contest = Contest { engine: Engine::PostgresLocal, ours: &self.ours, round_trip, effort, report };
        contest.imported(&self.by_hand, self.import);
        contest.by_hand(&self.by_hand, &[Work::Open, Work::Portfolio, Work::Counts, Work::Follow]).await?;
        copy(&near).await?;
        let mut connection = near.connect().await?;
        for callers in CALLERS {
            let group = self.group(&mut connection, callers, effort).await?;
            let floor = Floor::open(&near, self.office, group).await?;
            contest.meet(Against::Floor, &floor, Work::Act, callers).await?;
        }
        connection.execute("CREATE DATABASE peer").await?;
        let (password, port, socket) = (self.server.password(), self.server.port(), self.server.directory());
        let peer = format!("postgres://worktrail:{password}@127.0.0.1:{port}/peer?host={}", socket.display());
        contest.peer(Peer::start(&["postgres", &peer], self.office.trails()).await).await?;
        contest.itself().await
    }

    async fn far(&self, effort: Effort, report: &mut Report) -> Outcome {
        let proxy = Proxy::to(SocketAddr::from((Ipv4Addr::LOCALHOST, self.server.port())), EACH_WAY)?;
        let url: PgConnectOptions = self.server.url().parse()?;
        let far = url.port(proxy.address().port());
        let round_trip = probe::postgres_round_trip(&far, 100).await?;
        let ours = self.ours.by_way_of(store(&far).await?);
        let by_hand = self.by_hand.by_way_of(&far).await?;
        let mut contest = Contest { engine: Engine::PostgresFar, ours: &ours, round_trip, effort, report };
        contest.by_hand(&by_hand, &[Work::Open, Work::Portfolio]).await
    }
}

/// The server's settings that speed depends on.
async fn settings(server: &PgConnectOptions) -> Outcome<String> {
    let text = "SELECT string_agg(name || '=' || current_setting(name), ', ') FROM pg_settings WHERE name IN \
        ('fsync', 'full_page_writes', 'synchronous_commit', 'wal_sync_method', 'shared_buffers', 'max_wal_size', \
         'checkpoint_timeout', 'autovacuum')";
    let row = server.connect().await?.fetch_one(text).await?;
    Ok(format!("PostgreSQL, both sides: {}", row.try_get::<String, _>(0)?))
}
