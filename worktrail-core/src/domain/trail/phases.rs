//! Moving between phases, and the history of the moves.

use chrono::NaiveDate;

use super::Trail;
use super::clock::days_between;
use super::ending::Ended;
use super::reopening::Reopening;
use crate::domain::day_of::DayOf;
use crate::domain::fact::Fact;
use crate::domain::moment::Authorship;
use crate::domain::phase::{Phase, PhaseChange};
use crate::domain::rejection::Rejection;

/// How long a trail stood in a phase: one line of the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PhaseStay {
    /// The phase.
    pub phase: Phase,
    /// The first day in it.
    pub from: NaiveDate,
    /// The first day in the next; none while it stands there.
    pub until: Option<NaiveDate>,
    /// Whole days from the first day until the next phase, or until the day that was asked about.
    pub days: u32,
}

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
        if let Err(fault) = self.must_be_reached_by_move(phase) {
            faults.push(fault);
        } else if phase == from {
            faults.push(Rejection::NothingChanges);
        }
        Rejection::all(faults)?;

        self.moves.push(PhaseChange::new(phase, on, *by));
        let fact = Fact::PhaseChanged { trail: self.id, from, to: phase, on };
        Ok((self, fact))
    }

    /// Done with this phase: moves to the next one on the ladder (S114).
    ///
    /// # Errors
    /// As [`Trail::move_to`]; [`Rejection::PhaseNotByMove`] on the last rung, above which a trail is only ended.
    pub fn advance(self, on: NaiveDate, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        let next = self.method.next_phase(self.phase()).unwrap_or(Phase::Ended);
        self.move_to(next, on, by)
    }

    /// Takes over the phases that the trail went through elsewhere, each with its first day, in order: those of another
    /// ladder [come to one](crate::domain::Method::counterpart) of the method (S113, of transition). Two that come to the same
    /// phase are one, and the first one is the trail's from its referral anyway.
    ///
    /// # Errors
    /// As [`Trail::move_to`], for each step that is refused, with its place; [`Rejection::NothingChanges`] when none is a
    /// move.
    pub fn take_over_phases(
        mut self,
        steps: &[(Phase, NaiveDate)],
        by: &Authorship,
    ) -> Result<(Self, Vec<Fact>), Rejection> {
        self.must_be_open()?;
        let (mut facts, mut faults) = (Vec::new(), Vec::new());
        for (number, (phase, on)) in steps.iter().enumerate() {
            let phase = self.method.counterpart(*phase);
            if phase == self.phase() {
                continue;
            }
            match self.clone().move_to(phase, *on, by) {
                Ok((moved, fact)) => {
                    self = moved;
                    facts.push(fact);
                }
                Err(fault) => faults.push(Rejection::at_line(number, fault)),
            }
        }
        Rejection::all(faults)?;
        if facts.is_empty() { Err(Rejection::NothingChanges) } else { Ok((self, facts)) }
    }

    /// A phase of the method in which nobody only begins or ends (I5, I9, I10).
    pub(super) fn must_be_reached_by_move(&self, phase: Phase) -> Result<(), Rejection> {
        if !self.method.has_phase(phase) {
            Err(Rejection::PhaseNotOfMethod { method: self.method, phase })
        } else if phase == self.method.first_phase() || phase == Phase::Ended {
            Err(Rejection::PhaseNotByMove { phase })
        } else {
            Ok(())
        }
    }

    /// The whole history, oldest first: the first phase from the day of the referral, the moves, the ending.
    #[must_use]
    pub fn phase_history(&self) -> Vec<PhaseChange> {
        let first = PhaseChange::new(self.method.first_phase(), self.referral.referred_on, self.opened);
        let former = self.reopenings.iter().flat_map(Reopening::changes);
        let last = self.ending.as_ref().map(Ended::change);
        std::iter::once(first).chain(former).chain(self.moves.iter().cloned()).chain(last).collect()
    }

    /// The history as stays, as it was known on a day: each phase with its days (row 17).
    #[must_use]
    pub fn phase_stays(&self, as_of: NaiveDate) -> Vec<PhaseStay> {
        let history: Vec<_> = self.phase_history().into_iter().filter(|change| change.on() <= as_of).collect();
        let next = history.iter().skip(1).map(|change| Some(change.on())).chain([None]);
        let stay = |(change, until): (&PhaseChange, Option<NaiveDate>)| {
            let days = days_between(change.on(), until.unwrap_or(as_of));
            PhaseStay { phase: change.to(), from: change.on(), until, days }
        };
        history.iter().zip(next).map(stay).collect()
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

    use super::super::samples::{referred, referred_by_method, started, started_by_method};
    use super::super::{Corrector, Ending, GoalKind, MainGoal};
    use super::*;
    use crate::domain::end_reason::{EndReason, WorkEnding};
    use crate::domain::method::Method;
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

    #[test]
    fn s113_phases_of_another_ladder_are_taken_over_in_order() {
        // given a trail that was referred here, and went through Supported Employment elsewhere
        let by = by_spurv("2022-10-01");
        let steps = [
            (Phase::Referred, day("2022-05-27")),
            (Phase::InitialContact, day("2022-06-01")),
            (Phase::CareerMapping, day("2022-06-10")),
            (Phase::FindingJob, day("2022-07-01")),
            (Phase::TrainingAtWork, day("2022-08-15")),
        ];
        let (trail, facts) = referred("2022-05-27").take_over_phases(&steps, &by).expect("taken over");
        let history: Vec<_> = trail.phase_history().iter().map(|step| (step.to(), step.on())).collect();
        let expected = [
            (Phase::Referred, day("2022-05-27")),
            (Phase::Mapping, day("2022-06-10")),
            (Phase::JobDevelopment, day("2022-07-01")),
            (Phase::Working, day("2022-08-15")),
        ];
        assert_eq!((history.as_slice(), facts.len()), (&expected[..], 3));
        // and a step before another one, or into the ending, is refused by its line
        let turned = [(Phase::Working, day("2022-08-15")), (Phase::Mapping, day("2022-08-01"))];
        let early = Rejection::DateBefore { day: DayOf::PhaseChange, earliest: day("2022-08-15") };
        let refused = referred("2022-05-27").take_over_phases(&turned, &by).unwrap_err();
        assert_eq!(refused, Rejection::AtLine { line: 2, fault: Box::new(early) });
        let ended = referred("2022-05-27").take_over_phases(&[(Phase::Ended, day("2022-08-01"))], &by).unwrap_err();
        let by_move = Rejection::PhaseNotByMove { phase: Phase::Ended };
        assert_eq!(ended, Rejection::AtLine { line: 1, fault: Box::new(by_move) });
        // and what is no move changes nothing
        let nothing = referred("2022-05-27").take_over_phases(&steps[..2], &by);
        assert_eq!(nothing.unwrap_err(), Rejection::NothingChanges);
    }

    #[test]
    fn s114_done_with_a_phase_leads_to_the_next_one_and_never_into_the_ending() {
        // given a trail that is mapped
        let mut trail = started("2022-05-27", "2022-06-02");
        let by = by_spurv("2022-06-03");
        // when it advances rung by rung
        for phase in [Phase::JobDevelopment, Phase::InEducation, Phase::Working, Phase::StepDown] {
            trail = trail.advance(day("2022-06-03"), &by).expect("advanced").0;
            assert_eq!(trail.phase(), phase);
        }
        // then the last rung is left by an ending only
        let refused = Rejection::PhaseNotByMove { phase: Phase::Ended };
        assert_eq!(trail.advance(day("2022-06-03"), &by).unwrap_err(), refused);
    }

    #[test]
    fn i5_each_method_starts_and_advances_on_its_own_ladder() {
        for method in Method::ALL {
            let trail = started_by_method(method, "2022-05-27", "2022-06-02");
            assert_eq!(trail.phase(), method.phase_after_start());
            let (trail, _) = trail.advance(day("2022-06-03"), &by_spurv("2022-06-03")).expect("advanced");
            assert_eq!(Some(trail.phase()), method.next_phase(method.phase_after_start()));
            let foreign = Phase::ALL.into_iter().find(|phase| !method.has_phase(*phase)).expect("a foreign phase");
            let refused = trail.move_to(foreign, day("2022-06-03"), &by_spurv("2022-06-03"));
            assert_eq!(refused.unwrap_err(), Rejection::PhaseNotOfMethod { method, phase: foreign });
        }
    }

    #[test]
    fn row_17_every_phase_has_its_days() {
        let trail = started("2022-05-27", "2022-06-02");
        let (trail, _) = trail.move_to(Phase::Working, day("2022-08-15"), &by_spurv("2022-08-16")).expect("up");
        let days = |as_of: &str| trail.phase_stays(day(as_of)).iter().map(|it| (it.phase, it.days)).collect::<Vec<_>>();
        assert_eq!(days("2022-08-14"), [(Phase::Referred, 6), (Phase::Mapping, 73)]);
        assert_eq!(days("2022-08-20"), [(Phase::Referred, 6), (Phase::Mapping, 74), (Phase::Working, 5)]);
        assert_eq!(trail.phase_stays(day("2022-08-20")).last().map(|stay| stay.until), Some(None));
        assert_eq!(days("2022-05-26"), []);
    }

    #[derive(Debug, Clone)]
    enum Act {
        Start(u64),
        Move(Phase, u64),
        Contact(u64),
        Goal(GoalKind),
        End(u64),
        Reopen(Phase),
        CorrectStart(u64),
    }

    fn acts() -> impl Strategy<Value = Vec<Act>> {
        let act = prop_oneof![
            (0..60_u64).prop_map(Act::Start),
            (proptest::sample::select(Phase::ALL.as_slice()), 0..60_u64).prop_map(|(to, on)| Act::Move(to, on)),
            (0..60_u64).prop_map(Act::Contact),
            proptest::sample::select(GoalKind::ALL.as_slice()).prop_map(Act::Goal),
            (0..60_u64).prop_map(Act::End),
            proptest::sample::select(Phase::ALL.as_slice()).prop_map(Act::Reopen),
            (0..60_u64).prop_map(Act::CorrectStart),
        ];
        proptest::collection::vec(act, 0..12)
    }

    fn why() -> Text<500> {
        Text::parse("Feil").expect("a text")
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
            Act::Reopen(phase) => trail.reopen(*phase, why(), by).map(|(trail, _)| trail),
            Act::CorrectStart(days) => {
                trail.correct_start(on(*days), why(), Corrector::Case, by).map(|(trail, _)| trail)
            }
        }
    }

    proptest! {
        #[test]
        fn i1_i5_i9_i10_hold_after_any_sequence_of_acts(
            method in proptest::sample::select(Method::ALL.as_slice()),
            acts in acts(),
        ) {
            let by = by_spurv("2026-04-20");
            let mut trail = referred_by_method(method, "2026-03-05");
            for act in &acts {
                let before = trail.clone();
                let after = try_one(trail, act, &by);
                // I10: nothing that is done to an ended trail is accepted, but to correct it or to open it again
                let frozen = Err(Rejection::TrailEnded { trail: before.id() });
                let is_repair = matches!(act, Act::Reopen(_) | Act::CorrectStart(_));
                prop_assert!(!before.is_ended() || is_repair || after == frozen);
                trail = after.unwrap_or(before);

                // I1: one participant and one method, for life
                let first = referred_by_method(method, "2026-03-05");
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
