//! Teams as records.

use crate::class::Class;
use crate::store::{Field, FieldType, IndexSchema, KindSchema};

/// The schema line of the kind.
pub(crate) static TEAM: KindSchema = KindSchema::new("team")
    .fields(&[
        Field::new("name", FieldType::Text, Class::Ordinary),
        Field::new("method", FieldType::Text, Class::Ordinary),
    ])
    .indexes(&[IndexSchema::unique("name", &["name"])]);
