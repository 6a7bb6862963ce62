//! Coming of age: what a guardian gave lapses, and the person's own is due (`DC7`).

use chrono::NaiveDate;

use super::attestation::{Attestation, AttestationKind};
use super::birth_date::BirthDate;
use super::trail::AGE_OF_MAJORITY;

/// How a guardian's written consent to a trail stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GuardianConsentStanding {
    /// There is none: nobody attested it, or it was attested of somebody of age, where it says nothing.
    None,
    /// It counts until a day.
    InForce {
        /// The person's eighteenth birthday: the first day on which it no longer counts.
        lapses_on: NaiveDate,
    },
    /// It has lapsed.
    Lapsed {
        /// The person's eighteenth birthday.
        since: NaiveDate,
        /// Whether the person has consented since.
        own: OwnConsent,
    },
}

/// The consent of somebody who has come of age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnConsent {
    /// It is due.
    Due,
    /// It was attested.
    Given {
        /// On which day, the first time.
        on: NaiveDate,
    },
}

impl GuardianConsentStanding {
    /// How it stands on a day (`DC7`, of state): in force until the eighteenth birthday, lapsed from it on; then the
    /// person's own is due until it is attested, on the birthday or after.
    #[must_use]
    pub fn of(born: BirthDate, attestations: &[&Attestation], on: NaiveDate) -> Self {
        let Some(of_age_on) = born.reaches(AGE_OF_MAJORITY) else { return Self::None };
        let made = |kind: fn(&AttestationKind) -> bool| {
            let days = attestations.iter().filter(move |it| kind(it.kind())).map(|it| it.made().day());
            days.filter(move |day| *day <= on)
        };
        let by_guardian = |kind: &AttestationKind| matches!(kind, AttestationKind::GuardianConsent { .. });
        let by_person = |kind: &AttestationKind| matches!(kind, AttestationKind::OwnConsent { .. });
        if !made(by_guardian).any(|day| day < of_age_on) {
            return Self::None;
        }
        if on < of_age_on {
            return Self::InForce { lapses_on: of_age_on };
        }
        let own = made(by_person).filter(|day| of_age_on <= *day).min();
        Self::Lapsed { since: of_age_on, own: own.map_or(OwnConsent::Due, |on| OwnConsent::Given { on }) }
    }

    /// The day since which the person's own consent is due.
    #[must_use]
    pub const fn own_due_since(self) -> Option<NaiveDate> {
        match self {
            Self::Lapsed { since, own: OwnConsent::Due } => Some(since),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::samples::{attestation, day, guardian_consent, own_consent};

    fn born(text: &str) -> BirthDate {
        BirthDate::parse(text).expect("a date")
    }

    fn standing(birth: &str, attestations: &[Attestation], on: &str) -> GuardianConsentStanding {
        GuardianConsentStanding::of(born(birth), &attestations.iter().collect::<Vec<_>>(), day(on))
    }

    #[test]
    fn dc7_on_the_eighteenth_birthday_the_guardians_consent_lapses_and_the_persons_own_is_due() {
        // Given MODIG HUMLE, 18 on 2026-12-31, with a guardian's consent
        let guardian = attestation(guardian_consent(), "2026-05-31");
        let mut all = vec![guardian];
        let of_age = day("2026-12-31");
        let in_force = GuardianConsentStanding::InForce { lapses_on: of_age };
        assert_eq!(standing("2008-12-31", &all, "2026-12-30"), in_force);
        let due = standing("2008-12-31", &all, "2026-12-31");
        assert_eq!(due, GuardianConsentStanding::Lapsed { since: of_age, own: OwnConsent::Due });
        assert_eq!(due.own_due_since(), Some(of_age));
        // When it is given, then it is due no longer; one from before the birthday does not count
        all.push(attestation(own_consent(), "2026-12-30"));
        assert_eq!(standing("2008-12-31", &all, "2027-01-05").own_due_since(), Some(of_age));
        all.push(attestation(own_consent(), "2027-01-04"));
        let given = OwnConsent::Given { on: day("2027-01-04") };
        let lapsed = GuardianConsentStanding::Lapsed { since: of_age, own: given };
        assert_eq!(standing("2008-12-31", &all, "2027-01-05"), lapsed);
        assert_eq!(standing("2008-12-31", &all, "2027-01-03").own_due_since(), Some(of_age));
    }

    #[test]
    fn dc7_a_leap_day_child_comes_of_age_on_the_first_of_march() {
        let all = [attestation(guardian_consent(), "2025-09-01")];
        let lapses_on = day("2026-03-01");
        assert_eq!(standing("2008-02-29", &all, "2026-02-28"), GuardianConsentStanding::InForce { lapses_on });
        assert_eq!(standing("2008-02-29", &all, "2026-03-01").own_due_since(), Some(lapses_on));
    }

    #[test]
    fn dc7_without_a_guardians_consent_nothing_lapses() {
        assert_eq!(standing("2008-12-31", &[], "2027-01-01"), GuardianConsentStanding::None);
        let late = [attestation(guardian_consent(), "2027-01-02")];
        assert_eq!(standing("2008-12-31", &late, "2027-02-01"), GuardianConsentStanding::None, "of somebody of age");
        assert_eq!(standing("2009-12-31", &late, "2027-01-01"), GuardianConsentStanding::None, "not yet attested");
    }

    proptest! {
        #[test]
        fn dc7_it_is_in_force_exactly_while_the_person_is_under_age(days in 0_u64..6_570, after in 0_u64..1_500) {
            let birth = BirthDate::new(day("2000-01-01") + chrono::Days::new(days)).expect("a date");
            let sixteen = birth.reaches(16).expect("a day");
            let guardian = attestation(guardian_consent(), &sixteen.to_string());
            let on = sixteen + chrono::Days::new(after);
            let standing = GuardianConsentStanding::of(birth, &[&guardian], on);
            let in_force = matches!(standing, GuardianConsentStanding::InForce { .. });
            prop_assert_eq!(in_force, birth.age_on(on) < AGE_OF_MAJORITY);
        }
    }
}
