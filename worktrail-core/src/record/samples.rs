//! Full samples of every kind for tests: every option set, every list non-empty, every variant there, and a mark in
//! everything personal.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::Recorded;
use crate::domain::samples::{
    by_spurv, day, morning, participant_id, ravn, right_person, rights_information, spurv, team,
};
use crate::domain::{
    AbsenceReason, Affiliation, Appointment, AppointmentId, Authorship, Clearance, Conflict, ConflictId, Correction,
    Cover, CoverExtent, CoverReason, CoverTerms, FactSource, HeldNumber, HeldNumberId, LanguageTag, Municipality,
    NameEntry, NewOffice, NumberScheme, Office, OfficeId, OtherNumber, ParticipantId, Position, PositionKind,
    ProgrammeVariant, Residence, ShareOfPosition, SmsStance, TeamId, Tie, Transfer, TransferId, TransferTerms,
};
use crate::domain::{
    AddressProtection, Attestation, AttestationId, AttestationKind, BirthDate, Channel, Collaborator,
    CollaboratorDetails, CollaboratorId, Consent, ConsentClass, ConsentGiver, ConsentId, ConsentPurpose, ConsentTerms,
    ContactAbout, ContactHeldBy, ContactPerson, ContactPersonDetails, ContactPersonId, ContactWay, Corrector,
    Declaration, DoNotContact, DoNotContactReason, Education, EducationId, EducationLevel, EducationTerms,
    EducationTrack, EmailAddress, Employer, EmployerAgreement, EmployerAgreementId, EmployerAgreementTerms,
    EmployerContact, EmployerContactId, EmployerDetails, EmployerId, EmployerMet, EmployerPreferences, EmployerUnit,
    Employment, EmploymentForm, EndReason, Ending, ExclusionNote, ExperienceKind, GeneralContact, GeneralContactId,
    GeneralPurpose, GoalKind, HoursPerWeek, InEducation, Industry, IndustryScheme, Job, JobAccess, JobDetails,
    JobEndReason, JobId, JobPay, Line, LostWork, MainGoal, Membership, MembershipId, Method, NamedCollaborator,
    Narrative, NarrativeId, NarrativeRevision, NarrativeRevisionId, NationalId, NewEmployerContact, NewGeneralContact,
    NewJob, NewParticipant, NewReferral, NewStaff, NewSupportContact, NewTeam, Occupation, OccupationScheme, OpenTo,
    Opening, OpennessAgreement, OpennessId, OpennessStance, OpennessTerms, OrganisationNumber, OtherEnding,
    Participant, PauseReason, PauseTerms, Period, PersonName, Phase, PhoneNumber, Plan, PlanAgreement, PlanTerms,
    PlanVersion, PlanVersionId, Programme, Protection, ReceivedReferral, Recipient, RecruitmentOutcome, Referral,
    ReferralClosing, ReferralId, ReferralSource, ReferringUnit, Responsible, Role, SignedPaper, Staff, StaffId,
    StaffShielding, StudyForm, SubGoal, SubGoalId, SubGoalOutcome, SubGoalTerms, Subsidy, SubsidyKind, SupportContact,
    SupportContactId, SupportedJob, SupportedWho, Team, Text, TextHash, TimeOfDay, Topic, Trail, TrailId, UnitKind,
    VisitWish, Wanted, WarningAbout, WarningTerms, Weekday, WeekdayTime, WeekdayTimes, WishTerms, WishedOccupation,
    Wishes, WishesFollowed, WishesId, WorkTrait,
};

mod agreements;
mod lists;

pub(crate) use agreements::*;
pub(crate) use lists::*;

/// Everything personal in the samples shows by one of these words and digits, or by a name of [`CODED`].
pub(crate) const MARKS: [&str; 6] = ["KANARI", "kanari", "481285", "158190", "0000091", "1985"];

/// How the personal values of closed lists in the samples show.
pub(crate) const CODED: [&str; 8] =
    ["Illness", "illness", "Dismissed", "dismissed", "Confidential", "OwnStaff", "CloseRelative", "close_relative"];

/// What is done with a value of every kind.
pub(crate) trait Visit {
    /// Does it with one value.
    fn visit<T: Recorded>(&mut self, value: &T);
}

