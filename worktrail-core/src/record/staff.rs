//! Staff as records.

use crate::class::Class;
use crate::domain::{Line, Staff, StaffId, Thing};
use crate::record::{Recorded, Unique};
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
    const CLASSES: &'static [(&'static str, Class)] = &[
        ("id", Class::Ordinary),
        ("name.given", Class::Personal),
        ("name.family", Class::Personal),
        ("host_identity", Class::Personal),
        ("registered.by", Class::Ordinary),
        ("registered.at", Class::Ordinary),
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
