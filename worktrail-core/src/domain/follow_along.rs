//! Follow-along support: what falls due around a job, and which contact ticked it off (item 23 of IPS-25).

use chrono::{Days, Months, NaiveDate};

use super::coded::coded;
use super::job::{Job, Loss, TenureMark};
use super::support_contact::SupportContact;

coded! {
    /// A step of follow-along support.
    pub enum FollowAlong {
        /// A contact within the week before the start.
        BeforeStart = "before_start", "Uken før jobbstart", "The week before the start";
        /// A contact within three days of the start.
        AfterStart = "after_start", "Innen tre dager etter jobbstart", "Within three days of the start";
        /// A contact in one of the first four weeks.
        Weekly = "weekly", "Ukentlig i første måned", "Weekly in the first month";
        /// A contact in one of the months after, for a year.
        Monthly = "monthly", "Månedlig i ett år", "Monthly for a year";
        /// The job is found to be still going on after 13, 26 and 52 weeks (row 98).
        StillInJob = "still_in_job", "Fortsatt i jobb", "Still in the job";
        /// A contact within three days of learning that the job was lost.
        AfterLoss = "after_loss", "Innen tre dager etter tapt arbeid", "Within three days of lost work";
    }
}

/// A step with the days in which it is due, and the day on which it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FollowAlongStep {
    /// Which step.
    pub step: FollowAlong,
    /// The first day on which it is due.
    pub from: NaiveDate,
    /// The last day on which it is in time.
    pub by: NaiveDate,
    /// The day on which it was done, in time or late.
    pub done_on: Option<NaiveDate>,
}

impl FollowAlong {
    /// Whether it can still be done late. What falls due again by itself is not made up for.
    const fn waits(self) -> bool {
        matches!(self, Self::AfterStart | Self::StillInJob | Self::AfterLoss)
    }
}

impl FollowAlongStep {
    /// Whether it is due on a day: it has begun, it was not done, and it is not too late to do it.
    #[must_use]
    pub fn is_due_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.is_open_on(day)
    }

    /// Whether it is due on a day, or will be: it was not done, and it is not too late to do it.
    #[must_use]
    pub fn is_open_on(&self, day: NaiveDate) -> bool {
        self.done_on.is_none() && (day <= self.by || self.step.waits())
    }

    /// Whether it was done in time.
    #[must_use]
    pub fn is_in_time(&self) -> bool {
        self.done_on.is_some_and(|done| done <= self.by)
    }
}

/// Everything that falls due around a job, in order of the days, with what was done of it (S42).
///
/// Nothing falls due for work training, which is no job (`DB9`); after the last day of the job; or from the day on which
/// the participant declined. A contact after lost work is due in any case (S45). Stepping down changes nothing here:
/// support has no time limit.
#[must_use]
pub fn follow_along(job: &Job, contacts: &[&SupportContact]) -> Vec<FollowAlongStep> {
    if !job.counts_as_job() {
        return Vec::new();
    }
    let of_job = |contact: &&&SupportContact| {
        contact.trail() == job.trail() && contact.job().is_none_or(|about| about == job.id())
    };
    let days: Vec<_> = contacts.iter().filter(of_job).map(|contact| contact.on()).collect();
    let last = job.period().last_or_max();
    let until = job.support_declined_on().map_or(last, |declined| last.min(declined.pred_opt().unwrap_or(declined)));
    let mut steps: Vec<_> = windows(job.period().first())
        .into_iter()
        .filter(|(_, from, _)| *from <= until)
        .map(|(step, from, by)| {
            let done_on = match step {
                FollowAlong::StillInJob => job.confirmed_on().filter(|on| *on >= from),
                step => earliest(&days, from, if step.waits() { None } else { Some(by) }),
            };
            FollowAlongStep { step, from, by, done_on }
        })
        .collect();
    if let Some(learned) = job.loss().map(Loss::learned_on) {
        let done_on = earliest(&days, learned, None);
        steps.push(FollowAlongStep { step: FollowAlong::AfterLoss, from: learned, by: after(learned, 3), done_on });
    }
    steps.sort_by_key(|step| (step.from, step.by));
    steps
}

/// What is due on a day.
#[must_use]
pub fn follow_along_due(job: &Job, contacts: &[&SupportContact], on: NaiveDate) -> Vec<FollowAlongStep> {
    follow_along(job, contacts).into_iter().filter(|step| step.is_due_on(on)).collect()
}

