//! Two stores that are told the same, one of them with faults: one clerk, who sends each command until it is settled.

use std::sync::{Mutex, PoisonError};

use chrono::DateTime;
use uuid::Uuid;
use worktrail_core::desk::Desk;
use worktrail_core::domain::Moment;
use worktrail_core::simulation::{Dice, Fault, Plan, SimClock, SimStore};
use worktrail_core::store::{CommandId, MemoryStore};

use crate::audit::now;
use crate::model::Ending;
use crate::states::records;
use crate::town::Town;

/// How often a command is sent until it must be settled.
const PATIENCE: usize = 200;

/// Nobody else is at work and the clock stands, so faults may change no answer and no record.
///
/// # Errors
/// The first answer that differs.
pub(crate) fn compare(seed: u64, commands: u64) -> Result<(), String> {
    let mut dice = Dice::new(seed);
    let start = DateTime::from_timestamp(1_773_144_000, 0).expect("noon on 10 March 2026");
    let mut town = Town::new(Dice::new(dice.roll()), SimClock::new(dice.roll(), start));
    let much_later = || Moment::parse("2027-03-10T12:00:00Z").expect("a moment");
    let ids = Mutex::new(Dice::new(dice.roll()));
    let new_id = || Uuid::from_u128(ids.lock().unwrap_or_else(PoisonError::into_inner).wide());

    let (calm, engine) = (MemoryStore::new(), MemoryStore::new());
    let plan = Plan::calm(seed).with(Fault::Late, 250).with(Fault::Lost, 100).with(Fault::Unanswered, 100);
    let rough = SimStore::on(engine.clone(), plan.with(Fault::Unavailable, 50).with(Fault::Crash, 30));
    let calm_desk = Desk::new(&calm, much_later, new_id);
    let rough_desk = Desk::new(&rough, much_later, new_id);

    let mut acts = town.foundation();
    for _ in 0..commands {
        let (act, actor) = if acts.is_empty() { town.next() } else { acts.remove(0) };
        let id = CommandId::new(Uuid::from_u128(dice.wide()));
        let wanted = Ending::of(now(act.run(&calm_desk, &actor, id)))?;
        if let Ending::Done(_) = wanted {
            town.learn(&act, &actor);
        }
        let settled = (0..PATIENCE).find_map(|_| {
            rough.sim().restart();
            match Ending::of(now(act.run(&rough_desk, &actor, id))) {
                Ok(Ending::Failed(_)) => None,
                other => Some(other),
            }
        });
        let got = settled.ok_or("never settled")??;
        if !is_same(&wanted, &got) {
            return Err(format!("seed {seed}: {} is {wanted:?}, and with faults {got:?}", act.name()));
        }
    }
    now(rough.settle());
    let [calm, engine] = [&calm, &engine].map(|store| now(records(store)).expect("memory"));
    if calm == engine { Ok(()) } else { Err(format!("seed {seed}: the records differ")) }
}

/// Whether two answers are the same, but for whether it was the first time.
fn is_same(one: &Ending, other: &Ending) -> bool {
    match (one, other) {
        (Ending::Done(one), Ending::Done(other)) => one.clone().replayed() == other.clone().replayed(),
        _ => one == other,
    }
}
