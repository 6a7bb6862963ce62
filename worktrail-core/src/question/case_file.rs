//! A trail, whole.

use super::{Answered, Question, View};
use crate::access::Right;
use crate::domain::{
    Advice, Attestation, Authorship, Collaborator, Consent, EmployerContact, EmployerContactClock, Job, Moment,
    Narrative, OpennessAgreement, Participant, PlanVersion, ReceivedReferral, Role, SubGoal, Trail, TrailId, Wishes,
};

/// Reads a trail with all that belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadTrail {
    /// The trail.
    pub trail: TrailId,
}

/// A trail with all that belongs to it, as far as the reader's role is among those it is written for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CaseFile {
    /// The trail.
    pub trail: Trail,
    /// Whose it is.
    pub participant: Participant,
    /// What was attested of the participant; to staff, not what belongs to a later trail.
    pub attestations: Vec<Attestation>,
    /// The participant's consents; to staff, not those given on a later trail.
    pub consents: Vec<Consent>,
    /// The referral that opened the trail, when it was received as one.
    pub referral: Option<ReceivedReferral>,
    /// The participant's wishes, every version; to staff, not those stated on a later trail.
    pub wishes: Vec<Wishes>,
    /// Who works along.
    pub collaborators: Vec<Collaborator>,
    /// The plans as they were agreed on, every version.
    pub plan_versions: Vec<PlanVersion>,
    /// The openness agreements, every version.
    pub openness: Vec<OpennessAgreement>,
    /// The sub-goals.
    pub sub_goals: Vec<SubGoal>,
    /// The narratives on topics whose audience the reader belongs to, as they stand; what stood before is asked for
    /// with [`NarrativeRevisions`](super::NarrativeRevisions).
    pub narratives: Vec<Narrative>,
    /// The contacts with employers.
    pub employer_contacts: Vec<EmployerContact>,
    /// The jobs.
    pub jobs: Vec<Job>,
    /// What the clock to the first employer contact shows today (`DC1`).
    pub clock: EmployerContactClock,
    /// What ought to be looked at.
    pub advice: Vec<Advice>,
}

impl Question for ReadTrail {
    type Answer = CaseFile;

    const RIGHT: Right = Right::ReadTrail;

    fn answer(&self, view: &View<'_>) -> Answered<CaseFile> {
        let trail = view.get::<Trail>(self.trail)?;
        let permit = view.may(trail)?;
        let participant = view.get::<Participant>(trail.participant());
        let trails = view.children::<Trail, Participant>(trail.participant());
        let attestations = view.children::<Attestation, Participant>(trail.participant());
        let consents = view.children::<Consent, Participant>(trail.participant());
        let referrals = view.children::<ReceivedReferral, Participant>(trail.participant());
        let wishes = view.children::<Wishes, Participant>(trail.participant());
        let collaborators = view.children::<Collaborator, Trail>(self.trail);
        let plan_versions = view.children::<PlanVersion, Trail>(self.trail);
        let openness = view.children::<OpennessAgreement, Trail>(self.trail);
        let sub_goals = view.children::<SubGoal, Trail>(self.trail);
        let narratives = view.children::<Narrative, Trail>(self.trail);
        let contacts = view.children::<EmployerContact, Trail>(self.trail);
        let jobs = view.children::<Job, Trail>(self.trail)?;
        let later = Later::than(trail, trails?, permit.role());
        Ok(permit.answer(CaseFile {
            participant: participant?.clone(),
            attestations: owned(later.leave_out(attestations?, Attestation::made)),
            consents: owned(later.leave_out(consents?, Consent::given)),
            referral: referrals?.into_iter().find(|referral| referral.trail() == Some(self.trail)).cloned(),
            wishes: owned(later.leave_out(wishes?, Wishes::stated)),
            collaborators: owned(collaborators?),
            plan_versions: owned(plan_versions?),
            openness: owned(openness?),
            sub_goals: owned(sub_goals?),
            narratives: owned(narratives?).into_iter().filter(|it| is_for(it, permit.role())).collect(),
            employer_contacts: owned(contacts?),
            clock: trail.clock(view.today()),
            advice: trail.advice(&jobs, view.today()),
            jobs: owned(jobs),
            trail: trail.clone(),
        }))
    }
}

/// What was attested or consented to on a later trail of the same person is that trail's: to the staff of an earlier one
/// it would tell that there is a later one (`DA3`). The participant sees all.
struct Later<'a>(Vec<&'a Trail>);

impl<'a> Later<'a> {
    fn than(trail: &Trail, trails: Vec<&'a Trail>, reader: Option<Role>) -> Self {
        let is_later = |other: &&Trail| reader != Some(Role::Participant) && other.opened().at() > trail.opened().at();
        Self(trails.into_iter().filter(is_later).collect())
    }

    fn leave_out<'t, T>(&self, mut found: Vec<&'t T>, made: fn(&T) -> &Authorship) -> Vec<&'t T> {
        let during =
            |trail: &Trail, at: Moment| trail.opened().at() <= at && trail.ended().is_none_or(|ended| at <= ended.at());
        found.retain(|it| !self.0.iter().any(|trail| during(trail, made(it).at())));
        found
    }
}

fn is_for(narrative: &Narrative, role: Option<Role>) -> bool {
    role.is_some_and(|role| narrative.topic().audience().includes(role))
}

fn owned<T: Clone>(found: Vec<&T>) -> Vec<T> {
    found.into_iter().cloned().collect()
}
