//! Keeping the write-ahead log short, off the way of a commit.

use std::path::PathBuf;

use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Executor as _};

use crate::options::SqliteOptions;

/// From this many bytes on, the log is brought home after the callers of a group have their answers. The next commit
/// then begins it again, and the engine cuts it to this length: what is written over costs less than what grows. With a
/// quarter of it 64 callers came to a twentieth to a tenth fewer acts.
pub(crate) const LONG: u64 = 16 << 20;
/// How often its length is looked at, in groups.
const EVERY: u32 = 16;
/// From this many bytes on, those who read are waited for, and again when it has grown by as much: where there is
/// always somebody reading, it would grow without end otherwise.
const TOO_LONG: u64 = 2 * LONG;
/// How long they are waited for. Commits wait meanwhile.
const PATIENCE: &str = "PRAGMA busy_timeout = 500";

/// The write-ahead log beside a file.
#[derive(Debug)]
pub(crate) struct Log {
    path: PathBuf,
    patience: String,
    groups: u32,
    /// From which length on those who read are waited for.
    limit: u64,
}

impl Log {
    pub(crate) fn of(options: &SqliteOptions) -> Self {
        let patience = format!("PRAGMA busy_timeout = {}", options.patience().as_millis());
        Self { path: options.beside("-wal"), patience, groups: 0, limit: TOO_LONG }
    }

    /// Its length in bytes.
    pub(crate) fn length(&self) -> u64 {
        std::fs::metadata(&self.path).map_or(0, |file| file.len())
    }

    /// Counts a group, and brings the log home when it has grown long. Whoever reads an older state keeps part of it
    /// from coming home, which the next time makes good.
    pub(crate) async fn tend(&mut self, connection: &mut SqliteConnection) {
        self.groups = (self.groups + 1) % EVERY;
        if self.groups != 0 {
            return;
        }
        let length = self.length();
        if length > self.limit {
            let _ = connection.execute(PATIENCE).await;
            let _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").await;
            let _ = connection.execute(AssertSqlSafe(self.patience.clone())).await;
            self.limit = self.length() + TOO_LONG;
        } else if length > LONG {
            let _ = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").await;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::pin::pin;
    use std::time::Duration;

    use sqlx::sqlite::SqliteConnectOptions;
    use sqlx::{ConnectOptions as _, Connection as _};

    use super::*;

    /// Somebody in the middle of reading.
    async fn reader(file: &Path) -> SqliteConnection {
        let mut reader = SqliteConnectOptions::new().filename(file).connect().await.unwrap();
        reader.execute("BEGIN; SELECT count(*) FROM t").await.unwrap();
        reader
    }

    #[tokio::test]
    async fn where_somebody_always_reads_the_log_is_begun_again_all_the_same() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("store.db");
        std::fs::write(&file, b"").unwrap();
        let options = SqliteOptions::file(&file);
        let mut writer = options.writing().connect().await.unwrap();
        writer.execute("PRAGMA journal_mode = WAL; CREATE TABLE t (x)").await.unwrap();
        let first = reader(&file).await;
        for _ in 0..36 {
            writer.execute("INSERT INTO t VALUES (randomblob(1000000))").await.unwrap();
        }
        let mut log = Log::of(&options);
        assert!(log.length() > TOO_LONG);
        log.groups = EVERY - 1;
        {
            let mut tending = pin!(log.tend(&mut writer));
            let waits = tokio::time::timeout(Duration::from_millis(50), &mut tending).await.is_err();
            // The first goes, and before the next commit there is another.
            first.close().await.unwrap();
            if waits {
                tending.await;
            }
        }
        let second = reader(&file).await;
        writer.execute("INSERT INTO t VALUES (1)").await.unwrap();
        assert!(log.length() < LONG, "the log is {} bytes long", log.length());
        let patience: i64 = sqlx::query_scalar("PRAGMA busy_timeout").fetch_one(&mut writer).await.unwrap();
        assert_eq!(patience, 5_000);
        second.close().await.unwrap();

        // Somebody who stays is waited for once, and then not before the log has grown much longer.
        let stays = reader(&file).await;
        for _ in 0..36 {
            writer.execute("INSERT INTO t VALUES (randomblob(1000000))").await.unwrap();
        }
        log.groups = EVERY - 1;
        log.limit = TOO_LONG;
        log.tend(&mut writer).await;
        assert!(log.limit > 2 * TOO_LONG);
        stays.close().await.unwrap();
    }
}
