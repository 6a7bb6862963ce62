//! The rows of the table of facts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::attestation::AttestationKind;
use crate::domain::birth_date::BirthDate;
use crate::domain::coded::coded;
use crate::domain::consent::{ConsentGiver, ConsentPurpose};
use crate::domain::education::{EducationTrack, StudyForm};
use crate::domain::email::EmailAddress;
use crate::domain::employer_contact::{ContactAbout, ContactWay, EmployerMet};
use crate::domain::end_reason::EndReason;
use crate::domain::experience::ExperienceKind;
use crate::domain::hours::HoursPerWeek;
use crate::domain::id::{
    AttestationId, ConsentId, ContactPersonId, EducationId, EmployerAgreementId, EmployerContactId, EmployerId, JobId,
    MembershipId, NarrativeId, OpennessId, ParticipantId, StaffId, SubGoalId, SupportContactId, TeamId, TrailId,
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
use crate::domain::support_contact::SupportedWho;
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
        /// Its number.
        #[serde(deserialize_with = "kept")]
        organisation_number: OrganisationNumber,
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
    /// What was told of a job was corrected.
    JobCorrected = "job_corrected", "Jobb rettet", "Job corrected" {
        /// The job.
        job: JobId,
        /// Its trail.
        trail: TrailId,
        /// The employer until then.
        employer_before: Option<EmployerId>,
        /// The employer.
        employer: Option<EmployerId>,
        /// The title until then.
        #[serde(deserialize_with = "kept")]
        title_before: Line<120>,
        /// The title.
        #[serde(deserialize_with = "kept")]
        title: Line<120>,
        /// The form of employment until then.
        form_before: EmploymentForm,
        /// The form of employment.
        form: EmploymentForm,
        /// The hours until then.
        #[serde(default, deserialize_with = "kept")]
        hours_before: Option<HoursPerWeek>,
        /// The hours.
        #[serde(default, deserialize_with = "kept")]
        hours: Option<HoursPerWeek>,
        /// The period until then.
        period_before: Period,
        /// The period.
        period: Period,
    }
    /// The hours of a job were changed.
    JobHoursChanged = "job_hours_changed", "Arbeidstid endret", "Hours changed" {
        /// The job.
        job: JobId,
        /// Its trail.
        trail: TrailId,
        /// The hours.
        #[serde(deserialize_with = "kept")]
        hours: HoursPerWeek,
        /// The first day with them.
        from: NaiveDate,
    }
    /// Work was lost.
    WorkLost = "work_lost", "Mistet arbeid", "Lost work" {
        /// The job.
        job: JobId,
        /// Its trail.
        trail: TrailId,
        /// Its last day.
        on: NaiveDate,
        /// The day on which it became known.
        learned_on: NaiveDate,
        /// Why.
        reason: JobEndReason,
        /// The day on which help was offered, if it was.
        help_offered_on: Option<NaiveDate>,
    }
    /// A job was found to be still going on.
    TenureConfirmed = "tenure_confirmed", "Fortsatt i jobb", "Still in the job" {
        /// The job.
        job: JobId,
        /// Its trail.
        trail: TrailId,
        /// The day.
        on: NaiveDate,
    }
    /// What worked or did not work in a job was written; the words stay in the job.
    JobExperienceNoted = "job_experience_noted", "Erfaring fra jobb skrevet", "Experience of a job written" {
        /// The job.
        job: JobId,
        /// Its trail.
        trail: TrailId,
        /// Which of the two.
        kind: ExperienceKind,
    }
    /// A reference was given for a job; the words stay in the job.
    JobReferenceGiven = "job_reference_given", "Referanse gitt", "Reference given" {
        /// The job.
        job: JobId,
        /// Its trail.
        trail: TrailId,
        /// The day.
        on: NaiveDate,
    }
    /// Support in a job was stepped down; the plan that remains stays in the job.
    JobSupportSteppedDown = "job_support_stepped_down", "Jobbstøtte trappet ned", "Job support stepped down" {
        /// The job.
        job: JobId,
        /// Its trail.
        trail: TrailId,
        /// From which day.
        on: NaiveDate,
    }
    /// The participant declined more support in a job.
    JobSupportDeclined = "job_support_declined", "Jobbstøtte avslått", "Job support declined" {
        /// The job.
        job: JobId,
        /// Its trail.
        trail: TrailId,
        /// From which day.
        on: NaiveDate,
    }
    /// An education was registered.
    EducationRegistered = "education_registered", "Utdanning registrert", "Education registered" {
        /// The education.
        education: EducationId,
        /// Its trail.
        trail: TrailId,
        /// Its title.
        #[serde(deserialize_with = "kept")]
        title: Line<120>,
        /// The track.
        track: EducationTrack,
        /// The form of study.
        form: StudyForm,
        /// From when, and to when if known.
        period: Period,
    }
    /// What was told of an education was corrected.
    EducationCorrected = "education_corrected", "Utdanning rettet", "Education corrected" {
        /// The education.
        education: EducationId,
        /// Its trail.
        trail: TrailId,
        /// Its title until then.
        #[serde(deserialize_with = "kept")]
        title_before: Line<120>,
        /// Its title.
        #[serde(deserialize_with = "kept")]
        title: Line<120>,
        /// The form of study until then.
        form_before: StudyForm,
        /// The form of study.
        form: StudyForm,
        /// The period until then.
        period_before: Period,
        /// The period.
        period: Period,
    }
    /// An education was broken off.
    EducationAborted = "education_aborted", "Utdanning avbrutt", "Education broken off" {
        /// The education.
        education: EducationId,
        /// Its trail.
        trail: TrailId,
        /// Its last day.
        on: NaiveDate,
    }
    /// What worked or did not work in an education was written; the words stay in the education.
    EducationExperienceNoted =
        "education_experience_noted", "Erfaring fra utdanning skrevet", "Experience of an education written" {
        /// The education.
        education: EducationId,
        /// Its trail.
        trail: TrailId,
        /// Which of the two.
        kind: ExperienceKind,
    }
    /// A support contact was registered.
    SupportContactRegistered = "support_contact_registered", "Støttekontakt registrert", "Support contact registered" {
        /// The contact.
        support_contact: SupportContactId,
        /// Its trail.
        trail: TrailId,
        /// The job that it was about, if it was about one.
        job: Option<JobId>,
        /// The day.
        on: NaiveDate,
        /// With whom.
        with: SupportedWho,
    }
    /// An agreement with an employer was registered; its words stay in it.
    EmployerAgreed = "employer_agreed", "Avtale med arbeidsgiver registrert", "Employer agreement registered" {
        /// The agreement.
        employer_agreement: EmployerAgreementId,
        /// Its trail.
        trail: TrailId,
        /// With which employer.
        employer: EmployerId,
        /// From when, and to when if known.
        period: Period,
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
