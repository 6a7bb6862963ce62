//! The stories of the core's tests, played over a directory.

#![expect(clippy::unwrap_used, reason = "a story stops at the first surprise, as a test does")]

#[path = "../../worktrail-core/tests/stories/stage.rs"]
mod stage;
#[path = "../../worktrail-core/tests/stories/story_1.rs"]
mod story_1;
#[path = "../../worktrail-core/tests/stories/story_11.rs"]
mod story_11;
#[path = "../../worktrail-core/tests/stories/story_3.rs"]
mod story_3;

use worktrail_sled::SledStore;

/// Plays a story over a directory that is only its.
macro_rules! over_a_directory {
    ($($name:ident: $story:ident),+ $(,)?) => {
        $(#[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            let directory = tempfile::tempdir().unwrap();
            $story::play(&SledStore::open_or_create(directory.path().join("store")).await.unwrap()).await;
        })+
    };
}

over_a_directory! {
    story_1_the_demonstration_without_its_fault: story_1,
    story_3_thirty_days: story_3,
    story_11_same_person_two_numbers_two_persons_one_name: story_11,
}
