//! Tests: which commands are done a second time, and which on a trail that has ended.

use std::collections::BTreeMap;
use std::fmt::Debug;

use pollster::block_on;

use super::Command;
use super::samples::{Over, Visit, end_trail, every_command, trail_id};
use super::scene::{Relation, scene, specialist};
use crate::access::Actor;
use crate::desk::spy::desk;
use crate::domain::{Rejection, Role};
use crate::record::SCHEMA;
use crate::record::samples::id;
use crate::store::{
    Batch, CommandId, Expect, IndexRange, Limit, MemoryStore, PageRequest, Record, RecordKey, Store, Tenant,
};

/// Each command is accepted from one of these.
const STANDINGS: [(Role, Relation); 3] = [
    (Role::Specialist, Relation::Owner),
    (Role::Supervisor, Relation::Owner),
    (Role::UserSupport, Relation::Appointed),
];

fn is_done<C: Command>(store: &MemoryStore, number: u128, actor: &Actor, command: &C) -> bool {
    block_on(desk(store).run(actor, CommandId::new(id(number)), command)).is_ok()
}

/// Those that were done again, under another id.
#[derive(Default)]
struct Again(Vec<&'static str>);

impl Visit for Again {
    fn visit<C: Command + Debug>(&mut self, _: Over, command: &C) {
        for (role, relation) in STANDINGS {
            let (store, actor) = (scene(Some(role), relation).store(), relation.actor(Some(role)));
            if is_done(&store, 0xC0, &actor, command) && is_done(&store, 0xC1, &actor, command) {
                self.0.push(C::NAME);
                return;
            }
        }
    }
}

#[test]
fn what_was_done_is_not_done_again_and_nothing_is_registered_twice_under_one_id() {
    let mut again = Again::default();
    every_command(&mut again);
    // What is said anew is said of the same thing; and whether there was anything to release is not told.
    let anew = [
        "release_trails",
        "set_main_goal",
        "give_cover",
        "revise_pause",
        "revise_sub_goal",
        "report_progress",
        "step_down_support",
    ];
    assert_eq!(again.0, anew);
}

/// Those that were answered otherwise than that it exists already, where their id was taken by a record of the kind.
#[derive(Default)]
struct Taken {
    tried: usize,
    otherwise: Vec<&'static str>,
}

/// Whether it says, on its own or at a line, that something exists already.
fn says_it_exists(refusal: &Rejection) -> bool {
    match refusal {
        Rejection::AlreadyExists { .. } => true,
        Rejection::AtLine { fault, .. } => says_it_exists(fault),
        Rejection::Form(faults) => faults.iter().any(says_it_exists),
        _ => false,
    }
}

fn records(store: &MemoryStore) -> BTreeMap<RecordKey, Record> {
    let (tenant, page) = (Tenant::default(), PageRequest::first(Limit::MAX));
    let all = SCHEMA.kinds().map(|kind| block_on(store.scan(&tenant, &IndexRange::all(kind), &page)).expect("scanned"));
    all.flat_map(|page| page.records).map(|stored| (stored.record().key(), stored.record().clone())).collect()
}

fn put(store: &MemoryStore, record: Record) {
    let batch = Batch::of(Tenant::default()).put(record, Expect::Any).build();
    block_on(store.commit(batch.expect("a batch"))).expect("committed");
}

impl Visit for Taken {
    fn visit<C: Command + Debug>(&mut self, _: Over, command: &C) {
        let written = serde_json::to_string(command).expect("json");
        for (role, relation) in STANDINGS {
            let (store, actor) = (scene(Some(role), relation).store(), relation.actor(Some(role)));
            let (before, after) = (records(&store), store.snapshot());
            if !is_done(&after, 0xC0, &actor, command) {
                continue;
            }
            let made = records(&after).into_iter().filter(|(key, _)| !before.contains_key(key));
            for (key, record) in made.filter(|(key, _)| written.contains(&key.id().to_string())) {
                let (world, mut taken) = (store.snapshot(), written.clone());
                // Of a kind of which there is no other yet, its own record is there before it.
                match before.keys().find(|it| it.kind() == key.kind()) {
                    Some(other) => taken = taken.replace(&key.id().to_string(), &other.id().to_string()),
                    None => put(&world, record),
                }
                let taken: C = serde_json::from_str(&taken).expect("a command");
                let answer = block_on(desk(world).run(&actor, CommandId::new(id(0xC1)), &taken));
                self.tried += 1;
                if !answer.is_err_and(|error| error.rejection().is_some_and(says_it_exists)) {
                    self.otherwise.push(C::NAME);
                }
            }
            return;
        }
    }
}

#[test]
fn nothing_is_registered_under_an_id_that_is_taken() {
    let mut taken = Taken::default();
    every_command(&mut taken);
    assert_eq!((taken.tried, taken.otherwise), (45, vec![]));
}

/// Those that were done over a trail, once before it ended and once after.
#[derive(Default)]
struct Frozen {
    before: usize,
    after: Vec<&'static str>,
}

impl Visit for Frozen {
    fn visit<C: Command + Debug>(&mut self, over: Over, command: &C) {
        let named = serde_json::to_value(command).expect("json")["trail"] == trail_id().to_string();
        if over != Over::Trail || !named {
            return;
        }
        for (role, relation) in STANDINGS {
            let (store, actor) = (scene(Some(role), relation).store(), relation.actor(Some(role)));
            if !is_done(&store.snapshot(), 0xC0, &actor, command) {
                continue;
            }
            self.before += 1;
            let is_ended = [&actor, &specialist()].into_iter().any(|by| is_done(&store, 0xC1, by, &end_trail()));
            assert!(is_ended, "{role:?} {}", C::NAME);
            if is_done(&store, 0xC0, &actor, command) {
                self.after.push(C::NAME);
            }
            return;
        }
    }
}

#[test]
fn i10_db8_an_ended_trail_takes_facts_about_the_work_what_is_withdrawn_and_corrections_with_a_reason() {
    let mut frozen = Frozen::default();
    every_command(&mut frozen);
    assert_eq!(frozen.before, 66);
    let corrected = ["correct_start", "correct_referral"];
    let of_others = ["mark_collaborator_former", "unname_collaborator"];
    let withdrawn = ["withdraw_openness", "withdraw_consent"];
    let added = ["file_document", "end_job", "confirm_tenure", "note_job_experience", "give_reference"];
    let learned = ["abort_education", "note_education_experience"];
    let taken = [&corrected[..], &of_others, &withdrawn, &added, &learned].concat();
    assert_eq!(frozen.after, taken);
}
