//! Random batches and questions on all stores at once.

mod off_key;

use std::sync::Arc;

use off_key::{OffKey, Slip};
use one_meaning::{Chorus, Choruses, Voice, subjects};
use worktrail_core::conformance::{Harness, HarnessError, Runs, differential};
use worktrail_core::store::{MemoryStore, Store};

/// What the runs begin with: `WORKTRAIL_SIM_SEED`, or always the same.
fn first_seed() -> u64 {
    std::env::var("WORKTRAIL_SIM_SEED").map_or(20_260_310, |text| text.parse().expect("a number"))
}

#[tokio::test]
async fn all_stores_answer_the_same_to_the_same_history() {
    let runs = Runs { first_seed: first_seed(), seeds: 8, steps: 150 };
    println!("WORKTRAIL_SIM_SEED={}", runs.first_seed);
    let outcomes = differential(&Choruses(subjects()), runs).await.expect("no difference");
    println!("{outcomes}");
    assert!(outcomes.accepted > 200 && outcomes.questions > 200, "{outcomes}");
    let refused = [outcomes.conflicts, outcomes.not_unique, outcomes.reused, outcomes.misuses];
    assert!(refused.iter().all(|refused| *refused > 3), "{outcomes}");
    assert!(outcomes.replayed > 3 && outcomes.forgotten > 3, "{outcomes}");
}

/// A chorus with a voice that is off key.
struct Spoiled(Slip);

#[async_trait::async_trait]
impl Harness for Spoiled {
    async fn fresh(&self) -> Result<Arc<dyn Store>, HarnessError> {
        let sound = Voice { name: "sound", store: Arc::new(MemoryStore::new()) };
        let spoiled = Voice { name: "spoiled", store: Arc::new(OffKey::new(self.0)) };
        Ok(Arc::new(Chorus::of([sound, spoiled])))
    }

    async fn reopen(&self, store: Arc<dyn Store>) -> Result<Arc<dyn Store>, HarnessError> {
        Ok(store)
    }
}

#[tokio::test]
async fn a_store_that_means_something_else_is_heard() {
    for slip in Slip::ALL {
        let failure = differential(&Spoiled(slip), Runs::default()).await.expect_err("heard").to_string();
        println!("{slip:?}: {failure}");
        assert!(failure.contains("is answered otherwise by spoiled"), "{slip:?}: {failure}");
    }
}