/// Visits the full samples of every kind: several where one cannot have everything.
pub(crate) fn every_kind(visit: &mut impl Visit) {
    visit.visit(&participant());
    visit.visit(&known_participant());
    visit.visit(&merged_participant());
    visit.visit(&participant().registered_in(team()));
    for held_number in held_numbers() {
        visit.visit(&held_number);
    }
    visit.visit(&name_entry());
    for attestation in attestations() {
        visit.visit(&attestation);
    }
    for attestation in attestations_on_paper() {
        visit.visit(&attestation);
    }
    visit.visit(&consent());
    visit.visit(&consent_by_mandate());
    visit.visit(&capacity_assessment());
    visit.visit(&ended_guardianship());
    visit.visit(&notice());
    for referral in referrals() {
        visit.visit(&referral);
    }
    visit.visit(&named_referral());
    visit.visit(&trail());
    visit.visit(&returned_transfer());
    visit.visit(&cover());
    visit.visit(&eventful_trail());
    visit.visit(&young_trail());
    visit.visit(&named_trail());
    visit.visit(&wishes());
    visit.visit(&former_collaborator());
    visit.visit(&plan_version());
    visit.visit(&openness());
    visit.visit(&openness_with_institutions());
    visit.visit(&sub_goal());
    visit.visit(&narrative());
    visit.visit(&named_narrative());
    visit.visit(&narrative_revision());
    visit.visit(&filed_document());
    visit.visit(&benefits_counselling());
    for confirmation in confirmations() {
        visit.visit(&confirmation);
    }
    visit.visit(&employer_contact());
    visit.visit(&corrected_employer_contact());
    for job in jobs() {
        visit.visit(&job);
    }
    visit.visit(&lost_job());
    visit.visit(&education());
    visit.visit(&support_contact());
    visit.visit(&employer_agreement());
    visit.visit(&employer());
    for employer in merged_employers() {
        visit.visit(&employer);
    }
    visit.visit(&legal_unit());
    visit.visit(&contact_person());
    visit.visit(&merged_contact_person());
    visit.visit(&general_contact());
    visit.visit(&staff());
    visit.visit(&the_team());
    visit.visit(&membership());
    visit.visit(&renewed_membership());
    visit.visit(&described_membership());
    visit.visit(&placed_team());
    visit.visit(&young_team());
    visit.visit(&named_team());
    visit.visit(&host_list());
    visit.visit(&guidance());
    visit.visit(&office());
    visit.visit(&appointment());
    visit.visit(&conflict());
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
    PersonName::new("KANARI", "KANARIFUGL").and_then(|name| name.with_middle("KANARIGUL")).expect("a name")
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

/// Where somebody lives, with everything.
pub(crate) fn residence() -> Residence {
    Residence { address: Some(text()), place: Some(line()), municipality: Municipality::parse("3201/2024").ok() }
}

/// A language.
pub(crate) fn language() -> LanguageTag {
    LanguageTag::parse("nb-kanari").expect("a tag")
}

/// From where something was corrected, and why.
pub(crate) fn correction() -> Correction {
    Correction { source: FactSource::Register, reason: line() }
}

/// The participant with all that became known since, for whom another one stands too.
pub(crate) fn known_participant() -> Participant {
    let by = by_spurv("2022-06-10");
    let (known, _) = participant().state_residence(residence(), FactSource::Participant, &by).expect("stated");
    let (known, _) = known.set_language(Some(language()), FactSource::Counsellor, &by).expect("set");
    let (known, _) = known.set_sms_stance(SmsStance::Reserved, FactSource::Participant, &by).expect("set");
    known.merge(namesake(), line(), &by_spurv("2022-06-10")).expect("merged").0
}

/// The one who was merged.
pub(crate) fn merged_participant() -> Participant {
    participant().merge(namesake(), line(), &by_spurv("2022-06-10")).expect("merged").1
}

/// Somebody with the same name and birth date, and no number.
fn namesake() -> Participant {
    let new = NewParticipant { national_id: None, ..new_participant() };
    let id = ParticipantId::new(id(0x103));
    Participant::register(id, new, &by_spurv("2022-05-31")).expect("registered").0
}

/// A former national id, and another country's number.
pub(crate) fn held_numbers() -> [HeldNumber; 2] {
    let by = by_spurv("2022-06-10");
    let (former, other) = (HeldNumberId::new(id(0x1C1)), HeldNumberId::new(id(0x1C2)));
    let number = NationalId::parse("15819010037").expect("a number");
    let changed = participant().change_national_id(former, number, day("2022-06-10"), FactSource::Register, &by);
    let (_, former, _) = changed.expect("changed");
    let period = Period::between(day("2020-01-01"), day("2022-06-09")).ok();
    let (other, _) = HeldNumber::note(other, participant_id(), other_number(), period, FactSource::Participant, &by);
    [former.expect("the former one"), other]
}

/// A number of another country.
pub(crate) fn other_number() -> OtherNumber {
    OtherNumber::new(NumberScheme::parse("kanari").expect("a scheme"), "KANARI-7").expect("a number")
}

/// A place of the participant in the list of names.
pub(crate) fn name_entry() -> NameEntry {
    NameEntry::all_of(&participant(), &open_trail()).remove(0)
}

/// One attestation of each kind.
pub(crate) fn attestations() -> [Attestation; 3] {
    let guardian = AttestationKind::GuardianConsent { document: line(), reference: None };
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
        document: None,
        mandate: None,
        guideline: None,
    }
}

