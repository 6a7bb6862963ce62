//! Contact persons as records.

use std::ops::Bound;

use chrono::NaiveDate;

use crate::class::Class;
use crate::domain::{ContactPerson, ContactPersonId, Thing};
use crate::record::Recorded;
use crate::record::employer::EMPLOYER;
use crate::store::{Field, FieldType, IndexRange, IndexSchema, Kind, KindSchema, Record, StoreError, Subject};

/// The schema line of the kind.
pub(crate) static CONTACT_PERSON: KindSchema = KindSchema::new("contact_person")
    .child_of(&EMPLOYER)
    .fields(&[Field::new("inform_by", FieldType::Day, Class::Ordinary)])
    .indexes(&[IndexSchema::shared("by_information", &["inform_by"])]);

impl Recorded for ContactPerson {
    type Id = ContactPersonId;

    const KIND: Kind = Kind::of(&CONTACT_PERSON);
    const THING: Thing = Thing::ContactPerson;
    const FORM: u16 = 1;
    const CLASSES: &'static [(&'static str, Class)] = &[
        ("id", Class::Ordinary),
        ("employer", Class::Ordinary),
        ("name.given", Class::ThirdParty),
        ("name.family", Class::ThirdParty),
        ("phone", Class::ThirdParty),
        ("email", Class::ThirdParty),
        ("role", Class::ThirdParty),
        ("registered.by", Class::Ordinary),
        ("registered.at", Class::Ordinary),
        ("left.on", Class::Ordinary),
        ("left.authorship.by", Class::Ordinary),
        ("left.authorship.at", Class::Ordinary),
        ("informed.on", Class::Ordinary),
        ("informed.channel", Class::Ordinary),
        ("informed.authorship.by", Class::Ordinary),
        ("informed.authorship.at", Class::Ordinary),
        ("merged.into", Class::Ordinary),
        ("merged.authorship.by", Class::Ordinary),
        ("merged.authorship.at", Class::Ordinary),
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
        let index = Self::KIND.index("by_information").ok_or_else(|| StoreError::misuse("the schema has no such index"))?;
        IndexRange::new(index, Vec::new())?.between(Bound::Unbounded, Bound::Included(until.into()))
    }
}
