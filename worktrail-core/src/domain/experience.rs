//! What worked and what did not, in a job or an education.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::kept::kept;
use super::moment::Authorship;
use super::rejection::Rejection;
use super::text::Text;

coded! {
    /// Which of the two experiences.
    pub enum ExperienceKind {
        /// What worked.
        Worked = "worked", "Hva fungerte", "What worked";
        /// What did not work.
        DidNotWork = "did_not_work", "Hva fungerte ikke", "What did not work";
    }
}

/// What worked and what did not: each with who wrote it, and when. It may be written anew at any time, also after the
/// trail has ended (`DB8`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Experiences {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    worked: Option<Remark>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    did_not_work: Option<Remark>,
}

/// A text, and who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    #[serde(deserialize_with = "kept")]
    text: Text<8000>,
    authorship: Authorship,
}

impl Remark {
    /// What was written.
    #[must_use]
    pub const fn text(&self) -> &Text<8000> {
        &self.text
    }

    /// Who wrote it, and when.
    #[must_use]
    pub const fn authorship(&self) -> &Authorship {
        &self.authorship
    }
}

impl Experiences {
    /// What was written of one kind.
    #[must_use]
    pub const fn of(&self, kind: ExperienceKind) -> Option<&Remark> {
        match kind {
            ExperienceKind::Worked => self.worked.as_ref(),
            ExperienceKind::DidNotWork => self.did_not_work.as_ref(),
        }
    }

    /// Whether nothing was written yet.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.worked.is_none() && self.did_not_work.is_none()
    }

    /// The first day, on a day or after it, on which one that stands was written.
    pub(super) fn first_written_since(&self, day: NaiveDate) -> Option<NaiveDate> {
        let remarks = [self.worked.as_ref(), self.did_not_work.as_ref()].into_iter().flatten();
        remarks.map(|remark| remark.authorship.day()).filter(|on| *on >= day).min()
    }

    /// The same with one of the two written anew.
    pub(super) fn noted(self, kind: ExperienceKind, text: Text<8000>, by: &Authorship) -> Result<Self, Rejection> {
        if self.of(kind).is_some_and(|remark| remark.text == text) {
            return Err(Rejection::NothingChanges);
        }
        let remark = Some(Remark { text, authorship: *by });
        Ok(match kind {
            ExperienceKind::Worked => Self { worked: remark, ..self },
            ExperienceKind::DidNotWork => Self { did_not_work: remark, ..self },
        })
    }
}
