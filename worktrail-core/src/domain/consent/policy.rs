//! Who must consent: by purpose, class and age.

use super::terms::{ConsentClass, ConsentGiver, ConsentPurpose};
use crate::domain::coded::coded;
use crate::domain::legal_basis::{LawfulBasis, LegalBasis, SpecialBasis};
use crate::label::Label;

/// The age from which a person decides alone about what the treatment tells (C4, policy; pasient- og
/// brukerrettighetsloven § 4-3).
pub const HEALTH_MAJORITY: u16 = 16;

/// The age from which a person consents alone in everything else (C4, policy).
pub(super) const OWN_FROM_AGE: u16 = 18;

coded! {
    /// Who must consent before something is done.
    pub enum Consenter {
        /// Nobody: the law suffices.
        LawSuffices = "law_suffices", "Ingen, loven er nok", "Nobody, the law suffices";
        /// The person.
        Participant = "participant", "Deltakeren selv", "The participant";
        /// A guardian; the person may join in.
        Guardian = "guardian", "Foresatt", "A guardian";
        /// The person and a guardian.
        Both = "both", "Deltakeren og foresatt", "The participant and a guardian";
    }
}

impl Consenter {
    /// Whether it is enough that this one gives the consent.
    #[must_use]
    pub const fn is_satisfied_by(self, giver: ConsentGiver) -> bool {
        match self {
            Self::LawSuffices => true,
            Self::Participant => matches!(giver, ConsentGiver::Participant | ConsentGiver::Both),
            Self::Guardian => matches!(giver, ConsentGiver::Guardian | ConsentGiver::Both),
            Self::Both => matches!(giver, ConsentGiver::Both),
        }
    }
}

impl ConsentPurpose {
    /// Who must consent to a class of data being shared for this purpose, at an age (C4, policy).
    ///
    /// From 18 the person alone. Before that a guardian, and where it is about health or needs at work the person too;
    /// but what the treatment tells, the person decides from 16 on.
    #[must_use]
    pub const fn consenter(self, class: ConsentClass, age: u16) -> Consenter {
        if age >= self.alone_from() {
            Consenter::Participant
        } else if class.is_special() && age >= HEALTH_MAJORITY {
            Consenter::Both
        } else {
            Consenter::Guardian
        }
    }

    /// The age from which the person consents alone, whatever the class.
    #[must_use]
    pub const fn alone_from(self) -> u16 {
        if matches!(self, Self::ShareFromTreatment) { HEALTH_MAJORITY } else { OWN_FROM_AGE }
    }

    /// The classes that may be shared for it (GDPR art. 5(1)(c)). Sharing from treatment is about health alone (S171).
    #[must_use]
    pub const fn classes(self) -> &'static [ConsentClass] {
        match self {
            Self::ShareFromTreatment => &[ConsentClass::Health],
            _ => &ConsentClass::ALL,
        }
    }

    /// What makes it lawful: consent, and explicit consent where it is about health.
    #[must_use]
    pub const fn basis(self) -> LegalBasis {
        let why = match self {
            Self::IntroduceToEmployer => Label::new(
                "Ingen lov sier at en arbeidsgiver skal få vite hvem som søker hjelp; personen avgjør det selv.",
                "No law says that an employer is told who seeks help; it is the person's own decision.",
            ),
            Self::ShowInterest => Label::new(
                "Å vise interesse er personens eget valg, og kan ombestemmes uten følger for hjelpen.",
                "To show interest is the person's own choice, and can be undone without any effect on the help.",
            ),
            Self::CooperateWithTreatment => Label::new(
                "Samarbeid med behandler gjør hjelpen bedre, men bare når personen vil det.",
                "Working together with the treatment makes the help better, but only when the person wants it.",
            ),
            Self::CooperateWithEducation => Label::new(
                "Utdanningsstedet får vite det som personen har sagt ja til, for å legge til rette.",
                "The place of education is told what the person has agreed to, so that it can make adjustments.",
            ),
            Self::InvolveNetwork => Label::new(
                "Familie og venner trekkes inn bare på den måten personen ønsker.",
                "Family and friends are brought in only in the way that the person wishes.",
            ),
            Self::ShareFromTreatment => Label::new(
                "Helsepersonell har taushetsplikt; bare pasienten kan frita dem, for det som er nevnt.",
                "Health personnel are bound to silence; only the patient can release them, for what is named.",
            ),
        };
        LegalBasis { lawful: LawfulBasis::Consent, special: Some(SpecialBasis::ExplicitConsent), why }
    }
}

impl ConsentClass {
    /// Whether it is a special category (GDPR art. 9): health, and what a person needs at work, which tells of it.
    #[must_use]
    pub const fn is_special(self) -> bool {
        matches!(self, Self::Health | Self::SupportNeeds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c4_who_must_consent_by_purpose_class_and_age() {
        use Consenter::{Both, Guardian, Participant};
        for (purpose, class, expected) in [
            // at 15, 16, 17 and 18
            (ConsentPurpose::IntroduceToEmployer, ConsentClass::Name, [Guardian, Guardian, Guardian, Participant]),
            (ConsentPurpose::IntroduceToEmployer, ConsentClass::SupportNeeds, [Guardian, Both, Both, Participant]),
            (ConsentPurpose::CooperateWithTreatment, ConsentClass::Health, [Guardian, Both, Both, Participant]),
            (
                ConsentPurpose::ShareFromTreatment,
                ConsentClass::Health,
                [Guardian, Participant, Participant, Participant],
            ),
        ] {
            assert_eq!([15, 16, 17, 18].map(|age| purpose.consenter(class, age)), expected, "{purpose:?} {class:?}");
        }
    }

    #[test]
    fn c4_from_eighteen_everybody_consents_alone_and_nothing_is_shared_by_law_alone() {
        for purpose in ConsentPurpose::ALL {
            for class in ConsentClass::ALL {
                assert_eq!(purpose.consenter(class, OWN_FROM_AGE), Consenter::Participant);
                assert!((0..120).all(|age| purpose.consenter(class, age) != Consenter::LawSuffices));
            }
        }
    }

    #[test]
    fn a_consent_of_both_is_enough_wherever_one_of_them_is_asked() {
        for consenter in Consenter::ALL {
            assert!(consenter.is_satisfied_by(ConsentGiver::Both));
        }
        assert!(!Consenter::Participant.is_satisfied_by(ConsentGiver::Guardian));
        assert!(!Consenter::Guardian.is_satisfied_by(ConsentGiver::Participant));
        assert!(!Consenter::Both.is_satisfied_by(ConsentGiver::Guardian));
    }
}
