//! The check of a history.

use std::collections::{BTreeMap, BTreeSet};

use worktrail_core::store::Expect;

use super::{History, Moment, Operation, Outcome, PARTS, Place, Seen, Told, What};

/// What is wrong with a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Fault {
    /// A position is missing, or comes twice.
    #[error("the journal has a gap, or a position twice")]
    Gap,
    /// A batch is told in part, or between the parts of another.
    #[error("a batch is told in part")]
    Torn,
    /// A batch is told twice.
    #[error("a batch was done twice")]
    Twice,
    /// A batch is told that nobody sent.
    #[error("a batch that nobody sent")]
    Stranger,
    /// A batch was acknowledged, and is not told.
    #[error("an acknowledged batch is lost")]
    Lost,
    /// A batch was refused, and is told.
    #[error("a refused batch was done")]
    RefusedAndDone,
    /// A receipt says something else than the journal.
    #[error("a receipt that the journal contradicts")]
    Receipt,
    /// A commit stands before one that was answered before it was asked for.
    #[error("the journal contradicts the time")]
    Order,
    /// A commit built on a revision that was not the current one: an update is lost.
    #[error("a batch did not find what it expected")]
    Expectation,
    /// A refusal without a reason.
    #[error("a conflict that nobody caused")]
    Conflict,
    /// A reading shows what the records never were while it was under way.
    #[error("a reading that no state explains")]
    Reading,
    /// A page of the journal is not what the journal was while it was under way.
    #[error("a page that the journal contradicts")]
    Page,
}

/// Checks a history.
///
/// # Errors
/// The first fault found.
pub fn check(history: &History) -> Result<(), Fault> {
    let order = order(&history.journal)?;
    let timeline = Timeline::new(history, &order)?;
    timeline.commits()?;
    timeline.readings()
}

/// The batches in the order of the journal.
fn order(journal: &[Told]) -> Result<Vec<u64>, Fault> {
    if !journal.iter().map(|told| told.position).eq(1..=u64::try_from(journal.len()).unwrap_or(u64::MAX)) {
        return Err(Fault::Gap);
    }
    let (mut order, mut seen) = (Vec::new(), BTreeSet::new());
    for batch in journal.chunks(usize::from(PARTS)) {
        let numbers: BTreeSet<u64> = batch.iter().map(|told| told.number).collect();
        let whole = numbers.len() == 1 && batch.iter().map(|told| told.part).eq(0..PARTS);
        let number = numbers.first().copied().filter(|_| whole).ok_or(Fault::Torn)?;
        if !seen.insert(number) {
            return Err(Fault::Twice);
        }
        order.push(number);
    }
    Ok(order)
}

/// A commit, as it was sent.
#[derive(Debug, Clone, Copy)]
struct Sent<'h> {
    asked: Moment,
    answered: Moment,
    writes: &'h [Place],
    expects: Expect,
    outcome: Outcome,
}

impl Sent<'_> {
    /// When its answer was known; never, if it was lost.
    const fn known(&self) -> Moment {
        match self.outcome {
            Outcome::Unknown => Moment::MAX,
            Outcome::Done { .. } | Outcome::Conflict => self.answered,
        }
    }
}

/// The history along the order of its commits. Point `n` is the state after `n` of them.
struct Timeline<'h> {
    history: &'h History,
    sent: BTreeMap<u64, Sent<'h>>,
    /// The point that each batch made, from 1.
    points: BTreeMap<u64, usize>,
    /// For each point, the earliest moment at which some later commit's answer was known.
    latest: Vec<Moment>,
    /// The states, from the empty one.
    states: Vec<BTreeMap<Place, (u64, u64)>>,
}

impl<'h> Timeline<'h> {
    fn new(history: &'h History, order: &[u64]) -> Result<Self, Fault> {
        let mut sent = BTreeMap::new();
        for operation in &history.operations {
            if let What::Commit { number, writes, expects, outcome } = &operation.what {
                let Operation { asked, answered, .. } = *operation;
                sent.insert(*number, Sent { asked, answered, writes, expects: *expects, outcome: *outcome });
            }
        }
        let mut states = vec![BTreeMap::new()];
        let mut points = BTreeMap::new();
        for (point, number) in (1..).zip(order) {
            let batch = sent.get(number).ok_or(Fault::Stranger)?;
            let mut state = states.last().cloned().unwrap_or_default();
            let revision = u64::try_from(point).unwrap_or(u64::MAX);
            state.extend(batch.writes.iter().map(|place| (*place, (*number, revision))));
            states.push(state);
            points.insert(*number, point);
        }
        // A question cannot show point n if a later commit had been acknowledged before it was asked.
        let mut latest = vec![Moment::MAX; states.len()];
        let mut earliest = Moment::MAX;
        for (slot, number) in latest.iter_mut().rev().skip(1).zip(order.iter().rev()) {
            earliest = earliest.min(sent.get(number).map_or(Moment::MAX, Sent::known));
            *slot = earliest;
        }
        Ok(Self { history, sent, points, latest, states })
    }

