//! The methods of supported employment that a trail can follow.

use super::coded::coded;
use super::phase::Phase;

coded! {
    /// The method of a trail; fixed for its life (I1).
    pub enum Method {
        /// Individual Placement and Support.
        Ips = "ips", "IPS (Individuell jobbstøtte)", "IPS (Individual Placement and Support)";
    }
}

impl Method {
    /// The method's ladder of phases, lowest first.
    ///
    /// A trail may move up or down it, and skip; it begins at the first and ends in the last.
    ///
    /// ```
    /// use worktrail_core::domain::{Method, Phase};
    ///
    /// assert_eq!(Method::Ips.phases().first(), Some(&Phase::Referred));
    /// assert_eq!(Method::Ips.next_phase(Phase::Working), Some(Phase::StepDown));
    /// ```
    #[must_use]
    pub const fn phases(self) -> &'static [Phase] {
        match self {
            Self::Ips => &[
                Phase::Referred,
                Phase::Mapping,
                Phase::JobDevelopment,
                Phase::InEducation,
                Phase::Working,
                Phase::StepDown,
                Phase::Ended,
            ],
        }
    }

    /// The phase in which a trail of this method begins (I5).
    #[must_use]
    pub const fn first_phase(self) -> Phase {
        match self {
            Self::Ips => Phase::Referred,
        }
    }

    /// Whether the phase belongs to the method's ladder (I5).
    #[must_use]
    pub fn has_phase(self, phase: Phase) -> bool {
        self.phases().contains(&phase)
    }

    /// Whether work training on a trail of this method is asked for its reason: where ordinary work is the goal (`DB9`).
    #[must_use]
    pub const fn asks_why_work_training(self) -> bool {
        match self {
            Self::Ips => true,
        }
    }

    /// The rung above a phase: what "done with this step" leads to (seed row 114).
    #[must_use]
    pub fn next_phase(self, phase: Phase) -> Option<Phase> {
        let mut above = self.phases().iter().skip_while(|rung| **rung != phase);
        above.next()?;
        above.next().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ladder_begins_at_the_first_phase_and_ends_in_ended() {
        for method in Method::ALL {
            assert_eq!(method.phases().first(), Some(&method.first_phase()));
            assert_eq!(method.phases().last(), Some(&Phase::Ended));
        }
    }

    #[test]
    fn the_rung_above_is_the_next_one_and_nothing_is_above_ended() {
        assert_eq!(Method::Ips.next_phase(Phase::Referred), Some(Phase::Mapping));
        assert_eq!(Method::Ips.next_phase(Phase::Ended), None);
    }
}
