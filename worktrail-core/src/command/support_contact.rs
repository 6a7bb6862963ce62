//! Commands about support contacts.

use serde::{Deserialize, Serialize};

use super::{Command, Decided, OwnRules, World};
use crate::access::Right;
use crate::domain::{
    DayOf, Job, JobId, NewSupportContact, OpennessAgreement, Rejection, SupportContact, SupportContactId, Thing, Trail,
    TrailId,
};

/// Registers a support contact: with the participant, or with the employer of a job where openness allows it (S42).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct RegisterSupportContact {
    /// The id of the contact.
    pub support_contact: SupportContactId,
    /// The trail.
    pub trail: TrailId,
    /// The job that it was about; none for work in general.
    pub job: Option<JobId>,
    /// What is told of it.
    pub new: NewSupportContact,
}

impl Command for RegisterSupportContact {
    type Reply = SupportContactId;

    const NAME: &'static str = "register_support_contact";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<SupportContactId> {
        // What it knows by itself is looked up before the trail is needed, so that it comes in the same load.
        let trail = world.get::<Trail>(self.trail);
        let id_is_new = world.is_new::<SupportContact>(self.support_contact);
        let job = self.job.map(|job| world.find::<Job>(job));
        let trail = trail?;
        let permit = world.may(trail)?;
        let openness = world.children::<OpennessAgreement, Trail>(self.trail)?;
        id_is_new?;
        let missing = Rejection::NotFound { what: Thing::Job };
        let job = match job.transpose()? {
            Some(found) => Some(found.filter(|job| job.trail() == self.trail).ok_or(missing)?),
            None => None,
        };
        let (id, by) = (self.support_contact, world.authorship());
        let (contact, fact) = SupportContact::register(id, trail, job, &openness, self.new.clone(), &by)?;
        Ok(permit.reply(id).tell(&contact, fact).save(contact))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.happened("new.on", DayOf::SupportContact, self.new.on);
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{fresh_trail_id, register_support_contact};
    use super::super::scene::{decide, everyday, specialist, told};
    use super::*;
    use crate::record::samples;

    #[test]
    fn s42_a_contact_with_the_employer_obeys_the_newest_openness() {
        let picture = everyday().picture();
        let contact = register_support_contact();
        let decision = decide(&picture, &specialist(), &contact).unwrap();
        assert_eq!(told(&decision), ["support_contact_registered"]);
        let withdrawn = everyday().with(&samples::openness()).picture();
        let refused = decide(&withdrawn, &specialist(), &contact).unwrap_err();
        assert!(matches!(refused, Rejection::NotOpenTo { .. }), "{refused:?}");
    }

    #[test]
    fn another_trails_job_is_not_there() {
        let foreign = RegisterSupportContact { trail: fresh_trail_id(), ..register_support_contact() };
        let missing = Rejection::NotFound { what: Thing::Job };
        assert_eq!(decide(&everyday().picture(), &specialist(), &foreign).unwrap_err(), missing);
    }
}
