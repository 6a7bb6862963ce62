//! Trails as records.

use crate::class::Class;
use crate::record::participant::PARTICIPANT;
use crate::store::{Field, FieldType, IndexSchema, KindSchema};

/// The schema line of the kind.
pub(crate) static TRAIL: KindSchema = KindSchema::new("trail")
    .child_of(&PARTICIPANT)
    .fields(&[
        Field::new("open_for", FieldType::Id, Class::Ordinary),
        Field::new("audience", FieldType::Text, Class::Ordinary),
        Field::new("method", FieldType::Text, Class::Ordinary),
        Field::new("team", FieldType::Id, Class::Ordinary),
        Field::new("owner", FieldType::Id, Class::Ordinary),
        Field::new("phase", FieldType::Text, Class::Health),
        Field::new("opened_at", FieldType::Instant, Class::Ordinary),
        Field::new("started_on", FieldType::Day, Class::Ordinary),
        Field::new("first_employer_contact_on", FieldType::Day, Class::Ordinary),
        Field::new("ended_on", FieldType::Day, Class::Ordinary),
        Field::new("end_reason", FieldType::Text, Class::Health),
    ])
    .indexes(&[
        IndexSchema::unique("open_for", &["open_for"]),
        IndexSchema::shared("by_owner", &["audience", "owner", "phase", "opened_at"]),
        IndexSchema::shared("by_team", &["audience", "team", "phase", "opened_at"]),
    ]);
