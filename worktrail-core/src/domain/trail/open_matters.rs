//! What is still open when a trail ends: the checklist of the ending (row 44).

use chrono::NaiveDate;

use super::{PauseState, Trail};
use crate::domain::coded::coded;
use crate::domain::consent::Consent;
use crate::domain::job::{Job, JobStatus};
use crate::domain::moment::Moment;
use crate::domain::openness::OpennessAgreement;
use crate::domain::sub_goal::{SubGoal, SubGoalStatus};

coded! {
    /// Something that is still open when a trail is about to end.
    pub enum OpenMatter {
        /// A job begins after the day of the ending; it holds the ending back (I9).
        JobAfterEnding = "job_after_ending", "En jobb starter etter sluttdatoen", "A job begins after the end date";
        /// The recruitment programme is not left; it holds the ending back (I11).
        InRecruitmentProgramme = "in_recruitment_programme",
            "Deltakeren er i rekrutteringsprogrammet", "The participant is in the recruitment programme";
        /// The start-up meeting was never held.
        NeverStarted = "never_started", "Oppstartsmøtet er ikke holdt", "The start-up meeting was never held";
        /// A job goes on.
        JobOngoing = "job_ongoing", "En jobb pågår", "A job goes on";
        /// A sub-goal is open.
        SubGoalOpen = "sub_goal_open", "Et delmål er åpent", "A sub-goal is open";
        /// A pause goes on or is planned.
        PauseNotOver = "pause_not_over", "En passiv periode er ikke over", "A pause is not over";
        /// A consent is in force, and nobody will ask for it any more.
        ConsentInForce = "consent_in_force", "Et samtykke gjelder fortsatt", "A consent is still in force";
        /// An openness agreement is in force.
        OpennessInForce = "openness_in_force",
            "En åpenhetsavtale gjelder fortsatt", "A disclosure agreement is still in force";
    }
}

impl OpenMatter {
    /// Whether the trail cannot end before it is seen to; the others are told and kept in the history.
    #[must_use]
    pub const fn holds_back(self) -> bool {
        matches!(self, Self::JobAfterEnding | Self::InRecruitmentProgramme)
    }
}

/// What stands around a trail and may be open. What belongs to another trail or person is passed over.
#[derive(Debug, Clone, Copy, Default)]
pub struct Around<'a> {
    /// The jobs.
    pub jobs: &'a [&'a Job],
    /// The sub-goals.
    pub sub_goals: &'a [&'a SubGoal],
    /// The participant's consents.
    pub consents: &'a [&'a Consent],
    /// The openness agreements.
    pub openness: &'a [&'a OpennessAgreement],
}

