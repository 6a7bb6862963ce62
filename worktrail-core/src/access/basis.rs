//! The one table of purposes: what makes each lawful, and who must consent (S12).

use super::purpose::Purpose;
use crate::domain::{ConsentClass, ConsentPurpose, Consenter, LawfulBasis, LegalBasis, SpecialBasis};
use crate::label::Label;

/// Something that personal data are handled for: the work itself, or sharing that somebody has consented to.
///
/// Every act and every reading carries a [`Purpose`], every consent a [`ConsentPurpose`], and each of them has its basis
/// here. Both lists are closed and the table leaves none out, so that a purpose without a basis can neither be written
/// nor read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Processing {
    /// What somebody acts or reads for.
    Work(Purpose),
    /// What a consent is for.
    Sharing(ConsentPurpose),
}

impl Processing {
    /// Every purpose that personal data are handled for.
    pub fn all() -> impl Iterator<Item = Self> {
        Purpose::ALL.into_iter().map(Self::Work).chain(ConsentPurpose::ALL.into_iter().map(Self::Sharing))
    }

    /// What makes it lawful, and why.
    ///
    /// ```
    /// use worktrail_core::access::{Processing, Purpose};
    /// use worktrail_core::domain::{ConsentPurpose, LawfulBasis};
    ///
    /// assert_eq!(Processing::Work(Purpose::FollowUp).basis().lawful, LawfulBasis::PublicTask);
    /// let sharing = Processing::Sharing(ConsentPurpose::IntroduceToEmployer);
    /// assert_eq!(sharing.basis().lawful, LawfulBasis::Consent);
    /// ```
    #[must_use]
    pub const fn basis(self) -> LegalBasis {
        match self {
            Self::Work(purpose) => purpose.basis(),
            Self::Sharing(purpose) => purpose.basis(),
        }
    }

    /// Who must consent before a class of data is handled for it, at an age (C4): nobody where the work rests on law.
    #[must_use]
    pub const fn consenter(self, class: ConsentClass, age: u16) -> Consenter {
        match self {
            Self::Work(_) => Consenter::LawSuffices,
            Self::Sharing(purpose) => purpose.consenter(class, age),
        }
    }

    /// What a person reads.
    #[must_use]
    pub const fn label(self) -> Label {
        match self {
            Self::Work(purpose) => purpose.label(),
            Self::Sharing(purpose) => purpose.label(),
        }
    }
}

impl Purpose {
    /// What makes acting and reading for this purpose lawful.
    #[must_use]
    pub const fn basis(self) -> LegalBasis {
        let (lawful, special, why) = match self {
            Self::FollowUp => (
                LawfulBasis::PublicTask,
                Some(SpecialBasis::SocialProtection),
                Label::new(
                    "Oppfølging mot arbeid er en oppgave etter lov; helse behandles så langt den virker inn på arbeid.",
                    "Support into work is a task by law; health is handled as far as it bears on work.",
                ),
            ),
            Self::Supervision => (
                LawfulBasis::PublicTask,
                Some(SpecialBasis::SocialProtection),
                Label::new(
                    "Den som leder teamet i metoden, må kunne se at hver deltaker får den hjelpen metoden lover.",
                    "Whoever leads the team in the method must see that each participant gets the help it promises.",
                ),
            ),
            Self::OwnCase => (
                LawfulBasis::LegalObligation,
                Some(SpecialBasis::SocialProtection),
                Label::new(
                    "Personen har rett til innsyn i egen sak og til å medvirke i den.",
                    "The person has the right of access to their own case and to take part in it.",
                ),
            ),
            Self::Administration => (
                LawfulBasis::PublicTask,
                None,
                Label::new(
                    "Tjenesten må ha team, ansatte og tall; helse trengs ikke til det.",
                    "The service needs teams, staff and figures; health is not needed for that.",
                ),
            ),
            Self::Operation => (
                LawfulBasis::LegalObligation,
                None,
                Label::new(
                    "Programmet må driftes og sikres; det ser ikke hva som står i sakene.",
                    "The program must be run and secured; it does not see what stands in the cases.",
                ),
            ),
            Self::Support => (
                LawfulBasis::PublicTask,
                Some(SpecialBasis::SocialProtection),
                Label::new(
                    "Den som hjelper når noe står fast, må kunne se saken det gjelder, med en grunn som blir stående.",
                    "Whoever helps when something is stuck must see the case it is about, for a reason that stays.",
                ),
            ),
        };
        LegalBasis { lawful, special, why }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn s12_every_purpose_has_a_basis_in_words_of_its_own() {
        let mut reasons = BTreeSet::new();
        for processing in Processing::all() {
            let basis = processing.basis();
            for text in [basis.why.nb, basis.why.en, processing.label().nb, processing.label().en] {
                assert!(!text.is_empty(), "{processing:?}");
            }
            assert!(reasons.insert(basis.why), "{processing:?} says what another says");
        }
        assert_eq!(reasons.len(), Purpose::ALL.len() + ConsentPurpose::ALL.len());
    }

    #[test]
    fn s12_consent_is_the_basis_of_sharing_and_of_nothing_else() {
        for processing in Processing::all() {
            let by_consent = processing.basis().lawful == LawfulBasis::Consent;
            assert_eq!(by_consent, matches!(processing, Processing::Sharing(_)), "{processing:?}");
            // Where consent is the basis somebody must give it, for each class and at each age, and nowhere else.
            for class in ConsentClass::ALL {
                let by_law = (0..120).map(|age| processing.consenter(class, age) == Consenter::LawSuffices);
                assert!(by_law.into_iter().all(|by_law| by_law != by_consent), "{processing:?} {class:?}");
            }
        }
    }

    #[test]
    fn s12_health_is_shared_by_explicit_consent_and_not_handled_to_administrate_or_operate() {
        for purpose in ConsentPurpose::ALL {
            assert_eq!(purpose.basis().special, Some(SpecialBasis::ExplicitConsent));
        }
        let without: Vec<_> = Purpose::ALL.into_iter().filter(|purpose| purpose.basis().special.is_none()).collect();
        assert_eq!(without, [Purpose::Administration, Purpose::Operation]);
    }
}
