//! Taking over the phases that a trail went through elsewhere (S113).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Command, Decided, OwnRules, World};
use crate::access::Right;
use crate::domain::{DayOf, Line, Phase, Rejection, Trail, TrailId};

/// The most steps that are taken over at once.
const MOST_STEPS: usize = 50;

/// Takes over the phases that a trail went through before it came here, in the words of the system that it comes from: by
/// today's ladder of any method, or by the older one (S113). What belongs to another method comes to the phase that is for
/// the same. Start, pauses and ending have commands of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct TakeOverPhases {
    /// The trail.
    pub trail: TrailId,
    /// The steps, the first one first: at least one, at most 50.
    pub steps: Vec<FormerStep>,
}

/// A step as another system has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerStep {
    /// What the phase is called there.
    pub phase: Line<120>,
    /// The first day in it.
    pub on: NaiveDate,
}

impl Command for TakeOverPhases {
    type Reply = ();

    const NAME: &'static str = "take_over_phases";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        if self.steps.is_empty() || self.steps.len() > MOST_STEPS {
            return Err(Rejection::LinesOutOfBounds { most: MOST_STEPS }.into());
        }
        Rejection::all(self.unknown())?;
        let known = |step: &FormerStep| Phase::formerly_called(step.phase.as_str()).map(|phase| (phase, step.on));
        let steps: Vec<_> = self.steps.iter().filter_map(known).collect();
        let (trail, facts) = trail.clone().take_over_phases(&steps, &world.authorship())?;
        let decision = facts.into_iter().fold(permit.reply(()), |decision, fact| decision.tell(&trail, fact));
        Ok(decision.save(trail))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["steps"], |_| self.unknown());
        for (number, step) in self.steps.iter().enumerate() {
            rules.happened(&format!("steps.{number}.on"), DayOf::PhaseChange, step.on);
        }
    }
}

impl TakeOverPhases {
    /// Which steps have a word that names no phase.
    fn unknown(&self) -> Vec<Rejection> {
        let is_unknown = |step: &FormerStep| Phase::formerly_called(step.phase.as_str()).is_none();
        let numbered = self.steps.iter().enumerate().filter(|(_, step)| is_unknown(step));
        numbered.map(|(number, _)| Rejection::at_line(number, Rejection::PhaseUnknown)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{fresh_trail_id, take_over_phases};
    use super::super::scene::{decide, everyday, specialist, told};
    use super::*;
    use crate::domain::samples::day;

    fn step(phase: &str, on: &str) -> FormerStep {
        FormerStep { phase: Line::parse(phase).expect("a line"), on: day(on) }
    }

    #[test]
    fn s113_a_trail_comes_with_the_phases_of_either_ladder_and_of_another_method() {
        let picture = everyday().picture();
        let older = ["Henvist", "Kartlegging", "Jobbutvikling", "Jobber", "Nedtrapping"];
        let of_support = ["Referred", "Initial contact", "Career mapping and career planning", "Discovery", "Jobber"];
        for (words, moves) in [(older, 4), (of_support, 2)] {
            let steps = words.into_iter().zip(1..).map(|(word, on)| step(word, &format!("2022-06-{on:02}"))).collect();
            let decision = decide(&picture, &specialist(), &TakeOverPhases { steps, ..take_over_phases() }).unwrap();
            assert_eq!(told(&decision), vec!["phase_changed"; moves]);
        }
    }

    #[test]
    fn s113_words_that_name_no_phase_are_refused_all_at_once_and_so_is_a_step_to_come() {
        let picture = everyday().picture();
        let refused = |steps| {
            let command = TakeOverPhases { trail: fresh_trail_id(), steps };
            decide(&picture, &specialist(), &command).unwrap_err()
        };
        let steps =
            vec![step("Passive", "2022-06-01"), step("Kartlegging", "2022-06-02"), step("Ukjent", "2022-06-03")];
        let faults = [0, 2].map(|line| Rejection::at_line(line, Rejection::PhaseUnknown));
        assert_eq!(refused(steps), Rejection::Form(faults.to_vec()));
        let ahead = Rejection::DateInFuture { day: DayOf::PhaseChange };
        assert_eq!(refused(vec![step("Kartlegging", "2023-01-01")]), Rejection::at_line(0, ahead.clone()));
        // All that is wrong with the days, too; what is between is judged by what comes before it.
        let steps = vec![
            step("Kartlegging", "2023-01-01"),
            step("Jobbutvikling", "2022-06-10"),
            step("Jobber", "2022-06-09"),
            step("Nedtrapping", "2023-01-02"),
        ];
        let before = Rejection::DateBefore { day: DayOf::PhaseChange, earliest: day("2022-06-10") };
        let faults = [(0, ahead.clone()), (2, before), (3, ahead)].map(|(line, fault)| Rejection::at_line(line, fault));
        assert_eq!(refused(steps), Rejection::Form(faults.to_vec()));
        for steps in [vec![], vec![step("Kartlegging", "2022-06-02"); MOST_STEPS + 1]] {
            assert_eq!(refused(steps), Rejection::LinesOutOfBounds { most: MOST_STEPS });
        }
    }
}
