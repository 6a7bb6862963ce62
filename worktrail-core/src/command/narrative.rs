//! Commands about narratives.

use serde::{Deserialize, Serialize};

use super::{Command, Decided, World};
use crate::access::Right;
use crate::domain::{Narrative, NarrativeId, NarrativeText, Topic, Trail, TrailId};

/// Writes about a topic of a trail: the first text, or a new revision of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct WriteNarrative {
    /// The id of the narrative, if this is the first text on the topic.
    pub narrative: NarrativeId,
    /// The trail.
    pub trail: TrailId,
    /// The topic.
    pub topic: Topic,
    /// The words.
    pub text: NarrativeText,
}

impl Command for WriteNarrative {
    type Reply = NarrativeId;

    const NAME: &'static str = "write_narrative";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<NarrativeId> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let by = world.authorship();
        let present = world.find_by(&Narrative::on(self.trail, self.topic))?;
        let (narrative, fact) = if let Some(narrative) = present {
            narrative.clone().revise(trail, self.text.clone(), &by)?
        } else {
            world.is_new::<Narrative>(self.narrative)?;
            Narrative::write(self.narrative, trail, self.topic, self.text.clone(), &by)?
        };
        Ok(permit.reply(narrative.id()).tell(&narrative, fact).save(narrative))
    }
}
