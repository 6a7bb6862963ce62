//! The rows of the table of facts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::attestation::AttestationKind;
use crate::domain::birth_date::BirthDate;
use crate::domain::channel::Channel;
use crate::domain::coded::coded;
use crate::domain::consent::{ConsentGiver, ConsentPurpose};
use crate::domain::contact_person::ContactPersonDetails;
use crate::domain::email::EmailAddress;
use crate::domain::employer::{DoNotContact, EmployerDetails, VisitWish, WarningAbout};
use crate::domain::employer_contact::{ContactAbout, ContactWay, EmployerMet, NewEmployerContact};
use crate::domain::end_reason::EndReason;
use crate::domain::general_contact::GeneralPurpose;
use crate::domain::id::{
    AttestationId, ConsentId, ContactPersonId, EmployerContactId, EmployerId, GeneralContactId, JobId, MembershipId,
    NarrativeId, OpennessId, ParticipantId, StaffId, SubGoalId, TeamId, TrailId,
};
use crate::domain::job::{EmploymentForm, JobEndReason};
use crate::domain::kept::kept;
use crate::domain::method::Method;
use crate::domain::openness::OpennessStance;
use crate::domain::organisation_number::OrganisationNumber;
use crate::domain::period::Period;
use crate::domain::person_name::PersonName;
use crate::domain::phase::Phase;
use crate::domain::phone::PhoneNumber;
use crate::domain::protection::Protection;
use crate::domain::role::Role;
use crate::domain::sub_goal::{Responsible, SubGoalOutcome, SubGoalProgress};
use crate::domain::text::{Line, Text};
use crate::domain::topic::Topic;
use crate::domain::trail::{GoalKind, TrailAudience};

