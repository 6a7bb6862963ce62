//! Participants as records.

use crate::class::Class;
use crate::domain::{NationalId, Participant, ParticipantId, Thing, TrailAudience};
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField, Unique};
use crate::store::{Field, FieldType, IndexSchema, Kind, KindSchema, Record, Subject};

/// The schema line of the kind.
pub(crate) static PARTICIPANT: KindSchema = KindSchema::new("participant")
    .fields(&[
        Field::new("national_id", FieldType::Text, Class::NationalId),
        Field::new("audience", FieldType::Text, Class::Address),
    ])
    .indexes(&[IndexSchema::unique("national_id", &["national_id"])]);

impl Recorded for Participant {
    type Id = ParticipantId;

    const KIND: Kind = Kind::of(&PARTICIPANT);
    const THING: Thing = Thing::Participant;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Vite hvem deltakeren er, kunne nå dem, og skjerme den som skal skjermes",
        "To know who the participant is, to reach them, and to protect whoever is protected",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::CaseAndSearch),
        StoredField::new("name.given", Class::Personal, SeenBy::CaseAndSearch, "Fornavn", "Given name"),
        StoredField::new("name.family", Class::Personal, SeenBy::CaseAndSearch, "Etternavn", "Family name"),
        StoredField::new(
            "national_id",
            Class::NationalId,
            SeenBy::CaseAndSearch,
            "Fødselsnummer (vist maskert i søk)",
            "National identity number (masked in a search)",
        ),
        StoredField::new(
            "birth_date",
            Class::Personal,
            SeenBy::CaseAndSearch,
            "Fødselsdato (bare året i søk)",
            "Birth date (only the year in a search)",
        ),
        StoredField::new("phone", Class::Personal, SeenBy::Case, "Telefon", "Phone"),
        StoredField::new("email", Class::Personal, SeenBy::Case, "E-post", "E-mail"),
        StoredField::new("protection.address", Class::Address, SeenBy::Case, "Adressegradering", "Address protection"),
        StoredField::new(
            "protection.staff",
            Class::Address,
            SeenBy::Case,
            "Skjerming av egen ansatt",
            "Own-staff shielding",
        ),
        StoredField::by("registered.by", SeenBy::Case),
        StoredField::at("registered.at", SeenBy::Case),
    ];

    fn id(&self) -> ParticipantId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        let audience = if self.protection().is_strict() { TrailAudience::Withheld } else { TrailAudience::Team };
        record
            .about(Subject::new(self.id().as_uuid()))
            .with_optional("national_id", self.national_id().map(NationalId::as_str))
            .with("audience", audience.code())
    }
}

impl Participant {
    /// The participant with this number.
    #[must_use]
    pub fn by_national_id(number: &NationalId) -> Unique<Self> {
        Unique::new("national_id", vec![number.as_str().into()])
    }
}
