//! What breaks the rules of state: each rule notices something.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};
use uuid::Uuid;
use worktrail_core::store::{Body, MemoryStore, Record, RecordKey, StoredRecord};

use crate::audit::now;
use crate::rules::{Everything, RULES};
use crate::states;

/// The same with another value in a field of the stored form of a record; none when that cannot be read, or has no place
/// for it.
fn altered(kept: &Everything, record: &Record, pointer: &str, value: &Json) -> Option<Everything> {
    let mut json: Json = serde_json::from_slice(record.body().bytes()).ok()?;
    let (place, field) = pointer.rsplit_once('/')?;
    json.pointer_mut(place)?.as_object_mut()?.insert(field.to_owned(), value.clone());
    let body = Body::new(record.body().version(), serde_json::to_vec(&json).ok()?);
    let mut altered = kept.clone();
    altered.put(&Record::new(record.key(), body)).ok()?;
    Some(altered)
}

/// For each rule something that breaks it: a kind of record, a place in its stored form, and what then stands there.
fn breakages() -> Vec<(&'static str, &'static str, &'static str, Json)> {
    let nobody = json!(Uuid::from_u128(0xBAD));
    vec![
        ("I1", "trail", "/participant", nobody.clone()),
        ("I1", "job", "/participant", nobody.clone()),
        ("I2", "trail", "/ending", Json::Null),
        ("I4", "trail", "/referral/referred_on", json!("2030-01-01")),
        ("I5", "trail", "/moves/0/on", json!("1999-01-01")),
        ("I7", "trail", "/moves", json!([])),
        ("I9", "job", "/period", json!({ "first": "2030-01-01" })),
        ("I11", "trail", "/recruitment/0/leaving/last", json!("1999-01-01")),
        ("I12", "trail", "/pauses/0/period", json!({ "first": "2020-01-01" })),
        ("I13", "job", "/form", json!("self_employed")),
        ("I13", "job", "/employment/employer", nobody.clone()),
        ("I17", "narrative", "/number", json!(99)),
        ("I24", "membership", "/team", nobody.clone()),
        ("DA4", "trail", "/audience", json!("team")),
        ("I21", "transfer", "/from/owner", nobody.clone()),
        ("DA16", "cover", "/trail", nobody.clone()),
        ("DA4, followers", "cover", "/audience", json!("withheld")),
        ("S77", "name_entry", "/team", nobody.clone()),
        ("S30", "participant", "/merged_into", nobody.clone()),
        ("DB9", "job", "/form", json!("work_training")),
        ("DC1", "trail", "/first_employer_contact", Json::Null),
        ("DC7", "consent", "/recipients", json!([])),
        ("DA18", "contact_person", "/employer", nobody.clone()),
        ("IPS-25 item 13", "openness", "/version", json!(50)),
        ("offices", "office", "/parent", nobody.clone()),
        ("DA7", "appointment", "/role", json!("auditor")),
        ("DA7", "appointment", "/staff", nobody.clone()),
        ("absences", "membership", "/absences/0/period", json!({ "first": "2020-01-01" })),
        ("guardians", "guardianship", "/participant", nobody.clone()),
        ("row 30", "collaborator", "/participant", nobody),
        ("S27", "plan_version", "/version", json!(50)),
        ("S101", "trail", "/variant", json!("ips_ung")),
        ("unique", "staff", "/host_identity", json!("host-0")),
    ]
}

/// How many worlds are looked at for something to break.
const MOST_WORLDS: usize = 120;

#[test]
fn every_rule_of_state_notices_what_breaks_it() {
    // Some of what can be broken comes seldom: worlds are made until it does.
    let world = |seed: u64| {
        let engine = MemoryStore::new();
        let (records, _) = now(states::walk(seed, states::WALK, &engine, &engine)).expect("a world");
        let mut kept = Everything::default();
        kept.see(&records).expect("read");
        (records, kept)
    };
    let mut worlds = Vec::new();
    let breakages = breakages();
    let broken: BTreeSet<_> = breakages.iter().map(|(rule, ..)| *rule).collect();
    assert_eq!(broken, RULES.iter().map(|(rule, _)| *rule).collect(), "rules, and rules that are broken");
    for (rule, kind, pointer, value) in breakages {
        let shows = |(records, kept): &(BTreeMap<RecordKey, StoredRecord>, Everything)| {
            let mut of_kind = records.iter().filter(|(key, _)| key.kind().name() == kind);
            of_kind.any(|(_, stored)| {
                let altered = altered(kept, stored.record(), pointer, &value);
                let said = altered.and_then(|altered| altered.keeps_the_rules().err());
                said.is_some_and(|said| said.starts_with(&format!("{rule} does not hold")))
            })
        };
        let mut noticed = worlds.iter().any(shows);
        while !noticed && worlds.len() < MOST_WORLDS {
            worlds.push(world(worlds.len() as u64));
            noticed = worlds.last().is_some_and(shows);
        }
        assert!(noticed, "{rule} does not notice {value} in {kind}{pointer}");
    }
}
