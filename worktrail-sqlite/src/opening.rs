//! Looking at a file before anything is written to it.

use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _};
use worktrail_core::store::StoreErrorKind;

use crate::error::Fault;
use crate::migration::{Ladder, Ledger, Standing};
use crate::options::{Home, SqliteOptions, is_plain};

/// Marks a file as Worktrail's own: `IPSw` in ASCII.
pub(crate) const APPLICATION_ID: i64 = 0x4950_5377;

/// What stands at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sight {
    /// Nothing: no file, or an empty one.
    Nothing,
    /// A database without tables of ours, where they may be made.
    Vacant,
    /// A database with tables of ours.
    Worktrail(Standing),
}

/// Looks at a file, and leaves it and its directory as they are.
///
/// # Errors
/// When it is no file that a store may be opened or made in: it is another program's, not a SQLite database,
/// damaged, read-only, or its directory is not there.
pub(crate) async fn look(options: &SqliteOptions, ladder: &Ladder) -> Result<Sight, Fault> {
    let path = options.path();
    if !is_plain(&path) {
        return Err(Fault::misuse("a store is kept in a file: name its path, and neither `:memory:` nor a URI"));
    }
    let directory = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let unavailable = |text: &'static str| Fault::new(StoreErrorKind::Unavailable, text);
    match std::fs::metadata(directory) {
        Ok(directory) if !directory.is_dir() => return Err(unavailable("the file's directory is none")),
        Ok(directory) if directory.permissions().readonly() => {
            return Err(Fault::new(StoreErrorKind::ReadOnly, "the file's directory is read-only"));
        }
        Ok(_) => {}
        Err(_) => return Err(unavailable("the file's directory cannot be reached")),
    }
    match std::fs::metadata(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Sight::Nothing),
        Err(_) => return Err(unavailable("the file cannot be reached")),
        Ok(file) if !file.is_file() => return Err(unavailable("what stands at the path is not a file")),
        Ok(file) if file.permissions().readonly() => {
            return Err(Fault::new(StoreErrorKind::ReadOnly, "the file is read-only"));
        }
        Ok(file) if file.len() == 0 => return Ok(Sight::Nothing),
        Ok(_) => {}
    }
    if !has_companions(options) {
        // Nobody has it open for writing, so it can be read without a lock and without leaving a trace.
        let seen = see(&options.reading().immutable(true), options.home(), ladder).await;
        if seen.is_ok() || !has_companions(options) {
            return seen;
        }
    }
    match see(&options.reading(), options.home(), ladder).await {
        // An interrupted transaction of another process waits to be rolled back, as any opening of the file does.
        Err(fault) if fault.kind() == StoreErrorKind::ReadOnly => see(&options.common(), options.home(), ladder).await,
        seen => seen,
    }
}

/// Makes an empty file that only its owner may read, if there is none: everything in it is personal. The engine gives
/// the files that it lays beside it the same rights.
pub(crate) fn create_for_owner(path: &Path) -> Result<(), Fault> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) => match error.kind() {
            // Never opened when it is there: closing it would let go of the locks of this process's connections.
            std::io::ErrorKind::AlreadyExists => Ok(()),
            std::io::ErrorKind::StorageFull => Err(Fault::new(StoreErrorKind::Full, "there is no room for the file")),
            std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied => {
                Err(Fault::new(StoreErrorKind::ReadOnly, "the file's directory cannot be written"))
            }
            _ => Err(Fault::new(StoreErrorKind::Unavailable, "the file cannot be made")),
        },
    }
}

/// Whether a write-ahead log or a rollback journal with content lies beside the file.
fn has_companions(options: &SqliteOptions) -> bool {
    let lies_there = |ending| std::fs::metadata(options.beside(ending)).is_ok_and(|file| file.len() > 0);
    ["-wal", "-journal"].into_iter().any(lies_there)
}

async fn see(connect: &SqliteConnectOptions, home: Home, ladder: &Ladder) -> Result<Sight, Fault> {
    let mut connection = connect.connect().await?;
    let sight = judge(&mut connection, home, ladder).await;
    // What could go wrong in closing a connection that only read is of no concern.
    let _ = connection.close().await;
    sight
}

/// Whose file it is, and how its tables stand.
pub(crate) async fn judge(connection: &mut SqliteConnection, home: Home, ladder: &Ladder) -> Result<Sight, Fault> {
    let application: i64 = sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut *connection).await?;
    let tables: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema").fetch_one(&mut *connection).await?;
    let ledger = Ledger::read(connection).await?;
    let foreign = Fault::misuse("the file belongs to another program");
    match (home, ledger) {
        (Home::Own, _) if application != APPLICATION_ID && application != 0 => Err(foreign),
        (Home::Own, None) if tables > 0 => Err(foreign),
        (_, None) => Ok(Sight::Vacant),
        (_, Some(ledger)) => Ok(Sight::Worktrail(ledger.standing(ladder))),
    }
}
