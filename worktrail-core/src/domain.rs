//! Values that cannot be wrong, and the rules of the case.
//!
//! A value is made by `parse` or `new` with a typed error, and serde goes through the same door. A stored record reads
//! its values through the *kept* door, which checks structure only: yesterday's value may break today's rule.
//! States are enums; a transition consumes the old state and gives the new one with a [`Fact`], or a [`Rejection`].

pub(crate) mod coded;
mod kept;
pub(crate) mod redacted;
#[cfg(test)]
pub(crate) mod samples;

mod fact;
mod id;
mod moment;
mod rejection;
mod text;
mod thing;

mod attestation;
mod birth_date;
mod capacity;
mod channel;
mod consent;
mod document;
mod document_reference;
mod email;
mod guardianship;
mod guidance;
mod held_number;
mod hours;
mod language_tag;
mod legal_basis;
mod majority;
mod municipality;
mod name_entry;
mod national_id;
mod notice;
mod occupation;
mod organisation_number;
mod participant;
mod period;
mod person_name;
mod person_number;
mod phone;
mod protection;
mod recipient;
mod referral;
mod search_key;
mod text_hash;
mod weekday_times;

mod day_of;
mod method;
mod phase;
mod role;
mod topic;

mod appointment;
mod benefits_counselling;
mod career_profile;
mod collaborator;
mod confirmation;
mod conflict;
mod contact_advice;
mod contact_person;
mod cover;
mod due;
mod education;
mod employer;
mod employer_agreement;
mod employer_contact;
mod end_reason;
mod entries;
mod entry_code;
mod experience;
mod follow_along;
mod former_phase;
mod general_contact;
mod host_list;
mod job;
mod membership;
mod narrative;
mod narrative_revision;
mod office;
mod openness;
mod plan_version;
mod programme_variant;
mod retention;
mod staff;
mod sub_goal;
mod subsidy;
mod support_contact;
mod team;
mod trail;
mod transfer;
mod wishes;

pub use fact::{Fact, FactCode};
pub use id::{
    ActorId, AppointmentId, AttestationId, BenefitsCounsellingId, CapacityAssessmentId, CollaboratorId, ConfirmationId,
    ConflictId, ConsentId, ContactPersonId, CoverId, DocumentId, EducationId, EmployerAgreementId, EmployerContactId,
    EmployerId, GeneralContactId, GuardianshipId, GuidanceId, HeldNumberId, HostListId, JobId, MembershipId,
    NameEntryId, NarrativeId, NarrativeRevisionId, NoticeId, OfficeId, OpennessId, ParticipantId, PlanVersionId,
    ReferralId, StaffId, SubGoalId, SupportContactId, TeamId, TrailId, TransferId, WishesId,
};
pub use moment::{Authorship, Moment, NotMoment};
pub use rejection::Rejection;
pub use text::{Line, NotText, Text};
pub use thing::Thing;

pub use attestation::{Attestation, AttestationKind};
pub use birth_date::{BirthDate, NotBirthDate};
pub use capacity::{CapacityAssessment, CapacityFinding, CapacityOutcome, ConsentMatter, Mandate};
pub use channel::Channel;
pub use consent::{
    CapacityGround, Consent, ConsentClass, ConsentGiver, ConsentLedger, ConsentPurpose, ConsentTerms, Consenter,
    Guideline, HEALTH_MAJORITY, Withdrawal,
};
pub use document::{Document, TextVersion};
pub use document_reference::{DocumentKind, DocumentReference, Signature};
pub use email::{EmailAddress, NotEmailAddress};
pub use guardianship::{GuardianKind, Guardianship, GuardianshipEnd, GuardianshipTerms};
pub use guidance::{Guidance, GuidanceOn, GuidanceTerms};
pub use held_number::HeldNumber;
pub use hours::HoursBand;
pub use hours::{HoursPerWeek, NotHours};
pub use language_tag::{LanguageTag, NotLanguageTag};
pub use legal_basis::{LawfulBasis, LegalBasis, SpecialBasis};
pub use majority::{GuardianConsentStanding, OwnConsent};
pub use municipality::{Municipality, NotMunicipality};
pub use name_entry::{NameBeginning, NameEntry, NotNameBeginning};
pub use national_id::{BirthDigits, CheckRule, NationalId, NationalIdKind, NotNationalId};
pub use notice::{Controller, DefaultNotice, InBothLanguages, Information, NewNotice, Notice, NoticePart, NoticeParts};
pub use occupation::{NotOccupation, Occupation, OccupationScheme};
pub use organisation_number::{NotOrganisationNumber, OrganisationNumber};
pub use participant::{Correction, Datum, FactSource, NewParticipant, Participant, Residence, SmsStance, Stated};
pub use period::{NotPeriod, Period};
pub use person_name::{NotPersonName, PersonName};
pub use person_number::{NotPersonNumber, NumberScheme, OtherNumber, PersonNumber};
pub use phone::{NotPhoneNumber, PhoneNumber};
pub use protection::{AddressProtection, Protection, StaffShielding};
pub use recipient::Recipient;
pub use referral::{NewReferral, ReceivedReferral, ReferralClosing, ReferralDecision, ReferringUnit, UnitKind};
pub use search_key::search_key;
pub use text_hash::{NotTextHash, TextHash};
pub use weekday_times::{NotWeekdayTimes, TimeOfDay, Weekday, WeekdayTime, WeekdayTimes};

