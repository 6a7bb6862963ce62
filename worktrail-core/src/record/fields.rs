//! Tests: every part of every stored form is in the table, with its class, its labels and who sees it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::samples::{Visit, every_kind};
use super::{Concerns, Recorded, Retention, SCHEMA, SeenBy, StoredField, inventory, to_record};
use crate::class::Class;
use crate::label::Label;
use crate::store::{Kind, Record, Value};

/// Every leaf of a stored form: its path and its value.
fn leaves(json: &Json, path: &str, found: &mut Vec<(String, Json)>) {
    match json {
        Json::Object(fields) => {
            for (name, value) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                leaves(value, &path, found);
            }
        }
        Json::Array(items) => {
            for item in items {
                leaves(item, &format!("{path}[]"), found);
            }
        }
        Json::Null => {}
        value => found.push((path.to_owned(), value.clone())),
    }
}

/// The leaves of all samples of a kind, by kind.
#[derive(Default)]
struct Leaves {
    by_kind: BTreeMap<&'static str, Vec<(String, Json)>>,
    records: Vec<Record>,
}

impl Visit for Leaves {
    fn visit<T: Recorded>(&mut self, value: &T) {
        let json = serde_json::to_value(value).unwrap();
        leaves(&json, "", self.by_kind.entry(T::KIND.name()).or_default());
        self.records.push(to_record(value).unwrap());
    }
}

fn all_leaves() -> Leaves {
    let mut found = Leaves::default();
    every_kind(&mut found);
    found
}

#[test]
fn every_leaf_of_every_kind_is_listed_once_and_every_listed_one_occurs() {
    let found = all_leaves();
    let mut faults = Vec::new();
    for kind in inventory() {
        let Some(leaves) = found.by_kind.get(kind.name()) else {
            faults.push(format!("{}: there is no sample", kind.name()));
            continue;
        };
        let occurring: BTreeSet<&str> = leaves.iter().map(|(path, _)| path.as_str()).collect();
        let named: BTreeSet<&str> = kind.fields().iter().map(StoredField::path).collect();
        faults.extend(occurring.difference(&named).map(|path| format!("{}: {path} is not listed", kind.name())));
        faults.extend(named.difference(&occurring).map(|path| format!("{}: {path} does not occur", kind.name())));
        if named.len() != kind.fields().len() {
            faults.push(format!("{}: a path is listed twice", kind.name()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What a label lacks to be one: words in both languages, and a capital where a table begins with it.
fn is_label(label: Label) -> bool {
    [label.nb, label.en].iter().all(|text| text.trim() == *text && text.chars().next().is_some_and(char::is_uppercase))
}

#[test]
fn every_field_has_labels_and_every_kind_says_why_it_is_kept() {
    for kind in inventory() {
        assert!(is_label(kind.keeping().purpose()), "{}", kind.name());
        let mut labels = BTreeMap::new();
        for field in kind.fields() {
            assert!(is_label(field.label()), "{}.{}", kind.name(), field.path());
            let is_entry = field.label() == StoredField::by("", SeenBy::Nobody).label()
                || field.label() == StoredField::at("", SeenBy::Nobody).label();
            if let Some(other) = labels.insert(field.label(), field.path()).filter(|_| !is_entry) {
                panic!("{}: {} and {other} have the same label", kind.name(), field.path());
            }
        }
    }
}

#[test]
fn what_belongs_to_a_participant_is_kept_with_their_trails_and_is_for_nobody_beyond_their_case() {
    for kind in inventory() {
        let above = |kind: &Kind| kind.parent();
        let is_theirs = std::iter::successors(SCHEMA.kind(kind.name()), above).any(|it| it.name() == "participant");
        let keeping = kind.keeping();
        assert_eq!(keeping.concerns() == Concerns::Participant, is_theirs, "{}", kind.name());
        assert_eq!(keeping.retention() == Retention::AfterTrail, is_theirs, "{}", kind.name());
        for field in kind.fields().iter().filter(|_| is_theirs) {
            let beyond = matches!(field.seen_by(), SeenBy::Organisation | SeenBy::StaffThemself);
            assert!(!beyond, "{}.{}", kind.name(), field.path());
        }
    }
}

/// Which paths are empty in some sample, and which hold something in some.
#[derive(Default)]
struct Filling {
    empty: BTreeSet<String>,
    filled: BTreeSet<String>,
}

impl Filling {
    fn look(&mut self, json: &Json, path: &str) {
        let is_empty = json.is_null() || json.as_array().is_some_and(Vec::is_empty);
        if is_empty {
            self.empty.insert(path.to_owned())
        } else {
            self.filled.insert(path.to_owned())
        };
        match json {
            Json::Object(fields) => fields.iter().for_each(|(name, value)| self.look(value, &format!("{path}.{name}"))),
            Json::Array(items) => items.iter().for_each(|item| self.look(item, &format!("{path}[]"))),
            _ => {}
        }
    }
}

#[derive(Default)]
struct Fillings(BTreeMap<&'static str, Filling>);

impl Visit for Fillings {
    fn visit<T: Recorded>(&mut self, value: &T) {
        self.0.entry(T::KIND.name()).or_default().look(&serde_json::to_value(value).unwrap(), "");
    }
}

#[test]
fn the_samples_leave_nothing_empty() {
    // An option that is absent in every sample would let its path go without a class.
    let mut found = Fillings::default();
    every_kind(&mut found);
    for (kind, Filling { empty, filled }) in found.0 {
        let never: Vec<_> = empty.difference(&filled).collect();
        assert!(never.is_empty(), "{kind}: {never:?} is empty in every sample");
    }
}

#[test]
fn a_typed_field_is_classed_like_what_it_comes_from() {
    let found = all_leaves();
    let listed: BTreeMap<_, _> = inventory().into_iter().map(|kind| (kind.name(), kind)).collect();
    let mut faults = BTreeSet::new();
    for record in &found.records {
        let kind = record.key().kind();
        for (field, value) in kind.fields().iter().zip(record.fields()) {
            let text = match value {
                Some(Value::Text(text)) => text.clone(),
                Some(Value::Day(day)) => day.to_string(),
                _ => continue,
            };
            for (path, leaf) in &found.by_kind[kind.name()] {
                let class = listed[kind.name()].field(path).map_or(Class::Ordinary, StoredField::class);
                if leaf.as_str() == Some(&text) && class.is_personal() && class != field.class() {
                    faults.insert(format!("{}.{} comes from {path}, {class:?}", kind.name(), field.name()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn fields_that_are_made_from_something_personal_have_its_class() {
    // What the values do not show: these are derived, or coded.
    for (kind, field, class) in [
        ("participant", "national_id", Class::NationalId),
        ("participant", "audience", Class::Address),
        ("trail", "audience", Class::Address),
        ("trail", "phase", Class::Health),
        ("trail", "end_reason", Class::Health),
        ("staff", "identity", Class::Personal),
    ] {
        let kind = SCHEMA.kind(kind).unwrap();
        let place = kind.field(field).unwrap();
        assert_eq!(kind.fields()[place].class(), class, "{kind:?}.{field}");
    }
}
