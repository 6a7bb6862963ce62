//! Capacity to consent: presumed, until somebody answerable finds that it is lacking for a matter.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::consent::ConsentPurpose;
use super::day_of::DayOf;
use super::document_reference::DocumentReference;
use super::fact::Fact;
use super::id::{CapacityAssessmentId, ParticipantId};
use super::kept::{Kept, NotKept, kept};
use super::moment::Authorship;
use super::period::Period;
use super::rejection::Rejection;
use super::text::{Line, Text};

/// A finding about a participant's capacity to consent (S175; pasient- og brukerrettighetsloven § 4-3): by the
/// responsible clinician, reasoned, in writing, for a matter, and never for good. It is never overwritten; the next one
/// takes its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapacityAssessment {
    id: CapacityAssessmentId,
    participant: ParticipantId,
    #[serde(deserialize_with = "kept")]
    finding: CapacityFinding,
    recorded: Authorship,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapacityFinding {
    /// For which matter.
    pub matter: ConsentMatter,
    /// With which outcome.
    pub outcome: CapacityOutcome,
    /// Who is answerable for it, by name.
    pub assessed_by: Line<120>,
    /// On which day: it counts from this day on.
    pub assessed_on: NaiveDate,
    /// Why.
    pub reasons: Text<4000>,
    /// When to look again; asked for where capacity was found lacking.
    pub next_review: Option<NaiveDate>,
    /// The finding as it was signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentReference>,
}

coded! {
    /// Whether somebody was found to have the capacity to consent.
    pub silent enum CapacityOutcome {
        /// The person can consent.
        Present = "present", "Har samtykkekompetanse", "Has the capacity to consent";
        /// The person cannot.
        Lacking = "lacking", "Mangler samtykkekompetanse", "Lacks the capacity to consent";
    }
}

/// What capacity, or a mandate, is about: it can lapse wholly or partly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "extent", rename_all = "snake_case")]
pub enum ConsentMatter {
    /// Every purpose.
    Wholly,
    /// These purposes.
    Partly {
        /// Which.
        purposes: BTreeSet<ConsentPurpose>,
    },
}

/// A guardian's mandate (*verge*): the guardian speaks for the person within it, and no further.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// For which matter.
    pub matter: ConsentMatter,
    /// From when to when.
    pub period: Period,
    /// The guardian, by name.
    pub guardian: Line<120>,
    /// The mandate as it was granted.
    pub document: DocumentReference,
}

impl ConsentMatter {
    /// Whether a purpose belongs to it.
    #[must_use]
    pub fn covers(&self, purpose: ConsentPurpose) -> bool {
        match self {
            Self::Wholly => true,
            Self::Partly { purposes } => purposes.contains(&purpose),
        }
    }

    fn is_empty(&self) -> bool {
        matches!(self, Self::Partly { purposes } if purposes.is_empty())
    }
}

impl Mandate {
    /// Whether a guardian may speak for the person about a purpose on a day.
    #[must_use]
    pub fn covers(&self, purpose: ConsentPurpose, on: NaiveDate) -> bool {
        self.matter.covers(purpose) && self.period.contains(on)
    }
}

impl CapacityAssessment {
    /// Records a finding.
    ///
    /// Rules of transition: it names a matter; it is not of a day to come; lacking capacity is looked at again, after the
    /// day of the finding.
    ///
    /// # Errors
    /// A [`Rejection`] for each rule broken, all at once: [`Rejection::MatterEmpty`], [`Rejection::DateInFuture`],
    /// [`Rejection::ReviewMissing`], [`Rejection::DateBefore`].
    pub fn record(
        id: CapacityAssessmentId,
        participant: ParticipantId,
        finding: CapacityFinding,
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        let mut faults = DayOf::CapacityAssessed.faults(finding.assessed_on, None, by);
        if finding.matter.is_empty() {
            faults.push(Rejection::MatterEmpty);
        }
        match finding.next_review {
            Some(review) => {
                faults.extend(DayOf::CapacityReview.faults_of_plan(review));
                if let Some(earliest) = finding.assessed_on.succ_opt().filter(|earliest| review < *earliest) {
                    faults.push(Rejection::DateBefore { day: DayOf::CapacityReview, earliest });
                }
            }
            None if finding.outcome == CapacityOutcome::Lacking => faults.push(Rejection::ReviewMissing),
            None => {}
        }
        faults.extend(finding.document.iter().flat_map(|document| document.faults(by)));
        Rejection::all(faults)?;
        let fact = Fact::CapacityAssessed { assessment: id, participant, outcome: finding.outcome };
        Ok((Self { id, participant, finding, recorded: *by }, fact))
    }

