//! Narratives: the texts of the career profile and the plans, one for each topic of a trail.

use serde::{Deserialize, Serialize};

use super::entries::{Entries, chooses};
use super::fact::Fact;
use super::id::{NarrativeId, NarrativeRevisionId, ParticipantId, TrailId};
use super::kept::kept;
use super::moment::Authorship;
use super::narrative_revision::NarrativeRevision;
use super::rejection::Rejection;
use super::text::Text;
use super::thing::Thing;
use super::topic::{LONGEST_NARRATIVE, Topic};
use super::trail::Trail;

/// The text of a narrative; its topic may allow fewer characters.
pub type NarrativeText = Text<LONGEST_NARRATIVE>;

/// What a trail says about one topic: the text that stands, with its author and date.
///
/// There is one for each topic of a trail, and one for each entry of the organisation's own list that stands for one
/// (`DA9`); a store holds trail and topic, with the entry, as a unique value. It is a record of its own,
/// so that two people's notes do not conflict and moving a phase does not rewrite thousands of words. Each former text
/// is a record of its own as well, a [`NarrativeRevision`]: a topic can be written as often as it takes, and whoever
/// reads what stands does not read all that ever stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Narrative {
    id: NarrativeId,
    trail: TrailId,
    participant: ParticipantId,
    topic: Topic,
    /// From 1.
    number: u32,
    #[serde(deserialize_with = "kept")]
    text: NarrativeText,
    authorship: Authorship,
    #[serde(default, skip_serializing_if = "Entries::is_empty", deserialize_with = "kept")]
    entries: Entries,
}

chooses!(Narrative);

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
        let participant = trail.participant();
        let (trail, entries) = (trail.id(), Entries::default());
        let narrative = Self { id, trail, participant, topic, number: 1, text, authorship: *by, entries };
        let fact = narrative.written();
        Ok((narrative, fact))
    }

    /// Writes a new text; the former is kept as a revision, under an id of its own. The same text again is none: a form
    /// that saves by itself would fill the record with copies.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10), [`Rejection::BelongsElsewhere`], [`Rejection::NarrativeTooLong`],
    /// [`Rejection::NothingChanges`].
    pub fn revise(
        mut self,
        trail: &Trail,
        former: NarrativeRevisionId,
        text: NarrativeText,
        by: &Authorship,
    ) -> Result<(Self, NarrativeRevision, Fact), Rejection> {
        trail.must_be_open_for(self.trail, Thing::Narrative)?;
        must_fit(self.topic, &text)?;
        if self.text == text {
            return Err(Rejection::NothingChanges);
        }
        let former = NarrativeRevision::of(former, &self);
        self.number = self.number.saturating_add(1);
        self.text = text;
        self.authorship = *by;
        let fact = self.written();
        Ok((self, former, fact))
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

    /// The number of the revision that stands, from 1. Those before it are kept as [`NarrativeRevision`]s.
    #[must_use]
    pub const fn number(&self) -> u32 {
        self.number
    }

    /// The words that stand.
    #[must_use]
    pub const fn text(&self) -> &NarrativeText {
        &self.text
    }

    /// Who wrote them, and when.
    #[must_use]
    pub const fn authorship(&self) -> &Authorship {
        &self.authorship
    }

    /// The words are not in the fact: health text has one place.
    fn written(&self) -> Fact {
        Fact::NarrativeWritten { narrative: self.id, trail: self.trail, topic: self.topic, revision: self.number }
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

    fn former() -> NarrativeRevisionId {
        NarrativeRevisionId::new(Uuid::from_u128(2))
    }

    #[test]
    fn every_revision_is_kept_with_author_and_date() {
        // given a text about health
        let trail = started("2022-05-27", "2022-06-02");
        let (narrative, _) = health(&trail).expect("written");
        // when it is revised
        let (narrative, kept, fact) = narrative
            .revise(&trail, former(), text("Trenger pauser og lys"), &by_spurv("2022-07-01"))
            .expect("revised");
        // then the new one stands, the former is kept as it stood, and the fact holds none of the words
        let standing = (narrative.number(), narrative.text().as_str(), narrative.authorship());
        assert_eq!(standing, (2, "Trenger pauser og lys", &by_spurv("2022-07-01")));
        assert_eq!((kept.id(), kept.narrative(), kept.topic()), (former(), narrative.id(), Topic::Health));
        assert_eq!((kept.trail(), kept.participant()), (trail.id(), trail.participant()));
        let stood = (kept.number(), kept.text().as_str(), kept.authorship());
        assert_eq!(stood, (1, "Trenger pauser", &by_spurv("2022-06-03")));
        assert!(!serde_json::to_string(&fact).expect("json").contains("pauser"));
        assert!(matches!(fact, Fact::NarrativeWritten { revision: 2, .. }));
        let (_, second, _) =
            narrative.revise(&trail, former(), text("Trenger lys"), &by_spurv("2022-07-02")).expect("revised");
        assert_eq!(second.number(), 2);
    }

    #[test]
    fn the_same_text_again_is_no_revision() {
        let trail = started("2022-05-27", "2022-06-02");
        let (narrative, _) = health(&trail).expect("written");
        let again = narrative.revise(&trail, former(), text("Trenger pauser"), &by_spurv("2022-07-01"));
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
    fn s19_a_trail_has_the_topics_of_its_method() {
        let (trail, id) = (started("2022-05-27", "2022-06-02"), NarrativeId::new(Uuid::from_u128(1)));
        let refused = Narrative::write(id, &trail, Topic::Observations, text("Rolig"), &by_spurv("2022-06-03"));
        let (method, topic) = (trail.method(), Topic::Observations);
        assert_eq!(refused.unwrap_err(), Rejection::TopicNotOfMethod { method, topic });
    }

    #[test]
    fn i10_nothing_is_written_on_an_ended_trail_nor_on_another() {
        let trail = ended();
        assert_eq!(health(&trail).unwrap_err(), Rejection::TrailEnded { trail: trail.id() });
        let (narrative, _) = health(&started("2022-05-27", "2022-06-02")).expect("written");
        let refused = narrative.revise(&other_trail(), former(), text("annet"), &by_spurv("2022-06-04"));
        assert_eq!(refused.unwrap_err(), Rejection::BelongsElsewhere { what: Thing::Narrative });
    }

    #[test]
    fn a_kept_narrative_reads_back_as_it_was() {
        let (narrative, _) = health(&started("2022-05-27", "2022-06-02")).expect("written");
        let json = serde_json::to_string(&narrative).expect("json");
        assert_eq!(serde_json::from_str::<Narrative>(&json).expect("a narrative"), narrative);
    }
}
