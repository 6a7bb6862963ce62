//! Coming back: a new trail after an ended one, at once and always (`DB4`, I20).

use super::Trail;
use crate::domain::fact::Fact;
use crate::domain::rejection::Rejection;
use crate::domain::thing::Thing;

impl Trail {
    /// Says that this trail follows an ended one of the same participant (`DB4`, of transition): there is no time to
    /// wait, and no time after which it is too late.
    ///
    /// # Errors
    /// [`Rejection::NotFound`] when the former is another participant's, of whom nothing is told;
    /// [`Rejection::StillOpen`] when it has not ended.
    pub fn follow(mut self, former: &Self) -> Result<(Self, Fact), Rejection> {
        if former.participant != self.participant || former.id == self.id {
            return Err(Rejection::NotFound { what: Thing::Trail });
        }
        if !former.is_ended() {
            return Err(Self::still_open());
        }
        self.follows = Some(former.id);
        let fact = Fact::TrailReturned { trail: self.id, follows: former.id };
        Ok((self, fact))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{ended, other_trail, started};
    use super::*;
    use crate::record::samples;

    #[test]
    fn db4_i20_a_new_trail_follows_an_ended_one_of_the_same_participant() {
        let (trail, fact) = other_trail().follow(&ended()).expect("returned");
        assert_eq!(trail.follows(), Some(ended().id()));
        assert!(matches!(fact, Fact::TrailReturned { .. }));
        let open = other_trail().follow(&started("2022-05-27", "2022-06-02"));
        assert_eq!(open.unwrap_err(), Rejection::StillOpen { what: Thing::Trail });
        let somebody = super::super::samples::somebody_else();
        let foreign = samples::opened_trail(other_trail().id(), ended().owner(), &somebody);
        assert_eq!(foreign.follow(&ended()).unwrap_err(), Rejection::NotFound { what: Thing::Trail });
    }
}
