//! When something was done, and by whom.

use std::fmt;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, SecondsFormat, SubsecRound, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use super::id::ActorId;
use super::redacted::quietly;

/// A point in time with the offset of the host's zone, to the microsecond.
///
/// Two moments are equal when they are the same instant, whatever their offsets.
///
/// # Examples
/// ```
/// use worktrail_core::domain::Moment;
///
/// let moment = Moment::parse("2026-03-29T00:30:00+01:00")?;
/// assert_eq!(moment.day().to_string(), "2026-03-29");
/// assert_eq!(moment.instant().to_rfc3339(), "2026-03-28T23:30:00+00:00");
/// # Ok::<(), worktrail_core::domain::NotMoment>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(DateTime<FixedOffset>);

/// Who did something, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Authorship {
    by: ActorId,
    at: Moment,
}

/// Why a time is not a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotMoment {
    /// The text is not a time with an offset, as RFC 3339 writes it.
    #[error("not a time with an offset, as RFC 3339 writes it")]
    Written,
    /// The year is outside 1–9999, here or in UTC.
    #[error("the year is outside 1-9999")]
    Year,
    /// The offset has seconds, which RFC 3339 cannot write.
    #[error("the offset is not a whole number of minutes")]
    Offset,
}

impl Moment {
    /// Makes a moment; what is finer than a microsecond is cut off.
    ///
    /// # Errors
    /// [`NotMoment`] when RFC 3339 could not write it.
    pub fn new(at: DateTime<FixedOffset>) -> Result<Self, NotMoment> {
        // The year in UTC first: a local time beyond chrono's own range would panic.
        if !has_four_digits(at.to_utc().year()) {
            return Err(NotMoment::Year);
        }
        if at.offset().local_minus_utc() % 60 != 0 {
            return Err(NotMoment::Offset);
        }
        if !has_four_digits(at.year()) {
            return Err(NotMoment::Year);
        }
        Ok(Self(at.trunc_subsecs(6)))
    }

    /// Reads a moment as RFC 3339 writes it.
    ///
    /// # Errors
    /// [`NotMoment`] when it is written otherwise or out of range.
    pub fn parse(text: &str) -> Result<Self, NotMoment> {
        DateTime::parse_from_rfc3339(text).map_err(|_| NotMoment::Written).and_then(Self::new)
    }

    /// The local date in the host's zone: the day that every rule means.
    #[must_use]
    pub fn day(self) -> NaiveDate {
        self.0.date_naive()
    }

    /// The instant in UTC.
    #[must_use]
    pub fn instant(self) -> DateTime<Utc> {
        self.0.to_utc()
    }

    /// The local time with its offset.
    #[must_use]
    pub const fn local(self) -> DateTime<FixedOffset> {
        self.0
    }
}

impl Authorship {
    /// Says who did it and when.
    pub fn new(by: impl Into<ActorId>, at: Moment) -> Self {
        Self { by: by.into(), at }
    }

    /// Who did it.
    #[must_use]
    pub const fn by(&self) -> ActorId {
        self.by
    }

    /// When it was done.
    #[must_use]
    pub const fn at(&self) -> Moment {
        self.at
    }

    /// The local day on which it was done.
    #[must_use]
    pub fn day(&self) -> NaiveDate {
        self.at.day()
    }
}

const fn has_four_digits(year: i32) -> bool {
    matches!(year, 1..=9999)
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from(*self))
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Moment({self})")
    }
}

impl TryFrom<String> for Moment {
    type Error = NotMoment;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&String::from(*self))
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        quietly(deserializer, |text| Self::parse(&text))
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.0.to_rfc3339_opts(SecondsFormat::Micros, false)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn finer_than_a_microsecond_is_cut_off() {
        let moment = Moment::parse("2022-05-31T07:19:00.123456789+02:00").expect("a moment");
        assert_eq!(moment.to_string(), "2022-05-31T07:19:00.123456+02:00");
        assert_eq!(format!("{moment:?}"), "Moment(2022-05-31T07:19:00.123456+02:00)");
    }

    #[test]
    fn what_rfc_3339_cannot_write_is_refused() {
        assert_eq!(Moment::parse("2022-05-31T07:19:00"), Err(NotMoment::Written));
        assert_eq!(Moment::parse("0001-01-01T00:30:00+01:00"), Err(NotMoment::Year));
        assert_eq!(Moment::parse("0001-01-01T00:30:00-01:00").map(|it| it.day().to_string()), Ok("0001-01-01".into()));
        assert_eq!(Moment::parse("9999-12-31T22:30:00-01:00").map(|it| it.day().to_string()), Ok("9999-12-31".into()));
        let new_years_eve = DateTime::<Utc>::from_timestamp(253_402_300_799, 0).expect("a time");
        let ahead = FixedOffset::east_opt(3_600).expect("an offset");
        assert_eq!(Moment::new(new_years_eve.with_timezone(&ahead)), Err(NotMoment::Year));
        let odd = FixedOffset::east_opt(2_581).expect("an offset");
        let at = DateTime::from_timestamp(0, 0).expect("a time").with_timezone(&odd);
        assert_eq!(Moment::new(at), Err(NotMoment::Offset));
        assert_eq!(Moment::new(DateTime::<Utc>::MAX_UTC.into()), Err(NotMoment::Year));
    }

    #[test]
    fn dc1_the_day_is_the_local_one() {
        let [late, early] = ["2022-05-31T23:30:00-02:00", "2022-06-01T00:30:00+02:00"];
        assert_eq!(Moment::parse(late).map(|it| it.day().to_string()), Ok("2022-05-31".into()));
        assert_eq!(Moment::parse(early).map(|it| it.day().to_string()), Ok("2022-06-01".into()));
    }

    proptest! {
        #[test]
        fn a_moment_survives_the_round_trip(
            seconds in -62_000_000_000_i64..250_000_000_000, nanos in 0_u32..1_000_000_000, minutes in -720_i32..=840,
        ) {
            let offset = FixedOffset::east_opt(minutes * 60).expect("an offset");
            let at = DateTime::from_timestamp(seconds, nanos).expect("a time").with_timezone(&offset);
            let moment = Moment::new(at).expect("a moment");
            let json = serde_json::to_string(&moment).expect("json");
            let back: Moment = serde_json::from_str(&json).expect("a moment");
            prop_assert_eq!(moment, back);
            prop_assert_eq!(moment.day(), back.day());
        }
    }
}
