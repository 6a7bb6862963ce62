//! Employer contacts: an event on a trail, not to be confused with a contact person (`DA18`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::contact_person::ContactPerson;
use super::day_of::DayOf;
use super::employer::Employer;
use super::fact::Fact;
use super::id::{ContactPersonId, EmployerContactId, EmployerId, ParticipantId, TrailId};
use super::kept::kept;
use super::moment::Authorship;
use super::rejection::Rejection;
use super::text::Text;
use super::trail::Trail;

/// A contact with an employer for the participant of a trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmployerContact {
    id: EmployerContactId,
    trail: TrailId,
    participant: ParticipantId,
    employer: EmployerId,
    contact_person: Option<ContactPersonId>,
    on: NaiveDate,
    way: ContactWay,
    held_by: ContactHeldBy,
    met: EmployerMet,
    about: ContactAbout,
    #[serde(default, deserialize_with = "kept")]
    summary: Option<Text<4000>>,
    registered: Authorship,
}

/// What is told about an employer contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewEmployerContact {
    /// The day.
    pub on: NaiveDate,
    /// The way.
    pub way: ContactWay,
    /// Who held it.
    pub held_by: ContactHeldBy,
    /// Who was met.
    pub met: EmployerMet,
    /// What it was about.
    pub about: ContactAbout,
    /// What was said.
    pub summary: Option<Text<4000>>,
}

coded! {
    /// The way of an employer contact.
    pub enum ContactWay {
        /// Face to face.
        InPerson = "in_person", "Oppmøte", "In person";
        /// By telephone.
        Phone = "phone", "Telefon", "Phone";
        /// By video.
        Video = "video", "Video", "Video";
        /// By e-mail.
        Email = "email", "E-post", "E-mail";
        /// By text message.
        TextMessage = "text_message", "SMS", "Text message";
        /// By letter.
        Letter = "letter", "Brev", "Letter";
    }
}

coded! {
    /// Who held an employer contact; the clock counts each of them (`DC1`).
    pub enum ContactHeldBy {
        /// The employment specialist alone.
        Specialist = "specialist", "Jobbspesialist", "Employment specialist";
        /// The participant alone.
        Participant = "participant", "Deltaker", "Participant";
        /// Both together.
        Both = "both", "Sammen", "Together";
    }
}

coded! {
    /// Who was met at the employer. The contact was held only if somebody was (`DB12`).
    pub enum EmployerMet {
        /// Somebody who decides on hiring.
        DecisionMaker = "decision_maker", "Beslutningstaker", "Decision maker";
        /// Somebody who does not.
        SomebodyElse = "somebody_else", "En annen", "Somebody else";
        /// Nobody: an attempt.
        Nobody = "nobody", "Ingen", "Nobody";
    }
}

coded! {
    /// What an employer contact was about.
    pub enum ContactAbout {
        /// Ordinary work to be found.
        OrdinaryWork = "ordinary_work", "Ordinært arbeid", "Ordinary work";
        /// Support in an ordinary job.
        JobSupport = "job_support", "Jobbstøtte", "Job support";
        /// Unpaid work training, which is no job (`DB9`).
        WorkTraining = "work_training", "Arbeidstrening", "Work training";
        /// Education; the other party is a school (`DC2`).
        Education = "education", "Utdanning", "Education";
    }
}

impl ContactAbout {
    /// Whether it is about ordinary work: to find it or to keep it.
    #[must_use]
    pub const fn is_ordinary_work(self) -> bool {
        matches!(self, Self::OrdinaryWork | Self::JobSupport)
    }
}

