//! Tests of transfers: who is asked, what comes with the trail, and what each side sees.

use pollster::block_on;

use super::super::samples::{
    assignment_id, change_protection, colleague, fresh_trail_id, handover_id, newcomer, propose_transfer,
    reassign_trail, trail_id,
};
use super::super::scene::{
    Scene, cleared_team, decide, everyday, member, now, other_team, our_team, person, specialist, supervisor, told,
    user_support,
};
use super::*;
use crate::access::{Actor, Purpose};
use crate::command::{ChangeProtection, EndTrail, ForgetParticipant, ReleaseTrails};
use crate::desk::Desk;
use crate::desk::spy::desk;
use crate::domain::samples::{by_spurv, day, participant_id, ravn, spurv, team};
use crate::domain::{
    AddressProtection, Authorship, EndReason, Fact, OtherEnding, ParticipantId, Period, Protection, StaffId,
    StaffShielding, TeamId, TransferStatus,
};
use crate::question::{
    Portfolio, ReadTrail, TeamTransfers, TrailTransfers, TransferWay, WaitingTransfer, WaitingTransfers,
};
use crate::record::samples::{self, id};
use crate::store::{CommandId, Limit, PageRequest};

fn acting(who: StaffId) -> Actor {
    Actor::staff(who, [Role::Specialist], Purpose::FollowUp)
}

fn page() -> PageRequest {
    PageRequest::first(Limit::MAX)
}

/// ORRE, a specialist of the other team.
fn orre() -> StaffId {
    StaffId::new(id(0x508))
}

fn with_orre() -> Scene {
    everyday().with_member(orre(), &other_team(), Role::Specialist)
}

/// The trail that was only opened, proposed to ORRE in the other team.
fn to_orre() -> ProposeTransfer {
    ProposeTransfer { to: Ownership { team: other_team().id(), owner: orre() }, ..propose_transfer() }
}

fn run<C: Command>(desk: &Desk<'_>, actor: &Actor, number: u128, command: &C) -> Result<(), Rejection> {
    let done = block_on(desk.run(actor, CommandId::new(id(number)), command));
    done.map(|_| ()).map_err(|error| error.rejection().cloned().expect("a refusal"))
}

fn waiting(desk: &Desk<'_>, who: StaffId, team: TeamId) -> Vec<WaitingTransfer> {
    block_on(desk.ask(&acting(who), &WaitingTransfers { team, page: page() })).expect("answered").items
}

#[test]
fn i21_db6_the_owner_proposes_and_the_new_owner_accepts() {
    let picture = everyday().picture();
    // given a proposal to a colleague; when the colleague accepts
    let decision = decide(&picture, &acting(colleague()), &AcceptTransfer { transfer: handover_id() }).unwrap();
    // then the trail is theirs, and who covered it for the former owner does so no more
    assert_eq!(told(&decision), ["transfer_accepted", "trail_handed_over", "cover_ended"]);
    let handed = decision.facts().find_map(|fact| match fact {
        Fact::TrailHandedOver { from, to, .. } => Some((from.owner, to.owner)),
        _ => None,
    });
    assert_eq!((*decision.reply(), handed), (trail_id(), Some((spurv(), colleague()))));
    // and nobody else answers for them but the supervisor: not the owner who proposed it
    let missing = Rejection::NotFound { what: Thing::Transfer };
    let accept = AcceptTransfer { transfer: handover_id() };
    assert_eq!(decide(&picture, &specialist(), &accept).unwrap_err(), missing);
    assert!(decide(&picture, &supervisor(), &accept).is_ok());
}

