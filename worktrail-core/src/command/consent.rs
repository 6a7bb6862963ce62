//! Commands about consents.

use serde::{Deserialize, Serialize};

use super::guardianship::{must_be_theirs, must_be_theirs_to_take_back};
use super::{Command, Decided, OwnRules, World};
use crate::access::Right;
use crate::domain::{
    CapacityAssessment, CapacityAssessmentId, CapacityFinding, Channel, Consent, ConsentId, ConsentTerms, Participant,
    Rejection, Thing, Trail, TrailId,
};

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
        must_be_theirs(&permit, Some(self.terms.given_by))?;
        let participant = world.get::<Participant>(trail.participant());
        let assessments = world.children::<CapacityAssessment, Participant>(trail.participant());
        let id_is_new = world.is_new::<Consent>(self.consent);
        let (participant, assessments) = (participant?, assessments?);
        id_is_new?;
        let by = world.authorship();
        let (consent, fact) = Consent::give(self.consent, participant, self.terms.clone(), &assessments, &by)?;
        Ok(permit.reply(self.consent).tell(&consent, fact).save(consent))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["terms"], |by| self.terms.faults(by));
    }
}

/// Records what was found about the capacity to consent of an open trail's participant (S175).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct AssessCapacity {
    /// The id of the assessment.
    pub assessment: CapacityAssessmentId,
    /// The trail.
    pub trail: TrailId,
    /// What was found.
    pub finding: CapacityFinding,
}

impl Command for AssessCapacity {
    type Reply = CapacityAssessmentId;

    const NAME: &'static str = "assess_capacity";
    const RIGHT: Right = Right::FollowTrail;

    fn decide(&self, world: &World<'_>) -> Decided<CapacityAssessmentId> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        trail.must_be_open()?;
        world.is_new::<CapacityAssessment>(self.assessment)?;
        let (participant, by) = (trail.participant(), world.authorship());
        let (assessment, fact) = CapacityAssessment::record(self.assessment, participant, self.finding.clone(), &by)?;
        Ok(permit.reply(self.assessment).tell(&assessment, fact).save(assessment))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["finding"], |by| self.finding.faults(by));
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
        must_be_theirs_to_take_back(&permit, consent, world)?;
        let (consent, fact) = consent.clone().withdraw(self.trail, self.channel, &world.authorship())?;
        Ok(permit.reply(()).tell(&consent, fact).save(consent))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{assess_capacity, ended_trail_id, fresh_trail_id, give_consent, withdraw_consent};
    use super::super::scene::{Relation, decide, everyday, specialist, told};
    use super::*;
    use crate::domain::samples::day;
    use crate::domain::{ConsentMatter, Role};
    use crate::record::samples;

    #[test]
    fn a_consent_names_somebody_and_something() {
        let picture = everyday().picture();
        assert_eq!(told(&decide(&picture, &specialist(), &give_consent()).unwrap()), ["consent_given"]);
        let terms = ConsentTerms { recipients: vec![], classes: vec![], ..give_consent().terms };
        let empty = GiveConsent { terms, ..give_consent() };
        let faults = vec![Rejection::ConsentWithoutRecipient, Rejection::ConsentWithoutClass];
        assert_eq!(decide(&picture, &specialist(), &empty).unwrap_err(), Rejection::Form(faults));
        let taken = GiveConsent { consent: samples::consent().id(), ..give_consent() };
        let exists = Rejection::AlreadyExists { what: Thing::Consent };
        assert_eq!(decide(&picture, &specialist(), &taken).unwrap_err(), exists);
    }

    #[test]
    fn s175_capacity_that_was_found_lacking_is_looked_up_when_a_consent_is_given() {
        // Given a finding of today that capacity is lacking altogether
        let picture = everyday().picture();
        let finding = CapacityFinding {
            matter: ConsentMatter::Wholly,
            assessed_on: day("2022-09-01"),
            ..samples::capacity_finding()
        };
        let assess = AssessCapacity { finding, ..assess_capacity() };
        let decision = decide(&picture, &specialist(), &assess).unwrap();
        assert_eq!(told(&decision), ["capacity_assessed"]);
        let by = crate::domain::samples::by_spurv("2022-09-01");
        let participant = samples::participant().id();
        let (found, _) =
            CapacityAssessment::record(assess.assessment, participant, assess.finding.clone(), &by).unwrap();
        // When the participant consents, then a guardian is asked for
        let lacking = everyday().with(&found).picture();
        assert_eq!(decide(&lacking, &specialist(), &give_consent()).unwrap_err(), Rejection::GuardianMustConsent);
        // and the same id is not taken twice
        let exists = Rejection::AlreadyExists { what: Thing::CapacityAssessment };
        assert_eq!(decide(&lacking, &specialist(), &assess).unwrap_err(), exists);
    }

    #[test]
    fn i10_nothing_is_found_about_capacity_on_an_ended_trail() {
        let assess = AssessCapacity { trail: ended_trail_id(), ..assess_capacity() };
        let ended = Rejection::TrailEnded { trail: ended_trail_id() };
        assert_eq!(decide(&everyday().picture(), &specialist(), &assess).unwrap_err(), ended);
    }

    #[test]
    fn the_participant_withdraws_it_and_it_is_withdrawn_once() {
        let themself = Relation::Themself.actor(Some(Role::Participant));
        let picture = everyday().picture();
        assert_eq!(told(&decide(&picture, &themself, &withdraw_consent()).unwrap()), ["consent_withdrawn"]);
        let withdrawn = everyday().with(&samples::consent()).picture();
        let refused = Rejection::ConsentWithdrawn { on: "2022-06-30".parse().unwrap() };
        assert_eq!(decide(&withdrawn, &themself, &withdraw_consent()).unwrap_err(), refused);
    }

    #[test]
    fn another_participants_consent_is_not_there() {
        let foreign = WithdrawConsent { trail: fresh_trail_id(), ..withdraw_consent() };
        let missing = Rejection::NotFound { what: Thing::Consent };
        assert_eq!(decide(&everyday().picture(), &specialist(), &foreign).unwrap_err(), missing);
    }
}
