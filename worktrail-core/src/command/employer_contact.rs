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
