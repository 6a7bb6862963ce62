//! Reading commands: what serde says of a bad one does not repeat what stood there.

use std::fmt::Debug;

use serde_json::{Value as Json, json};

use super::told;
use crate::command::Command;
use crate::command::samples::{Over, Visit, every_command};
use crate::record::samples::MARKS;

/// The paths of everything in a command, itself too, as JSON pointers.
fn places(json: &Json, path: &str, found: &mut Vec<String>) {
    found.push(path.to_owned());
    match json {
        Json::Object(fields) => fields.iter().for_each(|(name, value)| places(value, &format!("{path}/{name}"), found)),
        Json::Array(items) => {
            items.iter().enumerate().for_each(|(number, item)| places(item, &format!("{path}/{number}"), found));
        }
        _ => {}
    }
}

/// What somebody might send in a wrong place.
fn wrong() -> [Json; 8] {
    [
        "KANARI synger".into(),
        "48128549318".into(),
        "KANARI`, expected `KANARI".into(),
        48_128_549_318_u64.into(),
        (-1985.5).into(),
        json!(["KANARI", 48_128_549_318_u64]),
        json!({ "KANARI": "KANARI", "kind": "KANARI", "with": "kanari", "given": 1985, "family": ["KANARI"] }),
        json!({ "employer": "KANARI", "self_employed": "KANARI" }),
    ]
}

/// What was expected may be said: the names of a closed list are no marks here.
fn assert_repeats_nothing(what: &str, error: &serde_json::Error) {
    let told = told(error);
    assert!(!MARKS.into_iter().any(|mark| told.contains(mark)), "{what}: {told}");
}

struct Read {
    refused: usize,
}

impl Visit for Read {
    fn visit<C: Command + Debug>(&mut self, _: Over, command: &C) {
        let sound = serde_json::to_value(command).unwrap();
        let mut paths = Vec::new();
        places(&sound, "", &mut paths);
        for path in &paths {
            for wrong in wrong() {
                let mut json = sound.clone();
                *json.pointer_mut(path).unwrap() = wrong;
                let text = serde_json::to_string_pretty(&json).unwrap();
                let errors = [
                    serde_json::from_str::<C>(&text).err(),
                    serde_json::from_slice::<C>(text.as_bytes()).err(),
                    serde_json::from_reader::<_, C>(text.as_bytes()).err(),
                    serde_json::from_value::<C>(json).err(),
                ];
                for error in errors.into_iter().flatten() {
                    assert_repeats_nothing(&format!("{} with a wrong {path}", C::NAME), &error);
                    self.refused += 1;
                }
            }
        }
        let broken = serde_json::to_string(command).unwrap();
        let error = serde_json::from_str::<C>(&broken[..broken.len() - 1]).unwrap_err();
        assert_repeats_nothing(C::NAME, &error);
    }
}

#[test]
fn no_error_about_a_command_repeats_what_it_could_not_read() {
    let mut read = Read { refused: 0 };
    every_command(&mut read);
    assert!(read.refused > 5_000, "{} were refused", read.refused);
}

#[test]
fn an_error_still_says_what_is_wrong_and_where() {
    use crate::command::{MoveTo, RegisterParticipant};

    let error = |json: &str| serde_json::from_str::<MoveTo>(json).unwrap_err().to_string();
    let trail = r#""trail": "00000000-0000-0000-0000-000000000001""#;
    assert_eq!(error(&format!("{{ {trail} }}")), "missing field `phase` at line 1 column 51");
    let unknown = error(&format!("{{ {trail},\n  \"phase\": \"KANARI\", \"on\": \"2022-06-01\" }}"));
    assert!(unknown.starts_with("unknown variant, expected one of `referred`, `mapping`"), "{unknown}");
    assert!(unknown.ends_with("at line 2 column 19"), "{unknown}");
    let typed = error(&format!("{{ {trail}, \"phase\": \"mapping\", \"on\": 48128549318 }}"));
    assert!(typed.starts_with("invalid type, expected a formatted date string"), "{typed}");
    let name = r#"{ "participant": "00000000-0000-0000-0000-000000000001",
        "team": "00000000-0000-0000-0000-000000000002",
        "new": { "name": { "given": "A", "family": "B" }, "national_id": "48128549319" } }"#;
    let error = serde_json::from_str::<RegisterParticipant>(name).unwrap_err().to_string();
    assert!(error.starts_with("the check digits do not fit"), "{error}");
}
