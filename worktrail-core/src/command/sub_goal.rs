//! Commands about sub-goals.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Command, Decided, OwnRules, Permit, Stop, World};
use crate::access::Right;
use crate::domain::{
    DayOf, Rejection, SubGoal, SubGoalId, SubGoalOutcome, SubGoalProgress, SubGoalTerms, Thing, Trail, TrailId,
};

/// Sets a sub-goal of a trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct SetSubGoal {
    /// The id of the sub-goal.
    pub sub_goal: SubGoalId,
    /// The trail.
    pub trail: TrailId,
    /// The step, who takes it, by when.
    pub terms: SubGoalTerms,
}

impl Command for SetSubGoal {
    type Reply = SubGoalId;

    const NAME: &'static str = "set_sub_goal";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<SubGoalId> {
        let (trail, id_is_new) = (world.get::<Trail>(self.trail), world.is_new::<SubGoal>(self.sub_goal));
        let trail = trail?;
        let permit = world.may(trail)?;
        id_is_new?;
        let (sub_goal, fact) = SubGoal::set(self.sub_goal, trail, self.terms.clone(), &world.authorship())?;
        Ok(permit.reply(self.sub_goal).tell(&sub_goal, fact).save(sub_goal))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["terms.due"], |_| self.terms.faults());
    }
}

/// Closes a sub-goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct CloseSubGoal {
    /// The sub-goal.
    pub sub_goal: SubGoalId,
    /// Its trail.
    pub trail: TrailId,
    /// How.
    pub outcome: SubGoalOutcome,
    /// The day.
    pub on: NaiveDate,
}

impl Command for CloseSubGoal {
    type Reply = ();

    const NAME: &'static str = "close_sub_goal";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, trail, sub_goal) = of_trail(world, self.trail, self.sub_goal)?;
        let (sub_goal, fact) = sub_goal.clone().close(trail, self.outcome, self.on, &world.authorship())?;
        Ok(permit.reply(()).tell(&sub_goal, fact).save(sub_goal))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.happened("on", DayOf::SubGoalClosed, self.on);
    }
}

/// Says a sub-goal anew: another text, another due day, somebody else responsible (row 79).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct ReviseSubGoal {
    /// The sub-goal.
    pub sub_goal: SubGoalId,
    /// Its trail.
    pub trail: TrailId,
    /// The step, who takes it, by when.
    pub terms: SubGoalTerms,
}

impl Command for ReviseSubGoal {
    type Reply = ();

    const NAME: &'static str = "revise_sub_goal";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, trail, sub_goal) = of_trail(world, self.trail, self.sub_goal)?;
        let (sub_goal, fact) = sub_goal.clone().revise(trail, self.terms.clone(), &world.authorship())?;
        Ok(permit.reply(()).tell(&sub_goal, fact).save(sub_goal))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["terms.due"], |_| self.terms.faults());
    }
}

/// Says how far a sub-goal has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct ReportProgress {
    /// The sub-goal.
    pub sub_goal: SubGoalId,
    /// Its trail.
    pub trail: TrailId,
    /// How far.
    pub progress: SubGoalProgress,
}

impl Command for ReportProgress {
    type Reply = ();

    const NAME: &'static str = "report_progress";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, trail, sub_goal) = of_trail(world, self.trail, self.sub_goal)?;
        let (sub_goal, fact) = sub_goal.clone().report_progress(trail, self.progress)?;
        Ok(permit.reply(()).tell(&sub_goal, fact).save(sub_goal))
    }
}

/// Opens a closed sub-goal again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct ReopenSubGoal {
    /// The sub-goal.
    pub sub_goal: SubGoalId,
    /// Its trail.
    pub trail: TrailId,
}

impl Command for ReopenSubGoal {
    type Reply = ();

