//! Consents as records.

use crate::class::Class;
use crate::domain::{Consent, ConsentId, Thing};
use crate::record::participant::PARTICIPANT;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
use crate::store::{Field, FieldType, Kind, KindSchema, Record, Subject};

/// The schema line of the kind.
pub(crate) static CONSENT: KindSchema = KindSchema::new("consent").child_of(&PARTICIPANT).fields(&[
    Field::new("purpose", FieldType::Text, Class::Ordinary),
    Field::new("given_on", FieldType::Day, Class::Ordinary),
    Field::new("withdrawn_on", FieldType::Day, Class::Ordinary),
]);

impl Recorded for Consent {
    type Id = ConsentId;

    const KIND: Kind = Kind::of(&CONSENT);
    const THING: Thing = Thing::Consent;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Vise hva deltakeren har samtykket til, og hindre deling uten samtykke",
        "To show what the participant has consented to, and to keep anything else from being shared",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Case),
        StoredField::new("participant", Class::Ordinary, SeenBy::Case, "Deltaker", "Participant"),
        StoredField::new("purpose", Class::Ordinary, SeenBy::Case, "Formål", "Purpose"),
        StoredField::new("recipients[].kind", Class::Ordinary, SeenBy::Case, "Mottakertype", "Kind of recipient"),
        StoredField::new(
            "recipients[].employer",
            Class::Ordinary,
            SeenBy::Case,
            "Arbeidsgiver som mottaker",
            "Employer as recipient",
        ),
        StoredField::new(
            "recipients[].name",
            Class::ThirdParty,
            SeenBy::Case,
            "Navn på mottaker",
            "Name of the recipient",
        ),
        StoredField::new("recipients[].team", Class::Ordinary, SeenBy::Case, "Team som mottaker", "Team as recipient"),
        StoredField::new("classes[]", Class::Ordinary, SeenBy::Case, "Opplysningstyper", "Kinds of data"),
        StoredField::new("text_version", Class::Ordinary, SeenBy::Case, "Versjon av teksten", "Version of the text"),
        StoredField::new("text_hash", Class::Ordinary, SeenBy::Case, "Sjekksum av teksten", "Hash of the text"),
        StoredField::new("given_by", Class::Ordinary, SeenBy::Case, "Gitt av", "Given by"),
        StoredField::new("channel", Class::Ordinary, SeenBy::Case, "Kanal", "Channel"),
        StoredField::new(
            "birth_date",
            Class::Personal,
            SeenBy::Case,
            "Fødselsdato da samtykket ble gitt",
            "Birth date when it was given",
        ),
        StoredField::by("given.by", SeenBy::Case),
        StoredField::at("given.at", SeenBy::Case),
        StoredField::new(
            "withdrawn.channel",
            Class::Ordinary,
            SeenBy::Case,
            "Kanal for tilbaketrekkingen",
            "Channel of the withdrawal",
        ),
        StoredField::new(
            "withdrawn.trail",
            Class::Ordinary,
            SeenBy::Case,
            "Sporet den ble trukket tilbake på",
            "Trail on which it was withdrawn",
        ),
        StoredField::by("withdrawn.authorship.by", SeenBy::Case),
        StoredField::at("withdrawn.authorship.at", SeenBy::Case),
        StoredField::new(
            "capacity.ground",
            Class::Ordinary,
            SeenBy::Case,
            "Grunnlag for samtykkekompetanse",
            "Ground of the capacity",
        ),
        StoredField::new(
            "capacity.assessment",
            Class::Ordinary,
            SeenBy::Case,
            "Vurdering av samtykkekompetanse",
            "Assessment of capacity",
        ),
        StoredField::new("document.kind", Class::Ordinary, SeenBy::Case, "Dokument: type", "Document: kind"),
        StoredField::new("document.version", Class::Ordinary, SeenBy::Case, "Dokument: versjon", "Document: version"),
        StoredField::new(
            "document.signature.by",
            Class::ThirdParty,
            SeenBy::Case,
            "Dokument: undertegnet av",
            "Document: signed by",
        ),
        StoredField::new(
            "document.signature.on",
            Class::Ordinary,
            SeenBy::Case,
            "Dokument: undertegnet dato",
            "Document: signed on",
        ),
        StoredField::new(
            "document.archive",
            Class::ThirdParty,
            SeenBy::Case,
            "Dokument: plass i arkivet",
            "Document: place in the archive",
        ),
        StoredField::new("document.digest", Class::Ordinary, SeenBy::Case, "Dokument: sjekksum", "Document: digest"),
        StoredField::new(
            "mandate.matter.extent",
            Class::Ordinary,
            SeenBy::Case,
            "Vergens fullmakt: helt eller delvis",
            "Mandate: wholly or partly",
        ),
        StoredField::new(
            "mandate.matter.purposes[]",
            Class::Ordinary,
            SeenBy::Case,
            "Vergens fullmakt: formål",
            "Mandate: purposes",
        ),
        StoredField::new(
            "mandate.period.first",
            Class::Ordinary,
            SeenBy::Case,
            "Vergens fullmakt: første dag",
            "Mandate: first day",
        ),
        StoredField::new(
            "mandate.period.last",
            Class::Ordinary,
            SeenBy::Case,
            "Vergens fullmakt: siste dag",
            "Mandate: last day",
        ),
        StoredField::new("mandate.guardian", Class::ThirdParty, SeenBy::Case, "Verge", "Guardian"),
        StoredField::new(
            "mandate.document.kind",
            Class::Ordinary,
            SeenBy::Case,
            "Vergens fullmakt: type",
            "Mandate: kind",
        ),
        StoredField::new(
            "mandate.document.version",
            Class::Ordinary,
            SeenBy::Case,
            "Vergens fullmakt: versjon",
            "Mandate: version",
        ),
        StoredField::new(
            "mandate.document.signature.by",
            Class::ThirdParty,
            SeenBy::Case,
            "Vergens fullmakt: undertegnet av",
            "Mandate: signed by",
        ),
        StoredField::new(
            "mandate.document.signature.on",
            Class::Ordinary,
            SeenBy::Case,
            "Vergens fullmakt: undertegnet dato",
            "Mandate: signed on",
        ),
        StoredField::new(
            "mandate.document.archive",
            Class::ThirdParty,
            SeenBy::Case,
            "Vergens fullmakt: plass i arkivet",
            "Mandate: place in the archive",
        ),
        StoredField::new(
            "mandate.document.digest",
            Class::Ordinary,
            SeenBy::Case,
            "Vergens fullmakt: sjekksum",
            "Mandate: digest",
        ),
        StoredField::new("guideline.title", Class::Ordinary, SeenBy::Case, "Retningslinje", "Guideline"),
        StoredField::new(
            "guideline.version",
            Class::Ordinary,
            SeenBy::Case,
            "Versjon av retningslinjen",
            "Version of the guideline",
        ),
        StoredField::new(
            "guideline.text_hash",
            Class::Ordinary,
            SeenBy::Case,
            "Sjekksum av retningslinjen",
            "Hash of the guideline",
        ),
    ];

    fn id(&self) -> ConsentId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.participant().as_uuid())
            .with("purpose", self.purpose().code())
            .with("given_on", self.given().day())
            .with_optional("withdrawn_on", self.withdrawn().map(|it| it.authorship().day()))
    }
}