#[test]
fn i21_only_a_present_specialist_is_asked_or_takes_over() {
    let picture = everyday().picture();
    let to = |owner| ProposeTransfer { to: Ownership { team: team(), owner }, ..propose_transfer() };
    let missing = Rejection::NotFound { what: Thing::Membership };
    for nobody in [newcomer(), ravn(), StaffId::new(id(0xEE))] {
        assert_eq!(decide(&picture, &specialist(), &to(nobody)).unwrap_err(), missing);
    }
    assert!(decide(&picture, &specialist(), &to(colleague())).is_ok());
    // given that the colleague has left since; then the supervisor cannot accept for them
    let left = Period::between(day("2022-01-01"), day("2022-08-31")).unwrap();
    let gone = everyday().with(&member(colleague(), &our_team(), Role::Specialist, left)).picture();
    let accept = AcceptTransfer { transfer: handover_id() };
    assert_eq!(decide(&gone, &supervisor(), &accept).unwrap_err(), missing);
}

#[test]
fn i21_one_proposal_waits_at_a_time_and_a_lapsed_one_makes_room() {
    // given a trail with a proposal that waits
    let again = ProposeTransfer { trail: trail_id(), ..propose_transfer() };
    let waits = Rejection::AlreadyExists { what: Thing::Transfer };
    assert_eq!(decide(&everyday().picture(), &specialist(), &again).unwrap_err(), waits);
    // when nobody answered in time, then the next one is made, and the former is closed as lapsed
    let terms = TransferTerms { answer_by: day("2022-08-31"), ..samples::transfer_terms() };
    let by = by_spurv("2022-08-30");
    let to = (&our_team(), colleague());
    let (lapsed, _) = Transfer::propose(handover_id(), &samples::open_trail(), to, terms, &by).unwrap();
    let scene = || everyday().with(&lapsed);
    let decision = decide(&scene().picture(), &specialist(), &again).unwrap();
    assert_eq!(told(&decision), ["transfer_closed", "transfer_proposed"]);
    // and it is answered by nobody, nor shown
    let over = Rejection::AlreadyEnded { what: Thing::Transfer, on: day("2022-08-31") };
    let accept = AcceptTransfer { transfer: handover_id() };
    assert_eq!(decide(&scene().picture(), &acting(colleague()), &accept).unwrap_err(), over);
    assert_eq!(waiting(&desk(scene().store()), colleague(), team()), []);
}

#[test]
fn i21_the_receiving_team_sees_nothing_but_the_proposal_until_it_accepts() {
    let desk = desk(with_orre().store());
    let orre_reads = || block_on(desk.ask(&acting(orre()), &ReadTrail { trail: fresh_trail_id() })).is_ok();
    let owned = |who, team| {
        let page = block_on(desk.ask(&acting(who), &Portfolio { team, phase: None, page: page() })).unwrap();
        page.items.iter().any(|line| line.trail == fresh_trail_id())
    };
    // given a proposal to a specialist of another team
    run(&desk, &specialist(), 1, &to_orre()).unwrap();
    let seen = waiting(&desk, orre(), other_team().id());
    let [proposal] = &seen[..] else { panic!("one proposal: {seen:?}") };
    assert_eq!((proposal.trail, proposal.from.owner, proposal.proposed_on), (fresh_trail_id(), spurv(), now().day()));
    assert!(!orre_reads(), "the trail itself is not there");
    assert_eq!(waiting(&desk, colleague(), team()).len(), 1, "only the one to the colleague");
    let outgoing = TeamTransfers { team: team(), way: TransferWay::Outgoing, page: page() };
    assert_eq!(block_on(desk.ask(&supervisor(), &outgoing)).unwrap().items.len(), 2);
    // when it is accepted, then it is the other team's, whole, and the former owner's no more
    run(&desk, &acting(orre()), 2, &AcceptTransfer { transfer: to_orre().transfer }).unwrap();
    assert!(orre_reads() && owned(orre(), other_team().id()) && !owned(spurv(), team()));
    let gone = block_on(desk.ask(&specialist(), &ReadTrail { trail: fresh_trail_id() }));
    assert_eq!(gone.unwrap_err().rejection(), Some(&Rejection::NotFound { what: Thing::Trail }));
    assert_eq!(waiting(&desk, orre(), other_team().id()), []);
    // and the note and the way it went are there to read
    let transfers = block_on(desk.ask(&acting(orre()), &TrailTransfers { trail: fresh_trail_id() })).unwrap();
    let accepted = transfers.iter().find(|it| it.id() == to_orre().transfer).unwrap();
    assert_eq!(accepted.status_on(now().day()), TransferStatus::Accepted);
    assert!(accepted.terms().note.is_some());
}

