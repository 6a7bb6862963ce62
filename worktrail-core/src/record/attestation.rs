//! Attestations as records.

use crate::class::Class;
use crate::domain::{Attestation, AttestationId, Thing};
use crate::record::participant::PARTICIPANT;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
use crate::store::{Field, FieldType, Kind, KindSchema, Record, Subject};

/// The schema line of the kind.
pub(crate) static ATTESTATION: KindSchema = KindSchema::new("attestation").child_of(&PARTICIPANT).fields(&[
    Field::new("kind", FieldType::Text, Class::Ordinary),
    Field::new("made_at", FieldType::Instant, Class::Ordinary),
]);

impl Recorded for Attestation {
    type Id = AttestationId;

    const KIND: Kind = Kind::of(&ATTESTATION);
    const THING: Thing = Thing::Attestation;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Vise at riktig person ble identifisert, og at rettigheter og foresattes samtykke er på plass",
        "To show that the right person was identified, informed of their rights, and has a guardian's consent where due",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Case),
        StoredField::new("participant", Class::Ordinary, SeenBy::Case, "Deltaker", "Participant"),
        StoredField::new("kind.kind", Class::Ordinary, SeenBy::Case, "Hva som er bekreftet", "What was attested"),
        StoredField::new("kind.notice", Class::Ordinary, SeenBy::Case, "Informasjonsskriv", "Notice"),
        StoredField::new("kind.version", Class::Ordinary, SeenBy::Case, "Versjon av skrivet", "Version of the notice"),
        StoredField::new("kind.language", Class::Ordinary, SeenBy::Case, "Språk", "Language"),
        StoredField::new("kind.channel", Class::Ordinary, SeenBy::Case, "Kanal", "Channel"),
        StoredField::new(
            "kind.document",
            Class::ThirdParty,
            SeenBy::Case,
            "Dokumentreferanse for foresattes samtykke",
            "Document reference of the guardian's consent",
        ),
        StoredField::new("kind.reference.kind", Class::Ordinary, SeenBy::Case, "Dokument: type", "Document: kind"),
        StoredField::new(
            "kind.reference.version",
            Class::Ordinary,
            SeenBy::Case,
            "Dokument: versjon",
            "Document: version",
        ),
        StoredField::new(
            "kind.reference.signature.by",
            Class::ThirdParty,
            SeenBy::Case,
            "Dokument: undertegnet av",
            "Document: signed by",
        ),
        StoredField::new(
            "kind.reference.signature.on",
            Class::Ordinary,
            SeenBy::Case,
            "Dokument: undertegnet dato",
            "Document: signed on",
        ),
        StoredField::new(
            "kind.reference.archive",
            Class::ThirdParty,
            SeenBy::Case,
            "Dokument: plass i arkivet",
            "Document: place in the archive",
        ),
        StoredField::new(
            "kind.reference.digest",
            Class::Ordinary,
            SeenBy::Case,
            "Dokument: sjekksum",
            "Document: digest",
        ),
        StoredField::by("made.by", SeenBy::Case),
        StoredField::at("made.at", SeenBy::Case),
    ];

    fn id(&self) -> AttestationId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.participant().as_uuid())
            .with("kind", self.kind().code())
            .with("made_at", self.made().at().instant())
    }
}
