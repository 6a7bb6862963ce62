//! Tests: to whoever declared a conflict of interest with a participant, the participant's case is not there, by any way.

use pollster::block_on;

use super::{Actor, Purpose};
use crate::command::samples::{Over, Visit, deputy, every_command, open, register_participant, trail_id};
use crate::command::scene::{Relation, Scene, everyday, free, now, partial, scene, specialist, supervisor};
use crate::command::{
    ChangeProtection, Command, DeclareConflict, ForgetParticipant, LiftConflict, OpenTrail, RegisterParticipant,
    StateBirthDate, WithdrawConsent,
};
use crate::desk::spy::desk;
use crate::desk::{Desk, Error};
use crate::domain::samples::{by_spurv, day, participant_id, ravn, spurv, team};
use crate::domain::{
    BirthDate, Channel, ConflictId, EndReason, Ending, Guardianship, GuardianshipId, GuardianshipTerms, NationalId,
    OtherEnding, Participant, ParticipantId, Phase, Protection, Rejection, Role, StaffId, Thing, Tie, Topic, Trail,
    TrailId,
};
use crate::question::{
    FindParticipant, NarrativeRevisions, Portfolio, PortfolioPhases, ReadTrail, TeamFigures, TeamMembers, TeamPhases,
    TeamPortfolio, TrailHistory,
};
use crate::record::samples::{self, id, text};
use crate::store::{CommandId, Limit, MemoryStore, PageRequest};

/// Each member of the team in their own role: the deputy, the owner, the supervisor.
fn members() -> [(StaffId, Actor); 3] {
    let colleague = Actor::staff(deputy(), [Role::Specialist], Purpose::FollowUp);
    [(deputy(), colleague), (spurv(), specialist()), (ravn(), supervisor())]
}

fn missing(what: Thing) -> Rejection {
    Rejection::NotFound { what }
}

fn run<C: Command>(desk: &Desk<'_>, actor: &Actor, command: &C) -> Result<(), Rejection> {
    match block_on(desk.run(actor, CommandId::new(id(0xD1)), command)) {
        Ok(_) => Ok(()),
        Err(Error::Rejected(rejection)) => Err(rejection),
        Err(other) => panic!("{other:?}"),
    }
}

/// Sends every command over the trail, and expects to be refused as if there were none.
struct Refused {
    world: MemoryStore,
    actor: Actor,
    tried: usize,
}

impl Visit for Refused {
    fn visit<C: Command + std::fmt::Debug>(&mut self, over: Over, command: &C) {
        if over != Over::Trail || serde_json::to_value(command).unwrap()["trail"] != trail_id().to_string() {
            return;
        }
        self.tried += 1;
        let refused = run(&desk(&self.world), &self.actor, command).unwrap_err();
        let expected = [missing(Thing::Trail), Rejection::NotAllowed { right: C::RIGHT.code() }];
        assert!(expected.contains(&refused), "{}: {refused:?}", C::NAME);
    }
}

#[test]
fn whoever_declared_a_conflict_neither_reads_nor_follows_the_case_in_any_role() {
    for (who, actor) in members() {
        let world = everyday().with(&partial(who, participant_id())).store();
        let desk = desk(&world);
        let read = block_on(desk.ask(&actor, &ReadTrail { trail: trail_id() })).unwrap_err();
        let history = block_on(desk.ask(&actor, &TrailHistory::first(trail_id(), Limit::MAX))).unwrap_err();
        let page = PageRequest::first(Limit::MAX);
        let former = NarrativeRevisions { trail: trail_id(), topic: Topic::Health, page, entry: None };
        let former = block_on(desk.ask(&actor, &former)).unwrap_err();
        for refused in [read, history, former] {
            assert_eq!(refused.rejection(), Some(&missing(Thing::Trail)));
        }
        let find = FindParticipant { team: team(), number: NationalId::DEMONSTRATION.into() };
        assert_eq!(block_on(desk.ask(&actor, &find)).unwrap(), None);
        let mut refused = Refused { world: world.snapshot(), actor, tried: 0 };
        every_command(&mut refused);
        assert!(refused.tried > 10);
    }
}

#[test]
fn whoever_declared_a_conflict_opens_and_owns_no_trail_and_has_no_say_over_the_person() {
    let cannot = Err(Rejection::CannotOpenHere);
    let person = || Err(missing(Thing::Participant));
    for (who, actor) in members() {
        let world = everyday().with(&partial(who, free())).with(&partial(who, participant_id())).store();
        let desk = desk(&world);
        // Given an owner who is impartial, then it is the one who acts who may not open it.
        let owner = Some(if who == spurv() { deputy() } else { spurv() });
        assert_eq!(run(&desk, &actor, &OpenTrail { owner, ..open() }), cannot, "{who:?}");
        let known = RegisterParticipant { new: samples::new_participant(), ..register_participant() };
        assert_eq!(run(&desk, &actor, &known), cannot, "the number is known");
        let birth_date = BirthDate::parse("1985-12-09").unwrap();
        let source = crate::domain::FactSource::Register;
        let state = StateBirthDate { participant: free(), team: team(), birth_date, source };
        assert_eq!(run(&desk, &actor, &state), person());
        if who == ravn() {
            let (participant, protection) = (free(), Protection::default());
            assert_eq!(run(&desk, &actor, &ChangeProtection { participant, team: team(), protection }), person());
            assert_eq!(run(&desk, &actor, &ForgetParticipant { participant, team: team() }), person());
        }
    }
    // Given an owner who is not impartial, then nobody makes them the owner, and the answer is that of a stranger.
    let world = everyday().with(&partial(spurv(), free())).store();
    let owned = OpenTrail { owner: Some(spurv()), ..open() };
    assert_eq!(run(&desk(world), &supervisor(), &owned), Err(missing(Thing::Membership)));
}

