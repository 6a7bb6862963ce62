//! What somebody acts or reads for, and which rights serve it.

use super::right::Right;
use crate::domain::coded::coded;

coded! {
    /// What somebody acts or reads for (GDPR art. 5(1)(b)).
    pub enum Purpose {
        /// Following up a participant.
        FollowUp = "follow_up", "Oppfølging", "Follow-up";
        /// Leading a team in the method.
        Supervision = "supervision", "Metodeveiledning", "Supervision";
        /// A participant looking after their own case.
        OwnCase = "own_case", "Egen sak", "Own case";
        /// Running the service: teams, staff, figures.
        Administration = "administration", "Administrasjon", "Administration";
        /// The host program doing its own chores.
        Operation = "operation", "Drift", "Operation";
        /// Helping somebody who is stuck in the system.
        Support = "support", "Brukerstøtte", "User support";
    }
}

/// The purposes that a right is granted for (S13): whoever acts for another one has not got it, whatever their roles.
///
/// ```
/// use worktrail_core::access::{Purpose, Right, purposes};
///
/// assert!(purposes(Right::ReadTrail).contains(&Purpose::FollowUp));
/// assert!(!purposes(Right::ReadTrail).contains(&Purpose::Administration));
/// ```
#[must_use]
pub const fn purposes(right: Right) -> &'static [Purpose] {
    match right {
        Right::ManageTeams | Right::ManageMembers | Right::SeeTeams => {
            &[Purpose::Supervision, Purpose::Administration, Purpose::Support]
        }
        Right::ProtectParticipant
        | Right::ForgetParticipant
        | Right::CorrectIdentity
        | Right::OverseeTeam
        | Right::SeeFigures
        | Right::CurateEmployers => &[Purpose::Supervision, Purpose::Administration],
        Right::ManageOffices => &[Purpose::Administration, Purpose::Support],
        Right::Appoint | Right::KeepLists => &[Purpose::Administration, Purpose::Support, Purpose::Operation],
        Right::RegisterParticipant
        | Right::ReceiveReferrals
        | Right::CorrectParticipant
        | Right::OpenTrail
        | Right::ProposeTransfer
        | Right::AnswerTransfer
        | Right::GiveCover
        | Right::EndTrail
        | Right::KeepEmployers
        | Right::SeeTeam => &[Purpose::FollowUp, Purpose::Supervision],
        Right::ReassignTrail | Right::ReopenTrail => &[Purpose::Supervision, Purpose::Support],
        Right::ReadTrail | Right::ChooseChannels => &[Purpose::FollowUp, Purpose::Supervision, Purpose::OwnCase],
        Right::FollowTrail | Right::SeePortfolio | Right::ReadShared => &[Purpose::FollowUp],
        Right::CorrectTrail => &[Purpose::FollowUp, Purpose::Supervision, Purpose::Support],
        Right::Consent | Right::Confirm | Right::StateWishes => &[Purpose::FollowUp, Purpose::OwnCase],
        Right::LiftConflict => &[Purpose::Supervision],
        Right::SeeOwnTeams | Right::DeclareConflict | Right::SeeMembers => {
            &[Purpose::FollowUp, Purpose::Supervision, Purpose::Administration, Purpose::Support]
        }
        Right::PublishNotice => &[Purpose::Supervision, Purpose::Administration, Purpose::Operation],
        Right::FollowJournal => &[Purpose::Operation, Purpose::Administration],
    }
}

#[cfg(test)]
mod tests {
    use super::super::reach::{Reach, program_reach, reach};
    use super::*;
    use crate::domain::Role;

    #[test]
    fn s13_every_right_is_granted_for_some_purpose_and_for_none_twice() {
        for right in Right::ALL {
            let granted = purposes(right);
            assert!(!granted.is_empty(), "{right:?}");
            assert!((1..granted.len()).all(|at| !granted[..at].contains(&granted[at])), "{right:?}");
        }
    }

    #[test]
    fn s13_a_role_reaches_its_rights_by_a_purpose_of_its_own() {
        let own = [
            (Role::Specialist, Purpose::FollowUp),
            (Role::Supervisor, Purpose::Supervision),
            (Role::UserSupport, Purpose::Support),
            (Role::ProfessionalLead, Purpose::Supervision),
            (Role::UserSupport, Purpose::Support),
            (Role::MarketAdviser, Purpose::FollowUp),
            (Role::Auditor, Purpose::Administration),
            (Role::LineManager, Purpose::Administration),
            (Role::Participant, Purpose::OwnCase),
            (Role::UserSupport, Purpose::Support),
        ];
        for (role, purpose) in own {
            for right in Right::ALL.into_iter().filter(|right| reach(role, *right) != Reach::Nothing) {
                assert!(purposes(right).contains(&purpose), "{role:?} {right:?}");
            }
        }
    }

    #[test]
    fn s13_what_the_host_program_does_is_its_own_purpose() {
        for right in Right::ALL {
            let is_the_programs = program_reach(right) != Reach::Nothing;
            assert_eq!(purposes(right).contains(&Purpose::Operation), is_the_programs, "{right:?}");
        }
    }
}
