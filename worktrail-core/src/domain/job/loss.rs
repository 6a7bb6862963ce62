//! Lost work.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Job, JobEndReason, JobEndingTerms};
use crate::domain::day_of::DayOf;
use crate::domain::fact::Fact;
use crate::domain::moment::Authorship;
use crate::domain::rejection::Rejection;

/// Work that was lost: when, when the specialist learned of it, and whether help was offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostWork {
    /// The last day; it may lie ahead, when notice was given.
    pub ended_on: NaiveDate,
    /// The day on which it became known: a contact is due within three days of it.
    pub learned_on: NaiveDate,
    /// Why.
    pub reason: JobEndReason,
    /// The day on which help to find new work was offered, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help_offered_on: Option<NaiveDate>,
}

impl LostWork {
    /// What is wrong with it, whatever job it is.
    pub(crate) fn faults(&self, by: &Authorship) -> Vec<Rejection> {
        Loss::new(self.learned_on, self.help_offered_on).faults(by)
    }
}

/// What an ending keeps of a loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    learned_on: NaiveDate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    help_offered_on: Option<NaiveDate>,
}

impl Loss {
    /// A loss that became known on a day, and the day on which help was offered, if it was.
    #[must_use]
    pub const fn new(learned_on: NaiveDate, help_offered_on: Option<NaiveDate>) -> Self {
        Self { learned_on, help_offered_on }
    }

    /// What is wrong with it: it is still to be learned of, or help was offered before it was.
    pub(super) fn faults(self, by: &Authorship) -> Vec<Rejection> {
        let mut faults = DayOf::LossLearned.faults(self.learned_on, None, by);
        let offered = self.help_offered_on.iter();
        faults.extend(offered.flat_map(|on| DayOf::HelpOffered.faults(*on, Some(self.learned_on), by)));
        faults
    }

    /// The day on which it became known.
    #[must_use]
    pub const fn learned_on(self) -> NaiveDate {
        self.learned_on
    }

    /// The day on which help to find new work was offered.
    #[must_use]
    pub const fn help_offered_on(self) -> Option<NaiveDate> {
        self.help_offered_on
    }
}

impl Job {
    /// The job is lost (S45, of transition): it ends, with the day on which that became known. The trail goes on; it
    /// goes back to search by [`Trail::back_to_search`](crate::domain::Trail::back_to_search).
    ///
    /// # Errors
    /// As [`Job::end`]; and [`Rejection::DateInFuture`] for a loss that is still to be learned of or help still to be
    /// offered, [`Rejection::DateBefore`] for help offered before the loss was known.
    pub fn lose(self, lost: LostWork, by: &Authorship) -> Result<(Self, Fact), Rejection> {
        let faults = lost.faults(by);
        let LostWork { ended_on, learned_on, reason, help_offered_on } = lost;
        let terms = JobEndingTerms { on: ended_on, reason, loss: Some(Loss { learned_on, help_offered_on }) };
        let job = self.closed(terms, faults, by)?;
        let fact = Fact::WorkLost { job: job.id, trail: job.trail, on: ended_on, learned_on, reason, help_offered_on };
        Ok((job, fact))
    }

    /// What is known of its loss, when it was lost.
    #[must_use]
    pub fn loss(&self) -> Option<Loss> {
        self.ending.as_ref().and_then(|ending| ending.loss)
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::job_from;
    use super::*;
    use crate::domain::job::EmploymentForm;
    use crate::domain::samples::{by_spurv, day};
    use crate::domain::thing::Thing;
    use crate::domain::trail::samples::started;

    fn lost() -> LostWork {
        LostWork {
            ended_on: day("2022-10-31"),
            learned_on: day("2022-10-03"),
            reason: JobEndReason::Dismissed,
            help_offered_on: Some(day("2022-10-04")),
        }
    }

    fn baker() -> Job {
        job_from(&started("2022-05-27", "2022-06-02"), EmploymentForm::Permanent, "2022-08-15")
    }

    #[test]
    fn s45_lost_work_is_ended_with_the_day_on_which_it_became_known() {
        let (job, fact) = baker().lose(lost(), &by_spurv("2022-10-05")).expect("lost");
        assert_eq!(job.period().last(), Some(day("2022-10-31")));
        assert_eq!(job.loss().map(Loss::learned_on), Some(day("2022-10-03")));
        assert_eq!(job.loss().and_then(Loss::help_offered_on), Some(day("2022-10-04")));
        assert_eq!(fact.code(), "work_lost");
        let twice = job.lose(lost(), &by_spurv("2022-10-05")).unwrap_err();
        assert_eq!(twice, Rejection::AlreadyEnded { what: Thing::Job, on: day("2022-10-31") });
    }

    #[test]
    fn s45_an_ordinary_ending_is_no_loss() {
        let (job, _) = baker().end(day("2022-10-31"), JobEndReason::TimeOver, &by_spurv("2022-10-05")).expect("ended");
        assert_eq!(job.loss(), None);
    }

    #[test]
    fn s45_all_faults_of_a_loss_come_at_once() {
        let by = by_spurv("2022-10-02");
        let wrong = LostWork { ended_on: day("2022-08-14"), help_offered_on: Some(day("2022-10-01")), ..lost() };
        let faults = vec![
            Rejection::DateInFuture { day: DayOf::LossLearned },
            Rejection::DateBefore { day: DayOf::HelpOffered, earliest: day("2022-10-03") },
            Rejection::DateBefore { day: DayOf::JobEnd, earliest: day("2022-08-15") },
        ];
        assert_eq!(baker().lose(wrong, &by).unwrap_err(), Rejection::Form(faults));
    }
}
