//! Commands about the recruitment programme.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Command, Decided, OwnRules, World};
use crate::access::Right;
use crate::domain::{Corrector, DayOf, LeavingCorrection, RecruitmentOutcome, Text, Trail, TrailId};

/// Enrols the participant of a trail in the recruitment programme (`I11`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct EnterProgramme {
    /// The trail.
    pub trail: TrailId,
    /// The first day; it may lie ahead.
    pub first: NaiveDate,
}

impl Command for EnterProgramme {
    type Reply = ();

    const NAME: &'static str = "enter_programme";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let (trail, fact) = trail.clone().enrol(self.first, &world.authorship())?;
        Ok(permit.reply(()).tell(&trail, fact).save(trail))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.planned("first", DayOf::RecruitmentStart, self.first);
    }
}

/// Leaves the recruitment programme, with the outcome. Until the last day is over, it can be said anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct LeaveProgramme {
    /// The trail.
    pub trail: TrailId,
    /// The last day; it may lie ahead.
    pub last: NaiveDate,
    /// How it ended.
    pub outcome: RecruitmentOutcome,
}

impl Command for LeaveProgramme {
    type Reply = ();

    const NAME: &'static str = "leave_programme";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let (trail, fact) = trail.clone().leave_programme(self.last, self.outcome, &world.authorship())?;
        Ok(permit.reply(()).tell(&trail, fact).save(trail))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.planned("last", DayOf::RecruitmentEnd, self.last);
    }
}

/// Corrects how a period in the recruitment programme was left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct CorrectLeaving {
    /// The trail.
    pub trail: TrailId,
    /// The first day of the period.
    pub first: NaiveDate,
    /// The true last day.
    pub last: NaiveDate,
    /// The true outcome.
    pub outcome: RecruitmentOutcome,
    /// Why it is corrected.
    pub reason: Text<500>,
}

impl Command for CorrectLeaving {
    type Reply = ();

    const NAME: &'static str = "correct_leaving";
    const RIGHT: Right = Right::CorrectTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let corrector = Corrector::of(permit.role());
        let correction = LeavingCorrection { last: self.last, outcome: self.outcome, reason: self.reason.clone() };
        let (trail, fact) = trail.clone().correct_leaving(self.first, correction, corrector, &world.authorship())?;
        Ok(permit.reply(()).tell(&trail, fact).save(trail))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.planned("last", DayOf::RecruitmentEnd, self.last);
    }
}

/// Withdraws an enrolment that lies ahead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct WithdrawEnrolment {
    /// The trail.
    pub trail: TrailId,
}

impl Command for WithdrawEnrolment {
    type Reply = ();

    const NAME: &'static str = "withdraw_enrolment";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let (trail, fact) = trail.clone().withdraw_enrolment(&world.authorship())?;
        Ok(permit.reply(()).tell(&trail, fact).save(trail))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{correct_leaving, enrolled_trail_id, supported_trail_id, trail_id};
    use super::super::scene::{decide, everyday, now, specialist, supervisor, told, user_support};
    use super::*;
    use crate::domain::{Method, Rejection};

    #[test]
    fn row_34_the_programme_is_entered_and_left_by_supported_employment_only() {
        let picture = everyday().picture();
        let enter = EnterProgramme { trail: supported_trail_id(), first: now().day() };
        assert_eq!(told(&decide(&picture, &specialist(), &enter).unwrap()), ["recruitment_begun"]);
        let ips = EnterProgramme { trail: trail_id(), ..enter };
        let refused = Rejection::NoRecruitmentProgramme { method: Method::Ips };
        assert_eq!(decide(&picture, &specialist(), &ips).unwrap_err(), refused);
        let last = "2022-12-31".parse().unwrap();
        let leave = LeaveProgramme { trail: enrolled_trail_id(), last, outcome: RecruitmentOutcome::Other };
        assert_eq!(told(&decide(&picture, &specialist(), &leave).unwrap()), ["recruitment_ended"]);
        let withdraw = WithdrawEnrolment { trail: enrolled_trail_id() };
        assert_eq!(told(&decide(&picture, &specialist(), &withdraw).unwrap()), ["recruitment_withdrawn"]);
        for actor in [specialist(), supervisor(), user_support()] {
            assert_eq!(told(&decide(&picture, &actor, &correct_leaving()).unwrap()), ["recruitment_corrected"]);
        }
    }
}
