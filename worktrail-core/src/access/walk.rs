//! Tests: every command and every question × every role × every way of standing to the case.
//!
//! Each sample would be accepted from somebody who has the right. Who has it follows from `docs/rights.md` alone, in
//! [`expected`]; the walk compares that with what the desk answers.

use std::collections::BTreeSet;

use pollster::block_on;
use serde_json::Value as Json;

use super::rights_page::RightsPage;
use super::{Actor, Purpose, Reach, Right, purposes, reach};
use crate::command::samples::{Over, Visit, every_command, give_consent, trail_id, withdraw_consent};
use crate::command::scene::{Relation, scene};
use crate::command::{COMMANDS, Command, GiveConsent, WithdrawConsent};
use crate::desk::spy::{Spy, desk};
use crate::desk::{Desk, Error};
use crate::domain::{Rejection, Role, Thing};
use crate::question::samples as questions;
use crate::question::{QUESTIONS, Question, ReadTrail};
use crate::record::samples::{self, id};
use crate::store::{CommandId, Limit, MemoryStore, Position};

/// Every role, and the host program.
fn standings() -> impl Iterator<Item = Option<Role>> {
    Role::ALL.into_iter().map(Some).chain([None])
}

/// What the page of rights says, in the words of the walk: `Ok`, or the refusal.
fn expected(reach: Reach, role: Option<Role>, relation: Relation, right: Right, over: Over) -> Result<(), Rejection> {
    let is_member = matches!(relation, Relation::Owner | Relation::Colleague);
    let is_appointed = relation == Relation::Appointed || role.is_none();
    let what = match over {
        Over::Trail | Over::Themself => Thing::Trail,
        Over::Person => Thing::Participant,
        Over::Office => Thing::Office,
        Over::Transfer => Thing::Transfer,
        Over::Team | Over::Organisation => Thing::Team,
    };
    let granted = match reach {
        Reach::Nothing => return Err(Rejection::NotAllowed { right: right.code() }),
        Reach::OwnPerson => over == Over::Themself || over == Over::Trail && relation == Relation::Themself,
        Reach::Oneself => over == Over::Themself,
        Reach::OwnTrails => matches!(over, Over::Trail | Over::Transfer) && relation == Relation::Owner,
        Reach::AsConsented => over == Over::Trail && relation == Relation::Recipient,
        Reach::AsGuardian => over == Over::Trail && relation == Relation::Guardian,
        Reach::OwnTeam => matches!(over, Over::Trail | Over::Team | Over::Person | Over::Transfer) && is_member,
        Reach::OwnOffices => !matches!(over, Over::Themself | Over::Organisation) && is_appointed,
        Reach::Organisation => is_appointed,
        Reach::HostsWord => over == Over::Organisation,
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
    page: RightsPage,
    accepted: BTreeSet<&'static str>,
    not_theirs: BTreeSet<&'static str>,
}

/// What the walk asks of the desk: a command or a question, as it stands and over something that is not there.
enum Case {
    There,
    Nowhere,
}

impl Walk {
    fn of(role: Option<Role>, relation: Relation) -> Self {
        let scene = scene(role, relation);
        let scene = match relation {
            // Somebody whose capacity was found lacking, with a consent that the guardian gave.
            Relation::Guardian => scene.with(&samples::capacity_assessment()).with(&samples::consent_by_mandate()),
            _ => scene,
        };
        Self {
            role,
            relation,
            actor: relation.actor(role),
            world: scene.store(),
            walked: BTreeSet::new(),
            page: RightsPage::read(),
            accepted: BTreeSet::new(),
            not_theirs: BTreeSet::new(),
        }
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
        let reach = self.page.reach(self.role, right);
        let expected = expected(reach, self.role, self.relation, right, over);
        match (answer, expected) {
            (Ok(()), Ok(())) => {
                self.accepted.insert(name);
            }
            (Err(Error::Rejected(refused)), Err(expected)) => {
                assert_eq!(refused, expected, "{who}");
                let for_nothing = matches!(refused, Rejection::NotAllowed { .. });
                assert_eq!(for_nothing, looked == 0, "{who}: it looked {looked} times");
                if !matches!(over, Over::Organisation | Over::Themself) {
                    let (nowhere, _) = self.ask(&ask, Case::Nowhere);
                    let nowhere = nowhere.expect_err("nothing is there").rejection().cloned();
                    let bytes = |it: &Rejection| serde_json::to_vec(it).unwrap();
                    assert_eq!(nowhere.as_ref().map(bytes), Some(bytes(&refused)), "{who}: it tells that it is there");
                }
            }
            // Whoever confirms has their own word only, on what they may read.
            (Err(Error::Rejected(refused)), Ok(())) if right == Right::Confirm => {
                let narrative = Rejection::NotFound { what: Thing::Narrative };
                assert!(refused == Rejection::NotTheirWord || refused == narrative, "{who}: {refused:?}");
            }
            // What is the participant's to say, the guardian does not: which it is, the walk says below.
            (Err(Error::Rejected(refused)), Ok(())) if reach == Reach::AsGuardian => {
                assert_eq!(refused, Rejection::NotTheirWord, "{who}");
                self.not_theirs.insert(name);
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
}

/// The same command over a trail, a transfer or a team that is not there.
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

impl questions::Visit for Walk {
    fn question<Q: Question>(&mut self, name: &'static str, over: Over, there: &Q, nowhere: &Q)
    where
        Q::Answer: PartialEq + std::fmt::Debug,
    {
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
    let mut accepted = BTreeSet::new();
    for role in standings() {
        for relation in Relation::ALL {
            let mut walk = Walk::of(role, relation);
            every_command(&mut walk);
            assert_eq!(walk.walked, all, "every command has a sample in command/samples.rs");
            if (role, relation) == (Some(Role::Guardian), Relation::Guardian) {
                // The samples are the participant's own word; a guardian has a consent of theirs to give and to take back.
                assert_eq!(walk.accepted, BTreeSet::new());
                let own = ["agree_openness", "give_consent", "withdraw_consent", "withdraw_openness"];
                assert_eq!(walk.not_theirs, BTreeSet::from(own));
                let terms = samples::consent_terms_by_mandate();
                walk.visit(Over::Trail, &GiveConsent { terms, ..give_consent() });
                let consent = samples::consent_by_mandate().id();
                walk.visit(Over::Trail, &WithdrawConsent { consent, ..withdraw_consent() });
                assert_eq!(walk.accepted, BTreeSet::from(["give_consent", "withdraw_consent"]));
            } else {
                assert_eq!(walk.not_theirs, BTreeSet::new(), "{role:?} as {relation:?}");
            }
            accepted.append(&mut walk.accepted);
        }
    }
    assert_eq!(accepted, all, "every command is accepted from somebody");
}

#[test]
fn every_question_by_every_role_in_every_relation_is_answered_as_the_table_says() {
    let all: BTreeSet<_> = QUESTIONS.iter().map(|(name, _)| *name).collect();
    let mut accepted = BTreeSet::new();
    for role in standings() {
        for relation in Relation::ALL {
            let mut walk = Walk::of(role, relation);
            questions::every_question(&mut walk);
            assert_eq!(walk.walked, all, "every question has a sample in question/samples.rs");
            accepted.append(&mut walk.accepted);
        }
    }
    assert_eq!(accepted, all, "every question is answered to somebody");
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
fn the_host_program_and_an_appointed_auditor_follow_the_journal_and_nobody_else_does() {
    for role in standings() {
        for relation in Relation::ALL {
            let desk = desk(scene(role, relation).store());
            let answer = block_on(desk.follow(&relation.actor(role), Position::START, Limit::MAX));
            let is_auditor = role == Some(Role::Auditor) && relation == Relation::Appointed;
            assert_eq!(answer.is_ok(), role.is_none() || is_auditor, "{role:?} as {relation:?}");
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
