//! Drafts of commands: what somebody has filled in so far, as the desk reads it.

use std::fmt::Debug;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use pollster::block_on;
use serde_json::Value as Json;

use super::document::Document;
use super::{SEED, inputs};
use crate::command::samples::{Over, Visit, every_command};
use crate::command::scene::{everyday, specialist, supervisor};
use crate::command::{COMMANDS, Command};
use crate::desk::Error;
use crate::desk::spy::desk;
use crate::record::samples::MARKS;
use crate::simulation::Dice;
use crate::store::MemoryStore;

/// One of several that share the commands, as with [commands](super::commands).
struct Attack<'t> {
    taken: &'t [AtomicBool],
    place: usize,
    inputs: usize,
    world: MemoryStore,
    tally: Tally,
}

#[derive(Debug, Default)]
struct Tally {
    attacked: usize,
    checked: usize,
    told: usize,
    ready: usize,
}

impl Visit for Attack<'_> {
    fn visit<C: Command + Debug>(&mut self, _: Over, command: &C) {
        let place = self.place;
        self.place += 1;
        if self.taken[place].swap(true, Ordering::Relaxed) {
            return;
        }
        let mut dice = Dice::new(SEED + place as u64);
        let document = Document::of(&serde_json::to_value(command).expect("written"));
        let (desk, before) = (desk(&self.world), format!("{:?}", self.world));
        let actors = [specialist(), supervisor()];
        for _ in 0..self.inputs {
            let Ok(draft) = serde_json::from_slice::<Json>(&document.hostile(&mut dice)) else { continue };
            let actor = dice.pick(&actors).expect("some");
            self.tally.checked += 1;
            match block_on(desk.check::<C>(actor, &draft)) {
                Ok(checked) => {
                    // The names of places are the program's own: nothing that stood in the draft is among them.
                    let places = || checked.missing.iter().chain(&checked.unreadable);
                    assert!(!places().any(|place| MARKS.iter().any(|mark| place.contains(mark))), "{}", C::NAME);
                    // What nothing is wrong with can be read. The other way round a check is stricter: it takes a thing
                    // with named fields by the names alone, not as a list.
                    assert!(places().next().is_some() || serde_json::from_value::<C>(draft).is_ok(), "{}", C::NAME);
                    self.tally.told += usize::from(!checked.is_ready());
                    self.tally.ready += usize::from(checked.is_ready());
                }
                Err(Error::Rejected(_)) => self.tally.told += 1,
                Err(error) => panic!("{}: {error:?}", C::NAME),
            }
        }
        assert_eq!(format!("{:?}", self.world), before, "{} was checked and wrote something", C::NAME);
        self.tally.attacked += 1;
    }
}

#[test]
fn every_command_takes_hostile_drafts_and_a_check_writes_nothing() {
    let (each, hands) = (inputs(1_000), thread::available_parallelism().map_or(1, usize::from));
    let taken: Vec<_> = COMMANDS.iter().map(|_| AtomicBool::new(false)).collect();
    let tallies: Vec<Tally> = thread::scope(|scope| {
        let attack = || {
            let mut attack =
                Attack { taken: &taken, place: 0, inputs: each, world: everyday().store(), tally: Tally::default() };
            every_command(&mut attack);
            attack.tally
        };
        let attacks: Vec<_> = (0..hands).map(|_| scope.spawn(attack)).collect();
        attacks.into_iter().map(|attack| attack.join().expect("no panic")).collect()
    });
    let sum = |count: fn(&Tally) -> usize| tallies.iter().map(count).sum::<usize>();
    assert_eq!(sum(|tally| tally.attacked), COMMANDS.len());
    assert!(sum(|tally| tally.told) > 10_000 && sum(|tally| tally.ready) > 1_000, "{tallies:?}");
}
