//! Industry codes.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::domain::coded::coded;
use crate::domain::kept::{Kept, NotKept, kept};
use crate::domain::redacted::Quiet;
use crate::domain::text::Line;

/// An employer's industry: scheme, version and code (practice C6).
///
/// A code is a section (`C`), a division (`10`), a group (`10.7`), a class (`10.71`) or, in the Norwegian schemes, a
/// subclass (`10.710`) (a rule of state). Whether the scheme has the code is for whoever has the list of the version.
///
/// # Examples
/// ```
/// use worktrail_core::domain::{Industry, IndustryScheme, NotIndustry};
///
/// let bakery = Industry::new(IndustryScheme::Sn2007, "2009", "10.710")?;
/// assert_eq!(bakery.code(), "10.710");
/// assert_eq!(Industry::new(IndustryScheme::Nace, "2", "10.710"), Err(NotIndustry::Code));
/// # Ok::<(), NotIndustry>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Form")]
pub struct Industry {
    scheme: IndustryScheme,
    version: Line<20>,
    code: Line<8>,
}

coded! {
    /// A scheme of industry codes.
    pub enum IndustryScheme {
        /// The Norwegian standard of 2007, after NACE Rev. 2.
        Sn2007 = "sn2007", "SN2007", "SN2007";
        /// The Norwegian standard of 2025, after NACE Rev. 2.1.
        Sn2025 = "sn2025", "SN2025", "SN2025";
        /// The European standard itself.
        Nace = "nace", "NACE", "NACE";
    }
}

/// Why something is not an industry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotIndustry {
    /// The version is empty or too long.
    #[error("the version is not a short line")]
    Version,
    /// The code has not the form of the scheme.
    #[error("the code has not the form of the scheme")]
    Code,
}

#[derive(Deserialize)]
struct Form {
    scheme: IndustryScheme,
    version: Quiet,
    code: Quiet,
}

impl Industry {
    /// An industry by scheme, version and code.
    ///
    /// # Errors
    /// [`NotIndustry`] says what is wrong.
    pub fn new(scheme: IndustryScheme, version: &str, code: &str) -> Result<Self, NotIndustry> {
        let version = Line::parse(version).map_err(|_| NotIndustry::Version)?;
        let code = Line::parse(code).map_err(|_| NotIndustry::Code)?;
        if is_code(scheme, code.as_str()) { Ok(Self { scheme, version, code }) } else { Err(NotIndustry::Code) }
    }

    /// The scheme.
    #[must_use]
    pub const fn scheme(&self) -> IndustryScheme {
        self.scheme
    }

    /// The version of the scheme.
    #[must_use]
    pub fn version(&self) -> &str {
        self.version.as_str()
    }

    /// The code.
    #[must_use]
    pub fn code(&self) -> &str {
        self.code.as_str()
    }
}

/// A letter; or two digits, then up to two more after a point, or three in a Norwegian scheme.
fn is_code(scheme: IndustryScheme, code: &str) -> bool {
    let after_point = if scheme == IndustryScheme::Nace { 2 } else { 3 };
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match code.split_once('.') {
        Some((division, rest)) => {
            division.len() == 2 && are_digits(division) && (1..=after_point).contains(&rest.len()) && are_digits(rest)
        }
        None if code.len() == 1 => code.bytes().all(|byte| byte.is_ascii_uppercase()),
        None => code.len() == 2 && are_digits(code),
    }
}

impl TryFrom<Form> for Industry {
    type Error = NotIndustry;

    fn try_from(form: Form) -> Result<Self, NotIndustry> {
        Self::new(form.scheme, &form.version.0, &form.code.0)
    }
}

#[derive(Deserialize)]
pub(crate) struct KeptIndustry {
    scheme: IndustryScheme,
    #[serde(deserialize_with = "kept")]
    version: Line<20>,
    #[serde(deserialize_with = "kept")]
    code: Line<8>,
}

impl Kept for Industry {
    type Form = KeptIndustry;

    fn from_kept(form: KeptIndustry) -> Result<Self, NotKept> {
        let KeptIndustry { scheme, version, code } = form;
        Ok(Self { scheme, version, code })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c6_a_code_has_one_of_the_five_levels_of_its_scheme() {
        for code in ["C", "10", "10.7", "10.71", "10.710"] {
            assert!(Industry::new(IndustryScheme::Sn2007, "2009", code).is_ok(), "{code}");
        }
        for code in ["", "c", "1", "101", "10.", "10.7100", "1O", ".71", "10.7.1", "１０"] {
            assert_eq!(Industry::new(IndustryScheme::Sn2025, "2025", code), Err(NotIndustry::Code), "{code}");
        }
        assert!(Industry::new(IndustryScheme::Nace, "2", "10.71").is_ok());
        assert_eq!(Industry::new(IndustryScheme::Nace, "2", "10.710"), Err(NotIndustry::Code));
    }

    #[test]
    fn what_is_written_is_read_and_a_wrong_code_is_not() {
        let bakery = Industry::new(IndustryScheme::Sn2007, "2009", "10.710").expect("an industry");
        let json = serde_json::to_string(&bakery).expect("json");
        assert_eq!(serde_json::from_str::<Industry>(&json).expect("an industry"), bakery);
        assert_eq!((bakery.version(), bakery.code()), ("2009", "10.710"));
        let error = serde_json::from_str::<Industry>(&json.replace("10.710", "tall")).expect_err("no code").to_string();
        assert!(!error.contains("tall"), "{error}");
    }
}
