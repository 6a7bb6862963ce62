//! Appointments: who holds a role for an office or for the whole organisation.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::day_of::DayOf;
use super::fact::Fact;
use super::id::{AppointmentId, OfficeId, StaffId};
use super::membership::FormerTerm;
use super::moment::Authorship;
use super::office::Office;
use super::period::Period;
use super::rejection::Rejection;
use super::role::Role;
use super::staff::Staff;
use super::thing::Thing;

/// A dated appointment to a role that reaches beyond a team (`DA7`): what bears out a role over an office or the
/// organisation, as a membership does over a team.
///
/// There is one for each person, role and office. When it is over, the person can be appointed anew: the same appointment
/// in a new term, as with memberships.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    id: AppointmentId,
    staff: StaffId,
    role: Role,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    office: Option<OfficeId>,
    period: Period,
    begun: Authorship,
    ended: Option<Authorship>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    former: Vec<FormerTerm>,
}

impl Appointment {
    /// Appoints a member of staff; the period may lie ahead or behind.
    ///
    /// A professional lead and a line manager are appointed to an office; user support, market adviser and auditor to the
    /// whole organisation; nobody is appointed to another role (of state).
    ///
    /// # Errors
    /// [`Rejection::RoleNotByAppointment`], [`Rejection::RoleOfOffice`], [`Rejection::RoleOfOrganisation`].
    pub fn begin(
        id: AppointmentId,
        staff: &Staff,
        role: Role,
        office: Option<&Office>,
        period: Period,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        match (Scope::of(role), office) {
            (None, _) => return Err(Rejection::RoleNotByAppointment { role }),
            (Some(Scope::Office), None) => return Err(Rejection::RoleOfOffice { role }),
            (Some(Scope::Organisation), Some(_)) => return Err(Rejection::RoleOfOrganisation { role }),
            (Some(Scope::Office), Some(_)) | (Some(Scope::Organisation), None) => {}
        }
        let (staff, office) = (staff.id(), office.map(Office::id));
        let fact = Fact::StaffAppointed { appointment: id, staff, role, office, period };
        Ok((Self { id, staff, role, office, period, begun: *by, ended: None, former: Vec::new() }, fact))
    }

    /// Begins a new term of an appointment that is over.
    ///
    /// # Errors
    /// [`Rejection::AlreadyExists`] while it is not over on the day of the act; [`Rejection::DateBefore`] for a first day
    /// that is not after the last one.
    pub fn renew(mut self, period: Period, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        let last = self.period.last_or_max();
        if last >= by.day() {
            return Err(Rejection::AlreadyExists { what: Thing::Appointment });
        }
        if period.first() <= last {
            let earliest = last.succ_opt().unwrap_or(last);
            return Err(Rejection::DateBefore { day: DayOf::AppointmentStart, earliest });
        }
        self.former.push(FormerTerm::new(self.role, self.period, self.begun, self.ended));
        let Self { id: appointment, staff, role, office, .. } = self;
        let fact = Fact::StaffAppointed { appointment, staff, role, office, period };
        Ok((Self { period, begun: *by, ended: None, ..self }, fact))
    }

    /// Ends it, with its last day, which may lie ahead; while it does, it can be brought forward. A term that begins today or
    /// later is taken back by a day before its first, and never counts: the one before it stands again, and without one
    /// nothing is left (of transition).
    ///
    /// # Errors
    /// [`Rejection::AlreadyEnded`] when it is over, would last longer, or was ended by that day; [`Rejection::DateBefore`]
    /// for a day before the first of a term that has begun, or before yesterday; [`Rejection::DateOutOfRange`].
    pub fn end(mut self, on: NaiveDate, by: &Authorship) -> Result<(Option<Self>, Fact), Rejection> {
        let day = DayOf::AppointmentEnd;
        let Self { id: appointment, staff, role, office, .. } = self;
        let fact = Fact::AppointmentEnded { appointment, staff, role, office, on };
        if day.takes_back(on, self.period.first(), by)? {
            let before = self.former.pop().map(|term| {
                let (period, begun, ended) = (term.period(), *term.begun(), term.ended().copied());
                Self { period, begun, ended, ..self }
            });
            return Ok((before, fact));
        }
        Rejection::all(day.faults_of_last(on))?;
        let last = self.period.last_or_max();
        if last < by.day() || on > last || (self.ended.is_some() && on == last) {
            return Err(Rejection::AlreadyEnded { what: Thing::Appointment, on: last });
        }
        let first = self.period.first();
        self.period = self.period.ending_on(on).map_err(|_| Rejection::DateBefore { day, earliest: first })?;
        self.ended = Some(*by);
        Ok((Some(self), fact))
    }

