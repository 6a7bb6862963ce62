//! Appointments as records.

use uuid::Uuid;

use crate::class::Class;
use crate::domain::{Appointment, AppointmentId, OfficeId, Role, StaffId, Thing};
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField, Unique};
use crate::store::{Field, FieldType, IndexRange, IndexSchema, Kind, KindSchema, Record, StoreError};

/// The schema line of the kind. The field `over` is the office, or the nil id for the whole organisation, so that there is
/// one appointment of a person to a role there too.
pub(crate) static APPOINTMENT: KindSchema = KindSchema::new("appointment")
    .fields(&[
        Field::new("staff", FieldType::Id, Class::Ordinary),
        Field::new("role", FieldType::Text, Class::Ordinary),
        Field::new("over", FieldType::Id, Class::Ordinary),
        Field::new("first_day", FieldType::Day, Class::Ordinary),
        Field::new("last_day", FieldType::Day, Class::Ordinary),
    ])
    .indexes(&[
        IndexSchema::unique("staff_in_role", &["staff", "role", "over"]),
        IndexSchema::shared("by_office", &["over", "last_day"]),
    ]);

impl Recorded for Appointment {
    type Id = AppointmentId;

    const KIND: Kind = Kind::of(&APPOINTMENT);
    const THING: Thing = Thing::Appointment;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Staff,
        Retention::WhileInUse,
        "Gi hver ansatt de rettighetene en rolle utover et team bærer, og vise hvem som hadde dem når",
        "To give each member of staff the rights that a role beyond a team carries, and to show who had them when",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Appointers),
        StoredField::new("staff", Class::Ordinary, SeenBy::Appointers, "Ansatt", "Member of staff"),
        StoredField::new("role", Class::Ordinary, SeenBy::Appointers, "Rolle", "Role"),
        StoredField::new("office", Class::Ordinary, SeenBy::Appointers, "Kontor", "Office"),
        StoredField::new("period.first", Class::Ordinary, SeenBy::Appointers, "Første dag", "First day"),
        StoredField::new("period.last", Class::Ordinary, SeenBy::Appointers, "Siste dag", "Last day"),
        StoredField::by("begun.by", SeenBy::Appointers),
        StoredField::at("begun.at", SeenBy::Appointers),
        StoredField::by("ended.by", SeenBy::Appointers),
        StoredField::at("ended.at", SeenBy::Appointers),
        StoredField::new("former[].role", Class::Ordinary, SeenBy::Appointers, "Tidligere rolle", "Former role"),
        StoredField::new(
            "former[].period.first",
            Class::Ordinary,
            SeenBy::Appointers,
            "Tidligere første dag",
            "Former first day",
        ),
        StoredField::new(
            "former[].period.last",
            Class::Ordinary,
            SeenBy::Appointers,
            "Tidligere siste dag",
            "Former last day",
        ),
        StoredField::by("former[].begun.by", SeenBy::Appointers),
        StoredField::at("former[].begun.at", SeenBy::Appointers),
        StoredField::by("former[].ended.by", SeenBy::Appointers),
        StoredField::at("former[].ended.at", SeenBy::Appointers),
    ];

    fn id(&self) -> AppointmentId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .with("staff", self.staff().as_uuid())
            .with("role", self.role().code())
            .with("over", over(self.office()))
            .with("first_day", self.period().first())
            .with("last_day", self.period().last_or_max())
    }
}

impl Appointment {
    /// A member of staff's appointment to a role, for an office or for the whole organisation.
    #[must_use]
    pub fn of(staff: StaffId, role: Role, office: Option<OfficeId>) -> Unique<Self> {
        Unique::new("staff_in_role", vec![staff.as_uuid().into(), role.code().into(), over(office).into()])
    }

    /// The appointments for an office, or for the whole organisation, by their last day.
    pub(crate) fn over(office: Option<OfficeId>) -> Result<IndexRange, StoreError> {
        let index = Self::KIND.index("by_office").ok_or_else(|| StoreError::misuse("the schema has no such index"))?;
        IndexRange::new(index, vec![over(office).into()])
    }
}

fn over(office: Option<OfficeId>) -> Uuid {
    office.map_or(Uuid::nil(), OfficeId::as_uuid)
}
