//! Tests of memberships.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::hours::HoursPerWeek;
use crate::domain::method::Method;
use crate::domain::person_name::PersonName;
use crate::domain::samples::{by_spurv, day, spurv, team};
use crate::domain::staff::NewStaff;
use crate::domain::team::NewTeam;
use crate::domain::text::Line;

fn end(membership: Membership, on: &str, act: &str) -> Membership {
    membership.end(day(on), &[], &by_spurv(act)).expect("ended").0.expect("a term that counted")
}

fn begin(role: Role) -> Result<Membership, Rejection> {
    let by = by_spurv("2022-01-03");
    let name = PersonName::new("KVIKK", "SPURV").expect("a name");
    let host_identity = Line::parse("S123456").expect("an identity");
    let (staff, _) = Staff::register(spurv(), NewStaff { name, host_identity }, &by);
    let name = Line::parse("IPS Bærum").expect("a name");
    let (team, _) = Team::register(team(), NewTeam { name, method: Method::Ips }, &by);
    let period = Period::from(day("2022-01-03")).expect("a period");
    let id = MembershipId::new(Uuid::from_u128(1));
    Membership::begin(id, &team, &staff, role, period, &by).map(|(membership, _)| membership)
}

#[test]
fn i24_a_membership_is_active_within_its_period() {
    // given a membership from 3 January, ended on 30 June
    let membership = end(begin(Role::Specialist).expect("begun"), "2022-06-30", "2022-06-01");
    // then its first and last days are in it
    for (on, active) in [("2022-01-02", false), ("2022-01-03", true), ("2022-06-30", true), ("2022-07-01", false)] {
        assert_eq!(membership.is_active_on(day(on)), active, "{on}");
    }
    // and it is not ended again: neither the same nor later, and not at all once it is over
    let over = Rejection::AlreadyEnded { what: Thing::Membership, on: day("2022-06-30") };
    for (on, act) in [("2022-06-30", "2022-06-01"), ("2022-07-01", "2022-06-01"), ("2022-06-29", "2022-07-01")] {
        assert_eq!(membership.clone().end(day(on), &[], &by_spurv(act)).unwrap_err(), over, "{on} {act}");
    }
    // but it is brought forward
    let earlier = end(membership, "2022-06-29", "2022-06-30");
    assert_eq!(earlier.period().last(), Some(day("2022-06-29")));
}

#[test]
fn i24_a_term_that_was_to_end_by_itself_is_brought_forward_and_never_made_longer() {
    // given a membership until 30 June, as it was agreed from the start
    let until = Period::between(day("2022-01-03"), day("2022-06-30")).expect("a period");
    let membership = Membership { period: until, ..begin(Role::Specialist).expect("begun") };
    // when it would be ended once it is over, or by a later day, then it is refused, and its rights do not come back
    let over = Rejection::AlreadyEnded { what: Thing::Membership, on: day("2022-06-30") };
    for (on, act) in [("2022-12-31", "2022-09-01"), ("2022-06-29", "2022-07-01"), ("2022-07-01", "2022-06-01")] {
        assert_eq!(membership.clone().end(day(on), &[], &by_spurv(act)).unwrap_err(), over, "{on} {act}");
    }
    // and until then it is brought forward, and ended by that day
    for on in ["2022-06-29", "2022-06-30"] {
        let ended = end(membership.clone(), on, "2022-06-01");
        assert_eq!((ended.period().last(), ended.ended()), (Some(day(on)), Some(&by_spurv("2022-06-01"))));
    }
}

