//! Commands: what people do. A value, and a pure decision about it.
//!
//! A command is a plain serde value: it can be the body of a request, be kept and be sent again. Its
//! [`decide`](Command::decide) is an ordinary function over a [`World`], without I/O, clock or chance.
//!
//! A look-up of something that the world has not got ends the attempt with `?`; the desk loads what was lacking and
//! decides again. To ask for several things at once, look them up first and unwrap them afterwards. A host may write
//! commands of its own:
//!
//! ```
//! use serde::{Deserialize, Serialize};
//! use worktrail_core::access::Right;
//! use worktrail_core::command::{Command, Decided, World};
//! use worktrail_core::domain::{Job, JobEndReason, JobId, Phase, Rejection, Thing, Trail, TrailId};
//!
//! /// A job was lost: it ends today, and the trail goes back to job development, in one act.
//! #[derive(Serialize, Deserialize)]
//! struct BackToSearch {
//!     trail: TrailId,
//!     job: JobId,
//!     reason: JobEndReason,
//! }
//!
//! impl Command for BackToSearch {
//!     type Reply = ();
//!     const NAME: &'static str = "back_to_search";
//!     const RIGHT: Right = Right::FollowTrail;
//!
//!     fn decide(&self, world: &World<'_>) -> Decided<()> {
//!         let trail = world.get::<Trail>(self.trail);
//!         let job = world.find::<Job>(self.job);
//!         let trail = trail?; // both have been asked for: they come in one load
//!         let permit = world.may(trail)?;
//!         let job = job?.filter(|job| job.trail() == self.trail).ok_or(Rejection::NotFound { what: Thing::Job })?;
//!         let (today, by) = (world.today(), world.authorship());
//!         let (job, ended) = job.clone().end(today, self.reason, &by)?;
//!         let (trail, moved) = trail.clone().move_to(Phase::JobDevelopment, today, &by)?;
//!         Ok(permit.reply(()).tell(&job, ended).tell(&trail, moved).save(job).save(trail))
//!     }
//! }
//! ```
//!
//! Only [`World::may`] gives a [`Permit`], and only a permit gives a [`Decision`], so a command that asks for no right
//! cannot decide anything. One that names no right does not compile:
//!
//! ```compile_fail,E0046
//! use worktrail_core::command::{Command, Decided, Organisation, World};
//!
//! #[derive(serde::Serialize, serde::Deserialize)]
//! struct Peek;
//!
//! impl Command for Peek {
//!     type Reply = ();
//!     const NAME: &'static str = "peek";
//!     // const RIGHT is missing
//!     fn decide(&self, world: &World<'_>) -> Decided<()> {
//!         Ok(world.may(&Organisation)?.reply(()))
//!     }
//! }
//! ```

mod decision;
mod draft;
mod finding;
mod followers;
mod hush;
mod own_rules;
mod picture;
mod place;
#[cfg(test)]
mod repeats;
#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
pub(crate) mod scene;
mod stop;
mod world;

mod appointment;
mod benefits_counselling;
mod circumstances;
mod collaborator;
mod confirmation;
mod conflict;
mod consent;
mod contact_person;
mod correction;
mod cover;
mod disclosure;
mod document;
mod education;
mod employer;
mod employer_agreement;
mod employer_contact;
mod former_phases;
mod general_contact;
mod guardianship;
mod guidance;
mod host_list;
mod identity;
mod job;
mod job_course;
mod membership;
mod merging;
mod narrative;
mod notice;
mod office;
mod openness;
mod participant;
mod pause;
mod plan;
mod programme_variant;
mod recruitment;
mod referral;
mod returning;
mod sub_goal;
mod support_contact;
mod surroundings;
mod team;
mod trail;
mod transfer;
mod wishes;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use decision::{Decided, Decision, Permit};
pub(crate) use draft::{Draft, read as read_draft};
pub use own_rules::OwnRules;
pub(crate) use picture::Family;
pub use picture::Picture;
pub(crate) use place::Bounds;
pub use place::{PersonInTeam, Place};
pub(crate) use stop::Halt;
pub use stop::Stop;
pub use world::World;
pub(crate) use world::{Lacking, Look, Notes};

pub(crate) use conflict::StaffThemself;
pub(crate) use contact_person::current as current_employer;
pub use cover::StandIn;
pub use employer_contact::RoundLine;
pub(crate) use finding::{all_of, all_of_person, trails_of, who_has};
pub use former_phases::FormerStep;
pub use general_contact::GeneralContactLine;
pub use guidance::{COMMAND_GUIDANCE, command_guidance};
pub use job::Workplace;
pub use job_course::AfterLoss;
pub(crate) use participant::may_be_found;
pub use returning::{AgreedCopy, NarrativeCopy, Return, SubGoalCopy};
pub(crate) use surroundings::Surroundings;
pub use team::Organisation;
pub use trail::Attested;
pub(crate) use wishes::ParticipantThemself;

use crate::access::Right;

