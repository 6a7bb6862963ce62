//! Employer contacts as records.

use crate::class::Class;
use crate::domain::{EmployerContact, EmployerContactId, Thing};
use crate::record::trail::TRAIL;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
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
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Følge opp arbeidsgivere på vegne av deltakeren, og måle tiden til første møte",
        "To follow up employers on the participant's behalf, and to measure the time to the first meeting",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Case),
        StoredField::new("trail", Class::Ordinary, SeenBy::Case, "Jobbspor", "Trail"),
        StoredField::new("participant", Class::Ordinary, SeenBy::Case, "Deltaker", "Participant"),
        StoredField::new("employer", Class::Ordinary, SeenBy::Case, "Arbeidsgiver", "Employer"),
        StoredField::new("contact_person", Class::Ordinary, SeenBy::Case, "Kontaktperson", "Contact person"),
        StoredField::new("on", Class::Ordinary, SeenBy::Case, "Dato", "Date"),
        StoredField::new("way", Class::Ordinary, SeenBy::Case, "Kontaktform", "Way of contact"),
        StoredField::new("held_by", Class::Ordinary, SeenBy::Case, "Hvem som tok kontakt", "Who made the contact"),
        StoredField::new(
            "met",
            Class::Ordinary,
            SeenBy::Case,
            "Hvem hos arbeidsgiveren",
            "Who was met at the employer",
        ),
        StoredField::new("about", Class::Ordinary, SeenBy::Case, "Hva det gjaldt", "What it was about"),
        StoredField::new("summary", Class::Health, SeenBy::Case, "Sammendrag", "Summary"),
        StoredField::by("registered.by", SeenBy::Case),
        StoredField::at("registered.at", SeenBy::Case),
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
