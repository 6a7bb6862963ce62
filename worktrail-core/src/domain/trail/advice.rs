//! What the library points out and does not refuse.

use chrono::NaiveDate;

use super::Trail;
use crate::domain::coded::coded;
use crate::domain::employer::Employer;
use crate::domain::job::{Job, JobStatus};
use crate::domain::openness::OpennessAgreement;
use crate::domain::phase::Phase;

coded! {
    /// Something about a trail that is worth a look; never a refusal.
    pub enum Advice {
        /// The phase is Working, and no job is ongoing (I8).
        WorkingWithoutJob = "working_without_job",
            "Fasen er Jobber, men ingen jobb pågår", "The phase is Working, but no job is ongoing";
        /// More than 30 days since the start, and no employer was met (`DC1`).
        NoEmployerContact = "no_employer_contact",
            "Over 30 dager siden oppstart uten møte med arbeidsgiver",
            "More than 30 days since the start without meeting an employer";
        /// A job is at an employer that the openness agreement says must not be contacted (row 96).
        JobWhereContactIsForbidden = "job_where_contact_is_forbidden",
            "Jobb hos en arbeidsgiver som ikke skal kontaktes", "A job at an employer that must not be contacted";
    }
}

impl Trail {
    /// What is worth a look on a day. Jobs of other trails are passed over, and work training is no job (`DB9`).
    #[must_use]
    pub fn advice(&self, jobs: &[&Job], on: NaiveDate) -> Vec<Advice> {
        if self.is_ended() {
            return Vec::new();
        }
        let has_job = jobs
            .iter()
            .any(|job| job.trail() == self.id && job.counts_as_job() && job.status_on(on) == JobStatus::Ongoing);
        let mut advice = Vec::new();
        if self.phase() == Phase::Working && !has_job {
            advice.push(Advice::WorkingWithoutJob);
        }
        if self.first_employer_contact.is_none() && self.clock(on).is_late() {
            advice.push(Advice::NoEmployerContact);
        }
        advice
    }

