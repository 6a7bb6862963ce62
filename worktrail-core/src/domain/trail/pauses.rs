//! Paused periods (*passiv*): days on which the participant is not to be hurried, in any method (`DA11`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Trail;
use crate::domain::coded::coded;
use crate::domain::day_of::DayOf;
use crate::domain::fact::Fact;
use crate::domain::kept::kept;
use crate::domain::moment::Authorship;
use crate::domain::period::Period;
use crate::domain::rejection::Rejection;
use crate::domain::text::Text;
use crate::domain::thing::Thing;

coded! {
    /// Why a trail is paused.
    pub silent enum PauseReason {
        /// Illness.
        Illness = "illness", "Sykdom", "Illness";
        /// Treatment or a stay in hospital.
        Treatment = "treatment", "Behandling eller innleggelse", "Treatment or hospital stay";
        /// Family or life at home.
        Family = "family", "Familie og hjem", "Family and home";
        /// Parental leave.
        ParentalLeave = "parental_leave", "Foreldrepermisjon", "Parental leave";
        /// Travel or holiday.
        Travel = "travel", "Reise eller ferie", "Travel or holiday";
        /// The participant asked for time.
        OwnWish = "own_wish", "Eget ønske", "The participant's own wish";
        /// Something else.
        Other = "other", "Annet", "Other";
    }
}

coded! {
    /// Where a pause stands on a day; always derived from its days.
    pub enum PauseState {
        /// It has not begun.
        Planned = "planned", "Planlagt", "Planned";
        /// It is going on.
        Ongoing = "ongoing", "Pågår", "Ongoing";
        /// It is over.
        Over = "over", "Over", "Over";
    }
}

/// What is said of a pause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseTerms {
    /// From when to when, the last day included; the end may be open.
    pub period: Period,
    /// Why.
    pub reason: PauseReason,
    /// More about why, in words of need.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text<500>>,
    /// When the specialist looks in; asked for when the end is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up_on: Option<NaiveDate>,
}

/// A paused period of a trail. No two of a trail have a day in common, so its first day names it (I12, of state).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    period: Period,
    reason: PauseReason,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "kept")]
    note: Option<Text<500>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    follow_up_on: Option<NaiveDate>,
    authorship: Authorship,
}

impl Pause {
    fn new(terms: PauseTerms, by: &Authorship) -> Self {
        let PauseTerms { period, reason, note, follow_up_on } = terms;
        Self { period, reason, note, follow_up_on, authorship: *by }
    }

    /// From when to when.
    #[must_use]
    pub const fn period(&self) -> Period {
        self.period
    }

    /// Why.
    #[must_use]
    pub const fn reason(&self) -> PauseReason {
        self.reason
    }

    /// More about why.
    #[must_use]
    pub const fn note(&self) -> Option<&Text<500>> {
        self.note.as_ref()
    }

    /// When the specialist looks in: the next outreach of a paused participant (`DB5`).
    #[must_use]
    pub const fn follow_up_on(&self) -> Option<NaiveDate> {
        self.follow_up_on
    }

    /// Who said so last, and when.
    #[must_use]
    pub const fn authorship(&self) -> &Authorship {
        &self.authorship
    }

    /// Where it stands on a day.
    #[must_use]
    pub fn state_on(&self, day: NaiveDate) -> PauseState {
        if day < self.period.first() {
            PauseState::Planned
        } else if self.period.contains(day) {
            PauseState::Ongoing
        } else {
            PauseState::Over
        }
    }
}

impl Trail {
    /// Every pause, over, ongoing and planned, by its first day. None is ever erased for being over (`DA11`).
    #[must_use]
    pub fn pauses(&self) -> &[Pause] {
        &self.pauses
    }

    /// The pause that goes on on a day; none after the trail's last day.
    #[must_use]
    pub fn paused_on(&self, day: NaiveDate) -> Option<&Pause> {
        let is_past = self.ending().is_some_and(|ending| ending.on < day);
        self.pauses.iter().find(|pause| !is_past && pause.period.contains(day))
    }

    /// The last day of the last pause, 9999-12-31 for an open end, while the trail is open: what an index holds.
    #[must_use]
    pub fn paused_until(&self) -> Option<NaiveDate> {
        if self.is_ended() { None } else { self.pauses.last().map(|pause| pause.period.last_or_max()) }
    }