#[test]
fn a_guardian_on_the_staff_who_declares_the_conflict_keeps_the_guardians_word_and_no_other() {
    // Given a parent who owns the trail as a specialist of the team, and has declared the conflict
    let acting = Relation::Owner.actor_id();
    let (who, by) = (StaffId::new(acting.as_uuid()), by_spurv("2022-06-01"));
    let terms = GuardianshipTerms { acts_as: Some(acting), ..samples::guardianship_terms() };
    let theirs = Guardianship::register(GuardianshipId::new(id(0x1D7)), &samples::participant(), terms, &by).unwrap().0;
    let consent = samples::consent_by_mandate();
    let scene = || scene(Some(Role::Specialist), Relation::Owner).with(&theirs).with(&consent);
    let declared = || scene().with(&partial(who, participant_id()));
    let withdraw = WithdrawConsent { consent: consent.id(), trail: trail_id(), channel: Channel::InPerson };
    let as_one_of = |roles: &[Role], purpose| Actor::staff(who, roles.iter().copied(), purpose);
    // Then the guardian's consent is theirs to take back, whatever other roles they have
    for roles in [&[Role::Guardian][..], &[Role::Specialist, Role::Guardian]] {
        let actor = as_one_of(roles, Purpose::OwnCase);
        assert_eq!(run(&desk(declared().store()), &actor, &withdraw), Ok(()), "{roles:?}");
        let read = block_on(desk(declared().store()).ask(&actor, &ReadTrail { trail: trail_id() }));
        assert!(read.is_err(), "{roles:?}");
    }
    // and as a specialist the case is not there
    let specialist = as_one_of(&[Role::Specialist], Purpose::FollowUp);
    assert_eq!(run(&desk(scene().store()), &specialist, &withdraw), Ok(()));
    assert_eq!(run(&desk(declared().store()), &specialist, &withdraw), Err(missing(Thing::Trail)));
}

#[test]
fn a_conflict_counts_when_another_was_merged_into_the_person() {
    // Given a supervisor who is not impartial to somebody for whom another one was merged
    let (kept, merged, _) = crate::command::scene::person(free())
        .merge(samples::participant(), samples::line(), &by_spurv("2022-06-10"))
        .unwrap();
    let scene = || everyday().with(&samples::trail()).with(&kept).with(&merged);
    let command = ChangeProtection { participant: free(), team: team(), protection: Protection::default() };
    let with = |scene: Scene| run(&desk(scene.store()), &supervisor(), &command);
    assert_eq!(with(scene().with(&partial(ravn(), free()))), Err(missing(Thing::Participant)));
    // and one who is
    assert_ne!(with(scene()), Err(missing(Thing::Participant)));
}

/// What the lists tell somebody: pages of one, with their cursors, and counts.
fn lists(scene: Scene, actor: &Actor) -> Vec<String> {
    let desk = desk(scene.store());
    let mut told = Vec::new();
    let mut next = Some(PageRequest::first(Limit::new(1)));
    while let Some(page) = next {
        let answer = block_on(desk.ask(actor, &TeamPortfolio { team: team(), phase: None, page })).unwrap();
        told.extend(answer.items.iter().map(|line| format!("{} {:?} {}", line.trail, line.phase, line.name.full())));
        told.push(format!("{:?}", answer.next.as_ref().map(crate::store::Cursor::as_str)));
        next = answer.next.map(|cursor| PageRequest::after(Limit::new(1), cursor));
    }
    let page = PageRequest::first(Limit::MAX);
    let own = block_on(desk.ask(actor, &Portfolio { team: team(), phase: None, page: page.clone() }));
    told.push(format!("{:?}", own.map(|page| page.items.iter().map(|line| line.trail).collect::<Vec<_>>()).ok()));
    told.push(format!("{:?}", block_on(desk.ask(actor, &PortfolioPhases { team: team() })).ok()));
    told.push(format!("{:?}", block_on(desk.ask(actor, &TeamPhases { team: team() })).unwrap()));
    told.push(format!("{:?}", block_on(desk.ask(actor, &TeamFigures { team: team() })).ok()));
    let members = block_on(desk.ask(actor, &TeamMembers { team: team(), page })).unwrap();
    told.extend(members.items.iter().map(|member| format!("{} {}", member.staff, member.caseload)));
    told
}

