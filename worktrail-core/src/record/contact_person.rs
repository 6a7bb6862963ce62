//! Contact persons as records.

use std::ops::Bound;

use chrono::NaiveDate;

use crate::class::Class;
use crate::domain::{ContactPerson, ContactPersonId, Thing};
use crate::record::employer::EMPLOYER;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
use crate::store::{Field, FieldType, IndexRange, IndexSchema, Kind, KindSchema, Record, StoreError, Subject};

/// The schema line of the kind.
pub(crate) static CONTACT_PERSON: KindSchema = KindSchema::new("contact_person")
    .child_of(&EMPLOYER)
    .fields(&[Field::new("inform_by", FieldType::Day, Class::Ordinary)])
    .indexes(&[IndexSchema::shared("by_information", &["inform_by"])])
    .projection(2);

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
        StoredField::new("phone", Class::ThirdParty, SeenBy::Organisation, "Telefon", "Phone"),
        StoredField::new("email", Class::ThirdParty, SeenBy::Organisation, "E-post", "E-mail"),
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
        StoredField::new("informed.on", Class::Ordinary, SeenBy::Organisation, "Informert", "Informed on"),
        StoredField::new("informed.channel", Class::Ordinary, SeenBy::Nobody, "Informert hvordan", "Informed how"),
        StoredField::by("informed.authorship.by", SeenBy::Nobody),
        StoredField::at("informed.authorship.at", SeenBy::Nobody),
        StoredField::new("absorbed[]", Class::Ordinary, SeenBy::Nobody, "Tidligere dubletter", "Former duplicates"),
    ];

    fn id(&self) -> ContactPersonId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        // A data subject too: all that is held of them is found, and forgotten, by it.
        record
            .about(Subject::new(self.id().as_uuid()))
            .under(self.employer().as_uuid())
            .with_optional("inform_by", self.inform_by())
    }
}

impl ContactPerson {
    /// Those who are to be informed by a day, the most urgent first.
    pub(crate) fn to_inform(until: NaiveDate) -> Result<IndexRange, StoreError> {
        let index =
            Self::KIND.index("by_information").ok_or_else(|| StoreError::misuse("the schema has no such index"))?;
        IndexRange::new(index, Vec::new())?.between(Bound::Unbounded, Bound::Included(until.into()))
    }
}
