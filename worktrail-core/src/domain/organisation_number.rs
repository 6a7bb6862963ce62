//! The number of an employer in the register of legal entities.

use std::fmt;

use serde::Deserialize;
use thiserror::Error;

use super::kept::{Kept, NotKept, kept_text};
use super::redacted::{Quiet, text_door};

/// An organisation number: nine digits, the last a check digit (mod 11). A legal unit and its sub-units each have one.
///
/// # Examples
/// ```
/// use worktrail_core::domain::OrganisationNumber;
///
/// let number = OrganisationNumber::parse("311 002 007")?;
/// assert_eq!(number.to_string(), "311002007");
/// assert!(number.is_synthetic());
/// # Ok::<(), worktrail_core::domain::NotOrganisationNumber>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "Quiet")]
pub struct OrganisationNumber(String);

/// Why a text is not an organisation number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotOrganisationNumber {
    /// It has a character other than the digits 0–9 and spaces between them.
    #[error("an organisation number has digits only")]
    Character,
    /// It has not nine digits.
    #[error("an organisation number has nine digits")]
    Length,
    /// The check digit is wrong.
    #[error("the check digit does not fit")]
    CheckDigit,
}

impl OrganisationNumber {
    /// Reads nine digits, with ordinary or no-break spaces between them.
    ///
    /// # Errors
    /// [`NotOrganisationNumber`] says what is wrong.
    pub fn parse(text: &str) -> Result<Self, NotOrganisationNumber> {
        let mut digits = String::with_capacity(9);
        for c in text.trim().chars() {
            match c {
                '0'..='9' if digits.len() == 9 => return Err(NotOrganisationNumber::Length),
                '0'..='9' => digits.push(c),
                ' ' | '\u{a0}' | '\u{202f}' => {}
                _ => return Err(NotOrganisationNumber::Character),
            }
        }
        if digits.len() != 9 {
            return Err(NotOrganisationNumber::Length);
        }
        let sum: u32 = digits
            .bytes()
            .zip([3, 2, 7, 6, 5, 4, 3, 2, 1])
            .map(|(digit, weight)| u32::from(digit - b'0') * weight)
            .sum();
        if sum.is_multiple_of(11) { Ok(Self(digits)) } else { Err(NotOrganisationNumber::CheckDigit) }
    }

    /// The nine digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it lies in the series of synthetic ones, by convention 2 and 3: for a warning, not for a refusal.
    #[must_use]
    pub fn is_synthetic(&self) -> bool {
        self.0.starts_with(['2', '3'])
    }
}

text_door!(OrganisationNumber, NotOrganisationNumber);

impl fmt::Display for OrganisationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for OrganisationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OrganisationNumber({})", self.0)
    }
}

impl Kept for OrganisationNumber {
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
    fn the_employers_of_the_stories_are_read() {
        for text in ["311002007", "311002171", "311002341", "311002511", "701730496", "123456785"] {
            let number = OrganisationNumber::parse(text).expect(text);
            assert_eq!((number.as_str(), format!("{number:?}")), (text, format!("OrganisationNumber({text})")));
        }
    }

    #[test]
    fn each_fault_has_its_own_error() {
        assert_eq!(OrganisationNumber::parse("31100200"), Err(NotOrganisationNumber::Length));
        assert_eq!(OrganisationNumber::parse(&"3".repeat(1_000_000)), Err(NotOrganisationNumber::Length));
        assert_eq!(OrganisationNumber::parse("3110020077x"), Err(NotOrganisationNumber::Length), "at the tenth digit");
        assert_eq!(OrganisationNumber::parse("31100200x"), Err(NotOrganisationNumber::Character));
        assert_eq!(OrganisationNumber::parse("311002008"), Err(NotOrganisationNumber::CheckDigit));
    }

    #[test]
    fn a_synthetic_number_is_told_and_not_refused() {
        let synthetic = |text| OrganisationNumber::parse(text).expect(text).is_synthetic();
        assert!(synthetic("311002007") && synthetic("311 002 171"));
        assert!(!synthetic("701730496"));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(number in 0_u32..1_000_000_000) {
            if let Ok(number) = OrganisationNumber::parse(&format!("{number:09}")) {
                prop_assert_eq!(OrganisationNumber::parse(&number.to_string()), Ok(number));
            }
        }

        #[test]
        fn any_one_digit_changed_is_refused(place in 0_usize..9, step in 1_u8..10) {
            let mut digits = *b"311002007";
            digits[place] = b'0' + (digits[place] - b'0' + step) % 10;
            let text = std::str::from_utf8(&digits).expect("digits");
            prop_assert_eq!(OrganisationNumber::parse(text), Err(NotOrganisationNumber::CheckDigit));
        }
    }
}
