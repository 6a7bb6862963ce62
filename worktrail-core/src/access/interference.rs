//! Tests: what somebody may not see makes no difference to them. Two databases that differ only in that give them the same
//! answers, counts, cursors and refusals, to every question and every command.
//!
//! Three things are told on purpose, and are not tried here: that somebody named by number cannot be helped here (`DA3`);
//! that a unique value is taken, which says that something exists and nothing else; and who covers a trail, so that a
//! colleague who is present and does not has a reason (docs/decisions.md). The receipt of an accepted command
//! is left out as well: its place in the journal counts what everybody does.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, Ordering};

use pollster::block_on;
use proptest::prelude::*;
use serde_json::Value as Json;
use uuid::Uuid;

use super::Actor;
use crate::command::samples::{self as commands, Over, colleague, deputy, every_command, planned_pause};
use crate::command::scene::{
    Relation, Scene, appointed, everyday, free, now, office, other_office, other_team, our_team, partial, person,
    purpose_of, specialist, staff, supervisor, user_support,
};
use crate::command::{
    Attested, ChangeProtection, Command, CorrectContactPoints, ForgetParticipant, GiveConsent, MergeParticipants,
    NoteNumber, OpenTrail, RegisterParticipant, ReleaseTrails, StateResidence, StateWishes,
};
use crate::desk::spy::desk;
use crate::desk::{Desk, Error};
use crate::domain::samples::{by_spurv, day, participant_id, ravn, spurv};
use crate::domain::{
    AddressProtection, AttestationId, BirthDate, ConsentId, CoverExtent, Education, EducationId, EmployerContact,
    EmployerContactId, EndReason, Ending, FactSource, Guardianship, GuardianshipId, HeldNumberId, Job, JobId,
    NameEntry, Narrative, NarrativeId, NarrativeText, NewParticipant, Office, OtherEnding, OtherNumber, Participant,
    ParticipantId, Period, Protection, ReceivedReferral, Role, StaffId, StaffShielding, Team, TeamId, Topic, Trail,
    TrailId, Transfer, TransferId, WishesId,
};
use crate::question::samples::{self as questions, every_question};
use crate::question::{
    EndingChecklist, HeldAbout, QUESTIONS, Question, ReadCareerProfile, ReadConsentStanding, ReadTrail, TrailHistory,
};
use crate::record::samples::{self, id};
use crate::store::{CommandId, Limit, MemoryStore};

/// Something that not everybody sees; each makes its ids from a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Unseen {
    /// A trail of the other team, with a text and all that is listed across trails.
    ElsewhereTrail,
    /// A trail of the other team that has ended, of the participant of the scene.
    ElsewhereFormer,
    /// A later trail of the other team that has ended too, of somebody whose trail in the team ended long ago.
    ElsewhereLater,
    /// A trail of the other team that has ended, of somebody who is registered and has no trail in the team.
    ElsewhereOnlyFormer,
    /// A trail of the team that is withheld, with all that is listed across trails.
    Withheld,
    /// A cleared team with a trail, with all that is listed across trails.
    Cleared,
    /// A member of the other team.
    ElsewhereMember,
    /// Somebody's appointment to another office.
    ElsewhereAppointment,
    /// A guardian, whom a command of the samples registers, of somebody with a trail in the other team.
    ElsewhereGuardian,
    /// Somebody with a trail in the other team into whom another one was merged, with all that is listed across trails, and
    /// a referral of the merged one that waits there.
    ElsewhereMerged,
    /// Somebody's conflict of interest with the participant of the scene.
    SomebodysConflict,
    /// What is said, on the next trail in the other team, of somebody whose trail in the team has ended.
    ElsewhereNext,
    /// What the other team does about somebody with a trail there, into whom it merges one whose trail in the team ended.
    ElsewhereMerging,
    /// A trail of the team, of somebody towards whom the deputy declared a conflict of interest, with all that is listed
    /// across trails.
    ConflictedTrail,
}

