//! Plans as versioned wholes: which texts a plan held when the participant agreed to it (S27).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::day_of::DayOf;
use super::fact::Fact;
use super::id::{NarrativeId, ParticipantId, PlanVersionId, TrailId};
use super::moment::Authorship;
use super::narrative::Narrative;
use super::rejection::Rejection;
use super::topic::Tab;
use super::trail::Trail;

coded! {
    /// A plan that is agreed on as a whole.
    pub enum Plan {
        /// The job development plan.
        JobDevelopment = "job_development", "Jobbutviklingsplan", "Job development plan";
        /// The job support plan.
        JobSupport = "job_support", "Jobbstøtteplan", "Job support plan";
    }
}

coded! {
    /// How the participant agreed to a plan.
    pub enum PlanAgreement {
        /// It was written together.
        Together = "together", "Skrevet sammen", "Written together";
        /// The participant read it and agreed.
        Read = "read", "Lest og godtatt", "Read and agreed to";
        /// The participant declined to agree; the plan stands all the same, and this with it.
        Declined = "declined", "Ønsket ikke å godta", "Declined";
    }
}

coded! {
    /// Who holds the signed paper.
    pub enum SignedPaper {
        /// Nobody: there is none.
        None = "none", "Ingen signert papirkopi", "No signed paper";
        /// The participant.
        Participant = "participant", "Deltakeren", "The participant";
        /// The specialist.
        Specialist = "specialist", "Jobbspesialisten", "The specialist";
        /// The host's archive.
        Archive = "archive", "Arkivet", "The archive";
    }
}

impl Plan {
    /// The tab whose texts make up the plan.
    #[must_use]
    pub const fn tab(self) -> Tab {
        match self {
            Self::JobDevelopment => Tab::JobDevelopment,
            Self::JobSupport => Tab::JobSupport,
        }
    }
}

/// What is agreed on: which plan, when, how, and who holds the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanTerms {
    /// The plan.
    pub plan: Plan,
    /// The day of the agreement.
    pub agreed_on: NaiveDate,
    /// How the participant agreed.
    pub agreement: PlanAgreement,
    /// Who holds the signed paper.
    pub paper: SignedPaper,
}

/// A text as a plan held it: the narrative and its number then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PlanText {
    /// The narrative.
    pub narrative: NarrativeId,
    /// The number of its text.
    pub number: u32,
}

/// A version of a plan. None is overwritten: the next agreement is the next version (S27, of state).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanVersion {
    id: PlanVersionId,
    trail: TrailId,
    participant: ParticipantId,
    version: u32,
    #[serde(flatten)]
    terms: PlanTerms,
    texts: BTreeSet<PlanText>,
    authorship: Authorship,
}

impl PlanVersion {
    /// Keeps what the plan says now as its next version. `former` are the versions so far, `narratives` the texts of the
    /// trail; those of other plans and trails are passed over.
    ///
    /// # Errors
    /// [`Rejection::TrailEnded`] (I10); all at once: [`Rejection::PlanEmpty`], [`Rejection::DateInFuture`].
    pub fn agree(
        id: PlanVersionId,
        trail: &Trail,
        terms: PlanTerms,
        former: &[&Self],
        narratives: &[&Narrative],
        by: &Authorship,
    ) -> Result<(Self, Fact), Rejection> {
        trail.must_be_open()?;
        let texts = texts_of(terms.plan, trail.id(), narratives);
        let mut faults = DayOf::PlanAgreed.faults(terms.agreed_on, None, by);
        if texts.is_empty() {
            faults.push(Rejection::PlanEmpty);
        }
        Rejection::all(faults)?;
        let of_plan = former.iter().filter(|it| it.trail == trail.id() && it.terms.plan == terms.plan);
        let version = of_plan.map(|it| it.version).max().unwrap_or(0).saturating_add(1);
        let (trail, participant) = (trail.id(), trail.participant());
        let PlanTerms { plan, agreement, .. } = terms;
        let fact = Fact::PlanAgreed { plan_version: id, trail, plan, version, agreement };
        Ok((Self { id, trail, participant, version, terms, texts, authorship: *by }, fact))
    }

