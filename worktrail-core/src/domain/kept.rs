//! The kept door: what a store gives back stays readable when today's rule is tighter than yesterday's.
//!
//! A command body goes through a value's own `Deserialize`, which is its `parse`. A stored record reads its value
//! fields with `#[serde(deserialize_with = "kept")]`, which asks only for the structure a value needs to be handled:
//! a bounded length and no U+0000. An `Option` field takes `#[serde(default)]` as well.

use std::collections::BTreeSet;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error};
use thiserror::Error as ThisError;

use super::redacted::Quiet;

/// The longest kept text, in bytes: no rule of any version allowed more.
pub(crate) const LONGEST_KEPT: usize = 1_000_000;

/// A value that a store gave back, read for its structure and not against today's rules.
pub(crate) trait Kept: Sized {
    /// What lies in the store.
    type Form: DeserializeOwned;

    /// Takes the value as it was kept.
    ///
    /// # Errors
    /// [`NotKept`] when the structure is broken: no version of this library wrote it.
    fn from_kept(form: Self::Form) -> Result<Self, NotKept>;
}

/// Why a stored value cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ThisError)]
pub(crate) enum NotKept {
    #[error("the stored text is longer than any rule allowed")]
    TooLong,
    #[error("the stored text holds U+0000")]
    Nul,
    #[error("the stored value has not the structure of its type")]
    Structure,
}

/// Reads a field of a stored record through the kept door.
pub(crate) fn kept<'de, D: Deserializer<'de>, T: Kept>(deserializer: D) -> Result<T, D::Error> {
    T::from_kept(T::Form::deserialize(deserializer)?).map_err(D::Error::custom)
}

/// The text of a stored value, when its structure holds.
pub(crate) fn kept_text(form: Quiet) -> Result<String, NotKept> {
    if form.0.len() > LONGEST_KEPT {
        return Err(NotKept::TooLong);
    }
    if form.0.contains('\0') {
        return Err(NotKept::Nul);
    }
    Ok(form.0)
}

impl<T: Kept> Kept for Option<T> {
    type Form = Option<T::Form>;

    fn from_kept(form: Self::Form) -> Result<Self, NotKept> {
        form.map(T::from_kept).transpose()
    }
}

impl<T: Kept> Kept for Box<T> {
    type Form = T::Form;

    fn from_kept(form: Self::Form) -> Result<Self, NotKept> {
        T::from_kept(form).map(Self::new)
    }
}

impl<T: Kept> Kept for Vec<T> {
    type Form = Vec<T::Form>;

    fn from_kept(form: Self::Form) -> Result<Self, NotKept> {
        form.into_iter().map(T::from_kept).collect()
    }
}

impl<T: Kept + Ord> Kept for BTreeSet<T> {
    type Form = Vec<T::Form>;

    fn from_kept(form: Self::Form) -> Result<Self, NotKept> {
        form.into_iter().map(T::from_kept).collect()
    }
}

/// Gives types whose own `Deserialize` checks structure only (ids, closed enums, dates) the kept door as well, so that
/// they can stand in an `Option` or a `Vec` beside values that need it.
macro_rules! kept_as_is {
    ($($name:ty),+ $(,)?) => {$(
        impl $crate::domain::kept::Kept for $name {
            type Form = Self;

            fn from_kept(form: Self::Form) -> Result<Self, $crate::domain::kept::NotKept> {
                Ok(form)
            }
        }
    )+};
}

pub(crate) use kept_as_is;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Text;

    #[derive(Debug, serde::Deserialize)]
    struct Stored {
        #[serde(deserialize_with = "kept")]
        note: Text<5>,
        #[serde(default, deserialize_with = "kept")]
        more: Option<Vec<Text<5>>>,
    }

    #[test]
    fn a_kept_text_may_break_todays_rule_and_a_new_one_may_not() {
        let stored: Stored = serde_json::from_str(r#"{"note":" seven77","more":["123456"]}"#).expect("kept");
        assert_eq!(stored.note.as_str(), " seven77");
        assert_eq!(stored.more.map(|texts| texts.len()), Some(1));
        assert!(serde_json::from_str::<Text<5>>(r#"" seven77""#).is_err());
    }

    #[test]
    fn an_absent_option_is_none() {
        let stored: Stored = serde_json::from_str(r#"{"note":"a"}"#).expect("kept");
        assert!(stored.more.is_none());
    }

    #[test]
    fn broken_structure_is_refused() {
        assert!(serde_json::from_str::<Stored>(r#"{"note":"a\u0000b"}"#).is_err());
        assert_eq!(kept_text(Quiet("7".repeat(LONGEST_KEPT + 1))), Err(NotKept::TooLong));
        assert!(kept_text(Quiet("7".repeat(LONGEST_KEPT))).is_ok());
    }
}