impl Unseen {
    const ALL: [Self; 14] = [
        Self::ElsewhereTrail,
        Self::ElsewhereFormer,
        Self::ElsewhereLater,
        Self::ElsewhereOnlyFormer,
        Self::Withheld,
        Self::Cleared,
        Self::ElsewhereMember,
        Self::ElsewhereAppointment,
        Self::ElsewhereGuardian,
        Self::ElsewhereMerged,
        Self::SomebodysConflict,
        Self::ElsewhereNext,
        Self::ElsewhereMerging,
        Self::ConflictedTrail,
    ];

    fn add(self, scene: Scene, number: u128) -> Scene {
        let (nth, since) = (|of: u128| id(of + number), Period::from(day("2022-01-01")).unwrap());
        let stranger = StaffId::new(nth(0x50_0000));
        match self {
            Self::ElsewhereTrail => {
                let (person, trail) = case(number);
                let trail = moved(&trail, other_team().id());
                let (narrative, text) =
                    (NarrativeId::new(nth(0x60_0000)), NarrativeText::parse("KANARI synger").unwrap());
                let by = by_spurv("2022-06-01");
                let (narrative, _) = Narrative::write(narrative, &trail, Topic::Health, text, &by).unwrap();
                listed(scene.with(&person).with(&narrative), number, &person, &trail)
            }
            Self::ElsewhereFormer => scene.with(&moved(&ended(number, &samples::participant()), other_team().id())),
            Self::ElsewhereLater => scene.with(&moved(&ended(number, &long_gone()), other_team().id())),
            Self::ElsewhereOnlyFormer => scene.with(&moved(&ended(number, &person(free())), other_team().id())),
            Self::Withheld => {
                let (person, trail) = case(number);
                listed(scene.with(&person), number, &person, &trail.withhold().0)
            }
            Self::Cleared => {
                let (person, trail) = case(number);
                let new = crate::domain::NewTeam { name: format!("KANARI {number}").parse().unwrap(), ..new_team() };
                let (team, _) = Team::register_cleared(TeamId::new(nth(0x70_0000)), new, &by_spurv("2022-01-01"));
                let trail = moved(&trail, team.id());
                let mut json = serde_json::to_value(&trail).unwrap();
                json["audience"] = "cleared".into();
                let trail: Trail = serde_json::from_value(json).unwrap();
                listed(scene.with(&team).with(&person), number, &person, &trail)
            }
            Self::ElsewhereMember => scene.with_member(stranger, &other_team(), Role::Specialist),
            Self::ElsewhereAppointment => {
                let over = other_office();
                let appointment = appointed(stranger, Role::ProfessionalLead, Some(&over), since).unwrap();
                scene.with(&staff(stranger)).with(&appointment)
            }
            Self::ElsewhereGuardian => {
                let (person, trail) = case(number);
                let (terms, by) = (commands::register_guardian().terms, by_spurv("2022-08-20"));
                let guardianship = GuardianshipId::new(nth(0xE0_0000));
                let (guardianship, _) = Guardianship::register(guardianship, &person, terms, &by).unwrap();
                scene.with(&person).with(&moved(&trail, other_team().id())).with(&guardianship)
            }
            Self::ElsewhereMerged => {
                let (kept, trail) = case(number);
                let trail = moved(&trail, other_team().id());
                let merged = person(ParticipantId::new(nth(0xF0_0000)));
                let (kept, merged, _) = kept.merge(merged, samples::line(), &by_spurv("2022-08-21")).unwrap();
                let scene = scene.with(&kept).with(&merged).with(&referral(0x1000_0000 + number, &merged, &trail));
                listed(scene, number, &kept, &trail)
            }
            Self::SomebodysConflict => scene.with(&staff(stranger)).with(&partial(stranger, participant_id())),
            // These are done: see `act`.
            Self::ElsewhereNext | Self::ElsewhereMerging => scene,
            Self::ConflictedTrail => {
                let close = person(ParticipantId::new(id(0x107)));
                listed(scene, number, &close, &trail_of(number, &close))
            }
        }
    }
}

