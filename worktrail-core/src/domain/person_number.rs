//! The numbers that identify a person, Norwegian and foreign.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::kept::{Kept, NotKept, kept, kept_text};
use super::national_id::NationalId;
use super::redacted::{Quiet, redacted_debug, text_door};

/// A number that identifies a person: a Norwegian [`NationalId`], or another scheme's as scheme and value.
///
/// # Examples
/// ```
/// use worktrail_core::domain::{NationalId, NumberScheme, OtherNumber, PersonNumber};
///
/// let norwegian = PersonNumber::from(NationalId::parse("15819010037")?);
/// assert_eq!(norwegian.scheme(), "no");
/// let other = OtherNumber::new(NumberScheme::parse("se-personnummer")?, "900115 0000")?;
/// assert_eq!((other.scheme().as_str(), other.value()), ("se-personnummer", "9001150000"));
/// assert_eq!(PersonNumber::from(other).masked(), "********00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonNumber {
    /// A fødselsnummer, D-number or one of the series beside them.
    Norwegian(NationalId),
    /// A number of another country or register.
    Other(OtherNumber),
}

/// A number of another scheme than the Norwegian one. Of its form nothing is known, so nothing is checked but its length
/// and characters; spaces are left out.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "OtherForm")]
pub struct OtherNumber {
    scheme: NumberScheme,
    value: String,
}

/// Which country's or register's numbers: lower-case letters, digits and hyphens, such as `se-personnummer` or `duf`.
/// The scheme `no` is not among them: Norwegian numbers are checked.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "Quiet")]
pub struct NumberScheme(String);

/// Why a text is not a number of another scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotPersonNumber {
    /// The scheme is not 2 to 40 lower-case letters, digits and hyphens, or it is the Norwegian one.
    #[error("a scheme has 2 to 40 lower-case letters, digits and hyphens, and is not no")]
    Scheme,
    /// The value has another character than letters, digits and the signs `-`, `+`, `/`, `.` and `_`.
    #[error("a number has letters, digits and -+/._ only")]
    Character,
    /// The value is empty or longer than 40 characters.
    #[error("a number has 1 to 40 characters")]
    Length,
}

#[derive(Deserialize)]
pub(crate) struct OtherForm {
    scheme: NumberScheme,
    value: Quiet,
}

impl PersonNumber {
    /// The code of the scheme: `no` for the Norwegian one.
    #[must_use]
    pub fn scheme(&self) -> &str {
        match self {
            Self::Norwegian(_) => NumberScheme::NORWEGIAN,
            Self::Other(other) => other.scheme.as_str(),
        }
    }

    /// The number itself.
    #[must_use]
    pub fn value(&self) -> &str {
        match self {
            Self::Norwegian(id) => id.as_str(),
            Self::Other(other) => other.value(),
        }
    }

    /// All but the last two characters as asterisks.
    #[must_use]
    pub fn masked(&self) -> String {
        match self {
            Self::Norwegian(id) => id.masked(),
            Self::Other(other) => {
                let shown_from = other.value.chars().count().saturating_sub(2).max(1);
                other.value.chars().enumerate().map(|(place, c)| if place < shown_from { '*' } else { c }).collect()
            }
        }
    }
}

impl From<NationalId> for PersonNumber {
    fn from(id: NationalId) -> Self {
        Self::Norwegian(id)
    }
}

impl From<OtherNumber> for PersonNumber {
    fn from(number: OtherNumber) -> Self {
        Self::Other(number)
    }
}

impl OtherNumber {
    /// The greatest number of characters.
    pub const MAX: usize = 40;

    /// Takes a scheme and a value; spaces are left out, letters made upper case.
    ///
    /// # Errors
    /// [`NotPersonNumber`] says what is wrong, without the number.
    pub fn new(scheme: NumberScheme, value: &str) -> Result<Self, NotPersonNumber> {
        let mut kept = String::new();
        for c in value.trim().chars() {
            match c {
                ' ' | '\u{a0}' | '\u{202f}' => {}
                _ if kept.len() == Self::MAX => return Err(NotPersonNumber::Length),
                '0'..='9' | 'A'..='Z' | '-' | '+' | '/' | '.' | '_' => kept.push(c),
                'a'..='z' => kept.push(c.to_ascii_uppercase()),
                _ => return Err(NotPersonNumber::Character),
            }
        }
        if kept.is_empty() { Err(NotPersonNumber::Length) } else { Ok(Self { scheme, value: kept }) }
    }

