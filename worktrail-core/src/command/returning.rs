//! Coming back after an ended trail: what a new one takes along (`DB4`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::host_list::tell_choice;
use super::{Decision, Stop, World};
use crate::domain::{
    Authorship, Channel, DayOf, Fact, ListName, Narrative, NarrativeId, Rejection, SubGoal, SubGoalId, SubGoalTerms,
    Thing, Topic, Trail, TrailId,
};

/// The ended trail that a new one follows, and what is copied from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    /// The ended trail.
    pub follows: TrailId,
    /// What is copied; only with the participant's agreement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy: Option<AgreedCopy>,
}

/// What the participant agreed to have copied from the former trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreedCopy {
    /// The day on which the participant agreed.
    pub agreed_on: NaiveDate,
    /// How the participant was asked.
    pub channel: Channel,
    /// The texts, each with the id of its copy.
    #[serde(default)]
    pub narratives: Vec<NarrativeCopy>,
    /// The open sub-goals, each with the id of its copy.
    #[serde(default)]
    pub sub_goals: Vec<SubGoalCopy>,
}

/// A text of the former trail and the id of its copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NarrativeCopy {
    /// The text.
    pub of: NarrativeId,
    /// The copy.
    pub to: NarrativeId,
}

/// A sub-goal of the former trail and the id of its copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubGoalCopy {
    /// The sub-goal.
    pub of: SubGoalId,
    /// The copy.
    pub to: SubGoalId,
}

/// What a return found of the former trail.
pub(crate) struct Former<'w> {
    trail: Option<&'w Trail>,
    narratives: Vec<Option<&'w Narrative>>,
    sub_goals: Vec<Option<&'w SubGoal>>,
    ids_are_new: Result<(), Stop>,
}

impl Return {
    /// Looks everything up, so that it comes in one load.
    pub(crate) fn look_up<'w>(&self, world: &World<'w>) -> Result<Former<'w>, Stop> {
        let trail = world.find::<Trail>(self.follows);
        let (mut narratives, mut sub_goals, mut new) = (Vec::new(), Vec::new(), Vec::new());
        for copy in self.copy.iter().flat_map(|copy| &copy.narratives) {
            narratives.push(world.find::<Narrative>(copy.of));
            new.push(world.is_new::<Narrative>(copy.to));
        }
        for copy in self.copy.iter().flat_map(|copy| &copy.sub_goals) {
            sub_goals.push(world.find::<SubGoal>(copy.of));
            new.push(world.is_new::<SubGoal>(copy.to));
        }
        Ok(Former {
            trail: trail?,
            narratives: narratives.into_iter().collect::<Result<_, _>>()?,
            sub_goals: sub_goals.into_iter().collect::<Result<_, _>>()?,
            ids_are_new: new.into_iter().collect(),
        })
    }

    /// Links the new trail to the former, and copies what was agreed on. Topics that the new trail's method does not
    /// have are refused; sub-goals that are closed stay where they are.
    pub(crate) fn take_along<R>(
        &self,
        former: Former<'_>,
        trail: Trail,
        mut decision: Decision<R>,
        by: &Authorship,
    ) -> Result<(Trail, Decision<R>), Stop> {
        former.ids_are_new?;
        let ended = former.trail.ok_or(Rejection::NotFound { what: Thing::Trail })?;
        let (trail, fact) = trail.follow(ended)?;
        decision = decision.tell(&trail, fact);
        let Some(copy) = &self.copy else { return Ok((trail, decision)) };
        Rejection::all(DayOf::CopyAgreed.faults(copy.agreed_on, None, by))?;
        let (mut topics, mut copied): (Vec<Topic>, Vec<_>) = (Vec::new(), Vec::new());
        for (pair, found) in copy.narratives.iter().zip(former.narratives) {
            let missing = Rejection::NotFound { what: Thing::Narrative };
            let text = found.filter(|text| text.trail() == ended.id()).ok_or(missing)?;
            let headed = (text.topic(), text.entry(ListName::Topics));
            if copied.contains(&headed) {
                return Err(Rejection::AlreadyExists { what: Thing::Narrative }.into());
            }
            let (written, fact) = Narrative::write(pair.to, &trail, text.topic(), text.text().clone(), by)?;
            let (written, chosen) = written.choose(ListName::Topics, headed.1.cloned());
            topics.push(text.topic());
            copied.push(headed);
            decision = tell_choice(decision.tell(&written, fact), &written, chosen).save(written);
        }
        let mut sub_goals = 0;
        for (pair, found) in copy.sub_goals.iter().zip(former.sub_goals) {
            let missing = Rejection::NotFound { what: Thing::SubGoal };
            let goal = found.filter(|goal| goal.trail() == ended.id()).ok_or(missing)?;
            if let Some(closing) = goal.closing() {
                return Err(Rejection::AlreadyEnded { what: Thing::SubGoal, on: closing.on() }.into());
            }
            let terms = SubGoalTerms { text: goal.text().clone(), responsible: goal.responsible(), due: goal.due() };
            let (set, fact) = SubGoal::set(pair.to, &trail, terms, by)?;
            sub_goals += 1;
            decision = decision.tell(&set, fact).save(set);
        }
        let AgreedCopy { agreed_on, channel, .. } = *copy;
        let fact = Fact::ProfileCopied { trail: trail.id(), from: ended.id(), agreed_on, channel, topics, sub_goals };
        decision = decision.tell(&trail, fact);
        Ok((trail, decision))
    }
}

