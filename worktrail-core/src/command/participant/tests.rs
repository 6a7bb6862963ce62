//! Tests of the commands about participants.

use pollster::block_on;

use super::*;
use crate::access::Actor;
use crate::command::samples::{
    change_protection, correct_contact_points, open, register_participant, state_birth_date, trail_id, waiting_referral,
};
use crate::command::scene::{
    Scene, decide, everyday, free, member, other_team, person, purpose_of, specialist, supervisor, told,
};
use crate::desk::spy::desk;
use crate::domain::samples::{by_spurv, day, participant_id, spurv, team};
use crate::domain::{AddressProtection, Datum, EndReason, Ending, OtherEnding, Period, Role, StaffId, StaffShielding};
use crate::record::from_record;
use crate::record::samples::{self, id};
use crate::store::CommandId;

/// Somebody who stands in a role to the other team.
fn of_the_other_team(role: Role) -> (Scene, Actor) {
    let who = StaffId::new(id(0x5EE));
    let present = Period::from(day("2022-01-01")).unwrap();
    let scene = everyday().with(&member(who, &other_team(), role, present));
    (scene, Actor::staff(who, [role], purpose_of(role)))
}

fn strictly(participant: Participant) -> Participant {
    let strict = Protection::new(AddressProtection::StrictlyConfidential, StaffShielding::None);
    participant.change_protection(strict, &by_spurv("2022-06-01")).unwrap().0
}

/// The number that the participant of the scene has.
fn known() -> RegisterParticipant {
    RegisterParticipant { new: samples::new_participant(), ..register_participant() }
}

#[test]
fn s15_what_is_known_at_the_registration_has_its_source_author_and_day() {
    let from_register = RegisterParticipant { source: FactSource::Register, ..register_participant() };
    let register = |command: &RegisterParticipant| {
        let decision = decide(&everyday().picture(), &specialist(), command).unwrap();
        let saved = decision.saved().first().unwrap().to_record().unwrap();
        from_record::<Participant>(&saved).unwrap()
    };
    let known = register(&from_register);
    for datum in [Datum::Name, Datum::BirthDate, Datum::ContactPoints] {
        let stated = known.stated(datum);
        assert_eq!((stated.source(), stated.authorship().by()), (FactSource::Register, spurv().into()), "{datum:?}");
    }
    // What is not known has no source, and who does not say where it is from is not made to have said so.
    assert_eq!(known.stated(Datum::Residence).source(), FactSource::Other);
    assert_eq!(register(&register_participant()).stated(Datum::Name).source(), FactSource::Other);
}

#[test]
fn a_participant_is_registered_once_for_each_number() {
    let picture = everyday().picture();
    let command = register_participant();
    assert_eq!(told(&decide(&picture, &specialist(), &command).unwrap()), ["participant_registered"]);
    let exists = Rejection::AlreadyExists { what: Thing::Participant };
    assert_eq!(decide(&picture, &specialist(), &known()).unwrap_err(), exists, "known in the own team");
    let same_id = RegisterParticipant { participant: participant_id(), ..command };
    assert_eq!(decide(&picture, &specialist(), &same_id).unwrap_err(), exists);
}

#[test]
fn da3_of_somebody_known_elsewhere_or_strictly_protected_nothing_is_told() {
    let (scene, actor) = of_the_other_team(Role::Specialist);
    let elsewhere = RegisterParticipant { team: other_team().id(), ..known() };
    assert_eq!(decide(&scene.picture(), &actor, &elsewhere).unwrap_err(), Rejection::CannotOpenHere);
    let protected = everyday().with(&strictly(samples::participant())).picture();
    assert_eq!(decide(&protected, &specialist(), &known()).unwrap_err(), Rejection::CannotOpenHere);
}

#[test]
fn contact_points_are_corrected_to_something_else() {
    let picture = everyday().picture();
    let command = correct_contact_points();
    assert_eq!(told(&decide(&picture, &specialist(), &command).unwrap()), ["contact_points_corrected"]);
    let same = CorrectContactPoints { phone: Some(samples::phone()), ..command };
    assert_eq!(decide(&picture, &specialist(), &same).unwrap_err(), Rejection::NothingChanges);
}

