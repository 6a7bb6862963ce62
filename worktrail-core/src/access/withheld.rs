//! Tests: to staff, a strictly protected participant's trail is not there, by any way (`DA4`).

use pollster::block_on;

use crate::command::samples::{
    Over, Visit, change_protection, every_command, open, register_participant, trail_id, write_narrative,
};
use crate::command::scene::{Relation, our_team, scene, specialist, supervisor};
use crate::command::{ChangeProtection, Command, OpenTrail, RegisterParticipant, ReleaseTrails};
use crate::desk::spy::desk;
use crate::desk::{Desk, Error};
use crate::domain::samples::{participant_id, team};
use crate::domain::{FactSource, NationalId, Protection, Rejection, Role, Thing, TrailId};
use crate::question::{
    FindParticipant, Portfolio, PortfolioPhases, ReadShared, ReadTrail, SharedOf, TeamPhases, TeamPortfolio,
    TrailHistory,
};
use crate::record::samples::{self, id};
use crate::store::{CommandId, Limit, MemoryStore, PageRequest};

/// The world of somebody after its supervisor has protected the participant strictly.
fn protected(role: Role, relation: Relation) -> MemoryStore {
    let world = scene(Some(role), relation).store();
    block_on(desk(&world).run(&supervisor(), CommandId::new(id(0xD0)), &change_protection())).unwrap();
    world
}

/// Every role but the participant's own: staff, and those with whom a consent shares.
fn other_roles() -> impl Iterator<Item = Role> {
    Role::ALL.into_iter().filter(|role| *role != Role::Participant)
}

fn page() -> PageRequest {
    PageRequest::first(Limit::MAX)
}

/// Sends every command over the trail, and expects to be refused as if there were none.
struct Refused<'d> {
    desk: Desk<'d>,
    role: Role,
    relation: Relation,
    tried: usize,
}

impl Visit for Refused<'_> {
    fn visit<C: Command + std::fmt::Debug>(&mut self, over: Over, command: &C) {
        let named = serde_json::to_value(command).unwrap()["trail"] == trail_id().to_string();
        if over != Over::Trail || !named {
            return;
        }
        self.tried += 1;
        let actor = self.relation.actor(Some(self.role));
        let answer = block_on(self.desk.run(&actor, CommandId::new(id(0xD1)), command)).map(|_| ());
        let who = format!("{} by {:?} as {:?}", C::NAME, self.role, self.relation);
        assert_refused(answer, &who);
    }
}

fn assert_refused(answer: Result<(), Error>, who: &str) {
    match answer {
        Err(Error::Rejected(Rejection::NotFound { what: Thing::Trail } | Rejection::NotAllowed { .. })) => {}
        other => panic!("{who}: {other:?}"),
    }
}

#[test]
fn every_role_but_the_participants_is_refused_the_trail_its_history_and_every_command_over_it() {
    for role in other_roles() {
        for relation in Relation::ALL {
            let world = protected(role, relation);
            let desk = desk(&world);
            let actor = relation.actor(Some(role));
            let who = format!("{role:?} as {relation:?}");
            assert_refused(block_on(desk.ask(&actor, &ReadTrail { trail: trail_id() })).map(|_| ()), &who);
            assert_refused(block_on(desk.ask(&actor, &TrailHistory::first(trail_id(), Limit::MAX))).map(|_| ()), &who);
            let shared = ReadShared { of: SharedOf::Participant(participant_id()) };
            assert_refused(block_on(desk.ask(&actor, &shared)).map(|_| ()), &who);
            let mut refused = Refused { desk, role, relation, tried: 0 };
            every_command(&mut refused);
            assert_eq!(refused.tried, 66, "the commands over the trail");
        }
    }
}

