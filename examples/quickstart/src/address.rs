//! Where the story is kept: what stands after `--store`.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use worktrail_core::store::{MemoryStore, Store, StoreError};
use worktrail_postgres::{PostgresOptions, PostgresStore};
use worktrail_sled::SledStore;
use worktrail_sqlite::SqliteStore;

/// The file that is used when no store is named.
const FILE: &str = "worktrail-quickstart.db";
/// The schema of the story in a PostgreSQL database.
const SCHEMA: &str = "worktrail_quickstart";

/// Where a store is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Address {
    /// In this process, and nowhere when it has ended.
    Memory,
    /// On one SQLite file.
    Sqlite(PathBuf),
    /// In a directory of sled's.
    Sled(PathBuf),
    /// In a schema of a PostgreSQL database.
    Postgres { url: Url, schema: String },
}

/// What the program was called for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Asked {
    /// The story, on this store.
    Story(Address),
    /// How it is called.
    Help,
}

/// How the program is called.
pub(crate) const USAGE: &str = "usage: quickstart [--store sqlite:PATH | postgres://… | sled:PATH | memory]";

/// Where a server is. It may hold a password, so it shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Url(String);

/// What cannot be taken for a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NotAddress {
    /// It begins with nothing that is known. It is not repeated: it may hold a password.
    Unknown,
    /// There is no path after the colon.
    NoPath,
    /// It begins as an address of PostgreSQL, and goes on as none.
    NoUrl,
    /// The program is called in another way.
    Usage,
}

/// A store that was opened, to be closed again.
#[derive(Debug, Clone)]
pub(crate) enum Opened {
    Memory(MemoryStore),
    Sqlite(SqliteStore),
    Sled(SledStore),
    Postgres(PostgresStore),
}

impl Asked {
    /// What the program was called with: nothing, or `--store` and an address; or `--help`.
    pub(crate) fn from_arguments(arguments: impl IntoIterator<Item = String>) -> Result<Self, NotAddress> {
        let arguments: Vec<String> = arguments.into_iter().collect();
        match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            [] => Ok(Self::Story(Address::Sqlite(FILE.into()))),
            ["--store", address] => Ok(Self::Story(address.parse()?)),
            ["--help" | "-h"] => Ok(Self::Help),
            _ => Err(NotAddress::Usage),
        }
    }
}

impl Address {
    /// Opens the store, and makes it when there is none.
    pub(crate) async fn open(&self) -> Result<Opened, StoreError> {
        Ok(match self {
            Self::Memory => Opened::Memory(MemoryStore::new()),
            Self::Sqlite(path) => Opened::Sqlite(SqliteStore::open_or_create(path).await?),
            Self::Sled(path) => Opened::Sled(SledStore::open_or_create(path).await?),
            Self::Postgres { url, schema } => {
                let options = PostgresOptions::url(&url.0)?.schema(schema);
                worktrail_postgres::migrate(&options).await?;
                Opened::Postgres(PostgresStore::connect(options).await?)
            }
        })
    }
}

impl Opened {
    /// The store, whichever it is.
    pub(crate) fn store(&self) -> Arc<dyn Store> {
        match self {
            Self::Memory(store) => Arc::new(store.clone()),
            Self::Sqlite(store) => Arc::new(store.clone()),
            Self::Sled(store) => Arc::new(store.clone()),
            Self::Postgres(store) => Arc::new(store.clone()),
        }
    }

    /// Lets go of it.
    pub(crate) async fn close(&self) {
        match self {
            Self::Memory(_) => {}
            Self::Sqlite(store) => store.close().await,
            Self::Sled(store) => store.close().await,
            Self::Postgres(store) => store.close().await,
        }
    }
}

impl FromStr for Address {
    type Err = NotAddress;

