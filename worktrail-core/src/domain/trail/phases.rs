//! Moving between phases, and the history of the moves.

use chrono::NaiveDate;

use super::Trail;
use crate::domain::day_of::DayOf;
use crate::domain::fact::Fact;
use crate::domain::moment::Authorship;
use crate::domain::phase::{Phase, PhaseChange};
use crate::domain::rejection::Rejection;

impl Trail {
    /// Moves to another phase of the method, up or down the ladder.
    ///
    /// A phase is of the trail's method (I5, of state). Nobody goes back to being referred, and the last phase is
    /// reached by [`Trail::end`] only (I9). A job is not asked for: `Working` without one is advice (I8).
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10), [`Rejection::PhaseNotOfMethod`], [`Rejection::PhaseNotByMove`],
    /// [`Rejection::NothingChanges`]; [`Rejection::DateInFuture`] for a day after the act, [`Rejection::DateBefore`]
    /// for one before the last change.
    pub fn move_to(mut self, phase: Phase, on: NaiveDate, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        self.must_be_open()?;
        let from = self.phase();
        let mut faults = DayOf::PhaseChange.faults(on, Some(self.last_change_on()), by);
        if !self.method.has_phase(phase) {
            faults.push(Rejection::PhaseNotOfMethod { method: self.method, phase });
        } else if phase == self.method.first_phase() || phase == Phase::Ended {
            faults.push(Rejection::PhaseNotByMove { phase });
        } else if phase == from {
            faults.push(Rejection::NothingChanges);
        }
        Rejection::all(faults)?;

        self.moves.push(PhaseChange::new(phase, on, *by));
        let fact = Fact::PhaseChanged { trail: self.id, from, to: phase, on };
        Ok((self, fact))
    }

    /// The whole history, oldest first: the first phase from the day of the referral, the moves, the ending.
    #[must_use]
    pub fn phase_history(&self) -> Vec<PhaseChange> {
        let first = PhaseChange::new(self.method.first_phase(), self.referral.referred_on, self.opened);
        let last =
            self.ending.as_ref().map(|ended| PhaseChange::new(Phase::Ended, ended.ending().on, *ended.authorship()));
        std::iter::once(first).chain(self.moves.iter().cloned()).chain(last).collect()
    }

    /// The phase that it was in at the end of a day; none before the referral.
    #[must_use]
    pub fn phase_on(&self, day: NaiveDate) -> Option<Phase> {
        self.phase_history().iter().rev().find(|change| change.on() <= day).map(PhaseChange::to)
    }

    /// The first day in the phase before the ending: no later change may lie before it.
    pub(super) fn last_change_on(&self) -> NaiveDate {
        self.moves.last().map_or(self.referral.referred_on, PhaseChange::on)
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::super::samples::{referred, started};
    use super::super::{Ending, GoalKind, MainGoal};
    use super::*;
    use crate::domain::end_reason::{EndReason, WorkEnding};
    use crate::domain::samples::{by_spurv, day};
    use crate::domain::text::Text;

    #[test]
    fn a_trail_moves_up_and_down_and_the_history_tells_it() {
        // given a started trail
        let trail = started("2022-05-27", "2022-06-02");
        // when it moves into work, and back after the job is lost
        let (trail, _) = trail.move_to(Phase::Working, day("2022-08-15"), &by_spurv("2022-08-16")).expect("up");
        let (trail, _) =
            trail.move_to(Phase::JobDevelopment, day("2022-10-01"), &by_spurv("2022-10-01")).expect("down");
        // then every step is dated
        let steps: Vec<_> = trail.phase_history().iter().map(|step| (step.to(), step.on())).collect();
        assert_eq!(
            steps,
            [
                (Phase::Referred, day("2022-05-27")),
                (Phase::Mapping, day("2022-06-02")),
                (Phase::Working, day("2022-08-15")),
                (Phase::JobDevelopment, day("2022-10-01")),
            ]
        );
        assert_eq!(trail.phase_on(day("2022-09-30")), Some(Phase::Working));
        assert_eq!(trail.phase_on(day("2022-05-26")), None);
    }

    #[test]
    fn nobody_moves_to_referred_nor_to_ended_nor_nowhere() {
        let by = by_spurv("2022-06-03");
        for (phase, refused) in [
            (Phase::Referred, Rejection::PhaseNotByMove { phase: Phase::Referred }),
            (Phase::Ended, Rejection::PhaseNotByMove { phase: Phase::Ended }),
            (Phase::Mapping, Rejection::NothingChanges),
        ] {
            let trail = started("2022-05-27", "2022-06-02");
            assert_eq!(trail.move_to(phase, day("2022-06-03"), &by).unwrap_err(), refused);
        }
    }

    #[test]
    fn a_move_is_neither_before_the_last_one_nor_ahead() {
        let early =
            started("2022-05-27", "2022-06-02").move_to(Phase::Working, day("2022-06-01"), &by_spurv("2022-06-03"));
        let earliest = day("2022-06-02");
        assert_eq!(early.unwrap_err(), Rejection::DateBefore { day: DayOf::PhaseChange, earliest });
        let ahead = referred("2022-05-27").move_to(Phase::Working, day("2022-06-04"), &by_spurv("2022-06-03"));
        assert_eq!(ahead.unwrap_err(), Rejection::DateInFuture { day: DayOf::PhaseChange });
    }

    #[derive(Debug, Clone)]
    enum Act {
        Start(u64),
        Move(Phase, u64),
        Contact(u64),
        Goal(GoalKind),
        End(u64),
    }

    fn acts() -> impl Strategy<Value = Vec<Act>> {
        let act = prop_oneof![
            (0..60_u64).prop_map(Act::Start),
            (proptest::sample::select(Phase::ALL.as_slice()), 0..60_u64).prop_map(|(to, on)| Act::Move(to, on)),
            (0..60_u64).prop_map(Act::Contact),
            proptest::sample::select(GoalKind::ALL.as_slice()).prop_map(Act::Goal),
            (0..60_u64).prop_map(Act::End),
        ];
        proptest::collection::vec(act, 0..12)
    }

    fn try_one(trail: Trail, act: &Act, by: &Authorship) -> Result<Trail, Rejection> {
        let on = |days: u64| day("2026-03-01") + Days::new(days);
        match act {
            Act::Start(days) => trail.hold_start_up_meeting(on(*days), by).map(|(trail, _)| trail),
            Act::Move(to, days) => trail.move_to(*to, on(*days), by).map(|(trail, _)| trail),
            Act::Contact(days) => trail.note_employer_contact(on(*days), by).map(|(trail, _)| trail),
            Act::Goal(kind) => {
                let description = Text::parse("Bake brød").expect("a text");
                trail.set_main_goal(MainGoal { kind: *kind, description }, by).map(|(trail, _)| trail)
            }
            Act::End(days) => {
                let reason = EndReason::Work(WorkEnding::WithoutWageSubsidy);
                trail.end(Ending { on: on(*days), reason }, &[], by).map(|(trail, _)| trail)
            }
        }
    }

    proptest! {
        #[test]
        fn i1_i5_i9_i10_hold_after_any_sequence_of_acts(acts in acts()) {
            let by = by_spurv("2026-04-20");
            let mut trail = referred("2026-03-05");
            for act in &acts {
                let before = trail.clone();
                let after = try_one(trail, act, &by);
                // I10: nothing that is done to an ended trail is accepted
                let frozen = Err(Rejection::TrailEnded { trail: before.id() });
                prop_assert!(!before.is_ended() || after == frozen);
                trail = after.unwrap_or(before);

                // I1: one participant and one method, for life
                let first = referred("2026-03-05");
                prop_assert_eq!((trail.participant(), trail.method()), (first.participant(), first.method()));
                // I5: every phase is of the method, and the first is the method's first
                let history = trail.phase_history();
                prop_assert!(history.iter().all(|step| trail.method().has_phase(step.to())));
                prop_assert_eq!(history.first().map(PhaseChange::to), Some(trail.method().first_phase()));
                prop_assert_eq!(history.last().map(PhaseChange::to), Some(trail.phase()));
                // I9: ended, the phase Ended and the ending are one; I2's value is there exactly while open
                prop_assert_eq!(trail.phase() == Phase::Ended, trail.ending().is_some());
                prop_assert_eq!(trail.is_ended(), trail.open_for().is_none());
                // and the dates of the history never go back
                prop_assert!(history.windows(2).all(|pair| pair[0].on() <= pair[1].on()));
                // what is written is read
                let json = serde_json::to_string(&trail).expect("json");
                prop_assert_eq!(&serde_json::from_str::<Trail>(&json).expect("a trail"), &trail);
            }
        }
    }
}
