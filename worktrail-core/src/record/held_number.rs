//! Numbers that participants have or had, as records.

use crate::class::Class;
use crate::domain::{HeldNumber, HeldNumberId, PersonNumber, Thing};
use crate::record::participant::PARTICIPANT;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField, Unique};
use crate::store::{Field, FieldType, IndexSchema, Kind, KindSchema, Record, Subject};

/// The schema line of the kind.
pub(crate) static HELD_NUMBER: KindSchema = KindSchema::new("held_number")
    .child_of(&PARTICIPANT)
    .fields(&[
        Field::new("scheme", FieldType::Text, Class::NationalId),
        Field::new("value", FieldType::Text, Class::NationalId),
    ])
    .indexes(&[IndexSchema::unique("number", &["scheme", "value"])]);

impl Recorded for HeldNumber {
    type Id = HeldNumberId;

    const KIND: Kind = Kind::of(&HELD_NUMBER);
    const THING: Thing = Thing::HeldNumber;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Finne deltakeren også ved et tidligere eller utenlandsk nummer",
        "To find the participant by a former or foreign number too",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Case),
        StoredField::new("participant", Class::Ordinary, SeenBy::Case, "Deltaker", "Participant"),
        StoredField::new(
            "number.norwegian",
            Class::NationalId,
            SeenBy::Case,
            "Tidligere fødselsnummer",
            "Former national identity number",
        ),
        StoredField::new("number.other.scheme", Class::NationalId, SeenBy::Case, "Nummerserie", "Scheme of the number"),
        StoredField::new(
            "number.other.value",
            Class::NationalId,
            SeenBy::Case,
            "Annet identitetsnummer",
            "Other number",
        ),
        StoredField::new("from", Class::Ordinary, SeenBy::Case, "Første dag", "First day"),
        StoredField::new("until", Class::Ordinary, SeenBy::Case, "Siste dag", "Last day"),
        StoredField::new("source", Class::Ordinary, SeenBy::Case, "Kilde", "Source"),
        StoredField::by("authorship.by", SeenBy::Case),
        StoredField::at("authorship.at", SeenBy::Case),
    ];

    fn id(&self) -> HeldNumberId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.participant().as_uuid())
            .with("scheme", self.number().scheme())
            .with("value", self.number().value())
    }
}

impl HeldNumber {
    /// The held number with this scheme and value.
    #[must_use]
    pub fn by_number(number: &PersonNumber) -> Unique<Self> {
        Unique::new("number", vec![number.scheme().into(), number.value().into()])
    }
}
