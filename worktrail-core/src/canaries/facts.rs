//! The facts: every one of them, marked.

use std::collections::BTreeSet;

use super::{assert_silent, mark_in, shown};
use crate::command::samples as commands;
use crate::domain::samples::{day, participant_id, spurv, team};
use crate::domain::{
    AddressProtection, AttestationId, Channel, CollaboratorId, ConsentGiver, ConsentId, ConsentPurpose, ContactAbout,
    ContactPersonId, ContactWay, EmployerContactId, EmployerMet, EmploymentForm, EndReason, Fact, FactCode, GoalKind,
    JobEndReason, JobId, MembershipId, Method, NarrativeId, OpenMatter, OpennessId, OpennessStance, OtherEnding,
    PauseReason, Period, Phase, Plan, PlanAgreement, PlanVersionId, Protection, RecruitmentOutcome, ReferralClosing,
    ReferralId, ReferralSource, Responsible, Role, StaffShielding, SubGoalId, SubGoalOutcome, SubGoalProgress, Topic,
    WishesId,
};
use crate::record::samples::{self, birth_date, email, id, line, name, phone, text};

/// Every fact, with a mark in everything personal.
fn every_fact() -> Vec<Fact> {
    [about_people(), about_the_trail(), about_its_children(), about_employers(), about_staff()].concat()
}

fn about_people() -> Vec<Fact> {
    let participant = participant_id();
    let (consent, purpose) = (ConsentId::new(id(1)), ConsentPurpose::InvolveNetwork);
    let strict = Protection::new(AddressProtection::StrictlyConfidential, StaffShielding::OwnStaff);
    let [_, informed, guardian] = samples::attestations();
    let attestation = AttestationId::new(id(1));
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
        Fact::ProtectionChanged { participant, from: strict, to: strict },
        Fact::Attested { attestation, participant, kind: informed.kind().clone() },
        Fact::Attested { attestation, participant, kind: guardian.kind().clone() },
        Fact::ConsentGiven { consent, participant, purpose, given_by: ConsentGiver::Guardian },
        Fact::ConsentWithdrawn { consent, participant, purpose },
        Fact::ParticipantForgotten { participant },
    ]
}

fn about_the_trail() -> Vec<Fact> {
    let (trail, participant, on) = (commands::trail_id(), participant_id(), day("2022-06-01"));
    let (phase, illness) = (Phase::Mapping, EndReason::Other(OtherEnding::Illness));
    let (period, referral) = (Period::from(on).unwrap(), ReferralId::new(id(1)));
    vec![
        Fact::TrailOpened {
            trail,
            participant,
            method: Method::Ips,
            team: team(),
            owner: spurv(),
            referred_on: on,
            unit: line(),
        },
        Fact::StartUpMeetingHeld { trail, on, lifted_to: Some(phase) },
        Fact::PhaseChanged { trail, from: phase, to: phase, on },
        Fact::FirstEmployerContactNoted { trail, on },
        Fact::MainGoalSet { trail, kind: GoalKind::Work, description: text() },
        Fact::TrailEnded { trail, from: phase, on, reason: EndReason::Other(OtherEnding::Illness) },
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
    vec![
        Fact::EmployerRegistered { employer, organisation_number, name: line() },
        Fact::EmployerCorrected { employer, name: line() },
        Fact::ContactPersonRegistered { contact_person, employer, name: name() },
        Fact::ContactPersonCorrected { contact_person, employer },
        Fact::ContactPersonLeft { contact_person, employer, on },
        Fact::EmployerContactRegistered {
            employer_contact: EmployerContactId::new(id(1)),
            trail,
            employer,
            on,
            way: ContactWay::InPerson,
            met: EmployerMet::DecisionMaker,
            about: ContactAbout::OrdinaryWork,
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

fn about_staff() -> Vec<Fact> {
    let (membership, on) = (MembershipId::new(id(1)), day("2022-06-01"));
    let (team, staff, period) = (team(), spurv(), Period::from(on).unwrap());
    vec![
        Fact::StaffRegistered { staff, name: name() },
        Fact::TeamRegistered { team, name: line(), method: Method::Ips },
        Fact::MembershipBegun { membership, team, staff, role: Role::Specialist, period },
        Fact::MembershipEnded { membership, team, staff, on },
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
    assert_eq!(marked.count(), 25, "the marks are there");
}

#[test]
fn every_fact_reads_back_and_an_error_about_one_is_not_shown() {
    for fact in every_fact() {
        let json = serde_json::to_string(&fact).unwrap();
        assert_eq!(serde_json::from_str::<Fact>(&json).unwrap(), fact);
    }
}
