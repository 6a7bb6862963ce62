//! How far a role carries a right: the rights table.

use super::right::Right;
use crate::domain::Role;
use crate::domain::coded::coded;

coded! {
    /// How far a role carries a right, and what bears the role out.
    pub enum Reach {
        /// Not at all.
        Nothing = "nothing", "–", "–";
        /// In cases about oneself.
        OwnPerson = "own_person", "egen sak", "own case";
        /// In what concerns oneself as a member of staff, whether a member of a team or not.
        Oneself = "oneself", "seg selv", "oneself";
        /// In trails that one owns, for as long as one is a member of their team in that role; and in those that one
        /// covers with the owner's rights, but to hand them on (`DA16`).
        OwnTrails = "own_trails", "egne spor", "own trails";
        /// In cases where a consent in force names one as a recipient, for as long as it does (S4).
        AsConsented = "as_consented", "som samtykket", "as consented";
        /// In cases of whom one is registered as the guardian, for as long as the guardianship counts; not where the person
        /// is strictly protected, or helped in a cleared team (`DA4`).
        AsGuardian = "as_guardian", "som verge", "as guardian";
        /// In a team, and its trails, for as long as one is a member of it in that role.
        OwnTeam = "own_team", "eget team", "own team";
        /// In the teams placed in an office to which one is appointed in that role, or below it; not in cleared ones
        /// (`DA4`).
        OwnOffices = "own_offices", "egne kontorer", "own offices";
        /// Everywhere within the organisation, for as long as one is appointed to that role; not in cleared teams
        /// (`DA4`).
        Organisation = "organisation", "hele organisasjonen", "organisation";
        /// Over the organisation itself, and no team or person in it, on the host's word: nothing has to be there to bear
        /// it out, so that a first team can be founded.
        HostsWord = "hosts_word", "vertens ord", "host's word";
    }
}

/// The rights table (`DA7`): all roles are there from the start; an empty row means nothing.
///
/// Nobody reaches a participant towards whom they declared a conflict of interest, whatever the row says.
#[must_use]
pub const fn reach(role: Role, right: Right) -> Reach {
    match role {
        Role::Specialist => specialist(right),
        Role::Supervisor => supervisor(right),
        Role::ProfessionalLead => professional_lead(right),
        Role::UserSupport => user_support(right),
        Role::MarketAdviser => market_adviser(right),
        Role::Auditor => auditor(right),
        Role::LineManager => line_manager(right),
        Role::Participant => participant(right),
        Role::Counsellor | Role::TreatmentTeamMember => recipient(right),
        Role::Guardian => guardian(right),
        // Employer representatives and publishers have their say on the opportunity exchange, which holds no
        // participant's data (`DA5`).
        Role::EmployerRepresentative | Role::Publisher => Reach::Nothing,
    }
}

/// A specialist works in the team: colleagues share its trails, so that somebody can step in. What binds the participant
/// or ends the work is the owner's.
const fn specialist(right: Right) -> Reach {
    match right {
        Right::RegisterParticipant
        | Right::ReceiveReferrals
        | Right::OpenTrail
        | Right::KeepEmployers
        | Right::SeePortfolio
        | Right::ReadTrail
        | Right::FollowTrail
        | Right::SeeTeam
        | Right::SeeMembers => Reach::OwnTeam,
        Right::CorrectParticipant
        | Right::ChooseChannels
        | Right::ProposeTransfer
        | Right::AnswerTransfer
        | Right::GiveCover
        | Right::EndTrail
        | Right::CorrectTrail
        | Right::StateWishes
        | Right::Consent
        | Right::Confirm => Reach::OwnTrails,
        Right::SeeOwnTeams | Right::DeclareConflict => Reach::Oneself,
        Right::ManageTeams
        | Right::ManageMembers
        | Right::CorrectIdentity
        | Right::ManageOffices
        | Right::Appoint
        | Right::LiftConflict
        | Right::ProtectParticipant
        | Right::ForgetParticipant
        | Right::CurateEmployers
        | Right::ReopenTrail
        | Right::ReassignTrail
        | Right::OverseeTeam
        | Right::SeeTeams
        | Right::SeeFigures
        | Right::ReadShared
        | Right::PublishNotice
        | Right::KeepLists
        | Right::FollowJournal => Reach::Nothing,
    }
}

