//! Locking a directory's marker.
//!
//! A process that is just being started holds the files of the one that starts it, and so its locks, until it becomes
//! another program. A store that was closed a moment ago may therefore look open still: a lock is tried for a while.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::error::Fault;

/// How often a lock is tried again, and after how long: half a second in all.
const AGAIN: u32 = 50;
const PAUSE: Duration = Duration::from_millis(10);

/// Opens a file that was there a moment ago, and locks it.
///
/// # Errors
/// `AlreadyOpen` when somebody holds it and goes on holding it, or is at work there and took it away.
pub(crate) fn lock(options: &OpenOptions, path: &Path) -> Result<File, Fault> {
    let file = match options.open(path) {
        // Or its directory was taken away.
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(Fault::already_open()),
        opened => opened?,
    };
    let file = tried(file, || thread::sleep(PAUSE))?;
    if stands(&file, path)? { Ok(file) } else { Err(Fault::already_open()) }
}

/// Whether a file that was opened at a path is still the one there: whoever had it locked may have removed it.
fn stands(file: &File, path: &Path) -> io::Result<bool> {
    let there = match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        there => there?,
    };
    #[cfg(unix)]
    let same = {
        use std::os::unix::fs::MetadataExt as _;
        let held = file.metadata()?;
        (held.dev(), held.ino()) == (there.dev(), there.ino())
    };
    #[cfg(not(unix))]
    let same = there.len() == file.metadata()?.len();
    Ok(same)
}

fn tried(file: File, mut pause: impl FnMut()) -> Result<File, Fault> {
    for _ in 0..AGAIN {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => pause(),
            settled => return given(settled, file),
        }
    }
    given(file.try_lock(), file)
}

fn given(outcome: Result<(), TryLockError>, file: File) -> Result<File, Fault> {
    match outcome {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Fault::already_open()),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_that_is_let_go_of_in_time_is_taken() {
        for pauses in [0, 1, AGAIN] {
            let (theirs, ours) = two_openings();
            theirs.lock().unwrap();
            let mut left = pauses;
            if left == 0 {
                theirs.unlock().unwrap();
            }
            let taken = tried(ours, || {
                left -= 1;
                if left == 0 {
                    theirs.unlock().unwrap();
                }
            });
            assert_eq!((taken.map(drop), left), (Ok(()), 0));
            assert!(theirs.try_lock().is_ok(), "let go of with its file");
        }
    }

    #[test]
    fn a_lock_that_is_held_on_is_given_up() {
        let (theirs, ours) = two_openings();
        theirs.lock().unwrap();
        let mut pauses = 0;
        assert_eq!(tried(ours, || pauses += 1).map(drop), Err(Fault::already_open()));
        assert_eq!(pauses, AGAIN);
    }

    /// Who opened it before it was removed gets its lock afterwards, and holds nothing.
    #[cfg(unix)]
    #[test]
    fn a_lock_on_what_was_removed_is_none() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("marker");
        let removed = File::create(&path).unwrap();
        assert!(stands(&removed, &path).unwrap());
        fs::remove_file(&path).unwrap();
        assert!(!stands(&removed, &path).unwrap());
        // Both are there at once, so that they cannot be of one number.
        let _another = File::create(&path).unwrap();
        assert!(!stands(&removed, &path).unwrap());
    }

    fn two_openings() -> (File, File) {
        let file = tempfile::NamedTempFile::new().unwrap();
        (file.reopen().unwrap(), file.reopen().unwrap())
    }
}
