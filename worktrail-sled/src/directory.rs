//! The directory of a store: whose it is, who has it open, and that all of it is on the disk.
//!
//! ```text
//! worktrail       says that this is a store, and in which form; locked while it is open
//! worktrail.new   the same, until the store is wholly made
//! worktrail.mark  how much was acknowledged
//! conf db blobs/ snap.*   sled's
//! ```

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use worktrail_core::store::{DigestWriter, StoreErrorKind};

use crate::error::Fault;
use crate::lock::lock;
use crate::mark::Mark;

const MARKER: &str = "worktrail";
const UNFINISHED: &str = "worktrail.new";
const MARK: &str = "worktrail.mark";
/// The form of the marker and of what stands in sled.
const FORM: u32 = 1;
/// The longest marker that is read.
const LONGEST_MARKER: u64 = 1_024;
/// How sled's settings begin, as this version writes them. It opens an empty database in place of one whose settings
/// were lost.
const SETTINGS: &str = "segment_size: 16777216\nuse_compression: false\nversion: 0.34\n";

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sight {
    /// Nothing: no directory, or an empty one.
    Nothing,
    /// A store that was not wholly made.
    Unfinished,
    /// A store.
    Store,
}

/// A directory that is ours, for as long as this is held.
#[derive(Debug)]
pub(crate) struct Directory {
    path: PathBuf,
    /// The marker, locked.
    marker: File,
}

/// Looks at a path, and leaves it as it is.
///
/// # Errors
/// When it is no place where a store is or may be made.
pub(crate) fn look(path: &Path) -> Result<Sight, Fault> {
    match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return look_around(path).map(|()| Sight::Nothing),
        Err(error) => return Err(error.into()),
        Ok(there) if !there.is_dir() => return Err(Fault::unavailable("what stands at the path is no directory")),
        Ok(there) if there.permissions().readonly() => return Err(read_only()),
        Ok(_) => {}
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(path)? {
        names.push(entry?.file_name());
    }
    match names {
        names if names.is_empty() => Ok(Sight::Nothing),
        // Looked for after the others: a store that is finished meanwhile is in the list under neither name.
        _ if path.join(MARKER).exists() => Ok(Sight::Store),
        names if names.iter().any(|name| name == UNFINISHED) => Ok(Sight::Unfinished),
        _ => Err(Fault::misuse("the directory belongs to another program, or its marker was removed")),
    }
}

/// That a directory may be made at a path.
fn look_around(path: &Path) -> Result<(), Fault> {
    match path.parent().map(fs::metadata) {
        Some(Ok(parent)) if !parent.is_dir() => Err(Fault::unavailable("the directory's parent is no directory")),
        Some(Ok(parent)) if parent.permissions().readonly() => Err(read_only()),
        Some(Ok(_)) => Ok(()),
        None | Some(Err(_)) => Err(Fault::unavailable("the directory's parent cannot be reached")),
    }
}

/// Takes hold of a store's directory.
pub(crate) fn take(path: &Path) -> Result<Directory, Fault> {
    let marker = lock(OpenOptions::new().read(true).write(true), &path.join(MARKER))?;
    let directory = Directory { path: path.to_owned(), marker };
    directory.check_marker()?;
    let settings = fs::read(path.join("conf")).unwrap_or_default();
    let there = directory.log().is_file() && directory.mark().is_file();
    if !settings.starts_with(SETTINGS.as_bytes()) || !there {
        return Err(Fault::corrupt("sled's settings, its log or the count are missing or damaged"));
    }
    directory.has_no_blobs()?;
    // What an opening that was cut short has left. sled would take it for the newest, and refuse to open.
    for name in directory.names(|name| name.starts_with("snap.") && name.ends_with(".generating"))? {
        fs::remove_file(name)?;
    }
    Ok(directory)
}

/// Takes hold of a place where a store is to be made. There is none until [`Directory::finish`].
pub(crate) fn make(path: &Path) -> Result<Directory, Fault> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error.into()),
        // It was there, or somebody makes a store at the same time: the lock tells.
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let directory = Directory { path: path.to_owned(), marker: lock(&options, &path.join(UNFINISHED))? };
    if path.join(MARKER).exists() {
        // Somebody finished it in the meantime. What is locked is another file; or it is the same, and has its name now.
        return match fs::remove_file(path.join(UNFINISHED)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Err(Fault::already_open()),
        };
    }
    directory.sweep()?;
    Mark::create(&directory.mark())?;
    Ok(directory)
}

/// Removes what could not be finished, as far as that can be done, unless somebody else is making a store there or has
/// made one.
pub(crate) fn unmake(path: &Path, was_there: bool) {
    let unfinished = path.join(UNFINISHED);
    if let Ok(marker) = lock(OpenOptions::new().read(true), &unfinished)
        && !path.join(MARKER).exists()
    {
        let directory = Directory { path: path.to_owned(), marker };
        let _ = directory.sweep();
        let _ = fs::remove_file(unfinished);
    }
    if !was_there {
        let _ = fs::remove_dir(path);
    }
}

impl Directory {
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// sled's log.
    pub(crate) fn log(&self) -> PathBuf {
        self.path.join("db")
    }

    /// The count of what was acknowledged.
    pub(crate) fn mark(&self) -> PathBuf {
        self.path.join(MARK)
    }

