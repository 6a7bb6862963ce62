//! Who a trail is shown to: withheld from all staff while its participant is strictly protected (`DA4`).

use serde::{Deserialize, Serialize};

use super::Trail;
use crate::domain::coded::coded;
use crate::domain::fact::Fact;
use crate::domain::id::{StaffId, TeamId};
use crate::domain::participant::Participant;
use crate::domain::rejection::Rejection;

coded! {
    /// Whom a trail is shown to. It leads every index over trails, so that what somebody may see is a range.
    pub silent enum TrailAudience {
        /// The staff of its team, as far as their rights reach.
        Team = "team", "Teamet", "The team";
        /// Nobody but the participant: the participant is strictly protected and no cleared unit has the trail.
        Withheld = "withheld", "Tilbakeholdt", "Withheld";
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
    use crate::domain::protection::{AddressProtection, Protection, StaffShielding};

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
}
