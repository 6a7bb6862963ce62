//! Teams.

use serde::{Deserialize, Serialize};

use super::fact::Fact;
use super::id::TeamId;
use super::kept::kept;
use super::method::Method;
use super::moment::Authorship;
use super::text::Line;

/// A team that works by one method.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    id: TeamId,
    #[serde(deserialize_with = "kept")]
    name: Line<120>,
    method: Method,
    registered: Authorship,
}

/// What is told about a new team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTeam {
    /// Its name.
    pub name: Line<120>,
    /// The method that it works by.
    pub method: Method,
}

impl Team {
    /// Registers a team.
    #[must_use]
    pub fn register(id: TeamId, new: NewTeam, by: &Authorship) -> (Self, Fact) {
        let fact = Fact::TeamRegistered { team: id, name: new.name.clone(), method: new.method };
        (Self { id, name: new.name, method: new.method, registered: *by }, fact)
    }

    /// The id.
    #[must_use]
    pub const fn id(&self) -> TeamId {
        self.id
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &Line<120> {
        &self.name
    }

    /// The method that it works by.
    #[must_use]
    pub const fn method(&self) -> Method {
        self.method
    }

    /// Who registered it, and when.
    #[must_use]
    pub const fn registered(&self) -> &Authorship {
        &self.registered
    }
}