#[test]
fn i24_a_membership_that_is_over_is_renewed_and_keeps_its_former_terms() {
    // given a membership until 30 June
    let membership = end(begin(Role::Specialist).expect("begun"), "2022-06-30", "2022-06-01");
    let renew = |role, from: &str, act: &str| {
        membership.clone().renew(role, Period::from(day(from)).expect("a period"), &by_spurv(act))
    };
    // when it is renewed before it is over, over its last day, or for no member of staff, then it is refused
    let present = Rejection::AlreadyExists { what: Thing::Membership };
    assert_eq!(renew(Role::Supervisor, "2022-07-01", "2022-06-30").unwrap_err(), present);
    let overlap = Rejection::DateBefore { day: DayOf::MembershipStart, earliest: day("2022-07-01") };
    assert_eq!(renew(Role::Supervisor, "2022-06-30", "2022-07-01").unwrap_err(), overlap);
    let role = Role::Participant;
    assert_eq!(renew(role, "2022-07-01", "2022-07-01").unwrap_err(), Rejection::RoleNotOfStaff { role });
    // when it is over, then it has a new term, and can be ended again
    let (renewed, fact) = renew(Role::Supervisor, "2022-08-01", "2022-07-01").expect("renewed");
    assert_eq!((renewed.id(), renewed.role(), fact.code()), (membership.id(), Role::Supervisor, "membership_begun"));
    assert!(!renewed.is_active_on(day("2022-07-31")) && renewed.is_active_on(day("2022-08-01")));
    assert_eq!((renewed.ended(), renewed.begun()), (None, &by_spurv("2022-07-01")));
    let [former] = renewed.former() else { panic!("one former term") };
    assert_eq!((former.role(), former.period()), (Role::Specialist, membership.period()));
    assert_eq!((former.begun(), former.ended()), (membership.begun(), membership.ended()));
    let deputy = other(3, Role::Supervisor, "2022-07-01");
    assert!(renewed.end(day("2022-08-31"), &[&deputy], &by_spurv("2022-08-02")).is_ok());
}

#[test]
fn a_membership_does_not_end_before_it_begins() {
    let early = begin(Role::Specialist).expect("begun").end(day("2022-01-02"), &[], &by_spurv("2022-06-01"));
    let earliest = day("2022-01-03");
    assert_eq!(early.unwrap_err(), Rejection::DateBefore { day: DayOf::MembershipEnd, earliest });
    let never = begin(Role::Specialist).expect("begun").end(day("0000-12-31"), &[], &by_spurv("2022-06-01"));
    assert_eq!(never.unwrap_err(), Rejection::DateOutOfRange { day: DayOf::MembershipEnd });
}

#[test]
fn a_membership_by_mistake_is_taken_back_at_once_and_never_counts() {
    // given a membership from 3 January on, by a mistake that is noticed on that day, or before it
    let membership = begin(Role::Specialist).expect("begun");
    for (act, on) in [("2022-01-03", "2022-01-02"), ("2022-01-02", "2022-01-02"), ("2022-01-02", "2022-01-01")] {
        let (left, fact) = membership.clone().end(day(on), &[], &by_spurv(act)).expect("taken back");
        assert_eq!((left, fact.code()), (None, "membership_ended"), "{act} {on}");
    }
    // by today or yesterday, and by no day before them
    let early = Rejection::DateBefore { day: DayOf::MembershipEnd, earliest: day("2022-01-01") };
    let ended = membership.clone().end(day("2021-12-31"), &[], &by_spurv("2022-01-02"));
    assert_eq!(ended.unwrap_err(), early);
    // when there was a term before, then that one stands again, as it was, and what was planned for the other is gone
    let before = end(membership, "2022-06-30", "2022-06-01");
    let again = Period::from(day("2022-08-01")).expect("a period");
    let by = by_spurv("2022-07-01");
    let (renewed, _) = before.clone().renew(Role::Supervisor, again, &by).expect("renewed");
    let (planned, _) = renewed.set_position(share(60), day("2022-08-01"), &by).expect("set");
    let away = Period::between(day("2022-08-01"), day("2022-08-05")).expect("a period");
    let (planned, _) = planned.be_absent(away, AbsenceReason::Leave, &by).expect("absent");
    let deputy = other(3, Role::Supervisor, "2022-07-01");
    let take_back = |others: &[&Membership], act| planned.clone().end(day("2022-07-31"), others, &by_spurv(act));
    assert_eq!(take_back(&[&deputy], "2022-08-01").expect("taken back").0, Some(before));
    // but the last supervisor is not, and once it has begun, its first day is its last at the earliest
    let last = Rejection::LastSupervisor { on: day("2022-08-01") };
    assert_eq!(take_back(&[], "2022-08-01").unwrap_err(), last);
    let early = Rejection::DateBefore { day: DayOf::MembershipEnd, earliest: day("2022-08-01") };
    assert_eq!(take_back(&[&deputy], "2022-08-03").unwrap_err(), early);
}

