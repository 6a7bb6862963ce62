//! Tests: what is asked one after the other tells no more than each answer by itself (`DA3`, `DA4`).

use pollster::block_on;

use super::{Actor, Purpose};
use crate::command::samples::{attested, correct_contact_points, ended_trail_id, give_consent, open};
use crate::command::scene::{Scene, everyday, other_team, specialist, supervisor};
use crate::command::{
    Attest, Attested, ChangeProtection, Command, CorrectContactPoints, ForgetParticipant, GiveConsent, OpenTrail,
    RegisterParticipant, ReleaseTrails,
};
use crate::desk::Error;
use crate::desk::spy::desk;
use crate::domain::samples::{by_spurv, day, spurv, team};
use crate::domain::{
    AddressProtection, AttestationId, EndReason, Ending, FactSource, NationalId, NewParticipant, OtherEnding,
    Participant, ParticipantId, Protection, Rejection, Role, StaffId, StaffShielding, Thing, Trail, TrailId,
};
use crate::question::{FindParticipant, ParticipantCard};
use crate::record::samples::{self, id, new_participant};
use crate::store::{CommandId, MemoryStore};

const NUMBER: &str = "15819010045";

fn number() -> NationalId {
    NationalId::parse(NUMBER).unwrap()
}

fn numbered() -> Participant {
    let new = NewParticipant { national_id: Some(number()), protection: Protection::default(), ..new_participant() };
    Participant::register(ParticipantId::new(id(0x1E1)), new, &by_spurv("2022-05-31")).unwrap().0
}

fn strict() -> Protection {
    Protection::new(AddressProtection::StrictlyConfidential, StaffShielding::None)
}

fn trail_of(person: &Participant, number: u128) -> Trail {
    samples::opened_trail(TrailId::new(id(number)), spurv(), person)
}

fn ended(trail: Trail) -> Trail {
    let ending = Ending { on: day("2022-08-01"), reason: EndReason::Other(OtherEnding::Illness) };
    trail.end(ending, &[], &by_spurv("2022-08-01")).unwrap().0
}

/// A specialist of the other team, which has no trail of the person's.
fn outsider() -> (StaffId, Actor) {
    let id = StaffId::new(id(0x5E1));
    (id, Actor::staff(id, [Role::Specialist], Purpose::FollowUp))
}

/// A supervisor of the other team.
fn outside_supervisor() -> (StaffId, Actor) {
    let id = StaffId::new(id(0x5E2));
    (id, Actor::staff(id, [Role::Supervisor], Purpose::Supervision))
}

fn with_outsiders(scene: Scene) -> MemoryStore {
    scene
        .with_member(outsider().0, &other_team(), Role::Specialist)
        .with_member(outside_supervisor().0, &other_team(), Role::Supervisor)
        .store()
}

fn run<C: Command>(world: &MemoryStore, actor: &Actor, number: u128, command: &C) -> Result<(), Rejection> {
    match block_on(desk(world).run(actor, CommandId::new(id(number)), command)) {
        Ok(_) => Ok(()),
        Err(Error::Rejected(rejection)) => Err(rejection),
        Err(other) => panic!("{other:?}"),
    }
}

/// What the outsider learns of the person with the number, by every way there is.
fn learnt(world: &MemoryStore) -> (Option<ParticipantCard>, Result<(), Rejection>) {
    let (_, actor) = outsider();
    let team = other_team().id();
    let found = block_on(desk(world).ask(&actor, &FindParticipant { team, number: number().into() })).unwrap();
    let new = NewParticipant { national_id: Some(number()), ..new_participant() };
    let register =
        RegisterParticipant { participant: ParticipantId::new(id(0x1E9)), team, new, source: FactSource::Other };
    (found, run(world, &actor, 0xE1, &register))
}

#[test]
fn somebody_strictly_protected_is_not_told_from_somebody_with_a_trail_elsewhere() {
    // Given a person with an open trail in one team, once strictly protected and once not.
    let person = numbered();
    let open = with_outsiders(everyday().with(&person).with(&trail_of(&person, 0x3E1)));
    let protected = with_outsiders(everyday().with(&person).with(&trail_of(&person, 0x3E1)));
    let protect = ChangeProtection { participant: person.id(), team: team(), protection: strict() };
    run(&protected, &supervisor(), 0xE0, &protect).unwrap();
    // Then another team learns the same of both: nothing but that nothing can be opened.
    assert_eq!(learnt(&open), (None, Err(Rejection::CannotOpenHere)));
    assert_eq!(learnt(&open), learnt(&protected));
}