#[test]
fn i21_what_is_returned_stays_and_its_reason_is_told() {
    let desk = desk(with_orre().store());
    run(&desk, &specialist(), 1, &to_orre()).unwrap();
    let give_back = ReturnTransfer { transfer: to_orre().transfer, reason: samples::text() };
    run(&desk, &acting(orre()), 2, &give_back).unwrap();
    assert!(block_on(desk.ask(&specialist(), &ReadTrail { trail: fresh_trail_id() })).is_ok());
    assert!(block_on(desk.ask(&acting(orre()), &ReadTrail { trail: fresh_trail_id() })).is_err());
    let transfers = block_on(desk.ask(&specialist(), &TrailTransfers { trail: fresh_trail_id() })).unwrap();
    let returned = transfers.iter().find(|it| it.id() == to_orre().transfer).unwrap();
    assert!(returned.closing().is_some_and(|closing| closing.reason().is_some()));
    // and the way is free for the next proposal
    let next = ProposeTransfer { transfer: TransferId::new(id(0xD99)), ..propose_transfer() };
    run(&desk, &specialist(), 3, &next).unwrap();
}

#[test]
fn s105_an_assignment_is_kept_or_goes_back_to_a_specialist_who_opened_it() {
    let picture = everyday().picture();
    let keep = decide(&picture, &specialist(), &AcceptTransfer { transfer: assignment_id() }).unwrap();
    assert_eq!(told(&keep), ["transfer_accepted"]);
    let give_back = ReturnTransfer { transfer: assignment_id(), reason: samples::text() };
    // given that a supervisor opened it: it stays until it is given to somebody else
    assert_eq!(told(&decide(&picture, &specialist(), &give_back).unwrap()), ["transfer_returned"]);
    // given that a colleague did: it goes back to them
    let trail = samples::opened_trail(fresh_trail_id(), spurv(), &person(waiting_person()));
    let by = Authorship::new(colleague(), now());
    let (assigned, _) = Transfer::assign(assignment_id(), &trail, &by).unwrap();
    let decision = decide(&everyday().with(&assigned).picture(), &specialist(), &give_back).unwrap();
    assert_eq!(told(&decision), ["transfer_returned", "trail_handed_over"]);
}

fn waiting_person() -> ParticipantId {
    ParticipantId::new(id(0x106))
}

#[test]
fn db6_a_supervisor_gives_a_trail_to_somebody_in_one_act_whatever_is_proposed() {
    let decision = decide(&everyday().picture(), &supervisor(), &reassign_trail()).unwrap();
    let all = ["transfer_proposed", "transfer_accepted", "trail_handed_over", "transfer_closed", "cover_ended"];
    assert_eq!(told(&decision), all);
    // and to another team only with its supervisor's right too
    let elsewhere = ReassignTrail { to: to_orre().to, ..reassign_trail() };
    let missing = Rejection::NotFound { what: Thing::Team };
    assert_eq!(decide(&with_orre().picture(), &supervisor(), &elsewhere).unwrap_err(), missing);
    let of_both =
        with_orre().with(&member(ravn(), &other_team(), Role::Supervisor, Period::from(day("2022-01-01")).unwrap()));
    assert!(decide(&of_both.picture(), &supervisor(), &elsewhere).is_ok());
    // and not the owner: they propose
    let own = Rejection::NotAllowed { right: "reassign_trail" };
    assert_eq!(decide(&everyday().picture(), &specialist(), &reassign_trail()).unwrap_err(), own);
}

