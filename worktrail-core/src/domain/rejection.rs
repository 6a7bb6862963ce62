//! Refusals are data: a closed list with stable codes and labels, and never a personal value.

use chrono::NaiveDate;
use serde::Serialize;
use thiserror::Error;

use super::thing::Thing;
use crate::label::Label;

/// Why an act is refused. Nothing was changed.
///
/// Its fields are ids, dates, phases and counts, never a personal value: a refusal may be logged.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[serde(tag = "code", content = "detail", rename_all = "snake_case")]
pub enum Rejection {
    /// Several faults of one form, all at once. Made by [`Rejection::all`].
    #[error("{} faults", .0.len())]
    Form(Vec<Rejection>),
    /// There is no such thing, or the actor may not know of it: the answer is the same.
    #[error("no such {}", what.label().en)]
    NotFound {
        /// What was asked for.
        what: Thing,
    },
    /// There is one already.
    #[error("there is such a {} already", what.label().en)]
    AlreadyExists {
        /// What there is already.
        what: Thing,
    },
    /// The actor has not the right that this takes.
    #[error("this takes the right {right}")]
    NotAllowed {
        /// The code of the right.
        right: &'static str,
    },
    /// A trail cannot be opened here: the answer is the same whether or not there is one elsewhere (`DA3`, `DA4`).
    #[error("a trail cannot be opened here")]
    CannotOpenHere,
    /// Everything is already as asked for.
    #[error("nothing would change")]
    NothingChanges,
    /// The birth date is after the day of the act.
    #[error("the birth date is after the day of the act, {act}")]
    BirthDateToCome {
        /// The day of the act.
        act: NaiveDate,
    },
    /// The birth date is not known, and the act turns on the age (`DC7`).
    #[error("the birth date is asked for")]
    BirthDateUnknown,
    /// A consent names no recipient.
    #[error("the consent names no recipient")]
    ConsentWithoutRecipient,
    /// A consent names nothing that may be given.
    #[error("the consent names nothing that may be given")]
    ConsentWithoutClass,
    /// Below 18 a guardian consents, alone or with the person (`DC7`).
    #[error("a guardian's consent is asked for")]
    GuardianMustConsent,
    /// The consent is withdrawn.
    #[error("the consent was withdrawn on {on}")]
    ConsentWithdrawn {
        /// On which day.
        on: NaiveDate,
    },
    /// The act is before the consent was given.
    #[error("the act is before the consent was given, on {given}")]
    BeforeConsent {
        /// On which day it was given.
        given: NaiveDate,
    },
}

impl Rejection {
    /// Refuses for all faults found: nothing for none, the fault itself for one, [`Rejection::Form`] for several.
    ///
    /// # Errors
    /// When there is at least one fault.
    pub fn all(mut faults: Vec<Self>) -> Result<(), Self> {
        match (faults.pop(), faults.is_empty()) {
            (None, _) => Ok(()),
            (Some(only), true) => Err(only),
            (Some(last), false) => {
                faults.push(last);
                Err(Self::Form(faults))
            }
        }
    }

    /// The stable code, the same as in serde.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.row().0
    }

    /// What a person reads.
    #[must_use]
    pub const fn label(&self) -> Label {
        let (_, nb, en) = self.row();
        Label::new(nb, en)
    }

    /// The table: code, Norwegian, English.
    const fn row(&self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Form(_) => ("form", "Flere felt må rettes", "Several fields must be corrected"),
            Self::NotFound { .. } => ("not_found", "Finnes ikke", "Not found"),
            Self::AlreadyExists { .. } => ("already_exists", "Finnes allerede", "Exists already"),
            Self::NotAllowed { .. } => ("not_allowed", "Ikke tilgang", "Not allowed"),
            Self::NothingChanges => ("nothing_changes", "Ingenting endres", "Nothing would change"),
            Self::BirthDateToCome { .. } => {
                ("birth_date_to_come", "Fødselsdatoen er ikke kommet ennå", "The birth date is still to come")
            }
            Self::BirthDateUnknown => ("birth_date_unknown", "Fødselsdatoen mangler", "The birth date is missing"),
            Self::ConsentWithoutRecipient => {
                ("consent_without_recipient", "Samtykket nevner ingen mottaker", "The consent names no recipient")
            }
            Self::ConsentWithoutClass => {
                ("consent_without_class", "Samtykket nevner ingen opplysninger", "The consent names no data")
            }
            Self::GuardianMustConsent => ("guardian_must_consent", "Foresatt må samtykke", "A guardian must consent"),
            Self::ConsentWithdrawn { .. } => {
                ("consent_withdrawn", "Samtykket er trukket tilbake", "The consent is withdrawn")
            }
            Self::BeforeConsent { .. } => ("before_consent", "Før samtykket ble gitt", "Before the consent was given"),
            Self::CannotOpenHere => {
                ("cannot_open_here", "Jobbsporet kan ikke åpnes her", "The trail cannot be opened here")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_fault_stands_alone_and_several_stand_together() {
        assert_eq!(Rejection::all(vec![]), Ok(()));
        assert_eq!(Rejection::all(vec![Rejection::CannotOpenHere]), Err(Rejection::CannotOpenHere));
        let two = vec![Rejection::CannotOpenHere, Rejection::NotFound { what: Thing::Team }];
        assert_eq!(Rejection::all(two.clone()), Err(Rejection::Form(two)));
    }

    #[test]
    fn the_code_is_the_one_in_serde() {
        let samples = [
            Rejection::Form(vec![]),
            Rejection::NotFound { what: Thing::Trail },
            Rejection::AlreadyExists { what: Thing::Trail },
            Rejection::NotAllowed { right: "open_trail" },
            Rejection::CannotOpenHere,
            Rejection::NothingChanges,
            Rejection::BirthDateToCome { act: NaiveDate::MIN },
            Rejection::BirthDateUnknown,
            Rejection::ConsentWithoutRecipient,
            Rejection::ConsentWithoutClass,
            Rejection::GuardianMustConsent,
            Rejection::ConsentWithdrawn { on: NaiveDate::MIN },
            Rejection::BeforeConsent { given: NaiveDate::MIN },
        ];
        for rejection in samples {
            let json = serde_json::to_value(&rejection).expect("json");
            assert_eq!(json.get("code").and_then(|code| code.as_str()), Some(rejection.code()));
        }
    }
}
