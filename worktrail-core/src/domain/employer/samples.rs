//! The employers of the stories.

use uuid::Uuid;

use super::{Employer, EmployerDetails};
use crate::domain::EmployerId;
use crate::domain::organisation_number::OrganisationNumber;
use crate::domain::samples::by_spurv;
use crate::domain::text::Line;

/// An employer in Bærum, with or without a number.
pub(crate) fn employer(id: u128, number: Option<&str>, name: &str) -> Employer {
    let details = EmployerDetails {
        place: Line::parse("BÆRUM").ok(),
        municipality: Line::parse("Bærum").ok(),
        ..EmployerDetails::named(Line::parse(name).expect("a name"))
    };
    let number = number.map(|number| OrganisationNumber::parse(number).expect("a number"));
    let id = EmployerId::new(Uuid::from_u128(id));
    Employer::register(id, number, details, &by_spurv("2022-06-01")).expect("registered").0
}

/// FJELLVIK BAKERI AS.
pub(crate) fn fjellvik() -> Employer {
    employer(0xE_0001, Some("311002007"), "FJELLVIK BAKERI AS")
}

/// NORDLYS LOGISTIKK AS.
pub(crate) fn nordlys() -> Employer {
    employer(0xE_0002, Some("311002171"), "NORDLYS LOGISTIKK AS")
}
