//! Forgetting through the desk.

use pollster::block_on;
use worktrail_core::command::ForgetParticipant;
use worktrail_core::desk::Error;
use worktrail_core::domain::{FactCode, NationalId, Rejection, Thing};
use worktrail_core::question::{FindParticipant, ReadTrail, TrailHistory};
use worktrail_core::record::SCHEMA;
use worktrail_core::store::{
    IndexRange, JournalRange, Key, Limit, MemoryStore, PageRequest, Position, RecordKey, Replay, Store, StoreErrorKind,
    StoredRecord, Subject, Tenant,
};

use crate::cast::{
    command, desk, done, end, job, office_with_a_trail, open, person, program, ravn, refusal, spurv, team, to_working,
    trail,
};

fn forget(number: u128) -> ForgetParticipant {
    ForgetParticipant { participant: person(number), team: team() }
}

fn subject(number: u128) -> Subject {
    Subject::new(person(number).as_uuid())
}

/// Every record of the tenant, of every kind.
fn records(store: &MemoryStore) -> Vec<StoredRecord> {
    let page = PageRequest::first(Limit::MAX);
    let scan = |kind| block_on(store.scan(&Tenant::default(), &IndexRange::all(kind), &page)).unwrap().records;
    SCHEMA.kinds().flat_map(scan).collect()
}

fn about(store: &MemoryStore, number: u128) -> Vec<RecordKey> {
    let records = records(store).into_iter();
    records.filter(|it| it.record().subject() == Some(subject(number))).map(|it| it.record().key()).collect()
}

/// An office in which the first participant has a whole case that ended, and the second an open one.
fn with_two_cases() -> MemoryStore {
    let store = office_with_a_trail();
    let desk = desk(store.clone());
    done(&desk, &spurv(), command(1), &job(1, "2022-08-01"));
    done(&desk, &spurv(), command(2), &to_working(1));
    done(&desk, &spurv(), command(3), &end(1, "2022-08-31"));
    done(&desk, &spurv(), command(4), &open(2, person(2)));
    store
}

#[test]
fn nothing_is_left_in_any_call_and_the_chain_verifies() {
    let store = with_two_cases();
    let desk = desk(&store);
    let (before, keys) = (block_on(desk.verify()).unwrap(), about(&store, 1));
    assert_eq!(keys.len(), 5, "participant, trail, two attestations, job");
    let others = about(&store, 2);
    done(&desk, &ravn(), command(9), &forget(1));
    // No look-up, by key or by number, and no range gives a record of theirs; the other's are all there.
    assert_eq!((about(&store, 1), about(&store, 2)), (vec![], others));
    let keys: Vec<_> = keys.into_iter().map(Key::Record).collect();
    assert!(block_on(store.get(&Tenant::default(), &keys)).unwrap().iter().all(Option::is_none));
    let find = FindParticipant { team: team(), number: NationalId::DEMONSTRATION.into() };
    assert_eq!(block_on(desk.ask(&spurv(), &find)).unwrap(), None);
    // No entry about them has details; those about the other have.
    let entries = |number| {
        let range = JournalRange::About(subject(number));
        block_on(store.journal(&Tenant::default(), range, Position::START, Limit::MAX)).unwrap().entries
    };
    assert!(entries(1).len() > 5 && entries(1).iter().all(|entry| entry.details().is_none()));
    assert!(entries(2).iter().all(|entry| entry.details().is_some()));
    // What was done for, and in which role, is not personal (S13).
    assert!(entries(1).iter().all(|entry| entry.capacity().is_some_and(|it| it.role().is_some())));
    // The chain is the old one with one more link.
    let after = block_on(desk.verify()).unwrap();
    assert_eq!((after.entries, after.records), (before.entries + 1, before.records - 5));
    let notices = block_on(desk.follow(&program(), Position::START, Limit::MAX)).unwrap();
    assert_eq!(notices.last().and_then(|notice| notice.fact), Some(FactCode::ParticipantForgotten));
}

#[test]
fn the_trail_and_its_history_are_not_there_any_more() {
    let store = with_two_cases();
    let desk = desk(&store);
    done(&desk, &ravn(), command(9), &forget(1));
    let missing = Rejection::NotFound { what: Thing::Trail };
    assert_eq!(refusal(block_on(desk.ask(&spurv(), &ReadTrail { trail: trail(1) }))), missing);
    assert_eq!(refusal(block_on(desk.ask(&spurv(), &TrailHistory::first(trail(1), Limit::MAX)))), missing);
    let others = block_on(desk.ask(&spurv(), &TrailHistory::first(trail(2), Limit::MAX))).unwrap();
    assert!(others.entries.iter().all(|entry| entry.fact.is_some()) && !others.entries.is_empty());
}

#[test]
fn an_old_command_about_them_cannot_be_repeated_and_the_forgetting_can() {
    let store = with_two_cases();
    let desk = desk(&store);
    let first = done(&desk, &ravn(), command(9), &forget(1));
    let reused = block_on(desk.run(&spurv(), command(2), &to_working(1))).unwrap_err();
    let Error::Store(reused) = reused else { panic!("{reused:?}") };
    assert_eq!(reused.kind(), StoreErrorKind::CommandReused);
    // Of the other's commands the fingerprint is still there.
    let again = done(&desk, &spurv(), command(4), &open(2, person(2)));
    assert_eq!(again.receipt.replay(), Replay::Again);
    let again = done(&desk, &ravn(), command(9), &forget(1));
    assert_eq!(again.receipt, first.receipt.replayed());
    // As a new command it finds nobody.
    let missing = Rejection::NotFound { what: Thing::Participant };
    assert_eq!(refusal(block_on(desk.run(&ravn(), command(10), &forget(1)))), missing);
}

#[test]
fn nobody_with_an_open_trail_is_forgotten_also_when_it_is_opened_meanwhile() {
    let store = with_two_cases();
    assert_eq!(
        refusal(block_on(desk(&store).run(&ravn(), command(9), &forget(2)))),
        Rejection::TrailStillOpen { trail: trail(2) }
    );
    // Given a forgetting that was decided on; when a new trail is opened first, then it is refused.
    let meanwhile = store.clone();
    let watched = crate::stores::Watched::over(store).before_commit(1, move || {
        done(&desk(&meanwhile), &spurv(), command(5), &open(3, person(1)));
    });
    let refused = refusal(block_on(desk(&watched).run(&ravn(), command(10), &forget(1))));
    assert_eq!(refused, Rejection::TrailStillOpen { trail: trail(3) });
}
