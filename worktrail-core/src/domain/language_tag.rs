//! Languages of persons.

use serde::Deserialize;
use thiserror::Error;

use super::kept::{Kept, NotKept, kept_text};
use super::redacted::{Quiet, redacted_debug, text_door};

/// A language as BCP 47 writes it: `nb`, `ti`, `zh-hant`. Which subtags are registered is not checked.
///
/// It is what a person wants to be spoken and written to in, and says something about them: `Debug` is silent.
///
/// # Examples
/// ```
/// use worktrail_core::domain::LanguageTag;
///
/// assert_eq!(LanguageTag::parse("zh-Hant")?.as_str(), "zh-hant");
/// # Ok::<(), worktrail_core::domain::NotLanguageTag>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "Quiet")]
pub struct LanguageTag(String);

/// Why a text is not a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a language has two or three letters, and further parts of 1 to 8 letters and digits after hyphens")]
pub struct NotLanguageTag;

impl LanguageTag {
    /// Reads a tag, in whichever case.
    ///
    /// # Errors
    /// [`NotLanguageTag`].
    pub fn parse(text: &str) -> Result<Self, NotLanguageTag> {
        if text.len() > 35 {
            return Err(NotLanguageTag);
        }
        let mut parts = text.split('-');
        let language = parts.next().unwrap_or_default();
        let is_language = (2..=3).contains(&language.len()) && language.bytes().all(|c| c.is_ascii_alphabetic());
        let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|c| c.is_ascii_alphanumeric());
        if is_language && parts.all(is_part) { Ok(Self(text.to_ascii_lowercase())) } else { Err(NotLanguageTag) }
    }

    /// The tag, in lower case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

redacted_debug!(LanguageTag);
text_door!(LanguageTag, NotLanguageTag);

impl Kept for LanguageTag {
    type Form = Quiet;

    fn from_kept(form: Quiet) -> Result<Self, NotKept> {
        kept_text(form).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_tag_is_refused() {
        for text in ["", "n", "norsk", "nb-", "nb_NO", "n1", "nb-ninechars", "nb NO", "ñb"] {
            assert_eq!(LanguageTag::parse(text), Err(NotLanguageTag), "{text}");
        }
        assert_eq!(LanguageTag::parse(&"nb-".repeat(1_000_000)), Err(NotLanguageTag));
    }

    #[test]
    fn a_tag_has_35_letters_at_most() {
        let longest = "nb-12345678-12345678-12345678-12345";
        assert_eq!((longest.len(), LanguageTag::parse(longest).is_ok()), (35, true));
        for more in ["6", "67"] {
            assert_eq!(LanguageTag::parse(&format!("{longest}{more}")), Err(NotLanguageTag));
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(text in "[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}") {
            if let Ok(tag) = LanguageTag::parse(&text) {
                prop_assert_eq!(LanguageTag::parse(tag.as_str()), Ok(tag));
            }
        }
    }
}
