//! The world as a question sees it: ranges besides.

use std::cell::RefCell;
use std::ops::Deref;

use crate::command::{Halt, Permit, Stop, World};
use crate::domain::{Participant, ParticipantId, Team, TeamId};
use crate::record::whose::Shelf;
use crate::record::{Decoded, Decoder, Recorded, decode};
use crate::store::{
    Cursor, Entry, Grouping, IndexRange, Limit, PageRequest, Position, RecordKey, StoreError, Subject, Tally,
};

/// The world as a question sees it: what a decision sees, and pages, counts and histories.
#[derive(Debug)]
pub struct View<'v> {
    world: World<'v>,
    views: &'v Views,
    beyond: RefCell<Vec<Beyond>>,
}

/// A page of values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The values, in order.
    pub items: Vec<T>,
    /// Where the next page begins; none when this was the last.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// The page with something else for each value.
    pub(crate) fn map<U>(self, each: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(each).collect(), next: self.next }
    }
}

/// What was loaded of ranges so far.
#[derive(Debug, Default)]
pub(crate) struct Views {
    pub(crate) pages: Vec<LoadedPage>,
    pub(crate) counts: Vec<LoadedCount>,
    pub(crate) histories: Vec<((Subject, Position), Vec<Entry>)>,
    pub(crate) trees: Vec<(RecordKey, Vec<Piece>)>,
}

/// A record in figures.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    pub(crate) key: RecordKey,
    pub(crate) bytes: usize,
}

/// A page as it was loaded.
#[derive(Debug)]
pub(crate) struct LoadedPage {
    pub(crate) range: IndexRange,
    pub(crate) request: PageRequest,
    pub(crate) found: Result<(Vec<Decoded>, Option<Cursor>), StoreError>,
}

/// Tallies as they were counted.
#[derive(Debug)]
pub(crate) struct LoadedCount {
    pub(crate) range: IndexRange,
    pub(crate) by: Grouping,
    pub(crate) tallies: Result<Vec<Tally>, StoreError>,
}

/// Something of a range that has to be loaded before the next attempt.
#[derive(Debug)]
pub(crate) enum Beyond {
    Page(IndexRange, PageRequest, Decoder),
    Count(IndexRange, Grouping),
    History(Subject, Position),
    Tree(RecordKey),
}

impl Views {
    /// Adds what was loaded besides.
    pub(crate) fn add(&mut self, more: Self) {
        self.pages.extend(more.pages);
        self.counts.extend(more.counts);
        self.histories.extend(more.histories);
        self.trees.extend(more.trees);
    }
}

/// A fault in loading stops whoever needs what was to be loaded.
fn failed(error: &StoreError) -> Stop {
    Stop::new(Halt::Store(error.clone()))
}

/// Where the journal goes on after what a store gave at once; none where that was the end.
pub(super) fn following(entries: &[Entry]) -> Option<Position> {
    entries.last().filter(|_| entries.len() == Limit::MAX.get()).map(Entry::position)
}

impl<'v> View<'v> {
    pub(crate) fn new(world: World<'v>, views: &'v Views) -> Self {
        Self { world, views, beyond: RefCell::default() }
    }

    /// A team, with the right over it that the question names; and where what its staff may see stands in the indexes, so
    /// that it can be asked for before the right is known, in the same load. A team that has not been seen yet is taken for
    /// one that is not cleared: of another one, the range is asked for when that is seen.
    pub(super) fn over_team(&self, team: TeamId) -> (Result<(&'v Team, Permit), Stop>, Shelf) {
        let found = self.team_at_work(team);
        let at = found.as_ref().map_or_else(|_| Shelf::of_ordinary(team), |team| Shelf::from(*team));
        (found.and_then(|team| Ok((team, self.may(team)?))), at)
    }

    /// A page of a range.
    ///
    /// # Errors
    /// It has to be loaded first.
    pub fn page<T: Recorded>(
        &self,
        range: Result<IndexRange, StoreError>,
        request: &PageRequest,
    ) -> Result<Page<&'v T>, Stop> {
        let range = range.map_err(|error| Stop::new(Halt::Store(error)))?;
        let Some(page) = self.views.pages.iter().find(|page| page.range == range && page.request == *request) else {
            return self.lack(Beyond::Page(range, request.clone(), decode::<T>));
        };
        // A range is over one kind and a kind is of one type, so no cast fails.
        let (values, next) = page.found.as_ref().map_err(failed)?;
        let items = values.iter().filter_map(|value| value.downcast_ref::<T>()).collect();
        Ok(Page { items, next: next.clone() })
    }

