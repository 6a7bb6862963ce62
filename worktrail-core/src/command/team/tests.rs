//! Tests of the commands about teams and staff.

use super::*;
use crate::access::{Actor, Purpose};
use crate::command::samples::{
    admit_member, end_membership, found_cleared_team, found_team, newcomer, register_staff, rename_team,
};
use crate::command::scene::{decide, everyday, member, other_team, our_team, supervisor, told, user_support};
use crate::domain::samples::{day, ravn, spurv};
use crate::record::samples::id;

#[test]
fn staff_are_registered_once_for_each_identity() {
    let picture = everyday().picture();
    let command = register_staff();
    assert_eq!(told(&decide(&picture, &supervisor(), &command).unwrap()), ["staff_registered"]);
    let exists = Rejection::AlreadyExists { what: Thing::Staff };
    let host_identity = crate::command::scene::staff(spurv()).host_identity().clone();
    let same_identity = RegisterStaff { new: NewStaff { host_identity, ..command.new.clone() }, ..command.clone() };
    assert_eq!(decide(&picture, &supervisor(), &same_identity).unwrap_err(), exists);
    let same_id = RegisterStaff { staff: spurv(), ..command };
    assert_eq!(decide(&picture, &supervisor(), &same_id).unwrap_err(), exists);
}

#[test]
fn who_founds_a_team_is_its_first_supervisor() {
    let picture = everyday().picture();
    let command = found_team();
    let decision = decide(&picture, &supervisor(), &command).unwrap();
    assert_eq!(told(&decision), ["team_registered", "membership_begun"]);
    let begun = decision.facts().any(|fact| {
        matches!(fact, crate::domain::Fact::MembershipBegun { staff, role: Role::Supervisor, .. } if *staff == ravn())
    });
    assert!(begun);
}

#[test]
fn a_name_is_one_teams_and_a_founder_is_registered() {
    let picture = everyday().picture();
    let name = our_team().name().clone();
    let namesake = FoundTeam { new: NewTeam { name, ..found_team().new }, ..found_team() };
    let exists = Rejection::AlreadyExists { what: Thing::Team };
    assert_eq!(decide(&picture, &supervisor(), &namesake).unwrap_err(), exists);
    let stranger = Actor::staff(StaffId::new(id(0xEE)), [Role::Supervisor], Purpose::Administration);
    let missing = Rejection::NotFound { what: Thing::Staff };
    assert_eq!(decide(&picture, &stranger, &found_team()).unwrap_err(), missing);
}

#[test]
fn i24_one_membership_per_person_and_team() {
    let picture = everyday().picture();
    let command = admit_member();
    assert_eq!(told(&decide(&picture, &supervisor(), &command).unwrap()), ["membership_begun"]);
    let again = AdmitMember { staff: spurv(), ..command.clone() };
    let exists = Rejection::AlreadyExists { what: Thing::Membership };
    assert_eq!(decide(&picture, &supervisor(), &again).unwrap_err(), exists);
    let unknown = AdmitMember { staff: StaffId::new(id(0xEE)), ..command.clone() };
    let missing = Rejection::NotFound { what: Thing::Staff };
    assert_eq!(decide(&picture, &supervisor(), &unknown).unwrap_err(), missing);
    let guardian = AdmitMember { role: Role::Guardian, ..command };
    let refused = Rejection::RoleNotOfStaff { role: Role::Guardian };
    assert_eq!(decide(&picture, &supervisor(), &guardian).unwrap_err(), refused);
}

