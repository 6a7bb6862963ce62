//! Attestations: what somebody stands in for, dated and signed, instead of a tick that nobody keeps.

use serde::{Deserialize, Serialize};

use super::channel::Channel;
use super::document_reference::DocumentReference;
use super::fact::Fact;
use super::id::{AttestationId, ParticipantId};
use super::kept::{Kept, NotKept, kept};
use super::moment::Authorship;
use super::text::Line;
use crate::label::{Label, Language};

/// Something attested about a participant: never changed, never overwritten (`I4`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attestation {
    id: AttestationId,
    participant: ParticipantId,
    #[serde(deserialize_with = "kept")]
    kind: AttestationKind,
    made: Authorship,
}

/// What is attested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AttestationKind {
    /// The person found is the right one.
    RightPerson,
    /// The person was informed of their rights.
    RightsInformation {
        /// Which notice.
        notice: Line<80>,
        /// Which version of it; a new one makes information due again.
        version: Line<40>,
        /// In which language.
        #[serde(with = "language_code")]
        language: Language,
        /// In which way.
        channel: Channel,
    },
    /// A guardian consents in writing (`DC7`).
    GuardianConsent {
        /// Where the document is.
        document: Line<200>,
        /// Which document it is (S31).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reference: Option<DocumentReference>,
    },
    /// The participant, of age by now, consents in their own name: what is due when a guardian's consent has lapsed
    /// (`DC7`).
    OwnConsent {
        /// Which document it is, if it was signed on paper (S31).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reference: Option<DocumentReference>,
    },
}

/// [`AttestationKind`] as a store gives it back.
#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum KeptKind {
    RightPerson,
    RightsInformation {
        #[serde(deserialize_with = "kept")]
        notice: Line<80>,
        #[serde(deserialize_with = "kept")]
        version: Line<40>,
        #[serde(with = "language_code")]
        language: Language,
        channel: Channel,
    },
    GuardianConsent {
        #[serde(deserialize_with = "kept")]
        document: Line<200>,
        #[serde(default, deserialize_with = "kept")]
        reference: Option<DocumentReference>,
    },
    OwnConsent {
        #[serde(default, deserialize_with = "kept")]
        reference: Option<DocumentReference>,
    },
}

impl Attestation {
    /// Attests something about a participant.
    ///
    /// # Examples
    /// ```
    /// use worktrail_core::domain::{
    ///     Attestation, AttestationId, AttestationKind, Authorship, Moment, ParticipantId, StaffId,
    /// };
    ///
    /// # let uuid = "00000000-0000-0000-0000-000000000001".parse().expect("a uuid");
    /// let by = Authorship::new(StaffId::new(uuid), Moment::parse("2022-05-31T09:00:00+02:00").expect("a moment"));
    /// let (attestation, _) = Attestation::make(
    ///     AttestationId::new(uuid),
    ///     ParticipantId::new(uuid),
    ///     AttestationKind::RightPerson,
    ///     &by,
    /// );
    /// assert_eq!(attestation.kind().code(), "right_person");
    /// ```
    #[must_use]
    pub fn make(
        id: AttestationId,
        participant: ParticipantId,
        kind: AttestationKind,
        authorship: &Authorship,
    ) -> (Self, Fact) {
        let fact = Fact::Attested { attestation: id, participant, kind: kind.clone() };
        (Self { id, participant, kind, made: *authorship }, fact)
    }

    /// The id.
    #[must_use]
    pub const fn id(&self) -> AttestationId {
        self.id
    }

    /// About whom.
    #[must_use]
    pub const fn participant(&self) -> ParticipantId {
        self.participant
    }

    /// What is attested.
    #[must_use]
    pub const fn kind(&self) -> &AttestationKind {
        &self.kind
    }

    /// Who attested it, and when.
    #[must_use]
    pub const fn made(&self) -> &Authorship {
        &self.made
    }
}

