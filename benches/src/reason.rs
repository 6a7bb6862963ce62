//! Why goals are not met: what profiles say, and what the floor says that was measured in the same run.

use crate::goal::{Against, Engine};
use crate::report::Line;

/// What stands where a reason should.
pub(crate) const UNKNOWN: &str = "no reason is known";

/// Why a goal cannot be met yet, as far as a profile tells.
#[must_use]
pub fn reason(engine: Engine, against: Against, work: &str, callers: usize) -> Option<&'static str> {
    let meant =
        |it: &&Reason| (it.engine, it.against, it.work) == (engine, against, work) && it.callers.contains(&callers);
    REASONS.iter().find(meant).map(|it| it.why)
}

/// The same for what is measured alone, by how its description begins.
#[must_use]
pub fn reason_alone(what: &str) -> Option<&'static str> {
    what.starts_with("decide and write down").then_some(TEXT)
}

/// What the engine itself came to with the rows of an act and nothing else, through what theirs came to, where both were
/// measured in this run; and whether the goal is within that.
#[must_use]
pub fn beside_the_floor(line: &Line, lines: &[Line]) -> Option<String> {
    let same = |it: &&Line| (it.engine, it.work, it.callers) == (line.engine, line.work, line.callers);
    let floor = lines.iter().filter(|it| it.against == Against::Floor).find(same)?;
    if line.against == Against::Floor {
        return None;
    }
    let (floor, theirs, goal) = (floor.pair.theirs.median, line.pair.theirs.median, line.goal?);
    let times = floor / theirs;
    let within = if times < goal {
        "the goal lies above what the engine reaches with these rows when nothing is loaded, decided, judged or verified"
    } else {
        "the goal lies below that"
    };
    let against = line.against.name();
    Some(format!(
        "In this run the floor comes to {floor:.0} a second and {against} to {theirs:.0}, {times:.1} times: {within}"
    ))
}

struct Reason {
    engine: Engine,
    against: Against,
    work: &'static str,
    callers: &'static [usize],
    why: &'static str,
}

const fn because(
    engine: Engine,
    against: Against,
    work: &'static str,
    callers: &'static [usize],
    why: &'static str,
) -> Reason {
    Reason { engine, against, work, callers, why }
}

const REASONS: &[Reason] = &[
    because(Engine::Sqlite, Against::ByHand, "act", &[1], READ_TWICE),
    because(Engine::Sqlite, Against::ByHand, "act", &[64, 256], ONE_WRITER),
    because(Engine::Sqlite, Against::Peer, "act", &[64], ONE_WRITER),
    because(Engine::Sqlite, Against::Floor, "act", &[64, 256], BARE),
    because(Engine::Sqlite, Against::ByHand, "open", &[1, 64], CHECKS),
    because(Engine::Sqlite, Against::ByHand, "portfolio", &[1, 64], CALLS),
    because(Engine::PostgresLocal, Against::Floor, "act", &[64, 256], BARE),
    because(Engine::PostgresLocal, Against::ByHand, "act", &[1], PLANS),
    because(Engine::PostgresLocal, Against::ByHand, "act", &[64, 256], PAGES),
    because(Engine::PostgresLocal, Against::Peer, "act", &[64], PAGES),
    because(Engine::PostgresLocal, Against::ByHand, "open", &[1, 64], CHECKS),
    because(Engine::PostgresLocal, Against::ByHand, "portfolio", &[1, 64], CALLS),
    because(Engine::PostgresFar, Against::ByHand, "act", &[1], PLANS),
    because(Engine::PostgresFar, Against::ByHand, "act", &[64, 256], FOLLOWING),
    because(Engine::PostgresFar, Against::ByHand, "open", &[1, 64], ROUNDS),
    because(Engine::PostgresFar, Against::ByHand, "portfolio", &[1, 64], ROUNDS),
    because(Engine::Sled, Against::Floor, "act", &[64, 256], BARE),
    because(Engine::Sled, Against::ByHand, "act", &[1], FLUSHES),
    because(Engine::Sled, Against::ByHand, "act", &[64, 256], LEAVES),
];

const TEXT: &str = "eight tenths of it are `serde_json`, which writes the trail and reads it again, foremost its strings, \
    byte by byte; deciding is a tenth. What would help: a smaller body, with the wish and the goal as records of their own";
const READ_TWICE: &str = "ours reads for the decision and again for the judge, on another connection's thread, and verifies \
    the digest of each record both times; by hand reads once, in the transaction, and verifies nothing. What would help: a \
    writer that need not read again what was read for the decision";
const ONE_WRITER: &str = "six tenths of ours is the engine's own thread, which writes pages, brings the log home and searches \
    trees, and a group saves it flushes and little else; theirs takes more processor time an act, but waits on one \
    connection and leaves a processor idle, where ours already uses both and drives the callers with them. What would help: \
    more processors than the callers use themselves";
