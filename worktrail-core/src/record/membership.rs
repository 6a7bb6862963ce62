//! Memberships as records.

use crate::class::Class;
use crate::record::team::TEAM;
use crate::store::{Field, FieldType, IndexSchema, KindSchema};

/// The schema line of the kind.
pub(crate) static MEMBERSHIP: KindSchema = KindSchema::new("membership")
    .child_of(&TEAM)
    .fields(&[
        Field::new("team", FieldType::Id, Class::Ordinary),
        Field::new("staff", FieldType::Id, Class::Ordinary),
        Field::new("role", FieldType::Text, Class::Ordinary),
        Field::new("first_day", FieldType::Day, Class::Ordinary),
        Field::new("last_day", FieldType::Day, Class::Ordinary),
    ])
    .indexes(&[
        IndexSchema::unique("staff_in_team", &["team", "staff"]),
        IndexSchema::shared("by_staff", &["staff", "last_day"]),
    ]);
