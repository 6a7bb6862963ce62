//! A participant's national id, which may change: the former one is kept, dated, and finds them still.

use chrono::NaiveDate;

use super::{Datum, FactSource, Participant};
use crate::domain::day_of::DayOf;
use crate::domain::fact::Fact;
use crate::domain::held_number::HeldNumber;
use crate::domain::id::HeldNumberId;
use crate::domain::moment::Authorship;
use crate::domain::national_id::NationalId;
use crate::domain::rejection::Rejection;

impl Participant {
    /// Changes the national id from a day on; the former one is kept as a number that the participant held until the day
    /// before. Of transition. That nobody else has it is for the command, which has looked it up.
    ///
    /// # Errors
    /// [`Rejection::DateInFuture`] when the day is after the act; [`Rejection::NothingChanges`] when the number is the
    /// present one.
    pub fn change_national_id(
        mut self,
        former: HeldNumberId,
        number: NationalId,
        from: NaiveDate,
        source: FactSource,
        by: &Authorship,
    ) -> Result<(Self, Option<HeldNumber>, Fact), Rejection> {
        Rejection::all(DayOf::NumberChange.faults(from, None, by))?;
        if self.national_id.as_ref() == Some(&number) {
            return Err(Rejection::NothingChanges);
        }
        let before = self.national_id.replace(number);
        let held = before.map(|before| HeldNumber::until(former, self.id, before, from.pred_opt(), source, by));
        self.state(Datum::NationalId, source, by);
        let fact =
            Fact::NationalIdChanged { participant: self.id, former: held.as_ref().map(HeldNumber::id), from, source };
        Ok((self, held, fact))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{brannhydrant, by_spurv, day, participant_id};
    use crate::domain::{NewParticipant, PersonNumber};

    fn number(text: &str) -> NationalId {
        NationalId::parse(text).expect("a number")
    }

    fn with_number(national_id: Option<NationalId>) -> Participant {
        let new = NewParticipant { national_id, ..brannhydrant() };
        Participant::register(participant_id(), new, &by_spurv("2022-05-31")).expect("registered").0
    }

    #[test]
    fn a_former_number_is_kept_until_the_day_before() {
        // given somebody with a D-number
        let (former, by) = (HeldNumberId::new(uuid::Uuid::from_u128(7)), by_spurv("2022-06-10"));
        let person = with_number(Some(number("55819010012")));
        // when they get a number of their own
        let change = |person: Participant, on| {
            person.change_national_id(former, number("15819010029"), day(on), FactSource::Register, &by)
        };
        let (person, held, fact) = change(person, "2022-06-03").expect("changed");
        // then it is the present one, and the other one is kept, dated, and told by its id only
        let held = held.expect("the former one");
        assert_eq!(person.national_id(), Some(&number("15819010029")));
        assert_eq!(
            (held.number(), held.until_day()),
            (&PersonNumber::from(number("55819010012")), Some(day("2022-06-02")))
        );
        assert!(!serde_json::to_string(&fact).expect("json").contains("5581901"));
        assert_eq!(change(person.clone(), "2022-06-03").unwrap_err(), Rejection::NothingChanges);
        let ahead = change(with_number(None), "2022-06-11").unwrap_err();
        assert_eq!(ahead, Rejection::DateInFuture { day: DayOf::NumberChange });
        // and a first number leaves none behind
        assert_eq!(change(with_number(None), "2022-06-10").expect("changed").1, None);
    }
}
