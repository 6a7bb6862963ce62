//! The connections that read, each for one reading at a time.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sqlx::sqlite::SqliteConnection;
use sqlx::{ConnectOptions as _, Connection as _};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use worktrail_core::store::StoreErrorKind;

use crate::error::Fault;
use crate::options::SqliteOptions;
use crate::writer::Working;

/// How long is waited for a connection that reads, at the least: opening one takes a moment, however little patience
/// there is with others.
const TO_CONNECT: Duration = Duration::from_secs(1);

/// A bounded number of connections, opened when they are needed.
///
/// A reading is a single statement outside of any transaction, so whoever goes away in the middle of one leaves its
/// connection as it was, and nothing is asked of a connection before it is used again.
#[derive(Debug, Clone)]
pub(crate) struct Readers {
    options: Arc<SqliteOptions>,
    idle: Arc<Mutex<Vec<SqliteConnection>>>,
    room: Arc<Semaphore>,
}

impl Readers {
    /// Opens none yet.
    pub(crate) fn new(options: &SqliteOptions) -> Self {
        let room = Semaphore::new(options.wanted_readers() as usize);
        Self { options: Arc::new(options.clone()), idle: Arc::default(), room: Arc::new(room) }
    }

    /// Reads something when a connection is free.
    pub(crate) async fn read<T>(
        &self,
        reading: impl for<'c> FnOnce(&'c mut SqliteConnection) -> Working<'c, Result<T, Fault>>,
    ) -> Result<T, Fault> {
        let mut reader = self.reader().await?;
        let connection = match &mut reader.connection {
            Some(connection) => connection,
            none => none.insert(self.options.reading().connect().await?),
        };
        let read = reading(connection).await;
        // One that the file system or its thread failed is not trusted again.
        if read.as_ref().is_err_and(|fault| fault.kind() == StoreErrorKind::Unavailable) {
            reader.connection = None;
        }
        read
    }

    async fn reader(&self) -> Result<Reader, Fault> {
        let room = if let Ok(room) = Arc::clone(&self.room).try_acquire_owned() {
            room
        } else {
            let patience = self.options.patience().max(TO_CONNECT);
            let room = tokio::time::timeout(patience, Arc::clone(&self.room).acquire_owned());
            let busy = |_| Fault::new(StoreErrorKind::Busy, "all connections for reading are in use");
            room.await.map_err(busy)?.map_err(|_| Fault::closed())?
        };
        Ok(Reader { connection: idle(&self.idle).pop(), idle: Arc::clone(&self.idle), _room: room })
    }

    /// Waits until nobody reads.
    pub(crate) async fn rest(&self) {
        // It fails when they were closed: then nobody will.
        let _ = self.room.acquire_many(self.options.wanted_readers()).await;
    }

    /// Closes them; a reading that is still under way is the last one of its connection.
    pub(crate) async fn close(&self) {
        self.room.close();
        let all = std::mem::take(&mut *idle(&self.idle));
        for connection in all {
            let _ = connection.close().await;
        }
    }
}

fn idle(connections: &Mutex<Vec<SqliteConnection>>) -> MutexGuard<'_, Vec<SqliteConnection>> {
    connections.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A place among those who read, with a connection once there is one. It goes back with the place.
struct Reader {
    connection: Option<SqliteConnection>,
    idle: Arc<Mutex<Vec<SqliteConnection>>>,
    _room: OwnedSemaphorePermit,
}

impl Drop for Reader {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            idle(&self.idle).push(connection);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(connection: &mut SqliteConnection) -> Working<'_, Result<i64, Fault>> {
        Box::pin(async move { Ok(sqlx::query_scalar("SELECT 1").fetch_one(connection).await?) })
    }

    fn refused(_: &mut SqliteConnection) -> Working<'_, Result<(), Fault>> {
        Box::pin(async { Err(Fault::corrupt("it does not fit")) })
    }

    fn failed(_: &mut SqliteConnection) -> Working<'_, Result<(), Fault>> {
        Box::pin(async { Err(Fault::new(StoreErrorKind::Unavailable, "the disk is gone")) })
    }

    #[tokio::test]
    async fn a_connection_that_failed_is_not_used_again_and_another_is() {
        let directory = tempfile::tempdir().unwrap();
        let options = SqliteOptions::file(directory.path().join("store.db")).readers(1);
        crate::migrate(&options).await.unwrap();
        let readers = Readers::new(&options);
        assert_eq!(readers.read(one).await.unwrap(), 1);
        assert_eq!(idle(&readers.idle).len(), 1);
        // A refusal is no failure.
        assert!(readers.read(refused).await.is_err());
        assert_eq!(idle(&readers.idle).len(), 1);
        assert!(readers.read(failed).await.is_err());
        assert_eq!(idle(&readers.idle).len(), 0);
        assert_eq!(readers.read(one).await.unwrap(), 1);
        readers.rest().await;
        readers.close().await;
        assert_eq!(readers.read(one).await.unwrap_err().kind(), StoreErrorKind::Closed);
    }
}
