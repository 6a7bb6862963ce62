//! Participants as records.

use crate::class::Class;
use crate::domain::{BirthDate, NationalId, Participant, ParticipantId, PersonName, Thing, TrailAudience};
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField, Unique};
use crate::store::{Field, FieldType, IndexRange, IndexSchema, Kind, KindSchema, Record, StoreError, Subject};

/// The schema line of the kind.
pub(crate) static PARTICIPANT: KindSchema = KindSchema::new("participant")
    .fields(&[
        Field::new("national_id", FieldType::Text, Class::NationalId),
        Field::new("audience", FieldType::Text, Class::Address),
        Field::new("birth_date", FieldType::Day, Class::Personal),
        Field::new("compared_name", FieldType::Text, Class::Personal),
    ])
    .indexes(&[
        IndexSchema::unique("national_id", &["national_id"]),
        IndexSchema::shared("alike", &["audience", "birth_date", "compared_name"]),
    ])
    .projection(2);

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
        StoredField::new("name.given", Class::Personal, SeenBy::SearchAndConsented, "Fornavn", "Given name"),
        StoredField::new("name.middle", Class::Personal, SeenBy::SearchAndConsented, "Mellomnavn", "Middle name"),
        StoredField::new("name.family", Class::Personal, SeenBy::SearchAndConsented, "Etternavn", "Family name"),
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
            SeenBy::SearchAndConsented,
            "Fødselsdato (bare året i søk)",
            "Birth date (only the year in a search)",
        ),
        StoredField::new("phone", Class::Personal, SeenBy::CaseAndConsented, "Telefon", "Phone"),
        StoredField::new("email", Class::Personal, SeenBy::CaseAndConsented, "E-post", "E-mail"),
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
        StoredField::new(
            "registering_team",
            Class::Ordinary,
            SeenBy::Nobody,
            "Registrert av team",
            "Registered by team",
        ),
        StoredField::new("residence.address", Class::Address, SeenBy::Case, "Postadresse", "Postal address"),
        StoredField::new("residence.place", Class::Address, SeenBy::CaseAndSearch, "Poststed", "Postal place"),
        StoredField::new("residence.municipality", Class::Address, SeenBy::CaseAndSearch, "Kommune", "Municipality"),
        StoredField::new("language", Class::Personal, SeenBy::Case, "Språk", "Language"),
        StoredField::new("sms", Class::Ordinary, SeenBy::Case, "Reservasjon mot SMS", "Text message reservation"),
        StoredField::new("stated[].what", Class::Ordinary, SeenBy::Case, "Opplysning", "Datum"),
        StoredField::new("stated[].source", Class::Ordinary, SeenBy::Case, "Kilde", "Source"),
        StoredField::by("stated[].authorship.by", SeenBy::Case),
        StoredField::at("stated[].authorship.at", SeenBy::Case),
        StoredField::new("merged_into", Class::Ordinary, SeenBy::Case, "Slått sammen med", "Merged into"),
        StoredField::new("merged[]", Class::Ordinary, SeenBy::Case, "Står også for", "Stands for as well"),
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
            // Whoever another stands for is nobody's duplicate any more.
            .with_optional(
                "birth_date",
                self.birth_date().filter(|_| self.merged_into().is_none()).map(BirthDate::reveal),
            )
            .with("compared_name", self.name().compared())
    }
}

impl Participant {
    /// The participant with this number.
    #[must_use]
    pub fn by_national_id(number: &NationalId) -> Unique<Self> {
        Unique::new("national_id", vec![number.as_str().into()])
    }

    /// The participants who have a name and a birth date in common, and are shown to those of an audience: to
    /// [`TrailAudience::Team`] those who are not strictly protected, to [`TrailAudience::Withheld`] those who are.
    pub(crate) fn alike(
        audience: TrailAudience,
        birth_date: BirthDate,
        name: &PersonName,
    ) -> Result<IndexRange, StoreError> {
        let index = Self::KIND.index("alike").ok_or_else(|| StoreError::misuse("the schema has no such index"))?;
        IndexRange::new(index, vec![audience.code().into(), birth_date.reveal().into(), name.compared().into()])
    }
}
