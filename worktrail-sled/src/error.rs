//! From sled's errors to the contract's, without sled's texts.

use std::borrow::Cow;
use std::io;

use worktrail_core::store::{StoreError, StoreErrorKind};

/// What went wrong, as a value that can be given to several callers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    kind: StoreErrorKind,
    text: Cow<'static, str>,
}

impl Fault {
    pub(crate) fn new(kind: StoreErrorKind, text: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, text: text.into() }
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

    pub(crate) fn unavailable(text: &'static str) -> Self {
        Self::new(StoreErrorKind::Unavailable, text)
    }

    pub(crate) fn closed() -> Self {
        Self::new(StoreErrorKind::Closed, "the store was closed")
    }

    pub(crate) fn poisoned() -> Self {
        Self::new(StoreErrorKind::Poisoned, "sled failed, and the store has stopped: open it again")
    }

    pub(crate) fn already_open() -> Self {
        Self::new(StoreErrorKind::AlreadyOpen, "somebody has the directory open, and sled admits only one")
    }

    /// A panic inside sled.
    pub(crate) fn panicked() -> Self {
        Self::corrupt("sled stopped in the middle of a call, as it does over damage")
    }

    #[cfg(test)]
    pub(crate) const fn kind(&self) -> StoreErrorKind {
        self.kind
    }

    /// The same fault, met after changes were given to the engine.
    pub(crate) fn after_writing(self) -> Self {
        let text = format!("the commit may have happened; send the same command again ({})", self.text);
        Self::new(StoreErrorKind::Unknown, text)
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

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        use io::ErrorKind as Io;
        let (kind, meaning) = match error.kind() {
            Io::StorageFull | Io::QuotaExceeded | Io::FileTooLarge => (StoreErrorKind::Full, "there is no room left"),
            Io::ReadOnlyFilesystem | Io::PermissionDenied => {
                (StoreErrorKind::ReadOnly, "the directory cannot be written")
            }
            _ => (StoreErrorKind::Unavailable, "the directory cannot be reached"),
        };
        Self::new(kind, format!("{meaning} ({})", error.kind()))
    }
}

/// sled's texts are left behind: some hold keys, and keys hold names.
impl From<sled::Error> for Fault {
    fn from(error: sled::Error) -> Self {
        match error {
            sled::Error::Io(error) => error.into(),
            sled::Error::Corruption { .. } => Self::corrupt("sled found its file damaged"),
            sled::Error::CollectionNotFound(_) => Self::corrupt("sled misses its tree"),
            sled::Error::Unsupported(_) => Self::new(StoreErrorKind::Other, "sled does not support the directory"),
            sled::Error::ReportableBug(_) => Self::new(StoreErrorKind::Other, "sled reports a fault of its own"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_of_sled_has_its_kind_and_none_of_its_text() {
        use StoreErrorKind as Kind;
        let io = |kind| sled::Error::Io(io::Error::new(kind, "KLOK"));
        let pairs = [
            (io(io::ErrorKind::StorageFull), Kind::Full),
            (io(io::ErrorKind::ReadOnlyFilesystem), Kind::ReadOnly),
            (io(io::ErrorKind::PermissionDenied), Kind::ReadOnly),
            (io(io::ErrorKind::Other), Kind::Unavailable),
            (sled::Error::Corruption { at: None, bt: () }, Kind::Corrupt),
            (sled::Error::CollectionNotFound("KLOK".into()), Kind::Corrupt),
            (sled::Error::Unsupported("KLOK".to_owned()), Kind::Other),
            (sled::Error::ReportableBug("KLOK".to_owned()), Kind::Other),
        ];
        for (error, kind) in pairs {
            let fault = Fault::from(error);
            assert_eq!(fault.kind(), kind);
            let unknown = fault.clone().after_writing();
            assert_eq!(unknown.kind(), Kind::Unknown);
            assert!(![format!("{fault:?}"), StoreError::from(unknown).to_string()].concat().contains("KLOK"));
        }
    }
}
