//! Tests: of every command there is, and of one in particular.

use std::collections::BTreeSet;
use std::fmt::Debug;

use serde_json::{Value as Json, json};

use super::read;
use crate::command::samples::{Over, Visit, every_command, register_general_contacts, register_participant};
use crate::command::{Command, RegisterGeneralContacts, RegisterParticipant};

/// The fields of an object, one left out each time.
fn without_each(whole: &Json) -> Vec<(String, Json)> {
    let fields = whole.as_object().expect("an object");
    let without = |name: &String| {
        let mut rest = fields.clone();
        rest.remove(name);
        (name.clone(), Json::Object(rest))
    };
    fields.keys().map(without).collect()
}

/// What serde itself asks of a command: the fields without which it is not read.
fn required<C: Command>(whole: &Json) -> BTreeSet<String> {
    without_each(whole)
        .into_iter()
        .filter(|(_, rest)| serde_json::from_value::<C>(rest.clone()).is_err())
        .map(|(name, _)| name)
        .collect()
}

struct Drafts;

impl Visit for Drafts {
    fn visit<C: Command + Debug>(&mut self, _: Over, command: &C) {
        let whole = serde_json::to_value(command).unwrap();
        // the whole command is read, and nothing is wrong with it
        let read_whole = read::<C>(&whole);
        assert_eq!(serde_json::to_value(read_whole.command.expect(C::NAME)).unwrap(), whole);
        // each field that is left out is missing exactly when serde misses it
        let required = required::<C>(&whole);
        for (name, rest) in without_each(&whole) {
            let draft = read::<C>(&rest);
            let expected: Vec<_> = required.get(&name).into_iter().cloned().collect();
            assert_eq!((draft.missing, draft.unreadable), (expected, vec![]), "{} without {name}", C::NAME);
        }
        // each field that holds what no field holds is unreadable, and nothing else is
        for name in whole.as_object().expect("an object").keys() {
            let mut spoilt = whole.clone();
            spoilt[name] = json!([[false]]);
            let draft = read::<C>(&spoilt);
            let found = draft.missing.into_iter().chain(draft.unreadable).collect::<Vec<_>>();
            assert!(
                found.iter().all(|path| path.split('.').next() == Some(name)) && !found.is_empty(),
                "{} {found:?}",
                C::NAME
            );
        }
        // and of nothing, all that is required is missing at once
        let missing: BTreeSet<_> = read::<C>(&json!({})).missing.into_iter().collect();
        assert_eq!(missing, required, "{}", C::NAME);
    }
}

#[test]
fn s107_of_every_command_all_that_is_missing_and_wrong_is_told() {
    every_command(&mut Drafts);
}

#[test]
fn s107_what_is_missing_and_wrong_is_told_by_place_and_never_repeated() {
    let mut draft = serde_json::to_value(register_participant()).unwrap();
    draft["team"] = json!("KANARI");
    draft["new"]["name"] = json!({ "given": "KANARI\u{0}" });
    draft["new"]["birth_date"] = json!("1985-02-30");
    draft.as_object_mut().unwrap().remove("participant");
    let found = read::<RegisterParticipant>(&draft);
    let all: BTreeSet<_> = found.missing.iter().chain(&found.unreadable).map(String::as_str).collect();
    assert_eq!(all, BTreeSet::from(["participant", "team", "new.name", "new.name.family", "new.birth_date"]));
    assert!(found.whole().is_none() && !format!("{found:?}").contains("KANARI"));
}

#[test]
fn s107_a_line_is_named_by_its_number() {
    let mut draft = serde_json::to_value(register_general_contacts()).unwrap();
    draft["lines"] = json!([draft["lines"][0], { "employer": 7, "new": { "on": "i dag" } }]);
    let found = read::<RegisterGeneralContacts>(&draft);
    let missing: BTreeSet<_> = found.missing.iter().map(String::as_str).collect();
    let left_out = ["general_contact", "new.way", "new.met", "new.purpose", "new.declaration"];
    let expected: BTreeSet<_> = left_out.iter().map(|name| format!("lines.1.{name}")).collect();
    assert_eq!(missing, expected.iter().map(String::as_str).collect());
    assert_eq!(found.unreadable, ["lines.1.employer", "lines.1.new.on"]);
}

#[test]
fn what_is_no_object_is_unreadable_as_a_whole() {
    for draft in [json!(null), json!([]), json!("KANARI"), json!(7)] {
        let found = read::<RegisterParticipant>(&draft);
        assert_eq!((found.missing.len(), found.unreadable), (0, vec![String::new()]));
    }
}