/// Exports the commands and lists them: what walks all commands walks this list.
///
/// A command derives its serde form with `#[serde(remote = "Self")]`; what is read through it goes by the hush, so that
/// no error repeats what could not be read.
macro_rules! commands {
    ($($module:ident { $($name:ident),+ $(,)? })+) => {
        $(pub use $module::{$($name),+};)+

        $($(
            impl Serialize for $name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    $name::serialize(self, serializer)
                }
            }

            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    $name::deserialize(deserializer).map_err(hush::hushed)
                }
            }
        )+)+

        /// Every command by name, with the right that it takes.
        pub const COMMANDS: &[(&str, Right)] = &[$($((<$name as Command>::NAME, <$name as Command>::RIGHT)),+),+];

        /// Does something with the command of this name, if there is one: the way from the name in a request to the type.
        ///
        /// ```
        /// use worktrail_core::command::{Command, CommandVisitor, command_named};
        ///
        /// /// Checks that a body can be read, and says what is wrong with it otherwise.
        /// struct Check<'b>(&'b str);
        ///
        /// impl CommandVisitor for Check<'_> {
        ///     type Output = Result<(), serde_json::Error>;
        ///
        ///     fn visit<C: Command>(self) -> Self::Output {
        ///         serde_json::from_str::<C>(self.0).map(drop)
        ///     }
        /// }
        ///
        /// let wrong = command_named("end_job", Check("{}")).expect("there is such a command");
        /// assert!(wrong.is_err_and(|error| error.to_string().starts_with("missing field")));
        /// assert!(command_named("brew_coffee", Check("{}")).is_none());
        /// ```
        pub fn command_named<V: CommandVisitor>(name: &str, visitor: V) -> Option<V::Output> {
            match name {
                $($(<$name as Command>::NAME => Some(visitor.visit::<$name>()),)+)+
                _ => None,
            }
        }
    };
}

commands! {
    team { RegisterStaff, FoundTeam, FoundClearedTeam, RenameTeam, AdmitMember, EndMembership }
    programme_variant { SetTeamVariant, SetTrailVariant }
    membership { ChangeRole, SetPosition, RegisterAbsence, EndAbsence }
    office { FoundOffice, RenameOffice, MoveOffice, PlaceTeam }
    appointment { AppointStaff, EndAppointment }
    conflict { DeclareConflict, LiftConflict }
    participant { RegisterParticipant, CorrectContactPoints, StateBirthDate, ChangeProtection, ReleaseTrails, ForgetParticipant }
    identity { CorrectName, CorrectBirthDate, CorrectNationalId, ChangeNationalId, NoteNumber, WithdrawNumber }
    circumstances { StateResidence, SetLanguage, SetSmsStance }
    disclosure { AskWhereOpen }
    merging { MergeParticipants }
    transfer { ProposeTransfer, WithdrawTransfer, AcceptTransfer, ReturnTransfer, ReassignTrail }
    cover { GiveCover, EndCover }
    trail { OpenTrail, Attest, HoldStartUpMeeting, MoveTo, AdvancePhase, SetMainGoal, EndTrail }
    former_phases { TakeOverPhases }
    correction { CorrectStart, CorrectReferral, CorrectEnding, ReopenTrail }
    pause { PauseTrail, RevisePause, RemovePause }
    referral { ReceiveReferral, CloseReferral, AnswerReferral }
    recruitment { EnterProgramme, LeaveProgramme, CorrectLeaving, WithdrawEnrolment }
    narrative { WriteNarrative }
    plan { AgreePlan }
    wishes { StateWishes }
    collaborator { RegisterCollaborator, ReviseCollaborator, MarkCollaboratorFormer, UnnameCollaborator }
    sub_goal { SetSubGoal, ReviseSubGoal, ReportProgress, CloseSubGoal, ReopenSubGoal }
    openness { AgreeOpenness, WithdrawOpenness }
    consent { GiveConsent, WithdrawConsent, AssessCapacity }
    notice { PublishNotice }
    host_list { StateHostList }
    guidance { StateGuidance }
    guardianship { RegisterGuardian, EndGuardianship }
    document { FileDocument }
    confirmation { Confirm }
    benefits_counselling { RegisterBenefitsCounselling }
    employer { RegisterEmployer, CorrectEmployer, StateOrganisationNumber, SetEmployerPreferences, WarnOfEmployer, MergeEmployers }
    contact_person { RegisterContactPerson, CorrectContactPerson, MarkContactPersonFormer, InformContactPerson, MergeContactPersons, ForgetContactPerson }
    employer_contact { RegisterEmployerContact, RegisterRound, CorrectEmployerContact }
    general_contact { RegisterGeneralContacts }
    job { RegisterJob, CorrectJob, EndJob, CorrectJobEnding, WithdrawJob }
    job_course { ChangeHours, LoseWork, ConfirmTenure, NoteJobExperience, GiveReference, StepDownSupport, DeclineSupport }
    education { RegisterEducation, CorrectEducation, AbortEducation, CorrectEducationEnding, WithdrawEducation, NoteEducationExperience }
    support_contact { RegisterSupportContact }
    employer_agreement { AgreeWithEmployer }
}

/// What is done with a command that is known by its name: see [`command_named`].
pub trait CommandVisitor {
    /// What comes of it.
    type Output;

    /// Does it with the type of the command.
    fn visit<C: Command>(self) -> Self::Output;
}

/// Something that somebody wants done.
pub trait Command: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// What the one who sent it is told: ids and codes, never anything personal.
    type Reply: Serialize + DeserializeOwned + Send;

    /// Its name, stable: part of the fingerprint of its stamp.
    const NAME: &'static str;
    /// The right that it takes.
    const RIGHT: Right;

    /// Decides: what is saved and told, or why not.
    ///
    /// # Errors
    /// A [`Rejection`](crate::domain::Rejection), or the note that something has to be loaded first.
    fn decide(&self, world: &World<'_>) -> Decided<Self::Reply>;

    /// Judges those of its rules that look at its own fields only, so that a half-filled form can tell them (S107). The
    /// decision judges them all the same; a command without such rules leaves this out.
    fn own_rules(&self, _rules: &mut OwnRules<'_>) {}
}
