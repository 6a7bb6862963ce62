//! Commands about confirmations.

use serde::{Deserialize, Serialize};

use super::{Command, Decided, OwnRules, Permit, Stop, World};
use crate::access::Right;
use crate::domain::{
    Confirmation, ConfirmationId, Confirmed, ConsentClass, Narrative, NewConfirmation, Rejection, Role, Thing, Topic,
    Trail, TrailId,
};

/// Confirms the present version of the main goal or of a text, or says how one sees it otherwise (S35). The participant
/// and the specialist of the trail do, and the counsellor and the treatment team, for what a consent lets them read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Confirm {
    /// The id of the confirmation.
    pub confirmation: ConfirmationId,
    /// The trail.
    pub trail: TrailId,
    /// What is said.
    pub new: NewConfirmation,
}

impl Command for Confirm {
    type Reply = ConfirmationId;

    const NAME: &'static str = "confirm";
    const RIGHT: Right = Right::Confirm;

    fn decide(&self, world: &World<'_>) -> Decided<ConfirmationId> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        may_read(world, trail, permit, self.new.of)?;
        if !permit.role().is_some_and(|role| self.new.party.is_voiced_by(role)) {
            return Err(Rejection::NotTheirWord.into());
        }
        let id_is_new = world.is_new::<Confirmation>(self.confirmation);
        let text = match self.new.of.topic() {
            Some(topic) => world.find_by(&Narrative::on(self.trail, topic))?,
            None => None,
        };
        id_is_new?;
        let (confirmation, fact) =
            Confirmation::make(self.confirmation, trail, self.new.clone(), text, &world.authorship())?;
        Ok(permit.reply(self.confirmation).tell(&confirmation, fact).save(confirmation))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["new.stance", "new.words"], |_| self.new.faults());
    }
}

/// Nobody has a word on what they may not read: to them there is no such text.
fn may_read(world: &World<'_>, trail: &Trail, permit: Permit, of: Confirmed) -> Result<(), Stop> {
    let readable = if let Some(role @ (Role::Specialist | Role::Participant)) = permit.role() {
        of.topic().is_none_or(|topic| topic.audience().includes(role))
    } else {
        let class = of.topic().map_or(Some(ConsentClass::Wishes), Topic::shared_as);
        let granted = world.granted(trail.participant())?;
        granted.into_iter().any(|(_, granted)| Some(granted) == class)
    };
    if readable { Ok(()) } else { Err(Rejection::NotFound { what: Thing::Narrative }.into()) }
}

#[cfg(test)]
mod tests {
    use super::super::samples::confirm;
    use super::super::scene::{Relation, decide, everyday, specialist, told};
    use super::*;
    use crate::access::{Actor, Purpose};
    use crate::domain::{ActorId, CapacityOutcome, ConfirmationStance, ConfirmingParty, ConsentMatter, Recipient};
    use crate::record::samples::{self, id};

    fn counsellor() -> Actor {
        let who = ActorId::new(id(0x5C0));
        Actor::recipient(who, Role::Counsellor, Recipient::Counsellor, Purpose::FollowUp)
    }

    /// The word of a party on the text about health.
    fn on_health(party: ConfirmingParty) -> Confirm {
        let of = Confirmed::Text { topic: Topic::Health, revision: 2 };
        Confirm { new: NewConfirmation { of, party, ..confirm().new }, ..confirm() }
    }

    #[test]
    fn s35_participant_specialist_and_whom_a_consent_names_confirm_what_they_read() {
        // Given a text about health that the counsellor is shown by consent, and a goal that the counsellor is not
        let picture = everyday().with(&samples::narrative()).picture();
        let themself = Relation::Themself.actor(Some(Role::Participant));
        for (actor, party) in [
            (specialist(), ConfirmingParty::TreatmentTeam),
            (themself.clone(), ConfirmingParty::Participant),
            (counsellor(), ConfirmingParty::Counsellor),
        ] {
            let decision = decide(&picture, &actor, &on_health(party)).expect("made");
            assert_eq!(told(&decision), ["confirmation_made"], "{party:?}");
        }
        // then nobody gives another's word, or a word on what is not shown
        let other = decide(&picture, &themself, &on_health(ConfirmingParty::Specialist)).unwrap_err();
        assert_eq!(other, Rejection::NotTheirWord);
        let unread =
            Confirm { new: NewConfirmation { party: ConfirmingParty::Counsellor, ..confirm().new }, ..confirm() };
        let missing = Rejection::NotFound { what: Thing::Narrative };
        assert_eq!(decide(&picture, &counsellor(), &unread).unwrap_err(), missing);
        let of = Confirmed::Text { topic: Topic::NoShowPlan, revision: 1 };
        let for_staff = Confirm { new: NewConfirmation { of, ..confirm().new }, ..confirm() };
        assert_eq!(decide(&picture, &themself, &for_staff).unwrap_err(), missing);
    }

    #[test]
    fn s175_without_capacity_for_the_purpose_the_consent_lets_nobody_in() {
        let finding = crate::domain::CapacityFinding {
            matter: ConsentMatter::Wholly,
            outcome: CapacityOutcome::Lacking,
            ..samples::capacity_finding()
        };
        let (who, by) = (samples::participant().id(), crate::domain::samples::by_spurv("2022-06-10"));
        let assessment = crate::domain::CapacityAssessmentId::new(id(0x5C1));
        let (found, _) = crate::domain::CapacityAssessment::record(assessment, who, finding, &by).unwrap();
        let picture = everyday().with(&samples::narrative()).with(&found).picture();
        let refused = decide(&picture, &counsellor(), &on_health(ConfirmingParty::Counsellor)).unwrap_err();
        assert_eq!(refused, Rejection::NotFound { what: Thing::Trail });
    }

    #[test]
    fn s35_whoever_differs_says_how() {
        let differs = Confirm {
            new: NewConfirmation { stance: ConfirmationStance::Differs, words: None, ..confirm().new },
            ..confirm()
        };
        let refused = decide(&everyday().picture(), &specialist(), &differs).unwrap_err();
        assert_eq!(refused, Rejection::DifferenceWithoutWords);
    }
}
