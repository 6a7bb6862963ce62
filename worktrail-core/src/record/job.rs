//! Jobs as records.

use crate::class::Class;
use crate::domain::{EmployerId, Job, JobId, Thing};
use crate::record::trail::TRAIL;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
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
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Støtte deltakeren i jobben, og vise hva jobbsporet førte til",
        "To support the participant in the job, and to show what the trail led to",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Case),
        StoredField::new("trail", Class::Ordinary, SeenBy::Case, "Jobbspor", "Trail"),
        StoredField::new("participant", Class::Ordinary, SeenBy::Case, "Deltaker", "Participant"),
        StoredField::new(
            "employment.with",
            Class::Ordinary,
            SeenBy::Case,
            "Ansatt eller selvstendig",
            "Employed or self-employed",
        ),
        StoredField::new("employment.employer", Class::Ordinary, SeenBy::Case, "Arbeidsgiver", "Employer"),
        StoredField::new("employment.contact", Class::Ordinary, SeenBy::Case, "Kontaktperson", "Contact person"),
        StoredField::new("title", Class::Personal, SeenBy::Case, "Stilling", "Job title"),
        StoredField::new("form", Class::Ordinary, SeenBy::Case, "Ansettelsesform", "Form of employment"),
        StoredField::new("hours", Class::Ordinary, SeenBy::Case, "Timer per uke", "Hours per week"),
        StoredField::new("period.first", Class::Ordinary, SeenBy::Case, "Første dag", "First day"),
        StoredField::new("period.last", Class::Ordinary, SeenBy::Case, "Siste dag", "Last day"),
        StoredField::new(
            "training_reason",
            Class::Health,
            SeenBy::Case,
            "Begrunnelse for arbeidstrening",
            "Reason for the work training",
        ),
        StoredField::by("registered.by", SeenBy::Case),
        StoredField::at("registered.at", SeenBy::Case),
        StoredField::new("ending.reason", Class::Health, SeenBy::Case, "Sluttårsak", "End reason"),
        StoredField::by("ending.authorship.by", SeenBy::Case),
        StoredField::at("ending.authorship.at", SeenBy::Case),
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
