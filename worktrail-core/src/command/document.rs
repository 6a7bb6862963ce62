//! Commands about documents.

use serde::{Deserialize, Serialize};

use super::{Command, Decided, OwnRules, World};
use crate::access::Right;
use crate::domain::{Document, DocumentId, DocumentReference, Narrative, Rejection, Thing, Topic, Trail, TrailId};

/// Files a document on a trail (S31): what the host keeps, and where. The bytes stay with the host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct FileDocument {
    /// The id of the document.
    pub document: DocumentId,
    /// The trail.
    pub trail: TrailId,
    /// Which document it is, and where.
    pub reference: DocumentReference,
    /// The topic whose present text it is the original of.
    pub topic: Option<Topic>,
}

impl Command for FileDocument {
    type Reply = DocumentId;

    const NAME: &'static str = "file_document";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<DocumentId> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let id_is_new = world.is_new::<Document>(self.document);
        let text = self.topic.map(|topic| world.find_by(&Narrative::on(self.trail, topic))).transpose();
        id_is_new?;
        let text = match text? {
            Some(None) => return Err(Rejection::NotFound { what: Thing::Narrative }.into()),
            Some(found) => found,
            None => None,
        };
        let by = world.authorship();
        let (document, fact) = Document::file(self.document, trail, self.reference.clone(), text, &by)?;
        Ok(permit.reply(self.document).tell(&document, fact).save(document))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["reference"], |by| self.reference.faults(by));
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::file_document;
    use super::super::scene::{decide, everyday, specialist, told};
    use super::*;
    use crate::record::samples;

    #[test]
    fn s31_a_document_is_filed_with_the_text_that_it_is_the_original_of() {
        let picture = everyday().with(&samples::narrative()).picture();
        assert_eq!(told(&decide(&picture, &specialist(), &file_document()).unwrap()), ["document_filed"]);
        let of_health = FileDocument { topic: Some(Topic::Health), ..file_document() };
        assert_eq!(told(&decide(&picture, &specialist(), &of_health).unwrap()), ["document_filed"]);
        let of_nothing = FileDocument { topic: Some(Topic::Network), ..file_document() };
        let missing = Rejection::NotFound { what: Thing::Narrative };
        assert_eq!(decide(&picture, &specialist(), &of_nothing).unwrap_err(), missing);
        let taken = FileDocument { document: samples::filed_document().id(), ..file_document() };
        let exists = Rejection::AlreadyExists { what: Thing::Document };
        let picture = everyday().with(&samples::filed_document()).picture();
        assert_eq!(decide(&picture, &specialist(), &taken).unwrap_err(), exists);
    }
}
