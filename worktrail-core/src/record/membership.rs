//! Memberships as records.

use std::ops::Bound;

use chrono::NaiveDate;

use crate::class::Class;
use crate::domain::{Membership, MembershipId, StaffId, TeamId, Thing};
use crate::record::team::TEAM;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField, Unique};
use crate::store::{Field, FieldType, IndexRange, IndexSchema, Kind, KindSchema, Record, StoreError, Value};

/// The schema line of the kind.
pub(crate) static MEMBERSHIP: KindSchema = KindSchema::new("membership")
    .child_of(&TEAM)
    .fields(&[
        Field::new("team", FieldType::Id, Class::Ordinary),
        Field::new("staff", FieldType::Id, Class::Ordinary),
        Field::new("role", FieldType::Text, Class::Ordinary),
        Field::new("first_day", FieldType::Day, Class::Ordinary),
        Field::new("last_day", FieldType::Day, Class::Ordinary),
    ])
    .indexes(&[
        IndexSchema::unique("staff_in_team", &["team", "staff"]),
        IndexSchema::shared("by_staff", &["staff", "last_day"]),
        IndexSchema::shared("by_team", &["team", "last_day"]),
    ]);

impl Recorded for Membership {
    type Id = MembershipId;

    const KIND: Kind = Kind::of(&MEMBERSHIP);
    const THING: Thing = Thing::Membership;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Staff,
        Retention::WhileInUse,
        "Gi hver ansatt de rettighetene medlemskapet bærer, og vise hvem som hadde dem når",
        "To give each member of staff the rights that a membership carries, and to show who had them when",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Colleagues),
        StoredField::new("team", Class::Ordinary, SeenBy::Colleagues, "Team", "Team"),
        StoredField::new("staff", Class::Ordinary, SeenBy::Colleagues, "Ansatt", "Member of staff"),
        StoredField::new("role", Class::Ordinary, SeenBy::Colleagues, "Rolle", "Role"),
        StoredField::new("period.first", Class::Ordinary, SeenBy::Colleagues, "Første dag", "First day"),
        StoredField::new("period.last", Class::Ordinary, SeenBy::Colleagues, "Siste dag", "Last day"),
        StoredField::by("begun.by", SeenBy::MemberManagers),
        StoredField::at("begun.at", SeenBy::MemberManagers),
        StoredField::by("ended.by", SeenBy::MemberManagers),
        StoredField::at("ended.at", SeenBy::MemberManagers),
        StoredField::new("former[].role", Class::Ordinary, SeenBy::MemberManagers, "Tidligere rolle", "Former role"),
        StoredField::new(
            "former[].period.first",
            Class::Ordinary,
            SeenBy::MemberManagers,
            "Tidligere første dag",
            "Former first day",
        ),
        StoredField::new(
            "former[].period.last",
            Class::Ordinary,
            SeenBy::MemberManagers,
            "Tidligere siste dag",
            "Former last day",
        ),
        StoredField::by("former[].begun.by", SeenBy::MemberManagers),
        StoredField::at("former[].begun.at", SeenBy::MemberManagers),
        StoredField::by("former[].ended.by", SeenBy::MemberManagers),
        StoredField::at("former[].ended.at", SeenBy::MemberManagers),
        StoredField::new("positions[].from", Class::Ordinary, SeenBy::MemberManagers, "Stilling fra", "Post from"),
        StoredField::new(
            "positions[].position.share",
            Class::Ordinary,
            SeenBy::Colleagues,
            "Stillingsprosent",
            "Share of a post",
        ),
        StoredField::new(
            "positions[].position.kind",
            Class::Ordinary,
            SeenBy::Colleagues,
            "Fast eller midlertidig",
            "Permanent or temporary",
        ),
        StoredField::new(
            "positions[].position.affiliation",
            Class::Ordinary,
            SeenBy::Colleagues,
            "Egen eller ekstern",
            "Own or external",
        ),
        StoredField::by("positions[].authorship.by", SeenBy::MemberManagers),
        StoredField::at("positions[].authorship.at", SeenBy::MemberManagers),
        StoredField::new("absences[].period.first", Class::Ordinary, SeenBy::Colleagues, "Borte fra", "Away from"),
        StoredField::new("absences[].period.last", Class::Ordinary, SeenBy::Colleagues, "Borte til", "Away until"),
        StoredField::new(
            "absences[].reason",
            Class::Ordinary,
            SeenBy::MemberManagers,
            "Fraværsgrunn",
            "Reason for absence",
        ),
        StoredField::by("absences[].authorship.by", SeenBy::MemberManagers),
        StoredField::at("absences[].authorship.at", SeenBy::MemberManagers),
    ];

    fn id(&self) -> MembershipId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .under(self.team().as_uuid())
            .with("team", self.team().as_uuid())
            .with("staff", self.staff().as_uuid())
            .with("role", self.role().code())
            .with("first_day", self.period().first())
            .with("last_day", self.period().last_or_max())
    }
}

impl Membership {
    /// A member of staff's membership of a team: one per person and team (`I24`).
    #[must_use]
    pub fn by_team_and_staff(team: TeamId, staff: StaffId) -> Unique<Self> {
        Unique::new("staff_in_team", vec![team.as_uuid().into(), staff.as_uuid().into()])
    }

    /// A member of staff's memberships that are not over on a day, by their last day.
    pub(crate) fn not_over(staff: StaffId, on: NaiveDate) -> Result<IndexRange, StoreError> {
        let index = Self::KIND.index("by_staff").ok_or_else(|| StoreError::misuse("the schema has no such index"))?;
        IndexRange::new(index, vec![staff.as_uuid().into()])?.between(Bound::Included(Value::Day(on)), Bound::Unbounded)
    }

    /// A team's memberships, by their last day.
    pub(crate) fn ever_of_team(team: TeamId) -> Result<IndexRange, StoreError> {
        let index = Self::KIND.index("by_team").ok_or_else(|| StoreError::misuse("the schema has no such index"))?;
        IndexRange::new(index, vec![team.as_uuid().into()])
    }

    /// A team's memberships that are not over on a day, by their last day.
    pub(crate) fn of_team(team: TeamId, on: NaiveDate) -> Result<IndexRange, StoreError> {
        Self::ever_of_team(team)?.between(Bound::Included(Value::Day(on)), Bound::Unbounded)
    }
}
