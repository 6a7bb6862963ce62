//! Commands about the members of a team: role, post, absence.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Command, Decided, OwnRules, Permit, Stop, World};
use crate::access::Right;
use crate::domain::{
    AbsenceReason, DayOf, Membership, MembershipId, Period, Position, Rejection, Role, Team, TeamId, Thing,
};

/// Changes a member's role from today on; what they were before is kept with its days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct ChangeRole {
    /// The membership.
    pub membership: MembershipId,
    /// Its team.
    pub team: TeamId,
    /// The role from now on.
    pub role: Role,
}

impl Command for ChangeRole {
    type Reply = ();

    const NAME: &'static str = "change_role";
    const RIGHT: Right = Right::ManageMembers;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let permit = world.may(world.get::<Team>(self.team)?)?;
        let membership = of_team(world, self.membership, self.team);
        let others = world.children::<Membership, Team>(self.team);
        let (membership, fact) = membership?.clone().change_role(self.role, &others?, &world.authorship())?;
        Ok(permit.reply(()).tell(&membership, fact).save(membership))
    }
}

/// Sets a member's post from a day on: share of a full-time post, permanent or temporary, own or external (`DA16`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct SetPosition {
    /// The membership.
    pub membership: MembershipId,
    /// Its team.
    pub team: TeamId,
    /// The post.
    pub position: Position,
    /// Its first day.
    pub from: NaiveDate,
}

impl Command for SetPosition {
    type Reply = ();

    const NAME: &'static str = "set_position";
    const RIGHT: Right = Right::ManageMembers;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, membership) = managed(world, self.membership, self.team)?;
        let (membership, fact) = membership.clone().set_position(self.position, self.from, &world.authorship())?;
        Ok(permit.reply(()).tell(&membership, fact).save(membership))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.planned("from", DayOf::PositionStart, self.from);
    }
}

/// Registers that a member is away, from a day to a day, without saying more than colleagues need to know (`DA16`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct RegisterAbsence {
    /// The membership.
    pub membership: MembershipId,
    /// Its team.
    pub team: TeamId,
    /// From when to when.
    pub period: Period,
    /// Why.
    pub reason: AbsenceReason,
}

impl Command for RegisterAbsence {
    type Reply = ();

    const NAME: &'static str = "register_absence";
    const RIGHT: Right = Right::ManageMembers;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, membership) = managed(world, self.membership, self.team)?;
        let (membership, fact) = membership.clone().be_absent(self.period, self.reason, &world.authorship())?;
        Ok(permit.reply(()).tell(&membership, fact).save(membership))
    }
}

/// A member is back, on a day on which they would have been away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct EndAbsence {
    /// The membership.
    pub membership: MembershipId,
    /// Its team.
    pub team: TeamId,
    /// The first day back.
    pub on: NaiveDate,
}

impl Command for EndAbsence {
    type Reply = ();

    const NAME: &'static str = "end_absence";
    const RIGHT: Right = Right::ManageMembers;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let (permit, membership) = managed(world, self.membership, self.team)?;
        let (membership, fact) = membership.clone().come_back(self.on)?;
        Ok(permit.reply(()).tell(&membership, fact).save(membership))
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.planned("on", DayOf::Return, self.on);
    }
}

/// The right over a team, and a membership of it.
fn managed<'w>(world: &World<'w>, membership: MembershipId, team: TeamId) -> Result<(Permit, &'w Membership), Stop> {
    let permit = world.may(world.get::<Team>(team)?)?;
    Ok((permit, of_team(world, membership, team)?))
}

/// A membership of a team; one of another team is not there.
pub(super) fn of_team<'w>(world: &World<'w>, membership: MembershipId, team: TeamId) -> Result<&'w Membership, Stop> {
    let membership = world.find::<Membership>(membership)?.filter(|it| it.team() == team);
    membership.ok_or_else(|| Rejection::NotFound { what: Thing::Membership }.into())
}

#[cfg(test)]
mod tests {
    use super::super::EndMembership;
    use super::super::samples::{away, change_role, end_absence, newcomer, register_absence, set_position};
    use super::super::scene::{decide, everyday, member, other_team, our_team, supervisor, told};
    use super::*;
    use crate::domain::samples::{day, ravn};

    #[test]
    fn a_members_role_post_and_absences_are_registered() {
        let picture = everyday().picture();
        assert_eq!(told(&decide(&picture, &supervisor(), &change_role()).unwrap()), ["membership_role_changed"]);
        assert_eq!(told(&decide(&picture, &supervisor(), &set_position()).unwrap()), ["position_set"]);
        assert_eq!(told(&decide(&picture, &supervisor(), &register_absence()).unwrap()), ["absence_registered"]);
        assert_eq!(told(&decide(&picture, &supervisor(), &end_absence()).unwrap()), ["absence_ended"]);
        let again = RegisterAbsence { period: away(), ..register_absence() };
        let refused = decide(&picture, &supervisor(), &again).unwrap_err();
        assert_eq!(refused, Rejection::AbsencesOverlap { from: away().first() });
    }

    #[test]
    fn a_membership_of_another_team_is_not_there() {
        let present = Period::from(day("2022-01-01")).unwrap();
        let elsewhere = member(newcomer(), &other_team(), Role::Specialist, present);
        let picture = everyday().with(&elsewhere).picture();
        let membership = elsewhere.id();
        let refused = [
            decide(&picture, &supervisor(), &ChangeRole { membership, ..change_role() }).unwrap_err(),
            decide(&picture, &supervisor(), &SetPosition { membership, ..set_position() }).unwrap_err(),
            decide(&picture, &supervisor(), &RegisterAbsence { membership, ..register_absence() }).unwrap_err(),
            decide(&picture, &supervisor(), &EndAbsence { membership, ..end_absence() }).unwrap_err(),
        ];
        assert!(refused.iter().all(|it| *it == Rejection::NotFound { what: Thing::Membership }), "{refused:?}");
    }

    #[test]
    fn a_membership_by_mistake_is_taken_back_on_the_same_day_and_nothing_is_left() {
        // given somebody who was admitted as of today
        let admitted = |from: &str| member(newcomer(), &our_team(), Role::Specialist, Period::from(day(from)).unwrap());
        let membership = admitted("2022-09-01").id();
        let taken_back = EndMembership { membership, team: our_team().id(), on: day("2022-08-31") };
        let end = |from| decide(&everyday().with(&admitted(from)).picture(), &supervisor(), &taken_back);
        // when it is taken back, then the record goes, and the history tells it
        let decision = end("2022-09-01").unwrap();
        assert_eq!(told(&decision), ["membership_ended"]);
        assert_eq!((decision.removed().len(), decision.saved().len()), (1, 0));
        // and one that began yesterday ends then, and stays
        let decision = end("2022-08-31").unwrap();
        assert_eq!((decision.removed().len(), decision.saved().len()), (0, 1));
    }

    #[test]
    fn the_last_supervisor_of_a_team_does_not_make_themself_something_else() {
        let present = Period::from(day("2022-01-01")).unwrap();
        let membership = member(ravn(), &our_team(), Role::Supervisor, present).id();
        let command = ChangeRole { membership, role: Role::Specialist, ..change_role() };
        let refused = decide(&everyday().picture(), &supervisor(), &command).unwrap_err();
        assert_eq!(refused, Rejection::LastSupervisor { on: day("2022-09-01") });
        let deputy = member(newcomer(), &our_team(), Role::Supervisor, present);
        assert!(decide(&everyday().with(&deputy).picture(), &supervisor(), &command).is_ok());
    }
}
