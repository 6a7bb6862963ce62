//! Commands about employers and their contact persons.

use serde::{Deserialize, Serialize};

use super::{Command, Decided, World};
use crate::access::Right;
use crate::domain::{
    ContactPerson, ContactPersonDetails, ContactPersonId, Employer, EmployerDetails, EmployerId, OrganisationNumber,
    Rejection, Team, TeamId, Thing,
};

/// Registers an employer: once for each organisation number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct RegisterEmployer {
    /// The id of the employer.
    pub employer: EmployerId,
    /// The team that registers.
    pub team: TeamId,
    /// Its number.
    pub organisation_number: OrganisationNumber,
    /// What it is called and where it is.
    pub details: EmployerDetails,
}

impl Command for RegisterEmployer {
    type Reply = EmployerId;

    const NAME: &'static str = "register_employer";
    const RIGHT: Right = Right::KeepEmployers;

    fn decide(&self, world: &World<'_>) -> Decided<EmployerId> {
        let permit = world.may(world.get::<Team>(self.team)?)?;
        let id_is_new = world.is_new::<Employer>(self.employer);
        let known = world.find_by(&Employer::by_number(&self.organisation_number));
        id_is_new?;
        if known?.is_some() {
            return Err(Rejection::AlreadyExists { what: Thing::Employer }.into());
        }
        let number = self.organisation_number.clone();
        let (employer, fact) = Employer::register(self.employer, number, self.details.clone(), &world.authorship());
        Ok(permit.reply(self.employer).tell(&employer, fact).save(employer))
    }
}

/// Registers a contact person at an employer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct RegisterContactPerson {
    /// The id of the contact person.
    pub contact_person: ContactPersonId,
    /// The employer.
    pub employer: EmployerId,
    /// The team that registers.
    pub team: TeamId,
    /// Who it is.
    pub details: ContactPersonDetails,
}

impl Command for RegisterContactPerson {
    type Reply = ContactPersonId;

    const NAME: &'static str = "register_contact_person";
    const RIGHT: Right = Right::KeepEmployers;

    fn decide(&self, world: &World<'_>) -> Decided<ContactPersonId> {
        let permit = world.may(world.get::<Team>(self.team)?)?;
        let employer = world.get::<Employer>(self.employer);
        let id_is_new = world.is_new::<ContactPerson>(self.contact_person);
        let employer = employer?;
        id_is_new?;
        let (person, fact) =
            ContactPerson::register(self.contact_person, employer, self.details.clone(), &world.authorship());
        Ok(permit.reply(self.contact_person).tell(&person, fact).save(person))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{employer_id, register_contact_person, register_employer};
    use super::super::scene::{decide, everyday, specialist, supervisor, told};
    use super::*;
    use crate::record::samples::{self, id};

    #[test]
    fn an_employer_is_registered_once_for_each_number() {
        let picture = everyday().picture();
        assert_eq!(told(&decide(&picture, &supervisor(), &register_employer()).unwrap()), ["employer_registered"]);
        let organisation_number = samples::organisation_number();
        let exists = Rejection::AlreadyExists { what: Thing::Employer };
        let known = RegisterEmployer { organisation_number, ..register_employer() };
        assert_eq!(decide(&picture, &specialist(), &known).unwrap_err(), exists);
        let same_id = RegisterEmployer { employer: employer_id(), ..register_employer() };
        assert_eq!(decide(&picture, &specialist(), &same_id).unwrap_err(), exists);
    }

    #[test]
    fn a_contact_person_belongs_to_an_employer_that_is_there() {
        let picture = everyday().picture();
        let command = register_contact_person();
        assert_eq!(told(&decide(&picture, &specialist(), &command).unwrap()), ["contact_person_registered"]);
        let nowhere = RegisterContactPerson { employer: EmployerId::new(id(0xEE)), ..command };
        let missing = Rejection::NotFound { what: Thing::Employer };
        assert_eq!(decide(&picture, &specialist(), &nowhere).unwrap_err(), missing);
    }
}
