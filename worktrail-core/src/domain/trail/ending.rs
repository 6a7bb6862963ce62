//! Ending a trail.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Trail;
use crate::domain::day_of::DayOf;
use crate::domain::end_reason::EndReason;
use crate::domain::fact::Fact;
use crate::domain::job::Job;
use crate::domain::moment::Authorship;
use crate::domain::phase::{Phase, PhaseChange};
use crate::domain::rejection::Rejection;

/// How a trail ends: the day and the whole reason, in one act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// The last day of the trail.
    pub on: NaiveDate,
    /// Why it ends.
    pub reason: EndReason,
}

/// An ending with who registered it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ended {
    #[serde(flatten)]
    ending: Ending,
    authorship: Authorship,
}

impl Ended {
    pub(super) const fn ending(&self) -> &Ending {
        &self.ending
    }

    pub(super) const fn authorship(&self) -> &Authorship {
        &self.authorship
    }

    /// Another ending in its place; who registered it first, and when, stays.
    pub(super) const fn corrected_to(self, ending: Ending) -> Self {
        Self { ending, authorship: self.authorship }
    }

    /// As a step of the history.
    pub(super) const fn change(&self) -> PhaseChange {
        PhaseChange::new(Phase::Ended, self.ending.on, self.authorship)
    }
}

impl Trail {
    /// Ends the trail: date, reason and detail in one act, never a half of it (I9, of transition). Afterwards it is
    /// frozen (I10).
    ///
    /// `jobs` are the jobs of the trail; those of others are passed over.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`]; [`Rejection::DateInFuture`] for a day after the act, [`Rejection::DateBefore`] for
    /// one before the last phase change, the start or the referral; [`Rejection::JobStartsAfterEnding`];
    /// [`Rejection::InRecruitmentProgramme`] while the programme is not left (I11, rule 2).
    pub fn end(mut self, ending: Ending, jobs: &[&Job], by: &Authorship) -> Result<(Self, Fact), Rejection> {
        self.must_be_open()?;
        Rejection::all(self.faults_of_ending(ending, jobs, by))?;

        let from = self.phase();
        self.ending = Some(Ended { ending, authorship: *by });
        let fact = Fact::TrailEnded { trail: self.id, from, on: ending.on, reason: ending.reason };
        Ok((self, fact))
    }

    /// What is wrong with an ending beside what is known of the trail.
    pub(super) fn faults_of_ending(&self, ending: Ending, jobs: &[&Job], by: &Authorship) -> Vec<Rejection> {
        let last_change = self.last_change_on();
        let earliest = self.started_on().map_or(last_change, |started| started.max(last_change));
        let mut faults = DayOf::Ending.faults(ending.on, Some(earliest), by);
        let late = jobs.iter().filter(|job| job.trail() == self.id && job.period().first() > ending.on);
        faults.extend(late.map(|job| Rejection::JobStartsAfterEnding { job: job.id(), from: job.period().first() }));
        let programme = self.recruitment_beyond(ending.on);
        faults.extend(programme.map(|period| Rejection::InRecruitmentProgramme { first: period.first() }));
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{other_trail, started, started_by_method};
    use super::*;
    use crate::domain::end_reason::WorkEnding;
    use crate::domain::job::EmploymentForm;
    use crate::domain::job::samples::job_from;
    use crate::domain::method::Method;
    use crate::domain::samples::{by_spurv, day};

    fn ending(on: &str) -> Ending {
        Ending { on: day(on), reason: EndReason::Work(WorkEnding::WithoutWageSubsidy) }
    }

    #[test]
    fn i9_ending_is_one_act() {
        // given a trail in work
        let trail = started("2022-05-27", "2022-06-02");
        let job = job_from(&trail, EmploymentForm::Permanent, "2022-08-15");
        let (trail, _) = trail.move_to(Phase::Working, day("2022-08-15"), &by_spurv("2022-08-15")).expect("moved");
        // when it is ended
        let (trail, fact) = trail.end(ending("2023-02-28"), &[&job], &by_spurv("2023-02-28")).expect("ended");
        // then phase and ending say the same, and another trail may be opened
        assert_eq!(trail.phase(), Phase::Ended);
        assert_eq!(trail.ending(), Some(&ending("2023-02-28")));
        assert_eq!(trail.open_for(), None);
        assert!(matches!(fact, Fact::TrailEnded { from: Phase::Working, .. }));
    }

    #[test]
    fn db3_a_trail_of_any_method_ends_for_any_reason_of_the_one_list() {
        let (on, by) = (day("2023-02-28"), by_spurv("2023-02-28"));
        for method in Method::ALL {
            let trail = started_by_method(method, "2022-05-27", "2022-06-02");
            for reason in EndReason::ALL {
                let (ended, _) = trail.clone().end(Ending { on, reason }, &[], &by).expect("ended");
                assert_eq!(ended.ending().map(|it| it.reason), Some(reason), "{method:?}");
            }
        }
    }

    #[test]
    fn i9_an_ending_is_not_before_what_happened() {
        let by = by_spurv("2023-02-28");
        let early = started("2022-05-27", "2022-06-02").end(ending("2022-06-01"), &[], &by);
        let earliest = day("2022-06-02");
        assert_eq!(early.unwrap_err(), Rejection::DateBefore { day: DayOf::Ending, earliest });
        let ahead = started("2022-05-27", "2022-06-02").end(ending("2023-03-01"), &[], &by);
        assert_eq!(ahead.unwrap_err(), Rejection::DateInFuture { day: DayOf::Ending });
    }

    #[test]
    fn i9_a_job_that_starts_after_the_ending_holds_it_back_and_another_trails_job_does_not() {
        let trail = started("2022-05-27", "2022-06-02");
        let job = job_from(&trail, EmploymentForm::Permanent, "2022-08-15");
        let by = by_spurv("2022-08-01");
        let refused = trail.clone().end(ending("2022-08-01"), &[&job], &by);
        let from = day("2022-08-15");
        assert_eq!(refused.unwrap_err(), Rejection::JobStartsAfterEnding { job: job.id(), from });

        let other = other_trail();
        let foreign = job_from(&other, EmploymentForm::Permanent, "2022-08-15");
        assert!(trail.clone().end(ending("2022-08-01"), &[&foreign], &by).is_ok());
        let on_its_first_day = trail.end(ending("2022-08-15"), &[&job], &by_spurv("2022-08-15"));
        assert!(on_its_first_day.is_ok());
    }

    #[test]
    fn i10_an_ended_trail_is_frozen() {
        let by = by_spurv("2023-03-01");
        let (trail, _) = started("2022-05-27", "2022-06-02").end(ending("2023-02-28"), &[], &by).expect("ended");
        let frozen = Rejection::TrailEnded { trail: trail.id() };
        assert_eq!(trail.clone().end(ending("2023-02-28"), &[], &by).unwrap_err(), frozen);
        assert_eq!(trail.clone().move_to(Phase::Working, day("2023-02-28"), &by).unwrap_err(), frozen);
        assert_eq!(trail.note_employer_contact(day("2023-02-28"), &by).unwrap_err(), frozen);
    }

    #[test]
    fn i9_a_stored_move_into_the_ending_is_not_read() {
        let json = serde_json::to_string(&started("2022-05-27", "2022-06-02")).expect("json");
        let broken = json.replace("\"to\":\"mapping\"", "\"to\":\"ended\"");
        assert_ne!(json, broken);
        assert!(serde_json::from_str::<Trail>(&broken).is_err());
    }
}
