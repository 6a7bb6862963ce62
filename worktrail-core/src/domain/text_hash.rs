//! Proof of which words somebody read, or which document is meant.

use std::fmt;

use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use super::kept::{Kept, NotKept, kept_text};
use super::redacted::{Quiet, text_door};

/// The SHA-256 of a text as it was shown, or of a document's bytes, in 64 hexadecimal digits, lower case.
///
/// # Examples
/// ```
/// use worktrail_core::domain::TextHash;
///
/// assert!(TextHash::parse(&"0A".repeat(32)).is_ok_and(|hash| hash.as_str() == "0a".repeat(32)));
/// assert!(TextHash::parse("0a").is_err());
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "Quiet")]
pub struct TextHash(String);

/// The text is no SHA-256 in 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a SHA-256 in 64 hexadecimal digits")]
pub struct NotTextHash;

impl TextHash {
    /// Reads 64 hexadecimal digits.
    ///
    /// # Errors
    /// [`NotTextHash`] when it is anything else.
    pub fn parse(text: &str) -> Result<Self, NotTextHash> {
        if text.len() == 64 && text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(NotTextHash)
        }
    }

    /// The hash of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let halves = Sha256::digest(bytes).into_iter().flat_map(|byte| [byte >> 4, byte & 0xF]);
        Self(halves.filter_map(|half| char::from_digit(half.into(), 16)).collect())
    }

    /// The 64 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

text_door!(TextHash, NotTextHash);

impl fmt::Debug for TextHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TextHash({})", self.0)
    }
}

impl Kept for TextHash {
    type Form = Quiet;

    fn from_kept(form: Quiet) -> Result<Self, NotKept> {
        kept_text(form).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_bytes_is_their_sha_256() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(TextHash::of(b""), TextHash::parse(empty).expect("a hash"));
        assert_eq!(format!("{:?}", TextHash::of(b"")), format!("TextHash({empty})"));
    }

    #[test]
    fn only_a_whole_hash_is_read() {
        for text in ["", "0g", &"0".repeat(63), &"0".repeat(65), &"å".repeat(32)] {
            assert_eq!(TextHash::parse(text), Err(NotTextHash));
        }
    }
}
