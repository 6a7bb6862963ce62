use std::path::Path;

use uuid::Uuid;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{
    Batch, Body, Expect, Head, Index, IndexRange, Key, Kind, Limit, PageRequest, Record, Store as _, StoreErrorKind,
    Stored, UniqueKey,
};

use super::*;
use crate::SledStore;

fn kind() -> Kind {
    SCHEMA.kind("team").expect("a kind of the schema")
}

/// A team as the domain writes it, so that its fields can be made anew from its body.
fn team(number: u128, name: &str) -> Record {
    let key = RecordKey::new(kind(), Uuid::from_u128(number));
    let registered = r#"{"by":"00000000-0000-0000-0000-000000050001","at":"2022-01-01T09:00:00.000000+02:00"}"#;
    let body = format!(r#"{{"id":"{}","name":"{name}","method":"ips","registered":{registered}}}"#, key.id());
    Record::new(key, Body::new(1, body.into_bytes())).with("name", name).with("method", "ips")
}

fn options(path: &Path) -> SledOptions {
    SledOptions::directory(path)
}

/// The index that is unique by name.
fn by_name() -> Index {
    UniqueKey::held_by(&team(1, "Nord")).remove(0).index()
}

fn with_engine(path: &Path, change: impl FnOnce(&Engine)) {
    let engine = open_any(&options(path), Pulse::default()).expect("an engine");
    change(&engine);
    engine.make_durable().expect("durable");
    engine.close().expect("closed");
}

async fn a_store(path: &Path) {
    let store = SledStore::open_or_create(path).await.expect("a store");
    let teams = (1..=1_200).fold(Vec::new(), |mut batches: Vec<_>, number: u128| {
        if number % 600 == 1 {
            batches.push(Batch::of(Tenant::default()));
        }
        let batch = batches.pop().expect("a batch").put(team(number, &number.to_string()), Expect::Absent);
        batches.push(batch);
        batches
    });
    for batch in teams {
        store.commit(batch.build().expect("a batch")).await.expect("committed");
    }
    store.close().await;
}

/// A store whose indexes are those of another schema: one is empty, and another has a row too many.
async fn outdated(path: &Path, schema: Option<Digest>) {
    a_store(path).await;
    with_engine(path, |engine| {
        let tenant = Tenant::default();
        let mut changes = Changes::default();
        let all = KeyBytes::index(&tenant, by_name());
        let end = all.clone().after_all();
        for step in engine.walk(all.as_ref(), end.as_ref(), worktrail_core::store::Order::Ascending) {
            changes.remove(step.expect("a row").0);
        }
        let gone = KeyBytes::index(&tenant, by_name()).value(&"of another schema".into());
        changes.put([gone.as_ref(), Uuid::from_u128(7).as_bytes()].concat(), []).expect("a row");
        engine.apply(changes).expect("applied");
        write_self(engine, schema).expect("written");
    });
}

#[tokio::test]
async fn indexes_of_another_schema_are_made_anew_when_asked_for() {
    for schema in [None, Some(Digest::new([9; 32]))] {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("store");
        outdated(&path, schema).await;
        let refused = SledStore::open(options(&path)).await.map_err(|error| error.kind());
        assert_eq!(refused.err(), Some(StoreErrorKind::SchemaOutdated));
        let store = SledStore::open_or_create(&path).await.expect("brought up to date");
        store.check().await.expect("whole");
        let held = |name: &str| Key::Unique(UniqueKey::new(by_name(), vec![name.into()]).expect("a key"));
        let found = store.get(&Tenant::default(), &[held("1200"), held("of another schema")]).await.expect("found");
        let found: Vec<_> = found.into_iter().map(|it| it.and_then(Stored::into_record)).collect();
        assert_eq!(found[0].as_ref().map(StoredRecord::record), Some(&team(1_200, "1200")));
        assert_eq!(found[1], None);
        let page = PageRequest::first(Limit::MAX);
        let all = store.scan(&Tenant::default(), &IndexRange::all(kind()), &page).await.expect("a page");
        assert_eq!((all.records.len(), all.next.is_some()), (1_000, true));
        store.close().await;
        SledStore::open(options(&path)).await.expect("up to date").close().await;
    }
}

/// Fields that follow otherwise from the same bodies are noticed, though every schema line says what it said.
#[test]
fn another_projection_is_another_schema() {
    use worktrail_core::store::{Field, KindSchema};
    const FIELDS: &[Field] = &[Field::new("name", FieldType::Text, worktrail_core::class::Class::Ordinary)];
    static FIRST: KindSchema = KindSchema::new("team").fields(FIELDS);
    static SECOND: KindSchema = KindSchema::new("team").fields(FIELDS).projection(2);
    let of = |schema| digest_of([Kind::of(schema)].into_iter());
    assert_eq!(of(&FIRST), of(&FIRST));
    assert_ne!(of(&FIRST), of(&SECOND));
}

/// What a check and an export must notice, beyond what a page does.
#[tokio::test]
async fn a_store_that_does_not_verify_is_not_exported() {
    type Damage = (&'static str, fn(&Tenant, &mut Changes));
    let damages: [Damage; 5] = [
        ("a row is missing", |tenant, changes| {
            let (_, key) = fetch::places(tenant, &stored()).last().expect("a place");
            changes.remove(key);
        }),
        ("a row too many", |tenant, changes| {
            let key = KeyBytes::index(tenant, by_name()).value(&"nobody".into());
            changes.put([key.as_ref(), Uuid::from_u128(1).as_bytes()].concat(), []).expect("a row");
        }),
        ("the head is lost", |tenant, changes| changes.remove(KeyBytes::head(tenant))),
        ("the head stands before", |tenant, changes| {
            changes.put(KeyBytes::head(tenant), form::write_head(&Head::default())).expect("a head");
        }),
        ("a record is another", |tenant, changes| {
            let other = KeyBytes::record(tenant, team(2, "2").key());
            let form = [&[0, 0], &form::write_record(tenant, &stored())[..]].concat();
            changes.put(other, form).expect("a record");
        }),
    ];
    let directory = tempfile::tempdir().expect("a directory");
    for (number, (what, damage)) in damages.into_iter().enumerate() {
        let path = directory.path().join(number.to_string());
        let store = SledStore::open_or_create(&path).await.expect("a store");
        let two = Batch::of(Tenant::default()).put(team(1, "1"), Expect::Any).put(team(2, "2"), Expect::Any);
        store.commit(two.build().expect("a batch")).await.expect("committed");
        store.check().await.expect("whole");
        store.close().await;
        with_engine(&path, |engine| {
            let mut changes = Changes::default();
            damage(&Tenant::default(), &mut changes);
            engine.apply(changes).expect("applied");
        });
        let store = SledStore::open(options(&path)).await.expect("a store");
        let copy = directory.path().join("copy");
        assert_eq!(store.check().await.map_err(|error| error.kind()), Err(StoreErrorKind::Corrupt), "{what}");
        let export = store.export(&copy).await.map_err(|error| error.kind());
        assert_eq!(export, Err(StoreErrorKind::Corrupt), "{what}");
        assert!(!copy.exists(), "{what}");
        // Damage that the engine did not notice is that of one record, and the store goes on.
        store.get(&Tenant::default(), &[Key::Record(team(1, "1").key())]).await.expect("another record");
        store.close().await;
    }
}

/// The first team as it is stored.
fn stored() -> StoredRecord {
    let revision = worktrail_core::store::Revision::new(1);
    StoredRecord::new(team(1, "1"), revision, worktrail_core::store::Revision::default())
}
