//! Commands about plans as wholes.

use serde::{Deserialize, Serialize};

use super::{Command, Decided, OwnRules, World};
use crate::access::Right;
use crate::domain::{DayOf, Narrative, PlanTerms, PlanVersion, PlanVersionId, Trail, TrailId};

/// Keeps what a plan says now as a version that the participant agreed to, or declined (S27).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct AgreePlan {
    /// The id of the version.
    pub plan_version: PlanVersionId,
    /// The trail.
    pub trail: TrailId,
    /// Which plan, when, how, and who holds the paper.
    pub terms: PlanTerms,
}

impl Command for AgreePlan {
    type Reply = u32;

    const NAME: &'static str = "agree_plan";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<u32> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let id_is_new = world.is_new::<PlanVersion>(self.plan_version);
        let former = world.children::<PlanVersion, Trail>(self.trail);
        let narratives = world.children::<Narrative, Trail>(self.trail)?;
        id_is_new?;
        let (version, fact) =
            PlanVersion::agree(self.plan_version, trail, self.terms, &former?, &narratives, &world.authorship())?;
        Ok(permit.reply(version.version()).tell(&version, fact).save(version))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.happened("terms.agreed_on", DayOf::PlanAgreed, self.terms.agreed_on);
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::agree_plan;
    use super::super::scene::{decide, everyday, specialist, told};
    use super::*;
    use crate::domain::{Plan, Rejection};

    #[test]
    fn s27_a_plan_is_agreed_on_as_it_stands() {
        let picture = everyday().picture();
        let decision = decide(&picture, &specialist(), &agree_plan()).unwrap();
        assert_eq!((told(&decision), *decision.reply()), (vec!["plan_agreed"], 1));
        let empty = AgreePlan { terms: PlanTerms { plan: Plan::JobDevelopment, ..agree_plan().terms }, ..agree_plan() };
        assert_eq!(decide(&picture, &specialist(), &empty).unwrap_err(), Rejection::PlanEmpty);
    }
}
