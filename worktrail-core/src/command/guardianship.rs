//! Commands about guardianships.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Command, Decided, OwnRules, Permit, World};
use crate::access::Right;
use crate::domain::{
    ConsentGiver, DayOf, Guardianship, GuardianshipId, GuardianshipTerms, Participant, Rejection, Role, Thing, Trail,
    TrailId,
};

/// Registers who is the guardian of a trail's participant (`DC7`, S175), while the trail is open: an ended one gives no say
/// over the person any more, and nothing that a guardian could consent to. Whoever acts as the guardian then gives and takes
/// back consents in the guardian's name, for as long as it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct RegisterGuardian {
    /// The id of the guardianship.
    pub guardianship: GuardianshipId,
    /// The trail.
    pub trail: TrailId,
    /// Who it is, from when to when, and by which paper.
    pub terms: GuardianshipTerms,
}

impl Command for RegisterGuardian {
    type Reply = GuardianshipId;

    const NAME: &'static str = "register_guardian";
    const RIGHT: Right = Right::CorrectParticipant;

    fn decide(&self, world: &World<'_>) -> Decided<GuardianshipId> {
        let trail = world.get::<Trail>(self.trail)?;
        let permit = world.may(trail)?;
        trail.must_be_open()?;
        let participant = world.get::<Participant>(trail.participant());
        let id_is_new = world.is_new::<Guardianship>(self.guardianship);
        let acting = self.terms.acts_as.map(|acting| Guardianship::between(trail.participant(), acting));
        let present = acting.map(|acting| world.find_by(&acting)).transpose();
        let participant = participant?;
        id_is_new?;
        if present?.flatten().is_some() {
            return Err(Rejection::AlreadyExists { what: Thing::Guardianship }.into());
        }
        let (terms, by) = (self.terms.clone(), world.authorship());
        let (guardianship, fact) = Guardianship::register(self.guardianship, participant, terms, &by)?;
        Ok(permit.reply(self.guardianship).tell(&guardianship, fact).save(guardianship))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.over(&["terms.period", "terms.document"], |by| self.terms.faults(by));
    }
}

/// Ends a guardianship.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct EndGuardianship {
    /// Which one.
    pub guardianship: GuardianshipId,
    /// The trail.
    pub trail: TrailId,
    /// Its last day.
    pub on: NaiveDate,
}

impl Command for EndGuardianship {
    type Reply = ();

    const NAME: &'static str = "end_guardianship";
    const RIGHT: Right = Right::CorrectParticipant;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let trail = world.get::<Trail>(self.trail);
        let guardianship = world.find::<Guardianship>(self.guardianship);
        let trail = trail?;
        let permit = world.may(trail)?;
        let missing = Rejection::NotFound { what: Thing::Guardianship };
        let guardianship = guardianship?.filter(|it| it.participant() == trail.participant()).ok_or(missing)?;
        let (guardianship, fact) = guardianship.clone().end(self.on, &world.authorship())?;
        Ok(permit.reply(()).tell(&guardianship, fact).save(guardianship))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.happened("on", DayOf::Guardianship, self.on);
    }
}

/// Refuses a guardian who would give or take back what is the participant's alone: a consent that the participant gave by
/// themself, or how open they are towards employers (`None`).
pub(super) fn must_be_theirs(permit: &Permit, given_by: Option<ConsentGiver>) -> Result<(), Rejection> {
    let is_theirs = given_by.is_some_and(|giver| giver == ConsentGiver::Guardian);
    if permit.role() == Some(Role::Guardian) && !is_theirs { Err(Rejection::NotTheirWord) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{agree_openness, end_guardianship, give_consent, register_guardian, trail_id};
    use super::super::scene::{Relation, decide, everyday, now, specialist, told};
    use super::super::{GiveConsent, WithdrawConsent};
    use super::*;
    use crate::access::Actor;
    use crate::domain::samples::by_spurv;
    use crate::domain::{Channel, Consent};
    use crate::record::samples;

    fn guardian() -> Actor {
        Relation::Guardian.actor(Some(Role::Guardian))
    }

    #[test]
    fn s175_a_guardian_is_registered_once_and_ended() {
        let picture = everyday().picture();
        assert_eq!(told(&decide(&picture, &specialist(), &register_guardian()).unwrap()), ["guardianship_registered"]);
        assert_eq!(told(&decide(&picture, &specialist(), &end_guardianship()).unwrap()), ["guardianship_ended"]);
        let mut again = register_guardian();
        again.terms.acts_as = samples::guardianship().terms().acts_as;
        let exists = Rejection::AlreadyExists { what: Thing::Guardianship };
        assert_eq!(decide(&picture, &specialist(), &again).unwrap_err(), exists);
    }

    #[test]
    fn dc7_an_ended_trail_takes_no_guardian_and_lets_one_be_ended() {
        let ended = everyday().with(&samples::trail()).picture();
        let refused = decide(&ended, &specialist(), &register_guardian()).unwrap_err();
        assert_eq!(refused, Rejection::TrailEnded { trail: trail_id() });
        assert_eq!(told(&decide(&ended, &specialist(), &end_guardianship()).unwrap()), ["guardianship_ended"]);
    }

    #[test]
    fn dc7_whoever_acts_as_the_guardian_gives_a_guardians_consent_for_as_long_as_it_counts() {
        // given a participant whose capacity is found lacking, and a guardian within the mandate
        let by_mandate = samples::consent_by_mandate();
        let mut terms = samples::consent_terms_by_mandate();
        terms.given_by = ConsentGiver::Guardian;
        let lacking = || everyday().with(&samples::capacity_assessment());
        let give = GiveConsent { terms, ..give_consent() };
        // when the guardian gives it, then it is told as the guardian's
        let decision = decide(&lacking().picture(), &guardian(), &give).unwrap();
        assert_eq!(told(&decision), ["consent_given"]);
        // and what the participant has the say over is not the guardian's
        let theirs = Err(Rejection::NotTheirWord);
        assert_eq!(decide(&lacking().picture(), &guardian(), &give_consent()).map(|_| ()), theirs);
        assert_eq!(decide(&lacking().picture(), &guardian(), &agree_openness()).map(|_| ()), theirs);
        let withdraw = |consent: &Consent| WithdrawConsent {
            consent: consent.id(),
            trail: trail_id(),
            channel: Channel::InPerson,
        };
        let own = samples::given_consent();
        assert_eq!(decide(&lacking().picture(), &guardian(), &withdraw(&own)).map(|_| ()), theirs);
        let scene = lacking().with(&by_mandate);
        assert_eq!(
            told(&decide(&scene.picture(), &guardian(), &withdraw(&by_mandate)).unwrap()),
            ["consent_withdrawn"]
        );
        // and when the guardianship is ended, the case is not there
        let (ended, _) = samples::guardianship().end(now().day().pred_opt().unwrap(), &by_spurv("2022-09-01")).unwrap();
        let gone = decide(&lacking().with(&ended).picture(), &guardian(), &give).unwrap_err();
        assert_eq!(gone, Rejection::NotFound { what: Thing::Trail });
    }
}