pub use day_of::DayOf;
pub use method::Method;
pub use phase::{Phase, PhaseChange};
pub use role::Role;
pub use topic::{Audience, LONGEST_NARRATIVE, Section, Tab, Topic};

pub use appointment::Appointment;
pub use benefits_counselling::{
    BenefitsCounselling, BenefitsOutcome, BenefitsQualification, BenefitsTrigger, NewBenefitsCounselling,
};
pub use career_profile::{CareerProfile, Completeness, ProfileSection, ProfileTopic};
pub use collaborator::{Collaborator, CollaboratorDetails, NamedCollaborator};
pub use confirmation::{Confirmation, ConfirmationStance, Confirmed, ConfirmingParty, NewConfirmation};
pub use conflict::{Conflict, Lifted, Tie};
pub use contact_advice::{ContactAdvice, contact_advice};
pub use contact_person::{ContactPerson, ContactPersonDetails};
pub use cover::{Cover, CoverExtent, CoverReason, CoverTerms, FormerCover};
pub use due::{Due, DueKind};
pub use education::{Education, EducationLevel, EducationStatus, EducationTerms, EducationTrack, Programme, StudyForm};
pub use employer::{
    DoNotContact, DoNotContactReason, EmployerPreferences, EmployerUnit, EmployerWarning, Industry, IndustryScheme,
    NotIndustry, VisitWish, WarningAbout, WarningTerms,
};
pub use employer::{Employer, EmployerDetails};
pub use employer_agreement::{EmployerAgreement, EmployerAgreementTerms};
pub use employer_contact::WishesFollowed;
pub use employer_contact::{ContactAbout, ContactHeldBy, ContactWay, EmployerContact, EmployerMet, NewEmployerContact};
pub use end_reason::{EducationEnding, EndGroup, EndReason, OtherEnding, WorkEnding};
pub use entry_code::{EntryCode, NotEntryCode};
pub use experience::{ExperienceKind, Experiences, Remark};
pub use follow_along::{FollowAlong, FollowAlongStep, follow_along, follow_along_due};
pub use general_contact::{Declaration, GeneralContact, GeneralPurpose, NewGeneralContact};
pub use host_list::{
    BaseValue, HostList, HostListTerms, ListChoice, ListEntry, ListName, MOST_LIST_ENTRIES, NewListEntry,
};
pub use job::{
    Competitive, CompetitiveQuestion, HoursChange, InEducation, JobAccess, JobDetails, JobPay, JobReference, Loss,
    LostWork, NotCompetitive, OnCallPolicy, SupportDeclined, SupportStepDown, Tenure, TenureConfirmation, TenureMark,
};
pub use job::{
    Employment, EmploymentForm, Job, JobEndReason, JobEnding, JobEndingCorrection, JobEndingTerms, JobStatus, NewJob,
};
pub use membership::{
    Absence, AbsenceReason, Affiliation, FormerTerm, Membership, NotShareOfPosition, Position, PositionFrom,
    PositionKind, Presence, ShareOfPosition,
};
pub use narrative::{Narrative, NarrativeText};
pub use narrative_revision::NarrativeRevision;
pub use office::{NewOffice, Office};
pub use openness::{
    OPENNESS_MONTHS, OPENNESS_MONTHS_WITHOUT_JOB, OpennessAgreement, OpennessPart, OpennessStance, OpennessTerms,
};
pub use plan_version::{Plan, PlanAgreement, PlanTerms, PlanText, PlanVersion, SignedPaper};
pub use programme_variant::ProgrammeVariant;
pub use retention::{
    ARCHIVE_AFTER_DAYS, LegalHold, PARTICIPANT_ACCESS_DAYS, REVIEW_AFTER_DAYS, RetentionAction, RetentionAnchor,
    RetentionDue, RetentionPolicy, RetentionRule,
};
pub use staff::{NewStaff, Staff};
pub use sub_goal::{Closing, Responsible, SubGoal, SubGoalOutcome, SubGoalProgress, SubGoalStatus, SubGoalTerms};
pub(crate) use subsidy::subsidy_faults;
pub use subsidy::{Subsidy, SubsidyKind};
pub use support_contact::{NewSupportContact, SupportContact, SupportedJob, SupportedWho};
pub use team::{Clearance, NewTeam, Team};
pub use trail::{
    AGE_OF_MAJORITY, Advice, Around, ContactTiming, Corrector, DAYS_TO_CORRECT_ENDING, DAYS_TO_EMPLOYER_CONTACT,
    EmployerContactClock, Ending, EndingCorrection, ExclusionNote, Formality, GoalKind, LeavingCorrection, MainGoal,
    Milestone, OpenMatter, Opening, Pause, PauseReason, PauseState, PauseTerms, PhaseStay, RecruitmentOutcome,
    RecruitmentPeriod, RecruitmentStatus, Referral, ReferralSource, Reopening, ShownTo, Trail, TrailAudience, Whose,
    YOUNGEST_AGE,
};
pub use transfer::{DAYS_TO_ANSWER, Ownership, Transfer, TransferClosing, TransferKind, TransferStatus, TransferTerms};
pub use wishes::{
    LONGEST_TRAVEL, MOST_WISHED_OCCUPATIONS, OpenTo, Wanted, WishPart, WishTerms, WishedOccupation, Wishes, WorkTrait,
};
