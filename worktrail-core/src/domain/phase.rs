//! The phases of a trail.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::moment::Authorship;
use crate::label::Label;

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
        /// Supported Employment: trust is built, and the participant decides.
        InitialContact = "initial_contact", "Innledende kontakt", "Initial contact";
        /// Supported Employment: the occupational profile is being made.
        CareerMapping = "career_mapping",
            "Yrkeskartlegging og karriereplanlegging", "Career mapping and career planning";
        /// Supported Employment: a suitable job is being found, together with employers.
        FindingJob = "finding_job",
            "Finne en passende jobb / samarbeid med arbeidsgiver", "Finding a suitable job with employers";
        /// Supported Employment: training in and outside the workplace.
        TrainingAtWork = "training_at_work",
            "Opplæring og trening på og/eller utenom arbeidsplassen", "Training in and outside the workplace";
        /// Customized Employment: the participant is informed and decides.
        DecisionSupport = "decision_support",
            "Informasjon og beslutningsstøtte", "Information and decision support";
        /// Customized Employment: possibilities are being explored.
        Discovery = "discovery", "Utforske muligheter", "Discovery";
        /// Customized Employment: a job is being made to fit.
        CustomizedJobDevelopment = "customized_job_development",
            "Tilpasset jobbutvikling", "Customized job development";
        /// Customized Employment: adapted training in the workplace.
        AdaptedTraining = "adapted_training",
            "Tilpasset opplæring og trening på arbeidsplassen", "Adapted training in the workplace";
        /// Customized Employment: support that stays at hand, and career development.
        LongTermSupport = "long_term_support",
            "Langvarig tilgjengelig oppfølging og karriereutvikling", "Long-term support and career development";
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

    /// What the phase is for; shown beside the ladder (row 18).
    #[must_use]
    pub const fn guidance(self) -> Label {
        match self {
            Self::Referred => Label::new(
                "Ta kontakt raskt, avtal oppstartsmøte. Ønsket om arbeid er nok.",
                "Get in touch soon, agree on the start-up meeting. The wish to work is enough.",
            ),
            Self::Mapping => Label::new(
                "Bli kjent, lag karriereprofil sammen; møt arbeidsgivere innen 30 dager.",
                "Get acquainted, make the career profile together; meet employers within 30 days.",
            ),
            Self::JobDevelopment => Label::new(
                "Møt arbeidsgivere ansikt til ansikt ut fra deltakerens ønsker.",
                "Meet employers face to face, from the participant's wishes.",
            ),
            Self::InEducation => Label::new(
                "Støtt i ordinær utdanning, og hold jobbmålet levende.",
                "Support in ordinary education, and keep the goal of work alive.",
            ),
            Self::Working => Label::new(
                "Følg opp tett fra første dag; avtal støtte med deltaker og arbeidsgiver.",
                "Follow along closely from the first day; agree on support with participant and employer.",
            ),
            Self::StepDown => Label::new(
                "Trapp støtten ned i deltakerens takt, og avtal hvem som er der etterpå.",
                "Step support down at the participant's pace, and agree on who is there afterwards.",
            ),
            Self::InitialContact => Label::new(
                "Informer forståelig, så deltakeren kan velge fritt. Bygg tillit.",
                "Inform in plain words, so that the participant can choose freely. Build trust.",
            ),
            Self::CareerMapping => Label::new(
                "Interesser, ønsker, ressurser og behov; realistiske mål, yrkesprofil og CV.",
                "Interests, wishes, resources and needs; realistic goals, an occupational profile and a CV.",
            ),
            Self::FindingJob => Label::new(
                "Bygg relasjon til arbeidsgivere, finn jobb som passer profilen.",
                "Build relations with employers, find a job that matches the profile.",
            ),
            Self::TrainingAtWork => Label::new(
                "Opplæringsplan, naturlig støtte, jevnlige samtaler, gradvis nedtrapping.",
                "A training plan, natural support, regular reviews, gradual step-down.",
            ),
            Self::DecisionSupport => Label::new(
                "Informer, og støtt deltakeren i å bestemme selv.",
                "Inform, and support the participant in deciding.",
            ),
            Self::Discovery => Label::new(
                "Bli kjent gjennom aktivitet: hva personen kan, liker og trenger.",
                "Get to know the person through activity: what they can do, like and need.",
            ),
            Self::CustomizedJobDevelopment => Label::new(
                "Forhandle fram oppgaver som passer både person og virksomhet.",
                "Negotiate tasks that fit both the person and the business.",
            ),
            Self::AdaptedTraining => Label::new(
                "Lær opp på stedet, med kolleger som støtte.",
                "Train on the spot, with colleagues for support.",
            ),
            Self::LongTermSupport => Label::new(
                "Vær tilgjengelig, og se etter neste steg i karrieren.",
                "Be at hand, and look for the next step in the career.",
            ),
            Self::Ended => Label::new(
                "Jobbsporet er avsluttet; deltakeren kan når som helst komme tilbake.",
                "The trail has ended; the participant may come back at any time.",
            ),
        }
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
    fn all_but_referred_and_ended_are_active() {
        let rest: Vec<_> = Phase::ALL.into_iter().filter(|phase| !phase.is_active()).collect();
        assert_eq!(rest, [Phase::Referred, Phase::Ended]);
    }

    #[test]
    fn row_18_every_phase_says_what_it_is_for_in_both_languages() {
        for phase in Phase::ALL {
            assert!(!phase.guidance().nb.is_empty() && !phase.guidance().en.is_empty());
        }
    }
}
