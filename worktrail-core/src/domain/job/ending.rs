//! What becomes of a job that was ended by mistake, or never began.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Job, JobEndReason, JobEnding, Loss};
use crate::domain::day_of::DayOf;
use crate::domain::fact::Fact;
use crate::domain::moment::Authorship;
use crate::domain::period::Period;
use crate::domain::rejection::Rejection;
use crate::domain::text::Text;
use crate::domain::thing::Thing;
use crate::domain::trail::{Corrector, Trail};

/// How a job ended: its last day, why, and what is known of its loss, if it was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobEndingTerms {
    /// The last day; it may lie ahead.
    pub on: NaiveDate,
    /// Why.
    pub reason: JobEndReason,
    /// What is known of the loss, when it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loss: Option<Loss>,
}

impl JobEndingTerms {
    /// What is wrong with them, whatever job it is.
    pub(crate) fn faults(self, by: &Authorship) -> Vec<Rejection> {
        let mut faults = DayOf::JobEnd.faults_of_last(self.on);
        faults.extend(self.loss.iter().flat_map(|loss| loss.faults(by)));
        faults
    }
}

/// How a job truly ended, and why that is corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobEndingCorrection {
    /// How it ended; none when it did not.
    pub ending: Option<JobEndingTerms>,
    /// Why it is corrected.
    pub reason: Text<500>,
}

impl Job {
    /// Corrects how it ended, or that it had (I10, I13, of transition): on an ended trail for as long as the trail is
    /// corrected. Without an ending its last day is again the one that was agreed, or open. The phase that a loss moved the
    /// trail to stays.
    ///
    /// # Errors
    /// [`Rejection::BelongsElsewhere`]; [`Rejection::CorrectionWindowOver`]; [`Rejection::StillOpen`] when it was not ended;
    /// [`Rejection::NothingChanges`]; otherwise as [`Job::lose`].
    pub fn correct_ending(
        mut self,
        trail: &Trail,
        correction: JobEndingCorrection,
        corrector: Corrector,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        if self.trail != trail.id() {
            return Err(Rejection::BelongsElsewhere { what: Thing::Job });
        }
        trail.must_be_correctable(corrector, by)?;
        let Some(stood) = self.ending.take() else { return Err(Rejection::StillOpen { what: Thing::Job }) };
        let JobEndingCorrection { ending, reason } = correction;
        let before = JobEndingTerms { on: self.period.last_or_max(), reason: stood.reason, loss: stood.loss };
        if ending == Some(before) {
            return Err(Rejection::NothingChanges);
        }
        let mut faults = ending.map(|ending| ending.faults(by)).unwrap_or_default();
        faults.extend(ending.and_then(|ending| self.too_early_to_end(ending.on)));
        Rejection::all(faults)?;
        let agreed = || stood.planned_last.filter(|last| self.too_early_to_end(*last).is_none());
        let last = ending.map_or_else(agreed, |ending| Some(ending.on));
        let out_of_range = |_| Rejection::DateOutOfRange { day: DayOf::JobEnd };
        self.period = Period::new(self.period.first(), last).map_err(out_of_range)?;
        self.ending = ending.map(|JobEndingTerms { reason, loss, .. }| JobEnding { reason, loss, ..stood });
        let fact = Fact::JobEndingCorrected { job: self.id, trail: self.trail, before, ending, why: reason };
        Ok((self.follow(trail), fact))
    }