#[test]
fn db6_user_support_gives_a_trail_to_somebody_with_a_reason_only() {
    let support = user_support();
    assert!(decide(&everyday().picture(), &support, &reassign_trail()).is_ok());
    let terms = TransferTerms { reason: None, ..samples::transfer_terms() };
    let silent = ReassignTrail { terms, ..reassign_trail() };
    assert_eq!(decide(&everyday().picture(), &support, &silent).unwrap_err(), Rejection::SupportWithoutReason);
    assert!(decide(&everyday().picture(), &supervisor(), &silent).is_ok());
}

fn with_orre_in_the_cleared_team() -> Scene {
    everyday().with(&cleared_team()).with_member(orre(), &cleared_team(), Role::Specialist)
}

#[test]
fn da4_to_an_ordinary_team_a_cleared_one_is_not_there_to_propose_a_trail_to() {
    let to = Ownership { team: cleared_team().id(), owner: orre() };
    let missing = Rejection::NotFound { what: Thing::Team };
    for actor in [specialist(), supervisor()] {
        // given a cleared team, or no such team, then the answer is the same
        for scene in [with_orre_in_the_cleared_team(), everyday()] {
            let propose = ProposeTransfer { to, ..propose_transfer() };
            assert_eq!(decide(&scene.picture(), &actor, &propose).unwrap_err(), missing);
        }
    }
    for scene in [with_orre_in_the_cleared_team(), everyday()] {
        let reassign = ReassignTrail { to, ..reassign_trail() };
        assert_eq!(decide(&scene.picture(), &supervisor(), &reassign).unwrap_err(), missing);
    }
}

#[test]
fn da4_user_support_gives_a_cleared_team_a_trail_which_is_its_own_from_then_on() {
    let desk = desk(with_orre_in_the_cleared_team().store());
    let reads = |who: &Actor| block_on(desk.ask(who, &ReadTrail { trail: trail_id() })).map(|file| file.trail);
    // given a trail of an ordinary team, with a proposal that waits
    assert!(reads(&specialist()).is_ok() && reads(&acting(orre())).is_err());
    // when user support gives it to a cleared team, then nobody else sees it, nor how it came there
    let reassign = ReassignTrail { to: Ownership { team: cleared_team().id(), owner: orre() }, ..reassign_trail() };
    run(&desk, &user_support(), 1, &reassign).unwrap();
    assert_eq!(reads(&acting(orre())).unwrap().audience(), TrailAudience::Cleared);
    for gone in [specialist(), supervisor()] {
        assert_eq!(reads(&gone).unwrap_err().rejection(), Some(&Rejection::NotFound { what: Thing::Trail }));
    }
    let transfers = block_on(desk.ask(&acting(orre()), &TrailTransfers { trail: trail_id() })).unwrap();
    let shown: Vec<_> = transfers.iter().map(|it| (it.id(), it.audience())).collect();
    assert!(shown.contains(&(reassign.transfer, TrailAudience::Cleared)));
    assert!(shown.iter().all(|(_, audience)| *audience == TrailAudience::Cleared), "{shown:?}");
    // and user support takes it from there no more
    let again = ReassignTrail { transfer: TransferId::new(id(0xD99)), ..reassign_trail() };
    assert_eq!(run(&desk, &user_support(), 2, &again).unwrap_err(), Rejection::NotFound { what: Thing::Trail });
}

#[test]
fn da4_a_strictly_protected_persons_trail_is_not_proposed_to_an_ordinary_team() {
    // given a trail of a cleared team's, and its participant strictly protected
    let strict = Protection::new(AddressProtection::StrictlyConfidential, StaffShielding::None);
    let (protected, _) = person(waiting_person()).change_protection(strict, &by_spurv("2022-08-20")).unwrap();
    let trail = samples::opened_trail(fresh_trail_id(), spurv(), &person(waiting_person()));
    let (trail, _) = trail.hand_over(&cleared_team(), orre()).unwrap();
    let supervised = || with_orre_in_the_cleared_team().with_member(ravn(), &cleared_team(), Role::Supervisor);
    let scene = supervised().with(&protected).with(&trail).picture();
    // when a supervisor of both teams gives it to a specialist of the ordinary one, then it is refused
    let give = ReassignTrail { trail: trail.id(), to: propose_transfer().to, ..reassign_trail() };
    assert_eq!(decide(&scene, &supervisor(), &give).unwrap_err(), Rejection::StrictlyProtected);
    // and without the protection it is not, and is withheld there until it is released
    let ordinary = supervised().with(&trail).picture();
    let decision = decide(&ordinary, &supervisor(), &give).unwrap();
    assert!(told(&decision).contains(&"trail_handed_over"), "{:?}", told(&decision));
}

