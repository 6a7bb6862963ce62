//! Working hours.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::coded::coded;
use super::kept::{Kept, NotKept};

/// Hours of work a week, in tenths of an hour: 0.1–60.0. Written in serde as the number of tenths.
///
/// # Examples
/// ```
/// use worktrail_core::domain::HoursPerWeek;
///
/// let hours = HoursPerWeek::parse("37,5")?;
/// assert_eq!(hours.tenths(), 375);
/// assert_eq!(hours.to_string(), "37.5");
/// # Ok::<(), worktrail_core::domain::NotHours>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct HoursPerWeek(u16);

coded! {
    /// Bands of hours a week, for figures.
    pub enum HoursBand {
        /// Fewer than 16.
        Under16 = "under_16", "Under 16 timer", "Under 16 hours";
        /// From 16 to fewer than 30.
        From16 = "from_16", "16–29,9 timer", "16–29.9 hours";
        /// 30 or more.
        From30 = "from_30", "30 timer eller mer", "30 hours or more";
    }
}

/// Why a number is not hours a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotHours {
    /// It is not a number with at most one decimal, after a comma or a point.
    #[error("not a number of hours with at most one decimal")]
    Written,
    /// It is less than 0.1 or more than 60.0.
    #[error("the hours are outside 0.1-60.0")]
    Range,
}

impl HoursPerWeek {
    /// Takes a number of tenths of an hour: 375 is 37.5 hours.
    ///
    /// # Errors
    /// [`NotHours::Range`] when it is outside 1–600.
    pub fn from_tenths(tenths: u16) -> Result<Self, NotHours> {
        if (1..=600).contains(&tenths) { Ok(Self(tenths)) } else { Err(NotHours::Range) }
    }

    /// Reads hours with at most one decimal, after a comma or a point.
    ///
    /// # Errors
    /// [`NotHours`] when it is written otherwise or out of range.
    pub fn parse(text: &str) -> Result<Self, NotHours> {
        let text = text.trim();
        let (whole, tenth) = text.split_once([',', '.']).unwrap_or((text, "0"));
        let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
        if !is_number(whole) || !is_number(tenth) || tenth.len() > 1 {
            return Err(NotHours::Written);
        }
        let whole: u16 = whole.parse().map_err(|_| NotHours::Range)?;
        let tenth: u16 = tenth.parse().map_err(|_| NotHours::Written)?;
        let tenths = whole.checked_mul(10).and_then(|tenths| tenths.checked_add(tenth)).ok_or(NotHours::Range)?;
        Self::from_tenths(tenths)
    }

    /// The band that they lie in.
    #[must_use]
    pub const fn band(self) -> HoursBand {
        match self.0 {
            ..160 => HoursBand::Under16,
            160..300 => HoursBand::From16,
            300.. => HoursBand::From30,
        }
    }

    /// The hours, in tenths of an hour.
    #[must_use]
    pub const fn tenths(self) -> u16 {
        self.0
    }
}

impl fmt::Display for HoursPerWeek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

impl TryFrom<u16> for HoursPerWeek {
    type Error = NotHours;

    fn try_from(tenths: u16) -> Result<Self, Self::Error> {
        Self::from_tenths(tenths)
    }
}

impl From<HoursPerWeek> for u16 {
    fn from(hours: HoursPerWeek) -> Self {
        hours.0
    }
}

impl Kept for HoursPerWeek {
    type Form = u16;

    fn from_kept(form: u16) -> Result<Self, NotKept> {
        Ok(Self(form))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comma_and_point_are_read() {
        for (text, tenths) in [("37.5", 375), ("37,5", 375), (" 8 ", 80), ("0.1", 1), ("60", 600)] {
            assert_eq!(HoursPerWeek::parse(text).map(HoursPerWeek::tenths), Ok(tenths));
        }
        assert_eq!(HoursPerWeek::parse("37,5").map(|hours| hours.to_string()), Ok("37.5".to_owned()));
    }

    #[test]
    fn sixteen_and_thirty_hours_begin_a_band() {
        let band = |tenths| HoursPerWeek::from_tenths(tenths).map(HoursPerWeek::band);
        assert_eq!([159, 160, 299, 300].map(band), {
            [HoursBand::Under16, HoursBand::From16, HoursBand::From16, HoursBand::From30].map(Ok)
        });
    }

    #[test]
    fn what_is_no_week_of_work_is_refused() {
        for text in ["0", "60.1", "99999999999", "6554"] {
            assert_eq!(HoursPerWeek::parse(text), Err(NotHours::Range), "{text}");
        }
        for text in ["", "8.", ".5", "7.55", "-8", "+8", "8t"] {
            assert_eq!(HoursPerWeek::parse(text), Err(NotHours::Written), "{text}");
        }
        assert!(serde_json::from_str::<HoursPerWeek>("601").is_err());
    }
}
