//! Former texts of narratives as records.

use crate::class::Class;
use crate::domain::{NarrativeId, NarrativeRevision, NarrativeRevisionId, Thing};
use crate::record::Recorded;
use crate::record::narrative::NARRATIVE;
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
    const CLASSES: &'static [(&'static str, Class)] = &[
        ("id", Class::Ordinary),
        ("narrative", Class::Ordinary),
        ("trail", Class::Ordinary),
        ("participant", Class::Ordinary),
        ("topic", Class::Ordinary),
        ("number", Class::Ordinary),
        ("text", Class::Health),
        ("authorship.by", Class::Ordinary),
        ("authorship.at", Class::Ordinary),
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
