//! The exits: commands, decisions, worlds, all that passes between desk and store, and the answers.

use std::fmt::Debug;

use pollster::block_on;

use super::{assert_silent, mark_in, shown};
use crate::access::{Actor, Purpose};
use crate::command::samples::{
    Over, Visit, colleague, deputy, employer_id, every_command, newcomer, trail_id, write_narrative,
};
use crate::command::scene::{
    Relation, everyday, now, office, partial, region, scene, specialist, staff, supervisor, user_support,
};
use crate::command::{Command, World, WriteNarrative};
use crate::desk::spy::{Spy, desk};
use crate::domain::samples::{participant_id, spurv, team};
use crate::domain::{ActorId, ListName, NameBeginning, NarrativeText, NationalId, Recipient, Role, Topic};
use crate::question::{
    Appointments, BeforeContact, ContactPersonsToInform, CoveredTrails, DueForRetention, DueUntil, EmployerContacts,
    EmployerDuplicates, EmployerSearch, FindByName, FindEmployer, FindEmployers, FindParticipant, FindStaff,
    GeneralContacts, HeldAbout, JobsAtEmployer, LeftTrails, MemberConflicts, NarrativeRevisions, OfferedChoices,
    OfficeTeams, OfficesBelow, OngoingEducations, OngoingJobs, OwnConflicts, OwnTeams, OwnTrails, OwnerPortfolio,
    Portfolio, PortfolioPhases, PresentNotice, ProbableDuplicates, Question, ReadCareerProfile, ReadConsentStanding,
    ReadEmployer, ReadMembership, ReadShared, ReadTrail, SharedOf, TeamDueUntil, TeamEmployerContacts, TeamFigures,
    TeamMembers, TeamPhases, TeamPortfolio, TeamTransfers, TeamWithoutStart, TrailCovers, TrailHistory, TrailTransfers,
    TransferWay, View, Views, WaitingTransfers, WithoutStart,
};
use crate::record::samples::{self, id, organisation_number};
use crate::store::{CommandId, Details, Limit, MemoryStore, PageRequest, Position, Salt, Store, Value};

/// Runs every command over a store that looks on, by whoever of the staff roles may.
struct Run {
    marked: usize,
}

impl Visit for Run {
    fn visit<C: Command + Debug>(&mut self, _: Over, command: &C) {
        assert_silent(C::NAME, &shown(command));
        self.marked += usize::from(mark_in(&serde_json::to_string(command).unwrap()).is_some());
        let standings = [
            (Role::Specialist, Relation::Owner),
            (Role::Supervisor, Relation::Owner),
            (Role::UserSupport, Relation::Appointed),
        ];
        let accepted = standings.into_iter().any(|(role, relation)| {
            let actor = relation.actor(Some(role));
            decided(role, relation, &actor, command);
            let spy = Spy::on(scene(Some(role), relation).store());
            let answer = block_on(desk(spy.clone()).run(&actor, CommandId::new(id(0xC0)), command));
            let answer = answer.map(|done| assert_silent(C::NAME, &shown(&done.receipt)));
            spy.take().iter().for_each(|note| assert_silent(C::NAME, note));
            assert_silent(C::NAME, &shown(spy.inner()));
            answer.inspect_err(|error| assert_silent(C::NAME, &super::told(error))).is_ok()
        });
        assert!(accepted, "{} was accepted from nobody", C::NAME);
    }
}

fn decided<C: Command>(role: Role, relation: Relation, actor: &Actor, command: &C) {
    let picture = scene(Some(role), relation).picture();
    let world = World::new(&picture, actor, C::RIGHT, now());
    match command.decide(&world) {
        Ok(decision) => {
            assert_silent(C::NAME, &shown(&decision.facts().collect::<Vec<_>>()));
            assert_silent(C::NAME, &format!("{:?}", decision.told()));
            assert_silent(C::NAME, &format!("{:#?}", decision.saved()));
        }
        Err(stop) => assert_silent(C::NAME, &shown(&stop)),
    }
    assert_silent(C::NAME, &shown(&world));
    assert_silent(C::NAME, &shown(&picture));
}

