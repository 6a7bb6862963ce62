//! Commands about contacts with employers.

use serde::{Deserialize, Serialize};

use super::{Command, Decided, World};
use crate::access::Right;
use crate::domain::{
    ContactPerson, ContactPersonId, Employer, EmployerContact, EmployerContactId, EmployerId, NewEmployerContact,
    Trail, TrailId,
};

/// Registers a contact with an employer for a trail. The first one face to face about ordinary work stops the clock
/// (`DC1`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct RegisterEmployerContact {
    /// The id of the contact.
    pub employer_contact: EmployerContactId,
    /// The trail.
    pub trail: TrailId,
    /// The employer.
    pub employer: EmployerId,
    /// Who was met, if known by name.
    pub contact_person: Option<ContactPersonId>,
    /// When, how, with whom, about what.
    pub new: NewEmployerContact,
}

impl Command for RegisterEmployerContact {
    type Reply = EmployerContactId;

    const NAME: &'static str = "register_employer_contact";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<EmployerContactId> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let employer = world.get::<Employer>(self.employer);
        let person = self.contact_person.map(|id| world.get::<ContactPerson>(id)).transpose();
        world.is_new::<EmployerContact>(self.employer_contact)?;
        let by = world.authorship();
        let (id, new) = (self.employer_contact, self.new.clone());
        let (contact, registered) = EmployerContact::register(id, trail, employer?, person?, new, &by)?;
        let mut decision = permit.reply(self.employer_contact).tell(&contact, registered);
        if contact.starts_the_clock() {
            let (trail, noted) = trail.clone().note_employer_contact(contact.on(), &by)?;
            if let Some(noted) = noted {
                decision = decision.tell(&trail, noted).save(trail);
            }
        }
        Ok(decision.save(contact))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{employer_id, fresh_trail_id, register_employer, register_employer_contact, trail_id};
    use super::super::scene::{decide, everyday, specialist, told};
    use super::*;
    use crate::domain::samples::{by_spurv, day};
    use crate::domain::{ContactAbout, ContactWay, EmployerMet, Rejection, Thing};
    use crate::record::samples;

    /// A contact for a trail that has none yet.
    fn first(new: NewEmployerContact) -> Vec<&'static str> {
        let command = RegisterEmployerContact {
            trail: fresh_trail_id(),
            contact_person: None,
            new,
            ..register_employer_contact()
        };
        told(&decide(&everyday().picture(), &specialist(), &command).unwrap())
    }

    #[test]
    fn dc1_the_clock_stops_for_a_meeting_in_person_about_ordinary_work_with_somebody() {
        let met = samples::new_employer_contact();
        let (registered, noted) = ("employer_contact_registered", "first_employer_contact_noted");
        assert_eq!(first(met.clone()), [registered, noted]);
        let support = NewEmployerContact { about: ContactAbout::JobSupport, ..met.clone() };
        assert_eq!(first(support), [registered, noted]);
        for other in [
            NewEmployerContact { way: ContactWay::Phone, ..met.clone() },
            NewEmployerContact { about: ContactAbout::WorkTraining, ..met.clone() },
            NewEmployerContact { about: ContactAbout::Education, ..met.clone() },
            NewEmployerContact { met: EmployerMet::Nobody, ..met.clone() },
        ] {
            assert_eq!(first(other), [registered]);
        }
    }

    #[test]
    fn dc1_only_an_earlier_meeting_moves_the_clock() {
        let picture = everyday().picture();
        let on = |on: &str| {
            let new = NewEmployerContact { on: day(on), ..samples::new_employer_contact() };
            let command = RegisterEmployerContact { new, ..register_employer_contact() };
            decide(&picture, &specialist(), &command).map(|decision| (told(&decision).len(), decision.saved().len()))
        };
        // Given a trail whose first meeting was on 21 June.
        assert_eq!(on("2022-06-22"), Ok((1, 1)));
        assert_eq!(on("2022-06-20"), Ok((2, 2)));
    }

    #[test]
    fn who_is_named_was_met_and_works_there() {
        let nobody = NewEmployerContact { met: EmployerMet::Nobody, ..samples::new_employer_contact() };
        let command = RegisterEmployerContact { new: nobody, ..register_employer_contact() };
        assert_eq!(decide(&everyday().picture(), &specialist(), &command).unwrap_err(), Rejection::NobodyMet);
        let other = register_employer();
        let (elsewhere, _) =
            Employer::register(other.employer, other.organisation_number, other.details, &by_spurv("2022-06-01"));
        let picture = everyday().with(&elsewhere).picture();
        let command = RegisterEmployerContact { employer: elsewhere.id(), ..register_employer_contact() };
        let refused = Rejection::BelongsElsewhere { what: Thing::ContactPerson };
        assert_eq!(decide(&picture, &specialist(), &command).unwrap_err(), refused);
        assert_ne!(elsewhere.id(), employer_id());
    }

    #[test]
    fn an_ended_trail_takes_none() {
        let ended = everyday().with(&samples::trail()).picture();
        let refused = Rejection::TrailEnded { trail: trail_id() };
        assert_eq!(decide(&ended, &specialist(), &register_employer_contact()).unwrap_err(), refused);
    }
}
