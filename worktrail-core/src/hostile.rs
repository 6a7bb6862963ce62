//! Tests: bad input. Every parser, every command and every stored form takes random, mutated and hand-made hostile
//! input, and answers with a value or with a typed error, never with a panic.
//!
//! All follows from a seed. `WORKTRAIL_HOSTILE_INPUTS` says how many inputs each target takes, for a longer run.

mod commands;
mod cursors;
mod document;
mod drafts;
mod long;
mod parsers;
mod stored;
mod texts;

use std::collections::BTreeSet;

use crate::record::samples::MARKS;

/// The seed of every run.
const SEED: u64 = 20_260_310;

/// How many inputs a target takes.
fn inputs(otherwise: usize) -> usize {
    std::env::var("WORKTRAIL_HOSTILE_INPUTS").map_or(otherwise, |text| text.parse().expect("a number"))
}

/// What was said of all the inputs that were refused.
#[derive(Debug, Default)]
struct Said(BTreeSet<String>);

impl Said {
    /// What was said of one, without the place in the input.
    fn of(&mut self, error: &impl std::error::Error) {
        let text = error.to_string();
        let text = text.split(" at line ").next().unwrap_or_default();
        if !self.0.contains(text) {
            self.0.insert(text.to_owned());
        }
    }

    /// Fails when an error repeated what it was about: so many inputs are refused in few words, and none of the words
    /// is a mark.
    #[track_caller]
    fn assert_few_words(&self, what: &str, most: usize) {
        assert!(self.0.len() <= most, "{what}: {} different errors: {:#?}", self.0.len(), self.0);
        for text in &self.0 {
            assert!(text.len() <= 2_000, "{what} said {} bytes", text.len());
            // The names of a closed list may be said.
            assert!(!MARKS.iter().any(|mark| text.contains(mark)), "{what} said {text}");
        }
    }
}
