//! Histories made by hand: a good one, and bad ones that differ from it in one thing each. They check the check.

use worktrail_core::store::{Expect, Revision};

use super::check::Fault;
use super::{History, Moment, Operation, Outcome, PARTS, Place, Seen, Told, What};

/// A history that no store may have.
#[derive(Debug)]
pub struct Bad {
    /// What is bad about it.
    pub name: &'static str,
    /// What the check must say.
    pub fault: Fault,
    /// The history.
    pub history: History,
}

/// A good history: three commits, a refusal, two lost answers of which one was done, readings and pages between them.
#[must_use]
pub fn good() -> History {
    let mut history = History::default();
    history.commit(1, (1, 4), &[0], Expect::Absent, done(1));
    history.read((2, 3), &[(0, None)]);
    history.commit(2, (5, 8), &[0, 1], at(1), done(2));
    history.commit(3, (6, 9), &[2], Expect::Any, done(3));
    history.commit(4, (10, 12), &[0], at(1), Outcome::Conflict);
    history.read((11, 15), &[(0, Some((2, 2))), (1, Some((2, 2)))]);
    history.commit(5, (13, 20), &[1], Expect::Any, Outcome::Unknown);
    history.commit(6, (14, 21), &[3], Expect::Any, Outcome::Unknown);
    history.tail((16, 17), 0, &[told(1, 1, 0), told(2, 1, 1), told(3, 2, 0)], 6);
    history.read((22, 23), &[(1, Some((5, 4))), (2, Some((3, 3))), (3, None)]);
    history.tail((24, 25), 6, &[told(7, 5, 0), told(8, 5, 1)], 8);
    history.tell(&[1, 2, 3, 5]);
    history
}

/// All the bad ones.
#[must_use]
pub fn all() -> Vec<Bad> {
    let mut all = journals();
    all.extend(commits());
    all.extend(readings());
    all.extend(pages());
    all
}

fn journals() -> Vec<Bad> {
    vec![
        bad("a gap in the journal", Fault::Gap, |it| it.journal.iter_mut().skip(4).for_each(|told| told.position += 1)),
        bad("a position twice", Fault::Gap, |it| it.journal.iter_mut().skip(4).for_each(|told| told.position -= 1)),
        bad("a torn batch", Fault::Torn, |it| it.journal.truncate(7)),
        bad("two batches that run into each other", Fault::Torn, |it| {
            let parts = [(1, 0), (2, 0), (1, 1), (2, 1)];
            it.journal = (1..).zip(parts).map(|(position, (number, part))| told(position, number, part)).collect();
        }),
        bad("the parts of a batch in the wrong order", Fault::Torn, |it| {
            it.journal.iter_mut().take(2).for_each(|told| told.part = 1 - told.part);
        }),
        bad("a batch done twice", Fault::Twice, |it| it.tell(&[3])),
        bad("a lost answer done twice", Fault::Twice, |it| it.tell(&[5])),
        bad("a batch from nowhere", Fault::Stranger, |it| it.tell(&[99])),
    ]
}

fn commits() -> Vec<Bad> {
    vec![
        bad("a lost update", Fault::Expectation, |it| {
            it.commit(7, (30, 31), &[0], at(1), done(5));
            it.tell(&[7]);
        }),
        bad("two winners of one revision", Fault::Expectation, |it| {
            it.commit(7, (30, 32), &[0], at(2), done(5));
            it.commit(8, (31, 33), &[0], at(2), done(6));
            it.tell(&[7, 8]);
        }),
        bad("a record made twice", Fault::Expectation, |it| {
            it.commit(7, (30, 32), &[4], Expect::Absent, done(5));
            it.commit(8, (31, 33), &[4], Expect::Absent, done(6));
            it.tell(&[7, 8]);
        }),
        bad("an acknowledged batch that is lost", Fault::Lost, |it| it.commit(7, (30, 31), &[0], Expect::Any, done(5))),
        bad("a refused batch that was done", Fault::RefusedAndDone, |it| {
            it.commit(7, (30, 31), &[0], at(2), Outcome::Conflict);
            it.tell(&[7]);
        }),
        bad("a conflict that nobody caused", Fault::Conflict, |it| {
            it.commit(7, (30, 31), &[0], at(2), Outcome::Conflict);
        }),
        bad("a conflict of a batch that expects nothing", Fault::Conflict, |it| {
            it.commit(7, (30, 31), &[0], Expect::Any, Outcome::Conflict);
        }),
        bad("a receipt with other positions", Fault::Receipt, |it| {
            it.commit(7, (30, 31), &[0], Expect::Any, Outcome::Done { revision: 5, first: 8, last: 9 });
            it.tell(&[7]);
        }),
        bad("a receipt with another's revision", Fault::Receipt, |it| {
            it.commit(7, (30, 31), &[0], Expect::Any, Outcome::Done { revision: 4, first: 9, last: 10 });
            it.tell(&[7]);
        }),
        bad("an order that contradicts the time", Fault::Order, |it| {
            it.commit(7, (30, 31), &[4], Expect::Any, done(6));
            it.commit(8, (32, 33), &[5], Expect::Any, done(5));
            it.tell(&[8, 7]);
        }),
    ]
}

