//! What a store gives back: bodies of records, and details of facts.

use std::thread;

use pollster::block_on;
use serde_json::Value as Json;

use super::document::Document;
use super::{SEED, Said, inputs};
use crate::access::Actor;
use crate::canaries::facts::every_fact;
use crate::command::Command;
use crate::command::samples::{self as commands, Over, every_command, trail_id};
use crate::command::scene::{everyday, specialist, supervisor};
use crate::desk::Desk;
use crate::desk::spy::desk;
use crate::domain::Fact;
use crate::domain::samples::{participant_id, team};
use crate::question::{OwnTrails, Portfolio, ReadTrail, TeamPhases, TeamPortfolio, TrailHistory};
use crate::record::samples::{Visit, every_kind, id};
use crate::record::{Recorded, SCHEMA, from_record, reproject, to_record};
use crate::simulation::Dice;
use crate::store::{
    Batch, Body, CommandId, Expect, Limit, MemoryStore, PageRequest, Record, Store, StoreErrorKind, Tenant,
};

/// How many of the bodies that can be read are put into a world, of each sample.
const IN_A_WORLD: usize = 2;

/// One of several that share the samples: each takes those whose turn it is.
struct Attack {
    hand: usize,
    hands: usize,
    seen: usize,
    dice: Dice,
    inputs: usize,
    attacked: usize,
    read: usize,
    lived_with: usize,
}

impl Visit for Attack {
    fn visit<T: Recorded>(&mut self, value: &T) {
        self.seen += 1;
        if self.seen % self.hands != self.hand {
            return;
        }
        self.dice = Dice::new(SEED + self.seen as u64);
        let document = Document::of(&serde_json::to_value(value).expect("written"));
        let (mut said, mut worlds) = (Said::default(), 0);
        for _ in 0..self.inputs {
            let bytes = document.hostile(&mut self.dice);
            let record = Record::new(value.key(), Body::new(T::FORM, bytes));
            match from_record::<T>(&record) {
                Err(error) => {
                    assert_eq!(error.kind(), StoreErrorKind::Corrupt, "{}", T::KIND.name());
                    assert!(reproject(&record).is_err(), "{}", T::KIND.name());
                    said.of(&error);
                }
                Ok(read) => {
                    self.read += 1;
                    let written = to_record(&read).expect("written");
                    let again = to_record(&from_record::<T>(&written).expect("read")).expect("written");
                    assert!(again == written, "{} changes on its way", T::KIND.name());
                    if worlds < IN_A_WORLD {
                        worlds += usize::from(live_with(&read).is_some());
                    }
                }
            }
        }
        said.assert_few_words(T::KIND.name(), 2);
        self.attacked += 1;
        self.lived_with += worlds;
    }
}

/// Puts a value into a world in which nothing else is wrong, and does there what is done anywhere: whatever comes of it
/// is an answer. None when the store does not take it.
fn live_with<T: Recorded>(value: &T) -> Option<()> {
    let world = everyday().store();
    let batch = Batch::of(Tenant::default()).put(to_record(value).ok()?, Expect::Any).build().ok()?;
    block_on(world.commit(batch)).ok()?;
    let actors = [specialist(), supervisor(), Actor::participant(participant_id())];
    ask(&desk(world.snapshot()), &actors);
    every_command(&mut Act { world, actors });
    Some(())
}

fn ask(desk: &Desk<'_>, actors: &[Actor]) {
    let (trail, team) = (trail_id(), team());
    let page = PageRequest::first(Limit::MAX);
    for actor in actors {
        drop(block_on(desk.ask(actor, &ReadTrail { trail })));
        drop(block_on(desk.ask(actor, &TrailHistory::first(trail, Limit::MAX))));
        drop(block_on(desk.ask(actor, &OwnTrails)));
        drop(block_on(desk.ask(actor, &TeamPhases { team })));
        drop(block_on(desk.ask(actor, &Portfolio { team, phase: None, page: page.clone() })));
        drop(block_on(desk.ask(actor, &TeamPortfolio { team, phase: None, page: page.clone() })));
    }
}

/// Does everything that can be done in a world, once each.
struct Act {
    world: MemoryStore,
    actors: [Actor; 3],
}

impl commands::Visit for Act {
    fn visit<C: Command + std::fmt::Debug>(&mut self, _: Over, command: &C) {
        for actor in &self.actors {
            let desk = desk(self.world.snapshot());
            drop(block_on(desk.run(actor, CommandId::new(id(0xD01)), command)));
        }
    }
}

#[test]
fn every_stored_form_takes_a_hostile_body_and_the_world_goes_on() {
    let (inputs, hands) = (inputs(100_000), thread::available_parallelism().map_or(1, usize::from));
    let attack = |hand| {
        let dice = Dice::new(SEED);
        let mut attack = Attack { hand, hands, seen: 0, dice, inputs, attacked: 0, read: 0, lived_with: 0 };
        every_kind(&mut attack);
        attack
    };
    let attacks: Vec<_> = thread::scope(|scope| {
        let attacks: Vec<_> = (0..hands).map(|hand| scope.spawn(move || attack(hand))).collect();
        attacks.into_iter().map(|attack| attack.join().expect("no panic")).collect()
    });
    let sum = |count: fn(&Attack) -> usize| attacks.iter().map(count).sum::<usize>();
    assert!(sum(|attack| attack.attacked) >= SCHEMA.kinds().count());
    let (read, lived_with) = (sum(|attack| attack.read), sum(|attack| attack.lived_with));
    assert!(read > 3_000 && lived_with > 40, "{read} {lived_with}");
}

#[test]
fn every_fact_takes_hostile_details() {
    let mut dice = Dice::new(SEED);
    for fact in every_fact() {
        let sound: Json = serde_json::to_value(&fact).expect("written");
        let (document, mut said) = (Document::of(&sound), Said::default());
        for _ in 0..inputs(10_000) {
            let bytes = document.hostile(&mut dice);
            if let Err(error) = serde_json::from_slice::<Fact>(&bytes) {
                said.of(&error);
            }
        }
        assert!(said.0.len() > 3, "{}", fact.code());
    }
}
