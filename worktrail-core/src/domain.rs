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
mod channel;
mod consent;
mod email;
mod hours;
mod municipality;
mod national_id;
mod organisation_number;
mod participant;
mod period;
mod person_name;
mod phone;
mod protection;
mod recipient;
mod referral;
mod text_hash;
mod weekday_times;

mod day_of;
mod method;
mod phase;
mod role;
mod topic;

mod collaborator;
mod contact_person;
mod employer;
mod employer_contact;
mod end_reason;
mod job;
mod membership;
mod narrative;
mod narrative_revision;
mod occupation;
mod openness;
mod plan_version;
mod staff;
mod sub_goal;
mod team;
mod trail;
mod wishes;

pub use fact::{Fact, FactCode};
pub use id::{
    ActorId, AttestationId, CollaboratorId, ConsentId, ContactPersonId, EmployerContactId, EmployerId, JobId,
    MembershipId, NarrativeId, NarrativeRevisionId, OpennessId, ParticipantId, PlanVersionId, ReferralId, StaffId,
    SubGoalId, TeamId, TrailId, WishesId,
};
pub use moment::{Authorship, Moment, NotMoment};
pub use rejection::Rejection;
pub use text::{Line, NotText, Text};
pub use thing::Thing;

pub use attestation::{Attestation, AttestationKind};
pub use birth_date::{BirthDate, NotBirthDate};
pub use channel::Channel;
pub use consent::{Consent, ConsentClass, ConsentGiver, ConsentPurpose, ConsentTerms, Withdrawal};
pub use email::{EmailAddress, NotEmailAddress};
pub use hours::{HoursPerWeek, NotHours};
pub use municipality::{Municipality, NotMunicipality};
pub use national_id::{NationalId, NationalIdKind, NotNationalId};
pub use organisation_number::{NotOrganisationNumber, OrganisationNumber};
pub use participant::{NewParticipant, Participant};
pub use period::{NotPeriod, Period};
pub use person_name::{NotPersonName, PersonName};
pub use phone::{NotPhoneNumber, PhoneNumber};
pub use protection::{AddressProtection, Protection, StaffShielding};
pub use recipient::Recipient;
pub use referral::{NewReferral, ReceivedReferral, ReferralClosing, ReferralDecision, ReferringUnit, UnitKind};
pub use text_hash::{NotTextHash, TextHash};
pub use weekday_times::{NotWeekdayTimes, TimeOfDay, Weekday, WeekdayTime, WeekdayTimes};

pub use day_of::DayOf;
pub use method::Method;
pub use phase::{Phase, PhaseChange};
pub use role::Role;
pub use topic::{Audience, LONGEST_NARRATIVE, Section, Tab, Topic};

pub use collaborator::{Collaborator, CollaboratorDetails, NamedCollaborator};
pub use contact_person::{ContactPerson, ContactPersonDetails};
pub use employer::{Employer, EmployerDetails};
pub use employer_contact::{ContactAbout, ContactHeldBy, ContactWay, EmployerContact, EmployerMet, NewEmployerContact};
pub use end_reason::{EducationEnding, EndGroup, EndReason, OtherEnding, WorkEnding};
pub use job::{Employment, EmploymentForm, Job, JobEndReason, JobEnding, JobStatus, NewJob};
pub use membership::{FormerTerm, Membership};
pub use narrative::{Narrative, NarrativeText};
pub use narrative_revision::NarrativeRevision;
pub use occupation::{NotOccupation, Occupation, OccupationScheme};
pub use openness::{OpennessAgreement, OpennessPart, OpennessStance, OpennessTerms};
pub use plan_version::{Plan, PlanAgreement, PlanTerms, PlanText, PlanVersion, SignedPaper};
pub use staff::{NewStaff, Staff};
pub use sub_goal::{Closing, Responsible, SubGoal, SubGoalOutcome, SubGoalProgress, SubGoalStatus, SubGoalTerms};
pub use team::{NewTeam, Team};
pub use trail::{
    AGE_OF_MAJORITY, Advice, Around, ContactTiming, Corrector, DAYS_TO_CORRECT_ENDING, DAYS_TO_EMPLOYER_CONTACT,
    EmployerContactClock, Ending, ExclusionNote, Formality, GoalKind, MainGoal, Milestone, OpenMatter, Opening, Pause,
    PauseReason, PauseState, PauseTerms, PhaseStay, RecruitmentOutcome, RecruitmentPeriod, RecruitmentStatus, Referral,
    ReferralSource, Reopening, Trail, TrailAudience, YOUNGEST_AGE,
};
pub use wishes::{
    LONGEST_TRAVEL, MOST_WISHED_OCCUPATIONS, OpenTo, Wanted, WishPart, WishTerms, WishedOccupation, Wishes, WorkTrait,
};