impl AttestationKind {
    /// The stable code, the same as in serde.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::RightPerson => "right_person",
            Self::RightsInformation { .. } => "rights_information",
            Self::GuardianConsent { .. } => "guardian_consent",
            Self::OwnConsent { .. } => "own_consent",
        }
    }

    /// The notice that the person was informed by, and its version.
    #[must_use]
    pub const fn notice(&self) -> Option<(&Line<80>, &Line<40>)> {
        match self {
            Self::RightsInformation { notice, version, .. } => Some((notice, version)),
            _ => None,
        }
    }

    /// What a person reads.
    #[must_use]
    pub const fn label(&self) -> Label {
        match self {
            Self::RightPerson => Label::new("Riktig person", "Right person"),
            Self::RightsInformation { .. } => Label::new("Informert om rettigheter", "Informed of rights"),
            Self::GuardianConsent { .. } => {
                Label::new("Skriftlig samtykke fra foresatt", "Written consent of a guardian")
            }
            Self::OwnConsent { .. } => Label::new("Eget samtykke", "Own consent"),
        }
    }
}

impl Kept for AttestationKind {
    type Form = KeptKind;

    fn from_kept(form: KeptKind) -> Result<Self, NotKept> {
        Ok(match form {
            KeptKind::RightPerson => Self::RightPerson,
            KeptKind::RightsInformation { notice, version, language, channel } => {
                Self::RightsInformation { notice, version, language, channel }
            }
            KeptKind::GuardianConsent { document, reference } => Self::GuardianConsent { document, reference },
            KeptKind::OwnConsent { reference } => Self::OwnConsent { reference },
        })
    }
}

/// A language by the code of ISO 639: `nb`, `en`.
mod language_code {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::label::Language;

    #[derive(Serialize, Deserialize)]
    enum Code {
        #[serde(rename = "nb")]
        Norwegian,
        #[serde(rename = "en")]
        English,
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a field by reference")]
    pub(super) fn serialize<S: Serializer>(language: &Language, serializer: S) -> Result<S::Ok, S::Error> {
        match language {
            Language::Norwegian => Code::Norwegian,
            Language::English => Code::English,
        }
        .serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Language, D::Error> {
        Ok(match Code::deserialize(deserializer)? {
            Code::Norwegian => Language::Norwegian,
            Code::English => Language::English,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{
        attestation, guardian_consent, own_consent, participant_id, right_person, rights_information,
    };

    #[test]
    fn every_kind_survives_the_round_trip() {
        let in_english = AttestationKind::RightsInformation {
            notice: Line::parse("rights").expect("a line"),
            version: Line::parse("v2022-05").expect("a line"),
            language: Language::English,
            channel: Channel::InPerson,
        };
        for kind in [right_person(), rights_information(), in_english, guardian_consent(), own_consent()] {
            let made = attestation(kind.clone(), "2022-05-31");
            let json = serde_json::to_value(&made).expect("json");
            assert_eq!(json["kind"]["kind"], kind.code());
            assert_eq!(serde_json::from_value::<Attestation>(json.clone()).expect("kept"), made);
            assert_eq!(serde_json::from_value::<AttestationKind>(json["kind"].clone()).expect("a kind"), kind);
            assert_eq!(made.participant(), participant_id());
        }
    }

    #[test]
    fn a_stored_document_may_break_todays_rule() {
        let mut json = serde_json::to_value(attestation(guardian_consent(), "2022-05-31")).expect("json");
        json["kind"]["document"] = "7".repeat(201).into();
        assert!(serde_json::from_value::<AttestationKind>(json["kind"].clone()).is_err());
        assert!(serde_json::from_value::<Attestation>(json).is_ok());
    }

    #[test]
    fn the_fact_holds_what_was_attested() {
        let by = crate::domain::samples::by_spurv("2022-05-31");
        let id = AttestationId::new(uuid::Uuid::from_u128(1));
        let (made, fact) = Attestation::make(id, participant_id(), rights_information(), &by);
        assert_eq!(made.made(), &by);
        assert_eq!(fact, Fact::Attested { attestation: id, participant: participant_id(), kind: rights_information() });
    }
}
