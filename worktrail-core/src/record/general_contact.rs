//! General contacts as records.

use crate::class::Class;
use crate::domain::{EmployerId, GeneralContact, GeneralContactId, Thing};
use crate::record::employer::EMPLOYER;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
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
    const KEEPING: Keeping = Keeping::new(
        Concerns::Nobody,
        Retention::WhileInUse,
        "Kjenne arbeidsgiverne, og vite når og om hva de sist ble kontaktet",
        "To know the employers, and when and about what each was last contacted",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Organisation),
        StoredField::new("employer", Class::Ordinary, SeenBy::Organisation, "Arbeidsgiver", "Employer"),
        StoredField::new("team", Class::Ordinary, SeenBy::Organisation, "Team", "Team"),
        StoredField::new("contact_person", Class::Ordinary, SeenBy::Organisation, "Kontaktperson", "Contact person"),
        StoredField::new("on", Class::Ordinary, SeenBy::Organisation, "Dato", "Date"),
        StoredField::new("way", Class::Ordinary, SeenBy::Organisation, "Kontaktform", "Way of contact"),
        StoredField::new("met", Class::Ordinary, SeenBy::Organisation, "Hvem som ble møtt", "Who was met"),
        StoredField::new("purpose", Class::Ordinary, SeenBy::Organisation, "Formål", "Purpose"),
        StoredField::new("summary", Class::ThirdParty, SeenBy::Organisation, "Sammendrag", "Summary"),
        StoredField::new("declaration", Class::Ordinary, SeenBy::Organisation, "Erklæring", "Declaration"),
        StoredField::by("registered.by", SeenBy::Organisation),
        StoredField::at("registered.at", SeenBy::Organisation),
    ];

    fn id(&self) -> GeneralContactId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record.under(self.employer().as_uuid()).with("employer", self.employer().as_uuid()).with("held_on", self.on())
    }
}

impl GeneralContact {
    /// The general contacts with an employer, the last first.
    pub(crate) fn with_employer(employer: EmployerId) -> Result<IndexRange, StoreError> {
        let index =
            Self::KIND.index("by_employer").ok_or_else(|| StoreError::misuse("the schema has no such index"))?;
        Ok(IndexRange::new(index, vec![employer.as_uuid().into()])?.ordered(Order::Descending))
    }
}
