//! Education of every kind: ordinary, and vocational training.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::day_of::DayOf;
use super::experience::{ExperienceKind, Experiences};
use super::fact::Fact;
use super::id::{EducationId, ParticipantId, TrailId};
use super::job::Job;
use super::kept::{Kept, NotKept, kept};
use super::moment::Authorship;
use super::period::Period;
use super::rejection::Rejection;
use super::text::{Line, Text};
use super::thing::Thing;
use super::trail::{Corrector, Trail, Whose};

mod lists;
#[cfg(test)]
mod tests;

pub use lists::{EducationLevel, EducationTrack, Programme, StudyForm};

/// An education of a trail, in whatever method (rows 94 and 95).
///
/// Its status is never kept: [`Education::status_on`] derives it from the dates and from whether it was broken off. A job
/// inside it names it, see [`InEducation`](super::InEducation).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Education {
    id: EducationId,
    trail: TrailId,
    participant: ParticipantId,
    whose: Whose,
    #[serde(deserialize_with = "kept")]
    terms: EducationTerms,
    registered: Authorship,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    aborted: Option<Authorship>,
    /// Its last day as it was told before it was broken off; none when the end was open, or while it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    planned_last: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Experiences::is_empty")]
    experiences: Experiences,
}

/// What is told about an education. All but title, track, form and period may be left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EducationTerms {
    /// The title.
    pub title: Line<120>,
    /// The track.
    pub track: EducationTrack,
    /// The form of study.
    pub form: StudyForm,
    /// The first day, and the last one if it is known.
    pub period: Period,
    /// The level.
    pub level: Option<EducationLevel>,
    /// The programme of upper secondary education; asked for in vocational training.
    pub programme: Option<Programme>,
    /// Single subjects.
    pub subject: Option<Line<200>>,
    /// Courses.
    pub course: Option<Line<200>>,
    /// The institution.
    pub institution: Option<Line<200>>,
    /// Whom to turn to there: somebody who has to be told that they are kept here.
    pub contact: Option<Line<200>>,
    /// The course of training, adaptations, what was agreed on.
    pub description: Option<Text<8000>>,
    /// Support during the studies, and from whom.
    pub support_plan: Option<Text<8000>>,
}

#[derive(Deserialize)]
pub(crate) struct KeptTerms {
    #[serde(deserialize_with = "kept")]
    title: Line<120>,
    track: EducationTrack,
    form: StudyForm,
    period: Period,
    level: Option<EducationLevel>,
    programme: Option<Programme>,
    #[serde(default, deserialize_with = "kept")]
    subject: Option<Line<200>>,
    #[serde(default, deserialize_with = "kept")]
    course: Option<Line<200>>,
    #[serde(default, deserialize_with = "kept")]
    institution: Option<Line<200>>,
    #[serde(default, deserialize_with = "kept")]
    contact: Option<Line<200>>,
    #[serde(default, deserialize_with = "kept")]
    description: Option<Text<8000>>,
    #[serde(default, deserialize_with = "kept")]
    support_plan: Option<Text<8000>>,
}

impl Kept for EducationTerms {
    type Form = KeptTerms;

    fn from_kept(form: KeptTerms) -> Result<Self, NotKept> {
        Ok(Self {
            title: form.title,
            track: form.track,
            form: form.form,
            period: form.period,
            level: form.level,
            programme: form.programme,
            subject: form.subject,
            course: form.course,
            institution: form.institution,
            contact: form.contact,
            description: form.description,
            support_plan: form.support_plan,
        })
    }
}

coded! {
    /// Where an education stands on a day.
    pub enum EducationStatus {
        /// It has not begun.
        Planned = "planned", "Planlagt", "Planned";
        /// It is going on.
        Ongoing = "ongoing", "Pågår", "Ongoing";
        /// Its last day has passed.
        Completed = "completed", "Fullført", "Completed";
        /// It was broken off, and the last day has passed.
        Aborted = "aborted", "Avbrutt", "Broken off";
    }
}

impl EducationTerms {
    /// What is wrong with them: the form is one of the track, and vocational training takes a vocational programme (of
    /// state).
    pub(crate) fn faults(&self) -> Vec<Rejection> {
        let mut faults = Vec::new();
        if !self.form.is_of(self.track) {
            faults.push(Rejection::StudyFormNotOfTrack { track: self.track, form: self.form });
        }
        let is_vocational = self.programme.is_some_and(Programme::is_vocational);
        if self.track == EducationTrack::Vocational && !is_vocational {
            faults.push(Rejection::ProgrammeNotVocational);
        }
        faults
    }
}

