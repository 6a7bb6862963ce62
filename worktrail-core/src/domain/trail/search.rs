//! Back to searching, after work was lost.

use chrono::NaiveDate;

use super::Trail;
use crate::domain::fact::Fact;
use crate::domain::moment::Authorship;
use crate::domain::phase::Phase;
use crate::domain::rejection::Rejection;

impl Trail {
    /// Goes back to job development when it stands above it on the ladder (S45, of transition). The loss of work is
    /// never an ending: a trail goes this way as often as needed.
    ///
    /// The move is dated on the day named, or on the day of the last change when that is later.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10); [`Rejection::PhaseNotOfMethod`] where the method has no job development;
    /// [`Rejection::DateInFuture`].
    pub fn back_to_search(self, on: NaiveDate, by: &Authorship) -> Result<(Self, Option<Fact>), Rejection> {
        self.must_be_open()?;
        let ladder = self.method.phases();
        let rung = |phase: Phase| ladder.iter().position(|it| *it == phase);
        if rung(Phase::JobDevelopment).is_some() && rung(self.phase()) <= rung(Phase::JobDevelopment) {
            return Ok((self, None));
        }
        let on = on.max(self.last_change_on());
        let (trail, fact) = self.move_to(Phase::JobDevelopment, on, by)?;
        Ok((trail, Some(fact)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{ended, started};
    use super::*;
    use crate::domain::samples::{by_spurv, day};

    #[test]
    fn s45_a_trail_goes_back_to_search_as_often_as_needed_and_never_up() {
        // given a trail in work
        let trail = started("2022-05-27", "2022-06-02");
        let (trail, _) = trail.move_to(Phase::Working, day("2022-08-15"), &by_spurv("2022-08-15")).expect("moved");
        // when work is lost, then it searches again
        let (trail, fact) = trail.back_to_search(day("2022-09-01"), &by_spurv("2022-09-02")).expect("back");
        assert!(matches!(fact, Some(Fact::PhaseChanged { to: Phase::JobDevelopment, .. })));
        // and once more, from step-down, on the day of the last change when the loss was learned of before it
        let (trail, _) = trail.move_to(Phase::StepDown, day("2022-11-01"), &by_spurv("2022-11-01")).expect("moved");
        let (trail, _) = trail.back_to_search(day("2022-10-30"), &by_spurv("2022-11-02")).expect("back");
        assert_eq!(trail.phase_on(day("2022-11-01")), Some(Phase::JobDevelopment));
        assert_eq!(trail.phase_on(day("2022-10-31")), Some(Phase::JobDevelopment));
        // but what searches already stays where it is, and mapping is not lifted
        let (trail, nothing) = trail.back_to_search(day("2022-11-03"), &by_spurv("2022-11-03")).expect("stays");
        assert_eq!((trail.phase(), nothing), (Phase::JobDevelopment, None));
        let mapped = started("2022-05-27", "2022-06-02");
        let (mapped, _) = mapped.back_to_search(day("2022-06-03"), &by_spurv("2022-06-03")).expect("stays");
        assert_eq!(mapped.phase(), Phase::Mapping);
    }

    #[test]
    fn i10_an_ended_trail_does_not_go_back() {
        let trail = ended();
        let refused = trail.clone().back_to_search(day("2023-02-28"), &by_spurv("2023-03-01"));
        assert_eq!(refused.unwrap_err(), Rejection::TrailEnded { trail: trail.id() });
    }
}
