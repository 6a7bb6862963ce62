//! What came of walks, counted.

use std::collections::BTreeMap;
use std::fmt;

use worktrail_core::access::{Reach, Right, reach};
use worktrail_core::command::COMMANDS;
use worktrail_core::domain::{Method, Role};
use worktrail_core::question::QUESTIONS;

/// How often, by name.
pub(crate) type Counts = BTreeMap<&'static str, u64>;

/// Who has no role.
pub(crate) const PROGRAM: &str = "program";

/// What came of walks, counted by the names of commands, questions and roles, and by the codes of refusals.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) sent: Counts,
    pub(crate) done: Counts,
    pub(crate) refused: BTreeMap<(&'static str, &'static str), u64>,
    /// Drawn, and not to be read as that command: drawn again.
    pub(crate) unreadable: Counts,
    /// Sent again, and answered from their stamps.
    pub(crate) replayed: Counts,
    /// The questions that were answered, and those that were not.
    pub(crate) answered: Counts,
    pub(crate) declined: BTreeMap<(&'static str, &'static str), u64>,
    /// The pages of questions after their first.
    pub(crate) turned: Counts,
    /// By the codes of roles: commands that were sent and done, questions that were asked and answered.
    pub(crate) sent_by: Counts,
    pub(crate) done_by: Counts,
    pub(crate) asked_by: Counts,
    pub(crate) answered_by: Counts,
    /// The trails that were there in the end, by the codes of their methods.
    pub(crate) trails: Counts,
}

/// Counts one more.
pub(crate) fn count<K: Ord>(counts: &mut BTreeMap<K, u64>, what: K) {
    *counts.entry(what).or_default() += 1;
}

impl Tally {
    /// Adds what another walk counted.
    pub(crate) fn add(&mut self, other: Self) {
        for (mine, others) in [
            (&mut self.sent, other.sent),
            (&mut self.done, other.done),
            (&mut self.unreadable, other.unreadable),
            (&mut self.replayed, other.replayed),
            (&mut self.answered, other.answered),
            (&mut self.turned, other.turned),
            (&mut self.sent_by, other.sent_by),
            (&mut self.done_by, other.done_by),
            (&mut self.asked_by, other.asked_by),
            (&mut self.answered_by, other.answered_by),
            (&mut self.trails, other.trails),
        ] {
            add(mine, others);
        }
        add(&mut self.refused, other.refused);
        add(&mut self.declined, other.declined);
    }

    /// How many commands were sent.
    pub(crate) fn commands(&self) -> u64 {
        self.sent.values().sum()
    }

    /// Whether a command was refused.
    pub(crate) fn was_refused(&self, command: &str) -> bool {
        self.refused.keys().any(|(name, _)| *name == command)
    }

    /// What has not been seen yet: a command that was not done or not refused, a question that was not answered, a role that
    /// did not come or that was never served with what it has a right to, a method without a trail.
    pub(crate) fn gaps(&self) -> Vec<String> {
        let mut gaps = Vec::new();
        for (name, _) in COMMANDS {
            gaps.extend((!self.done.contains_key(name)).then(|| format!("{name} was never done")));
            gaps.extend((!self.was_refused(name)).then(|| format!("{name} was never refused")));
        }
        for (name, _) in QUESTIONS {
            gaps.extend((!self.answered.contains_key(name)).then(|| format!("{name} was never answered")));
        }
        for role in Role::ALL {
            let has_any = |list: &[(&str, Right)], but_as: &[Reach]| {
                let reaches = list.iter().map(|(_, right)| reach(role, *right));
                reaches.filter(|reach| !but_as.contains(reach)).any(|reach| reach != Reach::Nothing)
            };
            // What guardians and recipients may do takes forms of their own: a consent by mandate, and one that names the
            // class of what is confirmed. The walk over the rights has them.
            let commands = has_any(COMMANDS, &[Reach::AsGuardian, Reach::AsConsented]);
            let of = [
                (true, &self.sent_by, "sent a command"),
                (commands, &self.done_by, "had a command done"),
                (true, &self.asked_by, "asked a question"),
                (has_any(QUESTIONS, &[]), &self.answered_by, "had a question answered"),
            ];
            let lacking = of.iter().filter(|(is_theirs, by, _)| *is_theirs && !by.contains_key(role.code()));
            gaps.extend(lacking.map(|(_, _, what)| format!("{role:?} never {what}")));
        }
        for method in Method::ALL {
            gaps.extend((!self.trails.contains_key(method.code())).then(|| format!("{method:?} has no trail")));
        }
        gaps
    }
}

fn add<K: Ord>(mine: &mut BTreeMap<K, u64>, others: BTreeMap<K, u64>) {
    for (what, count) in others {
        *mine.entry(what).or_default() += count;
    }
}

/// What something was refused for most, and how often.
fn mostly(refused: &BTreeMap<(&'static str, &'static str), u64>, name: &str) -> Vec<(u64, &'static str)> {
    let of = refused.iter().filter(|((of, _), _)| *of == name);
    let mut mostly: Vec<_> = of.map(|((_, code), count)| (*count, *code)).collect();
    mostly.sort_unstable_by(|one, other| other.cmp(one));
    mostly.truncate(4);
    mostly
}

impl fmt::Display for Tally {
    /// A line for each command and question: how often it was done or answered, and what it was refused for most.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = |counts: &Counts, name| counts.get(name).copied().unwrap_or(0);
        writeln!(f, "trails: {:?}", self.trails)?;
        writeln!(f, "sent by: {:?}\ndone by: {:?}", self.sent_by, self.done_by)?;
        writeln!(f, "asked by: {:?}\nanswered by: {:?}", self.asked_by, self.answered_by)?;
        for (name, _) in COMMANDS {
            let [sent, done, again] = [&self.sent, &self.done, &self.replayed].map(|counts| of(counts, name));
            let (unreadable, refused) = (of(&self.unreadable, name), mostly(&self.refused, name));
            writeln!(f, "{name}: {done} of {sent} done, {again} again, {unreadable} unreadable; refused {refused:?}")?;
        }
        for (name, _) in QUESTIONS {
            let [answered, turned] = [&self.answered, &self.turned].map(|counts| of(counts, name));
            writeln!(f, "{name}: {answered} answered, {turned} turned; refused {:?}", mostly(&self.declined, name))?;
        }
        Ok(())
    }
}
