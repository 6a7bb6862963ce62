//! Participants as records.

use crate::class::Class;
use crate::domain::{NationalId, Participant, ParticipantId, Thing, TrailAudience};
use crate::record::{Recorded, Unique};
use crate::store::{Field, FieldType, IndexSchema, Kind, KindSchema, Record, Subject};

/// The schema line of the kind.
pub(crate) static PARTICIPANT: KindSchema = KindSchema::new("participant")
    .fields(&[
        Field::new("national_id", FieldType::Text, Class::NationalId),
        Field::new("audience", FieldType::Text, Class::Address),
    ])
    .indexes(&[IndexSchema::unique("national_id", &["national_id"])]);

impl Recorded for Participant {
    type Id = ParticipantId;

    const KIND: Kind = Kind::of(&PARTICIPANT);
    const THING: Thing = Thing::Participant;
    const FORM: u16 = 1;
    const CLASSES: &'static [(&'static str, Class)] = &[
        ("id", Class::Ordinary),
        ("name.given", Class::Personal),
        ("name.family", Class::Personal),
        ("national_id", Class::NationalId),
        ("birth_date", Class::Personal),
        ("phone", Class::Personal),
        ("email", Class::Personal),
        ("protection.address", Class::Address),
        ("protection.staff", Class::Address),
        ("registered.by", Class::Ordinary),
        ("registered.at", Class::Ordinary),
    ];

    fn id(&self) -> ParticipantId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        let audience = if self.protection().is_strict() { TrailAudience::Withheld } else { TrailAudience::Team };
        record
            .about(Subject::new(self.id().as_uuid()))
            .with_optional("national_id", self.national_id().map(NationalId::as_str))
            .with("audience", audience.code())
    }
}

impl Participant {
    /// The participant with this number.
    #[must_use]
    pub fn by_national_id(number: &NationalId) -> Unique<Self> {
        Unique::new("national_id", vec![number.as_str().into()])
    }
}