    /// Pauses the trail: now, later, or for days that have passed (I12, of transition).
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`]; all at once: [`Rejection::PauseOverlaps`], [`Rejection::DateBefore`] when it begins
    /// before the referral, [`Rejection::FollowUpMissing`] when its end is open, [`Rejection::DateNotAhead`] for a
    /// follow-up that does not lie ahead.
    pub fn pause(mut self, terms: PauseTerms, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        self.must_be_open()?;
        Rejection::all(self.faults_of_pause(&terms, None, by))?;
        let fact = Fact::TrailPaused {
            trail: self.id,
            period: terms.period,
            reason: terms.reason,
            note: terms.note.clone(),
            follow_up_on: terms.follow_up_on,
        };
        self.insert_pause(Pause::new(terms, by));
        Ok((self, fact))
    }

    /// Says a pause anew: one that is planned in every way, one that goes on in all but its first day, so that it is
    /// ended or extended and never ends before it began (I12, of transition). One that is over stays as it was.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`]; [`Rejection::NotFound`] when no pause begins on that day; [`Rejection::AlreadyEnded`]
    /// when it is over; otherwise as [`Trail::pause`], and [`Rejection::PauseHasBegun`].
    pub fn revise_pause(
        mut self,
        first: NaiveDate,
        terms: PauseTerms,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        self.must_be_open()?;
        let (place, present) = self.pause_from(first)?;
        let before = present.period;
        let mut faults = self.faults_of_pause(&terms, Some(first), by);
        match present.state_on(by.day()) {
            PauseState::Planned => {}
            PauseState::Ongoing if terms.period.first() == first => {}
            PauseState::Ongoing => faults.push(Rejection::PauseHasBegun { on: first }),
            PauseState::Over => return Err(over(before)),
        }
        Rejection::all(faults)?;
        let fact = Fact::PauseRevised {
            trail: self.id,
            before,
            period: terms.period,
            reason: terms.reason,
            note: terms.note.clone(),
            follow_up_on: terms.follow_up_on,
        };
        self.pauses.remove(place);
        self.insert_pause(Pause::new(terms, by));
        Ok((self, fact))
    }

    /// Removes a pause that has not begun (I12, of transition). One that has begun is ended instead, and kept.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`]; [`Rejection::NotFound`]; [`Rejection::PauseHasBegun`].
    pub fn remove_pause(mut self, first: NaiveDate, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        self.must_be_open()?;
        let (place, present) = self.pause_from(first)?;
        let period = present.period;
        if present.state_on(by.day()) != PauseState::Planned {
            return Err(Rejection::PauseHasBegun { on: first });
        }
        self.pauses.remove(place);
        let fact = Fact::PauseRemoved { trail: self.id, period };
        Ok((self, fact))
    }

    fn pause_from(&self, first: NaiveDate) -> Result<(usize, &Pause), Rejection> {
        let found = self.pauses.iter().enumerate().find(|(_, pause)| pause.period.first() == first);
        found.ok_or(Rejection::NotFound { what: Thing::Pause })
    }

    fn insert_pause(&mut self, pause: Pause) {
        let place = self.pauses.partition_point(|other| other.period < pause.period);
        self.pauses.insert(place, pause);
    }

    /// What is wrong with a pause beside the others; `except` is the first day of the one that it replaces.
    fn faults_of_pause(&self, terms: &PauseTerms, except: Option<NaiveDate>, by: &Authorship) -> Vec<Rejection> {
        let mut faults = Vec::new();
        let others = self.pauses.iter().filter(|pause| Some(pause.period.first()) != except);
        if let Some(other) = others.map(|pause| pause.period).find(|period| period.overlaps(terms.period)) {
            faults.push(Rejection::PauseOverlaps { first: other.first() });
        }
        let earliest = self.referral.referred_on;
        if terms.period.first() < earliest {
            faults.push(Rejection::DateBefore { day: DayOf::PauseStart, earliest });
        }
        faults.extend(terms.faults(by));
        faults
    }
}

impl PauseTerms {
    /// What is wrong with them, whatever trail they are of: an open end takes a follow-up that lies ahead.
    pub(crate) fn faults(&self, by: &Authorship) -> Vec<Rejection> {
        let mut faults = Vec::new();
        match self.follow_up_on {
            None if self.period.is_open() => faults.push(Rejection::FollowUpMissing),
            None => {}
            Some(on) => {
                faults.extend(DayOf::PauseFollowUp.faults_of_plan(on));
                if on <= by.day() {
                    faults.push(Rejection::DateNotAhead { day: DayOf::PauseFollowUp });
                }
            }
        }
        faults
    }
}

fn over(period: Period) -> Rejection {
    Rejection::AlreadyEnded { what: Thing::Pause, on: period.last_or_max() }
}

#[cfg(test)]
mod tests;
