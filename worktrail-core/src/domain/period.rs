//! From a day to a day: every "in this quarter" of the library uses it.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::kept::kept_as_is;

/// A first day and a last day, the last one included, or an open end.
///
/// Its days lie in the years 1–9999, and the last is not before the first (a rule of state). A last day of 9999-12-31 is
/// an open end: the two are one value.
///
/// # Examples
/// ```
/// use worktrail_core::domain::Period;
///
/// let day = |text: &str| text.parse().expect("a day");
/// let job = Period::from(day("2022-08-15"))?;
/// let quarter = Period::between(day("2022-07-01"), day("2022-09-30"))?;
/// assert!(job.overlaps(quarter));
/// assert_eq!(job.clamp(quarter), Some(Period::between(day("2022-08-15"), day("2022-09-30"))?));
/// # Ok::<(), worktrail_core::domain::NotPeriod>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Form", into = "Form")]
pub struct Period {
    first: NaiveDate,
    /// [`LAST_DAY`] for an open end, so that the order is the order of the days.
    last: NaiveDate,
}

/// Why two days are not a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotPeriod {
    /// The last day is before the first.
    #[error("the last day is before the first")]
    Reversed,
    /// A day is outside the years 1–9999.
    #[error("a day is outside the years 1-9999")]
    Year,
}

/// The day that an open end is stored as.
const LAST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

#[derive(Serialize, Deserialize)]
struct Form {
    first: NaiveDate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last: Option<NaiveDate>,
}

impl Period {
    /// Makes a period; without a last day its end is open.
    ///
    /// # Errors
    /// [`NotPeriod`] when the days are reversed or outside the years 1–9999.
    pub fn new(first: NaiveDate, last: Option<NaiveDate>) -> Result<Self, NotPeriod> {
        let last = last.unwrap_or(LAST_DAY);
        if [first, last].iter().any(|day| !(1..=9999).contains(&day.year())) {
            return Err(NotPeriod::Year);
        }
        if last < first { Err(NotPeriod::Reversed) } else { Ok(Self { first, last }) }
    }

    /// From a day on, with an open end.
    ///
    /// # Errors
    /// [`NotPeriod::Year`] when the day is outside the years 1–9999.
    pub fn from(first: NaiveDate) -> Result<Self, NotPeriod> {
        Self::new(first, None)
    }

    /// From a day to a day, both included.
    ///
    /// # Errors
    /// [`NotPeriod`] when the days are reversed or outside the years 1–9999.
    pub fn between(first: NaiveDate, last: NaiveDate) -> Result<Self, NotPeriod> {
        Self::new(first, Some(last))
    }

    /// The same first day with another last day.
    ///
    /// # Errors
    /// [`NotPeriod`] when the day is before the first or outside the years 1–9999.
    pub fn ending_on(self, last: NaiveDate) -> Result<Self, NotPeriod> {
        Self::new(self.first, Some(last))
    }

    /// The first day.
    #[must_use]
    pub const fn first(self) -> NaiveDate {
        self.first
    }

    /// The last day; none when the end is open.
    #[must_use]
    pub fn last(self) -> Option<NaiveDate> {
        (self.last != LAST_DAY).then_some(self.last)
    }

    /// The last day, 9999-12-31 for an open end: what an index on the last day holds.
    #[must_use]
    pub const fn last_or_max(self) -> NaiveDate {
        self.last
    }

    /// Whether the end is open.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.last == LAST_DAY
    }

    /// Whether a day lies in it.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }

    /// Whether they have a day in common.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// The days in common; none when there is no such day.
    #[must_use]
    pub fn clamp(self, window: Self) -> Option<Self> {
        let common = Self { first: self.first.max(window.first), last: self.last.min(window.last) };
        (common.first <= common.last).then_some(common)
    }

    /// How many days it has, first and last included; none when the end is open.
    #[must_use]
    pub fn days(self) -> Option<u32> {
        let last = self.last()?;
        u32::try_from((last - self.first).num_days() + 1).ok()
    }
}

impl TryFrom<Form> for Period {
    type Error = NotPeriod;

    fn try_from(form: Form) -> Result<Self, Self::Error> {
        Self::new(form.first, form.last)
    }
}

impl From<Period> for Form {
    fn from(period: Period) -> Self {
        Self { first: period.first, last: period.last() }
    }
}

// The order of its days is its structure: no algebra holds without it.
kept_as_is!(Period, NaiveDate);

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::samples::day;

    fn any_period() -> impl Strategy<Value = Period> {
        (0_u64..60, proptest::option::of(0_u64..30)).prop_map(|(first, length)| {
            let first = day("2026-03-01") + Days::new(first);
            Period::new(first, length.map(|length| first + Days::new(length))).expect("a period")
        })
    }

    #[test]
    fn one_day_is_a_period_and_a_reversed_one_is_none() {
        let first = day("2026-03-10");
        assert_eq!(Period::between(first, first).map(Period::days), Ok(Some(1)));
        assert_eq!(Period::between(first, day("2026-03-09")), Err(NotPeriod::Reversed));
        assert_eq!(Period::from(NaiveDate::MAX), Err(NotPeriod::Year));
        assert_eq!(Period::from(day("2026-03-10")).map(Period::days), Ok(None));
    }

    #[test]
    fn an_open_end_is_written_as_none() {
        let open = Period::from(day("2026-03-10")).expect("a period");
        assert_eq!(serde_json::to_string(&open).expect("json"), r#"{"first":"2026-03-10"}"#);
        assert_eq!(open.last_or_max(), day("9999-12-31"));
        assert_eq!(Period::between(day("2026-03-10"), day("9999-12-31")), Ok(open));
        assert!(serde_json::from_str::<Period>(r#"{"first":"2026-03-10","last":"2026-03-09"}"#).is_err());
    }

    proptest! {
        #[test]
        fn the_algebra_agrees_with_its_days(a in any_period(), b in any_period(), step in 0_u64..120) {
            let on = day("2026-03-01") + Days::new(step);
            let both = a.contains(on) && b.contains(on);
            prop_assert_eq!(a.clamp(b).is_some_and(|common| common.contains(on)), both);
            prop_assert_eq!(a.clamp(b), b.clamp(a));
            prop_assert_eq!(a.overlaps(b), a.clamp(b).is_some());
        }

        #[test]
        fn a_period_survives_the_round_trip(period in any_period()) {
            let json = serde_json::to_string(&period).expect("json");
            prop_assert_eq!(serde_json::from_str::<Period>(&json).expect("a period"), period);
        }
    }
}
