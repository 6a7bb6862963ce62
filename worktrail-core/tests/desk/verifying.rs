//! What verification finds.

use pollster::block_on;
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{
    Batch, Body, Digest, Entry, Expect, Happening, Head, IndexRange, JournalPage, Limit, MemoryStore, PageRequest,
    Position, Record, Revision, Store, StoreError, StoreErrorKind, Tenant, Value,
};

use crate::cast::{desk, now, office_with_a_trail};
use crate::stores::Doctored;

fn verified(store: impl Store) -> Result<u64, StoreError> {
    block_on(desk(store).verify()).map(|verified| verified.entries)
}

#[track_caller]
fn assert_corrupt(store: impl Store, message: &str) {
    let error = verified(store).unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Corrupt);
    assert!(error.to_string().contains(message), "{error}");
}

fn the_trail(store: &MemoryStore) -> Record {
    let trails = IndexRange::all(SCHEMA.kind("trail").unwrap());
    let page = block_on(store.scan(&Tenant::default(), &trails, &PageRequest::first(Limit::MAX))).unwrap();
    page.records[0].record().clone()
}

/// Writes a record past the desk.
fn write(store: &MemoryStore, record: Record) {
    let batch = Batch::of(Tenant::default()).put(record, Expect::Any).build().unwrap();
    block_on(store.commit(batch)).unwrap();
}

#[test]
fn what_is_sound_is_counted() {
    let store = office_with_a_trail();
    let sound = block_on(desk(&store).verify()).unwrap();
    // 2 staff, a team, 2 memberships, an employer, 2 participants, a trail, 2 attestations, 2 places in the list of names.
    assert_eq!(sound.records, 13);
    // 2 staff, team and membership, a membership, an employer, 2 participants, trail with 2 attestations, a start.
    assert_eq!(sound.entries, 12);
    assert_eq!(verified(Doctored::polite(store.clone())).unwrap(), 12);
    assert_eq!(block_on(desk(&store).verify()).unwrap().hash, sound.hash);
    assert_eq!(verified(MemoryStore::new()).unwrap(), 0);
}

#[test]
fn a_field_that_is_not_what_the_body_says_is_found() {
    let store = office_with_a_trail();
    let sound = the_trail(&store);
    write(&store, sound.clone().with("phase", "working"));
    assert_corrupt(&store, "fields");
    // A field that the body does not give is one too many, also where nothing reads it.
    write(&store, sound.clone().with("end_reason", Value::from("other_illness")));
    assert_corrupt(&store, "fields");
    write(&store, sound);
    assert!(verified(&store).is_ok());
}

#[test]
fn a_body_that_cannot_be_read_is_found() {
    let store = office_with_a_trail();
    let sound = the_trail(&store);
    let with_body = |body| {
        let (key, subject, parent) = (sound.key(), sound.subject(), sound.parent());
        Record::from_parts(key, subject, parent, sound.fields().to_vec(), body)
    };
    let cut = &sound.body().bytes()[..100];
    write(&store, with_body(Body::new(1, cut)));
    assert_corrupt(&store, "body");
    write(&store, with_body(Body::new(2, sound.body().bytes())));
    assert_eq!(verified(&store).unwrap_err().kind(), StoreErrorKind::SchemaOutdated);
}

#[test]
fn a_journal_that_lost_an_entry_is_found() {
    let store = office_with_a_trail();
    let without_one = |mut page: JournalPage| {
        page.entries.retain(|entry| entry.position() != Position::new(5));
        page
    };
    assert_corrupt(Doctored::over(store.clone(), without_one), "gap");
    let without_first = |mut page: JournalPage| {
        page.entries.retain(|entry| entry.position() != Position::new(1));
        page
    };
    assert_corrupt(Doctored::over(store.clone(), without_first), "gap");
    let without_end = |mut page: JournalPage| {
        page.entries.retain(|entry| entry.position() != Position::new(12));
        page
    };
    assert_corrupt(Doctored::over(store.clone(), without_end), "ends before its head");
    let swapped = |mut page: JournalPage| {
        if page.entries.len() > 6 {
            page.entries.swap(4, 5);
        }
        page
    };
    assert_corrupt(Doctored::over(store, swapped), "gap");
}

#[test]
fn a_journal_entry_that_was_put_in_place_of_another_is_found() {
    // An entry that says something else, at the same place and after the right one: the next does not carry its hash.
    let replaced = |mut page: JournalPage| {
        if let Some(entry) = page.entries.get_mut(4) {
            let head = Head {
                revision: Revision::new(1),
                position: Position::new(entry.position().number() - 1),
                hash: entry.previous(),
            };
            let said = Happening::new("trail_ended", entry.about(), entry.actor(), now().instant());
            *entry = Entry::after(&head, entry.command(), said);
        }
        page
    };
    assert_corrupt(Doctored::over(office_with_a_trail(), replaced), "hash");
    // One that carries the wrong hash itself.
    let forked = |mut page: JournalPage| {
        if let Some(entry) = page.entries.last_mut() {
            let head = Head {
                revision: Revision::new(1),
                position: Position::new(entry.position().number() - 1),
                hash: Digest::default(),
            };
            let said = Happening::new(entry.code(), entry.about(), entry.actor(), entry.at());
            *entry = Entry::after(&head, entry.command(), said);
        }
        page
    };
    assert_corrupt(Doctored::over(office_with_a_trail(), forked), "hash");
}
