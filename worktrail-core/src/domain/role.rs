//! The roles that people act in.

use super::coded::coded;

coded! {
    /// A role (DA7). What each may do is one row of the rights table; a role without rights may do nothing.
    pub enum Role {
        /// Employment specialist: owns trails and follows participants and employers.
        Specialist = "specialist", "Jobbspesialist", "Employment specialist";
        /// IPS supervisor: leads a team in the method. Never the Nav counsellor.
        Supervisor = "supervisor", "Metodeveileder", "IPS supervisor (method supervisor)";
        /// Professional lead of several teams.
        ProfessionalLead = "professional_lead", "Fagansvarlig", "Professional lead";
        /// User support: helps with the system, with a reason.
        UserSupport = "user_support", "Brukerstøtte", "User support";
        /// Nav counsellor: refers, and follows everybody registered.
        Counsellor = "counsellor", "Nav-veileder", "Nav counsellor";
        /// Clinician or other member of the treatment team.
        TreatmentTeamMember = "treatment_team_member", "Medlem av behandlingsteam", "Treatment-team member";
        /// Market adviser: knows employers, posts opportunities.
        MarketAdviser = "market_adviser", "Markedskontakt", "Market adviser";
        /// Representative of an employer.
        EmployerRepresentative = "employer_representative", "Representant for arbeidsgiver", "Employer representative";
        /// Publisher of opportunities: a marketplace or an employer, own posts only.
        Publisher = "publisher", "Annonsør", "Publisher";
        /// The person whom the trail is about.
        Participant = "participant", "Deltaker", "Participant";
        /// Guardian of a minor, or of an adult within the mandate.
        Guardian = "guardian", "Foresatt eller verge", "Guardian";
        /// Auditor: sees what was done and by whom.
        Auditor = "auditor", "Revisor", "Auditor";
        /// Line manager: figures only.
        LineManager = "line_manager", "Personalleder", "Line manager";
    }
}

impl Role {
    /// Whether the role is held by staff, and so by a membership in a team.
    #[must_use]
    pub const fn is_held_by_staff(self) -> bool {
        !matches!(self, Self::EmployerRepresentative | Self::Publisher | Self::Participant | Self::Guardian)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_thirteen_roles_have_a_code_and_both_labels() {
        assert_eq!(Role::ALL.len(), 13);
        for role in Role::ALL {
            assert_eq!(Role::from_code(role.code()), Some(role));
            assert!(!role.label().nb.is_empty() && !role.label().en.is_empty());
        }
    }

    #[test]
    fn a_participant_is_no_member_of_a_team() {
        assert!(!Role::Participant.is_held_by_staff());
        assert!(Role::Specialist.is_held_by_staff());
    }
}
