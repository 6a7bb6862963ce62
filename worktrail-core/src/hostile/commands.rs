//! Every command as JSON, and what can be read of it at the desk.

use std::fmt::Debug;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use pollster::block_on;

use super::document::Document;
use super::{SEED, Said, inputs};
use crate::access::Actor;
use crate::command::samples::{Over, Visit, every_command};
use crate::command::scene::{everyday, specialist, supervisor};
use crate::command::{COMMANDS, Command};
use crate::desk::Error;
use crate::desk::spy::desk;
use crate::domain::samples::participant_id;
use crate::record::SCHEMA;
use crate::record::samples::id;
use crate::simulation::Dice;
use crate::store::{
    CommandId, Entry, IndexRange, JournalRange, Limit, MemoryStore, PageRequest, Position, Store, StoredRecord, Tenant,
};

/// How much longer than its input what was read may be when it is written again: absent options are written as null.
const ALLOWANCE: usize = 1_024;

/// How many of the inputs that can be read go to the desk, of each command.
const AT_THE_DESK: usize = 100;

/// All that a store holds.
fn content(store: &MemoryStore) -> (Vec<StoredRecord>, Vec<Entry>) {
    let tenant = Tenant::default();
    let page = PageRequest::first(Limit::MAX);
    let records = SCHEMA
        .kinds()
        .flat_map(|kind| block_on(store.scan(&tenant, &IndexRange::all(kind), &page)).expect("scanned").records);
    let journal = block_on(store.journal(&tenant, JournalRange::Everything, Position::START, Limit::MAX));
    (records.collect(), journal.expect("read").entries)
}

/// One of several that share the commands: each takes those that nobody has taken. What a command is sent follows from
/// the seed and its place, whoever sends it.
struct Attack<'t> {
    taken: &'t [AtomicBool],
    place: usize,
    dice: Dice,
    inputs: usize,
    world: MemoryStore,
    content: (Vec<StoredRecord>, Vec<Entry>),
    tally: Tally,
}

#[derive(Debug, Default)]
struct Tally {
    attacked: usize,
    read: usize,
    done: usize,
    refused: usize,
}

impl<'t> Attack<'t> {
    fn on_every_command(inputs: usize, taken: &'t [AtomicBool]) -> Tally {
        let world = everyday().store();
        let content = content(&world);
        let mut attack =
            Self { taken, place: 0, dice: Dice::new(SEED), inputs, world, content, tally: Tally::default() };
        every_command(&mut attack);
        attack.tally
    }

    /// Sends a command to the desk of a fresh world: it is done, or it is refused and nothing was written.
    fn send<C: Command + Debug>(&mut self, command: &C) {
        let themself = Actor::participant(participant_id());
        let actors = [specialist(), supervisor(), themself];
        let actor = self.dice.pick(&actors).expect("some");
        let world = self.world.snapshot();
        match block_on(desk(world.clone()).run(actor, CommandId::new(id(0xD00)), command)) {
            Ok(_) => self.tally.done += 1,
            Err(Error::Rejected(_)) => {
                assert!(content(&world) == self.content, "{} was refused and wrote something", C::NAME);
                self.tally.refused += 1;
            }
            Err(error) => panic!("{}: {error:?}\n{}", C::NAME, serde_json::to_string(command).unwrap_or_default()),
        }
    }
}

impl Visit for Attack<'_> {
    fn visit<C: Command + Debug>(&mut self, _: Over, command: &C) {
        let place = self.place;
        self.place += 1;
        if self.taken[place].swap(true, Ordering::Relaxed) {
            return;
        }
        self.dice = Dice::new(SEED + place as u64);
        let document = Document::of(&serde_json::to_value(command).expect("written"));
        let (mut said, mut sent) = (Said::default(), 0);
        for _ in 0..self.inputs {
            let bytes = document.hostile(&mut self.dice);
            let command = match serde_json::from_slice::<C>(&bytes) {
                Ok(command) => command,
                Err(error) => {
                    said.of(&error);
                    continue;
                }
            };
            self.tally.read += 1;
            let written = serde_json::to_vec(&command).expect("written");
            let again: C = serde_json::from_slice(&written).expect("what was read can be read again");
            assert_eq!(serde_json::to_vec(&again).ok().as_ref(), Some(&written), "{} changes on its way", C::NAME);
            assert!(written.len() <= bytes.len() + ALLOWANCE, "{} grew to {} bytes", C::NAME, written.len());
            if sent < AT_THE_DESK {
                sent += 1;
                self.send(&command);
            }
        }
        said.assert_few_words(C::NAME, 200);
        self.tally.attacked += 1;
    }
}

#[test]
fn every_command_takes_hostile_json_and_what_is_refused_writes_nothing() {
    let (each, hands) = (inputs(100_000), thread::available_parallelism().map_or(1, usize::from));
    let taken: Vec<_> = COMMANDS.iter().map(|_| AtomicBool::new(false)).collect();
    let tallies: Vec<Tally> = thread::scope(|scope| {
        let attacks: Vec<_> = (0..hands).map(|_| scope.spawn(|| Attack::on_every_command(each, &taken))).collect();
        attacks.into_iter().map(|attack| attack.join().expect("no panic")).collect()
    });
    let sum = |count: fn(&Tally) -> usize| tallies.iter().map(count).sum::<usize>();
    assert_eq!(sum(|tally| tally.attacked), COMMANDS.len());
    assert!(sum(|tally| tally.read) > 1_000, "{tallies:?}");
    assert!(sum(|tally| tally.done) > 100 && sum(|tally| tally.refused) > 1_000, "{tallies:?}");
}

/// Sends a command with a day beyond the years 1 to 9999 in one place after the other.
struct Days {
    sent: usize,
    done: Vec<&'static str>,
}

/// Days that can be read and no rule takes.
const BEYOND: [&str; 5] =
    ["\"+10000-01-01\"", "\"+262142-12-31\"", "\"-0001-12-31\"", "\"0000-12-31\"", "\"-262143-01-01\""];

impl Visit for Days {
    fn visit<C: Command + Debug>(&mut self, _: Over, command: &C) {
        let document = Document::of(&serde_json::to_value(command).expect("written"));
        for place in document.days() {
            for day in BEYOND {
                let text = document.with(*place, day);
                let Ok(command) = serde_json::from_str::<C>(&text) else { continue };
                for actor in [specialist(), supervisor(), Actor::participant(participant_id())] {
                    let run = block_on(desk(everyday().store()).run(&actor, CommandId::new(id(0xD00)), &command));
                    self.sent += 1;
                    if run.is_ok() {
                        self.done.push(C::NAME);
                    }
                }
            }
        }
    }
}

#[test]
fn a_day_outside_the_years_1_to_9999_is_never_accepted() {
    let mut days = Days { sent: 0, done: Vec::new() };
    every_command(&mut days);
    assert_eq!(days.done, Vec::<&str>::new());
    assert!(days.sent > 50, "{}", days.sent);
}