/// A specialist and a supervisor of the other team.
fn others() -> [Actor; 2] {
    [(0x5E1, Role::Specialist), (0x5E2, Role::Supervisor)]
        .map(|(number, role)| Actor::staff(StaffId::new(id(number)), [role], purpose_of(role)))
}

impl Unseen {
    /// Does what only commands do: with the journal's entries.
    fn act(self, world: &MemoryStore, number: u128) {
        let (next, command) = (AtomicU64::new(1), AtomicU64::new(1));
        let new =
            |of: &AtomicU64| id(0x4000_0000_0000 + (number << 8) + u128::from(of.fetch_add(1, Ordering::Relaxed)));
        let desk = Desk::new(world, now, || new(&next));
        let ([specialist, supervisor], team) = (others(), other_team().id());
        let trail = TrailId::new(around(0x90_0000 + number));
        let opened = |participant: ParticipantId| {
            let attestation = |it: Attested| Attested { attestation: AttestationId::new(new(&next)), ..it };
            let attestations = commands::attested().into_iter().map(attestation).collect();
            let owner = Some(StaffId::new(specialist.id().as_uuid()));
            OpenTrail { trail, participant, team, owner, attestations, ..commands::open() }
        };
        let done = |done: Result<(), Error>| done.expect("it is the other team's to do");
        let confidential = Protection::new(AddressProtection::Confidential, StaffShielding::None);
        let protect = |participant| ChangeProtection { participant, team, protection: confidential };
        match self {
            Self::ElsewhereNext => {
                let sent = Sent { desk: &desk, commands: &|| CommandId::new(new(&command)) };
                let person = moved_on().id();
                done(sent.by(&specialist, &opened(person)));
                done(sent.by(&specialist, &CorrectContactPoints { trail, ..commands::correct_contact_points() }));
                let other =
                    OtherNumber::new(commands::note_number().number.scheme().clone(), &format!("KANARI-X{number}"));
                let number = HeldNumberId::new(new(&next));
                let note = NoteNumber { trail, held_number: number, number: other.unwrap(), ..commands::note_number() };
                done(sent.by(&specialist, &note));
                let consent = ConsentId::new(new(&next));
                done(sent.by(&specialist, &GiveConsent { consent, trail, ..commands::give_consent() }));
                let wishes = WishesId::new(new(&next));
                done(sent.by(&specialist, &StateWishes { wishes, trail: Some(trail), ..commands::state_wishes() }));
                done(sent.by(&specialist, &StateResidence { trail, ..commands::state_residence() }));
                done(sent.by(&supervisor, &protect(person)));
            }
            Self::ElsewhereMerging => {
                let sent = Sent { desk: &desk, commands: &|| CommandId::new(new(&command)) };
                let (kept, merged) = (ParticipantId::new(new(&next)), long_gone().id());
                let new = NewParticipant { national_id: None, ..samples::new_participant() };
                let register = RegisterParticipant { participant: kept, team, new, source: FactSource::Register };
                done(sent.by(&specialist, &register));
                done(sent.by(&specialist, &opened(kept)));
                let merge = MergeParticipants { team, kept, merged, ..commands::merge_participants() };
                done(sent.by(&supervisor, &merge));
                done(sent.by(&supervisor, &protect(kept)));
            }
            _ => {}
        }
    }
}

/// What sends commands of a number of their own.
struct Sent<'s> {
    desk: &'s Desk<'s>,
    commands: &'s dyn Fn() -> CommandId,
}

impl Sent<'_> {
    fn by<C: Command>(&self, actor: &Actor, command: &C) -> Result<(), Error> {
        block_on(self.desk.run(actor, (self.commands)(), command)).map(|_| ())
    }
}

/// Somebody whose trail in the team ended so long ago that everything about it is due.
fn long_gone() -> Participant {
    nobodys_namesake(0x1FE)
}

