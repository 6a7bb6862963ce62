//! The desk over a store with faults: random commands of several people over a small world, at least 100,000 of them.
//!
//! What was acknowledged is there, once, whole, and as it was answered; what was refused has changed nothing; what
//! nobody knows was done once or not at all, and sending it again settles which. All follows from a seed, which is
//! printed: `WORKTRAIL_SIM_SEED` and `WORKTRAIL_SIM_STEPS` repeat a run or make a longer one.
#![cfg(feature = "conformance")]

mod acts;
mod asked;
mod audit;
mod breakages;
mod broken;
mod drawn;
mod episode;
mod model;
mod rules;
mod states;
mod tally;
mod town;
mod twin;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use acts::Act;
use audit::now;
use broken::Breakage;
use episode::{Client, Report, Setting, play};
use tally::Tally;
use worktrail_core::domain::Method;
use worktrail_core::simulation::Fault;
use worktrail_core::store::MemoryStore;

/// How many calls at the desk an episode makes.
const EPISODE: u64 = 200;

fn number(name: &str, otherwise: u64) -> u64 {
    match std::env::var(name) {
        Ok(text) => text.parse().expect("a number"),
        Err(_) => otherwise,
    }
}

#[test]
fn nothing_is_lost_nothing_is_half_done_nothing_is_done_twice() {
    let first = number("WORKTRAIL_SIM_SEED", 20_260_310);
    let steps = number("WORKTRAIL_SIM_STEPS", 100_000);
    println!("WORKTRAIL_SIM_SEED={first} WORKTRAIL_SIM_STEPS={steps}");
    let mut all = Report::default();
    let mut episodes = 0;
    while all.steps < steps {
        let seed = first.wrapping_add(episodes);
        let setting = Setting { seed, steps: EPISODE, client: Client::Careful, broken: None };
        match play(setting) {
            Ok(report) => all.add(&report),
            Err(story) => panic!("{story}"),
        }
        episodes += 1;
    }
    println!("{episodes} episodes, {all:#?}");
    if all.steps < 80_000 {
        return; // too short to have seen everything
    }
    assert!(Fault::ALL.iter().all(|fault| all.injected.get(fault).is_some_and(|times| *times > 100)));
    assert_eq!(all.done.len(), Act::KINDS, "every command was done");
    assert!(all.refused.len() > 10 && all.replayed > 100 && all.unknown > 100 && all.failed > 100);
    assert!(all.overtaken > 1_000 && all.landed > 100 && all.dropped > 100);
    assert!(all.questions > 100 && all.setbacks > 100);
}

#[test]
fn whatever_is_done_the_rules_of_state_hold_and_what_is_refused_changes_nothing() {
    let first = number("WORKTRAIL_SIM_SEED", 20_260_310);
    let commands = number("WORKTRAIL_SIM_STEPS", 100_000);
    println!("WORKTRAIL_SIM_SEED={first} WORKTRAIL_SIM_STEPS={commands}");
    let (walks, next) = (commands.div_ceil(states::WALK), AtomicU64::new(0));
    let several = || {
        let (mut tally, mut stories) = (Tally::default(), Vec::new());
        loop {
            let walk = next.fetch_add(1, Ordering::SeqCst);
            if walk >= walks {
                return (tally, stories);
            }
            let engine = MemoryStore::new();
            match now(states::walk(first.wrapping_add(walk), states::WALK, &engine, &engine)) {
                Ok((_, counted)) => tally.add(counted),
                Err(story) => stories.push(story),
            }
        }
    };
    let (mut tally, mut stories) = (Tally::default(), Vec::new());
    thread::scope(|scope| {
        let hands = thread::available_parallelism().map_or(1, usize::from);
        let hands: Vec<_> = (0..hands).map(|_| scope.spawn(several)).collect();
        for (counted, told) in hands.into_iter().map(|hand| hand.join().expect("no panic")) {
            tally.add(counted);
            stories.extend(told);
        }
    });
    println!("{tally}not seen: {:?}", tally.gaps());
    assert!(stories.is_empty(), "{} walks went wrong:\n{}", stories.len(), stories.join("\n"));
    if tally.commands() < 80_000 {
        return; // too short to have seen everything
    }
    assert_eq!(tally.gaps(), Vec::<String>::new());
    assert!(Method::ALL.iter().all(|method| tally.trails.get(method.code()).is_some_and(|trails| *trails > 30)));
    let codes: BTreeSet<_> = tally.refused.keys().map(|(_, code)| code).collect();
    assert!(codes.len() > 60, "{codes:?}");
}

#[test]
fn a_command_that_is_sent_until_it_is_settled_is_answered_as_if_nothing_had_been_wrong() {
    for seed in 0..40 {
        twin::compare(seed, 100).expect("no difference");
    }
}

/// Whether the driver notices what is wrong, within a number of episodes; the first words of what it said.
fn noticed(client: Client, broken: Option<Breakage>) -> String {
    for seed in 0..40 {
        play(Setting { seed, steps: EPISODE, client: Client::Careful, broken: None }).expect("nothing is broken");
        if let Err(story) = play(Setting { seed, steps: EPISODE, client, broken }) {
            let first = story.lines().next().expect("a line").to_owned();
            return first;
        }
    }
    panic!("{client:?} {broken:?} was not noticed");
}

#[test]
fn a_store_that_acknowledges_and_loses_is_noticed() {
    assert!(noticed(Client::Careful, Some(Breakage::Loses)).contains("acknowledged, and not there"));
}

#[test]
fn a_store_that_does_a_command_twice_is_noticed() {
    let _ = noticed(Client::Careful, Some(Breakage::Doubles));
}

#[test]
fn a_client_that_does_a_command_twice_is_noticed() {
    assert!(noticed(Client::Sloppy, None).contains("was done twice"));
}

#[test]
fn a_store_that_writes_half_is_noticed() {
    for half in [Breakage::HalvesWrites, Breakage::HalvesTold, Breakage::HalvesStamp] {
        let _ = noticed(Client::Careful, Some(half));
    }
}

#[test]
fn a_store_that_looks_at_no_guard_is_noticed() {
    let _ = noticed(Client::Careful, Some(Breakage::Unguarded));
}
