//! Opening a trail.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Trail;
use crate::domain::attestation::{Attestation, AttestationKind};
use crate::domain::coded::coded;
use crate::domain::day_of::DayOf;
use crate::domain::entries::Entries;
use crate::domain::fact::Fact;
use crate::domain::id::{StaffId, TeamId, TrailId};
use crate::domain::kept::{Kept, NotKept, kept};
use crate::domain::method::Method;
use crate::domain::moment::Authorship;
use crate::domain::participant::Participant;
use crate::domain::rejection::Rejection;
use crate::domain::team::Clearance;
use crate::domain::text::{Line, Text};

/// Who is younger cannot be helped by a labour-market measure (`DC7`, tiltaksforskriften § 1-3).
pub const YOUNGEST_AGE: u16 = 16;

/// From this age nobody consents on a person's behalf (`DC7`).
pub const AGE_OF_MAJORITY: u16 = 18;

/// What a trail is opened with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// The method.
    pub method: Method,
    /// The referral that leads to it.
    pub referral: Referral,
    /// The team that it will belong to.
    pub team: TeamId,
    /// Whether that team is cleared for people who are strictly protected (`DA4`).
    #[serde(default)]
    pub clearance: Clearance,
    /// The specialist who will own it.
    pub owner: StaffId,
}

/// A referral: who asked for help, when, and the wish to work in the participant's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    /// The day of the referral.
    pub referred_on: NaiveDate,
    /// The treatment team or other unit that refers, if one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Line<120>>,
    /// The counsellor, by name, if there is one.
    pub counsellor: Option<Line<120>>,
    /// Who took the step.
    pub source: ReferralSource,
    /// The wish to work, in the participant's words.
    pub wish: Option<Text<2000>>,
}

coded! {
    /// Who took the step of referring (`DB7`).
    pub enum ReferralSource {
        /// The treatment team.
        TreatmentTeam = "treatment_team", "Behandlingsteam", "Treatment team";
        /// The Nav counsellor.
        Counsellor = "counsellor", "Nav-veileder", "Nav counsellor";
        /// The participant.
        Own = "own", "Deltakeren selv", "The participant";
        /// Somebody else.
        Other = "other", "Andre", "Other";
    }
}

coded! {
    /// What must be attested before a trail is opened (I4, `DC7`).
    pub enum Formality {
        /// That this is the right person.
        RightPerson = "right_person", "Riktig deltaker er bekreftet", "The right person is confirmed";
        /// That the participant was informed of their rights.
        RightsInformation = "rights_information",
            "Deltakeren er informert om sine rettigheter", "The participant is informed of their rights";
        /// That a guardian consented in writing.
        GuardianConsent = "guardian_consent",
            "Skriftlig samtykke fra foresatt foreligger", "A guardian's written consent is at hand";
    }
}

impl Formality {
    /// What is attested of everybody, whatever their age.
    pub(crate) const OF_EVERYBODY: [Self; 2] = [Self::RightPerson, Self::RightsInformation];

