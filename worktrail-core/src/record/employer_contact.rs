//! Employer contacts as records.

use crate::class::Class;
use crate::domain::{EmployerContact, EmployerContactId, EmployerId, StaffId, Thing};
use crate::record::trail::TRAIL;
use crate::record::whose::Shelf;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
use crate::store::{
    Field, FieldType, IndexRange, IndexSchema, Kind, KindSchema, Order, Record, StoreError, Subject, Value,
};

/// The schema line of the kind.
pub(crate) static EMPLOYER_CONTACT: KindSchema = KindSchema::new("employer_contact")
    .child_of(&TRAIL)
    .fields(&[
        Field::new("employer", FieldType::Id, Class::Ordinary),
        Field::new("held_on", FieldType::Day, Class::Ordinary),
        Field::new("audience", FieldType::Text, Class::Address),
        Field::new("team", FieldType::Id, Class::Ordinary),
        Field::new("owner", FieldType::Id, Class::Ordinary),
    ])
    .indexes(&[
        IndexSchema::shared("by_owner", &["audience", "team", "owner", "employer", "held_on"]),
        IndexSchema::shared("by_team", &["audience", "team", "employer", "held_on"]),
    ]);

impl Recorded for EmployerContact {
    type Id = EmployerContactId;

    const KIND: Kind = Kind::of(&EMPLOYER_CONTACT);
    const THING: Thing = Thing::EmployerContact;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Følge opp arbeidsgivere på vegne av deltakeren, og måle tiden til første møte",
        "To follow up employers on the participant's behalf, and to measure the time to the first meeting",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Case),
        StoredField::new("trail", Class::Ordinary, SeenBy::Case, "Jobbspor", "Trail"),
        StoredField::new("participant", Class::Ordinary, SeenBy::Case, "Deltaker", "Participant"),
        StoredField::new("employer", Class::Ordinary, SeenBy::Case, "Arbeidsgiver", "Employer"),
        StoredField::new("contact_person", Class::Ordinary, SeenBy::Case, "Kontaktperson", "Contact person"),
        StoredField::new("on", Class::Ordinary, SeenBy::Case, "Dato", "Date"),
        StoredField::new("way", Class::Ordinary, SeenBy::Case, "Kontaktform", "Way of contact"),
        StoredField::new("held_by", Class::Ordinary, SeenBy::Case, "Hvem som tok kontakt", "Who made the contact"),
        StoredField::new(
            "met",
            Class::Ordinary,
            SeenBy::Case,
            "Hvem hos arbeidsgiveren",
            "Who was met at the employer",
        ),
        StoredField::new("about", Class::Ordinary, SeenBy::Case, "Hva det gjaldt", "What it was about"),
        StoredField::new("summary", Class::Health, SeenBy::Case, "Sammendrag", "Summary"),
        StoredField::by("registered.by", SeenBy::Case),
        StoredField::at("registered.at", SeenBy::Case),
        StoredField::new("wishes", Class::Ordinary, SeenBy::Case, "Etter ønsker eller marked", "By wishes or market"),
        StoredField::new("phase", Class::Health, SeenBy::Case, "Fase på dagen", "Phase on the day"),
        StoredField::new("shown_to.audience", Class::Address, SeenBy::Nobody, "Innsyn", "Audience"),
        StoredField::new("shown_to.team", Class::Ordinary, SeenBy::Nobody, "Team", "Team"),
        StoredField::new("shown_to.owner", Class::Ordinary, SeenBy::Nobody, "Eier", "Owner"),
        StoredField::by("corrected.by", SeenBy::Case),
        StoredField::at("corrected.at", SeenBy::Case),
    ];

    fn id(&self) -> EmployerContactId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.trail().as_uuid())
            .with("employer", self.employer().as_uuid())
            .with("held_on", self.on())
            .with_optional("audience", self.shown_to().map(|shown| shown.audience.code()))
            .with_optional("team", self.shown_to().map(|shown| shown.team.as_uuid()))
            .with_optional("owner", self.shown_to().map(|shown| shown.owner.as_uuid()))
    }
}

impl EmployerContact {
    /// The contacts of an owner's trails in a team with an employer that staff may see, the last first.
    pub(crate) fn of_owner(
        shelf: impl Into<Shelf>,
        owner: StaffId,
        employer: EmployerId,
    ) -> Result<IndexRange, StoreError> {
        Self::shown("by_owner", shelf.into(), vec![owner.as_uuid().into(), employer.as_uuid().into()])
    }

    /// The contacts of a team's trails with an employer that staff may see, the last first.
    pub(crate) fn of_team(shelf: impl Into<Shelf>, employer: EmployerId) -> Result<IndexRange, StoreError> {
        Self::shown("by_team", shelf.into(), vec![employer.as_uuid().into()])
    }

    fn shown(index: &'static str, shelf: Shelf, of: Vec<Value>) -> Result<IndexRange, StoreError> {
        let index = Self::KIND.index(index).ok_or_else(|| StoreError::misuse("the schema has no such index"))?;
        let range = IndexRange::new(index, shelf.values().into_iter().chain(of).collect())?;
        Ok(range.ordered(Order::Descending))
    }
}
