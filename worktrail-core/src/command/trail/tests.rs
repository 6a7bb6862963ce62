//! Tests of the commands about trails.

use super::*;
use crate::command::samples::{attested, end_trail, fresh_trail_id, newcomer, open, trail_id};
use crate::command::scene::{
    Scene, decide, everyday, free, member, now, our_team, person, specialist, supervisor, told,
};
use crate::domain::samples::{by_spurv, day, participant_id, ravn, spurv};
use crate::domain::{
    AddressProtection, BirthDate, DayOf, Formality, GoalKind, NewParticipant, OpenMatter, OtherEnding, Period,
    Protection, StaffShielding, TransferKind,
};
use crate::record::samples::{self, id};

fn refused<C: Command>(scene: Scene, command: &C) -> Rejection
where
    C::Reply: std::fmt::Debug,
{
    decide(&scene.picture(), &specialist(), command).unwrap_err()
}

/// The places that an open trail has in the list of names, one for each word of the name.
const NAMES: usize = 3;

/// The participant without a trail, with another birth date and protection.
fn free_but(born: Option<&str>, protection: Protection) -> Participant {
    let birth_date = born.map(|born| BirthDate::parse(born).unwrap());
    let new = NewParticipant { birth_date, protection, national_id: None, ..samples::new_participant() };
    Participant::register(free(), new, &by_spurv("2022-05-31")).unwrap().0
}

#[test]
fn a_trail_is_opened_with_its_attestations() {
    let decision = decide(&everyday().picture(), &specialist(), &open()).unwrap();
    assert_eq!(told(&decision), ["trail_opened", "attested", "attested", "attested"]);
    // the trail, its attestations, and the places in the list of names
    assert_eq!((*decision.reply(), decision.saved().len()), (open().trail, 4 + NAMES));
}

#[test]
fn i1_a_trail_is_opened_by_the_method_of_its_team() {
    let method = Method::SupportedEmployment;
    let other = OpenTrail { method, ..open() };
    assert_eq!(refused(everyday(), &other), Rejection::NotTheTeamsMethod { method });
}

#[test]
fn s105_row_9_an_owner_who_did_not_open_the_trail_is_asked() {
    // given a supervisor who opens a trail for a specialist; the specialist opens one for themself
    let (picture, own) = (everyday().picture(), OpenTrail { owner: None, ..open() });
    let assigned = decide(&picture, &supervisor(), &open()).unwrap();
    // then the trail is the specialist's at once, with the same records (DB13), and the question beside them
    let told_of = |decision| told::<TrailId>(decision).into_iter().filter(|it| *it != "transfer_proposed").collect();
    let own = decide(&picture, &specialist(), &own).unwrap();
    let (of_own, of_assigned): (Vec<_>, Vec<_>) = (told_of(&own), told_of(&assigned));
    assert_eq!(of_own, of_assigned);
    assert_eq!((own.saved().len(), assigned.saved().len()), (4 + NAMES, 5 + NAMES));
    let asked = assigned.facts().find_map(|fact| match fact {
        Fact::TransferProposed { kind, from, to, answer_by, .. } => Some((*kind, from.owner, to.owner, *answer_by)),
        _ => None,
    });
    assert_eq!(asked, Some((TransferKind::Assignment, ravn(), spurv(), day("2022-09-15"))));
}

#[test]
fn the_owner_is_who_acts_unless_somebody_is_named() {
    let owner_of = |actor, owner| {
        let decision = decide(&everyday().picture(), &actor, &OpenTrail { owner, ..open() })?;
        let owner = decision.facts().find_map(|fact| match fact {
            Fact::TrailOpened { owner, .. } => Some(*owner),
            _ => None,
        });
        Ok(owner)
    };
    let no_specialist = Err(Rejection::NotFound { what: Thing::Membership });
    assert_eq!(owner_of(specialist(), None), Ok(Some(spurv())));
    assert_eq!(owner_of(supervisor(), Some(spurv())), Ok(Some(spurv())));
    assert_eq!(owner_of(supervisor(), None), no_specialist, "a supervisor owns none");
    assert_eq!(owner_of(specialist(), Some(ravn())), no_specialist);
    assert_eq!(owner_of(specialist(), Some(newcomer())), no_specialist, "somebody without a membership");
}

