//! Employers.

mod details;
mod industry;
mod merge;
mod preferences;
#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
mod unit;
mod warning;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::fact::Fact;
use super::id::EmployerId;
use super::kept::kept;
use super::moment::Authorship;
use super::organisation_number::OrganisationNumber;
use super::rejection::Rejection;
use super::text::Line;

pub use details::EmployerDetails;
pub use industry::{Industry, IndustryScheme, NotIndustry};
pub use preferences::{DoNotContact, DoNotContactReason, EmployerPreferences, VisitWish};
pub use unit::EmployerUnit;
pub use warning::{EmployerWarning, WarningAbout, WarningTerms};

use merge::Merged;

/// An employer; nothing about participants is kept on it (I15).
///
/// It is known by its organisation number. One who works for themself may have none; then it is known by name only, until
/// a number is stated.
///
/// # Examples
/// ```
/// use worktrail_core::domain::{
///     Authorship, Employer, EmployerDetails, EmployerId, Line, Moment, OrganisationNumber, StaffId,
/// };
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let uuid = "00000000-0000-0000-0000-000000000001".parse()?;
/// let by = Authorship::new(StaffId::new(uuid), Moment::parse("2022-06-20T09:00:00+02:00")?);
/// let details = EmployerDetails {
///     municipality: Some(Line::parse("Bærum")?),
///     ..EmployerDetails::named(Line::parse("FJELLVIK BAKERI AS")?)
/// };
/// let number = OrganisationNumber::parse("311 002 007")?;
/// let (employer, fact) = Employer::register(EmployerId::new(uuid), Some(number), details, &by)?;
/// assert_eq!(employer.name().as_str(), "FJELLVIK BAKERI AS");
/// assert_eq!(fact.code(), "employer_registered");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Employer {
    id: EmployerId,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "kept")]
    organisation_number: Option<OrganisationNumber>,
    #[serde(flatten, deserialize_with = "kept")]
    details: EmployerDetails,
    registered: Authorship,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    preferences: Option<EmployerPreferences>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "kept")]
    warning: Option<EmployerWarning>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    merged: Option<Merged>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    absorbed: Vec<EmployerId>,
}

impl Employer {
    /// Registers an employer.
    ///
    /// That there is one employer for each organisation number is for the store, as a unique value.
    ///
    /// # Errors
    /// [`Rejection::OwnLegalUnit`] when it names itself as its legal unit.
    pub fn register(
        id: EmployerId,
        organisation_number: Option<OrganisationNumber>,
        details: EmployerDetails,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        details.must_not_be_its_own_unit(organisation_number.as_ref())?;
        let fact = Fact::EmployerRegistered {
            employer: id,
            organisation_number: organisation_number.clone(),
            name: details.name.clone(),
        };
        let employer = Self {
            id,
            organisation_number,
            details,
            registered: *by,
            preferences: None,
            warning: None,
            merged: None,
            absorbed: Vec::new(),
        };
        Ok((employer, fact))
    }

    /// Corrects what is known of it; the organisation number stays. What was said before stands in the fact.
    ///
    /// # Errors
    /// [`Rejection::EmployerMerged`], [`Rejection::OwnLegalUnit`], [`Rejection::NothingChanges`].
    pub fn correct(self, details: EmployerDetails) -> Result<(Self, Fact), Rejection> {
        self.must_be_current()?;
        details.must_not_be_its_own_unit(self.organisation_number.as_ref())?;
        if self.details == details {
            return Err(Rejection::NothingChanges);
        }
        let (name, before) = (details.name.clone(), Some(Box::new(self.details)));
        let fact = Fact::EmployerCorrected { employer: self.id, name, before };
        Ok((Self { details, ..self }, fact))
    }

    /// States its organisation number: for the first time, or another one where the first was wrong.
    ///
    /// # Errors
    /// [`Rejection::EmployerMerged`], [`Rejection::OwnLegalUnit`], [`Rejection::NothingChanges`].
    pub fn state_number(self, number: OrganisationNumber) -> Result<(Self, Fact), Rejection> {
        self.must_be_current()?;
        self.details.must_not_be_its_own_unit(Some(&number))?;
        if self.organisation_number.as_ref() == Some(&number) {
            return Err(Rejection::NothingChanges);
        }
        let before = self.organisation_number;
        let fact = Fact::OrganisationNumberStated { employer: self.id, before, organisation_number: number.clone() };
        Ok((Self { organisation_number: Some(number), ..self }, fact))
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> EmployerId {
        self.id
    }

    /// Its organisation number, where one is known.
    #[must_use]
    pub const fn organisation_number(&self) -> Option<&OrganisationNumber> {
        self.organisation_number.as_ref()
    }

    /// What is known of it.
    #[must_use]
    pub const fn details(&self) -> &EmployerDetails {
        &self.details
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &Line<200> {
        &self.details.name
    }

    /// What it is commonly called.
    #[must_use]
    pub const fn alias(&self) -> Option<&Line<200>> {
        self.details.alias.as_ref()
    }

    /// Its postal place.
    #[must_use]
    pub const fn place(&self) -> Option<&Line<80>> {
        self.details.place.as_ref()
    }

    /// Its municipality.
    #[must_use]
    pub const fn municipality(&self) -> Option<&Line<80>> {
        self.details.municipality.as_ref()
    }

    /// What it has said about being contacted.
    #[must_use]
    pub const fn preferences(&self) -> Option<&EmployerPreferences> {
        self.preferences.as_ref()
    }

    /// The warning that is shown on a day; it is taken down by itself after its last day.
    #[must_use]
    pub fn warning_on(&self, day: NaiveDate) -> Option<&EmployerWarning> {
        self.warning.as_ref().filter(|warning| day <= warning.terms().until)
    }

    /// Who registered it, and when.
    #[must_use]
    pub const fn registered(&self) -> &Authorship {
        &self.registered
    }
}
