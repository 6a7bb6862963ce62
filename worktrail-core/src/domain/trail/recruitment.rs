//! Recruitment-programme periods (*rekrutteringsprogram*) of Supported Employment (I11).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Corrector, Trail};
use crate::domain::coded::coded;
use crate::domain::day_of::DayOf;
use crate::domain::fact::Fact;
use crate::domain::moment::Authorship;
use crate::domain::rejection::Rejection;
use crate::domain::text::Text;
use crate::domain::thing::Thing;

coded! {
    /// Whether somebody left the programme into work.
    pub enum RecruitmentStatus {
        /// In paid employment.
        PaidEmployment = "paid_employment", "I lønnet arbeid", "In paid employment";
        /// Not in employment.
        NotInEmployment = "not_in_employment", "Ikke i arbeid", "Not in employment";
    }
}

coded! {
    /// How somebody left the programme: status and detail as one value, so that a detail always fits (I11, of state).
    pub silent enum RecruitmentOutcome {
        /// Paid employment.
        PaidEmployment = "paid_employment", "Lønnet arbeid", "Paid employment";
        /// Paid employment while the vocational training goes on.
        PaidWithTraining = "paid_with_training",
            "Lønnet arbeid med pågående fagbrev", "Paid employment with ongoing vocational training";
        /// Paid employment after the apprenticeship.
        PaidAfterApprenticeship = "paid_after_apprenticeship",
            "Lønnet arbeid med fullført læreløp", "Paid employment with completed apprenticeship";
        /// Back to ordinary Supported Employment.
        OrdinaryProgramme = "ordinary_programme", "Ordinær AMS", "Ordinary Supported Employment";
        /// Something else.
        Other = "other", "Annet", "Other";
    }
}

impl RecruitmentOutcome {
    /// The status that it belongs to.
    #[must_use]
    pub const fn status(self) -> RecruitmentStatus {
        match self {
            Self::PaidEmployment | Self::PaidWithTraining | Self::PaidAfterApprenticeship => {
                RecruitmentStatus::PaidEmployment
            }
            Self::OrdinaryProgramme | Self::Other => RecruitmentStatus::NotInEmployment,
        }
    }
}

/// A period in the programme. It has a last day exactly when it has an outcome, and no two of a trail have a day in
/// common, so its first day names it (I11, of state).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecruitmentPeriod {
    first: NaiveDate,
    enrolled: Authorship,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    leaving: Option<Leaving>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Leaving {
    last: NaiveDate,
    outcome: RecruitmentOutcome,
    authorship: Authorship,
}

/// How the programme truly was left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeavingCorrection {
    /// The last day.
    pub last: NaiveDate,
    /// The outcome.
    pub outcome: RecruitmentOutcome,
    /// Why it is corrected.
    pub reason: Text<500>,
}

impl RecruitmentPeriod {
    /// The first day.
    #[must_use]
    pub const fn first(&self) -> NaiveDate {
        self.first
    }

    /// The last day, when it is known.
    #[must_use]
    pub fn last(&self) -> Option<NaiveDate> {
        self.leaving.as_ref().map(|leaving| leaving.last)
    }

    /// How it ended, or is to end.
    #[must_use]
    pub fn outcome(&self) -> Option<RecruitmentOutcome> {
        self.leaving.as_ref().map(|leaving| leaving.outcome)
    }

    /// Who registered its beginning and its end, and when.
    pub fn registered(&self) -> impl Iterator<Item = &Authorship> {
        std::iter::once(&self.enrolled).chain(self.leaving.as_ref().map(|leaving| &leaving.authorship))
    }

    /// What is wrong with leaving it on a day with an outcome, whatever other periods there are.
    fn faults_of_leaving(&self, last: NaiveDate, outcome: RecruitmentOutcome) -> Vec<Rejection> {
        let day = DayOf::RecruitmentEnd;
        let mut faults = day.faults_of_last(last);
        if last < self.first && faults.is_empty() {
            faults.push(Rejection::DateBefore { day, earliest: self.first });
        }
        if (self.last(), self.outcome()) == (Some(last), Some(outcome)) {
            faults.push(Rejection::NothingChanges);
        }
        faults
    }

    /// Whether it holds on a day.
    #[must_use]
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.first <= day && self.last().is_none_or(|last| day <= last)
    }
}

impl Trail {
    /// The periods in the recruitment programme, by their first day.
    #[must_use]
    pub fn recruitment(&self) -> &[RecruitmentPeriod] {
        &self.recruitment
    }

