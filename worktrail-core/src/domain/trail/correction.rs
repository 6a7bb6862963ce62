//! Corrections: what was registered wrongly is put right, with a reason, and what it was stays in the history.

use chrono::{Days, NaiveDate};

use super::{Ending, ExclusionNote, Referral, Trail};
use crate::domain::coded::coded;
use crate::domain::day_of::DayOf;
use crate::domain::entry_code::EntryCode;
use crate::domain::fact::Fact;
use crate::domain::host_list::ListName;
use crate::domain::job::Job;
use crate::domain::moment::Authorship;
use crate::domain::phase::PhaseChange;
use crate::domain::rejection::Rejection;
use crate::domain::role::Role;
use crate::domain::text::Text;
use crate::domain::thing::Thing;

/// For so many days after an ending was registered, those who follow the trail correct it; then only user support
/// (I10; policy).
pub const DAYS_TO_CORRECT_ENDING: u64 = 30;

coded! {
    /// Who corrects.
    pub enum Corrector {
        /// Those who follow the trail, for as long as it is open and a while after.
        Case = "case", "De som følger saken", "Those who follow the case";
        /// User support, at any time.
        Support = "support", "Brukerstøtte", "User support";
    }
}

/// The ending as it truly was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndingCorrection {
    /// The day and the reason.
    pub ending: Ending,
    /// The entry of the organisation's own list that it goes by.
    pub entry: Option<EntryCode>,
    /// What is said about the zero-exclusion flag, when the reason raises it.
    pub exclusion: Option<ExclusionNote>,
    /// Why it is corrected.
    pub reason: Text<500>,
}

impl Corrector {
    /// As whom a role corrects.
    #[must_use]
    pub fn of(role: Option<Role>) -> Self {
        if role == Some(Role::UserSupport) { Self::Support } else { Self::Case }
    }
}

impl Trail {
    /// The last day on which those who follow the trail may correct it; none while it is open.
    #[must_use]
    pub fn correctable_until(&self) -> Option<NaiveDate> {
        let registered = self.ended()?.day();
        Some(registered.checked_add_days(Days::new(DAYS_TO_CORRECT_ENDING)).unwrap_or(NaiveDate::MAX))
    }

    /// Corrects the day of the start-up meeting; the phase that the meeting lifted the trail to moves along, though not to
    /// before the phase that it was lifted out of (I10, of transition; row 20).
    ///
    /// # Errors
    /// [`Rejection::CorrectionWindowOver`]; [`Rejection::NotStarted`]; [`Rejection::NothingChanges`];
    /// [`Rejection::DateInFuture`], [`Rejection::DateBefore`] for a day before the referral, [`Rejection::DateAfter`]
    /// for one after the next phase or the ending.
    pub fn correct_start(
        mut self,
        on: NaiveDate,
        reason: Text<500>,
        corrector: Corrector,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        self.must_be_correctable(corrector, by)?;
        let Some(start) = self.start.clone() else { return Err(Rejection::NotStarted) };
        if start.on() == on {
            return Err(Rejection::NothingChanges);
        }
        let to = self.method.phase_after_start();
        let lifted = |change: &PhaseChange| {
            change.to() == to && change.authorship() == start.authorship() && change.on() >= start.on()
        };
        let history = self.phase_history();
        let place = history.iter().skip(1).position(lifted).map(|place| place + 1);
        let before = place.and_then(|place| history.get(place - 1)).map(PhaseChange::on);
        let next = place.and_then(|place| history.get(place + 1)).map(PhaseChange::on);
        let day = DayOf::StartUpMeeting;
        let mut faults = day.faults(on, Some(self.referral.referred_on), by);
        let latest = next.or(self.ending().map(|ending| ending.on));
        faults.extend(latest.filter(|latest| *latest < on).map(|latest| Rejection::DateAfter { day, latest }));
        Rejection::all(faults)?;
        let former = self.reopenings.iter_mut().flat_map(super::Reopening::moves_mut);
        if let Some(change) = former.chain(&mut self.moves).find(|change| lifted(change)) {
            let lifted_on = before.map_or(on, |before| on.max(before));
            *change = PhaseChange::new(to, lifted_on, *change.authorship());
        }
        let fact = Fact::StartCorrected { trail: self.id, before: start.on(), on, reason };
        self.start = Some(start.moved_to(on));
        self.corrected = Some(*by);
        Ok((self, fact))
    }

