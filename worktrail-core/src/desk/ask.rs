//! Asking a question: load, answer.

use futures_util::future::{join, join_all};

use super::Desk;
use super::error::{Error, stopped};
use super::hidden::Hidden;
use super::load::SIDE_BY_SIDE;
use super::standing::{Lesson, Whose};
use crate::access::Actor;
use crate::command::{Family, Notes, Picture, Stop, World};
use crate::domain::Moment;
use crate::question::{Answered, Beyond, LoadedCount, LoadedPage, Piece, Question, View, Views};
use crate::record::{Decoded, Decoder, SCHEMA};
use crate::store::{
    Cursor, IndexRange, JournalRange, Key, Limit, PageRequest, RecordKey, StoreError, StoreErrorKind, Stored,
    StoredRecord,
};

/// How many rounds of loads one answer may take.
const MOST_ROUNDS: usize = 32;
/// How often a question is asked anew because it was refused otherwise before.
const MOST_REFUSALS: usize = 64;

impl Desk<'_> {
    /// Answers a question for an actor, from what is kept now: everything that was acknowledged before is seen. What is
    /// acknowledged while it is answered may be seen in one part of the answer and not in another.
    ///
    /// # Errors
    /// [`Error::Rejected`] when the actor has no right to the answer, [`Error::Conflict`] when it was refused otherwise
    /// again and again, [`Error::Store`] when the store fails.
    pub async fn ask<Q: Question>(&self, actor: &Actor, question: &Q) -> Result<Q::Answer, Error> {
        actor.may_use(Q::RIGHT)?;
        let mut refused = None;
        for _ in 0..MOST_REFUSALS {
            let (outcome, loads) = self.answer(actor, question).await?;
            match outcome.map_err(stopped) {
                // What several loads showed may never have been at one moment: somebody was forgotten in between, and
                // is missed. A refusal counts when it is given twice.
                Err(Error::Rejected(rejection)) if loads > 1 && refused.as_ref() != Some(&rejection) => {
                    refused = Some(rejection);
                }
                outcome => return outcome,
            }
        }
        Err(Error::Conflict)
    }

    /// Answers once, from a picture of its own; with the number of loads that it took.
    async fn answer<Q: Question>(
        &self,
        actor: &Actor,
        question: &Q,
    ) -> Result<(Result<Q::Answer, Stop>, usize), StoreError> {
        let (now, whose) = (self.clock.now(), Whose::of(&self.tenant, actor, Q::RIGHT));
        let (mut picture, mut views, mut hidden) = (Picture::default(), Views::default(), None);
        let (mut loads, mut is_first) = (0, true);
        for _ in 0..MOST_ROUNDS {
            let (outcome, mut notes, beyond) = answer(question, &picture, &views, actor, now);
            if notes.lacking.is_empty() && beyond.is_empty() {
                self.standings.learn(&whose, &picture, &notes.looked, Lesson::Answer);
                return Ok((outcome.map(crate::question::Answer::into_inner), loads));
            }
            let guessed = std::mem::take(&mut is_first) && self.standings.guess(&whose, &mut notes.lacking).keys > 0;
            loads += usize::from(!notes.lacking.keys.is_empty()) + notes.lacking.families.len() + beyond.len();
            let (found, seen) = join(
                self.load(&mut picture, notes.lacking, None),
                self.load_beyond(&mut views, &mut hidden, actor, beyond),
            )
            .await;
            match found.and(seen) {
                // What nobody would have asked for must not stand in the way of the answer.
                Err(error) if guessed && error.kind() == StoreErrorKind::Corrupt => {
                    self.standings.forget(&whose);
                    picture = Picture::default();
                }
                outcome => outcome?,
            }
        }
        Err(StoreError::misuse("a question asks for more and more"))
    }

    /// Loads ranges, side by side, without those who are hidden from whoever asks. Most have nobody hidden from them, and who
    /// that is comes in the same round: so what lies in the ranges is read at once, and for the others once more.
    async fn load_beyond(
        &self,
        views: &mut Views,
        hidden: &mut Option<Result<Hidden, StoreError>>,
        actor: &Actor,
        wanted: Vec<Beyond>,
    ) -> Result<(), StoreError> {
        let looks_into_ranges = wanted.iter().any(|it| matches!(it, Beyond::Page(..) | Beyond::Count(..)));
        let nobody = Ok(Hidden::default());
        let seen = match hidden {
            Some(hidden) => self.seen(hidden, &wanted).await,
            None if !looks_into_ranges => self.seen(&nobody, &wanted).await,
            None => {
                let (found, seen) = join(self.hidden_from(actor), self.seen(&nobody, &wanted)).await;
                match hidden.insert(found) {
                    Ok(found) if found.is_empty() => seen,
                    found => self.seen(found, &wanted).await,
                }
            }
        };
        for part in seen {
            views.add(part?);
        }
        Ok(())
    }

    /// What of ranges was asked for, side by side. None is given up for the fault of another, so that no store is left in the
    /// middle of a read.
    async fn seen(&self, hidden: &Result<Hidden, StoreError>, wanted: &[Beyond]) -> Vec<Result<Views, StoreError>> {
        let mut seen = Vec::with_capacity(wanted.len());
        for some in wanted.chunks(SIDE_BY_SIDE) {
            seen.extend(join_all(some.iter().map(|wanted| self.seen_of(hidden, wanted))).await);
        }
        seen
    }

    /// One of them. The fault of a page or a count is kept for whoever needs it: nobody without a right is told of it.
    async fn seen_of(&self, hidden: &Result<Hidden, StoreError>, wanted: &Beyond) -> Result<Views, StoreError> {
        let mut views = Views::default();
        match wanted {
            Beyond::Page(range, request, decoder) => {
                let found = self.page(hidden, range, request, *decoder).await;
                views.pages.push(LoadedPage { range: range.clone(), request: request.clone(), found });
            }
            Beyond::Count(range, by) => {
                let tallies = match hidden {
                    Ok(hidden) => self.count_without(hidden, range, *by).await,
                    Err(error) => Err(error.clone()),
                };
                views.counts.push(LoadedCount { range: range.clone(), by: *by, tallies });
            }
            Beyond::History(subject, after) => {
                let range = JournalRange::About(*subject);
                let page = self.store.journal(&self.tenant, range, *after, Limit::MAX).await?;
                views.histories.push(((*subject, *after), page.entries));
            }
            Beyond::Tree(root) => views.trees.push((*root, self.tree(*root).await?)),
        }
        Ok(views)
    }

    async fn page(
        &self,
        hidden: &Result<Hidden, StoreError>,
        range: &IndexRange,
        request: &PageRequest,
        decoder: Decoder,
    ) -> Result<(Vec<Decoded>, Option<Cursor>), StoreError> {
        let hidden = hidden.as_ref().map_err(StoreError::clone)?;
        let page = self.page_without(hidden, range, request).await?;
        let values: Result<Vec<_>, _> = page.records.iter().map(|stored| in_range(range, stored, decoder)).collect();
        Ok((values?, page.next))
    }

    /// A record and all that hangs below it: whatever kind of the schema has a parent is found by that.
    async fn tree(&self, root: RecordKey) -> Result<Vec<Piece>, StoreError> {
        let found = self.store.get(&self.tenant, &[Key::Record(root)]).await?;
        let mut pieces: Vec<Piece> =
            found.into_iter().flatten().filter_map(Stored::into_record).map(|stored| piece(&stored)).collect();
        let mut next = 0;
        while let Some(parent) = pieces.get(next).map(|piece| piece.key) {
            for kind in SCHEMA.kinds().filter(|kind| kind.parent() == Some(parent.kind())) {
                pieces.extend(self.children(Family { parent, kind }).await?.iter().map(piece));
            }
            next += 1;
        }
        Ok(pieces)
    }
}

fn piece(stored: &StoredRecord) -> Piece {
    Piece { key: stored.record().key(), bytes: stored.record().body().bytes().len() }
}

/// A record that a range gave must really stand in it.
fn in_range(range: &IndexRange, stored: &StoredRecord, decoder: Decoder) -> Result<Decoded, StoreError> {
    let values = range.index().values_of(stored.record());
    if values.is_some_and(|values| range.contains(&values)) {
        decoder(stored.record())
    } else {
        Err(StoreError::corrupt("a record stands where it does not belong"))
    }
}

/// Answers over what was loaded. Not a future: a view never lives across an await.
fn answer<Q: Question>(
    question: &Q,
    picture: &Picture,
    views: &Views,
    actor: &Actor,
    now: Moment,
) -> (Answered<Q::Answer>, Notes, Vec<Beyond>) {
    let view = View::new(World::new(picture, actor, Q::RIGHT, now), views);
    let outcome = question.answer(&view);
    let (notes, beyond) = view.into_notes();
    (outcome, notes, beyond)
}
