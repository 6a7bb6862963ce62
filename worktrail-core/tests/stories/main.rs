//! Stories, played end to end over a store: each is a function over any of them.

#![expect(clippy::unwrap_used, reason = "a story stops at the first surprise, as a test does")]

mod story_11;
