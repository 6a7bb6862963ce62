//! `docs/features.md` answers every row that it is asked, and every test that it names is there.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

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

/// A row of the page: what it answers, how, and the tests and the reason that it names.
struct Row {
    id: String,
    answer: String,
    shown: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn rows() -> Vec<Row> {
    let page = std::fs::read_to_string(root().join("docs/features.md")).unwrap();
    let lines = page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| row |"));
    let cells = lines.map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect());
    let rows = cells.map(|cells: Vec<String>| match <[String; 4]>::try_from(cells) {
        Ok([id, _what, answer, shown]) => Row { id, answer, shown },
        Err(cells) => panic!("a row has four cells: {cells:?}"),
    });
    rows.filter(|row: &Row| !row.id.starts_with("---")).collect()
}

/// The names between backticks.
fn named(shown: &str) -> impl Iterator<Item = &str> {
    shown.split('`').skip(1).step_by(2)
}

/// Every test of the workspace, by its file's path and its name.
fn tests() -> BTreeMap<String, Vec<String>> {
    let mut tests: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if name != "target" && !name.starts_with('.') {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let place = path.strip_prefix(root()).unwrap().with_extension("").to_string_lossy().replace('/', "::");
                for test in text.split("fn ").skip(1) {
                    let name: String = test.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    tests.entry(name).or_default().push(place.clone());
                }
            }
        }
    }
    tests
}

#[test]
fn no_row_is_silent_and_none_is_answered_twice() {
    let rows = rows();
    let answered: BTreeSet<String> = rows.iter().map(|row| row.id.clone()).collect();
    let asked = asked();
    let silent: Vec<_> = asked.difference(&answered).collect();
    let unasked: Vec<_> = answered.difference(&asked).collect();
    assert!(silent.is_empty() && unasked.is_empty(), "silent: {silent:?}; not asked for: {unasked:?}");
    assert_eq!(rows.len(), answered.len(), "a row is answered twice");
}

#[test]
fn the_tests_that_are_named_are_there() {
    let tests = tests();
    let mut faults = Vec::new();
    for Row { id, answer, shown } in rows() {
        let missing = named(&shown).filter(|name| {
            let (place, test) = name.rsplit_once("::").unwrap_or(("", name));
            tests.get(test).is_none_or(|places| places.iter().all(|it| !it.contains(place)))
        });
        faults.extend(missing.map(|name| format!("{id}: there is no test {name}")));
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
