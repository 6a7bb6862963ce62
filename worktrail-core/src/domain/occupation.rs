//! Occupations: a code of a published classification.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::coded::coded;
use super::kept::{Kept, NotKept, kept, kept_text};
use super::redacted::{Quiet, redacted_debug};
use super::text::Line;

/// An occupation: the classification, its version, a code that follows the grammar of the classification, and what the
/// code was called there.
///
/// Codes are not looked up: that a code exists in its version is for whoever has the list.
///
/// # Examples
/// ```
/// use worktrail_core::domain::{Line, NotOccupation, Occupation, OccupationScheme};
///
/// let baker = Occupation::new(OccupationScheme::Styrk08, Line::parse("33")?, "7512", None)?;
/// assert_eq!(baker.code(), "7512");
/// let short = Occupation::new(OccupationScheme::Styrk08, Line::parse("33")?, "751", None);
/// assert_eq!(short.unwrap_err(), NotOccupation::Code);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct Occupation {
    scheme: OccupationScheme,
    version: Line<20>,
    code: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    label: Option<Line<200>>,
}

redacted_debug!(Occupation);

coded! {
    /// A classification of occupations.
    pub enum OccupationScheme {
        /// The Norwegian standard of 2008: four digits.
        Styrk08 = "styrk_08", "STYRK-08", "STYRK-08";
        /// The Norwegian standard of 1998: seven digits, as employers still report.
        Styrk98 = "styrk_98", "STYRK-98", "STYRK-98";
        /// The international standard of 2008: four digits.
        Isco08 = "isco_08", "ISCO-08", "ISCO-08";
        /// The European classification: a URI.
        Esco = "esco", "ESCO", "ESCO";
    }
}

/// Why a code is not one of an occupation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotOccupation {
    /// The code is not written as its classification writes codes.
    #[error("the code is not written as its classification writes codes")]
    Code,
}

const ESCO: &str = "http://data.europa.eu/esco/";

impl Occupation {
    /// Takes a code of a classification.
    ///
    /// # Errors
    /// [`NotOccupation`] when the code does not follow the grammar of the classification.
    pub fn new(
        scheme: OccupationScheme,
        version: Line<20>,
        code: &str,
        label: Option<Line<200>>,
    ) -> Result<Self, NotOccupation> {
        if scheme.writes(code) {
            Ok(Self { scheme, version, code: code.to_owned(), label })
        } else {
            Err(NotOccupation::Code)
        }
    }

    /// The classification.
    #[must_use]
    pub const fn scheme(&self) -> OccupationScheme {
        self.scheme
    }

    /// Its version.
    #[must_use]
    pub const fn version(&self) -> &Line<20> {
        &self.version
    }

    /// The code.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What the code was called there.
    #[must_use]
    pub const fn label(&self) -> Option<&Line<200>> {
        self.label.as_ref()
    }
}

impl OccupationScheme {
    fn writes(self, code: &str) -> bool {
        match self {
            Self::Styrk08 | Self::Isco08 => are_digits(code, 4),
            Self::Styrk98 => are_digits(code, 7),
            Self::Esco => code.strip_prefix(ESCO).is_some_and(is_esco_path),
        }
    }
}

fn are_digits(code: &str, count: usize) -> bool {
    code.len() == count && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// An occupation by its UUID, or a group of ISCO by its code.
fn is_esco_path(path: &str) -> bool {
    match path.split_once('/') {
        Some(("occupation", id)) => id.len() == 36 && uuid::Uuid::try_parse(id).is_ok(),
        Some(("isco", group)) => {
            group.strip_prefix('C').is_some_and(|code| (1..=4).any(|count| are_digits(code, count)))
        }
        _ => false,
    }
}

impl fmt::Display for OccupationScheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label().en)
    }
}

#[derive(Deserialize)]
struct Written {
    scheme: OccupationScheme,
    version: Line<20>,
    code: Quiet,
    #[serde(default)]
    label: Option<Line<200>>,
}

impl TryFrom<Written> for Occupation {
    type Error = NotOccupation;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        Self::new(written.scheme, written.version, &written.code.0, written.label)
    }
}

#[derive(Deserialize)]
pub(crate) struct KeptOccupation {
    scheme: OccupationScheme,
    #[serde(deserialize_with = "kept")]
    version: Line<20>,
    code: Quiet,
    #[serde(default, deserialize_with = "kept")]
    label: Option<Line<200>>,
}

impl Kept for Occupation {
    type Form = KeptOccupation;

    fn from_kept(form: KeptOccupation) -> Result<Self, NotKept> {
        let KeptOccupation { scheme, version, code, label } = form;
        Ok(Self { scheme, version, code: kept_text(code)?, label })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(scheme: OccupationScheme, code: &str) -> Result<Occupation, NotOccupation> {
        Occupation::new(scheme, Line::parse("1").expect("a version"), code, None)
    }

    #[test]
    fn an_occupation_says_what_its_code_was_called_and_where() {
        let (version, label) = (Line::parse("33").expect("a version"), Line::parse("Bakere og konditorer").ok());
        let baker = Occupation::new(OccupationScheme::Styrk08, version, "7512", label.clone()).expect("an occupation");
        assert_eq!((baker.scheme().to_string(), baker.code()), ("STYRK-08".to_owned(), "7512"));
        assert_eq!(baker.label(), label.as_ref());
    }

    #[test]
    fn each_classification_has_its_own_grammar() {
        let esco = |path: &str| format!("{ESCO}{path}");
        let uuid = esco("occupation/00030d09-2b3a-4efd-87cc-c4ea39d27c34");
        for (scheme, code) in [
            (OccupationScheme::Styrk08, "7512"),
            (OccupationScheme::Isco08, "0110"),
            (OccupationScheme::Styrk98, "7412101"),
            (OccupationScheme::Esco, uuid.as_str()),
            (OccupationScheme::Esco, esco("isco/C7512").as_str()),
        ] {
            assert!(written(scheme, code).is_ok(), "{scheme} {code}");
        }
        for (scheme, code) in [
            (OccupationScheme::Styrk08, "751"),
            (OccupationScheme::Styrk08, "7412101"),
            (OccupationScheme::Styrk08, "７５１２"),
            (OccupationScheme::Isco08, "75 2"),
            (OccupationScheme::Styrk98, "7512"),
            (OccupationScheme::Esco, "7512"),
            (OccupationScheme::Esco, esco("occupation/").as_str()),
            (OccupationScheme::Esco, esco("occupation/00030d092b3a4efd87ccc4ea39d27c34").as_str()),
            (OccupationScheme::Esco, esco("occupation/00030d09-2b3a-4efd-87cc-c4ea39d27cXX").as_str()),
            (OccupationScheme::Esco, esco("isco/C75121").as_str()),
            (OccupationScheme::Esco, esco("skill/00030d09-2b3a-4efd-87cc-c4ea39d27c34").as_str()),
        ] {
            assert_eq!(written(scheme, code), Err(NotOccupation::Code), "{scheme} {code}");
        }
    }

    #[test]
    fn it_goes_through_the_same_door_in_serde_and_is_silent() {
        let baker = written(OccupationScheme::Styrk08, "7512").expect("an occupation");
        let json = serde_json::to_string(&baker).expect("json");
        assert_eq!(serde_json::from_str::<Occupation>(&json).expect("an occupation"), baker);
        assert!(serde_json::from_str::<Occupation>(&json.replace("7512", "75")).is_err());
        assert!(!format!("{baker:?}").contains("7512"));
    }
}
