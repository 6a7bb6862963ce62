//! Employer contacts as records.

use crate::class::Class;
use crate::record::trail::TRAIL;
use crate::store::{Field, FieldType, KindSchema};

/// The schema line of the kind.
pub(crate) static EMPLOYER_CONTACT: KindSchema = KindSchema::new("employer_contact").child_of(&TRAIL).fields(&[
    Field::new("employer", FieldType::Id, Class::Ordinary),
    Field::new("held_on", FieldType::Day, Class::Ordinary),
]);
