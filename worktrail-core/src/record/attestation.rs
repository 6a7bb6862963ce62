//! Attestations as records.

use crate::class::Class;
use crate::domain::{Attestation, AttestationId, Thing};
use crate::record::Recorded;
use crate::record::participant::PARTICIPANT;
use crate::store::{Field, FieldType, Kind, KindSchema, Record, Subject};

/// The schema line of the kind.
pub(crate) static ATTESTATION: KindSchema = KindSchema::new("attestation").child_of(&PARTICIPANT).fields(&[
    Field::new("kind", FieldType::Text, Class::Ordinary),
    Field::new("made_at", FieldType::Instant, Class::Ordinary),
]);

impl Recorded for Attestation {
    type Id = AttestationId;

    const KIND: Kind = Kind::of(&ATTESTATION);
    const THING: Thing = Thing::Attestation;
    const FORM: u16 = 1;
    const CLASSES: &'static [(&'static str, Class)] = &[
        ("id", Class::Ordinary),
        ("participant", Class::Ordinary),
        ("kind.kind", Class::Ordinary),
        ("kind.notice", Class::Ordinary),
        ("kind.version", Class::Ordinary),
        ("kind.language", Class::Ordinary),
        ("kind.channel", Class::Ordinary),
        ("kind.document", Class::ThirdParty),
        ("made.by", Class::Ordinary),
        ("made.at", Class::Ordinary),
    ];

    fn id(&self) -> AttestationId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.participant().as_uuid())
            .with("kind", self.kind().code())
            .with("made_at", self.made().at().instant())
    }
}
