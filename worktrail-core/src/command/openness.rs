//! Commands about openness agreements.

use serde::{Deserialize, Serialize};

use super::{Command, Decided, World};
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
        world.is_new::<OpennessAgreement>(self.openness)?;
        let earlier = world.children::<OpennessAgreement, Trail>(self.trail)?;
        let version = earlier.iter().map(|agreement| agreement.version()).max().unwrap_or(0).saturating_add(1);
        let by = world.authorship();
        let (agreement, fact) = OpennessAgreement::agree(self.openness, trail, version, self.terms.clone(), &by)?;
        Ok(permit.reply(version).tell(&agreement, fact).save(agreement))
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
        let missing = Rejection::NotFound { what: Thing::Openness };
        let agreement = agreement?.filter(|agreement| agreement.trail() == self.trail).ok_or(missing)?;
        let (agreement, fact) = agreement.clone().withdraw(&world.authorship())?;
        Ok(permit.reply(()).tell(&agreement, fact).save(agreement))
    }
}