    /// A page of what belongs to participants, each with the participant.
    ///
    /// # Errors
    /// They have to be loaded first.
    pub fn with_people<T: Recorded>(
        &self,
        page: Page<&'v T>,
        whose: impl Fn(&T) -> ParticipantId,
    ) -> Result<Page<(&'v T, &'v Participant)>, Stop> {
        // All participants are asked for before the first is needed, so that they come in one load.
        let people: Vec<_> = page.items.iter().map(|item| self.get::<Participant>(whose(item))).collect();
        let people: Vec<_> = people.into_iter().collect::<Result<_, _>>()?;
        Ok(Page { items: page.items.into_iter().zip(people).collect(), next: page.next })
    }

    /// How many records a range has, as a whole or by its next field.
    ///
    /// # Errors
    /// It has to be counted first.
    pub fn count(&self, range: Result<IndexRange, StoreError>, by: Grouping) -> Result<&'v [Tally], Stop> {
        let range = range.map_err(|error| Stop::new(Halt::Store(error)))?;
        match self.views.counts.iter().find(|count| count.range == range && count.by == by) {
            Some(count) => count.tallies.as_deref().map_err(failed),
            None => self.lack(Beyond::Count(range, by)),
        }
    }

    /// What the journal tells of a participant after a place in it, as much as a store gives at once.
    ///
    /// # Errors
    /// It has to be loaded first.
    pub(crate) fn history(&self, participant: ParticipantId, after: Position) -> Result<&'v [Entry], Stop> {
        let asked = (Subject::new(participant.as_uuid()), after);
        match self.views.histories.iter().find(|(loaded, _)| *loaded == asked) {
            Some((_, entries)) => Ok(entries),
            None => self.lack(Beyond::History(asked.0, after)),
        }
    }

    /// All that the journal tells of a participant.
    ///
    /// # Errors
    /// It has to be loaded first.
    pub(crate) fn whole_history(&self, participant: ParticipantId) -> Result<Vec<&'v Entry>, Stop> {
        let (mut whole, mut after) = (Vec::new(), Some(Position::START));
        while let Some(from) = after {
            let entries = self.history(participant, from)?;
            whole.extend(entries);
            after = following(entries);
        }
        Ok(whole)
    }

    /// A record and all that hangs below it, of whatever kind, in figures: itself first.
    ///
    /// # Errors
    /// It has to be loaded first.
    pub(crate) fn tree(&self, root: RecordKey) -> Result<&'v [Piece], Stop> {
        match self.views.trees.iter().find(|(asked, _)| *asked == root) {
            Some((_, pieces)) => Ok(pieces),
            None => self.lack(Beyond::Tree(root)),
        }
    }

    fn lack<T>(&self, beyond: Beyond) -> Result<T, Stop> {
        self.beyond.borrow_mut().push(beyond);
        Err(Stop::new(Halt::Lacking))
    }

    /// What was noted: by the world, and of ranges.
    pub(crate) fn into_notes(self) -> (crate::command::Notes, Vec<Beyond>) {
        (self.world.into_notes(), self.beyond.into_inner())
    }
}

impl<'v> Deref for View<'v> {
    type Target = World<'v>;

    fn deref(&self) -> &World<'v> {
        &self.world
    }
}
