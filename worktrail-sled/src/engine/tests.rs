use std::fs;

use super::*;
use crate::directory::{Sight, look, make, unmake};

/// A copy is opened again before it is called whole: what sled had lost of it by then would be missing unnoticed.
#[test]
fn an_engine_that_is_opened_again_with_less_than_was_applied_is_damaged() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("store");
    let place = make(&path).expect("a place");
    let mut engine = Engine::open(place, 1 << 20, Syncing::Full, Pulse::default()).expect("an engine");
    let apply = |engine: &Engine, key: &str| {
        let mut changes = Changes::default();
        changes.put(key, "there").expect("short");
        engine.apply(changes).expect("applied");
        engine.make_durable().expect("durable");
    };
    apply(&engine, "first");
    engine.reopen().expect("all of it is there");
    let older = fs::read(path.join("db")).expect("its log");
    apply(&engine, "second");
    // The log loses its end: another file takes its place, and sled goes on writing to the first.
    fs::remove_file(path.join("db")).expect("removed");
    fs::write(path.join("db"), older).expect("written");
    assert_eq!(engine.reopen(), Err(Fault::corrupt("sled has lost commits that were acknowledged")));
}

/// As the last thing of an export: what cannot be synced when it is closed is no store, and can be taken away.
#[test]
fn a_copy_that_does_not_close_is_no_store() {
    for closed in [true, false] {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("copy");
        let mut place = make(&path).expect("a place");
        let outcome = if closed {
            let engine = Engine::open(place, 1 << 20, Syncing::Full, Pulse::default()).expect("an engine");
            let mut changes = Changes::default();
            changes.put("key", "there").expect("short");
            engine.commit(changes).expect("committed");
            fs::remove_dir_all(path.join("blobs")).expect("removed");
            engine.close_and_finish()
        } else {
            // The last sync of all fails: nothing was opened here that would have made what is synced.
            let finished = place.finish();
            drop(place);
            finished
        };
        assert_eq!(outcome.map_err(|fault| fault.kind()), Err(StoreErrorKind::Unavailable), "closed: {closed}");
        assert_eq!(look(&path), Ok(Sight::Unfinished), "closed: {closed}");
        unmake(&path, false);
        assert!(!path.exists(), "closed: {closed}: {:?}", fs::read_dir(&path));
    }
}