#[test]
fn commands_decisions_worlds_batches_and_records_are_silent() {
    let mut run = Run { marked: 0 };
    every_command(&mut run);
    assert_eq!(run.marked, 75, "the marks are there: the other commands hold ids, days and codes");
}

/// A store in which everything has been told as well: what the scene shows is not in its journal.
fn told() -> MemoryStore {
    struct Told(MemoryStore, u128);

    impl Visit for Told {
        fn visit<C: Command + Debug>(&mut self, _: Over, command: &C) {
            // What is ended or forgotten is shown no more; nor to whoever declares a conflict of interest.
            if matches!(C::NAME, "end_trail" | "change_protection" | "forget_participant" | "declare_conflict") {
                return;
            }
            self.1 += 1;
            for actor in [specialist(), supervisor()] {
                let _ = block_on(desk(&self.0).run(&actor, CommandId::new(id(0x2_0000 + self.1)), command));
            }
        }
    }

    let mut told = Told(everyday().store(), 0);
    every_command(&mut told);
    let text = NarrativeText::parse("KANARI tier").unwrap();
    let written = block_on(desk(&told.0).run(
        &specialist(),
        CommandId::new(id(0x3_0000)),
        &WriteNarrative { text, ..write_narrative() },
    ));
    assert!(written.is_ok(), "what was written before is a former text");
    told.0
}

fn asked<Q: Question + Debug>(store: &MemoryStore, actor: &Actor, question: &Q) -> Q::Answer
where
    Q::Answer: Debug,
{
    let spy = Spy::on(store.clone());
    assert_silent("a question", &shown(question));
    let answer = block_on(desk(spy.clone()).ask(actor, question)).unwrap();
    spy.take().iter().for_each(|note| assert_silent("an answer of the store", note));
    assert_silent("an answer", &shown(&answer));
    answer
}

