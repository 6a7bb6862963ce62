//! Commands about openness agreements.

use serde::{Deserialize, Serialize};

use super::guardianship::must_be_theirs;
use super::{Command, Decided, OwnRules, World};
use crate::access::Right;
use crate::domain::{OpennessAgreement, OpennessId, OpennessTerms, Rejection, Thing, Trail, TrailId};

/// Agrees with the participant on how open to be: a new version, whatever came before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct AgreeOpenness {
    /// The id of the agreement.
    pub openness: OpennessId,
    /// The trail.
    pub trail: TrailId,
    /// What was agreed.
    pub terms: OpennessTerms,
}

impl Command for AgreeOpenness {
    type Reply = u32;

    const NAME: &'static str = "agree_openness";
    const RIGHT: Right = Right::Consent;

    fn decide(&self, world: &World<'_>) -> Decided<u32> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        must_be_theirs(&permit, None)?;
        world.is_new::<OpennessAgreement>(self.openness)?;
        let earlier = world.children::<OpennessAgreement, Trail>(self.trail)?;
        let version = earlier.iter().map(|agreement| agreement.version()).max().unwrap_or(0).saturating_add(1);
        let by = world.authorship();
        let (agreement, fact) = OpennessAgreement::agree(self.openness, trail, version, self.terms.clone(), &by)?;
        Ok(permit.reply(version).tell(&agreement, fact).save(agreement))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["terms"], |by| self.terms.faults(by));
    }
}

/// Withdraws an openness agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct WithdrawOpenness {
    /// The agreement.
    pub openness: OpennessId,
    /// Its trail.
    pub trail: TrailId,
}

impl Command for WithdrawOpenness {
    type Reply = ();

    const NAME: &'static str = "withdraw_openness";
    const RIGHT: Right = Right::Consent;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail);
        let agreement = world.find::<OpennessAgreement>(self.openness);
        let permit = world.may(trail?)?;
        must_be_theirs(&permit, None)?;
        let missing = Rejection::NotFound { what: Thing::Openness };
        let agreement = agreement?.filter(|agreement| agreement.trail() == self.trail).ok_or(missing)?;
        let (agreement, fact) = agreement.clone().withdraw(&world.authorship())?;
        Ok(permit.reply(()).tell(&agreement, fact).save(agreement))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{agree_openness, fresh_trail_id, trail_id};
    use super::super::scene::{decide, everyday, specialist, told};
    use super::*;
    use crate::domain::EmployerId;
    use crate::record::samples::{self, id};

    #[test]
    fn each_agreement_is_the_next_version() {
        let picture = everyday().picture();
        let second = decide(&picture, &specialist(), &agree_openness()).unwrap();
        assert_eq!((told(&second), *second.reply()), (vec!["openness_agreed"], 2));
        let first = AgreeOpenness { trail: fresh_trail_id(), ..agree_openness() };
        assert_eq!(*decide(&picture, &specialist(), &first).unwrap().reply(), 1);
    }

    #[test]
    fn an_agreement_that_contradicts_itself_is_refused() {
        let mut command = agree_openness();
        command.terms.must_not_contact.insert(EmployerId::new(id(0x80)));
        let refused = Rejection::OpennessContradicts { employer: EmployerId::new(id(0x80)) };
        assert_eq!(decide(&everyday().picture(), &specialist(), &command).unwrap_err(), refused);
    }

    #[test]
    fn an_agreement_is_withdrawn_once_and_on_its_own_trail() {
        let openness = samples::openness().id();
        let command = WithdrawOpenness { openness, trail: trail_id() };
        let picture = everyday().picture();
        assert_eq!(told(&decide(&picture, &specialist(), &command).unwrap()), ["openness_withdrawn"]);
        let foreign = WithdrawOpenness { openness, trail: fresh_trail_id() };
        let missing = Rejection::NotFound { what: Thing::Openness };
        assert_eq!(decide(&picture, &specialist(), &foreign).unwrap_err(), missing);
        let withdrawn = everyday().with(&samples::openness()).picture();
        let refused = Rejection::AlreadyEnded { what: Thing::Openness, on: "2022-07-01".parse().unwrap() };
        assert_eq!(decide(&withdrawn, &specialist(), &command).unwrap_err(), refused);
    }
}
