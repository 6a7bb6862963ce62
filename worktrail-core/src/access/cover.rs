//! What a cover carries.

use super::right::Right;
use crate::domain::CoverExtent;

/// Whether somebody who covers a trail may use a right over it that is its owner's (`DA16`). What every specialist of the
/// team may needs no cover; and what is covered is handed on by nobody but the owner and the supervisor.
pub(crate) const fn is_covered(extent: CoverExtent, right: Right) -> bool {
    match extent {
        CoverExtent::Read | CoverExtent::Follow => false,
        CoverExtent::Owner => !matches!(right, Right::ProposeTransfer | Right::AnswerTransfer | Right::GiveCover),
    }
}

#[cfg(test)]
mod tests {
    use super::super::reach::{Reach, reach};
    use super::*;
    use crate::domain::Role;

    #[test]
    fn da16_reading_and_following_need_no_cover_within_the_team() {
        // given that a specialist's team carries them, then a cover for them names who steps in, and opens nothing
        for right in [Right::ReadTrail, Right::FollowTrail] {
            assert_eq!(reach(Role::Specialist, right), Reach::OwnTeam, "{right:?}");
        }
        for right in Right::ALL {
            assert!(!is_covered(CoverExtent::Read, right) && !is_covered(CoverExtent::Follow, right), "{right:?}");
        }
    }

    #[test]
    fn da16_whoever_covers_for_the_owner_has_their_rights_and_hands_nothing_on() {
        let own = Right::ALL.into_iter().filter(|right| reach(Role::Specialist, *right) == Reach::OwnTrails);
        let (covered, kept): (Vec<_>, Vec<_>) = own.partition(|right| is_covered(CoverExtent::Owner, *right));
        assert!(covered.contains(&Right::EndTrail) && covered.contains(&Right::Consent));
        assert_eq!(kept, [Right::ProposeTransfer, Right::AnswerTransfer, Right::GiveCover]);
    }
}
