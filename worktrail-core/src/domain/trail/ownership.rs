//! Whose a trail is, and how it comes to somebody else.

use super::Trail;
use crate::domain::fact::Fact;
use crate::domain::id::StaffId;
use crate::domain::rejection::Rejection;
use crate::domain::team::Team;
use crate::domain::transfer::Ownership;

impl Trail {
    /// Whose it is.
    #[must_use]
    pub const fn ownership(&self) -> Ownership {
        Ownership { team: self.team, owner: self.owner }
    }

    /// Comes to somebody else, in the same team or another one. Nothing else about it changes: it is no ending (`DB10`),
    /// and its method stays (I1). Whom it is shown to follows from the team (`DA4`). Of transition.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10); [`Rejection::NothingChanges`].
    pub fn hand_over(mut self, team: &Team, owner: StaffId) -> Result<(Self, Fact), Rejection> {
        self.must_be_open()?;
        let (from, to) = (self.ownership(), Ownership { team: team.id(), owner });
        if from == to {
            return Err(Rejection::NothingChanges);
        }
        self.audience = self.audience_in(team);
        self.team = to.team;
        self.owner = to.owner;
        let fact = Fact::TrailHandedOver { trail: self.id, from, to };
        Ok((self, fact))
    }
}
