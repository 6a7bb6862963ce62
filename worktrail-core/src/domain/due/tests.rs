//! Tests of what falls due.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::*;
use crate::domain::job::samples::job_from;
use crate::domain::samples::{
    assessment, attestation, by_spurv, day, finding, guardian_consent, morning, ravn, right_person,
};
use crate::domain::support_contact::samples::talked;
use crate::domain::trail::samples::started;
use crate::domain::{
    Authorship, BenefitsCounsellingId, BenefitsOutcome, BenefitsQualification, BenefitsTrigger, CapacityOutcome,
    Channel, ConsentPurpose, Controller, DefaultNotice, EmailAddress, EmploymentForm, JobEndReason, LostWork,
    NewBenefitsCounselling, NewNotice, NoticeId, OpennessId, OpennessStance, OpennessTerms, PauseReason, PauseTerms,
    Period, Responsible, SubGoalId, SubGoalOutcome, SubGoalTerms, Text, TransferId,
};
use crate::label::Language;

fn trail() -> Trail {
    started("2022-05-27", "2022-06-02")
}

fn agreement(version: u32, agreed_on: &str) -> OpennessAgreement {
    let terms = OpennessTerms {
        agreed_on: day(agreed_on),
        stance: OpennessStance::Open,
        may_contact: BTreeSet::new(),
        must_not_contact: BTreeSet::new(),
        may_contact_institutions: BTreeSet::new(),
        must_not_contact_institutions: BTreeSet::new(),
        advantages: None,
        drawbacks: None,
        may_share: None,
        must_not_share: None,
        occasions: BTreeSet::new(),
    };
    let id = OpennessId::new(Uuid::from_u128(u128::from(version)));
    OpennessAgreement::agree(id, &trail(), version, terms, &by_spurv("2022-06-20")).expect("agreed").0
}

#[test]
fn a_sub_goal_is_due_while_it_is_open_and_has_a_day() {
    let by = by_spurv("2022-06-20");
    let set = |due: Option<&str>| {
        let text = Text::parse("Ringe bakeriet").expect("a text");
        let terms = SubGoalTerms { text, responsible: Responsible::Both, due: due.map(day) };
        SubGoal::set(SubGoalId::new(Uuid::from_u128(1)), &trail(), terms, &by).expect("set").0
    };
    let (due, undated) = (set(Some("2022-07-01")), set(None));
    let done = set(Some("2022-06-30"));
    let (closed, _) = done.close(&trail(), SubGoalOutcome::Completed, day("2022-06-20"), &by).expect("closed");
    let days: Vec<_> = Due::sub_goals(&[&due, &undated, &closed]).iter().map(|due| due.on).collect();
    assert_eq!(days, [day("2022-07-01")]);
}

#[test]
fn item_13_openness_is_renewed_after_two_months_without_a_job_and_six_with_one() {
    let (first, second) = (agreement(1, "2022-06-01"), agreement(2, "2022-06-20"));
    let now = morning("2022-07-01");
    let on = |jobs: &[&Job]| Due::openness(&[&second, &first], jobs, now).map(|due| due.on);
    assert_eq!(on(&[]), Some(day("2022-08-20")));
    let job = job_from(&trail(), EmploymentForm::Permanent, "2022-08-15");
    let training = job_from(&trail(), EmploymentForm::WorkTraining, "2022-08-15");
    assert_eq!(on(&[&job]), Some(day("2022-12-20")));
    assert_eq!(on(&[&training]), Some(day("2022-08-20")));
    // and there is nothing to renew when the newest is withdrawn
    let (withdrawn, _) = second.clone().withdraw(&by_spurv("2022-06-30")).expect("withdrawn");
    assert_eq!(Due::openness(&[&first, &withdrawn], &[], now), None);
    assert_eq!(Due::openness(&[], &[], now), None);
}

#[test]
fn dc7_the_own_consent_of_one_whose_guardian_consented_is_due_at_eighteen() {
    let born = BirthDate::parse("2008-12-31").expect("a date");
    let guardian = attestation(guardian_consent(), "2025-06-01");
    let due = Due::own_consent(born, &[&guardian], day("2027-01-01")).map(|due| due.on);
    assert_eq!(due, Some(day("2026-12-31")));
    assert_eq!(Due::own_consent(born, &[&guardian], day("2026-12-30")), None);
    let other = attestation(right_person(), "2025-06-01");
    assert_eq!(Due::own_consent(born, &[&other], day("2027-01-01")), None);
    // one that was attested of somebody of age says nothing
    let late = attestation(guardian_consent(), "2026-12-31");
    assert_eq!(Due::own_consent(born, &[&late], day("2027-01-01")), None);
}

