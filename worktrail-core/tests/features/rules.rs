//! `docs/rules.md` says of every rule where it is held and which test fails without it, and both are there.

use std::collections::BTreeSet;

use crate::sources::{Tests, named, page, root, rows};

/// A row of the page: the rule, what it says, what holds it, and what fails without it.
type Rule = [String; 4];

/// Whether a file has an item of this name.
fn has(text: &str, item: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    ["fn ", "enum ", "struct ", "const ", "static "].iter().any(|kind| {
        let declared = format!("{kind}{item}");
        text.split(&declared).skip(1).any(|rest| !rest.starts_with(is_name))
    })
}

/// What is wrong with the links to what holds a rule: [`Trail::open`](../worktrail-core/…).
fn faults_of_links([id, _, held, _]: &Rule) -> Vec<String> {
    let paths: Vec<_> =
        held.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(path, _)| path).collect();
    let items: Vec<_> = named(held).collect();
    if paths.is_empty() || paths.len() != items.len() {
        return vec![format!("{id}: each of what holds it is a name with a link")];
    }
    let wrong = items.iter().zip(paths).filter_map(|(item, path)| {
        let text = std::fs::read_to_string(root().join("docs").join(path)).unwrap_or_default();
        let name = item.rsplit("::").next().unwrap_or(item);
        (!has(&text, name)).then(|| format!("{id}: {path} has no {name}"))
    });
    wrong.collect()
}

#[test]
fn every_rule_that_is_kept_has_its_row() {
    let rules: BTreeSet<_> = rows::<4>(&page("docs/rules.md")).into_iter().map(|[id, ..]| id).collect();
    let is_rule = |id: &str| id.starts_with(['I', 'D']);
    let kept = |[id, _, answer, _]: &Rule| is_rule(id) && !matches!(answer.as_str(), "later" | "host");
    let asked: BTreeSet<_> = rows(&page("docs/features.md")).into_iter().filter(kept).map(|[id, ..]| id).collect();
    assert_eq!(rules.symmetric_difference(&asked).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn what_holds_a_rule_and_the_test_that_fails_without_it_are_there() {
    let tests = Tests::read();
    let mut faults = Vec::new();
    for rule in rows(&page("docs/rules.md")) {
        let [id, _, _, test] = &rule;
        faults.extend(faults_of_links(&rule));
        if named(test).next().is_none() {
            faults.push(format!("{id}: no test is named"));
        }
        faults.extend(tests.missing(test).into_iter().map(|name| format!("{id}: there is no test {name}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
