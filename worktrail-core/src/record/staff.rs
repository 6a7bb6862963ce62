//! Staff as records.

use crate::class::Class;
use crate::domain::{Line, Staff, StaffId, Thing};
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField, Unique};
use crate::store::{Field, FieldType, IndexSchema, Kind, KindSchema, Record};

/// The schema line of the kind.
pub(crate) static STAFF: KindSchema = KindSchema::new("staff")
    .fields(&[Field::new("identity", FieldType::Text, Class::Personal)])
    .indexes(&[IndexSchema::unique("identity", &["identity"])]);

impl Recorded for Staff {
    type Id = StaffId;

    const KIND: Kind = Kind::of(&STAFF);
    const THING: Thing = Thing::Staff;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Staff,
        Retention::WhileInUse,
        "Vite hvem som har gjort hva, og kjenne igjen den som er logget inn hos verten",
        "To know who did what, and to recognise whoever is signed in with the host",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Colleagues),
        StoredField::new("name.given", Class::Personal, SeenBy::Colleagues, "Fornavn", "Given name"),
        StoredField::new("name.middle", Class::Personal, SeenBy::Nobody, "Mellomnavn", "Middle name"),
        StoredField::new("name.family", Class::Personal, SeenBy::Colleagues, "Etternavn", "Family name"),
        StoredField::new(
            "host_identity",
            Class::Personal,
            SeenBy::Nobody,
            "Identitet hos verten",
            "Identity with the host",
        ),
        StoredField::by("registered.by", SeenBy::Nobody),
        StoredField::at("registered.at", SeenBy::Nobody),
    ];

    fn id(&self) -> StaffId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record.with("identity", self.host_identity().as_str())
    }
}

impl Staff {
    /// The member of staff with this identity in the host's program.
    #[must_use]
    pub fn by_identity(identity: &Line<80>) -> Unique<Self> {
        Unique::new("identity", vec![identity.as_str().into()])
    }
}
