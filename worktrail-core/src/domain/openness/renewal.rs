//! When openness is to be talked about again, and which agreement counts.

use chrono::{Months, NaiveDate};

use super::OpennessAgreement;
use crate::domain::employer::Employer;
use crate::domain::job::Job;
use crate::domain::moment::Moment;
use crate::domain::text::Line;

/// An agreement is talked about again after this many months while there is no job (IPS-25 item 13, policy).
pub const OPENNESS_MONTHS_WITHOUT_JOB: u32 = 2;

/// An agreement is talked about again after this many months at the latest (policy).
pub const OPENNESS_MONTHS: u32 = 6;

impl OpennessAgreement {
    /// The day from which it is to be talked about again: two months after the agreement if no job began or went on by
    /// then, and six months after it otherwise (IPS-25 item 13, policy). None once it is withdrawn: there is nothing to
    /// renew. Work training is no job (`DB9`).
    #[must_use]
    pub fn renewal_due_on(&self, jobs: &[&Job]) -> Option<NaiveDate> {
        if self.withdrawn.is_some() {
            return None;
        }
        let agreed = self.terms.agreed_on;
        let without_job = agreed.checked_add_months(Months::new(OPENNESS_MONTHS_WITHOUT_JOB))?;
        let has_worked = jobs.iter().filter(|job| job.counts_as_job()).any(|job| {
            let period = job.period();
            period.first() <= without_job && agreed <= period.last_or_max()
        });
        if has_worked { agreed.checked_add_months(Months::new(OPENNESS_MONTHS)) } else { Some(without_job) }
    }

