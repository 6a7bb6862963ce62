//! Tests: every command and every question × every role × every way of standing to the case.
//!
//! Each sample would be accepted from somebody who has the right. Who has it follows from the rights table alone, in
//! [`expected`]; the walk compares that with what the desk answers.

use std::collections::BTreeSet;

use pollster::block_on;
use serde_json::Value as Json;

use super::reach::program_reach;
use super::{Actor, Purpose, Reach, Right, purposes, reach};
use crate::command::samples::{Over, Visit, every_command, trail_id};
use crate::command::scene::{Relation, scene};
use crate::command::{COMMANDS, Command};
use crate::desk::spy::{Spy, desk};
use crate::desk::{Desk, Error};
use crate::domain::samples::{participant_id, team};
use crate::domain::{NameBeginning, NationalId, Rejection, Role, TeamId, Thing, Topic, TrailId};
use crate::question::{
    CoveredTrails, DueForRetention, FindByName, FindEmployer, FindParticipant, LeftTrails, NarrativeRevisions,
    OwnTeams, OwnTrails, Portfolio, PortfolioPhases, PresentNotice, ProbableDuplicates, QUESTIONS, Question,
    ReadConsentStanding, ReadShared, ReadTrail, SharedOf, TeamPhases, TeamPortfolio, TeamTransfers, TrailCovers,
    TrailHistory, TrailTransfers, TransferWay, WaitingTransfers,
};
use crate::record::samples::{self, id, organisation_number};
use crate::store::{CommandId, Limit, MemoryStore, PageRequest, Position};

/// Every role, and the host program.
fn standings() -> impl Iterator<Item = Option<Role>> {
    Role::ALL.into_iter().map(Some).chain([None])
}

/// What the rights table says, in the words of the walk: `Ok`, or the refusal.
fn expected(role: Option<Role>, relation: Relation, right: Right, over: Over) -> Result<(), Rejection> {
    let reach = match role {
        Some(role) => reach(role, right),
        None => program_reach(right),
    };
    let is_member = matches!(relation, Relation::Owner | Relation::Colleague);
    let what = match over {
        Over::Trail | Over::Themself => Thing::Trail,
        Over::Person => Thing::Participant,
        Over::Transfer => Thing::Transfer,
        Over::Team | Over::Organisation => Thing::Team,
    };
    let granted = match reach {
        Reach::Nothing => return Err(Rejection::NotAllowed { right: right.code() }),
        Reach::OwnPerson => over == Over::Themself || over == Over::Trail && relation == Relation::Themself,
        Reach::Oneself => over == Over::Themself,
        Reach::OwnTrails => matches!(over, Over::Trail | Over::Transfer) && relation == Relation::Owner,
        // Nobody in the walk acts for a recipient.
        Reach::AsConsented => false,
        Reach::OwnTeam => matches!(over, Over::Trail | Over::Team | Over::Person | Over::Transfer) && is_member,
        Reach::Organisation => true,
    };
    if granted { Ok(()) } else { Err(Rejection::NotFound { what }) }
}

/// Somebody at the desk of a world of their own.
struct Walk {
    role: Option<Role>,
    relation: Relation,
    actor: Actor,
    world: MemoryStore,
    walked: BTreeSet<&'static str>,
    accepted: usize,
}

/// What the walk asks of the desk: a command or a question, as it stands and over something that is not there.
enum Case {
    There,
    Nowhere,
}

impl Walk {
    fn of(role: Option<Role>, relation: Relation) -> Self {
        let world = scene(role, relation).store();
        Self { role, relation, actor: relation.actor(role), world, walked: BTreeSet::new(), accepted: 0 }
    }

