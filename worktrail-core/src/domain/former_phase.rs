//! Phases of other ladders: what they were called in today's system, and which phase of another method they come to (S113).

use super::method::Method;
use super::phase::Phase;

/// What today's system called its phases, and its older ladder, which had no phase in education: its own values, and what
/// its users read. *Passive*, which once was a phase, is a pause here (`DA11`).
const FORMER: &[(Phase, &[&str])] = &[
    (Phase::Referred, &["referred", "henvist"]),
    (Phase::Mapping, &["mapping", "kartlegging"]),
    (Phase::JobDevelopment, &["job development", "jobbutvikling"]),
    (Phase::InEducation, &["in education", "i utdannelse", "i utdanning"]),
    (Phase::Working, &["working", "jobber"]),
    (Phase::StepDown, &["downsizing", "step-down", "nedtrapping"]),
    (Phase::InitialContact, &["initial contact", "innledende kontakt"]),
    (
        Phase::CareerMapping,
        &["career mapping and career planning", "career mapping/planning", "yrkeskartlegging og karriereplanlegging"],
    ),
    (
        Phase::FindingJob,
        &[
            "find a suitable job / collaborate with ag",
            "find a suitable job / collaborate with employer",
            "finne en passende jobb / samarbeid med arb.g",
            "finne en passende jobb / samarbeid med arbeidsgiver",
        ],
    ),
    (
        Phase::TrainingAtWork,
        &[
            "education and training in and / or outside the workplace",
            "training in/outside workplace",
            "opplæring og trening på og/eller utenom arbeidsplassen",
        ],
    ),
    (Phase::DecisionSupport, &["information and decision support", "informasjon og beslutningsstøtte"]),
    (Phase::Discovery, &["discovery", "utforske muligheter"]),
    (Phase::CustomizedJobDevelopment, &["job development ce", "tilpasset jobbutvikling"]),
    (
        Phase::AdaptedTraining,
        &["adapted training and training in the workplace", "tilpasset opplæring og trening på arbeidsplassen"],
    ),
    (
        Phase::LongTermSupport,
        &[
            "long-term available follow-up and career development",
            "langvarig tilgjengelig oppfølging og karriereutvikling",
        ],
    ),
    (Phase::Ended, &["ended", "sluttet"]),
];

impl Phase {
    /// The phase that was called so: by its code here, by a value of today's system, or by what its users read, in either
    /// language and whatever the case (S113).
    ///
    /// ```
    /// use worktrail_core::domain::Phase;
    ///
    /// assert_eq!(Phase::formerly_called("Downsizing"), Some(Phase::StepDown));
    /// assert_eq!(Phase::formerly_called("Jobbutvikling "), Some(Phase::JobDevelopment));
    /// assert_eq!(Phase::formerly_called("Passive"), None);
    /// ```
    #[must_use]
    pub fn formerly_called(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase();
        let named = FORMER.iter().find(|(_, names)| names.contains(&word.as_str()));
        named.map(|(phase, _)| *phase).or_else(|| Self::from_code(&word))
    }
}

impl Method {
    /// The phase of this method that a phase of any method comes to: its own ones as they are, those of another ladder by
    /// what the phase is for (S113).
    ///
    /// ```
    /// use worktrail_core::domain::{Method, Phase};
    ///
    /// assert_eq!(Method::Ips.counterpart(Phase::FindingJob), Phase::JobDevelopment);
    /// assert_eq!(Method::SupportedEmployment.counterpart(Phase::InEducation), Phase::TrainingAtWork);
    /// ```
    #[must_use]
    pub fn counterpart(self, phase: Phase) -> Phase {
        if self.has_phase(phase) {
            return phase;
        }
        let [mapping, search, education, work, step_down] = match self {
            Self::Ips => [Phase::Mapping, Phase::JobDevelopment, Phase::InEducation, Phase::Working, Phase::StepDown],
            Self::SupportedEmployment => [
                Phase::CareerMapping,
                Phase::FindingJob,
                Phase::TrainingAtWork,
                Phase::TrainingAtWork,
                Phase::TrainingAtWork,
            ],
            Self::CustomizedEmployment => [
                Phase::Discovery,
                Phase::CustomizedJobDevelopment,
                Phase::AdaptedTraining,
                Phase::AdaptedTraining,
                Phase::LongTermSupport,
            ],
        };
        match phase {
            Phase::Referred | Phase::InitialContact | Phase::DecisionSupport => self.first_phase(),
            Phase::Mapping | Phase::CareerMapping | Phase::Discovery => mapping,
            Phase::JobDevelopment | Phase::FindingJob | Phase::CustomizedJobDevelopment => search,
            Phase::InEducation => education,
            Phase::Working | Phase::TrainingAtWork | Phase::AdaptedTraining => work,
            Phase::StepDown | Phase::LongTermSupport => step_down,
            Phase::Ended => Phase::Ended,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn s113_both_ladders_of_today_are_known_and_no_word_names_two_phases() {
        let words: Vec<_> = FORMER.iter().flat_map(|(_, words)| words.iter().copied()).collect();
        assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len());
        assert_eq!(FORMER.iter().map(|(phase, _)| *phase).collect::<Vec<_>>(), Phase::ALL);
        for (phase, words) in FORMER {
            for word in *words {
                assert_eq!(Phase::formerly_called(&word.to_uppercase()), Some(*phase), "{word}");
            }
            assert_eq!(Phase::formerly_called(phase.code()), Some(*phase));
        }
        // the path as the presentation showed it, before there was education
        let path = ["Henvist", "Kartlegging", "Jobbutvikling", "Jobber", "Nedtrapping", "Sluttet"];
        let phases: Vec<_> = path.into_iter().filter_map(Phase::formerly_called).collect();
        let without_education = Method::Ips.phases().iter().copied().filter(|phase| *phase != Phase::InEducation);
        assert_eq!(phases, without_education.collect::<Vec<_>>());
    }

    #[test]
    fn s113_every_phase_comes_to_one_of_every_method_and_no_ladder_is_turned_round() {
        for (to, from) in Method::ALL.into_iter().flat_map(|to| Method::ALL.map(|from| (to, from))) {
            let rung = |phase: Phase| to.phases().iter().position(|it| *it == phase).expect("a phase of the method");
            let rungs: Vec<_> = from.phases().iter().map(|phase| rung(to.counterpart(*phase))).collect();
            assert!(rungs.is_sorted(), "{from:?} to {to:?}: {rungs:?}");
            let is_same = from.phases().iter().all(|phase| to.counterpart(*phase) == *phase);
            assert_eq!(is_same, to == from);
        }
    }
}
