//! The facts: every one of them, marked.

use std::collections::BTreeSet;

use super::{assert_silent, mark_in, shown};
use crate::command::samples as commands;
use crate::domain::samples::{day, participant_id, spurv, team};
use crate::domain::{
    AbsenceReason, AddressProtection, AppointmentId, AttestationId, BenefitsCounsellingId, BenefitsOutcome,
    BenefitsTrigger, CapacityAssessmentId, CapacityOutcome, Channel, CollaboratorId, ConfirmationId,
    ConfirmationStance, Confirmed, ConfirmingParty, ConflictId, ConsentGiver, ConsentId, ConsentPurpose, ContactAbout,
    ContactPersonId, ContactWay, CoverExtent, CoverId, CoverReason, DocumentId, DocumentKind, EducationId,
    EducationTrack, EmployerAgreementId, EmployerContactId, EmployerMet, EmploymentForm, EndReason, ExperienceKind,
    Fact, FactCode, FactSource, GeneralContactId, GeneralPurpose, GoalKind, GuardianKind, GuardianshipId, HeldNumberId,
    HoursPerWeek, JobEndReason, JobEndingTerms, JobId, ListName, Loss, MembershipId, Method, NarrativeId, NoticeId,
    OfficeId, OpenMatter, OpennessId, OpennessStance, OtherEnding, Ownership, PauseReason, Period, Phase, Plan,
    PlanAgreement, PlanVersionId, Position, ProgrammeVariant, Protection, RecruitmentOutcome, ReferralClosing,
    ReferralId, ReferralSource, Responsible, Role, SmsStance, StaffShielding, StudyForm, SubGoalId, SubGoalOutcome,
    SubGoalProgress, SupportContactId, SupportedWho, Tie, Topic, TransferId, TransferKind, TransferStatus, WishesId,
};
use crate::record::samples::{self, birth_date, email, id, line, name, phone, text};

/// Every fact, with a mark in everything personal.
pub(crate) fn every_fact() -> Vec<Fact> {
    [about_people(), about_the_trail(), about_its_children(), about_employers(), about_work(), about_staff()].concat()
}

fn about_people() -> Vec<Fact> {
    let participant = participant_id();
    let (consent, purpose) = (ConsentId::new(id(1)), ConsentPurpose::InvolveNetwork);
    let strict = Protection::new(AddressProtection::StrictlyConfidential, StaffShielding::OwnStaff);
    let [_, informed, guardian] = samples::attestations();
    let attestation = AttestationId::new(id(1));
    let (held_number, source) = (HeldNumberId::new(id(1)), FactSource::Register);
    vec![
        Fact::ParticipantRegistered { participant, name: name(), protection: strict },
        Fact::ContactPointsCorrected {
            participant,
            phone_before: Some(phone()),
            phone: Some(phone()),
            email_before: Some(email()),
            email: Some(email()),
        },
        Fact::BirthDateStated { participant, before: Some(birth_date()), birth_date: birth_date() },
        Fact::NameCorrected { participant, before: name(), name: name(), source, reason: line() },
        Fact::BirthDateCorrected {
            participant,
            before: Some(birth_date()),
            birth_date: birth_date(),
            source,
            reason: line(),
        },
        Fact::NationalIdChanged { participant, former: Some(held_number), from: day("2022-06-10"), source },
        Fact::NationalIdCorrected { participant, source, reason: line() },
        Fact::NumberWithdrawn { held_number, participant, reason: line() },
        Fact::NumberNoted { held_number, participant, scheme: samples::other_number().scheme().clone(), source },
        Fact::ResidenceStated { participant, source },
        Fact::LanguageSet { participant, language: Some(samples::language()) },
        Fact::SmsStanceSet { participant, to: SmsStance::Reserved },
        Fact::ParticipantsMerged { participant, kept: participant, merged: participant, reason: line() },
        Fact::WhereOpenDisclosed { participant, asked_by: team(), named: team() },
        Fact::ProtectionChanged { participant, from: strict, to: strict },
        Fact::Attested { attestation, participant, kind: informed.kind().clone() },
        Fact::Attested { attestation, participant, kind: guardian.kind().clone() },
        Fact::ConsentGiven { consent, participant, purpose, given_by: ConsentGiver::Guardian },
        Fact::ConsentWithdrawn { consent, participant, trail: Some(commands::trail_id()), purpose },
        Fact::CapacityAssessed {
            assessment: CapacityAssessmentId::new(id(1)),
            participant,
            outcome: CapacityOutcome::Lacking,
        },
        Fact::NoticePublished {
            notice: NoticeId::new(id(1)),
            name: line(),
            version: line(),
            valid_from: day("2022-06-01"),
        },
        Fact::ParticipantForgotten { participant },
        Fact::GuardianshipRegistered {
            guardianship: GuardianshipId::new(id(1)),
            participant,
            kind: GuardianKind::Appointed,
            period: Period::from(day("2022-06-01")).unwrap(),
        },
        Fact::GuardianshipEnded { guardianship: GuardianshipId::new(id(1)), participant, on: day("2022-06-01") },
        Fact::HostListStated { list: ListName::EndReasons, offered: 17 },
        Fact::GuidanceStated { on: samples::guidance().on().clone() },
        Fact::GuidanceWithdrawn { on: samples::guidance().on().clone() },
        Fact::ListEntryChosen {
            list: ListName::EndReasons,
            entry: Some(samples::entry_code()),
            trail: Some(commands::trail_id()),
        },
    ]
}

