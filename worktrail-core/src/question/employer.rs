//! Finding employers.

use chrono::NaiveDate;

use super::{Answered, Question, View};
use crate::access::Right;
use crate::domain::{
    ContactPerson, ContactPersonId, Employer, EmployerId, Line, OrganisationNumber, PersonName, Team, TeamId,
};

/// Finds an employer by organisation number, with its contact persons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindEmployer {
    /// The team that asks.
    pub team: TeamId,
    /// The number.
    pub number: OrganisationNumber,
}

/// What a hit shows: what a contact or a job is registered with. Nothing about participants is kept on it (I15).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EmployerCard {
    /// The id.
    pub id: EmployerId,
    /// Its name.
    pub name: Line<200>,
    /// What it is commonly called.
    pub alias: Option<Line<200>>,
    /// Its postal place.
    pub place: Option<Line<80>>,
    /// Its contact persons, former ones too.
    pub contact_persons: Vec<ContactPersonCard>,
}

/// A contact person at an employer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ContactPersonCard {
    /// The id.
    pub id: ContactPersonId,
    /// The name.
    pub name: PersonName,
    /// The role at the employer.
    pub role: Option<Line<100>>,
    /// The day from which they are a former one.
    pub left_on: Option<NaiveDate>,
}

impl EmployerCard {
    fn of(employer: &Employer, contact_persons: &[&ContactPerson]) -> Self {
        Self {
            id: employer.id(),
            name: employer.name().clone(),
            alias: employer.alias().cloned(),
            place: employer.place().cloned(),
            contact_persons: contact_persons.iter().map(|person| ContactPersonCard::of(person)).collect(),
        }
    }
}

impl ContactPersonCard {
    fn of(person: &ContactPerson) -> Self {
        Self { id: person.id(), name: person.name().clone(), role: person.role().cloned(), left_on: person.left_on() }
    }
}

impl Question for FindEmployer {
    type Answer = Option<EmployerCard>;

    const RIGHT: Right = Right::KeepEmployers;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let permit = view.may(view.get::<Team>(self.team)?)?;
        let shown = match view.find_by(&Employer::by_number(&self.number))? {
            Some(employer) => {
                Some(EmployerCard::of(employer, &view.children::<ContactPerson, Employer>(employer.id())?))
            }
            None => None,
        };
        Ok(permit.answer(shown))
    }
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::command::scene::{everyday, specialist};
    use crate::desk::spy::desk;
    use crate::domain::samples::{day, team};
    use crate::record::samples;

    #[test]
    fn an_employer_is_found_by_its_number_with_its_contact_persons() {
        // given an employer with a contact person who has left
        let desk = desk(everyday().store());
        let find = |number| block_on(desk.ask(&specialist(), &FindEmployer { team: team(), number })).unwrap();
        // when a team asks for its number
        let found = find(samples::organisation_number()).unwrap();
        // then it is found by what a job is registered with; and another number is nobody's
        let (employer, person) = (samples::employer(), samples::contact_person());
        assert_eq!((found.id, &found.name, found.place.as_ref()), (employer.id(), employer.name(), employer.place()));
        assert_eq!(found.alias.as_ref(), employer.alias());
        let [shown] = &found.contact_persons[..] else { panic!("one contact person: {found:?}") };
        assert_eq!((shown.id, &shown.name, shown.role.as_ref()), (person.id(), person.name(), person.role()));
        assert_eq!(shown.left_on, Some(day("2022-12-31")));
        assert_eq!(find(OrganisationNumber::parse("311002104").unwrap()), None);
    }
}
