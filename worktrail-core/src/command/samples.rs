//! For tests: a command of every kind, accepted in the [scene](super::scene) from whoever has the right, and marked
//! wherever it is personal.

use super::scene::{appointed, deputys_membership, free, member, now, office, other_office, our_team, region};
use super::{
    AbortEducation, AcceptTransfer, AdmitMember, AdvancePhase, AfterLoss, AgreeOpenness, AgreePlan, AgreeWithEmployer,
    AnswerReferral, AppointStaff, AskWhereOpen, AssessCapacity, Attest, Attested, ChangeHours, ChangeNationalId,
    ChangeProtection, ChangeRole, CloseReferral, CloseSubGoal, Command, Confirm, ConfirmTenure, CorrectBirthDate,
    CorrectContactPerson, CorrectContactPoints, CorrectEducation, CorrectEducationEnding, CorrectEmployer,
    CorrectEmployerContact, CorrectEnding, CorrectJob, CorrectJobEnding, CorrectLeaving, CorrectName,
    CorrectNationalId, CorrectReferral, CorrectStart, DeclareConflict, DeclineSupport, EndAbsence, EndAppointment,
    EndCover, EndGuardianship, EndJob, EndMembership, EndTrail, EnterProgramme, FileDocument, ForgetContactPerson,
    ForgetParticipant, FormerStep, FoundClearedTeam, FoundOffice, FoundTeam, GeneralContactLine, GiveConsent,
    GiveCover, GiveReference, HoldStartUpMeeting, InformContactPerson, LeaveProgramme, LiftConflict, LoseWork,
    MarkCollaboratorFormer, MarkContactPersonFormer, MergeContactPersons, MergeEmployers, MergeParticipants,
    MoveOffice, MoveTo, NoteEducationExperience, NoteJobExperience, NoteNumber, OpenTrail, PauseTrail, PlaceTeam,
    ProposeTransfer, PublishNotice, ReassignTrail, ReceiveReferral, RegisterAbsence, RegisterBenefitsCounselling,
    RegisterCollaborator, RegisterContactPerson, RegisterEducation, RegisterEmployer, RegisterEmployerContact,
    RegisterGeneralContacts, RegisterGuardian, RegisterJob, RegisterParticipant, RegisterRound, RegisterStaff,
    RegisterSupportContact, ReleaseTrails, RemovePause, RenameOffice, RenameTeam, ReopenSubGoal, ReopenTrail,
    ReportProgress, ReturnTransfer, ReviseCollaborator, RevisePause, ReviseSubGoal, RoundLine, SetEmployerPreferences,
    SetLanguage, SetMainGoal, SetPosition, SetSmsStance, SetSubGoal, SetTeamVariant, SetTrailVariant, StandIn,
    StateBirthDate, StateGuidance, StateHostList, StateOrganisationNumber, StateResidence, StateWishes,
    StepDownSupport, TakeOverPhases, UnnameCollaborator, WarnOfEmployer, WithdrawConsent, WithdrawEducation,
    WithdrawEnrolment, WithdrawJob, WithdrawNumber, WithdrawOpenness, WithdrawTransfer, Workplace, WriteNarrative,
};
use crate::domain::samples::{by_spurv, day, participant_id, ravn, spurv, team};
use crate::domain::{
    AbsenceReason, ActorId, AddressProtection, Affiliation, AppointmentId, AttestationId, BenefitsCounsellingId,
    BirthDate, CapacityAssessmentId, Channel, CollaboratorDetails, CollaboratorId, ConfirmationId, ConfirmationStance,
    ConfirmingParty, ConflictId, ConsentId, ContactHeldBy, ContactPersonDetails, ContactPersonId, CoverExtent,
    DocumentId, DocumentKind, EducationId, EducationTerms, EmployerAgreementId, EmployerContactId, EmployerId,
    EmploymentForm, EndReason, ExperienceKind, FactSource, GeneralContactId, GuardianshipId, GuardianshipTerms,
    GuidanceOn, HeldNumber, HeldNumberId, HoursPerWeek, JobEndReason, JobEndingTerms, JobId, Line, ListName, Loss,
    LostWork, MembershipId, Method, NarrativeId, NarrativeRevisionId, NationalId, NewConfirmation, NewEmployerContact,
    NewParticipant, NewStaff, NewTeam, NoticeId, NumberScheme, OfficeId, OpennessId, OrganisationNumber, OtherEnding,
    OtherNumber, Ownership, ParticipantId, PauseTerms, Period, PersonName, Phase, PhoneNumber, PlanVersionId, Position,
    PositionKind, ProgrammeVariant, Protection, ReceivedReferral, RecruitmentOutcome, Referral, ReferralClosing,
    ReferralId, Role, ShareOfPosition, SmsStance, StaffId, StaffShielding, SubGoalId, SubGoalOutcome, SubGoalProgress,
    SupportContactId, TeamId, Tie, Topic, TrailId, TransferId, WishesId,
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
    /// Over the transfer that its field `transfer` names.
    Transfer,
    /// Over whoever asks.
    Themself,
    /// Over the office that it names.
    Office,
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

/// Another specialist of the team, who covers the trail, and to whom it is proposed.
pub(crate) fn colleague() -> StaffId {
    StaffId::new(id(0x504))
}

/// The proposal that the trail come to the colleague.
pub(crate) fn handover_id() -> TransferId {
    TransferId::new(id(0xD91))
}

/// The question whether their owner keeps the trail that was only opened.
pub(crate) fn assignment_id() -> TransferId {
    TransferId::new(fresh_trail_id().as_uuid())
}

/// Visits a command of every kind.
pub(crate) fn every_command(visit: &mut impl Visit) {
    every_command_about_staff(visit);
    every_command_about_people(visit);
    every_command_about_the_trail(visit);
    every_command_about_plans_and_consent(visit);
    every_command_about_employers(visit);
    every_command_about_work(visit);
}

fn every_command_about_staff(visit: &mut impl Visit) {
    visit.visit(Over::Organisation, &register_staff());
    visit.visit(Over::Organisation, &found_team());
    visit.visit(Over::Organisation, &found_cleared_team());
    visit.visit(Over::Team, &rename_team());
    visit.visit(Over::Team, &set_team_variant());
    visit.visit(Over::Trail, &set_trail_variant());
    visit.visit(Over::Team, &admit_member());
    visit.visit(Over::Team, &end_membership());
    visit.visit(Over::Team, &change_role());
    visit.visit(Over::Team, &set_position());
    visit.visit(Over::Team, &register_absence());
    visit.visit(Over::Team, &end_absence());
    visit.visit(Over::Organisation, &found_office());
    visit.visit(Over::Organisation, &rename_office());
    visit.visit(Over::Organisation, &move_office());
    visit.visit(Over::Organisation, &place_team());
    visit.visit(Over::Organisation, &appoint_staff());
    visit.visit(Over::Organisation, &end_appointment());
    visit.visit(Over::Themself, &declare_conflict());
    visit.visit(Over::Team, &lift_conflict());
}

fn every_command_about_people(visit: &mut impl Visit) {
    visit.visit(Over::Team, &register_participant());
    visit.visit(Over::Trail, &correct_contact_points());
    visit.visit(Over::Team, &state_birth_date());
    visit.visit(Over::Person, &change_protection());
    visit.visit(Over::Person, &ReleaseTrails { participant: ParticipantId::new(id(0x105)), team: team() });
    visit.visit(Over::Person, &ForgetParticipant { participant: ParticipantId::new(id(0x104)), team: team() });
    visit.visit(Over::Trail, &correct_name());
    visit.visit(Over::Trail, &correct_birth_date());
    visit.visit(Over::Trail, &change_national_id());
    visit.visit(Over::Trail, &correct_national_id());
    visit.visit(Over::Trail, &note_number());
    visit.visit(Over::Trail, &withdraw_number());
    visit.visit(Over::Trail, &state_residence());
    visit.visit(Over::Trail, &set_language());
    visit.visit(Over::Trail, &set_sms_stance());
    visit.visit(Over::Team, &ask_where_open());
    visit.visit(Over::Team, &merge_participants());
    visit.visit(Over::Team, &receive_referral());
    visit.visit(Over::Team, &close_referral());
    let (referral, on) = (samples::closed_referral().id(), now().day());
    visit.visit(Over::Team, &AnswerReferral { referral, team: team(), on });
}

fn every_command_about_the_trail(visit: &mut impl Visit) {
    visit.visit(Over::Team, &open());
    visit.visit(Over::Trail, &Attest { trail: trail_id(), attested: attested().remove(1) });
    visit.visit(Over::Trail, &HoldStartUpMeeting { trail: fresh_trail_id(), on: now().day() });
    visit.visit(Over::Trail, &MoveTo { trail: trail_id(), phase: Phase::StepDown, on: now().day() });
    visit.visit(Over::Trail, &take_over_phases());
    visit.visit(Over::Trail, &SetMainGoal { trail: trail_id(), goal: samples::main_goal() });
    visit.visit(Over::Trail, &AdvancePhase { trail: trail_id(), on: now().day() });
    visit.visit(Over::Trail, &end_trail());
    visit.visit(Over::Trail, &propose_transfer());
    let transfer = handover_id();
    visit.visit(Over::Trail, &WithdrawTransfer { transfer, trail: trail_id() });
    visit.visit(Over::Transfer, &AcceptTransfer { transfer: assignment_id() });
    visit.visit(Over::Transfer, &ReturnTransfer { transfer: assignment_id(), reason: samples::text() });
    visit.visit(Over::Trail, &reassign_trail());
    visit.visit(Over::Trail, &give_cover());
    visit.visit(Over::Trail, &EndCover { trail: trail_id(), staff: colleague() });
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
    visit.visit(Over::Trail, &correct_leaving());
    visit.visit(Over::Trail, &WithdrawEnrolment { trail: enrolled_trail_id() });
}

fn every_command_about_plans_and_consent(visit: &mut impl Visit) {
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
    visit.visit(Over::Trail, &assess_capacity());
    visit.visit(Over::Trail, &register_guardian());
    visit.visit(Over::Trail, &end_guardianship());
    visit.visit(Over::Organisation, &publish_notice());
    visit.visit(Over::Organisation, &state_host_list());
    visit.visit(Over::Organisation, &state_guidance());
    visit.visit(Over::Trail, &file_document());
    visit.visit(Over::Trail, &confirm());
    visit.visit(Over::Trail, &register_benefits_counselling());
}

fn every_command_about_employers(visit: &mut impl Visit) {
    visit.visit(Over::Team, &register_employer());
    visit.visit(Over::Team, &correct_employer());
    visit.visit(Over::Team, &state_organisation_number());
    visit.visit(Over::Team, &set_employer_preferences());
    visit.visit(Over::Team, &warn_of_employer());
    visit.visit(Over::Team, &merge_employers());
    visit.visit(Over::Team, &register_contact_person());
    visit.visit(Over::Team, &correct_contact_person());
    visit.visit(Over::Team, &mark_contact_person_former());
    visit.visit(Over::Team, &inform_contact_person());
    visit.visit(Over::Team, &merge_contact_persons());
    visit.visit(Over::Team, &forget_contact_person());
    visit.visit(Over::Trail, &register_employer_contact());
    visit.visit(Over::Trail, &register_round());
    visit.visit(Over::Trail, &correct_employer_contact());
    visit.visit(Over::Team, &register_general_contacts());
}

fn every_command_about_work(visit: &mut impl Visit) {
    visit.visit(Over::Trail, &register_job());
    visit.visit(Over::Trail, &end_job());
    visit.visit(Over::Trail, &correct_job_ending());
    visit.visit(Over::Trail, &withdraw_job());
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
    visit.visit(Over::Trail, &correct_education_ending());
    visit.visit(Over::Trail, &withdraw_education());
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

pub(crate) fn found_cleared_team() -> FoundClearedTeam {
    let (team, membership) = (TeamId::new(id(0x712)), MembershipId::new(id(0xB13)));
    let new = NewTeam { name: Line::parse("KANARI klarert").expect("a line"), method: Method::Ips };
    FoundClearedTeam { team, membership, supervisor: newcomer(), new }
}

pub(crate) fn rename_team() -> RenameTeam {
    RenameTeam { team: team(), name: Line::parse("KANARI igjen").expect("a line") }
}

pub(crate) fn set_team_variant() -> SetTeamVariant {
    SetTeamVariant { team: team(), variant: Some(ProgrammeVariant::IpsUng), entry: None }
}

pub(crate) fn set_trail_variant() -> SetTrailVariant {
    SetTrailVariant { trail: trail_id(), variant: Some(ProgrammeVariant::IpsUng), entry: None }
}

/// A specialist of the team who owns nothing.
pub(crate) fn deputy() -> StaffId {
    StaffId::new(id(0x504))
}

/// When they are away.
pub(crate) fn away() -> Period {
    Period::between(day("2022-12-01"), day("2022-12-14")).expect("a period")
}

pub(crate) fn change_role() -> ChangeRole {
    ChangeRole { membership: deputys_membership().id(), team: team(), role: Role::Supervisor }
}

pub(crate) fn set_position() -> SetPosition {
    let share = ShareOfPosition::from_percent(60).expect("a share");
    let position = Position { share, kind: PositionKind::Temporary, affiliation: Affiliation::External };
    SetPosition { membership: deputys_membership().id(), team: team(), position, from: day("2022-10-01") }
}

pub(crate) fn register_absence() -> RegisterAbsence {
    let period = Period::between(day("2022-10-03"), day("2022-10-07")).expect("a period");
    let membership = deputys_membership().id();
    RegisterAbsence { membership, team: team(), period, reason: AbsenceReason::Holiday }
}

pub(crate) fn end_absence() -> EndAbsence {
    EndAbsence { membership: deputys_membership().id(), team: team(), on: day("2022-12-05") }
}

pub(crate) fn found_office() -> FoundOffice {
    let office = OfficeId::new(id(0xC21));
    FoundOffice { office, parent: Some(region().id()), new: samples::new_office() }
}

/// The office of the team becomes a root.
pub(crate) fn move_office() -> MoveOffice {
    MoveOffice { office: office().id(), parent: None }
}

/// The team is placed in the region itself.
pub(crate) fn place_team() -> PlaceTeam {
    PlaceTeam { team: team(), office: Some(region().id()) }
}

pub(crate) fn appoint_staff() -> AppointStaff {
    AppointStaff {
        appointment: AppointmentId::new(id(0xE11)),
        staff: newcomer(),
        role: Role::ProfessionalLead,
        office: Some(office().id()),
        period: Period::from(now().day()).expect("a period"),
    }
}

/// The last day of RAVN as the line manager of another office.
pub(crate) fn end_appointment() -> EndAppointment {
    let period = Period::from(day("2022-01-01")).expect("a period");
    let appointment = appointed(ravn(), Role::LineManager, Some(&other_office()), period).expect("appointed");
    EndAppointment { appointment: appointment.id(), on: day("2022-12-31") }
}

pub(crate) fn declare_conflict() -> DeclareConflict {
    DeclareConflict { conflict: ConflictId::new(id(0xF11)), participant: free(), tie: Tie::CloseRelative }
}

/// The deputy is close to somebody without a trail.
pub(crate) fn lift_conflict() -> LiftConflict {
    let participant = ParticipantId::new(id(0x107));
    LiftConflict { participant, staff: deputy(), team: team(), reason: samples::text() }
}

/// Another birth date than the one that is known.
pub(crate) fn state_birth_date() -> StateBirthDate {
    let birth_date = BirthDate::parse("1985-12-09").expect("a date");
    StateBirthDate { participant: free(), team: team(), birth_date, source: FactSource::Register }
}

pub(crate) fn correct_name() -> CorrectName {
    let name = PersonName::new("KANARI", "SANGER").expect("a name");
    CorrectName { trail: trail_id(), name, correction: samples::correction() }
}

pub(crate) fn correct_birth_date() -> CorrectBirthDate {
    let birth_date = BirthDate::parse("1985-12-09").expect("a date");
    CorrectBirthDate { trail: trail_id(), birth_date, correction: samples::correction() }
}

pub(crate) fn change_national_id() -> ChangeNationalId {
    ChangeNationalId {
        trail: trail_id(),
        former: HeldNumberId::new(id(0x1C8)),
        number: NationalId::parse("15819010029").expect("a number"),
        from: now().day(),
        source: FactSource::Register,
    }
}

pub(crate) fn correct_national_id() -> CorrectNationalId {
    let number = NationalId::parse("15819010029").ok();
    CorrectNationalId { trail: trail_id(), merged: None, number, correction: samples::correction() }
}

pub(crate) fn withdraw_number() -> WithdrawNumber {
    WithdrawNumber { trail: trail_id(), held_number: noted_number().id(), reason: samples::line() }
}

/// A number of the participant that was noted before.
pub(crate) fn noted_number() -> HeldNumber {
    let number = OtherNumber::new(NumberScheme::parse("kanari").expect("a scheme"), "KANARI-9").expect("a number");
    let (id, by) = (HeldNumberId::new(id(0x1CA)), by_spurv("2022-06-10"));
    HeldNumber::note(id, participant_id(), number, None, FactSource::Participant, &by).0
}

pub(crate) fn note_number() -> NoteNumber {
    NoteNumber {
        trail: trail_id(),
        held_number: HeldNumberId::new(id(0x1C9)),
        number: samples::other_number(),
        period: Period::from(day("2020-01-01")).ok(),
        source: FactSource::Participant,
    }
}

pub(crate) fn state_residence() -> StateResidence {
    StateResidence { trail: trail_id(), residence: samples::residence(), source: FactSource::Participant }
}

pub(crate) fn set_language() -> SetLanguage {
    SetLanguage { trail: trail_id(), language: Some(samples::language()), source: FactSource::Counsellor }
}

pub(crate) fn set_sms_stance() -> SetSmsStance {
    SetSmsStance { trail: trail_id(), to: SmsStance::Reserved, source: FactSource::Participant }
}

/// Asks for the person with a trail in the other team.
pub(crate) fn ask_where_open() -> AskWhereOpen {
    AskWhereOpen {
        team: team(),
        number: NationalId::parse("15819010053").expect("a number").into(),
        attested: Attested { attestation: AttestationId::new(id(0x1A8)), ..attested().remove(0) },
    }
}

pub(crate) fn merge_participants() -> MergeParticipants {
    MergeParticipants { team: team(), kept: participant_id(), merged: free(), reason: samples::line() }
}

pub(crate) fn register_participant() -> RegisterParticipant {
    let national_id = NationalId::parse("15819010037").ok();
    let new = NewParticipant { national_id, ..samples::new_participant() };
    RegisterParticipant { participant: ParticipantId::new(id(0x111)), team: team(), new, source: FactSource::Other }
}

pub(crate) fn correct_contact_points() -> CorrectContactPoints {
    CorrectContactPoints {
        trail: trail_id(),
        phone: PhoneNumber::parse("00000918").ok(),
        email: Some(samples::email()),
        source: FactSource::Participant,
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
        source_entry: None,
    }
}

/// The referral that waits in the scene.
pub(crate) fn waiting_referral() -> ReceivedReferral {
    samples::referral_of(0xF1, &super::scene::person(free()))
}

pub(crate) fn receive_referral() -> ReceiveReferral {
    let referral = ReferralId::new(id(0xF11));
    ReceiveReferral { referral, participant: free(), team: team(), new: samples::new_referral(), source_entry: None }
}

pub(crate) fn close_referral() -> CloseReferral {
    CloseReferral {
        referral: waiting_referral().id(),
        team: team(),
        on: now().day(),
        reason: ReferralClosing::Symptoms,
        note: Some(samples::text()),
        entry: None,
    }
}

pub(crate) fn end_trail() -> EndTrail {
    let exclusion = Some(samples::exclusion_note());
    EndTrail {
        trail: trail_id(),
        on: now().day(),
        reason: EndReason::Other(OtherEnding::Illness),
        exclusion,
        entry: None,
    }
}

pub(crate) fn correct_start() -> CorrectStart {
    CorrectStart { trail: trail_id(), on: day("2022-06-01"), reason: samples::text() }
}

pub(crate) fn correct_referral() -> CorrectReferral {
    let referral = Referral { referred_on: day("2022-05-26"), ..samples::referral() };
    CorrectReferral { trail: trail_id(), referral, reason: samples::text(), source_entry: None }
}

pub(crate) fn correct_ending() -> CorrectEnding {
    CorrectEnding {
        trail: ended_trail_id(),
        on: day("2022-07-31"),
        end_reason: EndReason::Other(OtherEnding::Illness),
        exclusion: Some(samples::exclusion_note()),
        reason: samples::text(),
        entry: None,
    }
}

/// The first period of the trail that is enrolled anew, left two days earlier.
pub(crate) fn correct_leaving() -> CorrectLeaving {
    CorrectLeaving {
        trail: enrolled_trail_id(),
        first: day("2022-06-20"),
        last: day("2022-07-29"),
        outcome: RecruitmentOutcome::OrdinaryProgramme,
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

pub(crate) fn propose_transfer() -> ProposeTransfer {
    ProposeTransfer {
        transfer: TransferId::new(id(0xD92)),
        trail: fresh_trail_id(),
        to: Ownership { team: team(), owner: colleague() },
        terms: samples::transfer_terms(),
    }
}

pub(crate) fn reassign_trail() -> ReassignTrail {
    let ProposeTransfer { transfer, to, terms, .. } = propose_transfer();
    ReassignTrail { transfer, trail: trail_id(), to, terms }
}

pub(crate) fn give_cover() -> GiveCover {
    let stand_in = StandIn::Specialist { staff: colleague() };
    GiveCover { trail: trail_id(), stand_in, terms: samples::cover_terms(CoverExtent::Owner) }
}

pub(crate) fn write_narrative() -> WriteNarrative {
    let narrative = NarrativeId::new(id(0x611));
    let former = NarrativeRevisionId::new(id(0x612));
    WriteNarrative { narrative, former, trail: trail_id(), topic: Topic::Health, text: samples::text(), entry: None }
}

pub(crate) fn agree_plan() -> AgreePlan {
    AgreePlan { plan_version: PlanVersionId::new(id(0xD12)), trail: trail_id(), terms: samples::plan_terms() }
}

pub(crate) fn state_wishes() -> StateWishes {
    StateWishes { wishes: WishesId::new(id(0xD13)), trail: Some(trail_id()), terms: samples::wish_terms() }
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

pub(crate) fn assess_capacity() -> AssessCapacity {
    let assessment = CapacityAssessmentId::new(id(0x281));
    AssessCapacity { assessment, trail: trail_id(), finding: samples::capacity_finding() }
}

pub(crate) fn file_document() -> FileDocument {
    let reference = samples::document(DocumentKind::Certificate);
    FileDocument { document: DocumentId::new(id(0x681)), trail: trail_id(), reference, topic: None }
}

/// The participant's word on the goal.
pub(crate) fn confirm() -> Confirm {
    let (party, stance) = (ConfirmingParty::Participant, ConfirmationStance::Confirms);
    let new = NewConfirmation { of: samples::goal_as_set(), party, stance, words: Some(samples::text()) };
    Confirm { confirmation: ConfirmationId::new(id(0x6C1)), trail: trail_id(), new }
}

pub(crate) fn register_benefits_counselling() -> RegisterBenefitsCounselling {
    let [job, _] = samples::ongoing_jobs();
    let new = samples::new_benefits_counselling();
    let benefits_counselling = BenefitsCounsellingId::new(id(0x1C9));
    RegisterBenefitsCounselling { benefits_counselling, trail: trail_id(), job: Some(job.id()), new }
}

/// Another version, from a month ahead.
pub(crate) fn publish_notice() -> PublishNotice {
    PublishNotice { notice: NoticeId::new(id(0x181)), new: samples::new_notice("v2022-10", "2022-10-01") }
}

pub(crate) fn register_guardian() -> RegisterGuardian {
    let terms = GuardianshipTerms { acts_as: Some(ActorId::new(id(0x5C6))), ..samples::guardianship_terms() };
    RegisterGuardian { guardianship: GuardianshipId::new(id(0x1D1)), trail: trail_id(), terms }
}

pub(crate) fn end_guardianship() -> EndGuardianship {
    EndGuardianship { guardianship: samples::guardianship().id(), trail: trail_id(), on: now().day() }
}

pub(crate) fn rename_office() -> RenameOffice {
    RenameOffice { office: office().id(), name: Line::parse("KANARI igjen").expect("a line") }
}

pub(crate) fn state_host_list() -> StateHostList {
    let list = ListName::EndReasons;
    StateHostList { list, terms: samples::host_list_terms(list) }
}

pub(crate) fn take_over_phases() -> TakeOverPhases {
    let step = |phase: &str, on| FormerStep { phase: Line::parse(phase).expect("a line"), on: day(on) };
    let steps =
        vec![step("Kartlegging", "2022-06-10"), step("Find a suitable job / Collaborate with AG", "2022-07-01")];
    TakeOverPhases { trail: fresh_trail_id(), steps }
}

pub(crate) fn state_guidance() -> StateGuidance {
    let on = GuidanceOn::Command(Line::parse("open_trail").expect("a line"));
    StateGuidance { on, terms: Some(samples::guidance_terms()) }
}

pub(crate) fn register_employer() -> RegisterEmployer {
    RegisterEmployer {
        employer: EmployerId::new(id(0x811)),
        team: team(),
        organisation_number: OrganisationNumber::parse("311002104").ok(),
        details: samples::employer_details(),
    }
}

pub(crate) fn duplicate_employer_id() -> EmployerId {
    samples::duplicate_employer().id()
}

pub(crate) fn duplicate_person_id() -> ContactPersonId {
    samples::present_contact_person().id()
}

pub(crate) fn correct_employer() -> CorrectEmployer {
    CorrectEmployer { employer: employer_id(), team: team(), details: samples::all_employer_details() }
}

/// The number of the employer that was registered without one.
pub(crate) fn state_organisation_number() -> StateOrganisationNumber {
    let organisation_number = OrganisationNumber::parse("311002341").expect("a number");
    StateOrganisationNumber { employer: duplicate_employer_id(), team: team(), organisation_number }
}

pub(crate) fn set_employer_preferences() -> SetEmployerPreferences {
    SetEmployerPreferences { employer: employer_id(), team: team(), preferences: samples::employer_preferences() }
}

pub(crate) fn warn_of_employer() -> WarnOfEmployer {
    WarnOfEmployer { employer: employer_id(), team: team(), warning: Some(samples::warning_terms()) }
}

pub(crate) fn merge_employers() -> MergeEmployers {
    MergeEmployers { employer: employer_id(), duplicate: duplicate_employer_id(), team: team() }
}

pub(crate) fn correct_contact_person() -> CorrectContactPerson {
    let details = ContactPersonDetails { email: None, ..samples::contact_person_details() };
    CorrectContactPerson { contact_person: duplicate_person_id(), team: team(), details }
}

pub(crate) fn mark_contact_person_former() -> MarkContactPersonFormer {
    MarkContactPersonFormer { contact_person: duplicate_person_id(), team: team(), on: now().day() }
}

pub(crate) fn inform_contact_person() -> InformContactPerson {
    let (contact_person, on) = (samples::contact_person().id(), now().day());
    InformContactPerson { contact_person, team: team(), on, channel: Channel::InPerson }
}

pub(crate) fn merge_contact_persons() -> MergeContactPersons {
    let contact_person = samples::contact_person().id();
    MergeContactPersons { contact_person, duplicate: duplicate_person_id(), team: team() }
}

pub(crate) fn forget_contact_person() -> ForgetContactPerson {
    ForgetContactPerson { contact_person: duplicate_person_id(), team: team() }
}

/// Two contacts on one day.
pub(crate) fn register_round() -> RegisterRound {
    let line = |number| RoundLine {
        employer_contact: EmployerContactId::new(id(number)),
        employer: employer_id(),
        contact_person: Some(samples::contact_person().id()),
        new: samples::new_employer_contact(),
    };
    RegisterRound { trail: trail_id(), lines: vec![line(0x71B), line(0x71C)] }
}

pub(crate) fn correct_employer_contact() -> CorrectEmployerContact {
    let new = NewEmployerContact { held_by: ContactHeldBy::Specialist, ..samples::new_employer_contact() };
    let contact_person = Some(samples::contact_person().id());
    let employer_contact = samples::employer_contact().id();
    CorrectEmployerContact { employer_contact, trail: trail_id(), contact_person, new }
}

pub(crate) fn register_general_contacts() -> RegisterGeneralContacts {
    let line = GeneralContactLine {
        general_contact: GeneralContactId::new(id(0x9A1)),
        employer: employer_id(),
        contact_person: Some(samples::contact_person().id()),
        new: samples::new_general_contact(),
    };
    RegisterGeneralContacts { team: team(), lines: vec![line] }
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

/// The job that is to begin, and end before its time, with another reason.
pub(crate) fn correct_job_ending() -> CorrectJobEnding {
    let loss = Some(Loss::new(now().day(), Some(now().day())));
    let ending = JobEndingTerms { on: day("2022-11-30"), reason: JobEndReason::LaidOff, loss };
    let (job, trail) = (planned_job_id(), supported_trail_id());
    CorrectJobEnding { job, trail, ending: Some(ending), reason: samples::text() }
}

pub(crate) fn withdraw_job() -> WithdrawJob {
    WithdrawJob { job: planned_job_id(), trail: supported_trail_id() }
}

/// A job that has not begun, and is to end before its time.
pub(crate) fn planned_job_id() -> JobId {
    JobId::new(id(0x1BA))
}

pub(crate) fn planned_education_id() -> EducationId {
    EducationId::new(id(0xEA))
}

pub(crate) fn aborted_education_id() -> EducationId {
    EducationId::new(id(0xEB))
}

pub(crate) fn correct_education_ending() -> CorrectEducationEnding {
    let (education, trail) = (aborted_education_id(), supported_trail_id());
    CorrectEducationEnding { education, trail, on: Some(day("2022-08-30")), reason: samples::text() }
}

pub(crate) fn withdraw_education() -> WithdrawEducation {
    WithdrawEducation { education: planned_education_id(), trail: supported_trail_id() }
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