/// What falls due, as days and kinds.
fn told(due: impl IntoIterator<Item = Due>) -> Vec<(NaiveDate, DueKind)> {
    due.into_iter().map(|due| (due.on, due.kind)).collect()
}

#[test]
fn db5_the_outreach_of_a_pause_is_due_until_the_pause_is_over_or_a_contact_is_held() {
    let paused = |last: Option<&str>, follow_up_on: &str| {
        let period = Period::new(day("2022-07-01"), last.map(day)).expect("a period");
        let terms =
            PauseTerms { period, reason: PauseReason::Illness, note: None, follow_up_on: Some(day(follow_up_on)) };
        trail().pause(terms, &by_spurv("2022-07-01")).expect("paused").0
    };
    let due = |trail: &Trail, contacts: &[&SupportContact], today: &str| told(Due::pauses(trail, contacts, day(today)));
    let outreach = |on: &str| vec![(day(on), DueKind::PauseFollowUp)];
    // Given an open pause, then its outreach is known ahead, and stays due when it is late
    let open = paused(None, "2022-08-01");
    assert_eq!(due(&open, &[], "2022-07-01"), outreach("2022-08-01"));
    assert_eq!(due(&open, &[], "2022-09-15"), outreach("2022-08-01"));
    // and a contact before the day is another one, one on it is the outreach
    assert_eq!(due(&open, &[&talked(day("2022-07-31"))], "2022-08-02"), outreach("2022-08-01"));
    assert_eq!(due(&open, &[&talked(day("2022-08-01"))], "2022-08-02"), []);
    // Given one that ends, then nothing is due when the participant is back, unless that is when the specialist looks in
    let ends = paused(Some("2022-08-31"), "2022-08-01");
    assert_eq!(due(&ends, &[], "2022-08-31"), outreach("2022-08-01"));
    assert_eq!(due(&ends, &[], "2022-09-01"), []);
    assert_eq!(due(&paused(Some("2022-08-31"), "2022-09-05"), &[], "2022-09-06"), outreach("2022-09-05"));
}

#[test]
fn s80_information_is_due_by_the_version_of_today_or_by_one_that_comes() {
    let controller = Controller {
        name: Line::parse("Fjellbekken arbeidsstøtte").expect("a line"),
        email: EmailAddress::parse("personvern@example.com").expect("an address"),
        phone: None,
    };
    let version = |number: u128, version: &str, from: &str| {
        let new = DefaultNotice::of(&controller, day(from)).expect("a notice");
        let new = NewNotice { version: Line::parse(version).expect("a line"), ..new };
        Notice::publish(NoticeId::new(Uuid::from_u128(number)), new, &by_spurv("2022-01-03")).expect("published").0
    };
    let (first, second) = (version(1, "v1", "2022-01-03"), version(2, "v2", "2022-09-01"));
    let informed = attestation(first.informed(Language::Norwegian, Channel::InPerson), "2022-05-31");
    let due = |versions: &[&Notice], told: &[&Attestation], until: &str| {
        Due::information(first.name(), versions, told, day("2022-06-01"), day(until)).map(|due| (due.on, due.of))
    };
    // Given somebody who was informed by the first version, then nothing is due until the second is valid
    assert_eq!(due(&[&first, &second], &[&informed], "2022-08-31"), None);
    let of_second = Some((day("2022-09-01"), Some(second.id().as_uuid())));
    assert_eq!(due(&[&first, &second], &[&informed], "2022-09-01"), of_second);
    // and of somebody who never was, it has been due since the first, whatever comes
    let of_first = Some((day("2022-01-03"), Some(first.id().as_uuid())));
    assert_eq!(due(&[&first, &second], &[], "2022-09-01"), of_first);
    assert_eq!(due(&[], &[], "2022-09-01"), None);
}

