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
    const CLASSES: &'static [(&'static str, Class)] = &[];

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
