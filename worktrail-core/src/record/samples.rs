//! Full samples of every kind for tests: every option set, every list non-empty, every variant there, and a mark in
//! everything personal.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::Recorded;
use crate::domain::samples::{by_spurv, day, participant_id, right_person, rights_information, spurv, team};
use crate::domain::{
    AddressProtection, Attestation, AttestationId, AttestationKind, BirthDate, Channel, Collaborator,
    CollaboratorDetails, CollaboratorId, Consent, ConsentClass, ConsentGiver, ConsentId, ConsentPurpose, ConsentTerms,
    ContactAbout, ContactHeldBy, ContactPerson, ContactPersonDetails, ContactPersonId, ContactWay, Corrector,
    EmailAddress, Employer, EmployerContact, EmployerContactId, EmployerDetails, EmployerId, EmployerMet, Employment,
    EmploymentForm, EndReason, Ending, ExclusionNote, GoalKind, HoursPerWeek, Job, JobEndReason, JobId, Line, MainGoal,
    Membership, MembershipId, Method, Municipality, NamedCollaborator, Narrative, NarrativeId, NarrativeRevision,
    NarrativeRevisionId, NationalId, NewEmployerContact, NewJob, NewParticipant, NewReferral, NewStaff, NewTeam,
    Occupation, OccupationScheme, OpenTo, Opening, OpennessAgreement, OpennessId, OpennessStance, OpennessTerms,
    OrganisationNumber, OtherEnding, Participant, PauseReason, PauseTerms, Period, PersonName, Phase, PhoneNumber,
    Plan, PlanAgreement, PlanTerms, PlanVersion, PlanVersionId, Protection, ReceivedReferral, Recipient,
    RecruitmentOutcome, Referral, ReferralClosing, ReferralId, ReferralSource, ReferringUnit, Responsible, Role,
    SignedPaper, Staff, StaffId, StaffShielding, SubGoal, SubGoalId, SubGoalOutcome, SubGoalTerms, Team, Text,
    TextHash, TimeOfDay, Topic, Trail, TrailId, UnitKind, Wanted, Weekday, WeekdayTime, WeekdayTimes, WishTerms,
    WishedOccupation, Wishes, WishesId, WorkTrait,
};

/// Everything personal in the samples shows by one of these words and digits, or by a name of [`CODED`].
pub(crate) const MARKS: [&str; 6] = ["KANARI", "kanari", "481285", "158190", "0000091", "1985"];

/// How the personal values of closed lists in the samples show.
pub(crate) const CODED: [&str; 6] = ["Illness", "illness", "Dismissed", "dismissed", "Confidential", "OwnStaff"];

/// What is done with a value of every kind.
pub(crate) trait Visit {
    /// Does it with one value.
    fn visit<T: Recorded>(&mut self, value: &T);
}

/// Visits the full samples of every kind: several where one cannot have everything.
pub(crate) fn every_kind(visit: &mut impl Visit) {
    visit.visit(&participant());
    for attestation in attestations() {
        visit.visit(&attestation);
    }
    visit.visit(&consent());
    for referral in referrals() {
        visit.visit(&referral);
    }
    visit.visit(&trail());
    visit.visit(&eventful_trail());
    visit.visit(&wishes());
    visit.visit(&former_collaborator());
    visit.visit(&plan_version());
    visit.visit(&openness());
    visit.visit(&sub_goal());
    visit.visit(&narrative());
    visit.visit(&narrative_revision());
    visit.visit(&employer_contact());
    for job in jobs() {
        visit.visit(&job);
    }
    visit.visit(&employer());
    visit.visit(&contact_person());
    visit.visit(&staff());
    visit.visit(&the_team());
    visit.visit(&membership());
    visit.visit(&renewed_membership());
}

/// An id of its own for each number.
pub(crate) const fn id(number: u128) -> Uuid {
    Uuid::from_u128(0xC0DE_0000_0000_4000_8000_0000_0000_0000 + number)
}