#[test]
fn questions_and_answers_are_silent() {
    let store = told();
    let first = PageRequest::first(Limit::new(1));
    let file = asked(&store, &specialist(), &ReadTrail { trail: trail_id() });
    assert!(!file.narratives.is_empty() && !file.consents.is_empty() && !file.openness.is_empty());
    assert!(!file.sub_goals.is_empty() && !file.employer_contacts.is_empty() && !file.jobs.is_empty());
    let profile = asked(&store, &specialist(), &ReadCareerProfile { trail: trail_id() });
    assert!(profile.profile.completeness().written > 0);
    let offered = OfferedChoices { team: team(), list: ListName::ReferralSources };
    assert!(!asked(&store, &specialist(), &offered).is_empty());
    let name = samples::notice().name().clone();
    assert!(asked(&store, &specialist(), &PresentNotice { team: team(), name: name.clone() }).is_some());
    let standing = asked(&store, &specialist(), &ReadConsentStanding { trail: trail_id(), notice: name.clone() });
    assert!(standing.notice.is_some_and(|it| it.newest.is_none() && it.due_since.is_some()));
    let who = ActorId::new(id(0x5C0));
    let counsellor = Actor::recipient(who, Role::Counsellor, Recipient::Counsellor, Purpose::FollowUp);
    let shared = asked(&store, &counsellor, &ReadShared { of: SharedOf::Participant(participant_id()) });
    assert!(shared.name.is_some() && !shared.texts.is_empty());
    assert_silent("a recipient", &shown(&counsellor));
    assert!(!file.educations.is_empty() && !file.support_contacts.is_empty() && !file.employer_agreements.is_empty());
    let history = asked(&store, &specialist(), &TrailHistory::first(trail_id(), Limit::MAX));
    assert!(history.entries.len() > 10 && history.entries.iter().all(|entry| entry.fact.is_some()));
    let former = NarrativeRevisions { trail: trail_id(), topic: Topic::Health, page: first.clone(), entry: None };
    assert_eq!(asked(&store, &specialist(), &former).items.len(), 1);
    let found =
        asked(&store, &specialist(), &FindParticipant { team: team(), number: NationalId::DEMONSTRATION.into() });
    assert_eq!(found.map(|card| card.birth_year), Some(Some(1985)));
    let named = NameBeginning::parse("kanari").unwrap();
    let named = asked(&store, &specialist(), &FindByName { team: team(), beginning: named, page: first.clone() });
    assert_eq!(named.items.len(), 1);
    let alike = ProbableDuplicates { team: team(), participant: participant_id() };
    assert!(!asked(&everyday().store(), &supervisor(), &alike).is_empty());
    let find = FindEmployer { team: team(), number: organisation_number() };
    assert!(asked(&store, &specialist(), &find).is_some_and(|card| !card.contact_persons.is_empty()));
    let (team_id, employer) = (team(), employer_id());
    let card = asked(&store, &specialist(), &ReadEmployer { team: team_id, employer });
    assert!(card.warning.is_some() && card.details.industry.is_some() && card.general_contacts == 1);
    let by = EmployerSearch::Name(samples::line());
    let hits = asked(&store, &specialist(), &FindEmployers { team: team_id, by, page: first.clone() });
    assert_eq!(hits.items.len(), 1);
    asked(&store, &specialist(), &EmployerDuplicates { team: team_id, employer });
    let general = GeneralContacts { team: team_id, employer, page: first.clone() };
    assert_eq!(asked(&store, &specialist(), &general).items.len(), 1);
    let own = EmployerContacts { team: team_id, employer, page: first.clone() };
    assert_eq!(asked(&store, &specialist(), &own).items.len(), 1);
    asked(&store, &supervisor(), &TeamEmployerContacts { team: team_id, employer, page: first.clone() });
    asked(&store, &specialist(), &BeforeContact { trail: trail_id(), employer, through: None });
    let inform = ContactPersonsToInform { team: team_id, until: now().day(), page: first.clone() };
    asked(&store, &specialist(), &inform);
    assert_eq!(asked(&store, &specialist(), &OwnTeams { page: first.clone() }).items.len(), 1);
    assert_eq!(asked(&store, &Actor::participant(participant_id()), &OwnTrails).len(), 1);
    let page = asked(&store, &specialist(), &Portfolio { team: team(), phase: None, page: first.clone() });
    let next = PageRequest::after(Limit::new(1), page.next.unwrap());
    assert_eq!(asked(&store, &supervisor(), &TeamPhases { team: team() }).len(), 7);
    asked(&store, &specialist(), &Portfolio { team: team(), phase: None, page: next });
    assert_eq!(asked(&store, &supervisor(), &DueForRetention { team: team(), page: first.clone() }).items, []);
    assert!(asked(&store, &specialist(), &HeldAbout { trail: trail_id() }).journal.count > 10);
    let (until, all) = (now().day(), PageRequest::first(Limit::MAX));
    assert!(
        !asked(&store, &specialist(), &DueUntil { team: team_id, until, notice: name.clone(), page: all.clone() })
            .items
            .is_empty()
    );
    assert!(
        !asked(&store, &supervisor(), &TeamDueUntil { team: team_id, until, notice: name.clone(), page: all.clone() })
            .items
            .is_empty()
    );
    asked(&store, &specialist(), &WithoutStart { team: team_id, page: all.clone() });
    asked(&store, &supervisor(), &TeamWithoutStart { team: team_id, page: all });
    asked(&store, &supervisor(), &TeamPortfolio { team: team(), phase: None, page: first });
    asked(&store, &specialist(), &PortfolioPhases { team: team() });
    assert!(!asked(&store, &specialist(), &TrailTransfers { trail: trail_id() }).is_empty());
    assert!(!asked(&store, &specialist(), &TrailCovers { trail: trail_id() }).is_empty());
    let first = PageRequest::first(Limit::new(1));
    asked(&store, &supervisor(), &TeamTransfers { team: team(), way: TransferWay::Incoming, page: first.clone() });
    asked(&store, &supervisor(), &LeftTrails { team: team(), page: first.clone() });
    let (scene, colleague) = (everyday().store(), Actor::staff(colleague(), [Role::Specialist], Purpose::FollowUp));
    let waiting = WaitingTransfers { team: team(), page: first.clone() };
    assert_eq!(asked(&scene, &colleague, &waiting).items.len(), 1);
    assert_eq!(asked(&scene, &colleague, &CoveredTrails { team: team(), page: first }).items.len(), 1);
    asked(&store, &supervisor(), &TeamFigures { team: team() });
    let members = TeamMembers { team: team(), page: PageRequest::first(Limit::MAX) };
    assert!(asked(&store, &supervisor(), &members).items.len() > 2);
    let identity = staff(newcomer()).host_identity().clone();
    assert!(asked(&store, &supervisor(), &FindStaff { team: team(), identity }).is_some());
    let teams = OfficeTeams { office: office().id(), page: PageRequest::first(Limit::MAX) };
    assert_eq!(asked(&store, &user_support(), &teams).items.len(), 1);
    let (team, on, page) = (team(), "2022-08-20".parse().unwrap(), PageRequest::first(Limit::MAX));
    let jobs = asked(&store, &supervisor(), &OngoingJobs { team, on, page: page.clone() });
    let educations = asked(&store, &supervisor(), &OngoingEducations { team, on, page: page.clone() });
    let there = asked(&store, &supervisor(), &JobsAtEmployer { team, employer: employer_id(), page });
    assert!(!jobs.items.is_empty() && !educations.items.is_empty() && !there.items.is_empty());
}