#[test]
fn a_participant_is_not_a_member() {
    let refused = begin(Role::Participant).unwrap_err();
    assert_eq!(refused, Rejection::RoleNotOfStaff { role: Role::Participant });
}

fn other(number: u128, role: Role, from: &str) -> Membership {
    let staff = StaffId::new(Uuid::from_u128(number));
    let period = Period::from(day(from)).expect("a period");
    Membership { id: MembershipId::new(Uuid::from_u128(number)), staff, period, ..begin(role).expect("begun") }
}

#[test]
fn the_last_supervisor_of_a_team_neither_leaves_nor_becomes_something_else() {
    // given a supervisor, a specialist, and a second supervisor from 1 July
    let lead = begin(Role::Supervisor).expect("begun");
    let (colleague, deputy) = (other(2, Role::Specialist, "2022-01-03"), other(3, Role::Supervisor, "2022-07-01"));
    let by = by_spurv("2022-06-01");
    let elsewhere = Membership { team: TeamId::new(Uuid::from_u128(9)), ..other(4, Role::Supervisor, "2022-01-03") };
    let others = [&lead, &colleague, &deputy, &elsewhere];
    // when the first leaves before the second is there, then it is refused, and from the day before it is not
    let last = Rejection::LastSupervisor { on: day("2022-06-30") };
    assert_eq!(lead.clone().end(day("2022-06-29"), &others, &by).unwrap_err(), last);
    assert!(lead.clone().end(day("2022-06-30"), &others, &by).is_ok());
    // and in the same way they become a specialist only once the other one is there
    let today = Rejection::LastSupervisor { on: day("2022-06-01") };
    assert_eq!(lead.clone().change_role(Role::Specialist, &others, &by).unwrap_err(), today);
    assert!(lead.clone().change_role(Role::Specialist, &others, &by_spurv("2022-07-01")).is_ok());
    // and a specialist may do both
    assert!(colleague.clone().end(day("2022-06-01"), &[&colleague], &by).is_ok());
    assert!(colleague.clone().change_role(Role::Supervisor, &[&colleague], &by).is_ok());
}

#[test]
fn a_changed_role_keeps_the_former_one_with_its_days() {
    // given a specialist since 3 January, when they become a supervisor on 1 June
    let by = by_spurv("2022-06-01");
    let membership = begin(Role::Specialist).expect("begun");
    let (changed, fact) = membership.clone().change_role(Role::Supervisor, &[], &by).expect("changed");
    // then they are one from that day, and were a specialist until the day before
    assert_eq!((changed.role(), changed.period().first()), (Role::Supervisor, day("2022-06-01")));
    let [former] = changed.former() else { panic!("one former term") };
    assert_eq!((former.role(), former.period().last()), (Role::Specialist, Some(day("2022-05-31"))));
    assert_eq!(fact.code(), "membership_role_changed");
    assert_eq!(changed.begun(), &by);
    // and on the first day nothing is left of the former role, and the same role is no change
    let first = by_spurv("2022-01-03");
    let (early, _) = membership.clone().change_role(Role::Supervisor, &[], &first).expect("changed");
    assert_eq!((early.former(), early.period()), (&[][..], membership.period()));
    let same = membership.clone().change_role(Role::Specialist, &[], &by).unwrap_err();
    assert_eq!(same, Rejection::NothingChanges);
    let over = end(membership.clone(), "2022-05-31", "2022-06-01");
    let ended = Rejection::AlreadyEnded { what: Thing::Membership, on: day("2022-05-31") };
    assert!(over.clone().change_role(Role::Supervisor, &[], &by_spurv("2022-05-31")).is_ok(), "on the last day");
    assert_eq!(over.change_role(Role::Supervisor, &[], &by).unwrap_err(), ended);
    let role = Role::Guardian;
    assert_eq!(membership.change_role(role, &[], &by).unwrap_err(), Rejection::RoleNotOfStaff { role });
}

