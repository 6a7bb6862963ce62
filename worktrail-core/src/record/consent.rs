//! Consents as records.

use crate::class::Class;
use crate::domain::{Consent, ConsentId, Thing};
use crate::record::Recorded;
use crate::record::participant::PARTICIPANT;
use crate::store::{Field, FieldType, Kind, KindSchema, Record, Subject};

/// The schema line of the kind.
pub(crate) static CONSENT: KindSchema = KindSchema::new("consent").child_of(&PARTICIPANT).fields(&[
    Field::new("purpose", FieldType::Text, Class::Ordinary),
    Field::new("given_on", FieldType::Day, Class::Ordinary),
    Field::new("withdrawn_on", FieldType::Day, Class::Ordinary),
]);

impl Recorded for Consent {
    type Id = ConsentId;

    const KIND: Kind = Kind::of(&CONSENT);
    const THING: Thing = Thing::Consent;
    const FORM: u16 = 1;
    const CLASSES: &'static [(&'static str, Class)] = &[
        ("id", Class::Ordinary),
        ("participant", Class::Ordinary),
        ("purpose", Class::Ordinary),
        ("recipients[].kind", Class::Ordinary),
        ("recipients[].employer", Class::Ordinary),
        ("recipients[].name", Class::ThirdParty),
        ("classes[]", Class::Ordinary),
        ("text_version", Class::Ordinary),
        ("text_hash", Class::Ordinary),
        ("given_by", Class::Ordinary),
        ("channel", Class::Ordinary),
        ("birth_date", Class::Personal),
        ("given.by", Class::Ordinary),
        ("given.at", Class::Ordinary),
        ("withdrawn.channel", Class::Ordinary),
        ("withdrawn.authorship.by", Class::Ordinary),
        ("withdrawn.authorship.at", Class::Ordinary),
    ];

    fn id(&self) -> ConsentId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.participant().as_uuid())
            .with("purpose", self.purpose().code())
            .with("given_on", self.given().day())
            .with_optional("withdrawn_on", self.withdrawn().map(|it| it.authorship().day()))
    }
}
