//! The state that the wrappers of one simulation share: the plan, whether the store is up, what is on its way.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::dice::Dice;
use super::plan::{Fault, Plan};
use super::store::SimStore;
use super::trace::{Event, Verb};
use crate::store::{Batch, Bell, Layer, Store, StoreError, StoreErrorKind};

/// Lays a plan of faults over a store. Clones share the plan, the count of calls and what has happened.
///
/// Over a store of your own it injects everything but stale reads, which need a [`SimStore`]. A commit that is late
/// lands through whichever store of this layer is called next: lay it over one store at a time.
#[derive(Debug, Clone)]
pub struct SimLayer {
    state: Arc<Mutex<State>>,
    /// Rung when the store goes down.
    outage: Arc<Bell>,
}

#[derive(Debug)]
struct State {
    plan: Plan,
    dice: Dice,
    calls: u64,
    crashes: u64,
    health: Health,
    late: Vec<Batch>,
    landing: Vec<Batch>,
    injected: BTreeMap<Fault, u64>,
    trace: VecDeque<Event>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Health {
    Up,
    Down,
}

/// A call that has begun.
#[derive(Debug)]
pub(super) struct Call {
    number: u64,
    crashes: u64,
    pub(super) verb: Verb,
    pub(super) fault: Option<Fault>,
    pub(super) hesitation: u64,
    /// A number of this call's own, to decide by.
    pub(super) lot: u64,
    told: bool,
    sim: SimLayer,
}

/// The most events that a trace remembers; the oldest go first.
const TRACE: usize = 20_000;

impl SimLayer {
    /// The layer of a plan.
    #[must_use]
    pub fn new(plan: Plan) -> Self {
        let dice = Dice::new(plan.seed());
        let state = State {
            plan,
            dice,
            calls: 0,
            crashes: 0,
            health: Health::Up,
            late: Vec::new(),
            landing: Vec::new(),
            injected: BTreeMap::new(),
            trace: VecDeque::new(),
        };
        Self { state: Arc::new(Mutex::new(state)), outage: Arc::default() }
    }

    /// Replaces the plan, from the next call on. The numbers go on as they were: the seed of the new plan is not used.
    pub fn change(&self, plan: Plan) {
        self.lock().plan = plan;
    }

    /// Takes the store down, as [`Fault::Crash`] does. Each commit that was on its way is kept or lost.
    pub fn crash(&self) {
        self.lock().crash();
        self.outage.ring_all();
    }

    /// Starts the store again after a crash.
    pub fn restart(&self) {
        let mut state = self.lock();
        if state.health == Health::Down {
            state.health = Health::Up;
            state.note(Event::Restarted);
        }
    }

    /// How many calls were made.
    #[must_use]
    pub fn calls(&self) -> u64 {
        self.lock().calls
    }

    /// How often each fault struck. A run for which this is empty has tested nothing.
    #[must_use]
    pub fn injected(&self) -> BTreeMap<Fault, u64> {
        self.lock().injected.clone()
    }

    /// What happened, call by call; of a very long run, its end.
    #[must_use]
    pub fn trace(&self) -> Vec<Event> {
        self.lock().trace.iter().copied().collect()
    }

    /// Begins a call, or fails it because the store is down.
    pub(super) fn begin(&self, verb: Verb) -> Result<Call, StoreError> {
        let mut state = self.lock();
        state.calls += 1;
        let number = state.calls;
        if state.health == Health::Down {
            let unknown = verb.writes() && state.dice.happens(300);
            let kind = if unknown { StoreErrorKind::Unknown } else { StoreErrorKind::Unavailable };
            state.note(Event::Call { call: number, verb, fault: None, delay: 0, outcome: Some(Err(kind)) });
            return Err(StoreError::new(kind, "the simulated store is down"));
        }
        let State { plan, dice, .. } = &mut *state;
        let fault = plan.draw(number, verb, dice);
        let hesitation = plan.hesitation(number, dice);
        let lot = dice.roll();
        for struck in fault.into_iter().chain((hesitation > 0).then_some(Fault::Delay)) {
            *state.injected.entry(struck).or_default() += 1;
        }
        let crashes = state.crashes;
        Ok(Call { number, crashes, verb, fault, hesitation, lot, told: false, sim: self.clone() })
    }

    /// A commit is on its way and its caller no longer waits.
    pub(super) fn send_late(&self, batch: Batch) {
        self.lock().late.push(batch);
    }

    /// A late commit that arrives now, before the next call. None may arrive while the store is down.
    pub(super) fn arriving(&self) -> Option<Batch> {
        let mut state = self.lock();
        if state.health == Health::Down {
            return None;
        }
        let arrived = state.landing.pop();
        if arrived.is_some() || state.late.is_empty() || state.dice.happens(500) {
            return arrived;
        }
        let waiting = u64::try_from(state.late.len()).unwrap_or(u64::MAX);
        let which = usize::try_from(state.dice.below(waiting)).unwrap_or_default();
        let batch = state.late.swap_remove(which);
        if state.dice.happens(250) {
            state.note(Event::Vanished);
            return None;
        }
        Some(batch)
    }

    /// Nothing that was late will arrive any more but what is given back here.
    pub(super) fn last_arrivals(&self) -> Vec<Batch> {
        let mut state = self.lock();
        let late = std::mem::take(&mut state.late);
        let mut arrived = std::mem::take(&mut state.landing);
        for batch in late {
            state.keep_or_lose(batch, &mut arrived);
        }
        arrived
    }

    /// What rings when the store goes down.
    pub(super) fn outage(&self) -> &Bell {
        &self.outage
    }

    pub(super) fn note(&self, event: Event) {
        self.lock().note(event);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Layer for SimLayer {
    fn over<'s>(&self, inner: Arc<dyn Store + 's>) -> Arc<dyn Store + 's> {
        Arc::new(SimStore::over(self.clone(), inner))
    }
}

impl State {
    fn crash(&mut self) {
        if self.health == Health::Down {
            return;
        }
        self.health = Health::Down;
        self.crashes += 1;
        self.note(Event::Crashed);
        // What the engine had already taken in is there after the restart, before anything else.
        let mut kept = std::mem::take(&mut self.landing);
        for batch in std::mem::take(&mut self.late) {
            self.keep_or_lose(batch, &mut kept);
        }
        self.landing = kept;
    }

    fn keep_or_lose(&mut self, batch: Batch, kept: &mut Vec<Batch>) {
        if self.dice.happens(500) {
            kept.push(batch);
        } else {
            self.note(Event::Vanished);
        }
    }

    fn note(&mut self, event: Event) {
        if self.trace.len() >= TRACE {
            self.trace.pop_front();
        }
        self.trace.push_back(event);
    }
}

impl Call {
    /// Whether the store went down since the call began.
    pub(super) fn was_cut_off(&self) -> bool {
        self.sim.lock().crashes != self.crashes
    }

    /// Answers the call.
    pub(super) fn end<T>(mut self, outcome: Result<T, StoreError>) -> Result<T, StoreError> {
        let kind = outcome.as_ref().map(|_| ()).map_err(StoreError::kind);
        self.tell(Some(kind));
        outcome
    }

    fn tell(&mut self, outcome: Option<Result<(), StoreErrorKind>>) {
        self.told = true;
        let Self { number, verb, fault, hesitation, .. } = *self;
        self.sim.note(Event::Call { call: number, verb, fault, delay: hesitation, outcome });
    }
}

/// A caller that goes away leaves a line in the trace.
impl Drop for Call {
    fn drop(&mut self) {
        if !self.told {
            self.tell(None);
        }
    }
}
