//! Commands about appointments to roles that reach beyond a team.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Command, Decided, Organisation, OwnRules, World};
use crate::access::Right;
use crate::domain::{
    Appointment, AppointmentId, DayOf, Office, OfficeId, Period, Rejection, Role, Staff, StaffId, Thing,
};

/// Appoints a member of staff to a role for an office or for the whole organisation (`DA7`): one appointment for each
/// person, role and office. Somebody whose appointment is over gets a new term of the same one, and the reply is its id.
///
/// Nobody appoints themself. The first one is appointed by the host program in its own name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct AppointStaff {
    /// The id of the appointment, if it is the first one.
    pub appointment: AppointmentId,
    /// Who.
    pub staff: StaffId,
    /// To which role.
    pub role: Role,
    /// For which office; none for the whole organisation.
    pub office: Option<OfficeId>,
    /// From when, and until when.
    pub period: Period,
}

impl Command for AppointStaff {
    type Reply = AppointmentId;

    const NAME: &'static str = "appoint_staff";
    const RIGHT: Right = Right::Appoint;

    fn decide(&self, world: &World<'_>) -> Decided<AppointmentId> {
        let permit = world.may(&Organisation)?;
        let staff = world.get::<Staff>(self.staff);
        let office = self.office.map(|office| world.get::<Office>(office)).transpose();
        let id_is_new = world.is_new::<Appointment>(self.appointment);
        let present = world.find_by(&Appointment::of(self.staff, self.role, self.office));
        let (staff, office, by) = (staff?, office?, world.authorship());
        if world.actor() == self.staff.into() {
            return Err(Rejection::ByAnother.into());
        }
        let (appointment, fact) = if let Some(former) = present? {
            former.clone().renew(self.period, &by)?
        } else {
            id_is_new?;
            Appointment::begin(self.appointment, staff, self.role, office, self.period, &by)?
        };
        Ok(permit.reply(appointment.id()).tell(&appointment, fact).save(appointment))
    }
}

/// Ends an appointment with its last day, which may lie ahead; its rights end with that day. One that begins today or later is
/// taken back by yesterday, and never counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct EndAppointment {
    /// The appointment.
    pub appointment: AppointmentId,
    /// Its last day.
    pub on: NaiveDate,
}

impl Command for EndAppointment {
    type Reply = ();

    const NAME: &'static str = "end_appointment";
    const RIGHT: Right = Right::Appoint;

    fn decide(&self, world: &World<'_>) -> Decided<()> {
        let permit = world.may(&Organisation)?;
        let appointment = world.find::<Appointment>(self.appointment)?;
        let appointment = appointment.ok_or(Rejection::NotFound { what: Thing::Appointment })?;
        let (left, fact) = appointment.clone().end(self.on, &world.authorship())?;
        let decision = permit.reply(()).tell(appointment, fact);
        Ok(match left {
            Some(left) => decision.save(left),
            None => decision.remove(appointment),
        })
    }

    fn own_rules(&self, rules: &mut OwnRules<'_>) {
        rules.planned("on", DayOf::AppointmentEnd, self.on);
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{appoint_staff, end_appointment, newcomer};
    use super::super::scene::{decide, everyday, helper, office, told, user_support};
    use super::*;
    use crate::access::Actor;
    use crate::domain::ActorId;
    use crate::domain::samples::day;
    use crate::record::samples::id;

    #[test]
    fn the_first_one_is_appointed_by_the_host_program_and_nobody_appoints_themself() {
        let picture = everyday().picture();
        let program = Actor::program(ActorId::new(id(0xAA)));
        for actor in [program, user_support()] {
            assert_eq!(told(&decide(&picture, &actor, &appoint_staff()).unwrap()), ["staff_appointed"]);
        }
        let oneself = AppointStaff { staff: helper(), ..appoint_staff() };
        assert_eq!(decide(&picture, &user_support(), &oneself).unwrap_err(), Rejection::ByAnother);
    }

    #[test]
    fn one_appointment_per_person_role_and_office() {
        // given a professional lead of an office
        let command = appoint_staff();
        let period = Period::from(day("2022-08-01")).unwrap();
        let by = crate::domain::samples::by_spurv("2022-08-01");
        let staff = super::super::scene::staff(newcomer());
        let (lead, _) =
            Appointment::begin(AppointmentId::new(id(0xE1)), &staff, command.role, Some(&office()), period, &by)
                .unwrap();
        let picture = everyday().with(&lead).picture();
        let exists = Rejection::AlreadyExists { what: Thing::Appointment };
        assert_eq!(decide(&picture, &user_support(), &command).unwrap_err(), exists);
        // when it was ended, then they are appointed again to the same one
        let over = lead.end(day("2022-08-31"), &by).unwrap().0.unwrap();
        let picture = everyday().with(&over).picture();
        assert_eq!(*decide(&picture, &user_support(), &command).unwrap().reply(), over.id());
    }

    #[test]
    fn an_appointment_by_mistake_is_taken_back_on_the_same_day_and_nothing_is_left() {
        // given somebody who was appointed to a role as of today
        let lead = |from: &str| {
            let by = crate::domain::samples::by_spurv("2022-09-01");
            let (staff, id) = (super::super::scene::staff(newcomer()), AppointmentId::new(id(0xE1)));
            let (role, period) = (appoint_staff().role, Period::from(day(from)).unwrap());
            Appointment::begin(id, &staff, role, Some(&office()), period, &by).unwrap().0
        };
        let taken_back = EndAppointment { appointment: lead("2022-09-01").id(), on: day("2022-08-31") };
        let end = |from| decide(&everyday().with(&lead(from)).picture(), &user_support(), &taken_back);
        // when it is taken back, then the record goes, and the history tells it
        let decision = end("2022-09-01").unwrap();
        assert_eq!(told(&decision), ["appointment_ended"]);
        assert_eq!((decision.removed().len(), decision.saved().len()), (1, 0));
        // and one that began yesterday ends then, and stays
        let decision = end("2022-08-31").unwrap();
        assert_eq!((decision.removed().len(), decision.saved().len()), (0, 1));
    }

    #[test]
    fn an_appointment_is_ended() {
        let picture = everyday().picture();
        assert_eq!(told(&decide(&picture, &user_support(), &end_appointment()).unwrap()), ["appointment_ended"]);
        let nowhere = EndAppointment { appointment: AppointmentId::new(id(0xEE)), ..end_appointment() };
        let missing = Rejection::NotFound { what: Thing::Appointment };
        assert_eq!(decide(&picture, &user_support(), &nowhere).unwrap_err(), missing);
    }
}
