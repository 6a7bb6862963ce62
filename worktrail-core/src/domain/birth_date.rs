//! When a person was born.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize, Serializer};
use thiserror::Error;

use super::kept::{Kept, NotKept};
use super::moment::Authorship;
use super::redacted::{Quiet, redacted_debug};
use super::rejection::Rejection;

/// A birth date, from a register or from the person: never out of a national id (`DC7`).
///
/// # Examples
/// ```
/// use worktrail_core::domain::BirthDate;
///
/// let born = BirthDate::parse("1985-12-08")?;
/// assert_eq!(born.age_on("2022-05-31".parse().expect("a day")), 36);
/// assert_eq!(format!("{born:?}"), "BirthDate(…)");
/// # Ok::<(), worktrail_core::domain::NotBirthDate>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "Quiet")]
pub struct BirthDate(NaiveDate);

/// Why a date is not a birth date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotBirthDate {
    /// It is not written as a date of the calendar, year-month-day.
    #[error("not a date, written year-month-day")]
    Written,
    /// The year is outside 1850–9999.
    #[error("the year is outside 1850-9999")]
    Year,
}

impl BirthDate {
    /// Takes a date.
    ///
    /// # Errors
    /// [`NotBirthDate::Year`] when the year is outside 1850–9999.
    pub fn new(day: NaiveDate) -> Result<Self, NotBirthDate> {
        if (1850..=9999).contains(&day.year()) { Ok(Self(day)) } else { Err(NotBirthDate::Year) }
    }

    /// Reads a date, written `1985-12-08`.
    ///
    /// # Errors
    /// [`NotBirthDate`] says what is wrong, without the date.
    pub fn parse(text: &str) -> Result<Self, NotBirthDate> {
        text.parse().map_err(|_| NotBirthDate::Written).and_then(Self::new)
    }

    /// The date itself.
    #[must_use]
    pub const fn reveal(self) -> NaiveDate {
        self.0
    }

    /// The age in whole years on a day; 0 before the birth. Who is born on 29 February is a year older on 1 March
    /// where there is no such day.
    #[must_use]
    pub fn age_on(self, day: NaiveDate) -> u16 {
        day.years_since(self.0).and_then(|years| u16::try_from(years).ok()).unwrap_or(0)
    }

    /// Refuses one that lies after the day of an act.
    pub(crate) fn must_not_be_to_come(self, by: &Authorship) -> Result<(), Rejection> {
        if self.0 > by.day() { Err(Rejection::BirthDateToCome { act: by.day() }) } else { Ok(()) }
    }

    /// The first day on which the person is `years` old; none beyond the calendar.
    #[must_use]
    pub fn reaches(self, years: u16) -> Option<NaiveDate> {
        let day = self.0.checked_add_months(Months::new(u32::from(years) * 12))?;
        if day.day() == self.0.day() { Some(day) } else { day.succ_opt() }
    }
}

redacted_debug!(BirthDate);

impl TryFrom<Quiet> for BirthDate {
    type Error = NotBirthDate;

    fn try_from(text: Quiet) -> Result<Self, Self::Error> {
        Self::parse(&text.0)
    }
}

impl Serialize for BirthDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Kept for BirthDate {
    type Form = Quiet;

    fn from_kept(form: Quiet) -> Result<Self, NotKept> {
        form.0.parse().map(Self).map_err(|_| NotKept::Structure)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::samples::day;

    #[test]
    fn a_birthday_counts_from_its_own_day() {
        let born = BirthDate::parse("2008-12-31").expect("a date");
        assert_eq!(born.age_on(day("2026-12-30")), 17);
        assert_eq!(born.age_on(day("2026-12-31")), 18);
        assert_eq!(born.age_on(day("2000-01-01")), 0);
        assert_eq!(born.reaches(18), Some(day("2026-12-31")));
    }

    #[test]
    fn a_leap_day_child_is_older_on_the_first_of_march() {
        let born = BirthDate::parse("2000-02-29").expect("a date");
        assert_eq!(born.age_on(day("2018-02-28")), 17);
        assert_eq!(born.age_on(day("2018-03-01")), 18);
        assert_eq!(born.reaches(18), Some(day("2018-03-01")));
        assert_eq!(born.reaches(20), Some(day("2020-02-29")));
    }

    #[test]
    fn what_is_no_birth_date_is_refused_and_not_repeated() {
        assert_eq!(BirthDate::parse("1985-02-30"), Err(NotBirthDate::Written));
        assert_eq!(BirthDate::parse("1849-12-31"), Err(NotBirthDate::Year));
        let error = serde_json::from_str::<BirthDate>("\"1985-02-30\"").expect_err("no date").to_string();
        assert!(!error.contains("1985"), "{error}");
    }

    proptest! {
        #[test]
        fn reaching_an_age_is_having_it(days in 0_u64..70_000, years in 0_u16..120) {
            let born = BirthDate::new(day("1850-01-01") + chrono::Days::new(days)).expect("a date");
            let reached = born.reaches(years).expect("in the calendar");
            prop_assert_eq!(born.age_on(reached), years);
            if years > 0 {
                prop_assert_eq!(born.age_on(reached.pred_opt().expect("a day")), years - 1);
            }
        }
    }
}
