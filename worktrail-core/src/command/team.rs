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
