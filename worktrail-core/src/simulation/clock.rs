//! A clock that steps.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use super::dice::Dice;

/// A clock that goes on by seconds, and now and then steps forwards by days or backwards by up to an hour, as clocks
/// of machines do. Clones share one time.
#[derive(Debug, Clone)]
pub struct SimClock(Arc<Mutex<Time>>);

#[derive(Debug)]
struct Time {
    now: DateTime<Utc>,
    dice: Dice,
    leaps: u64,
    setbacks: u64,
}

impl SimClock {
    /// A clock of a seed that begins at a time.
    #[must_use]
    pub fn new(seed: u64, now: DateTime<Utc>) -> Self {
        Self(Arc::new(Mutex::new(Time { now, dice: Dice::new(seed), leaps: 0, setbacks: 0 })))
    }

    /// What the clock shows when it is next looked at: one look in thirty finds it set back, one in thirty ahead.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        let mut time = self.lock();
        let step = match time.dice.below(30) {
            0 => {
                time.setbacks += 1;
                -1 - seconds(time.dice.below(3_600))
            }
            1 => {
                time.leaps += 1;
                seconds(time.dice.below(3 * 86_400))
            }
            _ => seconds(time.dice.below(90)),
        };
        time.now = time.now.checked_add_signed(TimeDelta::seconds(step)).unwrap_or(time.now);
        time.now
    }

    /// How often it was set back.
    #[must_use]
    pub fn setbacks(&self) -> u64 {
        self.lock().setbacks
    }

    /// How often it leapt ahead.
    #[must_use]
    pub fn leaps(&self) -> u64 {
        self.lock().leaps
    }

    fn lock(&self) -> MutexGuard<'_, Time> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn seconds(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_on_leaps_and_is_set_back_the_same_way_for_one_seed() {
        let looks = |seed| {
            let clock = SimClock::new(seed, DateTime::UNIX_EPOCH);
            let times: Vec<_> = (0..1_000).map(|_| clock.now()).collect();
            (times, clock.leaps(), clock.setbacks())
        };
        let (times, leaps, setbacks) = looks(5);
        let back = times.windows(2).filter(|pair| pair[1] < pair[0]).count();
        assert_eq!(u64::try_from(back).unwrap(), setbacks);
        assert!(leaps > 10 && setbacks > 10);
        assert_eq!(looks(5).0, times);
        assert_ne!(looks(6).0, times);
    }
}