fn share(percent: u8) -> Position {
    Position { share: ShareOfPosition::from_percent(percent).expect("a share"), ..Position::default() }
}

#[test]
fn da16_a_post_has_a_history_by_its_days() {
    // given a whole post, 60 per cent from 1 June, and in between 80 from 1 March
    let by = by_spurv("2022-06-01");
    let membership = begin(Role::Specialist).expect("begun");
    let (membership, _) = membership.set_position(share(60), day("2022-06-01"), &by).expect("set");
    let (membership, fact) = membership.set_position(share(80), day("2022-03-01"), &by).expect("set");
    assert_eq!(fact.code(), "position_set");
    // then each day has its own
    for (on, percent) in [("2022-02-28", 100), ("2022-03-01", 80), ("2022-05-31", 80), ("2022-06-01", 60)] {
        assert_eq!(membership.position_on(day(on)).share.percent(), percent, "{on}");
    }
    // and one that is set anew takes the place of the one that stood there
    let (corrected, _) = membership.clone().set_position(share(90), day("2022-03-01"), &by).expect("set");
    assert_eq!(corrected.positions().len(), 2);
    assert_eq!(corrected.position_on(day("2022-03-01")).share.percent(), 90);
    let same = membership.clone().set_position(share(60), day("2022-06-01"), &by).unwrap_err();
    assert_eq!(same, Rejection::NothingChanges);
    let never = membership.clone().set_position(share(60), day("+10000-01-01"), &by).unwrap_err();
    assert_eq!(never, Rejection::DateOutOfRange { day: DayOf::PositionStart });
    let early = membership.clone().set_position(share(60), day("2022-01-02"), &by).unwrap_err();
    assert_eq!(early, Rejection::DateBefore { day: DayOf::PositionStart, earliest: day("2022-01-03") });
    let over = end(membership, "2022-06-30", "2022-06-01");
    let late = Rejection::AlreadyEnded { what: Thing::Membership, on: day("2022-06-30") };
    assert_eq!(over.clone().set_position(share(50), day("2022-07-01"), &by).unwrap_err(), late);
    // but the first and the last day are its own
    for on in ["2022-01-03", "2022-06-30"] {
        let (set, _) = over.clone().set_position(share(50), day(on), &by).expect("set");
        assert_eq!(set.position_on(day(on)).share.percent(), 50);
    }
}

