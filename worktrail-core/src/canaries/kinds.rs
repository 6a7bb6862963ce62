//! The records: what `Debug` shows of a value does not depend on anything in it that is personal.

use serde_json::Value as Json;

use super::{assert_silent, shown};
use crate::class::Class;
use crate::record::samples::{Visit, every_kind};
use crate::record::{Recorded, to_record};
use crate::store::{IndexRange, Record, Revision, StoredRecord, UniqueKey};

/// What stands in a personal leaf instead: of its form, and another value.
fn another(path: &str) -> Json {
    match path {
        "birth_date" => "1990-01-15".into(),
        "protection.address" => "ungraded".into(),
        "protection.staff" => "none".into(),
        "audience" | "shown_to.audience" | "whose.audience" => "withheld".into(),
        "outcome" => "given".into(),
        "finding.outcome" => "present".into(),
        "residence.municipality" => "0219/2019".into(),
        "tie" => "friend".into(),
        "terms.kind" => "parent".into(),
        "details.pay" => "unpaid".into(),
        "details.access" => "set_aside".into(),
        "details.subsidies[].kind" | "terms.subsidies[].kind" => "inclusion".into(),
        "ending.reason" | "reopenings[].ending.reason" => "other_declined".into(),
        "terms.occupations[].wanted" => "unwanted".into(),
        "terms.municipalities[]" => "0301/2024".into(),
        "terms.must_haves[]" | "terms.no_goes[]" => "weekends".into(),
        "terms.open_to[]" => "visit".into(),
        "details.named.phone" => "00000918".into(),
        "outcome.reason" => "readiness".into(),
        "pauses[].reason" => "travel".into(),
        "recruitment[].leaving.outcome" => "other".into(),
        _ => "TAUS".into(),
    }
}

/// The leaves at a path, `[]` for every item of a list.
fn leaves<'j>(json: &'j mut Json, path: &str) -> Vec<&'j mut Json> {
    let mut found = vec![json];
    for step in path.split('.') {
        let (name, items) = step.strip_suffix("[]").map_or((step, false), |name| (name, true));
        found = found.into_iter().filter_map(|json| json.get_mut(name)).collect();
        if items {
            found = found.into_iter().filter_map(Json::as_array_mut).flatten().collect();
        }
    }
    found
}

struct Changed(usize);

impl Visit for Changed {
    fn visit<T: Recorded>(&mut self, value: &T) {
        let before = shown(value);
        for field in T::FIELDS {
            let (path, class) = (field.path(), field.class());
            // The phase is a code that refusals name too (`Rejection`); its class is for masking and export.
            if !class.is_personal() || path.ends_with("moves[].to") || path == "phase" {
                continue;
            }
            let mut json = serde_json::to_value(value).unwrap();
            for leaf in leaves(&mut json, path).into_iter().filter(|leaf| !leaf.is_null()) {
                if class == Class::Health && T::KIND.name() == "job" && path == "ending.reason" {
                    *leaf = "resigned".into();
                } else {
                    *leaf = another(path);
                }
                self.0 += 1;
            }
            let changed: T = serde_json::from_value(json)
                .unwrap_or_else(|error| panic!("{}.{path} cannot hold another value: {error}", T::KIND.name()));
            assert_eq!(shown(&changed), before, "Debug shows {}.{path}", T::KIND.name());
        }
    }
}

#[test]
fn debug_does_not_depend_on_anything_personal() {
    let mut changed = Changed(0);
    every_kind(&mut changed);
    assert!(changed.0 >= 40, "only {} leaves were changed", changed.0);
}

#[derive(Default)]
struct Shown(Vec<Record>);

impl Visit for Shown {
    fn visit<T: Recorded>(&mut self, value: &T) {
        let kind = T::KIND.name();
        assert_silent(kind, &shown(value));
        let record = to_record(value).unwrap();
        assert_silent(kind, &shown(&record));
        assert_silent(kind, &shown(record.body()));
        let stored = StoredRecord::new(record.clone(), Revision::new(1), Revision::default());
        assert_silent(kind, &shown(&stored));
        for unique in UniqueKey::held_by(&record) {
            assert_silent(kind, &shown(&unique));
            let range = IndexRange::new(unique.index(), unique.values().to_vec()).unwrap();
            assert_silent(kind, &shown(&range));
            let bound = std::ops::Bound::Included(unique.values()[0].clone());
            let between = IndexRange::new(unique.index(), Vec::new()).unwrap();
            assert_silent(kind, &shown(&between.between(bound.clone(), bound).unwrap()));
        }
        self.0.push(record);
    }
}

#[test]
fn records_keys_and_ranges_are_silent() {
    let mut seen = Shown::default();
    every_kind(&mut seen);
    // The marks are there: every kind but these holds something personal, or the name of a team, an office or an employer.
    // The version of a plan names its texts by their ids.
    let silent: Vec<_> = seen
        .0
        .iter()
        .filter(|record| super::mark_in(&String::from_utf8_lossy(record.body().bytes())).is_none())
        .map(|record| record.key().kind().name())
        .collect();
    assert_eq!(
        silent,
        ["attestation", "notice", "cover", "plan_version", "membership", "membership", "membership", "appointment"]
    );
}
