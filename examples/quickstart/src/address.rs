//! Where the story is kept: what stands after `--store`.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use worktrail_core::store::{MemoryStore, Store, StoreError};
use worktrail_sqlite::SqliteStore;

/// The file that is used when no store is named.
const FILE: &str = "worktrail-quickstart.db";

/// Where a store is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Address {
    /// In this process, and nowhere when it has ended.
    Memory,
    /// On one SQLite file.
    Sqlite(PathBuf),
}

/// What cannot be taken for a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NotAddress {
    /// It begins with nothing that is known.
    Unknown(String),
    /// There is no path after the colon.
    NoPath,
    /// The program is called in another way.
    Usage,
}

/// A store that was opened, to be closed again.
#[derive(Debug, Clone)]
pub(crate) enum Opened {
    Memory(MemoryStore),
    Sqlite(SqliteStore),
}

impl Address {
    /// What the program was called with: nothing, or `--store` and an address.
    pub(crate) fn from_arguments(arguments: impl IntoIterator<Item = String>) -> Result<Self, NotAddress> {
        let arguments: Vec<String> = arguments.into_iter().collect();
        match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            [] => Ok(Self::Sqlite(FILE.into())),
            ["--store", address] => address.parse(),
            _ => Err(NotAddress::Usage),
        }
    }

    /// Opens the store, and makes it when there is none.
    pub(crate) async fn open(&self) -> Result<Opened, StoreError> {
        Ok(match self {
            Self::Memory => Opened::Memory(MemoryStore::new()),
            Self::Sqlite(path) => Opened::Sqlite(SqliteStore::open_or_create(path).await?),
        })
    }
}

impl Opened {
    /// The store, whichever it is.
    pub(crate) fn store(&self) -> Arc<dyn Store> {
        match self {
            Self::Memory(store) => Arc::new(store.clone()),
            Self::Sqlite(store) => Arc::new(store.clone()),
        }
    }

    /// Lets go of it.
    pub(crate) async fn close(&self) {
        match self {
            Self::Memory(_) => {}
            Self::Sqlite(store) => store.close().await,
        }
    }
}

impl FromStr for Address {
    type Err = NotAddress;

    fn from_str(text: &str) -> Result<Self, NotAddress> {
        match text.split_once(':') {
            None if text == "memory" => Ok(Self::Memory),
            Some(("sqlite", "")) => Err(NotAddress::NoPath),
            Some(("sqlite", path)) => Ok(Self::Sqlite(path.into())),
            _ => Err(NotAddress::Unknown(text.to_owned())),
        }
    }
}

/// A path in full, so that the file can be found again.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let full = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        match self {
            Self::Memory => f.write_str("memory"),
            Self::Sqlite(path) => write!(f, "{}", full(path).display()),
        }
    }
}

impl fmt::Display for NotAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(text) => write!(f, "`{text}` names no store: it is sqlite:PATH or memory"),
            Self::NoPath => f.write_str("a path is missing: sqlite:PATH"),
            Self::Usage => f.write_str("usage: quickstart [--store sqlite:PATH | memory]"),
        }
    }
}

impl std::error::Error for NotAddress {}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(arguments: &[&str]) -> Result<Address, NotAddress> {
        Address::from_arguments(arguments.iter().map(|&argument| argument.to_owned()))
    }

    #[test]
    fn a_store_is_named_by_its_engine_and_its_place() {
        assert_eq!(called(&[]), Ok(Address::Sqlite("worktrail-quickstart.db".into())));
        assert_eq!(called(&["--store", "memory"]), Ok(Address::Memory));
        assert_eq!(called(&["--store", "sqlite:a/b.db"]), Ok(Address::Sqlite("a/b.db".into())));
        assert_eq!(called(&["--store", "sqlite:C:/b.db"]), Ok(Address::Sqlite("C:/b.db".into())));
    }

    #[test]
    fn what_names_no_store_is_refused() {
        assert_eq!(called(&["--store", "sqlite:"]), Err(NotAddress::NoPath));
        for text in ["", "memory:", "Memory", "oracle:x", "sqlite", "a.db"] {
            assert_eq!(called(&["--store", text]), Err(NotAddress::Unknown(text.to_owned())));
        }
        for arguments in [&["--store"][..], &["a.db"], &["--store", "memory", "more"], &["--help"]] {
            assert_eq!(called(arguments), Err(NotAddress::Usage));
        }
    }
}
