//! With whom somebody works, and in which form.

use serde::{Deserialize, Serialize};

use crate::domain::coded::coded;
use crate::domain::contact_person::ContactPerson;
use crate::domain::education::Education;
use crate::domain::employer::Employer;
use crate::domain::id::{ContactPersonId, EducationId, EmployerId, TrailId};
use crate::domain::rejection::Rejection;
use crate::domain::thing::Thing;

/// With whom somebody works (I13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "with", rename_all = "snake_case")]
pub enum Employment {
    /// With an employer. [`Employment::at`] makes it, and sees to it that the contact person is theirs.
    Employed {
        /// The employer.
        employer: EmployerId,
        /// The contact person there.
        contact: Option<ContactPersonId>,
    },
    /// With nobody but themself.
    SelfEmployed,
}

/// An education that a job is a part of, with the trail that the education is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct InEducation {
    education: EducationId,
    trail: TrailId,
}

impl InEducation {
    /// Inside an education.
    #[must_use]
    pub const fn of(education: &Education) -> Self {
        Self { education: education.id(), trail: education.trail() }
    }

    pub(super) const fn education(self) -> EducationId {
        self.education
    }

    /// What is wrong with a job inside it: the trail is the same, and an employer takes the apprentice on (row 95, of
    /// state).
    pub(super) fn must_hold(self, trail: TrailId, employment: Employment, form: EmploymentForm) -> Vec<Rejection> {
        let elsewhere = (self.trail != trail).then_some(Rejection::BelongsElsewhere { what: Thing::Education });
        let alone = employment.employer().is_none().then_some(Rejection::FormNeedsEmployer { form });
        elsewhere.into_iter().chain(alone).collect()
    }
}

coded! {
    /// The form of employment.
    pub enum EmploymentForm {
        /// Permanent employment.
        Permanent = "permanent", "Fast ansettelse", "Permanent employment";
        /// Temporary employment.
        Temporary = "temporary", "Tidsbegrenset ansettelse", "Temporary employment";
        /// On call, extra work.
        OnCall = "on_call", "Tilkalling/ekstrajobb", "On-call work";
        /// Freelance or self-employed.
        SelfEmployed = "self_employed", "Frilans/selvstendig næringsdrivende", "Freelance or self-employed";
        /// Work training: unpaid, and no job (`DB9`).
        WorkTraining = "work_training", "Arbeidstrening", "Work training";
        /// Apprentice.
        Apprentice = "apprentice", "Lærling", "Apprentice";
    }
}

impl Employment {
    /// With an employer, and perhaps a contact person there.
    ///
    /// # Errors
    /// [`Rejection::EmployerMerged`]; [`Rejection::BelongsElsewhere`] when the contact person is another employer's.
    pub fn at(employer: &Employer, contact: Option<&ContactPerson>) -> Result<Self, Rejection> {
        employer.must_be_current()?;
        contact.map_or(Ok(()), |person| person.must_belong_to(employer))?;
        Ok(Self::Employed { employer: employer.id(), contact: contact.map(ContactPerson::id) })
    }

    /// Refuses a form that does not fit: an employer, unless self-employed (I13, of state).
    pub(super) const fn must_fit(self, form: EmploymentForm) -> Result<(), Rejection> {
        match self {
            Self::SelfEmployed => form.must_do_without_employer(),
            Self::Employed { .. } => form.must_have_employer(),
        }
    }

    /// The employer, if there is one.
    #[must_use]
    pub const fn employer(self) -> Option<EmployerId> {
        match self {
            Self::Employed { employer, .. } => Some(employer),
            Self::SelfEmployed => None,
        }
    }

    /// The contact person, if there is one.
    #[must_use]
    pub const fn contact(self) -> Option<ContactPersonId> {
        match self {
            Self::Employed { contact, .. } => contact,
            Self::SelfEmployed => None,
        }
    }
}

impl EmploymentForm {
    /// Whether it is a job: everything but work training, which has its own column in every figure (`DB9`).
    #[must_use]
    pub const fn is_job(self) -> bool {
        !matches!(self, Self::WorkTraining)
    }

    /// Refuses the form with an employer: the self-employed have none (I13).
    pub(crate) const fn must_have_employer(self) -> Result<(), Rejection> {
        match self {
            Self::SelfEmployed => Err(Rejection::FormHasNoEmployer { form: self }),
            _ => Ok(()),
        }
    }

    /// Refuses the form without an employer, unless it is that of the self-employed (I13).
    pub(crate) const fn must_do_without_employer(self) -> Result<(), Rejection> {
        match self {
            Self::SelfEmployed => Ok(()),
            form => Err(Rejection::FormNeedsEmployer { form }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::contact_person::samples::contact_at;
    use crate::domain::employer::samples::{fjellvik, nordlys};

    #[test]
    fn a_contact_person_of_another_employer_is_refused() {
        let elsewhere = Rejection::BelongsElsewhere { what: Thing::ContactPerson };
        assert_eq!(Employment::at(&fjellvik(), Some(&contact_at(&nordlys()))).unwrap_err(), elsewhere);
        let at = Employment::at(&nordlys(), Some(&contact_at(&nordlys()))).expect("employed");
        assert_eq!(at.contact(), Some(contact_at(&nordlys()).id()));
    }
}
