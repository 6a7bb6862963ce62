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
/// There is one for each person and team. When it is over, the person can be admitted anew: the same membership, in a new
/// term, with the former terms kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    id: MembershipId,
    team: TeamId,
    staff: StaffId,
    role: Role,
    period: Period,
    begun: Authorship,
    ended: Option<Authorship>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    former: Vec<FormerTerm>,
}

/// A term of a membership that is over: in which role, from when to when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerTerm {
    role: Role,
    period: Period,
    begun: Authorship,
    ended: Option<Authorship>,
}

impl FormerTerm {
    /// In which role.
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

    /// Who ended it, and when; none when it ran out.
    #[must_use]
    pub const fn ended(&self) -> Option<&Authorship> {
        self.ended.as_ref()
    }
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
        held_by_staff(role)?;
        let fact = Fact::MembershipBegun { membership: id, team: team.id(), staff: staff.id(), role, period };
        let (team, staff) = (team.id(), staff.id());
        Ok((Self { id, team, staff, role, period, begun: *by, ended: None, former: Vec::new() }, fact))
    }

    /// Begins a new term of a membership that is over, in any role (`I24`: no two on one day).
    ///
    /// # Errors
    /// [`Rejection::AlreadyExists`] while it is not over on the day of the act; [`Rejection::RoleNotOfStaff`];
    /// [`Rejection::DateBefore`] for a first day that is not after the last one.
    pub fn renew(mut self, role: Role, period: Period, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        let last = self.period.last_or_max();
        if last >= by.day() {
            return Err(Rejection::AlreadyExists { what: Thing::Membership });
        }
        held_by_staff(role)?;
        if period.first() <= last {
            let earliest = last.succ_opt().unwrap_or(last);
            return Err(Rejection::DateBefore { day: DayOf::MembershipStart, earliest });
        }
        self.former.push(FormerTerm { role: self.role, period: self.period, begun: self.begun, ended: self.ended });
        let fact = Fact::MembershipBegun { membership: self.id, team: self.team, staff: self.staff, role, period };
        Ok((Self { role, period, begun: *by, ended: None, ..self }, fact))
    }

    /// Ends it, with its last day, which may lie ahead; while it does, it can be brought forward.
    ///
    /// # Errors
    /// [`Rejection::AlreadyEnded`] when it was ended and is over, or would last longer; [`Rejection::DateBefore`] for a day before the first;
    /// [`Rejection::DateOutOfRange`].
    pub fn end(mut self, on: NaiveDate, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        let last = self.period.last_or_max();
        if self.ended.is_some() && (last < by.day() || on >= last) {
            return Err(Rejection::AlreadyEnded { what: Thing::Membership, on: last });
        }
        let day = DayOf::MembershipEnd;
        Rejection::all(day.faults_of_plan(on))?;
        let first = self.period.first();
        self.period = self.period.ending_on(on).map_err(|_| Rejection::DateBefore { day, earliest: first })?;
        self.ended = Some(*by);
        let fact = Fact::MembershipEnded { membership: self.id, team: self.team, staff: self.staff, on };
        Ok((self, fact))
    }

    /// Whether its present term is active on a day.
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

    /// The terms before the present one, in order.
    #[must_use]
    pub fn former(&self) -> &[FormerTerm] {
        &self.former
    }
}

fn held_by_staff(role: Role) -> Result<(), Rejection> {
    if role.is_held_by_staff() { Ok(()) } else { Err(Rejection::RoleNotOfStaff { role }) }
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
        // and it is not ended again: neither the same nor later, and not at all once it is over
        let over = Rejection::AlreadyEnded { what: Thing::Membership, on: day("2022-06-30") };
        for (on, act) in [("2022-06-30", "2022-06-01"), ("2022-07-01", "2022-06-01"), ("2022-06-29", "2022-07-01")] {
            assert_eq!(membership.clone().end(day(on), &by_spurv(act)).unwrap_err(), over, "{on} {act}");
        }
        // but it is brought forward
        let (earlier, _) = membership.end(day("2022-06-29"), &by_spurv("2022-06-30")).expect("ended");
        assert_eq!(earlier.period().last(), Some(day("2022-06-29")));
    }

    #[test]
    fn i24_a_membership_that_is_over_is_renewed_and_keeps_its_former_terms() {
        // given a membership until 30 June
        let by = by_spurv("2022-06-01");
        let (membership, _) = begin(Role::Specialist).expect("begun").end(day("2022-06-30"), &by).expect("ended");
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
        assert_eq!(
            (renewed.id(), renewed.role(), fact.code()),
            (membership.id(), Role::Supervisor, "membership_begun")
        );
        assert!(!renewed.is_active_on(day("2022-07-31")) && renewed.is_active_on(day("2022-08-01")));
        assert_eq!(renewed.ended(), None);
        let [former] = renewed.former() else { panic!("one former term") };
        assert_eq!((former.role(), former.period()), (Role::Specialist, membership.period()));
        assert_eq!((former.begun(), former.ended()), (membership.begun(), membership.ended()));
        assert!(renewed.end(day("2022-08-31"), &by_spurv("2022-08-02")).is_ok());
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
