//! Jobs as records.

use crate::class::Class;
use crate::record::trail::TRAIL;
use crate::store::{Field, FieldType, KindSchema};

/// The schema line of the kind.
pub(crate) static JOB: KindSchema = KindSchema::new("job").child_of(&TRAIL).fields(&[
    Field::new("employer", FieldType::Id, Class::Ordinary),
    Field::new("form", FieldType::Text, Class::Ordinary),
    Field::new("starts_on", FieldType::Day, Class::Ordinary),
    Field::new("ends_on", FieldType::Day, Class::Ordinary),
]);
