//! Trails as records.

use std::ops::Bound;

use chrono::NaiveDate;

use crate::class::Class;
use crate::domain::{Milestone, ParticipantId, Phase, StaffId, Thing, Trail, TrailId};
use crate::record::participant::PARTICIPANT;
use crate::record::whose::Shelf;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField, Unique};
use crate::store::{
    Field, FieldType, IndexRange, IndexSchema, Kind, KindSchema, Order, Record, StoreError, Subject, Value,
};

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
        Field::new("open_since", FieldType::Instant, Class::Ordinary),
        Field::new("waiting_since", FieldType::Day, Class::Ordinary),
        Field::new("paused_until", FieldType::Day, Class::Ordinary),
        Field::new("zero_exclusion_on", FieldType::Day, Class::Health),
    ])
    .indexes(&[
        IndexSchema::unique("open_for", &["open_for"]),
        IndexSchema::shared("by_owner", &["audience", "team", "owner", "phase", "opened_at"]),
        IndexSchema::shared("by_team", &["audience", "team", "phase", "opened_at"]),
        IndexSchema::shared("by_ending", &["audience", "team", "ended_on"]),
        IndexSchema::shared("open_by_owner", &["audience", "team", "owner", "open_since"]),
        IndexSchema::shared("open_by_team", &["audience", "team", "open_since"]),
        IndexSchema::shared("waiting_by_owner", &["audience", "team", "owner", "waiting_since"]),
        IndexSchema::shared("waiting_by_team", &["audience", "team", "waiting_since"]),
        IndexSchema::shared("paused_by_owner", &["audience", "team", "owner", "paused_until"]),
        IndexSchema::shared("paused_by_team", &["audience", "team", "paused_until"]),
        IndexSchema::shared("zero_exclusion", &["audience", "team", "zero_exclusion_on"]),
    ])
    .projection(2);

impl Recorded for Trail {
    type Id = TrailId;

