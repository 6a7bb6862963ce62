//! Organisations' own guidance as records.

use crate::class::Class;
use crate::domain::{Guidance, GuidanceId, Thing};
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
use crate::store::{Kind, KindSchema, Record};

/// The schema line of the kind.
pub(crate) static GUIDANCE: KindSchema = KindSchema::new("guidance");

impl Recorded for Guidance {
    type Id = GuidanceId;

    const KIND: Kind = Kind::of(&GUIDANCE);
    const THING: Thing = Thing::Guidance;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Nobody,
        Retention::WhileInUse,
        "La organisasjonen veilede med egne ord og lenker",
        "To let the organisation guide in words and links of its own",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Organisation),
        StoredField::new("on.what", Class::Ordinary, SeenBy::Organisation, "Veiledning til", "Guidance on"),
        StoredField::new("on.which", Class::Ordinary, SeenBy::Organisation, "Hvilken", "Which one"),
        StoredField::new("terms.nb", Class::Ordinary, SeenBy::Organisation, "Norsk tekst", "Norwegian text"),
        StoredField::new("terms.en", Class::Ordinary, SeenBy::Organisation, "Engelsk tekst", "English text"),
        StoredField::new("terms.link", Class::Ordinary, SeenBy::Organisation, "Lenke", "Link"),
        StoredField::by("stated.by", SeenBy::Nobody),
        StoredField::at("stated.at", SeenBy::Nobody),
    ];

    fn id(&self) -> GuidanceId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
    }
}
