//! Terms that are over: of a membership, or of an appointment.

use serde::{Deserialize, Serialize};

use crate::domain::moment::Authorship;
use crate::domain::period::Period;
use crate::domain::role::Role;

/// A term of a membership or an appointment that is over: in which role, from when to when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerTerm {
    role: Role,
    period: Period,
    begun: Authorship,
    ended: Option<Authorship>,
}

impl FormerTerm {
    pub(in crate::domain) const fn new(
        role: Role,
        period: Period,
        begun: Authorship,
        ended: Option<Authorship>,
    ) -> Self {
        Self { role, period, begun, ended }
    }

    /// In which role.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// From its first day to its last.
    #[must_use]
    pub const fn period(&self) -> Period {
        self.period
    }

    /// Who registered it, and when.
    #[must_use]
    pub const fn begun(&self) -> &Authorship {
        &self.begun
    }

    /// Who ended it, and when; none when it ran out.
    #[must_use]
    pub const fn ended(&self) -> Option<&Authorship> {
        self.ended.as_ref()
    }
}
