//! Questions: what people want to know. A value, and a pure answer over what is kept.
//!
//! A question looks at the store like a command does, and may walk ranges besides: a [`View`] is a
//! [`World`](crate::command::World) with pages, counts and histories. What an actor may see is a range, never a
//! filter afterwards, so pages are full, counts are right, and nothing is learnt from what was left out.

mod appointment;
mod career_profile;
mod case_file;
mod conflict;
mod consent_standing;
mod contacts;
mod cover;
mod due;
mod education;
mod elsewhere;
mod employer;
mod ending;
mod figures;
mod guidance;
mod held;
mod history;
mod host_list;
mod job;
mod left;
mod narrative_revisions;
mod office;
mod own;
mod participant;
mod paused;
mod portfolio;
mod retention;
#[cfg(test)]
pub(crate) mod samples;
mod shared;
mod team;
mod transfer;
mod view;
mod waiting;

pub use appointment::AppointmentLine;
pub use career_profile::ProfileDocument;
pub use case_file::CaseFile;
pub use conflict::ConflictLine;
pub use consent_standing::{ConsentStanding, NoticeStanding, OpennessStanding, ReviewDue};
pub use contacts::{EmployerContactLine, ToInform};
pub use cover::CoveredTrail;
pub use due::{TrailDue, Waiting};
pub use education::EducationLine;
pub use employer::{AlikeEmployers, ContactPersonCard, EmployerCard, EmployerHit, EmployerSearch};
pub use ending::FlaggedEnding;
pub use figures::{Figure, PhaseFigure};
pub use guidance::{GuidanceFrom, GuidanceText};
pub use held::{Held, HeldRecords, HeldSpan};
pub use history::{HistoryEntry, HistoryPage};
pub use job::JobLine;
pub use left::LeftBehind;
pub use office::OfficeLine;
pub use own::{OwnTeam, OwnTrail};
pub use participant::ParticipantCard;
pub use paused::PausedLine;
pub use portfolio::{PhaseCount, PortfolioLine};
pub use retention::RetentionLine;
pub use shared::{SharedCase, SharedOf, SharedParticipation, SharedText};
pub use team::{OfficeTeam, StaffCard, TeamMember};
pub use transfer::{TransferWay, WaitingTransfer};

pub(crate) use view::{Beyond, LoadedCount, LoadedPage, Piece, Views};
pub use view::{Page, View};
pub use waiting::ReferralLine;

use crate::access::Right;
use crate::command::{Permit, Stop};

/// Exports the questions and lists them: what walks all questions walks this list.
macro_rules! questions {
    ($($module:ident :: $question:ident = $name:literal;)+) => {
        $(pub use $module::$question;)+

        /// Every question by name, with the right that it takes.
        pub const QUESTIONS: &[(&str, Right)] = &[$(($name, <$question as Question>::RIGHT)),+];
    };
}

questions! {
    participant::FindParticipant = "find_participant";
    participant::FindByName = "find_by_name";
    participant::ProbableDuplicates = "probable_duplicates";
    employer::FindEmployer = "find_employer";
    employer::ReadEmployer = "read_employer";
    employer::FindEmployers = "find_employers";
    employer::EmployerDuplicates = "employer_duplicates";
    contacts::GeneralContacts = "general_contacts";
    contacts::EmployerContacts = "employer_contacts";
    contacts::TeamEmployerContacts = "team_employer_contacts";
    contacts::BeforeContact = "before_contact";
    contacts::ContactPersonsToInform = "contact_persons_to_inform";
    own::OwnTeams = "own_teams";
    own::OwnTrails = "own_trails";
    own::OwnWishes = "own_wishes";
    case_file::ReadTrail = "read_trail";
    career_profile::ReadCareerProfile = "read_career_profile";
    shared::ReadShared = "read_shared";
    consent_standing::PresentNotice = "present_notice";
    host_list::OfferedChoices = "offered_choices";
    guidance::ReadGuidance = "read_guidance";
    consent_standing::ReadConsentStanding = "read_consent_standing";
    history::TrailHistory = "trail_history";
    held::HeldAbout = "held_about";
    narrative_revisions::NarrativeRevisions = "narrative_revisions";
    portfolio::Portfolio = "portfolio";
    portfolio::PortfolioPhases = "portfolio_phases";
    portfolio::TeamPortfolio = "team_portfolio";
    portfolio::TeamPhases = "team_phases";
    transfer::WaitingTransfers = "waiting_transfers";
    transfer::TeamTransfers = "team_transfers";
    transfer::TrailTransfers = "trail_transfers";
    cover::CoveredTrails = "covered_trails";
    cover::TrailCovers = "trail_covers";
    left::LeftTrails = "left_trails";
    left::OwnerPortfolio = "owner_portfolio";
    retention::DueForRetention = "due_for_retention";
    figures::TeamFigures = "team_figures";
    team::OfficeTeams = "office_teams";
    team::TeamMembers = "team_members";
    team::FindStaff = "find_staff";
    team::ReadMembership = "read_membership";
    office::OfficesBelow = "offices_below";
    appointment::Appointments = "appointments";
    conflict::OwnConflicts = "own_conflicts";
    conflict::MemberConflicts = "member_conflicts";
    due::DueUntil = "due_until";
    due::TeamDueUntil = "team_due_until";
    due::WithoutStart = "without_start";
    due::TeamWithoutStart = "team_without_start";
    job::OngoingJobs = "ongoing_jobs";
    job::OwnOngoingJobs = "own_ongoing_jobs";
    job::JobsStartedSince = "jobs_started_since";
    job::OwnJobsStartedSince = "own_jobs_started_since";
    job::JobsAtEmployer = "jobs_at_employer";
    education::OngoingEducations = "ongoing_educations";
    education::OwnOngoingEducations = "own_ongoing_educations";
    education::EducationsStartedSince = "educations_started_since";
    education::OwnEducationsStartedSince = "own_educations_started_since";
    paused::PausedInPortfolio = "paused_in_portfolio";
    paused::PausedInTeam = "paused_in_team";
    waiting::WaitingList = "waiting_list";
    waiting::ExcludedReferrals = "excluded_referrals";
    ending::EndingChecklist = "ending_checklist";
    ending::ZeroExclusionFlags = "zero_exclusion_flags";
}

/// Something that somebody wants to know.
pub trait Question: Send + Sync {
    /// What is answered.
    type Answer: Send;

    /// The right that it takes.
    const RIGHT: Right;

    /// Answers, or says why not.
    ///
    /// # Errors
    /// A [`Rejection`](crate::domain::Rejection), or the note that something has to be loaded first.
    fn answer(&self, view: &View<'_>) -> Answered<Self::Answer>;
}

/// What a question comes to: an answer, or why not.
pub type Answered<A> = Result<Answer<A>, Stop>;

/// An answer that somebody with the right to it asked for: only a [`Permit`] gives one.
#[derive(Debug)]
#[must_use]
pub struct Answer<A>(A);

impl<A> Answer<A> {
    /// What is answered.
    pub fn into_inner(self) -> A {
        self.0
    }
}

impl Permit {
    /// The answer to a question.
    pub const fn answer<A>(self, answer: A) -> Answer<A> {
        Answer(answer)
    }
}