impl EmployerContact {
    /// Registers an employer contact. It may lie before the start of the trail (`DB1`), but not ahead.
    ///
    /// When it [counts for the clock](Self::starts_the_clock), the trail is told by [`Trail::note_employer_contact`].
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10); [`Rejection::DateInFuture`]; [`Rejection::BelongsElsewhere`] when the contact
    /// person is another employer's (I14); [`Rejection::NobodyMet`] when a contact person is named and nobody was met.
    pub fn register(
        id: EmployerContactId,
        trail: &Trail,
        employer: &Employer,
        contact_person: Option<&ContactPerson>,
        new: NewEmployerContact,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        trail.must_be_open()?;
        let NewEmployerContact { on, way, held_by, met, about, summary } = new;
        let mut faults = DayOf::EmployerContact.faults(on, None, by);
        if let Some(person) = contact_person {
            faults.extend(person.must_belong_to(employer.id()).err());
            if met == EmployerMet::Nobody {
                faults.push(Rejection::NobodyMet);
            }
        }
        Rejection::all(faults)?;

        let fact = Fact::EmployerContactRegistered {
            employer_contact: id,
            trail: trail.id(),
            employer: employer.id(),
            on,
            way,
            met,
            about,
        };
        let contact = Self {
            id,
            trail: trail.id(),
            participant: trail.participant(),
            employer: employer.id(),
            contact_person: contact_person.map(ContactPerson::id),
            on,
            way,
            held_by,
            met,
            about,
            summary,
            registered: *by,
        };
        Ok((contact, fact))
    }

    /// Whether the contact was held: somebody at the employer was met or reached (`DB12`).
    #[must_use]
    pub fn was_held(&self) -> bool {
        self.met != EmployerMet::Nobody
    }

    /// Whether it is a contact that the clock waits for: held, face to face, about ordinary work, by specialist or
    /// participant (`DC1`). Neither a school nor work training is (`DC2`, `DB9`).
    #[must_use]
    pub fn starts_the_clock(&self) -> bool {
        self.was_held() && self.way == ContactWay::InPerson && self.about.is_ordinary_work()
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> EmployerContactId {
        self.id
    }

    /// The trail that it belongs to.
    #[must_use]
    pub const fn trail(&self) -> TrailId {
        self.trail
    }

    /// The participant whom it concerns.
    #[must_use]
    pub const fn participant(&self) -> ParticipantId {
        self.participant
    }

    /// The employer.
    #[must_use]
    pub const fn employer(&self) -> EmployerId {
        self.employer
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

    /// Who held it.
    #[must_use]
    pub const fn held_by(&self) -> ContactHeldBy {
        self.held_by
    }

    /// Who was met.
    #[must_use]
    pub const fn met(&self) -> EmployerMet {
        self.met
    }

    /// What it was about.
    #[must_use]
    pub const fn about(&self) -> ContactAbout {
        self.about
    }

    /// What was said.
    #[must_use]
    pub const fn summary(&self) -> Option<&Text<4000>> {
        self.summary.as_ref()
    }

    /// Who registered it, and when.
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
    use crate::domain::samples::{by_spurv, day};
    use crate::domain::thing::Thing;
    use crate::domain::trail::samples::started;

    fn visit() -> NewEmployerContact {
        NewEmployerContact {
            on: day("2022-06-21"),
            way: ContactWay::InPerson,
            held_by: ContactHeldBy::Specialist,
            met: EmployerMet::DecisionMaker,
            about: ContactAbout::OrdinaryWork,
            summary: Text::parse("Trenger folk til høsten").ok(),
        }
    }

    fn register(new: NewEmployerContact, person: Option<&ContactPerson>) -> Result<EmployerContact, Rejection> {
        let id = EmployerContactId::new(Uuid::from_u128(1));
        let trail = started("2022-05-27", "2022-06-02");
        EmployerContact::register(id, &trail, &fjellvik(), person, new, &by_spurv("2022-06-21"))
            .map(|(contact, _)| contact)
    }

    #[test]
    fn dc1_a_face_to_face_contact_about_ordinary_work_counts_whoever_held_it() {
        for held_by in ContactHeldBy::ALL {
            let contact = register(NewEmployerContact { held_by, ..visit() }, None).expect("registered");
            assert!(contact.starts_the_clock());
        }
    }

    #[test]
    fn dc1_a_school_a_phone_call_work_training_and_an_attempt_do_not() {
        for new in [
            NewEmployerContact { about: ContactAbout::Education, ..visit() },
            NewEmployerContact { about: ContactAbout::WorkTraining, ..visit() },
            NewEmployerContact { way: ContactWay::Phone, ..visit() },
            NewEmployerContact { way: ContactWay::Video, ..visit() },
            NewEmployerContact { met: EmployerMet::Nobody, ..visit() },
        ] {
            assert!(!register(new, None).expect("registered").starts_the_clock());
        }
    }

    #[test]
    fn a_contact_is_not_registered_ahead_and_may_lie_before_the_start() {
        let ahead = register(NewEmployerContact { on: day("2022-06-22"), ..visit() }, None);
        assert_eq!(ahead.unwrap_err(), Rejection::DateInFuture { day: DayOf::EmployerContact });
        assert!(register(NewEmployerContact { on: day("2022-06-01"), ..visit() }, None).is_ok());
    }

    #[test]
    fn i14_the_person_met_belongs_to_the_employer_and_was_met() {
        let elsewhere = Rejection::BelongsElsewhere { what: Thing::ContactPerson };
        let refused = register(visit(), Some(&contact_at(&nordlys())));
        assert_eq!(refused.unwrap_err(), elsewhere);
        let refused =
            register(NewEmployerContact { met: EmployerMet::Nobody, ..visit() }, Some(&contact_at(&fjellvik())));
        assert_eq!(refused.unwrap_err(), Rejection::NobodyMet);
        let contact = register(visit(), Some(&contact_at(&fjellvik()))).expect("registered");
        assert_eq!(contact.contact_person(), Some(contact_at(&fjellvik()).id()));
    }
}
