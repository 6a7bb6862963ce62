//! Contact persons at employers: a person, not to be confused with an employer contact, which is an event (`DA18`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::day_of::DayOf;
use super::email::EmailAddress;
use super::employer::Employer;
use super::fact::Fact;
use super::id::{ContactPersonId, EmployerId};
use super::kept::kept;
use super::moment::Authorship;
use super::person_name::PersonName;
use super::phone::PhoneNumber;
use super::rejection::Rejection;
use super::text::Line;
use super::thing::Thing;

/// A contact person at an employer. One who has left is marked, and kept with what they took part in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactPerson {
    id: ContactPersonId,
    employer: EmployerId,
    #[serde(deserialize_with = "kept")]
    name: PersonName,
    #[serde(default, deserialize_with = "kept")]
    phone: Option<PhoneNumber>,
    #[serde(default, deserialize_with = "kept")]
    email: Option<EmailAddress>,
    #[serde(default, deserialize_with = "kept")]
    role: Option<Line<100>>,
    registered: Authorship,
    left: Option<Left>,
}

/// What is known about a contact person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactPersonDetails {
    /// The name.
    pub name: PersonName,
    /// The telephone number.
    pub phone: Option<PhoneNumber>,
    /// The e-mail address.
    pub email: Option<EmailAddress>,
    /// The role at the employer, such as "daglig leder".
    pub role: Option<Line<100>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Left {
    on: NaiveDate,
    authorship: Authorship,
}

impl ContactPerson {
    /// Registers a contact person at an employer.
    #[must_use]
    pub fn register(
        id: ContactPersonId,
        employer: &Employer,
        details: ContactPersonDetails,
        by: &Authorship,
    ) -> (Self, Fact) {
        let ContactPersonDetails { name, phone, email, role } = details;
        let fact = Fact::ContactPersonRegistered { contact_person: id, employer: employer.id(), name: name.clone() };
        (Self { id, employer: employer.id(), name, phone, email, role, registered: *by, left: None }, fact)
    }

    /// Corrects what is known.
    #[must_use]
    pub fn correct(self, details: ContactPersonDetails) -> (Self, Fact) {
        let ContactPersonDetails { name, phone, email, role } = details;
        let fact = Fact::ContactPersonCorrected { contact_person: self.id, employer: self.employer };
        (Self { name, phone, email, role, ..self }, fact)
    }

    /// Marks the person as a former one, from a day on.
    ///
    /// # Errors
    /// [`Rejection::AlreadyEnded`] when the person is one already; [`Rejection::DateInFuture`].
    pub fn mark_former(mut self, on: NaiveDate, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        if let Some(left) = &self.left {
            return Err(Rejection::AlreadyEnded { what: Thing::ContactPerson, on: left.on });
        }
        Rejection::all(DayOf::ContactPersonLeft.faults(on, None, by))?;
        self.left = Some(Left { on, authorship: *by });
        let fact = Fact::ContactPersonLeft { contact_person: self.id, employer: self.employer, on };
        Ok((self, fact))
    }

    /// The id.
    #[must_use]
    pub const fn id(&self) -> ContactPersonId {
        self.id
    }

    /// The employer.
    #[must_use]
    pub const fn employer(&self) -> EmployerId {
        self.employer
    }

    /// The name.
    #[must_use]
    pub const fn name(&self) -> &PersonName {
        &self.name
    }

    /// The telephone number.
    #[must_use]
    pub const fn phone(&self) -> Option<&PhoneNumber> {
        self.phone.as_ref()
    }

    /// The e-mail address.
    #[must_use]
    pub const fn email(&self) -> Option<&EmailAddress> {
        self.email.as_ref()
    }

    /// The role at the employer.
    #[must_use]
    pub const fn role(&self) -> Option<&Line<100>> {
        self.role.as_ref()
    }

    /// Who registered the person, and when.
    #[must_use]
    pub const fn registered(&self) -> &Authorship {
        &self.registered
    }

    /// The day from which the person is a former contact.
    #[must_use]
    pub fn left_on(&self) -> Option<NaiveDate> {
        self.left.as_ref().map(|left| left.on)
    }

    /// Who marked the person as former, and when.
    #[must_use]
    pub fn left(&self) -> Option<&Authorship> {
        self.left.as_ref().map(|left| &left.authorship)
    }

    /// Refuses a contact person who belongs to another employer (I14, of transition).
    pub(super) fn must_belong_to(&self, employer: EmployerId) -> Result<(), Rejection> {
        if self.employer == employer { Ok(()) } else { Err(Rejection::BelongsElsewhere { what: Thing::ContactPerson }) }
    }
}

#[cfg(test)]
pub(crate) mod samples {
    use uuid::Uuid;

    use super::*;
    use crate::domain::samples::by_spurv;

    /// A contact person at an employer.
    pub(crate) fn contact_at(employer: &Employer) -> ContactPerson {
        let details = ContactPersonDetails {
            name: PersonName::new("GLAD", "BEVER").expect("a name"),
            phone: PhoneNumber::parse("+4700000001").ok(),
            email: None,
            role: Line::parse("daglig leder").ok(),
        };
        let id = ContactPersonId::new(Uuid::from_u128(0xC_0001));
        ContactPerson::register(id, employer, details, &by_spurv("2022-06-01")).0
    }
}

#[cfg(test)]
mod tests {
    use super::samples::contact_at;
    use super::*;
    use crate::domain::employer::samples::{fjellvik, nordlys};
    use crate::domain::samples::{by_spurv, day};

    #[test]
    fn a_former_contact_person_is_marked_once_and_kept() {
        let by = by_spurv("2022-09-01");
        let (person, _) = contact_at(&fjellvik()).mark_former(day("2022-08-31"), &by).expect("marked");
        assert_eq!(person.left_on(), Some(day("2022-08-31")));
        assert_eq!(person.employer(), fjellvik().id());
        let on = day("2022-08-31");
        let twice = person.mark_former(day("2022-09-01"), &by).unwrap_err();
        assert_eq!(twice, Rejection::AlreadyEnded { what: Thing::ContactPerson, on });
    }

    #[test]
    fn i14_a_contact_person_belongs_to_one_employer() {
        let person = contact_at(&fjellvik());
        assert_eq!(person.must_belong_to(fjellvik().id()), Ok(()));
        let elsewhere = Rejection::BelongsElsewhere { what: Thing::ContactPerson };
        assert_eq!(person.must_belong_to(nordlys().id()), Err(elsewhere));
    }

    #[test]
    fn the_name_is_silent() {
        assert!(!format!("{:?}", contact_at(&fjellvik())).contains("BEVER"));
    }
}
