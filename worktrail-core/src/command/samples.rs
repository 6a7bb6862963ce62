//! For tests: a command of every kind, accepted in the [scene](super::scene) from whoever has the right, and marked
//! wherever it is personal.

use super::scene::{free, member, now, our_team};
use super::{
    AdmitMember, AdvancePhase, AgreeOpenness, AgreePlan, AnswerReferral, Attest, Attested, ChangeProtection,
    CloseReferral, CloseSubGoal, Command, CorrectContactPoints, CorrectEnding, CorrectReferral, CorrectStart, EndJob,
    EndMembership, EndTrail, EnterProgramme, ForgetParticipant, FoundTeam, GiveConsent, HoldStartUpMeeting,
    LeaveProgramme, MarkCollaboratorFormer, MoveTo, OpenTrail, PauseTrail, ReceiveReferral, RegisterCollaborator,
    RegisterContactPerson, RegisterEmployer, RegisterEmployerContact, RegisterJob, RegisterParticipant, RegisterStaff,
    ReleaseTrails, RemovePause, ReopenSubGoal, ReopenTrail, ReportProgress, ReviseCollaborator, RevisePause,
    ReviseSubGoal, SetMainGoal, SetSubGoal, StateBirthDate, StateWishes, UnnameCollaborator, WithdrawConsent,
    WithdrawEnrolment, WithdrawOpenness, Workplace, WriteNarrative,
};
use crate::domain::samples::{day, participant_id, spurv, team};
use crate::domain::{
    AddressProtection, AttestationId, BirthDate, Channel, CollaboratorDetails, CollaboratorId, ConsentId,
    ContactPersonId, EmployerContactId, EmployerId, EmploymentForm, EndReason, HoursPerWeek, JobEndReason, JobId, Line,
    MembershipId, Method, NarrativeId, NarrativeRevisionId, NationalId, NewParticipant, NewStaff, NewTeam, OpennessId,
    OrganisationNumber, OtherEnding, ParticipantId, PauseTerms, Period, Phase, PhoneNumber, PlanVersionId, Protection,
    ReceivedReferral, RecruitmentOutcome, Referral, ReferralClosing, ReferralId, Role, StaffId, StaffShielding,
    SubGoalId, SubGoalOutcome, SubGoalProgress, TeamId, Topic, TrailId, WishesId,
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

/// A trail of Supported Employment that has started.
pub(crate) fn supported_trail_id() -> TrailId {
    TrailId::new(id(0x37))
}

/// A trail of Supported Employment whose participant is to enter the recruitment programme.
pub(crate) fn enrolled_trail_id() -> TrailId {
    TrailId::new(id(0x38))
}

pub(crate) fn closed_sub_goal_id() -> SubGoalId {
    SubGoalId::new(id(0x51))
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
    visit.visit(Over::Team, &receive_referral());
    visit.visit(Over::Team, &close_referral());
    let (referral, on) = (samples::closed_referral().id(), now().day());
    visit.visit(Over::Team, &AnswerReferral { referral, team: team(), on });
    visit.visit(Over::Team, &open());
    visit.visit(Over::Trail, &Attest { trail: trail_id(), attested: attested().remove(1) });
    visit.visit(Over::Trail, &HoldStartUpMeeting { trail: fresh_trail_id(), on: now().day() });
    visit.visit(Over::Trail, &MoveTo { trail: trail_id(), phase: Phase::StepDown, on: now().day() });
    visit.visit(Over::Trail, &SetMainGoal { trail: trail_id(), goal: samples::main_goal() });
    visit.visit(Over::Trail, &AdvancePhase { trail: trail_id(), on: now().day() });
    visit.visit(Over::Trail, &end_trail());
    visit.visit(Over::Trail, &correct_start());
    visit.visit(Over::Trail, &correct_referral());
    visit.visit(Over::Trail, &correct_ending());
    visit.visit(Over::Trail, &reopen_trail());
    visit.visit(Over::Trail, &pause_trail());
    let first = planned_pause().period.first();
    visit.visit(Over::Trail, &RevisePause { trail: trail_id(), first, terms: planned_pause() });
    visit.visit(Over::Trail, &RemovePause { trail: trail_id(), first });
    visit.visit(Over::Trail, &EnterProgramme { trail: supported_trail_id(), first: now().day() });
    let (last, outcome) = (day("2022-12-31"), RecruitmentOutcome::PaidEmployment);
    visit.visit(Over::Trail, &LeaveProgramme { trail: enrolled_trail_id(), last, outcome });
    visit.visit(Over::Trail, &WithdrawEnrolment { trail: enrolled_trail_id() });
    visit.visit(Over::Trail, &write_narrative());
    visit.visit(Over::Trail, &agree_plan());
    visit.visit(Over::Trail, &state_wishes());
    visit.visit(Over::Trail, &register_collaborator());
    let (collaborator, trail) = (samples::collaborator().id(), trail_id());
    let details = CollaboratorDetails { organisation: None, ..samples::collaborator_details() };
    visit.visit(Over::Trail, &ReviseCollaborator { collaborator, trail, details });
    visit.visit(Over::Trail, &MarkCollaboratorFormer { collaborator, trail, on: now().day() });
    visit.visit(Over::Trail, &UnnameCollaborator { collaborator, trail });
    visit.visit(Over::Trail, &set_sub_goal());
    let (sub_goal, trail) = (samples::open_sub_goal().id(), trail_id());
    visit.visit(Over::Trail, &ReviseSubGoal { sub_goal, trail, terms: samples::sub_goal_terms() });
    visit.visit(Over::Trail, &ReportProgress { sub_goal, trail, progress: SubGoalProgress::UnderWay });
    visit.visit(Over::Trail, &close_sub_goal());
    visit.visit(Over::Trail, &ReopenSubGoal { sub_goal: closed_sub_goal_id(), trail });
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
        by_referral: None,
        returns: None,
    }
}

