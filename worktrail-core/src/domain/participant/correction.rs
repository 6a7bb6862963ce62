//! Corrections of who somebody is: from where, why, and what stood before (S15).

use serde::{Deserialize, Serialize};

use super::{Datum, FactSource, Participant, not_to_come};
use crate::domain::birth_date::BirthDate;
use crate::domain::fact::Fact;
use crate::domain::moment::Authorship;
use crate::domain::national_id::NationalId;
use crate::domain::person_name::PersonName;
use crate::domain::rejection::Rejection;
use crate::domain::text::Line;

/// From where the right value is, and why the former one was wrong. Who corrected it, when, and what stood before is in
/// the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// From where the value is known.
    pub source: FactSource,
    /// Why it is corrected.
    pub reason: Line<300>,
}

impl Participant {
    /// Corrects the name. Of transition.
    ///
    /// # Errors
    /// [`Rejection::NothingChanges`] when it is the present one.
    pub fn correct_name(
        mut self,
        name: PersonName,
        correction: Correction,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        if self.name == name {
            return Err(Rejection::NothingChanges);
        }
        let before = std::mem::replace(&mut self.name, name.clone());
        let Correction { source, reason } = correction;
        self.state(Datum::Name, source, by);
        let fact = Fact::NameCorrected { participant: self.id, before, name, source, reason };
        Ok((self, fact))
    }

    /// Corrects a national id that was never theirs, or takes it away where the right one is not known. The wrong one is
    /// not kept: somebody else may have it. Of transition. That nobody else has the right one is for the command, which
    /// has looked it up.
    ///
    /// # Errors
    /// [`Rejection::NothingChanges`] when it is the present one.
    pub fn correct_national_id(
        mut self,
        number: Option<NationalId>,
        correction: Correction,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        if self.national_id == number {
            return Err(Rejection::NothingChanges);
        }
        self.national_id = number;
        let Correction { source, reason } = correction;
        self.state(Datum::NationalId, source, by);
        let fact = Fact::NationalIdCorrected { participant: self.id, source, reason };
        Ok((self, fact))
    }

    /// Corrects the birth date, also while a trail is open. What the age decided when the trail was opened stands: the
    /// rules of opening are of transition (`DC7`).
    ///
    /// # Errors
    /// [`Rejection::BirthDateToCome`] when it is after the day of the act, [`Rejection::NothingChanges`] when it is the
    /// present one.
    pub fn correct_birth_date(
        mut self,
        birth_date: BirthDate,
        correction: Correction,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        not_to_come(Some(birth_date), by)?;
        if self.birth_date == Some(birth_date) {
            return Err(Rejection::NothingChanges);
        }
        let before = self.birth_date.replace(birth_date);
        let Correction { source, reason } = correction;
        self.state(Datum::BirthDate, source, by);
        let fact = Fact::BirthDateCorrected { participant: self.id, before, birth_date, source, reason };
        Ok((self, fact))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{brannhydrant, by_spurv, day, participant_id};

    fn registered() -> Participant {
        Participant::register(participant_id(), brannhydrant(), &by_spurv("2022-05-31")).expect("registered").0
    }

    fn correction() -> Correction {
        Correction { source: FactSource::Register, reason: Line::parse("Feil lest").expect("a line") }
    }

    #[test]
    fn s15_a_corrected_name_tells_what_stood_before_from_where_and_why() {
        let by = by_spurv("2022-06-01");
        let name = PersonName::new("ABSURD", "BRANNHYDRANT").and_then(|it| it.with_middle("LUN")).expect("a name");
        let (person, fact) = registered().correct_name(name.clone(), correction(), &by).expect("corrected");
        assert_eq!((person.name(), person.stated(Datum::Name).authorship()), (&name, &by));
        let Correction { source, reason } = correction();
        let before = registered().name().clone();
        assert_eq!(
            fact,
            Fact::NameCorrected { participant: participant_id(), before, name: name.clone(), source, reason }
        );
        assert_eq!(person.correct_name(name, correction(), &by), Err(Rejection::NothingChanges));
    }

    #[test]
    fn s15_a_corrected_birth_date_tells_what_stood_before_and_is_not_to_come() {
        let by = by_spurv("2022-06-01");
        let born = |text| BirthDate::parse(text).expect("a date");
        let to_come = registered().correct_birth_date(born("2022-06-02"), correction(), &by);
        assert_eq!(to_come, Err(Rejection::BirthDateToCome { act: day("2022-06-01") }));
        let (person, fact) = registered().correct_birth_date(born("1986-12-08"), correction(), &by).expect("corrected");
        assert_eq!(person.birth_date(), Some(born("1986-12-08")));
        let told = matches!(fact, Fact::BirthDateCorrected { before, .. } if before == registered().birth_date());
        assert!(told);
        let again = person.correct_birth_date(born("1986-12-08"), correction(), &by);
        assert_eq!(again, Err(Rejection::NothingChanges));
    }
}
