//! A file that was made with the first step of the ladder.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};

const FOUNDATION: &str = include_str!("../../migrations/0001_foundation.sql");
const CHECKSUM: &str = include_str!("../../migrations/0001_foundation.sha256");
/// What lies in it.
pub(crate) const ROWS: &str = include_str!("../files/foundation.sql");

/// Makes the file of that time.
pub(crate) async fn old_file(file: &Path) {
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(true);
    let mut old = options.connect().await.unwrap();
    let ledger = "CREATE TABLE worktrail_migration (
    step INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL,
    done INTEGER NOT NULL CHECK (done IN (0, 1)),
    tenant TEXT,
    id BLOB
) STRICT";
    for text in [FOUNDATION, ledger, ROWS] {
        sqlx::raw_sql(AssertSqlSafe(text.to_owned())).execute(&mut old).await.unwrap();
    }
    sqlx::query("INSERT INTO worktrail_migration (step, name, checksum, done) VALUES (1, 'foundation', ?, 1)")
        .bind(CHECKSUM.trim())
        .execute(&mut old)
        .await
        .unwrap();
    let marks = "PRAGMA application_id = 0x49505377; PRAGMA user_version = 1";
    sqlx::raw_sql(marks).execute(&mut old).await.unwrap();
    old.close().await.unwrap();
}
