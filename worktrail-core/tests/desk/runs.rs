//! One command at a time: loading, repeating, lost answers, conflicts, layers.

use std::sync::{Arc, Mutex};

use pollster::block_on;
use worktrail_core::command::{MoveTo, OpenTrail};
use worktrail_core::desk::Error;
use worktrail_core::domain::{Phase, Rejection};
use worktrail_core::question::ReadTrail;
use worktrail_core::store::{MemoryStore, Replay, StoreErrorKind, Tenant};

use crate::cast::{
    command, desk, done, end, office, office_with_a_trail, open, person, ravn, refusal, spurv, start, to_working, trail,
};
use crate::stores::{Call, Fate, Named, Stamped, Watched};

/// How many entries the journal has.
pub(crate) fn told(store: &MemoryStore) -> u64 {
    block_on(desk(store).verify()).unwrap().entries
}

fn kind(error: Error) -> StoreErrorKind {
    match error {
        Error::Store(error) => error.kind(),
        other => panic!("not the store's: {other:?}"),
    }
}

#[test]
fn the_first_load_brings_the_stamp_and_what_is_lacking_in_one_call() {
    let store = Watched::over(office_with_a_trail());
    done(&desk(&store), &spurv(), command(1), &to_working(1));
    let first = Call::Get { keys: 1, stamp: Stamped::With };
    let membership_conflict_and_person = Call::Get { keys: 3, stamp: Stamped::Without };
    assert_eq!(store.calls(), [first, membership_conflict_and_person, Call::Commit]);
}

#[test]
fn what_a_command_needs_together_is_loaded_together() {
    // The team and the membership; participant, open trail, the ids of the trail, of its assignment and of the first
    // attestation, the owner's membership, the conflict, and the list of referral sources.
    let store = Watched::over(office());
    done(&desk(&store), &spurv(), command(1), &open(1, person(1)));
    let looked_up = store.calls().into_iter().filter_map(|call| match call {
        Call::Get { keys, .. } => Some(keys),
        _ => None,
    });
    assert_eq!(looked_up.collect::<Vec<_>>(), [10]);
}

#[test]
fn a_repeated_command_is_answered_from_its_stamp_and_not_refused_by_its_own_effect() {
    let store = office();
    let watched = Watched::over(store.clone());
    let desk = desk(&watched);
    let opened = done(&desk, &spurv(), command(1), &open(1, person(1)));
    done(&desk, &spurv(), command(2), &start(1));
    let moved = done(&desk, &spurv(), command(3), &to_working(1));
    assert_eq!((opened.receipt.replay(), moved.receipt.replay()), (Replay::First, Replay::First));
    let (calls, entries) = (watched.calls().len(), told(&store));
    // When both come again, each is answered by one look-up.
    let again = done(&desk, &spurv(), command(1), &open(1, person(1)));
    assert_eq!((again.reply, again.receipt), (opened.reply, opened.receipt.replayed()));
    let again = done(&desk, &spurv(), command(3), &to_working(1));
    assert_eq!(again.receipt, moved.receipt.replayed());
    let extra = watched.calls().split_off(calls);
    assert!(extra.iter().all(|call| matches!(call, Call::Get { stamp: Stamped::With, .. })), "{extra:?}");
    assert_eq!(extra.len(), 2);
    assert_eq!(told(&store), entries);
    // And without its stamp each would be refused.
    assert_eq!(refusal(block_on(desk.run(&spurv(), command(8), &to_working(1)))), Rejection::NothingChanges);
    let other = OpenTrail { trail: trail(2), ..open(2, person(1)) };
    assert_eq!(refusal(block_on(desk.run(&spurv(), command(9), &other))), Rejection::CannotOpenHere);
}

#[test]
fn the_same_id_for_something_else_is_refused() {
    let store = office_with_a_trail();
    let desk = desk(&store);
    done(&desk, &spurv(), command(1), &to_working(1));
    let other = MoveTo { phase: Phase::StepDown, ..to_working(1) };
    let reused = block_on(desk.run(&spurv(), command(1), &other)).unwrap_err();
    assert_eq!(kind(reused), StoreErrorKind::CommandReused);
    // The same content by another command, or by somebody else, is something else too.
    let reused = block_on(desk.run(&spurv(), command(1), &start(1))).unwrap_err();
    assert_eq!(kind(reused), StoreErrorKind::CommandReused);
    done(&desk, &spurv(), command(2), &open(2, person(2)));
    let reused = block_on(desk.run(&ravn(), command(2), &open(2, person(2)))).unwrap_err();
    assert_eq!(kind(reused), StoreErrorKind::CommandReused);
    // To another tenant it is a new command, and the trail is not there.
    let elsewhere = desk.of(Tenant::parse("elsewhere").unwrap());
    let answer = refusal(block_on(elsewhere.run(&spurv(), command(1), &to_working(1))));
    assert!(matches!(answer, Rejection::NotFound { .. }));
}

#[test]
fn a_refused_command_leaves_no_stamp() {
    let store = office_with_a_trail();
    let desk = desk(&store);
    let before = told(&store);
    let early = MoveTo { on: "2022-05-01".parse().unwrap(), ..to_working(1) };
    refusal(block_on(desk.run(&spurv(), command(1), &early)));
    assert_eq!(told(&store), before);
    // The same id is free for the corrected command.
    done(&desk, &spurv(), command(1), &to_working(1));
}

