//! What makes it lawful to handle personal data for a purpose.

use super::coded::coded;
use crate::label::Label;

coded! {
    /// The basis in article 6 of the GDPR.
    pub enum LawfulBasis {
        /// The person has consented.
        Consent = "art_6_1_a", "Samtykke (artikkel 6 nr. 1 bokstav a)", "Consent (article 6(1)(a))";
        /// A legal obligation.
        LegalObligation = "art_6_1_c", "Rettslig forpliktelse (artikkel 6 nr. 1 bokstav c)",
            "Legal obligation (article 6(1)(c))";
        /// A task in the public interest.
        PublicTask = "art_6_1_e", "Oppgave i allmennhetens interesse (artikkel 6 nr. 1 bokstav e)",
            "Task in the public interest (article 6(1)(e))";
    }
}

coded! {
    /// The basis in article 9 of the GDPR, without which nothing about health is handled.
    pub enum SpecialBasis {
        /// The person has consented explicitly.
        ExplicitConsent = "art_9_2_a", "Uttrykkelig samtykke (artikkel 9 nr. 2 bokstav a)",
            "Explicit consent (article 9(2)(a))";
        /// Duties and rights in employment and social protection.
        SocialProtection = "art_9_2_b", "Arbeidsrett og trygd (artikkel 9 nr. 2 bokstav b)",
            "Employment and social protection (article 9(2)(b))";
    }
}

/// The legal basis of a purpose (S12): what makes it lawful, and why, in plain words.
///
/// It is the default of a service that helps people into work by law. A controller who rests on something else says so
/// in the record of processing; there is no value for "no basis".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LegalBasis {
    /// By article 6.
    pub lawful: LawfulBasis,
    /// By article 9; none where nothing about health is handled.
    pub special: Option<SpecialBasis>,
    /// Why.
    pub why: Label,
}
