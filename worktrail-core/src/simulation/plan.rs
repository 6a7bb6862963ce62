//! Which faults strike, and how often.

use std::collections::BTreeMap;
use std::fmt;

use super::dice::Dice;
use super::trace::Verb;

/// What can happen to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// `Busy`: nothing was done.
    Busy,
    /// `Unavailable`: nothing was done.
    Unavailable,
    /// `Unknown`, and nothing was done: the request was lost.
    Lost,
    /// `Unknown`, and it was done: the answer was lost.
    Unanswered,
    /// `Unknown`, and the request is still on its way: it is done before some later call, or never.
    Late,
    /// A read that answers from an earlier state of the store.
    Stale,
    /// The store goes down before or after doing what was asked, and stays down until it is started again. What was
    /// on its way may be kept or lost; what was acknowledged is kept.
    Crash,
    /// The answer takes several polls. Comes beside any of the others.
    Delay,
}

impl Fault {
    /// Every fault.
    pub const ALL: [Self; 8] = [
        Self::Busy,
        Self::Unavailable,
        Self::Lost,
        Self::Unanswered,
        Self::Late,
        Self::Stale,
        Self::Crash,
        Self::Delay,
    ];

    /// Whether a call of this verb can be struck by it.
    #[must_use]
    pub const fn strikes(self, verb: Verb) -> bool {
        match self {
            Self::Busy | Self::Unavailable | Self::Crash | Self::Delay => true,
            Self::Lost | Self::Unanswered | Self::Late => verb.writes(),
            // Who waits upon the past waits for ever.
            Self::Stale => !verb.writes() && !matches!(verb, Verb::Watch),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Busy => "busy",
            Self::Unavailable => "unavailable",
            Self::Lost => "lost",
            Self::Unanswered => "unanswered",
            Self::Late => "late",
            Self::Stale => "stale",
            Self::Crash => "crash",
            Self::Delay => "delay",
        })
    }
}

/// A plan of faults: a seed, how often in a thousand calls each fault strikes, and calls that are struck for certain.
#[derive(Debug, Clone)]
pub struct Plan {
    seed: u64,
    rates: BTreeMap<Fault, u16>,
    certain: BTreeMap<u64, Fault>,
}

impl Plan {
    /// No faults at all.
    #[must_use]
    pub const fn calm(seed: u64) -> Self {
        Self { seed, rates: BTreeMap::new(), certain: BTreeMap::new() }
    }

    /// Every fault, each now and then: about one call in five is struck.
    #[must_use]
    pub fn rough(seed: u64) -> Self {
        Self::calm(seed)
            .with(Fault::Busy, 30)
            .with(Fault::Unavailable, 30)
            .with(Fault::Lost, 40)
            .with(Fault::Unanswered, 40)
            .with(Fault::Late, 40)
            .with(Fault::Stale, 60)
            .with(Fault::Crash, 10)
            .with(Fault::Delay, 100)
    }

    /// Makes a fault strike so many in a thousand calls of the verbs that it can strike. The faults of one verb,
    /// apart from delay, share the thousand: at most one strikes a call.
    #[must_use]
    pub fn with(mut self, fault: Fault, per_mille: u16) -> Self {
        self.rates.insert(fault, per_mille);
        self
    }

    /// Makes a fault strike one call for certain, counted from 1, if it can strike the verb of that call.
    #[must_use]
    pub fn at(mut self, call: u64, fault: Fault) -> Self {
        self.certain.insert(call, fault);
        self
    }

    /// The seed.
    #[must_use]
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// What strikes a call, apart from delay.
    pub(super) fn draw(&self, call: u64, verb: Verb, dice: &mut Dice) -> Option<Fault> {
        if let Some(certain) = self.certain.get(&call).filter(|fault| fault.strikes(verb)) {
            return Some(*certain).filter(|fault| *fault != Fault::Delay);
        }
        let mut point = dice.below(1_000);
        for (fault, rate) in &self.rates {
            let rate = u64::from(*rate);
            if *fault == Fault::Delay || !fault.strikes(verb) {
                continue;
            }
            if point < rate {
                return Some(*fault);
            }
            point -= rate;
        }
        None
    }

    /// For how many polls a call hesitates.
    pub(super) fn hesitation(&self, call: u64, dice: &mut Dice) -> u64 {
        let certain = self.certain.get(&call) == Some(&Fault::Delay);
        let rate = self.rates.get(&Fault::Delay).copied().unwrap_or_default();
        if certain || dice.happens(rate) { 1 + dice.below(4) } else { 0 }
    }
}