    /// Corrects the referral: its day, unit, counsellor, source or wish (I10, of transition).
    ///
    /// # Errors
    /// [`Rejection::CorrectionWindowOver`]; [`Rejection::NothingChanges`]; [`Rejection::DateInFuture`],
    /// [`Rejection::DateAfter`] for a day after the opening, or after what followed it; [`Rejection::ReferrerMissing`] (`DB7`).
    pub fn correct_referral(
        mut self,
        referral: Referral,
        reason: Text<500>,
        corrector: Corrector,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        self.must_be_correctable(corrector, by)?;
        if referral == self.referral {
            return Err(Rejection::NothingChanges);
        }
        let day = DayOf::Referral;
        let mut faults = referral.faults(by);
        let after = self.phase_history().get(1).map(PhaseChange::on);
        let pause = self.pauses.first().map(|pause| pause.period().first());
        let programme = self.recruitment.first().map(super::RecruitmentPeriod::first);
        let opened = Some(self.opened.day());
        let latest = [opened, after, self.started_on(), pause, programme].into_iter().flatten().min();
        let late = latest.filter(|latest| *latest < referral.referred_on);
        faults.extend(late.map(|latest| Rejection::DateAfter { day, latest }));
        Rejection::all(faults)?;
        let before = std::mem::replace(&mut self.referral, referral.clone());
        let fact = Fact::ReferralCorrected { trail: self.id, before, after: referral, reason };
        self.corrected = Some(*by);
        Ok((self, fact))
    }

    /// Corrects the ending: its day, reason, and what was said about the zero-exclusion flag (I10, of transition; row
    /// 42). The days of the window are counted from the first registration, so that a correction does not lengthen it.
    ///
    /// # Errors
    /// [`Rejection::StillOpen`]; [`Rejection::CorrectionWindowOver`]; [`Rejection::NothingChanges`]; otherwise as
    /// [`Trail::end`] and [`Trail::answer_exclusion`].
    pub fn correct_ending(
        mut self,
        correction: EndingCorrection,
        jobs: &[&Job],
        corrector: Corrector,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        let Some(ended) = self.ending.clone() else { return Err(Self::still_open()) };
        self.must_be_correctable(corrector, by)?;
        let EndingCorrection { ending, entry, exclusion: note, reason } = correction;
        let named = self.entries.choose(ListName::EndReasons, entry, Some(self.id));
        if *ended.ending() == ending && self.exclusion == note && named.is_none() {
            return Err(Rejection::NothingChanges);
        }
        Rejection::all(self.faults_of_ending(ending, jobs, by))?;
        let before = *ended.ending();
        self.ending = Some(ended.corrected_to(ending));
        let (mut trail, _) = self.answer_exclusion(note.clone())?;
        let fact = Fact::EndingCorrected {
            trail: trail.id,
            on_before: before.on,
            reason_before: before.reason,
            on: ending.on,
            reason: ending.reason,
            exclusion: note,
            why: reason,
        };
        trail.corrected = Some(*by);
        Ok((trail, fact))
    }

    pub(super) const fn still_open() -> Rejection {
        Rejection::StillOpen { what: Thing::Trail }
    }

    /// Refuses what is corrected too late by those who follow the trail (I10).
    pub(in crate::domain) fn must_be_correctable(
        &self,
        corrector: Corrector,
        by: &Authorship,
    ) -> Result<(), Rejection> {
        match (corrector, self.correctable_until()) {
            (Corrector::Case, Some(until)) if until < by.day() => Err(Rejection::CorrectionWindowOver { until }),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
