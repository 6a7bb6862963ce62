//! Former texts of narratives, each as it stood.

use serde::{Deserialize, Serialize};

use super::id::{NarrativeId, NarrativeRevisionId, ParticipantId, TrailId};
use super::kept::kept;
use super::moment::Authorship;
use super::narrative::{Narrative, NarrativeText};
use super::topic::Topic;

/// A text that stood on a topic until another one was written. It never changes.
///
/// A store holds narrative and number as a unique value, so that the revisions of a topic are read in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NarrativeRevision {
    id: NarrativeRevisionId,
    narrative: NarrativeId,
    trail: TrailId,
    participant: ParticipantId,
    topic: Topic,
    number: u32,
    #[serde(deserialize_with = "kept")]
    text: NarrativeText,
    authorship: Authorship,
}

impl NarrativeRevision {
    /// What stands in a narrative, as it is kept when another text takes its place.
    pub(super) fn of(id: NarrativeRevisionId, narrative: &Narrative) -> Self {
        Self {
            id,
            narrative: narrative.id(),
            trail: narrative.trail(),
            participant: narrative.participant(),
            topic: narrative.topic(),
            number: narrative.number(),
            text: narrative.text().clone(),
            authorship: *narrative.authorship(),
        }
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> NarrativeRevisionId {
        self.id
    }

    /// The narrative in which it stood.
    #[must_use]
    pub const fn narrative(&self) -> NarrativeId {
        self.narrative
    }

    /// The trail that it belongs to.
    #[must_use]
    pub const fn trail(&self) -> TrailId {
        self.trail
    }

    /// The participant whom it concerns.
    #[must_use]
    pub const fn participant(&self) -> ParticipantId {
        self.participant
    }

    /// What it is about.
    #[must_use]
    pub const fn topic(&self) -> Topic {
        self.topic
    }

    /// Its number among the texts of the narrative, from 1.
    #[must_use]
    pub const fn number(&self) -> u32 {
        self.number
    }

    /// The words.
    #[must_use]
    pub const fn text(&self) -> &NarrativeText {
        &self.text
    }

    /// Who wrote them, and when.
    #[must_use]
    pub const fn authorship(&self) -> &Authorship {
        &self.authorship
    }
}