    /// The finding that counts for a purpose on a day: the newest that covers it. None where capacity is presumed.
    #[must_use]
    pub fn in_force<'a>(assessments: &[&'a Self], purpose: ConsentPurpose, on: NaiveDate) -> Option<&'a Self> {
        assessments
            .iter()
            .copied()
            .filter(|it| it.finding.assessed_on <= on && it.finding.matter.covers(purpose))
            .max_by_key(|it| (it.finding.assessed_on, it.recorded.at(), it.id))
    }

    /// Whether capacity for a purpose was found lacking on a day. A review that is late does not give it back: only
    /// another finding does.
    #[must_use]
    pub fn is_lacking(assessments: &[&Self], purpose: ConsentPurpose, on: NaiveDate) -> bool {
        Self::in_force(assessments, purpose, on).is_some_and(|it| it.finding.outcome == CapacityOutcome::Lacking)
    }

    /// The findings in force whose day of review has come, each with that day, by id.
    #[must_use]
    pub fn reviews_due<'a>(assessments: &[&'a Self], on: NaiveDate) -> Vec<(&'a Self, NaiveDate)> {
        let in_force = ConsentPurpose::ALL.into_iter().filter_map(|purpose| Self::in_force(assessments, purpose, on));
        let due = in_force.filter_map(|it| Some((it, it.finding.next_review.filter(|review| *review <= on)?)));
        let by_id: BTreeMap<_, _> = due.map(|(it, since)| (it.id, (it, since))).collect();
        by_id.into_values().collect()
    }

    /// The id.
    #[must_use]
    pub const fn id(&self) -> CapacityAssessmentId {
        self.id
    }

    /// Of whom.
    #[must_use]
    pub const fn participant(&self) -> ParticipantId {
        self.participant
    }

    /// What was found.
    #[must_use]
    pub const fn finding(&self) -> &CapacityFinding {
        &self.finding
    }

    /// Who recorded it, and when.
    #[must_use]
    pub const fn recorded(&self) -> &Authorship {
        &self.recorded
    }
}

#[derive(Deserialize)]
pub(crate) struct KeptFinding {
    matter: ConsentMatter,
    outcome: CapacityOutcome,
    #[serde(deserialize_with = "kept")]
    assessed_by: Line<120>,
    assessed_on: NaiveDate,
    #[serde(deserialize_with = "kept")]
    reasons: Text<4000>,
    #[serde(default)]
    next_review: Option<NaiveDate>,
    #[serde(default, deserialize_with = "kept")]
    document: Option<DocumentReference>,
}

impl Kept for CapacityFinding {
    type Form = KeptFinding;

    fn from_kept(form: KeptFinding) -> Result<Self, NotKept> {
        let KeptFinding { matter, outcome, assessed_by, assessed_on, reasons, next_review, document } = form;
        Ok(Self { matter, outcome, assessed_by, assessed_on, reasons, next_review, document })
    }
}

#[derive(Deserialize)]
pub(crate) struct KeptMandate {
    matter: ConsentMatter,
    period: Period,
    #[serde(deserialize_with = "kept")]
    guardian: Line<120>,
    #[serde(deserialize_with = "kept")]
    document: DocumentReference,
}

impl Kept for Mandate {
    type Form = KeptMandate;

