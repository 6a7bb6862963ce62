//! Commands about the course of a job: hours, loss, tenure, experiences, references, support.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::job::job_on;
use super::{Command, Decided, OwnRules, World};
use crate::access::Right;
use crate::domain::coded::coded;
use crate::domain::{DayOf, ExperienceKind, HoursPerWeek, JobId, Line, LostWork, Text, TrailId};

/// Changes the hours of a job from a day on, which may lie ahead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct ChangeHours {
    /// The job.
    pub job: JobId,
    /// Its trail.
    pub trail: TrailId,
    /// The hours a week.
    pub hours: HoursPerWeek,
    /// The first day with them.
    pub from: NaiveDate,
}

impl Command for ChangeHours {
    type Reply = ();

    const NAME: &'static str = "change_hours";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, trail, job) = job_on(world, self.trail, self.job)?;
        let (job, fact) = job.clone().change_hours(trail, self.hours, self.from, &world.authorship())?;
        Ok(permit.reply(()).tell(&job, fact).save(job))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.planned("from", DayOf::HoursChange, self.from);
    }
}

coded! {
    /// What becomes of the trail when work is lost. Loss is never an ending by itself.
    pub enum AfterLoss {
        /// It goes back to job development, or what its method has for it, if it stands above it.
        BackToSearch = "back_to_search", "Tilbake til jobbutvikling", "Back to job development";
        /// It stays: there is other work, or the last day lies ahead.
        Stay = "stay", "Fasen blir stående", "The phase stays";
    }
}

/// Work was lost: the job ends, and the trail goes back to search, in one act (S45). On an ended trail only the job ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct LoseWork {
    /// The job.
    pub job: JobId,
    /// Its trail.
    pub trail: TrailId,
    /// When, why, and whether help was offered.
    pub lost: LostWork,
    /// What becomes of the trail.
    pub then: AfterLoss,
}

impl Command for LoseWork {
    type Reply = ();

    const NAME: &'static str = "lose_work";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, trail, job) = job_on(world, self.trail, self.job)?;
        let by = world.authorship();
        let (job, lost) = job.clone().follow(trail).lose(self.lost, &by)?;
        let decision = permit.reply(()).tell(&job, lost).save(job);
        match self.then {
            AfterLoss::Stay => Ok(decision),
            AfterLoss::BackToSearch => Ok(match trail.clone().back_to_search(self.lost.learned_on, &by)? {
                (trail, Some(moved)) => decision.tell(&trail, moved).save(trail),
                (_, None) => decision,
            }),
        }
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["lost"], |by| self.lost.faults(by));
        rules.planned("lost.ended_on", DayOf::JobEnd, self.lost.ended_on);
    }
}

/// Confirms that a job was still going on, on a day: also when the trail has ended (`DB8`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct ConfirmTenure {
    /// The job.
    pub job: JobId,
    /// Its trail.
    pub trail: TrailId,
    /// The day.
    pub on: NaiveDate,
}

impl Command for ConfirmTenure {
    type Reply = ();

    const NAME: &'static str = "confirm_tenure";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, trail, job) = job_on(world, self.trail, self.job)?;
        let (job, fact) = job.clone().follow(trail).confirm(self.on, &world.authorship())?;
        Ok(permit.reply(()).tell(&job, fact).save(job))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.happened("on", DayOf::TenureConfirmed, self.on);
    }
}

/// Writes what worked or did not work in a job: also when the trail has ended (`DB8`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct NoteJobExperience {
    /// The job.
    pub job: JobId,
    /// Its trail.
    pub trail: TrailId,
    /// Which of the two.
    pub kind: ExperienceKind,
    /// In words.
    pub text: Text<8000>,
}

impl Command for NoteJobExperience {
    type Reply = ();

    const NAME: &'static str = "note_job_experience";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, trail, job) = job_on(world, self.trail, self.job)?;
        let noted = job.clone().follow(trail).note_experience(self.kind, self.text.clone(), &world.authorship());
        let (job, fact) = noted?;
        Ok(permit.reply(()).tell(&job, fact).save(job))
    }
}

/// Keeps a reference for a job: also when the trail has ended (`DB8`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct GiveReference {
    /// The job.
    pub job: JobId,
    /// Its trail.
    pub trail: TrailId,
    /// The day.
    pub on: NaiveDate,
    /// Who gave it.
    pub given_by: Line<120>,
    /// What it says.
    pub words: Option<Text<4000>>,
}

impl Command for GiveReference {
    type Reply = ();

    const NAME: &'static str = "give_reference";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, trail, job) = job_on(world, self.trail, self.job)?;
        let (given_by, words) = (self.given_by.clone(), self.words.clone());
        let (job, fact) = job.clone().follow(trail).give_reference(self.on, given_by, words, &world.authorship())?;
        Ok(permit.reply(()).tell(&job, fact).save(job))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.happened("on", DayOf::Reference, self.on);
    }
}

/// Steps support down, with the plan that remains; the trail moves to step-down, or what its method has for it, in the same
/// act (S42).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct StepDownSupport {
    /// The job.
    pub job: JobId,
    /// Its trail.
    pub trail: TrailId,
    /// From which day.
    pub on: NaiveDate,
    /// The plan that remains.
    pub plan: Text<4000>,
}

impl Command for StepDownSupport {
    type Reply = ();

