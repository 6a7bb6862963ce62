//! Staff as records.

use crate::class::Class;
use crate::store::{Field, FieldType, IndexSchema, KindSchema};

/// The schema line of the kind.
pub(crate) static STAFF: KindSchema = KindSchema::new("staff")
    .fields(&[Field::new("identity", FieldType::Text, Class::Ordinary)])
    .indexes(&[IndexSchema::unique("identity", &["identity"])]);