#[test]
fn who_was_a_specialist_of_the_team_until_yesterday_owns_none() {
    let until = |last: &str| Period::between(day("2022-01-01"), day(last)).unwrap();
    let scene = |last: &str| everyday().with(&member(newcomer(), &our_team(), Role::Specialist, until(last)));
    let command = OpenTrail { owner: Some(newcomer()), ..open() };
    assert_eq!(refused(scene("2022-08-31"), &command), Rejection::NotFound { what: Thing::Membership });
    assert!(decide(&scene("2022-09-01").picture(), &specialist(), &command).is_ok());
}

#[test]
fn i2_da3_the_answer_is_the_same_for_a_trail_here_elsewhere_and_strict_protection() {
    let strict = Protection::new(AddressProtection::StrictlyConfidentialAbroad, StaffShielding::None);
    let here = OpenTrail { participant: participant_id(), ..open() };
    // Given somebody whose trail is withheld: to this team it might as well be another's.
    let elsewhere = OpenTrail { participant: ParticipantId::new(id(0x105)), ..open() };
    let answers = [
        refused(everyday(), &here),
        refused(everyday(), &elsewhere),
        refused(everyday().with(&free_but(Some("1985-12-08"), strict)), &open()),
        refused(everyday().with(&free_but(None, strict)), &OpenTrail { attestations: vec![], ..open() }),
    ];
    assert!(answers.iter().all(|answer| *answer == Rejection::CannotOpenHere), "{answers:?}");
}

#[test]
fn i2_s30_an_open_trail_of_whoever_was_merged_counts_too() {
    // given somebody who stands for another one, and that one's trail is open
    let (kept, merged, _) = person(free()).merge(samples::participant(), samples::line()).unwrap();
    let scene = everyday().with(&kept).with(&merged);
    assert_eq!(refused(scene, &open()), Rejection::CannotOpenHere);
}

#[test]
fn i4_dc7_every_fault_is_named_at_once() {
    let referral = Referral { referred_on: day("2022-09-02"), ..samples::referral() };
    let command = OpenTrail { referral, attestations: vec![], ..open() };
    let scene = everyday().with(&free_but(Some("2005-01-15"), Protection::default()));
    let missing = |formality| Rejection::AttestationMissing { formality };
    let faults = vec![
        Rejection::DateInFuture { day: DayOf::Referral },
        missing(Formality::RightPerson),
        missing(Formality::RightsInformation),
        missing(Formality::GuardianConsent),
    ];
    assert_eq!(refused(scene, &command), Rejection::Form(faults));
}

#[test]
fn dc7_a_minor_takes_a_guardian_and_a_child_is_refused() {
    let born = |born| everyday().with(&free_but(Some(born), Protection::default()));
    assert!(decide(&born("2005-01-15").picture(), &specialist(), &open()).is_ok());
    let without = OpenTrail { attestations: attested().into_iter().take(2).collect(), ..open() };
    let guardian = Rejection::AttestationMissing { formality: Formality::GuardianConsent };
    assert_eq!(refused(born("2005-01-15"), &without), guardian);
    assert_eq!(refused(born("2006-09-02"), &open()), Rejection::TooYoung { youngest: 16 });
}

#[test]
fn ids_are_used_once() {
    let exists = |what| Rejection::AlreadyExists { what };
    let trail = OpenTrail { trail: trail_id(), ..open() };
    assert_eq!(refused(everyday(), &trail), exists(Thing::Trail));
    let mut twice = open();
    twice.attestations[1].attestation = twice.attestations[0].attestation;
    assert_eq!(refused(everyday(), &twice), exists(Thing::Attestation), "within the command");
    let [taken, ..] = samples::attestations();
    let mut again = open();
    again.attestations[0].attestation = taken.id();
    assert_eq!(refused(everyday().with(&taken), &again), exists(Thing::Attestation));
    let attest = Attest { trail: trail_id(), attested: again.attestations.remove(0) };
    assert_eq!(refused(everyday().with(&taken), &attest), exists(Thing::Attestation));
    let missing = OpenTrail { participant: ParticipantId::new(id(0xEE)), ..open() };
    assert_eq!(refused(everyday(), &missing), Rejection::NotFound { what: Thing::Participant });
}