#[cfg(test)]
mod tests {
    use super::super::OpenTrail;
    use super::super::samples::{ended_trail_id, open, trail_id};
    use super::super::scene::{Scene, decide, everyday, now, specialist, told};
    use super::*;
    use crate::domain::samples::{by_spurv, day, spurv};
    use crate::domain::{EndReason, Ending, OtherEnding, ParticipantId, SubGoalOutcome};
    use crate::record::samples::{self, id};

    fn person_id() -> ParticipantId {
        ParticipantId::new(id(0x104))
    }

    /// A person whose trail ended yesterday, with a text and an open sub-goal on it.
    fn scene() -> Scene {
        let person = super::super::scene::person(person_id());
        let trail = samples::opened_trail(ended_trail_id(), spurv(), &person);
        let by = by_spurv("2022-08-31");
        let text = samples::text();
        let (text, _) = Narrative::write(NarrativeId::new(id(0x6A)), &trail, Topic::Interests, text, &by).unwrap();
        let (goal, _) = SubGoal::set(SubGoalId::new(id(0x5A)), &trail, samples::sub_goal_terms(), &by).unwrap();
        let ending = Ending { on: day("2022-08-31"), reason: EndReason::Other(OtherEnding::MovedAway) };
        let (trail, _) = trail.end(ending, &[], &by).unwrap();
        everyday().with(&trail).with(&text).with(&goal)
    }

    fn copy() -> AgreedCopy {
        AgreedCopy {
            agreed_on: now().day(),
            channel: Channel::InPerson,
            narratives: vec![NarrativeCopy { of: NarrativeId::new(id(0x6A)), to: NarrativeId::new(id(0x6B)) }],
            sub_goals: vec![SubGoalCopy { of: SubGoalId::new(id(0x5A)), to: SubGoalId::new(id(0x5B)) }],
        }
    }

    fn back(copy: Option<AgreedCopy>) -> OpenTrail {
        let returns = Some(Return { follows: ended_trail_id(), copy });
        OpenTrail { participant: person_id(), returns, ..open() }
    }

    #[test]
    fn db4_row_14_who_returns_gets_a_new_trail_at_once_and_nothing_is_copied_unasked() {
        let decision = decide(&scene().picture(), &specialist(), &back(None)).unwrap();
        assert!(told(&decision).contains(&"trail_returned"));
        assert!(!told(&decision).contains(&"profile_copied"));
    }

    #[test]
    fn db4_row_47_texts_and_open_sub_goals_come_along_as_agreed() {
        let decision = decide(&scene().picture(), &specialist(), &back(Some(copy()))).unwrap();
        let told = told(&decision);
        for code in ["trail_opened", "trail_returned", "narrative_written", "sub_goal_set", "profile_copied"] {
            assert!(told.contains(&code), "{code}");
        }
        let ahead = AgreedCopy { agreed_on: day("2022-09-02"), ..copy() };
        let refused = decide(&scene().picture(), &specialist(), &back(Some(ahead))).unwrap_err();
        assert_eq!(refused, Rejection::DateInFuture { day: DayOf::CopyAgreed });
    }

    #[test]
    fn db4_row_47_a_sub_goal_that_is_closed_stays_where_it_is() {
        let trail = samples::opened_trail(ended_trail_id(), spurv(), &super::super::scene::person(person_id()));
        let (by, on) = (by_spurv("2022-08-30"), day("2022-08-30"));
        let (goal, _) = SubGoal::set(SubGoalId::new(id(0x5A)), &trail, samples::sub_goal_terms(), &by).unwrap();
        let (goal, _) = goal.close(&trail, SubGoalOutcome::Completed, on, &by).unwrap();
        let refused = decide(&scene().with(&goal).picture(), &specialist(), &back(Some(copy()))).unwrap_err();
        assert_eq!(refused, Rejection::AlreadyEnded { what: Thing::SubGoal, on });
    }

    #[test]
    fn db4_only_what_stands_on_the_persons_own_ended_trail_is_copied() {
        let refused = |command: &OpenTrail| decide(&scene().picture(), &specialist(), command).unwrap_err();
        // given another person's trail, or a text of another trail, then there is no such thing
        let foreign = Return { follows: trail_id(), copy: None };
        let missing = |what| Rejection::NotFound { what };
        assert_eq!(refused(&OpenTrail { returns: Some(foreign), ..back(None) }), missing(Thing::Trail));
        let mut elsewhere = copy();
        elsewhere.sub_goals[0].of = samples::open_sub_goal().id();
        assert_eq!(refused(&back(Some(elsewhere))), missing(Thing::SubGoal));
        let mut elsewhere = copy();
        elsewhere.narratives[0].of = samples::support_narrative().id();
        assert_eq!(refused(&back(Some(elsewhere))), missing(Thing::Narrative));
        let mut twice = copy();
        twice.narratives.push(NarrativeCopy { to: NarrativeId::new(id(0x6C)), ..twice.narratives[0] });
        assert_eq!(refused(&back(Some(twice))), Rejection::AlreadyExists { what: Thing::Narrative });
        let mut taken = copy();
        taken.sub_goals[0].to = samples::open_sub_goal().id();
        assert_eq!(refused(&back(Some(taken))), Rejection::AlreadyExists { what: Thing::SubGoal });
    }
}