/// A marked text.
pub(crate) fn text<const MAX: usize>() -> Text<MAX> {
    Text::parse("KANARI synger").expect("a text")
}

/// A marked line.
pub(crate) fn line<const MAX: usize>() -> Line<MAX> {
    Line::parse("KANARI synger").expect("a line")
}

/// A marked name.
pub(crate) fn name() -> PersonName {
    PersonName::new("KANARI", "KANARIFUGL").expect("a name")
}

/// A marked phone number.
pub(crate) fn phone() -> PhoneNumber {
    PhoneNumber::parse("00000917").expect("a phone number")
}

/// A marked e-mail address.
pub(crate) fn email() -> EmailAddress {
    EmailAddress::parse("kanari@example.com").expect("an address")
}

/// A marked birth date.
pub(crate) fn birth_date() -> BirthDate {
    BirthDate::parse("1985-12-08").expect("a date")
}

/// Somebody of whom everything is known.
pub(crate) fn new_participant() -> NewParticipant {
    NewParticipant {
        name: name(),
        national_id: Some(NationalId::DEMONSTRATION),
        birth_date: Some(birth_date()),
        phone: Some(phone()),
        email: Some(email()),
        protection: Protection::new(AddressProtection::Confidential, StaffShielding::OwnStaff),
    }
}

pub(crate) fn participant() -> Participant {
    Participant::register(participant_id(), new_participant(), &by_spurv("2022-05-31")).expect("registered").0
}

/// One attestation of each kind.
pub(crate) fn attestations() -> [Attestation; 3] {
    let guardian = AttestationKind::GuardianConsent { document: line() };
    let marked = match rights_information() {
        AttestationKind::RightsInformation { language, channel, .. } => {
            AttestationKind::RightsInformation { notice: line(), version: line(), language, channel }
        }
        other => other,
    };
    let mut number = 0x10;
    [right_person(), marked, guardian].map(|kind| {
        number += 1;
        Attestation::make(AttestationId::new(id(number)), participant_id(), kind, &by_spurv("2022-05-31")).0
    })
}

/// The terms of a consent that names every kind of recipient.
pub(crate) fn consent_terms() -> ConsentTerms {
    ConsentTerms {
        purpose: ConsentPurpose::CooperateWithTreatment,
        recipients: vec![
            Recipient::Employer { employer: EmployerId::new(id(0x80)) },
            Recipient::MarketTeam,
            Recipient::Counsellor,
            Recipient::TreatmentTeam { name: line() },
            Recipient::EducationInstitution { name: line() },
            Recipient::Network { name: line() },
        ],
        classes: vec![ConsentClass::Name, ConsentClass::Health],
        text_version: line(),
        text_hash: TextHash::parse(&"0a".repeat(32)).expect("a hash"),
        given_by: ConsentGiver::Participant,
        channel: Channel::InPerson,
    }
}

/// The consent in force.
pub(crate) fn given_consent() -> Consent {
    let by = by_spurv("2022-06-02");
    Consent::give(ConsentId::new(id(0x20)), &participant(), consent_terms(), &by).expect("given").0
}

pub(crate) fn consent() -> Consent {
    given_consent().withdraw(Channel::Phone, &by_spurv("2022-06-30")).expect("withdrawn").0
}

/// A referral with everything.
pub(crate) fn referral() -> Referral {
    Referral {
        referred_on: day("2022-05-27"),
        unit: line(),
        counsellor: Some(line()),
        source: ReferralSource::TreatmentTeam,
        wish: Some(text()),
    }
}

/// A referral as it comes in, with everything.
pub(crate) fn new_referral() -> NewReferral {
    let unit = ReferringUnit { register_id: Some(line()), name: line(), kind: UnitKind::TreatmentTeam };
    let source = ReferralSource::TreatmentTeam;
    NewReferral { received_on: day("2022-08-20"), source, unit, counsellor: Some(line()), wish: Some(text()) }
}

