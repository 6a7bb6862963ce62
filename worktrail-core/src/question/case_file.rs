//! A trail, whole.

use chrono::NaiveDate;

use super::elsewhere::Elsewhere;
use super::{Answered, Question, View};
use crate::access::Right;
use crate::command::{Stop, all_of_person, current_employer};
use crate::domain::{
    Advice, Attestation, BenefitsCounselling, CapacityAssessment, Collaborator, Confirmation, Consent, Document,
    Education, Employer, EmployerAgreement, EmployerContact, EmployerContactClock, FollowAlongStep, Guardianship,
    HeldNumber, Job, JobId, Narrative, OpennessAgreement, Participant, PersonName, PlanVersion, ReceivedReferral, Role,
    SubGoal, SupportContact, Topic, Trail, TrailId, Wishes, follow_along_due,
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
    /// The name of the person whose it is, as it is today.
    pub name: PersonName,
    /// Whose it is, without what their protection withholds. None to the staff of an ended trail: what is known of the
    /// person today is said on another one, of which they are not told (`DA3`).
    pub participant: Option<Participant>,
    /// The numbers that they have or had beside the present national id; to staff, not those noted on another trail since.
    pub held_numbers: Vec<HeldNumber>,
    /// What was attested of the participant; to staff, not what belongs to another trail since this one was opened.
    pub attestations: Vec<Attestation>,
    /// The participant's consents; to staff, not those given on another trail since.
    pub consents: Vec<Consent>,
    /// What was found about the participant's capacity to consent; to staff, not what was found on another trail since.
    pub assessments: Vec<CapacityAssessment>,
    /// The participant's guardians, present and former. To staff, not those registered on another trail, unless this one is
    /// open and they are not ended: whoever answers for the case must know who speaks for the participant. One that was
    /// ended on another trail is shown to them as it was before.
    pub guardianships: Vec<Guardianship>,
    /// The referral that opened the trail, when it was received as one.
    pub referral: Option<ReceivedReferral>,
    /// The participant's wishes, every version; to staff, not those stated on another trail since.
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
    /// The documents that were filed; of a text, to those who may read the text.
    pub documents: Vec<Document>,
    /// What was said of goal and texts, of every version (S35); of a text, to those who may read the text.
    pub confirmations: Vec<Confirmation>,
    /// The contacts with employers.
    pub employer_contacts: Vec<EmployerContact>,
    /// The jobs.
    pub jobs: Vec<Job>,
    /// The counselling about benefits.
    pub benefits_counselling: Vec<BenefitsCounselling>,
    /// The jobs before whose start counselling about benefits is due, each with its first day (S126).
    pub benefits_due: Vec<(JobId, NaiveDate)>,
    /// The educations.
    pub educations: Vec<Education>,
    /// The support contacts.
    pub support_contacts: Vec<SupportContact>,
    /// The agreements with employers.
    pub employer_agreements: Vec<EmployerAgreement>,
    /// What of follow-along support is due today, with the job that it is about (S42).
    pub follow_along: Vec<(JobId, FollowAlongStep)>,
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
        let right = view.may(trail);
        let participant = view.get::<Participant>(trail.participant());
        let trails = all_of_person::<Trail>(view, trail.participant());
        let held_numbers = all_of_person::<HeldNumber>(view, trail.participant());
        let attestations = view.children::<Attestation, Participant>(trail.participant());
        let consents = view.children::<Consent, Participant>(trail.participant());
        let assessments = view.children::<CapacityAssessment, Participant>(trail.participant());
        let guardianships = all_of_person::<Guardianship>(view, trail.participant());
        let referrals = all_of_person::<ReceivedReferral>(view, trail.participant());
        let wishes = view.children::<Wishes, Participant>(trail.participant());
        let collaborators = view.children::<Collaborator, Trail>(self.trail);
        let plan_versions = view.children::<PlanVersion, Trail>(self.trail);
        let openness = view.children::<OpennessAgreement, Trail>(self.trail);
        let sub_goals = view.children::<SubGoal, Trail>(self.trail);
        let narratives = view.children::<Narrative, Trail>(self.trail);
        let documents = view.children::<Document, Trail>(self.trail);
        let confirmations = view.children::<Confirmation, Trail>(self.trail);
        let benefits = view.children::<BenefitsCounselling, Trail>(self.trail);
        let contacts = view.children::<EmployerContact, Trail>(self.trail);
        let educations = view.children::<Education, Trail>(self.trail);
        let support = view.children::<SupportContact, Trail>(self.trail);
        let agreements = view.children::<EmployerAgreement, Trail>(self.trail);
        let jobs = view.children::<Job, Trail>(self.trail);
        let permit = right?;
        let jobs = jobs?;
        let benefits = benefits?;
        let (openness, support) = (openness?, support?);
        let mut advice = trail.advice(&jobs, view.today());
        let employers = employers_of(view, &jobs)?;
        advice.extend(trail.advice_about_openness(&jobs, &employers, &openness, view.today()));
        let (participant, elsewhere) = (participant?, Elsewhere::than(trail, trails?, permit.role()));
        Ok(permit.answer(CaseFile {
            name: participant.name().clone(),
            participant: elsewhere.knows_the_person().then(|| participant.shown()),
            held_numbers: owned(elsewhere.numbers(held_numbers?)),
            attestations: owned(elsewhere.leave_out(attestations?, Attestation::made)),
            consents: elsewhere.consents(consents?),
            referral: referrals?.into_iter().find(|referral| referral.trail() == Some(self.trail)).cloned(),
            wishes: owned(elsewhere.leave_out(wishes?, Wishes::stated)),
            collaborators: owned(collaborators?),
            plan_versions: owned(plan_versions?),
            assessments: owned(elsewhere.leave_out(assessments?, CapacityAssessment::recorded)),
            guardianships: elsewhere.guardians(guardianships?),
            openness: owned(openness),
            sub_goals: owned(sub_goals?),
            narratives: owned(narratives?).into_iter().filter(|it| is_for(it.topic(), permit.role())).collect(),
            confirmations: owned(confirmations?)
                .into_iter()
                .filter(|it| it.of().topic().is_none_or(|topic| is_for(topic, permit.role())))
                .collect(),
            documents: owned(documents?)
                .into_iter()
                .filter(|it| it.of().is_none_or(|of| is_for(of.topic, permit.role())))
                .collect(),
            employer_contacts: owned(contacts?),
            clock: trail.clock(view.today()),
            benefits_due: BenefitsCounselling::due(&jobs, &benefits, view.today()),
            benefits_counselling: owned(benefits),
            follow_along: follow_along_of(trail, &jobs, &support, view.today()),
            advice,
            educations: owned(educations?),
            support_contacts: owned(support),
            employer_agreements: owned(agreements?),
            jobs: owned(jobs),
            trail: trail.clone(),
        }))
    }
}