    /// Whether the participant is in the programme on a day: always derived from the periods (I11).
    #[must_use]
    pub fn is_in_programme_on(&self, day: NaiveDate) -> bool {
        self.recruitment.iter().any(|period| period.contains(day))
    }

    /// Enrols in the programme from a day on, which may lie ahead (I11, of transition; rule 2, S34).
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`]; all at once: [`Rejection::NoRecruitmentProgramme`] for another method,
    /// [`Rejection::PhaseNotActive`] before the trail is active, [`Rejection::RecruitmentOverlaps`] while a period is
    /// open or reaches the day, [`Rejection::DateBefore`] for a day before the referral.
    pub fn enrol(mut self, first: NaiveDate, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        self.must_be_open()?;
        let mut faults = DayOf::RecruitmentStart.faults_of_plan(first);
        let earliest = self.referral.referred_on;
        if first < earliest {
            faults.push(Rejection::DateBefore { day: DayOf::RecruitmentStart, earliest });
        }
        if !self.method.has_recruitment_programme() {
            faults.push(Rejection::NoRecruitmentProgramme { method: self.method });
        } else if !self.phase().is_active() {
            faults.push(Rejection::PhaseNotActive { phase: self.phase() });
        }
        // A new period comes after the others: the programme is left before it is entered again.
        let open = self.recruitment.iter().find(|period| period.last().is_none_or(|last| first <= last));
        faults.extend(open.map(|period| Rejection::RecruitmentOverlaps { first: period.first }));
        Rejection::all(faults)?;
        self.recruitment.push(RecruitmentPeriod { first, enrolled: *by, leaving: None });
        let fact = Fact::RecruitmentBegun { trail: self.id, first };
        Ok((self, fact))
    }

    /// Leaves the programme on a last day, which may lie ahead, with its outcome: both or none (rules 13–16). While it is not
    /// over, a leaving may be said anew (I11, of transition); one that is over is corrected, see [`Trail::correct_leaving`].
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`]; [`Rejection::NotFound`] when there is no period; [`Rejection::AlreadyEnded`] when the last
    /// one is over; [`Rejection::NothingChanges`]; [`Rejection::DateBefore`] for a day before its first,
    /// [`Rejection::DateOutOfRange`].
    pub fn leave_programme(
        mut self,
        last: NaiveDate,
        outcome: RecruitmentOutcome,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        self.must_be_open()?;
        let trail = self.id;
        let period = self.recruitment.last_mut().ok_or(Rejection::NotFound { what: Thing::RecruitmentPeriod })?;
        if let Some(on) = period.last().filter(|last| *last < by.day()) {
            return Err(Rejection::AlreadyEnded { what: Thing::RecruitmentPeriod, on });
        }
        Rejection::all(period.faults_of_leaving(last, outcome))?;
        period.leaving = Some(Leaving { last, outcome, authorship: *by });
        let fact = Fact::RecruitmentEnded { trail, first: period.first, last, outcome };
        Ok((self, fact))
    }

    /// Corrects how a period was left, which its first day names: the last day, or the outcome (I11, I10, of transition).
    ///
    /// # Errors
    /// [`Rejection::CorrectionWindowOver`]; [`Rejection::NotFound`] when no period begins on that day;
    /// [`Rejection::StillOpen`] when it was not left; [`Rejection::NothingChanges`]; [`Rejection::DateOutOfRange`],
    /// [`Rejection::DateBefore`] for a day before its first, [`Rejection::DateAfter`] for one after the ending;
    /// [`Rejection::RecruitmentOverlaps`] when the next one would be reached.
    pub fn correct_leaving(
        mut self,
        first: NaiveDate,
        correction: LeavingCorrection,
        corrector: Corrector,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        self.must_be_correctable(corrector, by)?;
        let LeavingCorrection { last, outcome, reason } = correction;
        let (trail, ended_on) = (self.id, self.ending().map(|ending| ending.on));
        let next = self.recruitment.iter().map(RecruitmentPeriod::first).filter(|later| first < *later).min();
        let period = self.recruitment.iter_mut().find(|period| period.first == first);
        let period = period.ok_or(Rejection::NotFound { what: Thing::RecruitmentPeriod })?;
        let Some(before) = period.leaving.clone() else {
            return Err(Rejection::StillOpen { what: Thing::RecruitmentPeriod });
        };
        let mut faults = period.faults_of_leaving(last, outcome);
        faults.extend(next.filter(|next| *next <= last).map(|first| Rejection::RecruitmentOverlaps { first }));
        let late = ended_on.filter(|ended_on| *ended_on < last);
        faults.extend(late.map(|latest| Rejection::DateAfter { day: DayOf::RecruitmentEnd, latest }));
        Rejection::all(faults)?;
        period.leaving = Some(Leaving { last, outcome, ..before.clone() });
        let fact = Fact::RecruitmentCorrected {
            trail,
            first,
            last_before: before.last,
            outcome_before: before.outcome,
            last,
            outcome,
            reason,
        };
        self.corrected = Some(*by);
        Ok((self, fact))
    }

    /// Removes the enrolment that lies ahead.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`]; [`Rejection::NotFound`] when none lies ahead.
    pub fn withdraw_enrolment(mut self, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        self.must_be_open()?;
        let ahead = self.recruitment.pop_if(|period| by.day() < period.first);
        let first = ahead.ok_or(Rejection::NotFound { what: Thing::RecruitmentPeriod })?.first;
        let fact = Fact::RecruitmentWithdrawn { trail: self.id, first };
        Ok((self, fact))
    }

    /// The period that reaches beyond a day: the trail does not end before the programme is left (I11).
    pub(super) fn recruitment_beyond(&self, day: NaiveDate) -> Option<&RecruitmentPeriod> {
        self.recruitment.last().filter(|period| period.last().is_none_or(|last| day < last))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{started, started_by_method};
    use super::super::{Ending, Trail};
    use super::*;
    use crate::domain::end_reason::{EndReason, WorkEnding};
    use crate::domain::method::Method;
    use crate::domain::phase::Phase;
    use crate::domain::samples::{by_spurv, day};

    fn supported() -> Trail {
        started_by_method(Method::SupportedEmployment, "2026-02-01", "2026-02-10")
    }

    #[test]
    fn i11_only_supported_employment_and_only_an_active_phase_enters_the_programme() {
        let by = by_spurv("2026-03-01");
        let ips = started("2026-02-01", "2026-02-10").enrol(day("2026-03-01"), &by);
        assert_eq!(ips.unwrap_err(), Rejection::NoRecruitmentProgramme { method: Method::Ips });
        let waiting = super::super::samples::referred_by_method(Method::SupportedEmployment, "2026-02-01");
        let refused = waiting.enrol(day("2026-03-01"), &by);
        assert_eq!(refused.unwrap_err(), Rejection::PhaseNotActive { phase: Phase::Referred });
        assert!(supported().enrol(day("2026-03-01"), &by).is_ok());
        // and nobody enters it before the referral
        let early = Rejection::DateBefore { day: DayOf::RecruitmentStart, earliest: day("2026-02-01") };
        assert_eq!(supported().enrol(day("2026-01-31"), &by).unwrap_err(), early);
        assert!(supported().enrol(day("2026-02-01"), &by).is_ok());
    }

    #[test]
    fn i11_i10_an_ended_trail_enters_no_programme() {
        let ending = Ending { on: day("2026-02-20"), reason: EndReason::Work(WorkEnding::ALL[0]) };
        let (ended, _) = supported().end(ending, &[], &by_spurv("2026-02-20")).expect("ended");
        let refused = ended.clone().enrol(day("2026-03-01"), &by_spurv("2026-03-01"));
        let frozen = Rejection::TrailEnded { trail: ended.id() };
        assert_eq!(refused.unwrap_err(), frozen);
        // and what it was in stays as it was left
        let (left, _) = supported().enrol(day("2026-02-12"), &by_spurv("2026-02-12")).expect("enrolled");
        let (left, _) =
            left.leave_programme(day("2026-02-20"), RecruitmentOutcome::Other, &by_spurv("2026-02-12")).expect("left");
        let (ended, _) = left.end(ending, &[], &by_spurv("2026-02-20")).expect("ended");
        let by = by_spurv("2026-02-11");
        let again = ended.clone().leave_programme(day("2026-02-19"), RecruitmentOutcome::Other, &by);
        assert_eq!(again.unwrap_err(), frozen);
        assert_eq!(ended.withdraw_enrolment(&by).unwrap_err(), frozen);
    }

    #[test]
    fn i11_membership_is_derived_and_several_periods_follow_each_other() {
        // given a period that begins ahead and has ended with its outcome
        let by = by_spurv("2026-03-01");
        let (trail, _) = supported().enrol(day("2026-03-10"), &by).expect("enrolled");
        assert!(!trail.is_in_programme_on(day("2026-03-09")) && trail.is_in_programme_on(day("2030-01-01")));
        let outcome = RecruitmentOutcome::PaidWithTraining;
        let (trail, _) = trail.leave_programme(day("2026-06-30"), outcome, &by).expect("left");
        // then it holds on its last day, and a next one begins after it
        assert!(trail.is_in_programme_on(day("2026-06-30")) && !trail.is_in_programme_on(day("2026-07-01")));
        let within = trail.clone().enrol(day("2026-06-30"), &by);
        assert_eq!(within.unwrap_err(), Rejection::RecruitmentOverlaps { first: day("2026-03-10") });
        let (trail, _) = trail.enrol(day("2026-07-01"), &by).expect("again");
        assert_eq!(trail.recruitment().len(), 2);
        assert_eq!(outcome.status(), RecruitmentStatus::PaidEmployment);
    }

    #[test]
    fn rules_13_to_16_the_end_comes_with_its_outcome_and_not_before_the_start() {
        let by = by_spurv("2026-03-01");
        let (trail, _) = supported().enrol(day("2026-03-01"), &by).expect("enrolled");
        let early = trail.clone().leave_programme(day("2026-02-28"), RecruitmentOutcome::Other, &by);
        let earliest = day("2026-03-01");
        assert_eq!(early.unwrap_err(), Rejection::DateBefore { day: DayOf::RecruitmentEnd, earliest });
        let (trail, _) = trail.leave_programme(earliest, RecruitmentOutcome::Other, &by).expect("on the same day");
        assert_eq!(trail.recruitment()[0].outcome(), Some(RecruitmentOutcome::Other));
        let twice = trail.leave_programme(earliest, RecruitmentOutcome::Other, &by);
        assert_eq!(twice.unwrap_err(), Rejection::NothingChanges);
        let never = supported().leave_programme(earliest, RecruitmentOutcome::Other, &by);
        assert_eq!(never.unwrap_err(), Rejection::NotFound { what: Thing::RecruitmentPeriod });
    }

    #[test]
    fn i11_a_leaving_that_is_not_over_is_said_anew_and_lets_the_trail_end() {
        // given somebody who was said to leave in a year that was mistyped
        let (by, outcome) = (by_spurv("2026-06-30"), RecruitmentOutcome::PaidEmployment);
        let (trail, _) = supported().enrol(day("2026-03-01"), &by).expect("enrolled");
        let (mistyped, _) = trail.leave_programme(day("9999-06-30"), outcome, &by).expect("left");
        // when it is said anew on the true day, then the trail is ended
        let (left, fact) = mistyped.clone().leave_programme(day("2026-06-30"), outcome, &by).expect("said anew");
        assert_eq!((left.recruitment()[0].last(), fact.code()), (Some(day("2026-06-30")), "recruitment_ended"));
        let ending = Ending { on: day("2026-06-30"), reason: EndReason::Work(WorkEnding::WithoutWageSubsidy) };
        assert!(left.clone().end(ending, &[], &by).is_ok());
        // and once it is over, it is said no more, and a day that cannot be written is never said
        let over = left.leave_programme(day("2026-07-31"), outcome, &by_spurv("2026-07-01")).unwrap_err();
        assert_eq!(over, Rejection::AlreadyEnded { what: Thing::RecruitmentPeriod, on: day("2026-06-30") });
        let never = mistyped.leave_programme(day("+10000-01-01"), outcome, &by).unwrap_err();
        assert_eq!(never, Rejection::DateOutOfRange { day: DayOf::RecruitmentEnd });
    }

    #[test]
    fn i11_a_leaving_that_is_over_is_corrected_with_a_reason_and_stays_a_period_of_its_own() {
        // given two periods, of which the first was left
        let by = by_spurv("2026-07-01");
        let outcome = RecruitmentOutcome::OrdinaryProgramme;
        let (trail, _) = supported().enrol(day("2026-03-01"), &by).expect("enrolled");
        let (trail, _) = trail.leave_programme(day("2026-03-31"), outcome, &by).expect("left");
        let (trail, _) = trail.enrol(day("2026-05-01"), &by).expect("again");
        let correct = |first: &str, last: &str, outcome| {
            let reason = Text::parse("Feil dato").expect("a text");
            let correction = LeavingCorrection { last: day(last), outcome, reason };
            trail.clone().correct_leaving(day(first), correction, Corrector::Case, &by)
        };
        // when its last day is corrected, then the history has what it was
        let (corrected, fact) = correct("2026-03-01", "2026-04-30", outcome).expect("corrected");
        assert!(corrected.is_in_programme_on(day("2026-04-30")));
        assert!(matches!(fact, Fact::RecruitmentCorrected { last_before, .. } if last_before == day("2026-03-31")));
        assert_eq!((corrected.corrected(), corrected.recruitment()[0].registered().count()), (Some(&by), 2));
        assert!(correct("2026-03-01", "2026-03-31", RecruitmentOutcome::Other).is_ok(), "the outcome alone");
        // and it neither reaches the next one, nor ends before it began, nor is what was not left
        let refused = |first, last| correct(first, last, outcome).unwrap_err();
        let next = Rejection::RecruitmentOverlaps { first: day("2026-05-01") };
        assert_eq!(refused("2026-03-01", "2026-05-01"), next);
        let early = Rejection::DateBefore { day: DayOf::RecruitmentEnd, earliest: day("2026-03-01") };
        assert_eq!(refused("2026-03-01", "2026-02-28"), early);
        assert_eq!(refused("2026-03-01", "2026-03-31"), Rejection::NothingChanges);
        assert_eq!(refused("2026-05-01", "2026-05-02"), Rejection::StillOpen { what: Thing::RecruitmentPeriod });
        assert_eq!(refused("2026-03-02", "2026-05-02"), Rejection::NotFound { what: Thing::RecruitmentPeriod });
    }

    #[test]
    fn i10_i11_on_an_ended_trail_a_leaving_is_corrected_within_the_window_and_to_no_day_after_the_ending() {
        let (by, outcome) = (by_spurv("2026-06-30"), RecruitmentOutcome::PaidEmployment);
        let (trail, _) = supported().enrol(day("2026-03-01"), &by).expect("enrolled");
        let (trail, _) = trail.leave_programme(day("2026-06-15"), outcome, &by).expect("left");
        let ending = Ending { on: day("2026-06-30"), reason: EndReason::Work(WorkEnding::WithoutWageSubsidy) };
        let (ended, _) = trail.end(ending, &[], &by).expect("ended");
        let correct = |last: &str, who, on: &str| {
            let reason = Text::parse("Feil dato").expect("a text");
            let correction = LeavingCorrection { last: day(last), outcome, reason };
            ended.clone().correct_leaving(day("2026-03-01"), correction, who, &by_spurv(on)).map(|_| ())
        };
        assert_eq!(correct("2026-06-30", Corrector::Case, "2026-07-30"), Ok(()));
        let late = Rejection::DateAfter { day: DayOf::RecruitmentEnd, latest: day("2026-06-30") };
        assert_eq!(correct("2026-07-01", Corrector::Case, "2026-07-30"), Err(late));
        let over = Rejection::CorrectionWindowOver { until: day("2026-07-30") };
        assert_eq!(correct("2026-06-29", Corrector::Case, "2026-07-31"), Err(over));
        assert_eq!(correct("2026-06-29", Corrector::Support, "2026-07-31"), Ok(()));
    }

    #[test]
    fn i11_an_enrolment_that_lies_ahead_is_withdrawn_and_one_that_began_is_not() {
        let by = by_spurv("2026-03-01");
        let (ahead, _) = supported().enrol(day("2026-03-02"), &by).expect("enrolled");
        assert_eq!(ahead.withdraw_enrolment(&by).expect("withdrawn").0.recruitment(), []);
        let (begun, _) = supported().enrol(day("2026-03-01"), &by).expect("enrolled");
        assert!(begun.withdraw_enrolment(&by).is_err());
    }

    #[test]
    fn i11_rule_2_a_trail_in_the_programme_does_not_end() {
        let by = by_spurv("2026-06-30");
        let ending = Ending { on: day("2026-06-30"), reason: EndReason::Work(WorkEnding::WithoutWageSubsidy) };
        let (trail, _) = supported().enrol(day("2026-03-01"), &by).expect("enrolled");
        let refused = Rejection::InRecruitmentProgramme { first: day("2026-03-01") };
        assert_eq!(trail.clone().end(ending, &[], &by).unwrap_err(), refused);
        let outcome = RecruitmentOutcome::PaidEmployment;
        let (after, _) = trail.clone().leave_programme(day("2026-07-01"), outcome, &by).expect("left");
        assert_eq!(after.end(ending, &[], &by).unwrap_err(), refused);
        let (trail, _) = trail.leave_programme(day("2026-06-30"), outcome, &by).expect("left");
        assert!(trail.end(ending, &[], &by).is_ok());
    }
}