/// The consent in force.
pub(crate) fn given_consent() -> Consent {
    let by = by_spurv("2022-06-02");
    Consent::give(ConsentId::new(id(0x20)), &participant(), consent_terms(), &[], &by).expect("given").0
}

pub(crate) fn consent() -> Consent {
    given_consent().withdraw(trail().id(), Channel::Phone, &by_spurv("2022-06-30")).expect("withdrawn").0
}

/// A referral with everything.
pub(crate) fn referral() -> Referral {
    Referral {
        referred_on: day("2022-05-27"),
        unit: Some(line()),
        counsellor: Some(line()),
        source: ReferralSource::TreatmentTeam,
        wish: Some(text()),
    }
}

/// A referral as it comes in, with everything.
pub(crate) fn new_referral() -> NewReferral {
    let unit = Some(ReferringUnit { register_id: Some(line()), name: line(), kind: UnitKind::TreatmentTeam });
    let source = ReferralSource::TreatmentTeam;
    NewReferral { received_on: day("2022-08-20"), source, unit, counsellor: Some(line()), wish: Some(text()) }
}

/// A referral that waits, of somebody to whom a team may open a trail.
pub(crate) fn referral_of(number: u128, participant: &Participant) -> ReceivedReferral {
    let (id, by) = (ReferralId::new(id(number)), by_spurv("2022-08-20"));
    ReceivedReferral::receive(id, participant, &the_team(), new_referral(), &by).expect("received").0
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
    let (method, clearance) = (Method::Ips, Clearance::Ordinary);
    let opening = Opening { method, referral: new_referral().opening(), team: team(), clearance, owner: spurv() };
    let attested = attestations().map(|it| Attestation::make(it.id(), participant_id(), it.kind().clone(), &by).0);
    let attested: Vec<_> = attested.iter().collect();
    let (trail, _) = Trail::open(TrailId::new(id(0x30)), opening, &participant(), &attested, &by).expect("opened");
    let (accepted, _) = referral_of(0xF3, &participant()).accept(&participant(), &trail, &by).expect("accepted");
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
    let (team, clearance) = (team(), Clearance::Ordinary);
    let opening = Opening { method, referral: referral(), team, clearance, owner };
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

/// What a transfer is proposed with, with everything.
pub(crate) fn transfer_terms() -> TransferTerms {
    TransferTerms { note: Some(text()), reason: Some(text()), answer_by: day("2022-09-30") }
}

/// A proposal that a trail come to somebody else in its team.
pub(crate) fn proposed_transfer(id: TransferId, trail: &Trail, to: StaffId) -> Transfer {
    let by = by_spurv("2022-08-30");
    Transfer::propose(id, trail, (&the_team(), to), transfer_terms(), &by).expect("proposed").0
}

pub(crate) fn returned_transfer() -> Transfer {
    let proposed = proposed_transfer(TransferId::new(id(0xD90)), &open_trail(), StaffId::new(id(0x504)));
    proposed.give_back(text(), &by_spurv("2022-09-01")).expect("returned").0
}

/// What a cover is given for.
pub(crate) fn cover_terms(extent: CoverExtent) -> CoverTerms {
    let period = Period::between(day("2022-08-29"), day("2022-09-30")).expect("a period");
    CoverTerms { extent, period, reason: CoverReason::Absence }
}

/// A cover of a trail that counts.
pub(crate) fn given_cover(trail: &Trail, staff: StaffId, extent: CoverExtent) -> Cover {
    let id = Cover::id_of(trail.id(), staff);
    Cover::give(id, trail, staff, cover_terms(extent), &by_spurv("2022-08-29")).expect("given").0
}

/// A cover in its second term, both of them ended.
pub(crate) fn cover() -> Cover {
    let trail = open_trail();
    let first = given_cover(&trail, StaffId::new(id(0x504)), CoverExtent::Read);
    let (first, _) = first.end(&by_spurv("2022-08-30")).expect("ended");
    let (second, _) =
        first.give_anew(&trail, cover_terms(CoverExtent::Follow), &by_spurv("2022-08-31")).expect("given anew");
    second.end(&by_spurv("2022-09-01")).expect("ended").0
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
        may_contact_institutions: BTreeSet::new(),
        must_not_contact_institutions: BTreeSet::new(),
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
        wishes: Some(WishesFollowed::Followed),
    }
}