    /// The agreement that counts at a moment: the newest version made by then, unless it is withdrawn. An older one does
    /// not come back.
    #[must_use]
    pub fn present<'a>(agreements: &[&'a Self], at: Moment) -> Option<&'a Self> {
        let made = agreements.iter().copied().filter(|agreement| agreement.agreed.at() <= at);
        made.max_by_key(|agreement| agreement.version).filter(|agreement| agreement.is_in_force_at(at))
    }

    /// Whether an employer may be contacted at a moment, by the agreement that counts then; never without one.
    #[must_use]
    pub fn allow_contact(agreements: &[&Self], employer: &Employer, at: Moment) -> bool {
        Self::present(agreements, at).is_some_and(|agreement| agreement.allows_contact(employer, at))
    }

    /// Whether a place of education may be contacted at a moment, by the agreement that counts then; never without one.
    #[must_use]
    pub fn allow_institution(agreements: &[&Self], institution: &Line<120>, at: Moment) -> bool {
        Self::present(agreements, at).is_some_and(|agreement| agreement.allows_institution(institution, at))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::tests::{NORDLYS, agree, at, employer, terms};
    use super::*;
    use crate::domain::samples::{by_spurv, day, work_training};
    use crate::domain::{Employment, EmploymentForm, JobId, NewJob, OpennessStance, OpennessTerms, Period};

    /// Work on one's own account in a period.
    fn job(form: EmploymentForm, from: &str, to: Option<&str>) -> Job {
        let new = NewJob {
            employment: Employment::SelfEmployed,
            title: Line::parse("Baker").expect("a line"),
            form,
            hours: None,
            period: Period::new(day(from), to.map(day)).expect("a period"),
            training_reason: None,
            education: None,
            details: crate::domain::JobDetails::default(),
        };
        let trail = crate::domain::trail::samples::started("2026-08-01", "2026-08-10");
        Job::register(JobId::new(uuid::Uuid::from_u128(1)), &trail, new, &by_spurv(from)).expect("registered").0
    }

    #[test]
    fn ips25_item_13_openness_is_talked_about_again_after_two_months_without_a_job_and_six_with_one() {
        // Given an agreement of 1 September
        let agreement = agree(terms()).expect("agreed");
        assert_eq!(agreement.renewal_due_on(&[]), Some(day("2026-11-01")));
        // when a job begins by the first of November, then it is talked about in March
        let own = EmploymentForm::SelfEmployed;
        for (from, to) in [("2026-11-01", None), ("2026-08-15", Some("2026-09-01"))] {
            assert_eq!(agreement.renewal_due_on(&[&job(own, from, to)]), Some(day("2027-03-01")), "{from}");
        }
        // and a job that was over before, or came later, does not count
        for (from, to) in [("2026-11-02", None), ("2026-08-15", Some("2026-08-31"))] {
            assert_eq!(agreement.renewal_due_on(&[&job(own, from, to)]), Some(day("2026-11-01")), "{from}");
        }
        // nor does work training (`DB9`)
        let trail = crate::domain::trail::samples::started("2026-08-01", "2026-08-10");
        let training = work_training(&trail, Period::from(day("2026-09-15")).expect("a period"));
        assert_eq!(agreement.renewal_due_on(&[&training]), Some(day("2026-11-01")));
        let (withdrawn, _) = agreement.withdraw(&by_spurv("2026-09-10")).expect("withdrawn");
        assert_eq!(withdrawn.renewal_due_on(&[]), None);
    }

    #[test]
    fn the_newest_version_counts_and_a_withdrawn_one_brings_no_older_one_back() {
        // Given a first version that is open to all, and a second that is not open
        let first = agree(OpennessTerms { stance: OpennessStance::Open, ..terms() }).expect("agreed");
        let id = crate::domain::OpennessId::new(uuid::Uuid::from_u128(2));
        let trail = crate::domain::trail::samples::started("2026-08-01", "2026-08-10");
        let closed = OpennessTerms { stance: OpennessStance::NotOpen, may_contact: BTreeSet::new(), ..terms() };
        let (second, _) = OpennessAgreement::agree(id, &trail, 2, closed, &by_spurv("2026-09-08")).expect("agreed");
        let (before, after) = (at("2026-09-07T10:00:00+02:00"), at("2026-09-10T10:00:00+02:00"));
        let all = [&second, &first];
        assert!(OpennessAgreement::allow_contact(&all, &employer(NORDLYS), before));
        assert!(!OpennessAgreement::allow_contact(&all, &employer(NORDLYS), after));
        // When the second is withdrawn, then nothing is allowed
        let (second, _) = second.withdraw(&by_spurv("2026-09-09")).expect("withdrawn");
        assert!(!OpennessAgreement::allow_contact(&[&first, &second], &employer(NORDLYS), after));
        assert!(!OpennessAgreement::allow_contact(&[], &employer(NORDLYS), after));
    }

    #[test]
    fn s69_places_of_education_are_decided_on_one_by_one() {
        let place = |name: &str| Line::<120>::parse(name).expect("a line");
        let (school, other) = (place("Fjellbekken skole"), place("Nordlys folkehøgskole"));
        let named = OpennessTerms { may_contact_institutions: BTreeSet::from([school.clone()]), ..terms() };
        let now = at("2026-09-15T10:00:00+02:00");
        let agreement = agree(named.clone()).expect("agreed");
        assert!(OpennessAgreement::allow_institution(&[&agreement], &school, now));
        assert!(!OpennessAgreement::allow_institution(&[&agreement], &other, now));
        // whoever is open to all may leave one out, and whoever is not open leaves out all
        let open = OpennessTerms {
            stance: OpennessStance::Open,
            may_contact_institutions: BTreeSet::new(),
            must_not_contact_institutions: BTreeSet::from([school.clone()]),
            ..terms()
        };
        let agreement = agree(open).expect("agreed");
        assert!(!agreement.allows_institution(&school, now) && agreement.allows_institution(&other, now));
        let closed = OpennessTerms { stance: OpennessStance::NotOpen, ..named.clone() };
        assert!(!agree(closed).expect("agreed").allows_institution(&school, now));
        // and one that may and must not be contacted is refused
        let both = OpennessTerms { must_not_contact_institutions: BTreeSet::from([school]), ..named };
        assert_eq!(agree(both), Err(crate::domain::Rejection::OpennessContradictsItself));
    }
}
