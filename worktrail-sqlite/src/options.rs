//! How a store is opened.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::ConnectOptions as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteLockingMode, SqliteSynchronous};
use worktrail_core::store::Durability;

use crate::log::LONG;

/// How a [`SqliteStore`](crate::SqliteStore) is opened, or a file migrated.
///
/// Every setting has a default that is safe; none needs to be named.
#[derive(Clone)]
pub struct SqliteOptions {
    connect: SqliteConnectOptions,
    durability: Durability,
    readers: u32,
    queue_batches: usize,
    queue_bytes: usize,
    busy_timeout: Duration,
    looks_every: Duration,
    home: Home,
}

/// Whose file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home {
    /// A file of Worktrail's own.
    Own,
    /// A file of the host's program, with tables of its own beside Worktrail's.
    Host,
}

impl SqliteOptions {
    /// A store in this file, which is Worktrail's own.
    #[must_use]
    pub fn file(path: impl AsRef<Path>) -> Self {
        Self::from(SqliteConnectOptions::new().filename(path))
    }

    /// What an acknowledged commit survives: [`Durability::PowerSafe`] unless the host says otherwise.
    ///
    /// Anything less is [`Durability::ProcessSafe`]: `synchronous=NORMAL`, with which the last commits may be gone
    /// after a power cut, though the file stays whole.
    #[must_use]
    pub const fn durability(mut self, durability: Durability) -> Self {
        self.durability = match durability {
            Durability::PowerSafe => Durability::PowerSafe,
            Durability::ProcessSafe | Durability::Volatile => Durability::ProcessSafe,
        };
        self
    }

    /// How many connections read at most, each with a thread of its own: four unless the host says otherwise. At most 1024. With
    /// zero there is one connection for everything, and readings wait their turn with the commits.
    #[must_use]
    pub const fn readers(mut self, readers: u32) -> Self {
        // Room for each is made at once.
        const MOST: u32 = 1_024;
        self.readers = if readers > MOST { MOST } else { readers };
        self
    }

    /// How much may wait to be committed before a commit is refused as `Busy`: 1024 batches and 64 MiB unless the
    /// host says otherwise. A single batch is admitted whatever its weight.
    #[must_use]
    pub const fn queue(mut self, batches: usize, bytes: usize) -> Self {
        self.queue_batches = if batches == 0 { 1 } else { batches };
        self.queue_bytes = if bytes == 0 { 1 } else { bytes };
        self
    }

    /// How long to wait while another process, or the host's transaction, holds the file: five seconds unless the
    /// host says otherwise. Afterwards the call is `Busy`.
    #[must_use]
    pub const fn busy_timeout(mut self, timeout: Duration) -> Self {
        // What the driver can pass on.
        const LONGEST: Duration = Duration::from_millis(i32::MAX as u64);
        self.busy_timeout = if timeout.as_millis() > LONGEST.as_millis() { LONGEST } else { timeout };
        self
    }

    /// How often somebody who watches the journal looks whether another process has written: four times a second
    /// unless the host says otherwise. A look is one row by its key. The commits of this store are known without it.
    #[must_use]
    pub const fn look_every(mut self, interval: Duration) -> Self {
        const SHORTEST: Duration = Duration::from_millis(1);
        self.looks_every = if interval.is_zero() { SHORTEST } else { interval };
        self
    }

    /// Says that the file belongs to the host's program and holds its tables too. Such a file keeps its
    /// `application_id` and `user_version`. Opening a store on it switches it to a write-ahead log, if it has none.
    #[must_use]
    pub const fn in_host_file(mut self) -> Self {
        self.home = Home::Host;
        self
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.connect.get_filename().to_owned()
    }

    /// The file that the engine lays beside the database: beside what a link leads to.
    pub(crate) fn beside(&self, ending: &str) -> PathBuf {
        let path = self.path();
        let mut beside = std::fs::canonicalize(&path).unwrap_or(path).into_os_string();
        beside.push(ending);
        beside.into()
    }

    pub(crate) const fn home(&self) -> Home {
        self.home
    }

    pub(crate) const fn wanted_durability(&self) -> Durability {
        self.durability
    }

    pub(crate) const fn wanted_readers(&self) -> u32 {
        self.readers
    }

    pub(crate) const fn queue_bounds(&self) -> (usize, usize) {
        (self.queue_batches, self.queue_bytes)
    }

    pub(crate) const fn patience(&self) -> Duration {
        self.busy_timeout
    }

    pub(crate) const fn looks_every(&self) -> Duration {
        self.looks_every
    }

    /// What every connection of ours has in common.
    pub(crate) fn common(&self) -> SqliteConnectOptions {
        self.connect
            .clone()
            .create_if_missing(false)
            .immutable(false)
            // The writer switches to a write-ahead log; a word that is no mode leaves it as it is.
            .pragma("journal_mode", "query")
            .locking_mode(SqliteLockingMode::Normal)
            .busy_timeout(self.busy_timeout)
            .pragma("trusted_schema", "OFF")
            .pragma("cell_size_check", "ON")
            .pragma("mmap_size", "0")
            .pragma("temp_store", "MEMORY")
            .disable_statement_logging()
    }

    /// The connection that writes.
    pub(crate) fn writing(&self) -> SqliteConnectOptions {
        let synchronous = match self.durability {
            Durability::PowerSafe => SqliteSynchronous::Full,
            Durability::ProcessSafe | Durability::Volatile => SqliteSynchronous::Normal,
        };
        let options = self
            .common()
            .read_only(false)
            .synchronous(synchronous)
            .pragma("secure_delete", "ON")
            // Done by the writer itself, after its callers have their answers.
            .pragma("wal_autocheckpoint", "0")
            .pragma("journal_size_limit", LONG.to_string());
        if cfg!(target_os = "macos") {
            options.pragma("fullfsync", "ON").pragma("checkpoint_fullfsync", "ON")
        } else {
            options
        }
    }

    /// A connection that reads.
    pub(crate) fn reading(&self) -> SqliteConnectOptions {
        self.common().read_only(true)
    }
}

/// Whether the engine takes a name for the name of a file on a disk, and not for something else.
pub(crate) fn is_plain(name: &Path) -> bool {
    let special = |text: &str| text.is_empty() || text == ":memory:" || text.starts_with("file:");
    !name.to_str().is_some_and(special)
}

/// A store where these options connect to. They must name a file; that it is not created, how long it is waited for,
/// how it is locked, journaled and synced is set by [`SqliteOptions`] alone.
impl From<SqliteConnectOptions> for SqliteOptions {
    fn from(connect: SqliteConnectOptions) -> Self {
        // Connections are opened later too, wherever the process has gone by then.
        let connect = match std::path::absolute(connect.get_filename()) {
            Ok(path) if is_plain(connect.get_filename()) => connect.filename(path),
            _ => connect,
        };
        Self {
            connect,
            durability: Durability::PowerSafe,
            readers: 4,
            queue_batches: 1_024,
            queue_bytes: 64 << 20,
            busy_timeout: Duration::from_secs(5),
            looks_every: Duration::from_millis(250),
            home: Home::Own,
        }
    }
}

/// Without the connect options, which may hold a key.
impl fmt::Debug for SqliteOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteOptions")
            .field("file", &self.connect.get_filename())
            .field("durability", &self.durability)
            .field("readers", &self.readers)
            .field("queue", &(self.queue_batches, self.queue_bytes))
            .field("busy_timeout", &self.busy_timeout)
            .field("look_every", &self.looks_every)
            .field("home", &self.home)
            .finish_non_exhaustive()
    }
}