/// The days in which each step is due, from a start on.
fn windows(start: NaiveDate) -> Vec<(FollowAlong, NaiveDate, NaiveDate)> {
    let before = start.checked_sub_days(Days::new(7)).zip(start.pred_opt());
    let before = before.map(|(from, by)| (FollowAlong::BeforeStart, from, by));
    let weekly = (0..4).map(|week| (FollowAlong::Weekly, after(start, 7 * week), after(start, 7 * week + 6)));
    let monthly = (1..12).filter_map(|month| {
        let from = start.checked_add_months(Months::new(month))?;
        let next = start.checked_add_months(Months::new(month + 1))?;
        Some((FollowAlong::Monthly, from, next.pred_opt()?))
    });
    let marks = [TenureMark::Weeks13, TenureMark::Weeks26, TenureMark::Weeks52].into_iter().map(|mark| {
        let full = after(start, u64::from(mark.days()).saturating_sub(1));
        (FollowAlong::StillInJob, full, after(full, 13))
    });
    let after_start = (FollowAlong::AfterStart, start, after(start, 3));
    before.into_iter().chain([after_start]).chain(weekly).chain(monthly).chain(marks).collect()
}

/// So many days later; the last day there is, when that is earlier.
fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// The earliest contact from a day on, and not after another if one is named.
fn earliest(contacts: &[NaiveDate], from: NaiveDate, by: Option<NaiveDate>) -> Option<NaiveDate> {
    contacts.iter().copied().filter(|on| from <= *on && by.is_none_or(|by| *on <= by)).min()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::id::SupportContactId;
    use crate::domain::job::samples::{job_from, job_in, new_job};
    use crate::domain::job::{EmploymentForm, JobEndReason, LostWork};
    use crate::domain::period::Period;
    use crate::domain::samples::{by_spurv, day};
    use crate::domain::support_contact::SupportedJob;
    use crate::domain::support_contact::samples::{talk, talked};
    use crate::domain::trail::Trail;
    use crate::domain::trail::samples::{other_trail, started};

    fn baker() -> Job {
        job_in(EmploymentForm::Permanent, new_job(EmploymentForm::Permanent, "2022-08-15").period)
    }

    fn due(job: &Job, contacts: &[&str], on: &str) -> Vec<FollowAlong> {
        let contacts: Vec<_> = contacts.iter().map(|on| talked(day(on))).collect();
        let contacts: Vec<_> = contacts.iter().collect();
        follow_along_due(job, &contacts, day(on)).into_iter().map(|step| step.step).collect()
    }

    #[test]
    fn s42_what_is_due_follows_from_the_start_and_the_contacts() {
        use FollowAlong::{AfterStart, BeforeStart, Monthly, StillInJob, Weekly};
        let job = baker();
        let none: &[FollowAlong] = &[];
        for (contacts, on, expected) in [
            (&[][..], "2022-08-07", none),
            (&[], "2022-08-08", &[BeforeStart]),
            (&["2022-08-08"], "2022-08-14", none),
            // The week before does not stand for the first days.
            (&["2022-08-14"], "2022-08-15", &[AfterStart, Weekly]),
            // One contact in the first days is also that of the first week.
            (&["2022-08-18"], "2022-08-21", none),
            // What is late stays due, a week that has passed does not.
            (&[], "2022-08-22", &[AfterStart, Weekly]),
            (&["2022-08-22"], "2022-08-28", none),
            (&["2022-08-22"], "2022-08-29", &[Weekly]),
            (&["2022-08-15"], "2022-09-11", &[Weekly]),
            (&["2022-08-15"], "2022-09-12", none),
            (&["2022-08-15"], "2022-09-15", &[Monthly]),
            (&["2022-08-15", "2022-10-14"], "2022-10-14", none),
            (&["2022-08-15", "2022-11-01"], "2022-11-13", &[StillInJob]),
            (&["2022-08-15"], "2023-08-14", &[StillInJob, StillInJob, Monthly, StillInJob]),
            (&["2022-08-15"], "2023-08-15", &[StillInJob, StillInJob, StillInJob]),
        ] {
            assert_eq!(due(&job, contacts, on), expected, "{contacts:?} {on}");
        }
    }

    #[test]
    fn s42_a_contact_about_another_job_or_on_another_trail_is_none_about_this_one() {
        let trail = started("2022-05-27", "2022-06-02");
        let job = job_from(&trail, EmploymentForm::Permanent, "2022-08-15");
        let held = |trail: &Trail, about: &Job| {
            let id = SupportContactId::new(uuid::Uuid::from_u128(0x5c));
            let about = SupportedJob { job: about, employer: None };
            SupportContact::register(id, trail, Some(about), &[], talk("2022-08-16"), &by_spurv("2022-08-16"))
                .expect("registered")
                .0
        };
        let due = |contact: &SupportContact| follow_along_due(&job, &[contact], day("2022-08-17")).is_empty();
        let elsewhere = job_from(&other_trail(), EmploymentForm::Permanent, "2022-08-15");
        assert!(due(&held(&trail, &job)), "it is done");
        assert!(!due(&held(&trail, &baker())));
        assert!(!due(&held(&other_trail(), &elsewhere)));
    }

    #[test]
    fn row_98_that_the_job_lasts_is_confirmed_after_13_26_and_52_weeks() {
        let (job, _) = baker().confirm(day("2022-11-13"), &by_spurv("2022-11-20")).expect("confirmed");
        let marks: Vec<_> =
            follow_along(&job, &[]).into_iter().filter(|step| step.step == FollowAlong::StillInJob).collect();
        assert_eq!(
            marks.iter().map(|step| step.from).collect::<Vec<_>>(),
            ["2022-11-13", "2023-02-12", "2023-08-13"].map(day)
        );
        assert_eq!(marks.iter().map(|step| step.done_on.is_some()).collect::<Vec<_>>(), [true, false, false]);
        assert!(marks.iter().take(1).all(FollowAlongStep::is_in_time));
    }

    #[test]
    fn s42_nothing_falls_due_when_support_is_declined_or_the_job_is_over() {
        let trail = started("2022-05-27", "2022-06-02");
        let (declined, _) =
            baker().decline_support(&trail, day("2022-09-20"), &by_spurv("2022-09-20")).expect("declined");
        assert_eq!(due(&declined, &["2022-08-15", "2022-09-20"], "2022-11-20"), []);
        let (over, _) = baker().end(day("2022-09-20"), JobEndReason::TimeOver, &by_spurv("2022-09-20")).expect("ended");
        assert_eq!(due(&over, &["2022-08-15", "2022-09-20"], "2022-11-20"), []);
    }

    #[test]
    fn s45_a_contact_within_three_days_of_learning_of_a_loss_is_due_until_it_is_held() {
        let lost = LostWork {
            ended_on: day("2022-10-31"),
            learned_on: day("2022-10-03"),
            reason: JobEndReason::Dismissed,
            help_offered_on: None,
        };
        let (job, _) = baker().lose(lost, &by_spurv("2022-10-05")).expect("lost");
        let contacts = &["2022-08-15", "2022-09-20"];
        assert_eq!(due(&job, contacts, "2022-10-03"), [FollowAlong::AfterLoss]);
        assert_eq!(due(&job, contacts, "2022-10-12"), [FollowAlong::AfterLoss]);
        let held = talked(day("2022-10-06"));
        let step = follow_along(&job, &[&held]).into_iter().find(|step| step.step == FollowAlong::AfterLoss);
        assert!(step.is_some_and(|step| step.by == day("2022-10-06") && step.is_in_time()));
        let late = talked(day("2022-10-07"));
        let step = follow_along(&job, &[&late]).into_iter().find(|step| step.step == FollowAlong::AfterLoss);
        assert!(step.is_some_and(|step| step.done_on.is_some() && !step.is_in_time()));
    }

    #[test]
    fn db9_nothing_falls_due_in_work_training() {
        let period = new_job(EmploymentForm::Permanent, "2022-08-15").period;
        assert_eq!(follow_along(&job_in(EmploymentForm::WorkTraining, period), &[]), []);
    }

    proptest! {
        #[test]
        fn s42_one_more_contact_never_makes_more_due(
            days in proptest::collection::vec(-20_i64..500, 0..12), more in -20_i64..500, on in -20_i64..500,
            length in proptest::option::of(0_i64..500),
        ) {
            let start = day("2022-08-15");
            let at = |days: i64| start + chrono::TimeDelta::days(days);
            let job = job_in(EmploymentForm::Permanent, Period::new(start, length.map(at)).expect("a period"));
            let contacts: Vec<_> = days.into_iter().chain([more]).map(|days| talked(at(days))).collect();
            let all: Vec<_> = contacts.iter().collect();
            let before = follow_along_due(&job, &all[..all.len() - 1], at(on));
            let after = follow_along_due(&job, &all, at(on));
            prop_assert!(after.iter().all(|step| before.contains(step)));
            prop_assert!(after.iter().all(|step| step.from <= at(on) && job.period().overlaps(
                Period::between(step.from.max(start), step.by.max(start)).expect("a period"))));
        }
    }
}
