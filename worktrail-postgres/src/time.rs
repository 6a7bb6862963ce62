//! Days and instants as PostgreSQL keeps them.
//!
//! Its range is wider than chrono's, and both of its ends are infinite. What lies beyond was not written by a store: it
//! is an error of decoding, where the driver's own would panic.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgHasArrayType, PgTypeInfo, PgValueRef};
use sqlx::{Decode, Postgres, Type};

/// A day of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Day(pub(crate) NaiveDate);

/// An instant of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Instant(pub(crate) DateTime<Utc>);

/// The engine counts from the beginning of 2000, which is so many days and seconds after chrono's own beginning.
const EPOCH_DAYS: u64 = 10_957;
const EPOCH: TimeDelta = TimeDelta::seconds(946_684_800);
const BEYOND: &str = "a time beyond all that is written";

impl Day {
    fn after_epoch(days: i32) -> Option<Self> {
        let epoch = NaiveDate::default().checked_add_days(Days::new(EPOCH_DAYS))?;
        epoch.checked_add_signed(TimeDelta::days(days.into())).map(Self)
    }
}

impl Instant {
    fn after_epoch(microseconds: i64) -> Option<Self> {
        let after = TimeDelta::microseconds(microseconds).checked_add(&EPOCH)?;
        DateTime::UNIX_EPOCH.checked_add_signed(after).map(Self)
    }
}

impl Type<Postgres> for Day {
    fn type_info() -> PgTypeInfo {
        <NaiveDate as Type<Postgres>>::type_info()
    }
}

impl Type<Postgres> for Instant {
    fn type_info() -> PgTypeInfo {
        <DateTime<Utc> as Type<Postgres>>::type_info()
    }
}

impl PgHasArrayType for Day {
    fn array_type_info() -> PgTypeInfo {
        NaiveDate::array_type_info()
    }
}

impl PgHasArrayType for Instant {
    fn array_type_info() -> PgTypeInfo {
        DateTime::<Utc>::array_type_info()
    }
}

impl<'r> Decode<'r, Postgres> for Day {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        let days = <i32 as Decode<Postgres>>::decode(value)?;
        Self::after_epoch(days).ok_or_else(|| BEYOND.into())
    }
}

impl<'r> Decode<'r, Postgres> for Instant {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        let microseconds = <i64 as Decode<Postgres>>::decode(value)?;
        Self::after_epoch(microseconds).ok_or_else(|| BEYOND.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_counted_from_the_beginning_of_2000() {
        assert_eq!(Day::after_epoch(0), NaiveDate::from_ymd_opt(2000, 1, 1).map(Day));
        assert_eq!(Day::after_epoch(-1), NaiveDate::from_ymd_opt(1999, 12, 31).map(Day));
        let at = |text: &str| Some(Instant(text.parse().unwrap()));
        assert_eq!(Instant::after_epoch(0), at("2000-01-01T00:00:00Z"));
        assert_eq!(Instant::after_epoch(-1), at("1999-12-31T23:59:59.999999Z"));
    }

    #[test]
    fn what_is_infinite_or_beyond_chrono_is_none() {
        for days in [i32::MAX, i32::MIN, 200_000_000] {
            assert_eq!(Day::after_epoch(days), None, "{days}");
        }
        for microseconds in [i64::MAX, i64::MIN] {
            assert_eq!(Instant::after_epoch(microseconds), None, "{microseconds}");
        }
    }
}