/// Somebody whose trail in the team has ended.
fn moved_on() -> Participant {
    nobodys_namesake(0x1FD)
}

/// Somebody who was born on another day than all others: that they are found no more is told on purpose (`DA3`).
fn nobodys_namesake(number: u128) -> Participant {
    let birth_date = BirthDate::parse("1985-12-09").ok();
    let new = NewParticipant { national_id: None, birth_date, ..samples::new_participant() };
    Participant::register(ParticipantId::new(id(number)), new, &by_spurv("2022-05-31")).unwrap().0
}

/// The world of the observers: an ordinary day, and an old trail.
fn with_an_old_trail() -> Scene {
    let mut trail = serde_json::to_value(ended(0x80_0000, &long_gone())).unwrap();
    trail["ending"]["on"] = "2016-08-01".into();
    let trail: Trail = serde_json::from_value(trail).unwrap();
    let since = Period::from(day("2022-01-01")).unwrap();
    let appointed = |scene: Scene, (who, role, over): (StaffId, Role, Option<&Office>)| {
        scene.with(&staff(who)).with(&appointed(who, role, over, since).unwrap())
    };
    let [specialist, supervisor] = others().map(|it| StaffId::new(it.id().as_uuid()));
    let scene = everyday()
        .with(&long_gone())
        .with(&trail)
        .with(&moved_on())
        .with(&ended(0x81_0000, &moved_on()))
        .with_member(specialist, &other_team(), Role::Specialist)
        .with_member(supervisor, &other_team(), Role::Supervisor);
    let (lead, adviser, auditor) = (StaffId::new(id(0x5F1)), StaffId::new(id(0x5F2)), StaffId::new(id(0x5F3)));
    [
        (lead, Role::ProfessionalLead, Some(&office())),
        (adviser, Role::MarketAdviser, None),
        (auditor, Role::Auditor, None),
    ]
    .into_iter()
    .fold(scene, appointed)
}

/// A trail of the team that has ended.
fn ended(number: u128, person: &Participant) -> Trail {
    let ending = Ending { on: day("2022-08-01"), reason: EndReason::Other(OtherEnding::MovedAway) };
    let trail = samples::opened_trail(TrailId::new(around(number)), spurv(), person);
    trail.end(ending, &[], &by_spurv("2022-08-01")).unwrap().0
}

fn new_team() -> crate::domain::NewTeam {
    commands::found_team().new
}

/// Somebody with an open trail, who are nobody else's.
fn case(number: u128) -> (Participant, Trail) {
    let person = person(ParticipantId::new(id(0x10_0000 + number)));
    let trail = trail_of(number, &person);
    (person, trail)
}

/// An open trail that is to be paused.
fn trail_of(number: u128, person: &Participant) -> Trail {
    let trail = samples::opened_trail(TrailId::new(around(number)), spurv(), person);
    trail.pause(planned_pause(), &by_spurv("2022-08-15")).unwrap().0
}

/// Adds a trail with all that questions list across trails: name, referral, proposal, cover, contact, job, education.
fn listed(scene: Scene, number: u128, person: &Participant, trail: &Trail) -> Scene {
    let (nth, by) = (|of: u128| id(of + number), by_spurv("2022-08-20"));
    let scene = NameEntry::all_of(person, trail).iter().fold(scene.with(trail), Scene::with);
    let transfer = samples::proposed_transfer(TransferId::new(nth(0xC0_0000)), trail, colleague());
    let mut transfer = serde_json::to_value(transfer).unwrap();
    transfer["to"]["team"] = trail.team().to_string().into();
    let transfer: Transfer = serde_json::from_value(transfer).unwrap();
    let (job, _) = Job::register(JobId::new(nth(0x90_0000)), trail, samples::new_job(), &by).unwrap();
    let terms = samples::education_terms();
    let (education, _) = Education::register(EducationId::new(nth(0xA0_0000)), trail, terms, &by).unwrap();
    let contact = EmployerContactId::new(nth(0xB0_0000));
    let (employer, new) = (samples::employer(), samples::new_employer_contact());
    let (contact, _) = EmployerContact::register(contact, trail, &employer, None, &[], new, &by).unwrap();
    scene
        .with(&referral(0x80_0000 + number, person, trail))
        .with(&transfer)
        .with(&samples::given_cover(trail, colleague(), CoverExtent::Read))
        .with(&contact)
        .with(&job)
        .with(&education)
}

