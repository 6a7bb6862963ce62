//! What is known of an employer.

use serde::{Deserialize, Serialize};

use super::industry::Industry;
use super::unit::EmployerUnit;
use crate::domain::email::EmailAddress;
use crate::domain::kept::{Kept, NotKept, kept};
use crate::domain::municipality::Municipality;
use crate::domain::organisation_number::OrganisationNumber;
use crate::domain::phone::PhoneNumber;
use crate::domain::rejection::Rejection;
use crate::domain::text::Line;

/// What an employer is called, where it is, and how it is reached (S78).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmployerDetails {
    /// Its name.
    pub name: Line<200>,
    /// What it is commonly called.
    pub alias: Option<Line<200>>,
    /// Its postal place.
    pub place: Option<Line<80>>,
    /// Its municipality.
    pub municipality: Option<Line<80>>,
    /// Whether it is a legal unit or a sub-unit, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<EmployerUnit>,
    /// Its industry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub industry: Option<Industry>,
    /// Its website.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<Line<200>>,
    /// Its telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<PhoneNumber>,
    /// Its e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailAddress>,
    /// Its municipality by number and code list, beside what it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality_number: Option<Municipality>,
}

impl EmployerDetails {
    /// The name alone, with nothing else known.
    #[must_use]
    pub const fn named(name: Line<200>) -> Self {
        Self {
            name,
            alias: None,
            place: None,
            municipality: None,
            unit: None,
            industry: None,
            website: None,
            phone: None,
            email: None,
            municipality_number: None,
        }
    }

    /// A sub-unit belongs to another unit than itself (of state).
    pub(super) fn must_not_be_its_own_unit(&self, number: Option<&OrganisationNumber>) -> Result<(), Rejection> {
        let legal_unit = self.unit.as_ref().and_then(EmployerUnit::legal_unit);
        if legal_unit.is_some() && legal_unit == number { Err(Rejection::OwnLegalUnit) } else { Ok(()) }
    }
}

#[derive(Deserialize)]
pub(crate) struct KeptDetails {
    #[serde(deserialize_with = "kept")]
    name: Line<200>,
    #[serde(default, deserialize_with = "kept")]
    alias: Option<Line<200>>,
    #[serde(default, deserialize_with = "kept")]
    place: Option<Line<80>>,
    #[serde(default, deserialize_with = "kept")]
    municipality: Option<Line<80>>,
    #[serde(default, deserialize_with = "kept")]
    unit: Option<EmployerUnit>,
    #[serde(default, deserialize_with = "kept")]
    industry: Option<Industry>,
    #[serde(default, deserialize_with = "kept")]
    website: Option<Line<200>>,
    #[serde(default, deserialize_with = "kept")]
    phone: Option<PhoneNumber>,
    #[serde(default, deserialize_with = "kept")]
    email: Option<EmailAddress>,
    #[serde(default)]
    municipality_number: Option<Municipality>,
}

impl Kept for EmployerDetails {
    type Form = KeptDetails;

    fn from_kept(form: KeptDetails) -> Result<Self, NotKept> {
        let KeptDetails {
            name,
            alias,
            place,
            municipality,
            unit,
            industry,
            website,
            phone,
            email,
            municipality_number,
        } = form;
        Ok(Self { name, alias, place, municipality, unit, industry, website, phone, email, municipality_number })
    }
}
