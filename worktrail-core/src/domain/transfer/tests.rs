//! Tests of transfers, and of a trail that changes hands.

use proptest::prelude::*;
use uuid::Uuid;

use super::super::method::Method;
use super::super::phase::Phase;
use super::super::samples::{by_spurv, day, ravn, spurv, team};
use super::super::team::NewTeam;
use super::super::text::Line;
use super::super::trail::samples::{ended, started};
use super::*;

fn id() -> TransferId {
    TransferId::new(Uuid::from_u128(1))
}

fn orre() -> StaffId {
    StaffId::new(Uuid::from_u128(0x5_0003))
}

fn team_of(id: TeamId, method: Method) -> Team {
    let name = Line::parse("IPS Bærum").expect("a name");
    Team::register(id, NewTeam { name, method }, &by_spurv("2022-01-03")).0
}

fn terms(answer_by: &str) -> TransferTerms {
    TransferTerms { note: Text::parse("Trives best ute").ok(), reason: None, answer_by: day(answer_by) }
}

fn trail() -> Trail {
    started("2022-05-27", "2022-06-02")
}

fn proposed() -> Transfer {
    let to = (&team_of(team(), Method::Ips), orre());
    Transfer::propose(id(), &trail(), to, terms("2022-06-20"), &by_spurv("2022-06-10")).expect("proposed").0
}

#[test]
fn i21_a_proposal_waits_until_it_is_answered_or_its_last_day_is_over() {
    // given a proposal that can be answered until the 20th
    let waiting = proposed();
    assert_eq!(waiting.status_on(day("2022-06-20")), TransferStatus::Proposed);
    assert_eq!(waiting.status_on(day("2022-06-21")), TransferStatus::Lapsed);
    assert_eq!(waiting.open_for(), Some(trail().id()));
    // when it is accepted on its last day, then it is closed and waits no more
    let (accepted, fact) = waiting.clone().accept(&by_spurv("2022-06-20")).expect("accepted");
    assert_eq!((accepted.status_on(day("2023-01-01")), fact.code()), (TransferStatus::Accepted, "transfer_accepted"));
    assert_eq!(accepted.open_for(), None);
    // and neither it nor a lapsed one is answered again
    let again = Rejection::AlreadyEnded { what: Thing::Transfer, on: day("2022-06-20") };
    assert_eq!(accepted.clone().accept(&by_spurv("2022-06-20")).unwrap_err(), again);
    assert_eq!(accepted.withdraw(&by_spurv("2022-06-20")).unwrap_err(), again);
    assert_eq!(waiting.accept(&by_spurv("2022-06-21")).unwrap_err(), again);
}

#[test]
fn i21_a_proposal_is_returned_with_a_reason() {
    let reason: Text<500> = Text::parse("Har ikke plass").expect("a text");
    let (returned, fact) = proposed().give_back(reason.clone(), &by_spurv("2022-06-11")).expect("returned");
    assert_eq!(returned.closing().and_then(TransferClosing::reason), Some(&reason));
    assert_eq!(fact, Fact::TransferReturned { transfer: id(), trail: trail().id(), reason });
}

#[test]
fn i21_all_that_is_wrong_with_a_proposal_is_said_at_once() {
    let by = by_spurv("2022-06-10");
    let ours = team_of(team(), Method::Ips);
    let refused = Transfer::propose(id(), &trail(), (&ours, spurv()), terms("2022-06-09"), &by).unwrap_err();
    let faults = vec![
        Rejection::DateBefore { day: DayOf::TransferAnswer, earliest: day("2022-06-10") },
        Rejection::NothingChanges,
    ];
    assert_eq!(refused, Rejection::Form(faults));
    // nor does a trail come to a team of another method, or wait for an answer beyond the years
    let theirs = team_of(TeamId::new(Uuid::from_u128(0x7_0009)), Method::SupportedEmployment);
    let other_method = Transfer::propose(id(), &trail(), (&theirs, orre()), terms("2022-06-20"), &by);
    assert_eq!(other_method.unwrap_err(), Rejection::NotTheTeamsMethod { method: Method::Ips }, "I1");
    let never = Transfer::propose(id(), &trail(), (&ours, orre()), terms("+10000-01-01"), &by);
    assert_eq!(never.unwrap_err(), Rejection::DateOutOfRange { day: DayOf::TransferAnswer });
    // and what can be answered on the day of the act is proposed
    assert!(Transfer::propose(id(), &trail(), (&ours, orre()), terms("2022-06-10"), &by).is_ok());
}

