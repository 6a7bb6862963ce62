//! Jobs for tests.

use uuid::Uuid;

use super::*;
use crate::domain::employer::samples::fjellvik;
use crate::domain::samples::{by_spurv, day};
use crate::domain::trail::samples::started;

/// A job at FJELLVIK from a day on, with an open end.
pub(crate) fn new_job(form: EmploymentForm, from: &str) -> NewJob {
    NewJob {
        employment: Employment::at(&fjellvik(), None).expect("an employer"),
        title: Line::parse("Baker").expect("a title"),
        form,
        hours: HoursPerWeek::from_tenths(200).ok(),
        period: Period::from(day(from)).expect("a period"),
        training_reason: if form.is_job() { None } else { Text::parse("Ønsker å prøve seg").ok() },
        education: None,
        details: JobDetails::default(),
    }
}

/// The same, registered.
pub(crate) fn job_from(trail: &Trail, form: EmploymentForm, from: &str) -> Job {
    let id = JobId::new(Uuid::from_u128(0x0b_0001));
    Job::register(id, trail, new_job(form, from), &by_spurv("2022-08-01")).expect("registered").0
}

/// A job of a form in a period, on a trail that started before it.
pub(crate) fn job_in(form: EmploymentForm, period: Period) -> Job {
    let trail = started("2022-05-27", "2022-06-02");
    let new = NewJob { period, ..new_job(form, "2022-08-15") };
    Job::register(JobId::new(Uuid::from_u128(0x0b_0002)), &trail, new, &by_spurv("2022-08-01")).expect("registered").0
}