#[test]
fn who_can_be_helped_here_is_found_and_known() {
    // Given somebody without a trail, and somebody whose trail in another team has ended.
    let person = numbered();
    for world in [everyday().with(&person), everyday().with(&person).with(&ended(trail_of(&person, 0x3E1)))] {
        let (found, registered) = learnt(&with_outsiders(world));
        assert_eq!(found.map(|card| card.id), Some(person.id()));
        assert_eq!(registered, Err(Rejection::AlreadyExists { what: Thing::Participant }));
    }
}

#[test]
fn who_was_protected_comes_back_to_search_and_opening_by_an_explicit_act_only() {
    // Given a person whose trail has ended, who was strictly protected and is no longer.
    let person = numbered();
    let world = with_outsiders(everyday().with(&person).with(&ended(trail_of(&person, 0x3E1))));
    for (number, protection) in [(0xE2, strict()), (0xE3, Protection::default())] {
        run(&world, &supervisor(), number, &ChangeProtection { participant: person.id(), team: team(), protection })
            .unwrap();
    }
    let find = FindParticipant { team: team(), number: number().into() };
    let found = || block_on(desk(&world).ask(&specialist(), &find)).unwrap().is_some();
    let open = OpenTrail { participant: person.id(), ..open() };
    // Then nobody finds them, and no trail is opened.
    assert!(!found());
    assert_eq!(run(&world, &specialist(), 0xE4, &open), Err(Rejection::CannotOpenHere));
    // When the trails are released, once, then they are found and helped again.
    let release = ReleaseTrails { participant: person.id(), team: team() };
    run(&world, &supervisor(), 0xE5, &release).unwrap();
    assert_eq!(run(&world, &supervisor(), 0xE6, &release), Ok(()));
    assert!(found());
    assert_eq!(run(&world, &specialist(), 0xE7, &open), Ok(()));
}

#[test]
fn a_team_whose_trail_has_ended_has_no_say_while_another_team_has_an_open_one() {
    // Given a person whose trail in the other team has ended, and who has an open one here.
    let person = numbered();
    let elsewhere = ended(trail_of(&person, 0x3E1));
    let mut json = serde_json::to_value(&elsewhere).unwrap();
    json["team"] = other_team().id().as_uuid().to_string().into();
    let elsewhere: Trail = serde_json::from_value(json).unwrap();
    let world = with_outsiders(everyday().with(&person).with(&elsewhere).with(&trail_of(&person, 0x3E2)));
    let (participant, team) = (person.id(), other_team().id());
    let (_, outside) = outside_supervisor();
    // Then to the other team they are not there; not even that a trail is open is told.
    let missing = Err(Rejection::NotFound { what: Thing::Participant });
    let protect = ChangeProtection { participant, team, protection: strict() };
    assert_eq!(run(&world, &outside, 0xE8, &protect), missing);
    assert_eq!(run(&world, &outside, 0xE9, &ReleaseTrails { participant, team }), missing);
    assert_eq!(run(&world, &outside, 0xEA, &ForgetParticipant { participant, team }), missing);
    let nowhere = ForgetParticipant { participant: ParticipantId::new(id(0x1EF)), team };
    assert_eq!(run(&world, &outside, 0xEB, &nowhere), missing);
}

#[test]
fn many_attestations_come_in_one_load_and_none_twice() {
    let attestation = |number| Attested { attestation: AttestationId::new(id(number)), ..attested().remove(0) };
    let mut many = open();
    many.attestations.extend((0x1_000..0x1_040).map(attestation));
    assert_eq!(run(&everyday().store(), &specialist(), 0xEC, &many), Ok(()));
    let mut twice = open();
    twice.attestations.push(attested().remove(0));
    let refused = run(&everyday().store(), &specialist(), 0xED, &twice);
    assert_eq!(refused, Err(Rejection::AlreadyExists { what: Thing::Attestation }));
}

#[test]
fn an_ended_trail_gives_no_say_over_the_person() {
    // Given the owner of an ended trail, who is still a member of its team.
    let (world, trail) = (everyday().store(), ended_trail_id());
    let owner = specialist();
    let ended = Err(Rejection::TrailEnded { trail });
    // Then neither the person's contact points, attestations nor consents are theirs to write.
    assert_eq!(run(&world, &owner, 0xF0, &CorrectContactPoints { trail, ..correct_contact_points() }), ended);
    assert_eq!(run(&world, &owner, 0xF1, &Attest { trail, attested: attested().remove(1) }), ended);
    assert_eq!(run(&world, &owner, 0xF2, &GiveConsent { trail, ..give_consent() }), ended);
}
