//! Random commands in random states, one after the other and with nothing wrong: each is refused and changes nothing, or
//! is done and leaves a state that every rule of state holds for.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value as Json;
use uuid::Uuid;
use worktrail_core::access::Actor;
use worktrail_core::command::{COMMANDS, Command, CommandVisitor, command_named};
use worktrail_core::desk::{Desk, Error};
use worktrail_core::domain::Moment;
use worktrail_core::simulation::Dice;
use worktrail_core::store::{CommandId, MemoryStore, Position, RecordKey, Revision, StoredRecord};

use crate::audit::{head, now, records};
use crate::drawn::{self, Drawn, Offer};
use crate::rules::Everything;

/// How many commands a walk sends: all that is there is looked at after each.
pub(crate) const WALK: u64 = 800;

/// What a walk begins with: so many of each are done before anything may happen, in this order.
const FOUNDATION: [(&str, u64); 27] = [
    ("register_staff", 6),
    ("found_team", 3),
    ("admit_member", 10),
    ("appoint_staff", 4),
    ("found_office", 2),
    ("place_team", 2),
    ("register_absence", 2),
    ("register_employer", 4),
    ("register_contact_person", 3),
    ("register_participant", 8),
    ("receive_referral", 2),
    ("declare_conflict", 1),
    ("open_trail", 6),
    ("hold_start_up_meeting", 2),
    ("enter_programme", 1),
    ("leave_programme", 1),
    ("register_job", 2),
    ("register_education", 1),
    ("write_narrative", 3),
    ("agree_openness", 2),
    ("give_consent", 1),
    ("pause_trail", 2),
    ("give_cover", 2),
    ("propose_transfer", 2),
    ("end_trail", 1),
    ("reopen_trail", 1),
    ("change_protection", 2),
];

/// How often a command of the foundation is drawn before it is given up.
const PATIENCE: u64 = 40;

/// All records, by key.
pub(crate) type Records = BTreeMap<RecordKey, StoredRecord>;

/// What came of walks, counted by the names of commands and by the codes of refusals.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) sent: BTreeMap<&'static str, u64>,
    pub(crate) done: BTreeMap<&'static str, u64>,
    pub(crate) refused: BTreeMap<(&'static str, &'static str), u64>,
    /// The trails that were there in the end, by the codes of their methods.
    pub(crate) trails: BTreeMap<&'static str, u64>,
    /// Drawn, and not to be read as that command: drawn again.
    pub(crate) unreadable: BTreeMap<&'static str, u64>,
}

impl Tally {
    /// Adds what other walks counted.
    pub(crate) fn add(&mut self, other: Self) {
        for (mine, others) in [
            (&mut self.sent, other.sent),
            (&mut self.done, other.done),
            (&mut self.unreadable, other.unreadable),
            (&mut self.trails, other.trails),
        ] {
            for (name, count) in others {
                *mine.entry(name).or_default() += count;
            }
        }
        for (what, count) in other.refused {
            *self.refused.entry(what).or_default() += count;
        }
    }
}

impl fmt::Display for Tally {
    /// A line for each command: how often it was sent and done, and what it was refused for most.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |of: &BTreeMap<&'static str, u64>, name| of.get(name).copied().unwrap_or(0);
        writeln!(f, "trails: {:?}", self.trails)?;
        for (name, _) in COMMANDS {
            let refused = self.refused.iter().filter(|((of, _), _)| of == name);
            let mut refused: Vec<_> = refused.map(|((_, code), count)| (*count, *code)).collect();
            refused.sort_unstable_by(|one, other| other.cmp(one));
            refused.truncate(4);
            let [sent, done, unreadable] = [&self.sent, &self.done, &self.unreadable].map(|of| count(of, name));
            writeln!(f, "{name}: {done} of {sent} done, {unreadable} unreadable; refused {refused:?}")?;
        }
        Ok(())
    }
}

/// Sends so many commands, and looks after each; gives what is there in the end.
///
/// # Errors
/// A command that was refused and changed something, or a rule that does not hold.
pub(crate) fn walk(seed: u64, commands: u64, tally: &mut Tally) -> Result<Records, String> {
    let mut dice = Dice::new(seed);
    let time = Mutex::new(DateTime::from_timestamp(1_767_264_000, 0).expect("noon on 1 January 2026"));
    let engine = MemoryStore::new();
    let ids = Mutex::new(Dice::new(dice.roll()));
    let desk = Desk::new(
        &engine,
        || Moment::new(lock(&time).fixed_offset()).expect("a moment"),
        || Uuid::from_u128(lock(&ids).wide()),
    );
    let mut walk = Walk {
        time: &time,
        engine: &engine,
        desk: &desk,
        dice,
        left: commands,
        tally,
        kept: Everything::default(),
        offer: Offer::default(),
        records: Records::new(),
        head: Position::START,
    };
    walk.found().and_then(|()| walk.wander()).map_err(|fault| format!("seed {seed}, {fault}"))?;
    now(desk.verify()).map_err(|error| format!("seed {seed}: {error}"))?;
    for method in walk.kept.methods() {
        *walk.tally.trails.entry(method.code()).or_default() += 1;
    }
    Ok(walk.records)
}

