//! For tests: a command of every kind, accepted in the [scene](super::scene) from whoever has the right, and marked
//! wherever it is personal.

use super::scene::{free, member, now, our_team};
use super::{
    AbortEducation, AdmitMember, AfterLoss, AgreeOpenness, AgreeWithEmployer, Attest, Attested, ChangeHours,
    ChangeProtection, CloseSubGoal, Command, ConfirmTenure, CorrectContactPoints, CorrectEducation, CorrectJob,
    DeclineSupport, EndJob, EndMembership, EndTrail, ForgetParticipant, FoundTeam, GiveConsent, GiveReference,
    HoldStartUpMeeting, LoseWork, MoveTo, NoteEducationExperience, NoteJobExperience, OpenTrail, RegisterContactPerson,
    RegisterEducation, RegisterEmployer, RegisterEmployerContact, RegisterJob, RegisterParticipant, RegisterStaff,
    RegisterSupportContact, ReleaseTrails, SetMainGoal, SetSubGoal, StateBirthDate, StepDownSupport, WithdrawConsent,
    WithdrawOpenness, Workplace, WriteNarrative,
};
use crate::domain::samples::{day, participant_id, spurv, team};
use crate::domain::{
    AddressProtection, AttestationId, BirthDate, Channel, ConsentId, ContactPersonId, EducationId, EducationTerms,
    EmployerAgreementId, EmployerContactId, EmployerId, EmploymentForm, EndReason, ExperienceKind, HoursPerWeek,
    JobEndReason, JobId, Line, LostWork, MembershipId, Method, NarrativeId, NarrativeRevisionId, NationalId,
    NewParticipant, NewStaff, NewTeam, OpennessId, OrganisationNumber, OtherEnding, ParticipantId, Period, Phase,
    PhoneNumber, Protection, Role, StaffId, StaffShielding, SubGoalId, SubGoalOutcome, SupportContactId, TeamId, Topic,
    TrailId,
};
use crate::record::samples::{self, id};

/// Where the right of a command is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Over {
    /// Over the trail that its field `trail` names.
    Trail,
    /// Over the team that its field `team` names.
    Team,
    /// Over a person in the team that its field `team` names.
    Person,
    /// Over whoever asks.
    Themself,
    /// Over the organisation.
    Organisation,
}

/// What is done with a command of every kind.
pub(crate) trait Visit {
    /// Does it with one.
    fn visit<C: Command + std::fmt::Debug>(&mut self, over: Over, command: &C);
}

pub(crate) fn trail_id() -> TrailId {
    samples::open_trail().id()
}

pub(crate) fn ended_trail_id() -> TrailId {
    TrailId::new(id(0x34))
}

pub(crate) fn withheld_trail_id() -> TrailId {
    TrailId::new(id(0x35))
}

pub(crate) fn fresh_trail_id() -> TrailId {
    TrailId::new(id(0x36))
}

pub(crate) fn employer_id() -> EmployerId {
    EmployerId::new(id(0x80))
}

/// A member of staff who belongs to no team.
pub(crate) fn newcomer() -> StaffId {
    StaffId::new(id(0x503))
}