#[test]
fn dc7_who_was_registered_without_a_birth_date_gets_a_trail_when_it_is_stated() {
    // given somebody without a birth date, for whom no trail can be opened
    let new = NewParticipant { birth_date: None, national_id: None, ..samples::new_participant() };
    let (unknown, _) = Participant::register(free(), new, &by_spurv("2022-05-31")).unwrap();
    let picture = everyday().with(&unknown).picture();
    let opened = decide(&picture, &specialist(), &open()).unwrap_err();
    assert_eq!(opened, Rejection::BirthDateUnknown);
    // when it is stated, then it is told, and a trail is opened
    let decision = decide(&picture, &specialist(), &state_birth_date()).unwrap();
    assert_eq!(told(&decision), ["birth_date_stated"]);
    let (stated, _) =
        unknown.state_birth_date(state_birth_date().birth_date, FactSource::Register, &by_spurv("2022-06-01")).unwrap();
    let picture = everyday().with(&stated).picture();
    assert!(decide(&picture, &specialist(), &open()).is_ok());
    // and the same one is not stated twice
    assert_eq!(decide(&picture, &specialist(), &state_birth_date()).unwrap_err(), Rejection::NothingChanges);
}

#[test]
fn da3_no_birth_date_is_stated_of_whom_a_team_may_not_find_or_while_a_trail_is_open() {
    let missing = Rejection::NotFound { what: Thing::Participant };
    let of = |participant| StateBirthDate { participant, ..state_birth_date() };
    let refused = |scene: Scene, command| decide(&scene.picture(), &specialist(), &command).unwrap_err();
    // given an open trail here, a withheld one, strict protection, and nobody; then the answer is the same
    assert_eq!(refused(everyday(), of(participant_id())), missing);
    assert_eq!(refused(everyday(), of(ParticipantId::new(id(0x105)))), missing);
    assert_eq!(refused(everyday().with(&strictly(person(free()))), of(free())), missing);
    assert_eq!(refused(everyday(), of(ParticipantId::new(id(0xEE)))), missing);
    // and the same for a trail that is open elsewhere
    let (scene, actor) = of_the_other_team(Role::Specialist);
    let elsewhere = StateBirthDate { team: other_team().id(), ..of(participant_id()) };
    assert_eq!(decide(&scene.picture(), &actor, &elsewhere).unwrap_err(), missing);
    // but an ended one is no hindrance
    assert!(decide(&everyday().picture(), &specialist(), &of(ParticipantId::new(id(0x104)))).is_ok());
}

#[test]
fn da4_strict_protection_withholds_every_trail_at_once_and_another_protection_none() {
    let ending = Ending { on: day("2022-08-01"), reason: EndReason::Other(OtherEnding::MovedAway) };
    let former = samples::opened_trail(TrailId::new(id(0x37)), spurv(), &samples::participant());
    let (former, _) = former.end(ending, &[], &by_spurv("2022-08-01")).unwrap();
    let picture = everyday().with(&former).picture();
    let strict = decide(&picture, &supervisor(), &change_protection()).unwrap();
    let withheld = ["audience_changed", "audience_changed", "referral_audience_changed"];
    assert_eq!(told(&strict), [&["protection_changed"][..], &withheld].concat());
    // The participant, two trails and a referral, and what follows the open trail: proposal, cover, contact, job, education.
    assert_eq!(strict.saved().len(), 9);
    let protection = Protection::new(AddressProtection::Confidential, StaffShielding::None);
    let mild = decide(&picture, &supervisor(), &ChangeProtection { protection, ..change_protection() }).unwrap();
    assert_eq!(told(&mild), ["protection_changed"]);
    let same = ChangeProtection { protection: samples::participant().protection(), ..change_protection() };
    assert_eq!(decide(&picture, &supervisor(), &same).unwrap_err(), Rejection::NothingChanges);
}

