//! How far a role carries a right: the rights table.

use super::right::Right;
use crate::domain::Role;

/// How far a role carries a right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// Not at all.
    Nothing,
    /// In cases about oneself.
    OwnPerson,
    /// In what concerns oneself as a member of staff, whether a member of a team or not.
    Oneself,
    /// In trails that one owns, for as long as one is a member of their team in that role; and in those that one covers,
    /// as far as the cover goes (`DA16`).
    OwnTrails,
    /// In cases where a consent in force names one as a recipient, for as long as it does (S4).
    AsConsented,
    /// In a team, and its trails, for as long as one is a member of it in that role.
    OwnTeam,
    /// Everywhere within the organisation.
    Organisation,
}

/// The rights table (`DA7`): all roles are there from the start; an empty row means nothing.
#[must_use]
pub const fn reach(role: Role, right: Right) -> Reach {
    match role {
        Role::Specialist => specialist(right),
        Role::Supervisor => supervisor(right),
        Role::UserSupport => user_support(right),
        Role::Participant => participant(right),
        Role::Counsellor | Role::TreatmentTeamMember => recipient(right),
        Role::ProfessionalLead
        | Role::MarketAdviser
        | Role::EmployerRepresentative
        | Role::Publisher
        | Role::Guardian
        | Role::Auditor
        | Role::LineManager => Reach::Nothing,
    }
}

const fn specialist(right: Right) -> Reach {
    match right {
        Right::RegisterParticipant | Right::OpenTrail | Right::KeepEmployers | Right::SeePortfolio => Reach::OwnTeam,
        Right::CorrectParticipant
        | Right::ChooseChannels
        | Right::ReadTrail
        | Right::FollowTrail
        | Right::ProposeTransfer
        | Right::AnswerTransfer
        | Right::GiveCover
        | Right::EndTrail
        | Right::Consent
        | Right::Confirm => Reach::OwnTrails,
        Right::SeeOwnTeams => Reach::Oneself,
        Right::ManageTeams
        | Right::ManageMembers
        | Right::CorrectIdentity
        | Right::ProtectParticipant
        | Right::ForgetParticipant
        | Right::ReassignTrail
        | Right::SeeTeam
        | Right::ReadShared
        | Right::PublishNotice
        | Right::FollowJournal => Reach::Nothing,
    }
}

const fn supervisor(right: Right) -> Reach {
    match right {
        Right::ManageTeams | Right::PublishNotice => Reach::Organisation,
        Right::ManageMembers
        | Right::RegisterParticipant
        | Right::CorrectParticipant
        | Right::CorrectIdentity
        | Right::ChooseChannels
        | Right::ProtectParticipant
        | Right::ForgetParticipant
        | Right::OpenTrail
        | Right::ReadTrail
        | Right::ProposeTransfer
        | Right::AnswerTransfer
        | Right::ReassignTrail
        | Right::GiveCover
        | Right::EndTrail
        | Right::KeepEmployers
        | Right::SeeTeam => Reach::OwnTeam,
        Right::SeeOwnTeams => Reach::Oneself,
        Right::FollowTrail
        | Right::Consent
        | Right::Confirm
        | Right::ReadShared
        | Right::SeePortfolio
        | Right::FollowJournal => Reach::Nothing,
    }
}

/// User support helps where a trail has nobody else (`DB6`: with a reason, which the command asks for).
const fn user_support(right: Right) -> Reach {
    match right {
        Right::ReassignTrail => Reach::Organisation,
        _ => Reach::Nothing,
    }
}

const fn participant(right: Right) -> Reach {
    match right {
        Right::ReadTrail | Right::Consent | Right::Confirm | Right::ChooseChannels => Reach::OwnPerson,
        _ => Reach::Nothing,
    }
}

/// Counsellor and treatment team: by default nothing, and by a consent what it names (S4).
const fn recipient(right: Right) -> Reach {
    match right {
        Right::ReadShared | Right::Confirm => Reach::AsConsented,
        _ => Reach::Nothing,
    }
}

/// What the host program may do in its own name: follow the journal without its personal part, and
/// publish the controller's notices.
pub(crate) const fn program_reach(right: Right) -> Reach {
    match right {
        Right::FollowJournal | Right::PublishNotice => Reach::Organisation,
        _ => Reach::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_that_are_not_filled_yet_may_do_nothing() {
        let filled = [
            Role::Specialist,
            Role::Supervisor,
            Role::UserSupport,
            Role::Participant,
            Role::Counsellor,
            Role::TreatmentTeamMember,
        ];
        for role in Role::ALL.into_iter().filter(|role| !filled.contains(role)) {
            for right in Right::ALL {
                assert_eq!(reach(role, right), Reach::Nothing, "{role:?} {right:?}");
            }
        }
    }

    #[test]
    fn a_participant_reaches_nothing_beyond_their_own_case() {
        for right in Right::ALL {
            assert!(matches!(reach(Role::Participant, right), Reach::Nothing | Reach::OwnPerson));
        }
    }

    #[test]
    fn s4_counsellor_and_treatment_team_reach_nothing_but_by_consent() {
        for right in Right::ALL {
            for role in [Role::Counsellor, Role::TreatmentTeamMember] {
                assert!(matches!(reach(role, right), Reach::Nothing | Reach::AsConsented), "{role:?} {right:?}");
            }
        }
    }

    #[test]
    fn every_right_is_carried_by_somebody() {
        for right in Right::ALL {
            let by_a_role = Role::ALL.into_iter().any(|role| reach(role, right) != Reach::Nothing);
            assert!(by_a_role || program_reach(right) != Reach::Nothing, "{right:?}");
        }
    }
}
