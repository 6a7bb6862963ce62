//! The phases of a trail.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::moment::Authorship;

coded! {
    /// A phase of a trail. Which of them a method uses, and in which order: [`Method::phases`].
    ///
    /// [`Method::phases`]: super::method::Method::phases
    pub enum Phase {
        /// Referred, the start-up meeting not yet held.
        Referred = "referred", "Henvist", "Referred";
        /// The career profile is being made.
        Mapping = "mapping", "Kartlegging", "Mapping";
        /// Employers are being met.
        JobDevelopment = "job_development", "Jobbutvikling", "Job development";
        /// In ordinary education.
        InEducation = "in_education", "I utdanning", "In education";
        /// In ordinary work.
        Working = "working", "Jobber", "Working";
        /// Support is being reduced; not to be confused with an employer's downsizing.
        StepDown = "step_down", "Nedtrapping", "Step-down";
        /// Ended; reached only by ending the trail (I9).
        Ended = "ended", "Sluttet", "Ended";
    }
}

impl Phase {
    /// Whether the participant is being helped in this phase: neither waiting for the start nor ended.
    #[must_use]
    pub const fn is_active(self) -> bool {
        !matches!(self, Self::Referred | Self::Ended)
    }
}

/// One step of a trail's history: into which phase, from which day, and who said so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhaseChange {
    to: Phase,
    on: NaiveDate,
    authorship: Authorship,
}

impl PhaseChange {
    /// A change into a phase from a day on.
    #[must_use]
    pub const fn new(to: Phase, on: NaiveDate, authorship: Authorship) -> Self {
        Self { to, on, authorship }
    }

    /// The phase that was reached.
    #[must_use]
    pub const fn to(&self) -> Phase {
        self.to
    }

    /// The first day in that phase.
    #[must_use]
    pub const fn on(&self) -> NaiveDate {
        self.on
    }

    /// Who registered it, and when.
    #[must_use]
    pub const fn authorship(&self) -> &Authorship {
        &self.authorship
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_names_one_phase_and_is_its_serde_name() {
        for phase in Phase::ALL {
            assert_eq!(Phase::from_code(phase.code()), Some(phase));
            assert_eq!(serde_json::to_string(&phase).unwrap(), format!("\"{}\"", phase.code()));
        }
    }

    #[test]
    fn only_the_phases_between_referred_and_ended_are_active() {
        let active: Vec<_> = Phase::ALL.into_iter().filter(|phase| phase.is_active()).collect();
        assert_eq!(active.first(), Some(&Phase::Mapping));
        assert_eq!(active.len(), 5);
    }
}
