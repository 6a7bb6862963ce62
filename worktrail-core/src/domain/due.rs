//! What falls due on a trail: each source is a function of the records that it follows from.

use chrono::NaiveDate;
use uuid::Uuid;

use super::attestation::Attestation;
use super::birth_date::BirthDate;
use super::coded::coded;
use super::job::Job;
use super::majority::GuardianConsentStanding;
use super::moment::Moment;
use super::openness::OpennessAgreement;
use super::sub_goal::{SubGoal, SubGoalStatus};

/// Something that falls due on a trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    /// The day.
    pub on: NaiveDate,
    /// What.
    pub kind: DueKind,
    /// The id of the record that it follows from, where it is one.
    pub of: Option<Uuid>,
}

coded! {
    /// What falls due on a trail.
    pub enum DueKind {
        /// A sub-goal.
        SubGoal = "sub_goal", "Delmål", "Sub-goal";
        /// Openness is to be talked about again.
        Openness = "openness", "Fornye avtalen om åpenhet", "Renew the disclosure agreement";
        /// The participant comes of age and consents on their own behalf.
        OwnConsent = "own_consent", "Deltakerens eget samtykke ved 18 år", "The participant's own consent at 18";
    }
}

impl Due {
    /// The sub-goals that are open and have a day.
    #[must_use]
    pub fn sub_goals(sub_goals: &[&SubGoal]) -> Vec<Self> {
        let open = sub_goals.iter().filter(|goal| goal.status() == SubGoalStatus::Open);
        let due = open.filter_map(|goal| Some((goal.due()?, goal.id())));
        due.map(|(on, id)| Self { on, kind: DueKind::SubGoal, of: Some(id.as_uuid()) }).collect()
    }

    /// The renewal of the agreement that counts (item 13 of IPS-25).
    #[must_use]
    pub fn openness(agreements: &[&OpennessAgreement], jobs: &[&Job], at: Moment) -> Option<Self> {
        let present = OpennessAgreement::present(agreements, at)?;
        let on = present.renewal_due_on(jobs)?;
        Some(Self { on, kind: DueKind::Openness, of: Some(present.id().as_uuid()) })
    }

    /// The consent of one for whom a guardian has consented: due from the eighteenth birthday on (`DC7`).
    #[must_use]
    pub fn own_consent(born: BirthDate, attestations: &[&Attestation], until: NaiveDate) -> Option<Self> {
        let on = GuardianConsentStanding::of(born, attestations, until).own_due_since()?;
        Some(Self { on, kind: DueKind::OwnConsent, of: None })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::job::samples::job_from;
    use crate::domain::samples::{attestation, by_spurv, day, guardian_consent, morning, right_person};
    use crate::domain::trail::samples::started;
    use crate::domain::{
        EmploymentForm, OpennessId, OpennessStance, OpennessTerms, Responsible, SubGoalId, SubGoalOutcome,
        SubGoalTerms, Text, Trail,
    };

    fn trail() -> Trail {
        started("2022-05-27", "2022-06-02")
    }

    fn agreement(version: u32, agreed_on: &str) -> OpennessAgreement {
        let terms = OpennessTerms {
            agreed_on: day(agreed_on),
            stance: OpennessStance::Open,
            may_contact: BTreeSet::new(),
            must_not_contact: BTreeSet::new(),
            may_contact_institutions: BTreeSet::new(),
            must_not_contact_institutions: BTreeSet::new(),
            advantages: None,
            drawbacks: None,
            may_share: None,
            must_not_share: None,
            occasions: BTreeSet::new(),
        };
        let id = OpennessId::new(Uuid::from_u128(u128::from(version)));
        OpennessAgreement::agree(id, &trail(), version, terms, &by_spurv("2022-06-20")).expect("agreed").0
    }

    #[test]
    fn a_sub_goal_is_due_while_it_is_open_and_has_a_day() {
        let by = by_spurv("2022-06-20");
        let set = |due: Option<&str>| {
            let text = Text::parse("Ringe bakeriet").expect("a text");
            let terms = SubGoalTerms { text, responsible: Responsible::Both, due: due.map(day) };
            SubGoal::set(SubGoalId::new(Uuid::from_u128(1)), &trail(), terms, &by).expect("set").0
        };
        let (due, undated) = (set(Some("2022-07-01")), set(None));
        let (closed, _) =
            due.clone().close(&trail(), SubGoalOutcome::Completed, day("2022-06-20"), &by).expect("closed");
        let days: Vec<_> = Due::sub_goals(&[&due, &undated, &closed]).iter().map(|due| due.on).collect();
        assert_eq!(days, [day("2022-07-01")]);
    }

    #[test]
    fn item_13_openness_is_renewed_after_two_months_without_a_job_and_six_with_one() {
        let (first, second) = (agreement(1, "2022-06-01"), agreement(2, "2022-06-20"));
        let now = morning("2022-07-01");
        let on = |jobs: &[&Job]| Due::openness(&[&second, &first], jobs, now).map(|due| due.on);
        assert_eq!(on(&[]), Some(day("2022-08-20")));
        let job = job_from(&trail(), EmploymentForm::Permanent, "2022-08-15");
        let training = job_from(&trail(), EmploymentForm::WorkTraining, "2022-08-15");
        assert_eq!(on(&[&job]), Some(day("2022-12-20")));
        assert_eq!(on(&[&training]), Some(day("2022-08-20")));
        // and there is nothing to renew when the newest is withdrawn
        let (withdrawn, _) = second.clone().withdraw(&by_spurv("2022-06-30")).expect("withdrawn");
        assert_eq!(Due::openness(&[&first, &withdrawn], &[], now), None);
        assert_eq!(Due::openness(&[], &[], now), None);
    }

    #[test]
    fn dc7_the_own_consent_of_one_whose_guardian_consented_is_due_at_eighteen() {
        let born = BirthDate::parse("2008-12-31").expect("a date");
        let guardian = attestation(guardian_consent(), "2025-06-01");
        let due = Due::own_consent(born, &[&guardian], day("2027-01-01")).map(|due| due.on);
        assert_eq!(due, Some(day("2026-12-31")));
        assert_eq!(Due::own_consent(born, &[&guardian], day("2026-12-30")), None);
        let other = attestation(right_person(), "2025-06-01");
        assert_eq!(Due::own_consent(born, &[&other], day("2027-01-01")), None);
        // one that was attested of somebody of age says nothing
        let late = attestation(guardian_consent(), "2026-12-31");
        assert_eq!(Due::own_consent(born, &[&late], day("2027-01-01")), None);
    }
}
