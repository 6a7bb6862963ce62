//! Narratives: the texts of the career profile and the plans, one for each topic of a trail.

use serde::{Deserialize, Serialize};

use super::fact::Fact;
use super::id::{NarrativeId, ParticipantId, TrailId};
use super::kept::{Kept, NotKept, kept};
use super::moment::Authorship;
use super::rejection::Rejection;
use super::text::Text;
use super::thing::Thing;
use super::topic::{LONGEST_NARRATIVE, Topic};
use super::trail::Trail;

/// The text of a narrative; its topic may allow fewer characters.
pub type NarrativeText = Text<LONGEST_NARRATIVE>;

/// What a trail says about one topic, with every revision, author and date.
///
/// There is one for each topic of a trail; a store holds trail and topic as a unique value. It is a record of its own,
/// so that two people's notes do not conflict and moving a phase does not rewrite thousands of words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Narrative {
    id: NarrativeId,
    trail: TrailId,
    participant: ParticipantId,
    topic: Topic,
    #[serde(deserialize_with = "kept")]
    current: NarrativeRevision,
    /// Oldest first.
    #[serde(deserialize_with = "kept")]
    earlier: Vec<NarrativeRevision>,
}

/// One revision of a narrative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NarrativeRevision {
    text: NarrativeText,
    authorship: Authorship,
}

#[derive(Deserialize)]
pub(crate) struct KeptRevision {
    #[serde(deserialize_with = "kept")]
    text: NarrativeText,
    authorship: Authorship,
}

impl Kept for NarrativeRevision {
    type Form = KeptRevision;

    fn from_kept(form: KeptRevision) -> Result<Self, NotKept> {
        Ok(Self { text: form.text, authorship: form.authorship })
    }
}

impl NarrativeRevision {
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

impl Narrative {
    /// Writes the first text about a topic.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10), [`Rejection::TopicNotOfMethod`], [`Rejection::NarrativeTooLong`].
    pub fn write(
        id: NarrativeId,
        trail: &Trail,
        topic: Topic,
        text: NarrativeText,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        trail.must_be_open()?;
        if !topic.belongs_to(trail.method()) {
            return Err(Rejection::TopicNotOfMethod { method: trail.method(), topic });
        }
        must_fit(topic, &text)?;
        let current = NarrativeRevision { text, authorship: *by };
        let participant = trail.participant();
        let narrative = Self { id, trail: trail.id(), participant, topic, current, earlier: Vec::new() };
        let fact = narrative.written();
        Ok((narrative, fact))
    }

    /// Writes a new text; the former stays as a revision. The same text again is none: a form that saves by itself
    /// would fill the record with copies.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10), [`Rejection::BelongsElsewhere`], [`Rejection::NarrativeTooLong`],
    /// [`Rejection::NothingChanges`].
    pub fn revise(mut self, trail: &Trail, text: NarrativeText, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        trail.must_be_open_for(self.trail, Thing::Narrative)?;
        must_fit(self.topic, &text)?;
        if self.current.text == text {
            return Err(Rejection::NothingChanges);
        }
        let former = std::mem::replace(&mut self.current, NarrativeRevision { text, authorship: *by });
        self.earlier.push(former);
        let fact = self.written();
        Ok((self, fact))
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> NarrativeId {
        self.id
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

    /// The text that stands.
    #[must_use]
    pub const fn current(&self) -> &NarrativeRevision {
        &self.current
    }

    /// Every revision, oldest first, the one that stands last.
    #[must_use]
    pub fn revisions(&self) -> impl DoubleEndedIterator<Item = &NarrativeRevision> {
        self.earlier.iter().chain(std::iter::once(&self.current))
    }

    /// The number of the revision that stands, from 1.
    #[must_use]
    pub fn revision_number(&self) -> u32 {
        u32::try_from(self.earlier.len()).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// The words are not in the fact: health text has one place.
    fn written(&self) -> Fact {
        let revision = self.revision_number();
        Fact::NarrativeWritten { narrative: self.id, trail: self.trail, topic: self.topic, revision }
    }
}

fn must_fit(topic: Topic, text: &NarrativeText) -> Result<(), Rejection> {
    let max = topic.max_chars();
    if text.as_str().chars().nth(max).is_some() {
        return Err(Rejection::NarrativeTooLong { topic, max });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::trail::samples::{ended, other_trail, started};
    use super::*;
    use crate::domain::samples::by_spurv;

    fn text(text: &str) -> NarrativeText {
        Text::parse(text).expect("a text")
    }

    fn health(trail: &Trail) -> Result<(Narrative, Fact), Rejection> {
        let id = NarrativeId::new(Uuid::from_u128(1));
        Narrative::write(id, trail, Topic::Health, text("Trenger pauser"), &by_spurv("2022-06-03"))
    }

    #[test]
    fn every_revision_is_kept_with_author_and_date() {
        // given a text about health
        let trail = started("2022-05-27", "2022-06-02");
        let (narrative, _) = health(&trail).expect("written");
        // when it is revised
        let (narrative, fact) =
            narrative.revise(&trail, text("Trenger pauser og lys"), &by_spurv("2022-07-01")).expect("revised");
        // then both stand, and the fact holds none of the words
        let days: Vec<_> = narrative.revisions().map(|revision| revision.authorship().day().to_string()).collect();
        assert_eq!(days, ["2022-06-03", "2022-07-01"]);
        assert_eq!(narrative.current().text().as_str(), "Trenger pauser og lys");
        assert!(!serde_json::to_string(&fact).expect("json").contains("pauser"));
        assert!(matches!(fact, Fact::NarrativeWritten { revision: 2, .. }));
    }

    #[test]
    fn the_same_text_again_is_no_revision() {
        let trail = started("2022-05-27", "2022-06-02");
        let (narrative, _) = health(&trail).expect("written");
        let again = narrative.revise(&trail, text("Trenger pauser"), &by_spurv("2022-07-01"));
        assert_eq!(again.unwrap_err(), Rejection::NothingChanges);
    }

    #[test]
    fn a_topic_has_its_own_length() {
        let trail = started("2022-05-27", "2022-06-02");
        let id = NarrativeId::new(Uuid::from_u128(1));
        let long = text(&"a".repeat(Topic::PreferredHours.max_chars() + 1));
        let refused = Narrative::write(id, &trail, Topic::PreferredHours, long, &by_spurv("2022-06-03"));
        let max = Topic::PreferredHours.max_chars();
        assert_eq!(refused.unwrap_err(), Rejection::NarrativeTooLong { topic: Topic::PreferredHours, max });
    }

    #[test]
    fn i10_nothing_is_written_on_an_ended_trail_nor_on_another() {
        let trail = ended();
        assert_eq!(health(&trail).unwrap_err(), Rejection::TrailEnded { trail: trail.id() });
        let (narrative, _) = health(&started("2022-05-27", "2022-06-02")).expect("written");
        let refused = narrative.revise(&other_trail(), text("annet"), &by_spurv("2022-06-04"));
        assert_eq!(refused.unwrap_err(), Rejection::BelongsElsewhere { what: Thing::Narrative });
    }

    #[test]
    fn a_kept_narrative_reads_back_as_it_was() {
        let (narrative, _) = health(&started("2022-05-27", "2022-06-02")).expect("written");
        let json = serde_json::to_string(&narrative).expect("json");
        assert_eq!(serde_json::from_str::<Narrative>(&json).expect("a narrative"), narrative);
    }
}
