//! Contact persons as records.

use crate::record::employer::EMPLOYER;
use crate::store::KindSchema;

/// The schema line of the kind.
pub(crate) static CONTACT_PERSON: KindSchema = KindSchema::new("contact_person").child_of(&EMPLOYER);
