//! What happened: one fact for every accepted act, with the details that a history shows.

use serde::{Deserialize, Serialize};

use super::attestation::AttestationKind;
use super::birth_date::BirthDate;
use super::coded::coded;
use super::consent::{ConsentGiver, ConsentPurpose};
use super::email::EmailAddress;
use super::id::{AttestationId, ConsentId, ParticipantId};
use super::kept::kept;
use super::person_name::PersonName;
use super::phone::PhoneNumber;
use super::protection::Protection;

/// Makes [`Fact`] and [`FactCode`] from one table, so that the two cannot drift apart.
macro_rules! facts {
    ($(
        $(#[$meta:meta])*
        $name:ident = $code:literal, $nb:literal, $en:literal {
            $( $(#[$field_meta:meta])* $field:ident: $type:ty, )*
        }
    )+) => {
        /// What happened. A fact may hold personal values; they are silent in `Debug`, and its code and label remain
        /// when they are forgotten.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "fact")]
        pub enum Fact {
            $(
                $(#[$meta])*
                #[serde(rename = $code)]
                $name { $( $(#[$field_meta])* $field: $type, )* },
            )+
        }

        impl Fact {
            /// Which kind of fact it is.
            #[must_use]
            pub const fn kind(&self) -> FactCode {
                match self { $( Self::$name { .. } => FactCode::$name, )+ }
            }
        }

        coded! {
            /// The kinds of fact: what is left of a fact whose personal part was forgotten.
            pub enum FactCode { $( $(#[$meta])* $name = $code, $nb, $en; )+ }
        }
    };
}

// One entry for each fact: documentation, name, code, labels, details. A personal value is read with
// `#[serde(deserialize_with = "kept")]`, since a history is a store too.
facts! {
    /// A participant was registered.
    ParticipantRegistered = "participant_registered", "Deltaker registrert", "Participant registered" {
        /// Who.
        participant: ParticipantId,
        /// By which name.
        #[serde(deserialize_with = "kept")]
        name: PersonName,
        /// With which protection.
        protection: Protection,
    }
    /// A participant's contact points were corrected.
    ContactPointsCorrected = "contact_points_corrected", "Kontaktopplysninger rettet", "Contact points corrected" {
        /// Whose.
        participant: ParticipantId,
        /// The phone number until now.
        #[serde(default, deserialize_with = "kept")]
        phone_before: Option<PhoneNumber>,
        /// The phone number from now on.
        #[serde(default, deserialize_with = "kept")]
        phone: Option<PhoneNumber>,
        /// The e-mail address until now.
        #[serde(default, deserialize_with = "kept")]
        email_before: Option<EmailAddress>,
        /// The e-mail address from now on.
        #[serde(default, deserialize_with = "kept")]
        email: Option<EmailAddress>,
    }
    /// A participant's birth date was stated.
    BirthDateStated = "birth_date_stated", "Fødselsdato oppgitt", "Birth date stated" {
        /// Whose.
        participant: ParticipantId,
        /// The birth date until now.
        #[serde(default, deserialize_with = "kept")]
        before: Option<BirthDate>,
        /// The birth date from now on.
        #[serde(deserialize_with = "kept")]
        birth_date: BirthDate,
    }
    /// A participant's protection was changed.
    ProtectionChanged = "protection_changed", "Skjerming endret", "Protection changed" {
        /// Whose.
        participant: ParticipantId,
        /// The protection until now.
        from: Protection,
        /// The protection from now on.
        to: Protection,
    }
    /// Something was attested about a participant.
    Attested = "attested", "Bekreftet", "Attested" {
        /// The attestation.
        attestation: AttestationId,
        /// About whom.
        participant: ParticipantId,
        /// What.
        #[serde(deserialize_with = "kept")]
        kind: AttestationKind,
    }
    /// A consent was given.
    ConsentGiven = "consent_given", "Samtykke gitt", "Consent given" {
        /// The consent.
        consent: ConsentId,
        /// Whose data it is about.
        participant: ParticipantId,
        /// What for.
        purpose: ConsentPurpose,
        /// Who gave it.
        given_by: ConsentGiver,
    }
    /// A consent was withdrawn.
    ConsentWithdrawn = "consent_withdrawn", "Samtykke trukket tilbake", "Consent withdrawn" {
        /// The consent.
        consent: ConsentId,
        /// Whose data it is about.
        participant: ParticipantId,
        /// What for.
        purpose: ConsentPurpose,
    }
}

impl Fact {
    /// The stable code of its kind, the same as in serde.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.kind().code()
    }

    /// What a person reads.
    #[must_use]
    pub const fn label(&self) -> crate::label::Label {
        self.kind().label()
    }
}

impl FactCode {
    /// The kind with this code, if there is one.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::from_code(code)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_is_its_own_and_reads_back() {
        let codes: BTreeSet<_> = FactCode::ALL.iter().map(|kind| kind.code()).collect();
        assert_eq!(codes.len(), FactCode::ALL.len());
        for kind in FactCode::ALL {
            assert_eq!(FactCode::parse(kind.code()), Some(kind));
        }
        assert_eq!(FactCode::parse("nothing"), None);
    }

    #[test]
    fn a_stored_fact_outlives_todays_grammar_and_stays_silent() {
        let stored = serde_json::json!({
            "fact": "contact_points_corrected",
            "participant": "00000000-0000-0000-0000-000000000001",
            "phone_before": "+47 ring meg",
            "email": "spurv@localhost",
        });
        let fact: Fact = serde_json::from_value(stored).expect("kept");
        assert_eq!(fact.kind(), FactCode::ContactPointsCorrected);
        let shown = format!("{fact:?}");
        assert!(!shown.contains("ring") && !shown.contains("spurv"), "{shown}");
    }
}