    /// What is worth a look at the jobs of a day, beside the newest of the trail's openness agreements (row 96): a job
    /// that is not over, at an employer that must not be contacted. The job is registered all the same: it is a fact.
    /// `employers` are those of the jobs as they are now: what was said of one goes for all that was merged into it.
    #[must_use]
    pub fn advice_about_openness(
        &self,
        jobs: &[&Job],
        employers: &[&Employer],
        agreements: &[&OpennessAgreement],
        on: NaiveDate,
    ) -> Option<Advice> {
        let terms = OpennessAgreement::newest(agreements).filter(|it| it.withdrawn().is_none())?.terms();
        let forbidden = |id| employers.iter().any(|employer| employer.goes_by(id) && terms.forbid(employer));
        let is_forbidden = |job: &&Job| {
            let employer = job.employment().employer();
            let is_here = job.trail() == self.id && job.status_on(on) != JobStatus::Completed;
            is_here && employer.is_some_and(forbidden)
        };
        let found = !self.is_ended() && jobs.iter().any(is_forbidden);
        found.then_some(Advice::JobWhereContactIsForbidden)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::samples::started;
    use super::*;
    use crate::domain::employer::samples::{employer, fjellvik};
    use crate::domain::id::{EmployerId, OpennessId};
    use crate::domain::job::samples::job_from;
    use crate::domain::job::{EmploymentForm, JobEndReason};
    use crate::domain::openness::{OpennessStance, OpennessTerms};
    use crate::domain::samples::{by_spurv, day};

    fn all_but(employer: EmployerId) -> OpennessTerms {
        OpennessTerms {
            agreed_on: day("2022-06-10"),
            stance: OpennessStance::Open,
            may_contact: BTreeSet::new(),
            must_not_contact: BTreeSet::from([employer]),
            may_contact_institutions: BTreeSet::new(),
            must_not_contact_institutions: BTreeSet::new(),
            advantages: None,
            drawbacks: None,
            may_share: None,
            must_not_share: None,
            occasions: BTreeSet::new(),
        }
    }

    #[test]
    fn i8_working_without_an_ongoing_job_is_pointed_out_and_not_refused() {
        // given a trail in work with a job from 15 August
        let trail = started("2022-05-27", "2022-06-02");
        let (trail, _) = trail.note_employer_contact(day("2022-06-21"), &by_spurv("2022-06-21")).expect("noted");
        let (trail, _) = trail.move_to(Phase::Working, day("2022-08-10"), &by_spurv("2022-08-10")).expect("moved");
        let job = job_from(&trail, EmploymentForm::Permanent, "2022-08-15");
        // then the phase is ahead of the job until that day
        assert_eq!(trail.advice(&[&job], day("2022-08-14")), [Advice::WorkingWithoutJob]);
        assert_eq!(trail.advice(&[&job], day("2022-08-15")), []);
    }

    #[test]
    fn db9_work_training_is_no_job() {
        let trail = started("2022-05-27", "2022-06-02");
        let (trail, _) = trail.note_employer_contact(day("2022-06-21"), &by_spurv("2022-06-21")).expect("noted");
        let (trail, _) = trail.move_to(Phase::Working, day("2022-08-10"), &by_spurv("2022-08-10")).expect("moved");
        let training = job_from(&trail, EmploymentForm::WorkTraining, "2022-08-01");
        assert_eq!(trail.advice(&[&training], day("2022-08-15")), [Advice::WorkingWithoutJob]);
    }

    #[test]
    fn row_96_a_job_at_an_employer_that_must_not_be_contacted_is_pointed_out() {
        // given a job at FJELLVIK, and openness to all but FJELLVIK
        let trail = started("2022-05-27", "2022-06-02");
        let job = job_from(&trail, EmploymentForm::Permanent, "2022-08-15");
        let (terms, here) = (all_but(fjellvik().id()), fjellvik());
        let agree = |version, terms: &OpennessTerms| {
            let id = OpennessId::new(uuid::Uuid::from_u128(u128::from(version)));
            let by = by_spurv("2022-06-10");
            OpennessAgreement::agree(id, &trail, version, terms.clone(), &by).expect("agreed").0
        };
        let (agreement, advice) = (agree(1, &terms), Some(Advice::JobWhereContactIsForbidden));
        let on = day("2022-08-20");
        assert_eq!(trail.advice_about_openness(&[&job], &[&here], &[&agreement], on), advice);
        // but not without an agreement, after a newer one, or when the job is over
        assert_eq!(trail.advice_about_openness(&[&job], &[&here], &[], on), None);
        let (withdrawn, _) = agreement.clone().withdraw(&by_spurv("2022-08-01")).expect("withdrawn");
        assert_eq!(trail.advice_about_openness(&[&job], &[&here], &[&withdrawn], on), None);
        let newer = agree(2, &OpennessTerms { must_not_contact: BTreeSet::new(), ..terms });
        assert_eq!(trail.advice_about_openness(&[&job], &[&here], &[&newer, &agreement], on), None);
        let (over, _) = job.end(day("2022-08-19"), JobEndReason::Resigned, &by_spurv("2022-08-19")).expect("ended");
        assert_eq!(trail.advice_about_openness(&[&over], &[&here], &[&agreement], on), None);
    }

    #[test]
    fn s30_row_96_a_job_at_an_employer_is_one_at_whom_it_was_merged_into() {
        // given a job at FJELLVIK, which was merged, and a no to the one that it was merged into
        let trail = started("2022-05-27", "2022-06-02");
        let job = job_from(&trail, EmploymentForm::Permanent, "2022-08-15");
        let by = by_spurv("2022-06-10");
        let (kept, _, _) = employer(9, None, "FJELLVIK").absorb(fjellvik(), &by).expect("merged");
        let id = OpennessId::new(uuid::Uuid::from_u128(1));
        let (agreement, _) = OpennessAgreement::agree(id, &trail, 1, all_but(kept.id()), &by).expect("agreed");
        // then it is pointed out
        let advice = trail.advice_about_openness(&[&job], &[&kept], &[&agreement], day("2022-08-20"));
        assert_eq!(advice, Some(Advice::JobWhereContactIsForbidden));
    }

    #[test]
    fn the_thirty_first_day_without_an_employer_is_pointed_out() {
        let trail = started("2026-03-01", "2026-03-10");
        assert_eq!(trail.advice(&[], day("2026-04-09")), []);
        assert_eq!(trail.advice(&[], day("2026-04-10")), [Advice::NoEmployerContact]);
    }
}
