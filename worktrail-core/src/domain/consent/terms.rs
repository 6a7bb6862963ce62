//! What somebody agrees to.

use serde::{Deserialize, Serialize};

use crate::domain::channel::Channel;
use crate::domain::coded::coded;
use crate::domain::recipient::Recipient;
use crate::domain::text::Line;
use crate::domain::text_hash::TextHash;

/// The terms of a consent, for one purpose: consents are never bundled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentTerms {
    /// What for.
    pub purpose: ConsentPurpose,
    /// Who may be given something.
    pub recipients: Vec<Recipient>,
    /// What may be given.
    pub classes: Vec<ConsentClass>,
    /// The version of the text that was read.
    pub text_version: Line<40>,
    /// The hash of the text that was read.
    pub text_hash: TextHash,
    /// Who gives it.
    pub given_by: ConsentGiver,
    /// In which way.
    pub channel: Channel,
}

coded! {
    /// What a consent is for.
    pub enum ConsentPurpose {
        /// To introduce the person to an employer.
        IntroduceToEmployer =
            "introduce_to_employer", "Presentere for arbeidsgiver", "Introduction to an employer";
        /// To show interest in an opportunity that the market team posted.
        ShowInterest = "show_interest", "Vise interesse for en mulighet", "Interest in an opportunity";
        /// To work together with the treatment.
        CooperateWithTreatment =
            "cooperate_with_treatment", "Samarbeid med behandler", "Cooperation with treatment";
        /// To work together with a place of education.
        CooperateWithEducation =
            "cooperate_with_education", "Samarbeid med utdanningssted", "Cooperation with a place of education";
        /// To bring in the person's own network.
        InvolveNetwork = "involve_network", "Involvere nettverket", "Involving the network";
    }
}

coded! {
    /// What a consent lets be given: finer than the class of a field, since a name may be shared and a birth date not.
    pub enum ConsentClass {
        /// The name.
        Name = "name", "Navn", "Name";
        /// The phone number.
        Phone = "phone", "Telefonnummer", "Phone number";
        /// The e-mail address.
        Email = "email", "E-postadresse", "E-mail address";
        /// The birth date.
        BirthDate = "birth_date", "Fødselsdato", "Birth date";
        /// Education and work history.
        Background = "background", "Utdanning og arbeidserfaring", "Education and work history";
        /// What work the person wants.
        Wishes = "wishes", "Jobbønsker", "Job preferences";
        /// What the person needs at work.
        SupportNeeds = "support_needs", "Behov for tilrettelegging", "Accommodation needs";
        /// That the person takes part, and how it goes.
        Participation = "participation", "Deltakelse og fremdrift", "Participation and progress";
        /// Health.
        Health = "health", "Helse", "Health";
    }
}

coded! {
    /// Who gives a consent.
    pub enum ConsentGiver {
        /// The participant.
        Participant = "participant", "Deltakeren selv", "The participant";
        /// A guardian.
        Guardian = "guardian", "Foresatt eller verge", "A guardian";
        /// The participant and a guardian.
        Both = "both", "Deltakeren og foresatt", "The participant and a guardian";
    }
}