    fn from_str(text: &str) -> Result<Self, NotAddress> {
        match text.split_once(':') {
            None if text == "memory" => Ok(Self::Memory),
            Some(("sqlite" | "sled", "")) => Err(NotAddress::NoPath),
            Some(("sqlite", path)) => Ok(Self::Sqlite(path.into())),
            Some(("sled", path)) => Ok(Self::Sled(path.into())),
            Some(("postgres" | "postgresql", _)) => match PostgresOptions::url(text) {
                Ok(_) => Ok(Self::Postgres { url: Url(text.to_owned()), schema: SCHEMA.to_owned() }),
                Err(_) => Err(NotAddress::NoUrl),
            },
            _ => Err(NotAddress::Unknown),
        }
    }
}

/// A path in full, so that the file can be found again.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let full = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        match self {
            Self::Memory => f.write_str("memory"),
            Self::Sqlite(path) | Self::Sled(path) => write!(f, "{}", full(path).display()),
            Self::Postgres { schema, .. } => f.write_str(schema),
        }
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Url(…)")
    }
}

impl fmt::Display for NotAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("that names no store: it is sqlite:PATH, postgres://…, sled:PATH or memory"),
            Self::NoPath => f.write_str("a path is missing: sqlite:PATH or sled:PATH"),
            Self::NoUrl => {
                f.write_str("that is no address of a PostgreSQL database: postgres://user:password@host/database")
            }
            Self::Usage => f.write_str(USAGE),
        }
    }
}

impl std::error::Error for NotAddress {}

#[cfg(test)]
impl Address {
    /// A schema that nobody else uses, on the server of the test run.
    pub(crate) fn on_the_server_of_the_run() -> Self {
        let schema = format!("quickstart_{}", postgres_server::drawn().expect("a name"));
        Self::Postgres { url: Url(postgres_server::of_the_run()), schema }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(arguments: &[&str]) -> Result<Asked, NotAddress> {
        Asked::from_arguments(arguments.iter().map(|&argument| argument.to_owned()))
    }

    fn called(arguments: &[&str]) -> Result<Address, NotAddress> {
        match asked(arguments)? {
            Asked::Story(address) => Ok(address),
            Asked::Help => panic!("nobody asked for help"),
        }
    }

    #[test]
    fn how_it_is_called_can_be_asked() {
        for word in ["--help", "-h"] {
            assert_eq!(asked(&[word]), Ok(Asked::Help));
        }
    }

    #[test]
    fn a_store_is_named_by_its_engine_and_its_place() {
        assert_eq!(called(&[]), Ok(Address::Sqlite("worktrail-quickstart.db".into())));
        assert_eq!(called(&["--store", "memory"]), Ok(Address::Memory));
        assert_eq!(called(&["--store", "sqlite:a/b.db"]), Ok(Address::Sqlite("a/b.db".into())));
        assert_eq!(called(&["--store", "sqlite:C:/b.db"]), Ok(Address::Sqlite("C:/b.db".into())));
        assert_eq!(called(&["--store", "sled:a"]), Ok(Address::Sled("a".into())));
        let there = called(&["--store", "postgres://me:secret@localhost/office"]);
        assert!(matches!(&there, Ok(Address::Postgres { .. })), "{there:?}");
        assert!(!format!("{there:?}{}", there.as_ref().expect("an address")).contains("secret"));
    }

    #[test]
    fn a_refusal_repeats_no_password() {
        for text in
            ["Postgres://me:secret@localhost/office", "mysql://me:secret@localhost", "postgres://me:secret@a:b/c"]
        {
            let refused = called(&["--store", text]).expect_err(text);
            assert!(!format!("{refused:?} {refused}").contains("secret"), "{refused}");
        }
    }

    #[test]
    fn what_names_no_store_is_refused() {
        assert_eq!(called(&["--store", "sqlite:"]), Err(NotAddress::NoPath));
        assert_eq!(called(&["--store", "sled:"]), Err(NotAddress::NoPath));
        assert_eq!(called(&["--store", "postgres://me@host:port/office"]), Err(NotAddress::NoUrl));
        for text in ["", "memory:", "Memory", "oracle:x", "sqlite", "a.db"] {
            assert_eq!(called(&["--store", text]), Err(NotAddress::Unknown));
        }
        for arguments in [&["--store"][..], &["a.db"], &["--store", "memory", "more"], &["--help", "me"]] {
            assert_eq!(called(arguments), Err(NotAddress::Usage));
        }
    }
}
