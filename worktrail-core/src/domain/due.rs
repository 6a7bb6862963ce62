//! What falls due on a trail: each source is a function of the records that it follows from.

use chrono::NaiveDate;
use uuid::Uuid;

use super::attestation::Attestation;
use super::benefits_counselling::BenefitsCounselling;
use super::birth_date::BirthDate;
use super::capacity::CapacityAssessment;
use super::coded::coded;
use super::follow_along::{FollowAlong, follow_along};
use super::job::Job;
use super::majority::GuardianConsentStanding;
use super::moment::Moment;
use super::notice::Notice;
use super::openness::OpennessAgreement;
use super::sub_goal::{SubGoal, SubGoalStatus};
use super::support_contact::SupportContact;
use super::text::Line;
use super::trail::{Pause, PauseState, Trail};
use super::transfer::Transfer;

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
        /// The next outreach to a participant whose trail is paused (`DB5`).
        PauseFollowUp = "pause_follow_up", "Ta kontakt i passiv periode", "Outreach in a paused period";
        /// A new version of the notice of rights is told of (S80).
        Information = "information", "Informere på nytt om rettighetene", "Inform of rights again";
        /// Capacity to consent is looked at again (S175).
        CapacityReview = "capacity_review", "Ny vurdering av samtykkekompetanse", "Review of capacity to consent";
        /// Counselling about benefits, before a job starts (IPS principle 5).
        BenefitsCounselling = "benefits_counselling",
            "Rådgivning om ytelser før jobbstart", "Benefits counselling before a job starts";
        /// A contact of follow-along support (item 23 of IPS-25).
        FollowAlong = "follow_along", "Kontakt i oppfølging etter jobbstart", "Follow-along contact";
        /// That the job still lasts (row 98).
        StillInJob = "still_in_job", "Bekrefte at jobben varer", "Confirm that the job lasts";
        /// A contact within three days of learning that work was lost (S45).
        LostWork = "lost_work", "Kontakt etter tapt arbeid", "Contact after lost work";
        /// A transfer waits for its answer (I21).
        TransferAnswer = "transfer_answer", "Svare på overføring", "Answer a transfer";
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

    /// The outreach of each pause of a trail (`DB5`): until the pause is over, when its day lies in the pause, and until a
    /// contact from the day on in any case.
    #[must_use]
    pub fn pauses(trail: &Trail, contacts: &[&SupportContact], today: NaiveDate) -> Vec<Self> {
        let day = |pause: &Pause| {
            let on = pause.follow_up_on()?;
            let is_back = pause.state_on(today) == PauseState::Over && pause.period().contains(on);
            let is_held = contacts.iter().any(|contact| contact.on() >= on);
            (!is_back && !is_held).then_some(Self { on, kind: DueKind::PauseFollowUp, of: None })
        };
        trail.pauses().iter().filter_map(day).collect()
    }

    /// That the participant is informed of a notice: by the version of today, or by one that comes until a day (S80).
    #[must_use]
    pub fn information(
        notice: &Line<80>,
        versions: &[&Notice],
        attestations: &[&Attestation],
        today: NaiveDate,
        until: NaiveDate,
    ) -> Option<Self> {
        let standing = |day| Notice::information(notice, versions, attestations, day);
        let due = |day| standing(day).and_then(|it| Some((it.due_since?, it.present.id())));
        let (on, version) = due(today).or_else(|| due(until))?;
        Some(Self { on, kind: DueKind::Information, of: Some(version.as_uuid()) })
    }

    /// The findings about capacity that are to be looked at again until a day (S175).
    #[must_use]
    pub fn capacity(assessments: &[&CapacityAssessment], until: NaiveDate) -> Vec<Self> {
        let due = CapacityAssessment::reviews_due(assessments, until).into_iter();
        due.map(|(it, on)| Self { on, kind: DueKind::CapacityReview, of: Some(it.id().as_uuid()) }).collect()
    }

    /// Counselling about benefits before each job that has no word of it: by the first day of the job (S126).
    #[must_use]
    pub fn benefits(jobs: &[&Job], counselling: &[&BenefitsCounselling], today: NaiveDate) -> Vec<Self> {
        let due = BenefitsCounselling::due(jobs, counselling, today).into_iter();
        due.map(|(job, on)| Self { on, kind: DueKind::BenefitsCounselling, of: Some(job.as_uuid()) }).collect()
    }

    /// What follow-along support asks for around jobs, each from the first day on which it can be done (S42, S45,
    /// row 98); what falls on the same day around the same job is one thing to do.
    #[must_use]
    pub fn follow_along(jobs: &[&Job], contacts: &[&SupportContact], today: NaiveDate) -> Vec<Self> {
        let around = |job: &&Job| {
            let of = Some(job.id().as_uuid());
            let open = follow_along(job, contacts).into_iter().filter(|step| step.is_open_on(today));
            open.map(|step| Self { on: step.from, kind: DueKind::of_step(step.step), of }).collect::<Vec<_>>()
        };
        let mut due: Vec<_> = jobs.iter().flat_map(around).collect();
        due.sort();
        due.dedup();
        due
    }

    /// The answers that transfers of a trail wait for: by the last day on which they can be given (I21).
    #[must_use]
    pub fn answers(transfers: &[&Transfer], today: NaiveDate) -> Vec<Self> {
        let waiting = transfers.iter().filter(|transfer| transfer.waits_on(today));
        let due = |it: &&Transfer| {
            let on = it.terms().answer_by;
            Self { on, kind: DueKind::TransferAnswer, of: Some(it.id().as_uuid()) }
        };
        waiting.map(due).collect()
    }
}

impl DueKind {
    const fn of_step(step: FollowAlong) -> Self {
        match step {
            FollowAlong::BeforeStart | FollowAlong::AfterStart | FollowAlong::Weekly | FollowAlong::Monthly => {
                Self::FollowAlong
            }
            FollowAlong::StillInJob => Self::StillInJob,
            FollowAlong::AfterLoss => Self::LostWork,
        }
    }
}

#[cfg(test)]
mod tests;
