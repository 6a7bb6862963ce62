//! Commands about benefits counselling.

use serde::{Deserialize, Serialize};

use super::{Command, Decided, OwnRules, World};
use crate::access::Right;
use crate::domain::{
    BenefitsCounselling, BenefitsCounsellingId, DayOf, Job, JobId, NewBenefitsCounselling, Rejection, Thing, Trail,
    TrailId,
};

/// Registers that counselling about benefits was offered, given or declined (S126, IPS principle 5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct RegisterBenefitsCounselling {
    /// The id of the counselling.
    pub benefits_counselling: BenefitsCounsellingId,
    /// The trail.
    pub trail: TrailId,
    /// The job that it is about.
    pub job: Option<JobId>,
    /// What there is to tell.
    pub new: NewBenefitsCounselling,
}

impl Command for RegisterBenefitsCounselling {
    type Reply = BenefitsCounsellingId;

    const NAME: &'static str = "register_benefits_counselling";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<BenefitsCounsellingId> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        let id_is_new = world.is_new::<BenefitsCounselling>(self.benefits_counselling);
        let job = self.job.map(|job| world.find::<Job>(job)).transpose();
        id_is_new?;
        // A job of another trail is answered like one that is nowhere.
        let job = match job? {
            Some(found) => {
                let missing = Rejection::NotFound { what: Thing::Job };
                Some(found.filter(|job| job.trail() == self.trail).ok_or(missing)?)
            }
            None => None,
        };
        let (id, by) = (self.benefits_counselling, world.authorship());
        let (counselling, fact) = BenefitsCounselling::register(id, trail, job, self.new.clone(), &by)?;
        Ok(permit.reply(id).tell(&counselling, fact).save(counselling))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.happened("new.on", DayOf::BenefitsCounselling, self.new.on);
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{fresh_trail_id, register_benefits_counselling};
    use super::super::scene::{decide, everyday, specialist, told};
    use super::*;

    #[test]
    fn s126_it_is_registered_with_a_job_of_the_same_trail() {
        let picture = everyday().picture();
        let command = register_benefits_counselling();
        let decision = decide(&picture, &specialist(), &command).unwrap();
        assert_eq!(told(&decision), ["benefits_counselling_registered"]);
        let without = RegisterBenefitsCounselling { job: None, ..command.clone() };
        assert!(decide(&picture, &specialist(), &without).is_ok());
        let missing = Rejection::NotFound { what: Thing::Job };
        let foreign = RegisterBenefitsCounselling { trail: fresh_trail_id(), ..command };
        assert_eq!(decide(&picture, &specialist(), &foreign).unwrap_err(), missing);
    }
}
