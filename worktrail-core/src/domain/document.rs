//! Documents of a trail: the papers behind a plan, a certificate, a CV.

use serde::{Deserialize, Serialize};

use super::document_reference::DocumentReference;
use super::fact::Fact;
use super::id::{DocumentId, ParticipantId, TrailId};
use super::kept::kept;
use super::moment::Authorship;
use super::narrative::Narrative;
use super::rejection::Rejection;
use super::thing::Thing;
use super::topic::Topic;
use super::trail::Trail;

/// A document that was filed on a trail (S31): the reference to the host's original, and the text it is the original of.
/// It is never changed; a new version is another document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    id: DocumentId,
    trail: TrailId,
    participant: ParticipantId,
    #[serde(deserialize_with = "kept")]
    reference: DocumentReference,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of: Option<TextVersion>,
    filed: Authorship,
}

/// A text of a trail in one of its revisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TextVersion {
    /// The topic.
    pub topic: Topic,
    /// The revision, from 1.
    pub revision: u32,
}

impl Document {
    /// Files a document; on an ended trail too, where a certificate may come late (`DB8`).
    ///
    /// Rules of transition: nobody signed on a day to come, and the text is one of the trail's.
    ///
    /// # Errors
    /// [`Rejection::DateInFuture`], [`Rejection::BelongsElsewhere`].
    pub fn file(
        id: DocumentId,
        trail: &Trail,
        reference: DocumentReference,
        of: Option<&Narrative>,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        let mut faults = reference.faults(by);
        if of.is_some_and(|narrative| narrative.trail() != trail.id()) {
            faults.push(Rejection::BelongsElsewhere { what: Thing::Narrative });
        }
        Rejection::all(faults)?;
        let topic = of.map(Narrative::topic);
        let fact = Fact::DocumentFiled { document: id, trail: trail.id(), kind: reference.kind, topic };
        let of = of.map(|narrative| TextVersion { topic: narrative.topic(), revision: narrative.number() });
        Ok((Self { id, trail: trail.id(), participant: trail.participant(), reference, of, filed: *by }, fact))
    }

    /// The id.
    #[must_use]
    pub const fn id(&self) -> DocumentId {
        self.id
    }

    /// The trail that it was filed on.
    #[must_use]
    pub const fn trail(&self) -> TrailId {
        self.trail
    }

    /// The participant whom it concerns.
    #[must_use]
    pub const fn participant(&self) -> ParticipantId {
        self.participant
    }

    /// Which document it is, and where.
    #[must_use]
    pub const fn reference(&self) -> &DocumentReference {
        &self.reference
    }

    /// The text that it is the original of, in the revision of that day.
    #[must_use]
    pub const fn of(&self) -> Option<TextVersion> {
        self.of
    }

    /// Who filed it, and when.
    #[must_use]
    pub const fn filed(&self) -> &Authorship {
        &self.filed
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::trail::samples::{ended, other_trail, started};
    use super::*;
    use crate::domain::samples::{by_spurv, document};
    use crate::domain::{DayOf, DocumentKind, NarrativeId, NarrativeText};

    fn file(trail: &Trail, of: Option<&Narrative>, on: &str) -> Result<Document, Rejection> {
        let id = DocumentId::new(Uuid::from_u128(1));
        Document::file(id, trail, document(DocumentKind::Plan), of, &by_spurv(on)).map(|(document, _)| document)
    }

    fn plan(trail: &Trail) -> Narrative {
        let text = NarrativeText::parse("Deltid fra høsten").expect("a text");
        let id = NarrativeId::new(Uuid::from_u128(1));
        Narrative::write(id, trail, Topic::JobSearchFramework, text, &by_spurv("2022-06-20")).expect("written").0
    }

    #[test]
    fn s31_a_plan_points_to_the_paper_that_was_signed() {
        // Given a plan in its first revision, when the signed paper is filed, then it says of which text it is
        let trail = started("2022-05-31", "2022-06-02");
        let filed = file(&trail, Some(&plan(&trail)), "2022-06-20").expect("filed");
        assert_eq!(filed.of(), Some(TextVersion { topic: Topic::JobSearchFramework, revision: 1 }));
        assert_eq!(filed.reference().kind, DocumentKind::Plan);
        // and a certificate is of no text, and may come after the ending (`DB8`)
        assert!(file(&ended(), None, "2023-06-20").is_ok_and(|filed| filed.of().is_none()));
    }

    #[test]
    fn s31_another_trails_plan_and_a_signature_to_come_are_refused() {
        let trail = started("2022-05-31", "2022-06-02");
        let foreign = Rejection::BelongsElsewhere { what: Thing::Narrative };
        let ahead = Rejection::DateInFuture { day: DayOf::DocumentSigned };
        assert_eq!(file(&other_trail(), Some(&plan(&trail)), "2022-06-20"), Err(foreign.clone()));
        let faults = Rejection::Form(vec![ahead, foreign]);
        assert_eq!(file(&other_trail(), Some(&plan(&trail)), "2022-05-29"), Err(faults));
    }
}
