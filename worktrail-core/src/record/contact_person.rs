//! Contact persons as records.

use crate::class::Class;
use crate::domain::{ContactPerson, ContactPersonId, Thing};
use crate::record::employer::EMPLOYER;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
use crate::store::{Kind, KindSchema, Record};

/// The schema line of the kind.
pub(crate) static CONTACT_PERSON: KindSchema = KindSchema::new("contact_person").child_of(&EMPLOYER);

impl Recorded for ContactPerson {
    type Id = ContactPersonId;

    const KIND: Kind = Kind::of(&CONTACT_PERSON);
    const THING: Thing = Thing::ContactPerson;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::ContactPerson,
        Retention::WhileContact,
        "Kunne nå riktig person hos arbeidsgiveren",
        "To reach the right person at the employer",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Organisation),
        StoredField::new("employer", Class::Ordinary, SeenBy::Organisation, "Arbeidsgiver", "Employer"),
        StoredField::new("name.given", Class::ThirdParty, SeenBy::Organisation, "Fornavn", "Given name"),
        StoredField::new("name.middle", Class::ThirdParty, SeenBy::Organisation, "Mellomnavn", "Middle name"),
        StoredField::new("name.family", Class::ThirdParty, SeenBy::Organisation, "Etternavn", "Family name"),
        StoredField::new("phone", Class::ThirdParty, SeenBy::Nobody, "Telefon", "Phone"),
        StoredField::new("email", Class::ThirdParty, SeenBy::Nobody, "E-post", "E-mail"),
        StoredField::new(
            "role",
            Class::ThirdParty,
            SeenBy::Organisation,
            "Rolle hos arbeidsgiveren",
            "Role at the employer",
        ),
        StoredField::by("registered.by", SeenBy::Nobody),
        StoredField::at("registered.at", SeenBy::Nobody),
        StoredField::new(
            "left.on",
            Class::Ordinary,
            SeenBy::Organisation,
            "Tidligere kontakt fra",
            "A former contact since",
        ),
        StoredField::by("left.authorship.by", SeenBy::Nobody),
        StoredField::at("left.authorship.at", SeenBy::Nobody),
    ];

    fn id(&self) -> ContactPersonId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record.under(self.employer().as_uuid())
    }
}
