//! Warning notes on an employer.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Employer;
use crate::domain::coded::coded;
use crate::domain::day_of::DayOf;
use crate::domain::fact::Fact;
use crate::domain::kept::{Kept, NotKept, kept};
use crate::domain::moment::Authorship;
use crate::domain::rejection::Rejection;
use crate::domain::text::Line;

/// A warning note on an employer, and who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EmployerWarning {
    terms: WarningTerms,
    authorship: Authorship,
}

/// What a warning says, and until when it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WarningTerms {
    /// What it is about.
    pub about: WarningAbout,
    /// A line beside it.
    pub note: Option<Line<200>>,
    /// The last day on which it is shown.
    pub until: NaiveDate,
}

coded! {
    /// What a warning on an employer is about.
    pub enum WarningAbout {
        /// Preventing sick leave and dropping out.
        SickLeave = "sick_leave", "Forebygge sykefravær og redusere frafall", "Prevent sick leave and dropping out";
        /// People there were not followed up well.
        LackingSupport = "lacking_support", "Manglende oppfølging", "Lacking follow-up by the employer";
        /// It is laying people off.
        LayingOff = "laying_off", "Nedbemanne", "Laying people off";
        /// It recruits, and wants to include.
        Recruiting = "recruiting", "Rekruttere og inkludere", "Recruit and include";
    }
}

#[derive(Deserialize)]
pub(crate) struct KeptWarning {
    terms: KeptTerms,
    authorship: Authorship,
}

#[derive(Deserialize)]
struct KeptTerms {
    about: WarningAbout,
    #[serde(default, deserialize_with = "kept")]
    note: Option<Line<200>>,
    until: NaiveDate,
}

impl Kept for EmployerWarning {
    type Form = KeptWarning;

    fn from_kept(form: KeptWarning) -> Result<Self, NotKept> {
        let KeptWarning { terms: KeptTerms { about, note, until }, authorship } = form;
        Ok(Self { terms: WarningTerms { about, note, until }, authorship })
    }
}

impl EmployerWarning {
    /// What it says.
    #[must_use]
    pub const fn terms(&self) -> &WarningTerms {
        &self.terms
    }

    /// Who wrote it, and when.
    #[must_use]
    pub const fn authorship(&self) -> &Authorship {
        &self.authorship
    }
}

impl Employer {
    /// Puts a warning on it, or takes the present one down.
    ///
    /// # Errors
    /// [`Rejection::EmployerMerged`]; [`Rejection::DateBefore`] when the last day has gone by;
    /// [`Rejection::NothingChanges`] when it says so already.
    pub fn warn(mut self, terms: Option<WarningTerms>, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        self.must_be_current()?;
        if let Some(terms) = &terms {
            Rejection::all(DayOf::WarningUntil.faults_of_end(terms.until, by))?;
        }
        if self.warning.as_ref().map(EmployerWarning::terms) == terms.as_ref() {
            return Err(Rejection::NothingChanges);
        }
        let (about, until) = (terms.as_ref().map(|terms| terms.about), terms.as_ref().map(|terms| terms.until));
        self.warning = terms.map(|terms| EmployerWarning { terms, authorship: *by });
        let fact = Fact::EmployerWarningSet { employer: self.id, about, until };
        Ok((self, fact))
    }
}