    /// Says that a store that was being made is whole.
    pub(crate) fn finish(&mut self) -> Result<(), Fault> {
        self.marker.set_len(0)?;
        self.marker.rewind()?;
        self.marker.write_all(marker(FORM).as_bytes())?;
        self.marker.sync_all()?;
        fs::rename(self.path.join(UNFINISHED), self.path.join(MARKER))?;
        // What may not outlast the next power cut is no store.
        self.sync().inspect_err(|_| {
            let _ = fs::rename(self.path.join(MARKER), self.path.join(UNFINISHED));
        })
    }

    /// Brings all of it to the disk: files, directories, and that they are there.
    pub(crate) fn sync(&self) -> Result<(), Fault> {
        for file in self.names(|name| matches!(name, "conf" | "db" | MARK) || name.starts_with("snap."))? {
            File::open(file)?.sync_all()?;
        }
        if cfg!(unix) {
            for directory in [Some(self.blobs().as_path()), Some(self.path()), self.path.parent()].into_iter().flatten()
            {
                File::open(directory)?.sync_all()?;
            }
        }
        Ok(())
    }

    /// That sled has written nothing to a file of its own, which it would never sync.
    pub(crate) fn has_no_blobs(&self) -> Result<(), Fault> {
        match fs::read_dir(self.blobs()).map(|mut blobs| blobs.next()) {
            Ok(None) => Ok(()),
            Ok(Some(_)) => Err(Fault::corrupt("sled has written a blob, which it never syncs")),
            Err(error) if error.kind() == ErrorKind::NotFound => Err(Fault::corrupt("sled's blobs are missing")),
            Err(error) => Err(error.into()),
        }
    }

    fn blobs(&self) -> PathBuf {
        self.path.join("blobs")
    }

    fn check_marker(&self) -> Result<(), Fault> {
        let mut text = String::new();
        let read = (&self.marker).take(LONGEST_MARKER).read_to_string(&mut text);
        let damaged = || Fault::corrupt("the marker of the directory is damaged");
        match read {
            Err(error) if error.kind() != ErrorKind::InvalidData => return Err(error.into()),
            Err(_) => return Err(damaged()),
            Ok(_) => {}
        }
        let form = text.split(' ').nth(1).and_then(|form| form.parse().ok()).ok_or_else(damaged)?;
        match (text == marker(form), form) {
            (true, FORM) => Ok(()),
            (true, _) => Err(Fault::outdated("the store was made by another version, in another form")),
            (false, _) => Err(damaged()),
        }
    }

    /// Removes sled's files and the count.
    fn sweep(&self) -> io::Result<()> {
        for file in self.names(|name| matches!(name, "conf" | "db" | MARK) || name.starts_with("snap."))? {
            fs::remove_file(file)?;
        }
        match fs::remove_dir_all(self.blobs()) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn names(&self, wanted: impl Fn(&str) -> bool) -> io::Result<Vec<PathBuf>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            let entry = entry?;
            if entry.file_name().to_str().is_some_and(&wanted) {
                names.push(entry.path());
            }
        }
        Ok(names)
    }
}

fn marker(form: u32) -> String {
    let digest = DigestWriter::new("worktrail-sled marker").number(form.into()).finish();
    format!("worktrail-sled {form} {digest}\n")
}

fn read_only() -> Fault {
    Fault::new(StoreErrorKind::ReadOnly, "the directory cannot be written")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &[u8]) -> Result<(), Fault> {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join(MARKER), text).unwrap();
        take(directory.path()).map(|_| ())
    }

    #[test]
    fn every_altered_bit_of_a_marker_is_noticed() {
        let whole = marker(FORM);
        for place in 0..whole.len() * 8 {
            let mut altered = whole.clone().into_bytes();
            altered[place / 8] ^= 1 << (place % 8);
            assert_eq!(marked(&altered), Err(Fault::corrupt("the marker of the directory is damaged")), "{place}");
        }
        for length in 0..whole.len() {
            assert_eq!(marked(&whole.as_bytes()[..length]).unwrap_err().kind(), StoreErrorKind::Corrupt, "{length}");
        }
    }

    #[test]
    fn what_somebody_else_makes_is_not_taken_apart() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("store");
        let mut theirs = make(&path).unwrap();
        fs::write(theirs.log(), "theirs").unwrap();
        fs::create_dir(theirs.blobs()).unwrap();
        assert_eq!(make(&path).unwrap_err(), Fault::already_open());
        unmake(&path, false);
        assert!(theirs.log().exists(), "while it is being made");
        theirs.finish().unwrap();
        drop(theirs);
        fs::write(path.join(UNFINISHED), "").unwrap();
        unmake(&path, false);
        assert!(path.join("db").exists(), "when it is made");
        assert_eq!(make(&path).unwrap_err(), Fault::already_open());
        assert!(!path.join(UNFINISHED).exists());
    }

    #[test]
    fn what_was_not_finished_leaves_nothing() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("store");
        let ours = make(&path).unwrap();
        fs::write(ours.log(), "ours").unwrap();
        drop(ours);
        unmake(&path, true);
        assert_eq!(fs::read_dir(&path).unwrap().count(), 0);
        unmake(&path, false);
        assert!(!path.exists());
    }

    #[test]
    fn another_form_is_told_from_damage() {
        assert_eq!(marked(marker(2).as_bytes()).unwrap_err().kind(), StoreErrorKind::SchemaOutdated);
        let settings = Fault::corrupt("sled's settings, its log or the count are missing or damaged");
        assert_eq!(marked(marker(FORM).as_bytes()), Err(settings), "the marker is whole, and nothing else is there");
    }
}
