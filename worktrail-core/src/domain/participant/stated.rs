//! From where each datum of a participant is, who wrote it down, and when (GDPR art. 5(1)(d), S15).

use serde::{Deserialize, Serialize};

use super::Participant;
use crate::domain::coded::coded;
use crate::domain::moment::Authorship;
use crate::domain::protection::Protection;

coded! {
    /// From where something about a person is known.
    #[derive(Default)]
    pub enum FactSource {
        /// From the person.
        Participant = "participant", "Deltakeren selv", "The participant";
        /// From a public register.
        Register = "register", "Register", "Register";
        /// From the Nav counsellor.
        Counsellor = "counsellor", "Nav-veileder", "Nav counsellor";
        /// From the treatment team.
        TreatmentTeam = "treatment_team", "Behandlingsteam", "Treatment team";
        /// From elsewhere, or not said: what was written down before the source was asked for.
        #[default]
        Other = "other", "Annet", "Other";
    }
}

impl FactSource {
    /// Whether it is the one that is meant where none is written.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a field by reference")]
    pub(crate) fn is_other(&self) -> bool {
        *self == Self::Other
    }
}

coded! {
    /// A datum of a participant: what changes as one, and has one source.
    pub enum Datum {
        /// The name.
        Name = "name", "Navn", "Name";
        /// The national id.
        NationalId = "national_id", "Fødselsnummer", "National identity number";
        /// The birth date.
        BirthDate = "birth_date", "Fødselsdato", "Birth date";
        /// The phone number and the e-mail address.
        ContactPoints = "contact_points", "Kontaktopplysninger", "Contact points";
        /// Address, place and municipality.
        Residence = "residence", "Bosted", "Residence";
        /// The language.
        Language = "language", "Språk", "Language";
        /// Whether the person takes text messages.
        Sms = "sms", "SMS", "Text messages";
        /// How the person is protected.
        Protection = "protection", "Skjerming", "Protection";
    }
}

/// From where a datum is, who wrote it down, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    what: Datum,
    source: FactSource,
    authorship: Authorship,
}

impl Stated {
    /// Which datum.
    #[must_use]
    pub const fn what(&self) -> Datum {
        self.what
    }

    /// From where it is.
    #[must_use]
    pub const fn source(&self) -> FactSource {
        self.source
    }

    /// Who wrote it down, and when.
    #[must_use]
    pub const fn authorship(&self) -> &Authorship {
        &self.authorship
    }
}

impl Participant {
    /// From where a datum is, as it stands; what has not been stated since the registration is from then.
    #[must_use]
    pub fn stated(&self, what: Datum) -> Stated {
        let since = self.stated.iter().find(|stated| stated.what == what);
        since.copied().unwrap_or(Stated { what, source: FactSource::default(), authorship: self.registered })
    }

    /// Notes from where all is that was known of the person at the registration (S15).
    #[must_use]
    pub fn registered_from(mut self, source: FactSource) -> Self {
        let known = [
            (Datum::Name, true),
            (Datum::NationalId, self.national_id.is_some()),
            (Datum::BirthDate, self.birth_date.is_some()),
            (Datum::ContactPoints, self.phone.is_some() || self.email.is_some()),
            (Datum::Protection, self.protection != Protection::default()),
        ];
        let by = self.registered;
        // Where no source is written, none is meant.
        for (what, _) in known.into_iter().filter(|(_, is_known)| *is_known && !source.is_other()) {
            self.state(what, source, &by);
        }
        self
    }

    /// Notes from where a datum is from now on: one line a datum, in their order (of state).
    pub(super) fn state(&mut self, what: Datum, source: FactSource, authorship: &Authorship) {
        let stated = Stated { what, source, authorship: *authorship };
        match self.stated.binary_search_by_key(&what, Stated::what) {
            Ok(place) => {
                if let Some(before) = self.stated.get_mut(place) {
                    *before = stated;
                }
            }
            Err(place) => self.stated.insert(place, stated),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::samples::{brannhydrant, by_spurv, participant_id};
    use crate::domain::{LanguageTag, PhoneNumber};

    fn registered() -> Participant {
        Participant::register(participant_id(), brannhydrant(), &by_spurv("2022-05-31")).expect("registered").0
    }

    #[test]
    fn s15_each_datum_has_its_source_its_author_and_its_day() {
        // Given what was registered, then it is of that day, from a source that was not said.
        let participant = registered();
        let at_first = participant.stated(Datum::ContactPoints);
        assert_eq!((at_first.source(), at_first.authorship()), (FactSource::Other, &by_spurv("2022-05-31")));
        // When the contact points are corrected, then they have a source of their own, and nothing else has.
        let by = by_spurv("2022-06-10");
        let phone = PhoneNumber::parse("00000018").ok();
        let (participant, _) =
            participant.correct_contact_points(phone, None, FactSource::Counsellor, &by).expect("corrected");
        let now = participant.stated(Datum::ContactPoints);
        assert_eq!((now.source(), now.authorship()), (FactSource::Counsellor, &by));
        assert_eq!(participant.stated(Datum::Name).authorship(), &by_spurv("2022-05-31"));
    }

    #[test]
    fn only_the_source_that_was_not_said_goes_unwritten() {
        for source in FactSource::ALL {
            assert_eq!(source.is_other(), source == FactSource::default(), "{}", source.code());
        }
    }

    #[test]
    fn what_was_registered_only_leaves_no_trace_in_the_body() {
        let json = serde_json::to_value(registered()).expect("json");
        for field in ["stated", "residence", "language", "sms", "merged_into", "merged"] {
            assert!(json.get(field).is_none(), "{field}");
        }
    }

    proptest! {
        #[test]
        fn there_is_one_line_a_datum_in_their_order(states in proptest::collection::vec(0_usize..Datum::ALL.len(), 0..20)) {
            let mut participant = registered();
            for (step, place) in states.iter().enumerate() {
                let source = if step % 2 == 0 { FactSource::Register } else { FactSource::Participant };
                participant.state(Datum::ALL[*place], source, &by_spurv("2022-06-01"));
                prop_assert_eq!(participant.stated(Datum::ALL[*place]).source(), source);
            }
            prop_assert!(participant.stated.windows(2).all(|pair| pair[0].what < pair[1].what));
        }
    }

    #[test]
    fn a_language_is_a_datum() {
        let tag = LanguageTag::parse("ti").ok();
        let by = by_spurv("2022-06-01");
        let (participant, _) = registered().set_language(tag, FactSource::Participant, &by).expect("set");
        assert_eq!(participant.stated(Datum::Language).source(), FactSource::Participant);
    }
}
