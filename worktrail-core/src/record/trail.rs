//! Trails as records.

use crate::class::Class;
use crate::domain::{Milestone, ParticipantId, Phase, StaffId, TeamId, Thing, Trail, TrailAudience, TrailId};
use crate::record::participant::PARTICIPANT;
use crate::record::{Recorded, Unique};
use crate::store::{Field, FieldType, IndexRange, IndexSchema, Kind, KindSchema, Record, StoreError, Subject, Value};

/// The schema line of the kind.
pub(crate) static TRAIL: KindSchema = KindSchema::new("trail")
    .child_of(&PARTICIPANT)
    .fields(&[
        Field::new("open_for", FieldType::Id, Class::Ordinary),
        Field::new("audience", FieldType::Text, Class::Address),
        Field::new("method", FieldType::Text, Class::Ordinary),
        Field::new("team", FieldType::Id, Class::Ordinary),
        Field::new("owner", FieldType::Id, Class::Ordinary),
        Field::new("phase", FieldType::Text, Class::Health),
        Field::new("opened_at", FieldType::Instant, Class::Ordinary),
        Field::new("started_on", FieldType::Day, Class::Ordinary),
        Field::new("first_employer_contact_on", FieldType::Day, Class::Ordinary),
        Field::new("ended_on", FieldType::Day, Class::Ordinary),
        Field::new("end_reason", FieldType::Text, Class::Health),
    ])
    .indexes(&[
        IndexSchema::unique("open_for", &["open_for"]),
        IndexSchema::shared("by_owner", &["audience", "team", "owner", "phase", "opened_at"]),
        IndexSchema::shared("by_team", &["audience", "team", "phase", "opened_at"]),
    ]);

impl Recorded for Trail {
    type Id = TrailId;

    const KIND: Kind = Kind::of(&TRAIL);
    const THING: Thing = Thing::Trail;
    const FORM: u16 = 1;
    const CLASSES: &'static [(&'static str, Class)] = &[
        ("id", Class::Ordinary),
        ("participant", Class::Ordinary),
        ("method", Class::Ordinary),
        ("team", Class::Ordinary),
        ("owner", Class::Ordinary),
        ("audience", Class::Address),
        ("opened.by", Class::Ordinary),
        ("opened.at", Class::Ordinary),
        ("referral.referred_on", Class::Ordinary),
        ("referral.unit", Class::ThirdParty),
        ("referral.counsellor", Class::ThirdParty),
        ("referral.source", Class::Ordinary),
        ("referral.wish", Class::Health),
        ("moves[].to", Class::Health),
        ("moves[].on", Class::Ordinary),
        ("moves[].authorship.by", Class::Ordinary),
        ("moves[].authorship.at", Class::Ordinary),
        ("start.on", Class::Ordinary),
        ("start.authorship.by", Class::Ordinary),
        ("start.authorship.at", Class::Ordinary),
        ("first_employer_contact.on", Class::Ordinary),
        ("first_employer_contact.authorship.by", Class::Ordinary),
        ("first_employer_contact.authorship.at", Class::Ordinary),
        ("main_goal.kind", Class::Ordinary),
        ("main_goal.description", Class::Health),
        ("main_goal.authorship.by", Class::Ordinary),
        ("main_goal.authorship.at", Class::Ordinary),
        ("ending.on", Class::Ordinary),
        ("ending.reason", Class::Health),
        ("ending.authorship.by", Class::Ordinary),
        ("ending.authorship.at", Class::Ordinary),
    ];

    fn id(&self) -> TrailId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.participant().as_uuid())
            .with_optional("open_for", self.open_for().map(ParticipantId::as_uuid))
            .with("audience", self.audience().code())
            .with("method", self.method().code())
            .with("team", self.team().as_uuid())
            .with("owner", self.owner().as_uuid())
            .with("phase", self.phase().code())
            .with("opened_at", self.opened().at().instant())
            .with_optional("started_on", self.started_on())
            .with_optional("first_employer_contact_on", self.first_employer_contact().map(Milestone::on))
            .with_optional("ended_on", self.ending().map(|ending| ending.on))
            .with_optional("end_reason", self.ending().map(|ending| ending.reason.code()))
    }
}

impl Trail {
    /// The open trail of a participant (`I2`: there is at most one).
    #[must_use]
    pub fn open_of(participant: ParticipantId) -> Unique<Self> {
        Unique::new("open_for", vec![participant.as_uuid().into()])
    }

    /// The trails of an owner in a team that its staff may see, by phase and when they were opened.
    pub(crate) fn of_owner(team: TeamId, owner: StaffId, phase: Option<Phase>) -> Result<IndexRange, StoreError> {
        Self::portfolio("by_owner", vec![team.as_uuid().into(), owner.as_uuid().into()], phase)
    }

    /// The trails of a team that its staff may see, by phase and when they were opened.
    pub(crate) fn of_team(team: TeamId, phase: Option<Phase>) -> Result<IndexRange, StoreError> {
        Self::portfolio("by_team", vec![team.as_uuid().into()], phase)
    }

    fn portfolio(index: &'static str, of: Vec<Value>, phase: Option<Phase>) -> Result<IndexRange, StoreError> {
        let index = Self::KIND.index(index).ok_or_else(|| StoreError::misuse("the schema has no such index"))?;
        let audience = Value::from(TrailAudience::Team.code());
        let phase = phase.map(|phase| Value::from(phase.code()));
        IndexRange::new(index, std::iter::once(audience).chain(of).chain(phase).collect())
    }
}
