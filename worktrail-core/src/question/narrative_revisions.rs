//! What stood on a topic before.

use super::{Answered, Page, Question, View};
use crate::access::Right;
use crate::domain::{EntryCode, Narrative, NarrativeRevision, Topic, Trail, TrailId};
use crate::store::PageRequest;

/// Reads the former texts on a topic of a trail, oldest first; the one that stands is in the
/// [`CaseFile`](super::CaseFile).
///
/// To a reader whom the topic is not written for, it is as if nothing had ever been written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NarrativeRevisions {
    /// The trail.
    pub trail: TrailId,
    /// The topic.
    pub topic: Topic,
    /// The entry of the organisation's own list that the topic goes by (`DA9`).
    pub entry: Option<EntryCode>,
    /// Which page.
    pub page: PageRequest,
}

impl Question for NarrativeRevisions {
    type Answer = Page<NarrativeRevision>;

    const RIGHT: Right = Right::ReadTrail;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let permit = view.may(view.get::<Trail>(self.trail)?)?;
        let nothing = Page { items: Vec::new(), next: None };
        if !permit.role().is_some_and(|role| self.topic.audience().includes(role)) {
            return Ok(permit.answer(nothing));
        }
        let Some(narrative) = view.find_by(&Narrative::under(self.trail, self.topic, self.entry.as_ref()))? else {
            return Ok(permit.answer(nothing));
        };
        let page = view.page::<NarrativeRevision>(NarrativeRevision::in_order(narrative.id()), &self.page)?;
        Ok(permit.answer(Page { items: page.items.into_iter().cloned().collect(), next: page.next }))
    }
}
