//! Numbers from a seed.

/// A generator of numbers that look random and follow from a seed (`SplitMix64`). For tests; it keeps no secret.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// The generator of a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub const fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a bound; zero when the bound is zero.
    pub const fn below(&mut self, bound: u64) -> u64 {
        match self.roll().checked_rem(bound) {
            Some(number) => number,
            None => 0,
        }
    }

    /// Whether something happens that happens so often in a thousand.
    pub const fn happens(&mut self, per_mille: u16) -> bool {
        self.below(1_000) < per_mille as u64
    }

    /// One of several; none when there are none.
    pub fn pick<'i, T>(&mut self, items: &'i [T]) -> Option<&'i T> {
        let place = self.below(u64::try_from(items.len()).unwrap_or(u64::MAX));
        items.get(usize::try_from(place).unwrap_or(usize::MAX))
    }

    /// A number of 128 bits, for an id.
    pub fn wide(&mut self) -> u128 {
        u128::from(self.roll()) << 64 | u128::from(self.roll())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_numbers_again_and_another_seed_others() {
        let rolls = |seed| {
            let mut dice = Dice::new(seed);
            [dice.roll(), dice.roll(), dice.roll()]
        };
        assert_eq!(rolls(1), rolls(1));
        assert_ne!(rolls(1), rolls(2));
        // From the reference implementation.
        assert_eq!(rolls(1_234_567)[0], 6_457_827_717_110_365_317);
    }

    #[test]
    fn chances_come_about_as_often_as_they_should() {
        let mut dice = Dice::new(3);
        let hits = (0..10_000).filter(|_| dice.happens(250)).count();
        assert!((2_300..2_700).contains(&hits), "{hits}");
        assert_eq!((0..1_000).filter(|_| dice.happens(0)).count(), 0);
        assert_eq!((0..1_000).filter(|_| dice.happens(1_000)).count(), 1_000);
        assert_eq!((dice.below(0), dice.pick::<u8>(&[])), (0, None));
    }
}
