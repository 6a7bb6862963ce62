//! Times of the week: when somebody wants to work, and what stands in the week already.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::coded::coded;
use super::kept::{Kept, NotKept, kept_as_is};
use super::redacted::redacted_debug;

coded! {
    /// A day of the week.
    pub enum Weekday {
        /// Monday.
        Monday = "monday", "mandag", "Monday";
        /// Tuesday.
        Tuesday = "tuesday", "tirsdag", "Tuesday";
        /// Wednesday.
        Wednesday = "wednesday", "onsdag", "Wednesday";
        /// Thursday.
        Thursday = "thursday", "torsdag", "Thursday";
        /// Friday.
        Friday = "friday", "fredag", "Friday";
        /// Saturday.
        Saturday = "saturday", "lørdag", "Saturday";
        /// Sunday.
        Sunday = "sunday", "søndag", "Sunday";
    }
}

/// A time of day to the minute, 00:00–24:00; the last one only ends something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay {
    minutes: u16,
}

/// From a time to a later one, on some days of the week.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "OneForm")]
pub struct WeekdayTime {
    on: BTreeSet<Weekday>,
    from: TimeOfDay,
    to: TimeOfDay,
}

/// Times of the week, in order, at most [`WeekdayTimes::MAX`] of them, none the same as another. They may overlap: a wish
/// for mornings and one for Mondays are two wishes.
///
/// What somebody does at which time may tell of their health, so `Debug` does not show it.
///
/// # Examples
/// ```
/// use worktrail_core::domain::{TimeOfDay, Weekday, WeekdayTime, WeekdayTimes};
///
/// let (nine, noon) = (TimeOfDay::parse("09:00")?, TimeOfDay::parse("12:00")?);
/// let mornings = WeekdayTime::new([Weekday::Monday, Weekday::Thursday], nine, noon)?;
/// let times = WeekdayTimes::new([mornings])?;
/// assert_eq!(times.minutes_a_week(), 6 * 60);
/// assert!(WeekdayTime::new([Weekday::Monday], noon, nine).is_err());
/// # Ok::<(), worktrail_core::domain::NotWeekdayTimes>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<WeekdayTime>")]
pub struct WeekdayTimes(Vec<WeekdayTime>);

/// Why something is not a time of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotWeekdayTimes {
    /// A time of day is not written `09:00`, or is later than 24:00.
    #[error("a time of day is written 09:00, and is not later than 24:00")]
    Written,
    /// It names no day of the week.
    #[error("no day of the week is named")]
    NoDay,
    /// It does not end later than it begins.
    #[error("it does not end later than it begins")]
    Reversed,
    /// There are too many.
    #[error("there are more than {} times", WeekdayTimes::MAX)]
    TooMany,
}

#[derive(Deserialize)]
pub(crate) struct OneForm {
    on: BTreeSet<Weekday>,
    from: TimeOfDay,
    to: TimeOfDay,
}

impl TimeOfDay {
    /// Reads `09:00`.
    ///
    /// # Errors
    /// [`NotWeekdayTimes::Written`].
    pub fn parse(text: &str) -> Result<Self, NotWeekdayTimes> {
        let two = |digits: &str| {
            let written = digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_digit());
            digits.parse::<u16>().ok().filter(|_| written)
        };
        let read = |(hours, minutes)| Some((two(hours)?, two(minutes)?));
        match text.split_once(':').and_then(read) {
            Some((hours, minutes)) if hours * 60 + minutes <= 24 * 60 && minutes < 60 => {
                Ok(Self { minutes: hours * 60 + minutes })
            }
            _ => Err(NotWeekdayTimes::Written),
        }
    }

    /// Minutes since midnight.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.minutes
    }
}

impl WeekdayTime {
    /// From a time to a later one, on these days.
    ///
    /// # Errors
    /// [`NotWeekdayTimes`] when there is no day, or the end is not later than the beginning.
    pub fn new(on: impl IntoIterator<Item = Weekday>, from: TimeOfDay, to: TimeOfDay) -> Result<Self, NotWeekdayTimes> {
        let on: BTreeSet<_> = on.into_iter().collect();
        if on.is_empty() {
            return Err(NotWeekdayTimes::NoDay);
        }
        if from < to { Ok(Self { on, from, to }) } else { Err(NotWeekdayTimes::Reversed) }
    }

    /// The days of the week.
    #[must_use]
    pub const fn on(&self) -> &BTreeSet<Weekday> {
        &self.on
    }

    /// When it begins.
    #[must_use]
    pub const fn from(&self) -> TimeOfDay {
        self.from
    }

    /// When it ends.
    #[must_use]
    pub const fn to(&self) -> TimeOfDay {
        self.to
    }

    /// Whether they have a minute in common.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        !self.on.is_disjoint(&other.on) && self.from < other.to && other.from < self.to
    }
}

impl WeekdayTimes {
    /// The most times.
    pub const MAX: usize = 50;

    /// Takes times, in any order.
    ///
    /// # Errors
    /// [`NotWeekdayTimes::TooMany`].
    pub fn new(times: impl IntoIterator<Item = WeekdayTime>) -> Result<Self, NotWeekdayTimes> {
        let mut taken = BTreeSet::new();
        for time in times {
            taken.insert(time);
            if taken.len() > Self::MAX {
                return Err(NotWeekdayTimes::TooMany);
            }
        }
        Ok(Self(taken.into_iter().collect()))
    }

    /// The times, in order.
    pub fn iter(&self) -> impl Iterator<Item = &WeekdayTime> {
        self.0.iter()
    }

