//! From the driver's errors to the contract's, without the driver's texts.

use std::borrow::Cow;

use worktrail_core::store::{StoreError, StoreErrorKind};

/// What went wrong, as a value that can be given to several callers.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    kind: StoreErrorKind,
    text: Cow<'static, str>,
    /// The engine's code, when it is the engine's.
    code: Option<i32>,
}

impl Fault {
    pub(crate) fn new(kind: StoreErrorKind, text: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, text: text.into(), code: None }
    }

    pub(crate) fn corrupt(text: &'static str) -> Self {
        Self::new(StoreErrorKind::Corrupt, text)
    }

    pub(crate) fn misuse(text: &'static str) -> Self {
        Self::new(StoreErrorKind::Misuse, text)
    }

    pub(crate) fn outdated(text: &'static str) -> Self {
        Self::new(StoreErrorKind::SchemaOutdated, text)
    }

    pub(crate) fn closed() -> Self {
        Self::new(StoreErrorKind::Closed, "the store was closed")
    }

    pub(crate) fn unknown() -> Self {
        Self::new(
            StoreErrorKind::Unknown,
            "the answer to the commit was lost: it may have happened; send the same command again",
        )
    }

    pub(crate) const fn kind(&self) -> StoreErrorKind {
        self.kind
    }

    /// The same fault, where the file was just read: what cannot be opened then cannot be opened for writing.
    pub(crate) fn of_a_readable_file(self) -> Self {
        const CANNOT_OPEN: i32 = 14;
        if self.code.is_some_and(|code| code & 0xff == CANNOT_OPEN) {
            Self::new(StoreErrorKind::ReadOnly, "the file can be read, and cannot be opened for writing")
        } else {
            self
        }
    }

    /// Whether a commit that failed like this left nothing behind, even where the engine has no transaction any more.
    ///
    /// When there is no room for the index of the write-ahead log, the log itself was already written and synced, and
    /// whoever opens the file after a crash finds the commit in it.
    pub(crate) fn undoes_a_commit(&self) -> bool {
        use StoreErrorKind as Kind;
        matches!(self.kind, Kind::Full | Kind::Busy | Kind::ReadOnly | Kind::NotUnique)
            && self.code != Some(SHARED_MEMORY_SIZE)
    }

    /// Whether another batch of the same group may well succeed.
    pub(crate) const fn is_about_one(&self) -> bool {
        matches!(
            self.kind,
            StoreErrorKind::Corrupt | StoreErrorKind::NotUnique | StoreErrorKind::Misuse | StoreErrorKind::Other
        )
    }
}

impl From<Fault> for StoreError {
    fn from(fault: Fault) -> Self {
        Self::new(fault.kind, fault.text)
    }
}

/// An error of the core's reading functions; its kind says all there is to say.
impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        match error.kind() {
            StoreErrorKind::Corrupt => Self::corrupt("something stored does not fit its digest"),
            kind => Self::new(kind, error.to_string()),
        }
    }
}

/// What the engine says of bytes that should stand in a JSON text.
const NO_JSON: [&str; 2] = ["JSON cannot hold BLOB values", "malformed JSON"];

/// The driver's texts are left behind: some name values.
impl From<sqlx::Error> for Fault {
    fn from(error: sqlx::Error) -> Self {
        match error {
            // Damage may turn a text into bytes, of which the engine makes no JSON.
            sqlx::Error::Database(error) if NO_JSON.contains(&error.message()) => {
                Self::corrupt("a column holds something else than was written")
            }
            sqlx::Error::Database(error) => match error.code().as_deref().map(str::parse) {
                Some(Ok(code)) => of_code(code),
                _ => Self::new(StoreErrorKind::Other, "SQLite refused a statement"),
            },
            sqlx::Error::Io(error) => {
                Self::new(StoreErrorKind::Unavailable, format!("the file cannot be reached ({})", error.kind()))
            }
            sqlx::Error::WorkerCrashed => Self::new(StoreErrorKind::Unavailable, "the connection went away"),
            sqlx::Error::Decode(_) | sqlx::Error::ColumnDecode { .. } => {
                Self::corrupt("a column holds something else than was written")
            }
            _ => Self::new(StoreErrorKind::Other, "the driver refused a statement"),
        }
    }
}

