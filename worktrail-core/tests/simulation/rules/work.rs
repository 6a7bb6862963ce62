//! The rules of jobs and of contacts with employers.

use std::collections::BTreeMap;

use worktrail_core::domain::{ContactPerson, Employment, EmploymentForm, Milestone};

use super::{Everything, that};

pub(super) fn a_job_has_the_employer_and_the_last_day_that_it_needs(kept: &Everything) -> Result<(), String> {
    for job in kept.jobs.values() {
        let alone = job.form() == EmploymentForm::SelfEmployed;
        that(matches!(job.employment(), Employment::SelfEmployed) == alone, job)?;
        let employer = job.employment().employer();
        that(employer.is_none_or(|it| kept.employers.contains_key(&it.into())), job)?;
        let contact = job.employment().contact().map(|contact| kept.contact_persons.get(&contact.into()));
        that(contact.is_none_or(|contact| contact.map(ContactPerson::employer) == employer), job)?;
        that(job.ending().is_none() || job.period().last().is_some(), job)?;
    }
    Ok(())
}

pub(super) fn work_training_has_a_reason(kept: &Everything) -> Result<(), String> {
    for job in kept.jobs.values().filter(|job| !job.counts_as_job()) {
        let asks = kept.trail_of(job.trail()).is_some_and(|trail| trail.method().asks_why_work_training());
        that(!asks || job.training_reason().is_some(), job)?;
    }
    Ok(())
}

pub(super) fn the_first_employer_contact_is_the_earliest(kept: &Everything) -> Result<(), String> {
    let mut first = BTreeMap::new();
    for contact in kept.employer_contacts.values().filter(|it| it.starts_the_clock()) {
        let earliest = first.entry(contact.trail()).or_insert(contact.on());
        *earliest = contact.on().min(*earliest);
    }
    for trail in kept.trails.values() {
        let noted = trail.first_employer_contact().map(Milestone::on);
        that(noted == first.get(&trail.id()).copied(), trail)?;
    }
    Ok(())
}

pub(super) fn a_contact_person_is_of_the_employer_that_was_met(kept: &Everything) -> Result<(), String> {
    let mut persons = kept.contact_persons.values();
    persons.try_for_each(|person| that(kept.employers.contains_key(&person.employer().into()), person))?;
    for contact in kept.employer_contacts.values() {
        that(kept.employers.contains_key(&contact.employer().into()), contact)?;
        let person = contact.contact_person().map(|person| kept.contact_persons.get(&person.into()));
        that(person.is_none_or(|it| it.map(ContactPerson::employer) == Some(contact.employer())), contact)?;
    }
    Ok(())
}
