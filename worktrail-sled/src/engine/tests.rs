use std::fs;

use super::*;
use crate::directory::make;

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