/// A referral that waits in the team of a trail, shown to whom the trail is shown.
fn referral(number: u128, person: &Participant, trail: &Trail) -> ReceivedReferral {
    let mut referral = serde_json::to_value(samples::referral_of(number, person)).unwrap();
    referral["team"] = trail.team().to_string().into();
    referral["audience"] = trail.audience().code().into();
    serde_json::from_value(referral).unwrap()
}

/// An id that comes before those of the scene, or after them.
fn around(number: u128) -> Uuid {
    if number.is_multiple_of(2) { Uuid::from_u128(number) } else { id(0x30_0000 + number) }
}

/// The same trail in another team.
fn moved(trail: &Trail, team: TeamId) -> Trail {
    let mut json = serde_json::to_value(trail).unwrap();
    json["team"] = team.to_string().into();
    serde_json::from_value(json).unwrap()
}

/// Those who look, with what they may see of it all.
fn observers() -> Vec<(Actor, BTreeSet<Unseen>)> {
    use Unseen::{ConflictedTrail, ElsewhereAppointment, ElsewhereFormer, ElsewhereMember, ElsewhereOnlyFormer};
    let staff = |who, role| Actor::staff(who, [role], purpose_of(role));
    let [lead, adviser, auditor] = [0x5F1, 0x5F2, 0x5F3].map(|number| StaffId::new(id(number)));
    vec![
        (specialist(), BTreeSet::from([ConflictedTrail])),
        (supervisor(), BTreeSet::from([ConflictedTrail])),
        (staff(deputy(), Role::Specialist), BTreeSet::new()),
        (staff(ravn(), Role::LineManager), BTreeSet::new()),
        (user_support(), BTreeSet::from([ConflictedTrail, ElsewhereMember, ElsewhereAppointment])),
        (staff(lead, Role::ProfessionalLead), BTreeSet::from([ConflictedTrail])),
        (staff(adviser, Role::MarketAdviser), BTreeSet::new()),
        (staff(auditor, Role::Auditor), BTreeSet::new()),
        (Relation::Recipient.actor(Some(Role::Counsellor)), BTreeSet::new()),
        (Relation::Recipient.actor(Some(Role::TreatmentTeamMember)), BTreeSet::new()),
        (Relation::Guardian.actor(Some(Role::Guardian)), BTreeSet::new()),
        (Relation::Nobody.actor(None), BTreeSet::from([ElsewhereAppointment])),
        (Actor::participant(participant_id()), BTreeSet::from([ElsewhereFormer])),
        (Actor::participant(free()), BTreeSet::from([ElsewhereOnlyFormer])),
    ]
}

/// What a team does about somebody without a trail in it. The samples do it about those who have one.
fn about_the_free(visit: &mut Compare<'_>) {
    use commands::Visit;
    let (participant, team) = (free(), our_team().id());
    visit.visit(Over::Person, &ChangeProtection { participant, ..commands::change_protection() });
    visit.visit(Over::Person, &ReleaseTrails { participant, team });
    visit.visit(Over::Person, &ForgetParticipant { participant, team });
    visit.visit(
        Over::Team,
        &MergeParticipants { kept: free(), merged: participant_id(), ..commands::merge_participants() },
    );
}

