//! Transfers as records.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::class::Class;
use crate::domain::{StaffId, Thing, TrailId, Transfer, TransferClosing, TransferId, TransferStatus};
use crate::record::trail::TRAIL;
use crate::record::whose::Shelf;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField, Unique};
use crate::store::{Field, FieldType, IndexRange, IndexSchema, Kind, KindSchema, Record, StoreError, Subject};

/// The schema line of the kind.
pub(crate) static TRANSFER: KindSchema = KindSchema::new("transfer")
    .child_of(&TRAIL)
    .fields(&[
        Field::new("open_for", FieldType::Id, Class::Ordinary),
        Field::new("audience", FieldType::Text, Class::Address),
        Field::new("status", FieldType::Text, Class::Ordinary),
        Field::new("from_team", FieldType::Id, Class::Ordinary),
        Field::new("to_team", FieldType::Id, Class::Ordinary),
        Field::new("waits_for", FieldType::Id, Class::Ordinary),
        Field::new("open_until", FieldType::Day, Class::Ordinary),
    ])
    .indexes(&[
        IndexSchema::unique("open_for", &["open_for"]),
        IndexSchema::shared("by_addressee", &["audience", "to_team", "waits_for", "open_until"]),
        IndexSchema::shared("by_team", &["audience", "to_team", "open_until"]),
        IndexSchema::shared("by_origin", &["audience", "from_team", "open_until"]),
    ]);

impl Recorded for Transfer {
    type Id = TransferId;

    const KIND: Kind = Kind::of(&TRANSFER);
    const THING: Thing = Thing::Transfer;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "La et jobbspor skifte jobbspesialist uten at oppfølgingen brytes",
        "To let a trail come to another specialist without a break in the follow-up",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::CaseAndAddressee),
        StoredField::new("trail", Class::Ordinary, SeenBy::CaseAndAddressee, "Jobbspor", "Trail"),
        StoredField::new("participant", Class::Ordinary, SeenBy::CaseAndAddressee, "Deltaker", "Participant"),
        StoredField::new("kind", Class::Ordinary, SeenBy::CaseAndAddressee, "Type", "Kind"),
        StoredField::new("from.team", Class::Ordinary, SeenBy::CaseAndAddressee, "Fra team", "From team"),
        StoredField::new(
            "from.owner",
            Class::Ordinary,
            SeenBy::CaseAndAddressee,
            "Fra jobbspesialist",
            "From specialist",
        ),
        StoredField::new("to.team", Class::Ordinary, SeenBy::CaseAndAddressee, "Til team", "To team"),
        StoredField::new("to.owner", Class::Ordinary, SeenBy::CaseAndAddressee, "Til jobbspesialist", "To specialist"),
        StoredField::new("terms.note", Class::Health, SeenBy::Case, "Overføringsnotat", "Handover note"),
        StoredField::new("terms.reason", Class::Health, SeenBy::Case, "Grunn", "Reason"),
        StoredField::new("terms.answer_by", Class::Ordinary, SeenBy::CaseAndAddressee, "Svarfrist", "Answer by"),
        StoredField::by("proposed.by", SeenBy::CaseAndAddressee),
        StoredField::at("proposed.at", SeenBy::CaseAndAddressee),
        StoredField::new("audience", Class::Address, SeenBy::Nobody, "Vises for", "Shown to"),
        StoredField::new("closing.status", Class::Ordinary, SeenBy::Case, "Utfall", "Outcome"),
        StoredField::new("closing.reason", Class::Health, SeenBy::Case, "Grunn for retur", "Reason for returning"),
        StoredField::by("closing.authorship.by", SeenBy::Case),
        StoredField::at("closing.authorship.at", SeenBy::Case),
    ];

    fn id(&self) -> TransferId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        let is_open = self.closing().is_none();
        let status = self.closing().map_or(TransferStatus::Proposed, TransferClosing::status);
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.trail().as_uuid())
            .with_optional("open_for", self.open_for().map(TrailId::as_uuid))
            .with("audience", self.audience().code())
            .with("status", status.code())
            .with("from_team", self.from().team.as_uuid())
            .with("to_team", self.to().team.as_uuid())
            .with_optional("waits_for", is_open.then_some(self.to().owner.as_uuid()))
            .with_optional("open_until", is_open.then_some(self.terms().answer_by))
    }
}

impl Transfer {
    /// The open transfer of a trail (`I21`: there is at most one).
    #[must_use]
    pub fn open_of(trail: TrailId) -> Unique<Self> {
        Unique::new("open_for", vec![trail.as_uuid().into()])
    }

    /// What waits for an answer from a specialist of a team on a day, the most urgent first.
    pub(crate) fn waiting_for(
        shelf: impl Into<Shelf>,
        owner: StaffId,
        on: NaiveDate,
    ) -> Result<IndexRange, StoreError> {
        Self::waiting_by("by_addressee", shelf.into(), &[owner.as_uuid()], on)
    }

    /// What waits for an answer from anybody in a team on a day.
    pub(crate) fn waiting_in(shelf: impl Into<Shelf>, on: NaiveDate) -> Result<IndexRange, StoreError> {
        Self::waiting_by("by_team", shelf.into(), &[], on)
    }

    /// What waits for an answer about trails of a team on a day.
    pub(crate) fn waiting_from(shelf: impl Into<Shelf>, on: NaiveDate) -> Result<IndexRange, StoreError> {
        Self::waiting_by("by_origin", shelf.into(), &[], on)
    }

    fn waiting_by(index: &'static str, shelf: Shelf, of: &[Uuid], on: NaiveDate) -> Result<IndexRange, StoreError> {
        super::shown_from(Self::KIND, index, shelf, of, on)
    }
}
