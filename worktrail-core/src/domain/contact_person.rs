//! Contact persons at employers: a person, not to be confused with an employer contact, which is an event (`DA18`).

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::channel::Channel;
use super::day_of::DayOf;
use super::email::EmailAddress;
use super::employer::Employer;
use super::fact::Fact;
use super::id::{ContactPersonId, EmployerId};
use super::kept::{Kept, NotKept, kept};
use super::moment::Authorship;
use super::person_name::PersonName;
use super::phone::PhoneNumber;
use super::rejection::Rejection;
use super::text::Line;
use super::thing::Thing;

/// A contact person at an employer. One who has left is marked, and kept with what they took part in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactPerson {
    id: ContactPersonId,
    employer: EmployerId,
    #[serde(deserialize_with = "kept")]
    name: PersonName,
    #[serde(default, deserialize_with = "kept")]
    phone: Option<PhoneNumber>,
    #[serde(default, deserialize_with = "kept")]
    email: Option<EmailAddress>,
    #[serde(default, deserialize_with = "kept")]
    role: Option<Line<100>>,
    registered: Authorship,
    left: Option<Left>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    informed: Option<Informed>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    absorbed: Vec<ContactPersonId>,
}

/// What is known about a contact person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactPersonDetails {
    /// The name.
    pub name: PersonName,
    /// The telephone number.
    pub phone: Option<PhoneNumber>,
    /// The e-mail address.
    pub email: Option<EmailAddress>,
    /// The role at the employer, such as "daglig leder".
    pub role: Option<Line<100>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Left {
    on: NaiveDate,
    authorship: Authorship,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Informed {
    on: NaiveDate,
    channel: Channel,
    authorship: Authorship,
}

#[derive(Deserialize)]
pub(crate) struct KeptDetails {
    #[serde(deserialize_with = "kept")]
    name: PersonName,
    #[serde(default, deserialize_with = "kept")]
    phone: Option<PhoneNumber>,
    #[serde(default, deserialize_with = "kept")]
    email: Option<EmailAddress>,
    #[serde(default, deserialize_with = "kept")]
    role: Option<Line<100>>,
}

impl Kept for ContactPersonDetails {
    type Form = KeptDetails;

    fn from_kept(form: KeptDetails) -> Result<Self, NotKept> {
        let KeptDetails { name, phone, email, role } = form;
        Ok(Self { name, phone, email, role })
    }
}

impl ContactPerson {
    /// Registers a contact person at an employer.
    ///
    /// # Errors
    /// [`Rejection::EmployerMerged`].
    pub fn register(
        id: ContactPersonId,
        employer: &Employer,
        details: ContactPersonDetails,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        employer.must_be_current()?;
        let ContactPersonDetails { name, phone, email, role } = details;
        let employer = employer.id();
        let fact = Fact::ContactPersonRegistered { contact_person: id, employer, name: name.clone() };
        let (registered, left, informed, absorbed) = (*by, None, None, Vec::new());
        Ok((Self { id, employer, name, phone, email, role, registered, left, informed, absorbed }, fact))
    }

    /// Corrects what is known. What was said before stands in the fact, and is forgotten with the person.
    ///
    /// # Errors
    /// [`Rejection::NothingChanges`].
    pub fn correct(self, details: ContactPersonDetails) -> Result<(Self, Fact), Rejection> {
        let before = self.details();
        if before == details {
            return Err(Rejection::NothingChanges);
        }
        let ContactPersonDetails { name, phone, email, role } = details;
        let (contact_person, employer, before) = (self.id, self.employer, Some(Box::new(before)));
        let fact = Fact::ContactPersonCorrected { contact_person, employer, before };
        Ok((Self { name, phone, email, role, ..self }, fact))
    }

    /// Notes that the person was told that their data are kept here (GDPR art. 14).
    ///
    /// # Errors
    /// [`Rejection::AlreadyDone`] when it is noted already; [`Rejection::DateInFuture`], [`Rejection::DateBefore`] for a
    /// day before they were registered.
    pub fn inform(mut self, on: NaiveDate, channel: Channel, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        if let Some(informed) = &self.informed {
            return Err(Rejection::AlreadyDone { day: DayOf::ContactPersonInformed, on: informed.on });
        }
        Rejection::all(DayOf::ContactPersonInformed.faults(on, Some(self.registered.day()), by))?;
        self.informed = Some(Informed { on, channel, authorship: *by });
        let fact = Fact::ContactPersonInformed { contact_person: self.id, employer: self.employer, on, channel };
        Ok((self, fact))
    }

    /// Merges a duplicate of the same person into this record (S30). The details stay as this record has them; what was
    /// made with the duplicate keeps its id, which this record [goes by](Self::goes_by) from now on. The duplicate itself
    /// is to be forgotten: two records of one person would be two to forget.
    ///
    /// # Errors
    /// [`Rejection::NotADuplicate`] for the same record, and for people of different employers.
    pub fn absorb(mut self, duplicate: &Self, employer: &Employer) -> Result<(Self, Fact), Rejection> {
        let of_one_employer = employer.goes_by(self.employer) && employer.goes_by(duplicate.employer);
        if self.id == duplicate.id || !of_one_employer {
            return Err(Rejection::NotADuplicate { what: Thing::ContactPerson });
        }
        self.absorbed.push(duplicate.id);
        self.absorbed.extend(&duplicate.absorbed);
        let (contact_person, duplicate, employer) = (self.id, duplicate.id, employer.id());
        Ok((self, Fact::ContactPersonsMerged { contact_person, duplicate, employer }))
    }

    /// Marks the person as a former one, from a day on.
    ///
    /// # Errors
    /// [`Rejection::AlreadyEnded`] when the person is one already; [`Rejection::DateInFuture`].
    pub fn mark_former(mut self, on: NaiveDate, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        if let Some(left) = &self.left {
            return Err(Rejection::AlreadyEnded { what: Thing::ContactPerson, on: left.on });
        }
        Rejection::all(DayOf::ContactPersonLeft.faults(on, None, by))?;
        self.left = Some(Left { on, authorship: *by });
        let fact = Fact::ContactPersonLeft { contact_person: self.id, employer: self.employer, on };
        Ok((self, fact))
    }

    /// The last day for informing the person: a month after they were registered (GDPR art. 14(3)). None once it is done.
    #[must_use]
    pub fn inform_by(&self) -> Option<NaiveDate> {
        let is_due = self.informed.is_none();
        is_due.then(|| self.registered.day().checked_add_months(Months::new(1))).flatten()
    }

    /// The day on which the person was informed that their data are kept.
    #[must_use]
    pub fn informed_on(&self) -> Option<NaiveDate> {
        self.informed.as_ref().map(|informed| informed.on)
    }

    /// Whether an id is, or was, one of this person's.
    #[must_use]
    pub fn goes_by(&self, id: ContactPersonId) -> bool {
        self.id == id || self.absorbed.contains(&id)
    }

    /// What is known.
    #[must_use]
    pub fn details(&self) -> ContactPersonDetails {
        let Self { name, phone, email, role, .. } = self.clone();
        ContactPersonDetails { name, phone, email, role }
    }

    /// The id.
    #[must_use]
    pub const fn id(&self) -> ContactPersonId {
        self.id
    }

    /// The employer.
    #[must_use]
    pub const fn employer(&self) -> EmployerId {
        self.employer
    }

    /// The name.
    #[must_use]
    pub const fn name(&self) -> &PersonName {
        &self.name
    }

    /// The telephone number.
    #[must_use]
    pub const fn phone(&self) -> Option<&PhoneNumber> {
        self.phone.as_ref()
    }

    /// The e-mail address.
    #[must_use]
    pub const fn email(&self) -> Option<&EmailAddress> {
        self.email.as_ref()
    }

    /// The role at the employer.
    #[must_use]
    pub const fn role(&self) -> Option<&Line<100>> {
        self.role.as_ref()
    }

    /// Who registered the person, and when.
    #[must_use]
    pub const fn registered(&self) -> &Authorship {
        &self.registered
    }

    /// The day from which the person is a former contact.
    #[must_use]
    pub fn left_on(&self) -> Option<NaiveDate> {
        self.left.as_ref().map(|left| left.on)
    }

    /// Who marked the person as former, and when.
    #[must_use]
    pub fn left(&self) -> Option<&Authorship> {
        self.left.as_ref().map(|left| &left.authorship)
    }

    /// Refuses a contact person who belongs to another employer (I14, of transition).
    pub(super) fn must_belong_to(&self, employer: &Employer) -> Result<(), Rejection> {
        let belongs = employer.goes_by(self.employer);
        if belongs { Ok(()) } else { Err(Rejection::BelongsElsewhere { what: Thing::ContactPerson }) }
    }
}

#[cfg(test)]
pub(crate) mod samples {
    use uuid::Uuid;

    use super::*;
    use crate::domain::samples::by_spurv;

    /// A contact person at an employer.
    pub(crate) fn contact_at(employer: &Employer) -> ContactPerson {
        let details = ContactPersonDetails {
            name: PersonName::new("GLAD", "BEVER").expect("a name"),
            phone: PhoneNumber::parse("+4700000001").ok(),
            email: None,
            role: Line::parse("daglig leder").ok(),
        };
        let id = ContactPersonId::new(Uuid::from_u128(0xC_0001));
        ContactPerson::register(id, employer, details, &by_spurv("2022-06-01")).expect("registered").0
    }
}

#[cfg(test)]
mod tests {
    use super::samples::contact_at;
    use super::*;
    use uuid::Uuid;

    use crate::domain::Employment;
    use crate::domain::employer::samples::{employer, fjellvik, nordlys};
    use crate::domain::samples::{by_spurv, day};

    #[test]
    fn a_former_contact_person_is_marked_once_and_kept() {
        let by = by_spurv("2022-09-01");
        let ahead = contact_at(&fjellvik()).mark_former(day("2022-09-02"), &by).unwrap_err();
        assert_eq!(ahead, Rejection::DateInFuture { day: DayOf::ContactPersonLeft });
        let (person, _) = contact_at(&fjellvik()).mark_former(day("2022-08-31"), &by).expect("marked");
        assert_eq!((person.left_on(), person.left()), (Some(day("2022-08-31")), Some(&by)));
        assert_eq!(person.employer(), fjellvik().id());
        let on = day("2022-08-31");
        let twice = person.mark_former(day("2022-09-01"), &by).unwrap_err();
        assert_eq!(twice, Rejection::AlreadyEnded { what: Thing::ContactPerson, on });
    }

    #[test]
    fn i14_a_contact_person_belongs_to_one_employer() {
        let person = contact_at(&fjellvik());
        assert_eq!(person.must_belong_to(&fjellvik()), Ok(()));
        let elsewhere = Rejection::BelongsElsewhere { what: Thing::ContactPerson };
        assert_eq!(person.must_belong_to(&nordlys()), Err(elsewhere));
        // and to whom that employer was merged into
        let (kept, _, _) = employer(7, None, "FJELLVIK").absorb(fjellvik(), &by_spurv("2022-06-20")).expect("merged");
        assert_eq!(person.must_belong_to(&kept), Ok(()));
        // and a duplicate that was merged takes no new one, as a workplace or otherwise
        let (_, merged, _) = employer(7, None, "FJELLVIK").absorb(fjellvik(), &by_spurv("2022-06-20")).expect("merged");
        let into = Rejection::EmployerMerged { into: kept.id() };
        let registered = ContactPerson::register(person.id(), &merged, person.details(), &by_spurv("2022-06-20"));
        assert_eq!(registered.unwrap_err(), into);
        assert_eq!(Employment::at(&merged, None).unwrap_err(), into);
    }

    #[test]
    fn a_correction_tells_what_was_before() {
        let details = ContactPersonDetails { phone: None, ..contact_at(&fjellvik()).details() };
        let (person, fact) = contact_at(&fjellvik()).correct(details.clone()).expect("corrected");
        assert_eq!(person.details(), details);
        let before = contact_at(&fjellvik()).details();
        assert!(matches!(fact, Fact::ContactPersonCorrected { before: Some(told), .. } if *told == before));
        assert_eq!(person.clone().correct(details), Err(Rejection::NothingChanges));
        // and all of it may have been wrong
        let details = ContactPersonDetails {
            name: PersonName::new("GLAD", "ORRE").expect("a name"),
            phone: PhoneNumber::parse("+4700000002").ok(),
            email: EmailAddress::parse("orre@example.com").ok(),
            role: Line::parse("avdelingsleder").ok(),
        };
        let (person, _) = person.correct(details.clone()).expect("corrected");
        assert_eq!(person.details(), details);
        let known = (person.phone(), person.email(), person.role());
        assert_eq!(known, (details.phone.as_ref(), details.email.as_ref(), details.role.as_ref()));
    }

    #[test]
    fn art_14_a_contact_person_is_informed_within_a_month_and_once() {
        // given somebody registered on the first of June
        let person = contact_at(&fjellvik());
        assert_eq!(person.inform_by(), Some(day("2022-07-01")));
        // when they are informed, then nothing is due any more
        let by = by_spurv("2022-06-21");
        let inform = |person: ContactPerson, on: &str| person.inform(day(on), Channel::InPerson, &by);
        let day_of = DayOf::ContactPersonInformed;
        let early = Rejection::DateBefore { day: day_of, earliest: day("2022-06-01") };
        assert_eq!(inform(person.clone(), "2022-05-31").unwrap_err(), early);
        assert_eq!(inform(person.clone(), "2022-06-22").unwrap_err(), Rejection::DateInFuture { day: day_of });
        let (informed, _) = inform(person, "2022-06-21").expect("informed");
        assert_eq!((informed.inform_by(), informed.informed_on()), (None, Some(day("2022-06-21"))));
        let twice = Rejection::AlreadyDone { day: day_of, on: day("2022-06-21") };
        assert_eq!(inform(informed, "2022-06-21").unwrap_err(), twice);
    }

    #[test]
    fn s30_a_duplicate_of_the_same_employer_is_merged() {
        let by = by_spurv("2022-06-21");
        let kept = contact_at(&fjellvik());
        let other = |employer: &Employer| {
            let id = ContactPersonId::new(Uuid::from_u128(0xC_0002));
            ContactPerson::register(id, employer, kept.details(), &by).expect("registered").0
        };
        let refused = Err(Rejection::NotADuplicate { what: Thing::ContactPerson });
        assert_eq!(kept.clone().absorb(&kept, &fjellvik()), refused);
        assert_eq!(kept.clone().absorb(&other(&nordlys()), &fjellvik()), refused);
        let duplicate = other(&fjellvik());
        let (kept, fact) = kept.clone().absorb(&duplicate, &fjellvik()).expect("merged");
        assert!(kept.goes_by(kept.id()) && kept.goes_by(duplicate.id()));
        assert!(!kept.goes_by(ContactPersonId::new(Uuid::from_u128(0xC_0003))));
        assert_eq!(fact.code(), "contact_persons_merged");
    }

    #[test]
    fn the_name_is_silent() {
        assert!(!format!("{:?}", contact_at(&fjellvik())).contains("BEVER"));
    }
}