#[test]
fn questions_about_conflicts_appointments_and_members_are_silent() {
    let (store, first) = (told(), PageRequest::first(Limit::new(1)));
    let owned = OwnerPortfolio { team: team(), owner: spurv(), page: first.clone() };
    assert_eq!(asked(&store, &supervisor(), &owned).items.len(), 1);
    let appointments = Appointments { office: None, page: first.clone() };
    assert_eq!(asked(&store, &user_support(), &appointments).items.len(), 1);
    let partial = everyday().with(&partial(deputy(), participant_id())).store();
    assert_eq!(asked(&partial, &supervisor(), &MemberConflicts { team: team(), staff: deputy() }).len(), 2);
    let own = Actor::staff(deputy(), [Role::Specialist], Purpose::FollowUp);
    assert_eq!(asked(&partial, &own, &OwnConflicts { page: first.clone() }).items.len(), 1);
    asked(&store, &supervisor(), &ReadMembership { team: team(), staff: deputy() });
    assert_eq!(
        asked(&store, &user_support(), &OfficesBelow { office: region().id(), page: first.clone() }).items.len(),
        1
    );
}

#[test]
fn desks_views_notices_and_verification_are_silent() {
    let store = told();
    let desk = desk(&store);
    assert_silent("a desk", &shown(&desk));
    let program = Actor::program(Relation::Nobody.actor_id());
    let notices = block_on(desk.follow(&program, Position::START, Limit::MAX)).unwrap();
    assert!(notices.len() > 10);
    assert_silent("a notice", &shown(&notices));
    assert_silent("what was verified", &shown(&block_on(desk.verify()).unwrap()));
    assert_silent("an actor", &shown(&specialist()));
    let (picture, views, actor) = (everyday().picture(), Views::default(), specialist());
    let view = View::new(World::new(&picture, &actor, ReadTrail::RIGHT, now()), &views);
    let question = FindParticipant { team: team(), number: NationalId::DEMONSTRATION.into() };
    assert_silent("an answer in the making", &shown(&question.answer(&view).map(crate::question::Answer::into_inner)));
    assert_silent("a view", &shown(&view));
    assert_silent("what a store says of itself", &shown(&store.info()));
}

#[test]
fn values_and_details_are_silent() {
    assert_silent("a text", &shown(&Value::from("KANARI")));
    assert_silent("a day", &shown(&Value::Day("1985-12-08".parse().unwrap())));
    assert_silent("details", &shown(&Details::new(Salt::new(*b"KANARI synger 12"), *b"KANARI synger")));
}
