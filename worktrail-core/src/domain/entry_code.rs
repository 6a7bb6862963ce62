//! The code of an entry in a host's own list.

use serde::Deserialize;
use thiserror::Error;

use super::kept::{Kept, NotKept, kept_text};
use super::redacted::{Quiet, redacted_debug, text_door};

/// The most characters of a code.
const LONGEST: usize = 40;

/// The code of an entry in a host's own list (`DA9`): a small letter, then small letters a–z, digits and `_`.
///
/// It stands in records for as long as they are kept, so it is never given to another entry. Which entry was chosen for
/// somebody may tell of their health, so `Debug` does not show it.
///
/// ```
/// use worktrail_core::domain::{EntryCode, NotEntryCode};
///
/// assert_eq!(EntryCode::parse(" moved_to_us ")?.as_str(), "moved_to_us");
/// assert_eq!(EntryCode::parse("Moved"), Err(NotEntryCode::Character));
/// # Ok::<(), NotEntryCode>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "Quiet")]
pub struct EntryCode(String);

redacted_debug!(EntryCode);
text_door!(EntryCode, NotEntryCode);

/// Why a code is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotEntryCode {
    /// Nothing is left after trimming.
    #[error("the code is empty")]
    Empty,
    /// It has more than 40 characters.
    #[error("the code is longer than 40 characters")]
    TooLong,
    /// It begins with something else than a letter, or holds something else than small letters a–z, digits and `_`.
    #[error("the code holds something else than a-z, 0-9 and _")]
    Character,
}

impl EntryCode {
    /// Takes a code, trimmed.
    ///
    /// # Errors
    /// [`NotEntryCode`].
    pub fn parse(text: &str) -> Result<Self, NotEntryCode> {
        let code = text.trim();
        if code.is_empty() {
            return Err(NotEntryCode::Empty);
        }
        if code.chars().nth(LONGEST).is_some() {
            return Err(NotEntryCode::TooLong);
        }
        let is_inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if !code.starts_with(|c: char| c.is_ascii_lowercase()) || !code.chars().all(is_inner) {
            return Err(NotEntryCode::Character);
        }
        Ok(Self(code.to_owned()))
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Kept for EntryCode {
    type Form = Quiet;

    fn from_kept(form: Quiet) -> Result<Self, NotKept> {
        kept_text(form).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_has_its_own_error() {
        assert_eq!(EntryCode::parse("  "), Err(NotEntryCode::Empty));
        assert_eq!(EntryCode::parse(&"a".repeat(LONGEST + 1)), Err(NotEntryCode::TooLong));
        assert!(EntryCode::parse(&"a".repeat(LONGEST)).is_ok());
        for wrong in ["1a", "_a", "a b", "æ", "a-b", "aB"] {
            assert_eq!(EntryCode::parse(wrong), Err(NotEntryCode::Character), "{wrong}");
        }
    }
}