/// What is asked about trails that have ended. The samples ask about those that are open.
fn about_the_ended(visit: &mut Compare<'_>) {
    use questions::Visit;
    let nowhere = TrailId::new(id(0xFFFF));
    for trail in [0x80_0000, 0x81_0000].map(|number| TrailId::new(around(number))) {
        visit.question("read_trail", Over::Trail, &ReadTrail { trail }, &ReadTrail { trail: nowhere });
        let history = |trail| TrailHistory::first(trail, Limit::new(2));
        visit.question("trail_history", Over::Trail, &history(trail), &history(nowhere));
        visit.question("held_about", Over::Trail, &HeldAbout { trail }, &HeldAbout { trail: nowhere });
        let standing = |trail| ReadConsentStanding { trail, notice: samples::notice().name().clone() };
        visit.question("read_consent_standing", Over::Trail, &standing(trail), &standing(nowhere));
        let profile = |trail| ReadCareerProfile { trail };
        visit.question("read_career_profile", Over::Trail, &profile(trail), &profile(nowhere));
        let checklist = |trail| EndingChecklist { trail, on: now().day() };
        visit.question("ending_checklist", Over::Trail, &checklist(trail), &checklist(nowhere));
    }
}

/// Asks and sends everything in both worlds, and compares.
struct Compare<'w> {
    actor: Actor,
    worlds: [&'w MemoryStore; 2],
    compared: BTreeSet<&'static str>,
}

fn told(error: &Error) -> Vec<u8> {
    serde_json::to_vec(error.rejection().unwrap_or_else(|| panic!("{error:?}"))).unwrap()
}

impl questions::Visit for Compare<'_> {
    fn question<Q: Question>(&mut self, name: &'static str, _: Over, there: &Q, nowhere: &Q)
    where
        Q::Answer: PartialEq + Debug,
    {
        self.compared.insert(name);
        for question in [there, nowhere] {
            let [without, with] = self.worlds.map(|world| block_on(desk(world).ask(&self.actor, question)));
            match (without, with) {
                (Ok(without), Ok(with)) => assert!(without == with, "{name}: {without:#?} and {with:#?}"),
                (Err(without), Err(with)) => assert_eq!(told(&without), told(&with), "{name}"),
                (without, with) => panic!("{name}: {without:?} and {with:?}"),
            }
        }
    }
}

impl commands::Visit for Compare<'_> {
    fn visit<C: Command + Debug>(&mut self, _: Over, command: &C) {
        let outcome = |world: &MemoryStore| {
            let done = block_on(desk(world.snapshot()).run(&self.actor, CommandId::new(id(0xC0)), command));
            done.map(|done| serde_json::to_value(done.reply).unwrap()).map_err(|error| told(&error))
        };
        let [without, with]: [Result<Json, Vec<u8>>; 2] = self.worlds.map(outcome);
        assert_eq!(without, with, "{}", C::NAME);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_somebody_may_not_see_makes_no_difference_to_them(
        unseen in proptest::collection::btree_map(0..Unseen::ALL.len(), 1_u128..0xF_FFFF, 1..6)
    ) {
        for (actor, seen) in observers() {
            // Given a world, and the same with more that the observer may not see.
            let unseen: Vec<_> = unseen
                .iter()
                .map(|(which, number)| (Unseen::ALL[*which], *number))
                .filter(|(unseen, _)| !seen.contains(unseen))
                .enumerate()
                .map(|(nth, (unseen, number))| (unseen, number * 7 + nth as u128))
                .collect();
            let scene = unseen.iter().fold(with_an_old_trail(), |scene, (unseen, number)| unseen.add(scene, *number));
            let (without, with) = (with_an_old_trail().store(), scene.store());
            for (unseen, number) in &unseen {
                unseen.act(&with, *number);
            }
            let mut compare = Compare { actor, worlds: [&without, &with], compared: BTreeSet::new() };
            // Then it answers the same.
            every_question(&mut compare);
            every_command(&mut compare);
            about_the_free(&mut compare);
            about_the_ended(&mut compare);
            prop_assert_eq!(compare.compared.len(), QUESTIONS.len());
        }
    }
}
