//! Commands about a participant's wishes.

use serde::{Deserialize, Serialize};

use super::{Command, Decided, World};
use crate::access::Right;
use crate::domain::{Participant, Role, Trail, TrailId, WishTerms, Wishes, WishesId};

/// States a participant's wishes, by the participant or together with the specialist (`DA6`). They are the person's: the
/// participant writes them from an ended trail too, staff only while it is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct StateWishes {
    /// The id of this version of the wishes.
    pub wishes: WishesId,
    /// A trail of the participant's.
    pub trail: TrailId,
    /// What is wished for.
    pub terms: WishTerms,
}

impl Command for StateWishes {
    type Reply = u32;

    const NAME: &'static str = "state_wishes";
    const RIGHT: Right = Right::StateWishes;

    fn decide(&self, world: &World<'_>) -> Decided<u32> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        if permit.role() != Some(Role::Participant) {
            trail.must_be_open()?;
        }
        let id_is_new = world.is_new::<Wishes>(self.wishes);
        let former = world.children::<Wishes, Participant>(trail.participant())?;
        id_is_new?;
        let (wishes, fact) =
            Wishes::state(self.wishes, trail.participant(), self.terms.clone(), &former, &world.authorship())?;
        Ok(permit.reply(wishes.version()).tell(&wishes, fact).save(wishes))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{state_wishes, trail_id};
    use super::super::scene::{decide, everyday, specialist, supervisor, told};
    use super::*;
    use crate::access::Actor;
    use crate::domain::Rejection;
    use crate::domain::samples::participant_id;
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
}