fn about_the_trail() -> Vec<Fact> {
    let (trail, participant, on) = (commands::trail_id(), participant_id(), day("2022-06-01"));
    let (phase, illness) = (Phase::Mapping, EndReason::Other(OtherEnding::Illness));
    let referral = ReferralId::new(id(1));
    let (transfer, from) = (TransferId::new(id(1)), Ownership { team: team(), owner: spurv() });
    let to = Ownership { owner: commands::colleague(), ..from };
    let (cover, extent, period) = (CoverId::new(id(1)), CoverExtent::Follow, Period::from(on).unwrap());
    vec![
        Fact::TrailOpened {
            trail,
            participant,
            method: Method::Ips,
            team: team(),
            owner: spurv(),
            referred_on: on,
            unit: Some(line()),
        },
        Fact::StartUpMeetingHeld { trail, on, lifted_to: Some(phase) },
        Fact::PhaseChanged { trail, from: phase, to: phase, on },
        Fact::FirstEmployerContactNoted { trail, on },
        Fact::MainGoalSet { trail, kind: GoalKind::Work, description: text() },
        Fact::TrailVariantSet { trail, from: Some(ProgrammeVariant::IpsUng), to: None },
        Fact::TrailEnded { trail, from: phase, on, reason: EndReason::Other(OtherEnding::Illness) },
        Fact::TransferProposed { transfer, trail, kind: TransferKind::Handover, from, to, answer_by: on },
        Fact::TransferAccepted { transfer, trail },
        Fact::TransferReturned { transfer, trail, reason: text() },
        Fact::TransferClosed { transfer, trail, status: TransferStatus::Lapsed },
        Fact::TrailHandedOver { trail, from, to },
        Fact::CoverGiven { cover, trail, team: team(), staff: spurv(), extent, period, reason: CoverReason::Absence },
        Fact::CoverEnded { cover, trail, staff: spurv() },
        Fact::TrailReturned { trail, follows: trail },
        Fact::ProfileCopied {
            trail,
            from: trail,
            agreed_on: on,
            channel: Channel::InPerson,
            topics: vec![Topic::Interests],
            sub_goals: 1,
        },
        Fact::ReferralReceived { referral, participant, team: team(), on, source: ReferralSource::Own },
        Fact::ReferralAccepted { referral, trail },
        Fact::ReferralClosed { referral, on, reason: ReferralClosing::Symptoms, note: Some(text()) },
        Fact::ReferralAnswered { referral, on },
        Fact::ReferralAudienceChanged { referral, to: crate::domain::TrailAudience::Withheld },
        Fact::TrailPaused { trail, period, reason: PauseReason::Illness, note: Some(text()), follow_up_on: Some(on) },
        Fact::PauseRevised {
            trail,
            before: period,
            period,
            reason: PauseReason::Illness,
            note: Some(text()),
            follow_up_on: Some(on),
        },
        Fact::PauseRemoved { trail, period },
        Fact::RecruitmentBegun { trail, first: on },
        Fact::RecruitmentEnded { trail, first: on, last: on, outcome: RecruitmentOutcome::PaidEmployment },
        Fact::RecruitmentCorrected {
            trail,
            first: on,
            last_before: on,
            outcome_before: RecruitmentOutcome::Other,
            last: on,
            outcome: RecruitmentOutcome::PaidEmployment,
            reason: text(),
        },
        Fact::RecruitmentWithdrawn { trail, first: on },
        Fact::EndingChecked { trail, open: OpenMatter::ALL.to_vec() },
        Fact::ZeroExclusionRaised { trail, reason: text(), help_again_on: on },
        Fact::StartCorrected { trail, before: on, on, reason: text() },
        Fact::ReferralCorrected { trail, before: samples::referral(), after: samples::referral(), reason: text() },
        Fact::EndingCorrected {
            trail,
            on_before: on,
            reason_before: illness,
            on,
            reason: illness,
            exclusion: Some(samples::exclusion_note()),
            why: text(),
        },
        Fact::TrailReopened { trail, ended_on: on, end_reason: illness, to: phase, on, reason: text() },
        Fact::AudienceChanged { trail, to: crate::domain::TrailAudience::Withheld },
    ]
}

