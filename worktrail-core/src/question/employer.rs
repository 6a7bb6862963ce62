//! Employers: the card, finding them, and their probable duplicates.

use chrono::NaiveDate;

use super::view::Page;
use super::{Answered, Question, View};
use crate::access::Right;
use crate::command::Stop;
use crate::domain::{
    ContactPerson, ContactPersonId, EmailAddress, Employer, EmployerDetails, EmployerId, EmployerPreferences,
    EmployerWarning, GeneralContact, Line, Municipality, OrganisationNumber, PersonName, PhoneNumber, Rejection,
    TeamId, Thing, search_key,
};
use crate::store::{Grouping, Limit, PageRequest};

/// Finds an employer by organisation number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindEmployer {
    /// The team that asks.
    pub team: TeamId,
    /// The number.
    pub number: OrganisationNumber,
}

/// Reads the card of an employer (row 101).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadEmployer {
    /// The team that asks.
    pub team: TeamId,
    /// The employer.
    pub employer: EmployerId,
}

/// Finds employers, in the order of their names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindEmployers {
    /// The team that asks.
    pub team: TeamId,
    /// By what.
    pub by: EmployerSearch,
    /// Which page.
    pub page: PageRequest,
}

/// By what employers are found. Case and spaces make no difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EmployerSearch {
    /// By the beginning of the name.
    Name(Line<80>),
    /// By the beginning of what it is commonly called; in the order of that.
    Alias(Line<80>),
    /// By municipality.
    Municipality(Line<80>),
    /// By municipality, by its number and code list.
    MunicipalityNumber(Municipality),
    /// By the beginning of the industry code; in the order of the codes.
    Industry(Line<8>),
    /// The sub-units of a legal unit.
    SubUnitsOf(OrganisationNumber),
}

/// Finds what is probably there twice (S30): employers of the same name, and contact persons of the same name at the
/// employer. Two with different numbers are two units, and are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmployerDuplicates {
    /// The team that asks.
    pub team: TeamId,
    /// The employer.
    pub employer: EmployerId,
}

/// All that is known of an employer, for those who keep employers. Nothing of participants is in it (I15), and its count
/// of contacts is of the general ones: that somebody there takes part is not told (`DA8`).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EmployerCard {
    /// The id.
    pub id: EmployerId,
    /// Its organisation number, where one is known.
    pub number: Option<OrganisationNumber>,
    /// What it is called, where it is, how it is reached.
    pub details: EmployerDetails,
    /// Its contact persons, former ones too.
    pub contact_persons: Vec<ContactPersonCard>,
    /// What it has said about being contacted.
    pub preferences: EmployerPreferences,
    /// The warning that is shown today.
    pub warning: Option<EmployerWarning>,
    /// How many general contacts there were with it, those with its duplicates among them.
    pub general_contacts: u64,
    /// The duplicates that were merged into it: what was made with one of them keeps its id.
    pub absorbed: Vec<EmployerId>,
    /// The employer that it was merged into.
    pub merged_into: Option<EmployerId>,
}

/// A contact person at an employer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ContactPersonCard {
    /// The id.
    pub id: ContactPersonId,
    /// The name.
    pub name: PersonName,
    /// The telephone number.
    pub phone: Option<PhoneNumber>,
    /// The e-mail address.
    pub email: Option<EmailAddress>,
    /// The role at the employer.
    pub role: Option<Line<100>>,
    /// The day from which they are a former one.
    pub left_on: Option<NaiveDate>,
    /// The day on which they were informed that their data are kept.
    pub informed_on: Option<NaiveDate>,
}

/// An employer that was found: enough to tell it from its namesakes (S78).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EmployerHit {
    /// The id.
    pub id: EmployerId,
    /// Its name.
    pub name: Line<200>,
    /// What it is commonly called.
    pub alias: Option<Line<200>>,
    /// Its organisation number, where one is known.
    pub number: Option<OrganisationNumber>,
    /// Its postal place.
    pub place: Option<Line<80>>,
    /// Its municipality.
    pub municipality: Option<Line<80>>,
}

/// What is probably there twice.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AlikeEmployers {
    /// Employers of the same name, at most 100.
    pub employers: Vec<EmployerHit>,
    /// Contact persons of the same name, each group by itself.
    pub contact_persons: Vec<Vec<ContactPersonCard>>,
}

impl EmployerCard {
    fn of(view: &View<'_>, employer: &Employer) -> Result<Self, Stop> {
        let contacts: Vec<_> =
            ids_of(employer).map(|id| view.count(GeneralContact::with_employer(id), Grouping::Whole)).collect();
        let people = people_of(view, employer);
        let contacts = contacts.into_iter().collect::<Result<Vec<_>, _>>()?.concat();
        Ok(Self {
            id: employer.id(),
            number: employer.organisation_number().cloned(),
            details: employer.details().clone(),
            contact_persons: people?.into_iter().map(ContactPersonCard::of).collect(),
            preferences: employer.preferences().copied().unwrap_or_default(),
            warning: employer.warning_on(view.today()).cloned(),
            general_contacts: contacts.iter().map(|tally| tally.count).sum(),
            absorbed: employer.absorbed().to_vec(),
            merged_into: employer.merged_into(),
        })
    }
}