/// Visits a command of every kind.
pub(crate) fn every_command(visit: &mut impl Visit) {
    visit.visit(Over::Organisation, &register_staff());
    visit.visit(Over::Organisation, &found_team());
    visit.visit(Over::Team, &admit_member());
    visit.visit(Over::Team, &end_membership());
    visit.visit(Over::Team, &register_participant());
    visit.visit(Over::Trail, &correct_contact_points());
    visit.visit(Over::Team, &state_birth_date());
    visit.visit(Over::Person, &change_protection());
    visit.visit(Over::Person, &ReleaseTrails { participant: ParticipantId::new(id(0x105)), team: team() });
    visit.visit(Over::Person, &ForgetParticipant { participant: ParticipantId::new(id(0x104)), team: team() });
    visit.visit(Over::Team, &open());
    visit.visit(Over::Trail, &Attest { trail: trail_id(), attested: attested().remove(1) });
    visit.visit(Over::Trail, &HoldStartUpMeeting { trail: fresh_trail_id(), on: now().day() });
    visit.visit(Over::Trail, &MoveTo { trail: trail_id(), phase: Phase::StepDown, on: now().day() });
    visit.visit(Over::Trail, &SetMainGoal { trail: trail_id(), goal: samples::main_goal() });
    visit.visit(Over::Trail, &end_trail());
    visit.visit(Over::Trail, &write_narrative());
    visit.visit(Over::Trail, &set_sub_goal());
    visit.visit(Over::Trail, &close_sub_goal());
    visit.visit(Over::Trail, &agree_openness());
    let openness = samples::agreed_openness().id();
    visit.visit(Over::Trail, &WithdrawOpenness { openness, trail: trail_id() });
    visit.visit(Over::Trail, &give_consent());
    visit.visit(Over::Trail, &withdraw_consent());
    visit.visit(Over::Team, &register_employer());
    visit.visit(Over::Team, &register_contact_person());
    visit.visit(Over::Trail, &register_employer_contact());
    visit.visit(Over::Trail, &register_job());
    visit.visit(Over::Trail, &end_job());
    visit.visit(Over::Trail, &correct_job());
    visit.visit(Over::Trail, &change_hours());
    visit.visit(Over::Trail, &lose_work());
    visit.visit(Over::Trail, &confirm_tenure());
    visit.visit(Over::Trail, &note_job_experience());
    visit.visit(Over::Trail, &give_reference());
    visit.visit(Over::Trail, &step_down_support());
    visit.visit(Over::Trail, &decline_support());
    visit.visit(Over::Trail, &register_education());
    visit.visit(Over::Trail, &correct_education());
    visit.visit(Over::Trail, &abort_education());
    visit.visit(Over::Trail, &note_education_experience());
    visit.visit(Over::Trail, &register_support_contact());
    visit.visit(Over::Trail, &agree_with_employer());
}

pub(crate) fn register_staff() -> RegisterStaff {
    let host_identity = Line::parse("kanari-ny").expect("a line");
    RegisterStaff { staff: StaffId::new(id(0x511)), new: NewStaff { host_identity, ..samples::new_staff() } }
}

pub(crate) fn found_team() -> FoundTeam {
    let new = NewTeam { name: Line::parse("KANARI ny").expect("a line"), method: Method::Ips };
    FoundTeam { team: TeamId::new(id(0x711)), membership: MembershipId::new(id(0xB11)), new }
}

pub(crate) fn admit_member() -> AdmitMember {
    AdmitMember {
        membership: MembershipId::new(id(0xB12)),
        team: team(),
        staff: newcomer(),
        role: Role::Specialist,
        period: Period::from(now().day()).expect("a period"),
    }
}

/// The last day of SPURV, which lies ahead.
pub(crate) fn end_membership() -> EndMembership {
    let period = Period::from(day("2022-01-01")).expect("a period");
    let membership = member(spurv(), &our_team(), Role::Specialist, period).id();
    EndMembership { membership, team: team(), on: day("2022-12-31") }
}

/// Another birth date than the one that is known.
pub(crate) fn state_birth_date() -> StateBirthDate {
    let birth_date = BirthDate::parse("1985-12-09").expect("a date");
    StateBirthDate { participant: free(), team: team(), birth_date }
}

pub(crate) fn register_participant() -> RegisterParticipant {
    let national_id = NationalId::parse("15819010037").ok();
    let new = NewParticipant { national_id, ..samples::new_participant() };
    RegisterParticipant { participant: ParticipantId::new(id(0x111)), team: team(), new }
}

pub(crate) fn correct_contact_points() -> CorrectContactPoints {
    CorrectContactPoints {
        trail: trail_id(),
        phone: PhoneNumber::parse("00000918").ok(),
        email: Some(samples::email()),
    }
}

