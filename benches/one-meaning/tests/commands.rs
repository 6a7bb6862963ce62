//! Every command and every question through the desk, in random states, on all stores at once.
//!
//! The walks are those of the core's simulation, where they go over memory alone, many more of them. Here they go over a
//! chorus: each call that the desk makes is answered by all stores alike, to the last byte, or the walk ends.

mod off_key;

// The walks of the core's simulation.
#[path = "../../../worktrail-core/tests/simulation/asked.rs"]
mod asked;
#[path = "../../../worktrail-core/tests/simulation/drawn.rs"]
mod drawn;
#[path = "../../../worktrail-core/tests/simulation/rules.rs"]
mod rules;
#[path = "../../../worktrail-core/tests/simulation/states.rs"]
mod states;
#[path = "../../../worktrail-core/tests/simulation/tally.rs"]
mod tally;

use std::sync::Arc;

use off_key::{OffKey, Slip};
use one_meaning::{Chorus, Voice, subjects};
use tally::Tally;
use worktrail_core::store::MemoryStore;

/// How many walks there are at most: they end when all has been seen on all stores, which takes about half as many.
const MOST_WALKS: u64 = 16;

/// What the walks begin with: `WORKTRAIL_SIM_SEED`, or always the same.
fn first_seed() -> u64 {
    std::env::var("WORKTRAIL_SIM_SEED").map_or(20_260_310, |text| text.parse().expect("a number"))
}

/// A walk on all stores of a chorus, which hold the same in the end.
async fn walk(seed: u64, chorus: &Chorus) -> Result<Tally, String> {
    let leader = chorus.leader().ok_or("nobody leads")?;
    let (records, tally) = states::walk(seed, states::WALK, chorus, leader).await?;
    let held = states::records(chorus).await.map_err(|error| format!("seed {seed}, in the end: {error}"))?;
    if held == records { Ok(tally) } else { Err(format!("seed {seed}: what is held is not what the leader holds")) }
}

#[tokio::test]
async fn every_command_and_every_question_is_answered_alike_by_all_stores() {
    let first = first_seed();
    println!("WORKTRAIL_SIM_SEED={first}");
    let subjects = subjects();
    let mut tally = Tally::default();
    let mut walks = 0;
    while walks < MOST_WALKS && !tally.gaps().is_empty() {
        let chorus = Chorus::of_new(&subjects).await.expect("a chorus");
        let walked = walk(first.wrapping_add(walks), &chorus).await;
        tally.add(walked.unwrap_or_else(|story| panic!("{story}")));
        walks += 1;
        println!("{walks} {:?}", tally.gaps());
    }
    println!("{walks} walks, {} commands; {tally}", tally.commands());
    assert_eq!(tally.gaps(), Vec::<String>::new(), "after {walks} walks");
    let [again, turned] = [&tally.replayed, &tally.turned].map(|counts| counts.values().sum::<u64>());
    assert!(again > 20 && turned > 50, "{again} were answered from their stamps, {turned} pages were turned");
}

#[tokio::test]
async fn a_store_that_means_something_else_is_heard_through_the_desk() {
    // With nobody else at work no commit of a desk is refused by the store: that slip is heard by batches.
    for slip in Slip::ALL.into_iter().filter(|slip| *slip != Slip::Reason) {
        let sound = Voice { name: "sound", store: Arc::new(MemoryStore::new()) };
        let spoiled = Voice { name: "spoiled", store: Arc::new(OffKey::new(slip)) };
        let heard = walk(first_seed(), &Chorus::of([sound, spoiled])).await.expect_err("heard");
        println!("{slip:?}: {heard}");
        assert!(heard.contains("is answered otherwise by spoiled"), "{slip:?}: {heard}");
    }
}
