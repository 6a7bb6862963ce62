//! Members of staff.

use serde::{Deserialize, Serialize};

use super::fact::Fact;
use super::id::StaffId;
use super::kept::kept;
use super::moment::Authorship;
use super::person_name::PersonName;
use super::text::Line;

/// A member of staff: specialist, supervisor, counsellor and so on. What they may do follows from their memberships.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    id: StaffId,
    #[serde(deserialize_with = "kept")]
    name: PersonName,
    #[serde(deserialize_with = "kept")]
    host_identity: Line<80>,
    registered: Authorship,
}

/// What is told about a new member of staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewStaff {
    /// The name.
    pub name: PersonName,
    /// Who this is to the host, which authenticates.
    pub host_identity: Line<80>,
}

impl Staff {
    /// Registers a member of staff.
    ///
    /// That a host identity is one person's is for the store, as a unique value.
    #[must_use]
    pub fn register(id: StaffId, new: NewStaff, by: &Authorship) -> (Self, Fact) {
        let fact = Fact::StaffRegistered { staff: id, name: new.name.clone() };
        (Self { id, name: new.name, host_identity: new.host_identity, registered: *by }, fact)
    }

    /// The id.
    #[must_use]
    pub const fn id(&self) -> StaffId {
        self.id
    }

    /// The name.
    #[must_use]
    pub const fn name(&self) -> &PersonName {
        &self.name
    }

    /// Who this is to the host.
    #[must_use]
    pub const fn host_identity(&self) -> &Line<80> {
        &self.host_identity
    }

    /// Who registered the person, and when.
    #[must_use]
    pub const fn registered(&self) -> &Authorship {
        &self.registered
    }
}