    fn from_kept(form: KeptMandate) -> Result<Self, NotKept> {
        let KeptMandate { matter, period, guardian, document } = form;
        Ok(Self { matter, period, guardian, document })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{assessment, by_spurv, day, document, finding, participant_id};
    use crate::domain::{DocumentKind, Signature};

    const TREATMENT: ConsentPurpose = ConsentPurpose::CooperateWithTreatment;
    const EMPLOYER: ConsentPurpose = ConsentPurpose::IntroduceToEmployer;

    fn refused(finding: CapacityFinding) -> Rejection {
        let id = CapacityAssessmentId::new(uuid::Uuid::from_u128(1));
        CapacityAssessment::record(id, participant_id(), finding, &by_spurv("2026-03-10")).unwrap_err()
    }

    #[test]
    fn s175_capacity_is_presumed_until_it_is_found_lacking_for_the_matter() {
        // Given a finding of 10 March that capacity is lacking for cooperation with treatment
        let lacking = assessment(1, &finding([TREATMENT], CapacityOutcome::Lacking, "2026-03-10"));
        let all = [&lacking];
        // then it is lacking from that day on, for that matter alone
        assert!(!CapacityAssessment::is_lacking(&all, TREATMENT, day("2026-03-09")));
        assert!(CapacityAssessment::is_lacking(&all, TREATMENT, day("2026-03-10")));
        assert!(!CapacityAssessment::is_lacking(&all, EMPLOYER, day("2026-03-10")));
        // and a late review gives nothing back
        assert!(CapacityAssessment::is_lacking(&all, TREATMENT, day("2036-03-10")));
    }

    #[test]
    fn s175_the_newest_finding_counts_and_it_can_lapse_wholly() {
        let lacking = assessment(1, &finding([TREATMENT], CapacityOutcome::Lacking, "2026-03-10"));
        let present = assessment(2, &finding([TREATMENT], CapacityOutcome::Present, "2026-06-01"));
        let wholly =
            CapacityFinding { matter: ConsentMatter::Wholly, ..finding([], CapacityOutcome::Lacking, "2026-09-01") };
        let wholly = assessment(3, &wholly);
        let all = [&wholly, &lacking, &present];
        let lacks = |purpose, on: &str| CapacityAssessment::is_lacking(&all, purpose, day(on));
        assert!(lacks(TREATMENT, "2026-05-31") && !lacks(TREATMENT, "2026-06-01"));
        assert!(lacks(TREATMENT, "2026-09-01") && lacks(EMPLOYER, "2026-09-01"));
    }

    #[test]
    fn s175_a_finding_names_a_matter_is_of_a_day_that_was_and_is_looked_at_again() {
        let empty = CapacityFinding { next_review: None, ..finding([], CapacityOutcome::Lacking, "2026-03-11") };
        let faults = vec![
            Rejection::DateInFuture { day: DayOf::CapacityAssessed },
            Rejection::MatterEmpty,
            Rejection::ReviewMissing,
        ];
        assert_eq!(refused(empty), Rejection::Form(faults));
        let at_once = CapacityFinding {
            next_review: Some(day("2026-03-10")),
            ..finding([TREATMENT], CapacityOutcome::Lacking, "2026-03-10")
        };
        let earliest = day("2026-03-11");
        assert_eq!(refused(at_once), Rejection::DateBefore { day: DayOf::CapacityReview, earliest });
        let never = CapacityFinding {
            next_review: Some(day("+10000-01-01")),
            ..finding([TREATMENT], CapacityOutcome::Lacking, "2026-03-10")
        };
        assert_eq!(refused(never), Rejection::DateOutOfRange { day: DayOf::CapacityReview });
        // the document was signed by the day of the act
        let signature = Some(Signature { by: Line::parse("GRUNDIG UGLE").expect("a line"), on: day("2026-03-11") });
        let document = Some(DocumentReference { signature, ..document(DocumentKind::Mandate) });
        let signed = CapacityFinding { document, ..finding([TREATMENT], CapacityOutcome::Lacking, "2026-03-10") };
        assert_eq!(refused(signed), Rejection::DateInFuture { day: DayOf::DocumentSigned });
        // the day after is soon enough, and what is there needs no review
        let (lacking, present) = (CapacityOutcome::Lacking, CapacityOutcome::Present);
        for (outcome, next_review) in [(lacking, Some(earliest)), (present, None)] {
            let found = CapacityFinding { next_review, ..finding([TREATMENT], outcome, "2026-03-10") };
            assert_eq!(assessment(1, &found).finding(), &found);
        }
    }

    #[test]
    fn s175_a_review_is_due_from_its_day_on_until_another_finding_takes_its_place() {
        let lacking = assessment(1, &finding([TREATMENT, EMPLOYER], CapacityOutcome::Lacking, "2026-03-10"));
        let present = assessment(2, &finding([TREATMENT, EMPLOYER], CapacityOutcome::Present, "2026-10-01"));
        let due = |found: &[&CapacityAssessment], on| CapacityAssessment::reviews_due(found, day(on)).len();
        assert_eq!(due(&[&lacking], "2026-09-09"), 0);
        assert_eq!(CapacityAssessment::reviews_due(&[&lacking], day("2026-09-10")), [(&lacking, day("2026-09-10"))]);
        assert_eq!(due(&[&lacking, &present], "2026-10-01"), 0);
    }

    #[test]
    fn an_assessment_survives_the_round_trip_and_shows_neither_outcome_nor_clinician() {
        let made = assessment(1, &finding([TREATMENT], CapacityOutcome::Lacking, "2026-03-10"));
        let json = serde_json::to_string(&made).expect("json");
        assert_eq!(serde_json::from_str::<CapacityAssessment>(&json).expect("kept"), made);
        let shown = format!("{made:?}");
        assert!(!shown.contains("Lacking") && !shown.contains("UGLE"), "{shown}");
    }
}
