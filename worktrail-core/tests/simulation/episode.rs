//! An episode: clerks at work over a store with faults, until all is quiet; then the audit.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use chrono::DateTime;
use uuid::Uuid;
use worktrail_core::access::Actor;
use worktrail_core::desk::{Desk, Error};
use worktrail_core::domain::Moment;
use worktrail_core::question::{Portfolio, PortfolioPhases, ReadTrail, TrailHistory};
use worktrail_core::simulation::{Dice, Event, Fault, Plan, SimClock, SimStore};
use worktrail_core::store::{
    CommandId, Limit, MemoryStore, PageRequest, Receipt, Replay, Retry, StoreErrorKind, StoredStamp,
};

use crate::acts::Act;
use crate::audit::{Reads, audit, now, stamp};
use crate::broken::{Breakage, Broken};
use crate::model::{Ending, Fate, Intent};
use crate::town::Town;

/// What an episode is made from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting {
    pub(crate) seed: u64,
    pub(crate) steps: u64,
    pub(crate) client: Client,
    pub(crate) broken: Option<Breakage>,
}

/// How the clerks send a command again of which nobody knows whether it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Client {
    /// By the same id.
    Careful,
    /// By a new id: wrong, and must be noticed.
    Sloppy,
}

/// What happened in episodes, counted.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) steps: u64,
    pub(crate) done: BTreeMap<&'static str, u64>,
    pub(crate) refused: BTreeMap<&'static str, u64>,
    pub(crate) replayed: u64,
    pub(crate) unknown: u64,
    pub(crate) failed: u64,
    pub(crate) conflicts: u64,
    pub(crate) dropped: u64,
    pub(crate) overtaken: u64,
    pub(crate) landed: u64,
    pub(crate) questions: u64,
    pub(crate) injected: BTreeMap<Fault, u64>,
    pub(crate) setbacks: u64,
}

impl Report {
    /// Adds what another episode counted.
    pub(crate) fn add(&mut self, other: &Self) {
        for (mine, others) in [(&mut self.done, &other.done), (&mut self.refused, &other.refused)] {
            for (name, count) in others {
                *mine.entry(name).or_default() += count;
            }
        }
        for (fault, count) in &other.injected {
            *self.injected.entry(*fault).or_default() += count;
        }
        self.steps += other.steps;
        self.replayed += other.replayed;
        self.unknown += other.unknown;
        self.failed += other.failed;
        self.conflicts += other.conflicts;
        self.dropped += other.dropped;
        self.overtaken += other.overtaken;
        self.landed += other.landed;
        self.questions += other.questions;
        self.setbacks += other.setbacks;
    }
}

/// How a call at the desk came out.
enum Outcome {
    Command(usize, Result<Receipt, Error>),
    Question(Result<(), Error>),
}

/// A call at the desk that has begun.
struct Call<'d> {
    intent: Option<usize>,
    future: Pin<Box<dyn Future<Output = Outcome> + 'd>>,
}

/// The clerks, what they remember, and what they count.
struct Office {
    setting: Setting,
    dice: Dice,
    town: Town,
    reads: Reads,
    intents: Vec<Intent>,
    report: Report,
}

/// Plays an episode.
///
/// # Errors
/// What went wrong, and what led to it.
pub(crate) fn play(setting: Setting) -> Result<Report, String> {
    let mut dice = Dice::new(setting.seed);
    let start = DateTime::from_timestamp(1_773_144_000, 0).expect("noon on 10 March 2026");
    let clock = SimClock::new(dice.roll(), start);
    let reads = if dice.happens(333) { Reads::Stale } else { Reads::Current };
    let rough = Plan::rough(dice.roll()).with(Fault::Delay, 400).with(Fault::Crash, 5);
    let rough = rough.with(Fault::Busy, 15).with(Fault::Unavailable, 15);
    let rough = if reads == Reads::Stale { rough } else { rough.with(Fault::Stale, 0) };

    let engine = MemoryStore::new();
    let store = SimStore::on(engine.clone(), Plan::calm(rough.seed()));
    let ids = Mutex::new(Dice::new(dice.roll()));
    let desk = Desk::new(
        &store,
        || Moment::new(clock.now().fixed_offset()).expect("a moment"),
        || Uuid::from_u128(ids.lock().unwrap_or_else(PoisonError::into_inner).wide()),
    );
    let mut office = Office {
        setting,
        town: Town::new(Dice::new(dice.roll()), clock.clone()),
        dice,
        reads,
        intents: Vec::new(),
        report: Report::default(),
    };
    let outcome = office.play(&desk, &store, &engine, rough);
    office.report.injected = store.sim().injected();
    office.report.setbacks = clock.setbacks();
    for event in store.sim().trace() {
        let overtaken = matches!(
            event,
            Event::Call { outcome: Some(Err(StoreErrorKind::Conflict | StoreErrorKind::NotUnique)), .. }
        );
        office.report.overtaken += u64::from(overtaken);
        office.report.landed += u64::from(event == Event::Landed(Ok(())));
    }
    match outcome {
        Ok(()) => Ok(office.report),
        Err(fault) => Err(office.story(&fault, &store)),
    }
}

