//! Step 2: a folder of numbered files that appear whole or not at all.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use worktrail_core::store::{StoreError, StoreErrorKind};

const LOCK: &str = "lock";
const TORN: &str = "tmp";

/// The folder, for as long as it is ours.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    _lock: File,
}

impl Folder {
    /// Takes hold of a folder, which is made if it is not there.
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        fs::create_dir_all(path).map_err(other)?;
        numbers(path)?; // refuses a folder of something else before the lock is laid into it
        let lock = File::options().create(true).truncate(false).write(true).open(path.join(LOCK)).map_err(other)?;
        lock.try_lock().map_err(|cause| match cause {
            TryLockError::WouldBlock => StoreError::new(StoreErrorKind::AlreadyOpen, "somebody has the folder open"),
            TryLockError::Error(cause) => other(cause),
        })?;
        Ok(Self { path: path.to_owned(), _lock: lock })
    }

    /// How many files there are. They are numbered from 1 on; a missing one is damage.
    pub(crate) fn last(&self) -> Result<u64, StoreError> {
        let mut numbers = numbers(&self.path)?;
        numbers.sort_unstable();
        if (1..).zip(&numbers).any(|(wanted, number)| wanted != *number) {
            return Err(StoreError::corrupt("a file of the folder is missing"));
        }
        Ok(numbers.last().copied().unwrap_or(0))
    }

    /// The bytes of a file.
    pub(crate) fn read(&self, number: u64) -> Result<Vec<u8>, StoreError> {
        fs::read(self.file(number)).map_err(other)
    }

    /// Writes a file, new or in place of the one of its number. When this fails, nothing has changed, with one
    /// exception: `Unknown` says that the file stands there and may yet be lost with the power.
    pub(crate) fn write(&self, number: u64, bytes: &[u8]) -> Result<(), StoreError> {
        let file = self.file(number);
        let torn = file.with_extension(TORN);
        let written = File::create(&torn).and_then(|mut it| {
            it.write_all(bytes)?;
            it.sync_all()
        });
        if let Err(cause) = written.and_then(|()| fs::rename(&torn, &file)) {
            let _ = fs::remove_file(&torn); // what stays is swept up when the folder is next opened
            return Err(other(cause));
        }
        File::open(&self.path).and_then(|folder| folder.sync_all()).map_err(|cause| {
            StoreError::new(StoreErrorKind::Unknown, "the folder could not be synced").caused_by(cause)
        })
    }

    /// Removes what torn writes have left.
    pub(crate) fn sweep(&self) -> Result<(), StoreError> {
        for entry in fs::read_dir(&self.path).map_err(other)? {
            let path = entry.map_err(other)?.path();
            if path.extension().is_some_and(|it| it == TORN) {
                fs::remove_file(path).map_err(other)?;
            }
        }
        Ok(())
    }

    fn file(&self, number: u64) -> PathBuf {
        self.path.join(format!("{number:08}.json"))
    }
}

fn numbers(path: &Path) -> Result<Vec<u64>, StoreError> {
    let mut numbers = Vec::new();
    for entry in fs::read_dir(path).map_err(other)? {
        let name = entry.map_err(other)?.file_name();
        let name = Path::new(&name);
        let number = name.file_stem().and_then(|stem| stem.to_str()?.parse().ok());
        match (name.extension().and_then(|it| it.to_str()), number) {
            (Some("json"), Some(number)) => numbers.push(number),
            (Some(TORN), Some(_)) => {}
            _ if name == Path::new(LOCK) => {}
            _ => return Err(StoreError::misuse("the folder holds something that is not of this store")),
        }
    }
    Ok(numbers)
}

fn other(cause: io::Error) -> StoreError {
    let (kind, message) = match cause.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => (StoreErrorKind::Full, "there is no room left"),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            (StoreErrorKind::ReadOnly, "the folder cannot be written")
        }
        _ => (StoreErrorKind::Other, "the folder cannot be used"),
    };
    StoreError::new(kind, message).caused_by(cause)
}
