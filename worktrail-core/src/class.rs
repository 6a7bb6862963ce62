//! How sensitive a field is: every field of every record has exactly one class, and redaction, masking,
//! export, sealing and erasure follow from it.

use serde::{Deserialize, Serialize};

use crate::label::Label;

/// The class of a field.
///
/// That a person has a trail at all says something about their health (`DA3`); the classes here grade what a
/// field adds to that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Ids, codes, dates of the work itself.
    Ordinary,
    /// Tells who somebody is, or something about them: a name, a birth date, a phone number.
    Personal,
    /// Health, or what tells of it (GDPR art. 9).
    Health,
    /// The national identity number (special national rule).
    NationalId,
    /// Where somebody lives; withheld under address protection.
    Address,
    /// Income, benefits, debt.
    Finance,
    /// Somebody who is not a participant: a contact person, a clinician, a relative.
    ThirdParty,
}

impl Class {
    /// Every class.
    pub const ALL: [Self; 7] = [
        Self::Ordinary,
        Self::Personal,
        Self::Health,
        Self::NationalId,
        Self::Address,
        Self::Finance,
        Self::ThirdParty,
    ];

    /// Whether a value of this class may stand in a log: only ordinary ones may.
    #[must_use]
    pub const fn is_personal(self) -> bool {
        !matches!(self, Self::Ordinary)
    }

    /// What a person reads.
    #[must_use]
    pub const fn label(self) -> Label {
        match self {
            Self::Ordinary => Label::new("Vanlig", "Ordinary"),
            Self::Personal => Label::new("Personopplysning", "Personal"),
            Self::Health => Label::new("Helse", "Health"),
            Self::NationalId => Label::new("Fødselsnummer", "National identity number"),
            Self::Address => Label::new("Adresse", "Address"),
            Self::Finance => Label::new("Økonomi", "Finance"),
            Self::ThirdParty => Label::new("Tredjeperson", "Third party"),
        }
    }
}
