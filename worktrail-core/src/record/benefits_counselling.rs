//! Benefits counselling as records.

use crate::class::Class;
use crate::domain::{BenefitsCounselling, BenefitsCounsellingId, Thing};
use crate::record::trail::TRAIL;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
use crate::store::{Field, FieldType, Kind, KindSchema, Record, Subject};

/// The schema line of the kind.
pub(crate) static BENEFITS_COUNSELLING: KindSchema =
    KindSchema::new("benefits_counselling").child_of(&TRAIL).fields(&[
        Field::new("on", FieldType::Day, Class::Ordinary),
        Field::new("trigger", FieldType::Text, Class::Ordinary),
    ]);

impl Recorded for BenefitsCounselling {
    type Id = BenefitsCounsellingId;

    const KIND: Kind = Kind::of(&BENEFITS_COUNSELLING);
    const THING: Thing = Thing::BenefitsCounselling;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Se at deltakeren får vite hva arbeid gjør med inntekt og ytelser, før det begynner",
        "To see that the participant learns what work does to income and benefits, before it begins",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Case),
        StoredField::new("trail", Class::Ordinary, SeenBy::Case, "Jobbspor", "Trail"),
        StoredField::new("participant", Class::Ordinary, SeenBy::Case, "Deltaker", "Participant"),
        StoredField::new("job", Class::Ordinary, SeenBy::Case, "Jobb", "Job"),
        StoredField::new("on", Class::Ordinary, SeenBy::Case, "Dato", "Day"),
        StoredField::new("trigger", Class::Ordinary, SeenBy::Case, "Anledning", "Trigger"),
        StoredField::new("outcome", Class::Finance, SeenBy::Case, "Utfall", "Outcome"),
        StoredField::new("adviser", Class::ThirdParty, SeenBy::Case, "Rådgiver", "Adviser"),
        StoredField::new("qualification", Class::Ordinary, SeenBy::Case, "Kvalifikasjon", "Qualification"),
        StoredField::by("registered.by", SeenBy::Case),
        StoredField::at("registered.at", SeenBy::Case),
    ];

    fn id(&self) -> BenefitsCounsellingId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.trail().as_uuid())
            .with("on", self.on())
            .with("trigger", self.trigger().code())
    }
}
