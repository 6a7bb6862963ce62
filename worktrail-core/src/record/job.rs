//! Jobs as records.

use crate::class::Class;
use crate::domain::{EmployerId, Job, JobId, Thing};
use crate::record::Recorded;
use crate::record::trail::TRAIL;
use crate::store::{Field, FieldType, Kind, KindSchema, Record, Subject};

/// The schema line of the kind.
pub(crate) static JOB: KindSchema = KindSchema::new("job").child_of(&TRAIL).fields(&[
    Field::new("employer", FieldType::Id, Class::Ordinary),
    Field::new("form", FieldType::Text, Class::Ordinary),
    Field::new("starts_on", FieldType::Day, Class::Ordinary),
    Field::new("ends_on", FieldType::Day, Class::Ordinary),
]);

impl Recorded for Job {
    type Id = JobId;

    const KIND: Kind = Kind::of(&JOB);
    const THING: Thing = Thing::Job;
    const FORM: u16 = 1;
    const CLASSES: &'static [(&'static str, Class)] = &[
        ("id", Class::Ordinary),
        ("trail", Class::Ordinary),
        ("participant", Class::Ordinary),
        ("employment.with", Class::Ordinary),
        ("employment.employer", Class::Ordinary),
        ("employment.contact", Class::Ordinary),
        ("title", Class::Personal),
        ("form", Class::Ordinary),
        ("hours", Class::Ordinary),
        ("period.first", Class::Ordinary),
        ("period.last", Class::Ordinary),
        ("training_reason", Class::Health),
        ("registered.by", Class::Ordinary),
        ("registered.at", Class::Ordinary),
        ("ending.reason", Class::Health),
        ("ending.authorship.by", Class::Ordinary),
        ("ending.authorship.at", Class::Ordinary),
    ];

    fn id(&self) -> JobId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.trail().as_uuid())
            .with_optional("employer", self.employment().employer().map(EmployerId::as_uuid))
            .with("form", self.form().code())
            .with("starts_on", self.period().first())
            .with("ends_on", self.period().last_or_max())
    }
}
