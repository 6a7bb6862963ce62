//! A person's name.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::kept::{Kept, NotKept, kept_text};
use super::name_entry::compared;
use super::redacted::{Quiet, redacted_debug};
use super::text::{Line, NotText};

/// A name: given names, middle names and family name, each on one line.
///
/// The family name is never empty; a person with one name only has it there. Middle names stand by themselves where a
/// register has them so.
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
    #[serde(default, skip_serializing_if = "String::is_empty")]
    middle: String,
    family: String,
}

/// Why a name is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotPersonName {
    /// The given names are no line of at most 100 characters.
    #[error("given names: {0}")]
    Given(NotText),
    /// The middle names are no line of at most 100 characters.
    #[error("middle names: {0}")]
    Middle(NotText),
    /// The family name is no line of at most 100 characters.
    #[error("family name: {0}")]
    Family(NotText),
}

/// A name as it is written in serde.
#[derive(Deserialize)]
pub(crate) struct Form {
    given: Quiet,
    #[serde(default)]
    middle: Option<Quiet>,
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
        let given = or_empty(given).map_err(NotPersonName::Given)?;
        let family = Line::<{ Self::MAX }>::parse(family).map_err(NotPersonName::Family)?.as_str().to_owned();
        Ok(Self { given, middle: String::new(), family })
    }

    /// The same name with middle names; empty ones take them away.
    ///
    /// # Errors
    /// [`NotPersonName::Middle`] when they are no line.
    pub fn with_middle(self, middle: &str) -> Result<Self, NotPersonName> {
        let middle = or_empty(middle).map_err(NotPersonName::Middle)?;
        Ok(Self { middle, ..self })
    }

    /// The given names; empty for a person with one name only.
    #[must_use]
    pub fn given(&self) -> &str {
        &self.given
    }

    /// The middle names; mostly empty.
    #[must_use]
    pub fn middle(&self) -> &str {
        &self.middle
    }

    /// The family name.
    #[must_use]
    pub fn family(&self) -> &str {
        &self.family
    }

    /// The whole name, given names first.
    #[must_use]
    pub fn full(&self) -> String {
        let parts = [&self.given, &self.middle, &self.family].map(String::as_str);
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Each name by itself, for finding a person by the beginning of any of them.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        [&self.given, &self.middle, &self.family].into_iter().flat_map(|part| part.split_whitespace())
    }
}

impl PersonName {
    /// The whole name as names are compared: without regard to case, hyphens, spaces and how letters are composed.
    pub(crate) fn compared(&self) -> String {
        compared(&self.full())
    }
}

/// A part of a name that may be empty.
fn or_empty(text: &str) -> Result<String, NotText> {
    match Line::<{ PersonName::MAX }>::parse(text) {
        Ok(line) => Ok(line.as_str().to_owned()),
        Err(NotText::Empty) => Ok(String::new()),
        Err(fault) => Err(fault),
    }
}

redacted_debug!(PersonName);

impl TryFrom<Form> for PersonName {
    type Error = NotPersonName;

    fn try_from(form: Form) -> Result<Self, Self::Error> {
        let name = Self::new(&form.given.0, &form.family.0)?;
        match form.middle {
            Some(middle) => name.with_middle(&middle.0),
            None => Ok(name),
        }
    }
}

impl Kept for PersonName {
    type Form = Form;

    fn from_kept(form: Form) -> Result<Self, NotKept> {
        let middle = form.middle.map_or(Ok(String::new()), kept_text)?;
        Ok(Self { given: kept_text(form.given)?, middle, family: kept_text(form.family)? })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
    fn middle_names_stand_between_and_leave_no_trace_when_there_are_none() {
        let name = PersonName::new("LUN", "SKILPADDE").expect("a name");
        let json = serde_json::to_string(&name).expect("json");
        assert_eq!(json, r#"{"given":"LUN","family":"SKILPADDE"}"#);
        let name = name.with_middle(" SEN  RASK ").expect("a name");
        assert_eq!((name.middle(), name.full().as_str()), ("SEN  RASK", "LUN SEN  RASK SKILPADDE"));
        assert_eq!((name.given(), name.family()), ("LUN", "SKILPADDE"));
        assert_eq!(name.words().collect::<Vec<_>>(), ["LUN", "SEN", "RASK", "SKILPADDE"]);
        assert_eq!(name.clone().with_middle("A\nB"), Err(NotPersonName::Middle(NotText::LineBreak)));
        assert_eq!(name.with_middle("").expect("a name").full(), "LUN SKILPADDE");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(given in "[A-Å ]{0,12}", middle in "[A-Å ]{0,12}", family in "[A-Å]{1,12}") {
            if let Ok(name) = PersonName::new(&given, &family).and_then(|name| name.with_middle(&middle)) {
                let json = serde_json::to_string(&name).expect("json");
                prop_assert_eq!(serde_json::from_str::<PersonName>(&json).expect("read back"), name);
            }
        }
    }

    #[test]
    fn serde_goes_through_the_same_door() {
        let name: PersonName = serde_json::from_str(r#"{"given":" LUN ","family":"SKILPADDE"}"#).expect("a name");
        assert_eq!(serde_json::to_string(&name).expect("json"), r#"{"given":"LUN","family":"SKILPADDE"}"#);
        assert!(serde_json::from_str::<PersonName>(r#"{"given":"LUN","family":" "}"#).is_err());
    }
}
