//! Commands about narratives.

use serde::{Deserialize, Serialize};

use super::host_list::{must_offer, tell_choice};
use super::{Command, Decided, World};
use crate::access::Right;
use crate::domain::{
    BaseValue, EmployerContact, EntryCode, ListName, Narrative, NarrativeId, NarrativeRevision, NarrativeRevisionId,
    NarrativeText, Topic, Trail, TrailId,
};

/// Writes about a topic of a trail: the first text, or a new revision of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct WriteNarrative {
    /// The id of the narrative, if this is the first text on the topic.
    pub narrative: NarrativeId,
    /// The id under which the text until now is kept, if there is one.
    pub former: NarrativeRevisionId,
    /// The trail.
    pub trail: TrailId,
    /// The topic.
    pub topic: Topic,
    /// The words.
    pub text: NarrativeText,
    /// The entry of the organisation's own list that the topic goes by (`DA9`): it has a text of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryCode>,
}

impl Command for WriteNarrative {
    type Reply = NarrativeId;

    const NAME: &'static str = "write_narrative";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<NarrativeId> {
        // What it knows by itself is looked up before the trail is needed, so that it comes in the same load.
        let trail = world.get::<Trail>(self.trail);
        let present = world.find_by(&Narrative::under(self.trail, self.topic, self.entry.as_ref()));
        let former = world.is_new::<NarrativeRevision>(self.former);
        let narrative_is_new = world.is_new::<Narrative>(self.narrative);
        let offered = must_offer(world, BaseValue::Topics(self.topic), self.entry.as_ref());
        let (trail, by) = (trail?, world.authorship());
        let permit = world.may(trail)?;
        let talks = match self.topic {
            Topic::PreviousEmployerFeedback => world.children::<EmployerContact, Trail>(self.trail),
            _ => Ok(Vec::new()),
        };
        let (present, talks) = (present?, talks?);
        trail.must_be_open()?;
        Narrative::must_rest_on_a_talk(self.topic, &talks)?;
        if let Some(narrative) = present {
            former?;
            let (narrative, former, fact) = narrative.clone().revise(trail, self.former, self.text.clone(), &by)?;
            Ok(permit.reply(narrative.id()).tell(&narrative, fact).save(narrative).save(former))
        } else {
            narrative_is_new?;
            let (narrative, fact) = Narrative::write(self.narrative, trail, self.topic, self.text.clone(), &by)?;
            // What was begun while it was offered is written on.
            offered?;
            let (narrative, chosen) = narrative.choose(ListName::Topics, self.entry.clone());
            let decision = permit.reply(narrative.id()).tell(&narrative, fact);
            Ok(tell_choice(decision, &narrative, chosen).save(narrative))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{trail_id, write_narrative};
    use super::super::scene::{decide, everyday, specialist, told};
    use super::*;
    use crate::domain::samples::by_spurv;
    use crate::domain::{ContactAbout, EmployerContactId, EmployerMet, Fact, NewEmployerContact, Rejection, Thing};
    use crate::record::samples;

    #[test]
    fn the_first_text_is_a_narrative_and_the_second_a_revision_of_it() {
        let first = decide(&everyday().picture(), &specialist(), &write_narrative()).unwrap();
        assert_eq!((told(&first), *first.reply()), (vec!["narrative_written"], write_narrative().narrative));
        // Given a narrative on the topic, with two texts so far.
        let picture = everyday().with(&samples::narrative()).picture();
        let next = decide(&picture, &specialist(), &write_narrative()).unwrap();
        assert_eq!(*next.reply(), samples::narrative().id());
        let told = next.facts().next().cloned();
        assert!(matches!(told, Some(Fact::NarrativeWritten { revision: 3, topic: Topic::Health, .. })), "{told:?}");
    }

    #[test]
    fn s128_feedback_of_a_former_employer_takes_a_talk_that_was_registered() {
        // given a trail with a contact about ordinary work
        let feedback = WriteNarrative { topic: Topic::PreviousEmployerFeedback, ..write_narrative() };
        let refused = decide(&everyday().picture(), &specialist(), &feedback).unwrap_err();
        assert_eq!(refused, Rejection::NoTalkWithFormerEmployer);
        // when a former employer could not be reached, then there is still nothing to write down
        let talk = |met| {
            let (trail, by) = (samples::open_trail(), by_spurv("2022-06-21"));
            let new = NewEmployerContact { about: ContactAbout::FormerWork, met, ..samples::new_employer_contact() };
            let (id, openness) = (EmployerContactId::new(samples::id(0x79)), samples::agreed_openness());
            let registered = EmployerContact::register(id, &trail, &samples::employer(), None, &[&openness], new, &by);
            everyday().with(&registered.unwrap().0).picture()
        };
        let refused = decide(&talk(EmployerMet::Nobody), &specialist(), &feedback).unwrap_err();
        assert_eq!(refused, Rejection::NoTalkWithFormerEmployer);
        // and once there was a talk, it is written
        let written = decide(&talk(EmployerMet::SomebodyElse), &specialist(), &feedback).unwrap();
        assert_eq!(told(&written), ["narrative_written"]);
    }

    #[test]
    fn an_id_in_use_and_a_text_too_long_are_refused() {
        let picture = everyday().with(&samples::narrative()).picture();
        let narrative = samples::narrative().id();
        let taken = WriteNarrative { narrative, topic: Topic::Interests, ..write_narrative() };
        let exists = Rejection::AlreadyExists { what: Thing::Narrative };
        assert_eq!(decide(&picture, &specialist(), &taken).unwrap_err(), exists);
        let kept = everyday().with(&samples::narrative()).with(&samples::narrative_revision()).picture();
        let taken = WriteNarrative { former: samples::narrative_revision().id(), ..write_narrative() };
        let exists = Rejection::AlreadyExists { what: Thing::NarrativeRevision };
        assert_eq!(decide(&kept, &specialist(), &taken).unwrap_err(), exists);
        let max = Topic::Health.max_chars();
        let text = NarrativeText::parse(&"æ".repeat(max + 1)).unwrap();
        let long = WriteNarrative { text, ..write_narrative() };
        let refused = Rejection::NarrativeTooLong { topic: Topic::Health, max };
        assert_eq!(decide(&picture, &specialist(), &long).unwrap_err(), refused);
        let ended = everyday().with(&samples::trail()).picture();
        let refused = Rejection::TrailEnded { trail: trail_id() };
        assert_eq!(decide(&ended, &specialist(), &write_narrative()).unwrap_err(), refused);
    }
}