    /// The scheme.
    #[must_use]
    pub const fn scheme(&self) -> &NumberScheme {
        &self.scheme
    }

    /// The value.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }
}

impl NumberScheme {
    /// The scheme of [`NationalId`], which no [`OtherNumber`] has.
    pub(crate) const NORWEGIAN: &'static str = "no";

    /// Reads a scheme.
    ///
    /// # Errors
    /// [`NotPersonNumber::Scheme`].
    pub fn parse(text: &str) -> Result<Self, NotPersonNumber> {
        let fits = (2..=40).contains(&text.len())
            && text.bytes().all(|c| matches!(c, b'a'..=b'z' | b'0'..=b'9' | b'-'))
            && text != Self::NORWEGIAN;
        if fits { Ok(Self(text.to_owned())) } else { Err(NotPersonNumber::Scheme) }
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

// Which country's number somebody has tells where they are from.
redacted_debug!(OtherNumber, NumberScheme);
text_door!(NumberScheme, NotPersonNumber);

impl TryFrom<OtherForm> for OtherNumber {
    type Error = NotPersonNumber;

    fn try_from(form: OtherForm) -> Result<Self, Self::Error> {
        Self::new(form.scheme, &form.value.0)
    }
}

/// A person's number as a store gives it back.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum KeptNumber {
    Norwegian(#[serde(deserialize_with = "kept")] NationalId),
    Other(KeptOther),
}

#[derive(Deserialize)]
pub(crate) struct KeptOther {
    scheme: Quiet,
    value: Quiet,
}

impl Kept for PersonNumber {
    type Form = KeptNumber;

    fn from_kept(form: KeptNumber) -> Result<Self, NotKept> {
        Ok(match form {
            KeptNumber::Norwegian(id) => Self::Norwegian(id),
            KeptNumber::Other(KeptOther { scheme, value }) => {
                Self::Other(OtherNumber { scheme: NumberScheme(kept_text(scheme)?), value: kept_text(value)? })
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn duf(value: &str) -> Result<OtherNumber, NotPersonNumber> {
        OtherNumber::new(NumberScheme::parse("duf").expect("a scheme"), value)
    }

    #[test]
    fn spaces_and_case_make_no_other_number() {
        assert_eq!(duf("ab 12"), duf("AB\u{a0}12 "));
        assert_ne!(duf("AB12"), duf("AB-12"), "of a scheme that is not known, no sign is left out");
    }

    #[test]
    fn each_fault_has_its_own_error() {
        use NotPersonNumber::{Character, Length, Scheme};
        for scheme in ["no", "d", "DUF", "d uf", "", "d\0f"] {
            assert_eq!(NumberScheme::parse(scheme), Err(Scheme), "{scheme}");
        }
        for (value, fault) in [("", Length), ("  ", Length), ("1\0", Character), ("é", Character)] {
            assert_eq!(duf(value), Err(fault), "{value:?}");
        }
        assert_eq!(duf(&"7".repeat(41)), Err(Length));
        assert_eq!(duf(&"7".repeat(1_000_000)), Err(Length));
    }

    #[test]
    fn it_is_masked_and_silent() {
        let number = PersonNumber::from(duf("201012345678").expect("a number"));
        assert_eq!(number.masked(), "**********78");
        assert_eq!(PersonNumber::from(duf("7").expect("a number")).masked(), "*");
        assert_eq!(format!("{number:?}"), "Other(OtherNumber(…))");
        let error = serde_json::from_str::<PersonNumber>(r#"{"other":{"scheme":"duf","value":201012345678}}"#);
        assert!(!error.expect_err("a number").to_string().contains("2010"));
    }

    #[test]
    fn a_stored_number_outlives_todays_grammar() {
        #[derive(Deserialize)]
        struct Stored(#[serde(deserialize_with = "kept")] PersonNumber);

        let json = r#"{"other":{"scheme":"DUF","value":"nr. 7é"}}"#;
        assert!(serde_json::from_str::<PersonNumber>(json).is_err());
        let Stored(number) = serde_json::from_str(json).expect("kept");
        assert_eq!((number.scheme(), number.value()), ("DUF", "nr. 7é"));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(value in "[ -~]{0,42}") {
            if let Ok(number) = duf(&value) {
                prop_assert_eq!(duf(number.value()), Ok(number.clone()));
                let number = PersonNumber::from(number);
                let json = serde_json::to_string(&number).expect("json");
                prop_assert_eq!(serde_json::from_str::<PersonNumber>(&json).expect("read back"), number);
            }
        }
    }
}
