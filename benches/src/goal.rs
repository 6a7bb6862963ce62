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

/// Why a goal cannot be met yet, as far as a profile tells.
#[must_use]
pub fn reason(engine: Engine, against: Against, work: &str) -> Option<&'static str> {
    let meant = |it: &&(Engine, Against, &str, &str)| (it.0, it.1, it.2) == (engine, against, work);
    REASONS.iter().find(meant).map(|it| it.3)
}

const REASONS: &[(Engine, Against, &str, &str)] = &[
    (Engine::PostgresLocal, Against::ByHand, "act", PAGES),
    (Engine::PostgresLocal, Against::Peer, "act", PAGES),
    (Engine::PostgresLocal, Against::ByHand, "open", ROUNDS),
    (Engine::PostgresLocal, Against::ByHand, "portfolio", CHECKS),
    (Engine::PostgresFar, Against::ByHand, "act", TRIPS),
    (Engine::PostgresFar, Against::ByHand, "open", ROUNDS),
    (Engine::PostgresFar, Against::ByHand, "portfolio", CHECKS),
    (Engine::Sled, Against::Floor, "act", THREAD),
    (Engine::Sled, Against::ByHand, "act", THREAD),
];

const PAGES: &str = "the server shares these processors with its callers, so processor time decides, and six tenths of an \
    act's are the server's: foremost the entries that a changed row gets in each of the trail's indexes, with or without a \
    group. What would help: processors of its own for the server, or fewer indexes over trails";
const ROUNDS: &str = "a question asks the store in two rounds, for the trail with its participant and for what the actor may \
    see, where a join by hand asks once; many callers share the rounds, a lone one does not. What would help: questions \
    that ask for both at once";
const CHECKS: &str = "a question asks the store in five rounds where a join by hand asks once, and of each of forty records \
    the digest is checked and every column decoded, where by hand it is the body alone. What would help: questions that \
    ask in fewer rounds, and records that are decoded once";
const TRIPS: &str = "an act is four round trips, for the trail, for what the actor may do, and two for the commit, to six by \
    hand; a tenant's groups follow one another, two round trips each, while by hand ten connections work side by side. \
    What would help: the desk asking for both at once";
const THREAD: &str = "one thread makes every call of sled, and so reads for the callers and for the judge before it writes; \
    with 256 callers three quarters of the processor time are its own. What would help: readings on threads of their own";

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
        for (engine, against, work, _) in REASONS {
            assert!(
                GOALS.iter().any(|goal| (goal.engine, goal.against, goal.work.name()) == (*engine, *against, *work))
            );
        }
        assert_eq!(at_least(Engine::Sqlite, Against::ByHand, Work::Act, 256), Some(3.0));
        assert_eq!(at_least(Engine::Sled, Against::Peer, Work::Act, 64), None);
    }
}
