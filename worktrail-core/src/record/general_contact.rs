//! General contacts as records.

use crate::class::Class;
use crate::domain::{EmployerId, GeneralContact, GeneralContactId, Thing};
use crate::record::Recorded;
use crate::record::employer::EMPLOYER;
use crate::store::{Field, FieldType, IndexRange, IndexSchema, Kind, KindSchema, Order, Record, StoreError};

/// The schema line of the kind.
pub(crate) static GENERAL_CONTACT: KindSchema = KindSchema::new("general_contact")
    .child_of(&EMPLOYER)
    .fields(&[
        Field::new("employer", FieldType::Id, Class::Ordinary),
        Field::new("held_on", FieldType::Day, Class::Ordinary),
    ])
    .indexes(&[IndexSchema::shared("by_employer", &["employer", "held_on"])]);

impl Recorded for GeneralContact {
    type Id = GeneralContactId;

    const KIND: Kind = Kind::of(&GENERAL_CONTACT);
    const THING: Thing = Thing::GeneralContact;
    const FORM: u16 = 1;
    const CLASSES: &'static [(&'static str, Class)] = &[
        ("id", Class::Ordinary),
        ("employer", Class::Ordinary),
        ("team", Class::Ordinary),
        ("contact_person", Class::Ordinary),
        ("on", Class::Ordinary),
        ("way", Class::Ordinary),
        ("met", Class::Ordinary),
        ("purpose", Class::Ordinary),
        ("summary", Class::ThirdParty),
        ("declaration", Class::Ordinary),
        ("registered.by", Class::Ordinary),
        ("registered.at", Class::Ordinary),
    ];

    fn id(&self) -> GeneralContactId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .under(self.employer().as_uuid())
            .with("employer", self.employer().as_uuid())
            .with("held_on", self.on())
    }
}

impl GeneralContact {
    /// The general contacts with an employer, the last first.
    pub(crate) fn with_employer(employer: EmployerId) -> Result<IndexRange, StoreError> {
        let index = Self::KIND.index("by_employer").ok_or_else(|| StoreError::misuse("the schema has no such index"))?;
        Ok(IndexRange::new(index, vec![employer.as_uuid().into()])?.ordered(Order::Descending))
    }
}