#[test]
fn a_lost_answer_is_settled_by_repeating_with_one_effect() {
    for (fate, replay) in [(Fate::DoneUnknown, Replay::Again), (Fate::NotDoneUnknown, Replay::First)] {
        let store = office_with_a_trail();
        let before = told(&store);
        let watched = Watched::over(store.clone()).fated([fate]);
        let answer = done(&desk(&watched), &spurv(), command(1), &to_working(1));
        assert_eq!(answer.receipt.replay(), replay, "{fate:?}");
        assert_eq!(told(&store), before + 1, "{fate:?}");
        let read = block_on(desk(&store).ask(&spurv(), &ReadTrail { trail: trail(1) })).unwrap();
        assert_eq!(read.trail.phase_history().len(), 3, "{fate:?}");
    }
}

#[test]
fn answers_that_are_always_lost_end_in_unknown_and_the_same_command_settles_it_later() {
    let store = office_with_a_trail();
    let lost = Watched::over(store.clone()).always(Fate::NotDoneUnknown);
    let error = block_on(desk(&lost).run(&spurv(), command(1), &to_working(1))).unwrap_err();
    assert_eq!(kind(error), StoreErrorKind::Unknown);
    assert_eq!(lost.commits(), 4);
    done(&desk(&store), &spurv(), command(1), &to_working(1));
}

#[test]
fn a_refusal_after_a_lost_answer_does_not_say_that_nothing_was_done() {
    // Given a commit whose answer was lost; when the trail has ended before the command is sent again, then nobody
    // knows yet whether the first one is still on its way.
    let store = office_with_a_trail();
    let meanwhile = store.clone();
    let watched = Watched::over(store.clone()).fated([Fate::NotDoneUnknown]).before_get(3, move || {
        done(&desk(&meanwhile), &spurv(), command(2), &end(1, "2022-08-31"));
    });
    let error = block_on(desk(&watched).run(&spurv(), command(1), &to_working(1))).unwrap_err();
    assert_eq!(kind(error), StoreErrorKind::Unknown);
    // The same command later is a refusal: it was not done.
    let refused = refusal(block_on(desk(&store).run(&spurv(), command(1), &to_working(1))));
    assert_eq!(refused, Rejection::TrailEnded { trail: trail(1) });
}

#[test]
fn a_conflict_is_tried_again_a_bounded_number_of_times() {
    let store = office_with_a_trail();
    let twice = Watched::over(store.snapshot()).fated([Fate::Conflict, Fate::Conflict]);
    done(&desk(&twice), &spurv(), command(1), &to_working(1));
    assert_eq!(twice.commits(), 3);
    let always = Watched::over(store).always(Fate::Conflict);
    let error = block_on(desk(&always).run(&spurv(), command(1), &to_working(1))).unwrap_err();
    assert!(matches!(error, Error::Conflict), "{error:?}");
    assert_eq!(always.commits(), 64);
}

#[test]
fn a_refusal_that_took_several_loads_is_confirmed() {
    // Given somebody with an open trail, for whom another is asked for: refused, and looked at once more.
    let refused = Watched::over(office_with_a_trail());
    let other = open(2, person(1));
    let answer = refusal(block_on(desk(&refused).run(&spurv(), command(1), &other)));
    assert_eq!(answer, Rejection::CannotOpenHere);
    let gets = refused.gets();
    assert_eq!(gets, 2, "what is looked up by key, and the same to confirm what the trails said after it");
    // When that trail is ended just before the confirmation, the refusal does not stand.
    let store = office_with_a_trail();
    let meanwhile = store.clone();
    let watched = Watched::over(store).before_get(gets, move || {
        done(&desk(&meanwhile), &spurv(), command(2), &end(1, "2022-08-31"));
    });
    done(&desk(&watched), &spurv(), command(1), &other);
}

#[test]
fn a_question_sees_what_was_acknowledged_before_it() {
    let store = office_with_a_trail();
    let desk = desk(&store);
    let phase = || block_on(desk.ask(&spurv(), &ReadTrail { trail: trail(1) })).unwrap().trail.phase();
    assert_eq!(phase(), Phase::Mapping);
    done(&desk, &spurv(), command(1), &to_working(1));
    assert_eq!(phase(), Phase::Working);
}

#[test]
fn layers_are_laid_again_over_another_store_in_the_same_order() {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let named = |name| Named { name, heard: Arc::clone(&heard) };
    let desk = desk(office()).layered(named("inner")).layered(named("outer"));
    let there = office_with_a_trail();
    let within = desk.within(&there);
    heard.lock().unwrap().clear();
    done(&within, &spurv(), command(1), &to_working(1));
    assert_eq!(*heard.lock().unwrap(), ["outer", "inner", "outer", "inner"], "two look-ups, through both");
    // It was done in the other store, and in the desk's own there is no such trail.
    assert_eq!(there_phase(&there), Phase::Working);
    assert!(block_on(desk.ask(&spurv(), &ReadTrail { trail: trail(1) })).is_err());
    assert_eq!(within.tenant(), desk.tenant());
}

fn there_phase(store: &MemoryStore) -> Phase {
    block_on(desk(store).ask(&spurv(), &ReadTrail { trail: trail(1) })).unwrap().trail.phase()
}
