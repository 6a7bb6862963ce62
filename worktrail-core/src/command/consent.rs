//! Commands about consents.

use serde::{Deserialize, Serialize};

use super::{Command, Decided, World};
use crate::access::Right;
use crate::domain::{Channel, Consent, ConsentId, ConsentTerms, Participant, Rejection, Thing, Trail, TrailId};

/// Records a consent that the participant of an open trail gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct GiveConsent {
    /// The id of the consent.
    pub consent: ConsentId,
    /// The trail.
    pub trail: TrailId,
    /// What is consented to.
    pub terms: ConsentTerms,
}

impl Command for GiveConsent {
    type Reply = ConsentId;

    const NAME: &'static str = "give_consent";
    const RIGHT: Right = Right::Consent;

    fn decide(&self, world: &World<'_>) -> Decided<ConsentId> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        trail.must_be_open()?;
        let participant = world.get::<Participant>(trail.participant());
        let id_is_new = world.is_new::<Consent>(self.consent);
        let participant = participant?;
        id_is_new?;
        let (consent, fact) = Consent::give(self.consent, participant, self.terms.clone(), &world.authorship())?;
        Ok(permit.reply(self.consent).tell(&consent, fact).save(consent))
    }
}

/// Withdraws a consent: as easily as it was given (GDPR art. 7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct WithdrawConsent {
    /// The consent.
    pub consent: ConsentId,
    /// The trail.
    pub trail: TrailId,
    /// In which way.
    pub channel: Channel,
}

impl Command for WithdrawConsent {
    type Reply = ();

    const NAME: &'static str = "withdraw_consent";
    const RIGHT: Right = Right::Consent;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail);
        let consent = world.find::<Consent>(self.consent);
        let trail = trail?;
        let permit = world.may(trail)?;
        let missing = Rejection::NotFound { what: Thing::Consent };
        let consent = consent?.filter(|consent| consent.participant() == trail.participant()).ok_or(missing)?;
        let (consent, fact) = consent.clone().withdraw(self.channel, &world.authorship())?;
        Ok(permit.reply(()).tell(&consent, fact).save(consent))
    }
}
