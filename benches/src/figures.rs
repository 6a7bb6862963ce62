//! What many measurements come to: the one in the middle, and how far the others lie from it.

use serde::Serialize;

/// Measurements in brief. Half of them lie between the quartiles.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Figures {
    /// As many lie below as above.
    pub median: f64,
    /// A quarter lies below.
    pub lower: f64,
    /// A quarter lies above.
    pub upper: f64,
}

impl Figures {
    /// The figures of some measurements; zeros of none.
    #[must_use]
    pub fn of(measurements: impl IntoIterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = measurements.into_iter().collect();
        sorted.sort_by(f64::total_cmp);
        let at = |quarter: usize| {
            let place = sorted.len().saturating_sub(1) * quarter;
            let (low, high) = (sorted.get(place / 4), sorted.get(place.div_ceil(4)));
            low.zip(high).map_or(0.0, |(low, high)| f64::midpoint(*low, *high))
        };
        Self { median: at(2), lower: at(1), upper: at(3) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_in_the_middle_and_half_of_the_others() {
        let figures = Figures::of([5.0, 1.0, 3.0, 2.0, 4.0]);
        assert_eq!(figures, Figures { median: 3.0, lower: 2.0, upper: 4.0 });
        assert_eq!(Figures::of([1.0, 2.0]), Figures { median: 1.5, lower: 1.5, upper: 1.5 });
        assert_eq!(Figures::of([7.0]), Figures { median: 7.0, lower: 7.0, upper: 7.0 });
        assert_eq!(Figures::of([]).median.to_bits(), 0);
    }
}