impl Trail {
    /// What would be open if the trail ended on a day, each once, what holds back first.
    #[must_use]
    pub fn open_matters(&self, around: Around<'_>, on: NaiveDate, at: Moment) -> Vec<OpenMatter> {
        let jobs = || around.jobs.iter().filter(|job| job.trail() == self.id);
        let is_open = |matter: &OpenMatter| match matter {
            OpenMatter::JobAfterEnding => jobs().any(|job| job.period().first() > on),
            OpenMatter::InRecruitmentProgramme => self.recruitment_beyond(on).is_some(),
            OpenMatter::NeverStarted => self.start.is_none(),
            OpenMatter::JobOngoing => jobs().any(|job| job.status_on(on) == JobStatus::Ongoing),
            OpenMatter::SubGoalOpen => {
                let of_trail = |goal: &&&SubGoal| goal.trail() == self.id;
                around.sub_goals.iter().filter(of_trail).any(|goal| goal.status() == SubGoalStatus::Open)
            }
            OpenMatter::PauseNotOver => self.pauses.iter().any(|pause| pause.state_on(on) != PauseState::Over),
            OpenMatter::ConsentInForce => {
                let theirs = |consent: &&&Consent| consent.participant() == self.participant;
                around.consents.iter().filter(theirs).any(|consent| consent.is_in_force(at))
            }
            OpenMatter::OpennessInForce => {
                let of_trail = |agreement: &&&OpennessAgreement| agreement.trail() == self.id;
                around.openness.iter().filter(of_trail).any(|agreement| agreement.is_in_force_at(at))
            }
        };
        OpenMatter::ALL.into_iter().filter(is_open).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use uuid::Uuid;

    use super::super::samples::{other_trail, person_born, referred, started, started_by_method};
    use super::super::{PauseReason, PauseTerms};
    use super::*;
    use crate::domain::job::samples::job_from;
    use crate::domain::samples::{by_spurv, day, morning};
    use crate::domain::{
        Channel, ConsentClass, ConsentGiver, ConsentId, ConsentPurpose, ConsentTerms, EmploymentForm, Line, Method,
        OpennessId, OpennessStance, OpennessTerms, Period, Protection, Recipient, Responsible, SubGoalId,
        SubGoalOutcome, SubGoalTerms, Text, TextHash,
    };

    fn open_on(trail: &Trail, around: Around<'_>, on: &str) -> Vec<OpenMatter> {
        trail.open_matters(around, day(on), morning(on))
    }

    #[test]
    fn row_44_nothing_open_is_an_empty_list() {
        assert_eq!(open_on(&started("2022-05-27", "2022-06-02"), Around::default(), "2022-06-03"), []);
        let waiting = open_on(&referred("2022-05-27"), Around::default(), "2022-06-03");
        assert_eq!(waiting, [OpenMatter::NeverStarted]);
    }

    #[test]
    fn row_44_jobs_are_told_when_they_go_on_and_hold_back_when_they_are_to_come() {
        let trail = started("2022-05-27", "2022-06-02");
        let job = job_from(&trail, EmploymentForm::Permanent, "2022-08-15");
        let foreign = job_from(&other_trail(), EmploymentForm::Permanent, "2022-08-15");
        let jobs = [&job, &foreign];
        let around = Around { jobs: &jobs, ..Around::default() };
        assert_eq!(open_on(&trail, around, "2022-08-14"), [OpenMatter::JobAfterEnding]);
        assert_eq!(open_on(&trail, around, "2022-08-15"), [OpenMatter::JobOngoing]);
        let foreign = [&foreign];
        assert_eq!(open_on(&trail, Around { jobs: &foreign, ..around }, "2022-08-15"), []);
    }

    #[test]
    fn row_44_sub_goals_consents_and_openness_are_told() {
        let (trail, by) = (started("2022-05-27", "2022-06-02"), by_spurv("2022-06-20"));
        let id = Uuid::from_u128(1);
        // given a sub-goal, a consent and an agreement, then each is told
        let (goal, _) = SubGoal::set(SubGoalId::new(id), &trail, sub_goal(), &by).expect("set");
        let person = person_born(Some("1985-12-08"), Protection::default());
        let (consent, _) = Consent::give(ConsentId::new(id), &person, consent(), &[], &by).expect("given");
        let (agreed, _) = OpennessAgreement::agree(OpennessId::new(id), &trail, 1, openness(), &by).expect("agreed");
        let around = Around { sub_goals: &[&goal], consents: &[&consent], openness: &[&agreed], ..Around::default() };
        let all = [OpenMatter::SubGoalOpen, OpenMatter::ConsentInForce, OpenMatter::OpennessInForce];
        assert_eq!(open_on(&trail, around, "2022-09-01"), all);
        // and each when it is closed or withdrawn is not
        let by = by_spurv("2022-06-30");
        let (closed, _) = goal.close(&trail, SubGoalOutcome::Completed, day("2022-06-30"), &by).expect("closed");
        let (withdrawn, _) = consent.withdraw(trail.id(), Channel::InPerson, &by).expect("withdrawn");
        let (former, _) = agreed.withdraw(&by).expect("withdrawn");
        let around =
            Around { sub_goals: &[&closed], consents: &[&withdrawn], openness: &[&former], ..Around::default() };
        assert_eq!(open_on(&trail, around, "2022-09-01"), []);
    }

    fn sub_goal() -> SubGoalTerms {
        let text = Text::parse("Skrive CV").expect("a text");
        SubGoalTerms { text, responsible: Responsible::Both, due: None }
    }

    fn consent() -> ConsentTerms {
        ConsentTerms {
            purpose: ConsentPurpose::IntroduceToEmployer,
            recipients: vec![Recipient::MarketTeam],
            classes: vec![ConsentClass::Name],
            text_version: Line::parse("v3").expect("a line"),
            text_hash: TextHash::of(b"consent"),
            given_by: ConsentGiver::Participant,
            channel: Channel::InPerson,
            document: None,
            mandate: None,
            guideline: None,
        }
    }

    fn openness() -> OpennessTerms {
        OpennessTerms {
            agreed_on: day("2022-06-20"),
            stance: OpennessStance::Open,
            may_contact: BTreeSet::new(),
            must_not_contact: BTreeSet::new(),
            advantages: None,
            drawbacks: None,
            may_share: None,
            must_not_share: None,
            occasions: BTreeSet::new(),
            may_contact_institutions: BTreeSet::new(),
            must_not_contact_institutions: BTreeSet::new(),
        }
    }

    #[test]
    fn i11_row_44_a_pause_is_told_and_the_programme_holds_back() {
        let by = by_spurv("2026-03-01");
        let trail = started_by_method(Method::SupportedEmployment, "2026-02-01", "2026-02-10");
        let (trail, _) = trail.enrol(day("2026-03-01"), &by).expect("enrolled");
        let period = Period::between(day("2026-03-10"), day("2026-03-20")).expect("a period");
        let terms = PauseTerms { period, reason: PauseReason::Travel, note: None, follow_up_on: None };
        let (trail, _) = trail.pause(terms, &by).expect("paused");
        let (programme, pause) = (OpenMatter::InRecruitmentProgramme, OpenMatter::PauseNotOver);
        assert_eq!(open_on(&trail, Around::default(), "2026-03-20"), [programme, pause]);
        assert_eq!(open_on(&trail, Around::default(), "2026-03-21"), [programme]);
        assert!(programme.holds_back() && !pause.holds_back());
    }
}
