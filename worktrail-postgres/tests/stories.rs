//! The stories of the core's tests, played over a database.

#![expect(clippy::unwrap_used, reason = "a story stops at the first surprise, as a test does")]

mod common;
#[path = "../../worktrail-core/tests/stories/stage.rs"]
mod stage;
#[path = "../../worktrail-core/tests/stories/story_1.rs"]
mod story_1;
#[path = "../../worktrail-core/tests/stories/story_11.rs"]
mod story_11;
#[path = "../../worktrail-core/tests/stories/story_3.rs"]
mod story_3;

/// Plays a story in a schema that is only its.
macro_rules! in_a_schema {
    ($($name:ident: $story:ident),+ $(,)?) => {
        $(#[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            let (_schema, store) = common::fresh().await;
            $story::play(&store).await;
        })+
    };
}

in_a_schema! {
    story_1_the_demonstration_without_its_fault: story_1,
    story_3_thirty_days: story_3,
    story_11_same_person_two_numbers_two_persons_one_name: story_11,
}
