//! Employers as records.

use crate::class::Class;
use crate::domain::{Employer, EmployerId, OrganisationNumber, Thing};
use crate::record::{Recorded, Unique};
use crate::store::{Field, FieldType, IndexSchema, Kind, KindSchema, Record};

/// The schema line of the kind.
pub(crate) static EMPLOYER: KindSchema = KindSchema::new("employer")
    .fields(&[
        Field::new("organisation_number", FieldType::Text, Class::Ordinary),
        Field::new("name", FieldType::Text, Class::Ordinary),
    ])
    .indexes(&[IndexSchema::unique("organisation_number", &["organisation_number"])]);

impl Recorded for Employer {
    type Id = EmployerId;

    const KIND: Kind = Kind::of(&EMPLOYER);
    const THING: Thing = Thing::Employer;
    const FORM: u16 = 1;
    const CLASSES: &'static [(&'static str, Class)] = &[
        ("id", Class::Ordinary),
        ("organisation_number", Class::Ordinary),
        ("name", Class::Ordinary),
        ("alias", Class::Ordinary),
        ("place", Class::Ordinary),
        ("municipality", Class::Ordinary),
        ("registered.by", Class::Ordinary),
        ("registered.at", Class::Ordinary),
    ];

    fn id(&self) -> EmployerId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record.with("organisation_number", self.organisation_number().as_str()).with("name", self.name().as_str())
    }
}

impl Employer {
    /// The employer with this number.
    #[must_use]
    pub fn by_number(number: &OrganisationNumber) -> Unique<Self> {
        Unique::new("organisation_number", vec![number.as_str().into()])
    }
}