    const KIND: Kind = Kind::of(&TRAIL);
    const THING: Thing = Thing::Trail;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Følge deltakeren fra henvisning til arbeid, og vise hvordan det gikk",
        "To follow the participant from referral to work, and to show how it went",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::CaseAndConsented),
        StoredField::new("participant", Class::Ordinary, SeenBy::Case, "Deltaker", "Participant"),
        StoredField::new("method", Class::Ordinary, SeenBy::Case, "Metode", "Method"),
        StoredField::new("team", Class::Ordinary, SeenBy::Case, "Team", "Team"),
        StoredField::new("owner", Class::Ordinary, SeenBy::Case, "Jobbspesialist", "Employment specialist"),
        StoredField::new(
            "audience",
            Class::Address,
            SeenBy::Case,
            "Hvem sporet vises for",
            "Whom the trail is shown to",
        ),
        StoredField::by("opened.by", SeenBy::Case),
        StoredField::at("opened.at", SeenBy::Case),
        StoredField::new("referral.referred_on", Class::Ordinary, SeenBy::Case, "Henvist dato", "Referred on"),
        StoredField::new("referral.unit", Class::ThirdParty, SeenBy::Case, "Henvisende enhet", "Referring unit"),
        StoredField::new("referral.counsellor", Class::ThirdParty, SeenBy::Case, "Veileder", "Counsellor"),
        StoredField::new("referral.source", Class::Ordinary, SeenBy::Case, "Henvist fra", "Source of the referral"),
        StoredField::new(
            "referral.wish",
            Class::Health,
            SeenBy::Case,
            "Deltakerens ønske om arbeid",
            "The participant's wish for work",
        ),
        StoredField::new("moves[].to", Class::Health, SeenBy::CaseAndConsented, "Fase", "Phase"),
        StoredField::new("moves[].on", Class::Ordinary, SeenBy::Case, "Fase fra dato", "Phase since"),
        StoredField::by("moves[].authorship.by", SeenBy::Case),
        StoredField::at("moves[].authorship.at", SeenBy::Case),
        StoredField::new(
            "start.on",
            Class::Ordinary,
            SeenBy::CaseAndConsented,
            "Oppstartsmøte holdt",
            "Start-up meeting held on",
        ),
        StoredField::by("start.authorship.by", SeenBy::Case),
        StoredField::at("start.authorship.at", SeenBy::Case),
        StoredField::new(
            "first_employer_contact.on",
            Class::Ordinary,
            SeenBy::Case,
            "Første møte med arbeidsgiver",
            "First meeting with an employer",
        ),
        StoredField::by("first_employer_contact.authorship.by", SeenBy::Case),
        StoredField::at("first_employer_contact.authorship.at", SeenBy::Case),
        StoredField::new("main_goal.kind", Class::Ordinary, SeenBy::CaseAndConsented, "Hovedmål", "Main goal"),
        StoredField::new(
            "main_goal.description",
            Class::Health,
            SeenBy::CaseAndConsented,
            "Beskrivelse av hovedmålet",
            "Description of the main goal",
        ),
        StoredField::by("main_goal.authorship.by", SeenBy::Case),
        StoredField::at("main_goal.authorship.at", SeenBy::Case),
        StoredField::new("ending.on", Class::Ordinary, SeenBy::Case, "Avsluttet dato", "Ended on"),
        StoredField::new("ending.reason", Class::Health, SeenBy::Case, "Sluttårsak", "End reason"),
        StoredField::by("ending.authorship.by", SeenBy::Case),
        StoredField::at("ending.authorship.at", SeenBy::Case),
        StoredField::new("pauses[].period.first", Class::Ordinary, SeenBy::Case, "Passiv fra", "Paused from"),
        StoredField::new("pauses[].period.last", Class::Ordinary, SeenBy::Case, "Passiv til og med", "Paused until"),
        StoredField::new("pauses[].reason", Class::Health, SeenBy::Case, "Årsak til passiv periode", "Why paused"),
        StoredField::new("pauses[].note", Class::Health, SeenBy::Case, "Mer om årsaken", "More about why"),
        StoredField::new("pauses[].follow_up_on", Class::Ordinary, SeenBy::Case, "Følges opp dato", "Follow-up on"),
        StoredField::by("pauses[].authorship.by", SeenBy::Case),
        StoredField::at("pauses[].authorship.at", SeenBy::Case),
        StoredField::new(
            "recruitment[].first",
            Class::Ordinary,
            SeenBy::Case,
            "I rekrutteringsprogrammet fra",
            "In the recruitment programme from",
        ),
        StoredField::by("recruitment[].enrolled.by", SeenBy::Case),
        StoredField::at("recruitment[].enrolled.at", SeenBy::Case),
        StoredField::new(
            "recruitment[].leaving.last",
            Class::Ordinary,
            SeenBy::Case,
            "I rekrutteringsprogrammet til og med",
            "In the recruitment programme until",
        ),
        StoredField::new(
            "recruitment[].leaving.outcome",
            Class::Personal,
            SeenBy::Case,
            "Utfall av rekrutteringsprogrammet",
            "Outcome of the recruitment programme",
        ),
        StoredField::by("recruitment[].leaving.authorship.by", SeenBy::Case),
        StoredField::at("recruitment[].leaving.authorship.at", SeenBy::Case),
        StoredField::new(
            "exclusion.reason",
            Class::Health,
            SeenBy::Case,
            "Begrunnelse for avslutning ved sykdom eller andre tiltak",
            "Reason for an ending by illness or other measures",
        ),
        StoredField::new(
            "exclusion.help_again_on",
            Class::Ordinary,
            SeenBy::Case,
            "Nytt tilbud om hjelp",
            "Help offered again on",
        ),
        StoredField::new("reopenings[].moves[].to", Class::Health, SeenBy::Case, "Tidligere fase", "Former phase"),
        StoredField::new(
            "reopenings[].moves[].on",
            Class::Ordinary,
            SeenBy::Case,
            "Tidligere fase fra dato",
            "Former phase since",
        ),
        StoredField::by("reopenings[].moves[].authorship.by", SeenBy::Case),
        StoredField::at("reopenings[].moves[].authorship.at", SeenBy::Case),
        StoredField::new(
            "reopenings[].ending.on",
            Class::Ordinary,
            SeenBy::Case,
            "Tidligere avsluttet dato",
            "Formerly ended on",
        ),
        StoredField::new(
            "reopenings[].ending.reason",
            Class::Health,
            SeenBy::Case,
            "Tidligere sluttårsak",
            "Former end reason",
        ),
        StoredField::by("reopenings[].ending.authorship.by", SeenBy::Case),
        StoredField::at("reopenings[].ending.authorship.at", SeenBy::Case),
        StoredField::new(
            "reopenings[].exclusion.reason",
            Class::Health,
            SeenBy::Case,
            "Tidligere begrunnelse for avslutning",
            "Former reason for the ending",
        ),
        StoredField::new(
            "reopenings[].exclusion.help_again_on",
            Class::Ordinary,
            SeenBy::Case,
            "Tidligere nytt tilbud om hjelp",
            "Help formerly offered again on",
        ),
        StoredField::new("reopenings[].reason", Class::Health, SeenBy::Case, "Gjenåpnet fordi", "Reopened because"),
        StoredField::by("reopenings[].authorship.by", SeenBy::Case),
        StoredField::at("reopenings[].authorship.at", SeenBy::Case),
        StoredField::by("corrected.by", SeenBy::Case),
        StoredField::at("corrected.at", SeenBy::Case),
        StoredField::new("follows", Class::Ordinary, SeenBy::Case, "Kommer etter jobbspor", "Follows trail"),
        StoredField::new("variant", Class::Ordinary, SeenBy::Case, "Programvariant", "Programme variant"),
        StoredField::new(
            "entries.end_reasons",
            Class::Health,
            SeenBy::Case,
            "Sluttårsak fra egen liste",
            "End reason of the list of one's own",
        ),
        StoredField::new(
            "entries.programme_variants",
            Class::Ordinary,
            SeenBy::Case,
            "Programvariant fra egen liste",
            "Programme variant of the list of one's own",
        ),
        StoredField::new(
            "entries.referral_sources",
            Class::Ordinary,
            SeenBy::Case,
            "Henvist fra, etter egen liste",
            "Source of the referral, of the list of one's own",
        ),
        StoredField::new(
            "reopenings[].entry",
            Class::Health,
            SeenBy::Case,
            "Tidligere sluttårsak fra egen liste",
            "Former end reason of the list of one's own",
        ),
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
            .with_optional("open_since", self.open_for().map(|_| self.opened().at().instant()))
            .with_optional(
                "waiting_since",
                self.open_for().filter(|_| self.start().is_none()).map(|_| self.referral().referred_on),
            )
            .with_optional("paused_until", self.paused_until())
            .with_optional("zero_exclusion_on", self.zero_exclusion_on())
    }
}

