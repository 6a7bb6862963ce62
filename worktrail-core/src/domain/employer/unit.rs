//! Legal units and sub-units.

use serde::{Deserialize, Serialize};

use crate::domain::kept::{Kept, NotKept, kept};
use crate::domain::organisation_number::OrganisationNumber;

/// Which kind of unit an employer is in the register of legal entities: people work in sub-units, and each belongs to a
/// legal unit, which may or may not be registered here (practice C2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmployerUnit {
    /// A legal unit (*hovedenhet*).
    LegalUnit,
    /// A sub-unit (*underenhet*) of the legal unit with this number.
    SubUnitOf(OrganisationNumber),
}

impl EmployerUnit {
    /// The number of the legal unit that a sub-unit belongs to.
    #[must_use]
    pub const fn legal_unit(&self) -> Option<&OrganisationNumber> {
        match self {
            Self::LegalUnit => None,
            Self::SubUnitOf(legal_unit) => Some(legal_unit),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum KeptUnit {
    LegalUnit,
    SubUnitOf(#[serde(deserialize_with = "kept")] OrganisationNumber),
}

impl Kept for EmployerUnit {
    type Form = KeptUnit;

    fn from_kept(form: KeptUnit) -> Result<Self, NotKept> {
        Ok(match form {
            KeptUnit::LegalUnit => Self::LegalUnit,
            KeptUnit::SubUnitOf(legal_unit) => Self::SubUnitOf(legal_unit),
        })
    }
}
