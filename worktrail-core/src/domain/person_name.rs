//! A person's name.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::kept::{Kept, NotKept, kept_text};
use super::redacted::{Quiet, redacted_debug};
use super::text::{Line, NotText};

/// A name: given names and family name, each on one line.
///
/// The family name is never empty; a person with one name only has it there.
///
/// # Examples
/// ```
/// use worktrail_core::domain::PersonName;
///
/// let name = PersonName::new("LUN", "SKILPADDE")?;
/// assert_eq!(name.full(), "LUN SKILPADDE");
/// assert_eq!(format!("{name:?}"), "PersonName(…)");
/// # Ok::<(), worktrail_core::domain::NotPersonName>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Form")]
pub struct PersonName {
    given: String,
    family: String,
}

/// Why a name is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotPersonName {
    /// The given names are no line of at most 100 characters.
    #[error("given names: {0}")]
    Given(NotText),
    /// The family name is no line of at most 100 characters.
    #[error("family name: {0}")]
    Family(NotText),
}

/// A name as it is written in serde.
#[derive(Deserialize)]
pub(crate) struct Form {
    given: Quiet,
    family: Quiet,
}

impl PersonName {
    /// The greatest number of characters in each part.
    pub const MAX: usize = 100;

    /// Makes a name; `given` may be empty for a person with one name only.
    ///
    /// # Errors
    /// [`NotPersonName`] when a part is no line, or the family name is empty.
    pub fn new(given: &str, family: &str) -> Result<Self, NotPersonName> {
        let given = match Line::<{ Self::MAX }>::parse(given) {
            Ok(line) => line.as_str().to_owned(),
            Err(NotText::Empty) => String::new(),
            Err(fault) => return Err(NotPersonName::Given(fault)),
        };
        let family = Line::<{ Self::MAX }>::parse(family).map_err(NotPersonName::Family)?.as_str().to_owned();
        Ok(Self { given, family })
    }

    /// The given names; empty for a person with one name only.
    #[must_use]
    pub fn given(&self) -> &str {
        &self.given
    }

    /// The family name.
    #[must_use]
    pub fn family(&self) -> &str {
        &self.family
    }

    /// The whole name, given names first.
    #[must_use]
    pub fn full(&self) -> String {
        if self.given.is_empty() { self.family.clone() } else { format!("{} {}", self.given, self.family) }
    }

    /// Each name by itself, for finding a person by the beginning of any of them.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.given.split_whitespace().chain(self.family.split_whitespace())
    }
}

redacted_debug!(PersonName);

impl TryFrom<Form> for PersonName {
    type Error = NotPersonName;

    fn try_from(form: Form) -> Result<Self, Self::Error> {
        Self::new(&form.given.0, &form.family.0)
    }
}

impl Kept for PersonName {
    type Form = Form;

    fn from_kept(form: Form) -> Result<Self, NotKept> {
        Ok(Self { given: kept_text(form.given)?, family: kept_text(form.family)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_may_have_one_name_and_not_none() {
        assert_eq!(PersonName::new(" ", "SPURV").expect("a name").full(), "SPURV");
        assert_eq!(PersonName::new("KVIKK", ""), Err(NotPersonName::Family(NotText::Empty)));
        assert_eq!(PersonName::new("KVIKK\nA", "SPURV"), Err(NotPersonName::Given(NotText::LineBreak)));
    }

    #[test]
    fn every_name_can_be_found() {
        let name = PersonName::new("ABSURD LUN", "BRANNHYDRANT").expect("a name");
        assert_eq!(name.words().collect::<Vec<_>>(), ["ABSURD", "LUN", "BRANNHYDRANT"]);
    }

    #[test]
    fn serde_goes_through_the_same_door() {
        let name: PersonName = serde_json::from_str(r#"{"given":" LUN ","family":"SKILPADDE"}"#).expect("a name");
        assert_eq!(serde_json::to_string(&name).expect("json"), r#"{"given":"LUN","family":"SKILPADDE"}"#);
        assert!(serde_json::from_str::<PersonName>(r#"{"given":"LUN","family":" "}"#).is_err());
    }
}