/// A walk, and what was there after the last command.
struct Walk<'w> {
    time: &'w Mutex<DateTime<Utc>>,
    engine: &'w MemoryStore,
    desk: &'w Desk<'w>,
    dice: Dice,
    left: u64,
    tally: &'w mut Tally,
    kept: Everything,
    offer: Offer,
    records: Records,
    head: Position,
}

/// What came of a command.
#[derive(Debug, PartialEq, Eq)]
enum Sent {
    Done,
    Refused,
    Unreadable,
}

impl Walk<'_> {
    /// Lays the foundation.
    fn found(&mut self) -> Result<(), String> {
        for (name, times) in FOUNDATION {
            let mut done = 0;
            for _ in 0..PATIENCE {
                if done < times && self.left > 0 {
                    let drawn = drawn::named(name, &mut self.dice, lock(self.time).date_naive(), &self.offer);
                    done += u64::from(self.send(drawn)? == Sent::Done);
                }
            }
        }
        Ok(())
    }

    /// Does anything.
    fn wander(&mut self) -> Result<(), String> {
        while self.left > 0 {
            let drawn = drawn::any(&mut self.dice, lock(self.time).date_naive(), &self.offer);
            self.send(drawn)?;
        }
        Ok(())
    }

    /// Sends a command, and looks what came of it.
    fn send(&mut self, drawn: Drawn) -> Result<Sent, String> {
        let Drawn { name, form, actor } = drawn;
        let story = |fault: String| format!("{name} {form} by {actor:?}: {fault}");
        let id = CommandId::new(Uuid::from_u128(self.dice.wide()));
        let run = Run { desk: self.desk, actor: &actor, id, form: &form };
        let Some(answer) = command_named(name, run).expect("a command") else {
            *self.tally.unreadable.entry(name).or_default() += 1;
            return Ok(Sent::Unreadable);
        };
        self.left -= 1;
        self.pass_time();
        *self.tally.sent.entry(name).or_default() += 1;
        match answer {
            Ok(revision) => {
                self.look(revision).and_then(|()| self.kept.keeps_the_rules()).map_err(story)?;
                self.offer.see(&self.records);
                *self.tally.done.entry(name).or_default() += 1;
                Ok(Sent::Done)
            }
            Err(Error::Rejected(rejection)) => {
                self.is_unchanged().map_err(story)?;
                *self.tally.refused.entry((name, rejection.code())).or_default() += 1;
                Ok(Sent::Refused)
            }
            Err(error) => Err(story(format!("an error that nobody caused: {error}"))),
        }
    }

    /// Mostly minutes, now and then days.
    fn pass_time(&mut self) {
        let most = if self.dice.happens(150) { 4 * 24 * 60 } else { 20 };
        let minutes = i64::try_from(self.dice.below(most)).expect("few");
        *lock(self.time) += TimeDelta::minutes(minutes);
    }

    /// That nothing has changed: the journal each time, and everything now and then, since what changes without being
    /// told is noticed after the next command that is done, too.
    fn is_unchanged(&mut self) -> Result<(), String> {
        let same = head(self.engine) == self.head;
        let same = same && (self.dice.happens(900) || records(self.engine) == self.records);
        if same { Ok(()) } else { Err("it was refused and changed something".to_owned()) }
    }

    /// Takes in what has changed, all of it by the one command.
    fn look(&mut self, revision: Revision) -> Result<(), String> {
        let before = std::mem::replace(&mut self.records, records(self.engine));
        self.head = head(self.engine);
        let changed = |(key, now): &(&RecordKey, &StoredRecord)| before.get(key) != Some(now);
        if self.records.iter().filter(changed).any(|(_, now)| now.revision().max(now.children()) != revision) {
            return Err("something else has changed before".to_owned());
        }
        self.kept.see(&self.records)
    }
}

/// Reads a form as a command, and runs it at a desk; nothing when it cannot be read.
struct Run<'r> {
    desk: &'r Desk<'r>,
    actor: &'r Actor,
    id: CommandId,
    form: &'r Json,
}

impl CommandVisitor for Run<'_> {
    type Output = Option<Result<Revision, Error>>;

    fn visit<C: Command>(self) -> Self::Output {
        let command = C::deserialize(self.form).ok()?;
        Some(now(self.desk.run(self.actor, self.id, &command)).map(|done| done.receipt.revision()))
    }
}

fn lock<T>(what: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}
