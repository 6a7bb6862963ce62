//! Confirmations as records.

use crate::class::Class;
use crate::domain::{Confirmation, ConfirmationId, Thing};
use crate::record::trail::TRAIL;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
use crate::store::{Field, FieldType, Kind, KindSchema, Record, Subject};

/// The schema line of the kind.
pub(crate) static CONFIRMATION: KindSchema = KindSchema::new("confirmation").child_of(&TRAIL).fields(&[
    Field::new("party", FieldType::Text, Class::Ordinary),
    Field::new("stance", FieldType::Text, Class::Ordinary),
]);

impl Recorded for Confirmation {
    type Id = ConfirmationId;

    const KIND: Kind = Kind::of(&CONFIRMATION);
    const THING: Thing = Thing::Confirmation;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Se om alle rundt deltakeren har samme forståelse av mål, behov og planer",
        "To see whether everybody around the participant shares the understanding of goal, needs and plans",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::ByTopic),
        StoredField::new("trail", Class::Ordinary, SeenBy::ByTopic, "Jobbspor", "Trail"),
        StoredField::new("participant", Class::Ordinary, SeenBy::ByTopic, "Deltaker", "Participant"),
        StoredField::new("of.what", Class::Ordinary, SeenBy::ByTopic, "Hva som bekreftes", "What is confirmed"),
        StoredField::new(
            "of.set_at",
            Class::Ordinary,
            SeenBy::ByTopic,
            "Målet slik det ble satt",
            "The goal as it was set",
        ),
        StoredField::new("of.topic", Class::Ordinary, SeenBy::ByTopic, "Tema", "Topic"),
        StoredField::new("of.revision", Class::Ordinary, SeenBy::ByTopic, "Versjon av teksten", "Revision of the text"),
        StoredField::new("party", Class::Ordinary, SeenBy::ByTopic, "Hvem", "Who"),
        StoredField::new("stance", Class::Ordinary, SeenBy::ByTopic, "Holdning", "Stance"),
        StoredField::new("words", Class::Health, SeenBy::ByTopic, "Med egne ord", "In their words"),
        StoredField::by("made.by", SeenBy::ByTopic),
        StoredField::at("made.at", SeenBy::ByTopic),
    ];

    fn id(&self) -> ConfirmationId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.trail().as_uuid())
            .with("party", self.party().code())
            .with("stance", self.stance().code())
    }
}