impl Trail {
    /// The open trail of a participant (`I2`: there is at most one).
    #[must_use]
    pub fn open_of(participant: ParticipantId) -> Unique<Self> {
        Unique::new("open_for", vec![participant.as_uuid().into()])
    }

    /// The trails of an owner in a team that its staff may see, by phase and when they were opened.
    pub(crate) fn of_owner(
        shelf: impl Into<Shelf>,
        owner: StaffId,
        phase: Option<Phase>,
    ) -> Result<IndexRange, StoreError> {
        Self::portfolio("by_owner", shelf.into(), Some(owner), phase)
    }

    /// The trails of a team that its staff may see, by phase and when they were opened.
    pub(crate) fn of_team(shelf: impl Into<Shelf>, phase: Option<Phase>) -> Result<IndexRange, StoreError> {
        Self::portfolio("by_team", shelf.into(), None, phase)
    }

    /// The open trails of an owner in a team that its staff may see, the oldest first.
    pub(crate) fn open_of_owner(shelf: impl Into<Shelf>, owner: StaffId) -> Result<IndexRange, StoreError> {
        Self::portfolio("open_by_owner", shelf.into(), Some(owner), None)
    }

    /// The open trails of a team that its staff may see, by who owns them.
    pub(crate) fn open_by_owner(shelf: impl Into<Shelf>) -> Result<IndexRange, StoreError> {
        Self::portfolio("open_by_owner", shelf.into(), None, None)
    }

