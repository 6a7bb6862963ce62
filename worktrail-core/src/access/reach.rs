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
    /// In trails that one owns, for as long as one is a member of their team in that role.
    OwnTrails,
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
        Role::Participant => participant(right),
        Role::UserSupport => user_support(right),
        Role::ProfessionalLead
        | Role::Counsellor
        | Role::TreatmentTeamMember
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
        Right::RegisterParticipant
        | Right::ReceiveReferrals
        | Right::OpenTrail
        | Right::KeepEmployers
        | Right::SeePortfolio => Reach::OwnTeam,
        Right::CorrectParticipant
        | Right::ReadTrail
        | Right::FollowTrail
        | Right::EndTrail
        | Right::StateWishes
        | Right::Consent
        | Right::CorrectTrail => Reach::OwnTrails,
        Right::SeeOwnTeams => Reach::Oneself,
        Right::ManageTeams
        | Right::ManageMembers
        | Right::ProtectParticipant
        | Right::ForgetParticipant
        | Right::ReopenTrail
        | Right::SeeTeam
        | Right::FollowJournal => Reach::Nothing,
    }
}

const fn supervisor(right: Right) -> Reach {
    match right {
        Right::ManageTeams => Reach::Organisation,
        Right::ManageMembers
        | Right::RegisterParticipant
        | Right::CorrectParticipant
        | Right::ProtectParticipant
        | Right::ForgetParticipant
        | Right::ReceiveReferrals
        | Right::OpenTrail
        | Right::ReadTrail
        | Right::EndTrail
        | Right::CorrectTrail
        | Right::ReopenTrail
        | Right::KeepEmployers
        | Right::SeeTeam => Reach::OwnTeam,
        Right::SeeOwnTeams => Reach::Oneself,
        Right::FollowTrail | Right::StateWishes | Right::Consent | Right::SeePortfolio | Right::FollowJournal => {
            Reach::Nothing
        }
    }
}

const fn participant(right: Right) -> Reach {
    match right {
        Right::ReadTrail | Right::StateWishes | Right::Consent => Reach::OwnPerson,
        _ => Reach::Nothing,
    }
}

/// User support repairs what others cannot any more, and reads nothing by it.
const fn user_support(right: Right) -> Reach {
    match right {
        Right::CorrectTrail | Right::ReopenTrail => Reach::Organisation,
        _ => Reach::Nothing,
    }
}

/// What the host program may do in its own name: follow the journal without its personal part.
pub(crate) const fn program_reach(right: Right) -> Reach {
    match right {
        Right::FollowJournal => Reach::Organisation,
        _ => Reach::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_that_are_not_filled_yet_may_do_nothing() {
        let filled = [Role::Specialist, Role::Supervisor, Role::UserSupport, Role::Participant];
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
    fn every_right_is_carried_by_somebody() {
        for right in Right::ALL {
            let by_a_role = Role::ALL.into_iter().any(|role| reach(role, right) != Reach::Nothing);
            assert!(by_a_role || program_reach(right) != Reach::Nothing, "{right:?}");
        }
    }
}
