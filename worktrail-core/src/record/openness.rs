//! Openness agreements as records.

use crate::class::Class;
use crate::record::trail::TRAIL;
use crate::store::{Field, FieldType, IndexSchema, KindSchema};

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
