//! What is told about a job beyond its form and its dates; all of it may be left out.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::coded::coded;
use crate::domain::kept::{Kept, NotKept, kept};
use crate::domain::occupation::Occupation;
use crate::domain::subsidy::Subsidy;
use crate::domain::text::Text;

/// What is told about a job beyond its form and its dates.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobDetails {
    /// The occupation, by a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occupation: Option<Occupation>,
    /// How it is paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay: Option<JobPay>,
    /// Who could have had it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<JobAccess>,
    /// Tasks and responsibilities.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Text<8000>>,
    /// Who gives which support, at the workplace and outside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub support_plan: Option<Text<8000>>,
    /// What is granted for it, and when (row 91).
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub subsidies: BTreeSet<Subsidy>,
}

coded! {
    /// How a job is paid.
    pub silent enum JobPay {
        /// At the going wage, agreed or usual for this work.
        GoingWage = "going_wage", "Ordinær lønn", "Going wage";
        /// Below the going wage.
        BelowGoingWage = "below_going_wage", "Under ordinær lønn", "Below the going wage";
        /// Not at all, or by a benefit only.
        Unpaid = "unpaid", "Ulønnet", "Unpaid";
    }
}

coded! {
    /// Who could have had a job.
    pub silent enum JobAccess {
        /// Anybody.
        OpenToAnyone = "open_to_anyone", "Åpen for alle", "Open to anyone";
        /// It is set aside for some, such as people with disabilities.
        SetAside = "set_aside", "Forbeholdt noen", "Set aside";
        /// Permanently adapted work, also in an ordinary workplace (VTO).
        PermanentlyAdapted = "permanently_adapted", "Varig tilrettelagt arbeid (VTO)", "Permanently adapted work";
    }
}

impl JobDetails {
    /// Whether nothing is told.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[derive(Deserialize)]
pub(crate) struct KeptDetails {
    #[serde(default, deserialize_with = "kept")]
    occupation: Option<Occupation>,
    #[serde(default)]
    pay: Option<JobPay>,
    #[serde(default)]
    access: Option<JobAccess>,
    #[serde(default, deserialize_with = "kept")]
    position: Option<Text<8000>>,
    #[serde(default, deserialize_with = "kept")]
    support_plan: Option<Text<8000>>,
    #[serde(default)]
    subsidies: BTreeSet<Subsidy>,
}

impl Kept for JobDetails {
    type Form = KeptDetails;

    fn from_kept(form: KeptDetails) -> Result<Self, NotKept> {
        let KeptDetails { occupation, pay, access, position, support_plan, subsidies } = form;
        Ok(Self { occupation, pay, access, position, support_plan, subsidies })
    }
}