    /// The open trails of a team that its staff may see, the oldest first.
    pub(crate) fn open_of_team(shelf: impl Into<Shelf>) -> Result<IndexRange, StoreError> {
        Self::portfolio("open_by_team", shelf.into(), None, None)
    }

    /// The open trails of an owner in a team that have not started, the oldest referral first.
    pub(crate) fn waiting_of_owner(shelf: impl Into<Shelf>, owner: StaffId) -> Result<IndexRange, StoreError> {
        Self::portfolio("waiting_by_owner", shelf.into(), Some(owner), None)
    }

    /// The open trails of a team that have not started, the oldest referral first.
    pub(crate) fn waiting_of_team(shelf: impl Into<Shelf>) -> Result<IndexRange, StoreError> {
        Self::portfolio("waiting_by_team", shelf.into(), None, None)
    }

    /// The trails of a team that its staff may see and that ended on a day or before, the longest ended first.
    pub(crate) fn ended_by(shelf: impl Into<Shelf>, last: NaiveDate) -> Result<IndexRange, StoreError> {
        let index = Self::KIND.index("by_ending").ok_or_else(|| StoreError::misuse("the schema has no such index"))?;
        IndexRange::new(index, shelf.into().values().to_vec())?.between(Bound::Unbounded, Bound::Included(last.into()))
    }

    /// The open trails of a team that its staff may see whose last pause is not over on a day, by its last day.
    pub(crate) fn paused_of_team(shelf: impl Into<Shelf>, day: NaiveDate) -> Result<IndexRange, StoreError> {
        Self::portfolio("paused_by_team", shelf.into(), None, None)?
            .between(Bound::Included(day.into()), Bound::Unbounded)
    }

    /// The same, of one owner.
    pub(crate) fn paused_of_owner(
        shelf: impl Into<Shelf>,
        owner: StaffId,
        day: NaiveDate,
    ) -> Result<IndexRange, StoreError> {
        let range = Self::portfolio("paused_by_owner", shelf.into(), Some(owner), None)?;
        range.between(Bound::Included(day.into()), Bound::Unbounded)
    }

    /// The trails of a team that its staff may see whose ending raised the zero-exclusion flag, the last one first
    /// (`DB10`).
    pub(crate) fn zero_exclusions(shelf: impl Into<Shelf>) -> Result<IndexRange, StoreError> {
        Ok(Self::portfolio("zero_exclusion", shelf.into(), None, None)?.ordered(Order::Descending))
    }

    /// A stretch of an index that is led by the audience and the team: what a team's staff see is its own audience, which
    /// is a cleared team's or an ordinary one's (`DA4`).
    fn portfolio(
        index: &'static str,
        shelf: Shelf,
        owner: Option<StaffId>,
        phase: Option<Phase>,
    ) -> Result<IndexRange, StoreError> {
        let index = Self::KIND.index(index).ok_or_else(|| StoreError::misuse("the schema has no such index"))?;
        let owner = owner.map(|owner| Value::from(owner.as_uuid()));
        let phase = phase.map(|phase| Value::from(phase.code()));
        IndexRange::new(index, shelf.values().into_iter().chain(owner).chain(phase).collect())
    }
}
