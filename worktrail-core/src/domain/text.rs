//! Free text, bounded and silent.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize, Serializer};
use thiserror::Error;

use super::kept::{Kept, NotKept, kept_text};
use super::redacted::Quiet;

/// A text of one or more lines, at most `MAX` characters.
///
/// Trimmed, never empty, without control characters other than newline and tab; a Windows line break becomes a newline.
/// It may hold anything about a person, so `Debug` does not show it.
///
/// # Examples
/// ```
/// use worktrail_core::domain::{NotText, Text};
///
/// let text = Text::<23>::parse("  Liker hester.\r\nOg hager. ")?;
/// assert_eq!(text.as_str(), "Liker hester.\nOg hager.");
/// assert_eq!(format!("{text:?}"), "Text(…)");
/// assert_eq!(Text::<3>::parse("fire"), Err(NotText::TooLong { max: 3 }));
/// # Ok::<(), NotText>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "Quiet")]
pub struct Text<const MAX: usize>(String);

/// A text of one line, at most `MAX` characters; otherwise as [`Text`], but without newlines and tabs.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "Quiet")]
pub struct Line<const MAX: usize>(String);

/// Why a text is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotText {
    /// Nothing is left after trimming.
    #[error("the text is empty")]
    Empty,
    /// It has too many characters.
    #[error("the text is longer than {max} characters")]
    TooLong {
        /// How many characters are allowed.
        max: usize,
    },
    /// It holds a control character.
    #[error("the text holds a control character")]
    ControlCharacter,
    /// It has more than one line where one is asked for.
    #[error("the text has more than one line")]
    LineBreak,
}

impl<const MAX: usize> Text<MAX> {
    /// The greatest number of characters.
    pub const MAX: usize = MAX;

    /// Takes a text, trimmed.
    ///
    /// # Errors
    /// [`NotText`] when it is empty, too long, or holds control characters.
    pub fn parse(text: &str) -> Result<Self, NotText> {
        let text = if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) };
        let text = measured(&text, MAX)?;
        if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            return Err(NotText::ControlCharacter);
        }
        Ok(Self(text.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> Line<MAX> {
    /// The greatest number of characters.
    pub const MAX: usize = MAX;

    /// Takes a line, trimmed.
    ///
    /// # Errors
    /// [`NotText`] when it is empty, too long, of several lines, or holds control characters.
    pub fn parse(text: &str) -> Result<Self, NotText> {
        let trimmed = measured(text, MAX)?;
        if trimmed.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
            return Err(NotText::LineBreak);
        }
        if trimmed.chars().any(char::is_control) {
            return Err(NotText::ControlCharacter);
        }
        Ok(Self(trimmed.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Trims and measures; stops counting at the limit, so a text of any size is refused at once.
fn measured(text: &str, max: usize) -> Result<&str, NotText> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(NotText::Empty);
    }
    if trimmed.chars().nth(max).is_some() {
        return Err(NotText::TooLong { max });
    }
    Ok(trimmed)
}

macro_rules! doors {
    ($name:ident) => {
        impl<const MAX: usize> fmt::Debug for $name<MAX> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }

        impl<const MAX: usize> TryFrom<Quiet> for $name<MAX> {
            type Error = NotText;

            fn try_from(text: Quiet) -> Result<Self, Self::Error> {
                Self::parse(&text.0)
            }
        }

        impl<const MAX: usize> std::str::FromStr for $name<MAX> {
            type Err = NotText;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl<const MAX: usize> Serialize for $name<MAX> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<const MAX: usize> Kept for $name<MAX> {
            type Form = Quiet;

            fn from_kept(form: Quiet) -> Result<Self, NotKept> {
                kept_text(form).map(Self)
            }
        }
    };
}

doors!(Text);
doors!(Line);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_limit_counts_characters_and_not_bytes() {
        assert_eq!(Text::<3>::parse("æøå").expect("three").as_str(), "æøå");
        assert_eq!(Text::<3>::parse("æøåæ"), Err(NotText::TooLong { max: 3 }));
    }

    #[test]
    fn nothing_and_control_characters_are_refused() {
        assert_eq!(Text::<3>::parse(" \n "), Err(NotText::Empty));
        assert_eq!(Text::<3>::parse("a\0b"), Err(NotText::ControlCharacter));
        assert_eq!(Text::<3>::parse("a\rb"), Err(NotText::ControlCharacter));
        assert_eq!(Text::<3>::parse("a\tb").expect("a tab").as_str(), "a\tb");
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(Line::<3>::parse("a\nb"), Err(NotText::LineBreak));
        assert_eq!(Line::<3>::parse("a\u{2028}b"), Err(NotText::LineBreak));
        assert_eq!(Line::<3>::parse("a\tb"), Err(NotText::ControlCharacter));
        assert_eq!(Line::<3>::parse(" a b\n").expect("trimmed").as_str(), "a b");
    }

    #[test]
    fn debug_is_silent() {
        assert_eq!(format!("{:?}", Line::<9>::parse("LUN").expect("a line")), "Line(…)");
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_accepted_again_unchanged(text in "\\PC{0,30}|[ -~\r\n\t]{0,30}") {
            if let Ok(once) = Text::<20>::parse(&text) {
                prop_assert_eq!(Text::parse(once.as_str()), Ok(once));
            }
            if let Ok(once) = Line::<20>::parse(&text) {
                prop_assert_eq!(Line::parse(once.as_str()), Ok(once));
            }
        }
    }
}
