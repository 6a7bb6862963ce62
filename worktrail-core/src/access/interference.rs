//! Tests: what somebody may not see makes no difference to them. Two databases that differ only in that give them the same
//! answers, counts, cursors and refusals, to every question and every command.
//!
//! Three things are told on purpose, and are not tried here: that somebody named by number cannot be helped here (`DA3`);
//! that a unique value is taken, which says that something exists and nothing else; and to participants how much of each
//! kind is held about them, declared conflicts among it, though not whose (S30). The receipt of an accepted command
//! is left out as well: its place in the journal counts what everybody does.

use std::collections::BTreeSet;
use std::fmt::Debug;

use pollster::block_on;
use proptest::prelude::*;
use serde_json::Value as Json;
use uuid::Uuid;

use super::{Actor, Purpose};
use crate::command::samples::{self as commands, Over, colleague, deputy, every_command, planned_pause};
use crate::command::scene::{
    Scene, appointed, everyday, free, other_office, other_team, our_team, partial, person, purpose_of, specialist,
    staff, supervisor, user_support,
};
use crate::command::{ChangeProtection, Command, ForgetParticipant, MergeParticipants, ReleaseTrails};
use crate::desk::Error;
use crate::desk::spy::desk;
use crate::domain::samples::{by_spurv, day, participant_id, ravn, spurv};
use crate::domain::{
    ActorId, CoverExtent, Education, EducationId, EmployerContact, EmployerContactId, EndReason, Ending, Guardianship,
    GuardianshipId, Job, JobId, NameEntry, Narrative, NarrativeId, NarrativeText, OtherEnding, Participant,
    ParticipantId, Period, ReceivedReferral, Recipient, Role, StaffId, Team, TeamId, Topic, Trail, TrailId, Transfer,
    TransferId,
};
use crate::question::samples::{self as questions, every_question};
use crate::question::{QUESTIONS, Question};
use crate::record::samples::{self, id};
use crate::store::{CommandId, MemoryStore};

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
    /// A trail of the team, of somebody towards whom the deputy declared a conflict of interest, with all that is listed
    /// across trails.
    ConflictedTrail,
}

impl Unseen {
    const ALL: [Self; 12] = [
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
            Self::ConflictedTrail => {
                let close = person(ParticipantId::new(id(0x107)));
                listed(scene, number, &close, &trail_of(number, &close))
            }
        }
    }
}

/// Somebody whose trail in the team ended so long ago that everything about it is due.
fn long_gone() -> Participant {
    person(ParticipantId::new(id(0x1FE)))
}

/// The world of the observers: an ordinary day, and an old trail.
fn with_an_old_trail() -> Scene {
    let mut trail = serde_json::to_value(ended(0x80_0000, &long_gone())).unwrap();
    trail["ending"]["on"] = "2016-08-01".into();
    let trail: Trail = serde_json::from_value(trail).unwrap();
    everyday().with(&long_gone()).with(&trail)
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
    let outside = ActorId::new(id(0x5C0));
    let counsellor = Actor::recipient(outside, Role::Counsellor, Recipient::Counsellor, Purpose::FollowUp);
    vec![
        (specialist(), BTreeSet::from([ConflictedTrail])),
        (supervisor(), BTreeSet::from([ConflictedTrail])),
        (staff(deputy(), Role::Specialist), BTreeSet::new()),
        (staff(ravn(), Role::LineManager), BTreeSet::new()),
        (user_support(), BTreeSet::from([ConflictedTrail, ElsewhereMember, ElsewhereAppointment])),
        (counsellor, BTreeSet::new()),
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
        if name == "held_about" && self.actor.id() == participant_id().into() {
            return;
        }
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
            let scene = unseen
                .iter()
                .map(|(which, number)| (Unseen::ALL[*which], *number))
                .filter(|(unseen, _)| !seen.contains(unseen))
                .enumerate()
                .fold(with_an_old_trail(), |scene, (nth, (unseen, number))| unseen.add(scene, number * 7 + nth as u128));
            let (without, with) = (with_an_old_trail().store(), scene.store());
            let mut compare = Compare { actor, worlds: [&without, &with], compared: BTreeSet::new() };
            // Then it answers the same.
            every_question(&mut compare);
            every_command(&mut compare);
            about_the_free(&mut compare);
            prop_assert_eq!(compare.compared.len(), QUESTIONS.len());
        }
    }
}
