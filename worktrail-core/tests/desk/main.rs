//! The desk over stores that get in its way.

mod cast;
mod following;
mod forgetting;
mod races;
mod runs;
mod sequences;
mod stores;
mod verifying;