#[test]
fn s175_capacity_is_due_to_be_looked_at_again() {
    let lacking =
        assessment(1, &finding([ConsentPurpose::CooperateWithTreatment], CapacityOutcome::Lacking, "2022-03-10"));
    let review = vec![(day("2022-09-10"), DueKind::CapacityReview)];
    assert_eq!(told(Due::capacity(&[&lacking], day("2022-09-10"))), review);
    assert_eq!(told(Due::capacity(&[&lacking], day("2022-09-09"))), []);
}

#[test]
fn s126_benefits_counselling_is_due_by_the_start_of_a_job_until_it_was_given() {
    let job = job_from(&trail(), EmploymentForm::Permanent, "2022-08-15");
    let today = day("2022-08-01");
    assert_eq!(told(Due::benefits(&[&job], &[], today)), [(day("2022-08-15"), DueKind::BenefitsCounselling)]);
    let given = NewBenefitsCounselling {
        on: today,
        trigger: BenefitsTrigger::BeforeStart,
        outcome: BenefitsOutcome::Given,
        adviser: Line::parse("MILD ORRE").expect("a line"),
        qualification: BenefitsQualification::Counsellor,
    };
    let id = BenefitsCounsellingId::new(Uuid::from_u128(1));
    let by = by_spurv("2022-08-01");
    let (given, _) = BenefitsCounselling::register(id, &trail(), Some(&job), given, &by).expect("registered");
    assert_eq!(Due::benefits(&[&job], &[&given], today), []);
}

#[test]
fn s42_follow_along_is_due_as_far_as_it_can_still_be_done() {
    let job = job_from(&trail(), EmploymentForm::Permanent, "2022-08-15");
    let due = |contacts: &[&SupportContact], today: &str, until: &str| {
        let mut due = told(Due::follow_along(&[&job], contacts, day(today)));
        due.retain(|(on, _)| *on <= day(until));
        due
    };
    let contact = |on: &str| (day(on), DueKind::FollowAlong);
    // Given a job about to begin, then all its contacts are due, and those of one day are one thing to do
    assert_eq!(due(&[], "2022-08-08", "2022-08-22"), ["2022-08-08", "2022-08-15", "2022-08-22"].map(contact));
    // and of a week that has passed nothing is asked for
    let held = talked(day("2022-08-15"));
    assert_eq!(due(&[&held], "2022-08-29", "2022-08-29"), [contact("2022-08-29")]);
    // and that the job lasts is another thing to do
    let lasts = (day("2022-11-13"), DueKind::StillInJob);
    assert_eq!(due(&[&held], "2022-11-13", "2022-11-13"), [contact("2022-10-15"), lasts]);
}

#[test]
fn s45_a_contact_is_due_when_it_is_learned_that_work_was_lost() {
    let lost = LostWork {
        ended_on: day("2022-10-31"),
        learned_on: day("2022-10-03"),
        reason: JobEndReason::Dismissed,
        help_offered_on: None,
    };
    let job = job_from(&trail(), EmploymentForm::Permanent, "2022-08-15");
    let (job, _) = job.lose(lost, &by_spurv("2022-10-05")).expect("lost");
    let due = |contacts: &[&SupportContact]| told(Due::follow_along(&[&job], contacts, day("2022-10-05")));
    assert!(due(&[]).contains(&(day("2022-10-03"), DueKind::LostWork)));
    assert!(due(&[&talked(day("2022-10-04"))]).iter().all(|(_, kind)| *kind != DueKind::LostWork));
}

#[test]
fn i21_an_answer_is_due_while_a_transfer_waits_for_it() {
    let by_ravn = Authorship::new(ravn(), morning("2022-06-10"));
    let (assigned, _) = Transfer::assign(TransferId::new(Uuid::from_u128(1)), &trail(), &by_ravn).expect("assigned");
    let due = |transfer: &Transfer, today: &str| told(Due::answers(&[transfer], day(today)));
    assert_eq!(due(&assigned, "2022-06-24"), [(day("2022-06-24"), DueKind::TransferAnswer)]);
    assert_eq!(due(&assigned, "2022-06-25"), []);
    let (accepted, _) = assigned.accept(&by_spurv("2022-06-11")).expect("accepted");
    assert_eq!(due(&accepted, "2022-06-12"), []);
}