/// A referral that waits, of somebody to whom a team may open a trail.
pub(crate) fn referral_of(number: u128, participant: &Participant) -> ReceivedReferral {
    let (id, by) = (ReferralId::new(id(number)), by_spurv("2022-08-20"));
    ReceivedReferral::receive(id, participant, team(), new_referral(), &by).expect("received").0
}

/// A referral that was declined.
pub(crate) fn closed_referral() -> ReceivedReferral {
    let (on, reason) = (day("2022-08-25"), ReferralClosing::Symptoms);
    let by = by_spurv("2022-08-25");
    referral_of(0xF2, &participant()).close(on, reason, Some(text()), &by).expect("closed").0
}

/// The same after the reply was sent; and one that opened a trail.
pub(crate) fn referrals() -> [ReceivedReferral; 2] {
    let by = by_spurv("2022-08-26");
    let (answered, _) = closed_referral().send_reply(day("2022-08-26"), &by).expect("sent");
    let opening = Opening { method: Method::Ips, referral: new_referral().opening(), team: team(), owner: spurv() };
    let attested = attestations().map(|it| Attestation::make(it.id(), participant_id(), it.kind().clone(), &by).0);
    let attested: Vec<_> = attested.iter().collect();
    let (trail, _) = Trail::open(TrailId::new(id(0x30)), opening, &participant(), &attested, &by).expect("opened");
    let (accepted, _) = referral_of(0xF3, &participant()).accept(&trail, &by).expect("accepted");
    [answered, accepted]
}

/// A main goal in marked words.
pub(crate) fn main_goal() -> MainGoal {
    MainGoal { kind: GoalKind::Work, description: text() }
}

/// A trail of the team as opened, for somebody of age.
pub(crate) fn opened_trail(id: TrailId, owner: StaffId, participant: &Participant) -> Trail {
    opened_trail_by(Method::Ips, id, owner, participant)
}

/// A trail by another method.
pub(crate) fn opened_trail_by(method: Method, id: TrailId, owner: StaffId, participant: &Participant) -> Trail {
    let opening = Opening { method, referral: referral(), team: team(), owner };
    let by = by_spurv("2022-05-31");
    let attested = attestations().map(|it| Attestation::make(it.id(), participant.id(), it.kind().clone(), &by).0);
    Trail::open(id, opening, participant, &attested.iter().collect::<Vec<_>>(), &by).expect("opened").0
}

/// The trail, started and with everything but an ending.
pub(crate) fn open_trail() -> Trail {
    open_trail_of(spurv())
}

/// The same trail with another owner.
pub(crate) fn open_trail_of(owner: StaffId) -> Trail {
    let trail = opened_trail(TrailId::new(id(0x30)), owner, &participant());
    let (trail, _) = trail.hold_start_up_meeting(day("2022-06-02"), &by_spurv("2022-06-02")).expect("started");
    let (trail, _) = trail.note_employer_contact(day("2022-06-21"), &by_spurv("2022-06-21")).expect("noted");
    let (trail, _) = trail.set_main_goal(main_goal(), &by_spurv("2022-06-21")).expect("set");
    trail.move_to(Phase::Working, day("2022-08-15"), &by_spurv("2022-08-15")).expect("moved").0
}

/// The trail with everything, its ending too.
pub(crate) fn trail() -> Trail {
    let ending = Ending { on: day("2023-02-28"), reason: EndReason::Other(OtherEnding::Illness) };
    open_trail().end(ending, &[], &by_spurv("2023-02-28")).expect("ended").0
}

/// What is said of an ending that raises the zero-exclusion flag.
pub(crate) fn exclusion_note() -> ExclusionNote {
    ExclusionNote { reason: text(), help_again_on: day("2023-06-01") }
}

/// A pause with everything.
pub(crate) fn pause_terms() -> PauseTerms {
    let period = Period::between(day("2022-09-10"), day("2022-10-31")).expect("a period");
    let (reason, follow_up_on) = (PauseReason::Illness, Some(day("2023-01-10")));
    PauseTerms { period, reason, note: Some(text()), follow_up_on }
}

