//! How far a cover carries a right.

use super::right::Right;
use crate::domain::CoverExtent;

/// Whether somebody who covers a trail may use a right over it that its owner has (`DA16`). What is covered is handed on
/// by nobody but the owner and the supervisor.
pub(crate) const fn is_covered(extent: CoverExtent, right: Right) -> bool {
    match extent {
        CoverExtent::Read => matches!(right, Right::ReadTrail),
        CoverExtent::Follow => matches!(right, Right::ReadTrail | Right::FollowTrail),
        CoverExtent::Owner => !matches!(right, Right::ProposeTransfer | Right::AnswerTransfer | Right::GiveCover),
    }
}
