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
        StoredField::by("withdrawn.authorship.by", SeenBy::Case),
        StoredField::at("withdrawn.authorship.at", SeenBy::Case),
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