    /// How many minutes of a week they cover; a minute that two of them cover counts once.
    #[must_use]
    pub fn minutes_a_week(&self) -> u32 {
        Weekday::ALL.into_iter().map(|day| self.minutes_on(day)).sum()
    }

    fn minutes_on(&self, day: Weekday) -> u32 {
        let mut stretches: Vec<_> =
            self.iter().filter(|time| time.on.contains(&day)).map(|time| (time.from, time.to)).collect();
        stretches.sort_unstable();
        let (mut covered, mut until) = (0, TimeOfDay { minutes: 0 });
        for (from, to) in stretches {
            let from = from.max(until);
            if to > from {
                covered += u32::from(to.minutes - from.minutes);
                until = to;
            }
        }
        covered
    }
}

redacted_debug!(WeekdayTimes);

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

impl std::str::FromStr for TimeOfDay {
    type Err = NotWeekdayTimes;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = NotWeekdayTimes;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> Self {
        time.to_string()
    }
}

impl TryFrom<OneForm> for WeekdayTime {
    type Error = NotWeekdayTimes;

    fn try_from(form: OneForm) -> Result<Self, Self::Error> {
        Self::new(form.on, form.from, form.to)
    }
}

impl TryFrom<Vec<WeekdayTime>> for WeekdayTimes {
    type Error = NotWeekdayTimes;

    fn try_from(times: Vec<WeekdayTime>) -> Result<Self, Self::Error> {
        Self::new(times)
    }
}

// That a time ends after it begins is its structure.
kept_as_is!(WeekdayTime);

impl Kept for WeekdayTimes {
    type Form = Vec<WeekdayTime>;

    fn from_kept(form: Self::Form) -> Result<Self, NotKept> {
        Ok(Self(form))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> TimeOfDay {
        TimeOfDay::parse(text).expect(text)
    }

    #[test]
    fn a_day_ends_at_twenty_four() {
        let late = WeekdayTime::new([Weekday::Friday], at("22:00"), at("24:00")).expect("a time");
        assert_eq!((late.from().minutes(), late.to().minutes()), (1_320, 1_440));
        assert_eq!(late.on().iter().collect::<Vec<_>>(), [&Weekday::Friday]);
        for text in ["24:01", "25:00", "9:00", "09.00", "09:60", "0900", "-1:00", "", "09:00:00", "+9:00"] {
            assert_eq!(TimeOfDay::parse(text), Err(NotWeekdayTimes::Written), "{text}");
        }
    }

    #[test]
    fn a_time_is_on_some_day_and_ends_after_it_begins() {
        let time = |days: &[Weekday], from, to| WeekdayTime::new(days.iter().copied(), at(from), at(to));
        assert_eq!(time(&[], "09:00", "10:00"), Err(NotWeekdayTimes::NoDay));
        assert_eq!(time(&[Weekday::Monday], "09:00", "09:00"), Err(NotWeekdayTimes::Reversed));
        let json = r#"{"on":["monday"],"from":"10:00","to":"09:00"}"#;
        assert!(serde_json::from_str::<WeekdayTime>(json).is_err());
    }

    #[test]
    fn what_two_times_cover_counts_once() {
        let morning = WeekdayTime::new([Weekday::Monday], at("08:00"), at("12:00")).expect("a time");
        let midday = WeekdayTime::new([Weekday::Monday, Weekday::Tuesday], at("11:00"), at("13:00")).expect("a time");
        let later = WeekdayTime::new([Weekday::Monday], at("13:00"), at("14:00")).expect("a time");
        assert!(morning.overlaps(&midday) && !midday.overlaps(&later) && !later.overlaps(&midday));
        assert!(!morning.overlaps(&later) && !later.overlaps(&morning));
        let times = WeekdayTimes::new([later, midday, morning.clone(), morning]).expect("times");
        assert_eq!((times.iter().count(), times.minutes_a_week()), (3, 6 * 60 + 2 * 60));
        assert_eq!(format!("{times:?}"), "WeekdayTimes(…)");
    }

    #[test]
    fn there_is_an_end_to_them() {
        let each = |minute: u16| {
            let from = TimeOfDay { minutes: minute };
            WeekdayTime::new([Weekday::Sunday], from, at("24:00")).expect("a time")
        };
        assert_eq!(WeekdayTimes::new((0..=50).map(each)), Err(NotWeekdayTimes::TooMany));
        assert_eq!(WeekdayTimes::new((0..50).map(each)).map(|times| times.iter().count()), Ok(50));
    }

    proptest! {
        #[test]
        fn a_time_is_written_and_read_back(minutes in 0_u16..=1440) {
            let time = TimeOfDay { minutes };
            prop_assert_eq!(TimeOfDay::parse(&time.to_string()), Ok(time));
        }

        #[test]
        fn the_minutes_of_a_week_are_those_that_lie_in_some_time(
            stretches in proptest::collection::vec((0_u16..100, 1_u16..60), 0..8),
        ) {
            let times = stretches.iter().map(|(from, length)| {
                let (from, to) = (TimeOfDay { minutes: *from }, TimeOfDay { minutes: from + length });
                WeekdayTime::new([Weekday::Monday], from, to).expect("a time")
            });
            let times = WeekdayTimes::new(times).expect("times");
            let covered = (0..200).filter(|minute| {
                times.iter().any(|time| time.from.minutes <= *minute && *minute < time.to.minutes)
            });
            prop_assert_eq!(usize::try_from(times.minutes_a_week()).expect("few"), covered.count());
        }
    }
}