#[test]
fn da4_a_cleared_team_asks_no_ordinary_one_whose_lists_could_not_show_it() {
    // given a trail of a cleared team's, whose participant is not protected any more
    let trail = samples::opened_trail(fresh_trail_id(), spurv(), &person(waiting_person()));
    let (trail, _) = trail.hand_over(&cleared_team(), orre()).unwrap();
    let scene = with_orre_in_the_cleared_team().with(&trail).picture();
    // when its owner proposes it to a specialist of an ordinary team, then it is refused
    assert_eq!(decide(&scene, &acting(orre()), &propose_transfer()).unwrap_err(), Rejection::NotFromClearedTeam);
    // and within the cleared team it is not
    let both = with_orre_in_the_cleared_team().with_member(colleague(), &cleared_team(), Role::Specialist);
    let to = Ownership { team: cleared_team().id(), owner: colleague() };
    let proposed = decide(&both.with(&trail).picture(), &acting(orre()), &ProposeTransfer { to, ..propose_transfer() });
    assert_eq!(told(&proposed.unwrap()).last(), Some(&"transfer_proposed"));
}

#[test]
fn da4_a_trail_does_not_leave_its_cleared_team_when_the_protection_rose_after_it_was_proposed() {
    // given a trail of a cleared team's that was proposed to a specialist of an ordinary one
    let trail = samples::opened_trail(fresh_trail_id(), spurv(), &person(waiting_person()));
    let (trail, _) = trail.hand_over(&cleared_team(), orre()).unwrap();
    let proposed = samples::proposed_transfer(propose_transfer().transfer, &trail, colleague());
    let scene = || with_orre_in_the_cleared_team().with(&trail).with(&proposed);
    let accept = AcceptTransfer { transfer: proposed.id() };
    let give_back = ReturnTransfer { transfer: proposed.id(), reason: samples::text() };
    assert!(decide(&scene().picture(), &acting(colleague()), &accept).is_ok());
    // when the participant becomes strictly protected before it is answered
    let strict = Protection::new(AddressProtection::StrictlyConfidential, StaffShielding::None);
    let (protected, _) = person(waiting_person()).change_protection(strict, &by_spurv("2022-08-31")).unwrap();
    let picture = scene().with(&protected).picture();
    // then to the ordinary team it is not there to answer, as little as one that never was
    let missing = Rejection::NotFound { what: Thing::Transfer };
    for receiver in [acting(colleague()), supervisor()] {
        assert_eq!(decide(&picture, &receiver, &accept).unwrap_err(), missing);
        assert_eq!(decide(&picture, &receiver, &give_back).unwrap_err(), missing);
    }
    // and whoever proposed it takes it back
    let withdraw = WithdrawTransfer { transfer: proposed.id(), trail: trail.id() };
    assert_eq!(told(&decide(&picture, &acting(orre()), &withdraw).unwrap()), ["transfer_closed"]);
}

#[test]
fn da16_a_cover_ends_when_the_trail_comes_to_another_team_with_its_owner() {
    // given an owner who is a specialist of two teams, and whose trail somebody covers
    let both = everyday().with_member(spurv(), &other_team(), Role::Specialist);
    let to = Ownership { team: other_team().id(), owner: spurv() };
    let decision = decide(&both.picture(), &user_support(), &ReassignTrail { to, ..reassign_trail() }).unwrap();
    // when the trail moves to the other team and stays theirs, then the cover ends
    assert!(told(&decision).contains(&"cover_ended"), "{:?}", told(&decision));
}

