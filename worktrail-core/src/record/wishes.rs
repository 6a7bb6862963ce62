//! Wishes as records.

use crate::class::Class;
use crate::domain::{Thing, Wishes, WishesId};
use crate::record::participant::PARTICIPANT;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
use crate::store::{Field, FieldType, IndexSchema, Kind, KindSchema, Record, Subject, Value};

/// The schema line of the kind.
pub(crate) static WISHES: KindSchema = KindSchema::new("wishes")
    .child_of(&PARTICIPANT)
    .fields(&[
        Field::new("participant", FieldType::Id, Class::Ordinary),
        Field::new("version", FieldType::Integer, Class::Ordinary),
    ])
    .indexes(&[IndexSchema::unique("version", &["participant", "version"])]);

impl Recorded for Wishes {
    type Id = WishesId;

    const KIND: Kind = Kind::of(&WISHES);
    const THING: Thing = Thing::Wishes;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Finne arbeid ut fra det deltakeren selv ønsker",
        "To find work from what the participant wishes for",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Case),
        StoredField::new("participant", Class::Ordinary, SeenBy::Case, "Deltaker", "Participant"),
        StoredField::new("version", Class::Ordinary, SeenBy::Case, "Versjon", "Version"),
        StoredField::new(
            "terms.occupations[].occupation.scheme",
            Class::Ordinary,
            SeenBy::Case,
            "Yrkesstandard",
            "Classification of occupations",
        ),
        StoredField::new(
            "terms.occupations[].occupation.version",
            Class::Ordinary,
            SeenBy::Case,
            "Versjon av yrkesstandarden",
            "Version of the classification",
        ),
        StoredField::new(
            "terms.occupations[].occupation.code",
            Class::Personal,
            SeenBy::Case,
            "Yrkeskode",
            "Code of the occupation",
        ),
        StoredField::new("terms.occupations[].occupation.label", Class::Personal, SeenBy::Case, "Yrke", "Occupation"),
        StoredField::new(
            "terms.occupations[].wanted",
            Class::Personal,
            SeenBy::Case,
            "Ønsket eller ikke",
            "Wanted or not",
        ),
        StoredField::new(
            "terms.hours_from",
            Class::Ordinary,
            SeenBy::Case,
            "Minst timer per uke",
            "Least hours a week",
        ),
        StoredField::new("terms.hours_to", Class::Ordinary, SeenBy::Case, "Mest timer per uke", "Most hours a week"),
        StoredField::new("terms.times[].on[]", Class::Ordinary, SeenBy::Case, "Ukedager", "Days of the week"),
        StoredField::new("terms.times[].from", Class::Ordinary, SeenBy::Case, "Fra klokken", "From the time of"),
        StoredField::new("terms.times[].to", Class::Ordinary, SeenBy::Case, "Til klokken", "To the time of"),
        StoredField::new("terms.municipalities[]", Class::Personal, SeenBy::Case, "Kommuner", "Municipalities"),
        StoredField::new("terms.travel_minutes", Class::Ordinary, SeenBy::Case, "Reisetid", "Travel time"),
        StoredField::new("terms.earliest_start", Class::Ordinary, SeenBy::Case, "Tidligste start", "Earliest start"),
        StoredField::new("terms.must_haves[]", Class::Health, SeenBy::Case, "Må ha", "Must-haves"),
        StoredField::new("terms.no_goes[]", Class::Health, SeenBy::Case, "Må unngå", "No-goes"),
        StoredField::new("terms.open_to[]", Class::Personal, SeenBy::Case, "Åpen for", "Open to"),
        StoredField::by("stated.by", SeenBy::Case),
        StoredField::at("stated.at", SeenBy::Case),
    ];

    fn id(&self) -> WishesId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.participant().as_uuid())
            .with("participant", self.participant().as_uuid())
            .with("version", Value::Integer(self.version().into()))
    }
}