fn about_its_children() -> Vec<Fact> {
    let (trail, on, due) = (commands::trail_id(), day("2022-06-01"), Some(day("2022-07-01")));
    let (sub_goal, openness) = (SubGoalId::new(id(1)), OpennessId::new(id(1)));
    let responsible = Responsible::Both;
    let collaborator = CollaboratorId::new(id(1));
    let (topic, narrative) = (Topic::Health, NarrativeId::new(id(1)));
    vec![
        Fact::SubGoalSet { sub_goal, trail, text: text(), responsible, due },
        Fact::SubGoalRevised { sub_goal, trail, text: text(), responsible, due },
        Fact::SubGoalProgressed { sub_goal, trail, progress: SubGoalProgress::UnderWay },
        Fact::SubGoalClosed { sub_goal, trail, outcome: SubGoalOutcome::Completed, on },
        Fact::SubGoalReopened { sub_goal, trail },
        Fact::NarrativeWritten { narrative, trail, topic, revision: 1 },
        Fact::DocumentFiled { document: DocumentId::new(id(1)), trail, kind: DocumentKind::Cv, topic: None },
        Fact::ConfirmationMade {
            confirmation: ConfirmationId::new(id(1)),
            trail,
            of: Confirmed::Text { topic, revision: 1 },
            party: ConfirmingParty::Counsellor,
            stance: ConfirmationStance::Differs,
        },
        Fact::BenefitsCounsellingRegistered {
            benefits_counselling: BenefitsCounsellingId::new(id(1)),
            trail,
            job: Some(JobId::new(id(1))),
            on,
            trigger: BenefitsTrigger::PayChanged,
            outcome: BenefitsOutcome::Declined,
        },
        Fact::PlanAgreed {
            plan_version: PlanVersionId::new(id(1)),
            trail,
            plan: Plan::JobSupport,
            version: 1,
            agreement: PlanAgreement::Read,
        },
        Fact::WishesStated { wishes: WishesId::new(id(1)), participant: participant_id(), version: 1 },
        Fact::CollaboratorRegistered { collaborator, trail },
        Fact::CollaboratorRevised { collaborator, trail },
        Fact::CollaboratorLeft { collaborator, trail, on },
        Fact::CollaboratorUnnamed { collaborator, trail },
        Fact::OpennessAgreed { openness, trail, version: 1, stance: OpennessStance::Open },
        Fact::OpennessWithdrawn { openness, trail, version: 1 },
    ]
}

