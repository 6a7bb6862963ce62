//! What somebody agrees to.

use serde::{Deserialize, Serialize};

use crate::domain::capacity::Mandate;
use crate::domain::channel::Channel;
use crate::domain::coded::coded;
use crate::domain::document_reference::DocumentReference;
use crate::domain::kept::{Kept, NotKept, kept};
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
    /// The consent as it was signed (S31).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentReference>,
    /// The mandate by which a guardian speaks for somebody of age (S175).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mandate: Option<Mandate>,
    /// The guideline for health personnel who share outside their organisation (S171).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guideline: Option<Guideline>,
}

/// The guideline that health personnel follow when they share (S171): which words, in which version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guideline {
    /// Its title.
    pub title: Line<200>,
    /// Its version.
    pub version: Line<40>,
    /// The hash of its text.
    pub text_hash: TextHash,
}

#[derive(Deserialize)]
pub(crate) struct KeptGuideline {
    #[serde(deserialize_with = "kept")]
    title: Line<200>,
    #[serde(deserialize_with = "kept")]
    version: Line<40>,
    #[serde(deserialize_with = "kept")]
    text_hash: TextHash,
}

impl Kept for Guideline {
    type Form = KeptGuideline;

    fn from_kept(form: KeptGuideline) -> Result<Self, NotKept> {
        Ok(Self { title: form.title, version: form.version, text_hash: form.text_hash })
    }
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
        /// That the treatment shares with those who help into work (S171).
        ShareFromTreatment = "share_from_treatment", "Deling fra behandlingen", "Sharing from treatment";
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
