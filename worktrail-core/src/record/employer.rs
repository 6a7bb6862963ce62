//! Employers as records.

use crate::class::Class;
use crate::domain::{Employer, EmployerId, OrganisationNumber, Thing};
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField, Unique};
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
    const KEEPING: Keeping = Keeping::new(
        Concerns::Nobody,
        Retention::WhileInUse,
        "Finne arbeidsgivere igjen og vite hvem en jobb eller kontakt gjelder",
        "To find employers again and to know whom a job or contact is with",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Organisation),
        StoredField::new(
            "organisation_number",
            Class::Ordinary,
            SeenBy::Organisation,
            "Organisasjonsnummer",
            "Organisation number",
        ),
        StoredField::new("name", Class::Ordinary, SeenBy::Organisation, "Navn", "Name"),
        StoredField::new("alias", Class::Ordinary, SeenBy::Organisation, "Kjent som", "Known as"),
        StoredField::new("place", Class::Ordinary, SeenBy::Organisation, "Poststed", "Postal place"),
        StoredField::new("municipality", Class::Ordinary, SeenBy::Nobody, "Kommune", "Municipality"),
        StoredField::by("registered.by", SeenBy::Nobody),
        StoredField::at("registered.at", SeenBy::Nobody),
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
