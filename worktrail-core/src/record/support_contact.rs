//! Support contacts as records.

use crate::class::Class;
use crate::domain::{JobId, SupportContact, SupportContactId, Thing};
use crate::record::trail::TRAIL;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
use crate::store::{Field, FieldType, Kind, KindSchema, Record, Subject};

/// The schema line of the kind.
pub(crate) static SUPPORT_CONTACT: KindSchema = KindSchema::new("support_contact").child_of(&TRAIL).fields(&[
    Field::new("job", FieldType::Id, Class::Ordinary),
    Field::new("held_on", FieldType::Day, Class::Ordinary),
    Field::new("with_whom", FieldType::Text, Class::Ordinary),
]);

impl Recorded for SupportContact {
    type Id = SupportContactId;

    const KIND: Kind = Kind::of(&SUPPORT_CONTACT);
    const THING: Thing = Thing::SupportContact;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Følge opp deltakeren i jobb så lenge det er ønsket",
        "To follow the participant along in work for as long as it is wanted",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Case),
        StoredField::new("trail", Class::Ordinary, SeenBy::Case, "Jobbspor", "Trail"),
        StoredField::new("participant", Class::Ordinary, SeenBy::Case, "Deltaker", "Participant"),
        StoredField::new("job", Class::Ordinary, SeenBy::Case, "Jobb", "Job"),
        StoredField::new("on", Class::Ordinary, SeenBy::Case, "Dato", "Day"),
        StoredField::new("with", Class::Ordinary, SeenBy::Case, "Med hvem", "With whom"),
        StoredField::new("way", Class::Ordinary, SeenBy::Case, "Måte", "Way"),
        StoredField::new("note", Class::Health, SeenBy::Case, "Notat", "Note"),
        StoredField::by("registered.by", SeenBy::Case),
        StoredField::at("registered.at", SeenBy::Case),
    ];

    fn id(&self) -> SupportContactId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.trail().as_uuid())
            .with_optional("job", self.job().map(JobId::as_uuid))
            .with("held_on", self.on())
            .with("with_whom", self.with().code())
    }
}
