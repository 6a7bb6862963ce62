//! The list of names as records.

use crate::class::Class;
use crate::domain::{NameBeginning, NameEntry, NameEntryId, TeamId, Thing};
use crate::record::participant::PARTICIPANT;
use crate::record::{Concerns, Keeping, Recorded, Retention, SeenBy, StoredField};
use crate::store::{Field, FieldType, IndexRange, IndexSchema, Kind, KindSchema, Record, StoreError, Subject};

/// The schema line of the kind. The team leads the index: who is found is a range that the team may see.
pub(crate) static NAME_ENTRY: KindSchema = KindSchema::new("name_entry")
    .child_of(&PARTICIPANT)
    .fields(&[Field::new("team", FieldType::Id, Class::Ordinary), Field::new("text", FieldType::Text, Class::Personal)])
    .indexes(&[IndexSchema::shared("by_name", &["team", "text"])]);

impl Recorded for NameEntry {
    type Id = NameEntryId;

    const KIND: Kind = Kind::of(&NAME_ENTRY);
    const THING: Thing = Thing::NameEntry;
    const FORM: u16 = 1;
    const KEEPING: Keeping = Keeping::new(
        Concerns::Participant,
        Retention::AfterTrail,
        "Finne deltakeren ved begynnelsen av et navn, så lenge jobbsporet er åpent",
        "To find the participant by the beginning of a name, while the trail is open",
    );
    const FIELDS: &'static [StoredField] = &[
        StoredField::id(SeenBy::Nobody),
        StoredField::new("participant", Class::Ordinary, SeenBy::Case, "Deltaker", "Participant"),
        StoredField::new("team", Class::Ordinary, SeenBy::Case, "Team", "Team"),
        StoredField::new("text", Class::Personal, SeenBy::Nobody, "Navnet slik det sammenlignes", "Name as compared"),
    ];

    fn id(&self) -> NameEntryId {
        self.id()
    }

    fn describe(&self, record: Record) -> Record {
        record
            .about(Subject::new(self.participant().as_uuid()))
            .under(self.participant().as_uuid())
            .with("team", self.team().as_uuid())
            .with("text", self.text())
    }
}

impl NameEntry {
    /// The entries of a team whose name begins so, in the order of the names.
    pub(crate) fn of_team(team: TeamId, beginning: &NameBeginning) -> Result<IndexRange, StoreError> {
        let index = Self::KIND.index("by_name").ok_or_else(|| StoreError::misuse("the schema has no such index"))?;
        IndexRange::new(index, vec![team.as_uuid().into()])?.beginning(beginning.as_str())
    }
}