impl Education {
    /// Registers an education, also one that begins later or began before the trail; its end may be open.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10); [`Rejection::StudyFormNotOfTrack`], [`Rejection::ProgrammeNotVocational`].
    pub fn register(
        id: EducationId,
        trail: &Trail,
        terms: EducationTerms,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        trail.must_be_open()?;
        Rejection::all(terms.faults())?;
        let fact = Fact::EducationRegistered {
            education: id,
            trail: trail.id(),
            title: terms.title.clone(),
            track: terms.track,
            form: terms.form,
            period: terms.period,
        };
        let education = Self {
            id,
            trail: trail.id(),
            participant: trail.participant(),
            whose: Whose::of(trail),
            terms,
            registered: *by,
            aborted: None,
            planned_last: None,
            experiences: Experiences::default(),
        };
        Ok((education, fact))
    }

    /// Corrects what was told. The fact says what stood before.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10); what [`Education::register`] refuses; [`Rejection::DateAfter`] for a first day after
    /// the one on which it was written what worked and what did not; [`Rejection::AlreadyEnded`] when it was broken off and
    /// its last day would be another; [`Rejection::NothingChanges`].
    pub fn correct(self, trail: &Trail, terms: EducationTerms) -> Result<(Self, Fact), Rejection> {
        trail.must_be_open_for(self.trail, Thing::Education)?;
        let mut faults = terms.faults();
        let (first, last) = (self.terms.period.first(), self.terms.period.last_or_max());
        let written = self.experiences.first_written_since(first);
        if let Some(latest) = written.filter(|written| *written < terms.period.first()) {
            faults.push(Rejection::DateAfter { day: DayOf::EducationStart, latest });
        }
        if self.aborted.is_some() && terms.period.last_or_max() != last {
            faults.push(Rejection::AlreadyEnded { what: Thing::Education, on: last });
        }
        if terms == self.terms {
            faults.push(Rejection::NothingChanges);
        }
        Rejection::all(faults)?;
        let fact = Fact::EducationCorrected {
            education: self.id,
            trail: self.trail,
            title_before: self.terms.title.clone(),
            title: terms.title.clone(),
            form_before: self.terms.form,
            form: terms.form,
            period_before: self.terms.period,
            period: terms.period,
        };
        Ok((Self { terms, ..self }.follow(trail), fact))
    }

    /// Breaks it off, with its last day: also when the trail has ended (`DB8`).
    ///
    /// # Errors
    /// [`Rejection::AlreadyEnded`] when it was broken off; [`Rejection::DateInFuture`]; [`Rejection::DateBefore`] for a
    /// day before the first.
    pub fn abort(mut self, on: NaiveDate, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        let period = self.terms.period;
        if self.aborted.is_some() {
            return Err(Rejection::AlreadyEnded { what: Thing::Education, on: period.last_or_max() });
        }
        let day = DayOf::EducationAborted;
        let earliest = period.first();
        Rejection::all(day.faults(on, Some(earliest), by))?;
        self.terms.period = period.ending_on(on).map_err(|_| Rejection::DateBefore { day, earliest })?;
        self.planned_last = period.last();
        self.aborted = Some(*by);
        let fact = Fact::EducationAborted { education: self.id, trail: self.trail, on };
        Ok((self, fact))
    }

    /// Corrects when it was broken off, or that it was (I10, of transition): on an ended trail for as long as the trail is
    /// corrected. Not broken off, its last day is again the one that was told before, or open.
    ///
    /// # Errors
    /// [`Rejection::BelongsElsewhere`]; [`Rejection::CorrectionWindowOver`]; [`Rejection::StillOpen`] when it was not broken
    /// off; [`Rejection::NothingChanges`]; otherwise as [`Education::abort`].
    pub fn correct_ending(
        mut self,
        trail: &Trail,
        on: Option<NaiveDate>,
        reason: Text<500>,
        corrector: Corrector,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        if self.trail != trail.id() {
            return Err(Rejection::BelongsElsewhere { what: Thing::Education });
        }
        trail.must_be_correctable(corrector, by)?;
        let Some(aborted) = self.aborted.take() else {
            return Err(Rejection::StillOpen { what: Thing::Education });
        };
        let (period, before) = (self.terms.period, self.terms.period.last_or_max());
        if on == Some(before) {
            return Err(Rejection::NothingChanges);
        }
        let (day, earliest) = (DayOf::EducationAborted, period.first());
        Rejection::all(on.map(|on| day.faults(on, Some(earliest), by)).unwrap_or_default())?;
        let planned = self.planned_last.filter(|last| *last >= earliest);
        self.terms.period =
            Period::new(earliest, on.or(planned)).map_err(|_| Rejection::DateBefore { day, earliest })?;
        self.aborted = on.map(|_| aborted);
        self.planned_last = self.planned_last.filter(|_| on.is_some());
        let (education, trail_id) = (self.id, self.trail);
        let fact = Fact::EducationEndingCorrected { education, trail: trail_id, before, on, why: reason };
        Ok((self.follow(trail), fact))
    }

