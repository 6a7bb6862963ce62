//! Contact persons as records.

use crate::class::Class;
use crate::domain::{ContactPerson, ContactPersonId, Thing};
use crate::record::Recorded;
use crate::record::employer::EMPLOYER;
use crate::store::{Kind, KindSchema, Record};

/// The schema line of the kind.
pub(crate) static CONTACT_PERSON: KindSchema = KindSchema::new("contact_person").child_of(&EMPLOYER);

impl Recorded for ContactPerson {
    type Id = ContactPersonId;

    const KIND: Kind = Kind::of(&CONTACT_PERSON);
    const THING: Thing = Thing::ContactPerson;
    const FORM: u16 = 1;
    const CLASSES: &'static [(&'static str, Class)] = &[
        ("id", Class::Ordinary),
        ("employer", Class::Ordinary),
        ("name.given", Class::ThirdParty),
        ("name.family", Class::ThirdParty),
        ("phone", Class::ThirdParty),
        ("email", Class::ThirdParty),
        ("role", Class::ThirdParty),
        ("registered.by", Class::Ordinary),
        ("registered.at", Class::Ordinary),
        ("left.on", Class::Ordinary),
        ("left.authorship.by", Class::Ordinary),
        ("left.authorship.at", Class::Ordinary),
    ];

    fn id(&self) -> ContactPersonId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record.under(self.employer().as_uuid())
    }
}