#[test]
fn a_trail_starts_once_and_leaves_its_first_phase() {
    let command = HoldStartUpMeeting { trail: fresh_trail_id(), on: now().day() };
    let decision = decide(&everyday().picture(), &specialist(), &command).unwrap();
    assert_eq!(told(&decision), ["start_up_meeting_held"]);
    let lifted = |fact: &Fact| matches!(fact, Fact::StartUpMeetingHeld { lifted_to: Some(Phase::Mapping), .. });
    assert!(decision.facts().any(lifted));
    let again = HoldStartUpMeeting { trail: trail_id(), on: now().day() };
    assert_eq!(refused(everyday(), &again), Rejection::AlreadyStarted { on: day("2022-06-02") });
}

#[test]
fn a_trail_moves_and_has_a_goal_until_it_ends() {
    let moved = MoveTo { trail: trail_id(), phase: Phase::StepDown, on: now().day() };
    let goal = |kind| SetMainGoal { trail: trail_id(), goal: MainGoal { kind, ..samples::main_goal() } };
    let picture = everyday().picture();
    assert_eq!(told(&decide(&picture, &specialist(), &moved).unwrap()), ["phase_changed"]);
    assert_eq!(told(&decide(&picture, &specialist(), &goal(GoalKind::Education)).unwrap()), ["main_goal_set"]);
    let advanced = AdvancePhase { trail: trail_id(), on: now().day() };
    assert_eq!(*decide(&picture, &specialist(), &advanced).unwrap().reply(), Phase::StepDown, "S114");
    let same = MoveTo { phase: Phase::Working, ..moved.clone() };
    assert_eq!(refused(everyday(), &same), Rejection::NothingChanges);
    let kind = GoalKind::WorkViaVocationalTraining;
    let not_ips = Rejection::GoalNotOfMethod { method: Method::Ips, goal: kind };
    assert_eq!(refused(everyday(), &goal(kind)), not_ips);
    let ended = || everyday().with(&samples::trail());
    let frozen = Rejection::TrailEnded { trail: trail_id() };
    assert_eq!(refused(ended(), &moved), frozen);
    assert_eq!(refused(ended(), &goal(GoalKind::Work)), frozen);
    assert_eq!(refused(ended(), &end_trail()), frozen);
}

#[test]
fn i9_a_trail_does_not_end_before_one_of_its_jobs_begins() {
    let decision = decide(&everyday().picture(), &specialist(), &end_trail()).unwrap();
    // What waited for an answer, and who covered it, are over with it (I10, DA16).
    assert_eq!(
        told(&decision),
        ["trail_ended", "ending_checked", "zero_exclusion_raised", "transfer_closed", "cover_ended"]
    );
    let open = |fact: &Fact| matches!(fact, Fact::EndingChecked { open, .. } if open.contains(&OpenMatter::JobOngoing));
    assert!(decision.facts().any(open), "row 44: what is open is noted");
    let unanswered = EndTrail { exclusion: None, ..end_trail() };
    assert_eq!(refused(everyday(), &unanswered), Rejection::ExclusionUnanswered, "DB10");
    // Given an ending on the day before the job begins; the phase was moved that day too.
    let [job, _] = samples::ongoing_jobs();
    let trail = samples::opened_trail(trail_id(), spurv(), &samples::participant());
    let reason = EndReason::Other(OtherEnding::MovedAway);
    let early = EndTrail { on: day("2022-08-14"), reason, trail: trail_id(), exclusion: None, entry: None };
    let late = Rejection::JobStartsAfterEnding { job: job.id(), from: day("2022-08-15") };
    assert_eq!(refused(everyday().with(&trail), &early), late);
    let on_the_day = EndTrail { on: day("2022-08-15"), ..early };
    assert!(decide(&everyday().with(&trail).picture(), &specialist(), &on_the_day).is_ok());
    assert_ne!(person(free()).id(), trail.participant());
}
