//! The rows of the table of facts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::attestation::AttestationKind;
use crate::domain::birth_date::BirthDate;
use crate::domain::channel::Channel;
use crate::domain::coded::coded;
use crate::domain::consent::{ConsentGiver, ConsentPurpose};
use crate::domain::email::EmailAddress;
use crate::domain::employer_contact::{ContactAbout, ContactWay, EmployerMet};
use crate::domain::end_reason::EndReason;
use crate::domain::id::{
    AttestationId, CollaboratorId, ConsentId, ContactPersonId, EmployerContactId, EmployerId, JobId, MembershipId,
    NarrativeId, OpennessId, ParticipantId, PlanVersionId, ReferralId, StaffId, SubGoalId, TeamId, TrailId, WishesId,
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
use crate::domain::plan_version::{Plan, PlanAgreement};
use crate::domain::protection::Protection;
use crate::domain::referral::ReferralClosing;
use crate::domain::role::Role;
use crate::domain::sub_goal::{Responsible, SubGoalOutcome, SubGoalProgress};
use crate::domain::text::{Line, Text};
use crate::domain::topic::Topic;
use crate::domain::trail::{
    ExclusionNote, GoalKind, OpenMatter, PauseReason, RecruitmentOutcome, Referral, ReferralSource, TrailAudience,
};

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
    /// A trail follows an ended one of the same participant (`DB4`).
    TrailReturned = "trail_returned", "Tilbake i nytt jobbspor", "Returned to a new trail" {
        /// The trail.
        trail: TrailId,
        /// The ended one.
        follows: TrailId,
    }
    /// Texts and sub-goals were copied from a former trail, as agreed with the participant (`DB4`).
    ProfileCopied = "profile_copied", "Profil kopiert", "Profile copied" {
        /// The trail.
        trail: TrailId,
        /// The ended one.
        from: TrailId,
        /// The day on which the participant agreed.
        agreed_on: NaiveDate,
        /// How.
        channel: Channel,
        /// The topics of the texts.
        topics: Vec<Topic>,
        /// How many sub-goals.
        sub_goals: u32,
    }
    /// A referral was received.
    ReferralReceived = "referral_received", "Henvisning mottatt", "Referral received" {
        /// The referral.
        referral: ReferralId,
        /// About whom.
        participant: ParticipantId,
        /// By which team.
        team: TeamId,
        /// The day.
        on: NaiveDate,
        /// Who took the step.
        source: ReferralSource,
    }
    /// A referral was accepted: a trail was opened.
    ReferralAccepted = "referral_accepted", "Henvisning godtatt", "Referral accepted" {
        /// The referral.
        referral: ReferralId,
        /// The trail.
        trail: TrailId,
    }
    /// A referral was declined, or withdrawn by whoever made it.
    ReferralClosed = "referral_closed", "Henvisning avsluttet uten jobbspor", "Referral closed without a trail" {
        /// The referral.
        referral: ReferralId,
        /// The day.
        on: NaiveDate,
        /// Why.
        reason: ReferralClosing,
        /// More about why.
        #[serde(default, deserialize_with = "kept")]
        note: Option<Text<1000>>,
    }
    /// The reply to a referral was sent.
    ReferralAnswered = "referral_answered", "Svar på henvisning sendt", "Reply to a referral sent" {
        /// The referral.
        referral: ReferralId,
        /// The day.
        on: NaiveDate,
    }
    /// Whom a referral is shown to was changed. One code for both ways, as for trails (`DA4`).
    ReferralAudienceChanged = "referral_audience_changed", "Innsyn i henvisning endret", "Referral audience changed" {
        /// The referral.
        referral: ReferralId,
        /// Whom it is shown to from then on.
        to: TrailAudience,
    }
    /// A trail was paused.
    TrailPaused = "trail_paused", "Satt på pause", "Trail paused" {
        /// The trail.
        trail: TrailId,
        /// From when to when.
        period: Period,
        /// Why.
        reason: PauseReason,
        /// More about why.
        #[serde(default, deserialize_with = "kept")]
        note: Option<Text<500>>,
        /// When the specialist looks in.
        follow_up_on: Option<NaiveDate>,
    }
    /// A pause was said anew: moved, ended or extended.
    PauseRevised = "pause_revised", "Passiv periode endret", "Pause revised" {
        /// The trail.
        trail: TrailId,
        /// From when to when it was.
        before: Period,
        /// From when to when it is.
        period: Period,
        /// Why.
        reason: PauseReason,
        /// More about why.
        #[serde(default, deserialize_with = "kept")]
        note: Option<Text<500>>,
        /// When the specialist looks in.
        follow_up_on: Option<NaiveDate>,
    }
    /// A planned pause was removed.
    PauseRemoved = "pause_removed", "Planlagt passiv periode fjernet", "Planned pause removed" {
        /// The trail.
        trail: TrailId,
        /// From when to when it was to be.
        period: Period,
    }
    /// The participant was enrolled in the recruitment programme.
    RecruitmentBegun = "recruitment_begun", "Meldt inn i rekrutteringsprogrammet", "Recruitment programme entered" {
        /// The trail.
        trail: TrailId,
        /// The first day.
        first: NaiveDate,
    }
    /// The participant left the recruitment programme.
    RecruitmentEnded = "recruitment_ended", "Meldt ut av rekrutteringsprogrammet", "Recruitment programme left" {
        /// The trail.
        trail: TrailId,
        /// The first day.
        first: NaiveDate,
        /// The last day.
        last: NaiveDate,
        /// How it ended.
        outcome: RecruitmentOutcome,
    }
    /// An enrolment that lay ahead was withdrawn.
    RecruitmentWithdrawn =
        "recruitment_withdrawn", "Innmelding i rekrutteringsprogrammet trukket", "Enrolment withdrawn" {
        /// The trail.
        trail: TrailId,
        /// The first day that it was to have.
        first: NaiveDate,
    }
    /// What was still open when a trail was ended.
    EndingChecked = "ending_checked", "Sjekkliste ved avslutning", "Ending checked" {
        /// The trail.
        trail: TrailId,
        /// What was open.
        open: Vec<OpenMatter>,
    }
    /// An ending raised the zero-exclusion flag, and was answered for.
    ZeroExclusionRaised = "zero_exclusion_raised", "Varsel om ingen ekskludering", "Zero-exclusion flag raised" {
        /// The trail.
        trail: TrailId,
        /// The specialist's reason.
        #[serde(deserialize_with = "kept")]
        reason: Text<1000>,
        /// When the participant is asked again.
        help_again_on: NaiveDate,
    }
    /// The day of the start-up meeting was corrected.
    StartCorrected = "start_corrected", "Oppstartsdato rettet", "Start corrected" {
        /// The trail.
        trail: TrailId,
        /// The day that it was.
        before: NaiveDate,
        /// The day that it is.
        on: NaiveDate,
        /// Why.
        #[serde(deserialize_with = "kept")]
        reason: Text<500>,
    }
    /// The referral of a trail was corrected.
    ReferralCorrected = "referral_corrected", "Henvisning rettet", "Referral corrected" {
        /// The trail.
        trail: TrailId,
        /// What it was.
        #[serde(deserialize_with = "kept")]
        before: Referral,
        /// What it is.
        #[serde(deserialize_with = "kept")]
        after: Referral,
        /// Why.
        #[serde(deserialize_with = "kept")]
        reason: Text<500>,
    }
    /// The ending of a trail was corrected.
    EndingCorrected = "ending_corrected", "Avslutning rettet", "Ending corrected" {
        /// The trail.
        trail: TrailId,
        /// The last day that it was.
        on_before: NaiveDate,
        /// The end reason that it was.
        reason_before: EndReason,
        /// The last day that it is.
        on: NaiveDate,
        /// The end reason that it is.
        reason: EndReason,
        /// What is said about the zero-exclusion flag.
        #[serde(default, deserialize_with = "kept")]
        exclusion: Option<ExclusionNote>,
        /// Why it was corrected.
        #[serde(deserialize_with = "kept")]
        why: Text<500>,
    }
    /// An ended trail was opened again.
    TrailReopened = "trail_reopened", "Jobbspor gjenåpnet", "Trail reopened" {
        /// The trail.
        trail: TrailId,
        /// The last day that it had.
        ended_on: NaiveDate,
        /// Why it had ended.
        end_reason: EndReason,
        /// The phase from then on.
        to: Phase,
        /// The first day in it.
        on: NaiveDate,
        /// Why it was opened again.
        #[serde(deserialize_with = "kept")]
        reason: Text<500>,
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
    /// A plan was agreed on as a whole.
    PlanAgreed = "plan_agreed", "Plan avtalt", "Plan agreed on" {
        /// The version.
        plan_version: PlanVersionId,
        /// Its trail.
        trail: TrailId,
        /// Which plan.
        plan: Plan,
        /// Which version.
        version: u32,
        /// How the participant agreed.
        agreement: PlanAgreement,
    }
    /// A participant's wishes were stated; what they are stays in them.
    WishesStated = "wishes_stated", "Ønsker ført", "Wishes stated" {
        /// The wishes.
        wishes: WishesId,
        /// Whose.
        participant: ParticipantId,
        /// Which version.
        version: u32,
    }
    /// A collaborator was registered. None of these facts names them.
    CollaboratorRegistered =
        "collaborator_registered", "Samarbeidspartner registrert", "Collaborator registered" {
        /// The collaborator.
        collaborator: CollaboratorId,
        /// Of which trail.
        trail: TrailId,
    }
    /// What is known of a collaborator was said anew.
    CollaboratorRevised = "collaborator_revised", "Samarbeidspartner rettet", "Collaborator revised" {
        /// The collaborator.
        collaborator: CollaboratorId,
        /// Of which trail.
        trail: TrailId,
    }
    /// A collaborator became a former one.
    CollaboratorLeft = "collaborator_left", "Samarbeidspartner sluttet", "Collaborator left" {
        /// The collaborator.
        collaborator: CollaboratorId,
        /// Of which trail.
        trail: TrailId,
        /// The day.
        on: NaiveDate,
    }
    /// A collaborator withdrew their consent, and is no longer named.
    CollaboratorUnnamed =
        "collaborator_unnamed", "Samarbeidspartnerens navn fjernet", "Collaborator no longer named" {
        /// The collaborator.
        collaborator: CollaboratorId,
        /// Of which trail.
        trail: TrailId,
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
