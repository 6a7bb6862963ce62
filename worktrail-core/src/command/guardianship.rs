//! Commands about guardianships.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Command, Decided, OwnRules, Permit, World};
use crate::access::Right;
use crate::domain::{
    Consent, ConsentGiver, DayOf, Guardianship, GuardianshipId, GuardianshipTerms, Participant, Rejection, Role, Thing,
    Trail, TrailId,
};

/// Registers who is the guardian of an open trail's participant (`DC7`, S175): an ended one gives no say over the person
/// any more, and nothing that a guardian could consent to. Whoever acts as the guardian then gives and takes back consents
/// in the guardian's name, for as long as it counts.
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
        let present = self.terms.acts_as.map(|acting| world.has_guardian(trail.participant(), acting)).transpose();
        let participant = participant?;
        id_is_new?;
        if present? == Some(true) {
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

/// Ends a guardianship, from an open trail of the participant.
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
        trail.must_be_open()?;
        let participant = world.get::<Participant>(trail.participant());
        let (guardianship, participant) = (guardianship?, participant?);
        let missing = Rejection::NotFound { what: Thing::Guardianship };
        let guardianship = guardianship.filter(|it| participant.stands_for(it.participant())).ok_or(missing)?;
        let (guardianship, fact) = guardianship.clone().end(self.on, &world.authorship())?;
        Ok(permit.of_one_person(participant).reply(()).tell(&guardianship, fact).save(guardianship))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.happened("on", DayOf::Guardianship, self.on);
    }
}

/// Refuses a guardian who would say what is the participant's to say: give a consent that is not the guardian's alone, since
/// nobody gives another's half, or agree how open the participant is towards employers (`None`).
pub(super) fn must_be_theirs(permit: &Permit, given_by: Option<ConsentGiver>) -> Result<(), Rejection> {
    match given_by {
        Some(ConsentGiver::Guardian) => Ok(()),
        Some(ConsentGiver::Participant | ConsentGiver::Both) | None => must_not_be_a_guardian(permit),
    }
}

/// Refuses a guardian who would take back a consent that does not rest on their word. What both gave together ends when
/// either takes their half back, as easily as it was given (GDPR art. 7); but not what the participant decides alone by now:
/// from eighteen on, and from sixteen on what the treatment tells (`DC7`, C4).
pub(super) fn must_be_theirs_to_take_back(
    permit: &Permit,
    consent: &Consent,
    world: &World<'_>,
) -> Result<(), Rejection> {
    if consent.rests_on_guardian(world.today()) { Ok(()) } else { must_not_be_a_guardian(permit) }
}

