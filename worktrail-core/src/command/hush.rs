//! Reading a command says what is wrong with it, and never what stood there.
//!
//! serde's own errors repeat the value: `invalid type: string "MILD ORRE", expected struct …`. A host that logs why
//! it could not read a request would log a name, or a national id.

use serde::de::Error;

/// How serde's errors begin that repeat a value, up to where the value begins. Some formats put a path before it.
const TELLING: [&str; 4] = ["invalid type", "invalid value", "unknown variant", "unknown field"];

/// How an id that is none is refused; the first letter that does not fit follows, and where it stands.
const NOT_AN_ID: &str = "UUID parsing failed";

/// The same error without the value.
pub(super) fn hushed<E: Error>(error: E) -> E {
    let message = error.to_string();
    if message.contains(NOT_AN_ID) {
        return E::custom(NOT_AN_ID);
    }
    match TELLING.into_iter().find(|beginning| message.contains(beginning)) {
        None => error,
        Some(beginning) => E::custom(format_args!("{beginning}{}", expected(&message))),
    }
}

/// What was expected, which the program says, after what stood there. The last one counts: a value may hold the word.
fn expected(message: &str) -> &str {
    message.rfind(", expected ").and_then(|place| message.get(place..)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(message: &str) -> String {
        hushed(<serde_json::Error as Error>::custom(message)).to_string()
    }

    #[test]
    fn the_value_goes_and_what_was_expected_stays() {
        assert_eq!(of("invalid type: string \"A, expected B\", expected a day"), "invalid type, expected a day");
        assert_eq!(of("unknown variant `A`, expected `b` or `c`"), "unknown variant, expected `b` or `c`");
        assert_eq!(of("unknown field `A`, there are no fields"), "unknown field");
        assert_eq!(of("missing field `on`"), "missing field `on`");
        assert_eq!(of("UUID parsing failed: invalid character: found `K` at 0"), "UUID parsing failed");
        assert_eq!(of("new.name: invalid type: string \"A\", expected a name"), "invalid type, expected a name");
    }
}
