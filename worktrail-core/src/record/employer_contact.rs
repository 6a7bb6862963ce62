//! Employer contacts as records.

use crate::class::Class;
use crate::domain::{EmployerContact, EmployerContactId, Thing};
use crate::record::Recorded;
use crate::record::trail::TRAIL;
use crate::store::{Field, FieldType, Kind, KindSchema, Record, Subject};

/// The schema line of the kind.
pub(crate) static EMPLOYER_CONTACT: KindSchema = KindSchema::new("employer_contact").child_of(&TRAIL).fields(&[
    Field::new("employer", FieldType::Id, Class::Ordinary),
    Field::new("held_on", FieldType::Day, Class::Ordinary),
]);

impl Recorded for EmployerContact {
    type Id = EmployerContactId;

    const KIND: Kind = Kind::of(&EMPLOYER_CONTACT);
    const THING: Thing = Thing::EmployerContact;
    const FORM: u16 = 1;
    const CLASSES: &'static [(&'static str, Class)] = &[
        ("id", Class::Ordinary),
        ("trail", Class::Ordinary),
        ("participant", Class::Ordinary),
        ("employer", Class::Ordinary),
        ("contact_person", Class::Ordinary),
        ("on", Class::Ordinary),
        ("way", Class::Ordinary),
        ("held_by", Class::Ordinary),
        ("met", Class::Ordinary),
        ("about", Class::Ordinary),
        ("summary", Class::Health),
        ("registered.by", Class::Ordinary),
        ("registered.at", Class::Ordinary),
    ];

    fn id(&self) -> EmployerContactId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.trail().as_uuid())
            .with("employer", self.employer().as_uuid())
            .with("held_on", self.on())
    }
}