pub(crate) fn change_protection() -> ChangeProtection {
    let protection = Protection::new(AddressProtection::StrictlyConfidential, StaffShielding::OwnStaff);
    ChangeProtection { participant: participant_id(), team: team(), protection }
}

/// Right person, rights information, guardian's consent.
pub(crate) fn attested() -> Vec<Attested> {
    let ids = [0x1A1, 0x1A2, 0x1A3].map(|number| AttestationId::new(id(number)));
    let kinds = samples::attestations();
    ids.into_iter().zip(kinds).map(|(attestation, it)| Attested { attestation, kind: it.kind().clone() }).collect()
}

pub(crate) fn open() -> OpenTrail {
    OpenTrail {
        trail: TrailId::new(id(0x311)),
        participant: free(),
        team: team(),
        owner: Some(spurv()),
        method: Method::Ips,
        referral: samples::referral(),
        attestations: attested(),
    }
}

pub(crate) fn end_trail() -> EndTrail {
    EndTrail { trail: trail_id(), on: now().day(), reason: EndReason::Other(OtherEnding::Illness) }
}

pub(crate) fn write_narrative() -> WriteNarrative {
    let narrative = NarrativeId::new(id(0x611));
    let former = NarrativeRevisionId::new(id(0x612));
    WriteNarrative { narrative, former, trail: trail_id(), topic: Topic::Health, text: samples::text() }
}

pub(crate) fn set_sub_goal() -> SetSubGoal {
    SetSubGoal { sub_goal: SubGoalId::new(id(0x511)), trail: trail_id(), terms: samples::sub_goal_terms() }
}

pub(crate) fn close_sub_goal() -> CloseSubGoal {
    let sub_goal = samples::open_sub_goal().id();
    CloseSubGoal { sub_goal, trail: trail_id(), outcome: SubGoalOutcome::Completed, on: now().day() }
}

pub(crate) fn agree_openness() -> AgreeOpenness {
    AgreeOpenness { openness: OpennessId::new(id(0x411)), trail: trail_id(), terms: samples::openness_terms() }
}

pub(crate) fn give_consent() -> GiveConsent {
    GiveConsent { consent: ConsentId::new(id(0x211)), trail: trail_id(), terms: samples::consent_terms() }
}

pub(crate) fn withdraw_consent() -> WithdrawConsent {
    WithdrawConsent { consent: samples::given_consent().id(), trail: trail_id(), channel: Channel::Phone }
}

pub(crate) fn register_employer() -> RegisterEmployer {
    RegisterEmployer {
        employer: EmployerId::new(id(0x811)),
        team: team(),
        organisation_number: OrganisationNumber::parse("311002104").expect("a number"),
        details: samples::employer_details(),
    }
}

pub(crate) fn register_contact_person() -> RegisterContactPerson {
    let contact_person = ContactPersonId::new(id(0xA11));
    RegisterContactPerson {
        contact_person,
        employer: employer_id(),
        team: team(),
        details: samples::contact_person_details(),
    }
}

pub(crate) fn register_employer_contact() -> RegisterEmployerContact {
    RegisterEmployerContact {
        employer_contact: EmployerContactId::new(id(0x71A)),
        trail: trail_id(),
        employer: employer_id(),
        contact_person: Some(samples::contact_person().id()),
        new: samples::new_employer_contact(),
    }
}

pub(crate) fn register_job() -> RegisterJob {
    RegisterJob {
        job: JobId::new(id(0x1B9)),
        trail: trail_id(),
        workplace: Workplace::Employer {
            employer: employer_id(),
            contact_person: Some(samples::contact_person().id()),
        },
        title: samples::line(),
        form: EmploymentForm::WorkTraining,
        hours: HoursPerWeek::from_tenths(200).ok(),
        period: Period::from(day("2022-08-20")).expect("a period"),
        training_reason: Some(samples::text()),
        education: None,
        details: samples::job_details(),
    }
}

pub(crate) fn end_job() -> EndJob {
    let [job, _] = samples::ongoing_jobs();
    EndJob { job: job.id(), trail: trail_id(), on: now().day(), reason: JobEndReason::Dismissed }
}