#[test]
fn it_is_absent_from_portfolios_and_counts_and_the_participant_is_not_found() {
    let count = |phases: Vec<crate::question::PhaseCount>| phases.iter().map(|it| it.count).sum::<u64>();
    let before = scene(Some(Role::Specialist), Relation::Owner).store();
    let after = protected(Role::Specialist, Relation::Owner);
    let owner = Relation::Owner.actor(Some(Role::Specialist));
    let seen = |world: &MemoryStore| {
        let desk = desk(world);
        let own = block_on(desk.ask(&owner, &Portfolio { team: team(), phase: None, page: page() })).unwrap();
        let whole =
            block_on(desk.ask(&supervisor(), &TeamPortfolio { team: team(), phase: None, page: page() })).unwrap();
        let own_count = count(block_on(desk.ask(&owner, &PortfolioPhases { team: team() })).unwrap());
        let whole_count = count(block_on(desk.ask(&supervisor(), &TeamPhases { team: team() })).unwrap());
        let find = FindParticipant { team: team(), number: NationalId::DEMONSTRATION.into() };
        let found = [&owner, &supervisor()].map(|who| block_on(desk.ask(who, &find)).unwrap().is_some());
        let lists = |trail: TrailId| [&own, &whole].map(|page| page.items.iter().any(|line| line.trail == trail));
        (lists(trail_id()), own_count, whole_count, found)
    };
    // The open, the waiting and the ended trail are listed before; the withheld one of the scene never.
    assert_eq!(seen(&before), ([true, true], 3, 3, [true, true]));
    assert_eq!(seen(&after), ([false, false], 2, 2, [false, false]));
}

#[test]
fn the_participant_still_reads_it_and_its_history() {
    let world = protected(Role::Participant, Relation::Themself);
    let themself = Relation::Themself.actor(Some(Role::Participant));
    let desk = desk(&world);
    let read = block_on(desk.ask(&themself, &ReadTrail { trail: trail_id() })).unwrap();
    assert_eq!(read.participant.unwrap().id(), participant_id());
    assert!(read.trail.is_withheld());
    let history = block_on(desk.ask(&themself, &TrailHistory::first(trail_id(), Limit::MAX))).unwrap();
    let codes: Vec<_> =
        history.entries.iter().filter_map(|entry| entry.code).map(crate::domain::FactCode::code).collect();
    // Of the trail; what follows it, its contacts, jobs and educations among it, goes along without a word of its own.
    assert_eq!(codes, ["protection_changed", "audience_changed"]);
}

#[test]
fn to_open_or_to_register_says_no_more_than_for_somebody_known_elsewhere() {
    // Given a team that has no trail of the participant's, before and after the protection.
    let team = crate::command::scene::other_team();
    let here = scene(Some(Role::Specialist), Relation::MemberElsewhere).store();
    let there = protected(Role::Specialist, Relation::MemberElsewhere);
    let actor = Relation::MemberElsewhere.actor(Some(Role::Specialist));
    let open = OpenTrail { team: team.id(), participant: participant_id(), owner: None, ..open() };
    let register = RegisterParticipant {
        team: team.id(),
        new: samples::new_participant(),
        participant: register_participant().participant,
        source: FactSource::Other,
    };
    // Then the answers are the same, byte for byte, and say nothing.
    for world in [here, there] {
        let desk = desk(world);
        let opened = block_on(desk.run(&actor, CommandId::new(id(0xD2)), &open)).unwrap_err();
        let registered = block_on(desk.run(&actor, CommandId::new(id(0xD3)), &register)).unwrap_err();
        for answer in [opened, registered] {
            assert_eq!(serde_json::to_string(answer.rejection().unwrap()).unwrap(), r#"{"code":"cannot_open_here"}"#);
        }
    }
}

#[test]
fn the_trail_comes_back_by_an_explicit_act_only() {
    let world = protected(Role::Specialist, Relation::Nobody);
    let desk = desk(&world);
    let release = ReleaseTrails { participant: participant_id(), team: our_team().id() };
    let run = |number, command: &ReleaseTrails| {
        block_on(desk.run(&supervisor(), CommandId::new(id(number)), command)).map(|_| ())
    };
    // While the protection is strict, nothing is released.
    let early = run(0xD4, &release).unwrap_err();
    assert_eq!(early.rejection(), Some(&Rejection::StrictlyProtected));
    // When it falls, the trail is still withheld.
    let fallen = ChangeProtection { protection: Protection::default(), ..change_protection() };
    block_on(desk.run(&supervisor(), CommandId::new(id(0xD5)), &fallen)).unwrap();
    let written = block_on(desk.run(&specialist(), CommandId::new(id(0xD6)), &write_narrative()));
    assert_eq!(written.unwrap_err().rejection(), Some(&Rejection::NotFound { what: Thing::Trail }));
    // When it is released, it is there again.
    run(0xD7, &release).unwrap();
    assert!(block_on(desk.run(&specialist(), CommandId::new(id(0xD8)), &write_narrative())).is_ok());
}
