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

mod absence;
mod position;
mod term;

pub use absence::{Absence, AbsenceReason, Presence};
pub use position::{Affiliation, NotShareOfPosition, Position, PositionFrom, PositionKind, ShareOfPosition};
pub use term::FormerTerm;

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
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    positions: Vec<PositionFrom>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    absences: Vec<Absence>,
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
        let membership = Self {
            id,
            team,
            staff,
            role,
            period,
            begun: *by,
            ended: None,
            former: Vec::new(),
            positions: Vec::new(),
            absences: Vec::new(),
        };
        Ok((membership, fact))
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
        self.former.push(FormerTerm::new(self.role, self.period, self.begun, self.ended));
        let fact = Fact::MembershipBegun { membership: self.id, team: self.team, staff: self.staff, role, period };
        Ok((Self { role, period, begun: *by, ended: None, ..self }, fact))
    }

    /// Ends it, with its last day, which may lie ahead; while it does, it can be brought forward. A term that begins today or
    /// later is taken back by a day before its first, and never counts: the one before it stands again, and without one
    /// nothing is left (of transition).
    ///
    /// The last supervisor does not leave (of transition): on the day after, another one of `others`, the memberships of
    /// the team, is a supervisor.
    ///
    /// # Errors
    /// [`Rejection::AlreadyEnded`] when it is over, would last longer, or was ended by that day; [`Rejection::DateBefore`]
    /// for a day before the first of a term that has begun, or before yesterday; [`Rejection::DateOutOfRange`];
    /// [`Rejection::LastSupervisor`].
    pub fn end(mut self, on: NaiveDate, others: &[&Self], by: &Authorship) -> Result<(Option<Self>, Fact), Rejection> {
        let (day, first) = (DayOf::MembershipEnd, self.period.first());
        let fact = Fact::MembershipEnded { membership: self.id, team: self.team, staff: self.staff, on };
        if day.takes_back(on, first, by)? {
            self.must_not_be_the_last_supervisor(others, first)?;
            return Ok((self.before_this_term(), fact));
        }
        Rejection::all(day.faults_of_last(on))?;
        let last = self.period.last_or_max();
        if last < by.day() || on > last || (self.ended.is_some() && on == last) {
            return Err(Rejection::AlreadyEnded { what: Thing::Membership, on: last });
        }
        let period = self.period.ending_on(on).map_err(|_| Rejection::DateBefore { day, earliest: first })?;
        if let Some(after) = on.succ_opt().filter(|after| self.is_active_on(*after)) {
            self.must_not_be_the_last_supervisor(others, after)?;
        }
        self.period = period;
        self.ended = Some(*by);
        Ok((Some(self), fact))
    }

    /// The same as it was before its present term, with what was planned for that term left out; none when it was the first.
    fn before_this_term(mut self) -> Option<Self> {
        let first = self.period.first();
        let term = self.former.pop()?;
        self.positions.retain(|position| position.from() < first);
        self.absences.retain(|absence| absence.period().first() < first);
        let (role, period, begun, ended) = (term.role(), term.period(), *term.begun(), term.ended().copied());
        Some(Self { role, period, begun, ended, ..self })
    }

    /// Changes the role from the day of the act on: the term until the day before is kept as a former one, under the role
    /// that it had. Before the membership has begun, and on its first day, only the role changes.
    ///
    /// The last supervisor is not made something else (of transition): another one of `others`, the memberships of the
    /// team, is a supervisor on that day.
    ///
    /// # Errors
    /// [`Rejection::AlreadyEnded`] when it is over; [`Rejection::RoleNotOfStaff`]; [`Rejection::NothingChanges`];
    /// [`Rejection::LastSupervisor`].
    pub fn change_role(mut self, role: Role, others: &[&Self], by: &Authorship) -> Result<(Self, Fact), Rejection> {
        let (today, last) = (by.day(), self.period.last_or_max());
        if last < today {
            return Err(Rejection::AlreadyEnded { what: Thing::Membership, on: last });
        }
        held_by_staff(role)?;
        if role == self.role {
            return Err(Rejection::NothingChanges);
        }
        let on = self.period.first().max(today);
        self.must_not_be_the_last_supervisor(others, on)?;
        let until = on.pred_opt().and_then(|last| self.period.ending_on(last).ok());
        if let (Some(until), Ok(from)) = (until, Period::new(on, self.period.last())) {
            self.former.push(FormerTerm::new(self.role, until, self.begun, Some(*by)));
            self.period = from;
            self.begun = *by;
        }
        let Self { id: membership, team, staff, role: from, .. } = self;
        self.role = role;
        Ok((self, Fact::MembershipRoleChanged { membership, team, staff, from, to: role, on }))
    }

    /// A team that has a supervisor keeps one: refuses when this is the only one of them on a day.
    fn must_not_be_the_last_supervisor(&self, others: &[&Self], on: NaiveDate) -> Result<(), Rejection> {
        let leads = |other: &&Self| {
            other.id != self.id && other.team == self.team && other.role == Role::Supervisor && other.is_active_on(on)
        };
        if self.role != Role::Supervisor || others.iter().any(leads) {
            Ok(())
        } else {
            Err(Rejection::LastSupervisor { on })
        }
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
mod tests;