#[test]
fn da4_user_support_gives_a_withheld_trail_to_a_cleared_team_and_to_no_other() {
    // given a trail that nobody has, and a cleared team with a specialist
    let (cleared, scene) = (cleared_team(), with_orre_in_the_cleared_team);
    let to = |team| ReassignTrail {
        trail: super::super::samples::withheld_trail_id(),
        to: Ownership { team, owner: orre() },
        ..reassign_trail()
    };
    let decision = decide(&scene().picture(), &user_support(), &to(cleared.id())).unwrap();
    assert!(told(&decision).contains(&"trail_handed_over"));
    let ordinary = with_orre().picture();
    let missing = Rejection::NotFound { what: Thing::Trail };
    assert_eq!(decide(&ordinary, &user_support(), &to(other_team().id())).unwrap_err(), missing);
    // and nobody else finds it, whatever team they name
    assert_eq!(decide(&scene().picture(), &supervisor(), &to(cleared.id())).unwrap_err(), missing);
}

#[test]
fn i10_with_the_trail_ends_what_waited_for_an_answer() {
    let desk = desk(everyday().store());
    let end = EndTrail {
        trail: trail_id(),
        on: now().day(),
        reason: EndReason::Other(OtherEnding::MovedAway),
        exclusion: None,
        entry: None,
    };
    run(&desk, &specialist(), 1, &end).unwrap();
    assert_eq!(waiting(&desk, colleague(), team()), []);
    let accept = run(&desk, &acting(colleague()), 2, &AcceptTransfer { transfer: handover_id() });
    assert_eq!(accept.unwrap_err(), Rejection::TrailEnded { trail: trail_id() });
    let give_back = ReturnTransfer { transfer: handover_id(), reason: samples::text() };
    let returned = run(&desk, &acting(colleague()), 5, &give_back);
    assert_eq!(returned.unwrap_err(), Rejection::TrailEnded { trail: trail_id() });
    // and nothing of it stays when the participant is forgotten
    run(&desk, &supervisor(), 3, &ForgetParticipant { participant: participant_id(), team: team() }).unwrap();
    let accept = run(&desk, &acting(colleague()), 4, &AcceptTransfer { transfer: handover_id() });
    assert_eq!(accept.unwrap_err(), Rejection::NotFound { what: Thing::Transfer });
}

#[test]
fn da4_the_proposal_of_a_withheld_trail_is_not_there_until_it_is_released() {
    let desk = desk(everyday().store());
    run(&desk, &supervisor(), 1, &change_protection()).unwrap();
    assert_eq!(waiting(&desk, colleague(), team()), []);
    let accept = AcceptTransfer { transfer: handover_id() };
    let missing = Rejection::NotFound { what: Thing::Transfer };
    assert_eq!(run(&desk, &acting(colleague()), 2, &accept).unwrap_err(), missing);
    let mild = ChangeProtection { protection: Protection::default(), ..change_protection() };
    run(&desk, &supervisor(), 3, &mild).unwrap();
    run(&desk, &supervisor(), 4, &ReleaseTrails { participant: participant_id(), team: team() }).unwrap();
    assert_eq!(waiting(&desk, colleague(), team()).len(), 1);
    run(&desk, &acting(colleague()), 5, &accept).unwrap();
}

#[test]
fn a_proposal_is_taken_back_by_the_owner_and_another_trails_is_not_there() {
    let picture = everyday().picture();
    let withdraw = WithdrawTransfer { transfer: handover_id(), trail: trail_id() };
    assert_eq!(told(&decide(&picture, &specialist(), &withdraw).unwrap()), ["transfer_closed"]);
    let foreign = WithdrawTransfer { trail: fresh_trail_id(), ..withdraw };
    assert_eq!(decide(&picture, &specialist(), &foreign).unwrap_err(), Rejection::NotFound { what: Thing::Transfer });
}
