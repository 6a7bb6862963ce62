//! What is told of a job while it lasts, and of how it went.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Job, NewJob};
use crate::domain::day_of::DayOf;
use crate::domain::experience::ExperienceKind;
use crate::domain::fact::Fact;
use crate::domain::hours::{HoursBand, HoursPerWeek};
use crate::domain::kept::kept;
use crate::domain::moment::Authorship;
use crate::domain::rejection::Rejection;
use crate::domain::text::{Line, Text};
use crate::domain::thing::Thing;
use crate::domain::trail::{Trail, Whose};

/// Other hours from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursChange {
    #[serde(deserialize_with = "kept")]
    hours: HoursPerWeek,
    from: NaiveDate,
    authorship: Authorship,
}

/// The job was found to be still going on, on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenureConfirmation {
    on: NaiveDate,
    authorship: Authorship,
}

/// A reference that somebody gave for the participant's work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobReference {
    on: NaiveDate,
    #[serde(deserialize_with = "kept")]
    given_by: Line<120>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "kept")]
    words: Option<Text<4000>>,
    authorship: Authorship,
}

/// Less support from a day on, and the plan that remains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportStepDown {
    on: NaiveDate,
    #[serde(deserialize_with = "kept")]
    plan: Text<4000>,
    authorship: Authorship,
}

/// The participant wants no more support in the job, from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportDeclined {
    on: NaiveDate,
    authorship: Authorship,
}

impl HoursChange {
    /// The hours.
    #[must_use]
    pub const fn hours(&self) -> HoursPerWeek {
        self.hours
    }

    /// The first day with them.
    #[must_use]
    pub const fn from(&self) -> NaiveDate {
        self.from
    }

    /// Who registered it, and when.
    #[must_use]
    pub const fn authorship(&self) -> &Authorship {
        &self.authorship
    }
}

impl JobReference {
    /// The day.
    #[must_use]
    pub const fn on(&self) -> NaiveDate {
        self.on
    }

    /// Who gave it.
    #[must_use]
    pub const fn given_by(&self) -> &Line<120> {
        &self.given_by
    }

    /// What it says.
    #[must_use]
    pub const fn words(&self) -> Option<&Text<4000>> {
        self.words.as_ref()
    }

    /// Who registered it, and when.
    #[must_use]
    pub const fn authorship(&self) -> &Authorship {
        &self.authorship
    }
}

impl SupportStepDown {
    /// The first day with less support.
    #[must_use]
    pub const fn on(&self) -> NaiveDate {
        self.on
    }

    /// The plan that remains.
    #[must_use]
    pub const fn plan(&self) -> &Text<4000> {
        &self.plan
    }
}

impl Job {
    /// Corrects what was told when it was registered. The fact says what stood before.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10); what [`Job::register`] refuses; [`Rejection::DateAfter`] for a first day after what
    /// was noted of its course until today; [`Rejection::DateBefore`] for a last day before the one on which it was found to
    /// be going on; [`Rejection::AlreadyEnded`] when the job has ended and its last day would be another,
    /// [`Rejection::NothingChanges`].
    pub fn correct(self, trail: &Trail, told: NewJob, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        trail.must_be_open_for(self.trail, Thing::Job)?;
        let mut faults = told.faults(trail);
        if let Some(latest) = self.first_noted_until(by.day()).filter(|noted| *noted < told.period.first()) {
            faults.push(Rejection::DateAfter { day: DayOf::JobStart, latest });
        }
        if self.ending.is_some() {
            if told.period.last() != self.period.last() {
                faults.push(Rejection::AlreadyEnded { what: Thing::Job, on: self.period.last_or_max() });
            }
        } else if let Some(earliest) = self.confirmed_on().filter(|on| *on > told.period.last_or_max()) {
            faults.push(Rejection::DateBefore { day: DayOf::JobEnd, earliest });
        }
        Rejection::all(faults)?;
        let registered = self.registered;
        let corrected = Self {
            hours_changes: self.hours_changes.clone(),
            experiences: self.experiences.clone(),
            references: self.references.clone(),
            confirmed: self.confirmed,
            step_down: self.step_down.clone(),
            declined: self.declined,
            ending: self.ending.clone(),
            ..Self::told(self.id, trail, told, registered)
        };
        if corrected == (Self { whose: corrected.whose, ..self.clone() }) {
            return Err(Rejection::NothingChanges);
        }
        let fact = Fact::JobCorrected {
            job: self.id,
            trail: self.trail,
            employer_before: self.employment.employer(),
            employer: corrected.employment.employer(),
            title_before: self.title,
            title: corrected.title.clone(),
            form_before: self.form,
            form: corrected.form,
            hours_before: self.hours,
            hours: corrected.hours,
            period_before: self.period,
            period: corrected.period,
        };
        Ok((corrected, fact))
    }

