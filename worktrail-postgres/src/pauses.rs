//! Pauses between one attempt and the next.

use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

/// Pauses of which each is about twice as long as the one before, up to a longest, and none quite as long as another's:
/// those who were in each other's way once shall not be so again, at the same moment as before.
#[derive(Debug)]
pub(crate) struct Pauses {
    upper: Duration,
    longest: Duration,
    seed: u64,
    taken: u64,
}

impl Pauses {
    /// The first is at most so long, and none is longer than the longest.
    pub(crate) fn new(first: Duration, longest: Duration) -> Self {
        // The standard library draws its keys anew for each process and each use.
        Self::seeded(first, longest, RandomState::new().hash_one(()))
    }

    const fn seeded(first: Duration, longest: Duration, seed: u64) -> Self {
        Self { upper: first, longest, seed, taken: 0 }
    }

    /// The next: between a half and the whole of what it could be.
    pub(crate) fn next(&mut self) -> Duration {
        self.taken += 1;
        let half = self.upper / 2;
        self.upper = self.upper.saturating_mul(2).min(self.longest);
        half + half.mul_f64(f64::from(part(self.seed.wrapping_add(self.taken))) / f64::from(u32::MAX))
    }
}

/// A number that tells nothing of the one it was made from (the last step of `SplitMix64`).
#[expect(clippy::cast_possible_truncation, reason = "the upper half is left out")]
const fn part(number: u64) -> u32 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (number ^ (number >> 31)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Duration = Duration::from_millis(8);
    const LONGEST: Duration = Duration::from_millis(50);

    #[test]
    fn each_lies_between_a_half_and_the_whole_of_what_it_could_be() {
        for seed in 0..200 {
            let mut pauses = Pauses::seeded(FIRST, LONGEST, seed);
            for upper in [8, 16, 32, 50, 50, 50].map(Duration::from_millis) {
                let pause = pauses.next();
                assert!((upper / 2..=upper).contains(&pause), "seed {seed}: {pause:?} of {upper:?}");
            }
        }
    }

    #[test]
    fn two_who_met_do_not_go_on_in_step() {
        let of = |seed| {
            let mut pauses = Pauses::seeded(FIRST, LONGEST, seed);
            [(); 4].map(|()| pauses.next())
        };
        assert_eq!(of(1), of(1));
        for seed in 0..200 {
            let (one, other) = (of(seed), of(seed + 1));
            assert!(one.iter().zip(&other).all(|(one, other)| one != other), "seed {seed}: {one:?} {other:?}");
        }
        assert_ne!(Pauses::new(FIRST, LONGEST).seed, Pauses::new(FIRST, LONGEST).seed);
    }
}