/// A trail of Supported Employment that was paused, in the programme, corrected, ended, opened and ended again.
pub(crate) fn eventful_trail() -> Trail {
    let trail = opened_trail_by(Method::SupportedEmployment, TrailId::new(id(0x31)), spurv(), &participant());
    let (trail, _) = trail.follow(&self::trail()).expect("returned");
    let (trail, _) = trail.hold_start_up_meeting(day("2022-06-02"), &by_spurv("2022-06-02")).expect("started");
    let (trail, _) = trail.pause(pause_terms(), &by_spurv("2022-06-20")).expect("paused");
    let (trail, _) = trail.enrol(day("2022-06-20"), &by_spurv("2022-06-20")).expect("enrolled");
    let (outcome, by) = (RecruitmentOutcome::PaidEmployment, by_spurv("2022-08-31"));
    let (trail, _) = trail.leave_programme(day("2022-08-31"), outcome, &by).expect("left");
    let (trail, _) =
        trail.correct_start(day("2022-06-03"), text(), Corrector::Case, &by_spurv("2022-09-01")).expect("corrected");
    let end = |trail: Trail, on: &str| {
        let ending = Ending { on: day(on), reason: EndReason::Other(OtherEnding::Illness) };
        let (trail, _) = trail.end(ending, &[], &by_spurv(on)).expect("ended");
        trail.answer_exclusion(Some(exclusion_note())).expect("answered").0
    };
    let (trail, _) =
        end(trail, "2023-02-28").reopen(Phase::FindingJob, text(), &by_spurv("2023-03-10")).expect("reopened");
    end(trail, "2023-05-31")
}

/// What is known of a collaborator who agreed to be named.
pub(crate) fn collaborator_details() -> CollaboratorDetails {
    let consented_on = day("2022-06-10");
    let (phone, email, channel) = (Some(phone()), Some(email()), Channel::Phone);
    let named = Some(NamedCollaborator { name: name(), phone, email, consented_on, channel });
    CollaboratorDetails { role: line(), organisation: Some(line()), named }
}

/// The collaborator while they work along.
pub(crate) fn collaborator() -> Collaborator {
    let (id, by) = (CollaboratorId::new(id(0xD1)), by_spurv("2022-06-10"));
    Collaborator::register(id, &open_trail(), collaborator_details(), &by).expect("registered").0
}

fn former_collaborator() -> Collaborator {
    collaborator().mark_former(day("2022-08-01"), &by_spurv("2022-08-01")).expect("former").0
}

/// A text of the support plan.
pub(crate) fn support_narrative() -> Narrative {
    let (id, by) = (NarrativeId::new(id(0x6D)), by_spurv("2022-06-20"));
    Narrative::write(id, &open_trail(), Topic::RoutinesAroundWork, text(), &by).expect("written").0
}

/// What is agreed on about the support plan.
pub(crate) fn plan_terms() -> PlanTerms {
    let (agreed_on, paper) = (day("2022-06-21"), SignedPaper::Participant);
    PlanTerms { plan: Plan::JobSupport, agreed_on, agreement: PlanAgreement::Together, paper }
}

fn plan_version() -> PlanVersion {
    let (id, by) = (PlanVersionId::new(id(0xD2)), by_spurv("2022-06-21"));
    PlanVersion::agree(id, &open_trail(), plan_terms(), &[], &[&support_narrative()], &by).expect("agreed").0
}

