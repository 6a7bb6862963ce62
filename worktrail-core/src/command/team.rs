//! Commands about teams and staff.

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

/// Admits a member of staff to a team in a role: one membership per person and team (`I24`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct AdmitMember {
    /// The id of the membership.
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
        let staff = staff?;
        id_is_new?;
        if present?.is_some() {
            return Err(Rejection::AlreadyExists { what: Thing::Membership }.into());
        }
        let (membership, fact) =
            Membership::begin(self.membership, team, staff, self.role, self.period, &world.authorship())?;
        Ok(permit.reply(self.membership).tell(&membership, fact).save(membership))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{admit_member, found_team, register_staff};
    use super::super::scene::{decide, everyday, our_team, supervisor, told};
    use super::*;
    use crate::access::{Actor, Purpose};
    use crate::domain::samples::{ravn, spurv};
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
}