impl ContactPersonCard {
    pub(super) fn of(person: &ContactPerson) -> Self {
        Self {
            id: person.id(),
            name: person.name().clone(),
            phone: person.phone().cloned(),
            email: person.email().cloned(),
            role: person.role().cloned(),
            left_on: person.left_on(),
            informed_on: person.informed_on(),
        }
    }
}

impl EmployerHit {
    pub(super) fn of(employer: &Employer) -> Self {
        Self {
            id: employer.id(),
            name: employer.name().clone(),
            alias: employer.alias().cloned(),
            number: employer.organisation_number().cloned(),
            place: employer.place().cloned(),
            municipality: employer.municipality().cloned(),
        }
    }
}

/// The ids of an employer: its own, and those of the duplicates that were merged into it.
fn ids_of(employer: &Employer) -> impl Iterator<Item = EmployerId> {
    std::iter::once(employer.id()).chain(employer.absorbed().iter().copied())
}

/// The contact persons of an employer and of the duplicates that were merged into it.
fn people_of<'v>(view: &View<'v>, employer: &Employer) -> Result<Vec<&'v ContactPerson>, Stop> {
    let families: Vec<_> = ids_of(employer).map(|id| view.children::<ContactPerson, Employer>(id)).collect();
    Ok(families.into_iter().collect::<Result<Vec<_>, _>>()?.concat())
}

impl Question for FindEmployer {
    type Answer = Option<EmployerCard>;

    const RIGHT: Right = Right::KeepEmployers;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, _) = view.over_team(self.team);
        let found = view.find_by(&Employer::by_number(&self.number));
        let (_, permit) = right?;
        Ok(permit.answer(found?.map(|employer| EmployerCard::of(view, employer)).transpose()?))
    }
}

impl Question for ReadEmployer {
    type Answer = EmployerCard;

    const RIGHT: Right = Right::KeepEmployers;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, _) = view.over_team(self.team);
        let employer = view.get::<Employer>(self.employer);
        let (_, permit) = right?;
        Ok(permit.answer(EmployerCard::of(view, employer?)?))
    }
}

impl Question for FindEmployers {
    type Answer = Page<EmployerHit>;

    const RIGHT: Right = Right::KeepEmployers;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, _) = view.over_team(self.team);
        let range = match &self.by {
            EmployerSearch::Name(beginning) => Employer::named(beginning.as_str()),
            EmployerSearch::Alias(beginning) => Employer::called(beginning.as_str()),
            EmployerSearch::Municipality(municipality) => Employer::in_municipality(municipality.as_str()),
            EmployerSearch::MunicipalityNumber(municipality) => Employer::in_municipality_numbered(*municipality),
            EmployerSearch::Industry(beginning) => Employer::in_industry(beginning.as_str()),
            EmployerSearch::SubUnitsOf(legal_unit) => Employer::sub_units(legal_unit),
        };
        let page = view.page::<Employer>(range, &self.page);
        let (_, permit) = right?;
        let page = page?;
        Ok(permit.answer(Page { items: page.items.into_iter().map(EmployerHit::of).collect(), next: page.next }))
    }
}

impl Question for EmployerDuplicates {
    type Answer = AlikeEmployers;

    const RIGHT: Right = Right::KeepEmployers;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (right, _) = view.over_team(self.team);
        let employer = view.get::<Employer>(self.employer);
        let (_, permit) = right?;
        let employer = employer?;
        if employer.merged_into().is_some() {
            return Err(Rejection::NotFound { what: Thing::Employer }.into());
        }
        let namesakes =
            view.page::<Employer>(Employer::namesakes(employer.name()), &PageRequest::first(Limit::new(100)));
        let people = people_of(view, employer);
        let is_unit =
            |other: &Employer| other.organisation_number().is_some() && employer.organisation_number().is_some();
        let employers = namesakes?.items.into_iter().filter(|other| other.id() != employer.id() && !is_unit(other));
        let employers = employers.map(EmployerHit::of).collect();
        Ok(permit.answer(AlikeEmployers { employers, contact_persons: namesakes_among(people?) }))
    }
}

/// Those who share a name with another, each name by itself.
fn namesakes_among(mut people: Vec<&ContactPerson>) -> Vec<Vec<ContactPersonCard>> {
    people.sort_by_cached_key(|person| (search_key(&person.name().full()), person.id()));
    let of_one_name = |one: &&ContactPerson, other: &&ContactPerson| {
        search_key(&one.name().full()) == search_key(&other.name().full())
    };
    let groups = people.chunk_by(of_one_name).filter(|group| group.len() > 1);
    groups.map(|group| group.iter().map(|person| ContactPersonCard::of(person)).collect()).collect()
}

#[cfg(test)]
mod tests;
