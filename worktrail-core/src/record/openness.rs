//! Openness agreements as records.

use crate::class::Class;
use crate::domain::{Authorship, OpennessAgreement, OpennessId, Thing};
use crate::record::Recorded;
use crate::record::trail::TRAIL;
use crate::store::{Field, FieldType, IndexSchema, Kind, KindSchema, Record, Subject};

/// The schema line of the kind.
pub(crate) static OPENNESS: KindSchema = KindSchema::new("openness")
    .child_of(&TRAIL)
    .fields(&[
        Field::new("trail", FieldType::Id, Class::Ordinary),
        Field::new("version", FieldType::Integer, Class::Ordinary),
        Field::new("agreed_on", FieldType::Day, Class::Ordinary),
        Field::new("withdrawn_on", FieldType::Day, Class::Ordinary),
    ])
    .indexes(&[IndexSchema::unique("version", &["trail", "version"])]);

impl Recorded for OpennessAgreement {
    type Id = OpennessId;

    const KIND: Kind = Kind::of(&OPENNESS);
    const THING: Thing = Thing::Openness;
    const FORM: u16 = 1;
    const CLASSES: &'static [(&'static str, Class)] = &[
        ("id", Class::Ordinary),
        ("trail", Class::Ordinary),
        ("participant", Class::Ordinary),
        ("version", Class::Ordinary),
        ("terms.agreed_on", Class::Ordinary),
        ("terms.stance", Class::Ordinary),
        ("terms.may_contact[]", Class::Ordinary),
        ("terms.must_not_contact[]", Class::Ordinary),
        ("terms.advantages", Class::Health),
        ("terms.drawbacks", Class::Health),
        ("terms.may_share", Class::Health),
        ("terms.must_not_share", Class::Health),
        ("terms.occasions[]", Class::Ordinary),
        ("agreed.by", Class::Ordinary),
        ("agreed.at", Class::Ordinary),
        ("withdrawn.by", Class::Ordinary),
        ("withdrawn.at", Class::Ordinary),
    ];

    fn id(&self) -> OpennessId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.trail().as_uuid())
            .with("trail", self.trail().as_uuid())
            .with("version", i64::from(self.version()))
            .with("agreed_on", self.agreed().day())
            .with_optional("withdrawn_on", self.withdrawn().map(Authorship::day))
    }
}
