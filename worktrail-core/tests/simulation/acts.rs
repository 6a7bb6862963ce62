//! Commands of every type as one type, so that a dice can pick among them.

use worktrail_core::access::Actor;
use worktrail_core::command::{
    AcceptTransfer, AdmitMember, AdvancePhase, AgreeOpenness, Attest, ChangeNationalId, ChangeProtection, CloseSubGoal,
    Command, CorrectBirthDate, CorrectContactPoints, CorrectName, EndCover, EndJob, EndMembership, EndTrail,
    ForgetParticipant, FoundTeam, GiveConsent, GiveCover, HoldStartUpMeeting, MergeParticipants, MoveTo, OpenTrail,
    PauseTrail, ProposeTransfer, ReassignTrail, RegisterContactPerson, RegisterEmployer, RegisterEmployerContact,
    RegisterJob, RegisterParticipant, RegisterStaff, ReleaseTrails, ReturnTransfer, SetMainGoal, SetSmsStance,
    SetSubGoal, StateBirthDate, StateResidence, WithdrawConsent, WithdrawOpenness, WithdrawTransfer, WriteNarrative,
};
use worktrail_core::desk::{Desk, Error};
use worktrail_core::store::{CommandId, Receipt};

macro_rules! acts {
    ($($name:ident),+ $(,)?) => {
        /// Something that somebody wants done.
        #[derive(Debug)]
        pub(crate) enum Act {
            $($name(Box<$name>)),+
        }

        impl Act {
            /// The command's name.
            pub(crate) const fn name(&self) -> &'static str {
                match self { $(Self::$name(_) => <$name as Command>::NAME),+ }
            }

            /// How many acts there are.
            pub(crate) const KINDS: usize = [$(<$name as Command>::NAME),+].len();

            /// Runs the command at a desk.
            pub(crate) async fn run(&self, desk: &Desk<'_>, actor: &Actor, id: CommandId) -> Result<Receipt, Error> {
                match self { $(Self::$name(command) => desk.run(actor, id, &**command).await.map(|done| done.receipt)),+ }
            }
        }

        $(impl From<$name> for Act {
            fn from(command: $name) -> Self {
                Self::$name(Box::new(command))
            }
        })+
    };
}

acts! {
    AcceptTransfer, AdmitMember, AdvancePhase, AgreeOpenness, Attest, ChangeNationalId, ChangeProtection,
    CloseSubGoal, CorrectBirthDate, CorrectContactPoints, CorrectName, EndCover, EndJob, EndMembership, EndTrail,
    ForgetParticipant, FoundTeam, GiveConsent, GiveCover, HoldStartUpMeeting, MergeParticipants, MoveTo, OpenTrail,
    PauseTrail, ProposeTransfer, ReassignTrail, RegisterContactPerson, RegisterEmployer, RegisterEmployerContact,
    RegisterJob, RegisterParticipant, RegisterStaff, ReleaseTrails, ReturnTransfer, SetMainGoal, SetSmsStance,
    SetSubGoal, StateBirthDate, StateResidence, WithdrawConsent, WithdrawOpenness, WithdrawTransfer, WriteNarrative,
}
