//! How a store is connected.

use std::fmt;
use std::time::Duration;

use sqlx::ConnectOptions as _;
use sqlx::postgres::PgConnectOptions;
use worktrail_core::store::{Durability, StoreError};

use crate::error::Fault;
use crate::hints::Hints;
use crate::home::{Home, Sending};

/// How a [`PostgresStore`](crate::PostgresStore) is connected, or a schema migrated.
///
/// Every setting has a default that is safe; none needs to be named.
///
/// ```
/// use worktrail_postgres::PostgresOptions;
///
/// let options = PostgresOptions::url("postgres://office:secret@db.example/cases")?.schema("ips");
/// assert!(!format!("{options:?}").contains("secret"));
/// # Ok::<(), worktrail_core::store::StoreError>(())
/// ```
#[derive(Clone)]
pub struct PostgresOptions {
    connect: PgConnectOptions,
    home: Home,
    durability: Durability,
    writers: usize,
    readers: usize,
    queue_batches: usize,
    queue_bytes: usize,
    patience: Duration,
    statement_timeout: Duration,
    looks_every: Duration,
    hints: Hints,
}

impl PostgresOptions {
    /// Where `url` leads: `postgres://user:password@host:port/database`.
    ///
    /// # Errors
    /// `Misuse` when it is no such URL. The error does not repeat it.
    pub fn url(url: &str) -> Result<Self, StoreError> {
        let connect: Result<PgConnectOptions, _> = url.parse();
        Ok(Self::from(connect.map_err(|_| Fault::misuse("the URL is no address of a PostgreSQL database"))?))
    }

    /// The schema that holds Worktrail's tables: `worktrail` unless the host says otherwise. Its name is 1 to 63 of
    /// `a–z`, `0–9` and `_`, and begins with no digit; with any other name, connecting is `Misuse`.
    #[must_use]
    pub fn schema(mut self, name: impl Into<String>) -> Self {
        self.home = Home::new(name, self.home.sending);
        self
    }

    /// Says that a pooler hands each transaction to another connection of the server, as PgBouncer does in transaction
    /// mode. Then nothing is kept in a connection: no prepared statements, no settings; every call is a transaction of its
    /// own, sets what it needs for itself, and costs more round trips. Hints are sent, but not listened to.
    #[must_use]
    pub fn behind_transaction_pooler(mut self) -> Self {
        self.home.sending = Sending::Unnamed;
        self
    }

    /// What an acknowledged commit survives: [`Durability::PowerSafe`] unless the host says otherwise.
    ///
    /// Anything less is [`Durability::ProcessSafe`]: `synchronous_commit=off`, with which the last commits may be gone
    /// when the server crashes, though the database stays whole. What the server's settings come to is read back, and told
    /// by [`Store::info`](worktrail_core::store::Store::info).
    #[must_use]
    pub const fn durability(mut self, durability: Durability) -> Self {
        self.durability = match durability {
            Durability::PowerSafe => Durability::PowerSafe,
            Durability::ProcessSafe | Durability::Volatile => Durability::ProcessSafe,
        };
        self
    }

    /// How many connections write and how many read, at most: four and four unless the host says otherwise; at least one
    /// and at most 1024 each. They are made when they are needed. A tenant's commits need one connection, so as many
    /// tenants are written at once as there are for writing.
    #[must_use]
    pub fn connections(mut self, writing: usize, reading: usize) -> Self {
        (self.writers, self.readers) = (writing.clamp(1, 1_024), reading.clamp(1, 1_024));
        self
    }

    /// How much may wait to be committed before a commit is refused as `Busy`: 1024 batches and 64 MiB unless the host
    /// says otherwise. A single batch is admitted whatever its weight.
    #[must_use]
    pub const fn queue(mut self, batches: usize, bytes: usize) -> Self {
        self.queue_batches = if batches == 0 { 1 } else { batches };
        self.queue_bytes = if bytes == 0 { 1 } else { bytes };
        self
    }

    /// How long to wait for a connection, and for somebody else's transaction that holds the tenant: five seconds unless
    /// the host says otherwise. Afterwards the call is `Busy`, or `Unavailable` where no connection could be made.
    #[must_use]
    pub const fn patience(mut self, patience: Duration) -> Self {
        self.patience = bounded(patience);
        self
    }

    /// How long the server may work on one statement: thirty seconds unless the host says otherwise. Afterwards the call
    /// is `Busy`. A server that does not answer for five seconds longer is given up.
    #[must_use]
    pub const fn statement_timeout(mut self, timeout: Duration) -> Self {
        self.statement_timeout = bounded(timeout);
        self
    }