#[test]
fn s30_da4_referrals_of_whoever_was_merged_are_withheld_and_released_as_well() {
    // given somebody with a referral, into whom another one with a referral was merged
    let (kept, merged, _) =
        samples::participant().merge(person(free()), samples::line(), &by_spurv("2022-06-10")).unwrap();
    let scene = || everyday().with(&kept).with(&merged);
    // when the protection becomes strict, then both are withheld
    let strict = decide(&scene().picture(), &supervisor(), &change_protection()).unwrap();
    let withheld = ["referral_audience_changed", "referral_audience_changed"];
    let both = ["protection_changed", "protection_changed", "audience_changed"];
    assert_eq!(told(&strict), [&both[..], &withheld].concat());
    // and when it is no longer strict, then they come back
    let withheld = scene().with(&waiting_referral().withhold().0).with(&samples::closed_referral().withhold().0);
    let release = ReleaseTrails { participant: kept.id(), team: team() };
    let released = decide(&withheld.picture(), &supervisor(), &release).unwrap();
    assert_eq!(told(&released), ["referral_audience_changed", "referral_audience_changed"]);
    // and the desk takes it, though they are two subjects
    let desk = desk(scene().store());
    assert!(block_on(desk.run(&supervisor(), CommandId::new(id(0xD1)), &change_protection())).is_ok());
}

#[test]
fn s30_da4_the_protection_of_whoever_was_merged_follows() {
    // given two who were merged
    let (kept, merged, _) =
        samples::participant().merge(person(free()), samples::line(), &by_spurv("2022-06-10")).unwrap();
    let fall = ChangeProtection { protection: Protection::default(), ..change_protection() };
    // when the protection of the one who stands for both changes, then it is told of both, and both have it
    let decision = decide(&everyday().with(&kept).with(&merged).picture(), &supervisor(), &fall).unwrap();
    assert_eq!(told(&decision), ["protection_changed", "protection_changed"]);
    let saved = decision.saved().iter().map(|it| it.to_record().and_then(|it| from_record::<Participant>(&it)));
    let saved: Vec<_> = saved.map(|it| it.map(|it| (it.id(), it.protection())).unwrap()).collect();
    assert_eq!(saved, [(merged.id(), fall.protection), (kept.id(), fall.protection)]);
}

#[test]
fn another_teams_participant_is_not_there() {
    let (scene, actor) = of_the_other_team(Role::Supervisor);
    let (picture, team) = (scene.picture(), other_team().id());
    let missing = Rejection::NotFound { what: Thing::Participant };
    let participant = participant_id();
    let protect = ChangeProtection { team, ..change_protection() };
    assert_eq!(decide(&picture, &actor, &protect).unwrap_err(), missing);
    assert_eq!(decide(&picture, &actor, &ReleaseTrails { participant, team }).unwrap_err(), missing);
    assert_eq!(decide(&picture, &actor, &ForgetParticipant { participant, team }).unwrap_err(), missing);
    // The same as of somebody who is not there at all.
    let nobody = ParticipantId::new(id(0xEE));
    let unknown = ForgetParticipant { participant: nobody, team };
    assert_eq!(decide(&picture, &actor, &unknown).unwrap_err(), missing);
}

#[test]
fn trails_are_released_when_the_protection_is_no_longer_strict() {
    let released = ParticipantId::new(id(0x105));
    let command = ReleaseTrails { participant: released, team: team() };
    let decision = decide(&everyday().picture(), &supervisor(), &command).unwrap();
    assert_eq!(told(&decision), ["audience_changed"]);
    let protected = everyday().with(&strictly(person(released))).picture();
    assert_eq!(decide(&protected, &supervisor(), &command).unwrap_err(), Rejection::StrictlyProtected);
    // Where there is none it is answered alike: there may be one in a team that is nobody's business here.
    let shown = ReleaseTrails { participant: participant_id(), team: team() };
    assert!(told(&decide(&everyday().picture(), &supervisor(), &shown).unwrap()).is_empty());
    let protected = everyday().with(&strictly(person(participant_id()))).picture();
    assert_eq!(decide(&protected, &supervisor(), &shown).unwrap_err(), Rejection::StrictlyProtected);
}

