//! Sub-goals as records.

use crate::class::Class;
use crate::domain::{SubGoal, SubGoalId, Thing};
use crate::record::Recorded;
use crate::record::trail::TRAIL;
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
    const CLASSES: &'static [(&'static str, Class)] = &[
        ("id", Class::Ordinary),
        ("trail", Class::Ordinary),
        ("participant", Class::Ordinary),
        ("text", Class::Health),
        ("responsible", Class::Ordinary),
        ("due", Class::Ordinary),
        ("progress", Class::Ordinary),
        ("set.by", Class::Ordinary),
        ("set.at", Class::Ordinary),
        ("closing.outcome", Class::Ordinary),
        ("closing.on", Class::Ordinary),
        ("closing.authorship.by", Class::Ordinary),
        ("closing.authorship.at", Class::Ordinary),
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