    /// Withdraws an education that has not begun: it goes. `jobs` are those of the trail; none is a part of it (of
    /// transition).
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10); [`Rejection::HasBegun`] from its first day on; [`Rejection::EducationHasJob`].
    pub fn withdraw(&self, trail: &Trail, jobs: &[&Job], by: &Authorship) -> Result<Fact, Rejection> {
        trail.must_be_open_for(self.trail, Thing::Education)?;
        let (period, title) = (self.terms.period, self.terms.title.clone());
        if period.first() <= by.day() {
            return Err(Rejection::HasBegun { what: Thing::Education, on: period.first() });
        }
        if let Some(job) = jobs.iter().find(|job| job.education() == Some(self.id)) {
            return Err(Rejection::EducationHasJob { job: job.id() });
        }
        Ok(Fact::EducationWithdrawn { education: self.id, trail: self.trail, title, period })
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
        let fact = Fact::EducationExperienceNoted { education: self.id, trail: self.trail, kind };
        Ok((Self { experiences: self.experiences.noted(kind, text, by)?, ..self }, fact))
    }

    /// The same education, shown to whom the trail is shown to now. No fact of its own: what is told of the trail is told of it.
    #[must_use]
    pub fn follow(mut self, trail: &Trail) -> Self {
        self.whose = Whose::of(trail);
        self
    }

    /// Where it stands on a day: it is ongoing from its first day to its last, both included.
    #[must_use]
    pub fn status_on(&self, day: NaiveDate) -> EducationStatus {
        if day < self.terms.period.first() {
            EducationStatus::Planned
        } else if self.terms.period.contains(day) {
            EducationStatus::Ongoing
        } else if self.aborted.is_some() {
            EducationStatus::Aborted
        } else {
            EducationStatus::Completed
        }
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> EducationId {
        self.id
    }

    /// The trail that it belongs to.
    #[must_use]
    pub const fn trail(&self) -> TrailId {
        self.trail
    }

    /// The participant whom it concerns.
    #[must_use]
    pub const fn participant(&self) -> ParticipantId {
        self.participant
    }

    /// Whom it is shown to, and whose it is.
    #[must_use]
    pub const fn whose(&self) -> Whose {
        self.whose
    }

    /// What is told of it.
    #[must_use]
    pub const fn terms(&self) -> &EducationTerms {
        &self.terms
    }

    /// Who registered it, and when.
    #[must_use]
    pub const fn registered(&self) -> &Authorship {
        &self.registered
    }

    /// Who broke it off, and when that was registered; the day is the last of the period.
    #[must_use]
    pub const fn aborted(&self) -> Option<&Authorship> {
        self.aborted.as_ref()
    }

    /// The last day that was told before it was broken off, if one was.
    #[must_use]
    pub const fn planned_last(&self) -> Option<NaiveDate> {
        self.planned_last
    }

    /// What worked and what did not.
    #[must_use]
    pub const fn experiences(&self) -> &Experiences {
        &self.experiences
    }
}

#[cfg(test)]
pub(crate) mod samples {
    use uuid::Uuid;

    use super::*;
    use crate::domain::samples::{by_spurv, day};

    /// An ordinary education from a day on, with an open end.
    pub(crate) fn terms(from: &str) -> EducationTerms {
        EducationTerms {
            title: Line::parse("Påbygging").expect("a title"),
            track: EducationTrack::Ordinary,
            form: StudyForm::FullTime,
            period: Period::from(day(from)).expect("a period"),
            level: Some(EducationLevel::UpperSecondary),
            programme: None,
            subject: None,
            course: None,
            institution: None,
            contact: None,
            description: None,
            support_plan: None,
        }
    }

    /// Vocational training from a day on.
    pub(crate) fn vocational(from: &str) -> EducationTerms {
        EducationTerms {
            track: EducationTrack::Vocational,
            form: StudyForm::CertificateAtWork,
            programme: Some(Programme::Food),
            ..terms(from)
        }
    }

    /// An education, registered.
    pub(crate) fn education_from(trail: &Trail, terms: EducationTerms) -> Education {
        let id = EducationId::new(Uuid::from_u128(0x0e_0001));
        Education::register(id, trail, terms, &by_spurv("2022-08-01")).expect("registered").0
    }
}
