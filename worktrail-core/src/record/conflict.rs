//! Declared conflicts of interest as records.

use crate::class::Class;
use crate::domain::{Conflict, ConflictId, ParticipantId, StaffId, Thing};
use crate::record::participant::PARTICIPANT;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField, Unique};
use crate::store::{Field, FieldType, IndexRange, IndexSchema, Kind, KindSchema, Record, StoreError, Subject};

/// The schema line of the kind. The field `stands_for` is the member of staff while the conflict stands.
pub(crate) static CONFLICT: KindSchema = KindSchema::new("conflict")
    .child_of(&PARTICIPANT)
    .fields(&[
        Field::new("participant", FieldType::Id, Class::Ordinary),
        Field::new("staff", FieldType::Id, Class::Ordinary),
        Field::new("stands_for", FieldType::Id, Class::Ordinary),
    ])
    .indexes(&[
        IndexSchema::unique("staff_and_participant", &["staff", "participant"]),
        IndexSchema::shared("standing", &["stands_for"]),
    ]);

impl Recorded for Conflict {
    type Id = ConflictId;

    const KIND: Kind = Kind::of(&CONFLICT);
    const THING: Thing = Thing::Conflict;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Hindre at noen åpner, eier, leser eller følger opp sin egen eller en nærståendes sak",
        "To keep anybody from opening, owning, reading or following up their own or a relative's case",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::ConflictParties),
        StoredField::new("participant", Class::Ordinary, SeenBy::ConflictParties, "Deltaker", "Participant"),
        StoredField::new("staff", Class::Ordinary, SeenBy::ConflictParties, "Ansatt", "Member of staff"),
        StoredField::new("tie", Class::Personal, SeenBy::ConflictParties, "Tilknytning", "Tie"),
        StoredField::by("declared.by", SeenBy::Nobody),
        StoredField::at("declared.at", SeenBy::ConflictParties),
        StoredField::new("lifted.reason", Class::Personal, SeenBy::Nobody, "Hvorfor opphevet", "Why it was lifted"),
        StoredField::by("lifted.authorship.by", SeenBy::Nobody),
        StoredField::at("lifted.authorship.at", SeenBy::Nobody),
    ];

    fn id(&self) -> ConflictId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.participant().as_uuid())
            .with("participant", self.participant().as_uuid())
            .with("staff", self.staff().as_uuid())
            .with_optional("stands_for", self.stands().then(|| self.staff().as_uuid()))
    }
}

impl Conflict {
    /// The conflict of interest of a member of staff towards a participant.
    #[must_use]
    pub fn between(participant: ParticipantId, staff: StaffId) -> Unique<Self> {
        Unique::new("staff_and_participant", vec![staff.as_uuid().into(), participant.as_uuid().into()])
    }

    /// The conflicts that a member of staff ever declared.
    pub(crate) fn declared_by(staff: StaffId) -> Result<IndexRange, StoreError> {
        Self::of("staff_and_participant", staff)
    }

    /// The conflicts of a member of staff that stand.
    pub(crate) fn standing(staff: StaffId) -> Result<IndexRange, StoreError> {
        Self::of("standing", staff)
    }

    fn of(index: &str, staff: StaffId) -> Result<IndexRange, StoreError> {
        let index = Self::KIND.index(index).ok_or_else(|| StoreError::misuse("the schema has no such index"))?;
        IndexRange::new(index, vec![staff.as_uuid().into()])
    }
}
