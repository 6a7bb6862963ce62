//! Consents as records.

use crate::class::Class;
use crate::record::participant::PARTICIPANT;
use crate::store::{Field, FieldType, KindSchema};

/// The schema line of the kind.
pub(crate) static CONSENT: KindSchema = KindSchema::new("consent").child_of(&PARTICIPANT).fields(&[
    Field::new("purpose", FieldType::Text, Class::Ordinary),
    Field::new("given_on", FieldType::Day, Class::Ordinary),
    Field::new("withdrawn_on", FieldType::Day, Class::Ordinary),
]);