/// Wishes with everything.
pub(crate) fn wish_terms() -> WishTerms {
    let hours = |tenths| HoursPerWeek::from_tenths(tenths).ok();
    let time = |text| TimeOfDay::parse(text).expect("a time");
    let occupation = Occupation::new(OccupationScheme::Styrk08, line(), "7512", Some(line())).expect("an occupation");
    let mornings = WeekdayTime::new([Weekday::Monday], time("09:00"), time("12:00")).expect("a time");
    WishTerms {
        occupations: vec![WishedOccupation { occupation, wanted: Wanted::Wanted }],
        hours_from: hours(150),
        hours_to: hours(200),
        times: WeekdayTimes::new([mornings]).expect("times"),
        municipalities: BTreeSet::from([Municipality::parse("3201/2024").expect("a municipality")]),
        travel_minutes: Some(45),
        earliest_start: Some(day("2022-08-15")),
        must_haves: BTreeSet::from([WorkTrait::Quiet]),
        no_goes: BTreeSet::from([WorkTrait::AlcoholServed]),
        open_to: BTreeSet::from([OpenTo::Job]),
    }
}

fn wishes() -> Wishes {
    let (id, by) = (WishesId::new(id(0xD3)), by_spurv("2022-06-21"));
    Wishes::state(id, participant_id(), wish_terms(), &[], &by).expect("stated").0
}

/// Openness with everything.
pub(crate) fn openness_terms() -> OpennessTerms {
    OpennessTerms {
        agreed_on: day("2022-06-10"),
        stance: OpennessStance::NamedEmployers,
        may_contact: BTreeSet::from([EmployerId::new(id(0x80))]),
        must_not_contact: BTreeSet::from([EmployerId::new(id(0x81))]),
        advantages: Some(text()),
        drawbacks: Some(text()),
        may_share: Some(text()),
        must_not_share: Some(text()),
        occasions: BTreeSet::from([day("2022-06-03"), day("2022-06-10")]),
    }
}

/// The agreement in force.
pub(crate) fn agreed_openness() -> OpennessAgreement {
    let by = by_spurv("2022-06-10");
    let id = OpennessId::new(id(0x40));
    OpennessAgreement::agree(id, &open_trail(), 1, openness_terms(), &by).expect("agreed").0
}

pub(crate) fn openness() -> OpennessAgreement {
    agreed_openness().withdraw(&by_spurv("2022-07-01")).expect("withdrawn").0
}

/// A step in marked words.
pub(crate) fn sub_goal_terms() -> SubGoalTerms {
    SubGoalTerms { text: text(), responsible: Responsible::Both, due: Some(day("2022-07-01")) }
}

/// The sub-goal while it is open.
pub(crate) fn open_sub_goal() -> SubGoal {
    let by = by_spurv("2022-06-20");
    SubGoal::set(SubGoalId::new(id(0x50)), &open_trail(), sub_goal_terms(), &by).expect("set").0
}

pub(crate) fn sub_goal() -> SubGoal {
    let by = by_spurv("2022-06-20");
    open_sub_goal().close(&open_trail(), SubGoalOutcome::Completed, day("2022-06-20"), &by).expect("closed").0
}

/// A narrative with two texts so far, and the first of them.
fn narrative_revised() -> (Narrative, NarrativeRevision) {
    let (trail, by) = (open_trail(), by_spurv("2022-06-20"));
    let (first, _) = Narrative::write(NarrativeId::new(id(0x60)), &trail, Topic::Health, text(), &by).expect("written");
    let (former, next) = (NarrativeRevisionId::new(id(0x61)), Text::parse("KANARI tier").expect("a text"));
    let (narrative, former, _) = first.revise(&trail, former, next, &by_spurv("2022-06-21")).expect("revised");
    (narrative, former)
}

pub(crate) fn narrative() -> Narrative {
    narrative_revised().0
}

pub(crate) fn narrative_revision() -> NarrativeRevision {
    narrative_revised().1
}

/// A contact with everything.
pub(crate) fn new_employer_contact() -> NewEmployerContact {
    NewEmployerContact {
        on: day("2022-06-21"),
        way: ContactWay::InPerson,
        held_by: ContactHeldBy::Both,
        met: EmployerMet::DecisionMaker,
        about: ContactAbout::OrdinaryWork,
        summary: Some(text()),
    }
}

