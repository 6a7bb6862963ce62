//! The rows of the table of facts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::attestation::AttestationKind;
use crate::domain::benefits_counselling::{BenefitsOutcome, BenefitsTrigger};
use crate::domain::birth_date::BirthDate;
use crate::domain::capacity::CapacityOutcome;
use crate::domain::channel::Channel;
use crate::domain::coded::coded;
use crate::domain::confirmation::{ConfirmationStance, Confirmed, ConfirmingParty};
use crate::domain::conflict::Tie;
use crate::domain::consent::{ConsentGiver, ConsentPurpose};
use crate::domain::contact_person::ContactPersonDetails;
use crate::domain::cover::{CoverExtent, CoverReason};
use crate::domain::document_reference::DocumentKind;
use crate::domain::education::{EducationTrack, StudyForm};
use crate::domain::email::EmailAddress;
use crate::domain::employer::{DoNotContact, EmployerDetails, VisitWish, WarningAbout};
use crate::domain::employer_contact::{ContactAbout, ContactWay, EmployerMet, NewEmployerContact};
use crate::domain::end_reason::EndReason;
use crate::domain::entry_code::EntryCode;
use crate::domain::experience::ExperienceKind;
use crate::domain::general_contact::GeneralPurpose;
use crate::domain::guardianship::GuardianKind;
use crate::domain::guidance::GuidanceOn;
use crate::domain::host_list::ListName;
use crate::domain::hours::HoursPerWeek;
use crate::domain::id::{
    AppointmentId, AttestationId, BenefitsCounsellingId, CapacityAssessmentId, CollaboratorId, ConfirmationId,
    ConflictId, ConsentId, ContactPersonId, CoverId, DocumentId, EducationId, EmployerAgreementId, EmployerContactId,
    EmployerId, GeneralContactId, GuardianshipId, HeldNumberId, JobId, MembershipId, NarrativeId, NoticeId, OfficeId,
    OpennessId, ParticipantId, PlanVersionId, ReferralId, StaffId, SubGoalId, SupportContactId, TeamId, TrailId,
    TransferId, WishesId,
};
use crate::domain::job::{EmploymentForm, JobEndReason, JobEndingTerms};
use crate::domain::kept::kept;
use crate::domain::language_tag::LanguageTag;
use crate::domain::membership::{AbsenceReason, Position};
use crate::domain::method::Method;
use crate::domain::openness::OpennessStance;
use crate::domain::organisation_number::OrganisationNumber;
use crate::domain::participant::{FactSource, SmsStance};
use crate::domain::period::Period;
use crate::domain::person_name::PersonName;
use crate::domain::person_number::NumberScheme;
use crate::domain::phase::Phase;
use crate::domain::phone::PhoneNumber;
use crate::domain::plan_version::{Plan, PlanAgreement};
use crate::domain::programme_variant::ProgrammeVariant;
use crate::domain::protection::Protection;
use crate::domain::referral::ReferralClosing;
use crate::domain::role::Role;
use crate::domain::sub_goal::{Responsible, SubGoalOutcome, SubGoalProgress};
use crate::domain::support_contact::SupportedWho;
use crate::domain::text::{Line, Text};
use crate::domain::topic::Topic;
use crate::domain::trail::{ExclusionNote, OpenMatter, PauseReason, RecruitmentOutcome, Referral, ReferralSource};
use crate::domain::trail::{GoalKind, TrailAudience};
use crate::domain::transfer::{Ownership, TransferKind, TransferStatus};

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
    /// A participant's name was corrected.
    NameCorrected = "name_corrected", "Navn rettet", "Name corrected" {
        /// Whose.
        participant: ParticipantId,
        /// The name until now.
        #[serde(deserialize_with = "kept")]
        before: PersonName,
        /// The name from now on.
        #[serde(deserialize_with = "kept")]
        name: PersonName,
        /// From where it is known.
        source: FactSource,
        /// Why.
        #[serde(deserialize_with = "kept")]
        reason: Line<300>,
    }
    /// A participant's birth date was corrected.
    BirthDateCorrected = "birth_date_corrected", "Fødselsdato rettet", "Birth date corrected" {
        /// Whose.
        participant: ParticipantId,
        /// The birth date until now.
        #[serde(default, deserialize_with = "kept")]
        before: Option<BirthDate>,
        /// The birth date from now on.
        #[serde(deserialize_with = "kept")]
        birth_date: BirthDate,
        /// From where it is known.
        source: FactSource,
        /// Why.
        #[serde(deserialize_with = "kept")]
        reason: Line<300>,
    }
    /// A participant's national id changed. The numbers are on the participant, not in the history.
    NationalIdChanged = "national_id_changed", "Fødselsnummer endret", "National identity number changed" {
        /// Whose.
        participant: ParticipantId,
        /// Where the former one is kept, if there was one.
        former: Option<HeldNumberId>,
        /// From which day on.
        from: NaiveDate,
        /// From where it is known.
        source: FactSource,
    }
    /// A participant's national id was wrong, and was corrected or taken away. The numbers are not in the history.
    NationalIdCorrected = "national_id_corrected", "Fødselsnummer rettet", "National identity number corrected" {
        /// Whose.
        participant: ParticipantId,
        /// From where it is known.
        source: FactSource,
        /// Why.
        #[serde(deserialize_with = "kept")]
        reason: Line<300>,
    }
    /// Another country's or register's number of a participant was noted.
    NumberNoted = "number_noted", "Annet identitetsnummer registrert", "Other person number noted" {
        /// Where it is kept.
        held_number: HeldNumberId,
        /// Whose.
        participant: ParticipantId,
        /// Of which scheme.
        scheme: NumberScheme,
        /// From where it is known.
        source: FactSource,
    }
    /// A number that was never the participant's was withdrawn, and is not kept.
    NumberWithdrawn = "number_withdrawn", "Identitetsnummer trukket tilbake", "Person number withdrawn" {
        /// Where it was kept.
        held_number: HeldNumberId,
        /// Whose it was said to be.
        participant: ParticipantId,
        /// Why.
        #[serde(deserialize_with = "kept")]
        reason: Line<300>,
    }
    /// It was stated where a participant lives; where is on the participant, since an address may be withheld.
    ResidenceStated = "residence_stated", "Bosted oppgitt", "Residence stated" {
        /// Whose.
        participant: ParticipantId,
        /// From where it is known.
        source: FactSource,
    }
    /// A participant's language was set.
    LanguageSet = "language_set", "Språk oppgitt", "Language set" {
        /// Whose.
        participant: ParticipantId,
        /// The language from now on.
        #[serde(default, deserialize_with = "kept")]
        language: Option<LanguageTag>,
    }
    /// A participant reserved themself against text messages, or lifted that.
    SmsStanceSet = "sms_stance_set", "SMS-reservasjon endret", "Text message reservation changed" {
        /// Whose.
        participant: ParticipantId,
        /// The stance from now on.
        to: SmsStance,
    }
    /// Two participants were merged: they are one person.
    ParticipantsMerged = "participants_merged", "Deltakere slått sammen", "Participants merged" {
        /// Whose history this stands in.
        participant: ParticipantId,
        /// Who stands for both.
        kept: ParticipantId,
        /// Who was merged.
        merged: ParticipantId,
        /// Why.
        #[serde(deserialize_with = "kept")]
        reason: Line<300>,
    }
    /// A team was told which team has a participant's open trail (`DA3`): a disclosure.
    WhereOpenDisclosed = "where_open_disclosed", "Opplyst hvor jobbsporet er åpent", "Told where the trail is open" {
        /// About whom.
        participant: ParticipantId,
        /// The team that asked.
        asked_by: TeamId,
        /// The team that was named.
        named: TeamId,
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
        /// The trail on which that was recorded; none for what was told before that was kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        trail: Option<TrailId>,
        /// What for.
        purpose: ConsentPurpose,
    }
    /// A version of a notice was published.
    NoticePublished = "notice_published", "Informasjonstekst publisert", "Notice published" {
        /// The version's id.
        notice: NoticeId,
        /// Which notice.
        #[serde(deserialize_with = "kept")]
        name: Line<80>,
        /// Which version.
        #[serde(deserialize_with = "kept")]
        version: Line<40>,
        /// Its first day.
        valid_from: NaiveDate,
    }
    /// An office got another name.
    OfficeRenamed = "office_renamed", "Kontor fikk nytt navn", "Office renamed" {
        /// The office.
        office: OfficeId,
        /// Its name until now.
        #[serde(deserialize_with = "kept")]
        from: Line<120>,
        /// Its name from now on.
        #[serde(deserialize_with = "kept")]
        to: Line<120>,
    }
    /// An organisation stated a list of its own.
    HostListStated = "host_list_stated", "Egen liste oppdatert", "List of one's own stated" {
        /// Over which list.
        list: ListName,
        /// How many choices it offers from now on.
        offered: u32,
    }
    /// An organisation stated guidance of its own.
    GuidanceStated = "guidance_stated", "Egen veiledning oppdatert", "Guidance of one's own stated" {
        /// On what.
        #[serde(deserialize_with = "kept")]
        on: GuidanceOn,
    }
    /// An organisation took its own guidance back: the library's stands again.
    GuidanceWithdrawn = "guidance_withdrawn", "Egen veiledning fjernet", "Guidance of one's own taken back" {
        /// On what.
        #[serde(deserialize_with = "kept")]
        on: GuidanceOn,
    }
    /// Which entry of the organisation's own list goes with what was chosen was said.
    ListEntryChosen = "list_entry_chosen", "Valgt fra egen liste", "Chosen from a list of one's own" {
        /// Of which list.
        list: ListName,
        /// Which entry.
        #[serde(default, deserialize_with = "kept")]
        entry: Option<EntryCode>,
        /// For which trail, when it is a trail's own; of a text none is told, whose topic is not for every reader.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        trail: Option<TrailId>,
    }
    /// Who is a participant's guardian was registered. The name is on the guardianship, not in the history.
    GuardianshipRegistered = "guardianship_registered", "Verge registrert", "Guardian registered" {
        /// The guardianship.
        guardianship: GuardianshipId,
        /// Whose guardian it is.
        participant: ParticipantId,
        /// What makes them one.
        kind: GuardianKind,
        /// From when to when.
        period: Period,
    }
    /// A guardianship ended.
    GuardianshipEnded = "guardianship_ended", "Vergemål avsluttet", "Guardianship ended" {
        /// The guardianship.
        guardianship: GuardianshipId,
        /// Whose guardian it was.
        participant: ParticipantId,
        /// Its last day.
        on: NaiveDate,
    }
    /// A participant's capacity to consent was assessed.
    CapacityAssessed = "capacity_assessed", "Samtykkekompetanse vurdert", "Capacity to consent assessed" {
        /// The assessment.
        assessment: CapacityAssessmentId,
        /// Whose capacity.
        participant: ParticipantId,
        /// What was found.
        outcome: CapacityOutcome,
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
        /// The unit that referred, if one did.
        #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "kept")]
        unit: Option<Line<120>>,
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
    /// How the recruitment programme was left was corrected.
    RecruitmentCorrected = "recruitment_corrected",
        "Utmelding av rekrutteringsprogrammet rettet", "Leaving of the recruitment programme corrected" {
        /// The trail.
        trail: TrailId,
        /// The first day of the period.
        first: NaiveDate,
        /// The last day that it was.
        last_before: NaiveDate,
        /// How it had ended until then.
        outcome_before: RecruitmentOutcome,
        /// The last day that it is.
        last: NaiveDate,
        /// How it ended.
        outcome: RecruitmentOutcome,
        /// Why it was corrected.
        #[serde(deserialize_with = "kept")]
        reason: Text<500>,
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
    /// A document was filed.
    DocumentFiled = "document_filed", "Dokument registrert", "Document filed" {
        /// The document.
        document: DocumentId,
        /// Its trail.
        trail: TrailId,
        /// What it is.
        kind: DocumentKind,
        /// The topic whose text it is the original of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        topic: Option<Topic>,
    }
    /// Somebody confirmed a goal or a text, or differed.
    ConfirmationMade = "confirmation_made", "Tilslutning gitt", "Confirmation made" {
        /// The confirmation.
        confirmation: ConfirmationId,
        /// Its trail.
        trail: TrailId,
        /// Of which version of what.
        of: Confirmed,
        /// Whose word it is.
        party: ConfirmingParty,
        /// Whether they confirm.
        stance: ConfirmationStance,
    }
    /// Counselling about benefits was offered, given or declined.
    BenefitsCounsellingRegistered =
        "benefits_counselling_registered", "Samtale om ytelser registrert", "Benefits counselling registered" {
        /// The counselling.
        benefits_counselling: BenefitsCounsellingId,
        /// Its trail.
        trail: TrailId,
        /// The job that it was about.
        job: Option<JobId>,
        /// On which day.
        on: NaiveDate,
        /// What gave rise to it.
        trigger: BenefitsTrigger,
        /// What came of it.
        outcome: BenefitsOutcome,
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
    /// A trail was proposed to somebody else, or assigned to somebody by whoever opened it.
    TransferProposed = "transfer_proposed", "Overføring foreslått", "Transfer proposed" {
        /// The transfer.
        transfer: TransferId,
        /// Its trail.
        trail: TrailId,
        /// What the specialist is asked.
        kind: TransferKind,
        /// From whom.
        from: Ownership,
        /// To whom.
        to: Ownership,
        /// The last day on which it can be answered.
        answer_by: NaiveDate,
    }
    /// A transfer was accepted.
    TransferAccepted = "transfer_accepted", "Overføring godtatt", "Transfer accepted" {
        /// The transfer.
        transfer: TransferId,
        /// Its trail.
        trail: TrailId,
    }
    /// A transfer was returned.
    TransferReturned = "transfer_returned", "Overføring returnert", "Transfer returned" {
        /// The transfer.
        transfer: TransferId,
        /// Its trail.
        trail: TrailId,
        /// Why.
        #[serde(deserialize_with = "kept")]
        reason: Text<500>,
    }
    /// A transfer was closed without an answer.
    TransferClosed = "transfer_closed", "Overføring lukket", "Transfer closed" {
        /// The transfer.
        transfer: TransferId,
        /// Its trail.
        trail: TrailId,
        /// How.
        status: TransferStatus,
    }
    /// A trail came to another owner.
    TrailHandedOver = "trail_handed_over", "Jobbspor overført", "Trail handed over" {
        /// The trail.
        trail: TrailId,
        /// From whom.
        from: Ownership,
        /// To whom.
        to: Ownership,
    }
    /// Somebody was asked to stand in for the owner of a trail.
    CoverGiven = "cover_given", "Vikar satt inn", "Cover given" {
        /// The cover.
        cover: CoverId,
        /// Its trail.
        trail: TrailId,
        /// The team as whose member they cover.
        team: TeamId,
        /// Who.
        staff: StaffId,
        /// How far.
        extent: CoverExtent,
        /// From when to when.
        period: Period,
        /// Why.
        reason: CoverReason,
    }
    /// A cover was ended before its last day.
    CoverEnded = "cover_ended", "Vikariat avsluttet", "Cover ended" {
        /// The cover.
        cover: CoverId,
        /// Its trail.
        trail: TrailId,
        /// Who covered.
        staff: StaffId,
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
    /// How a job ended was corrected, or that it had.
    JobEndingCorrected = "job_ending_corrected", "Avslutning av jobb rettet", "Ending of the job corrected" {
        /// The job.
        job: JobId,
        /// Its trail.
        trail: TrailId,
        /// The ending until then.
        before: JobEndingTerms,
        /// The ending; none when it did not end.
        ending: Option<JobEndingTerms>,
        /// Why it was corrected.
        #[serde(deserialize_with = "kept")]
        why: Text<500>,
    }
    /// A job that had not begun was withdrawn.
    JobWithdrawn = "job_withdrawn", "Jobb trukket", "Job withdrawn" {
        /// The job.
        job: JobId,
        /// Its trail.
        trail: TrailId,
        /// The employer that it was to be with.
        employer: Option<EmployerId>,
        /// The title.
        #[serde(deserialize_with = "kept")]
        title: Line<120>,
        /// From when, and to when if known.
        period: Period,
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
    /// When an education was broken off was corrected, or that it was.
    EducationEndingCorrected =
        "education_ending_corrected", "Avbrudd av utdanning rettet", "Breaking off of the education corrected" {
        /// The education.
        education: EducationId,
        /// Its trail.
        trail: TrailId,
        /// The last day until then.
        before: NaiveDate,
        /// The last day; none when it was not broken off.
        on: Option<NaiveDate>,
        /// Why it was corrected.
        #[serde(deserialize_with = "kept")]
        why: Text<500>,
    }
    /// An education that had not begun was withdrawn.
    EducationWithdrawn = "education_withdrawn", "Utdanning trukket", "Education withdrawn" {
        /// The education.
        education: EducationId,
        /// Its trail.
        trail: TrailId,
        /// Its title.
        #[serde(deserialize_with = "kept")]
        title: Line<120>,
        /// From when, and to when if known.
        period: Period,
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
    /// An office was founded.
    OfficeFounded = "office_founded", "Kontor opprettet", "Office founded" {
        /// The office.
        office: OfficeId,
        /// Its name.
        #[serde(deserialize_with = "kept")]
        name: Line<120>,
        /// The office right above it.
        parent: Option<OfficeId>,
    }
    /// An office was moved in the tree.
    OfficeMoved = "office_moved", "Kontor flyttet", "Office moved" {
        /// The office.
        office: OfficeId,
        /// Until now under which one.
        from: Option<OfficeId>,
        /// From now on under which one.
        to: Option<OfficeId>,
    }
    /// A team was founded as cleared for people who are strictly protected.
    TeamCleared = "team_cleared", "Team klarert", "Team cleared" {
        /// The team.
        team: TeamId,
    }
    /// A team was renamed.
    TeamRenamed = "team_renamed", "Team gitt nytt navn", "Team renamed" {
        /// The team.
        team: TeamId,
        /// Its name until now.
        #[serde(deserialize_with = "kept")]
        from: Line<120>,
        /// Its name from now on.
        #[serde(deserialize_with = "kept")]
        to: Line<120>,
    }
    /// A team was placed in an office.
    TeamPlaced = "team_placed", "Team plassert", "Team placed" {
        /// The team.
        team: TeamId,
        /// Until now in which office.
        from: Option<OfficeId>,
        /// From now on in which one.
        to: Option<OfficeId>,
    }
    /// The variant of its method that a team works by was set.
    TeamVariantSet = "team_variant_set", "Teamets programvariant satt", "Team's programme variant set" {
        /// The team.
        team: TeamId,
        /// Until now.
        from: Option<ProgrammeVariant>,
        /// From now on.
        to: Option<ProgrammeVariant>,
    }
    /// The variant of its method that a trail follows was set.
    TrailVariantSet = "trail_variant_set", "Jobbsporets programvariant satt", "Trail's programme variant set" {
        /// The trail.
        trail: TrailId,
        /// Until now.
        from: Option<ProgrammeVariant>,
        /// From now on.
        to: Option<ProgrammeVariant>,
    }
    /// A member's role was changed.
    MembershipRoleChanged = "membership_role_changed", "Rolle endret", "Role changed" {
        /// The membership.
        membership: MembershipId,
        /// Of which team.
        team: TeamId,
        /// Whose.
        staff: StaffId,
        /// The role until now.
        from: Role,
        /// The role from now on.
        to: Role,
        /// Its first day.
        on: NaiveDate,
    }
    /// A member's post was set.
    PositionSet = "position_set", "Stilling registrert", "Post set" {
        /// The membership.
        membership: MembershipId,
        /// Of which team.
        team: TeamId,
        /// Whose.
        staff: StaffId,
        /// The post.
        position: Position,
        /// Its first day.
        from: NaiveDate,
    }
    /// A member's absence was registered.
    AbsenceRegistered = "absence_registered", "Fravær registrert", "Absence registered" {
        /// The membership.
        membership: MembershipId,
        /// Of which team.
        team: TeamId,
        /// Whose.
        staff: StaffId,
        /// From when to when.
        period: Period,
        /// Why, as far as colleagues need to know.
        reason: AbsenceReason,
    }
    /// A member is back from an absence.
    AbsenceEnded = "absence_ended", "Tilbake fra fravær", "Back from absence" {
        /// The membership.
        membership: MembershipId,
        /// Of which team.
        team: TeamId,
        /// Whose.
        staff: StaffId,
        /// The first day back.
        on: NaiveDate,
    }
    /// A member of staff was appointed to a role beyond a team.
    StaffAppointed = "staff_appointed", "Ansatt oppnevnt", "Member of staff appointed" {
        /// The appointment.
        appointment: AppointmentId,
        /// Who.
        staff: StaffId,
        /// To which role.
        role: Role,
        /// For which office; none for the whole organisation.
        office: Option<OfficeId>,
        /// From when, and to when if known.
        period: Period,
    }
    /// An appointment was ended.
    AppointmentEnded = "appointment_ended", "Oppnevning avsluttet", "Appointment ended" {
        /// The appointment.
        appointment: AppointmentId,
        /// Whose.
        staff: StaffId,
        /// To which role.
        role: Role,
        /// For which office; none for the whole organisation.
        office: Option<OfficeId>,
        /// Its last day.
        on: NaiveDate,
    }
    /// A member of staff declared a conflict of interest.
    ConflictDeclared = "conflict_declared", "Inhabilitet meldt", "Conflict of interest declared" {
        /// The conflict.
        conflict: ConflictId,
        /// Towards whom.
        participant: ParticipantId,
        /// Whose.
        staff: StaffId,
        /// What ties them.
        tie: Tie,
    }
    /// A declared conflict was lifted.
    ConflictLifted = "conflict_lifted", "Inhabilitet opphevet", "Conflict of interest lifted" {
        /// The conflict.
        conflict: ConflictId,
        /// Towards whom.
        participant: ParticipantId,
        /// Whose.
        staff: StaffId,
        /// Why.
        #[serde(deserialize_with = "kept")]
        reason: Text<500>,
    }
}
