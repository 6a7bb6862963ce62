//! The methods of supported employment that a trail can follow.

use super::coded::coded;
use super::phase::Phase;
use crate::label::Label;

coded! {
    /// The method of a trail; fixed for its life (I1).
    pub enum Method {
        /// Individual Placement and Support.
        Ips = "ips", "IPS (Individuell jobbstøtte)", "IPS (Individual Placement and Support)";
        /// Supported Employment (*arbeid med støtte*).
        SupportedEmployment = "supported_employment", "Arbeid med støtte", "Supported Employment";
        /// Customized Employment.
        CustomizedEmployment = "customized_employment", "Tilpasset sysselsetting (CE)", "Customized Employment";
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
            Self::SupportedEmployment => &[
                Phase::Referred,
                Phase::InitialContact,
                Phase::CareerMapping,
                Phase::FindingJob,
                Phase::TrainingAtWork,
                Phase::Ended,
            ],
            Self::CustomizedEmployment => &[
                Phase::DecisionSupport,
                Phase::Discovery,
                Phase::CustomizedJobDevelopment,
                Phase::AdaptedTraining,
                Phase::LongTermSupport,
                Phase::Ended,
            ],
        }
    }

    /// What the method is about; shown beside its name (S81).
    #[must_use]
    pub const fn guidance(self) -> Label {
        match self {
            Self::Ips => Label::new(
                "Ordinær jobb raskt, etter deltakerens ønsker, sammen med behandlingen, og støtte så lenge det trengs.",
                "An ordinary job soon, by the participant's wishes, beside treatment, and support for as long as needed.",
            ),
            Self::SupportedEmployment => Label::new(
                "Fem trinn til ordinær jobb: kontakt, kartlegging, jobbsøk, samarbeid med arbeidsgiver, støtte på og utenfor jobb.",
                "Five steps to an ordinary job: contact, profile, search, work with the employer, support on and off the job.",
            ),
            Self::CustomizedEmployment => Label::new(
                "Oppdag hva personen kan bidra med, og forhandle fram oppgaver som passer begge parter.",
                "Discover what the person has to give, and negotiate tasks that fit both sides.",
            ),
        }
    }

    /// The phase in which a trail of this method begins (I5).
    #[must_use]
    pub const fn first_phase(self) -> Phase {
        match self {
            Self::Ips | Self::SupportedEmployment => Phase::Referred,
            Self::CustomizedEmployment => Phase::DecisionSupport,
        }
    }

    /// The phase that the start-up meeting lifts a trail to which is still taken in (I7).
    #[must_use]
    pub const fn phase_after_start(self) -> Phase {
        match self {
            Self::Ips => Phase::Mapping,
            Self::SupportedEmployment => Phase::CareerMapping,
            Self::CustomizedEmployment => Phase::Discovery,
        }
    }

    /// Whether a trail in this phase is still taken in: the phase lies below the one after the start (I7).
    #[must_use]
    pub fn is_intake(self, phase: Phase) -> bool {
        let after = self.phase_after_start();
        self.phases().iter().take_while(|rung| **rung != after).any(|rung| *rung == phase)
    }

    /// Whether trails of this method may enter the recruitment programme (I11).
    #[must_use]
    pub const fn has_recruitment_programme(self) -> bool {
        matches!(self, Self::SupportedEmployment)
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
            Self::SupportedEmployment | Self::CustomizedEmployment => false,
        }
    }

    /// The rung above a phase: what "done with this step" leads to (S114).
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
    fn i5_a_ladder_has_each_phase_once_and_no_two_methods_share_more_than_the_ends() {
        for method in Method::ALL {
            let rungs: std::collections::BTreeSet<_> = method.phases().iter().collect();
            assert_eq!(rungs.len(), method.phases().len());
            assert!(method.has_phase(method.phase_after_start()));
            for other in Method::ALL.into_iter().filter(|other| *other != method) {
                let shared = method.phases().iter().filter(|phase| other.has_phase(**phase));
                assert!(shared.into_iter().all(|phase| !phase.is_active()), "{method:?} {other:?}");
            }
        }
    }

    #[test]
    fn i7_what_lies_below_the_phase_after_the_start_is_intake() {
        let intake =
            |method: Method| method.phases().iter().copied().filter(|it| method.is_intake(*it)).collect::<Vec<_>>();
        assert_eq!(intake(Method::Ips), [Phase::Referred]);
        assert_eq!(intake(Method::SupportedEmployment), [Phase::Referred, Phase::InitialContact]);
        assert_eq!(intake(Method::CustomizedEmployment), [Phase::DecisionSupport]);
    }

    #[test]
    fn the_rung_above_is_the_next_one_and_nothing_is_above_ended() {
        assert_eq!(Method::Ips.next_phase(Phase::Referred), Some(Phase::Mapping));
        assert_eq!(Method::Ips.next_phase(Phase::Ended), None);
    }
}