/// A supervisor leads a team: its members, its list, what may not wait for an owner. The work of a trail is not theirs.
const fn supervisor(right: Right) -> Reach {
    match right {
        Right::ManageTeams | Right::PublishNotice => Reach::HostsWord,
        Right::ManageMembers
        | Right::LiftConflict
        | Right::RegisterParticipant
        | Right::CorrectParticipant
        | Right::CorrectIdentity
        | Right::ChooseChannels
        | Right::ProposeTransfer
        | Right::AnswerTransfer
        | Right::ReassignTrail
        | Right::ReceiveReferrals
        | Right::CorrectTrail
        | Right::ReopenTrail
        | Right::GiveCover
        | Right::ProtectParticipant
        | Right::ForgetParticipant
        | Right::OpenTrail
        | Right::ReadTrail
        | Right::EndTrail
        | Right::KeepEmployers
        | Right::CurateEmployers
        | Right::SeeTeam
        | Right::OverseeTeam
        | Right::SeeMembers
        | Right::SeeFigures => Reach::OwnTeam,
        Right::SeeOwnTeams | Right::DeclareConflict => Reach::Oneself,
        Right::ManageOffices
        | Right::Appoint
        | Right::SeeTeams
        | Right::FollowTrail
        | Right::StateWishes
        | Right::Consent
        | Right::Confirm
        | Right::ReadShared
        | Right::SeePortfolio
        | Right::KeepLists
        | Right::FollowJournal => Reach::Nothing,
    }
}

/// A professional lead is to the teams of their offices what a supervisor is to a team, and founds none.
const fn professional_lead(right: Right) -> Reach {
    match (right, supervisor(right)) {
        (Right::SeeTeams, _) | (_, Reach::OwnTeam) => Reach::OwnOffices,
        (_, Reach::HostsWord) => Reach::Nothing,
        (_, other) => other,
    }
}

/// User support runs the organisation and repairs: offices, appointments, members, and a trail that has nobody else
/// (`DB6`: with a reason, which the command asks for). It reads no case.
const fn user_support(right: Right) -> Reach {
    match right {
        Right::ManageTeams => Reach::HostsWord,
        Right::ManageOffices
        | Right::Appoint
        | Right::ManageMembers
        | Right::ReassignTrail
        | Right::CorrectTrail
        | Right::ReopenTrail
        | Right::KeepLists
        | Right::SeeTeams
        | Right::SeeMembers => Reach::Organisation,
        Right::SeeOwnTeams | Right::DeclareConflict => Reach::Oneself,
        _ => Reach::Nothing,
    }
}

/// A market adviser knows employers, whichever team meets them, and no participants.
const fn market_adviser(right: Right) -> Reach {
    match right {
        Right::KeepEmployers => Reach::Organisation,
        Right::SeeOwnTeams => Reach::Oneself,
        _ => Reach::Nothing,
    }
}

/// An auditor sees what was done, when and by whom: the journal without its personal part.
const fn auditor(right: Right) -> Reach {
    match right {
        Right::FollowJournal => Reach::Organisation,
        _ => Reach::Nothing,
    }
}

/// A line manager sees the figures of their offices' teams; never a case.
const fn line_manager(right: Right) -> Reach {
    match right {
        Right::SeeFigures | Right::SeeTeams => Reach::OwnOffices,
        _ => Reach::Nothing,
    }
}

/// A participant reads their own case and has the say over their consent.
const fn participant(right: Right) -> Reach {
    match right {
        Right::ReadTrail | Right::StateWishes | Right::Consent | Right::Confirm | Right::ChooseChannels => {
            Reach::OwnPerson
        }
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

/// A guardian gives and takes back a guardian's consent (`DC7`, S175), and reads no case: what the participant tells
/// their specialist is not the guardian's.
const fn guardian(right: Right) -> Reach {
    match right {
        Right::Consent => Reach::AsGuardian,
        _ => Reach::Nothing,
    }
}

/// What the host program may do in its own name: follow the journal without its personal part, publish the controller's
/// notices, keep the organisation's lists, and appoint the first member of staff who appoints others.
pub(crate) const fn program_reach(right: Right) -> Reach {
    match right {
        Right::FollowJournal | Right::Appoint | Right::PublishNotice | Right::KeepLists => Reach::Organisation,
        _ => Reach::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn da7_user_support_market_adviser_auditor_and_line_manager_read_no_case() {
        let cases = [
            Right::ReadTrail,
            Right::FollowTrail,
            Right::SeeTeam,
            Right::SeePortfolio,
            Right::RegisterParticipant,
            Right::OpenTrail,
        ];
        for role in [Role::UserSupport, Role::MarketAdviser, Role::Auditor, Role::LineManager] {
            for right in cases {
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
