//! Documents as records.

use crate::class::Class;
use crate::domain::{Document, DocumentId, Thing};
use crate::record::trail::TRAIL;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
use crate::store::{Field, FieldType, Kind, KindSchema, Record, Subject};

/// The schema line of the kind.
pub(crate) static DOCUMENT: KindSchema =
    KindSchema::new("document").child_of(&TRAIL).fields(&[Field::new("kind", FieldType::Text, Class::Ordinary)]);

impl Recorded for Document {
    type Id = DocumentId;

    const KIND: Kind = Kind::of(&DOCUMENT);
    const THING: Thing = Thing::Document;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Finne originalen til det som er undertegnet, og vise at det er den rette",
        "To find the original of what was signed, and to show that it is the right one",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::ByTopic),
        StoredField::new("trail", Class::Ordinary, SeenBy::ByTopic, "Jobbspor", "Trail"),
        StoredField::new("participant", Class::Ordinary, SeenBy::ByTopic, "Deltaker", "Participant"),
        StoredField::new("reference.kind", Class::Ordinary, SeenBy::ByTopic, "Dokument: type", "Document: kind"),
        StoredField::new(
            "reference.version",
            Class::Ordinary,
            SeenBy::ByTopic,
            "Dokument: versjon",
            "Document: version",
        ),
        StoredField::new(
            "reference.signature.by",
            Class::ThirdParty,
            SeenBy::ByTopic,
            "Dokument: undertegnet av",
            "Document: signed by",
        ),
        StoredField::new(
            "reference.signature.on",
            Class::Ordinary,
            SeenBy::ByTopic,
            "Dokument: undertegnet dato",
            "Document: signed on",
        ),
        StoredField::new(
            "reference.archive",
            Class::ThirdParty,
            SeenBy::ByTopic,
            "Dokument: plass i arkivet",
            "Document: place in the archive",
        ),
        StoredField::new(
            "reference.digest",
            Class::Ordinary,
            SeenBy::ByTopic,
            "Dokument: sjekksum",
            "Document: digest",
        ),
        StoredField::new("of.topic", Class::Ordinary, SeenBy::ByTopic, "Tema", "Topic"),
        StoredField::new("of.revision", Class::Ordinary, SeenBy::ByTopic, "Versjon av teksten", "Revision of the text"),
        StoredField::by("filed.by", SeenBy::ByTopic),
        StoredField::at("filed.at", SeenBy::ByTopic),
    ];

    fn id(&self) -> DocumentId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.trail().as_uuid())
            .with("kind", self.reference().kind.code())
    }
}
