//! The store's own connections: a bounded number, made when they are needed, used again when their work came to its end.
//!
//! A connection whose use was broken off, by an error of its own or by a caller that went away, is never used again:
//! what it was in the middle of is then the server's to roll back. So nothing has to be asked of a connection before or
//! after its use, and a server that fell silent keeps no place occupied.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sqlx::postgres::PgConnection;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};
use worktrail_core::store::StoreErrorKind;

use crate::connect::{connect, disconnect};
use crate::error::Fault;
use crate::options::PostgresOptions;
use crate::pauses::Pauses;

/// Connections of one sort.
#[derive(Debug, Clone)]
pub(crate) struct Connections {
    options: PostgresOptions,
    idle: Arc<Mutex<Vec<Idle>>>,
    places: Arc<Semaphore>,
    most: usize,
}

/// A connection that nobody uses.
#[derive(Debug)]
struct Idle {
    connection: PgConnection,
    since: Instant,
}

/// A connection in use. Dropped, it is gone; [`give_back`](Self::give_back) keeps it for the next.
#[derive(Debug)]
pub(crate) struct Lease {
    connection: PgConnection,
    /// Whether it was used before, and so may be dead by now.
    pub(crate) used: Used,
    idle: Arc<Mutex<Vec<Idle>>>,
    _place: OwnedSemaphorePermit,
}

/// What a connection has behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Used {
    /// Not long ago.
    Lately,
    /// So long ago that it may well be dead by now.
    Before,
    Never,
}

/// What lies idle for longer is taken for one that may be dead.
const LATELY: Duration = Duration::from_secs(5);

/// Between two attempts to reach a server that does not answer: at first, and at most.
const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

impl Connections {
    pub(crate) fn new(options: &PostgresOptions, most: usize) -> Self {
        Self { options: options.clone(), idle: Arc::default(), places: Arc::new(Semaphore::new(most)), most }
    }

    /// A connection: one that is idle, or else a new one.
    pub(crate) async fn lease(&self) -> Result<Lease, Fault> {
        let place = self.place().await?;
        let idle = lock(&self.idle).pop();
        match idle {
            Some(Idle { connection, since }) => {
                let used = if since.elapsed() <= LATELY { Used::Lately } else { Used::Before };
                Ok(self.leased(connection, used, place))
            }
            None => Ok(self.leased(reach(&self.options).await?, Used::Never, place)),
        }
    }

    /// A new connection, after one that had been used before turned out to be dead: the idle ones are likely to be too.
    pub(crate) async fn lease_anew(&self) -> Result<Lease, Fault> {
        lock(&self.idle).clear();
        let place = self.place().await?;
        Ok(self.leased(reach(&self.options).await?, Used::Never, place))
    }

    fn leased(&self, connection: PgConnection, used: Used, place: OwnedSemaphorePermit) -> Lease {
        Lease { connection, used, idle: Arc::clone(&self.idle), _place: place }
    }

    async fn place(&self) -> Result<OwnedSemaphorePermit, Fault> {
        match timeout(self.options.waits(), Arc::clone(&self.places).acquire_owned()).await {
            Ok(Ok(place)) => Ok(place),
            Ok(Err(_)) => Err(Fault::closed()),
            Err(_) => Err(Fault::new(StoreErrorKind::Busy, "all connections are in use")),
        }
    }

    /// Waits until none is in use, and ends them.
    pub(crate) async fn close(&self) {
        // The number was brought under the bound of `u32`.
        let all = u32::try_from(self.most).unwrap_or(u32::MAX);
        let _all = timeout(self.options.deadline(), self.places.acquire_many(all)).await;
        self.places.close();
        let idle = std::mem::take(&mut *lock(&self.idle));
        for Idle { connection, .. } in idle {
            let _ = timeout(self.options.waits(), disconnect(connection)).await;
        }
    }
}

/// Connects, and tries again while the server cannot be reached, as long as the options say.
pub(crate) async fn reach(options: &PostgresOptions) -> Result<PgConnection, Fault> {
    let mut last = Fault::silent();
    let trying = async {
        let mut pauses = Pauses::new(FIRST_PAUSE, LONGEST_PAUSE);
        loop {
            match connect(options).await {
                Err(fault) if fault.is_lost() => last = fault,
                settled => return settled,
            }
            tokio::time::sleep(pauses.next()).await;
        }
    };
    let reached = timeout(options.waits(), trying).await;
    reached.unwrap_or(Err(last))
}

impl Lease {
    /// Keeps the connection for the next. Nothing may be left of its use.
    pub(crate) fn give_back(self) {
        let since = Instant::now();
        lock(&self.idle).push(Idle { connection: self.connection, since });
    }
}

impl Deref for Lease {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        &self.connection
    }
}

impl DerefMut for Lease {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.connection
    }
}

/// The list is whole at every moment, whoever panicked while holding it.
fn lock(idle: &Mutex<Vec<Idle>>) -> MutexGuard<'_, Vec<Idle>> {
    idle.lock().unwrap_or_else(PoisonError::into_inner)
}
