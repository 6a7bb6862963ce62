//! Versions of plans as records.

use crate::class::Class;
use crate::domain::{PlanVersion, PlanVersionId, Thing};
use crate::record::trail::TRAIL;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
use crate::store::{Field, FieldType, IndexSchema, Kind, KindSchema, Record, Subject, Value};

/// The schema line of the kind.
pub(crate) static PLAN_VERSION: KindSchema = KindSchema::new("plan_version")
    .child_of(&TRAIL)
    .fields(&[
        Field::new("trail", FieldType::Id, Class::Ordinary),
        Field::new("plan", FieldType::Text, Class::Ordinary),
        Field::new("version", FieldType::Integer, Class::Ordinary),
    ])
    .indexes(&[IndexSchema::unique("version", &["trail", "plan", "version"])]);

impl Recorded for PlanVersion {
    type Id = PlanVersionId;

    const KIND: Kind = Kind::of(&PLAN_VERSION);
    const THING: Thing = Thing::PlanVersion;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Vise hvilken plan deltakeren var med på, og når",
        "To show which plan the participant agreed to, and when",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Case),
        StoredField::new("trail", Class::Ordinary, SeenBy::Case, "Jobbspor", "Trail"),
        StoredField::new("participant", Class::Ordinary, SeenBy::Case, "Deltaker", "Participant"),
        StoredField::new("version", Class::Ordinary, SeenBy::Case, "Versjon", "Version"),
        StoredField::new("plan", Class::Ordinary, SeenBy::Case, "Plan", "Plan"),
        StoredField::new("agreed_on", Class::Ordinary, SeenBy::Case, "Avtalt dato", "Agreed on"),
        StoredField::new("agreement", Class::Ordinary, SeenBy::Case, "Hvordan den ble avtalt", "How it was agreed on"),
        StoredField::new("paper", Class::Ordinary, SeenBy::Case, "Hvem har papirkopien", "Who holds the paper"),
        StoredField::new("texts[].narrative", Class::Ordinary, SeenBy::Case, "Fritekst", "Narrative"),
        StoredField::new("texts[].number", Class::Ordinary, SeenBy::Case, "Tekstens nummer", "Number of the text"),
        StoredField::by("authorship.by", SeenBy::Case),
        StoredField::at("authorship.at", SeenBy::Case),
    ];

    fn id(&self) -> PlanVersionId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.trail().as_uuid())
            .with("trail", self.trail().as_uuid())
            .with("plan", self.terms().plan.code())
            .with("version", Value::Integer(self.version().into()))
    }
}
