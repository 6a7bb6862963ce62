//! Assessments of capacity as records.

use crate::class::Class;
use crate::domain::{CapacityAssessment, CapacityAssessmentId, Thing};
use crate::record::participant::PARTICIPANT;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
use crate::store::{Field, FieldType, Kind, KindSchema, Record, Subject};

/// The schema line of the kind.
pub(crate) static CAPACITY_ASSESSMENT: KindSchema =
    KindSchema::new("capacity_assessment").child_of(&PARTICIPANT).fields(&[
        Field::new("assessed_on", FieldType::Day, Class::Ordinary),
        Field::new("next_review", FieldType::Day, Class::Ordinary),
    ]);

impl Recorded for CapacityAssessment {
    type Id = CapacityAssessmentId;

    const KIND: Kind = Kind::of(&CAPACITY_ASSESSMENT);
    const THING: Thing = Thing::CapacityAssessment;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Vite om deltakeren selv kan samtykke, og hvem som kan når det ikke er slik",
        "To know whether the participant can consent, and who can where that is not so",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Case),
        StoredField::new("participant", Class::Ordinary, SeenBy::Case, "Deltaker", "Participant"),
        StoredField::new(
            "finding.matter.extent",
            Class::Ordinary,
            SeenBy::Case,
            "Helt eller delvis",
            "Wholly or partly",
        ),
        StoredField::new(
            "finding.matter.purposes[]",
            Class::Ordinary,
            SeenBy::Case,
            "For hvilke formål",
            "For which purposes",
        ),
        StoredField::new("finding.outcome", Class::Health, SeenBy::Case, "Utfall", "Outcome"),
        StoredField::new("finding.assessed_by", Class::ThirdParty, SeenBy::Case, "Vurdert av", "Assessed by"),
        StoredField::new("finding.assessed_on", Class::Ordinary, SeenBy::Case, "Vurdert dato", "Assessed on"),
        StoredField::new("finding.reasons", Class::Health, SeenBy::Case, "Begrunnelse", "Reasons"),
        StoredField::new("finding.next_review", Class::Ordinary, SeenBy::Case, "Neste vurdering", "Next review"),
        StoredField::new("finding.document.kind", Class::Ordinary, SeenBy::Case, "Dokument: type", "Document: kind"),
        StoredField::new(
            "finding.document.version",
            Class::Ordinary,
            SeenBy::Case,
            "Dokument: versjon",
            "Document: version",
        ),
        StoredField::new(
            "finding.document.signature.by",
            Class::ThirdParty,
            SeenBy::Case,
            "Dokument: undertegnet av",
            "Document: signed by",
        ),
        StoredField::new(
            "finding.document.signature.on",
            Class::Ordinary,
            SeenBy::Case,
            "Dokument: undertegnet dato",
            "Document: signed on",
        ),
        StoredField::new(
            "finding.document.archive",
            Class::ThirdParty,
            SeenBy::Case,
            "Dokument: plass i arkivet",
            "Document: place in the archive",
        ),
        StoredField::new(
            "finding.document.digest",
            Class::Ordinary,
            SeenBy::Case,
            "Dokument: sjekksum",
            "Document: digest",
        ),
        StoredField::by("recorded.by", SeenBy::Case),
        StoredField::at("recorded.at", SeenBy::Case),
    ];

    fn id(&self) -> CapacityAssessmentId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.participant().as_uuid())
            .with("assessed_on", self.finding().assessed_on)
            .with_optional("next_review", self.finding().next_review)
    }
}
