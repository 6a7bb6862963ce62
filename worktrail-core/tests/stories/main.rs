//! Stories, played end to end over a store: each is a function over any of them.

#![expect(clippy::unwrap_used, reason = "a story stops at the first surprise, as a test does")]

mod stage;
mod story_1;
mod story_11;
mod story_3;

use pollster::block_on;
use worktrail_core::store::MemoryStore;

#[test]
fn story_1_the_demonstration_without_its_fault() {
    block_on(story_1::play(&MemoryStore::new()));
}

#[test]
fn story_3_thirty_days() {
    block_on(story_3::play(&MemoryStore::new()));
}

#[test]
fn story_11_same_person_two_numbers_two_persons_one_name() {
    block_on(story_11::play(&MemoryStore::new()));
}