    /// The first day, until another, on which something was noted of its course: what is planned for later days says nothing
    /// of whether it began, nor does what was written of it before its first day.
    pub(super) fn first_noted_until(&self, last: NaiveDate) -> Option<NaiveDate> {
        let hours = self.hours_changes.iter().map(HoursChange::from);
        let references = self.references.iter().map(JobReference::on);
        let others = [
            self.confirmed_on(),
            self.step_down.as_ref().map(SupportStepDown::on),
            self.experiences.first_written_since(self.period.first()),
        ];
        hours.chain(references).chain(others.into_iter().flatten()).filter(|on| *on <= last).min()
    }

    /// Other hours from a day on, which may lie ahead. A change from the same day takes the place of the earlier one.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10); [`Rejection::DateBefore`] for a day before the first, [`Rejection::DateOutOfRange`];
    /// [`Rejection::NothingChanges`] when those are the hours.
    pub fn change_hours(
        mut self,
        trail: &Trail,
        hours: HoursPerWeek,
        from: NaiveDate,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        trail.must_be_open_for(self.trail, Thing::Job)?;
        let day = DayOf::HoursChange;
        let mut faults = day.faults_of_plan(from);
        let first = self.period.first();
        if from < first {
            faults.push(Rejection::DateBefore { day, earliest: first });
        } else if self.hours_on(from) == Some(hours) {
            faults.push(Rejection::NothingChanges);
        }
        Rejection::all(faults)?;
        self.hours_changes.retain(|change| change.from != from);
        self.hours_changes.push(HoursChange { hours, from, authorship: *by });
        self.hours_changes.sort_by_key(|change| change.from);
        let fact = Fact::JobHoursChanged { job: self.id, trail: self.trail, hours, from };
        Ok((self.follow(trail), fact))
    }

    /// The job was still going on, on a day: also when the trail has ended (`DB8`). The latest such day is kept.
    ///
    /// # Errors
    /// [`Rejection::DateInFuture`], [`Rejection::DateBefore`] for a day before the first or before the one that is kept;
    /// [`Rejection::AlreadyEnded`] for a day after the last, [`Rejection::NothingChanges`].
    pub fn confirm(mut self, on: NaiveDate, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        let earliest = self.confirmed.map_or(self.period.first(), |confirmed| confirmed.on);
        let mut faults = DayOf::TenureConfirmed.faults(on, Some(earliest), by);
        if self.confirmed.is_some_and(|confirmed| confirmed.on == on) {
            faults.push(Rejection::NothingChanges);
        }
        if on > self.period.last_or_max() {
            faults.push(Rejection::AlreadyEnded { what: Thing::Job, on: self.period.last_or_max() });
        }
        Rejection::all(faults)?;
        self.confirmed = Some(TenureConfirmation { on, authorship: *by });
        let fact = Fact::TenureConfirmed { job: self.id, trail: self.trail, on };
        Ok((self, fact))
    }

    /// Writes what worked or did not: also when the trail has ended (`DB8`).
    ///
    /// # Errors
    /// [`Rejection::NothingChanges`].
    pub fn note_experience(
        self,
        kind: ExperienceKind,
        text: Text<8000>,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        let fact = Fact::JobExperienceNoted { job: self.id, trail: self.trail, kind };
        Ok((Self { experiences: self.experiences.noted(kind, text, by)?, ..self }, fact))
    }

