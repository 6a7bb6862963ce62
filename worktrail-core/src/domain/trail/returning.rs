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
    use super::super::samples::{attested, ended, opening, other_trail, person_born, somebody_else, started};
    use super::*;
    use crate::domain::protection::Protection;
    use crate::domain::samples::by_spurv;

    #[test]
    fn db4_i20_a_new_trail_follows_an_ended_one_of_the_same_participant() {
        let (trail, fact) = other_trail().follow(&ended()).expect("returned");
        assert_eq!(trail.follows(), Some(ended().id()));
        assert!(matches!(fact, Fact::TrailReturned { .. }));
        let open = other_trail().follow(&started("2022-05-27", "2022-06-02"));
        assert_eq!(open.unwrap_err(), Rejection::StillOpen { what: Thing::Trail });
        let (somebody, by) = (somebody_else(), by_spurv("2022-05-27"));
        let [right, informed, _] = attested(&somebody);
        let opened = Trail::open(other_trail().id(), opening("2022-05-27"), &somebody, &[&right, &informed], &by);
        let (foreign, _) = opened.expect("opened");
        assert_eq!(foreign.follow(&ended()).unwrap_err(), Rejection::NotFound { what: Thing::Trail });
    }

    #[test]
    fn db4_it_is_never_too_late_to_return() {
        let (person, by) = (person_born(Some("1985-12-08"), Protection::default()), by_spurv("2043-05-27"));
        let [right, informed, _] = attested(&person);
        let opened = Trail::open(other_trail().id(), opening("2043-05-27"), &person, &[&right, &informed], &by);
        let (later, _) = opened.expect("opened");
        assert_eq!(later.follow(&ended()).expect("returned").0.follows(), Some(ended().id()));
    }
}