pub(crate) fn employer_contact() -> EmployerContact {
    let (id, by) = (EmployerContactId::new(id(0x70)), by_spurv("2022-06-21"));
    let person = contact_person();
    EmployerContact::register(id, &open_trail(), &employer(), Some(&person), new_employer_contact(), &by)
        .expect("registered")
        .0
}

/// Work training at an employer, which has everything; and work on one's own.
pub(crate) fn jobs() -> [Job; 2] {
    let by = by_spurv("2022-10-31");
    ongoing_jobs().map(|job| job.end(day("2022-10-31"), JobEndReason::Dismissed, &by).expect("ended").0)
}

/// The same jobs before their endings.
pub(crate) fn ongoing_jobs() -> [Job; 2] {
    let (trail, by) = (open_trail(), by_spurv("2022-08-15"));
    let period = Period::between(day("2022-08-15"), day("2022-12-31")).expect("a period");
    let hours = HoursPerWeek::from_tenths(375).ok();
    let employment = Employment::at(&employer(), Some(&contact_person())).expect("theirs");
    let training = NewJob {
        employment,
        title: line(),
        form: EmploymentForm::WorkTraining,
        hours,
        period,
        training_reason: Some(text()),
    };
    let own = NewJob {
        employment: Employment::SelfEmployed,
        form: EmploymentForm::SelfEmployed,
        training_reason: None,
        ..training.clone()
    };
    let mut number = 0x1B0;
    [training, own].map(|new| {
        number += 1;
        Job::register(JobId::new(id(number)), &trail, new, &by).expect("registered").0
    })
}

/// What is known of the employer.
pub(crate) fn employer_details() -> EmployerDetails {
    EmployerDetails { name: line(), alias: Some(line()), place: Some(line()), municipality: Some(line()) }
}

/// The number of the employer.
pub(crate) fn organisation_number() -> OrganisationNumber {
    OrganisationNumber::parse("311002007").expect("a number")
}

pub(crate) fn employer() -> Employer {
    let by = by_spurv("2022-06-20");
    Employer::register(EmployerId::new(id(0x80)), organisation_number(), employer_details(), &by).0
}

/// What is known of the contact person.
pub(crate) fn contact_person_details() -> ContactPersonDetails {
    ContactPersonDetails { name: name(), phone: Some(phone()), email: Some(email()), role: Some(line()) }
}

pub(crate) fn contact_person() -> ContactPerson {
    let (id, by) = (ContactPersonId::new(id(0xA0)), by_spurv("2022-06-20"));
    let (person, _) = ContactPerson::register(id, &employer(), contact_person_details(), &by);
    person.mark_former(day("2022-12-31"), &by_spurv("2022-12-31")).expect("former").0
}

/// Somebody who works here.
pub(crate) fn new_staff() -> NewStaff {
    NewStaff { name: name(), host_identity: line() }
}

pub(crate) fn staff() -> Staff {
    Staff::register(spurv(), new_staff(), &by_spurv("2022-01-01")).0
}

pub(crate) fn the_team() -> Team {
    Team::register(team(), NewTeam { name: line(), method: Method::Ips }, &by_spurv("2022-01-01")).0
}

pub(crate) fn membership() -> Membership {
    let (id, by) = (MembershipId::new(id(0xB0)), by_spurv("2022-01-01"));
    let period = Period::from(day("2022-01-01")).expect("a period");
    let (begun, _) = Membership::begin(id, &the_team(), &staff(), Role::Specialist, period, &by).expect("begun");
    begun.end(day("2023-12-31"), &by_spurv("2023-12-01")).expect("ended").0
}

/// The membership in a second term.
pub(crate) fn renewed_membership() -> Membership {
    let period = Period::between(day("2024-03-01"), day("2024-12-31")).expect("a period");
    let by = by_spurv("2024-02-20");
    let (renewed, _) = membership().renew(Role::Supervisor, period, &by).expect("renewed");
    renewed.end(day("2024-08-31"), &by_spurv("2024-08-01")).expect("ended").0
}