#[test]
fn da16_who_is_away_is_absent_and_comes_back() {
    // given a leave from 1 to 14 June
    let by = by_spurv("2022-05-01");
    let leave = Period::between(day("2022-06-01"), day("2022-06-14")).expect("a period");
    let (membership, _) =
        begin(Role::Specialist).expect("begun").be_absent(leave, AbsenceReason::Leave, &by).expect("absent");
    let presences = |membership: &Membership| {
        ["2022-01-02", "2022-05-31", "2022-06-01", "2022-06-14", "2022-06-15"].map(|on| membership.presence_on(day(on)))
    };
    let (present, absent) = (Presence::Present, Presence::Absent);
    assert_eq!(presences(&membership), [Presence::Ahead, present, absent, absent, present]);
    assert_eq!(membership.presence_on(day("2022-01-03")), present, "on the first day");
    assert_eq!(membership.absences().iter().map(Absence::period).collect::<Vec<_>>(), [leave]);
    // then no other absence shares a day with it
    let shared = Period::from(day("2022-06-14")).expect("a period");
    let overlap = Rejection::AbsencesOverlap { from: day("2022-06-01") };
    assert_eq!(membership.clone().be_absent(shared, AbsenceReason::Holiday, &by).unwrap_err(), overlap);
    // when they come back on its last day, or on its first, then it is shorter, or gone
    let (back, fact) = membership.clone().come_back(day("2022-06-14")).expect("back");
    assert_eq!(
        (presences(&back), fact.code()),
        ([Presence::Ahead, present, absent, present, present], "absence_ended")
    );
    let (gone, _) = membership.clone().come_back(day("2022-06-01")).expect("back");
    assert_eq!(gone.absences(), []);
    let never = membership.clone().come_back(day("+10000-01-01")).unwrap_err();
    assert_eq!(never, Rejection::DateOutOfRange { day: DayOf::Return });
    let not_absent = Rejection::NotAbsent { on: day("2022-06-15") };
    assert_eq!(membership.clone().come_back(day("2022-06-15")).unwrap_err(), not_absent);
    // and after the last day nobody is absent
    let over = end(membership, "2022-05-31", "2022-05-01");
    assert_eq!(over.presence_on(day("2022-05-31")), present);
    assert_eq!(over.presence_on(day("2022-06-01")), Presence::Over);
    let last_day = Period::between(day("2022-05-31"), day("2022-05-31")).expect("a period");
    let (away, _) = over.clone().be_absent(last_day, AbsenceReason::Absence, &by).expect("absent");
    assert_eq!(away.presence_on(day("2022-05-31")), absent);
    let late = Rejection::AlreadyEnded { what: Thing::Membership, on: day("2022-05-31") };
    let after = Period::from(day("2022-07-01")).expect("a period");
    assert_eq!(over.be_absent(after, AbsenceReason::Absence, &by).unwrap_err(), late);
}

#[test]
fn dc4_scheduled_hours_are_the_share_less_absences() {
    let full_time = HoursPerWeek::from_tenths(375).expect("hours");
    // given 60 per cent from Wednesday 1 June 2022, and an absence on Thursday and Friday
    let by = by_spurv("2022-06-01");
    let membership = begin(Role::Specialist).expect("begun");
    let (membership, _) = membership.set_position(share(60), day("2022-06-01"), &by).expect("set");
    let away = Period::between(day("2022-06-02"), day("2022-06-03")).expect("a period");
    let (membership, _) = membership.be_absent(away, AbsenceReason::Absence, &by).expect("absent");
    let minutes = |from: &str, to: &str| {
        membership.scheduled_minutes(Period::between(day(from), day(to)).expect("a period"), full_time)
    };
    // then the week before is 37.5 hours, a Monday 7.5, that Wednesday 4.5, and the rest of the week nothing
    assert_eq!(minutes("2022-05-23", "2022-05-29"), Some(2250));
    assert_eq!(minutes("2022-05-30", "2022-05-30"), Some(450));
    assert_eq!(minutes("2022-06-01", "2022-06-05"), Some(270));
    // and before the first day there is none, and to the end of days it is not counted
    assert_eq!(minutes("2021-12-01", "2022-01-02"), Some(0));
    assert_eq!(membership.scheduled_minutes(Period::from(day("2022-06-01")).expect("a period"), full_time), None);
}

proptest! {
    #[test]
    fn da16_absences_never_share_a_day_and_posts_stand_in_order(
        acts in proptest::collection::vec((0_u64..60, 0_u64..20, 0_u8..3), 0..30)
    ) {
        let by = by_spurv("2022-02-01");
        let mut membership = begin(Role::Specialist).expect("begun");
        for (first, length, act) in acts {
            let first = day("2022-02-01") + chrono::Days::new(first);
            let period = Period::between(first, first + chrono::Days::new(length)).expect("a period");
            let done = match act {
                0 => membership.clone().be_absent(period, AbsenceReason::Holiday, &by),
                1 => membership.clone().come_back(first),
                _ => membership.clone().set_position(share(1 + u8::try_from(length).expect("small")), first, &by),
            };
            if let Ok((next, _)) = done {
                membership = next;
            }
            let days: Vec<_> = membership.absences().iter().map(Absence::period).collect();
            prop_assert!(days.windows(2).all(|pair| pair[0].last_or_max() < pair[1].first()));
            prop_assert!(membership.positions().windows(2).all(|pair| pair[0].from() < pair[1].from()));
        }
    }
}
