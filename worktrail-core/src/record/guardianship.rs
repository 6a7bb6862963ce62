//! Guardianships as records.

use crate::class::Class;
use crate::domain::{ActorId, Guardianship, GuardianshipId, ParticipantId, Thing};
use crate::record::participant::PARTICIPANT;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField, Unique};
use crate::store::{Field, FieldType, IndexSchema, Kind, KindSchema, Record, Subject};

/// The schema line of the kind. The field `acting` is as whom the guardian acts, until the guardianship is ended.
pub(crate) static GUARDIANSHIP: KindSchema = KindSchema::new("guardianship")
    .child_of(&PARTICIPANT)
    .fields(&[
        Field::new("participant", FieldType::Id, Class::Ordinary),
        Field::new("acting", FieldType::Id, Class::Ordinary),
    ])
    .indexes(&[IndexSchema::unique("participant_and_acting", &["participant", "acting"])]);

impl Recorded for Guardianship {
    type Id = GuardianshipId;

    const KIND: Kind = Kind::of(&GUARDIANSHIP);
    const THING: Thing = Thing::Guardianship;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Vite hvem som kan samtykke for deltakeren, fra når til når og etter hvilket dokument",
        "To know who may consent for the participant, from when to when and by which paper",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Case),
        StoredField::new("participant", Class::Ordinary, SeenBy::Case, "Deltaker", "Participant"),
        StoredField::new(
            "terms.name.given",
            Class::ThirdParty,
            SeenBy::Case,
            "Vergens fornavn",
            "Guardian's given name",
        ),
        StoredField::new(
            "terms.name.middle",
            Class::ThirdParty,
            SeenBy::Case,
            "Vergens mellomnavn",
            "Guardian's middle name",
        ),
        StoredField::new(
            "terms.name.family",
            Class::ThirdParty,
            SeenBy::Case,
            "Vergens etternavn",
            "Guardian's family name",
        ),
        StoredField::new("terms.kind", Class::Personal, SeenBy::Case, "Type verge", "Kind of guardian"),
        StoredField::new("terms.period.first", Class::Ordinary, SeenBy::Case, "Fra og med", "From"),
        StoredField::new("terms.period.last", Class::Ordinary, SeenBy::Case, "Til og med", "To"),
        StoredField::new("terms.acts_as", Class::Ordinary, SeenBy::Case, "Handler som", "Acts as"),
        StoredField::new("terms.document.kind", Class::Ordinary, SeenBy::Case, "Type dokument", "Kind of document"),
        StoredField::new(
            "terms.document.version",
            Class::Ordinary,
            SeenBy::Case,
            "Dokumentets versjon",
            "Version of the document",
        ),
        StoredField::new("terms.document.signature.by", Class::ThirdParty, SeenBy::Case, "Signert av", "Signed by"),
        StoredField::new("terms.document.signature.on", Class::Ordinary, SeenBy::Case, "Signert dato", "Signed on"),
        StoredField::new("terms.document.archive", Class::Personal, SeenBy::Case, "Arkivert som", "Archived as"),
        StoredField::new(
            "terms.document.digest",
            Class::Ordinary,
            SeenBy::Case,
            "Dokumentets sjekksum",
            "Digest of the document",
        ),
        StoredField::by("registered.by", SeenBy::Case),
        StoredField::at("registered.at", SeenBy::Case),
        StoredField::new("ended.on", Class::Ordinary, SeenBy::Case, "Avsluttet dato", "Ended on"),
        StoredField::by("ended.authorship.by", SeenBy::Case),
        StoredField::at("ended.authorship.at", SeenBy::Case),
    ];

    fn id(&self) -> GuardianshipId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.participant().as_uuid())
            .with("participant", self.participant().as_uuid())
            .with_optional("acting", self.acting().map(ActorId::as_uuid))
    }
}

impl Guardianship {
    /// The guardianship by which somebody acts for a participant: there is at most one that is not ended.
    #[must_use]
    pub fn between(participant: ParticipantId, acting: ActorId) -> Unique<Self> {
        Unique::new("participant_and_acting", vec![participant.as_uuid().into(), acting.as_uuid().into()])
    }
}