impl Office {
    fn play(&mut self, desk: &Desk<'_>, store: &SimStore<'_>, engine: &MemoryStore, rough: Plan) -> Result<(), String> {
        for (act, actor) in self.town.foundation() {
            let intent = self.intend(act, actor);
            let call = self.send(desk, intent);
            self.take(engine, now(call.future))?;
        }
        store.sim().change(rough);
        let broken = self.setting.broken.map(|how| Broken::new(how, self.setting.seed));
        let desk = &broken.map_or_else(|| desk.clone(), |broken| desk.layered(broken));
        self.work(desk, store, engine)?;

        // Quiet: nothing is on its way any more. Half of what nobody knows is settled by sending it again.
        store.sim().change(Plan::calm(0));
        now(store.settle());
        audit(engine, &self.intents, self.reads)?;
        for place in 0..self.intents.len() {
            if self.intents[place].fate() == Fate::Open && self.dice.happens(500) {
                let call = self.send(desk, place);
                self.take(engine, now(call.future))?;
                let last = self.intents[place].endings.last();
                if !matches!(last, Some(Ending::Done(_) | Ending::Refused(_)))
                    && last != Some(&Ending::Failed(StoreErrorKind::CommandReused))
                {
                    return Err(format!("not settled by the same command: {}", self.intents[place].story()));
                }
            }
        }
        audit(engine, &self.intents, self.reads)
    }

