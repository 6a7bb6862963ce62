//! Sub-goals as records.

use crate::class::Class;
use crate::record::trail::TRAIL;
use crate::store::{Field, FieldType, KindSchema};

/// The schema line of the kind.
pub(crate) static SUB_GOAL: KindSchema = KindSchema::new("sub_goal").child_of(&TRAIL).fields(&[
    Field::new("status", FieldType::Text, Class::Ordinary),
    Field::new("due_on", FieldType::Day, Class::Ordinary),
]);