fn about_employers() -> Vec<Fact> {
    let (employer, trail, on) = (commands::employer_id(), commands::trail_id(), day("2022-06-01"));
    let (contact_person, job) = (ContactPersonId::new(id(1)), JobId::new(id(1)));
    let organisation_number = samples::organisation_number();
    let (wishes, warning) = (samples::employer_preferences(), samples::warning_terms());
    vec![
        Fact::EmployerRegistered { employer, organisation_number: Some(organisation_number.clone()), name: line() },
        Fact::EmployerCorrected { employer, name: line(), before: Some(Box::new(samples::all_employer_details())) },
        Fact::OrganisationNumberStated { employer, before: Some(organisation_number.clone()), organisation_number },
        Fact::EmployerPreferencesSet {
            employer,
            do_not_contact: wishes.do_not_contact,
            only_through: wishes.only_through,
            visits: wishes.visits,
        },
        Fact::EmployerWarningSet { employer, about: Some(warning.about), until: Some(warning.until) },
        Fact::EmployersMerged { employer, duplicate: employer },
        Fact::ContactPersonRegistered { contact_person, employer, name: name() },
        Fact::ContactPersonCorrected {
            contact_person,
            employer,
            before: Some(Box::new(samples::contact_person_details())),
        },
        Fact::ContactPersonLeft { contact_person, employer, on },
        Fact::ContactPersonInformed { contact_person, employer, on, channel: Channel::InPerson },
        Fact::ContactPersonsMerged { contact_person, duplicate: contact_person, employer },
        Fact::ContactPersonForgotten { contact_person, employer },
        Fact::EmployerContactRegistered {
            employer_contact: EmployerContactId::new(id(1)),
            trail,
            employer,
            on,
            way: ContactWay::InPerson,
            met: EmployerMet::DecisionMaker,
            about: ContactAbout::OrdinaryWork,
        },
        Fact::EmployerContactCorrected {
            employer_contact: EmployerContactId::new(id(1)),
            trail,
            before: Box::new(samples::new_employer_contact()),
            contact_person_before: Some(contact_person),
        },
        Fact::FirstEmployerContactCorrected { trail, before: on, on: Some(on) },
        Fact::GeneralContactRegistered {
            general_contact: GeneralContactId::new(id(1)),
            employer,
            on,
            way: ContactWay::InPerson,
            met: EmployerMet::DecisionMaker,
            purpose: GeneralPurpose::Recruitment,
        },
        Fact::JobRegistered {
            job,
            trail,
            employer: Some(employer),
            title: line(),
            form: EmploymentForm::Permanent,
            period: Period::from(on).unwrap(),
        },
        Fact::JobEnded { job, trail, on, reason: JobEndReason::Dismissed },
    ]
}

fn about_work() -> Vec<Fact> {
    let (employer, trail, on) = (commands::employer_id(), commands::trail_id(), day("2022-06-01"));
    let (job, education, period) = (JobId::new(id(1)), EducationId::new(id(1)), Period::from(on).unwrap());
    let (form, kind, hours) = (EmploymentForm::Permanent, ExperienceKind::Worked, HoursPerWeek::from_tenths(375).ok());
    let (track, study) = (EducationTrack::Ordinary, StudyForm::FullTime);
    let ending = JobEndingTerms { on, reason: JobEndReason::Dismissed, loss: Some(Loss::new(on, Some(on))) };
    vec![
        Fact::JobCorrected {
            job,
            trail,
            employer_before: Some(employer),
            employer: Some(employer),
            title_before: line(),
            title: line(),
            form_before: form,
            form,
            hours_before: hours,
            hours,
            period_before: period,
            period,
        },
        Fact::JobEndingCorrected { job, trail, before: ending, ending: Some(ending), why: text() },
        Fact::JobWithdrawn { job, trail, employer: Some(employer), title: line(), period },
        Fact::JobHoursChanged { job, trail, hours: hours.unwrap(), from: on },
        Fact::WorkLost { job, trail, on, learned_on: on, reason: JobEndReason::Dismissed, help_offered_on: Some(on) },
        Fact::TenureConfirmed { job, trail, on },
        Fact::JobExperienceNoted { job, trail, kind },
        Fact::JobReferenceGiven { job, trail, on },
        Fact::JobSupportSteppedDown { job, trail, on },
        Fact::JobSupportDeclined { job, trail, on },
        Fact::EducationRegistered { education, trail, title: line(), track, form: study, period },
        Fact::EducationCorrected {
            education,
            trail,
            title_before: line(),
            title: line(),
            form_before: study,
            form: study,
            period_before: period,
            period,
        },
        Fact::EducationAborted { education, trail, on },
        Fact::EducationEndingCorrected { education, trail, before: on, on: Some(on), why: text() },
        Fact::EducationWithdrawn { education, trail, title: line(), period },
        Fact::EducationExperienceNoted { education, trail, kind },
        Fact::SupportContactRegistered {
            support_contact: SupportContactId::new(id(1)),
            trail,
            job: Some(job),
            on,
            with: SupportedWho::Both,
        },
        Fact::EmployerAgreed { employer_agreement: EmployerAgreementId::new(id(1)), trail, employer, period },
    ]
}

