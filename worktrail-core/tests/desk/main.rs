//! The desk over stores that get in its way.

#![expect(clippy::unwrap_used, reason = "a helper of a test stops at the first surprise, as the test does")]

mod cast;
mod following;
mod forgetting;
mod narratives;
mod races;
mod runs;
mod sequences;
mod stores;
mod verifying;
