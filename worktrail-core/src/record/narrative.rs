//! Narratives as records.

use crate::class::Class;
use crate::record::trail::TRAIL;
use crate::store::{Field, FieldType, IndexSchema, KindSchema};

/// The schema line of the kind.
pub(crate) static NARRATIVE: KindSchema = KindSchema::new("narrative")
    .child_of(&TRAIL)
    .fields(&[
        Field::new("trail", FieldType::Id, Class::Ordinary),
        Field::new("topic", FieldType::Text, Class::Ordinary),
    ])
    .indexes(&[IndexSchema::unique("topic", &["trail", "topic"])]);