    /// Whether the texts still stand as they were agreed on.
    #[must_use]
    pub fn is_current(&self, narratives: &[&Narrative]) -> bool {
        self.texts == texts_of(self.terms.plan, self.trail, narratives)
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> PlanVersionId {
        self.id
    }

    /// The trail.
    #[must_use]
    pub const fn trail(&self) -> TrailId {
        self.trail
    }

    /// The participant whom it concerns.
    #[must_use]
    pub const fn participant(&self) -> ParticipantId {
        self.participant
    }

    /// Its number, from 1, within the plan.
    #[must_use]
    pub const fn version(&self) -> u32 {
        self.version
    }

    /// What was agreed on.
    #[must_use]
    pub const fn terms(&self) -> &PlanTerms {
        &self.terms
    }

    /// The texts that it holds.
    #[must_use]
    pub const fn texts(&self) -> &BTreeSet<PlanText> {
        &self.texts
    }

    /// Who registered it, and when.
    #[must_use]
    pub const fn authorship(&self) -> &Authorship {
        &self.authorship
    }
}

fn texts_of(plan: Plan, trail: TrailId, narratives: &[&Narrative]) -> BTreeSet<PlanText> {
    let of_plan = narratives.iter().filter(|it| it.trail() == trail && it.topic().tab() == plan.tab());
    of_plan.map(|it| PlanText { narrative: it.id(), number: it.number() }).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::trail::samples::{ended, other_trail, started};
    use super::*;
    use crate::domain::NarrativeRevisionId;
    use crate::domain::samples::{by_spurv, day};
    use crate::domain::text::Text;
    use crate::domain::topic::Topic;

    fn terms() -> PlanTerms {
        PlanTerms {
            plan: Plan::JobSupport,
            agreed_on: day("2022-06-10"),
            agreement: PlanAgreement::Together,
            paper: SignedPaper::Participant,
        }
    }

    fn text(trail: &Trail, number: u128, topic: Topic) -> Narrative {
        let (id, words) = (NarrativeId::new(Uuid::from_u128(number)), Text::parse("Ro om morgenen").expect("a text"));
        Narrative::write(id, trail, topic, words, &by_spurv("2022-06-09")).expect("written").0
    }

    fn agree(trail: &Trail, former: &[&PlanVersion], texts: &[&Narrative]) -> Result<PlanVersion, Rejection> {
        let id = PlanVersionId::new(Uuid::from_u128(1 + former.len() as u128));
        PlanVersion::agree(id, trail, terms(), former, texts, &by_spurv("2022-06-10")).map(|(it, _)| it)
    }

    #[test]
    fn s27_a_plan_is_a_numbered_whole_of_the_texts_under_its_tab() {
        // given a text of the support plan and one of the development plan
        let trail = started("2022-05-27", "2022-06-02");
        let (routines, hours) = (text(&trail, 1, Topic::RoutinesAroundWork), text(&trail, 2, Topic::PreferredHours));
        // when the support plan is agreed on twice
        let first = agree(&trail, &[], &[&routines, &hours]).expect("agreed");
        let second = agree(&trail, &[&first], &[&routines, &hours]).expect("agreed");
        // then each is numbered and holds its own texts only
        assert_eq!((first.version(), second.version()), (1, 2));
        let other_plan = PlanVersion { terms: PlanTerms { plan: Plan::JobDevelopment, ..terms() }, ..second.clone() };
        let third = agree(&trail, &[&first, &PlanVersion { version: 7, ..other_plan }], &[&routines]).expect("agreed");
        assert_eq!(third.version(), 2, "the other plan has numbers of its own");
        let other_trail = PlanVersion { trail: other_trail().id(), version: 7, ..second };
        assert_eq!(agree(&trail, &[&first, &other_trail], &[&routines]).expect("agreed").version(), 2);
        let held: Vec<_> = first.texts().iter().map(|it| (it.narrative, it.number)).collect();
        assert_eq!(held, [(routines.id(), 1)]);
    }

    #[test]
    fn s27_a_version_is_no_longer_current_once_a_text_is_revised_or_added() {
        let trail = started("2022-05-27", "2022-06-02");
        let routines = text(&trail, 1, Topic::RoutinesAroundWork);
        let agreed = agree(&trail, &[], &[&routines]).expect("agreed");
        assert!(agreed.is_current(&[&routines]));
        let coping = text(&trail, 3, Topic::CopingStrategies);
        assert!(!agreed.is_current(&[&routines, &coping]));
        let former = NarrativeRevisionId::new(Uuid::from_u128(9));
        let words = Text::parse("Ro om kvelden").expect("a text");
        let (revised, ..) = routines.revise(&trail, former, words, &by_spurv("2022-06-11")).expect("revised");
        assert!(!agreed.is_current(&[&revised]));
    }

    #[test]
    fn s27_an_empty_plan_is_not_agreed_on_and_an_ended_trail_has_no_new_one() {
        let trail = started("2022-05-27", "2022-06-02");
        let hours = text(&trail, 2, Topic::PreferredHours);
        assert_eq!(agree(&trail, &[], &[&hours]).unwrap_err(), Rejection::PlanEmpty);
        assert_eq!(agree(&ended(), &[], &[]).unwrap_err(), Rejection::TrailEnded { trail: ended().id() });
    }
}