/// `SQLITE_IOERR_SHMSIZE`: no room for the shared memory of the write-ahead log.
const SHARED_MEMORY_SIZE: i32 = 4874;
/// `SQLITE_CONSTRAINT_UNIQUE` and `SQLITE_CONSTRAINT_PRIMARYKEY`.
const UNIQUE: [i32; 2] = [2067, 1555];

/// The meaning of an extended result code of SQLite.
fn of_code(code: i32) -> Fault {
    use StoreErrorKind as Kind;
    let (kind, meaning) = match code {
        SHARED_MEMORY_SIZE => (Kind::Full, "there is no room left"),
        _ if UNIQUE.contains(&code) => (Kind::NotUnique, "a unique value is taken"),
        _ => match code & 0xff {
            5 | 6 => (Kind::Busy, "somebody else holds the file"),
            7 => (Kind::Unavailable, "there is no memory left"),
            8 => (Kind::ReadOnly, "the file cannot be written"),
            9 => (Kind::Unavailable, "the statement was interrupted"),
            10 => (Kind::Unavailable, "the file system failed"),
            11 => (Kind::Corrupt, "the file is damaged"),
            13 => (Kind::Full, "there is no room left"),
            14 => (Kind::Unavailable, "the file cannot be opened"),
            19 => (Kind::Other, "a value breaks a constraint of its table"),
            23 | 3 => (Kind::Unavailable, "access was denied"),
            26 => (Kind::Corrupt, "the file is not a SQLite database, or its head is damaged"),
            _ => (Kind::Other, "a statement was refused"),
        },
    };
    Fault { kind, text: format!("{meaning} (SQLite's code {code})").into(), code: Some(code) }
}

#[cfg(test)]
mod tests {
    use sqlx::sqlite::SqliteConnectOptions;
    use sqlx::{AssertSqlSafe, ConnectOptions as _, Executor as _};

    use super::*;

    #[test]
    fn every_code_that_the_contract_names_has_its_kind() {
        use StoreErrorKind as Kind;
        let pairs = [
            (5, Kind::Busy),
            (517, Kind::Busy),
            (8, Kind::ReadOnly),
            (1032, Kind::ReadOnly),
            (10, Kind::Unavailable),
            (4874, Kind::Full),
            (13, Kind::Full),
            (11, Kind::Corrupt),
            (26, Kind::Corrupt),
            (2067, Kind::NotUnique),
            (275, Kind::Other),
            (1, Kind::Other),
        ];
        for (code, kind) in pairs {
            assert_eq!(of_code(code).kind(), kind, "{code}");
        }
    }

    #[test]
    fn a_commit_that_may_be_found_again_is_not_called_undone() {
        for (code, undone) in [(13, true), (2067, true), (4874, false), (1034, false), (778, false), (10, false)] {
            assert_eq!(of_code(code).undoes_a_commit(), undone, "{code}");
        }
    }

    #[tokio::test]
    async fn a_text_that_became_bytes_is_damage() {
        let mut connection = SqliteConnectOptions::new().in_memory(true).connect().await.unwrap();
        // Bytes of which nothing can be made, and bytes that look like the engine's own form of JSON.
        for bytes in ["x'ff'", "x'6b72697374696e'"] {
            let text = AssertSqlSafe(format!("SELECT json_array({bytes})"));
            let fault = Fault::from(connection.fetch_one(text).await.unwrap_err());
            assert_eq!(fault.kind(), StoreErrorKind::Corrupt, "{bytes}");
        }
    }
}