pub(crate) fn employer_contact() -> EmployerContact {
    let (id, by) = (EmployerContactId::new(id(0x70)), by_spurv("2022-06-21"));
    let person = contact_person();
    EmployerContact::register(id, &open_trail(), &employer(), Some(&person), &[], new_employer_contact(), &by)
        .expect("registered")
        .0
}

/// The contact, corrected.
pub(crate) fn corrected_employer_contact() -> EmployerContact {
    let new = NewEmployerContact { way: ContactWay::Phone, ..new_employer_contact() };
    let (person, by) = (contact_person(), by_spurv("2022-06-22"));
    employer_contact().correct(&open_trail(), &employer(), Some(&person), &[], new, &by).expect("corrected").0
}

/// Work training at an employer, which has everything; and work on one's own.
pub(crate) fn jobs() -> [Job; 2] {
    let by = by_spurv("2022-10-31");
    ongoing_jobs().map(|job| job.end(day("2022-10-31"), JobEndReason::Dismissed, &by).expect("ended").0)
}

/// Work training at the employer.
pub(crate) fn new_job() -> NewJob {
    NewJob {
        employment: Employment::at(&employer(), Some(&contact_person())).expect("theirs"),
        title: line(),
        form: EmploymentForm::WorkTraining,
        hours: HoursPerWeek::from_tenths(375).ok(),
        period: Period::between(day("2022-08-15"), day("2022-12-31")).expect("a period"),
        training_reason: Some(text()),
        education: None,
        details: JobDetails::default(),
    }
}

