//! Who a trail is shown to: a strictly protected participant's only to a cleared team (`DA4`).

use serde::{Deserialize, Serialize};

use super::Trail;
use crate::domain::coded::coded;
use crate::domain::fact::Fact;
use crate::domain::id::{StaffId, TeamId};
use crate::domain::participant::Participant;
use crate::domain::rejection::Rejection;
use crate::domain::team::Team;

coded! {
    /// Whom a trail is shown to. It leads every index over trails, so that what somebody may see is a range.
    pub silent enum TrailAudience {
        /// The staff of its team, as far as their rights reach.
        Team = "team", "Teamet", "The team";
        /// Nobody but the participant: the participant is strictly protected and no cleared unit has the trail.
        Withheld = "withheld", "Tilbakeholdt", "Withheld";
        /// The staff of its team, which is a cleared one, and nobody above it.
        Cleared = "cleared", "Klarert enhet", "Cleared unit";
    }
}

/// Whom a trail is shown to, as what belongs to the trail carries it: the fields that lead its indexes. It is written
/// anew whenever the trail's changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownTo {
    /// The audience (`DA4`).
    pub audience: TrailAudience,
    /// The team.
    pub team: TeamId,
    /// The owner.
    pub owner: StaffId,
}

impl Trail {
    /// Whom it is shown to, for what belongs to it.
    #[must_use]
    pub const fn shown_to(&self) -> ShownTo {
        ShownTo { audience: self.audience, team: self.team, owner: self.owner }
    }

    /// Whom it is shown to.
    #[must_use]
    pub const fn audience(&self) -> TrailAudience {
        self.audience
    }

    /// Whether it is withheld from all staff.
    #[must_use]
    pub fn is_withheld(&self) -> bool {
        self.audience == TrailAudience::Withheld
    }

    /// Whom it would be shown to in a team: a cleared team's trails are the cleared team's; a trail that comes to an
    /// ordinary team from a cleared one, or withheld, is withheld there until it is released (`DA4`: back only by an
    /// explicit act).
    #[must_use]
    pub fn audience_in(&self, team: &Team) -> TrailAudience {
        match (team.clearance().audience(), self.audience) {
            (TrailAudience::Team, TrailAudience::Cleared | TrailAudience::Withheld) => TrailAudience::Withheld,
            (audience, _) => audience,
        }
    }

    /// Whether the participant's becoming strictly protected takes it from those who see it now: a cleared team keeps it.
    #[must_use]
    pub fn is_taken_by_protection(&self) -> bool {
        self.audience == TrailAudience::Team
    }

    /// Withholds it from all staff: at once when the participant becomes strictly protected (`DA4`), also when it has
    /// ended.
    #[must_use]
    pub fn withhold(mut self) -> (Self, Fact) {
        self.audience = TrailAudience::Withheld;
        let fact = Fact::AudienceChanged { trail: self.id, to: self.audience };
        (self, fact)
    }

    /// Shows it to its team again: an explicit act, never a consequence of the grade falling (`DA4`).
    ///
    /// # Errors
    /// [`Rejection::StrictlyProtected`] while the participant still is.
    pub fn release(mut self, participant: &Participant) -> Result<(Self, Fact), Rejection> {
        if participant.protection().is_strict() {
            return Err(Rejection::StrictlyProtected);
        }
        self.audience = TrailAudience::Team;
        let fact = Fact::AudienceChanged { trail: self.id, to: self.audience };
        Ok((self, fact))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{person_born, referred};
    use super::*;
    use crate::domain::method::Method;
    use crate::domain::protection::{AddressProtection, Protection, StaffShielding};
    use crate::domain::samples::{by_spurv, team};
    use crate::domain::team::NewTeam;
    use crate::domain::text::Line;

    #[test]
    fn a_withheld_trail_is_released_only_when_the_protection_is_no_longer_strict() {
        // Given a trail that was withheld from all staff.
        let (withheld, _) = referred("2022-05-27").withhold();
        assert!(withheld.is_withheld());
        let strict = Protection::new(AddressProtection::StrictlyConfidential, StaffShielding::None);
        let protected = person_born(Some("1985-12-08"), strict);
        let unprotected = person_born(Some("1985-12-08"), Protection::default());
        // When it is to be shown again, then only without the protection.
        assert_eq!(withheld.clone().release(&protected), Err(Rejection::StrictlyProtected));
        let (released, _) = withheld.release(&unprotected).unwrap();
        assert_eq!(released.audience(), TrailAudience::Team);
    }

    #[test]
    fn da4_what_comes_out_of_a_cleared_team_is_withheld_until_it_is_released() {
        let by = by_spurv("2022-01-03");
        let new = || NewTeam { name: Line::parse("KANARI").expect("a name"), method: Method::Ips };
        let (ordinary, _) = Team::register(team(), new(), &by);
        let (cleared, _) = Team::register_cleared(team(), new(), &by);
        let trail = |audience| Trail { audience, ..referred("2022-05-27") };
        for (before, there, here) in [
            (TrailAudience::Team, TrailAudience::Cleared, TrailAudience::Team),
            (TrailAudience::Withheld, TrailAudience::Cleared, TrailAudience::Withheld),
            (TrailAudience::Cleared, TrailAudience::Cleared, TrailAudience::Withheld),
        ] {
            let trail = trail(before);
            assert_eq!((trail.audience_in(&cleared), trail.audience_in(&ordinary)), (there, here), "{before:?}");
            assert_eq!(trail.is_taken_by_protection(), before == TrailAudience::Team);
        }
    }
}
