//! Former texts of narratives as records.

use crate::class::Class;
use crate::domain::{NarrativeId, NarrativeRevision, NarrativeRevisionId, Thing};
use crate::record::narrative::NARRATIVE;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
use crate::store::{Field, FieldType, IndexRange, IndexSchema, Kind, KindSchema, Record, StoreError, Subject};

/// The schema line of the kind.
pub(crate) static NARRATIVE_REVISION: KindSchema = KindSchema::new("narrative_revision")
    .child_of(&NARRATIVE)
    .fields(&[
        Field::new("narrative", FieldType::Id, Class::Ordinary),
        Field::new("number", FieldType::Integer, Class::Ordinary),
    ])
    .indexes(&[IndexSchema::unique("number", &["narrative", "number"])]);

impl Recorded for NarrativeRevision {
    type Id = NarrativeRevisionId;

    const KIND: Kind = Kind::of(&NARRATIVE_REVISION);
    const THING: Thing = Thing::NarrativeRevision;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Vise hva som stod på temaet før, og hvem som skrev det",
        "To show what stood on the topic before, and who wrote it",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::ByTopic),
        StoredField::new("narrative", Class::Ordinary, SeenBy::ByTopic, "Fritekst", "Narrative"),
        StoredField::new("trail", Class::Ordinary, SeenBy::ByTopic, "Jobbspor", "Trail"),
        StoredField::new("participant", Class::Ordinary, SeenBy::ByTopic, "Deltaker", "Participant"),
        StoredField::new("topic", Class::Ordinary, SeenBy::ByTopic, "Tema", "Topic"),
        StoredField::new("number", Class::Ordinary, SeenBy::ByTopic, "Versjon", "Version"),
        StoredField::new("text", Class::Health, SeenBy::ByTopic, "Tekst", "Text"),
        StoredField::by("authorship.by", SeenBy::ByTopic),
        StoredField::at("authorship.at", SeenBy::ByTopic),
    ];

    fn id(&self) -> NarrativeRevisionId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.narrative().as_uuid())
            .with("narrative", self.narrative().as_uuid())
            .with("number", i64::from(self.number()))
    }
}

impl NarrativeRevision {
    /// The former texts of a narrative, oldest first.
    pub(crate) fn in_order(narrative: NarrativeId) -> Result<IndexRange, StoreError> {
        let index = Self::KIND.index("number").ok_or_else(|| StoreError::misuse("the schema has no such index"))?;
        IndexRange::new(index, vec![narrative.as_uuid().into()])
    }
}
