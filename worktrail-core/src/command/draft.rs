//! Half-filled commands: what is missing and what cannot be read, all of it at once (S107).
//!
//! serde stops at the first thing that is wrong. Here a draft is read again and again: each fault that is met is noted by
//! its place, something [made up](invent) is put there, and reading goes on behind it. So whatever is said to be missing
//! is what serde itself misses while everything else is in place. Where nothing can be made up, reading stops, and what
//! lies behind is told once that place is filled. Places are named by the program's own field names; nothing that stood
//! in the draft is repeated.

mod invent;
mod place;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::{Command, OwnRules};
use crate::domain::{Authorship, Rejection};
use invent::Choices;
use place::read_place;

/// The most faults of one draft that are noted.
const MOST_FAULTS: usize = 200;

/// What a draft came to.
#[derive(Debug)]
pub(crate) struct Draft<C> {
    /// The command, made up wherever something is missing or unreadable; none when reading stopped.
    pub(crate) command: Option<C>,
    /// What is missing, by place.
    pub(crate) missing: Vec<String>,
    /// What cannot be read, by place; the draft itself is the place without a name.
    pub(crate) unreadable: Vec<String>,
}

impl<C: Command> Draft<C> {
    /// The command, when nothing is missing or unreadable.
    pub(crate) fn whole(&self) -> Option<&C> {
        self.command.as_ref().filter(|_| self.missing.is_empty() && self.unreadable.is_empty())
    }

    /// What rules that look at the command's own fields refuse in what is there.
    pub(crate) fn refusal_so_far(&self, by: Authorship) -> Option<Rejection> {
        let gaps: Vec<String> = self.missing.iter().chain(&self.unreadable).cloned().collect();
        let mut rules = OwnRules::new(by, &gaps);
        self.command.as_ref()?.own_rules(&mut rules);
        rules.refusal()
    }
}

/// What is known of a draft while it is read.
#[derive(Debug, Default)]
struct Reading {
    /// Where something is made up, and what.
    mended: BTreeMap<String, RefCell<Choices>>,
    /// The first fault of the present attempt.
    fault: RefCell<Option<Fault>>,
}

/// A fault of a draft.
#[derive(Debug)]
enum Fault {
    Missing(String),
    Unreadable(String),
}

impl Reading {
    /// Notes a fault, unless one was met before it: the innermost place is met first.
    fn note(&self, fault: Fault) {
        self.fault.borrow_mut().get_or_insert(fault);
    }
}

/// Reads a draft as far as possible.
pub(crate) fn read<C: DeserializeOwned>(draft: &Json) -> Draft<C> {
    let mut reading = Reading::default();
    let mut found = Draft { command: None, missing: Vec::new(), unreadable: Vec::new() };
    while reading.mended.len() < MOST_FAULTS {
        let outcome = read_place(&reading, String::new(), Some(draft), PhantomData::<C>);
        let fault = reading.fault.take();
        let (path, noted) = match (outcome, fault) {
            (Ok(command), _) => {
                found.command = Some(command);
                return found;
            }
            (Err(_), Some(Fault::Missing(path))) => (path, &mut found.missing),
            (Err(_), Some(Fault::Unreadable(path))) => (path, &mut found.unreadable),
            (Err(_), None) => return found,
        };
        if let Some(choices) = reading.mended.get_mut(&path) {
            // What was made up does not fit.
            if !choices.get_mut().next() {
                return found;
            }
        } else {
            noted.push(path.clone());
            reading.mended.insert(path, RefCell::default());
        }
    }
    found
}
