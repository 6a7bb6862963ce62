//! Notices as records.

use crate::class::Class;
use crate::domain::{Line, Notice, NoticeId, Thing};
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField, Unique};
use crate::store::{Field, FieldType, IndexRange, IndexSchema, Kind, KindSchema, Record, StoreError};

/// The schema line of the kind.
pub(crate) static NOTICE: KindSchema = KindSchema::new("notice")
    .fields(&[
        Field::new("name", FieldType::Text, Class::Ordinary),
        Field::new("version", FieldType::Text, Class::Ordinary),
        Field::new("valid_from", FieldType::Day, Class::Ordinary),
    ])
    .indexes(&[
        IndexSchema::unique("version", &["name", "version"]),
        IndexSchema::unique("valid_from", &["name", "valid_from"]),
    ]);

impl Recorded for Notice {
    type Id = NoticeId;

    const KIND: Kind = Kind::of(&NOTICE);
    const THING: Thing = Thing::Notice;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Nobody,
        Retention::WhileInUse,
        "Vise med hvilke ord deltakere ble informert om sine rettigheter",
        "To show by which words participants were informed of their rights",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Organisation),
        StoredField::new("name", Class::Ordinary, SeenBy::Organisation, "Navn", "Name"),
        StoredField::new("version", Class::Ordinary, SeenBy::Organisation, "Versjon", "Version"),
        StoredField::new("valid_from", Class::Ordinary, SeenBy::Organisation, "Gjelder fra", "Valid from"),
        StoredField::new(
            "parts.controller.nb",
            Class::Ordinary,
            SeenBy::Organisation,
            "Behandlingsansvarlig på norsk",
            "Controller, Norwegian",
        ),
        StoredField::new(
            "parts.controller.en",
            Class::Ordinary,
            SeenBy::Organisation,
            "Behandlingsansvarlig på engelsk",
            "Controller, English",
        ),
        StoredField::new(
            "parts.purposes.nb",
            Class::Ordinary,
            SeenBy::Organisation,
            "Formål på norsk",
            "Purposes, Norwegian",
        ),
        StoredField::new(
            "parts.purposes.en",
            Class::Ordinary,
            SeenBy::Organisation,
            "Formål på engelsk",
            "Purposes, English",
        ),
        StoredField::new(
            "parts.sources.nb",
            Class::Ordinary,
            SeenBy::Organisation,
            "Kilder på norsk",
            "Sources, Norwegian",
        ),
        StoredField::new(
            "parts.sources.en",
            Class::Ordinary,
            SeenBy::Organisation,
            "Kilder på engelsk",
            "Sources, English",
        ),
        StoredField::new(
            "parts.disclosure.nb",
            Class::Ordinary,
            SeenBy::Organisation,
            "Utlevering på norsk",
            "Disclosure, Norwegian",
        ),
        StoredField::new(
            "parts.disclosure.en",
            Class::Ordinary,
            SeenBy::Organisation,
            "Utlevering på engelsk",
            "Disclosure, English",
        ),
        StoredField::new(
            "parts.rights.nb",
            Class::Ordinary,
            SeenBy::Organisation,
            "Rettigheter på norsk",
            "Rights, Norwegian",
        ),
        StoredField::new(
            "parts.rights.en",
            Class::Ordinary,
            SeenBy::Organisation,
            "Rettigheter på engelsk",
            "Rights, English",
        ),
        StoredField::by("published.by", SeenBy::Organisation),
        StoredField::at("published.at", SeenBy::Organisation),
    ];

    fn id(&self) -> NoticeId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .with("name", self.name().as_str())
            .with("version", self.version().as_str())
            .with("valid_from", self.valid_from())
    }
}

impl Notice {
    /// A version of a notice: there is at most one of a name.
    #[must_use]
    pub fn version_of(name: &Line<80>, version: &Line<40>) -> Unique<Self> {
        Unique::new("version", vec![name.as_str().into(), version.as_str().into()])
    }

    /// The version that begins on a day: there is at most one, so that the present one is never in doubt.
    #[must_use]
    pub fn beginning(name: &Line<80>, on: chrono::NaiveDate) -> Unique<Self> {
        Unique::new("valid_from", vec![name.as_str().into(), on.into()])
    }

    /// The versions of a notice, by their first day.
    pub(crate) fn versions(name: &Line<80>) -> Result<IndexRange, StoreError> {
        let index = Self::KIND.index("valid_from").ok_or_else(|| StoreError::misuse("the schema has no such index"))?;
        IndexRange::new(index, vec![name.as_str().into()])
    }
}