    /// Withdraws a job that has not begun: it goes, and holds no ending back any more (I9, I13, of transition).
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10); [`Rejection::HasBegun`] from its first day on, or once something was noted of its
    /// course; [`Rejection::AlreadyEnded`] when it was lost.
    pub fn withdraw(&self, trail: &Trail, by: &Authorship) -> Result<Fact, Rejection> {
        trail.must_be_open_for(self.trail, Thing::Job)?;
        let (today, first) = (by.day(), self.period.first());
        let begun = self.first_noted_until(today).map_or(first, |noted| noted.min(first));
        if begun <= today {
            return Err(Rejection::HasBegun { what: Thing::Job, on: begun });
        }
        if self.loss().is_some() {
            return Err(Rejection::AlreadyEnded { what: Thing::Job, on: self.period.last_or_max() });
        }
        let (employer, title) = (self.employment.employer(), self.title.clone());
        Ok(Fact::JobWithdrawn { job: self.id, trail: self.trail, employer, title, period: self.period })
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{job_from, job_in};
    use super::*;
    use crate::domain::job::EmploymentForm;
    use crate::domain::samples::{by_spurv, day};
    use crate::domain::trail::Ending;
    use crate::domain::trail::samples::{other_trail, started};
    use crate::domain::{EndReason, LostWork, WorkEnding};

    fn trail() -> Trail {
        started("2022-05-27", "2022-06-02")
    }

    fn lost() -> Job {
        let lost = LostWork {
            ended_on: day("2022-10-31"),
            learned_on: day("2022-10-03"),
            reason: JobEndReason::Dismissed,
            help_offered_on: None,
        };
        let job = job_from(&trail(), EmploymentForm::Permanent, "2022-08-15");
        job.lose(lost, &by_spurv("2022-10-05")).expect("lost").0
    }

    fn told(on: &str, reason: JobEndReason) -> JobEndingTerms {
        JobEndingTerms { on: day(on), reason, loss: None }
    }

    fn correct(job: Job, ending: Option<JobEndingTerms>, on: &str) -> Result<(Job, Fact), Rejection> {
        let correction = JobEndingCorrection { ending, reason: Text::parse("Feil dato").expect("a text") };
        job.correct_ending(&trail(), correction, Corrector::Case, &by_spurv(on))
    }

    #[test]
    fn i13_a_wrong_ending_is_corrected_with_a_reason_and_what_it_was_is_told() {
        // given work that was said to be lost, when the agreed time was over two weeks later
        let true_ending = Some(told("2022-11-14", JobEndReason::TimeOver));
        let (job, fact) = correct(lost(), true_ending, "2022-11-20").expect("corrected");
        // then it ended so, and was no loss; who registered it stands, and the history has what it was
        assert_eq!((job.period().last(), job.loss()), (Some(day("2022-11-14")), None));
        assert_eq!(job.ending().map(JobEnding::reason), Some(JobEndReason::TimeOver));
        assert_eq!(job.ending().map(JobEnding::authorship), lost().ending().map(JobEnding::authorship));
        let Fact::JobEndingCorrected { before, ending, .. } = fact else { panic!("a correction") };
        assert_eq!((before.on, before.loss, ending), (day("2022-10-31"), lost().loss(), true_ending));
        // and a job that did not end goes on, with an open end
        let (going_on, _) = correct(job, None, "2022-11-20").expect("corrected");
        assert_eq!((going_on.ending(), going_on.period().last()), (None, None));
        let open = correct(going_on, None, "2022-11-20").unwrap_err();
        assert_eq!(open, Rejection::StillOpen { what: Thing::Job });
    }

    #[test]
    fn i13_a_job_that_did_not_end_goes_on_until_the_day_that_was_agreed() {
        // given a job until 30 June, that was ended in October, and whose ending was corrected since
        let agreed = Period::between(day("2022-08-15"), day("2023-06-30")).expect("a period");
        let job = || job_in(EmploymentForm::Temporary, agreed);
        let ended = |on| job().end(day(on), JobEndReason::Resigned, &by_spurv("2022-10-05")).expect("ended").0;
        let (corrected, _) = correct(ended("2022-10-31"), Some(told("2022-11-14", JobEndReason::Other)), "2022-11-20")
            .expect("corrected");
        assert_eq!(corrected.ending().and_then(JobEnding::planned_last), agreed.last());
        // when it did not end, then its end is the one that was agreed
        assert_eq!(correct(corrected, None, "2022-11-20").expect("corrected").0, job());
        // and an open one where that would lie before the job was found to be going on
        let (longer, _) = ended("2023-12-31").confirm(day("2023-10-01"), &by_spurv("2023-10-01")).expect("confirmed");
        assert_eq!(correct(longer, None, "2023-10-02").expect("corrected").0.period().last(), None);
    }

    #[test]
    fn i13_a_corrected_ending_is_as_true_as_the_first() {
        let refused = |ending, on| correct(lost(), Some(ending), on).unwrap_err();
        let early = Rejection::DateBefore { day: DayOf::JobEnd, earliest: day("2022-08-15") };
        assert_eq!(refused(told("2022-08-14", JobEndReason::Other), "2022-11-20"), early);
        let never = Rejection::DateOutOfRange { day: DayOf::JobEnd };
        assert_eq!(refused(told("+10000-01-01", JobEndReason::Other), "2022-11-20"), never);
        assert_eq!(refused(told("9999-12-31", JobEndReason::Other), "2022-11-20"), never, "that is an open end");
        let loss = Some(Loss::new(day("2022-10-03"), None));
        let same = JobEndingTerms { on: day("2022-10-31"), reason: JobEndReason::Dismissed, loss };
        assert_eq!(refused(same, "2022-11-20"), Rejection::NothingChanges);
        let ahead = JobEndingTerms { on: day("2022-10-30"), ..same };
        let future = Rejection::DateInFuture { day: DayOf::LossLearned };
        assert_eq!(refused(ahead, "2022-10-02"), future);
    }

    #[test]
    fn i13_all_faults_of_a_corrected_ending_come_at_once() {
        let loss = Some(Loss::new(day("2022-11-21"), None));
        let wrong = |on| JobEndingTerms { loss, ..told(on, JobEndReason::Dismissed) };
        let future = Rejection::DateInFuture { day: DayOf::LossLearned };
        let early = Rejection::DateBefore { day: DayOf::JobEnd, earliest: day("2022-08-15") };
        let refused = |on| correct(lost(), Some(wrong(on)), "2022-11-20").unwrap_err();
        assert_eq!(refused("2022-08-14"), Rejection::Form(vec![future.clone(), early]));
        // and what is no day is told as that only
        let never = Rejection::DateOutOfRange { day: DayOf::JobEnd };
        assert_eq!(refused("0000-12-31"), Rejection::Form(vec![never, future]));
    }

    #[test]
    fn i13_a_job_does_not_end_before_the_day_on_which_it_was_found_to_be_going_on() {
        // given a job that was going on on 1 September
        let job = job_from(&trail(), EmploymentForm::Permanent, "2022-08-15");
        let (job, _) = job.confirm(day("2022-09-01"), &by_spurv("2022-09-02")).expect("confirmed");
        let end = |on| job.clone().end(day(on), JobEndReason::TimeOver, &by_spurv("2022-09-02"));
        // when it ended before, then that is refused: at first, and as a correction
        let early = Rejection::DateBefore { day: DayOf::JobEnd, earliest: day("2022-09-01") };
        assert_eq!(end("2022-08-31").unwrap_err(), early);
        let (ended, _) = end("2022-09-30").expect("ended");
        let corrected = |on| correct(ended.clone(), Some(told(on, JobEndReason::TimeOver)), "2022-11-20");
        assert_eq!(corrected("2022-08-20").unwrap_err(), early);
        // and on that day it may have ended
        assert_eq!(corrected("2022-09-01").expect("corrected").0.period().last(), Some(day("2022-09-01")));
        assert!(end("2022-09-01").is_ok());
    }

    #[test]
    fn i10_on_an_ended_trail_a_jobs_ending_is_corrected_within_the_window() {
        let ending = Ending { on: day("2022-11-30"), reason: EndReason::Work(WorkEnding::WithoutWageSubsidy) };
        let (ended, _) = trail().end(ending, &[], &by_spurv("2022-11-30")).expect("ended");
        let correct = |trail: &Trail, who, on: &str| {
            let reason = Text::parse("Feil dato").expect("a text");
            lost().correct_ending(trail, JobEndingCorrection { ending: None, reason }, who, &by_spurv(on)).map(|_| ())
        };
        assert_eq!(correct(&ended, Corrector::Case, "2022-12-30"), Ok(()));
        let over = Rejection::CorrectionWindowOver { until: day("2022-12-30") };
        assert_eq!(correct(&ended, Corrector::Case, "2022-12-31"), Err(over));
        assert_eq!(correct(&ended, Corrector::Support, "2022-12-31"), Ok(()));
        let elsewhere = Rejection::BelongsElsewhere { what: Thing::Job };
        assert_eq!(correct(&other_trail(), Corrector::Case, "2022-12-01"), Err(elsewhere));
    }

    #[test]
    fn i9_i13_a_job_that_has_not_begun_is_withdrawn_and_one_that_has_is_ended() {
        let job = job_from(&trail(), EmploymentForm::Permanent, "2022-08-15");
        let fact = job.withdraw(&trail(), &by_spurv("2022-08-14")).expect("withdrawn");
        assert!(matches!(fact, Fact::JobWithdrawn { period, .. } if period == job.period()));
        let begun = job.withdraw(&trail(), &by_spurv("2022-08-15")).unwrap_err();
        assert_eq!(begun, Rejection::HasBegun { what: Thing::Job, on: day("2022-08-15") });
        let elsewhere = job.withdraw(&other_trail(), &by_spurv("2022-08-14")).unwrap_err();
        assert_eq!(elsewhere, Rejection::BelongsElsewhere { what: Thing::Job });
    }
}
