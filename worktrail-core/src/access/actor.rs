//! Who acts, in which roles, and what for.

use std::collections::BTreeSet;

use super::purpose::{Purpose, purposes};
use super::reach::{Reach, program_reach, reach};
use super::right::Right;
use crate::domain::{ActorId, ParticipantId, Rejection, Role, StaffId};

/// Somebody who acts. The host has made sure who it is; the library looks up everything else, such as memberships,
/// in its own records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    id: ActorId,
    standing: Standing,
    purpose: Purpose,
}

/// In what standing somebody acts.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Standing {
    Person(BTreeSet<Role>),
    Program,
}

impl Actor {
    /// A member of staff acting in these roles. Over a team and its trails a role only counts where a present membership
    /// bears it out. Over the organisation there is no membership to bear it out: to found teams and register staff, the
    /// host's word is enough, so a host names a role only while somebody holds it.
    #[must_use]
    pub fn staff(id: StaffId, roles: impl IntoIterator<Item = Role>, purpose: Purpose) -> Self {
        Self { id: id.into(), standing: Standing::Person(roles.into_iter().collect()), purpose }
    }

    /// A participant acting in their own case.
    #[must_use]
    pub fn participant(id: ParticipantId) -> Self {
        Self {
            id: id.into(),
            standing: Standing::Person(BTreeSet::from([Role::Participant])),
            purpose: Purpose::OwnCase,
        }
    }

    /// Somebody else in one of the other roles.
    #[must_use]
    pub fn other(id: ActorId, role: Role, purpose: Purpose) -> Self {
        Self { id, standing: Standing::Person(BTreeSet::from([role])), purpose }
    }

    /// The host program itself, for chores that show nothing personal.
    #[must_use]
    pub const fn program(id: ActorId) -> Self {
        Self { id, standing: Standing::Program, purpose: Purpose::Operation }
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
        if self.reaches(right).iter().all(|(_, reach)| *reach == Reach::Nothing) {
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

    /// What for.
    #[must_use]
    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }
}
