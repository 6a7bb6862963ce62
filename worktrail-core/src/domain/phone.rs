//! Phone numbers.

use serde::Deserialize;
use thiserror::Error;

use super::kept::{Kept, NotKept, kept_text};
use super::redacted::{Quiet, redacted_debug, text_door};

/// A phone number in the form of E.164: a plus, the country code and the number (`I25`).
///
/// Eight digits alone are Norwegian; `00` stands for the plus. Spaces and hyphens are left out.
///
/// # Examples
/// ```
/// use worktrail_core::domain::PhoneNumber;
///
/// assert_eq!(PhoneNumber::parse("00 00 00 17")?.as_str(), "+4700000017");
/// assert_eq!(PhoneNumber::parse("+46 00-000 00 17")?.as_str(), "+46000000017");
/// # Ok::<(), worktrail_core::domain::NotPhoneNumber>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "Quiet")]
pub struct PhoneNumber(String);

/// Why a text is not a phone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotPhoneNumber {
    /// It has a character other than digits, a leading plus, spaces and hyphens.
    #[error("a phone number has digits, a leading plus, spaces and hyphens only")]
    Character,
    /// A Norwegian number has not eight digits.
    #[error("a Norwegian phone number has eight digits")]
    Norwegian,
    /// A foreign number has not 8 to 15 digits with its country code.
    #[error("a foreign phone number has 8 to 15 digits with its country code")]
    Foreign,
    /// The country code begins with 0.
    #[error("no country code begins with 0")]
    CountryCode,
}

impl PhoneNumber {
    /// Reads a phone number.
    ///
    /// # Errors
    /// [`NotPhoneNumber`] says what is wrong, without the number.
    pub fn parse(text: &str) -> Result<Self, NotPhoneNumber> {
        let text = text.trim();
        let (abroad, rest) = text.strip_prefix('+').map_or((false, text), |rest| (true, rest));
        let mut digits = String::with_capacity(17);
        for c in rest.chars() {
            match c {
                // Longer than 00 and fifteen digits is none, however it goes on.
                '0'..='9' if digits.len() == 17 => return Err(NotPhoneNumber::Foreign),
                '0'..='9' => digits.push(c),
                ' ' | '\u{a0}' | '\u{202f}' | '-' => {}
                _ => return Err(NotPhoneNumber::Character),
            }
        }
        if !abroad && digits.len() == 8 {
            return Ok(Self(format!("+47{digits}")));
        }
        let international = if abroad {
            digits.as_str()
        } else {
            // Without plus or 00 and a country code it was meant as Norwegian.
            digits.strip_prefix("00").filter(|rest| !rest.starts_with('0')).ok_or(NotPhoneNumber::Norwegian)?
        };
        match international.strip_prefix("47") {
            Some(national) if national.len() != 8 => Err(NotPhoneNumber::Norwegian),
            _ if international.starts_with('0') => Err(NotPhoneNumber::CountryCode),
            _ if !(8..=15).contains(&international.len()) => Err(NotPhoneNumber::Foreign),
            _ => Ok(Self(format!("+{international}"))),
        }
    }

    /// The number with its plus.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

redacted_debug!(PhoneNumber);
text_door!(PhoneNumber, NotPhoneNumber);

impl Kept for PhoneNumber {
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
    fn norwegian_numbers_are_normalised() {
        for text in ["00000017", "000 00 017", "+47 00000017", "+47-00-00-00-17", "004700000017"] {
            assert_eq!(PhoneNumber::parse(text).expect(text).as_str(), "+4700000017", "{text}");
        }
    }

    #[test]
    fn each_fault_has_its_own_error() {
        use NotPhoneNumber::{Character, CountryCode, Foreign, Norwegian};
        let faults = [
            ("", Norwegian),
            ("0000001", Norwegian),
            ("000000170", Norwegian),
            ("+470000001", Norwegian),
            ("0000 ext", Character),
            ("00+000017", Character),
            ("00000017\0", Character),
            ("+0000000170", CountryCode),
            ("+4600000", Foreign),
            ("+46000000000000017", Foreign),
        ];
        for (text, fault) in faults {
            assert_eq!(PhoneNumber::parse(text), Err(fault), "{text:?}");
        }
        assert_eq!(PhoneNumber::parse(&"7".repeat(1_000_000)), Err(Foreign));
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_accepted_again_unchanged(text in "[+0-9 -]{0,20}") {
            if let Ok(once) = PhoneNumber::parse(&text) {
                prop_assert_eq!(PhoneNumber::parse(once.as_str()), Ok(once));
            }
        }
    }
}