    /// Asks in a fresh copy of the world, and compares with the table.
    fn compare(
        &mut self,
        name: &'static str,
        right: Right,
        over: Over,
        ask: impl Fn(&Desk<'_>, Case) -> Result<(), Error>,
    ) {
        let who = format!("{name} by {:?} as {:?}", self.role, self.relation);
        let (answer, looked) = self.ask(&ask, Case::There);
        let expected = expected(self.role, self.relation, right, over);
        match (answer, expected) {
            (Ok(()), Ok(())) => self.accepted += 1,
            (Err(Error::Rejected(refused)), Err(expected)) => {
                assert_eq!(refused, expected, "{who}");
                let for_nothing = matches!(refused, Rejection::NotAllowed { .. });
                assert_eq!(for_nothing, looked == 0, "{who}: it looked {looked} times");
                if over != Over::Organisation {
                    let (nowhere, _) = self.ask(&ask, Case::Nowhere);
                    let nowhere = nowhere.expect_err("nothing is there").rejection().cloned();
                    let bytes = |it: &Rejection| serde_json::to_vec(it).unwrap();
                    assert_eq!(nowhere.as_ref().map(bytes), Some(bytes(&refused)), "{who}: it tells that it is there");
                }
            }
            (answer, expected) => panic!("{who}: {answer:?}, where the table says {expected:?}"),
        }
        self.walked.insert(name);
    }

    fn ask(&self, ask: &impl Fn(&Desk<'_>, Case) -> Result<(), Error>, case: Case) -> (Result<(), Error>, usize) {
        let spy = Spy::on(self.world.snapshot());
        let answer = ask(&desk(spy.clone()), case);
        (answer, spy.take().len())
    }

    fn question<Q: Question>(&mut self, name: &'static str, over: Over, there: &Q, nowhere: &Q) {
        let actor = self.actor.clone();
        self.compare(name, Q::RIGHT, over, |desk, case| {
            let question = match case {
                Case::There => there,
                Case::Nowhere => nowhere,
            };
            block_on(desk.ask(&actor, question)).map(|_| ())
        });
    }
}

/// The same command over a trail or a team that is not there.
fn nowhere<C: Command>(over: Over, command: &C) -> C {
    let mut json = serde_json::to_value(command).unwrap();
    let field = match over {
        Over::Trail => "trail",
        Over::Transfer => "transfer",
        _ => "team",
    };
    assert!(json.get(field).is_some_and(Json::is_string), "{}: no field {field}", C::NAME);
    json[field] = id(0xFFFF).to_string().into();
    serde_json::from_value(json).unwrap()
}

impl Visit for Walk {
    fn visit<C: Command + std::fmt::Debug>(&mut self, over: Over, command: &C) {
        let actor = self.actor.clone();
        self.compare(C::NAME, C::RIGHT, over, |desk, case| {
            let id = CommandId::new(id(0xC0));
            match case {
                Case::There => block_on(desk.run(&actor, id, command)).map(|_| ()),
                Case::Nowhere => block_on(desk.run(&actor, id, &nowhere(over, command))).map(|_| ()),
            }
        });
    }
}

#[test]
fn every_command_by_every_role_in_every_relation_is_answered_as_the_table_says() {
    let all: BTreeSet<_> = COMMANDS.iter().map(|(name, _)| *name).collect();
    let mut accepted = 0;
    for role in standings() {
        for relation in Relation::ALL {
            let mut walk = Walk::of(role, relation);
            every_command(&mut walk);
            assert_eq!(walk.walked, all, "every command has a sample in command/samples.rs");
            accepted += walk.accepted;
        }
    }
    // Counted from the table by hand, so that a right that grows is noticed: 14 ways to found and register staff, 2 to
    // admit and 2 to end a membership, 4 to register, 4 to state a birth date, 3 and 9 to correct a participant, their
    // residence and their language, 3 to note a number, 5 to reserve them against text messages, 2 and 2 to correct birth
    // date and number, 4 to ask where a trail is open, 2 to merge, 4 to protect, 2 to forget, 4 to open a trail, 10 to follow
    // one, 6 to propose a transfer and take it back, 6 to answer one, 2 and 7 to reassign a trail, 6 about covers, 3 to end one, 8 about consent, 8 about employers; 1 to assess
    // capacity, 14 to publish a notice, 1 to
    // file a document, 2 to confirm, 1 to
    // register benefits counselling.
    assert_eq!(
        accepted,
        14 + 2
            + 2
            + 4
            + 4
            + 3
            + 9
            + 3
            + 4
            + 2
            + 2
            + 4
            + 2
            + 4
            + 2
            + 4
            + 10
            + 6
            + 6
            + 9
            + 6
            + 3
            + 8
            + 8
            + 1
            + 14
            + 1
            + 2
            + 1
    );
}

#[test]
fn every_question_by_every_role_in_every_relation_is_answered_as_the_table_says() {
    let all: BTreeSet<_> = QUESTIONS.iter().map(|(name, _)| *name).collect();
    let (no_trail, no_team) = (TrailId::new(id(0xFFFF)), TeamId::new(id(0xFFFF)));
    let page = PageRequest::first(Limit::MAX);
    let mut accepted = 0;
    for role in standings() {
        for relation in Relation::ALL {
            let mut walk = Walk::of(role, relation);
            let find = |team| FindParticipant { team, number: NationalId::DEMONSTRATION.into() };
            let own = |team| Portfolio { team, phase: None, page: page.clone() };
            let whole = |team| TeamPortfolio { team, phase: None, page: page.clone() };
            let read = |trail| ReadTrail { trail };
            let history = |trail| TrailHistory { trail };
            let former = |trail| NarrativeRevisions { trail, topic: Topic::Health, page: page.clone() };
            walk.question("find_participant", Over::Team, &find(team()), &find(no_team));
            let beginning = NameBeginning::parse("kan").unwrap();
            let by_name = |team| FindByName { team, beginning: beginning.clone(), page: page.clone() };
            walk.question("find_by_name", Over::Team, &by_name(team()), &by_name(no_team));
            let alike = |team| ProbableDuplicates { team, participant: participant_id() };
            walk.question("probable_duplicates", Over::Team, &alike(team()), &alike(no_team));
            let employer = |team| FindEmployer { team, number: organisation_number() };
            walk.question("find_employer", Over::Team, &employer(team()), &employer(no_team));
            // Of whoever asks there is only one: what is there is what is nowhere.
            let teams = OwnTeams { page: page.clone() };
            walk.question("own_teams", Over::Themself, &teams, &teams);
            walk.question("own_trails", Over::Themself, &OwnTrails, &OwnTrails);
            walk.question("read_trail", Over::Trail, &read(trail_id()), &read(no_trail));
            let notice = |team| PresentNotice { team, name: samples::notice().name().clone() };
            let standing = |trail| ReadConsentStanding { trail, notice: samples::notice().name().clone() };
            walk.question("present_notice", Over::Team, &notice(team()), &notice(no_team));
            walk.question("read_consent_standing", Over::Trail, &standing(trail_id()), &standing(no_trail));
            let shared = |trail| ReadShared { of: SharedOf::Trail(trail) };
            walk.question("read_shared", Over::Trail, &shared(trail_id()), &shared(no_trail));
            walk.question("trail_history", Over::Trail, &history(trail_id()), &history(no_trail));
            walk.question("narrative_revisions", Over::Trail, &former(trail_id()), &former(no_trail));
            walk.question("portfolio", Over::Team, &own(team()), &own(no_team));
            walk.question("team_portfolio", Over::Team, &whole(team()), &whole(no_team));
            let due = |team| DueForRetention { team, page: page.clone() };
            walk.question("due_for_retention", Over::Team, &due(team()), &due(no_team));
            let (there, nowhere) = (PortfolioPhases { team: team() }, PortfolioPhases { team: no_team });
            walk.question("portfolio_phases", Over::Team, &there, &nowhere);
            let (there, nowhere) = (TeamPhases { team: team() }, TeamPhases { team: no_team });
            walk.question("team_phases", Over::Team, &there, &nowhere);
            let waiting = |team| WaitingTransfers { team, page: page.clone() };
            walk.question("waiting_transfers", Over::Team, &waiting(team()), &waiting(no_team));
            let transfers = |team| TeamTransfers { team, way: TransferWay::Outgoing, page: page.clone() };
            walk.question("team_transfers", Over::Team, &transfers(team()), &transfers(no_team));
            let transfers = |trail| TrailTransfers { trail };
            walk.question("trail_transfers", Over::Trail, &transfers(trail_id()), &transfers(no_trail));
            let covered = |team| CoveredTrails { team, page: page.clone() };
            walk.question("covered_trails", Over::Team, &covered(team()), &covered(no_team));
            let covers = |trail| TrailCovers { trail };
            walk.question("trail_covers", Over::Trail, &covers(trail_id()), &covers(no_trail));
            let (there, nowhere) = (LeftTrails { team: team() }, LeftTrails { team: no_team });
            walk.question("left_trails", Over::Team, &there, &nowhere);
            assert_eq!(walk.walked, all, "every question has a sample here");
            accepted += walk.accepted;
        }
    }
    // By hand again: finding a participant by number 4 and by name 4, duplicates 2, an employer 4, one's own teams 7 relations of 2 roles, one's own trails 7
    // of one, the present notice 4, how a participant stands 4, reading 4, history 4, former texts 4, one's own portfolio 2 and 2, the team's 2 and 2;
    // what waits for oneself 2, for the team 2, transfers of a trail 4, covered trails 2, covers of a trail 4, leavers 2, what is
    // due for retention 2.
    assert_eq!(accepted, 4 + 4 + 2 + 4 + 14 + 7 + 4 + 4 + 4 + 4 + 4 + 2 + 2 + 2 + 2 + 2 + 2 + 2 + 4 + 2 + 4 + 2);
}

/// Asks for every purpose, and expects that a right is granted for its own ones only.
struct ByPurpose {
    role: Role,
    world: MemoryStore,
    refused: usize,
}

impl Visit for ByPurpose {
    fn visit<C: Command + std::fmt::Debug>(&mut self, _: Over, command: &C) {
        if reach(self.role, C::RIGHT) == Reach::Nothing {
            return;
        }
        for purpose in Purpose::ALL {
            let actor = Relation::Owner.actor(Some(self.role)).acting_for(purpose);
            let spy = Spy::on(self.world.snapshot());
            let answer = block_on(desk(spy.clone()).run(&actor, CommandId::new(id(0xC0)), command));
            let expected = Rejection::NotForThisPurpose { right: C::RIGHT.code(), purpose: purpose.code() };
            let refused = answer.err().and_then(|error| error.rejection().cloned()) == Some(expected);
            assert_eq!(refused, !purposes(C::RIGHT).contains(&purpose), "{} for {purpose:?}", C::NAME);
            assert!(!refused || spy.take().is_empty(), "{} for {purpose:?}: it looked", C::NAME);
            self.refused += usize::from(refused);
        }
    }
}

#[test]
fn s13_every_command_is_refused_for_a_purpose_that_its_right_does_not_serve() {
    for role in [Role::Specialist, Role::Supervisor] {
        let mut walk = ByPurpose { role, world: scene(Some(role), Relation::Owner).store(), refused: 0 };
        every_command(&mut walk);
        assert!(walk.refused > 30, "{role:?}: {}", walk.refused);
    }
}

#[test]
fn s13_a_question_is_refused_for_a_purpose_that_its_right_does_not_serve() {
    let world = scene(Some(Role::Specialist), Relation::Owner).store();
    let actor = Relation::Owner.actor(Some(Role::Specialist));
    let ask = |purpose| {
        block_on(desk(&world).ask(&actor.clone().acting_for(purpose), &ReadTrail { trail: trail_id() })).map(|_| ())
    };
    assert!(ask(Purpose::FollowUp).is_ok());
    let refused = ask(Purpose::Administration).unwrap_err();
    let expected = Rejection::NotForThisPurpose { right: "read_trail", purpose: "administration" };
    assert_eq!(refused.rejection(), Some(&expected));
}

#[test]
fn the_host_program_follows_the_journal_and_nobody_else_does() {
    for role in standings() {
        for relation in Relation::ALL {
            let desk = desk(scene(role, relation).store());
            let answer = block_on(desk.follow(&relation.actor(role), Position::START, Limit::MAX));
            assert_eq!(answer.is_ok(), role.is_none(), "{role:?} as {relation:?}");
        }
    }
}

#[test]
fn a_role_without_a_present_membership_in_that_role_counts_for_nothing() {
    // Given a supervisor by membership who says to act as a specialist, and owns the trail.
    let world = scene(Some(Role::Supervisor), Relation::Owner).store();
    let pretender = Relation::Owner.actor(Some(Role::Specialist));
    let asked = block_on(desk(world).ask(&pretender, &ReadTrail { trail: trail_id() }));
    assert_eq!(asked.unwrap_err().rejection(), Some(&Rejection::NotFound { what: Thing::Trail }));
}

#[test]
fn the_id_of_a_person_opens_nothing_without_their_role() {
    let world = scene(Some(Role::Guardian), Relation::Themself).store();
    let guardian = Relation::Themself.actor(Some(Role::Guardian));
    let asked = block_on(desk(world).ask(&guardian, &ReadTrail { trail: trail_id() }));
    assert!(matches!(asked, Err(Error::Rejected(Rejection::NotAllowed { .. }))));
}
