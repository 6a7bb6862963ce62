//! Why a trail ends: one list for all methods (`DB3`).

use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::redacted::redacted_debug;
use crate::label::Label;

coded! {
    /// The end reasons in three groups.
    pub enum EndGroup {
        /// Into work.
        Work = "work", "Arbeid", "Work";
        /// Into education.
        Education = "education", "Utdanning", "Education";
        /// Anything else.
        Other = "other", "Andre sluttårsaker", "Other end reasons";
    }
}

coded! {
    /// Endings into work.
    pub silent enum WorkEnding {
        /// Without wage subsidy.
        WithoutWageSubsidy = "work_without_wage_subsidy", "Arbeid uten lønnstilskudd", "Work without wage subsidy";
        /// With a wage subsidy from Nav.
        WithWageSubsidy = "work_with_wage_subsidy",
            "Arbeid med lønnstilskudd fra Nav", "Work with wage subsidy from Nav";
        /// Beside other benefits from Nav.
        WithOtherBenefits = "work_with_other_benefits",
            "Arbeid i kombinasjon med andre ytelser fra Nav", "Work in combination with other benefits from Nav";
        /// Beside a partial disability benefit.
        WithPartialDisabilityBenefit = "work_with_partial_disability_benefit",
            "Arbeid i kombinasjon med gradert uføretrygd", "Work in combination with partial disability benefit";
        /// Steady employment, and lighter support from others from here on: the success exit (`DB10`).
        LighterSupport = "work_lighter_support",
            "Stabil jobb, lettere oppfølging", "Steady employment, lighter support";
    }
}

coded! {
    /// Endings into education.
    pub silent enum EducationEnding {
        /// Paid for by the participant.
        SelfFinanced = "education_self_financed", "Utdanning - egenfinansiert", "Education - self-financed";
        /// Covered by Nav.
        CoveredByNav = "education_covered_by_nav", "Utdanning - dekket av Nav", "Education - covered by Nav";
    }
}

coded! {
    /// Other endings.
    pub silent enum OtherEnding {
        /// Transfer to another work-oriented Nav measure (*kjeding*).
        TransferToNavMeasure = "other_transfer_to_nav_measure",
            "Kjeding til andre arbeidsrettede tiltak i regi av Nav", "Transfer to another Nav measure";
        /// Other active measures, such as treatment or municipal measures; raises the zero-exclusion flag (`DB10`).
        OtherActiveMeasures = "other_active_measures",
            "Andre aktive tiltak i samråd med Nav", "Other active measures in consultation with Nav";
        /// Illness; raises the zero-exclusion flag (`DB10`).
        Illness = "other_illness", "Sykdom", "Illness";
        /// Old-age pension or AFP, applied for or granted.
        OldAgePension = "other_old_age_pension",
            "Søkt/innvilget alderspensjon/AFP", "Applied for/granted old-age pension or AFP";
        /// Disability benefit, applied for or granted.
        DisabilityBenefit = "other_disability_benefit",
            "Søkt/innvilget uføretrygd", "Applied for/granted disability benefit";
        /// The participant declined to go on (`DB10`).
        Declined = "other_declined", "Ønsket ikke å fortsette", "Declined";
        /// The participant moved away (`DB10`).
        MovedAway = "other_moved_away", "Flyttet", "Moved away";
        /// The participant died (`DB10`).
        Deceased = "other_deceased", "Død", "Deceased";
        /// Other circumstances, such as military service or pregnancy.
        OtherCircumstances = "other_circumstances",
            "Annet (militær, svangerskap mm.)", "Other (military service, pregnancy etc.)";
        /// Never really took part; left out of the lists of ended trails.
        NotApplicable = "other_not_applicable", "Ikke aktuell", "Not applicable";
    }
}

