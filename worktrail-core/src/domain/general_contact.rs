//! General contacts: contacts with an employer for no particular participant.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::contact_person::ContactPerson;
use super::day_of::DayOf;
use super::employer::Employer;
use super::employer_contact::{ContactWay, EmployerMet, faults_of_meeting};
use super::fact::Fact;
use super::id::{ContactPersonId, EmployerId, GeneralContactId, TeamId};
use super::kept::kept;
use super::moment::Authorship;
use super::rejection::Rejection;
use super::text::Text;

/// A contact with an employer for no particular participant: to get to know it, to hear what it needs.
///
/// It has no place for a participant, and its author declares that it says nothing of one (I15, of state). What is done
/// *for* somebody is an [`EmployerContact`](super::EmployerContact), which only those see who may see the trail: that
/// somebody there takes part is not told on the employer's side (`DA8`), so none of its purposes is support in a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GeneralContact {
    id: GeneralContactId,
    employer: EmployerId,
    team: TeamId,
    contact_person: Option<ContactPersonId>,
    on: NaiveDate,
    way: ContactWay,
    met: EmployerMet,
    purpose: GeneralPurpose,
    #[serde(default, deserialize_with = "kept")]
    summary: Option<Text<4000>>,
    declaration: Declaration,
    registered: Authorship,
}

/// What is told about a general contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewGeneralContact {
    /// The day.
    pub on: NaiveDate,
    /// The way.
    pub way: ContactWay,
    /// Who was met.
    pub met: EmployerMet,
    /// What it was for.
    pub purpose: GeneralPurpose,
    /// What was said.
    #[serde(default)]
    pub summary: Option<Text<4000>>,
    /// That it says nothing of a participant.
    pub declaration: Declaration,
}

coded! {
    /// What a general contact is for. Support in a job is not among them (`DA8`).
    pub enum GeneralPurpose {
        /// To get to know each other.
        Acquaintance = "acquaintance", "Bli kjent", "Getting to know each other";
        /// What people the employer needs.
        Recruitment = "recruitment", "Rekrutteringsbehov", "Recruitment needs";
        /// What the service has to offer.
        Information = "information", "Informasjon om tilbudet", "Information on the service";
        /// A course, a fair, a network.
        Event = "event", "Arrangement eller nettverk", "Event or network";
    }
}

coded! {
    /// What the author of a general contact declares (I15).
    pub enum Declaration {
        /// That nothing in it is about a participant.
        NothingOfParticipants = "nothing_of_participants",
            "Inneholder ingen opplysninger om deltakere", "Says nothing of participants";
    }
}

impl GeneralContact {
    /// Registers a general contact.
    ///
    /// # Errors
    /// All faults at once: [`Rejection::EmployerMerged`]; [`Rejection::DateInFuture`]; [`Rejection::BelongsElsewhere`]
    /// when the contact person is another employer's (I14); [`Rejection::NobodyMet`] when a contact person is named and
    /// nobody was met.
    pub fn register(
        id: GeneralContactId,
        team: TeamId,
        employer: &Employer,
        contact_person: Option<&ContactPerson>,
        new: NewGeneralContact,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        let NewGeneralContact { on, way, met, purpose, summary, declaration } = new;
        let mut faults: Vec<_> = employer.must_be_current().err().into_iter().collect();
        faults.extend(DayOf::EmployerContact.faults(on, None, by));
        faults.extend(faults_of_meeting(employer, contact_person, met));
        Rejection::all(faults)?;
        let (employer, contact_person) = (employer.id(), contact_person.map(ContactPerson::id));
        let fact = Fact::GeneralContactRegistered { general_contact: id, employer, on, way, met, purpose };
        let registered = *by;
        let contact =
            Self { id, employer, team, contact_person, on, way, met, purpose, summary, declaration, registered };
        Ok((contact, fact))
    }

