//! Commands about teams and staff.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Bounds, Command, Decided, Place, World};
use crate::access::Right;
use crate::domain::{
    DayOf, Membership, MembershipId, NewStaff, NewTeam, Period, Rejection, Role, Staff, StaffId, Team, TeamId, Thing,
    TrailAudience,
};

/// The organisation as a whole: where rights reach that belong to no team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Organisation;

impl Place for Organisation {
    fn bounds(&self) -> Bounds {
        Bounds { thing: Thing::Team, person: None, owner: None, team: None, audience: TrailAudience::Team }
    }
}

impl Place for Team {
    fn bounds(&self) -> Bounds {
        Bounds { thing: Thing::Team, person: None, owner: None, team: Some(self.id()), audience: TrailAudience::Team }
    }
}

/// Registers a member of staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct RegisterStaff {
    /// The id that they act by.
    pub staff: StaffId,
    /// Who they are.
    pub new: NewStaff,
}

impl Command for RegisterStaff {
    type Reply = StaffId;

    const NAME: &'static str = "register_staff";
    const RIGHT: Right = Right::ManageTeams;

    fn decide(&self, world: &World<'_>) -> Decided<StaffId> {
        let permit = world.may(&Organisation)?;
        let id_is_new = world.is_new::<Staff>(self.staff);
        let known = world.find_by(&Staff::by_identity(&self.new.host_identity));
        id_is_new?;
        if known?.is_some() {
            return Err(Rejection::AlreadyExists { what: Thing::Staff }.into());
        }
        let (staff, fact) = Staff::register(self.staff, self.new.clone(), &world.authorship());
        Ok(permit.reply(self.staff).tell(&staff, fact).save(staff))
    }
}

/// Founds a team. The one who founds it becomes its first supervisor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct FoundTeam {
    /// The id of the team.
    pub team: TeamId,
    /// The id of the founder's membership.
    pub membership: MembershipId,
    /// The team.
    pub new: NewTeam,
}

impl Command for FoundTeam {
    type Reply = TeamId;

    const NAME: &'static str = "found_team";
    const RIGHT: Right = Right::ManageTeams;

    fn decide(&self, world: &World<'_>) -> Decided<TeamId> {
        let permit = world.may(&Organisation)?;
        let founder = world.get::<Staff>(StaffId::new(world.actor().as_uuid()));
        let team_is_new = world.is_new::<Team>(self.team);
        let membership_is_new = world.is_new::<Membership>(self.membership);
        let namesake = world.find_by(&Team::by_name(&self.new.name));
        let founder = founder?;
        team_is_new?;
        membership_is_new?;
        if namesake?.is_some() {
            return Err(Rejection::AlreadyExists { what: Thing::Team }.into());
        }
        let by = world.authorship();
        let (team, registered) = Team::register(self.team, self.new.clone(), &by);
        let today = world.today();
        let from_today = Period::from(today).map_err(|_| Rejection::DateOutOfRange { day: DayOf::MembershipStart })?;
        let (membership, begun) =
            Membership::begin(self.membership, &team, founder, Role::Supervisor, from_today, &by)?;
        Ok(permit.reply(self.team).tell(&team, registered).tell(&membership, begun).save(team).save(membership))
    }
}

/// Admits a member of staff to a team in a role: one membership per person and team (`I24`). Somebody whose membership is
/// over gets a new term of the same one, and the reply is its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct AdmitMember {
    /// The id of the membership, if it is the first one.
    pub membership: MembershipId,
    /// The team.
    pub team: TeamId,
    /// Who.
    pub staff: StaffId,
    /// In which role.
    pub role: Role,
    /// From when, and until when.
    pub period: Period,
}

impl Command for AdmitMember {
    type Reply = MembershipId;

    const NAME: &'static str = "admit_member";
    const RIGHT: Right = Right::ManageMembers;

    fn decide(&self, world: &World<'_>) -> Decided<MembershipId> {
        let team = world.get::<Team>(self.team)?;
        let permit = world.may(team)?;
        let staff = world.get::<Staff>(self.staff);
        let id_is_new = world.is_new::<Membership>(self.membership);
        let present = world.find_by(&Membership::by_team_and_staff(self.team, self.staff));
        let (staff, by) = (staff?, world.authorship());
        let (membership, fact) = if let Some(former) = present? {
            former.clone().renew(self.role, self.period, &by)?
        } else {
            id_is_new?;
            Membership::begin(self.membership, team, staff, self.role, self.period, &by)?
        };
        Ok(permit.reply(membership.id()).tell(&membership, fact).save(membership))
    }
}

/// Ends a membership with its last day, which may lie ahead; its rights end with that day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct EndMembership {
    /// The membership.
    pub membership: MembershipId,
    /// Its team.
    pub team: TeamId,
    /// Its last day.
    pub on: NaiveDate,
}

impl Command for EndMembership {
    type Reply = ();

    const NAME: &'static str = "end_membership";
    const RIGHT: Right = Right::ManageMembers;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let permit = world.may(world.get::<Team>(self.team)?)?;
        let membership = world.find::<Membership>(self.membership)?.filter(|it| it.team() == self.team);
        let membership = membership.ok_or(Rejection::NotFound { what: Thing::Membership })?;
        let (membership, fact) = membership.clone().end(self.on, &world.authorship())?;
        Ok(permit.reply(()).tell(&membership, fact).save(membership))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{admit_member, end_membership, found_team, newcomer, register_staff};
    use super::super::scene::{decide, everyday, member, other_team, our_team, supervisor, told};
    use super::*;
    use crate::access::{Actor, Purpose};
    use crate::domain::samples::{day, ravn, spurv};
    use crate::record::samples::id;

    #[test]
    fn staff_are_registered_once_for_each_identity() {
        let picture = everyday().picture();
        let command = register_staff();
        assert_eq!(told(&decide(&picture, &supervisor(), &command).unwrap()), ["staff_registered"]);
        let exists = Rejection::AlreadyExists { what: Thing::Staff };
        let host_identity = super::super::scene::staff(spurv()).host_identity().clone();
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
        let present =
            everyday().with(&member(newcomer(), &our_team(), Role::Specialist, until("2022-09-01"))).picture();
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
}
