//! A copy of the file, taken while the store is in use.

use std::path::{Path, PathBuf};

use sqlx::{ConnectOptions as _, Connection as _, Executor as _};
use worktrail_core::store::{StoreError, StoreErrorKind};

use crate::error::Fault;
use crate::opening::create_for_owner;
use crate::options::SqliteOptions;
use crate::store::SqliteStore;
use crate::verify::{Verified, verify};

/// A backup that was taken, and what was found when it was read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Backup {
    /// Records whose digests fit.
    pub records: u64,
    /// Journal entries whose chain holds.
    pub entries: u64,
}

impl SqliteStore {
    /// Copies the store into a new file, as of one moment, while others go on reading and writing.
    ///
    /// The copy is written beside its place, in a file that only its owner may read, synced to the disk, read again
    /// (every digest and the journal's chain), and only then given its name: a file of that name is a whole backup. It
    /// opens with the options of the original; of a host's file it holds the host's tables too. It holds personal data
    /// like the original, and what is forgotten later stays in it. One backup is taken to a place at a time.
    ///
    /// The caller's thread of the runtime is not held up; the driver's does the copying, and the runtime's threads
    /// for blocking work sync the file.
    ///
    /// # Errors
    /// `Misuse` when a file of that name is there; `Corrupt` when the copy does not verify, and then it is removed;
    /// `Full`, `Unavailable`, `Closed`.
    pub async fn backup(&self, to: impl AsRef<Path> + Send) -> Result<Backup, StoreError> {
        let to = std::path::absolute(to.as_ref()).map_err(|_| unreachable_place())?;
        if to.symlink_metadata().is_ok() {
            return Err(there().into());
        }
        let mut partial = to.clone().into_os_string();
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        let taken = self.take(&partial, &to).await;
        if taken.is_err() {
            // What could not be finished is of no use to anybody; should it stay, its name says what it is.
            let _ = std::fs::remove_file(&partial);
        }
        Ok(taken?)
    }

    async fn take(&self, partial: &Path, to: &Path) -> Result<Backup, Fault> {
        let name = partial.to_str().ok_or_else(|| Fault::misuse("the backup's path is not UTF-8"))?.to_owned();
        if partial.symlink_metadata().is_ok() {
            // Left by a backup that did not come to its end.
            std::fs::remove_file(partial).map_err(|_| unreachable_place())?;
        }
        create_for_owner(partial)?;
        self.read(move |connection| {
            Box::pin(async move {
                connection.execute(sqlx::query("VACUUM INTO ?").bind(name)).await?;
                Ok(())
            })
        })
        .await?;
        blocking(partial.to_owned(), |partial| std::fs::File::open(partial)?.sync_all()).await?;
        let verified = read_again(&self.shared()?.options, partial).await?;
        blocking((partial.to_owned(), to.to_owned()), |(partial, to)| give_name(&partial, &to, sync_directory)).await?;
        Ok(Backup { records: verified.records, entries: verified.entries })
    }

    /// Asks SQLite whether the file's structure is sound.
    ///
    /// This is a weak check: it notices pages and indexes that do not fit together, and hardly ever a changed byte in
    /// what was stored. The digests notice that, whenever something is read, and all of it at once when a desk
    /// verifies the store.
    ///
    /// # Errors
    /// `Corrupt` when it is not sound; `Busy`, `Unavailable`, `Closed`.
    pub async fn check(&self) -> Result<(), StoreError> {
        let found = self.read(|connection| {
            Box::pin(async move {
                Ok(sqlx::query_scalar::<_, String>("PRAGMA integrity_check(1)").fetch_all(connection).await?)
            })
        });
        match found.await?.first().map(String::as_str) {
            Some("ok") => Ok(()),
            _ => Err(StoreError::corrupt("the file's structure is not sound")),
        }
    }
}

async fn read_again(options: &SqliteOptions, copy: &Path) -> Result<Verified, Fault> {
    let mut connection = options.reading().filename(copy).immutable(true).connect().await?;
    let verified = verify(&mut connection).await;
    let _ = connection.close().await;
    verified
}

/// Gives a whole backup its name. When that may not outlast the next power cut, it has none.
fn give_name(partial: &Path, to: &Path, sync: fn(of: &Path) -> std::io::Result<()>) -> std::io::Result<()> {
    if to.symlink_metadata().is_ok() {
        return Err(std::io::ErrorKind::AlreadyExists.into());
    }
    std::fs::rename(partial, to)?;
    sync(to).inspect_err(|_| {
        let _ = std::fs::remove_file(to);
    })
}

/// Does file work on a thread that may wait.
async fn blocking<T: Send + 'static>(
    on: T,
    work: impl FnOnce(T) -> std::io::Result<()> + Send + 'static,
) -> Result<(), Fault> {
    match tokio::task::spawn_blocking(move || work(on)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) if error.kind() == std::io::ErrorKind::AlreadyExists => Err(there()),
        Ok(Err(error)) if error.kind() == std::io::ErrorKind::StorageFull => {
            Err(Fault::new(StoreErrorKind::Full, "there is no room for the backup"))
        }
        Ok(Err(_)) | Err(_) => Err(unreachable_place()),
    }
}

fn sync_directory(of: &Path) -> std::io::Result<()> {
    if cfg!(unix)
        && let Some(directory) = of.parent()
    {
        std::fs::File::open(directory)?.sync_all()?;
    }
    Ok(())
}

fn there() -> Fault {
    Fault::misuse("a file of the backup's name is there")
}

fn unreachable_place() -> Fault {
    Fault::new(StoreErrorKind::Unavailable, "the backup's file cannot be written or synced")
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    /// What naming fails with when it is done as a backup does it.
    async fn named(partial: &Path, to: &Path, sync: fn(of: &Path) -> io::Result<()>) -> Option<StoreErrorKind> {
        let places = (partial.to_owned(), to.to_owned());
        let named = blocking(places, move |(partial, to)| give_name(&partial, &to, sync)).await;
        named.err().map(|fault| fault.kind())
    }

    #[tokio::test]
    async fn a_backup_that_cannot_be_named_for_good_is_none() {
        let directory = tempfile::tempdir().unwrap();
        let (partial, to) = (directory.path().join("copy.db.partial"), directory.path().join("copy.db"));
        std::fs::write(&partial, "whole").unwrap();
        // Somebody else was there first.
        std::fs::write(&to, "a letter").unwrap();
        assert_eq!(named(&partial, &to, sync_directory).await, Some(StoreErrorKind::Misuse));
        assert_eq!(std::fs::read(&to).unwrap(), b"a letter");
        std::fs::remove_file(&to).unwrap();

        assert_eq!(named(&partial, &to, |_| Err(io::ErrorKind::StorageFull.into())).await, Some(StoreErrorKind::Full));
        assert!(!to.exists() && !partial.exists());
        // It was removed by somebody.
        assert_eq!(named(&partial, &to, sync_directory).await, Some(StoreErrorKind::Unavailable));

        std::fs::write(&partial, "whole").unwrap();
        assert_eq!(named(&partial, &to, sync_directory).await, None);
        assert_eq!(std::fs::read(&to).unwrap(), b"whole");
    }
}
