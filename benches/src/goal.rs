//! The goals, as data: what our side must come to, by engine, work, callers and whom it is compared with.

use serde::Serialize;

use crate::subject::Work;

/// An engine with the way to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Engine {
    /// SQLite in a file.
    Sqlite,
    /// PostgreSQL over a local socket.
    PostgresLocal,
    /// PostgreSQL a millisecond away, there and back.
    PostgresFar,
    /// sled in a directory.
    Sled,
}

/// Whom we are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// What the engine does at best with the same bytes.
    Floor,
    /// What a good developer writes by hand.
    ByHand,
    /// An event store with an up-to-date list.
    Peer,
    /// Ours again: how far that lies from one is noise.
    Itself,
}

/// Throughput, ours through theirs, must be at least this.
#[derive(Debug, Clone, Copy)]
struct Goal {
    engine: Engine,
    against: Against,
    work: Work,
    callers: &'static [usize],
    at_least: f64,
}

const fn goal(engine: Engine, against: Against, work: Work, callers: &'static [usize], at_least: f64) -> Goal {
    Goal { engine, against, work, callers, at_least }
}

const GOALS: &[Goal] = &[
    goal(Engine::Sqlite, Against::Floor, Work::Act, &[64, 256], 0.6),
    goal(Engine::PostgresLocal, Against::Floor, Work::Act, &[64, 256], 0.6),
    goal(Engine::Sled, Against::Floor, Work::Act, &[64, 256], 0.5),
    goal(Engine::Sqlite, Against::ByHand, Work::Act, &[1], 0.8),
    goal(Engine::PostgresLocal, Against::ByHand, Work::Act, &[1], 0.8),
    goal(Engine::PostgresFar, Against::ByHand, Work::Act, &[1], 1.8),
    goal(Engine::Sled, Against::ByHand, Work::Act, &[1], 0.8),
    goal(Engine::Sqlite, Against::ByHand, Work::Act, &[64], 2.5),
    goal(Engine::PostgresLocal, Against::ByHand, Work::Act, &[64], 2.0),
    goal(Engine::PostgresFar, Against::ByHand, Work::Act, &[64], 3.0),
    goal(Engine::Sled, Against::ByHand, Work::Act, &[64], 3.0),
    goal(Engine::Sqlite, Against::ByHand, Work::Act, &[256], 3.0),
    goal(Engine::PostgresLocal, Against::ByHand, Work::Act, &[256], 3.0),
    goal(Engine::PostgresFar, Against::ByHand, Work::Act, &[256], 5.0),
    goal(Engine::Sled, Against::ByHand, Work::Act, &[256], 4.0),
    goal(Engine::Sqlite, Against::Peer, Work::Act, &[64], 3.0),
    goal(Engine::PostgresLocal, Against::Peer, Work::Act, &[64], 4.0),
    goal(Engine::Sqlite, Against::ByHand, Work::Open, &[1, 64], 0.8),
    goal(Engine::Sqlite, Against::ByHand, Work::Portfolio, &[1, 64], 0.8),
    goal(Engine::PostgresLocal, Against::ByHand, Work::Open, &[1], 0.8),
    goal(Engine::PostgresLocal, Against::ByHand, Work::Portfolio, &[1], 0.8),
    goal(Engine::PostgresLocal, Against::ByHand, Work::Open, &[64], 1.5),
    goal(Engine::PostgresLocal, Against::ByHand, Work::Portfolio, &[64], 1.5),
    goal(Engine::PostgresFar, Against::ByHand, Work::Open, &[1, 64], 1.0),
    goal(Engine::PostgresFar, Against::ByHand, Work::Portfolio, &[1, 64], 1.0),
];

/// The goal for a comparison, where there is one.
#[must_use]
pub fn at_least(engine: Engine, against: Against, work: Work, callers: usize) -> Option<f64> {
    let meant = |goal: &&Goal| {
        (goal.engine, goal.against, goal.work) == (engine, against, work) && goal.callers.contains(&callers)
    };
    GOALS.iter().find(meant).map(|goal| goal.at_least)
}

/// The most that a piece of work may take at a million trails, through what it takes at ten thousand.
#[must_use]
pub const fn growth(engine: Engine) -> f64 {
    match engine {
        Engine::Sqlite | Engine::PostgresLocal | Engine::PostgresFar => 1.5,
        Engine::Sled => 2.0,
    }
}

/// Decisions a second on one core, at least: with what is decided written down, and without.
pub const DECISIONS: [(&str, f64); 2] = [("decide", 1_000_000.0), ("decide and write down", 200_000.0)];

impl Engine {
    /// Its name in the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::PostgresLocal => "PostgreSQL, local socket",
            Self::PostgresFar => "PostgreSQL, 1 ms a round trip",
            Self::Sled => "sled",
        }
    }
}

impl Against {
    /// Its name in the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Floor => "floor",
            Self::ByHand => "by hand",
            Self::Peer => "peer",
            Self::Itself => "itself",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_comparison_has_two_goals() {
        for (place, one) in GOALS.iter().enumerate() {
            for other in &GOALS[place + 1..] {
                let same = (one.engine, one.against, one.work) == (other.engine, other.against, other.work);
                assert!(
                    !same || one.callers.iter().all(|callers| !other.callers.contains(callers)),
                    "{one:?} {other:?}"
                );
            }
        }
        assert_eq!(at_least(Engine::Sqlite, Against::ByHand, Work::Act, 256), Some(3.0));
        assert_eq!(at_least(Engine::Sled, Against::Peer, Work::Act, 64), None);
    }
}
