//! Offices as records.

use crate::class::Class;
use crate::domain::{Line, Office, OfficeId, Thing};
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField, Unique};
use crate::store::{Field, FieldType, IndexRange, IndexSchema, Kind, KindSchema, Record, StoreError};

/// The schema line of the kind.
pub(crate) static OFFICE: KindSchema = KindSchema::new("office")
    .fields(&[
        Field::new("name", FieldType::Text, Class::Ordinary),
        Field::new("host_identity", FieldType::Text, Class::Ordinary),
        Field::new("parent_office", FieldType::Id, Class::Ordinary),
    ])
    .indexes(&[
        IndexSchema::unique("host_identity", &["host_identity"]),
        IndexSchema::shared("by_parent", &["parent_office", "name"]),
    ]);

impl Recorded for Office {
    type Id = OfficeId;

    const KIND: Kind = Kind::of(&OFFICE);
    const THING: Thing = Thing::Office;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Nobody,
        Retention::WhileInUse,
        "Vite hvor i organisasjonen et team hører hjemme, og hvem som leder det derfra",
        "To know where in the organisation a team belongs, and who leads it from there",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::OfficeTeams),
        StoredField::new("name", Class::Ordinary, SeenBy::OfficeTeams, "Navn", "Name"),
        StoredField::new(
            "host_identity",
            Class::Ordinary,
            SeenBy::OfficeTeams,
            "Enhetsnummer",
            "Unit in the host's register",
        ),
        StoredField::new("parent", Class::Ordinary, SeenBy::OfficeTeams, "Overordnet kontor", "Office above"),
        StoredField::by("founded.by", SeenBy::Nobody),
        StoredField::at("founded.at", SeenBy::Nobody),
    ];

    fn id(&self) -> OfficeId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .with("name", self.name().as_str())
            .with_optional("host_identity", self.host_identity().map(Line::as_str))
            .with_optional("parent_office", self.parent().map(OfficeId::as_uuid))
    }
}

impl Office {
    /// The offices right below an office, by name.
    pub(crate) fn below(office: OfficeId) -> Result<IndexRange, StoreError> {
        let index = Self::KIND.index("by_parent").ok_or_else(|| StoreError::misuse("the schema has no such index"))?;
        IndexRange::new(index, vec![office.as_uuid().into()])
    }

    /// The office that is this one to the host's register of units.
    #[must_use]
    pub fn by_identity(identity: &Line<80>) -> Unique<Self> {
        Unique::new("host_identity", vec![identity.as_str().into()])
    }
}