/// The referral that waits in the scene.
pub(crate) fn waiting_referral() -> ReceivedReferral {
    samples::referral_of(0xF1, &super::scene::person(free()))
}

pub(crate) fn receive_referral() -> ReceiveReferral {
    let referral = ReferralId::new(id(0xF11));
    ReceiveReferral { referral, participant: free(), team: team(), new: samples::new_referral() }
}

pub(crate) fn close_referral() -> CloseReferral {
    CloseReferral {
        referral: waiting_referral().id(),
        team: team(),
        on: now().day(),
        reason: ReferralClosing::Symptoms,
        note: Some(samples::text()),
    }
}

pub(crate) fn end_trail() -> EndTrail {
    let exclusion = Some(samples::exclusion_note());
    EndTrail { trail: trail_id(), on: now().day(), reason: EndReason::Other(OtherEnding::Illness), exclusion }
}

pub(crate) fn correct_start() -> CorrectStart {
    CorrectStart { trail: trail_id(), on: day("2022-06-01"), reason: samples::text() }
}

pub(crate) fn correct_referral() -> CorrectReferral {
    let referral = Referral { referred_on: day("2022-05-26"), ..samples::referral() };
    CorrectReferral { trail: trail_id(), referral, reason: samples::text() }
}

pub(crate) fn correct_ending() -> CorrectEnding {
    CorrectEnding {
        trail: ended_trail_id(),
        on: day("2022-07-31"),
        end_reason: EndReason::Other(OtherEnding::Illness),
        exclusion: Some(samples::exclusion_note()),
        reason: samples::text(),
    }
}

pub(crate) fn reopen_trail() -> ReopenTrail {
    ReopenTrail { trail: ended_trail_id(), phase: Phase::JobDevelopment, reason: samples::text() }
}

pub(crate) fn pause_trail() -> PauseTrail {
    PauseTrail { trail: trail_id(), terms: samples::pause_terms() }
}

/// A pause that the trail of the scene has ahead of it.
pub(crate) fn planned_pause() -> PauseTerms {
    let period = Period::between(day("2022-12-01"), day("2022-12-31")).expect("a period");
    PauseTerms { period, ..samples::pause_terms() }
}

pub(crate) fn write_narrative() -> WriteNarrative {
    let narrative = NarrativeId::new(id(0x611));
    let former = NarrativeRevisionId::new(id(0x612));
    WriteNarrative { narrative, former, trail: trail_id(), topic: Topic::Health, text: samples::text() }
}

pub(crate) fn agree_plan() -> AgreePlan {
    AgreePlan { plan_version: PlanVersionId::new(id(0xD12)), trail: trail_id(), terms: samples::plan_terms() }
}

pub(crate) fn state_wishes() -> StateWishes {
    StateWishes { wishes: WishesId::new(id(0xD13)), trail: trail_id(), terms: samples::wish_terms() }
}

pub(crate) fn register_collaborator() -> RegisterCollaborator {
    let collaborator = CollaboratorId::new(id(0xD11));
    RegisterCollaborator { collaborator, trail: trail_id(), details: samples::collaborator_details() }
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
    }
}

pub(crate) fn end_job() -> EndJob {
    let [job, _] = samples::ongoing_jobs();
    EndJob { job: job.id(), trail: trail_id(), on: now().day(), reason: JobEndReason::Dismissed }
}
