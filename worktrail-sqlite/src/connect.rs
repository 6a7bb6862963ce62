//! Opening connections, with their settings set and read back.

use sqlx::sqlite::SqliteConnection;
use sqlx::{ConnectOptions as _, Connection as _, Executor as _, Row as _};
use worktrail_core::store::{Durability, StoreErrorKind, StoreInfo};

use crate::error::Fault;
use crate::options::SqliteOptions;

/// From this version on, several connections may write and checkpoint at the same instant without harm.
const SAFE_FOR_MANY: (u32, u32, u32) = (3, 51, 3);
/// How often the switch to a write-ahead log is tried, and how long is waited in between: the engine itself does not
/// wait for the lock that this takes.
const TRIES: u32 = 100;

/// Whether there may be connections beside the writer's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Company {
    /// The engine is sound with several.
    Many,
    /// Its version has a fault in that, so there is one.
    Alone,
}

/// Opens the connection that writes, and says what it is.
pub(crate) async fn connect_writer(options: &SqliteOptions) -> Result<(SqliteConnection, StoreInfo, Company), Fault> {
    let mut connection = options.writing().connect().await?;
    match settle(&mut connection, options).await {
        Ok((info, company)) => Ok((connection, info, company)),
        Err(fault) => {
            let _ = connection.close().await;
            Err(fault)
        }
    }
}

async fn settle(connection: &mut SqliteConnection, options: &SqliteOptions) -> Result<(StoreInfo, Company), Fault> {
    let journal_mode = write_ahead(connection, options).await?;
    try_writing(connection, options).await?;
    let read = read_back(connection).await?;
    if journal_mode != "wal" {
        return Err(Fault::misuse("the file cannot have a write-ahead log: is it in memory, or opened immutable?"));
    }
    let wanted = match options.wanted_durability() {
        Durability::PowerSafe => "2",
        Durability::ProcessSafe | Durability::Volatile => "1",
    };
    if !read.iter().any(|(name, value)| name == "synchronous" && value == wanted) {
        return Err(Fault::new(StoreErrorKind::Other, "the engine did not take the setting for synchronous"));
    }
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(connection).await?;
    let company =
        if parse(&version).is_some_and(|version| version >= SAFE_FOR_MANY) { Company::Many } else { Company::Alone };
    let mut info = StoreInfo::new(format!("SQLite {version}"), options.wanted_durability());
    for (name, value) in read {
        info = info.setting(name, value);
    }
    let readers = match (company, options.wanted_readers()) {
        (Company::Alone, _) => "none: this version of SQLite is sound with a single connection only".to_owned(),
        (Company::Many, 0) => "none: readings wait their turn with the commits".to_owned(),
        (Company::Many, readers) => readers.to_string(),
    };
    Ok((info.setting("readers", readers), company))
}

/// Makes it known at once when the file cannot be written, as on a read-only file system. That somebody else is
/// writing is no fault.
async fn try_writing(connection: &mut SqliteConnection, options: &SqliteOptions) -> Result<(), Fault> {
    connection.execute("PRAGMA busy_timeout = 0").await?;
    let tried = connection.execute("BEGIN IMMEDIATE; ROLLBACK").await.map_err(Fault::from);
    let patience = format!("PRAGMA busy_timeout = {}", options.patience().as_millis());
    connection.execute(sqlx::AssertSqlSafe(patience)).await?;
    match tried {
        Err(fault) if fault.kind() != StoreErrorKind::Busy => Err(fault),
        _ => Ok(()),
    }
}

/// Switches to a write-ahead log, and gives the mode that the engine names afterwards.
async fn write_ahead(connection: &mut SqliteConnection, options: &SqliteOptions) -> Result<String, Fault> {
    let mut tries = 0;
    loop {
        let mode = sqlx::query_scalar("PRAGMA journal_mode = WAL").fetch_one(&mut *connection).await;
        match mode.map_err(Fault::from) {
            Err(fault) if fault.kind() == StoreErrorKind::Busy && tries < TRIES => tries += 1,
            mode => return mode,
        }
        tokio::time::sleep(options.patience() / TRIES).await;
    }
}

/// The settings that bear on safety, as the engine gives them back.
async fn read_back(connection: &mut SqliteConnection) -> Result<Vec<(String, String)>, Fault> {
    const NAMES: [&str; 8] = [
        "journal_mode",
        "synchronous",
        "secure_delete",
        "trusted_schema",
        "cell_size_check",
        "mmap_size",
        "temp_store",
        "busy_timeout",
    ];
    let mut settings = Vec::new();
    for name in NAMES {
        let row = sqlx::query(sqlx::AssertSqlSafe(format!("PRAGMA {name}"))).fetch_optional(&mut *connection).await?;
        let value = match row {
            Some(row) => row.try_get::<String, _>(0).or_else(|_| row.try_get::<i64, _>(0).map(|it| it.to_string()))?,
            None => String::new(),
        };
        settings.push((name.to_owned(), value));
    }
    Ok(settings)
}

fn parse(version: &str) -> Option<(u32, u32, u32)> {
    let mut numbers = version.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_number() {
        assert!(parse("3.51.3") >= Some(SAFE_FOR_MANY));
        assert!(parse("3.100.0") >= Some(SAFE_FOR_MANY));
        assert!(parse("3.51.2") < Some(SAFE_FOR_MANY));
        assert_eq!(parse("three"), None);
    }
}
