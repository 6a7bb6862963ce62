//! Who acts, in which roles, and what for.

use std::collections::BTreeSet;

use super::purpose::{Purpose, purposes};
use super::reach::{Reach, program_reach, reach};
use super::right::Right;
use crate::domain::{ActorId, ParticipantId, Recipient, Rejection, Role, StaffId};

/// Somebody who acts. The host has made sure who it is; the library looks up everything else, such as memberships,
/// in its own records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    id: ActorId,
    standing: Standing,
    purpose: Purpose,
    recipient: Option<Recipient>,
}

/// In what standing somebody acts.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Standing {
    Person(BTreeSet<Role>),
    Program,
}

impl Actor {
    /// A member of staff acting in these roles. Over a team and its trails a role only counts where a present membership
    /// bears it out; beyond a team, where a present appointment does. Only to found teams and register staff, which opens
    /// nobody's case, the host's word is enough.
    #[must_use]
    pub fn staff(id: StaffId, roles: impl IntoIterator<Item = Role>, purpose: Purpose) -> Self {
        Self { id: id.into(), standing: Standing::Person(roles.into_iter().collect()), purpose, recipient: None }
    }

    /// A participant acting in their own case.
    #[must_use]
    pub fn participant(id: ParticipantId) -> Self {
        Self {
            id: id.into(),
            standing: Standing::Person(BTreeSet::from([Role::Participant])),
            purpose: Purpose::OwnCase,
            recipient: None,
        }
    }

    /// Somebody else in one of the other roles.
    #[must_use]
    pub fn other(id: ActorId, role: Role, purpose: Purpose) -> Self {
        Self { id, standing: Standing::Person(BTreeSet::from([role])), purpose, recipient: None }
    }

    /// Somebody outside the team who acts for a recipient that consents name: a counsellor, a member of a treatment team.
    /// The host has made sure which one, by the name that consents use; a role that is not the recipient's reaches
    /// nothing.
    ///
    /// ```
    /// use worktrail_core::access::{Actor, Purpose};
    /// use worktrail_core::domain::{ActorId, Line, Recipient, Role};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let id = ActorId::new("00000000-0000-0000-0000-000000000001".parse()?);
    /// let unit = Recipient::TreatmentTeam { name: Line::parse("DPS Fjellbekken")? };
    /// let clinician = Actor::recipient(id, Role::TreatmentTeamMember, unit, Purpose::FollowUp);
    /// assert_eq!(clinician.purpose(), Purpose::FollowUp);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn recipient(id: ActorId, role: Role, recipient: Recipient, purpose: Purpose) -> Self {
        Self { recipient: Some(recipient), ..Self::other(id, role, purpose) }
    }

    /// The host program itself, for chores that show nothing personal.
    #[must_use]
    pub const fn program(id: ActorId) -> Self {
        Self { id, standing: Standing::Program, purpose: Purpose::Operation, recipient: None }
    }

    /// Who.
    #[must_use]
    pub const fn id(&self) -> ActorId {
        self.id
    }

    /// How far each of the actor's roles carries a right, with the role.
    pub(crate) fn reaches(&self, right: Right) -> Vec<(Option<Role>, Reach)> {
        match &self.standing {
            Standing::Person(roles) => roles.iter().map(|role| (Some(*role), reach(*role, right))).collect(),
            Standing::Program => vec![(None, program_reach(right))],
        }
    }

    /// That one of the actor's roles carries a right somewhere, and that it is granted for what they act for (S13).
    ///
    /// # Errors
    /// [`Rejection::NotAllowed`]; [`Rejection::NotForThisPurpose`]. Neither says anything about a case.
    pub(crate) fn may_use(&self, right: Right) -> Result<(), Rejection> {
        let carries = match &self.standing {
            Standing::Person(roles) => roles.iter().any(|role| reach(*role, right) != Reach::Nothing),
            Standing::Program => program_reach(right) != Reach::Nothing,
        };
        if !carries {
            return Err(Rejection::NotAllowed { right: right.code() });
        }
        if purposes(right).contains(&self.purpose) {
            Ok(())
        } else {
            Err(Rejection::NotForThisPurpose { right: right.code(), purpose: self.purpose.code() })
        }
    }

    /// The same actor, for another purpose.
    #[cfg(test)]
    pub(crate) fn acting_for(self, purpose: Purpose) -> Self {
        Self { purpose, ..self }
    }

    /// The recipient whom the actor acts for in a role.
    pub(crate) fn acts_for(&self, role: Option<Role>) -> Option<&Recipient> {
        self.recipient.as_ref().filter(|recipient| role.is_some() && recipient.role() == role)
    }

    /// What for.
    #[must_use]
    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }
}
