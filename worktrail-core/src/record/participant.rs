//! Participants as records.

use crate::class::Class;
use crate::store::{Field, FieldType, IndexSchema, KindSchema};

/// The schema line of the kind.
pub(crate) static PARTICIPANT: KindSchema = KindSchema::new("participant")
    .fields(&[
        Field::new("national_id", FieldType::Text, Class::NationalId),
        Field::new("audience", FieldType::Text, Class::Ordinary),
    ])
    .indexes(&[IndexSchema::unique("national_id", &["national_id"])]);
