//! `docs/features.md` answers every row that it is asked, and every test that it names is there.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

mod people;
mod rules;
mod sources;

use std::collections::BTreeSet;

use sources::{Tests, named, page, rows};

/// The rows that are asked for: the feature table, the guards, the rules and decisions, the two documents that the
/// project began with.
fn asked() -> BTreeSet<String> {
    let table = (1..=55).chain(89..=106).chain(138..=148).map(|row| row.to_string());
    let guards = (1..=36).map(|row| format!("G{row}"));
    let rules =
        [("I", 1..=26), ("DA", 1..=13), ("DA", 16..=16), ("DA", 18..=19), ("DB", 1..=13), ("DC", 1..=4), ("DC", 6..=9)];
    let rules = rules.into_iter().flat_map(|(list, rows)| rows.map(move |row| format!("{list}{row}")));
    let words = (1..=177).flat_map(|row| match row {
        80 => ["a", "b", "c", "d", "e"].iter().map(|part| format!("S80{part}")).collect(),
        _ => vec![format!("S{row}")],
    });
    table.chain(guards).chain(rules).chain(words).collect()
}

/// The parts of the plan that a row may leave its rest to.
const PARTS: [&str; 4] = ["the working day", "statistics", "privacy", "opportunities"];

#[test]
fn no_row_is_silent_and_none_is_answered_twice() {
    let rows = rows::<4>(&page("docs/features.md"));
    let answered: BTreeSet<String> = rows.iter().map(|[id, ..]| id.clone()).collect();
    let asked = asked();
    let silent: Vec<_> = asked.difference(&answered).collect();
    let unasked: Vec<_> = answered.difference(&asked).collect();
    assert!(silent.is_empty() && unasked.is_empty(), "silent: {silent:?}; not asked for: {unasked:?}");
    assert_eq!(rows.len(), answered.len(), "a row is answered twice");
}

#[test]
fn the_tests_that_are_named_are_there() {
    let tests = Tests::read();
    let mut faults = Vec::new();
    for [id, _what, answer, shown] in rows(&page("docs/features.md")) {
        faults.extend(tests.missing(&shown).into_iter().map(|name| format!("{id}: there is no test {name}")));
        let rest = answer.strip_prefix("works; the rest: ");
        match rest.map_or(answer.as_str(), |part| if PARTS.contains(&part) { "works" } else { "a part unknown" }) {
            "works" | "works, differently" if named(&shown).next().is_none() => {
                faults.push(format!("{id}: no test is named"));
            }
            "works" if rest.is_some() && !shown.contains("The rest is ") => {
                faults.push(format!("{id}: it does not say what the rest is"));
            }
            "works" | "works, differently" => {}
            "different" | "later" | "host" if !shown.is_empty() => {}
            other => faults.push(format!("{id}: “{other}” is no answer, or says no reason")),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
