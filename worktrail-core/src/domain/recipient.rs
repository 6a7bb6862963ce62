//! Who may be given something about a participant.

use serde::{Deserialize, Serialize};

use super::id::{EmployerId, TeamId};
use super::kept::{Kept, NotKept, kept};
use super::role::Role;
use super::text::Line;
use crate::label::Label;

/// A recipient that a consent names: a closed list of kinds, with a name where the kind alone does not say who.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Recipient {
    /// An employer.
    Employer {
        /// Which one.
        employer: EmployerId,
    },
    /// The market team of the office.
    MarketTeam,
    /// The person's Nav counsellor.
    Counsellor,
    /// A treatment team.
    TreatmentTeam {
        /// Which one.
        name: Line<120>,
    },
    /// A place of education.
    EducationInstitution {
        /// Which one.
        name: Line<120>,
    },
    /// Somebody of the person's own network.
    Network {
        /// Who.
        name: Line<120>,
    },
    /// The team that helps into work: whom the treatment may tell (S171).
    EmploymentTeam {
        /// Which one.
        team: TeamId,
    },
}

/// [`Recipient`] as a store gives it back.
#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum KeptRecipient {
    Employer {
        employer: EmployerId,
    },
    MarketTeam,
    Counsellor,
    TreatmentTeam {
        #[serde(deserialize_with = "kept")]
        name: Line<120>,
    },
    EducationInstitution {
        #[serde(deserialize_with = "kept")]
        name: Line<120>,
    },
    Network {
        #[serde(deserialize_with = "kept")]
        name: Line<120>,
    },
    EmploymentTeam {
        team: TeamId,
    },
}

impl Recipient {
    /// The stable code of its kind, the same as in serde.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Employer { .. } => "employer",
            Self::MarketTeam => "market_team",
            Self::Counsellor => "counsellor",
            Self::TreatmentTeam { .. } => "treatment_team",
            Self::EducationInstitution { .. } => "education_institution",
            Self::Network { .. } => "network",
            Self::EmploymentTeam { .. } => "employment_team",
        }
    }

    /// What a person reads of its kind.
    #[must_use]
    pub const fn label(&self) -> Label {
        match self {
            Self::Employer { .. } => Label::new("Arbeidsgiver", "Employer"),
            Self::MarketTeam => Label::new("Markedsteam", "Market team"),
            Self::Counsellor => Label::new("Nav-veileder", "Nav counsellor"),
            Self::TreatmentTeam { .. } => Label::new("Behandlingsteam", "Treatment team"),
            Self::EducationInstitution { .. } => Label::new("Utdanningssted", "Place of education"),
            Self::Network { .. } => Label::new("Nettverk", "Network"),
            Self::EmploymentTeam { .. } => Label::new("Jobbspesialistens team", "The specialist's team"),
        }
    }

    /// The role in which somebody acts for it; none where nobody does.
    #[must_use]
    pub const fn role(&self) -> Option<Role> {
        match self {
            Self::Employer { .. } => Some(Role::EmployerRepresentative),
            Self::MarketTeam => Some(Role::MarketAdviser),
            Self::Counsellor => Some(Role::Counsellor),
            Self::TreatmentTeam { .. } => Some(Role::TreatmentTeamMember),
            Self::EducationInstitution { .. } | Self::Network { .. } | Self::EmploymentTeam { .. } => None,
        }
    }

    /// Whether it says who, and not only what kind of recipient.
    #[must_use]
    pub const fn is_named(&self) -> bool {
        !matches!(self, Self::MarketTeam | Self::Counsellor)
    }
}

impl Kept for Recipient {
    type Form = KeptRecipient;

    fn from_kept(form: KeptRecipient) -> Result<Self, NotKept> {
        Ok(match form {
            KeptRecipient::Employer { employer } => Self::Employer { employer },
            KeptRecipient::MarketTeam => Self::MarketTeam,
            KeptRecipient::Counsellor => Self::Counsellor,
            KeptRecipient::TreatmentTeam { name } => Self::TreatmentTeam { name },
            KeptRecipient::EducationInstitution { name } => Self::EducationInstitution { name },
            KeptRecipient::Network { name } => Self::Network { name },
            KeptRecipient::EmploymentTeam { team } => Self::EmploymentTeam { team },
        })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_code_is_the_one_in_serde_through_both_doors() {
        let name = Line::parse("DPS").expect("a line");
        let samples = [
            Recipient::Employer { employer: EmployerId::new(Uuid::from_u128(1)) },
            Recipient::MarketTeam,
            Recipient::Counsellor,
            Recipient::TreatmentTeam { name: name.clone() },
            Recipient::EducationInstitution { name: name.clone() },
            Recipient::Network { name },
            Recipient::EmploymentTeam { team: TeamId::new(Uuid::from_u128(2)) },
        ];
        for recipient in samples {
            let json = serde_json::to_value(&recipient).expect("json");
            assert_eq!(json["kind"], recipient.code());
            let kept = serde_json::from_value::<KeptRecipient>(json.clone()).expect("kept");
            assert_eq!(Recipient::from_kept(kept).as_ref(), Ok(&recipient));
            assert_eq!(serde_json::from_value::<Recipient>(json).expect("a recipient"), recipient);
        }
    }
}
