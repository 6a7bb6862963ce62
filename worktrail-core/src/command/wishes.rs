//! Commands about a participant's wishes.

use serde::{Deserialize, Serialize};

use super::{Bounds, Command, Decided, OwnRules, Permit, Place, Stop, World};
use crate::access::Right;
use crate::domain::{
    Participant, ParticipantId, Role, Thing, Trail, TrailAudience, TrailId, WishTerms, Wishes, WishesId,
};

/// States a participant's wishes, by the participant or together with the specialist (`DA6`). They are the person's: the
/// participant writes them from an ended trail too, staff only while it is open. Those of somebody who was merged are written
/// by the one who stands for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct StateWishes {
    /// The id of this version of the wishes.
    pub wishes: WishesId,
    /// A trail of the participant's; none for a participant who writes their own, and may never have had one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trail: Option<TrailId>,
    /// What is wished for.
    pub terms: WishTerms,
}

impl Command for StateWishes {
    type Reply = u32;

    const NAME: &'static str = "state_wishes";
    const RIGHT: Right = Right::StateWishes;

    fn decide(&self, world: &World<'_>) -> Decided<u32> {
        let (permit, participant) = self.over(world)?;
        let id_is_new = world.is_new::<Wishes>(self.wishes);
        let former = world.children::<Wishes, Participant>(participant);
        world.get::<Participant>(participant)?.must_stand_for_themself()?;
        let former = former?;
        id_is_new?;
        let (wishes, fact) = Wishes::state(self.wishes, participant, self.terms.clone(), &former, &world.authorship())?;
        Ok(permit.reply(wishes.version()).tell(&wishes, fact).save(wishes))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["terms"], |_| self.terms.faults());
    }
}

impl StateWishes {
    fn over(&self, world: &World<'_>) -> Result<(Permit, ParticipantId), Stop> {
        let Some(trail) = self.trail else {
            let themself = ParticipantId::new(world.actor().as_uuid());
            return Ok((world.may(&ParticipantThemself(themself))?, themself));
        };
        let trail = world.get::<Trail>(trail)?;
        let permit = world.may(trail)?;
        if permit.role() != Some(Role::Participant) {
            trail.must_be_open()?;
        }
        Ok((permit, trail.participant()))
    }
}

/// Whoever acts, as a participant. To somebody who is none, no trail is there.
pub(crate) struct ParticipantThemself(pub(crate) ParticipantId);

impl Place for ParticipantThemself {
    fn bounds(&self) -> Bounds {
        let person = Some(self.0);
        Bounds { thing: Thing::Trail, person, owner: None, team: None, audience: TrailAudience::Team }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{ended_trail_id, state_wishes, trail_id};
    use super::super::scene::{decide, everyday, free, person, specialist, supervisor, told};
    use super::*;
    use crate::access::Actor;
    use crate::domain::Rejection;
    use crate::domain::samples::{by_spurv, participant_id};
    use crate::record::samples;

    #[test]
    fn da6_s156_the_participant_and_the_specialist_state_wishes_and_nobody_else() {
        let picture = everyday().picture();
        let themself = Actor::participant(participant_id());
        for actor in [specialist(), themself.clone()] {
            let decision = decide(&picture, &actor, &state_wishes()).unwrap();
            assert_eq!((told(&decision), *decision.reply()), (vec!["wishes_stated"], 1));
        }
        let supervisor = decide(&picture, &supervisor(), &state_wishes()).unwrap_err();
        assert_eq!(supervisor, Rejection::NotAllowed { right: Right::StateWishes.code() });
        // and from an ended trail only the participant does
        let ended = everyday().with(&samples::trail()).picture();
        let frozen = Rejection::TrailEnded { trail: trail_id() };
        assert_eq!(decide(&ended, &specialist(), &state_wishes()).unwrap_err(), frozen);
        assert!(decide(&ended, &themself, &state_wishes()).is_ok());
    }

    #[test]
    fn s30_da6_nobody_writes_wishes_under_the_id_of_whoever_was_merged() {
        // given somebody with an ended trail who was merged into another one
        let merged = ParticipantId::new(samples::id(0x104));
        let by = by_spurv("2022-08-20");
        let (kept, merged, _) = person(free()).merge(person(merged), samples::line(), &by).unwrap();
        let picture = everyday().with(&kept).with(&merged).picture();
        let of = |who: &Participant, trail| {
            decide(&picture, &Actor::participant(who.id()), &StateWishes { trail, ..state_wishes() }).map(|_| ())
        };
        // when they write under the former id, or from its trail, then they are told who stands for them
        let into = Err(Rejection::MergedInto { into: kept.id() });
        assert_eq!(of(&merged, None), into);
        assert_eq!(of(&merged, Some(ended_trail_id())), into);
        assert_eq!(of(&kept, Some(ended_trail_id())), into);
        assert_eq!(of(&kept, None), Ok(()));
    }

    #[test]
    fn da6_a_participant_who_never_had_a_trail_states_their_own_wishes() {
        // given somebody who is registered and has no trail
        let own = StateWishes { trail: None, ..state_wishes() };
        let picture = everyday().picture();
        let stated = decide(&picture, &Actor::participant(free()), &own).unwrap();
        assert_eq!((told(&stated), *stated.reply()), (vec!["wishes_stated"], 1));
        // and nobody writes them for somebody else, nor as a participant who is none
        let nobody = decide(&picture, &specialist(), &own).unwrap_err();
        assert_eq!(nobody, Rejection::NotFound { what: Thing::Trail });
        let unknown = Actor::participant(ParticipantId::new(samples::id(0xFFFF)));
        let missing = decide(&picture, &unknown, &own).unwrap_err();
        assert_eq!(missing, Rejection::NotFound { what: Thing::Participant });
    }
}