/// The same jobs before their endings.
pub(crate) fn ongoing_jobs() -> [Job; 2] {
    let (trail, by, training) = (open_trail(), by_spurv("2022-08-15"), new_job());
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

/// A subsidy of each kind, one after the other.
pub(crate) fn subsidies() -> BTreeSet<Subsidy> {
    let granted = |(kind, from): (SubsidyKind, &str)| Subsidy {
        kind,
        period: Period::between(day(from), day("2022-12-31")).expect("a period"),
    };
    SubsidyKind::ALL.into_iter().zip(["2022-08-15", "2022-09-15", "2022-10-15"]).map(granted).collect()
}

/// All that can be told of a job.
pub(crate) fn job_details() -> JobDetails {
    JobDetails {
        occupation: Occupation::new(OccupationScheme::Styrk08, line(), "7512", Some(line())).ok(),
        pay: Some(JobPay::GoingWage),
        access: Some(JobAccess::PermanentlyAdapted),
        position: Some(text()),
        support_plan: Some(text()),
        subsidies: subsidies(),
    }
}

/// An apprentice's job with everything that comes after its registration, lost.
pub(crate) fn lost_job() -> Job {
    let (trail, by) = (open_trail(), by_spurv("2022-10-31"));
    let new = NewJob {
        employment: Employment::at(&employer(), Some(&contact_person())).expect("theirs"),
        title: line(),
        form: EmploymentForm::Apprentice,
        hours: HoursPerWeek::from_tenths(375).ok(),
        period: Period::from(day("2022-08-15")).expect("a period"),
        training_reason: None,
        education: Some(InEducation::of(&ongoing_education())),
        details: job_details(),
    };
    let (job, _) = Job::register(JobId::new(id(0x1B3)), &trail, new, &by).expect("registered");
    let hours = HoursPerWeek::from_tenths(200).expect("hours");
    let (job, _) = job.change_hours(&trail, hours, day("2022-09-01"), &by).expect("changed");
    let (job, _) = job.confirm(day("2022-10-01"), &by).expect("confirmed");
    let (job, _) = job.note_experience(ExperienceKind::Worked, text(), &by).expect("noted");
    let (job, _) = job.note_experience(ExperienceKind::DidNotWork, text(), &by).expect("noted");
    let (job, _) = job.give_reference(day("2022-10-20"), line(), Some(text()), &by).expect("given");
    let (job, _) = job.step_down(&trail, day("2022-10-01"), text(), &by).expect("stepped down");
    let (job, _) = job.decline_support(&trail, day("2022-10-20"), &by).expect("declined");
    let lost = LostWork {
        ended_on: day("2022-10-31"),
        learned_on: day("2022-10-21"),
        reason: JobEndReason::Dismissed,
        help_offered_on: Some(day("2022-10-24")),
    };
    job.lose(lost, &by).expect("lost").0
}

/// All that can be told of an education.
pub(crate) fn education_terms() -> EducationTerms {
    EducationTerms {
        title: line(),
        track: EducationTrack::Vocational,
        form: StudyForm::Apprentice,
        period: Period::between(day("2022-08-15"), day("2024-06-20")).expect("a period"),
        level: Some(EducationLevel::UpperSecondary),
        programme: Some(Programme::Food),
        subject: Some(line()),
        course: Some(line()),
        institution: Some(line()),
        contact: Some(line()),
        description: Some(text()),
        support_plan: Some(text()),
    }
}

/// The education while it is going on.
pub(crate) fn ongoing_education() -> Education {
    let by = by_spurv("2022-08-15");
    Education::register(EducationId::new(id(0xE0)), &open_trail(), education_terms(), &by).expect("registered").0
}

pub(crate) fn education() -> Education {
    let by = by_spurv("2022-10-31");
    let (education, _) = ongoing_education().note_experience(ExperienceKind::Worked, text(), &by).expect("noted");
    let (education, _) = education.note_experience(ExperienceKind::DidNotWork, text(), &by).expect("noted");
    education.abort(day("2022-10-31"), &by).expect("broken off").0
}

/// A talk with both.
pub(crate) fn new_support_contact() -> NewSupportContact {
    let (with, way) = (SupportedWho::Both, ContactWay::InPerson);
    NewSupportContact { on: day("2022-08-18"), with, way, note: Some(text()) }
}

pub(crate) fn support_contact() -> SupportContact {
    let (id, by) = (SupportContactId::new(id(0x5C)), by_spurv("2022-08-18"));
    let [job, _] = ongoing_jobs();
    let new = new_support_contact();
    let about = SupportedJob { job: &job, employer: Some(&employer()) };
    SupportContact::register(id, &open_trail(), Some(about), &[&agreed_openness()], new, &by).expect("registered").0
}

/// All that can be agreed on with an employer.
pub(crate) fn employer_agreement_terms() -> EmployerAgreementTerms {
    EmployerAgreementTerms {
        agreed_on: day("2022-08-10"),
        period: Period::between(day("2022-08-15"), day("2022-12-31")).expect("a period"),
        hours: HoursPerWeek::from_tenths(200).ok(),
        tasks: Some(text()),
        accommodations: Some(text()),
        mentor: Some(line()),
        support: Some(text()),
        subsidies: subsidies(),
    }
}

pub(crate) fn employer_agreement() -> EmployerAgreement {
    let (id, by, person) = (EmployerAgreementId::new(id(0xEA)), by_spurv("2022-08-10"), contact_person());
    let (trail, openness, terms) = (open_trail(), agreed_openness(), employer_agreement_terms());
    EmployerAgreement::register(id, &trail, &employer(), Some(&person), &[&openness], terms, &by).expect("agreed").0
}

/// What is known of the employer.
pub(crate) fn employer_details() -> EmployerDetails {
    EmployerDetails {
        alias: Some(line()),
        place: Some(line()),
        municipality: Some(line()),
        ..EmployerDetails::named(line())
    }
}

/// Everything that can be known of an employer.
pub(crate) fn all_employer_details() -> EmployerDetails {
    EmployerDetails {
        unit: Some(EmployerUnit::SubUnitOf(OrganisationNumber::parse("311002171").expect("a number"))),
        industry: Industry::new(IndustryScheme::Sn2007, "2009", "10.710").ok(),
        website: Line::parse("kanari.example.com").ok(),
        phone: Some(phone()),
        email: Some(email()),
        municipality_number: Municipality::parse("3201/2024").ok(),
        ..employer_details()
    }
}

/// What an employer has said, with everything.
pub(crate) fn employer_preferences() -> EmployerPreferences {
    EmployerPreferences {
        do_not_contact: Some(DoNotContact { reason: DoNotContactReason::LayingOff, until: Some(day("2023-12-31")) }),
        only_through: Some(present_contact_person().id()),
        visits: Some(VisitWish::ByAppointment),
    }
}

/// A warning with everything.
pub(crate) fn warning_terms() -> WarningTerms {
    WarningTerms {
        about: WarningAbout::LackingSupport,
        note: Line::parse("KANARI varsler").ok(),
        until: day("2023-12-31"),
    }
}

/// An employer like the first, registered again without its number.
pub(crate) fn duplicate_employer() -> Employer {
    let by = by_spurv("2022-06-20");
    Employer::register(EmployerId::new(id(0x82)), None, employer_details(), &by).expect("registered").0
}

/// The employer with everything, and the duplicate that was merged into it.
pub(crate) fn merged_employers() -> [Employer; 2] {
    let by = by_spurv("2022-06-21");
    let (employer, _) = employer().correct(all_employer_details()).expect("corrected");
    let person = present_contact_person();
    let (employer, _) = employer.prefer(employer_preferences(), Some(&person), &by).expect("noted");
    let (employer, _) = employer.warn(Some(warning_terms()), &by).expect("warned");
    let (employer, duplicate, _) = employer.absorb(duplicate_employer(), &by).expect("merged");
    [employer, duplicate]
}

/// A legal unit.
pub(crate) fn legal_unit() -> Employer {
    let details = EmployerDetails { unit: Some(EmployerUnit::LegalUnit), ..employer_details() };
    Employer::register(EmployerId::new(id(0x83)), None, details, &by_spurv("2022-06-20")).expect("registered").0
}

/// The number of the employer.
pub(crate) fn organisation_number() -> OrganisationNumber {
    OrganisationNumber::parse("311002007").expect("a number")
}

pub(crate) fn employer() -> Employer {
    let by = by_spurv("2022-06-20");
    let number = Some(organisation_number());
    Employer::register(EmployerId::new(id(0x80)), number, employer_details(), &by).expect("registered").0
}

/// What is known of the contact person.
pub(crate) fn contact_person_details() -> ContactPersonDetails {
    ContactPersonDetails { name: name(), phone: Some(phone()), email: Some(email()), role: Some(line()) }
}

pub(crate) fn contact_person() -> ContactPerson {
    let (id, by) = (ContactPersonId::new(id(0xA0)), by_spurv("2022-06-20"));
    let (person, _) = ContactPerson::register(id, &employer(), contact_person_details(), &by).expect("registered");
    person.mark_former(day("2022-12-31"), &by_spurv("2022-12-31")).expect("former").0
}

/// The same person registered again, who has not left.
pub(crate) fn present_contact_person() -> ContactPerson {
    let (id, by) = (ContactPersonId::new(id(0xA1)), by_spurv("2022-06-20"));
    ContactPerson::register(id, &employer(), contact_person_details(), &by).expect("registered").0
}

/// The contact person who was informed, and whose duplicate was merged.
pub(crate) fn merged_contact_person() -> ContactPerson {
    let by = by_spurv("2022-06-21");
    let (informed, _) = contact_person().inform(day("2022-06-21"), Channel::InPerson, &by).expect("informed");
    informed.absorb(&present_contact_person(), &employer()).expect("merged").0
}

/// A general contact with everything.
pub(crate) fn new_general_contact() -> NewGeneralContact {
    NewGeneralContact {
        on: day("2022-06-21"),
        way: ContactWay::InPerson,
        met: EmployerMet::DecisionMaker,
        purpose: GeneralPurpose::Recruitment,
        summary: Some(text()),
        declaration: Declaration::NothingOfParticipants,
    }
}

pub(crate) fn general_contact() -> GeneralContact {
    let (id, by, person) = (GeneralContactId::new(id(0x90)), by_spurv("2022-06-21"), contact_person());
    GeneralContact::register(id, team(), &employer(), Some(&person), new_general_contact(), &by).expect("registered").0
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
    begun.end(day("2023-12-31"), &[], &by_spurv("2023-12-01")).expect("ended").0.expect("a term that counted")
}

/// The membership in a second term.
pub(crate) fn renewed_membership() -> Membership {
    let period = Period::between(day("2024-03-01"), day("2024-12-31")).expect("a period");
    let by = by_spurv("2024-02-20");
    let (renewed, _) = membership().renew(Role::Supervisor, period, &by).expect("renewed");
    let deputy = Membership::begin(MembershipId::new(id(0xB1)), &the_team(), &staff(), Role::Supervisor, period, &by);
    let (deputy, _) = deputy.expect("begun");
    renewed.end(day("2024-08-31"), &[&deputy], &by_spurv("2024-08-01")).expect("ended").0.expect("a term that counted")
}

/// A membership of which everything is known: post and absence too.
pub(crate) fn described_membership() -> Membership {
    let by = by_spurv("2022-01-03");
    let share = ShareOfPosition::from_percent(60).expect("a share");
    let position = Position { share, kind: PositionKind::Temporary, affiliation: Affiliation::External };
    let away = Period::between(day("2022-07-04"), day("2022-07-22")).expect("a period");
    let (described, _) = membership().set_position(position, day("2022-01-03"), &by).expect("set");
    described.be_absent(away, AbsenceReason::Holiday, &by).expect("absent").0
}

/// A cleared team that is placed in an office.
pub(crate) fn placed_team() -> Team {
    let new = NewTeam { name: line(), method: Method::Ips };
    let (team, _) = Team::register_cleared(TeamId::new(id(0x70)), new, &by_spurv("2022-01-01"));
    team.place_in(Some(&office())).expect("placed").0
}

/// A team that works by a variant.
pub(crate) fn young_team() -> Team {
    the_team().set_variant(Some(ProgrammeVariant::IpsUng)).expect("set").0
}

/// A trail that follows a variant.
pub(crate) fn young_trail() -> Trail {
    open_trail().set_variant(Some(ProgrammeVariant::IpsUng)).expect("set").0
}

/// An office under another one.
pub(crate) fn office() -> Office {
    let by = by_spurv("2022-01-01");
    let (above, _) = Office::found(OfficeId::new(id(0xC10)), new_office(), &[], &by).expect("founded");
    Office::found(OfficeId::new(id(0xC11)), new_office(), &[&above], &by).expect("founded").0
}

pub(crate) fn new_office() -> NewOffice {
    NewOffice { name: line(), host_identity: Some(line()) }
}

/// An appointment to an office in its second term.
pub(crate) fn appointment() -> Appointment {
    let (id, by) = (AppointmentId::new(id(0xE0)), by_spurv("2022-01-01"));
    let term = |first, last| Period::between(day(first), day(last)).expect("a period");
    let first = term("2022-01-01", "2023-12-31");
    let (begun, _) =
        Appointment::begin(id, &staff(), Role::ProfessionalLead, Some(&office()), first, &by).expect("appointed");
    let (over, _) = begun.end(day("2022-12-31"), &by_spurv("2022-12-01")).expect("ended");
    let over = over.expect("a term that counted");
    let (again, _) = over.renew(term("2023-02-01", "2024-12-31"), &by_spurv("2023-01-20")).expect("renewed");
    again.end(day("2023-12-31"), &by_spurv("2023-12-01")).expect("ended").0.expect("a term that counted")
}

/// A conflict of interest that was lifted.
pub(crate) fn conflict() -> Conflict {
    let id = ConflictId::new(id(0xF0));
    let (conflict, _) = Conflict::declare(id, participant_id(), spurv(), Tie::CloseRelative, &by_spurv("2022-06-01"));
    conflict.lift(text(), &Authorship::new(ravn(), morning("2022-06-02"))).expect("lifted").0
}