fn ongoing_job() -> JobId {
    let [job, _] = samples::ongoing_jobs();
    job.id()
}

/// The ongoing job with another title, in the education.
pub(crate) fn correct_job() -> CorrectJob {
    let RegisterJob { workplace, form, hours, training_reason, details, .. } = register_job();
    CorrectJob {
        job: ongoing_job(),
        trail: trail_id(),
        workplace,
        title: Line::parse("KANARI nynner").expect("a line"),
        form,
        hours,
        period: Period::between(day("2022-08-15"), day("2022-12-31")).expect("a period"),
        training_reason,
        education: Some(samples::ongoing_education().id()),
        details,
    }
}

pub(crate) fn change_hours() -> ChangeHours {
    let hours = HoursPerWeek::from_tenths(100).expect("hours");
    ChangeHours { job: ongoing_job(), trail: trail_id(), hours, from: day("2022-10-01") }
}

pub(crate) fn lose_work() -> LoseWork {
    let lost = LostWork {
        ended_on: day("2022-08-31"),
        learned_on: now().day(),
        reason: JobEndReason::Dismissed,
        help_offered_on: Some(now().day()),
    };
    LoseWork { job: ongoing_job(), trail: trail_id(), lost, then: AfterLoss::BackToSearch }
}

pub(crate) fn confirm_tenure() -> ConfirmTenure {
    ConfirmTenure { job: ongoing_job(), trail: trail_id(), on: now().day() }
}

pub(crate) fn note_job_experience() -> NoteJobExperience {
    let (job, trail, text) = (ongoing_job(), trail_id(), samples::text());
    NoteJobExperience { job, trail, kind: ExperienceKind::Worked, text }
}

pub(crate) fn give_reference() -> GiveReference {
    let (job, trail, words) = (ongoing_job(), trail_id(), Some(samples::text()));
    GiveReference { job, trail, on: now().day(), given_by: samples::line(), words }
}

pub(crate) fn step_down_support() -> StepDownSupport {
    StepDownSupport { job: ongoing_job(), trail: trail_id(), on: now().day(), plan: samples::text() }
}

pub(crate) fn decline_support() -> DeclineSupport {
    DeclineSupport { job: ongoing_job(), trail: trail_id(), on: now().day() }
}

pub(crate) fn register_education() -> RegisterEducation {
    let education = EducationId::new(id(0xE9));
    RegisterEducation { education, trail: trail_id(), terms: samples::education_terms() }
}

/// The ongoing education with another title.
pub(crate) fn correct_education() -> CorrectEducation {
    let title = Line::parse("KANARI nynner").expect("a line");
    let terms = EducationTerms { title, ..samples::education_terms() };
    CorrectEducation { education: samples::ongoing_education().id(), trail: trail_id(), terms }
}

pub(crate) fn abort_education() -> AbortEducation {
    AbortEducation { education: samples::ongoing_education().id(), trail: trail_id(), on: now().day() }
}

pub(crate) fn note_education_experience() -> NoteEducationExperience {
    let (education, trail) = (samples::ongoing_education().id(), trail_id());
    NoteEducationExperience { education, trail, kind: ExperienceKind::DidNotWork, text: samples::text() }
}

/// A talk with participant and employer, at the employer that may be contacted.
pub(crate) fn register_support_contact() -> RegisterSupportContact {
    RegisterSupportContact {
        support_contact: SupportContactId::new(id(0x5C9)),
        trail: trail_id(),
        job: Some(ongoing_job()),
        new: samples::new_support_contact(),
    }
}

pub(crate) fn agree_with_employer() -> AgreeWithEmployer {
    AgreeWithEmployer {
        employer_agreement: EmployerAgreementId::new(id(0xEA9)),
        trail: trail_id(),
        employer: employer_id(),
        contact_person: Some(samples::contact_person().id()),
        terms: samples::employer_agreement_terms(),
    }
}
