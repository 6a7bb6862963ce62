//! What an employer has said about being contacted.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Employer;
use crate::domain::coded::coded;
use crate::domain::contact_person::ContactPerson;
use crate::domain::day_of::DayOf;
use crate::domain::fact::Fact;
use crate::domain::id::ContactPersonId;
use crate::domain::moment::Authorship;
use crate::domain::rejection::Rejection;
use crate::domain::thing::Thing;

/// What an employer has said about being contacted. It is advice before a contact and never a refusal: a contact that
/// is registered has taken place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct EmployerPreferences {
    /// That it does not want to be contacted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub do_not_contact: Option<DoNotContact>,
    /// Through whom alone it wants to be contacted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_through: Option<ContactPersonId>,
    /// Whether it wants to be visited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visits: Option<VisitWish>,
}

impl EmployerPreferences {
    /// What is wrong with them, whoever's they are.
    pub(crate) fn faults(&self, by: &Authorship) -> Vec<Rejection> {
        let until = self.do_not_contact.and_then(|wish| wish.until);
        until.map_or_else(Vec::new, |until| DayOf::DoNotContact.faults_of_end(until, by))
    }
}

/// That an employer does not want to be contacted: why, and until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoNotContact {
    /// Why. None of the reasons tells that somebody there takes part (`DA8`).
    pub reason: DoNotContactReason,
    /// The last day, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

coded! {
    /// Why an employer is not to be contacted.
    pub enum DoNotContactReason {
        /// It has asked for it.
        AskedNotTo = "asked_not_to", "Har bedt om det", "Has asked not to be";
        /// It is laying people off.
        LayingOff = "laying_off", "Nedbemanner", "Is laying people off";
        /// It is being reorganised.
        Reorganising = "reorganising", "Omorganiserer", "Is being reorganised";
        /// Its working conditions are not good enough.
        WorkingConditions = "working_conditions", "Uforsvarlige arbeidsforhold", "Working conditions";
        /// Another reason.
        Other = "other", "Annet", "Other";
    }
}

coded! {
    /// Whether an employer wants to be visited.
    pub enum VisitWish {
        /// At any time.
        Welcome = "welcome", "Tar gjerne imot besøk", "Visits are welcome";
        /// By appointment only.
        ByAppointment = "by_appointment", "Besøk etter avtale", "Visits by appointment";
        /// Not at all.
        NotWanted = "not_wanted", "Ønsker ikke besøk", "Visits are not wanted";
    }
}

impl DoNotContact {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.until.is_none_or(|until| day <= until)
    }
}

impl Employer {
    /// Notes what it has said about being contacted, instead of what it said before.
    ///
    /// # Errors
    /// All faults at once: [`Rejection::EmployerMerged`]; [`Rejection::DateBefore`] when the last day has gone by;
    /// [`Rejection::BelongsElsewhere`] for a contact person of another employer (I14), [`Rejection::AlreadyEnded`] for a
    /// former one; [`Rejection::NothingChanges`].
    pub fn prefer(
        mut self,
        preferences: EmployerPreferences,
        only_through: Option<&ContactPerson>,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        self.must_be_current()?;
        let mut faults = preferences.faults(by);
        if let Some(person) = only_through {
            faults.extend(person.must_belong_to(&self).err());
            faults.extend(person.left_on().map(|on| Rejection::AlreadyEnded { what: Thing::ContactPerson, on }));
        }
        if self.preferences.unwrap_or_default() == preferences {
            faults.push(Rejection::NothingChanges);
        }
        Rejection::all(faults)?;
        self.preferences = Some(preferences);
        let fact = Fact::EmployerPreferencesSet {
            employer: self.id,
            do_not_contact: preferences.do_not_contact,
            only_through: preferences.only_through,
            visits: preferences.visits,
        };
        Ok((self, fact))
    }

    /// The same employer, when a contact person's record goes: whoever is contacted only through it is contacted through
    /// the one that takes its place, if there is one.
    #[must_use]
    pub fn through_instead(mut self, gone: ContactPersonId, instead: Option<ContactPersonId>) -> Self {
        if let Some(preferences) = &mut self.preferences
            && preferences.only_through == Some(gone)
        {
            preferences.only_through = instead;
        }
        self
    }
}
