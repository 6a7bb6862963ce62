//! Municipalities, by number and code list.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::kept::kept_as_is;
use super::redacted::{Quiet, redacted_debug};

/// A municipality: its four digits, and the year of the code list in which they mean it.
///
/// Numbers are given anew when counties are merged and parted: Bærum is 3201 in the list of 2024 and was 0219 until 2019,
/// so a number without its list does not say where somebody lives. Which numbers a list has is not checked.
///
/// # Examples
/// ```
/// use worktrail_core::domain::Municipality;
///
/// let bærum = Municipality::parse("3201/2024")?;
/// assert_eq!((bærum.number().as_str(), bærum.list()), ("3201", 2024));
/// assert_eq!(bærum.to_string(), "3201/2024");
/// # Ok::<(), worktrail_core::domain::NotMunicipality>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Quiet", into = "String")]
pub struct Municipality {
    number: u16,
    list: u16,
}

/// Why a text is not a municipality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotMunicipality {
    /// It is not written as four digits, a slash and the four digits of a year.
    #[error("a municipality is written as four digits, a slash and the year of the code list")]
    Written,
    /// No county has the number 00.
    #[error("no municipality has a number below 0100")]
    Number,
    /// There was no such code list: the first is of 1838.
    #[error("there is no code list of that year")]
    List,
}

impl Municipality {
    /// Takes a number and the year of a code list.
    ///
    /// # Errors
    /// [`NotMunicipality`] when the number is outside 0100–9999, or the year outside 1838–9999.
    pub const fn new(number: u16, list: u16) -> Result<Self, NotMunicipality> {
        if number < 100 || number > 9999 {
            return Err(NotMunicipality::Number);
        }
        if list < 1838 || list > 9999 { Err(NotMunicipality::List) } else { Ok(Self { number, list }) }
    }

    /// Reads `3201/2024`.
    ///
    /// # Errors
    /// [`NotMunicipality`] says what is wrong.
    pub fn parse(text: &str) -> Result<Self, NotMunicipality> {
        let four = |digits: &str| {
            let written = digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_digit());
            digits.parse().ok().filter(|_| written).ok_or(NotMunicipality::Written)
        };
        let (number, list) = text.trim().split_once('/').ok_or(NotMunicipality::Written)?;
        Self::new(four(number)?, four(list)?)
    }

    /// The four digits.
    #[must_use]
    pub fn number(self) -> String {
        format!("{:04}", self.number)
    }

    /// The year of the code list.
    #[must_use]
    pub const fn list(self) -> u16 {
        self.list
    }
}

// Where somebody lives may be withheld.
redacted_debug!(Municipality);

impl fmt::Display for Municipality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}/{}", self.number, self.list)
    }
}

impl std::str::FromStr for Municipality {
    type Err = NotMunicipality;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<Quiet> for Municipality {
    type Error = NotMunicipality;

    fn try_from(text: Quiet) -> Result<Self, Self::Error> {
        Self::parse(&text.0)
    }
}

impl From<Municipality> for String {
    fn from(municipality: Municipality) -> Self {
        municipality.to_string()
    }
}

kept_as_is!(Municipality);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_place_has_another_number_in_another_list() {
        let of = |text| Municipality::parse(text).expect(text);
        assert_ne!(of("3201/2024"), of("0219/2019"));
        assert_eq!((of("0219/2019").number().as_str(), of("0219/2019").list()), ("0219", 2019));
        assert_eq!(format!("{:?}", of("3201/2024")), "Municipality(…)");
    }

    #[test]
    fn each_fault_has_its_own_error() {
        use NotMunicipality::{List, Number, Written};
        let faults = [
            ("", Written),
            ("3201", Written),
            ("3201/24", Written),
            ("219/2019", Written),
            ("+201/2024", Written),
            ("３２０１/2024", Written),
            ("0099/2024", Number),
            ("3201/1837", List),
        ];
        for (text, fault) in faults {
            assert_eq!(Municipality::parse(text), Err(fault), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(number in 0_u16..10_000, list in 1_800_u16..10_000) {
            if let Ok(municipality) = Municipality::new(number, list) {
                prop_assert_eq!(Municipality::parse(&municipality.to_string()), Ok(municipality));
                let json = serde_json::to_string(&municipality).expect("json");
                prop_assert_eq!(serde_json::from_str::<Municipality>(&json).expect("read back"), municipality);
            }
        }
    }
}
