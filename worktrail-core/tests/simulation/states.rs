//! Random commands in random states, one after the other and with nothing wrong: each is refused and changes nothing, or
//! is done and leaves a state that every rule of state holds for.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Days, NaiveDate};
use serde_json::Value as Json;
use uuid::Uuid;
use worktrail_core::access::{Actor, Purpose};
use worktrail_core::desk::{Desk, Error};
use worktrail_core::domain::{Moment, ParticipantId, Role};
use worktrail_core::simulation::{Dice, SimClock};
use worktrail_core::store::{CommandId, MemoryStore, Position, RecordKey, StoredRecord};

use crate::acts::Act;
use crate::audit::{head, now, records};
use crate::rules::Everything;
use crate::town::Town;

/// How many commands a walk sends: all that is there is looked at after each.
pub(crate) const WALK: u64 = 100;

/// All records, by key.
pub(crate) type Records = BTreeMap<RecordKey, StoredRecord>;

/// What came of an episode.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) sent: u64,
    pub(crate) done: BTreeMap<&'static str, u64>,
    pub(crate) refused: BTreeMap<&'static str, u64>,
}

/// Sends so many commands, and looks after each; gives what is there in the end.
///
/// # Errors
/// A command that was refused and changed something, or a rule that does not hold.
pub(crate) fn walk(seed: u64, commands: u64, tally: &mut Tally) -> Result<Records, String> {
    let mut dice = Dice::new(seed);
    let start = DateTime::from_timestamp(1_773_144_000, 0).expect("noon on 10 March 2026");
    let clock = SimClock::new(dice.roll(), start);
    let engine = MemoryStore::new();
    let ids = Mutex::new(Dice::new(dice.roll()));
    let desk = Desk::new(
        &engine,
        || Moment::new(clock.now().fixed_offset()).expect("a moment"),
        || Uuid::from_u128(ids.lock().unwrap_or_else(PoisonError::into_inner).wide()),
    );
    let mut town = Town::new(Dice::new(dice.roll()), clock.clone());
    let mut state =
        State { engine: &engine, kept: Everything::default(), records: Records::new(), head: Position::START };
    for (act, actor) in town.foundation() {
        now(act.run(&desk, &actor, CommandId::new(Uuid::from_u128(dice.wide())))).expect("founded");
        town.learn(&act, &actor);
        *tally.done.entry(act.name()).or_default() += 1;
    }
    state.look()?;
    for _ in 0..commands {
        let (act, actor) = town.next();
        let act = if dice.happens(150) { otherwise(&mut dice, act) } else { act };
        let actor = if dice.happens(50) { somebody_else(&mut dice, &actor) } else { actor };
        let answer = now(act.run(&desk, &actor, CommandId::new(Uuid::from_u128(dice.wide()))));
        tally.sent += 1;
        let story = |fault: String| format!("seed {seed}, {} by {actor:?}: {fault}", act.name());
        match answer {
            Ok(_) => {
                state.has_changed_by_the_rules().map_err(story)?;
                town.learn(&act, &actor);
                *tally.done.entry(act.name()).or_default() += 1;
            }
            Err(Error::Rejected(rejection)) => {
                state.is_unchanged().map_err(story)?;
                *tally.refused.entry(rejection.code()).or_default() += 1;
            }
            Err(error) => return Err(story(format!("an error that nobody caused: {error}"))),
        }
    }
    now(desk.verify()).map_err(|error| format!("seed {seed}: {error}"))?;
    Ok(state.records)
}

/// What was there after the last command.
struct State<'e> {
    engine: &'e MemoryStore,
    kept: Everything,
    records: Records,
    head: Position,
}

impl State<'_> {
    fn is_unchanged(&self) -> Result<(), String> {
        let same = head(self.engine) == self.head && records(self.engine) == self.records;
        if same { Ok(()) } else { Err("it was refused and changed something".to_owned()) }
    }

    fn has_changed_by_the_rules(&mut self) -> Result<(), String> {
        self.look()?;
        self.kept.keeps_the_rules()
    }

    fn look(&mut self) -> Result<(), String> {
        self.records = records(self.engine);
        self.head = head(self.engine);
        self.kept.see(&self.records)
    }
}

/// The same with other days.
fn otherwise(dice: &mut Dice, act: Act) -> Act {
    act.changed(|json| shift(dice, json)).unwrap_or(act)
}

fn shift(dice: &mut Dice, json: &mut Json) {
    match json {
        Json::String(text) => {
            if let Ok(day) = text.parse::<NaiveDate>() {
                let most = 1 << dice.below(12);
                let days = Days::new(dice.below(most));
                let day = if dice.happens(500) { day.checked_add_days(days) } else { day.checked_sub_days(days) };
                *text = day.expect("a day").to_string();
            }
        }
        Json::Array(items) => items.iter_mut().for_each(|item| shift(dice, item)),
        Json::Object(fields) => fields.values_mut().for_each(|value| shift(dice, value)),
        _ => {}
    }
}

/// Somebody who has no business here, or none in this role.
fn somebody_else(dice: &mut Dice, actor: &Actor) -> Actor {
    let id = actor.id();
    match dice.below(4) {
        0 => Actor::program(id),
        1 => Actor::participant(ParticipantId::new(id.as_uuid())),
        2 => Actor::other(id, Role::Guardian, Purpose::FollowUp),
        _ => Actor::other(id, Role::Supervisor, Purpose::Supervision),
    }
}
