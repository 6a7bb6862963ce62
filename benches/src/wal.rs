//! Reading SQLite's write-ahead log: how many transactions and pages it holds, whoever wrote them.

use std::path::Path;

use crate::Outcome;

/// What a write-ahead log holds since it was last begun anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Log {
    /// Transactions; with `synchronous=FULL` each of them was one flush.
    pub commits: u64,
    /// Pages.
    pub pages: u64,
    /// How often the log was begun anew.
    pub beginnings: u32,
}

const HEADER: usize = 32;
const FRAME: usize = 24;

impl Log {
    /// Reads the log beside a database file; an absent or empty one holds nothing.
    ///
    /// # Errors
    /// When it cannot be read, or is no log.
    pub fn beside(file: &Path) -> Outcome<Self> {
        let mut path = file.as_os_str().to_owned();
        path.push("-wal");
        match std::fs::read(&path) {
            Ok(bytes) if bytes.is_empty() => Ok(Self::default()),
            Ok(bytes) => Self::of(&bytes).ok_or_else(|| "a write-ahead log that is cut off".into()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error.into()),
        }
    }

    fn of(bytes: &[u8]) -> Option<Self> {
        let (header, frames) = bytes.split_at_checked(HEADER)?;
        let page = number(header, 8)? as usize;
        let salts = header.get(16..24)?;
        let mut log = Self { beginnings: number(header, 12)?, ..Self::default() };
        // Frames of an earlier beginning have other salts: they are leftovers.
        for frame in frames.chunks_exact(FRAME + page).take_while(|frame| frame.get(8..16) == Some(salts)) {
            log.pages += 1;
            log.commits += u64::from(number(frame, 4)? != 0);
        }
        Some(log)
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use sqlx::sqlite::SqliteConnectOptions;
    use sqlx::{ConnectOptions as _, Connection as _, Executor as _};

    use super::*;

    #[tokio::test]
    async fn commits_are_counted_and_leftovers_are_not() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("some.db");
        let mut connection =
            SqliteConnectOptions::new().filename(&file).create_if_missing(true).connect().await.unwrap();
        assert_eq!(Log::beside(&file).unwrap(), Log::default());
        connection.execute("PRAGMA journal_mode = WAL; CREATE TABLE t (x)").await.unwrap();
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").await.unwrap();
        for _ in 0..3 {
            connection.execute("BEGIN; INSERT INTO t VALUES (1); INSERT INTO t VALUES (2); COMMIT").await.unwrap();
        }
        let log = Log::beside(&file).unwrap();
        assert_eq!((log.commits, log.pages), (3, 3));
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").await.unwrap();
        connection.execute("INSERT INTO t VALUES (3)").await.unwrap();
        let next = Log::beside(&file).unwrap();
        assert_eq!((next.commits, next.beginnings), (1, log.beginnings + 1));
        connection.close().await.unwrap();
    }
}
