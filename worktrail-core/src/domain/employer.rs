//! Employers.

use serde::{Deserialize, Serialize};

use super::fact::Fact;
use super::id::EmployerId;
use super::kept::kept;
use super::moment::Authorship;
use super::organisation_number::OrganisationNumber;
use super::text::Line;

/// An employer, known by its organisation number; nothing about participants is kept on it (I15).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Employer {
    id: EmployerId,
    #[serde(deserialize_with = "kept")]
    organisation_number: OrganisationNumber,
    #[serde(deserialize_with = "kept")]
    name: Line<200>,
    #[serde(default, deserialize_with = "kept")]
    alias: Option<Line<200>>,
    #[serde(default, deserialize_with = "kept")]
    place: Option<Line<80>>,
    #[serde(default, deserialize_with = "kept")]
    municipality: Option<Line<80>>,
    registered: Authorship,
}

/// What an employer is called and where it is (seed row 78).
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
}

impl Employer {
    /// Registers an employer.
    ///
    /// That there is one employer for each organisation number is for the store, as a unique value.
    #[must_use]
    pub fn register(
        id: EmployerId,
        organisation_number: OrganisationNumber,
        details: EmployerDetails,
        by: &Authorship,
    ) -> (Self, Fact) {
        let EmployerDetails { name, alias, place, municipality } = details;
        let fact = Fact::EmployerRegistered {
            employer: id,
            organisation_number: organisation_number.clone(),
            name: name.clone(),
        };
        (Self { id, organisation_number, name, alias, place, municipality, registered: *by }, fact)
    }

    /// Corrects name and place; the organisation number stays.
    #[must_use]
    pub fn correct(self, details: EmployerDetails) -> (Self, Fact) {
        let EmployerDetails { name, alias, place, municipality } = details;
        let fact = Fact::EmployerCorrected { employer: self.id, name: name.clone() };
        (Self { name, alias, place, municipality, ..self }, fact)
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> EmployerId {
        self.id
    }

    /// Its organisation number.
    #[must_use]
    pub const fn organisation_number(&self) -> &OrganisationNumber {
        &self.organisation_number
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &Line<200> {
        &self.name
    }

    /// What it is commonly called.
    #[must_use]
    pub const fn alias(&self) -> Option<&Line<200>> {
        self.alias.as_ref()
    }

    /// Its postal place.
    #[must_use]
    pub const fn place(&self) -> Option<&Line<80>> {
        self.place.as_ref()
    }

    /// Its municipality.
    #[must_use]
    pub const fn municipality(&self) -> Option<&Line<80>> {
        self.municipality.as_ref()
    }

    /// Who registered it, and when.
    #[must_use]
    pub const fn registered(&self) -> &Authorship {
        &self.registered
    }
}

#[cfg(test)]
pub(crate) mod samples {
    use uuid::Uuid;

    use super::*;
    use crate::domain::samples::by_spurv;

    fn employer(number: u128, organisation_number: &str, name: &str) -> Employer {
        let details = EmployerDetails {
            name: Line::parse(name).expect("a name"),
            alias: None,
            place: Line::parse("BÆRUM").ok(),
            municipality: Line::parse("Bærum").ok(),
        };
        let organisation_number = OrganisationNumber::parse(organisation_number).expect("a number");
        let id = EmployerId::new(Uuid::from_u128(number));
        Employer::register(id, organisation_number, details, &by_spurv("2022-06-01")).0
    }

    /// FJELLVIK BAKERI AS.
    pub(crate) fn fjellvik() -> Employer {
        employer(0xE_0001, "311002007", "FJELLVIK BAKERI AS")
    }

    /// NORDLYS LOGISTIKK AS.
    pub(crate) fn nordlys() -> Employer {
        employer(0xE_0002, "311002171", "NORDLYS LOGISTIKK AS")
    }
}

#[cfg(test)]
mod tests {
    use super::samples::fjellvik;
    use super::*;

    #[test]
    fn a_correction_keeps_id_and_number() {
        let details = EmployerDetails {
            name: Line::parse("FJELLVIK BAKERI OG KONDITORI AS").expect("a name"),
            alias: Line::parse("Fjellvik").ok(),
            place: None,
            municipality: None,
        };
        let (corrected, fact) = fjellvik().correct(details);
        assert_eq!(corrected.id(), fjellvik().id());
        assert_eq!(corrected.organisation_number(), fjellvik().organisation_number());
        assert_eq!(corrected.alias().map(Line::as_str), Some("Fjellvik"));
        assert_eq!(fact.code(), "employer_corrected");
    }

    #[test]
    fn a_stored_employer_loads_though_its_number_breaks_todays_rule() {
        // given a stored employer whose number fails the control digit
        let json = serde_json::to_string(&fjellvik()).expect("json").replace("311002007", "311002008");
        // then the record is read, and the same number in a command is refused
        assert!(serde_json::from_str::<Employer>(&json).is_ok());
        assert!(serde_json::from_str::<OrganisationNumber>("\"311002008\"").is_err());
    }
}
