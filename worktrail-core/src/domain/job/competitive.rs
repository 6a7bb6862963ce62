//! Whether a job is competitive employment: the second principle of IPS.

use std::collections::BTreeSet;

use super::{EmploymentForm, Job, JobAccess, JobPay};
use crate::domain::coded::coded;

/// What a job is by the second principle of IPS: paid, at the going wage, open to anyone, not set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Competitive {
    /// It is competitive.
    Yes,
    /// It is not, for at least one reason.
    No(BTreeSet<NotCompetitive>),
    /// Nothing that is told speaks against it, and something is not told.
    NotKnown(BTreeSet<CompetitiveQuestion>),
}

coded! {
    /// Why a job is not competitive.
    pub silent enum NotCompetitive {
        /// It is work training, whatever else is told (`DB9`).
        WorkTraining = "work_training", "Arbeidstrening", "Work training";
        /// It is not paid.
        Unpaid = "unpaid", "Ulønnet", "Unpaid";
        /// It is paid below the going wage.
        BelowGoingWage = "below_going_wage", "Under ordinær lønn", "Below the going wage";
        /// It is set aside.
        SetAside = "set_aside", "Forbeholdt noen", "Set aside";
        /// It is permanently adapted work, also in an ordinary workplace.
        PermanentlyAdapted = "permanently_adapted", "Varig tilrettelagt arbeid (VTO)", "Permanently adapted work";
        /// It is on-call work, which the policy does not count.
        OnCall = "on_call", "Tilkalling", "On-call work";
    }
}

coded! {
    /// What has to be told before a job can be judged.
    pub enum CompetitiveQuestion {
        /// How it is paid.
        Pay = "pay", "Hvordan jobben er lønnet", "How the job is paid";
        /// Who could have had it.
        Access = "access", "Hvem som kunne fått jobben", "Who could have had the job";
    }
}

coded! {
    /// Policy: whether on-call work is competitive.
    pub enum OnCallPolicy {
        /// It is, like other work: the default.
        Counts = "counts", "Tilkalling regnes med", "On-call work counts";
        /// It is not.
        DoesNotCount = "does_not_count", "Tilkalling regnes ikke med", "On-call work does not count";
    }
}

impl Job {
    /// Whether it is competitive employment (IPS principle 2).
    ///
    /// A wage subsidy does not speak against it: the wage is what the participant gets. One reason against it is enough,
    /// also where other things are not told; without one, it takes both answers.
    #[must_use]
    pub fn competitive(&self, on_call: OnCallPolicy) -> Competitive {
        let (pay, access) = (self.details.pay, self.details.access);
        let why: BTreeSet<_> = [
            (self.form == EmploymentForm::WorkTraining).then_some(NotCompetitive::WorkTraining),
            (self.form == EmploymentForm::OnCall && on_call == OnCallPolicy::DoesNotCount)
                .then_some(NotCompetitive::OnCall),
            (pay == Some(JobPay::Unpaid)).then_some(NotCompetitive::Unpaid),
            (pay == Some(JobPay::BelowGoingWage)).then_some(NotCompetitive::BelowGoingWage),
            (access == Some(JobAccess::SetAside)).then_some(NotCompetitive::SetAside),
            (access == Some(JobAccess::PermanentlyAdapted)).then_some(NotCompetitive::PermanentlyAdapted),
        ]
        .into_iter()
        .flatten()
        .collect();
        let missing: BTreeSet<_> = [
            pay.is_none().then_some(CompetitiveQuestion::Pay),
            access.is_none().then_some(CompetitiveQuestion::Access),
        ]
        .into_iter()
        .flatten()
        .collect();
        match (why.is_empty(), missing.is_empty()) {
            (false, _) => Competitive::No(why),
            (true, false) => Competitive::NotKnown(missing),
            (true, true) => Competitive::Yes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::new_job;
    use super::super::{JobDetails, NewJob};
    use super::*;
    use crate::domain::id::JobId;
    use crate::domain::samples::by_spurv;
    use crate::domain::trail::samples::started;

    fn judged(
        form: EmploymentForm,
        pay: Option<JobPay>,
        access: Option<JobAccess>,
        policy: OnCallPolicy,
    ) -> Competitive {
        let details = JobDetails { pay, access, ..JobDetails::default() };
        let new = NewJob { details, ..new_job(form, "2022-08-15") };
        let trail = started("2022-05-27", "2022-06-02");
        let id = JobId::new(uuid::Uuid::from_u128(7));
        Job::register(id, &trail, new, &by_spurv("2022-08-01")).expect("registered").0.competitive(policy)
    }

    fn no(why: NotCompetitive) -> Competitive {
        Competitive::No(BTreeSet::from([why]))
    }

    const PAID: Option<JobPay> = Some(JobPay::GoingWage);
    const OPEN: Option<JobAccess> = Some(JobAccess::OpenToAnyone);

    #[test]
    fn principle_2_asks_for_the_going_wage_in_a_job_that_is_open_to_anyone() {
        let judged = |pay, access| judged(EmploymentForm::Permanent, pay, access, OnCallPolicy::Counts);
        assert_eq!(judged(PAID, OPEN), Competitive::Yes);
        assert_eq!(judged(Some(JobPay::Unpaid), OPEN), no(NotCompetitive::Unpaid));
        assert_eq!(judged(Some(JobPay::BelowGoingWage), OPEN), no(NotCompetitive::BelowGoingWage));
        assert_eq!(judged(PAID, Some(JobAccess::SetAside)), no(NotCompetitive::SetAside));
    }

    #[test]
    fn permanently_adapted_work_is_not_competitive_at_the_going_wage_either() {
        let vto = Some(JobAccess::PermanentlyAdapted);
        let judged = judged(EmploymentForm::Permanent, PAID, vto, OnCallPolicy::Counts);
        assert_eq!(judged, no(NotCompetitive::PermanentlyAdapted));
    }

    #[test]
    fn what_is_not_told_is_not_taken_for_an_answer() {
        let judged = |pay, access| judged(EmploymentForm::Temporary, pay, access, OnCallPolicy::Counts);
        let both = BTreeSet::from([CompetitiveQuestion::Pay, CompetitiveQuestion::Access]);
        assert_eq!(judged(None, None), Competitive::NotKnown(both));
        assert_eq!(judged(None, Some(JobAccess::SetAside)), no(NotCompetitive::SetAside));
    }

    #[test]
    fn on_call_work_is_judged_by_the_policy() {
        let form = EmploymentForm::OnCall;
        assert_eq!(judged(form, PAID, OPEN, OnCallPolicy::Counts), Competitive::Yes);
        assert_eq!(judged(form, PAID, OPEN, OnCallPolicy::DoesNotCount), no(NotCompetitive::OnCall));
    }

    #[test]
    fn db9_work_training_is_never_competitive() {
        for policy in OnCallPolicy::ALL {
            assert_eq!(judged(EmploymentForm::WorkTraining, PAID, OPEN, policy), no(NotCompetitive::WorkTraining));
        }
    }
}