fn about_staff() -> Vec<Fact> {
    let (membership, on) = (MembershipId::new(id(1)), day("2022-06-01"));
    let (team, staff, period) = (team(), spurv(), Period::from(on).unwrap());
    let (office, appointment, role) = (OfficeId::new(id(1)), AppointmentId::new(id(1)), Role::ProfessionalLead);
    let (conflict, participant) = (ConflictId::new(id(1)), participant_id());
    vec![
        Fact::StaffRegistered { staff, name: name() },
        Fact::TeamRegistered { team, name: line(), method: Method::Ips },
        Fact::MembershipBegun { membership, team, staff, role: Role::Specialist, period },
        Fact::MembershipEnded { membership, team, staff, on },
        Fact::TeamCleared { team },
        Fact::TeamRenamed { team, from: line(), to: line() },
        Fact::TeamPlaced { team, from: None, to: Some(office) },
        Fact::TeamVariantSet { team, from: None, to: Some(ProgrammeVariant::IpsUng) },
        Fact::MembershipRoleChanged { membership, team, staff, from: Role::Specialist, to: Role::Supervisor, on },
        Fact::PositionSet { membership, team, staff, position: Position::default(), from: on },
        Fact::AbsenceRegistered { membership, team, staff, period, reason: AbsenceReason::Leave },
        Fact::AbsenceEnded { membership, team, staff, on },
        Fact::OfficeFounded { office, name: line(), parent: Some(office) },
        Fact::OfficeRenamed { office, from: line(), to: line() },
        Fact::OfficeMoved { office, from: Some(office), to: None },
        Fact::StaffAppointed { appointment, staff, role, office: Some(office), period },
        Fact::AppointmentEnded { appointment, staff, role, office: None, on },
        Fact::ConflictDeclared { conflict, participant, staff, tie: Tie::CloseRelative },
        Fact::ConflictLifted { conflict, participant, staff, reason: text() },
    ]
}

#[test]
fn every_fact_is_silent() {
    let facts = every_fact();
    let codes: BTreeSet<_> = facts.iter().map(Fact::kind).collect();
    assert_eq!(codes, BTreeSet::from(FactCode::ALL), "every fact has a sample here");
    for fact in &facts {
        assert_silent(fact.code(), &shown(fact));
        assert_silent(fact.code(), &shown(&fact.kind()));
    }
    let marked = facts.iter().filter(|fact| mark_in(&serde_json::to_string(fact).unwrap()).is_some());
    assert_eq!(marked.count(), 53, "the marks are there");
}

#[test]
fn every_fact_reads_back_and_an_error_about_one_is_not_shown() {
    for fact in every_fact() {
        let json = serde_json::to_string(&fact).unwrap();
        assert_eq!(serde_json::from_str::<Fact>(&json).unwrap(), fact);
    }
}