// One entry for each fact: documentation, name, code, labels, details. A personal value is read with
// `#[serde(deserialize_with = "kept")]`, since a history is a store too.
facts! {
    /// A participant was registered.
    ParticipantRegistered = "participant_registered", "Deltaker registrert", "Participant registered" {
        /// Who.
        participant: ParticipantId,
        /// By which name.
        #[serde(deserialize_with = "kept")]
        name: PersonName,
        /// With which protection.
        protection: Protection,
    }
    /// A participant's contact points were corrected.
    ContactPointsCorrected = "contact_points_corrected", "Kontaktopplysninger rettet", "Contact points corrected" {
        /// Whose.
        participant: ParticipantId,
        /// The phone number until now.
        #[serde(default, deserialize_with = "kept")]
        phone_before: Option<PhoneNumber>,
        /// The phone number from now on.
        #[serde(default, deserialize_with = "kept")]
        phone: Option<PhoneNumber>,
        /// The e-mail address until now.
        #[serde(default, deserialize_with = "kept")]
        email_before: Option<EmailAddress>,
        /// The e-mail address from now on.
        #[serde(default, deserialize_with = "kept")]
        email: Option<EmailAddress>,
    }
    /// A participant's birth date was stated.
    BirthDateStated = "birth_date_stated", "Fødselsdato oppgitt", "Birth date stated" {
        /// Whose.
        participant: ParticipantId,
        /// The birth date until now.
        #[serde(default, deserialize_with = "kept")]
        before: Option<BirthDate>,
        /// The birth date from now on.
        #[serde(deserialize_with = "kept")]
        birth_date: BirthDate,
    }
    /// A participant's protection was changed.
    ProtectionChanged = "protection_changed", "Skjerming endret", "Protection changed" {
        /// Whose.
        participant: ParticipantId,
        /// The protection until now.
        from: Protection,
        /// The protection from now on.
        to: Protection,
    }
    /// Something was attested about a participant.
    Attested = "attested", "Bekreftet", "Attested" {
        /// The attestation.
        attestation: AttestationId,
        /// About whom.
        participant: ParticipantId,
        /// What.
        #[serde(deserialize_with = "kept")]
        kind: AttestationKind,
    }
    /// A consent was given.
    ConsentGiven = "consent_given", "Samtykke gitt", "Consent given" {
        /// The consent.
        consent: ConsentId,
        /// Whose data it is about.
        participant: ParticipantId,
        /// What for.
        purpose: ConsentPurpose,
        /// Who gave it.
        given_by: ConsentGiver,
    }
    /// A consent was withdrawn.
    ConsentWithdrawn = "consent_withdrawn", "Samtykke trukket tilbake", "Consent withdrawn" {
        /// The consent.
        consent: ConsentId,
        /// Whose data it is about.
        participant: ParticipantId,
        /// What for.
        purpose: ConsentPurpose,
    }
    /// A trail was opened.
    TrailOpened = "trail_opened", "Jobbspor åpnet", "Trail opened" {
        /// The trail.
        trail: TrailId,
        /// For whom.
        participant: ParticipantId,
        /// By which method.
        method: Method,
        /// In which team.
        team: TeamId,
        /// Owned by whom.
        owner: StaffId,
        /// The day of the referral.
        referred_on: NaiveDate,
        /// Who referred.
        #[serde(deserialize_with = "kept")]
        unit: Line<120>,
    }
    /// The start-up meeting was held.
    StartUpMeetingHeld = "start_up_meeting_held", "Oppstartsmøte holdt", "Start-up meeting held" {
        /// The trail.
        trail: TrailId,
        /// The day.
        on: NaiveDate,
        /// The phase that it lifted the trail to.
        lifted_to: Option<Phase>,
    }
    /// A trail moved to another phase.
    PhaseChanged = "phase_changed", "Fase endret", "Phase changed" {
        /// The trail.
        trail: TrailId,
        /// The phase until then.
        from: Phase,
        /// The phase from then on.
        to: Phase,
        /// The first day in it.
        on: NaiveDate,
    }
    /// The earliest face-to-face contact with an employer was noted.
    FirstEmployerContactNoted =
        "first_employer_contact_noted", "Første arbeidsgiverkontakt notert", "First employer contact noted" {
        /// The trail.
        trail: TrailId,
        /// The day.
        on: NaiveDate,
    }
    /// The main goal was set.
    MainGoalSet = "main_goal_set", "Hovedmål satt", "Main goal set" {
        /// The trail.
        trail: TrailId,
        /// What it aims at.
        kind: GoalKind,
        /// The participant's own description.
        #[serde(deserialize_with = "kept")]
        description: Text<4000>,
    }
    /// A trail was ended.
    TrailEnded = "trail_ended", "Jobbspor avsluttet", "Trail ended" {
        /// The trail.
        trail: TrailId,
        /// The phase until then.
        from: Phase,
        /// The last day.
        on: NaiveDate,
        /// Why.
        reason: EndReason,
    }
    /// Whom a trail is shown to was changed. One code for both ways: codes stay in the journal, and are not to tell who
    /// is strictly protected (`DA4`).
    AudienceChanged = "audience_changed", "Innsyn endret", "Audience changed" {
        /// The trail.
        trail: TrailId,
        /// Whom it is shown to from then on.
        to: TrailAudience,
    }
    /// A participant was forgotten.
    ParticipantForgotten = "participant_forgotten", "Deltaker slettet", "Participant forgotten" {
        /// Who.
        participant: ParticipantId,
    }
    /// A sub-goal was set.
    SubGoalSet = "sub_goal_set", "Delmål satt", "Sub-goal set" {
        /// The sub-goal.
        sub_goal: SubGoalId,
        /// Its trail.
        trail: TrailId,
        /// The step.
        #[serde(deserialize_with = "kept")]
        text: Text<2000>,
        /// Who takes it.
        responsible: Responsible,
        /// By when.
        due: Option<NaiveDate>,
    }
    /// A sub-goal was said anew.
    SubGoalRevised = "sub_goal_revised", "Delmål endret", "Sub-goal revised" {
        /// The sub-goal.
        sub_goal: SubGoalId,
        /// Its trail.
        trail: TrailId,
        /// The step.
        #[serde(deserialize_with = "kept")]
        text: Text<2000>,
        /// Who takes it.
        responsible: Responsible,
        /// By when.
        due: Option<NaiveDate>,
    }
    /// It was told how far a sub-goal has come.
    SubGoalProgressed = "sub_goal_progressed", "Framdrift i delmål", "Sub-goal progressed" {
        /// The sub-goal.
        sub_goal: SubGoalId,
        /// Its trail.
        trail: TrailId,
        /// How far.
        progress: SubGoalProgress,
    }
    /// A sub-goal was closed.
    SubGoalClosed = "sub_goal_closed", "Delmål avsluttet", "Sub-goal closed" {
        /// The sub-goal.
        sub_goal: SubGoalId,
        /// Its trail.
        trail: TrailId,
        /// How.
        outcome: SubGoalOutcome,
        /// The day.
        on: NaiveDate,
    }
    /// A sub-goal was opened again.
    SubGoalReopened = "sub_goal_reopened", "Delmål gjenåpnet", "Sub-goal reopened" {
        /// The sub-goal.
        sub_goal: SubGoalId,
        /// Its trail.
        trail: TrailId,
    }
    /// A narrative was written; the words stay in the narrative.
    NarrativeWritten = "narrative_written", "Tekst skrevet", "Text written" {
        /// The narrative.
        narrative: NarrativeId,
        /// Its trail.
        trail: TrailId,
        /// What it is about.
        topic: Topic,
        /// Which revision, from 1.
        revision: u32,
    }
    /// An openness agreement was made.
    OpennessAgreed = "openness_agreed", "Åpenhet avtalt", "Disclosure agreed" {
        /// The agreement.
        openness: OpennessId,
        /// Its trail.
        trail: TrailId,
        /// Which version.
        version: u32,
        /// What the participant chose.
        stance: OpennessStance,
    }
    /// An openness agreement was withdrawn.
    OpennessWithdrawn = "openness_withdrawn", "Åpenhet trukket tilbake", "Disclosure withdrawn" {
        /// The agreement.
        openness: OpennessId,
        /// Its trail.
        trail: TrailId,
        /// Which version.
        version: u32,
    }
    /// An employer was registered.
    EmployerRegistered = "employer_registered", "Arbeidsgiver registrert", "Employer registered" {
        /// The employer.
        employer: EmployerId,
        /// Its number, where there is one.
        #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "kept")]
        organisation_number: Option<OrganisationNumber>,
        /// Its name.
        #[serde(deserialize_with = "kept")]
        name: Line<200>,
    }
    /// What is known of an employer was corrected.
    EmployerCorrected = "employer_corrected", "Arbeidsgiver rettet", "Employer corrected" {
        /// The employer.
        employer: EmployerId,
        /// Its name from now on.
        #[serde(deserialize_with = "kept")]
        name: Line<200>,
        /// All that was known until now.
        #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "kept")]
        before: Option<Box<EmployerDetails>>,
    }
    /// An employer's organisation number was stated.
    OrganisationNumberStated =
        "organisation_number_stated", "Organisasjonsnummer oppgitt", "Organisation number stated" {
        /// The employer.
        employer: EmployerId,
        /// The number until now.
        #[serde(default, deserialize_with = "kept")]
        before: Option<OrganisationNumber>,
        /// The number from now on.
        #[serde(deserialize_with = "kept")]
        organisation_number: OrganisationNumber,
    }
    /// It was noted what an employer has said about being contacted.
    EmployerPreferencesSet =
        "employer_preferences_set", "Arbeidsgiverens ønsker notert", "Employer's preferences noted" {
        /// The employer.
        employer: EmployerId,
        /// That it is not to be contacted.
        do_not_contact: Option<DoNotContact>,
        /// Through whom alone it is contacted.
        only_through: Option<ContactPersonId>,
        /// Whether it wants to be visited.
        visits: Option<VisitWish>,
    }
    /// A warning was put on an employer, or taken down.
    EmployerWarningSet = "employer_warning_set", "Varsel om arbeidsgiver endret", "Employer's warning changed" {
        /// The employer.
        employer: EmployerId,
        /// What it is about; none when it was taken down.
        about: Option<WarningAbout>,
        /// The last day on which it is shown.
        until: Option<NaiveDate>,
    }
    /// A duplicate was merged into an employer.
    EmployersMerged = "employers_merged", "Arbeidsgivere slått sammen", "Employers merged" {
        /// The employer that is kept.
        employer: EmployerId,
        /// The one that was merged into it.
        duplicate: EmployerId,
    }
    /// A contact person was registered.
    ContactPersonRegistered = "contact_person_registered", "Kontaktperson registrert", "Contact person registered" {
        /// The contact person.
        contact_person: ContactPersonId,
        /// At which employer.
        employer: EmployerId,
        /// By which name.
        #[serde(deserialize_with = "kept")]
        name: PersonName,
    }
    /// What is known of a contact person was corrected.
    ContactPersonCorrected = "contact_person_corrected", "Kontaktperson rettet", "Contact person corrected" {
        /// The contact person.
        contact_person: ContactPersonId,
        /// At which employer.
        employer: EmployerId,
        /// All that was known until now.
        #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "kept")]
        before: Option<Box<ContactPersonDetails>>,
    }
    /// A contact person became a former one.
    ContactPersonLeft = "contact_person_left", "Kontaktperson sluttet", "Contact person left" {
        /// The contact person.
        contact_person: ContactPersonId,
        /// At which employer.
        employer: EmployerId,
        /// The day.
        on: NaiveDate,
    }
    /// A contact person was informed that their data are kept (GDPR art. 14).
    ContactPersonInformed = "contact_person_informed", "Kontaktperson informert", "Contact person informed" {
        /// The contact person.
        contact_person: ContactPersonId,
        /// At which employer.
        employer: EmployerId,
        /// The day.
        on: NaiveDate,
        /// How.
        channel: Channel,
    }
    /// A duplicate was merged into a contact person.
    ContactPersonsMerged = "contact_persons_merged", "Kontaktpersoner slått sammen", "Contact persons merged" {
        /// The contact person who is kept.
        contact_person: ContactPersonId,
        /// The record that was merged into it.
        duplicate: ContactPersonId,
        /// At which employer.
        employer: EmployerId,
    }
    /// A contact person was forgotten.
    ContactPersonForgotten = "contact_person_forgotten", "Kontaktperson slettet", "Contact person forgotten" {
        /// Who.
        contact_person: ContactPersonId,
        /// At which employer.
        employer: EmployerId,
    }
    /// A contact with an employer was registered.
    EmployerContactRegistered =
        "employer_contact_registered", "Arbeidsgiverkontakt registrert", "Employer contact registered" {
        /// The contact.
        employer_contact: EmployerContactId,
        /// For which trail.
        trail: TrailId,
        /// With which employer.
        employer: EmployerId,
        /// The day.
        on: NaiveDate,
        /// The way.
        way: ContactWay,
        /// Who was met.
        met: EmployerMet,
        /// What it was about.
        about: ContactAbout,
    }
    /// A contact with an employer was corrected.
    EmployerContactCorrected =
        "employer_contact_corrected", "Arbeidsgiverkontakt rettet", "Employer contact corrected" {
        /// The contact.
        employer_contact: EmployerContactId,
        /// Of which trail.
        trail: TrailId,
        /// What it said until now.
        #[serde(deserialize_with = "kept")]
        before: Box<NewEmployerContact>,
        /// Who was named as met until now.
        contact_person_before: Option<ContactPersonId>,
    }
    /// The earliest face-to-face contact with an employer turned out to be on another day, or not to have been one.
    FirstEmployerContactCorrected = "first_employer_contact_corrected",
        "Første arbeidsgiverkontakt rettet", "First employer contact corrected" {
        /// The trail.
        trail: TrailId,
        /// The day until now.
        before: NaiveDate,
        /// The day from now on, if one is left.
        on: Option<NaiveDate>,
    }
    /// A contact with an employer for no particular participant was registered.
    GeneralContactRegistered =
        "general_contact_registered", "Generell arbeidsgiverkontakt registrert", "General contact registered" {
        /// The contact.
        general_contact: GeneralContactId,
        /// With which employer.
        employer: EmployerId,
        /// The day.
        on: NaiveDate,
        /// The way.
        way: ContactWay,
        /// Who was met.
        met: EmployerMet,
        /// What it was for.
        purpose: GeneralPurpose,
    }
    /// A job was registered.
    JobRegistered = "job_registered", "Jobb registrert", "Job registered" {
        /// The job.
        job: JobId,
        /// Its trail.
        trail: TrailId,
        /// With which employer.
        employer: Option<EmployerId>,
        /// Its title.
        #[serde(deserialize_with = "kept")]
        title: Line<120>,
        /// The form of employment.
        form: EmploymentForm,
        /// From when, and to when if known.
        period: Period,
    }
    /// A job was ended.
    JobEnded = "job_ended", "Jobb avsluttet", "Job ended" {
        /// The job.
        job: JobId,
        /// Its trail.
        trail: TrailId,
        /// Its last day.
        on: NaiveDate,
        /// Why.
        reason: JobEndReason,
    }
    /// A member of staff was registered.
    StaffRegistered = "staff_registered", "Ansatt registrert", "Member of staff registered" {
        /// The member of staff.
        staff: StaffId,
        /// By which name.
        #[serde(deserialize_with = "kept")]
        name: PersonName,
    }
    /// A team was registered.
    TeamRegistered = "team_registered", "Team registrert", "Team registered" {
        /// The team.
        team: TeamId,
        /// Its name.
        #[serde(deserialize_with = "kept")]
        name: Line<120>,
        /// The method that it works by.
        method: Method,
    }
    /// A membership of a team began.
    MembershipBegun = "membership_begun", "Medlemskap begynt", "Membership begun" {
        /// The membership.
        membership: MembershipId,
        /// Of which team.
        team: TeamId,
        /// Whose.
        staff: StaffId,
        /// In which role.
        role: Role,
        /// From when, and to when if known.
        period: Period,
    }
    /// A membership of a team was ended.
    MembershipEnded = "membership_ended", "Medlemskap avsluttet", "Membership ended" {
        /// The membership.
        membership: MembershipId,
        /// Of which team.
        team: TeamId,
        /// Whose.
        staff: StaffId,
        /// Its last day.
        on: NaiveDate,
    }
}
