//! Two records of one employer become one.

use serde::{Deserialize, Serialize};

use super::Employer;
use crate::domain::fact::Fact;
use crate::domain::id::EmployerId;
use crate::domain::moment::Authorship;
use crate::domain::rejection::Rejection;
use crate::domain::thing::Thing;

/// That a record was merged into another, and who said so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Merged {
    into: EmployerId,
    authorship: Authorship,
}

impl Employer {
    /// Merges a duplicate into this one (S30). Nothing is moved: contacts, jobs and contact persons keep the id that
    /// they were made with, and this employer knows which ids it had ([`Employer::goes_by`]). A number that only the
    /// duplicate had comes along.
    ///
    /// # Errors
    /// [`Rejection::EmployerMerged`] when either is merged; [`Rejection::NotADuplicate`] for the same record, and for two
    /// with different numbers, which are two units.
    pub fn absorb(mut self, mut duplicate: Self, by: &Authorship) -> Result<(Self, Self, Fact), Rejection> {
        self.must_be_current()?;
        duplicate.must_be_current()?;
        let two_numbers = self.organisation_number.is_some() && duplicate.organisation_number.is_some();
        if self.id == duplicate.id || two_numbers {
            return Err(Rejection::NotADuplicate { what: Thing::Employer });
        }
        self.absorbed.push(duplicate.id);
        self.absorbed.extend(&duplicate.absorbed);
        self.organisation_number = self.organisation_number.or_else(|| duplicate.organisation_number.clone());
        duplicate.merged = Some(Merged { into: self.id, authorship: *by });
        let fact = Fact::EmployersMerged { employer: self.id, duplicate: duplicate.id };
        Ok((self, duplicate, fact))
    }

    /// The employer that this one was merged into.
    #[must_use]
    pub fn merged_into(&self) -> Option<EmployerId> {
        self.merged.as_ref().map(|merged| merged.into)
    }

    /// Who merged it into another, and when.
    #[must_use]
    pub fn merged(&self) -> Option<&Authorship> {
        self.merged.as_ref().map(|merged| &merged.authorship)
    }

    /// The ids of the duplicates that were merged into it.
    #[must_use]
    pub fn absorbed(&self) -> &[EmployerId] {
        &self.absorbed
    }

    /// Its id, and those of the duplicates that were merged into it.
    pub fn ids(&self) -> impl Iterator<Item = EmployerId> {
        std::iter::once(self.id).chain(self.absorbed.iter().copied())
    }

    /// Whether an id is, or was, one of this employer's.
    #[must_use]
    pub fn goes_by(&self, id: EmployerId) -> bool {
        self.id == id || self.absorbed.contains(&id)
    }

    /// Refuses what is new to a record that was merged into another (of transition).
    ///
    /// # Errors
    /// [`Rejection::EmployerMerged`] says into which.
    pub fn must_be_current(&self) -> Result<(), Rejection> {
        match self.merged_into() {
            Some(into) => Err(Rejection::EmployerMerged { into }),
            None => Ok(()),
        }
    }
}