    /// Clerks in several lanes, one of which goes on at a time.
    fn work(&mut self, desk: &Desk<'_>, store: &SimStore<'_>, engine: &MemoryStore) -> Result<(), String> {
        let mut lanes: Vec<Option<Call<'_>>> = Vec::new();
        lanes.resize_with(usize::try_from(1 + self.dice.below(4)).expect("few"), || None);
        while self.report.steps < self.setting.steps {
            if self.dice.happens(80) {
                store.sim().restart();
            }
            let place = usize::try_from(self.dice.below(lanes.len() as u64)).expect("few");
            let Some(call) = lanes[place].as_mut() else {
                let busy: Vec<usize> = lanes.iter().flatten().filter_map(|call| call.intent).collect();
                lanes[place] = Some(self.begin(desk, &busy));
                continue;
            };
            if self.dice.happens(3) {
                if let Some(intent) = call.intent {
                    self.intents[intent].endings.push(Ending::Dropped);
                    self.report.dropped += 1;
                }
                lanes[place] = None;
                self.report.steps += 1;
            } else if let Poll::Ready(outcome) = call.future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                lanes[place] = None;
                self.report.steps += 1;
                self.take(engine, outcome)?;
            }
        }
        for call in lanes.into_iter().flatten() {
            if let Some(intent) = call.intent {
                self.intents[intent].endings.push(Ending::Dropped);
            }
        }
        Ok(())
    }

    /// Something new, something again, or a question.
    fn begin<'d>(&mut self, desk: &'d Desk<'d>, busy: &[usize]) -> Call<'d> {
        if self.dice.happens(80) {
            return self.ask(desk);
        }
        let again = |intent: &Intent, dice: &mut Dice| match intent.endings.last() {
            Some(Ending::Failed(StoreErrorKind::CommandReused)) | None => false,
            Some(Ending::Failed(_) | Ending::Dropped | Ending::Conflict) => dice.happens(400),
            Some(Ending::Done(_) | Ending::Refused(_)) => dice.happens(5),
        };
        let recent = self.intents.len().saturating_sub(12);
        for place in recent..self.intents.len() {
            if !busy.contains(&place) && again(&self.intents[place], &mut self.dice) {
                return self.send(desk, place);
            }
        }
        let (act, actor) = self.town.next();
        let intent = self.intend(act, actor);
        self.send(desk, intent)
    }

    fn intend(&mut self, act: Act, actor: Actor) -> usize {
        self.intents.push(Intent { act: Arc::new(act), actor, ids: Vec::new(), endings: Vec::new() });
        self.intents.len() - 1
    }

    fn send<'d>(&mut self, desk: &'d Desk<'d>, place: usize) -> Call<'d> {
        let id = CommandId::new(Uuid::from_u128(self.dice.wide() | 1));
        let intent = &mut self.intents[place];
        if intent.ids.is_empty() || self.setting.client == Client::Sloppy && intent.fate() == Fate::Open {
            intent.ids.push(id);
        }
        let id = *intent.ids.last().expect("an id");
        let (act, actor) = (Arc::clone(&intent.act), intent.actor.clone());
        let future = Box::pin(async move { Outcome::Command(place, act.run(desk, &actor, id).await) });
        Call { intent: Some(place), future }
    }

    fn ask<'d>(&mut self, desk: &'d Desk<'d>) -> Call<'d> {
        self.report.questions += 1;
        let (team, actor) = self.town.asker();
        let which = self.dice.below(4);
        let trail = self.town.some_trail();
        let future = Box::pin(async move {
            Outcome::Question(match (which, trail) {
                (0, Some((trail, owner))) => desk.ask(&owner, &ReadTrail { trail }).await.map(drop),
                (1, Some((trail, owner))) => desk.ask(&owner, &TrailHistory::first(trail, Limit::MAX)).await.map(drop),
                (2, _) => desk.ask(&actor, &PortfolioPhases { team }).await.map(drop),
                _ => {
                    let page = PageRequest::first(Limit::new(2));
                    desk.ask(&actor, &Portfolio { team, phase: None, page }).await.map(drop)
                }
            })
        });
        Call { intent: None, future }
    }

    /// Takes in how a call came out, and compares it with the engine at once.
    fn take(&mut self, engine: &MemoryStore, outcome: Outcome) -> Result<(), String> {
        let (place, outcome) = match outcome {
            Outcome::Question(Ok(()) | Err(Error::Rejected(_))) => return Ok(()),
            Outcome::Question(Err(Error::Store(error))) if error.retry() == Retry::AfterPause => return Ok(()),
            Outcome::Question(Err(error)) => return Err(format!("a question was answered by {error}")),
            Outcome::Command(place, outcome) => (place, outcome),
        };
        let before = self.intents[place].fate();
        let ending = Ending::of(outcome)?;
        self.count(place, &ending);
        self.intents[place].endings.push(ending.clone());
        let intent = &self.intents[place];
        let id = *intent.ids.last().expect("an id");
        let found = stamp(engine, id);
        let fault = match (&before, &ending) {
            (_, Ending::Done(receipt))
                if found.as_ref().map(StoredStamp::receipt) != Some(&receipt.clone().replayed()) =>
            {
                "acknowledged, and not there"
            }
            (Fate::Done(first), Ending::Done(receipt)) if receipt != first => "answered otherwise the second time",
            (_, Ending::Failed(StoreErrorKind::CommandReused))
                if found.as_ref().is_none_or(|it| it.fingerprint().is_some()) =>
            {
                "taken for another command"
            }
            (Fate::Done(_), Ending::Refused(_) | Ending::Conflict) if self.reads == Reads::Current => {
                "done, and then refused"
            }
            (Fate::Undone, Ending::Refused(_) | Ending::Conflict) if found.is_some() => "refused, and done",
            _ => {
                if let (Ending::Done(_), false) = (&ending, matches!(before, Fate::Done(_))) {
                    let (act, actor) = (Arc::clone(&intent.act), intent.actor.clone());
                    self.town.learn(&act, &actor);
                }
                return Ok(());
            }
        };
        Err(format!("{fault}: {}", intent.story()))
    }

    fn count(&mut self, place: usize, ending: &Ending) {
        let report = &mut self.report;
        match ending {
            Ending::Done(receipt) => {
                *report.done.entry(self.intents[place].act.name()).or_default() += 1;
                report.replayed += u64::from(receipt.replay() == Replay::Again);
            }
            Ending::Refused(code) => *report.refused.entry(code).or_default() += 1,
            Ending::Conflict => report.conflicts += 1,
            Ending::Failed(StoreErrorKind::Unknown) => report.unknown += 1,
            Ending::Failed(_) => report.failed += 1,
            Ending::Dropped => report.dropped += 1,
        }
    }

    /// What went wrong, and the end of what led to it.
    fn story(&self, fault: &str, sim: &SimStore<'_>) -> String {
        let mut story = format!("episode {}: {fault}\n", self.setting.seed);
        let trace = sim.sim().trace();
        for event in trace.iter().skip(trace.len().saturating_sub(60)) {
            let _ = writeln!(story, "{event}");
        }
        for intent in self.intents.iter().skip(self.intents.len().saturating_sub(12)) {
            let _ = writeln!(story, "{}", intent.story());
        }
        let _ = writeln!(story, "To see it again: WORKTRAIL_SIM_SEED={} WORKTRAIL_SIM_STEPS=1", self.setting.seed);
        story
    }
}