/// What is due today in each job; nothing is when the trail has ended, since it takes no more contacts (I10).
fn follow_along_of(
    trail: &Trail,
    jobs: &[&Job],
    contacts: &[&SupportContact],
    on: NaiveDate,
) -> Vec<(JobId, FollowAlongStep)> {
    let due = |job: &&Job| {
        let id = job.id();
        follow_along_due(job, contacts, on).into_iter().map(move |step| (id, step))
    };
    if trail.is_ended() { Vec::new() } else { jobs.iter().flat_map(due).collect() }
}

/// Whether somebody belongs to the audience of a topic.
pub(super) fn is_for(topic: Topic, role: Option<Role>) -> bool {
    role.is_some_and(|role| topic.audience().includes(role))
}

fn owned<T: Clone>(found: Vec<&T>) -> Vec<T> {
    found.into_iter().cloned().collect()
}

/// The employers of jobs as they are now. All are looked up before the first is needed, so that they come in one load.
fn employers_of<'v>(view: &View<'v>, jobs: &[&Job]) -> Result<Vec<&'v Employer>, Stop> {
    let employers = jobs.iter().filter_map(|job| job.employment().employer());
    let employers: Vec<_> = employers.map(|employer| current_employer(view, employer)).collect();
    employers.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::command::samples::trail_id;
    use crate::command::scene::{everyday, specialist};
    use crate::command::{Command, RegisterJob, RegisterSupportContact, samples};
    use crate::desk::spy::desk;
    use crate::domain::{EmploymentForm, FollowAlong, NewSupportContact, Period, SupportedWho};
    use crate::record::samples::id;
    use crate::store::{CommandId, MemoryStore};

    fn read(store: &MemoryStore) -> CaseFile {
        block_on(desk(store).ask(&specialist(), &ReadTrail { trail: trail_id() })).unwrap()
    }

    fn run<C: Command>(store: &MemoryStore, number: u128, command: &C) {
        block_on(desk(store).run(&specialist(), CommandId::new(id(number)), command)).unwrap();
    }

    /// The world on the third day of a job.
    fn third_day() -> MemoryStore {
        let store = everyday().store();
        let period = Period::from("2022-08-30".parse().unwrap()).unwrap();
        let job = RegisterJob { form: EmploymentForm::Permanent, period, ..samples::register_job() };
        run(&store, 0xD0, &job);
        store
    }

    #[test]
    fn s42_the_case_file_shows_what_is_due_until_a_contact_ticks_it_off_or_the_trail_ends() {
        let store = third_day();
        let due = |store: &MemoryStore| read(store).follow_along.into_iter().map(|(_, it)| it.step).collect::<Vec<_>>();
        assert_eq!(due(&store), [FollowAlong::AfterStart, FollowAlong::Weekly]);
        let on = "2022-09-01".parse().unwrap();
        let contact = samples::register_support_contact();
        let new = NewSupportContact { on, with: SupportedWho::Participant, ..contact.new.clone() };
        run(&store, 0xD1, &RegisterSupportContact { job: None, new, ..contact });
        assert_eq!(due(&store), []);
        let store = third_day();
        run(&store, 0xD2, &samples::end_trail());
        assert_eq!(due(&store), []);
    }

    #[test]
    fn row_96_the_case_file_shows_openness_beside_the_jobs_and_points_out_what_it_forbids() {
        let store = third_day();
        assert!(!read(&store).advice.contains(&Advice::JobWhereContactIsForbidden));
        let mut agree = samples::agree_openness();
        agree.terms.may_contact.clear();
        agree.terms.must_not_contact.insert(samples::employer_id());
        run(&store, 0xD3, &agree);
        let file = read(&store);
        assert!(file.advice.contains(&Advice::JobWhereContactIsForbidden) && file.openness.len() == 2);
    }
}
