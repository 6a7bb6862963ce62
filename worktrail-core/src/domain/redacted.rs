//! Personal values stay silent: in `Debug`, and in the errors of serde.

use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// Gives a personal type a `Debug` that shows its name only: `PersonName(…)`.
macro_rules! redacted_debug {
    ($($name:ident),+ $(,)?) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}

/// Gives a text-like newtype its serde door: reading goes through `parse`, writing gives the text.
///
/// The type must have `parse(&str)`, `as_str` and an error with `Display`, and take
/// `#[serde(try_from = "Quiet")]` on its derived `Deserialize`.
macro_rules! text_door {
    ($name:ident, $error:ty) => {
        impl TryFrom<$crate::domain::redacted::Quiet> for $name {
            type Error = $error;

            fn try_from(text: $crate::domain::redacted::Quiet) -> Result<Self, Self::Error> {
                Self::parse(&text.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

pub(crate) use {redacted_debug, text_door};

/// A text on its way in, whose errors never repeat what was there instead: serde's own would print a national id that
/// was sent as a number.
pub(crate) struct Quiet(pub(crate) String);

/// Reads a text, and makes of it what it stands for, as silently.
pub(crate) fn quietly<'de, D, T, N>(
    deserializer: D,
    read: impl FnOnce(Cow<'_, str>) -> Result<T, N>,
) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    N: fmt::Display,
{
    let visitor = QuietVisitor { read, made: PhantomData };
    // Asked for a text, a self-describing format refuses a number by itself and repeats it; asked for anything, it
    // hands the number to the visitor, which does not.
    if deserializer.is_human_readable() {
        deserializer.deserialize_any(visitor)
    } else {
        deserializer.deserialize_string(visitor)
    }
}

struct QuietVisitor<F, T, N> {
    read: F,
    made: PhantomData<fn() -> Result<T, N>>,
}

impl<F, T, N> QuietVisitor<F, T, N> {
    fn refuse<E: Error>() -> Result<T, E> {
        Err(E::custom("expected a text"))
    }
}

impl<F, T, N> Visitor<'_> for QuietVisitor<F, T, N>
where
    F: FnOnce(Cow<'_, str>) -> Result<T, N>,
    N: fmt::Display,
{
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.read)(Cow::Borrowed(text)).map_err(E::custom)
    }

    fn visit_string<E: Error>(self, text: String) -> Result<T, E> {
        (self.read)(Cow::Owned(text)).map_err(E::custom)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<T, E> {
        Self::refuse()
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<T, E> {
        Self::refuse()
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<T, E> {
        Self::refuse()
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<T, E> {
        Self::refuse()
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<T, E> {
        Self::refuse()
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<T, E> {
        Self::refuse()
    }

    fn visit_bytes<E: Error>(self, _: &[u8]) -> Result<T, E> {
        Self::refuse()
    }
}

impl<'de> Deserialize<'de> for Quiet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        quietly(deserializer, |text| Ok::<_, Infallible>(Self(text.into_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Moment;

    #[test]
    fn an_error_does_not_repeat_the_value() {
        for body in ["15819010029", "-15819010029", "1581901.0029", "true", "[15819010029]"] {
            let error = serde_json::from_str::<Quiet>(body).map(|_| ()).expect_err("not a text").to_string();
            assert!(!error.contains("1581901") && error.contains("expected a text"), "{error}");
            let error = serde_json::from_str::<Moment>(body).expect_err("not a moment").to_string();
            assert!(!error.contains("1581901") && error.contains("expected a text"), "{error}");
        }
    }
}
