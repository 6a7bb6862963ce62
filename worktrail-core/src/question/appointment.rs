//! Appointments to roles beyond a team.

use super::view::Page;
use super::{Answered, Question, View};
use crate::access::Right;
use crate::command::Organisation;
use crate::domain::{Appointment, OfficeId, PersonName, Staff};
use crate::store::PageRequest;

/// The appointments for an office, or for the whole organisation, by their last day: former ones first, and those that go
/// on for whoever is to end them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointments {
    /// The office; none for the whole organisation.
    pub office: Option<OfficeId>,
    /// Which page.
    pub page: PageRequest,
}

/// An appointment, and who holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AppointmentLine {
    /// The appointment.
    pub appointment: Appointment,
    /// The name of whoever holds it.
    pub name: PersonName,
}

impl Question for Appointments {
    type Answer = Page<AppointmentLine>;

    const RIGHT: Right = Right::Appoint;

    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer> {
        let permit = view.may(&Organisation)?;
        let page = view.page::<Appointment>(Appointment::over(self.office), &self.page)?;
        // All are asked for before the first is needed, so that they come in one load.
        let staff: Vec<_> = page.items.iter().map(|it| view.get::<Staff>(it.staff())).collect();
        let mut items = Vec::with_capacity(staff.len());
        for (appointment, staff) in page.items.into_iter().zip(staff) {
            items.push(AppointmentLine { appointment: appointment.clone(), name: staff?.name().clone() });
        }
        Ok(permit.answer(Page { items, next: page.next }))
    }
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::command::EndAppointment;
    use crate::command::scene::{everyday, helper, now, other_office, region, supervisor, user_support};
    use crate::desk::spy::desk;
    use crate::domain::samples::ravn;
    use crate::record::samples::id;
    use crate::store::{CommandId, Limit};

    #[test]
    fn appointments_are_found_by_their_office_and_ended() {
        // given a line manager of an office, and somebody who helps the whole organisation
        let store = everyday().store();
        let desk = desk(&store);
        let over = |office| {
            let ask = Appointments { office, page: PageRequest::first(Limit::MAX) };
            block_on(desk.ask(&user_support(), &ask)).unwrap().items
        };
        let who = |office| over(office).into_iter().map(|it| it.appointment.staff()).collect::<Vec<_>>();
        let office = Some(other_office().id());
        // then each is found by where they are appointed
        assert_eq!((who(office), who(None), who(Some(region().id()))), (vec![ravn()], vec![helper()], vec![]));
        // when the first is ended by what was found, then it has its last day
        let found = over(office).remove(0).appointment;
        let end = EndAppointment { appointment: found.id(), on: now().day() };
        block_on(desk.run(&user_support(), CommandId::new(id(0xC1)), &end)).unwrap();
        assert_eq!(over(office).remove(0).appointment.period().last(), Some(now().day()));
        // and it is for nobody who does not appoint
        let ask = Appointments { office, page: PageRequest::first(Limit::MAX) };
        assert!(block_on(desk.ask(&supervisor(), &ask)).is_err());
    }
}
