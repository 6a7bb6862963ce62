//! Attestations as records.

use crate::class::Class;
use crate::record::participant::PARTICIPANT;
use crate::store::{Field, FieldType, KindSchema};

/// The schema line of the kind.
pub(crate) static ATTESTATION: KindSchema = KindSchema::new("attestation").child_of(&PARTICIPANT).fields(&[
    Field::new("kind", FieldType::Text, Class::Ordinary),
    Field::new("made_at", FieldType::Instant, Class::Ordinary),
]);