    /// Whether it counts on a day.
    #[must_use]
    pub fn is_active_on(&self, day: NaiveDate) -> bool {
        self.period.contains(day)
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> AppointmentId {
        self.id
    }

    /// Who is appointed.
    #[must_use]
    pub const fn staff(&self) -> StaffId {
        self.staff
    }

    /// To which role.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// For which office; none for the whole organisation.
    #[must_use]
    pub const fn office(&self) -> Option<OfficeId> {
        self.office
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

/// How far an appointment to a role goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Office,
    Organisation,
}

impl Scope {
    const fn of(role: Role) -> Option<Self> {
        match role {
            Role::ProfessionalLead | Role::LineManager => Some(Self::Office),
            Role::UserSupport | Role::MarketAdviser | Role::Auditor => Some(Self::Organisation),
            Role::Specialist
            | Role::Supervisor
            | Role::Counsellor
            | Role::TreatmentTeamMember
            | Role::EmployerRepresentative
            | Role::Publisher
            | Role::Participant
            | Role::Guardian => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::office::NewOffice;
    use crate::domain::person_name::PersonName;
    use crate::domain::samples::{by_spurv, day, spurv};
    use crate::domain::staff::NewStaff;
    use crate::domain::text::Line;

    fn appoint(role: Role, office: Option<&Office>) -> Result<Appointment, Rejection> {
        let by = by_spurv("2022-01-03");
        let name = PersonName::new("KVIKK", "SPURV").expect("a name");
        let host_identity = Line::parse("S123456").expect("an identity");
        let (staff, _) = Staff::register(spurv(), NewStaff { name, host_identity }, &by);
        let period = Period::from(day("2022-01-03")).expect("a period");
        let id = AppointmentId::new(Uuid::from_u128(1));
        Appointment::begin(id, &staff, role, office, period, &by).map(|(appointment, _)| appointment)
    }

    fn office() -> Office {
        let new = NewOffice { name: Line::parse("Vest").expect("a name"), host_identity: None };
        Office::found(OfficeId::new(Uuid::from_u128(2)), new, &[], &by_spurv("2022-01-01")).expect("founded").0
    }

    #[test]
    fn da7_each_role_beyond_a_team_has_its_scope() {
        let office = office();
        for role in Role::ALL {
            let (at_office, at_all) = (appoint(role, Some(&office)).err(), appoint(role, None).err());
            let expected = match role {
                Role::ProfessionalLead | Role::LineManager => (None, Some(Rejection::RoleOfOffice { role })),
                Role::UserSupport | Role::MarketAdviser | Role::Auditor => {
                    (Some(Rejection::RoleOfOrganisation { role }), None)
                }
                _ => {
                    let refused = Some(Rejection::RoleNotByAppointment { role });
                    (refused.clone(), refused)
                }
            };
            assert_eq!((at_office, at_all), expected, "{role:?}");
        }
    }

    #[test]
    fn an_appointment_is_ended_and_begun_again() {
        // given an auditor until 30 June
        let appointment = appoint(Role::Auditor, None).expect("appointed");
        let (ended, fact) = appointment.end(day("2022-06-30"), &by_spurv("2022-06-01")).expect("ended");
        let ended = ended.expect("a term that counted");
        assert_eq!((fact.code(), ended.is_active_on(day("2022-06-30"))), ("appointment_ended", true));
        assert!(!ended.is_active_on(day("2022-07-01")) && !ended.is_active_on(day("2022-01-02")));
        let over = Rejection::AlreadyEnded { what: Thing::Appointment, on: day("2022-06-30") };
        assert_eq!(ended.clone().end(day("2022-07-01"), &by_spurv("2022-06-02")).unwrap_err(), over);
        // nor is it once it is over, but it may be brought forward on its last day
        assert_eq!(ended.clone().end(day("2022-06-29"), &by_spurv("2022-07-01")).unwrap_err(), over);
        let (earlier, _) = ended.clone().end(day("2022-06-29"), &by_spurv("2022-06-30")).expect("brought forward");
        assert!(!earlier.expect("a term that counted").is_active_on(day("2022-06-30")));
        let early = ended.clone().end(day("2022-01-02"), &by_spurv("2022-06-02")).unwrap_err();
        assert_eq!(early, Rejection::DateBefore { day: DayOf::AppointmentEnd, earliest: day("2022-01-03") });
        let never = ended.clone().end(day("0000-12-31"), &by_spurv("2022-06-02")).unwrap_err();
        assert_eq!(never, Rejection::DateOutOfRange { day: DayOf::AppointmentEnd });
        // when they are appointed again before it is over, or over its last day, then it is refused
        let renew = |from: &str, act: &str| {
            ended.clone().renew(Period::from(day(from)).expect("a period"), &by_spurv(act)).map(|(renewed, _)| renewed)
        };
        let present = Rejection::AlreadyExists { what: Thing::Appointment };
        assert_eq!(renew("2022-07-01", "2022-06-30").unwrap_err(), present);
        let overlap = Rejection::DateBefore { day: DayOf::AppointmentStart, earliest: day("2022-07-01") };
        assert_eq!(renew("2022-06-30", "2022-07-01").unwrap_err(), overlap);
        // and when it is over, then it has a new term and keeps the former one
        let renewed = renew("2022-08-01", "2022-07-01").expect("renewed");
        assert_eq!((renewed.id(), renewed.former().len(), renewed.ended()), (ended.id(), 1, None));
        assert_eq!((renewed.period().first(), renewed.begun()), (day("2022-08-01"), &by_spurv("2022-07-01")));
        assert_eq!(renewed.former()[0].ended(), ended.ended());
        assert!(ended.ended().is_some());
    }

    #[test]
    fn a_term_that_was_to_end_by_itself_is_brought_forward_and_never_made_longer() {
        // given an auditor until 30 June, as it was agreed from the start
        let until = Period::between(day("2022-01-03"), day("2022-06-30")).expect("a period");
        let term = Appointment { period: until, ..appoint(Role::Auditor, None).expect("appointed") };
        let end = |on: &str, act: &str| term.clone().end(day(on), &by_spurv(act)).map(|(left, _)| left);
        // when it would be ended once it is over, or by a later day, then it is refused, and stays over
        let over = Rejection::AlreadyEnded { what: Thing::Appointment, on: day("2022-06-30") };
        for (on, act) in [("2022-12-31", "2022-09-01"), ("2022-06-29", "2022-07-01"), ("2022-07-01", "2022-06-01")] {
            assert_eq!(end(on, act).unwrap_err(), over, "{on} {act}");
        }
        // and until then it is brought forward, and ended by that day
        for on in ["2022-06-29", "2022-06-30"] {
            let ended = end(on, "2022-06-01").expect("ended").expect("a term that counted");
            assert_eq!((ended.period().last(), ended.ended()), (Some(day(on)), Some(&by_spurv("2022-06-01"))));
        }
    }

    #[test]
    fn an_appointment_by_mistake_is_taken_back_at_once_and_never_counts() {
        // given an auditor from 3 January on, by a mistake that is noticed on that day, or before it
        let appointment = appoint(Role::Auditor, None).expect("appointed");
        for (act, on) in [("2022-01-03", "2022-01-02"), ("2022-01-02", "2022-01-02"), ("2022-01-02", "2022-01-01")] {
            let (left, fact) = appointment.clone().end(day(on), &by_spurv(act)).expect("taken back");
            assert_eq!((left, fact.code()), (None, "appointment_ended"), "{act} {on}");
        }
        // when there was a term before, then that one stands again, as it was
        let (ended, _) = appointment.end(day("2022-06-30"), &by_spurv("2022-06-01")).expect("ended");
        let ended = ended.expect("a term that counted");
        let again = Period::from(day("2022-08-01")).expect("a period");
        let (renewed, _) = ended.clone().renew(again, &by_spurv("2022-07-01")).expect("renewed");
        let (left, _) = renewed.clone().end(day("2022-07-31"), &by_spurv("2022-08-01")).expect("taken back");
        assert_eq!(left, Some(ended));
        // and once it has begun, its first day is its last at the earliest
        let early = renewed.end(day("2022-07-31"), &by_spurv("2022-08-02")).unwrap_err();
        assert_eq!(early, Rejection::DateBefore { day: DayOf::AppointmentEnd, earliest: day("2022-08-01") });
    }
}