/// Why a trail ends: group and detail as one value, so that a detail always fits its group (I9, of state).
///
/// A move to another owner, team or method is no ending. In serde it is its code.
///
/// ```
/// use worktrail_core::domain::{EndReason, OtherEnding};
///
/// let reason = EndReason::Other(OtherEnding::Illness);
/// assert!(reason.raises_zero_exclusion_flag());
/// assert_eq!(EndReason::from_code("other_illness"), Some(reason));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum EndReason {
    /// Into work.
    Work(WorkEnding),
    /// Into education.
    Education(EducationEnding),
    /// Anything else.
    Other(OtherEnding),
}

redacted_debug!(EndReason);

impl EndReason {
    /// Every end reason, in the order in which it is shown.
    pub const ALL: [Self; 17] = [
        Self::Work(WorkEnding::WithoutWageSubsidy),
        Self::Work(WorkEnding::WithWageSubsidy),
        Self::Work(WorkEnding::WithOtherBenefits),
        Self::Work(WorkEnding::WithPartialDisabilityBenefit),
        Self::Work(WorkEnding::LighterSupport),
        Self::Education(EducationEnding::SelfFinanced),
        Self::Education(EducationEnding::CoveredByNav),
        Self::Other(OtherEnding::TransferToNavMeasure),
        Self::Other(OtherEnding::OtherActiveMeasures),
        Self::Other(OtherEnding::Illness),
        Self::Other(OtherEnding::OldAgePension),
        Self::Other(OtherEnding::DisabilityBenefit),
        Self::Other(OtherEnding::Declined),
        Self::Other(OtherEnding::MovedAway),
        Self::Other(OtherEnding::Deceased),
        Self::Other(OtherEnding::OtherCircumstances),
        Self::Other(OtherEnding::NotApplicable),
    ];

    /// The group that it belongs to.
    #[must_use]
    pub const fn group(self) -> EndGroup {
        match self {
            Self::Work(_) => EndGroup::Work,
            Self::Education(_) => EndGroup::Education,
            Self::Other(_) => EndGroup::Other,
        }
    }

    /// The stable wire code, group and detail in one.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Work(detail) => detail.code(),
            Self::Education(detail) => detail.code(),
            Self::Other(detail) => detail.code(),
        }
    }

    /// The reason with this wire code, if there is one.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// What a person reads.
    #[must_use]
    pub const fn label(self) -> Label {
        match self {
            Self::Work(detail) => detail.label(),
            Self::Education(detail) => detail.label(),
            Self::Other(detail) => detail.label(),
        }
    }

    /// Whether the supervisor is to look at it: nobody is excluded for being ill or in treatment (`DB10`).
    #[must_use]
    pub const fn raises_zero_exclusion_flag(self) -> bool {
        matches!(self, Self::Other(OtherEnding::Illness | OtherEnding::OtherActiveMeasures))
    }

    /// Whether the participant took part at all; who did not is left out of the lists of ended trails.
    #[must_use]
    pub const fn took_part(self) -> bool {
        !matches!(self, Self::Other(OtherEnding::NotApplicable))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_lists_every_detail_of_every_group_and_the_code_is_its_serde_form() {
        assert_eq!(EndReason::ALL.len(), WorkEnding::ALL.len() + EducationEnding::ALL.len() + OtherEnding::ALL.len());
        for reason in EndReason::ALL {
            let json = serde_json::to_string(&reason).expect("json");
            assert_eq!(json, format!("\"{}\"", reason.code()));
            assert_eq!(serde_json::from_str::<EndReason>(&json).expect("a reason"), reason);
            assert_eq!(EndReason::from_code(reason.code()), Some(reason));
        }
    }

    #[test]
    fn one_reason_says_that_nobody_took_part() {
        let apart: Vec<_> = EndReason::ALL.into_iter().filter(|reason| !reason.took_part()).collect();
        assert_eq!(apart, [EndReason::Other(OtherEnding::NotApplicable)]);
    }

    #[test]
    fn db10_two_reasons_raise_the_zero_exclusion_flag() {
        let raised = EndReason::ALL.into_iter().filter(|reason| reason.raises_zero_exclusion_flag()).count();
        assert_eq!(raised, 2);
    }
}
