//! What a trail lends to the records that are found through indexes of their own.

use serde::{Deserialize, Serialize};

use super::{Trail, TrailAudience};
use crate::domain::id::{StaffId, TeamId};

/// Whom a record of a trail is shown to, and whose it is: copied from the trail, so that what an actor may see of its
/// kind is a range of an index.
///
/// Whatever changes one of the three on a trail (withholding, releasing, a transfer, a new owner) lets the records that
/// carry it follow in the same decision: `Job::follow` and `Education::follow`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whose {
    audience: TrailAudience,
    team: TeamId,
    owner: StaffId,
}

impl Whose {
    /// As the trail has it now.
    #[must_use]
    pub const fn of(trail: &Trail) -> Self {
        Self { audience: trail.audience, team: trail.team, owner: trail.owner }
    }

    /// Whom the trail is shown to.
    #[must_use]
    pub const fn audience(self) -> TrailAudience {
        self.audience
    }

    /// The team that has the trail.
    #[must_use]
    pub const fn team(self) -> TeamId {
        self.team
    }

    /// The specialist who owns the trail.
    #[must_use]
    pub const fn owner(self) -> StaffId {
        self.owner
    }
}
