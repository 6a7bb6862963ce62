//! Memberships: who works in which team, in which role, from when to when.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::day_of::DayOf;
use super::fact::Fact;
use super::id::{MembershipId, StaffId, TeamId};
use super::moment::Authorship;
use super::period::Period;
use super::rejection::Rejection;
use super::role::Role;
use super::staff::Staff;
use super::team::Team;
use super::thing::Thing;

/// A dated membership of a team. Whether it is active is derived from its period when it is read (I24).
///
/// Two active memberships of one person in one team are for the command that begins them to refuse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    id: MembershipId,
    team: TeamId,
    staff: StaffId,
    role: Role,
    period: Period,
    begun: Authorship,
    ended: Option<Authorship>,
}

impl Membership {
    /// Begins a membership; its period may lie ahead or behind.
    ///
    /// # Errors
    /// [`Rejection::RoleNotOfStaff`] for a role that no member of staff holds.
    pub fn begin(
        id: MembershipId,
        team: &Team,
        staff: &Staff,
        role: Role,
        period: Period,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        if !role.is_held_by_staff() {
            return Err(Rejection::RoleNotOfStaff { role });
        }
        let fact = Fact::MembershipBegun { membership: id, team: team.id(), staff: staff.id(), role, period };
        Ok((Self { id, team: team.id(), staff: staff.id(), role, period, begun: *by, ended: None }, fact))
    }

    /// Ends it, with its last day, which may lie ahead.
    ///
    /// # Errors
    /// [`Rejection::AlreadyEnded`]; [`Rejection::DateBefore`] for a day before the first;
    /// [`Rejection::DateOutOfRange`].
    pub fn end(mut self, on: NaiveDate, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        if self.ended.is_some() {
            return Err(Rejection::AlreadyEnded { what: Thing::Membership, on: self.period.last_or_max() });
        }
        let day = DayOf::MembershipEnd;
        Rejection::all(day.faults_of_plan(on))?;
        let first = self.period.first();
        self.period = self.period.ending_on(on).map_err(|_| Rejection::DateBefore { day, earliest: first })?;
        self.ended = Some(*by);
        let fact = Fact::MembershipEnded { membership: self.id, team: self.team, staff: self.staff, on };
        Ok((self, fact))
    }

    /// Whether it is active on a day.
    #[must_use]
    pub fn is_active_on(&self, day: NaiveDate) -> bool {
        self.period.contains(day)
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> MembershipId {
        self.id
    }

    /// The team.
    #[must_use]
    pub const fn team(&self) -> TeamId {
        self.team
    }

    /// The member.
    #[must_use]
    pub const fn staff(&self) -> StaffId {
        self.staff
    }

    /// The role.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// From its first day to its last.
    #[must_use]
    pub const fn period(&self) -> Period {
        self.period
    }

    /// Who registered it, and when.
    #[must_use]
    pub const fn begun(&self) -> &Authorship {
        &self.begun
    }

    /// Who ended it, and when.
    #[must_use]
    pub const fn ended(&self) -> Option<&Authorship> {
        self.ended.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::method::Method;
    use crate::domain::person_name::PersonName;
    use crate::domain::samples::{by_spurv, day, spurv, team};
    use crate::domain::staff::NewStaff;
    use crate::domain::team::NewTeam;
    use crate::domain::text::Line;

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
        let (membership, _) =
            begin(Role::Specialist).expect("begun").end(day("2022-06-30"), &by_spurv("2022-06-01")).expect("ended");
        // then its first and last days are in it
        for (on, active) in [("2022-01-02", false), ("2022-01-03", true), ("2022-06-30", true), ("2022-07-01", false)] {
            assert_eq!(membership.is_active_on(day(on)), active, "{on}");
        }
        let twice = membership.end(day("2022-06-29"), &by_spurv("2022-06-01")).unwrap_err();
        assert_eq!(twice, Rejection::AlreadyEnded { what: Thing::Membership, on: day("2022-06-30") });
    }

    #[test]
    fn a_membership_does_not_end_before_it_begins() {
        let early = begin(Role::Specialist).expect("begun").end(day("2022-01-02"), &by_spurv("2022-06-01"));
        let earliest = day("2022-01-03");
        assert_eq!(early.unwrap_err(), Rejection::DateBefore { day: DayOf::MembershipEnd, earliest });
    }

    #[test]
    fn a_participant_is_not_a_member() {
        let refused = begin(Role::Participant).unwrap_err();
        assert_eq!(refused, Rejection::RoleNotOfStaff { role: Role::Participant });
    }
}
