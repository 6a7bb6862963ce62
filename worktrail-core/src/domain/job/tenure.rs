//! How long somebody has worked.

use chrono::NaiveDate;

use super::Job;
use crate::domain::coded::coded;
use crate::domain::period::Period;

/// The days that somebody has been in work: each day once, however many jobs there were on it.
///
/// # Examples
/// ```
/// use worktrail_core::domain::{Tenure, TenureMark};
///
/// assert_eq!(Tenure::of_days(91).weeks(), 13);
/// assert_eq!(Tenure::of_days(91).marks(), [TenureMark::Weeks4, TenureMark::Weeks13]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tenure(u32);

coded! {
    /// A length of time in work that figures ask for (row 98).
    pub enum TenureMark {
        /// 4 weeks.
        Weeks4 = "weeks_4", "4 uker", "4 weeks";
        /// 13 weeks.
        Weeks13 = "weeks_13", "13 uker", "13 weeks";
        /// 26 weeks.
        Weeks26 = "weeks_26", "26 uker", "26 weeks";
        /// 52 weeks.
        Weeks52 = "weeks_52", "52 uker", "52 weeks";
    }
}

impl TenureMark {
    /// How many days it takes.
    #[must_use]
    pub const fn days(self) -> u32 {
        match self {
            Self::Weeks4 => 28,
            Self::Weeks13 => 91,
            Self::Weeks26 => 182,
            Self::Weeks52 => 364,
        }
    }
}

impl Tenure {
    /// So many days.
    #[must_use]
    pub const fn of_days(days: u32) -> Self {
        Self(days)
    }

    /// The days in work until a day, that day included, over several jobs. Work training is passed over (`DB9`).
    #[must_use]
    pub fn over(jobs: &[&Job], until: NaiveDate) -> Self {
        let mut worked: Vec<_> = jobs.iter().filter_map(|job| job.worked_until(until)).collect();
        worked.sort_unstable();
        let (mut days, mut counted) = (0, None::<NaiveDate>);
        for period in worked {
            // What lies before the first day that is not counted yet was counted with an earlier job.
            let first =
                counted.and_then(|last| last.succ_opt()).map_or(period.first(), |next| next.max(period.first()));
            let rest = Period::between(first, period.last_or_max()).ok();
            days += rest.and_then(Period::days).unwrap_or(0);
            counted = counted.max(Some(period.last_or_max()));
        }
        Self(days)
    }

    /// The days.
    #[must_use]
    pub const fn days(self) -> u32 {
        self.0
    }

    /// The whole weeks.
    #[must_use]
    pub const fn weeks(self) -> u32 {
        self.0 / 7
    }

    /// The marks that are reached, shortest first.
    #[must_use]
    pub fn marks(self) -> Vec<TenureMark> {
        TenureMark::ALL.into_iter().filter(|mark| mark.days() <= self.0).collect()
    }
}

impl Job {
    /// How long it has lasted until a day, that day included. Work training has none (`DB9`).
    #[must_use]
    pub fn tenure(&self, until: NaiveDate) -> Tenure {
        Tenure::over(&[self], until)
    }

    /// The days of the job until a day.
    fn worked_until(&self, until: NaiveDate) -> Option<Period> {
        let last = self.period.last_or_max().min(until);
        if self.counts_as_job() { self.period.ending_on(last).ok() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::Days;
    use proptest::prelude::*;

    use super::super::samples::job_in;
    use super::*;
    use crate::domain::job::EmploymentForm;
    use crate::domain::samples::day;

    fn job(first: &str, last: &str) -> Job {
        job_in(EmploymentForm::Permanent, Period::between(day(first), day(last)).expect("a period"))
    }

    #[test]
    fn row_98_the_first_and_the_last_day_count_and_the_marks_are_whole_weeks() {
        // given a job from 15 August, as in the demonstration
        let job = job("2022-08-15", "2023-02-28");
        // then its first day is one day, and 13 weeks are full on the 91st
        assert_eq!(job.tenure(day("2022-08-14")).days(), 0);
        assert_eq!(job.tenure(day("2022-08-15")).days(), 1);
        assert_eq!(job.tenure(day("2022-11-12")).marks(), [TenureMark::Weeks4]);
        assert_eq!(job.tenure(day("2022-11-13")).marks(), [TenureMark::Weeks4, TenureMark::Weeks13]);
        // and nothing is counted after its end
        assert_eq!(job.tenure(day("2030-01-01")), Tenure::of_days(198));
        assert_eq!(job.tenure(day("2030-01-01")).weeks(), 28);
    }

    #[test]
    fn days_with_two_jobs_count_once() {
        let (morning, evening) = (job("2022-08-01", "2022-08-31"), job("2022-08-20", "2022-09-10"));
        let (within, later) = (job("2022-08-05", "2022-08-06"), job("2022-09-20", "2022-09-20"));
        let until = day("2022-12-31");
        assert_eq!(Tenure::over(&[&morning, &evening, &within, &later], until).days(), 31 + 10 + 1);
    }

    #[test]
    fn db9_work_training_has_no_tenure() {
        let period = Period::between(day("2022-08-01"), day("2022-08-31")).expect("a period");
        assert_eq!(job_in(EmploymentForm::WorkTraining, period).tenure(day("2022-08-31")).days(), 0);
    }

    proptest! {
        #[test]
        fn tenure_is_the_number_of_days_with_a_job(
            spans in proptest::collection::vec((0_u64..60, proptest::option::of(0_u64..30)), 0..5), until in 0_u64..100,
        ) {
            let begin = day("2026-03-01");
            let until = begin + Days::new(until);
            let jobs: Vec<_> = spans
                .into_iter()
                .map(|(first, length)| {
                    let first = begin + Days::new(first);
                    let period = Period::new(first, length.map(|length| first + Days::new(length)));
                    job_in(EmploymentForm::Permanent, period.expect("a period"))
                })
                .collect();
            let jobs: Vec<_> = jobs.iter().collect();
            let days: BTreeSet<_> = begin
                .iter_days()
                .take_while(|on| *on <= until)
                .filter(|on| jobs.iter().any(|job| job.period().contains(*on)))
                .collect();
            prop_assert_eq!(usize::try_from(Tenure::over(&jobs, until).days()).ok(), Some(days.len()));
        }
    }
}