    const NAME: &'static str = "reopen_sub_goal";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, trail, sub_goal) = of_trail(world, self.trail, self.sub_goal)?;
        let (sub_goal, fact) = sub_goal.clone().reopen(trail)?;
        Ok(permit.reply(()).tell(&sub_goal, fact).save(sub_goal))
    }
}

/// A trail that one may follow, and its sub-goal.
fn of_trail<'w>(
    world: &World<'w>,
    trail: TrailId,
    sub_goal: SubGoalId,
) -> Result<(Permit, &'w Trail, &'w SubGoal), Stop> {
    let found = world.find::<SubGoal>(sub_goal);
    let trail = world.get::<Trail>(trail)?;
    let permit = world.may(trail)?;
    let missing = Rejection::NotFound { what: Thing::SubGoal };
    let sub_goal = found?.filter(|goal| goal.trail() == trail.id()).ok_or(missing)?;
    Ok((permit, trail, sub_goal))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{close_sub_goal, fresh_trail_id, set_sub_goal, trail_id};
    use super::super::scene::{decide, everyday, specialist, told};
    use super::*;
    use crate::record::samples;

    #[test]
    fn a_sub_goal_is_set_and_closed_once() {
        let picture = everyday().picture();
        assert_eq!(told(&decide(&picture, &specialist(), &set_sub_goal()).unwrap()), ["sub_goal_set"]);
        assert_eq!(told(&decide(&picture, &specialist(), &close_sub_goal()).unwrap()), ["sub_goal_closed"]);
        let closed = everyday().with(&samples::sub_goal()).picture();
        let on = "2022-06-20".parse().unwrap();
        let refused = Rejection::AlreadyEnded { what: Thing::SubGoal, on };
        assert_eq!(decide(&closed, &specialist(), &close_sub_goal()).unwrap_err(), refused);
        let same_id = SetSubGoal { sub_goal: samples::sub_goal().id(), ..set_sub_goal() };
        let exists = Rejection::AlreadyExists { what: Thing::SubGoal };
        assert_eq!(decide(&picture, &specialist(), &same_id).unwrap_err(), exists);
    }

    #[test]
    fn row_79_a_sub_goal_is_revised_reported_on_and_opened_again() {
        let picture = everyday().picture();
        let (sub_goal, trail) = (samples::open_sub_goal().id(), trail_id());
        let revise = ReviseSubGoal { sub_goal, trail, terms: samples::sub_goal_terms() };
        assert_eq!(told(&decide(&picture, &specialist(), &revise).unwrap()), ["sub_goal_revised"]);
        let report = ReportProgress { sub_goal, trail, progress: SubGoalProgress::NearlyThere };
        assert_eq!(told(&decide(&picture, &specialist(), &report).unwrap()), ["sub_goal_progressed"]);
        let reopen = ReopenSubGoal { sub_goal, trail };
        let open = Rejection::StillOpen { what: Thing::SubGoal };
        assert_eq!(decide(&picture, &specialist(), &reopen).unwrap_err(), open);
        let closed = everyday().with(&samples::sub_goal()).picture();
        assert_eq!(told(&decide(&closed, &specialist(), &reopen).unwrap()), ["sub_goal_reopened"]);
        let foreign = ReportProgress { trail: fresh_trail_id(), ..report };
        let missing = Rejection::NotFound { what: Thing::SubGoal };
        assert_eq!(decide(&picture, &specialist(), &foreign).unwrap_err(), missing);
    }

    #[test]
    fn another_trails_sub_goal_is_not_there_and_an_ended_trail_takes_none() {
        let foreign = CloseSubGoal { trail: fresh_trail_id(), ..close_sub_goal() };
        let missing = Rejection::NotFound { what: Thing::SubGoal };
        assert_eq!(decide(&everyday().picture(), &specialist(), &foreign).unwrap_err(), missing);
        let ended = everyday().with(&samples::trail()).picture();
        let refused = Rejection::TrailEnded { trail: trail_id() };
        assert_eq!(decide(&ended, &specialist(), &set_sub_goal()).unwrap_err(), refused);
    }
}
