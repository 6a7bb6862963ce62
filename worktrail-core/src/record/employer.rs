//! Employers as records.

use crate::class::Class;
use crate::store::{Field, FieldType, IndexSchema, KindSchema};

/// The schema line of the kind.
pub(crate) static EMPLOYER: KindSchema = KindSchema::new("employer")
    .fields(&[
        Field::new("organisation_number", FieldType::Text, Class::Ordinary),
        Field::new("name", FieldType::Text, Class::Ordinary),
    ])
    .indexes(&[IndexSchema::unique("organisation_number", &["organisation_number"])]);
