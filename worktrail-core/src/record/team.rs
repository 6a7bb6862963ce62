//! Teams as records.

use crate::class::Class;
use crate::domain::{Line, OfficeId, Team, TeamId, Thing};
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField, Unique};
use crate::store::{Field, FieldType, IndexRange, IndexSchema, Kind, KindSchema, Record, StoreError};

/// The schema line of the kind.
pub(crate) static TEAM: KindSchema = KindSchema::new("team")
    .fields(&[
        Field::new("name", FieldType::Text, Class::Ordinary),
        Field::new("method", FieldType::Text, Class::Ordinary),
        Field::new("office", FieldType::Id, Class::Ordinary),
    ])
    .indexes(&[IndexSchema::unique("name", &["name"]), IndexSchema::shared("by_office", &["office", "name"])])
    .projection(2);

impl Recorded for Team {
    type Id = TeamId;

    const KIND: Kind = Kind::of(&TEAM);
    const THING: Thing = Thing::Team;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Nobody,
        Retention::WhileInUse,
        "Vite hvilket team et jobbspor hører til, og etter hvilken metode det arbeider",
        "To know which team a trail belongs to, and by which method it works",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Colleagues),
        StoredField::new("name", Class::Ordinary, SeenBy::Colleagues, "Navn", "Name"),
        StoredField::new("method", Class::Ordinary, SeenBy::Colleagues, "Metode", "Method"),
        StoredField::by("registered.by", SeenBy::Nobody),
        StoredField::at("registered.at", SeenBy::Nobody),
        StoredField::new("office", Class::Ordinary, SeenBy::Nobody, "Kontor", "Office"),
        StoredField::new("clearance", Class::Ordinary, SeenBy::Colleagues, "Klarering", "Clearance"),
        StoredField::new("variant", Class::Ordinary, SeenBy::Nobody, "Programvariant", "Programme variant"),
        StoredField::new(
            "entries.programme_variants",
            Class::Ordinary,
            SeenBy::Nobody,
            "Programvariant fra egen liste",
            "Programme variant of the list of one's own",
        ),
    ];

    fn id(&self) -> TeamId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        // A cleared team is in no office's list: to those above it, it is not there (`DA4`).
        let listed_in = self.office().filter(|_| self.clearance().is_ordinary());
        record
            .with("name", self.name().as_str())
            .with("method", self.method().code())
            .with_optional("office", listed_in.map(OfficeId::as_uuid))
    }
}

impl Team {
    /// The team of this name.
    #[must_use]
    pub fn by_name(name: &Line<120>) -> Unique<Self> {
        Unique::new("name", vec![name.as_str().into()])
    }

    /// The teams that are placed in an office, by name; not the cleared ones (`DA4`).
    pub(crate) fn in_office(office: OfficeId) -> Result<IndexRange, StoreError> {
        let index = Self::KIND.index("by_office").ok_or_else(|| StoreError::misuse("the schema has no such index"))?;
        IndexRange::new(index, vec![office.as_uuid().into()])
    }
}