    const NAME: &'static str = "step_down_support";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, trail, job) = job_on(world, self.trail, self.job)?;
        let by = world.authorship();
        let (job, stepped) = job.clone().step_down(trail, self.on, self.plan.clone(), &by)?;
        let decision = permit.reply(()).tell(&job, stepped).save(job);
        Ok(match trail.clone().step_down(self.on, &by)? {
            (trail, Some(moved)) => decision.tell(&trail, moved).save(trail),
            (_, None) => decision,
        })
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.happened("on", DayOf::StepDown, self.on);
    }
}

/// The participant wants no more support in a job: nothing more falls due (S42).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct DeclineSupport {
    /// The job.
    pub job: JobId,
    /// Its trail.
    pub trail: TrailId,
    /// From which day.
    pub on: NaiveDate,
}

impl Command for DeclineSupport {
    type Reply = ();

    const NAME: &'static str = "decline_support";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, trail, job) = job_on(world, self.trail, self.job)?;
        let (job, fact) = job.clone().decline_support(trail, self.on, &world.authorship())?;
        Ok(permit.reply(()).tell(&job, fact).save(job))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.happened("on", DayOf::SupportDeclined, self.on);
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{
        change_hours, confirm_tenure, decline_support, fresh_trail_id, give_reference, lose_work, note_job_experience,
        step_down_support, trail_id,
    };
    use super::super::scene::{decide, everyday, specialist, told};
    use super::*;
    use crate::domain::samples::{by_spurv, spurv};
    use crate::domain::{Method, Phase, Rejection, Thing};
    use crate::record::samples;

    #[test]
    fn s45_lost_work_goes_back_to_search_in_one_act() {
        let picture = everyday().picture();
        let back = decide(&picture, &specialist(), &lose_work()).unwrap();
        assert_eq!(told(&back), ["work_lost", "phase_changed"]);
        let stay = LoseWork { then: AfterLoss::Stay, ..lose_work() };
        assert_eq!(told(&decide(&picture, &specialist(), &stay).unwrap()), ["work_lost"]);
    }

    #[test]
    fn db8_on_an_ended_trail_a_loss_ends_the_job_and_moves_nothing() {
        let picture = everyday().with(&samples::trail()).picture();
        let stay = LoseWork { then: AfterLoss::Stay, ..lose_work() };
        assert_eq!(told(&decide(&picture, &specialist(), &stay).unwrap()), ["work_lost"]);
        let refused = Rejection::TrailEnded { trail: samples::trail().id() };
        assert_eq!(decide(&picture, &specialist(), &lose_work()).unwrap_err(), refused);
    }

    #[test]
    fn db8_tenure_references_and_experiences_are_added_to_an_ended_trail_and_support_is_not() {
        let picture = everyday().with(&samples::trail()).picture();
        let actor = specialist();
        assert_eq!(told(&decide(&picture, &actor, &confirm_tenure()).unwrap()), ["tenure_confirmed"]);
        assert_eq!(told(&decide(&picture, &actor, &give_reference()).unwrap()), ["job_reference_given"]);
        assert_eq!(told(&decide(&picture, &actor, &note_job_experience()).unwrap()), ["job_experience_noted"]);
        let refused = Rejection::TrailEnded { trail: samples::trail().id() };
        assert_eq!(decide(&picture, &actor, &change_hours()).unwrap_err(), refused);
        assert_eq!(decide(&picture, &actor, &step_down_support()).unwrap_err(), refused);
        assert_eq!(decide(&picture, &actor, &decline_support()).unwrap_err(), refused);
    }

    #[test]
    fn s42_stepping_down_moves_the_trail_once() {
        let picture = everyday().picture();
        let both = decide(&picture, &specialist(), &step_down_support()).unwrap();
        assert_eq!(told(&both), ["job_support_stepped_down", "phase_changed"]);
        let by = by_spurv("2022-08-31");
        let (down, _) = samples::open_trail().move_to(Phase::StepDown, by.day(), &by).unwrap();
        let again = decide(&everyday().with(&down).picture(), &specialist(), &step_down_support()).unwrap();
        assert_eq!(told(&again), ["job_support_stepped_down"]);
    }

    #[test]
    fn s45_s42_work_is_lost_and_support_stepped_down_in_every_method() {
        for method in Method::ALL {
            // given a trail of the method in work
            let by = by_spurv("2022-08-31");
            let trail = samples::opened_trail_by(method, trail_id(), spurv(), &samples::participant());
            let (trail, _) = trail.hold_start_up_meeting(by.day(), &by).unwrap();
            let (trail, _) = trail.move_to(method.counterpart(Phase::Working), by.day(), &by).unwrap();
            let picture = everyday().with(&trail).picture();
            // then it goes back to search, and steps down with a move where that is another phase
            let lost = decide(&picture, &specialist(), &lose_work()).unwrap();
            assert_eq!(told(&lost), ["work_lost", "phase_changed"], "{method:?}");
            let down = decide(&picture, &specialist(), &step_down_support()).unwrap();
            let moves = method.counterpart(Phase::StepDown) != trail.phase();
            let expected = if moves {
                vec!["job_support_stepped_down", "phase_changed"]
            } else {
                vec!["job_support_stepped_down"]
            };
            assert_eq!(told(&down), expected, "{method:?}");
        }
    }

    #[test]
    fn another_trails_job_is_not_there() {
        let picture = everyday().picture();
        let missing = Rejection::NotFound { what: Thing::Job };
        let foreign = LoseWork { trail: fresh_trail_id(), ..lose_work() };
        assert_eq!(decide(&picture, &specialist(), &foreign).unwrap_err(), missing);
        let foreign = ConfirmTenure { trail: fresh_trail_id(), ..confirm_tenure() };
        assert_eq!(decide(&picture, &specialist(), &foreign).unwrap_err(), missing);
    }
}