    /// Keeps a reference: also when the trail has ended (`DB8`). The same one, of the same day, giver and words, is kept once.
    ///
    /// # Errors
    /// [`Rejection::DateInFuture`]; [`Rejection::DateBefore`] for a day before the first of the job.
    pub fn give_reference(
        mut self,
        on: NaiveDate,
        given_by: Line<120>,
        words: Option<Text<4000>>,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        let mut faults = DayOf::Reference.faults(on, Some(self.period.first()), by);
        let is_the_same = |known: &JobReference| (known.on, &known.given_by, &known.words) == (on, &given_by, &words);
        if self.references.iter().any(is_the_same) {
            faults.push(Rejection::NothingChanges);
        }
        Rejection::all(faults)?;
        self.references.push(JobReference { on, given_by, words, authorship: *by });
        let fact = Fact::JobReferenceGiven { job: self.id, trail: self.trail, on };
        Ok((self, fact))
    }

    /// Less support from a day on, with the plan that remains (S42). What is due from then on stays the same: support
    /// has no time limit.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10); [`Rejection::DateInFuture`]; [`Rejection::DateBefore`] for a day before the first.
    pub fn step_down(
        mut self,
        trail: &Trail,
        on: NaiveDate,
        plan: Text<4000>,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        trail.must_be_open_for(self.trail, Thing::Job)?;
        Rejection::all(DayOf::StepDown.faults(on, Some(self.period.first()), by))?;
        self.step_down = Some(SupportStepDown { on, plan, authorship: *by });
        let fact = Fact::JobSupportSteppedDown { job: self.id, trail: self.trail, on };
        Ok((self.follow(trail), fact))
    }

    /// The participant wants no more support in the job, from a day on: nothing more falls due (S42).
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10); [`Rejection::NothingChanges`] when it was declined; [`Rejection::DateInFuture`].
    pub fn decline_support(mut self, trail: &Trail, on: NaiveDate, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        trail.must_be_open_for(self.trail, Thing::Job)?;
        if self.declined.is_some() {
            return Err(Rejection::NothingChanges);
        }
        Rejection::all(DayOf::SupportDeclined.faults(on, None, by))?;
        self.declined = Some(SupportDeclined { on, authorship: *by });
        let fact = Fact::JobSupportDeclined { job: self.id, trail: self.trail, on };
        Ok((self.follow(trail), fact))
    }

    /// The same job, shown to whom the trail is shown to now. No fact of its own: what is told of the trail is told of it.
    #[must_use]
    pub fn follow(mut self, trail: &Trail) -> Self {
        self.whose = Some(Whose::of(trail));
        self
    }

    /// The hours a week on a day: as they were changed last, or as they were agreed at the start.
    #[must_use]
    pub fn hours_on(&self, day: NaiveDate) -> Option<HoursPerWeek> {
        let changed = self.hours_changes.iter().rev().find(|change| change.from <= day);
        changed.map(HoursChange::hours).or(self.hours)
    }

    /// The band that its hours lie in on a day.
    #[must_use]
    pub fn hours_band_on(&self, day: NaiveDate) -> Option<HoursBand> {
        self.hours_on(day).map(HoursPerWeek::band)
    }

    /// The changes of hours, by the day from which they hold.
    #[must_use]
    pub fn hours_changes(&self) -> &[HoursChange] {
        &self.hours_changes
    }

    /// The latest day on which it was found to be going on.
    #[must_use]
    pub fn confirmed_on(&self) -> Option<NaiveDate> {
        self.confirmed.map(|confirmed| confirmed.on)
    }

    /// The references.
    #[must_use]
    pub fn references(&self) -> &[JobReference] {
        &self.references
    }

    /// The step-down of support, when there was one.
    #[must_use]
    pub const fn support_step_down(&self) -> Option<&SupportStepDown> {
        self.step_down.as_ref()
    }

    /// The day from which the participant wants no more support.
    #[must_use]
    pub fn support_declined_on(&self) -> Option<NaiveDate> {
        self.declined.map(|declined| declined.on)
    }
}
