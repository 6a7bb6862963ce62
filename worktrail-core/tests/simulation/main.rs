//! The desk over a store with faults: random commands of several people over a small world, at least 100,000 of them.
//!
//! What was acknowledged is there, once, whole, and as it was answered; what was refused has changed nothing; what
//! nobody knows was done once or not at all, and sending it again settles which. All follows from a seed, which is
//! printed: `WORKTRAIL_SIM_SEED` and `WORKTRAIL_SIM_STEPS` repeat a run or make a longer one.
#![cfg(feature = "conformance")]

mod acts;
mod audit;
mod broken;
mod episode;
mod model;
mod rules;
mod states;
mod town;
mod twin;

use acts::Act;
use broken::Breakage;
use episode::{Client, Report, Setting, play};
use worktrail_core::simulation::Fault;

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
    let mut tally = states::Tally::default();
    for episode in 0..commands.div_ceil(states::WALK) {
        states::walk(first.wrapping_add(episode), states::WALK, &mut tally).unwrap_or_else(|story| panic!("{story}"));
    }
    println!("{tally:#?}");
    if tally.sent >= 80_000 {
        assert_eq!(tally.done.len(), Act::KINDS, "every command was done");
        assert!(tally.refused.len() > 20, "{tally:#?}");
    }
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