#[test]
fn i10_an_ended_trail_is_not_handed_over() {
    let refused = Rejection::TrailEnded { trail: ended().id() };
    let to = (&team_of(team(), Method::Ips), orre());
    let by = by_spurv("2023-03-01");
    assert_eq!(Transfer::propose(id(), &ended(), to, terms("2023-03-02"), &by).unwrap_err(), refused);
    assert_eq!(ended().hand_over(to.0, orre()).unwrap_err(), refused);
}

#[test]
fn db10_a_trail_that_changes_hands_goes_on_as_it_was() {
    // given a trail in mapping
    let before = trail();
    let to = Ownership { team: TeamId::new(Uuid::from_u128(0x7_0009)), owner: orre() };
    let (ours, theirs) = (team_of(team(), Method::Ips), team_of(to.team, Method::Ips));
    // when it comes to somebody in another team
    let (after, fact) = before.clone().hand_over(&theirs, orre()).expect("handed over");
    // then only the team and the owner are others
    assert_eq!((after.ownership(), after.phase(), after.is_ended()), (to, Phase::Mapping, false));
    assert_eq!(after.hand_over(&ours, before.owner()).expect("and back").0, before);
    assert_eq!(fact, Fact::TrailHandedOver { trail: before.id(), from: before.ownership(), to });
    assert_eq!(before.clone().hand_over(&ours, before.owner()).unwrap_err(), Rejection::NothingChanges);
}

#[test]
fn s105_an_assignment_asks_the_owner_for_fourteen_days_and_oneself_nothing() {
    let (by_ravn, by) = (Authorship::new(ravn(), by_spurv("2022-06-10").at()), by_spurv("2022-06-10"));
    assert_eq!(Transfer::assign(id(), &trail(), &by), None);
    let (assigned, _) = Transfer::assign(id(), &trail(), &by_ravn).expect("assigned");
    assert_eq!((assigned.kind(), assigned.to()), (TransferKind::Assignment, trail().ownership()));
    assert_eq!(assigned.from(), Ownership { team: team(), owner: ravn() });
    assert_eq!(assigned.status_on(day("2022-06-24")), TransferStatus::Proposed);
    assert_eq!(assigned.status_on(day("2022-06-25")), TransferStatus::Lapsed);
    // and it fits the trail for as long as the trail is theirs
    assert!(assigned.fits(&trail()) && proposed().fits(&trail()) && !assigned.fits(&ended()));
    let (elsewhere, _) = trail().hand_over(&team_of(team(), Method::Ips), orre()).expect("handed over");
    assert!(!assigned.fits(&elsewhere) && !proposed().fits(&elsewhere));
}

#[test]
fn da4_a_transfer_is_shown_to_whom_its_trail_is() {
    let (withheld, _) = trail().withhold();
    assert_ne!(proposed().audience(), withheld.audience());
    assert_eq!(proposed().shown_like(&withheld).audience(), withheld.audience());
}

#[test]
fn what_is_left_behind_says_whether_it_had_lapsed() {
    for (on, status) in [("2022-06-20", TransferStatus::Overtaken), ("2022-06-21", TransferStatus::Lapsed)] {
        let (left, _) = proposed().leave_behind(&by_spurv(on));
        assert_eq!((left.status_on(day("2022-06-30")), left.open_for()), (status, None));
    }
}

proptest! {
    #[test]
    fn i21_what_does_not_wait_is_answered_by_nobody(after in 0_u64..40, first in 0_usize..4, second in 0_usize..4) {
        let on = day("2022-06-10").checked_add_days(chrono::Days::new(after)).expect("a day").to_string();
        let by = by_spurv(&on);
        let act = |transfer: Transfer, which| match which {
            0 => transfer.accept(&by),
            1 => transfer.give_back(Text::parse("Nei").expect("a text"), &by),
            2 => transfer.withdraw(&by),
            _ => Ok(transfer.leave_behind(&by)),
        };
        let waits = proposed().status_on(by.day()) == TransferStatus::Proposed;
        let once = act(proposed(), first).map(|(transfer, _)| transfer);
        prop_assert_eq!(once.is_ok(), waits || first == 3);
        if let Ok(once) = once {
            prop_assert_eq!(once.open_for(), None);
            prop_assert!(second == 3 || act(once, second).is_err());
        }
    }
}