    fn commits(&self) -> Result<(), Fault> {
        let mut asked_so_far = 0;
        let mut in_order: Vec<(&u64, &usize)> = self.points.iter().collect();
        in_order.sort_by_key(|(_, point)| **point);
        for (number, point) in in_order {
            let sent = self.sent.get(number).ok_or(Fault::Stranger)?;
            // Answered before an earlier one in the journal was even asked for.
            if sent.known() < asked_so_far {
                return Err(Fault::Order);
            }
            asked_so_far = asked_so_far.max(sent.asked);
            self.expectation(sent, *point)?;
            receipt(sent, *point)?;
        }
        for (number, sent) in &self.sent {
            match (sent.outcome, self.points.contains_key(number)) {
                (Outcome::Done { .. }, false) => return Err(Fault::Lost),
                (Outcome::Conflict, true) => return Err(Fault::RefusedAndDone),
                (Outcome::Conflict, false) => self.reason(sent)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn expectation(&self, sent: &Sent<'_>, point: usize) -> Result<(), Fault> {
        let before = point.checked_sub(1).and_then(|before| self.states.get(before)).ok_or(Fault::Expectation)?;
        if meets(before, sent) { Ok(()) } else { Err(Fault::Expectation) }
    }

    /// That a refused batch would have been wrong at some point while it waited.
    fn reason(&self, sent: &Sent<'_>) -> Result<(), Fault> {
        let broken = |point: &usize| self.states.get(*point).is_some_and(|state| !meets(state, sent));
        let mut points = self.possible(sent.asked, sent.answered);
        if points.any(|point| broken(&point)) { Ok(()) } else { Err(Fault::Conflict) }
    }

    /// The points that a question could meet: nothing older than what was known when it was asked, and nothing that was
    /// only asked for after it was answered.
    fn possible(&self, asked: Moment, answered: Moment) -> std::ops::Range<usize> {
        let first = self.latest.iter().position(|known| *known >= asked).unwrap_or(self.states.len());
        let too_late =
            self.points.iter().filter(|(number, _)| self.sent.get(number).is_some_and(|sent| sent.asked > answered));
        first..too_late.map(|(_, point)| *point).min().unwrap_or(self.states.len())
    }

    /// Each reading is given the earliest point that explains it and is no earlier than those of the readings that had
    /// ended before it was asked. If the earliest does not do for those that come after, no later one does.
    fn readings(&self) -> Result<(), Fault> {
        let mut readings: Vec<&Operation> =
            self.history.operations.iter().filter(|it| !matches!(it.what, What::Commit { .. })).collect();
        readings.sort_by_key(|reading| reading.answered);
        let mut shown: Vec<(Moment, usize)> = Vec::new();
        for reading in readings {
            let before = shown.iter().filter(|(answered, _)| *answered < reading.asked);
            let least = before.map(|(_, point)| *point).max().unwrap_or_default();
            let mut points = self.possible(reading.asked, reading.answered).filter(|point| *point >= least);
            let point = match &reading.what {
                What::Read(seen) => points.find(|point| self.shows(*point, seen)).ok_or(Fault::Reading)?,
                What::Tail { after, entries, head } => {
                    points.find(|point| self.tells(*point, *after, entries, *head)).ok_or(Fault::Page)?
                }
                What::Commit { .. } => continue,
            };
            shown.push((reading.answered, point));
        }
        Ok(())
    }

    fn shows(&self, point: usize, seen: &BTreeMap<Place, Seen>) -> bool {
        self.states.get(point).is_some_and(|state| seen.iter().all(|(place, seen)| state.get(place) == seen.as_ref()))
    }

    fn tells(&self, point: usize, after: u64, entries: &[Told], head: u64) -> bool {
        let length = point * usize::from(PARTS);
        let so_far = self.history.journal.get(..length).unwrap_or_default();
        let rest = usize::try_from(after).ok().and_then(|after| so_far.get(after..)).unwrap_or_default();
        // A page may end before its journal does, and is never empty then.
        let begins = rest.starts_with(entries) && entries.is_empty() == rest.is_empty();
        begins && u64::try_from(length) == Ok(head)
    }
}

/// That a batch was answered where it stands.
fn receipt(sent: &Sent<'_>, point: usize) -> Result<(), Fault> {
    let Outcome::Done { revision, first, last } = sent.outcome else { return Ok(()) };
    let point = u64::try_from(point).unwrap_or(u64::MAX);
    let end = point * u64::from(PARTS);
    let right = (revision, first, last) == (point, end + 1 - u64::from(PARTS), end);
    if right { Ok(()) } else { Err(Fault::Receipt) }
}

/// Whether a batch finds what it expects.
fn meets(state: &BTreeMap<Place, (u64, u64)>, sent: &Sent<'_>) -> bool {
    let found = sent.writes.first().and_then(|place| state.get(place)).map(|(_, revision)| *revision);
    match sent.expects {
        Expect::Any => true,
        Expect::Absent => found.is_none(),
        Expect::At(revision) => found == Some(revision.number()),
    }
}
