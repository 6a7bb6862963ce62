//! Openness agreements as records.

use crate::class::Class;
use crate::domain::{Authorship, OpennessAgreement, OpennessId, Thing};
use crate::record::trail::TRAIL;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
use crate::store::{Field, FieldType, IndexSchema, Kind, KindSchema, Record, Subject};

/// The schema line of the kind.
pub(crate) static OPENNESS: KindSchema = KindSchema::new("openness")
    .child_of(&TRAIL)
    .fields(&[
        Field::new("trail", FieldType::Id, Class::Ordinary),
        Field::new("version", FieldType::Integer, Class::Ordinary),
        Field::new("agreed_on", FieldType::Day, Class::Ordinary),
        Field::new("withdrawn_on", FieldType::Day, Class::Ordinary),
    ])
    .indexes(&[IndexSchema::unique("version", &["trail", "version"])]);

impl Recorded for OpennessAgreement {
    type Id = OpennessId;

    const KIND: Kind = Kind::of(&OPENNESS);
    const THING: Thing = Thing::Openness;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Holde det deltakeren har bestemt om åpenhet overfor arbeidsgivere",
        "To keep to what the participant has decided on disclosure to employers",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Case),
        StoredField::new("trail", Class::Ordinary, SeenBy::Case, "Jobbspor", "Trail"),
        StoredField::new("participant", Class::Ordinary, SeenBy::Case, "Deltaker", "Participant"),
        StoredField::new("version", Class::Ordinary, SeenBy::Case, "Versjon", "Version"),
        StoredField::new("terms.agreed_on", Class::Ordinary, SeenBy::Case, "Avtalt dato", "Agreed on"),
        StoredField::new("terms.stance", Class::Ordinary, SeenBy::Case, "Åpenhet", "Disclosure"),
        StoredField::new(
            "terms.may_contact[]",
            Class::Ordinary,
            SeenBy::Case,
            "Arbeidsgivere som kan kontaktes",
            "Employers who may be contacted",
        ),
        StoredField::new(
            "terms.must_not_contact[]",
            Class::Ordinary,
            SeenBy::Case,
            "Arbeidsgivere som ikke skal kontaktes",
            "Employers who must not be contacted",
        ),
        StoredField::new(
            "terms.advantages",
            Class::Health,
            SeenBy::Case,
            "Fordeler med åpenhet",
            "Advantages of disclosure",
        ),
        StoredField::new(
            "terms.drawbacks",
            Class::Health,
            SeenBy::Case,
            "Ulemper med åpenhet",
            "Drawbacks of disclosure",
        ),
        StoredField::new("terms.may_share", Class::Health, SeenBy::Case, "Hva som kan deles", "What may be shared"),
        StoredField::new(
            "terms.must_not_share",
            Class::Health,
            SeenBy::Case,
            "Hva som ikke skal deles",
            "What must not be shared",
        ),
        StoredField::new(
            "terms.occasions[]",
            Class::Ordinary,
            SeenBy::Case,
            "Dager det ble drøftet",
            "Days on which it was discussed",
        ),
        StoredField::new(
            "terms.may_contact_institutions[]",
            Class::ThirdParty,
            SeenBy::Case,
            "Utdanningssteder som kan kontaktes",
            "Places of education that may be contacted",
        ),
        StoredField::new(
            "terms.must_not_contact_institutions[]",
            Class::ThirdParty,
            SeenBy::Case,
            "Utdanningssteder som ikke skal kontaktes",
            "Places of education that must not be contacted",
        ),
        StoredField::by("agreed.by", SeenBy::Case),
        StoredField::at("agreed.at", SeenBy::Case),
        StoredField::by("withdrawn.by", SeenBy::Case),
        StoredField::at("withdrawn.at", SeenBy::Case),
    ];

    fn id(&self) -> OpennessId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.trail().as_uuid())
            .with("trail", self.trail().as_uuid())
            .with("version", i64::from(self.version()))
            .with("agreed_on", self.agreed().day())
            .with_optional("withdrawn_on", self.withdrawn().map(Authorship::day))
    }
}