#[test]
fn lists_pages_cursors_and_counts_are_those_of_a_team_that_never_had_the_case() {
    // Given one more trail in the team, before or after the others, of somebody close to a member.
    for number in [0x01, 0xFFFF] {
        let person = crate::command::scene::person(ParticipantId::new(id(0x1E1)));
        let opened = samples::opened_trail(TrailId::new(id(number)), spurv(), &person);
        let by = by_spurv("2022-08-15");
        let (working, _) = opened.clone().hold_start_up_meeting(by.day(), &by).unwrap();
        let (working, _) = working.move_to(Phase::Working, by.day(), &by).unwrap();
        // In the last phase it is the last of all: the page before it is the last one, and has no cursor.
        for ((who, actor), trail) in members().into_iter().flat_map(|it| [(it.clone(), &opened), (it, &working)]) {
            let without = || everyday().with(&person).with(&partial(who, person.id()));
            // Then to that member the lists are what they would be without it, and to the others they are not.
            assert_eq!(lists(without().with(trail), &actor), lists(without(), &actor), "{who:?} {number:x}");
            let (_, other) = members().into_iter().find(|(other, _)| *other != who).unwrap();
            assert_ne!(lists(without().with(trail), &other), lists(without(), &other), "{who:?} {number:x}");
        }
    }
}

/// Three who were found to be one, the one who stands for all of them first, each with an ended trail.
fn one_person_thrice() -> [(Participant, Trail); 3] {
    let of = |number| crate::command::scene::person(ParticipantId::new(id(number)));
    let (kept, second, _) = of(0x1E1).merge(of(0x1E2), samples::line(), &by_spurv("2022-06-10")).unwrap();
    let (kept, third, _) = kept.merge(of(0x1E3), samples::line(), &by_spurv("2022-06-10")).unwrap();
    let ending = Ending { on: day("2022-08-01"), reason: EndReason::Other(OtherEnding::MovedAway) };
    [(kept, 0x01), (second, 0xFFFE), (third, 0xFFFF)].map(|(person, number)| {
        let trail = samples::opened_trail(TrailId::new(id(number)), spurv(), &person);
        (person, trail.end(ending, &[], &by_spurv("2022-08-01")).unwrap().0)
    })
}

#[test]
fn s30_a_conflict_with_one_of_those_who_were_found_to_be_one_person_counts_for_all_of_them() {
    let all = one_person_thrice();
    let [(kept, _), ..] = &all;
    for ((who, actor), (declared, _)) in members().into_iter().flat_map(|it| all.iter().map(move |of| (it.clone(), of)))
    {
        // Given a member who declared a conflict with one of the three
        let without =
            || all.iter().fold(everyday(), |scene, (person, _)| scene.with(person)).with(&partial(who, declared.id()));
        let with = || all.iter().fold(without(), |scene, (_, trail)| scene.with(trail));
        // Then to them no trail of any is there, to read or in a list; to the others each is
        assert_eq!(lists(with(), &actor), lists(without(), &actor), "{who:?} {declared:?}");
        let (_, other) = members().into_iter().find(|(other, _)| *other != who).unwrap();
        assert_ne!(lists(with(), &other), lists(without(), &other));
        let world = with().store();
        for (_, trail) in &all {
            let read = |actor| block_on(desk(&world).ask(actor, &ReadTrail { trail: trail.id() }));
            assert_eq!(read(&actor).unwrap_err().rejection(), Some(&missing(Thing::Trail)), "{who:?} {declared:?}");
            assert!(read(&other).is_ok());
        }
        // And they neither open the next one nor own it.
        let owner = Some(if who == spurv() { deputy() } else { spurv() });
        let next = OpenTrail { participant: kept.id(), owner, ..open() };
        assert_eq!(run(&desk(&world), &actor, &next), Err(Rejection::CannotOpenHere), "{who:?} {declared:?}");
        if who != ravn() {
            let as_owner = OpenTrail { owner: Some(who), ..next };
            assert_eq!(run(&desk(&world), &supervisor(), &as_owner), Err(missing(Thing::Membership)));
        }
    }
}

#[test]
fn a_conflict_counts_from_its_declaration_until_it_is_lifted() {
    let world = everyday().store();
    let reads = || block_on(desk(&world).ask(&specialist(), &ReadTrail { trail: trail_id() })).is_ok();
    assert!(reads());
    let participant = participant_id();
    let declare = DeclareConflict { conflict: ConflictId::new(id(0xF1)), participant, tie: Tie::Friend };
    let done = block_on(desk(&world).run(&specialist(), CommandId::new(id(0xD2)), &declare));
    assert!(done.is_ok() && !reads(), "on {}", now().day());
    let lift = LiftConflict { participant, staff: spurv(), team: team(), reason: text() };
    let done = block_on(desk(&world).run(&supervisor(), CommandId::new(id(0xD3)), &lift));
    assert!(done.is_ok() && reads());
}