const CALLS: &str = "by hand it is one statement that gives two columns a line; ours asks in four calls (what the actor may see, \
    who is hidden from them, the page, the people on it), reads every column of each record and verifies its digest, so that \
    damage is `Corrupt` and never a wrong answer. What would help: a page that brings along what its records hang on";
const BARE: &str = "the floor writes the rows of an act and does nothing else: ours loads them first, decides, judges what it \
    has read, makes the digests of what it writes and verifies those of what it reads, and answers every caller by itself, \
    on the processors that the engine works on too. What would help: processors of its own for the engine";
const PAGES: &str = "the server shares these processors with its callers, so processor time decides: with 64 callers six \
    tenths of it are the server's, foremost the entries that a changed row gets in each of the trail's indexes (a sixth), \
    and a group saves trips and flushes, not that. What would help: processors of its own for the server, or fewer indexes \
    over trails";
const CHECKS: &str = "by hand it is one join that gives the bodies alone; ours reads and decodes every column of each record and \
    verifies its digest, so that damage is `Corrupt` and never a wrong answer. What would help: records that are decoded \
    once";
const PLANS: &str = "by hand sends five small statements, ours two of many parts: the server takes a ninth of its processor time \
    to start their plans and a ninth to read the constraints on columns, which it does anew for each statement; and ours \
    writes the head and the participant's child revision besides. What would help: tables without constraints on columns, \
    whose work the digests do";
const ROUNDS: &str = "by hand it is one join; ours asks in rounds, since who may see what hangs on what is found, and each round \
    is a trip. What would help: questions that ask in fewer rounds";
const FOLLOWING: &str = "a tenant's groups follow one another, since each begins where the one before ended, while by hand ten \
    connections work side by side. What would help: larger groups, or callers of several tenants";
const FLUSHES: &str = "both wait for sled's flush and an fsync; beside that ours goes to a thread and back for each load and for \
    the commit, where by hand one thread does it all, and has sled move pages together 25 times a second, so that what that \
    frees is safe before it is written over, where by hand it is twice. What would help: a decision that loads in fewer \
    rounds";
const LEAVES: &str = "more than half of an act's processor time is sled's own: it copies a leaf for each key that is set or \
    removed, nine for an act, splits leaves of sixteen keys and moves pages together, and a group saves it flushes, not \
    that; and one thread commits, since each act of a tenant follows the one before. What would help: an engine that sorts \
    a group's changes by the page";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::Figures;
    use crate::goal::at_least;
    use crate::pair::Pair;
    use crate::subject::Work;

    #[test]
    fn each_reason_is_for_a_goal_and_each_goal_has_one() {
        let works = [Work::Act, Work::Open, Work::Portfolio, Work::Counts, Work::Follow];
        for engine in [Engine::Sqlite, Engine::PostgresLocal, Engine::PostgresFar, Engine::Sled] {
            for against in [Against::Floor, Against::ByHand, Against::Peer, Against::Itself] {
                for (work, callers) in works.iter().flat_map(|work| [1, 8, 64, 256].map(|callers| (*work, callers))) {
                    let goal = at_least(engine, against, work, callers).is_some();
                    let has_one = reason(engine, against, work.name(), callers).is_some();
                    assert_eq!(goal, has_one, "{engine:?} {against:?} {work:?} {callers}");
                }
            }
        }
    }

    fn line(against: Against, theirs: f64, goal: f64) -> Line {
        let figures = |figure| Figures::of([figure]);
        let pair = Pair {
            ours: figures(1.0),
            theirs: figures(theirs),
            ratio: figures(1.0 / theirs),
            our_processor: figures(1.0),
            their_processor: figures(1.0),
        };
        Line {
            engine: Engine::Sled,
            work: "act",
            callers: 64,
            against,
            them: String::new(),
            our_durability: String::new(),
            their_durability: String::new(),
            round_trip: figures(1.0),
            pair,
            goal: Some(goal),
        }
    }

    #[test]
    fn whether_a_goal_is_within_the_engine_follows_from_the_run() {
        let lines = [line(Against::ByHand, 2_000.0, 3.0), line(Against::Floor, 4_000.0, 0.5)];
        let said = beside_the_floor(&lines[0], &lines).unwrap();
        assert!(said.contains("4000 a second and by hand to 2000, 2.0 times: the goal lies above"), "{said}");
        let said = beside_the_floor(&line(Against::ByHand, 1_000.0, 3.0), &lines).unwrap();
        assert!(said.contains("1000, 4.0 times: the goal lies below"), "{said}");
        assert_eq!(beside_the_floor(&lines[1], &lines), None, "beside itself");
        assert_eq!(beside_the_floor(&lines[0], &lines[..1]), None, "without a floor");
    }
}