    /// Whether an attestation of this kind meets it.
    #[must_use]
    pub const fn is_met_by(self, kind: &AttestationKind) -> bool {
        match self {
            Self::RightPerson => matches!(kind, AttestationKind::RightPerson),
            Self::RightsInformation => matches!(kind, AttestationKind::RightsInformation { .. }),
            Self::GuardianConsent => matches!(kind, AttestationKind::GuardianConsent { .. }),
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct KeptReferral {
    referred_on: NaiveDate,
    #[serde(default, deserialize_with = "kept")]
    unit: Option<Line<120>>,
    #[serde(default, deserialize_with = "kept")]
    counsellor: Option<Line<120>>,
    source: ReferralSource,
    #[serde(default, deserialize_with = "kept")]
    wish: Option<Text<2000>>,
}

impl Kept for Referral {
    type Form = KeptReferral;

    fn from_kept(form: KeptReferral) -> Result<Self, NotKept> {
        let KeptReferral { referred_on, unit, counsellor, source, wish } = form;
        Ok(Self { referred_on, unit, counsellor, source, wish })
    }
}

impl Referral {
    /// What is wrong with it: a unit, a counsellor or the participant must have referred (I4, `DB7`), not on a day to come
    /// (of transition).
    pub(crate) fn faults(&self, by: &Authorship) -> Vec<Rejection> {
        let mut faults = DayOf::Referral.faults(self.referred_on, None, by);
        if self.unit.is_none() && self.counsellor.is_none() && self.source != ReferralSource::Own {
            faults.push(Rejection::ReferrerMissing);
        }
        faults
    }
}

impl Trail {
    /// Opens a trail in the first phase of its method.
    ///
    /// All rules are of transition. For a strictly protected person the answer is [`Rejection::CannotOpenHere`] and
    /// nothing else is said, unless the team is a cleared one, whose trails are shown to nobody else (I3, `DA3`, `DA4`). Otherwise every fault is named at once: the referral is not after the act
    /// and somebody took the step (I4, `DB7`), right person and rights information are attested for this participant (I4), the birth date is known, the
    /// person has turned 16, and under 18 a guardian's consent is attested (`DC7`).
    ///
    /// That the person has no other open trail (I2) is for the store, by [`Trail::open_for`]; that the owner is a present
    /// member of the team, and the team of the method, is for the command, which has looked both up.
    ///
    /// # Errors
    /// [`Rejection::CannotOpenHere`], [`Rejection::DateInFuture`], [`Rejection::ReferrerMissing`],
    /// [`Rejection::AttestationMissing`], [`Rejection::BirthDateUnknown`], [`Rejection::TooYoung`]; several of them as [`Rejection::Form`].
    pub fn open(
        id: TrailId,
        opening: Opening,
        participant: &Participant,
        attestations: &[&Attestation],
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        if participant.protection().is_strict() && opening.clearance.is_ordinary() {
            return Err(Rejection::CannotOpenHere);
        }
        let mut faults = opening.referral.faults(by);
        let mut formalities = Formality::OF_EVERYBODY.to_vec();
        match participant.birth_date().map(|birth| birth.age_on(by.day())) {
            None => faults.push(Rejection::BirthDateUnknown),
            Some(age) if age < YOUNGEST_AGE => faults.push(Rejection::TooYoung { youngest: YOUNGEST_AGE }),
            Some(age) if age < AGE_OF_MAJORITY => formalities.push(Formality::GuardianConsent),
            Some(_) => {}
        }
        let is_met = |formality: &Formality| {
            attestations
                .iter()
                .any(|attested| attested.participant() == participant.id() && formality.is_met_by(attested.kind()))
        };
        formalities.retain(|formality| !is_met(formality));
        faults.extend(formalities.into_iter().map(|formality| Rejection::AttestationMissing { formality }));
        Rejection::all(faults)?;

        let Opening { method, referral, team, clearance, owner } = opening;
        let fact = Fact::TrailOpened {
            trail: id,
            participant: participant.id(),
            method,
            team,
            owner,
            referred_on: referral.referred_on,
            unit: referral.unit.clone(),
        };
        let trail = Self {
            id,
            participant: participant.id(),
            method,
            team,
            owner,
            audience: clearance.audience(),
            opened: *by,
            referral,
            moves: Vec::new(),
            start: None,
            first_employer_contact: None,
            main_goal: None,
            ending: None,
            pauses: Vec::new(),
            recruitment: Vec::new(),
            exclusion: None,
            reopenings: Vec::new(),
            corrected: None,
            follows: None,
            variant: None,
            entries: Entries::default(),
        };
        Ok((trail, fact))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{attested, opening, person_born, somebody_else, trail_id};
    use super::*;
    use crate::domain::phase::{Phase, PhaseChange};
    use crate::domain::protection::{AddressProtection, Protection, StaffShielding};
    use crate::domain::samples::{by_spurv, day};

    fn open(participant: &Participant, kinds: &[&Attestation]) -> Result<(Trail, Fact), Rejection> {
        Trail::open(trail_id(), opening("2022-05-27"), participant, kinds, &by_spurv("2022-05-31"))
    }

    #[test]
    fn i5_a_trail_begins_in_the_first_phase_of_its_method() {
        // given ABSURD BRANNHYDRANT, the right person and informed
        let person = person_born(Some("1985-12-08"), Protection::default());
        let [right, informed, _] = attested(&person);
        // when a trail is opened
        let (trail, fact) = open(&person, &[&right, &informed]).expect("opened");
        // then it is Referred, from the day of the referral, and holds the person's one place
        assert_eq!(trail.phase(), Phase::Referred);
        assert_eq!(trail.phase_history().first().map(PhaseChange::on), Some(day("2022-05-27")));
        assert_eq!(trail.open_for(), Some(person.id()));
        assert!(matches!(fact, Fact::TrailOpened { .. }));
        // and neither shows a name
        assert!(!format!("{trail:?} {fact:?}").contains("ORRE"));
    }

    #[test]
    fn i4_what_is_not_attested_is_asked_for_all_at_once() {
        let person = person_born(None, Protection::default());
        let refused = Trail::open(trail_id(), opening("2022-06-01"), &person, &[], &by_spurv("2022-05-31"));
        assert_eq!(
            refused.unwrap_err(),
            Rejection::Form(vec![
                Rejection::DateInFuture { day: DayOf::Referral },
                Rejection::BirthDateUnknown,
                Rejection::AttestationMissing { formality: Formality::RightPerson },
                Rejection::AttestationMissing { formality: Formality::RightsInformation },
            ])
        );
    }

    #[test]
    fn i4_db7_a_treatment_team_a_counsellor_or_the_participant_took_the_step() {
        let person = person_born(Some("1985-12-08"), Protection::default());
        let [right, informed, _] = attested(&person);
        let (unit, counsellor) = (Line::parse("Team Salesforce").ok(), Line::parse("MILD ORRE").ok());
        for (unit, counsellor, source, expected) in [
            (unit, None, ReferralSource::TreatmentTeam, None),
            (None, counsellor, ReferralSource::Counsellor, None),
            (None, None, ReferralSource::Own, None),
            (None, None, ReferralSource::TreatmentTeam, Some(Rejection::ReferrerMissing)),
            (None, None, ReferralSource::Other, Some(Rejection::ReferrerMissing)),
        ] {
            // given who is named, then the trail is opened when that is anybody
            let ordinary = opening("2022-05-27");
            let referral = Referral { unit, counsellor, source, ..ordinary.referral };
            let opening = Opening { referral, ..ordinary };
            let opened = Trail::open(trail_id(), opening, &person, &[&right, &informed], &by_spurv("2022-05-31"));
            assert_eq!(opened.err(), expected, "{source:?}");
        }
    }

    #[test]
    fn i4_an_attestation_about_somebody_else_does_not_count() {
        let person = person_born(Some("1985-12-08"), Protection::default());
        let [_, informed, _] = attested(&person);
        let [foreign, ..] = attested(&somebody_else());
        let missing = Rejection::AttestationMissing { formality: Formality::RightPerson };
        assert_eq!(open(&person, &[&foreign, &informed]).unwrap_err(), missing);
    }

    #[test]
    fn i3_da3_of_a_strictly_protected_person_nothing_is_told() {
        for address in [AddressProtection::StrictlyConfidential, AddressProtection::StrictlyConfidentialAbroad] {
            // given a person of whom everything else is missing too
            let person = person_born(None, Protection::new(address, StaffShielding::None));
            // then the answer is the one that says nothing
            assert_eq!(open(&person, &[]).unwrap_err(), Rejection::CannotOpenHere);
        }
        let address = AddressProtection::Confidential;
        let person = person_born(Some("1985-12-08"), Protection::new(address, StaffShielding::OwnStaff));
        let [right, informed, _] = attested(&person);
        assert!(open(&person, &[&right, &informed]).is_ok());
    }

    #[test]
    fn i3_a_confidential_address_hinders_no_method() {
        // given a person with a confidential address (code 7), then a trail is opened in each method alike
        let address = AddressProtection::Confidential;
        let person = person_born(Some("1985-12-08"), Protection::new(address, StaffShielding::None));
        let [right, informed, _] = attested(&person);
        for method in Method::ALL {
            let opening = Opening { method, ..opening("2022-05-27") };
            let by = by_spurv("2022-05-31");
            assert!(Trail::open(trail_id(), opening, &person, &[&right, &informed], &by).is_ok(), "{method:?}");
        }
    }

    #[test]
    fn i3_da4_a_strictly_protected_person_is_helped_by_a_cleared_team() {
        let address = AddressProtection::StrictlyConfidential;
        let person = person_born(Some("1985-12-08"), Protection::new(address, StaffShielding::None));
        let [right, informed, _] = attested(&person);
        let in_cleared = Opening { clearance: Clearance::Cleared, ..opening("2022-05-27") };
        let by = by_spurv("2022-05-31");
        let (trail, _) = Trail::open(trail_id(), in_cleared, &person, &[&right, &informed], &by).expect("opened");
        assert_eq!(trail.audience(), super::super::TrailAudience::Cleared);
    }

    #[test]
    fn dc7_under_sixteen_is_refused_and_under_eighteen_takes_a_guardian() {
        // on 31 May 2022: 15, 16, 17 and 18 years old
        for (born, expected) in [
            ("2006-06-01", Some(Rejection::TooYoung { youngest: 16 })),
            ("2006-05-31", Some(Rejection::AttestationMissing { formality: Formality::GuardianConsent })),
            ("2004-06-01", Some(Rejection::AttestationMissing { formality: Formality::GuardianConsent })),
            ("2004-05-31", None),
        ] {
            let person = person_born(Some(born), Protection::default());
            let [right, informed, _] = attested(&person);
            assert_eq!(open(&person, &[&right, &informed]).err(), expected, "{born}");
        }
        let minor = person_born(Some("2006-05-31"), Protection::default());
        let [right, informed, guardian] = attested(&minor);
        assert!(open(&minor, &[&right, &informed, &guardian]).is_ok());
    }
}
