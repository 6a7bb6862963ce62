//! Narratives as records.

use crate::class::Class;
use crate::domain::{EntryCode, ListName, Narrative, NarrativeId, Thing, Topic, TrailId};
use crate::record::trail::TRAIL;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField, Unique};
use crate::store::{Field, FieldType, IndexSchema, Kind, KindSchema, Record, Subject};

/// The schema line of the kind.
pub(crate) static NARRATIVE: KindSchema = KindSchema::new("narrative")
    .child_of(&TRAIL)
    .fields(&[
        Field::new("trail", FieldType::Id, Class::Ordinary),
        Field::new("topic", FieldType::Text, Class::Ordinary),
    ])
    .indexes(&[IndexSchema::unique("topic", &["trail", "topic"])]);

impl Recorded for Narrative {
    type Id = NarrativeId;

    const KIND: Kind = Kind::of(&NARRATIVE);
    const THING: Thing = Thing::Narrative;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Kartlegge og planlegge sammen med deltakeren, tema for tema",
        "To map and to plan together with the participant, topic by topic",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::ByTopic),
        StoredField::new("trail", Class::Ordinary, SeenBy::ByTopic, "Jobbspor", "Trail"),
        StoredField::new("participant", Class::Ordinary, SeenBy::ByTopic, "Deltaker", "Participant"),
        StoredField::new("topic", Class::Ordinary, SeenBy::ByTopicAndConsented, "Tema", "Topic"),
        StoredField::new("number", Class::Ordinary, SeenBy::ByTopicAndConsented, "Versjon", "Version"),
        StoredField::new("text", Class::Health, SeenBy::ByTopicAndConsented, "Tekst", "Text"),
        StoredField::by("authorship.by", SeenBy::ByTopic),
        StoredField::at("authorship.at", SeenBy::ByTopic),
        StoredField::new(
            "entries.topics",
            Class::Ordinary,
            SeenBy::ByTopic,
            "Tema fra egen liste",
            "Topic of the list of one's own",
        ),
    ];

    fn id(&self) -> NarrativeId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.trail().as_uuid())
            .with("trail", self.trail().as_uuid())
            .with("topic", headed(self.topic(), self.entry(ListName::Topics)))
    }
}

impl Narrative {
    /// The narrative of a trail on a topic: there is at most one.
    #[must_use]
    pub fn on(trail: TrailId, topic: Topic) -> Unique<Self> {
        Self::under(trail, topic, None)
    }

    /// The narrative of a trail on a topic, or on an entry of the organisation's own list that stands for it: there is at
    /// most one of each.
    #[must_use]
    pub fn under(trail: TrailId, topic: Topic, entry: Option<&EntryCode>) -> Unique<Self> {
        Unique::new("topic", vec![trail.as_uuid().into(), headed(topic, entry).into()])
    }
}

/// A topic by its code, with the entry that stands for it behind a full stop, which no code holds.
fn headed(topic: Topic, entry: Option<&EntryCode>) -> String {
    entry.map_or_else(|| topic.code().to_owned(), |entry| format!("{}.{}", topic.code(), entry.as_str()))
}