fn must_not_be_a_guardian(permit: &Permit) -> Result<(), Rejection> {
    if permit.role() == Some(Role::Guardian) { Err(Rejection::NotTheirWord) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::super::samples::{
        agree_openness, end_guardianship, ended_trail_id, give_consent, register_guardian, trail_id,
    };
    use super::super::scene::{Relation, decide, everyday, free, now, person, specialist, told};
    use super::super::{GiveConsent, WithdrawConsent, WithdrawOpenness};
    use super::*;
    use crate::access::{Actor, Purpose};
    use crate::desk::spy::desk;
    use crate::domain::samples::{by_spurv, participant_id};
    use crate::domain::{
        ActorId, BirthDate, Channel, ConsentClass, ConsentId, ConsentPurpose, ConsentTerms, GuardianKind,
        NewParticipant,
    };
    use crate::question::ReadTrail;
    use crate::record::samples::{self, id};
    use crate::store::CommandId;

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
    fn i10_dc7_a_guardian_is_registered_on_an_open_trail_only_and_by_another() {
        let refused = |command: &RegisterGuardian| decide(&everyday().picture(), &specialist(), command).unwrap_err();
        let ended = RegisterGuardian { trail: ended_trail_id(), ..register_guardian() };
        assert_eq!(refused(&ended), Rejection::TrailEnded { trail: ended_trail_id() });
        let mut own = register_guardian();
        own.terms.acts_as = Some(specialist().id());
        assert_eq!(refused(&own), Rejection::ByAnother);
    }

    #[test]
    fn s30_dc7_the_guardian_of_whoever_was_merged_is_the_guardian_of_the_one_who_stands_for_them() {
        // given a guardian, and the participant merged into another one since, who has the open trail
        let (acting, by) = (ActorId::new(id(0x5C7)), by_spurv("2022-06-10"));
        let terms = GuardianshipTerms { acts_as: Some(acting), ..samples::guardianship_terms() };
        let (theirs, _) =
            Guardianship::register(GuardianshipId::new(id(0x1D7)), &person(free()), terms.clone(), &by).unwrap();
        let (kept, merged, _) = samples::participant().merge(person(free()), samples::line(), &by).unwrap();
        let consent = samples::consent_by_mandate();
        let scene = || everyday().with(&theirs).with(&consent);
        let withdraw = WithdrawConsent { consent: consent.id(), trail: trail_id(), channel: Channel::InPerson };
        let actor = Actor::other(acting, Role::Guardian, Purpose::OwnCase);
        let missing = Rejection::NotFound { what: Thing::Trail };
        assert_eq!(decide(&scene().picture(), &actor, &withdraw).unwrap_err(), missing, "before");
        // then their word counts on that trail
        let desk = desk(scene().with(&kept).with(&merged).store());
        block_on(desk.run(&actor, CommandId::new(id(0xC1)), &withdraw)).unwrap();
        // and its owner sees them there, makes them no guardian twice, and ends it
        let file = block_on(desk.ask(&specialist(), &ReadTrail { trail: trail_id() })).unwrap();
        assert!(file.guardianships.iter().any(|it| it.id() == theirs.id()));
        let again = RegisterGuardian { terms, ..register_guardian() };
        let twice = block_on(desk.run(&specialist(), CommandId::new(id(0xC2)), &again)).unwrap_err();
        assert_eq!(twice.rejection(), Some(&Rejection::AlreadyExists { what: Thing::Guardianship }));
        let end = EndGuardianship { guardianship: theirs.id(), ..end_guardianship() };
        block_on(desk.run(&specialist(), CommandId::new(id(0xC3)), &end)).unwrap();
    }

    #[test]
    fn c4_dc7_a_guardian_takes_back_their_half_of_what_both_gave_and_not_what_is_the_persons_alone() {
        // given somebody of seventeen who shares health together with a parent
        let (consent, by) = (ConsentId::new(id(0x2F7)), by_spurv("2022-06-02"));
        let new = NewParticipant {
            birth_date: BirthDate::parse("2004-12-31").ok(),
            national_id: None,
            ..samples::new_participant()
        };
        let (minor, _) = Participant::register(participant_id(), new, &by).unwrap();
        let terms = GuardianshipTerms { kind: GuardianKind::Parent, ..samples::guardianship_terms() };
        let (parent, _) = Guardianship::register(samples::guardianship().id(), &minor, terms, &by).unwrap();
        let given = |purpose| {
            let terms = ConsentTerms {
                purpose,
                classes: vec![ConsentClass::Health],
                given_by: ConsentGiver::Both,
                mandate: None,
                ..samples::consent_terms_by_mandate()
            };
            let (consent, _) = Consent::give(consent, &minor, terms, &[], &by).unwrap();
            everyday().with(&minor).with(&parent).with(&consent).picture()
        };
        let withdraw = WithdrawConsent { consent, trail: trail_id(), channel: Channel::InPerson };
        // when the parent takes it back, then it ends for both
        let treatment = given(ConsentPurpose::CooperateWithTreatment);
        assert_eq!(told(&decide(&treatment, &guardian(), &withdraw).unwrap()), ["consent_withdrawn"]);
        // but not what the treatment tells, which the person decides from sixteen on
        let told_by_treatment = given(ConsentPurpose::ShareFromTreatment);
        assert_eq!(decide(&told_by_treatment, &guardian(), &withdraw).unwrap_err(), Rejection::NotTheirWord);
        assert!(decide(&told_by_treatment, &Actor::participant(participant_id()), &withdraw).is_ok());
        // and nobody gives another's half
        let both = GiveConsent {
            terms: ConsentTerms { given_by: ConsentGiver::Both, ..give_consent().terms },
            ..give_consent()
        };
        assert_eq!(decide(&treatment, &guardian(), &both).unwrap_err(), Rejection::NotTheirWord);
    }

    #[test]
    fn i10_dc7_an_ended_trail_takes_no_guardian_and_ends_none() {
        let ended = everyday().with(&samples::trail()).picture();
        let refused = Rejection::TrailEnded { trail: trail_id() };
        assert_eq!(decide(&ended, &specialist(), &register_guardian()).unwrap_err(), refused);
        assert_eq!(decide(&ended, &specialist(), &end_guardianship()).unwrap_err(), refused);
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
        let agreed = WithdrawOpenness { openness: samples::agreed_openness().id(), trail: trail_id() };
        assert_eq!(decide(&lacking().picture(), &guardian(), &agreed).map(|_| ()), theirs);
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
