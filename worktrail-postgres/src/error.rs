//! From the driver's errors to the contract's, without the driver's texts.

use std::borrow::Cow;

use sqlx::error::DatabaseError;
use worktrail_core::store::{StoreError, StoreErrorKind};

use crate::home::BOOKKEEPING;

/// What went wrong, as a value that can be given to several callers.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    kind: StoreErrorKind,
    text: Cow<'static, str>,
    nature: Nature,
}

/// What is known of the work that a fault came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nature {
    /// Nothing of it was done, and the engine had nothing against it.
    Refused,
    /// Nothing of it was done: the engine objected.
    Objected,
    /// Nothing of it was done, because somebody else's came between: the same again may succeed.
    Met,
    /// The connection went, and with it the answer.
    Lost,
}

impl Fault {
    pub(crate) fn new(kind: StoreErrorKind, text: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, text: text.into(), nature: Nature::Refused }
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

    /// Nothing came back for longer than the server is allowed to work.
    pub(crate) fn silent() -> Self {
        let text = "the server did not answer in time";
        Self { nature: Nature::Lost, ..Self::new(StoreErrorKind::Unavailable, text) }
    }

    pub(crate) const fn kind(&self) -> StoreErrorKind {
        self.kind
    }

    /// Whether the connection is of no use any more.
    pub(crate) fn is_lost(&self) -> bool {
        self.nature == Nature::Lost
    }

    /// Whether nothing was done, and the same again may well succeed.
    pub(crate) fn is_passing(&self) -> bool {
        self.nature == Nature::Met
    }

    /// Whether a transaction in which it happened is as it was. Misuse is noticed before anything is sent, and damage
    /// after the engine has answered; but not where it is the engine that says so.
    pub(crate) fn is_harmless(&self) -> bool {
        self.nature == Nature::Refused && matches!(self.kind, StoreErrorKind::Misuse | StoreErrorKind::Corrupt)
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

/// The driver's texts are left behind: some name values.
impl From<sqlx::Error> for Fault {
    fn from(error: sqlx::Error) -> Self {
        use StoreErrorKind as Kind;
        let lost = |kind, text: String| Self { nature: Nature::Lost, ..Self::new(kind, text) };
        match error {
            sqlx::Error::Database(error) => of_engine(&*error),
            sqlx::Error::Io(error) => {
                lost(Kind::Unavailable, format!("the server cannot be reached ({})", error.kind()))
            }
            sqlx::Error::Tls(_) => lost(Kind::Unavailable, "no encrypted connection could be made".to_owned()),
            sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => {
                lost(Kind::Unavailable, "the connection went away".to_owned())
            }
            sqlx::Error::Decode(_) | sqlx::Error::ColumnDecode { .. } => {
                Self::corrupt("a column holds something else than was written")
            }
            sqlx::Error::Configuration(_) => Self::misuse("the connect options are not usable"),
            _ => Self::new(Kind::Other, "the driver refused a statement"),
        }
    }
}

fn of_engine(error: &dyn DatabaseError) -> Fault {
    let code = error.code().unwrap_or_default();
    match (&*code, error.table()) {
        ("23505", Some(table)) if BOOKKEEPING.contains(&table) => {
            let text = "somebody else wrote to the journal, the stamps or the heads";
            Fault { nature: Nature::Objected, ..Fault::corrupt(text) }
        }
        // A record's own key: it was not there when it was read.
        ("23505", Some(table)) if error.constraint().and_then(|it| it.strip_suffix("_pkey")) == Some(table) => {
            Fault { nature: Nature::Met, ..Fault::new(StoreErrorKind::Busy, "somebody else made the same record") }
        }
        _ => of_code(&code),
    }
}

/// The meaning of PostgreSQL's SQLSTATE.
fn of_code(code: &str) -> Fault {
    use Nature::{Lost, Met, Objected};
    use StoreErrorKind as Kind;
    let (kind, nature, meaning) = match code {
        "23505" => (Kind::NotUnique, Objected, "a unique value is taken"),
        "40001" | "40P01" => (Kind::Busy, Met, "somebody else's transaction was in the way"),
        // What was counted in the end: see `save`.
        "22012" => (Kind::Busy, Met, "somebody else changed a row that was read"),
        "55P03" => (Kind::Busy, Objected, "somebody else holds the tenant"),
        "57014" => (Kind::Busy, Objected, "the statement took longer than it may"),
        "25006" => (Kind::ReadOnly, Objected, "the server takes no writes"),
        "25P02" => (Kind::Poisoned, Objected, "the transaction failed before"),
        "53100" => (Kind::Full, Objected, "there is no room left"),
        "53300" => (Kind::Busy, Lost, "the server has all the connections that it may have"),
        "XX001" | "XX002" => (Kind::Corrupt, Objected, "the database is damaged"),
        "3F000" | "42P01" | "42703" => {
            (Kind::SchemaOutdated, Objected, "the tables are missing, or of another version")
        }
        "42501" => (Kind::Unavailable, Objected, "access was denied"),
        "57P01" | "57P02" | "57P03" => (Kind::Unavailable, Lost, "the server goes down or comes up"),
        _ => match code.get(..2).unwrap_or_default() {
            "08" => (Kind::Unavailable, Lost, "the connection went away"),
            "23" => (Kind::Other, Objected, "a value breaks a constraint of its table"),
            "28" | "3D" => (Kind::Unavailable, Objected, "the server admits no such user or database"),
            "53" | "58" => (Kind::Unavailable, Objected, "the server lacks something"),
            _ => (Kind::Other, Objected, "a statement was refused"),
        },
    };
    Fault { kind, text: format!("{meaning} (PostgreSQL's code {code})").into(), nature }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_that_the_contract_names_has_its_kind_and_whether_it_may_be_repeated() {
        use StoreErrorKind as Kind;
        // The code; its kind; whether the connection is of no use any more; whether the same again may succeed.
        let all = [
            ("23505", Kind::NotUnique, false, false),
            ("40001", Kind::Busy, false, true),
            ("40P01", Kind::Busy, false, true),
            ("22012", Kind::Busy, false, true),
            ("55P03", Kind::Busy, false, false),
            ("57014", Kind::Busy, false, false),
            ("57P01", Kind::Unavailable, true, false),
            ("57P02", Kind::Unavailable, true, false),
            ("57P03", Kind::Unavailable, true, false),
            ("08006", Kind::Unavailable, true, false),
            ("25006", Kind::ReadOnly, false, false),
            ("53100", Kind::Full, false, false),
            ("23514", Kind::Other, false, false),
            ("42P01", Kind::SchemaOutdated, false, false),
            ("XX001", Kind::Corrupt, false, false),
            ("22003", Kind::Other, false, false),
        ];
        for (code, kind, lost, passing) in all {
            let fault = of_code(code);
            assert_eq!((fault.kind(), fault.is_lost(), fault.is_passing()), (kind, lost, passing), "{code}");
            assert!(!fault.is_harmless(), "the engine has ended the transaction: {code}");
        }
    }
}