    /// Whether the contact was held: somebody at the employer was met or reached (`DB12`).
    #[must_use]
    pub fn was_held(&self) -> bool {
        self.met != EmployerMet::Nobody
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> GeneralContactId {
        self.id
    }

    /// The employer.
    #[must_use]
    pub const fn employer(&self) -> EmployerId {
        self.employer
    }

    /// The team that held it.
    #[must_use]
    pub const fn team(&self) -> TeamId {
        self.team
    }

    /// The contact person who was met.
    #[must_use]
    pub const fn contact_person(&self) -> Option<ContactPersonId> {
        self.contact_person
    }

    /// The day.
    #[must_use]
    pub const fn on(&self) -> NaiveDate {
        self.on
    }

    /// The way.
    #[must_use]
    pub const fn way(&self) -> ContactWay {
        self.way
    }

    /// Who was met.
    #[must_use]
    pub const fn met(&self) -> EmployerMet {
        self.met
    }

    /// What it was for.
    #[must_use]
    pub const fn purpose(&self) -> GeneralPurpose {
        self.purpose
    }

    /// What was said.
    #[must_use]
    pub const fn summary(&self) -> Option<&Text<4000>> {
        self.summary.as_ref()
    }

    /// What its author declared.
    #[must_use]
    pub const fn declaration(&self) -> Declaration {
        self.declaration
    }

    /// Who held and registered it, and when.
    #[must_use]
    pub const fn registered(&self) -> &Authorship {
        &self.registered
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::contact_person::samples::contact_at;
    use crate::domain::employer::samples::{fjellvik, nordlys};
    use crate::domain::samples::{by_spurv, day, team};
    use crate::domain::thing::Thing;

    fn visit() -> NewGeneralContact {
        NewGeneralContact {
            on: day("2022-06-21"),
            way: ContactWay::InPerson,
            met: EmployerMet::DecisionMaker,
            purpose: GeneralPurpose::Recruitment,
            summary: None,
            declaration: Declaration::NothingOfParticipants,
        }
    }

    fn register(new: NewGeneralContact, person: Option<&ContactPerson>) -> Result<GeneralContact, Rejection> {
        let id = GeneralContactId::new(Uuid::from_u128(1));
        GeneralContact::register(id, team(), &fjellvik(), person, new, &by_spurv("2022-06-21")).map(|(it, _)| it)
    }

    #[test]
    fn i15_a_general_contact_names_no_participant_and_its_author_says_so() {
        let contact = serde_json::to_value(register(visit(), None).expect("registered")).expect("json");
        assert!(contact.get("participant").is_none() && contact.get("trail").is_none());
        let mut undeclared = serde_json::to_value(visit()).expect("json");
        undeclared.as_object_mut().expect("an object").remove("declaration");
        assert!(serde_json::from_value::<NewGeneralContact>(undeclared).is_err());
    }

    #[test]
    fn da8_support_in_a_job_is_no_purpose_of_it() {
        assert!(GeneralPurpose::ALL.iter().all(|purpose| !purpose.code().contains("support")));
    }

    #[test]
    fn i14_the_person_met_belongs_to_the_employer_and_was_met_and_all_faults_come_at_once() {
        let new = NewGeneralContact { on: day("2022-06-22"), met: EmployerMet::Nobody, ..visit() };
        let faults = vec![
            Rejection::DateInFuture { day: DayOf::EmployerContact },
            Rejection::BelongsElsewhere { what: Thing::ContactPerson },
            Rejection::NobodyMet,
        ];
        assert_eq!(register(new, Some(&contact_at(&nordlys()))).unwrap_err(), Rejection::Form(faults));
        let summary = Text::parse("Trenger folk til høsten").ok();
        let person = contact_at(&fjellvik());
        let visited = NewGeneralContact { summary: summary.clone(), ..visit() };
        let contact = register(visited, Some(&person)).expect("registered");
        assert!(contact.was_held());
        assert_eq!((contact.contact_person(), contact.on()), (Some(person.id()), day("2022-06-21")));
        assert_eq!(contact.summary(), summary.as_ref());
        let attempt = NewGeneralContact { met: EmployerMet::Nobody, ..visit() };
        assert!(!register(attempt, None).expect("registered").was_held(), "DB12");
    }
}
