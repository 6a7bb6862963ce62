//! The wishes of somebody who has no trail yet.

use super::{Answered, Question, View};
use crate::access::Right;
use crate::command::without_trail;
use crate::domain::{Participant, ParticipantId, TeamId, Wishes};

/// The wishes of somebody who has no trail and never had one, every version by its number. Of anybody else they stand on
/// the trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WishesWithoutTrail {
    /// Whose.
    pub participant: ParticipantId,
    /// The team that asks.
    pub team: TeamId,
}

impl Question for WishesWithoutTrail {
    type Answer = Vec<Wishes>;

    const RIGHT: Right = Right::NoteWishes;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let (permit, participant) = without_trail(view, self.participant, self.team)?;
        let mut wishes: Vec<_> = view.children::<Wishes, Participant>(participant.id())?.into_iter().cloned().collect();
        wishes.sort_by_key(Wishes::version);
        Ok(permit.answer(wishes))
    }
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::command::samples::{note_wishes, open};
    use crate::command::scene::{everyday, free, specialist};
    use crate::desk::spy::desk;
    use crate::domain::samples::team;
    use crate::domain::{Rejection, Thing};
    use crate::question::ReadTrail;
    use crate::record::samples::id;
    use crate::store::CommandId;

    #[test]
    fn s136_what_was_noted_before_a_trail_is_read_until_there_is_one_and_then_on_it() {
        let desk = desk(everyday().store());
        let ask = || block_on(desk.ask(&specialist(), &WishesWithoutTrail { participant: free(), team: team() }));
        // given somebody without a trail, whose wishes were noted
        assert_eq!(ask().unwrap(), []);
        block_on(desk.run(&specialist(), CommandId::new(id(1)), &note_wishes())).unwrap();
        let noted = ask().unwrap();
        assert_eq!(noted.iter().map(|it| (it.version(), it.is_in_own_words())).collect::<Vec<_>>(), [(1, false)]);
        // when a trail is opened for them, then they stand on it, and are asked for there
        let open = open();
        assert_eq!(open.participant, free());
        block_on(desk.run(&specialist(), CommandId::new(id(2)), &open)).unwrap();
        let file = block_on(desk.ask(&specialist(), &ReadTrail { trail: open.trail })).unwrap();
        assert_eq!(file.wishes, noted);
        let missing = Rejection::NotFound { what: Thing::Participant };
        assert_eq!(ask().unwrap_err().rejection(), Some(&missing));
    }
}