#[test]
fn i24_whose_membership_is_over_is_admitted_again_to_the_same_one() {
    // given somebody who was a specialist until yesterday, and somebody who is one until today
    let until = |last| Period::between(day("2022-01-01"), day(last)).unwrap();
    let former = member(newcomer(), &our_team(), Role::Specialist, until("2022-08-31"));
    let over = everyday().with(&former).picture();
    let present = everyday().with(&member(newcomer(), &our_team(), Role::Specialist, until("2022-09-01"))).picture();
    let again = AdmitMember { role: Role::Supervisor, ..admit_member() };
    // when they are admitted, then the one is in a new term of the same membership, and the other is a member
    let decision = decide(&over, &supervisor(), &again).unwrap();
    assert_eq!((told(&decision), *decision.reply()), (vec!["membership_begun"], former.id()));
    let named = AdmitMember { membership: former.id(), ..again.clone() };
    assert!(decide(&over, &supervisor(), &named).is_ok(), "by its id as well");
    let exists = Rejection::AlreadyExists { what: Thing::Membership };
    assert_eq!(decide(&present, &supervisor(), &again).unwrap_err(), exists);
    // and no term begins before the last one was over
    let early = AdmitMember { period: Period::from(day("2022-08-31")).unwrap(), ..again };
    let overlap = Rejection::DateBefore { day: DayOf::MembershipStart, earliest: day("2022-09-01") };
    assert_eq!(decide(&over, &supervisor(), &early).unwrap_err(), overlap);
}

#[test]
fn a_membership_of_the_team_is_ended() {
    let command = end_membership();
    let decision = decide(&everyday().picture(), &supervisor(), &command).unwrap();
    assert_eq!(told(&decision), ["membership_ended"]);
    // given a membership of another team, or none, then it is not there
    let elsewhere = member(newcomer(), &other_team(), Role::Specialist, Period::from(day("2022-01-01")).unwrap());
    let picture = everyday().with(&elsewhere).picture();
    let missing = Rejection::NotFound { what: Thing::Membership };
    for membership in [elsewhere.id(), MembershipId::new(id(0xEE))] {
        let command = EndMembership { membership, ..command.clone() };
        assert_eq!(decide(&picture, &supervisor(), &command).unwrap_err(), missing);
    }
}

#[test]
fn da4_a_cleared_team_is_founded_with_its_first_supervisor() {
    let picture = everyday().picture();
    let command = found_cleared_team();
    let decision = decide(&picture, &user_support(), &command).unwrap();
    assert_eq!(told(&decision), ["team_registered", "team_cleared", "membership_begun"]);
    let name = our_team().name().clone();
    let namesake = FoundClearedTeam { new: NewTeam { name, ..command.new.clone() }, ..command.clone() };
    let exists = Rejection::AlreadyExists { what: Thing::Team };
    assert_eq!(decide(&picture, &user_support(), &namesake).unwrap_err(), exists);
    // and whoever may found an ordinary one may not found it
    let refused = decide(&picture, &supervisor(), &command).unwrap_err();
    assert_eq!(refused, Rejection::NotAllowed { right: Right::ManageOffices.code() });
}

#[test]
fn a_team_is_renamed_to_a_name_that_no_other_has() {
    let picture = everyday().picture();
    let command = rename_team();
    assert_eq!(told(&decide(&picture, &supervisor(), &command).unwrap()), ["team_renamed"]);
    let taken = RenameTeam { name: other_team().name().clone(), ..command.clone() };
    let exists = Rejection::AlreadyExists { what: Thing::Team };
    assert_eq!(decide(&picture, &supervisor(), &taken).unwrap_err(), exists);
    let same = RenameTeam { name: our_team().name().clone(), ..command };
    assert_eq!(decide(&picture, &supervisor(), &same).unwrap_err(), Rejection::NothingChanges);
}

#[test]
fn the_last_supervisor_of_a_team_does_not_end_their_membership() {
    let present = Period::from(day("2022-01-01")).unwrap();
    let membership = member(ravn(), &our_team(), Role::Supervisor, present).id();
    let command = EndMembership { membership, ..end_membership() };
    let refused = decide(&everyday().picture(), &supervisor(), &command).unwrap_err();
    assert_eq!(refused, Rejection::LastSupervisor { on: day("2023-01-01") });
    let deputy = member(newcomer(), &our_team(), Role::Supervisor, present);
    assert!(decide(&everyday().with(&deputy).picture(), &supervisor(), &command).is_ok());
}