fn readings() -> Vec<Bad> {
    vec![
        bad("a stale reading", Fault::Reading, |it| it.read((30, 31), &[(0, Some((1, 1)))])),
        bad("a reading that has forgotten a record", Fault::Reading, |it| it.read((30, 31), &[(0, None)])),
        bad("a reading of what nobody has asked for yet", Fault::Reading, |it| it.read((2, 3), &[(1, Some((2, 2)))])),
        bad("a reading of what nobody wrote", Fault::Reading, |it| it.read((30, 31), &[(0, Some((77, 2)))])),
        bad("a reading of what was refused", Fault::Reading, |it| it.read((30, 31), &[(0, Some((4, 5)))])),
        bad("a reading with another's revision", Fault::Reading, |it| it.read((30, 31), &[(0, Some((2, 1)))])),
        bad("a reading of half a batch", Fault::Reading, |it| it.read((6, 7), &[(0, Some((2, 2))), (1, None)])),
        bad("a reading of two states at once", Fault::Reading, |it| {
            it.read((14, 19), &[(1, Some((5, 4))), (2, None)]);
        }),
        bad("a reading that goes back", Fault::Reading, |it| {
            it.commit(7, (30, 40), &[0], Expect::Any, done(5));
            it.tell(&[7]);
            it.read((31, 32), &[(0, Some((7, 5)))]);
            it.read((33, 34), &[(0, Some((2, 2)))]);
        }),
    ]
}

fn pages() -> Vec<Bad> {
    vec![
        bad("a page that skips an entry", Fault::Page, |it| it.tail((30, 31), 5, &[told(7, 5, 0), told(8, 5, 1)], 8)),
        bad("a page out of order", Fault::Page, |it| it.tail((30, 31), 6, &[told(8, 5, 1), told(7, 5, 0)], 8)),
        bad("an empty page before the end", Fault::Page, |it| it.tail((30, 31), 6, &[], 8)),
        bad("a head that lags behind", Fault::Page, |it| it.tail((30, 31), 0, &[told(1, 1, 0)], 6)),
        bad("a page from before what was read", Fault::Page, |it| {
            it.commit(7, (30, 40), &[0], Expect::Any, done(5));
            it.tell(&[7]);
            it.read((31, 32), &[(0, Some((7, 5)))]);
            it.tail((33, 34), 8, &[], 8);
        }),
    ]
}

fn bad(name: &'static str, fault: Fault, spoil: impl FnOnce(&mut History)) -> Bad {
    let mut history = good();
    spoil(&mut history);
    Bad { name, fault, history }
}

/// The receipt of the batch of this revision.
const fn done(revision: u64) -> Outcome {
    let parts = PARTS as u64;
    Outcome::Done { revision, first: (revision - 1) * parts + 1, last: revision * parts }
}

const fn at(revision: u64) -> Expect {
    Expect::At(Revision::new(revision))
}

const fn told(position: u64, number: u64, part: u8) -> Told {
    Told { position, number, part }
}

impl History {
    fn commit(
        &mut self,
        number: u64,
        (asked, answered): (Moment, Moment),
        writes: &[Place],
        expects: Expect,
        outcome: Outcome,
    ) {
        let what = What::Commit { number, writes: writes.to_vec(), expects, outcome };
        self.operations.push(Operation { asked, answered, what });
    }

    fn read(&mut self, (asked, answered): (Moment, Moment), seen: &[(Place, Seen)]) {
        let what = What::Read(seen.iter().copied().collect());
        self.operations.push(Operation { asked, answered, what });
    }

    fn tail(&mut self, (asked, answered): (Moment, Moment), after: u64, entries: &[Told], head: u64) {
        let what = What::Tail { after, entries: entries.to_vec(), head };
        self.operations.push(Operation { asked, answered, what });
    }

    /// Tells more batches at the end of the journal.
    fn tell(&mut self, numbers: &[u64]) {
        for number in numbers {
            for part in 0..PARTS {
                let position = self.journal.last().map_or(1, |told| told.position + 1);
                self.journal.push(told(position, *number, part));
            }
        }
    }
}
