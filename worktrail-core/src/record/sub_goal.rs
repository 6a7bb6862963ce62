//! Sub-goals as records.

use crate::class::Class;
use crate::domain::{SubGoal, SubGoalId, Thing};
use crate::record::trail::TRAIL;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
use crate::store::{Field, FieldType, Kind, KindSchema, Record, Subject};

/// The schema line of the kind.
pub(crate) static SUB_GOAL: KindSchema = KindSchema::new("sub_goal").child_of(&TRAIL).fields(&[
    Field::new("status", FieldType::Text, Class::Ordinary),
    Field::new("due_on", FieldType::Day, Class::Ordinary),
]);

impl Recorded for SubGoal {
    type Id = SubGoalId;

    const KIND: Kind = Kind::of(&SUB_GOAL);
    const THING: Thing = Thing::SubGoal;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Planlegge veien til arbeid i steg, og vite hvem som har ansvaret",
        "To plan the way to work in steps, and to know who is responsible",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Case),
        StoredField::new("trail", Class::Ordinary, SeenBy::Case, "Jobbspor", "Trail"),
        StoredField::new("participant", Class::Ordinary, SeenBy::Case, "Deltaker", "Participant"),
        StoredField::new("text", Class::Health, SeenBy::Case, "Delmål", "Sub-goal"),
        StoredField::new("responsible", Class::Ordinary, SeenBy::Case, "Ansvarlig", "Responsible"),
        StoredField::new("due", Class::Ordinary, SeenBy::Case, "Frist", "Due on"),
        StoredField::new("progress", Class::Ordinary, SeenBy::Case, "Framdrift", "Progress"),
        StoredField::by("set.by", SeenBy::Case),
        StoredField::at("set.at", SeenBy::Case),
        StoredField::new("closing.outcome", Class::Ordinary, SeenBy::Case, "Utfall", "Outcome"),
        StoredField::new("closing.on", Class::Ordinary, SeenBy::Case, "Lukket dato", "Closed on"),
        StoredField::by("closing.authorship.by", SeenBy::Case),
        StoredField::at("closing.authorship.at", SeenBy::Case),
    ];

    fn id(&self) -> SubGoalId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.trail().as_uuid())
            .with("status", self.status().code())
            .with_optional("due_on", self.due())
    }
}
