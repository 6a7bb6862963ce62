//! What becomes of a trail in work: back to searching when work is lost, and on to less support.

use chrono::NaiveDate;

use super::Trail;
use crate::domain::fact::Fact;
use crate::domain::moment::Authorship;
use crate::domain::phase::Phase;
use crate::domain::rejection::Rejection;

impl Trail {
    /// Goes back to the phase in which its method searches for work, when it stands above it on the ladder (S45, of
    /// transition). The loss of work is never an ending: a trail goes this way as often as needed.
    ///
    /// The move is dated on the day named, or on the day of the last change when that is later.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10); [`Rejection::DateInFuture`].
    pub fn back_to_search(self, on: NaiveDate, by: &Authorship) -> Result<(Self, Option<Fact>), Rejection> {
        self.must_be_open()?;
        let search = self.method.counterpart(Phase::JobDevelopment);
        let ladder = self.method.phases();
        let rung = |phase: Phase| ladder.iter().position(|it| *it == phase);
        if rung(self.phase()) <= rung(search) {
            return Ok((self, None));
        }
        let on = on.max(self.last_change_on());
        let (trail, fact) = self.move_to(search, on, by)?;
        Ok((trail, Some(fact)))
    }

    /// Moves to the phase in which its method steps support down, unless it stands there (S42, of transition). Where one
    /// phase holds both training and step-down, as in Supported Employment, it stays there.
    ///
    /// The move is dated on the day named, or on the day of the last change when that is later.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10); [`Rejection::DateInFuture`].
    pub fn step_down(self, on: NaiveDate, by: &Authorship) -> Result<(Self, Option<Fact>), Rejection> {
        self.must_be_open()?;
        let to = self.method.counterpart(Phase::StepDown);
        if self.phase() == to {
            return Ok((self, None));
        }
        let on = on.max(self.last_change_on());
        let (trail, fact) = self.move_to(to, on, by)?;
        Ok((trail, Some(fact)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{ended, started, started_by_method};
    use super::*;
    use crate::domain::day_of::DayOf;
    use crate::domain::method::Method;
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
    fn s45_s42_each_method_goes_back_and_steps_down_on_its_own_ladder() {
        let (training, adapted) = (Phase::TrainingAtWork, Phase::AdaptedTraining);
        for (method, work, search, less) in [
            (Method::Ips, Phase::Working, Phase::JobDevelopment, Phase::StepDown),
            (Method::SupportedEmployment, training, Phase::FindingJob, training),
            (Method::CustomizedEmployment, adapted, Phase::CustomizedJobDevelopment, Phase::LongTermSupport),
        ] {
            // given a trail of the method in work
            let by = by_spurv("2022-09-02");
            let trail = started_by_method(method, "2022-05-27", "2022-06-02");
            let (trail, _) = trail.move_to(work, day("2022-08-15"), &by).expect("moved");
            // when support is stepped down, then it stands where the method does so, and moves only if it has to
            let (down, moved) = trail.step_down(day("2022-09-01"), &by).expect("stepped down");
            assert_eq!((down.phase(), moved.is_some()), (less, less != work), "{method:?}");
            assert_eq!(down.clone().step_down(day("2022-09-01"), &by).expect("stays"), (down.clone(), None));
            // and when work is lost, then it searches where the method does so, once
            let (back, moved) = down.back_to_search(day("2022-09-01"), &by).expect("back");
            assert_eq!((back.phase(), moved.is_some()), (search, true), "{method:?}");
            assert_eq!(back.clone().back_to_search(day("2022-09-01"), &by).expect("stays"), (back, None));
            // and what is still mapped is not lifted
            let mapped = started_by_method(method, "2022-05-27", "2022-06-02");
            assert_eq!(mapped.clone().back_to_search(day("2022-09-01"), &by).expect("stays"), (mapped, None));
        }
    }

    #[test]
    fn s42_support_stepped_down_in_one_job_before_the_trail_moved_for_another_moves_it_no_earlier() {
        // given a trail that moved to work for a second job
        let trail = started("2022-05-27", "2022-06-02");
        let (trail, _) = trail.move_to(Phase::Working, day("2022-08-15"), &by_spurv("2022-08-15")).expect("moved");
        // when it is told that support in the first one was stepped down before that
        let (_, fact) = trail.step_down(day("2022-08-10"), &by_spurv("2022-08-16")).expect("stepped down");
        // then the history keeps its order
        assert!(matches!(fact, Some(Fact::PhaseChanged { to: Phase::StepDown, on, .. }) if on == day("2022-08-15")));
        // and nothing is stepped down ahead of its day
        let ahead = started("2022-05-27", "2022-06-02").step_down(day("2022-08-17"), &by_spurv("2022-08-16"));
        assert_eq!(ahead.unwrap_err(), Rejection::DateInFuture { day: DayOf::PhaseChange });
    }

    #[test]
    fn i10_an_ended_trail_does_not_go_back() {
        let trail = ended();
        let down = trail.clone().step_down(day("2023-02-28"), &by_spurv("2023-03-01"));
        assert_eq!(down.unwrap_err(), Rejection::TrailEnded { trail: trail.id() });
        let refused = trail.clone().back_to_search(day("2023-02-28"), &by_spurv("2023-03-01"));
        assert_eq!(refused.unwrap_err(), Rejection::TrailEnded { trail: trail.id() });
    }
}
