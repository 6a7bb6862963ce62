//! The rules of jobs and of contacts with employers.

use std::collections::BTreeMap;

use worktrail_core::domain::{ContactPersonId, EmployerId, Employment, EmploymentForm, Milestone};

use super::{Everything, that};

pub(super) fn a_job_has_the_employer_and_the_last_day_that_it_needs(kept: &Everything) -> Result<(), String> {
    for job in kept.jobs.values() {
        let alone = job.form() == EmploymentForm::SelfEmployed;
        that(matches!(job.employment(), Employment::SelfEmployed) == alone, job)?;
        let employer = job.employment().employer();
        that(employer.is_none_or(|it| kept.employers.contains_key(&it.into())), job)?;
        let contact = job.employment().contact();
        that(contact.is_none_or(|contact| is_of(kept, contact, employer)), job)?;
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
        let person = contact.contact_person();
        that(person.is_none_or(|person| is_of(kept, person, Some(contact.employer()))), contact)?;
    }
    Ok(())
}

/// Whether a contact person is of an employer, or of one that is the same by now; of whoever was forgotten, an id is left.
fn is_of(kept: &Everything, person: ContactPersonId, employer: Option<EmployerId>) -> bool {
    let now = |employer: EmployerId| {
        let known = kept.employers.values();
        let into = known.filter(|it| it.merged_into().is_none()).find(|it| it.goes_by(employer));
        into.map_or(employer, worktrail_core::domain::Employer::id)
    };
    let person = kept.contact_persons.get(&person.into());
    person.is_none_or(|person| Some(now(person.employer())) == employer.map(now))
}