#[test]
fn da3_of_one_person_every_team_that_registered_one_of_their_ids_has_its_say_over_all() {
    // given two records of one person: ours, into which that of the other team was merged
    let by = by_spurv("2022-06-01");
    let registered = |who, team| person(who).registered_in(team);
    let (kept, merged) = (registered(free(), team()), registered(ParticipantId::new(id(0x1F0)), other_team().id()));
    let (kept, merged, _) = kept.merge(merged, samples::line(), &by).unwrap();
    // when either team forgets the merged one, then it may, and a third one may not
    let (theirs, outsider) = of_the_other_team(Role::Supervisor);
    let say = |scene: Scene, actor: &Actor, team| {
        let picture = scene.with(&kept).with(&merged).picture();
        decide(&picture, actor, &ForgetParticipant { participant: merged.id(), team }).map(|_| ())
    };
    assert_eq!(say(everyday(), &supervisor(), team()), Ok(()));
    assert_eq!(say(theirs, &outsider, other_team().id()), Ok(()));
    let (alone, stranger) = (registered(kept.id(), team()), of_the_other_team(Role::Supervisor));
    let picture = stranger.0.with(&alone).picture();
    let forget = ForgetParticipant { participant: alone.id(), team: other_team().id() };
    let missing = Rejection::NotFound { what: Thing::Participant };
    assert_eq!(decide(&picture, &stranger.1, &forget).unwrap_err(), missing);
}

#[test]
fn s30_whoever_was_merged_is_forgotten_first() {
    let kept = person(ParticipantId::new(id(0x1F0)));
    let by = by_spurv("2022-08-01");
    let (kept, merged, _) = kept.merge(person(free()), samples::line(), &by).unwrap();
    let forget = ForgetParticipant { participant: kept.id(), team: team() };
    let held = everyday().with(&kept).with(&merged).picture();
    let first = Rejection::MergedStillHeld { participant: free() };
    assert_eq!(decide(&held, &supervisor(), &forget).unwrap_err(), first);
    // when the other one was forgotten, then this one is too
    let gone = person(ParticipantId::new(id(0x1F1)));
    let (kept, _, _) = person(kept.id()).merge(gone, samples::line(), &by).unwrap();
    assert!(decide(&everyday().with(&kept).picture(), &supervisor(), &forget).is_ok());
}

#[test]
fn nobody_with_an_open_trail_is_forgotten() {
    let picture = everyday().picture();
    let forget = |participant| decide(&picture, &supervisor(), &ForgetParticipant { participant, team: team() });
    assert_eq!(forget(participant_id()).unwrap_err(), Rejection::TrailStillOpen { trail: trail_id() });
    for participant in [ParticipantId::new(id(0x104)), free()] {
        let decision = forget(participant).unwrap();
        assert_eq!(decision.forgotten(), Some(crate::store::Subject::new(participant.as_uuid())));
        assert_eq!(told(&decision), ["participant_forgotten"]);
    }
}

#[test]
fn da3_da4_a_team_has_its_say_over_whom_it_registered_whatever_others_had() {
    let (participant, missing) = (free(), Rejection::NotFound { what: Thing::Participant });
    let say = |scene: Scene, actor: &Actor, team| {
        let picture = scene.picture();
        let protect = ChangeProtection { participant, team, ..change_protection() };
        let protected = decide(&picture, actor, &protect).map(|_| ());
        let forgotten = decide(&picture, actor, &ForgetParticipant { participant, team }).map(|_| ());
        assert_eq!(protected, forgotten);
        forgotten
    };
    // given somebody whom our team registered, without a trail or with one in a third team that has ended
    let mut former = serde_json::to_value(samples::trail()).unwrap();
    former["participant"] = participant.to_string().into();
    former["team"] = id(0x7EA).to_string().into();
    let former: Trail = serde_json::from_value(former).unwrap();
    assert!(former.is_ended());
    let (_, outsider) = of_the_other_team(Role::Supervisor);
    for former in [None, Some(&former)] {
        let mine = || former.map_or_else(everyday, |former| everyday().with(former));
        let theirs = || {
            former.map_or_else(
                || of_the_other_team(Role::Supervisor).0,
                |former| of_the_other_team(Role::Supervisor).0.with(former),
            )
        };
        // then it protects and forgets them, and to another team they are not there
        assert_eq!(say(mine(), &supervisor(), team()), Ok(()));
        assert_eq!(say(theirs(), &outsider, other_team().id()), Err(missing.clone()));
        // unless it received a referral of them
        let mut referral = serde_json::to_value(samples::referral_of(1, &person(participant))).unwrap();
        referral["team"] = other_team().id().to_string().into();
        let referral: ReceivedReferral = serde_json::from_value(referral).unwrap();
        assert_eq!(say(theirs().with(&referral), &outsider, other_team().id()), Ok(()));
    }
}
