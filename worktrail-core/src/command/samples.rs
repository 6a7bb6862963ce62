//! For tests: a command of every kind, accepted in the [scene](super::scene) from whoever has the right, and marked
//! wherever it is personal.

use super::scene::{free, member, now, our_team};
use super::{
    AdmitMember, AgreeOpenness, Attest, Attested, ChangeProtection, CloseSubGoal, Command, CorrectContactPerson,
    CorrectContactPoints, CorrectEmployer, CorrectEmployerContact, EndJob, EndMembership, EndTrail,
    ForgetContactPerson, ForgetParticipant, FoundTeam, GeneralContactLine, GiveConsent, HoldStartUpMeeting,
    InformContactPerson, MarkContactPersonFormer, MergeContactPersons, MergeEmployers, MoveTo, OpenTrail,
    RegisterContactPerson, RegisterEmployer, RegisterEmployerContact, RegisterGeneralContacts, RegisterJob,
    RegisterParticipant, RegisterRound, RegisterStaff, ReleaseTrails, RoundLine, SetEmployerPreferences, SetMainGoal,
    SetSubGoal, StateBirthDate, StateOrganisationNumber, WarnOfEmployer, WithdrawConsent, WithdrawOpenness, Workplace,
    WriteNarrative,
};
use crate::domain::samples::{day, participant_id, spurv, team};
use crate::domain::{
    AddressProtection, AttestationId, BirthDate, Channel, ConsentId, ContactHeldBy, ContactPersonDetails,
    ContactPersonId, EmployerContactId, EmployerId, EmploymentForm, EndReason, GeneralContactId, HoursPerWeek,
    JobEndReason, JobId, Line, MembershipId, Method, NarrativeId, NarrativeRevisionId, NationalId, NewEmployerContact,
    NewParticipant, NewStaff, NewTeam, OpennessId, OrganisationNumber, OtherEnding, ParticipantId, Period, Phase,
    PhoneNumber, Protection, Role, StaffId, StaffShielding, SubGoalId, SubGoalOutcome, TeamId, Topic, TrailId,
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
    }
}

pub(crate) fn end_job() -> EndJob {
    let [job, _] = samples::ongoing_jobs();
    EndJob { job: job.id(), trail: trail_id(), on: now().day(), reason: JobEndReason::Dismissed }
}
