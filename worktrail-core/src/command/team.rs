//! Commands about teams and staff.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::membership::of_team;
use super::{Bounds, Command, Decided, OwnRules, Place, World};
use crate::access::Right;
use crate::domain::{
    DayOf, Line, Membership, MembershipId, NewStaff, NewTeam, Period, Rejection, Role, Staff, StaffId, Team, TeamId,
    Thing, TrailAudience,
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
        let (team, audience) = (Some(self.id()), self.clearance().audience());
        Bounds { thing: Thing::Team, person: None, owner: None, team, audience }
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

/// Founds a team that is cleared for people who are strictly protected (`DA4`), and names its first supervisor. Whether a
/// team is cleared is settled here once and for all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct FoundClearedTeam {
    /// The id of the team.
    pub team: TeamId,
    /// The id of the supervisor's membership.
    pub membership: MembershipId,
    /// Its first supervisor.
    pub supervisor: StaffId,
    /// The team.
    pub new: NewTeam,
}

impl Command for FoundClearedTeam {
    type Reply = TeamId;

    const NAME: &'static str = "found_cleared_team";
    const RIGHT: Right = Right::ManageOffices;

    fn decide(&self, world: &World<'_>) -> Decided<TeamId> {
        let permit = world.may(&Organisation)?;
        let supervisor = world.get::<Staff>(self.supervisor);
        let team_is_new = world.is_new::<Team>(self.team);
        let membership_is_new = world.is_new::<Membership>(self.membership);
        let namesake = world.find_by(&Team::by_name(&self.new.name));
        let supervisor = supervisor?;
        team_is_new?;
        membership_is_new?;
        if namesake?.is_some() {
            return Err(Rejection::AlreadyExists { what: Thing::Team }.into());
        }
        let by = world.authorship();
        let (team, [registered, cleared]) = Team::register_cleared(self.team, self.new.clone(), &by);
        let from_today =
            Period::from(world.today()).map_err(|_| Rejection::DateOutOfRange { day: DayOf::MembershipStart })?;
        let (membership, begun) =
            Membership::begin(self.membership, &team, supervisor, Role::Supervisor, from_today, &by)?;
        let decision = permit.reply(self.team).tell(&team, registered).tell(&team, cleared).save(team);
        Ok(decision.tell(&membership, begun).save(membership))
    }
}

/// Gives a team another name, which no other team has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct RenameTeam {
    /// The team.
    pub team: TeamId,
    /// Its name from now on.
    pub name: Line<120>,
}

impl Command for RenameTeam {
    type Reply = ();

    const NAME: &'static str = "rename_team";
    const RIGHT: Right = Right::ManageMembers;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let team = world.get::<Team>(self.team)?;
        let permit = world.may(team)?;
        let namesake = world.find_by(&Team::by_name(&self.name))?;
        if namesake.is_some_and(|namesake| namesake.id() != self.team) {
            return Err(Rejection::AlreadyExists { what: Thing::Team }.into());
        }
        let (team, fact) = team.clone().rename(self.name.clone())?;
        Ok(permit.reply(()).tell(&team, fact).save(team))
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

/// Ends a membership with its last day, which may lie ahead; its rights end with that day. One that begins today or later is
/// taken back by yesterday, and never counts. The last supervisor stays until there is another one.
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
        let membership = of_team(world, self.membership, self.team);
        let others = world.children::<Membership, Team>(self.team);
        let membership = membership?;
        let (left, fact) = membership.clone().end(self.on, &others?, &world.authorship())?;
        let decision = permit.reply(()).tell(membership, fact);
        Ok(match left {
            Some(left) => decision.save(left),
            None => decision.remove(membership),
        })
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.planned("on", DayOf::MembershipEnd, self.on);
    }
}

#[cfg(test)]
mod tests;