    /// How often somebody who watches the journal looks whether another process has written: four times a second
    /// unless the host says otherwise, and an eighth as often while hints are heard. A look is one row by its key. The
    /// commits of this store are known without it.
    #[must_use]
    pub const fn look_every(mut self, interval: Duration) -> Self {
        self.looks_every = bounded(interval);
        self
    }

    /// Neither sends hints nor listens to any.
    ///
    /// Otherwise a store tells the others of its schema, soon after a commit and apart from it, which tenant's journal
    /// has something new (`NOTIFY`, at most fifty times a second, on a connection of its own), and listens to them while
    /// somebody watches (`LISTEN`, on another). Whoever may connect to the database may listen too, and learns when an
    /// organisation's journal moved. Commits in a host's own transaction send none: they are found by looking.
    #[must_use]
    pub const fn without_hints(mut self) -> Self {
        self.hints = Hints::Unused;
        self
    }

    pub(crate) const fn home(&self) -> &Home {
        &self.home
    }

    pub(crate) const fn wanted_durability(&self) -> Durability {
        self.durability
    }

    pub(crate) const fn wanted_connections(&self) -> (usize, usize) {
        (self.writers, self.readers)
    }

    pub(crate) const fn queue_bounds(&self) -> (usize, usize) {
        (self.queue_batches, self.queue_bytes)
    }

    pub(crate) const fn waits(&self) -> Duration {
        self.patience
    }

    pub(crate) const fn looks_every(&self) -> Duration {
        self.looks_every
    }

    /// Hints may be lost, and a transaction of a host's sends none.
    pub(crate) fn looks_every_while_listening(&self) -> Duration {
        self.looks_every.saturating_mul(8)
    }

    pub(crate) const fn hints(&self) -> Hints {
        self.hints
    }

    pub(crate) const fn longest_statement(&self) -> Duration {
        self.statement_timeout
    }

    /// After this long without an answer the connection is given up: the server itself would have ended the statement.
    pub(crate) fn deadline(&self) -> Duration {
        self.statement_timeout + Duration::from_secs(5)
    }

    pub(crate) fn connecting(&self) -> PgConnectOptions {
        let connect = self.connect.clone().disable_statement_logging();
        match self.home.sending {
            // Texts depend on what sorts of records a command touches: some hundreds, of which each connection sees the
            // ones that its office uses.
            Sending::Prepared => connect.statement_cache_capacity(512),
            // A pooler knows few of the parameters that a connection may begin with.
            Sending::Unnamed => connect.statement_cache_capacity(0).extra_float_digits(None),
        }
    }
}

/// What the server can count in milliseconds; and at least one, since it takes zero for "without end".
const fn bounded(duration: Duration) -> Duration {
    const LONGEST: Duration = Duration::from_millis(i32::MAX as u64);
    if duration.as_millis() > LONGEST.as_millis() {
        LONGEST
    } else if duration.as_millis() == 0 {
        Duration::from_millis(1)
    } else {
        duration
    }
}

/// A store where these options connect to. Set on them what encryption needs; the statement cache and what is logged is
/// set by [`PostgresOptions`] alone.
impl From<PgConnectOptions> for PostgresOptions {
    fn from(connect: PgConnectOptions) -> Self {
        Self {
            connect,
            home: Home::new("worktrail", Sending::Prepared),
            durability: Durability::PowerSafe,
            writers: 4,
            readers: 4,
            queue_batches: 1_024,
            queue_bytes: 64 << 20,
            patience: Duration::from_secs(5),
            statement_timeout: Duration::from_secs(30),
            looks_every: Duration::from_millis(250),
            hints: Hints::Used,
        }
    }
}

/// Without the password, and whatever else the connect options hold.
impl fmt::Debug for PostgresOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresOptions")
            .field("host", &self.connect.get_host())
            .field("port", &self.connect.get_port())
            .field("database", &self.connect.get_database())
            .field("home", &self.home)
            .field("durability", &self.durability)
            .field("connections", &(self.writers, self.readers))
            .field("queue", &(self.queue_batches, self.queue_bytes))
            .field("patience", &self.patience)
            .field("statement_timeout", &self.statement_timeout)
            .field("look_every", &self.looks_every)
            .field("hints", &self.hints)
            .finish_non_exhaustive()
    }
}
